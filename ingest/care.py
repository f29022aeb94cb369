"""Keeping an index: its state at a glance, a copy of it, and bringing the copy back."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from ingest import seals
from ingest.catalog import FILE_NAME, SCHEMA_VERSION, Catalog, open_existing
from ingest.connecting import read_only_address
from ingest.errors import IndexBroken, IndexProblem, IngestError
from ingest.inbox import put_aside
from ingest.jobs import Job, all_jobs
from ingest.owner import Owner, is_owned, owner_of
from ingest.readers.opening import why_no_file
from ingest.remembered import made_with, offered
from ingest.tables import failures, records, versions
from ingest.vectors import LocalChroma


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record as a list names it.

    version   the one answers use; `versions` how many are kept
    held      whether it is held back, so that nobody sees it
    """

    id: str
    title: str
    date: str | None
    version: int
    versions: int
    source: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """An index at a glance.

    offered   the encoder that `--reindex` would bring it to, when it has an older one that comes with Minutebook
    owner     who owns it now: "process 1234 (python app.py)"; None when nobody does
    failures  (path, reason, when) of the files that could not be taken in the last time
    aside     a sentence when files were handed in and wait for somebody who may take them in
    damaged   sentences about versions of which something is not what was stored
    held      the same of those of which it is not clear who may read them: nobody sees them, nor their records
    """

    records: int
    passages: int
    encoder: str
    offered: str | None
    generation: int
    owner: str | None
    jobs: tuple[Job, ...]
    failures: tuple[tuple[str, str, str], ...]
    aside: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    held: tuple[tuple[str, str, str], ...] = ()


def status(folder: str | Path) -> IndexStatus:
    """The state of an index; it may be in use. Raises IndexMissing, IndexTooNew, IndexBroken."""
    folder = Path(folder)
    with open_existing(folder) as catalog:
        return status_of(catalog, folder)


def status_of(catalog: Catalog, folder: Path) -> IndexStatus:
    """The state of an index whose catalog is open."""
    with catalog.read() as connection:
        counts = (
            connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar_one()
            for what in ("records WHERE active NOT NULL", "passages")
        )
        held, passages = counts
        failed = connection.execute(sa.select(failures).order_by(failures.c.path)).all()
        damaged = tuple(map(str, seals.find_damage(connection)))
    made = made_with(catalog)
    return IndexStatus(
        records=held,
        passages=passages,
        encoder=made.id if made else "",
        offered=offered(made) if made else None,
        generation=catalog.generation,
        owner=owner_of(folder) if is_owned(folder) else None,
        jobs=tuple(all_jobs(catalog)),
        failures=tuple((row.path, row.reason, row.failed) for row in failed if not row.held),
        held=tuple((row.path, row.reason, row.failed) for row in failed if row.held),
        aside=put_aside(folder),
        damaged=damaged,
    )


def held_records(catalog: Catalog) -> list[HeldRecord]:
    """Every record of a catalog, by date."""
    every = versions.alias()
    kept = sa.select(sa.func.count()).where(every.c.record_id == records.c.id, every.c.state != "staging")
    active = sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    columns = (records.c.id, versions.c.title, versions.c.date, versions.c.version, kept.scalar_subquery())
    query = sa.select(*columns, records.c.source, records.c.held).join_from(records, versions, active)
    with catalog.read() as connection:
        rows = connection.execute(query.order_by(versions.c.date, records.c.source)).all()
        damaged = {one.record_id for one in seals.find_damage(connection, seals.active_places(connection))}
    return [
        HeldRecord(
            row.id,
            "(damaged)" if row.id in damaged else row.title,
            None if row.id in damaged else row.date,
            *row[3:-1],
            held=bool(row.held),
        )
        for row in rows
    ]


def backup(folder: str | Path, file: str | Path) -> tuple[str, ...]:
    """Writes a copy of an index into one file, of one state of it, while it is in use; an older copy is replaced.

    The file holds everything but the dense index, which is rebuilt from it. Gives sentences about what in it is
    damaged; an older copy may hold that sound, so it is not replaced then. Raises IngestError.
    """
    folder, file = Path(folder), Path(file)
    _require_outside(file)
    with open_existing(folder) as catalog:
        with catalog.read() as connection:
            damaged = tuple(map(str, seals.find_damage(connection)))
        if damaged and file.exists():
            raise IngestError(
                f"The older backup {file} is kept, as it may be sound; name another file. {damaged[0]}"
            )
        _write_backup(catalog, file)
    return damaged


def _require_outside(file: Path) -> None:
    """Refuses a backup that would lie in the folder of an index: it could take the place of its catalog."""
    for folder in Path(os.path.realpath(file)).parents:
        if any(os.path.exists(folder / name) for name in (FILE_NAME, "owner.lock")):
            raise IngestError(
                f"Cannot write the backup {file}: {folder} is the folder of an index; name a file outside of it."
            )


def _write_backup(catalog: Catalog, file: Path) -> None:
    with _written_whole(file) as written:
        try:
            with catalog.outside() as connection:
                connection.execute("VACUUM INTO ?", (str(written),))
            _require_sound(written)
        except sqlite3.DatabaseError as error:
            raise IngestError(f"Cannot write the backup {file}: {error}.") from error


def restore(file: str | Path, folder: str | Path) -> None:
    """Makes an index of what `backup` wrote; one that is there is replaced, but for one that is in use.

    The dense index is built from it when the index is next opened by an owner.

    Raises IndexBusy, and IndexProblem for a file that is no backup or of a newer version.
    """
    file, folder = Path(file), Path(folder)
    found = _require_sound(file)
    if found > SCHEMA_VERSION:
        raise IndexProblem(folder, f"{file} was written by a newer version of Minutebook; upgrade it.")
    with Owner(folder):
        place = folder / FILE_NAME
        with _written_whole(place) as written:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(written)) as copy:
                source.backup(copy)
                following = (
                    max((int(n) for n in LocalChroma(folder).others("") if n.isdecimal()), default=0) + 1
                )
                copy.execute("UPDATE meta SET value = ? WHERE key = 'vectors'", (str(following),))
                copy.execute("INSERT OR REPLACE INTO meta VALUES ('unbuilt', ?)", (str(following),))
                copy.execute("DELETE FROM jobs") if found > 1 else None
                copy.commit()
            for log in ("-wal", "-shm"):  # of the catalog that was there: they must not meet the new one
                with suppress(FileNotFoundError):
                    os.unlink(f"{place}{log}")


@contextmanager
def _written_whole(file: Path) -> Iterator[Path]:
    """A path beside `file` to write to; it takes the file's place when the block ends well, or is removed."""
    if file.is_dir():
        raise IngestError(f"Cannot write {file}: it is a folder; name a file in it.")
    if reason := why_no_file(file):
        raise IngestError(f"Cannot write {file}: {reason}")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    except OSError as error:
        raise IngestError(f"Cannot write {file}: {error.strerror}.") from error
    os.close(handle)
    try:
        os.unlink(name)  # SQLite makes it; the name stays ours
        yield Path(name)
        os.chmod(name, 0o600)
        _to_disk(name)
        os.replace(name, file)
        _to_disk(file.parent)
    except OSError as error:
        raise IngestError(f"Cannot write {file}: {(error.strerror or 'it failed').lower()}.") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _to_disk(path: str | Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)


def _require_sound(file: Path) -> int:
    """The schema version of a backup that can be relied on. Raises IndexBroken."""
    if reason := why_no_file(file):
        raise IndexBroken(file, f"it is no backup of an index: {reason}")
    try:
        with closing(sqlite3.connect(read_only_address(file), uri=True)) as connection:
            if (said := connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise sqlite3.DatabaseError(said)
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
            return int(row[0])
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise IndexBroken(file, f"it is no backup of an index, or a damaged one ({error}).") from error
