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
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from pathlib import Path

from ingest.access_words import NO_GROUPS, is_group_key, is_of_readers, kind_of, plain, spoken_in
from ingest.errors import AccessUnclear, ReadError
from ingest.readers.opening import MiB, status_of, taken
from ingest.stated import field_of, known_labels
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
_FOR_PROGRAMS = frozenset(".toml .tml .yaml .yml .json .ini .conf .cfg .txt .bak .old .orig".split()) | {""}
_BACKUP = re.compile(r"(?:~|\.bak|\.old|\.orig)$", re.I)
_TABLE = re.compile(r"^\s*(?:\[.+\]|[\w\"'. -]+=.*)\s*$", re.M)
_MOST_SLIPS = 2  # letters of which the name of such a file may be another's
_WRITTEN_ASIDE = f".{FILE_NAME}-"  # what the name begins with of what `_write` has not put in place yet
_MOST_MISNAMED = 64 * 1024  # bytes of such a file
_NEAR = 0.9  # likeness of two file names of which one may be the other misspelt


def is_configuring(name: str) -> bool:
    """Whether a file of this name states something of the files beside it, or is taken to be meant to."""
    return name == FILE_NAME or _is_nearly_called(name, beside=True)


def overrides_for(path: Path) -> dict[str, str]:
    """The fields stated for a file, values as text, and under `FOLDER` what is stated of its folders.

    Raises AccessUnclear where what is stated cannot be read or may be meant for the file and is not understood.
    """
    _require_no_other(path)
    tables = _tables(path.parent)
    stated = _require_understood(path, path.parent, tables)
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
            _require_understood(path, folder, above)
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


def _require_no_other(path: Path) -> None:
    """Raises AccessUnclear where a file that is meant for `meetings.toml` states access, beside a file or above it."""
    for folder in path.parents:
        if other := _misnamed(folder, beside=folder == path.parent):
            raise AccessUnclear(
                path, f"{folder / other} states access; rename it {FILE_NAME}, or take that out of it"
            )


def _misnamed(folder: Path, *, beside: bool) -> str | None:
    """The name of a file that is meant for `meetings.toml` and states access.

    beside  whether records lie in the folder itself, where no TOML is for other programs
    """
    with suppress(OSError):  # of a folder that cannot be looked into, no file is read either
        names = _names(folder)
        for name in _nearly_called(names, beside):
            if not (folder / name).is_file() or (_BACKUP.search(name) and FILE_NAME in names):
                continue
            try:
                said = taken(folder / name, most=_MOST_MISNAMED).data.decode("utf-8", "replace")
            except ReadError:  # what it says cannot be known
                return name
            is_record = name.lower().endswith(".txt") and not _TABLE.search(said)
            if not is_record and any(map(spoken_in, said.split("\n"))):
                return name
    return None


def _names(folder: Path) -> frozenset[str]:
    """The names of what a folder holds, but for those of folders."""
    return _listed(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _listed(folder: Path, modified_ns: int) -> frozenset[str]:
    del modified_ns  # it only makes a changed folder another key
    with os.scandir(folder) as entries:
        return frozenset(entry.name for entry in entries if not entry.is_dir())


@lru_cache(maxsize=64)
def _nearly_called(names: frozenset[str], beside: bool) -> tuple[str, ...]:
    """Those of the names that are nearly `meetings.toml`, and beside records of other files of TOML."""
    return tuple(name for name in sorted(names) if _is_nearly_called(name, beside))


def _is_nearly_called(name: str, beside: bool) -> bool:
    if name == FILE_NAME or name.startswith(_WRITTEN_ASIDE):
        return False
    bare = plain(name).strip(" .")
    word = re.match(r"[^\W\d_]*", bare)
    suffix = Path(_BACKUP.sub("", bare)).suffix.strip()
    if beside and (suffix in (".toml", ".tml") or ".toml." in bare):
        return True
    return suffix in _FOR_PROGRAMS and bool(word) and _slips(word[0], Path(FILE_NAME).stem) <= _MOST_SLIPS


def _slips(one: str, other: str) -> int:
    """How many letters have to be put in, left out or changed to make one word the other."""
    if abs(len(one) - len(other)) > _MOST_SLIPS:
        return _MOST_SLIPS + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row = row, [place]
        for n, wanted in enumerate(other, 1):
            row.append(min(before[n] + 1, row[-1] + 1, before[n - 1] + (letter != wanted)))
    return row[-1]


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


def _require_understood(path: Path, folder: Path, tables: Mapping[str, object]) -> dict[str, object]:
    """What is stated of a file itself in `meetings.toml` of a folder, its own or one above it.

    Raises AccessUnclear where anything in there may say who reads and is not understood exactly: it holds all that
    lies beside and below. A table for a file that is not there holds only those whose name it may have meant.
    """
    if not tables:
        return {}
    beside = folder == path.parent
    try:
        names = _names(folder)
    except OSError:
        names = frozenset()
    entries = _entries(
        _Tables(folder, tables), names if not beside or path.name in names else names | {path.name}
    )
    if entries.doubt:
        raise AccessUnclear(path, f"{folder / FILE_NAME} {entries.doubt}")
    if not (beside and path.name in entries.stated):
        for name in entries.gone:
            if _are_alike(name, path.name):
                raise AccessUnclear(
                    path, f"{folder / FILE_NAME} states access for {name}, which is no file; correct the name"
                )
    return entries.stated.get(path.name, {}) if beside else {}


@dataclass(frozen=True, slots=True)
class _Tables:
    """What a `meetings.toml` holds; the same only if it was read at once, as every file of the folder asks."""

    folder: Path
    tables: Mapping[str, object] = field(compare=False)
    read: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", id(self.tables))


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries of a `meetings.toml`.

    stated  the fields of each file, by its name
    doubt   what is wrong with the first that may say who reads and is not understood; None where all are
    gone    names of which access is stated and that no file has
    """

    stated: Mapping[str, dict[str, object]]
    doubt: str | None
    gone: tuple[str, ...]


@lru_cache(maxsize=64)
def _entries(of: _Tables, files: frozenset[str]) -> _Entries:
    stated: dict[str, dict[str, object]] = {}
    gone: list[str] = []
    doubt: str | None = None
    named = (each for name, value in of.tables.items() for each in _by_name(name, value, files))
    for name, fields in named:
        doubt = doubt or _doubt(name, fields, files)
        if name in files and isinstance(fields, dict):
            if name in stated:
                doubt = doubt or f"has two tables for {name}; make one of them"
            stated[name] = fields
        elif name not in files and _is_file_name(name) and _speaks(fields):
            gone.append(name)
    return _Entries(stated, doubt, tuple(gone))


def _by_name(name: str, value: object, files: Set[str]) -> Iterator[tuple[str, object]]:
    """What a name is given, and where it was written without quotes and TOML took it apart, the whole name."""
    whole, inner = name, value
    while whole not in files and isinstance(inner, dict) and len(inner) == 1 and len(whole) < _LONGEST_NAME:
        (part, inner), *_ = inner.items()
        whole = f"{whole}.{part}"
    parts = value.items() if isinstance(value, dict) and name not in files else ()
    named = [(f"{name}.{part}", each) for part, each in parts if f"{name}.{part}" in files]
    if whole in files:
        yield whole, inner
    elif named and len(named) == len(parts):
        yield from named
    else:
        yield name, value


_LONGEST_NAME = 255


def _doubt(name: str, value: object, files: Set[str]) -> str | None:
    """What is wrong with an entry that may say who reads, and what to write instead; None where nothing is."""
    if name in files or _is_file_name(name):
        if not isinstance(value, dict):
            return f'must hold a table ["{name}"] with fields, not a single value'
        unclear = next((key for key, each in value.items() if _is_unclear(key, each)), None)
        if unclear is not None:
            return f"states {unclear} for {name}, which may say who reads it; {_AS_TEXT}"
        return None
    if name == _FOLDER or (kind_of(name) and not isinstance(value, dict)):
        return None  # of the folder: `_of_folder`
    if isinstance(value, dict):
        if not _speaks({name: value}) and not (files & _strings(value)):
            return None
    elif field_of(name) and not _speaks(value) and not isinstance(value, list):
        return None
    return (
        f'has an entry {name} that may say who reads and is not understood; state a file as ["NAME"], by the name it '
        f'has beside {FILE_NAME}, and a folder as [folder] in its own, each with access = "GROUP"'
    )


def _is_unclear(key: str, value: object) -> bool:
    """Whether a field in the table of a file may say who reads it, and is none that is read or asked about."""
    if kind_of(key):
        return False
    return (is_of_readers(key) and not field_of(key)) or (not _is_plain(value) and _speaks(value))


def _is_file_name(name: str) -> bool:
    """Whether a name can be that of a file beside, which need not be there any more."""
    return bool(Path(name).suffix) and not re.search(r"[/\\*?\[]", name) and not name.startswith(".")


def _speaks(value: object) -> bool:
    """Whether anything in a value is a word on who reads."""
    return any(kind_of(key) or is_of_readers(key) for key in _keys(value))


def _keys(value: object) -> Iterator[str]:
    for each in _within(value):
        if isinstance(each, dict):
            yield from map(str, each)


def _strings(value: object) -> set[str]:
    inside = (each for each in _within(value) if isinstance(each, dict | list))
    parts = (part for each in inside for part in (each.values() if isinstance(each, dict) else each))
    return {part for part in parts if isinstance(part, str)}


def _within(value: object) -> Iterator[object]:
    """A value and all that is in it."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def _are_alike(one: str, other: str) -> bool:
    """Whether two names of files may be meant for one: of the same numbers, and of nearly the same letters."""
    one, other = (plain(Path(name).stem) for name in (one, other))
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and bool(
        get_close_matches(one, [other], 1, _NEAR)
    )


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
        nearest = get_close_matches(key.lower(), known_labels(), 1, 0.6)
        meant = f"; is {nearest[0]} meant?" if nearest else "."
        said.append(f"What {FILE_NAME} states as {key} is no field of a meeting{meant}")
    return said


def names_without_files(folder: Path) -> list[str]:
    """The names that tables in a folder's `meetings.toml` have and no file there has. Raises ReadError."""
    tables = _tables(folder)
    return [
        name
        for key, value in tables.items()
        for name, _ in _by_name(key, value, _names(folder))
        if name != _FOLDER and not is_group_key(name) and not (folder / name).exists()
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
    found += [
        (str(folder / name), 0, 0, 0, 0, 0)
        for folder in path.parents
        if (name := _misnamed(folder, beside=folder == path.parent))
    ]
    return zlib.crc32(repr(found).encode()) + 1 if found else 0


def _text(value: object) -> str:
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    memory, lifeline = map(int, sys.argv[1:])
    serve(memory, lifeline, lambda _, data: pickle.dumps(_parsed(data)))
