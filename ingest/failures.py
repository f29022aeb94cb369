"""The files that could not be taken in the last time they were tried, and why: kept until they are settled.

One that is held back, as it is not clear who may read it, holds back its record too, with all its versions.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ingest import seals
from ingest.catalog import Catalog, open_existing
from ingest.closed_texts import ClosedText
from ingest.letter_runs import Runs, packed, unpacked
from ingest.store import active_text, bump, tell_again
from ingest.tables import failures, files, held_texts, records


def put_failure(connection: sa.Connection, path: str, reason: str | None, *, held: bool = False) -> None:
    """Keeps why a file could not be taken in, or, with None, forgets it.

    held  whether it is held back; who calls it calls `settle_held` in the same transaction
    """
    connection.execute(failures.delete().where(failures.c.path == path))
    if reason is not None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(failures.insert(), {"path": path, "reason": reason, "failed": now, "held": held})


def put_held_text(connection: sa.Connection, path: str, runs: Runs) -> None:
    """Keeps what a file says that is held back, beside what it said when it was so before."""
    row = {"path": path, "runs": packed(runs)}
    connection.execute(sa.text("INSERT OR IGNORE INTO held_texts VALUES (:path, :runs)"), row)


def settle_held_text(connection: sa.Connection, path: str, record_id: str) -> None:
    """Forgets what a file said while it was held back, once a record says that: it is known who may read it."""
    its = held_texts.c.path == path
    if not (kept := connection.scalars(sa.select(held_texts.c.runs).where(its)).all()):
        return
    said = str(active_text(connection, record_id) or "")
    for runs in kept:
        if ClosedText(path, record_id, (), unpacked(runs)).is_said_by(said):
            connection.execute(held_texts.delete().where(its, held_texts.c.runs == runs))


def settle_held(connection: sa.Connection, record_ids: Iterable[str]) -> None:
    """Holds those of these records back of which a file is, and lets the others be read again.

    Chroma is told of it by `OwnedIndex.deliver`, once that is committed.
    """
    of_record = files.c.record_id == records.c.id
    is_held = sa.exists(
        sa.select(files.c.path)
        .join(failures, failures.c.path == files.c.path)
        .where(of_record, failures.c.held == 1)
    )
    held = sa.case((is_held, 1), else_=0)
    ids = set(record_ids)
    changing = records.c.id.in_(ids), records.c.held != held
    with seals.standing_changed(connection, ids):
        changed = list(
            connection.scalars(records.update().where(*changing).values(held=held).returning(records.c.id))
        )
    if changed:
        tell_again(connection, changed)
        bump(connection)


def is_path(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """That a stored path can be one; one that is damaged is no file's, and `doctor` says so."""
    return sa.and_(sa.func.typeof(column) == "text", sa.func.instr(column, sa.func.char(0)) == 0)


def forgettable(catalog: Catalog) -> list[str]:
    """The files that could not be taken in, in order, but for those of which a record is held back."""
    known = sa.exists(sa.select(files.c.path).where(files.c.path == failures.c.path))
    wanted = sa.select(failures.c.path).where(sa.not_(sa.and_(failures.c.held == 1, known)))
    with catalog.read() as connection:
        return list(connection.scalars(wanted.where(is_path(failures.c.path)).order_by(failures.c.path)))


def forget_failures(catalog: Catalog, paths: Iterable[str]) -> None:
    """Forgets that these files could not be taken in."""
    with catalog.write() as connection:
        for path in paths:
            put_failure(connection, path, None)


def forget(folder: str | Path, named: str | Path) -> list[str]:
    """Takes a file, or all files under a folder, out of the list of those that failed; what it took out.

    What was held back there is forgotten too, so that copies of it wait no more. What holds a record back stays: its
    file is to be mended. The index may be in use. Raises IngestError.
    """
    place = os.path.abspath(named)
    with open_existing(Path(folder)) as catalog:
        known = {*forgettable(catalog), *_held_before(catalog)}
        forgotten = sorted(p for p in known if p == place or p.startswith(place.rstrip("/") + "/"))
        forget_failures(catalog, forgotten)
        with catalog.write() as connection:
            connection.execute(held_texts.delete().where(held_texts.c.path.in_(forgotten)))
    return forgotten


def _held_before(catalog: Catalog) -> list[str]:
    """The files of which it is kept what they said, though they hold nothing back now."""
    listed = sa.select(failures.c.path)
    with catalog.read() as connection:
        return list(connection.scalars(sa.select(held_texts.c.path).where(held_texts.c.path.not_in(listed))))
