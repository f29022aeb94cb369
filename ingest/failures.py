"""The files that could not be taken in the last time they were tried, and why: kept until they are settled."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ingest.catalog import Catalog, open_existing
from ingest.tables import failures


def put_failure(connection: sa.Connection, path: str, reason: str | None) -> None:
    """Keeps why a file could not be taken in, or, with None, forgets it."""
    connection.execute(failures.delete().where(failures.c.path == path))
    if reason is not None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(failures.insert(), {"path": path, "reason": reason, "failed": now})


def failed_paths(catalog: Catalog) -> list[str]:
    """The files that could not be taken in, in order."""
    with catalog.read() as connection:
        named = (
            sa.func.typeof(failures.c.path) == "text"
        )  # one that is damaged is no file's; `doctor` says so
        return list(connection.scalars(sa.select(failures.c.path).where(named).order_by(failures.c.path)))


def forget_failures(catalog: Catalog, paths: Iterable[str]) -> None:
    """Forgets that these files could not be taken in."""
    with catalog.write() as connection:
        for path in paths:
            put_failure(connection, path, None)


def forget(folder: str | Path, named: str | Path) -> list[str]:
    """Takes a file, or all files under a folder, out of the list of those that failed; what it took out.

    The index may be in use. Raises IngestError.
    """
    place = os.path.abspath(named)
    with open_existing(Path(folder)) as catalog:
        forgotten = [p for p in failed_paths(catalog) if p == place or p.startswith(place.rstrip("/") + "/")]
        forget_failures(catalog, forgotten)
    return forgotten
