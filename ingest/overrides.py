"""What the clerk states beside the files: `meetings.toml`, a table per file name, whose fields win over all else.

["2024-03-15.pdf"]
date = 2024-03-15
body = "Library Board"
"""

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ingest.errors import ReadError
from ingest.stated import FIELDS, field_of

FILE_NAME = "meetings.toml"


def overrides_for(path: Path) -> dict[str, str]:
    """The fields stated for a file, values as text; empty without a table for it. Raises ReadError on a bad file."""
    beside = path.with_name(FILE_NAME)
    try:
        status = beside.stat()
    except OSError:
        return {}
    tables = _read(beside, status.st_mtime_ns, status.st_size)
    stated = tables.get(path.name, {})
    if not isinstance(stated, dict):
        raise ReadError(path, f'{beside} must hold a table ["{path.name}"] with fields, not a single value')
    return {str(key): _text(value) for key, value in stated.items()}


@lru_cache(maxsize=64)
def _read(beside: Path, modified_ns: int, size: int) -> dict[str, object]:
    del modified_ns, size  # they only make a changed file another key
    try:
        return tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(beside, f"{FILE_NAME} beside it is no TOML ({error}); correct that") from error


def state_readers(path: Path, groups: Sequence[str]) -> None:
    """Writes beside a file which groups may read it, as its clerk would; what is stated of it already stands.

    Raises ReadError when what is there is no TOML.
    """
    if overrides_for(path):
        return
    beside = path.with_name(FILE_NAME)
    held = beside.read_text(encoding="utf-8") if beside.exists() else ""
    _write(beside, held.rstrip() + "\n" * 2 * bool(held.strip()) + _statement(path.name, groups))


def take_back_readers(path: Path) -> None:
    """Removes what `state_readers` wrote of a file, its name too."""
    beside = path.with_name(FILE_NAME)
    if not (stated := overrides_for(path)) or set(stated) != {"access"}:
        return
    held = beside.read_text(encoding="utf-8")
    left = held.replace(_statement(path.name, stated["access"].split(", ")), "")
    if left.strip():
        _write(beside, left.strip() + "\n")
    else:
        beside.unlink()


def _statement(name: str, groups: Sequence[str]) -> str:
    written = (json.dumps(text, ensure_ascii=False) for text in (name, ", ".join(groups)))  # fit for TOML too
    return "[{}]\naccess = {}\n".format(*written)


def _write(beside: Path, text: str) -> None:
    """Puts a whole file in the place of what was there, for its owner alone."""
    handle, part = tempfile.mkstemp(prefix=f".{FILE_NAME}-", dir=beside.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, beside)


def unknown_fields(stated: Mapping[str, str]) -> list[str]:
    """A sentence for each field stated that no meeting has, with the nearest one it may mean."""
    said = []
    for key in (key for key in stated if field_of(key) is None):
        nearest = get_close_matches(key.lower(), FIELDS, 1, 0.6)
        meant = f"; is {nearest[0]} meant?" if nearest else "."
        said.append(f"What {FILE_NAME} states as {key} is no field of a meeting{meant}")
    return said


def names_without_files(folder: Path) -> list[str]:
    """The names that tables in a folder's `meetings.toml` have and no file there has. Raises ReadError."""
    beside = folder / FILE_NAME
    try:
        status = beside.stat()
    except OSError:
        return []
    return [
        name for name in _read(beside, status.st_mtime_ns, status.st_size) if not (folder / name).exists()
    ]


def _text(value: object) -> str:
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)
