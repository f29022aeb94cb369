"""Files to an index: list, read, understand, split, encode, stage, upsert, read back, flip, sweep.

Each record becomes visible on its own, in one commit, after everything it needs is in both stores. A file
that fails is reported and the others go on; an interrupted run is finished by running it again.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from ingest import catalog as store
from ingest.decisions import find_decisions
from ingest.encoder import Encoded, Snippet
from ingest.errors import IngestError, ReadError
from ingest.index import OwnedIndex
from ingest.minutes import understand
from ingest.overrides import FILE_NAME as OVERRIDES
from ingest.overrides import overrides_for
from ingest.parsing import parse
from ingest.passages import key_of, snippet, split
from ingest.readers import SUFFIXES, is_ignored
from ingest.records import Document, Passage, Record
from ingest.tables import records, versions

BATCH_PASSAGES = 512  # encoded together, so that texts of like length meet


class Status(StrEnum):
    """What became of a file."""

    ADDED = "added"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    passages  how many it was split into; `encoded` how many of them had to be encoded
    notes     what the person who ingests should know; for a failed file the reason comes first
    """

    path: Path
    status: Status
    record_id: str | None = None
    title: str = ""
    passages: int = 0
    encoded: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, in the order of the files."""

    outcomes: tuple[Outcome, ...]

    def count(self, status: Status) -> int:
        return sum(outcome.status is status for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.status is Status.FAILED)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A record that is understood and split, waiting to be encoded and stored."""

    path: Path
    record: Record
    digest: str
    file_state: tuple[int, int]
    passages: tuple[Passage, ...]
    snippets: tuple[Snippet | None, ...]
    keys: tuple[str | None, ...]


Progress = Callable[[Outcome], None]


def ingest(paths: Iterable[Path], index: OwnedIndex, progress: Progress | None = None) -> Report:
    """Brings the files under `paths` into the index; `progress` hears of each file when it is done.

    Re-ingesting is idempotent: a file with the content of its record's active version is left alone. Nothing
    is removed because its file is not among `paths`.
    """
    outcomes: dict[Path, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        if progress:
            progress(outcome)

    files = list_files(paths)
    for batch in _batches(_prepare_each(files, index, tell)):
        _store_batch(batch, index, tell)
    return Report(tuple(outcomes[path] for path in files if path in outcomes))


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


def _prepare_each(
    files: Sequence[Path], index: OwnedIndex, tell: Callable[[Outcome], None]
) -> Iterator[_Prepared]:
    for path in files:
        try:
            prepared = _prepare(path, index)
        except IngestError as error:
            reason = error.reason if isinstance(error, ReadError) else str(error)
            tell(Outcome(path, Status.FAILED, notes=(reason,)))
            continue
        if isinstance(prepared, Outcome):
            tell(prepared)
        else:
            yield prepared


def _prepare(path: Path, index: OwnedIndex) -> _Prepared | Outcome:
    """Reads, understands and splits one file; an Outcome when there is nothing more to do."""
    _require_text(path)
    known = _known(index, path)
    file_state = _state_of(path)
    if known and known.active and known.file_state == file_state:
        return Outcome(path, Status.UNCHANGED, known.id, known.title)
    stated = overrides_for(path)
    digest = _digest(path, stated)
    if known and known.digest == digest:
        _remember_file(index, known.id, path, file_state)
        return Outcome(path, Status.UNCHANGED, known.id, known.title)
    if not known and (moved := _moved_here(index, digest)):
        _remember_file(index, moved.id, path, file_state)
        return Outcome(path, Status.MOVED, moved.id, moved.title)
    record = _record(parse(path), path, known, index, stated)
    pieces = split(record)
    snippets = tuple(snippet(p) if p.indexed and index.encoder.knows(p.language) else None for p in pieces)
    keys = tuple(key_of(s) if s else None for s in snippets)
    return _Prepared(path, record, digest, file_state, tuple(pieces), snippets, keys)


def _require_text(path: Path) -> None:
    """Refuses a path that is no text: the catalog could not hold it, and nobody could type it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(path, "its name holds bytes that are no text; rename it") from error


def _record(
    document: Document, path: Path, known: "_Known | None", index: OwnedIndex, stated: Mapping[str, str]
) -> Record:
    understood = understand(document, path=path, overrides=stated)
    record = Record(
        id=known.id if known else _new_id(index, path),
        version=known.latest + 1 if known else 1,
        source=str(path),
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


def _batches(prepared: Iterable[_Prepared]) -> Iterator[list[_Prepared]]:
    batch: list[_Prepared] = []
    for one in prepared:
        batch.append(one)
        if sum(len(each.passages) for each in batch) >= BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _store_batch(batch: Sequence[_Prepared], index: OwnedIndex, tell: Callable[[Outcome], None]) -> None:
    encoded = _encode_new(batch, index)
    for prepared in batch:
        try:
            tell(_store(prepared, encoded, index))
        except IngestError as error:
            index.recover()
            tell(Outcome(prepared.path, Status.FAILED, prepared.record.id, notes=(str(error),)))


def _encode_new(batch: Sequence[_Prepared], index: OwnedIndex) -> dict[str, Encoded]:
    """Vectors for the snippets of a batch that the catalog has none for."""
    wanted: dict[str, Snippet] = {}
    for prepared in batch:
        wanted |= {key: s for key, s in zip(prepared.keys, prepared.snippets, strict=True) if key and s}
    with index.catalog.read() as connection:
        for key in store.known_keys(connection, list(wanted)):
            del wanted[key]
    if not wanted:
        return {}
    return dict(zip(wanted, index.encoder.encode(list(wanted.values())), strict=True))


def _store(prepared: _Prepared, encoded: dict[str, Encoded], index: OwnedIndex) -> Outcome:
    """Stage, upsert, read back, flip, sweep."""
    record = prepared.record
    fresh = {key: encoded[key] for key in prepared.keys if key in encoded}
    with index.catalog.write() as connection:
        store.put_vectors(connection, fresh)
        ids = store.stage(connection, record, prepared.digest, prepared.passages, prepared.keys)
    index.upsert(ids)
    with index.catalog.write() as connection:
        store.set_access(connection, record.id, record.meeting.access)
        store.flip(connection, record.id, record.version, prepared.file_state)
        store.clear_outbox(connection, ids)
    index.sweep()
    return Outcome(
        prepared.path,
        Status.ADDED if record.version == 1 else Status.AMENDED,
        record.id,
        record.title,
        passages=len(prepared.passages),
        encoded=len(fresh),
        notes=(*record.notes, *record.meeting.notes),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalog knows of a record; `latest` is its highest version number, seen or not."""

    id: str
    source: str
    active: int | None
    latest: int
    file_state: tuple[int | None, int | None]
    digest: str | None
    title: str


def _known(index: OwnedIndex, path: Path) -> _Known | None:
    return next(_known_where(index, records.c.source == str(path)), None)


def _moved_here(index: OwnedIndex, digest: str) -> _Known | None:
    """A record with this content whose file is gone: the same record at a new place."""
    same = _known_where(index, versions.c.digest == digest)
    return next((known for known in same if not Path(known.source).exists()), None)


def _known_where(index: OwnedIndex, condition: sa.ColumnElement[bool]) -> Iterator[_Known]:
    active = sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    every = versions.alias()
    latest = sa.select(sa.func.max(every.c.version)).where(every.c.record_id == records.c.id)
    statement = (
        sa.select(records, versions.c.digest, versions.c.title, latest.scalar_subquery().label("latest"))
        .join(versions, active, isouter=True)
        .where(condition)
        .order_by(records.c.id)
    )
    with index.catalog.read() as connection:
        rows = connection.execute(statement).all()
    for row in rows:
        state = (row.modified_ns, row.size)
        yield _Known(row.id, row.source, row.active, row.latest or 0, state, row.digest, row.title or "")


def _remember_file(index: OwnedIndex, record_id: str, path: Path, file_state: tuple[int, int]) -> None:
    modified_ns, size = file_state
    with index.catalog.write() as connection:
        connection.execute(
            records.update()
            .where(records.c.id == record_id)
            .values(source=str(path), modified_ns=modified_ns, size=size)
        )


def _new_id(index: OwnedIndex, path: Path) -> str:
    """A short id from the path where the record was first seen, salted when an older record has it."""
    for salt in range(1_000):
        record_id = hashlib.sha256(f"{salt or ''}{path}".encode()).hexdigest()[:12]
        if next(_known_where(index, records.c.id == record_id), None) is None:
            return record_id
    raise ReadError(path, "no free record id; this cannot happen by chance, please report it.")


def _state_of(path: Path) -> tuple[int, int]:
    """When the file, or what the clerk states beside it, was last changed (ns), and its size."""
    try:
        status = path.stat()
    except OSError as error:
        raise ReadError(path, (error.strerror or "it cannot be opened").lower()) from error
    beside = path.with_name(OVERRIDES)
    return max(status.st_mtime_ns, beside.stat().st_mtime_ns if beside.is_file() else 0), status.st_size


def _digest(path: Path, stated: Mapping[str, str]) -> str:
    """SHA-256 of the file and of what the clerk states beside it."""
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256")
    except OSError as error:
        raise ReadError(path, (error.strerror or "it cannot be read").lower()) from error
    if stated:
        digest.update(json.dumps(stated, sort_keys=True).encode())
    return digest.hexdigest()
