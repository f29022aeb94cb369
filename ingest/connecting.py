"""Connections to the catalog's SQLite file: how it is opened, and why it cannot be."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.seals import lenient

_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000")
_NO_RIGHT = {sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}
_NOT_NOW = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}


def connect(path: Path) -> sa.Engine:
    """An engine over the catalog at `path`: WAL, synchronous FULL; transactions as `catalog.Catalog` begins them."""
    frozen = _is_frozen(path)
    engine = sa.create_engine("sqlite://", creator=_opener(path, frozen), poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "connect")
    def pragmas(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.text_factory = lenient
        for pragma in (*_PRAGMAS, *(() if frozen else ("journal_mode=WAL",))):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def read_only_address(path: Path) -> str:
    """What sqlite3 opens with `uri=True` to read a file and never make or change it; a name may hold "?", "#" and "%".

    >>> read_only_address(Path("/srv/a #1/catalog.sqlite3"))
    'file:///srv/a%20%231/catalog.sqlite3?mode=ro'
    """
    return f"{path.absolute().as_uri()}?mode=ro"


def why_unreadable(error: BaseException) -> str | None:
    """What keeps a sound catalog from being read; None where the error is one of the file itself."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    said = getattr(error, "orig", error)
    if code in _NO_RIGHT:
        return f"it cannot be opened ({said}); reading takes the right to write into its folder too, so ask for it."
    if code in _NOT_NOW:
        return f"it cannot be read just now ({said}); see to the disk it is on and try again."
    return None


def _opener(path: Path, frozen: bool) -> Callable[[], sqlite3.Connection]:
    address = f"{read_only_address(path)}&immutable=1" if frozen else str(path)

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(address, timeout=30, check_same_thread=False, uri=frozen)

    return opened


def _is_frozen(path: Path) -> bool:
    """Whether nobody can write to it, as on a read-only file system, and nothing was left in its log.

    WAL keeps a shared file beside the catalog even for readers; only what cannot change can be read without.
    """
    try:
        read_only = bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False
    log = Path(f"{path}-wal")
    return read_only and not (log.exists() and log.stat().st_size)
