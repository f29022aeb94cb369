"""An index of another splitter brought to today's: the texts in the catalog are cut again, no file is read.

It goes record by record through the protocol: the new passages are staged under a version that nobody reads, are
put into Chroma and read back, take the place of the old ones in one commit, and the old ones are swept. Vectors
are reused by content. Until it is done answers come from old passages for some records and new ones for the rest;
a run that is cut short goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from ingest import store
from ingest.catalog import Catalog, put_settings
from ingest.embedding import encode_new, prepare_passages
from ingest.encoder import Snippet
from ingest.errors import IngestError, RecordDamaged
from ingest.index import OwnedIndex
from ingest.passages import SPLITTER_VERSION
from ingest.records import Passage, Record
from ingest.tables import records

BATCH_PASSAGES = 512  # of as many records as make that many, stored together


@dataclass(frozen=True, slots=True)
class _Cut:
    """A record with its passages as today's splitter cuts them, and what is encoded of each."""

    record: Record
    pieces: tuple[Passage, ...]
    snippets: tuple[Snippet | None, ...]
    keys: tuple[str | None, ...]


def is_recut(catalog: Catalog) -> bool:
    """Whether every passage is cut as today's splitter does it."""
    return catalog.setting("splitter") in (None, str(SPLITTER_VERSION))


def recut(
    index: OwnedIndex,
    told: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Cuts the records of an index again where another splitter cut them; how many records that were.

    told     hears after each batch how many of the records are done, and of how many
    stopped  asked between batches; once it says True, the rest waits for the next time

    Raises IngestError; what was done is kept, and what was not is as it was.
    """
    if is_recut(index.catalog):
        return 0
    left, done = _left(index.catalog), 0
    while done < len(left) and not stopped():
        with index.writing:
            done += _recut_some(index, left, done)
        told(done, len(left))
    if done == len(left):
        index.catalog.set(splitter=str(SPLITTER_VERSION), recut="")
    return done


def _left(catalog: Catalog) -> list[str]:
    """The records to be cut again, in the order of their ids, from where the last run came to."""
    splitter, _, last = (catalog.setting("recut") or "").partition(" ")
    after = last if splitter == str(SPLITTER_VERSION) else ""
    wanted = sa.select(records.c.id).where(records.c.active.is_not(None), records.c.id > after)
    with catalog.read() as connection:
        return list(connection.scalars(wanted.order_by(records.c.id)))


def _recut_some(index: OwnedIndex, ids: Sequence[str], start: int) -> int:
    """Cuts the next records again, as many as make a batch; how many those are."""
    batch: list[_Cut] = []
    taken = passages = 0
    while start + taken < len(ids) and passages < BATCH_PASSAGES:
        if cut := _cut(index, ids[start + taken]):
            batch.append(cut)
            passages += len(cut.pieces)
        taken += 1
    try:
        _exchange(index, batch, upto=ids[start + taken - 1])
    except IngestError:
        index.recover_softly()
        raise
    index.sweep_softly([cut.record.id for cut in batch])
    return taken


def _cut(index: OwnedIndex, record_id: str) -> _Cut | None:
    """None for a record that was taken out since, or is damaged."""
    with index.catalog.read() as connection:
        try:
            record = store.stored_record(connection, record_id)
        except RecordDamaged:  # the ingest that mends it cuts it too
            return None
    if record is None:
        return None
    pieces, snippets, keys = prepare_passages(record, index.encoder)
    return _Cut(record, tuple(pieces), tuple(snippets), tuple(keys))


def _exchange(index: OwnedIndex, batch: Sequence[_Cut], upto: str) -> None:
    """Encode, stage, upsert, read back, flip."""
    keys = [key for cut in batch for key in cut.keys]
    encoded = encode_new(index.catalog, index.encoder, keys, [s for cut in batch for s in cut.snippets])
    ids: list[int] = []
    with index.catalog.write() as connection:
        store.put_vectors(connection, encoded)
        of_batch = [cut.record.id for cut in batch]
        store.drop_passages(connection, store.stale_passages(connection, of_batch))  # of an earlier attempt
        for cut in batch:
            unseen = replace(cut.record, version=store.unseen(cut.record.version))
            ids += store.stage_passages(connection, unseen, cut.pieces, cut.keys)
    index.upsert(ids)
    with index.catalog.write() as connection:
        for cut in batch:
            store.flip_passages(connection, cut.record.id, cut.record.version)
        store.clear_outbox(connection, ids)
        put_settings(connection, {"recut": f"{SPLITTER_VERSION} {upto}"})
