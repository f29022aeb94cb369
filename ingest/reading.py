"""Files as they lie on disk: listing them, telling whether they changed, and reading one as a record."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from ingest.decisions import find_decisions
from ingest.errors import ReadError
from ingest.minutes import understand
from ingest.overrides import FILE_NAME as OVERRIDES
from ingest.parsing import parse
from ingest.readers import SUFFIXES, is_ignored
from ingest.records import Record

FileState = tuple[int | None, int | None]  # modified (ns) and size


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read under `paths`, absolute, sorted, without repeats.

    In a folder, files that no reader takes are left out; a file that is named is kept, so that it is refused
    with a reason. A path that does not exist is kept for the same reason.
    """
    found: dict[Path, None] = {}
    for path in paths:
        path = Path(os.path.abspath(path))
        if path.is_dir():
            for folder, subfolders, names in os.walk(path):
                subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
                inside = (Path(folder, name) for name in sorted(names))
                found |= dict.fromkeys(
                    p for p in inside if p.suffix.lower() in SUFFIXES and not is_ignored(p)
                )
        else:
            found.setdefault(path)
    return list(found)


def state_of(path: Path, home: Path | None = None) -> tuple[int, int]:
    """When the file, or what the clerk states beside it, was last changed (ns), and its size. Raises ReadError.

    home  where the file will stay, if it lies elsewhere now: what is stated counts that lies there
    """
    try:
        status = path.stat()
    except OSError as error:
        raise ReadError(path, (error.strerror or "it cannot be opened").lower()) from error
    try:
        beside = (home or path).with_name(OVERRIDES).stat().st_mtime_ns
    except OSError:
        beside = 0
    return max(status.st_mtime_ns, beside), status.st_size


def digest_of(path: Path, stated: Mapping[str, str]) -> str:
    """SHA-256 of the file and of what the clerk states beside it. Raises ReadError."""
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256")
    except OSError as error:
        raise ReadError(path, (error.strerror or "it cannot be read").lower()) from error
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
    path: Path, stated: Mapping[str, str], record_id: str = "", *, home: Path | None = None
) -> Record:
    """The record in a file, understood, not numbered yet; `home` as in `state_of`. Raises ReadError."""
    document = parse(path)
    understood = understand(document, path=home or path, overrides=stated)
    record = Record(
        id=record_id,
        version=0,
        source=str(home or path),
        text=document.text,
        meeting=understood.meeting,
        sections=understood.sections,
        turns=understood.turns,
        pages=document.pages,
        omitted=understood.omitted,
        notes=tuple(dict.fromkeys((*document.notes, *understood.notes))),
    )
    found = find_decisions(record.text, record.sections, record.turns, date=record.date)
    return replace(record, decisions=found)
