"""What is done to a whole record: going back to an older version of it, and taking it out."""

import os
from pathlib import Path

import sqlalchemy as sa

from ingest import seals, store
from ingest.catalog import Catalog
from ingest.embedding import encode_new, prepare_passages
from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Status
from ingest.reading import READING_VERSION
from ingest.sight import added
from ingest.tables import files, records, versions


class NoSuchRecord(IngestError):
    """The index holds no such record, or no such version of it."""


class WouldWiden(IngestError):
    """More people could read a record than before, and nobody said that this is meant."""


def find_record(catalog: Catalog, named: str) -> str:
    """The id of a record that is named by its id, the beginning of it, or one of its files. Raises NoSuchRecord."""
    path = os.path.abspath(named)
    with catalog.read() as connection:
        by_file = connection.scalar(sa.select(files.c.record_id).where(files.c.path == path))
        if by_file:
            return by_file
        begins = records.c.id.startswith(named, autoescape=True)
        found = connection.scalars(sa.select(records.c.id).where(begins).limit(2)).all() if named else []
    if len(found) != 1:
        what = "More than one record begins" if found else "The index holds no record whose file or id is"
        raise NoSuchRecord(f"{what} {named}; `python -m ingest status --records` lists them.")
    return found[0]


def rollback(index: OwnedIndex, named: str, to: int | None = None, *, widen: bool = False) -> Outcome:
    """Makes an older version of a record the one that answers use; None: the one that another file content gave before
    the active one, or where all came of the same, the reading before.

    Its file stays as it is and counts as unchanged, so the next ingest does not undo it; only newer rules read it anew.
    It is read by those it was for, as far as that was not changed since.

    widen  also where groups could then read the record that may not read the active version or one between the two

    Raises NoSuchRecord, and WouldWiden where `widen` would be needed.
    """
    with index.writing:
        record_id = find_record(index.catalog, named)
        version = _older(index.catalog, record_id, to)
        with index.catalog.read() as connection:
            record = store.stored_record(connection, record_id, version)
            told = _readers_told(connection, record_id, version, widen=widen)
        assert record is not None
        pieces, snippets, keys = prepare_passages(record, index.encoder)
        encoded = encode_new(index.catalog, index.encoder, keys, snippets)
        with index.catalog.write() as connection:
            store.put_vectors(connection, encoded)
            ids = store.stage_passages(connection, record, pieces, keys)
        try:
            index.upsert(ids)
            with index.catalog.write() as connection:
                store.flip(connection, record_id, version)
                store.confirm_reading(connection, record_id, READING_VERSION)
                store.clear_outbox(connection, ids)
        except IngestError:
            index.recover_softly()
            raise
        index.sweep_softly([record_id])
    notes = (f"Version {version} is the one that answers use now.", *told)
    return Outcome(
        Path(record.source), Status.AMENDED, record_id, record.title, len(pieces), len(encoded), notes=notes
    )


def _readers_told(connection: sa.Connection, record_id: str, version: int, *, widen: bool) -> tuple[str, ...]:
    """What going back to a version changes of who may read the record, as sentences. Raises WouldWiden."""
    row = connection.execute(
        sa.select(records.c.active, records.c.held).where(records.c.id == record_id)
    ).one()
    before, after = (store.readers(connection, record_id, one) for one in (row.active, version))
    since_then = sa.select(versions.c.version).where(
        versions.c.record_id == record_id,
        versions.c.state != "staging",
        versions.c.version.between(version + 1, row.active) | (versions.c.version == row.active),
    )
    for since in connection.scalars(since_then.order_by(versions.c.version.desc())).all():
        wider = added(after, store.readers(connection, record_id, since))
        if wider and not widen:
            raise WouldWiden(
                f"Record {record_id} does not go back to version {version} unasked: {_named(wider)} could read it "
                f"then, and may not read version {since}. Add --force where that is meant."
            )
    held = ("It is held back, so nobody reads it until its file is mended.",) if row.held else ()
    return (
        *([] if before == after else [f"Now {_named(after)} may read it, before {_named(before)}."]),
        *held,
    )


def _named(groups: set[str]) -> str:
    return ", ".join(sorted(groups)) or "nobody"


def remove_record(index: OwnedIndex, record_id: str) -> None:
    """Takes a record out, with all its versions; its file is not touched. Its bytes may linger: see `purge`."""
    with index.writing:
        with index.catalog.write() as connection:
            connection.execute(records.update().where(records.c.id == record_id).values(active=None))
            seals.seal_standing(connection, [record_id])  # that it is to go is known from here on
            store.bump(connection)
        index.sweep_softly([record_id])
        with index.catalog.write() as connection:
            store.drop_record(connection, record_id)


def _older(catalog: Catalog, record_id: str, to: int | None) -> int:
    with catalog.read() as connection:
        active = connection.scalar(sa.select(records.c.active).where(records.c.id == record_id)) or 0
        shown = versions.c.record_id == record_id, versions.c.state != "staging"
        digests = dict(
            connection.execute(sa.select(versions.c.version, versions.c.digest).where(*shown)).all()
        )
    before = [n for n in digests if n < active]
    amended = [n for n in before if digests[n] != digests[active]]
    wanted = [n for n in digests if n == to != active] if to is not None else amended or before
    if not wanted:
        has = ", ".join(map(str, sorted(digests.keys() - {active}))) or "none"
        raise NoSuchRecord(
            f"Record {record_id} cannot go back{f' to version {to}' if to else ''}: version {active} is active, "
            f"and the others kept are: {has}."
        )
    return max(wanted)
