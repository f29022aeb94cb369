"""Files as they lie on disk: listing them, telling whether they changed, and reading one as a record."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ingest.errors import AccessUnclear, ReadError
from ingest.overrides import FILE_NAME as OVERRIDES
from ingest.overrides import stamp_of
from ingest.parsing import parse_taken
from ingest.readers import is_ignored, why_not_read
from ingest.readers.opening import Taken, status_of
from ingest.records import Record
from ingest.understanding import read_document

# Raise it when the same file would be understood otherwise: what is held is then read anew.
READING_VERSION = 8

_DEEPEST = 100  # folders within folders that are read

FileState = tuple[int | None, int | None]  # a number that changes with the file, and its size


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read under `paths`, absolute, sorted, without repeats.

    In a folder, files that no reader takes are left out; a file that is named is kept, so that it is refused
    with a reason. A path that does not exist, and a folder that cannot be opened, are kept for the same reason.
    """
    return list(dict.fromkeys(path for path, reason in _listed(paths) if reason is None))


def passed_over(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """What lies in the folders among `paths` and is not read, by the reason why; litter of other programs left out."""
    found: dict[str, list[Path]] = {}
    for path, reason in dict(_listed(paths)).items():
        if reason is not None:
            found.setdefault(reason, []).append(path)
    return found


def _listed(paths: Iterable[Path]) -> Iterator[tuple[Path, str | None]]:
    """Every path there is to speak of, and why it is not read, if it is not."""
    for path in paths:
        path = Path(os.path.abspath(path))
        if not path.is_dir():
            yield path, None
            continue
        closed: list[OSError] = []
        deeper: list[Path] = []
        for folder, subfolders, names in _walked(path, closed.append):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            if len(folder.parts) - len(path.parts) >= _DEEPEST:
                deeper += (Path(folder, name) for name in subfolders)
                subfolders.clear()
            for inside in (Path(folder, name) for name in sorted(names)):
                if not is_ignored(inside) and inside.name != OVERRIDES:
                    yield inside, why_not_read(inside)
            for link in (Path(folder, name) for name in subfolders):
                if link.is_symlink():
                    yield link, "links to folders are not followed; name the folder itself"
        yield from ((Path(error.filename), None) for error in closed)
        yield from (
            (one, f"it lies more than {_DEEPEST} folders deep; name the folder itself") for one in deeper
        )


def _walked(top: Path, closed: Callable[[OSError], None]) -> Iterator[tuple[Path, list[str], list[str]]]:
    """`os.walk` that is not limited by how many calls may lie in one another."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        found = next(os.walk(folder, onerror=closed), None)
        if found is None:
            continue
        _, subfolders, names = found
        yield folder, subfolders, names
        inside = (folder / name for name in subfolders)
        waiting += reversed([one for one in inside if not one.is_symlink()])


def is_gone(path: str | Path) -> bool:
    """Whether nothing is at a path any more; in a folder that cannot be looked into nothing is known to be gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def within(paths: Iterable[str], roots: Iterable[Path]) -> list[str]:
    """Those of `paths`, in order, that are among `roots` or under those of them that are folders."""
    places = [os.path.abspath(root) for root in roots]
    named = set(places)
    folders = tuple(place.rstrip("/") + "/" for place in places if os.path.isdir(place))
    return [path for path in sorted(paths) if path in named or path.startswith(folders)]


def state_of(path: Path, home: Path | None = None) -> tuple[int, int]:
    """A number that changes when the file, or what the clerk states of it, is written to, and the file's size.

    It is made of more than the time of the last change, which whoever writes may set. Raises ReadError.

    home  where the file will stay, if it lies elsewhere now: what is stated counts that lies there
    """
    status = status_of(path)
    made_of = (status.st_mtime_ns, status.st_ctime_ns, status.st_ino, stamp_of(home or path))
    digest = hashlib.blake2b(repr(made_of).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True), status.st_size


def digest_of(file: Taken, stated: Mapping[str, str]) -> str:
    """SHA-256 of a file and of what the clerk states beside it."""
    digest = hashlib.sha256(file.data)
    if stated:
        digest.update(json.dumps(stated, sort_keys=True).encode())
    return digest.hexdigest()


def require_text(path: Path) -> None:
    """Refuses a path that is no text: the catalog could not hold it, and nobody could type it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(path, "its name holds bytes that are no text; rename it") from error


def read_record(
    file: Taken, stated: Mapping[str, str], record_id: str = "", *, home: Path | None = None
) -> Record:
    """The record in a file, understood, not numbered yet; `home` as in `state_of`.

    Raises ReadError, and AccessUnclear where it is not clear who may read it.
    """
    document, source = parse_taken(file), home or file.path
    reading = read_document(document, source, stated)
    understood = reading.understood
    record = Record(
        id=record_id,
        version=0,
        source=str(source),
        text=document.text,
        meeting=understood.meeting,
        sections=understood.sections,
        turns=understood.turns,
        pages=document.pages,
        omitted=understood.omitted,
        decisions=reading.decisions,
        notes=tuple(dict.fromkeys((*document.notes, *understood.notes))),
        rules=READING_VERSION,
    )
    if understood.held:
        raise AccessUnclear(file.path, understood.held, record)
    return record
