"""Four ways to get the protocol wrong, each of which the fault tests must notice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

import qa.holdings
from ingest import embedding, pipeline, store
from ingest.index import OwnedIndex
from ingest.records import Record
from ingest.tables import versions
from qa.passages import Edition, Held, active_passages

FLIP_BEFORE_UPSERT = "flip before upsert"
SKIP_THE_JOIN = "skip the join"
DELETE_FIRST = "delete first"
ACKNOWLEDGE_BEFORE_COMMIT = "acknowledge before commit"
ALL = (FLIP_BEFORE_UPSERT, SKIP_THE_JOIN, DELETE_FIRST, ACKNOWLEDGE_BEFORE_COMMIT)


def apply(mutant: str, patch: Callable[[Any, str, Any], None]) -> None:
    """Puts a mutant in the place of what it gets wrong; `patch(owner, name, replacement)` sets an attribute."""
    if mutant == FLIP_BEFORE_UPSERT:
        patch(pipeline, "_store", _flip_first)
    elif mutant == SKIP_THE_JOIN:
        patch(qa.holdings, "active_passages", _every_passage)
    elif mutant == DELETE_FIRST:
        patch(pipeline, "_store", _delete_first)
    elif mutant == ACKNOWLEDGE_BEFORE_COMMIT:
        patch(pipeline, "_finish", _acknowledge_first)


def _every_passage(connection: sa.Connection, editions: object, before: object) -> tuple[Held, ...]:
    """The passages of every version, whether readers are to see it or not."""
    del editions, before
    rows = connection.execute(sa.select(versions.c.record_id, versions.c.version))
    return active_passages(connection, {f"{i}/{v}": Edition(i, v, 0) for i, v in rows}, ())


def _acknowledge_first(batch: Sequence[Any], index: OwnedIndex, tell: Any) -> None:
    """Says that it is done, then does it."""
    for one in batch:
        tell(one.decision.outcome)
    pipeline._store([one for one in batch if one.decision.record], index)


def _flip_first(batch: Sequence[Any], index: OwnedIndex) -> list[Any]:
    """Makes versions visible and acknowledges them before Chroma has their vectors, which it never reads back."""
    outcomes = []
    for one in batch:
        record, ids = _stage(one, index)
        _flip(one, record, ids, index)
        outcomes.append(one.decision.outcome)
        index.sweep([record.id])
        index.upsert(ids[:1])
    return outcomes


def _delete_first(batch: Sequence[Any], index: OwnedIndex) -> list[Any]:
    """Takes the old version out before the new one is stored, as delete-then-add pipelines do."""
    for one in batch:
        with index.catalog.write() as connection:
            store.drop_record(connection, one.decision.record.id)
        record, ids = _stage(one, index)
        index.upsert(ids)
        _flip(one, record, ids, index)
        index.sweep()
    return [one.decision.outcome for one in batch]


def _stage(one: Any, index: OwnedIndex) -> tuple[Record, list[int]]:
    encoded = embedding.encode_new(index.catalog, index.encoder, one.keys, one.snippets)
    with index.catalog.write() as connection:
        store.put_vectors(connection, encoded)
        record = replace(one.decision.record, version=store.next_version(connection, one.decision.record.id))
        store.stage(connection, record, one.decision.file.digest)
        return record, store.stage_passages(connection, record, one.passages, one.keys)


def _flip(one: Any, record: Record, ids: list[int], index: OwnedIndex) -> None:
    with index.catalog.write() as connection:
        store.set_access(connection, record.id, record.version, record.meeting.access)
        store.flip(connection, record.id, record.version)
        pipeline._put_file(connection, one.decision)
        store.clear_outbox(connection, ids)
