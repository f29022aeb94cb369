"""What the clerk states beside the files: `meetings.toml`, a table per file name, whose fields win over all else.

["2024-03-15.pdf"]
date = 2024-03-15
body = "Library Board"
"""

import json
import os
import pickle
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers.opening import MiB, status_of, taken
from ingest.stated import FIELDS, field_of
from ingest.workers import Gone, Pool, serve

FILE_NAME = "meetings.toml"
_MOST = 1 * MiB  # of it: tables for some ten thousand files
_HERE_MOST = 8 * 1024  # bytes: no more than a second or two, whatever they say
_SECONDS = 5.0
_MEMORY = 512 * MiB

_pool = Pool("ingest.overrides")


def overrides_for(path: Path) -> dict[str, str]:
    """The fields stated for a file, values as text; empty without a table for it. Raises ReadError on a bad file."""
    beside = path.with_name(FILE_NAME)
    tables = _tables(beside)
    stated = tables.get(path.name, {})
    if not isinstance(stated, dict):
        raise ReadError(path, f'{beside} must hold a table ["{path.name}"] with fields, not a single value')
    return {str(key): _text(value) for key, value in stated.items()}


def _tables(beside: Path) -> dict[str, object]:
    """What a `meetings.toml` holds; nothing where there is none."""
    if not os.path.lexists(beside):
        return {}
    try:
        status = status_of(beside)
    except ReadError as error:
        raise ReadError(beside, f"{FILE_NAME} beside it: {error.reason}") from error
    tables = _read(beside, status.st_mtime_ns, status.st_size)
    if isinstance(tables, ReadError):
        raise ReadError(tables.path, tables.reason)
    return tables


@lru_cache(maxsize=64)
def _read(beside: Path, modified_ns: int, size: int) -> dict[str, object] | ReadError:
    """The tables, or why there are none: every file of the folder asks."""
    del modified_ns, size  # they only make a changed file another key
    try:
        data = taken(beside, most=_MOST).data
        tables = _parsed(data) if len(data) <= _HERE_MOST else _parsed_apart(data)
    except ReadError as error:
        return ReadError(beside, f"{FILE_NAME} beside it: {error.reason}")
    except Gone:
        return ReadError(beside, f"{FILE_NAME} beside it takes longer than {_SECONDS:g} seconds; shorten it")
    if isinstance(tables, str):
        return ReadError(beside, f"{FILE_NAME} beside it is no TOML ({tables}); correct that")
    return tables


def _parsed(data: bytes) -> dict[str, object] | str:
    """The tables, or what is wrong with them."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except RecursionError:
        return "it is nested too deeply"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return str(error)


def _parsed_apart(data: bytes) -> dict[str, object] | str:
    """The same, in a process that is killed at the deadline: keys of very many parts take time with their square."""
    worker = _pool.take(_MEMORY)
    try:
        answer = worker.ask(b"", data, _SECONDS)
    except BaseException:
        _pool.stop(worker)
        raise
    _pool.give_back(worker)
    return pickle.loads(answer)


def state_readers(path: Path, groups: Sequence[str]) -> None:
    """Writes beside a file which groups may read it, as its clerk would; what is stated of it already stands.

    Raises ReadError when what is there is no TOML.
    """
    if overrides_for(path):
        return
    beside = path.with_name(FILE_NAME)
    held = _text_of(beside) if os.path.lexists(beside) else ""
    _write(beside, held.rstrip() + "\n" * 2 * bool(held.strip()) + _statement(path.name, groups))


def take_back_readers(path: Path) -> None:
    """Removes what `state_readers` wrote of a file, its name too."""
    beside = path.with_name(FILE_NAME)
    if not (stated := overrides_for(path)) or set(stated) != {"access"}:
        return
    held = _text_of(beside)
    left = held.replace(_statement(path.name, stated["access"].split(", ")), "")
    if left.strip():
        _write(beside, left.strip() + "\n")
    else:
        beside.unlink()


def _text_of(beside: Path) -> str:
    return taken(beside, most=_MOST).data.decode("utf-8")


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
    return [name for name in _tables(folder / FILE_NAME) if not os.path.lexists(folder / name)]


def _text(value: object) -> str:
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    memory, lifeline = map(int, sys.argv[1:])
    serve(memory, lifeline, lambda _, data: pickle.dumps(_parsed(data)))
