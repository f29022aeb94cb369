"""The catalog: one SQLite file that is the truth about every record, version, passage, vector and decision.

Readers see a record through `records.active` only, so they see the old version or the new one and nothing else; how one
takes the place of the other is in `ingest.store`. Chroma can be rebuilt from here at any time.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import cast

import sqlalchemy as sa

from ingest import seals
from ingest.connecting import connect, why_unreadable
from ingest.errors import CatalogError, IndexBroken, IndexMissing, IndexProblem, IndexTooNew
from ingest.migrations import migrate
from ingest.owner import Owner
from ingest.readers.opening import why_no_file
from ingest.tables import (
    FTS,
    meta,
    schema,
)

SCHEMA_VERSION = 6
_SEALED = 4  # the schema from which versions have digests
FILE_NAME = "catalog.sqlite3"
_GENERATION = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'"
_DAMAGED = (
    "restore a backup with `python -m ingest restore FILE`, or move the folder away and ingest again; "
    "what was handed in through the chat lies in its folder inbox."
)


class Catalog:
    """An open catalog; cheap to open, safe to share between threads, closed by `close` or `with`."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self.engine = engine
        self.path = path

    def __enter__(self) -> "Catalog":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One read transaction: everything read inside belongs to one state of the catalog. Raises CatalogError."""
        with self._told("read"), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One write transaction, committed at the end or not at all. Raises CatalogError."""
        with (
            self._told("write"),
            self.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def outside(self) -> Iterator[sqlite3.Connection]:
        """A plain connection in no transaction, for what must run outside of one. Raises CatalogError."""
        with self._told("rewrite"), self.engine.connect() as connection:
            yield cast(sqlite3.Connection, connection.connection.driver_connection)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """The one border at which what SQLite says becomes a sentence, whichever way it was asked."""
        try:
            yield
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            lasting = why_unreadable(error) is None  # no disk that is full, no lock: the file itself
            then = "if it says so again, restore a backup" if lasting else "see to it and try again"
            said = getattr(error, "orig", None) or error
            raise CatalogError(
                f"Cannot {what} the catalog {self.path}: {said}. Nothing was half done; {then}."
            ) from error

    def setting(self, key: str) -> str | None:
        """A value of the meta table: schema_version, encoder, splitter, generation, vectors."""
        with self.read() as connection:
            return connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))

    def set(self, **settings: str) -> None:
        with self.write() as connection:
            put_settings(connection, settings)

    @property
    def generation(self) -> int:
        """Counts the flips and removals; same generation, same content."""
        with self.read() as connection:  # as SQLite counts on from it, also where it is no number any more
            return connection.exec_driver_sql(_GENERATION).scalar() or 0


def create_catalog(index: Path) -> Catalog:
    """The catalog in the folder `index`, made when it is not there yet.

    The caller owns the index. An older catalog is brought to today's schema.
    Raises IndexTooNew when a newer version made it, IndexBroken when the file is damaged.
    """
    old_mask = os.umask(0o077)
    try:
        index.mkdir(parents=True, exist_ok=True)
        catalog = _catalog_in(index)
        if (found := _schema_of(catalog, index)) and found < SCHEMA_VERSION:
            _upgrade(catalog, found)
        with catalog.write() as connection:
            schema.create_all(connection)
            for statement in FTS:
                connection.exec_driver_sql(statement)
            known = {"schema_version": str(SCHEMA_VERSION), "generation": "0", "vectors": "1"}
            connection.execute(
                sa.text("INSERT OR IGNORE INTO meta VALUES (:key, :value)"),
                [{"key": key, "value": value} for key, value in known.items()],
            )
    finally:
        os.umask(old_mask)
    return catalog


def open_existing(index: Path) -> Catalog:
    """The catalog of an index that is there, to read from.

    An older one is upgraded first. Raises IndexMissing, IndexTooNew, IndexBroken, and IndexBusy when a process of
    the older version still owns it.
    """
    if not (index / FILE_NAME).exists():
        raise IndexMissing(
            index, f"there is none yet; make one with `python -m ingest PATH --index {quote(str(index))}`."
        )
    catalog = _catalog_in(index)
    found = _schema_of(catalog, index)
    if not found:
        raise IndexMissing(
            index, f"it is empty; fill it with `python -m ingest PATH --index {quote(str(index))}`."
        )
    if found < SCHEMA_VERSION:
        with Owner(index, wait=5.0):
            if (found := _schema_of(catalog, index)) < SCHEMA_VERSION:  # nobody else was quicker
                _upgrade(catalog, found)
    return catalog


def _catalog_in(index: Path) -> Catalog:
    """Raises IndexProblem where something else lies in the place of a file: SQLite would wait for a pipe for ever."""
    path = index / FILE_NAME
    for place in (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal"))):
        if reason := why_no_file(place):
            raise IndexProblem(index, f"{place} is no file of the catalog: {reason}")
    return Catalog(connect(path), path)


def _upgrade(catalog: Catalog, found: int) -> None:
    with (
        _found_otherwise(catalog, found),
        catalog.engine.connect().execution_options(writing=True) as connection,
    ):
        sqlite = cast(sqlite3.Connection, connection.connection.driver_connection)
        sqlite.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
        try:
            with connection.begin():
                migrate(connection, found, SCHEMA_VERSION)
                if found < _SEALED:
                    seals.seal_all(connection)
        finally:
            sqlite.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _found_otherwise(catalog: Catalog, found: int) -> Iterator[None]:
    """Raises IndexBroken where the tables are not those of the schema that is said to be found."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        index = catalog.path.parent
        if why := why_unreadable(error):
            raise IndexProblem(index, why) from error
        said = getattr(error, "orig", None) or error
        reason = (
            f"{catalog.path} is damaged: its tables are not those of schema {found} ({said}); " + _DAMAGED
        )
        raise IndexBroken(index, reason) from error


def _schema_of(catalog: Catalog, index: Path) -> int:
    """The schema version of a catalog, 0 for an empty one.

    Refuses one that a newer version made or that is not a readable SQLite file.
    """
    try:
        with catalog.read() as connection:
            if not sa.inspect(connection).has_table("meta"):
                return 0
            of_data = sa.inspect(connection).has_table("records")
        found = int(catalog.setting("schema_version") or 0)
        if found < 0 or (of_data and not found):
            raise ValueError(f"there is no schema {found}")
    except (CatalogError, ValueError) as error:
        if why := why_unreadable(error.__cause__ if isinstance(error, CatalogError) else error):
            raise IndexProblem(index, why) from error
        reason = f"{catalog.path} is damaged ({getattr(error, 'orig', error)}); " + _DAMAGED
        raise IndexBroken(index, reason) from error
    if found > SCHEMA_VERSION:
        raise IndexTooNew(
            index,
            f"a newer version of Minutebook made it (schema {found}, this one knows {SCHEMA_VERSION}); "
            "upgrade Minutebook, or ingest into another folder with --index.",
        )
    return found


def put_settings(connection: sa.Connection, settings: dict[str, str]) -> None:
    connection.execute(
        sa.text("INSERT INTO meta VALUES (:key, :value) ON CONFLICT(key) DO UPDATE SET value = :value"),
        [{"key": key, "value": value} for key, value in settings.items()],
    )
