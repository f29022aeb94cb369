"""Taking a record out so that nothing of it is left on disk: not in free pages, logs, word lists or Chroma."""

from pathlib import Path

import sqlalchemy as sa

from ingest.history import find_record, remove_record
from ingest.inbox import Inbox
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Status
from ingest.overrides import take_back_readers
from ingest.tables import failures, files, held_texts, jobs, records, versions


def purge(index: OwnedIndex, named: str) -> Outcome:
    """Removes a record, all its versions, and what the index kept that could restore a word of them.

    Vectors that no active passage uses go too, so going back to older versions of other records encodes them anew;
    so do files of the record that were handed in through the chat. Other files it came from, and backups, are not
    touched. Raises NoSuchRecord; when it is cut short, the next opening of the index finishes it.
    """
    with index.writing:
        record_id = find_record(index.catalog, named)
        with index.catalog.read() as connection:
            of_record = versions.c.record_id == record_id
            title = connection.scalar(sa.select(versions.c.title).where(of_record).limit(1)) or ""
            source = connection.scalar(sa.select(records.c.source).where(records.c.id == record_id)) or ""
            paths = connection.scalars(sa.select(files.c.path).where(files.c.record_id == record_id)).all()
        inbox = Inbox(index.folder)
        for path in (Path(path) for path in paths):
            if inbox.holds(path):
                take_back_readers(path)
                path.unlink(missing_ok=True)
        index.catalog.set(scrub="1")  # from here on whoever opens the index finishes it
        remove_record(index, record_id)
        with index.catalog.write() as connection:
            unused = "DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM passages WHERE vector_key NOT NULL)"
            connection.exec_driver_sql(unused)
            for table in (failures, held_texts):
                connection.execute(table.delete().where(table.c.path.in_([*paths, source])))
            connection.execute(jobs.delete().where(jobs.c.state.in_(("done", "failed", "cancelled"))))
        index.scrub()
    return Outcome(
        Path(source), Status.REMOVED, record_id, title, notes=("Nothing of it is left in the index.",)
    )
