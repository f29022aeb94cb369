"""What one transaction of the catalog writes and reads: a version staged, made visible, swept, removed.

A version is staged, then made visible by one commit (`flip`), then what it replaced is swept. Chroma is told of
passages through the outbox.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from ingest import seals, word_index
from ingest.catalog import Catalog
from ingest.encoder import Encoded
from ingest.errors import CatalogError, RecordDamaged
from ingest.records import Passage, Record
from ingest.rows import (
    decision_from,
    decision_row,
    meeting_row,
    passage_row,
    record_from,
    section_from,
    section_row,
    turn_from,
    turn_row,
)
from ingest.tables import (
    access,
    answer_sources,
    answers,
    decisions,
    feedback,
    files,
    outbox,
    passage_speakers,
    passages,
    records,
    sections,
    turns,
    versions,
)

_OF_VERSION = (sections, turns, decisions, access)  # what has rows of a version, beside its passages
_NO_VECTOR, _TOO_LONG = 0.9, 1.1  # how long a unit vector is, as numbers of 32 bits and rounding leave it
_REPLACED = 0  # the version of passages that were cut again; no version has it


def stage(connection: sa.Connection, record: Record, digest: str) -> None:
    """Writes a version that nobody sees yet, with its structure; `stage_passages` makes it searchable."""
    connection.execute(
        sa.text("INSERT INTO records (id, source) VALUES (:id, :source) ON CONFLICT(id) DO NOTHING"),
        {"id": record.id, "source": record.source},
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    own = {
        "state": "staging",
        "source": record.source,
        "digest": digest,
        "text": record.text,
        "ingested": now,
    }
    connection.execute(versions.insert(), own | meeting_row(record))
    at = {"record_id": record.id, "version": record.version}
    for table, values, row in (
        (sections, record.sections, section_row),
        (turns, record.turns, turn_row),
        (decisions, record.decisions, decision_row),
    ):
        if values:
            connection.execute(table.insert(), [at | {"ordinal": n} | row(v) for n, v in enumerate(values)])
    seals.seal(connection, record.id, record.version)


def stage_passages(
    connection: sa.Connection, record: Record, pieces: Sequence[Passage], keys: Sequence[str | None]
) -> list[int]:
    """Writes the passages of a version that nobody sees, with search words and outbox; the passage ids."""
    at = {"record_id": record.id, "version": record.version}
    used = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")) or 0
    ids = list(
        range(used + 1, used + 1 + len(pieces))
    )  # SQLite counts on from the largest: none is used twice
    rows = [
        at | {"id": i, "ordinal": ordinal, "vector_key": key} | passage_row(passage)
        for ordinal, (i, passage, key) in enumerate(zip(ids, pieces, keys, strict=True))
    ]
    if rows:
        connection.execute(passages.insert(), rows)
    _index_words(connection, record, ids, pieces)
    waiting = [{"passage_id": i, "action": "upsert"} for i, key in zip(ids, keys, strict=True) if key]
    if waiting:
        connection.execute(outbox.insert(), waiting)
    seals.seal_passages(connection, record.id, record.version)
    return ids


def stored_record(connection: sa.Connection, record_id: str, version: int | None = None) -> Record | None:
    """A record as its active version reads, or as an older one does; access is not asked for.

    Raises RecordDamaged where that is not what was stored.
    """
    wanted = records.c.active if version is None else sa.literal(version)
    found = sa.and_(versions.c.record_id == records.c.id, versions.c.version == wanted)
    statement = sa.select(versions).join_from(records, versions, found).where(records.c.id == record_id)
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    for damage in seals.find_damage(connection, [(record_id, row["version"])]):
        raise RecordDamaged(record_id, row["version"], str(damage))

    def parts(table: sa.Table) -> Sequence[Any]:
        of_version = sa.and_(table.c.record_id == record_id, table.c.version == row["version"])
        return (
            connection.execute(sa.select(table).where(of_version).order_by(table.c.ordinal)).mappings().all()
        )

    return record_from(
        row,
        row["source"],
        sections=tuple(map(section_from, parts(sections))),
        turns=tuple(map(turn_from, parts(turns))),
        decisions=tuple(map(decision_from, parts(decisions))),
    )


def active_text(connection: sa.Connection, record_id: str) -> object:
    """What the catalog holds as the text of a record's active version; access is not asked for."""
    active = sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active)
    said = sa.select(versions.c.text).join_from(records, versions, active)
    return connection.scalar(said.where(records.c.id == record_id))


def put_files(
    connection: sa.Connection,
    known: Sequence[tuple[str, str, str, int | None, int | None]],
    gone: Sequence[str] = (),
) -> None:
    """Notes what files hold: (path, record id, digest, modified (ns), size); `gone` are paths to forget."""
    if gone:
        statement = "DELETE FROM files WHERE path IN (SELECT value FROM json_each(:paths))"
        connection.execute(sa.text(statement), {"paths": json.dumps(list(gone))})
    names = ("path", "record_id", "digest", "modified_ns", "size")
    if rows := [dict(zip(names, row, strict=True)) for row in known]:
        statement = "INSERT OR REPLACE INTO files VALUES (:path, :record_id, :digest, :modified_ns, :size)"
        connection.execute(sa.text(statement), rows)


def records_of(connection: sa.Connection, paths: Sequence[str]) -> list[str]:
    """The records that these paths hold versions of."""
    statement = sa.select(files.c.record_id).where(files.c.path.in_(paths)).distinct()
    return list(connection.scalars(statement))


def move_record(connection: sa.Connection, record_id: str, source: str, gone: Sequence[str]) -> None:
    """Notes that a file of a record lies here now; every version that came from it says so, active or not.

    gone  the paths where it was; none: no file of the record was known any more
    """
    for table, its in ((versions, versions.c.record_id), (records, records.c.id)):
        from_it = table.c.source.in_(gone) if gone else sa.true()
        connection.execute(table.update().where(its == record_id, from_it).values(source=source))


def rules_of(table: sa.FromClause) -> sa.ColumnElement[int]:
    """The version of the rules that read a version, of `versions` or an alias of it; 0 where none can be read there."""
    rules = stated(table, "rules")
    return sa.case((sa.func.typeof(rules) == "integer", rules), else_=0)


def marks_of(table: sa.FromClause) -> sa.ColumnElement[str | None]:
    """The `marks` of a version's text as JSON, of `versions` or an alias of it; NULL where none were written down."""
    return stated(table, "marks")


def stated(table: sa.FromClause, field: str) -> sa.ColumnElement[Any]:
    """A field of the details of a version; NULL too where those are damaged and no JSON any more."""
    return sa.case(
        (sa.func.json_valid(table.c.details) == 1, sa.func.json_extract(table.c.details, f"$.{field}"))
    )


def confirm_reading(connection: sa.Connection, record_id: str, rules: int) -> None:
    """Notes that the active version of a record stands for what these rules read."""
    details = sa.func.json_set(versions.c.details, "$.rules", rules)
    active = sa.select(records.c.active).where(records.c.id == record_id).scalar_subquery()
    this = versions.c.record_id == record_id, versions.c.version == active
    connection.execute(versions.update().where(*this).values(details=details))


def make_way(connection: sa.Connection, record: Record) -> tuple[int, int | None]:
    """The number a record that mends a damaged one gets, and that which the damaged version has from now on.

    Where it says what the damaged version said, it takes its number, so that what cites that finds its words again.
    """
    following = next_version(connection, record.id)
    now = sa.select(versions.c.version, versions.c.text, versions.c.text_digest).join_from(
        records,
        versions,
        sa.and_(versions.c.record_id == records.c.id, versions.c.version == records.c.active),
    )
    row = connection.execute(now.where(records.c.id == record.id)).first()
    if row is None or (row.text != record.text and row.text_digest != seals.digest_of_text(record.text)):
        return following, None
    with seals.standing_changed(connection, [record.id]):
        for table in (*_OF_VERSION, passages, versions):
            this = table.c.record_id == record.id, table.c.version == row.version
            connection.execute(table.update().where(*this).values(version=following))
        connection.execute(records.update().where(records.c.id == record.id).values(active=following))
    return row.version, following


def drop_version(connection: sa.Connection, record_id: str, version: int) -> None:
    """Removes a version that is not active; its passages are swept like those of every other."""
    with seals.standing_changed(connection, [record_id]):
        for table in (*_OF_VERSION, versions):
            connection.execute(
                table.delete().where(table.c.record_id == record_id, table.c.version == version)
            )


def mend_standing(connection: sa.Connection, record_id: str, version: int) -> None:
    """Makes the damaged standing of a record what can be relied on, `version` having been made active just now.

    Every other version is one that was active before, for the readers that it states; one that was staged and never
    shown goes, and one of which it cannot be told whom it is for is for nobody.
    """
    others = connection.execute(
        sa.select(versions.c.version, versions.c.state, stated(versions, "access").label("readers")).where(
            versions.c.record_id == record_id,
            versions.c.version != version,
            sa.func.typeof(versions.c.version) == "integer",
        )
    ).all()
    changed = seals.find_changed_fields(connection, [(record_id, other.version) for other in others])
    unclear = {damage.version for damage in changed}
    for other in others:
        if other.state == "staging" and not readers(connection, record_id, other.version):
            drop_version(connection, record_id, other.version)
            continue
        groups = [] if other.version in unclear else json.loads(other.readers or "[]")
        set_access(connection, record_id, other.version, groups)
        this = versions.c.record_id == record_id, versions.c.version == other.version
        connection.execute(versions.update().where(*this).values(state="superseded"))
    seals.seal_standing(connection, [record_id])


def next_version(connection: sa.Connection, record_id: str) -> int:
    """The number a new version of a record gets."""
    number = sa.func.typeof(versions.c.version) == "integer"
    latest = sa.select(sa.func.max(versions.c.version)).where(versions.c.record_id == record_id, number)
    return int(connection.scalar(latest) or 0) + 1


def _index_words(
    connection: sa.Connection, record: Record, ids: Sequence[int], pieces: Sequence[Passage]
) -> None:
    meeting = record.meeting
    about = word_index.about(meeting.title, meeting.body, meeting.series)
    speakers, entries = [], []
    for passage_id, passage in zip(ids, pieces, strict=True):
        if not passage.indexed:
            continue
        speakers += [
            {"passage_id": passage_id, "ordinal": n, "speaker": name}
            for n, name in enumerate(passage.speakers)
        ]
        entries.append((passage_id, word_index.entry_of(about, passage.item, passage.speakers, passage.text)))
    if speakers:
        connection.execute(passage_speakers.insert(), speakers)
    word_index.put(connection, entries)


def put_vectors(connection: sa.Connection, encoded: dict[str, Encoded]) -> None:
    """Stores vectors under the keys of what was encoded; a key that is there keeps its vector."""
    rows = [
        {"key": key, "vector": e.vector.astype("<f4").tobytes(), "sentences": pack_sentences(e.sentences)}
        for key, e in encoded.items()
    ]
    if rows:
        connection.execute(sa.text("INSERT OR IGNORE INTO vectors VALUES (:key, :vector, :sentences)"), rows)


def known_keys(connection: sa.Connection, keys: Sequence[str]) -> set[str]:
    """Which of `keys` have a vector already."""
    statement = sa.text("SELECT key FROM vectors WHERE key IN (SELECT value FROM json_each(:keys))")
    return set(connection.scalars(statement, {"keys": json.dumps(list(keys))}))


def packed_sentences(connection: sa.Connection, keys: Sequence[str]) -> dict[str, object]:
    """The sentences' vectors stored under `keys`, as `pack_sentences` made them."""
    statement = sa.text(
        "SELECT key, sentences FROM vectors WHERE key IN (SELECT value FROM json_each(:keys))"
    )
    return {key: blob for key, blob in connection.execute(statement, {"keys": json.dumps(list(keys))})}


def flip(connection: sa.Connection, record_id: str, version: int) -> None:
    """Makes a staged or superseded version the one readers see, and the one before it superseded; one commit."""
    of_record = versions.c.record_id == record_id
    this = sa.and_(of_record, versions.c.version == version)
    with seals.standing_changed(connection, [record_id]):
        connection.execute(
            versions.update().where(of_record, versions.c.state == "ready").values(state="superseded")
        )
        connection.execute(versions.update().where(this).values(state="ready"))
        connection.execute(
            records.update()
            .where(records.c.id == record_id)
            .values(active=version, source=sa.select(versions.c.source).where(this).scalar_subquery())
        )
    bump(connection)


def unseen(version: int) -> int:
    """The number under which passages of an active version are staged; no version has it, so nobody reads them."""
    return -version


def flip_passages(connection: sa.Connection, record_id: str, version: int) -> None:
    """Puts the passages staged as `unseen(version)` in the place of those of an active version; those are stale."""
    number = sa.update(passages).where(passages.c.record_id == record_id)
    connection.execute(number.where(passages.c.version == version).values(version=_REPLACED))
    connection.execute(number.where(passages.c.version == unseen(version)).values(version=version))
    seals.seal_passages(connection, record_id, version)
    bump(connection)


def take_vectors(connection: sa.Connection, mark: str, moved: Mapping[int, str | None]) -> None:
    """Makes the vectors whose keys begin with `mark` the only ones, under the keys without it.

    moved  the key of the vector from now on, or None, for passages that had another or none
    """
    arguments = {"mark": mark, "size": len(mark)}
    connection.execute(sa.text("DELETE FROM vectors WHERE substr(key, 1, :size) != :mark"), arguments)
    connection.execute(sa.text("UPDATE vectors SET key = substr(key, :size + 1)"), arguments)
    change = sa.text("UPDATE passages SET vector_key = :key WHERE id = :id")
    if rows := [{"id": passage_id, "key": key} for passage_id, key in moved.items()]:
        connection.execute(change, rows)


def clear_outbox(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Notes that Chroma has these passages."""
    statement = "DELETE FROM outbox WHERE passage_id IN (SELECT value FROM json_each(:ids))"
    connection.execute(sa.text(statement), {"ids": json.dumps(list(ids))})


def tell_again(connection: sa.Connection, record_ids: Iterable[str]) -> None:
    """Notes that Chroma is to be told anew of the passages of these records that answers use, from the commit on."""
    statement = (
        "INSERT OR REPLACE INTO outbox SELECT p.id, 'upsert' FROM passages p JOIN records r ON r.id = p.record_id "
        "AND r.active = p.version WHERE p.vector_key NOT NULL AND r.id IN (SELECT value FROM json_each(:ids))"
    )
    connection.execute(sa.text(statement), {"ids": json.dumps(list(record_ids))})


def waiting(connection: sa.Connection) -> list[int]:
    """The passages that answers use of which Chroma is to be told anew."""
    statement = (
        "SELECT p.id FROM outbox o JOIN passages p ON p.id = o.passage_id JOIN records r ON r.id = p.record_id "
        "AND r.active = p.version WHERE p.vector_key NOT NULL ORDER BY p.id"
    )
    return list(connection.scalars(sa.text(statement)))


def set_access(connection: sa.Connection, record_id: str, version: int, groups: Sequence[str]) -> None:
    """Who may read a version of a record, from the commit on; no groups: nobody.

    Of one that answers use Chroma is told by `OwnedIndex.deliver`, once that is committed.
    """
    of_version = access.c.record_id == record_id, access.c.version == version
    with seals.standing_changed(connection, [record_id]):
        connection.execute(access.delete().where(*of_version))
        at = {"record_id": record_id, "version": version}
        if groups:
            connection.execute(access.insert(), [at | {"group_name": g} for g in sorted(set(groups))])
    if connection.scalar(sa.select(records.c.active).where(records.c.id == record_id)) == version:
        tell_again(connection, [record_id])
    bump(connection)  # what is kept for a state of the index, as the names one may ask by, is read again


def readers(connection: sa.Connection, record_id: str, version: int) -> set[str]:
    """The groups that a version of a record is for."""
    of_version = access.c.record_id == record_id, access.c.version == version
    return set(connection.scalars(sa.select(access.c.group_name).where(*of_version)))


def generation(connection: sa.Connection) -> int:
    """The count of visible changes; see `bump`, which counts on from 0 where it is no number any more."""
    counted = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'"
    return connection.exec_driver_sql(counted).scalar() or 0


def bump(connection: sa.Connection) -> None:
    """Counts a visible change."""
    connection.exec_driver_sql("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


def stale_passages(connection: sa.Connection, record_ids: Sequence[str] | None = None) -> list[int]:
    """Ids of passages, of these records or of all, of versions that are no longer (or never became) active."""
    joined = passages.join(records, records.c.id == passages.c.record_id)
    gone = sa.or_(records.c.active.is_(None), passages.c.version != records.c.active)
    broken = seals.find_unstanding(connection, record_ids)  # of those it is not known which are
    if broken:
        gone = sa.and_(gone, records.c.id.not_in(list(broken)))
    if record_ids is not None:
        gone = sa.and_(gone, passages.c.record_id.in_(list(record_ids)))
    return list(
        connection.scalars(sa.select(passages.c.id).select_from(joined).where(gone).order_by(passages.c.id))
    )


def drop_passages(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Removes passages, their words and their outbox entries; texts of versions and vectors stay."""
    tables = {"passage_words": "rowid", "passage_grams": "rowid", "outbox": "passage_id", "passages": "id"}
    for table, column in tables.items():
        statement = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(:ids))"
        connection.execute(sa.text(statement), {"ids": json.dumps(list(ids))})


def drop_unseen(connection: sa.Connection) -> list[int]:
    """Removes what a crash left behind, in one commit: versions never made visible, passages of versions that are
    not active any more, and records taken out but not yet gone; the ids of the passages.

    Of a record whose standing is damaged nothing is removed: what was shown may be taken for what never was.
    """
    broken = seals.find_unstanding(connection)
    stale = stale_passages(connection)
    drop_passages(connection, stale)
    staged = sa.select(versions.c.record_id, versions.c.version).where(versions.c.state == "staging")
    for record_id, version in connection.execute(staged).all():
        if record_id in broken:
            continue
        for table in (sections, turns, decisions, versions):
            connection.execute(
                table.delete().where(table.c.record_id == record_id, table.c.version == version)
            )
    for record_id in connection.scalars(sa.select(records.c.id).where(records.c.active.is_(None))).all():
        if record_id not in broken:
            drop_record(connection, record_id)
    return stale


def drop_record(connection: sa.Connection, record_id: str) -> None:
    """Removes a record that is not active any more, with everything of all its versions."""
    left = connection.scalars(sa.select(passages.c.id).where(passages.c.record_id == record_id)).all()
    drop_passages(connection, left)
    for table in (sections, turns, decisions):
        connection.execute(table.delete().where(table.c.record_id == record_id))
    _withdraw_answers(connection, record_id)
    connection.execute(records.delete().where(records.c.id == record_id))  # the rest goes with it


def _withdraw_answers(connection: sa.Connection, record_id: str) -> None:
    """Leaves of the kept answers that draw on a record only the questions, and of what was said of them the verdict."""
    drawing = sa.select(answer_sources.c.answer_id).where(answer_sources.c.record_id == record_id)
    connection.execute(feedback.update().where(feedback.c.answer_id.in_(drawing)).values(note=""))
    connection.execute(answers.update().where(answers.c.id.in_(drawing)).values(answer=None))
    connection.execute(answer_sources.delete().where(answer_sources.c.record_id == record_id))


def scrub(catalog: Catalog) -> None:
    """Rewrites the catalog's file so that what was deleted cannot be read from it any more. Raises CatalogError.

    The word tables keep deleted words until their parts are merged; the file keeps free pages until it is
    vacuumed, and the log what was written until it is truncated.
    """
    with catalog.write() as connection:
        for table in word_index.TABLES:
            connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    with catalog.outside() as connection:
        connection.execute("VACUUM")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise CatalogError(
                f"The log of {catalog.path} is being read and cannot be truncated; try again when nobody reads."
            )


def pack_sentences(matrix: np.ndarray) -> bytes:
    """Rows as int8, each scaled so that its largest component is 127; direction is kept to about 0.5 %."""
    largest = np.abs(matrix).max(axis=1, keepdims=True, initial=0.0)
    return np.round(matrix / np.where(largest == 0, 1, largest) * 127).astype(np.int8).tobytes()


def unpack_sentences(blob: object, dimensions: int) -> np.ndarray | None:
    """The unit rows of `pack_sentences`, float32, shape (n, dimensions), zeros staying zero; None where damaged."""
    if not isinstance(blob, bytes) or dimensions < 1 or len(blob) % dimensions:
        return None
    matrix = np.frombuffer(blob, np.int8).reshape(-1, dimensions).astype(np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths == 0, 1, lengths)


def are_sentences(blob: object, count: int, dimensions: int) -> bool:
    """Whether what is stored is what `pack_sentences` makes of so many sentences."""
    if not isinstance(blob, bytes) or len(blob) != count * dimensions:
        return False
    largest = np.abs(np.frombuffer(blob, np.int8).reshape(count, -1).astype(np.int16)).max(axis=1, initial=0)
    return bool(np.isin(largest, (0, 127)).all())


def unpack_vector(blob: object, dimensions: int) -> np.ndarray:
    """A stored vector as float32, shape (dimensions,).

    A damaged one is all zeros, which is like nothing: it is found by no likeness, and disturbs that of no other.
    """
    if isinstance(blob, bytes) and len(blob) == 4 * dimensions and is_vector(blob):
        return np.frombuffer(blob, "<f4")
    return np.zeros(dimensions, np.float32)


def is_vector(blob: object) -> bool:
    """Whether what is stored is the numbers of a vector of unit length."""
    if not isinstance(blob, bytes) or not blob or len(blob) % 4:
        return False
    length = float(np.linalg.norm(np.frombuffer(blob, "<f4").astype(np.float64)))
    return _NO_VECTOR <= length <= _TOO_LONG or length == 0.0
