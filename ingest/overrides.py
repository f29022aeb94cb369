"""What the clerk states beside the files: `meetings.toml`, a table per file name, whose fields win over all else.

["2024-03-15.pdf"]
date = 2024-03-15
body = "Library Board"

[folder]
access = "council"     # of every file here and in the folders below; or "deny": until it is stated

What it says of access is read exactly or holds the files back that it may mean: `AccessUnclear`.
"""

import json
import os
import pickle
import re
import sys
import tempfile
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from pathlib import Path

from ingest.access_words import NO_GROUPS, is_group_key, kind_of, plain, spoken_in
from ingest.errors import AccessUnclear, ReadError
from ingest.readers.opening import MiB, status_of, taken
from ingest.stated import FIELDS, field_of
from ingest.workers import Gone, Pool, serve

FILE_NAME = "meetings.toml"
_MOST = 1 * MiB  # of it: tables for some ten thousand files
_HERE_MOST = 8 * 1024  # bytes: no more than a second or two, whatever they say
_SECONDS = 5.0
_MEMORY = 512 * MiB

_pool = Pool("ingest.overrides")

FOLDER = "[folder] access"
"""The key of what is stated of a file's folders, a line for each: its own, which may be empty, then those around it."""
DENY = "deny"
_FOLDER = "folder"
_MISNAMED = re.compile(r"meetings?\.(?:toml|tml)(?:\.txt)?", re.I)
_MOST_MISNAMED = 64 * 1024  # bytes of such a file
_NEAR = 0.9  # likeness of two file names of which one may be the other misspelt


def is_configuring(name: str) -> bool:
    """Whether a file of this name states something of the files beside it, or is taken to be meant to."""
    return name == FILE_NAME or _MISNAMED.fullmatch(name) is not None


def overrides_for(path: Path) -> dict[str, str]:
    """The fields stated for a file, values as text, and under `FOLDER` what is stated of its folders.

    Raises AccessUnclear where what is stated cannot be read or may be meant for the file and is not understood.
    """
    tables = _tables(path.parent)
    if not tables and (other := _misnamed(path.parent)):
        raise AccessUnclear(
            path, f"{path.with_name(other)} states access; rename it {FILE_NAME}, or take that out of it"
        )
    stated = tables.get(path.name, {})
    if not isinstance(stated, dict):
        raise AccessUnclear(
            path,
            f'{path.with_name(FILE_NAME)} must hold a table ["{path.name}"] with fields, not a single value',
        )
    _require_understood(path, path.parent, tables)
    for key, value in stated.items():
        if kind_of(str(key)) and not _is_plain(value):
            raise AccessUnclear(
                path, f"{FILE_NAME} states {key} for it in a form that is not understood; {_AS_TEXT}"
            )
    ways = [list(_of_folders_above(way)) for way in _ways_to(path)]
    ways.sort(key=lambda said: said[:1] != [DENY])  # the nearest counts, of the way that says least
    folders = [_of_folder(path, path.parent, tables), *chain.from_iterable(ways)]
    fields = {str(key): _text(value) for key, value in stated.items()}
    return fields | {FOLDER: "\n".join(folders)} if any(folders) else fields


def _ways_to(path: Path) -> list[Path]:
    """The file as it is named and, where a folder above it is a link, as it lies: what is stated on either counts."""
    lies = Path(os.path.realpath(path.parent), path.name)
    return [path] if lies == path else [path, lies]


def _of_folders_above(path: Path) -> Iterator[str]:
    """What is stated of the folders around that of a file, the nearest first."""
    for folder in path.parent.parents:
        if above := _tables(folder):
            _require_unnamed(path, folder, above)
            if said := _of_folder(path, folder, above):
                yield said


_AS_TEXT = 'write access = "GROUP" there, or a list of them'


_Stamp = tuple[int, int, int, int]


def _stamp(status: os.stat_result) -> _Stamp:
    """What changes when a file is written to, though its time be set back."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


def _tables(folder: Path) -> Mapping[str, object]:
    """What `meetings.toml` in a folder holds; empty where there is none. Raises AccessUnclear."""
    beside = folder / FILE_NAME
    if not os.path.lexists(beside):
        return {}
    try:
        status = status_of(beside)
    except ReadError as error:
        raise AccessUnclear(beside, f"{FILE_NAME} beside it: {error.reason}") from error
    tables = _read(beside, _stamp(status))
    if isinstance(tables, ReadError):
        raise AccessUnclear(tables.path, tables.reason)
    return tables


@lru_cache(maxsize=64)
def _read(beside: Path, stamp: _Stamp) -> dict[str, object] | ReadError:
    """The tables, or why there are none: every file of the folder asks."""
    del stamp  # it only makes a changed file another key
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
        return tomllib.loads(data.decode("utf-8-sig"))
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


def _misnamed(folder: Path) -> str | None:
    """The name of a file that is meant for `meetings.toml` and states access."""
    with suppress(OSError):  # of a folder that cannot be looked into, no file is read either
        for name in _nearly_called(folder, folder.stat().st_mtime_ns):
            try:
                said = taken(folder / name, most=_MOST_MISNAMED).data.decode("utf-8", "replace")
            except ReadError:  # what it says cannot be known
                return name
            if any(map(spoken_in, said.split("\n"))):
                return name
    return None


@lru_cache(maxsize=64)
def _nearly_called(folder: Path, modified_ns: int) -> tuple[str, ...]:
    """The ordinary files of a folder that are nearly called `meetings.toml`."""
    del modified_ns  # it only makes a changed folder another key
    names = filter(_MISNAMED.fullmatch, sorted(os.listdir(folder)))
    return tuple(name for name in names if name != FILE_NAME and (folder / name).is_file())


def _of_folder(path: Path, folder: Path, tables: Mapping[str, object]) -> str:
    """What a folder's `meetings.toml` states as access of all files in it; empty where it states none."""
    table = tables.get(_FOLDER, {})
    speaking = [(key, value) for key, value in tables.items() if not isinstance(value, dict) and kind_of(key)]
    speaking += table.items() if isinstance(table, dict) else [(_FOLDER, table)]
    if not speaking:
        return ""
    key, value = speaking[0]
    said = _text(value) if _is_plain(value) else ""
    if len(speaking) == 1 and is_group_key(key) and said.strip().casefold() == DENY:
        return DENY
    names = [name.strip() for name in said.split(",")]
    if (
        len(speaking) > 1
        or not is_group_key(key)
        or any(name.casefold() in {"", *NO_GROUPS} for name in names)
    ):
        raise AccessUnclear(
            path,
            f'{folder / FILE_NAME} states {key} for its folder in a form that is not understood; {_AS_TEXT} or "deny"',
        )
    return said


def _require_understood(path: Path, folder: Path, tables: Mapping[str, object]) -> None:
    """Raises AccessUnclear where a table of another name states access and may be meant for a file."""
    for name in _stating_access(tables):
        if name == path.name or (folder / name).exists():
            continue
        pattern = "." not in name or any(sign in name for sign in "*?[")
        alike = path.name not in tables and _are_alike(name, path.name)
        if pattern or alike:
            meant = "a folder is stated as [folder]" if pattern else "correct the name"
            raise AccessUnclear(
                path, f"{folder / FILE_NAME} states access for {name}, which is no file; {meant}"
            )


def _are_alike(one: str, other: str) -> bool:
    """Whether two names of files may be meant for one: of the same numbers, and of nearly the same letters."""
    one, other = plain(one), plain(other)
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and bool(
        get_close_matches(one, [other], 1, _NEAR)
    )


def _require_unnamed(path: Path, folder: Path, tables: Mapping[str, object]) -> None:
    """Raises AccessUnclear where `meetings.toml` of a folder above states access for a file by its way down to it."""
    names = set(_stating_access(tables))
    way = path.relative_to(folder)
    if names & {
        str(way),
        f"./{way}",
        *(part for place in way.parents for part in (str(place), f"{place}/")),
    } - {"."}:
        raise AccessUnclear(
            path,
            f"{folder / FILE_NAME} states access for what lies in a folder below; state it in {FILE_NAME} there",
        )


def _stating_access(tables: Mapping[str, object]) -> Iterator[str]:
    """The names, but for the folder's, of which access is stated."""
    for name, fields in tables.items():
        if name != _FOLDER and isinstance(fields, dict) and any(kind_of(str(key)) for key in fields):
            yield name


def _is_plain(value: object) -> bool:
    return not isinstance(value, dict | list) or (
        isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)
    )


def state_readers(path: Path, groups: Sequence[str]) -> None:
    """Writes beside a file which groups may read it, as its clerk would; what is stated of it already stands.

    Raises ReadError when what is there is no TOML.
    """
    if _of_file(path):
        return
    beside = path.with_name(FILE_NAME)
    held = _text_of(beside) if os.path.lexists(beside) else ""
    _write(beside, held.rstrip() + "\n" * 2 * bool(held.strip()) + _statement(path.name, groups))


def take_back_readers(path: Path) -> None:
    """Removes what `state_readers` wrote of a file, its name too."""
    beside = path.with_name(FILE_NAME)
    if not (stated := _of_file(path)) or set(stated) != {"access"}:
        return
    held = _text_of(beside)
    left = held.replace(_statement(path.name, stated["access"].split(", ")), "")
    if left.strip():
        _write(beside, left.strip() + "\n")
    else:
        beside.unlink()


def _of_file(path: Path) -> dict[str, str]:
    """What is stated of a file itself, not of its folders."""
    return {key: value for key, value in overrides_for(path).items() if key != FOLDER}


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
    for key in (key for key in stated if field_of(key) is None and kind_of(key) is None):
        nearest = get_close_matches(key.lower(), FIELDS, 1, 0.6)
        meant = f"; is {nearest[0]} meant?" if nearest else "."
        said.append(f"What {FILE_NAME} states as {key} is no field of a meeting{meant}")
    return said


def names_without_files(folder: Path) -> list[str]:
    """The names that tables in a folder's `meetings.toml` have and no file there has. Raises ReadError."""
    tables = _tables(folder)
    return [
        name for name in tables if name != _FOLDER and not is_group_key(name) and not (folder / name).exists()
    ]


def stamp_of(path: Path) -> int:
    """A number that changes with what is stated of a file and its folders; 0 where nothing is."""
    found = []
    for folder in dict.fromkeys(chain.from_iterable(way.parents for way in _ways_to(path))):
        try:
            status = os.lstat(folder / FILE_NAME)
            with suppress(OSError):
                status = os.stat(folder / FILE_NAME)
        except OSError:
            continue
        found.append((str(folder), status.st_mode, *_stamp(status)))
    found += [(name, 0, 0, 0, 0, 0)] if (name := _misnamed(path.parent)) else []
    return zlib.crc32(repr(found).encode()) + 1 if found else 0


def _text(value: object) -> str:
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    memory, lifeline = map(int, sys.argv[1:])
    serve(memory, lifeline, lambda _, data: pickle.dumps(_parsed(data)))
