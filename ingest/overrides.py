"""What the clerk states beside the files: `meetings.toml`, a table per file name, whose fields win over all else.

["2024-03-15.pdf"]
date = 2024-03-15
body = "Library Board"
"""

import tomllib
from collections.abc import Mapping
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
