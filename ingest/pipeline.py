"""Files to an index: list, decide, split, encode, stage, upsert, read back, flip, sweep.

Records become visible in one commit, after everything they need is in both stores. A file that fails is
reported and the others go on; an interrupted run is finished by running it again. Reading and deciding go on
in a thread of their own while what is ready is encoded and stored; memory is bounded by what waits in between.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from ingest import seals, store
from ingest.ahead import reading_ahead
from ingest.catalog import Catalog
from ingest.decide import Decision, Gone, decide_each, find_gone
from ingest.embedding import encode_new, prepare_passages, sentence_vectors
from ingest.encoder import Encoded, Encoder, Snippet
from ingest.errors import IngestError
from ingest.failures import (
    forget_failures,
    forgettable,
    put_failure,
    put_held_text,
    settle_held,
    settle_held_text,
)
from ingest.history import remove_record
from ingest.identity import drafts_first
from ingest.index import OwnedIndex
from ingest.ledger import Ledger
from ingest.outcomes import ItemChange, Outcome, Report, Status
from ingest.reading import READING_VERSION, is_gone, list_files, within
from ingest.records import Passage, Record
from ingest.recut import recut
from ingest.sentence_head import head_for, with_found
from ingest.stopping import Stopped, go_on, until

__all__ = ["ItemChange", "Outcome", "Report", "Status", "ingest", "list_files", "plan"]

BATCH_PASSAGES = 512  # encoded together and stored in one commit
FIRST_BATCH = 64  # passages: encoding begins while most records are still being read
BATCH_FILES = 64  # stored together at most
WAITING = 64  # files that may be read ahead of those being encoded

Progress = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A decision whose record, if it has one, is split and ready to be encoded."""

    decision: Decision
    passages: tuple[Passage, ...] = ()
    snippets: tuple[Snippet | None, ...] = ()
    keys: tuple[str | None, ...] = ()


def ingest(
    paths: Iterable[str | Path],
    index: OwnedIndex,
    progress: Progress | None = None,
    *,
    prune: bool = False,
    force: bool = False,
    arrivals: Mapping[Path, Path] | None = None,
    access: Sequence[str] | None = None,
    may_lower: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """Brings the files under `paths` into the index; `progress` hears of each file when it is done.

    prune    remove the records whose files were under `paths` and are gone; else they are only reported
    force    let a draft take the place of what was approved, let what states no readers have more,
             and prune what lay in a folder that is empty now
    arrivals  of files that were handed in: where each lies, and where it will stay, by which it is known
    access   the groups of who handed them in, who may read every record; None: of who owns the folder
    may_lower  whether those may have readers that the record they are a version of has not
    stopped  asked all along; once it says True, nothing further is begun, and what is not stored yet is left

    An index of another splitter is brought to today's first.
    Re-ingesting is idempotent: a file with the content of its record's active version is left alone, but for one that
    older rules read, which is read anew.
    """
    outcomes: dict[Path, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        if progress:
            progress(outcome)

    roots = [Path(path) for path in paths]
    files = drafts_first(list_files(roots))
    recut(index, stopped=stopped)
    try:
        with (
            until(stopped),
            index.writing,
            reading_ahead(
                files,
                ledger := Ledger.load(
                    index.catalog, arrivals, access=access, may_lower=may_lower, whole=True
                ),
            ) as read,
        ):
            decisions = decide_each(files, ledger, force=force, read=read)
            prepared = (_prepare(decision, index.encoder) for decision in decisions)
            with closing(_batches(_ahead(prepared))) as batches:
                for batch in batches:
                    _finish(batch, index, tell)
                    if stopped():
                        return Report(tuple(outcomes.values()))
            for gone in find_gone(roots, ledger):
                _settle_gone(gone, index, tell, prune, force)
            _forget_settled(roots, index, outcomes.values())
    except Stopped:
        if not stopped():  # it is for whoever said so
            raise
    return Report(tuple(outcomes.values()))


def plan(
    paths: Iterable[str | Path],
    catalog: Catalog,
    progress: Progress | None = None,
    *,
    prune: bool = False,
    force: bool = False,
    arrivals: Mapping[Path, Path] | None = None,
    access: Sequence[str] | None = None,
    may_lower: bool = False,
) -> Report:
    """What `ingest` with the same arguments would do, without doing any of it.

    access  the groups of who hands files in: what is said depends on no record that they may not read
    """
    roots, outcomes = [Path(path) for path in paths], dict[Path, Outcome]()
    ledger = Ledger.load(catalog, arrivals, access=access, may_lower=may_lower)
    for decision in decide_each(drafts_first(list_files(roots)), ledger, force=force):
        outcomes[decision.outcome.path] = decision.outcome
        if progress:
            progress(decision.outcome)
    for gone in find_gone(roots, ledger):
        if outcome := _gone_outcome(gone, prune, force):
            outcomes[outcome.path] = outcome
    return Report(tuple(outcomes.values()))


def narrowed(arrivals: Mapping[Path, Path], catalog: Catalog) -> dict[Path, tuple[str, ...]]:
    """The readers of those files handed in that would get fewer than they say, by where each will stay."""
    ledger = Ledger.load(catalog, arrivals)
    if not ledger.has_readers_to_keep():
        return {}
    decisions = decide_each(drafts_first(list_files(arrivals)), ledger)
    return {
        Path(one.record.source): one.record.meeting.access for one in decisions if one.record and one.narrowed
    }


def _prepare(decision: Decision, encoder: Encoder) -> _Prepared:
    if decision.record is None:
        return _Prepared(decision)
    pieces, snippets, keys = prepare_passages(decision.record, encoder)
    return _Prepared(decision, tuple(pieces), tuple(snippets), tuple(keys))


def _ahead(prepared: Iterator[_Prepared]) -> Iterator[_Prepared]:
    """The same, made in a thread while the caller works on those before."""
    line: queue.Queue[_Prepared | BaseException | None] = queue.Queue(WAITING)
    left = threading.Event()

    def put(item: _Prepared | BaseException | None) -> bool:
        while not left.is_set():
            with suppress(queue.Full):
                line.put(item, timeout=0.1)
                return True
        return False

    def run() -> None:
        try:
            for one in prepared:
                if not put(one):
                    return
            put(None)
        except BaseException as error:  # raised again where the caller is
            put(error)

    def following() -> _Prepared | BaseException | None:
        while True:
            with suppress(queue.Empty):
                return line.get(timeout=0.1)
            go_on()

    with until(left.is_set):
        context = copy_context()
    thread = threading.Thread(target=context.run, args=(run,), name="read-ahead", daemon=True)
    thread.start()
    try:
        while (item := following()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        left.set()
        thread.join()


def _batches(prepared: Iterator[_Prepared]) -> Iterator[list[_Prepared]]:
    """Records that are stored together: few at first, then more, up to the bounds above."""
    batch: list[_Prepared] = []
    passages = versions = 0
    enough = FIRST_BATCH
    for one in prepared:
        batch.append(one)
        passages += len(one.passages)
        versions += one.decision.record is not None
        if passages >= enough or versions >= BATCH_FILES or len(batch) >= 16 * BATCH_FILES:
            yield batch
            batch, passages, versions = [], 0, 0
            enough = min(4 * enough, BATCH_PASSAGES)
    if batch:
        yield batch


def _finish(batch: Sequence[_Prepared], index: OwnedIndex, tell: Progress) -> None:
    """Stores a batch; where that fails as a whole, each of its records by itself."""
    versions = [one for one in batch if one.decision.record]
    others = [one.decision for one in batch if not one.decision.record]
    stored_now = {one.decision.record.id for one in versions if one.decision.record}
    follow = [
        one for one in others if one.outcome.record_id in stored_now
    ]  # of a record that may not be there yet
    try:
        _remember([one for one in others if one not in follow], index)
        done = {o.path: o for o in _store(versions, index)} if versions else {}
        _remember(follow, index)
        index.deliver_softly()
    except IngestError as error:
        index.recover_softly()
        if len(batch) > 1:
            for one in batch:
                _finish([one], index, tell)
        else:
            tell(_failed(batch[0].decision.outcome, str(error), index))
        return
    for one in batch:
        outcome = one.decision.outcome  # a file may be stored, and held back for what came after it
        tell(done.get(outcome.path, outcome) if one.decision.record else outcome)


def _failed(outcome: Outcome, reason: str, index: OwnedIndex) -> Outcome:
    with suppress(IngestError), index.catalog.write() as connection:  # the catalog may be what fails
        put_failure(connection, str(outcome.path), reason)
    return replace(outcome, status=Status.FAILED, items=(), notes=(reason,))


def _remember(decisions: Sequence[Decision], index: OwnedIndex) -> None:
    """Writes what is to be known of files that bring no new version: moved, touched, failed, read as before."""
    failed = [d.outcome for d in decisions if d.outcome.status is Status.FAILED]
    held = [d for d in decisions if d.held]
    known = [d for d in decisions if d.file]
    confirmed = [d.confirms for d in decisions if d.confirms]
    if not failed and not held and not known and not confirmed:
        return
    with index.catalog.write() as connection:
        for outcome in failed:
            put_failure(connection, _printable(outcome.path), outcome.notes[0])
        for decision in held:
            _hold(connection, decision)
        for decision in known:
            _put_file(connection, decision)
        for record_id in confirmed:
            store.confirm_reading(connection, record_id, READING_VERSION)


def _put_file(connection: sa.Connection, decision: Decision) -> None:
    if file := decision.file:
        row = (file.path, file.record_id, file.digest, *file.state)
        left = store.records_of(connection, [file.path, *decision.gone])
        store.put_files(connection, [row], decision.gone)
        if decision.gone or decision.outcome.status is Status.MOVED:
            store.move_record(connection, file.record_id, file.path, decision.gone)
        for path in (file.path, *decision.gone):
            if path != decision.held:
                put_failure(connection, path, None)
        if file.path != decision.held:
            settle_held_text(connection, file.path, file.record_id)
        settle_held(connection, [file.record_id, *left])


def _hold(connection: sa.Connection, decision: Decision) -> None:
    """Holds back a file and, unless it only waits, the record it belongs to."""
    assert decision.held
    put_failure(connection, decision.held, decision.outcome.notes[0], held=decision.hides)
    if decision.runs is not None:
        put_held_text(connection, decision.held, decision.runs)
    if decision.outcome.record_id:
        settle_held(connection, [decision.outcome.record_id])


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()


def _store(batch: Sequence[_Prepared], index: OwnedIndex) -> list[Outcome]:
    """Encode, stage, upsert, read back, flip, sweep; what came of each."""
    encoded = encode_new(
        index.catalog,
        index.encoder,
        [key for one in batch for key in one.keys],
        [s for one in batch for s in one.snippets],
    )
    records = _read_by_head(batch, encoded, index)
    staged: list[Record] = []
    replaced: list[int | None] = []
    ids: list[int] = []
    with index.catalog.write() as connection:
        store.put_vectors(connection, encoded)
        for one, read in zip(batch, records, strict=True):
            assert one.decision.file
            number, damaged = _number(connection, one.decision)
            record = replace(read, version=number)
            replaced.append(damaged)
            store.stage(connection, record, one.decision.file.digest)
            ids += store.stage_passages(connection, record, one.passages, one.keys)
            staged.append(record)
    index.upsert(ids)
    with index.catalog.write() as connection:
        store.clear_outbox(connection, ids)  # before what a file settles of who may read them
        for one, record, damaged in zip(batch, staged, replaced, strict=True):
            broken = seals.find_unstanding(connection, [record.id])
            store.set_access(connection, record.id, record.version, record.meeting.access)
            store.flip(connection, record.id, record.version)
            if broken:
                store.mend_standing(connection, record.id, record.version)
            if damaged is not None:
                store.drop_version(connection, record.id, damaged)
            _put_file(connection, one.decision)
    index.sweep_softly([record.id for record in staged])
    left = set(encoded)
    return [_stored(one, record, left) for one, record in zip(batch, staged, strict=True)]


def _read_by_head(
    batch: Sequence[_Prepared], encoded: Mapping[str, Encoded], index: OwnedIndex
) -> list[Record]:
    """The records of a batch, with the entries that the head of the encoder finds, where it has one."""
    records = [one.decision.record for one in batch if one.decision.record]
    head = head_for(index.encoder.id)
    if head is None:
        return records
    return [
        with_found(
            record, one.passages, sentence_vectors(index.catalog, index.encoder, one.keys, encoded), head
        )
        for one, record in zip(batch, records, strict=True)
    ]


def _number(connection: sa.Connection, decision: Decision) -> tuple[int, int | None]:
    """The number of a new version, and that of the damaged one which is dropped for it."""
    assert decision.record
    if decision.mends:
        return store.make_way(connection, decision.record)
    return store.next_version(connection, decision.record.id), None


def _stored(one: _Prepared, record: Record, encoded: set[str]) -> Outcome:
    """The outcome of a stored record; keys it was first to need are taken out of `encoded`."""
    own = encoded.intersection(key for key in one.keys if key)
    encoded -= own
    reread = one.decision.outcome.status is Status.REREAD
    status = Status.REREAD if reread else Status.ADDED if record.version == 1 else Status.AMENDED
    by_words = sum(p.indexed and not s for p, s in zip(one.passages, one.snippets, strict=True))
    counts = {"passages": len(one.passages), "encoded": len(own), "by_words": by_words}
    return replace(one.decision.outcome, status=status, **counts)


def _settle_gone(gone: Gone, index: OwnedIndex, tell: Progress, prune: bool, force: bool) -> None:
    outcome = _gone_outcome(gone, prune, force)
    if _is_pruned(gone, prune, force) or gone.never_in:
        try:
            if gone.record:
                remove_record(index, gone.record.id)
            else:
                with index.catalog.write() as connection:
                    left = store.records_of(connection, gone.paths)
                    store.put_files(connection, (), gone.paths)
                    settle_held(connection, left)
                index.deliver_softly()
        except IngestError as error:
            outcome = _failed(outcome or Outcome(Path(gone.paths[0]), Status.MISSING), str(error), index)
    if outcome:
        tell(outcome)


def _is_pruned(gone: Gone, prune: bool, force: bool) -> bool:
    """Whether what is gone is removed: what lay in a folder that is empty now only when that is forced."""
    return prune and (force or gone.emptied is None)


def _gone_outcome(gone: Gone, prune: bool, force: bool) -> Outcome | None:
    """What to say of a record of which no file is left; one that others stand for needs no word."""
    if gone.record is None:
        return None
    pruned = _is_pruned(gone, prune, force)
    kept = f"Kept, as {gone.emptied} is empty and may be a disk that is not there; if it is not, add --force."
    return Outcome(
        Path(gone.record.source),
        Status.REMOVED if pruned else Status.MISSING,
        gone.record.id,
        gone.record.title,
        notes=(kept,) if prune and not pruned else (),
    )


def _forget_settled(roots: Sequence[Path], index: OwnedIndex, outcomes: Iterable[Outcome]) -> None:
    """Forgets what failed earlier under `roots` and not now, and what failed earlier and is not there any more."""
    bad = (Status.FAILED, Status.HELD)
    failing = {_printable(outcome.path) for outcome in outcomes if outcome.status in bad}
    with suppress(IngestError):  # it can wait for the next run
        failed = [path for path in forgettable(index.catalog) if path not in failing]
        looked_at = set(within(failed, roots))
        if settled := [path for path in failed if path in looked_at or is_gone(path)]:
            forget_failures(index.catalog, settled)
