"""What the dense index holds beside the vectors, for programs that read Chroma by themselves: a passage's words and
where they stand.

Only what everybody may read is told there. Of every other passage Chroma holds its number and its vector: it asks
nobody who they are, and on a server it may be asked from elsewhere.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import sqlalchemy as sa

from ingest import seals
from ingest.records import PUBLIC
from ingest.sight import readable
from ingest.tables import passages, records

Value = str | int | list[str]
_TOLD = {"version": {"$gte": 1}}  # what Chroma finds every passage by of which something is told
_AT_ONCE = 2_000  # passages whose texts are held in memory together


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told of a passage; nothing where not everybody may read it.

    text   its words
    about  its record_id, version, title, date (ISO 8601), day (20240315), body, item (agenda titles, joined by " > "),
           speakers, start and end, as Chroma holds them: what a record does not say is no key
    """

    text: str | None = None
    about: Mapping[str, Value] = field(default_factory=dict)


NOTHING = Entry()


def told_where() -> dict[str, dict[str, int]]:
    """The filter of Chroma that finds the passages of which something is told."""
    return dict(_TOLD)


def may_be_told(connection: sa.Connection) -> set[int]:
    """Ids of the passages in the dense index that everybody may read."""
    active = sa.and_(records.c.id == passages.c.record_id, records.c.active == passages.c.version)
    query = sa.select(passages.c.id).join(records, active)
    return set(connection.scalars(query.where(passages.c.vector_key.is_not(None), readable([PUBLIC]))))


def entries_of(connection: sa.Connection, ids: Collection[int], *, checked: bool) -> dict[int, Entry]:
    """What is to be told of these passages, those of versions that are being stored among them.

    checked  leave out passages of damaged versions; what was only just written needs no such look
    """
    rows = list(_rows(connection, ids))
    if checked:
        places = list(dict.fromkeys((row["record_id"], row["version"]) for row in rows))
        damaged = {(one.record_id, one.version) for one in seals.find_damage(connection, places)}
        rows = [row for row in rows if (row["record_id"], row["version"]) not in damaged]
    told = [row for row in rows if row["told"]]
    texts = _texts(connection, {(row["record_id"], row["version"]) for row in told})
    speakers = _speakers(connection, [row["id"] for row in told])
    found = {row["id"]: NOTHING for row in rows}
    for row in told:
        text = texts[row["record_id"], row["version"]][row["start"] : row["end"]]
        found[row["id"]] = Entry(text, _about(row, speakers.get(row["id"], [])))
    return found


def in_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in order, as many at a time as are read together."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _about(row: Mapping[str, str | int | None], speakers: list[str]) -> dict[str, Value]:
    item = " > ".join(json.loads(str(row["item"])))
    said: dict[str, Value | None] = {
        **{
            name: cast(str | int | None, row[name])
            for name in ("record_id", "version", "title", "date", "body")
        },
        "day": int(str(row["date"]).replace("-", "")) if row["date"] else None,
        "item": item,
        "speakers": speakers,
        "start": cast(int, row["start"]),
        "end": cast(int, row["end"]),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


_COLUMNS = ("id", "record_id", "version", "start", "end", "item", "title", "date", "body", "told")
# A version that is being stored is for whom its record says; those are written down when it is made visible. Passages
# that are cut anew stand under the version's number with a minus until they take the place of the old ones.
_PASSAGES = """
SELECT p.id, p.record_id, v.version, p.start, p.end, p.item, v.title, v.date, v.body, r.held = 0 AND CASE v.state
    WHEN 'staging' THEN EXISTS (
        SELECT 1 FROM json_each(iif(json_valid(v.details), v.details, '{}'), '$.access') WHERE value = :everybody)
    ELSE EXISTS (SELECT 1 FROM access a WHERE a.record_id = v.record_id AND a.version = v.version
        AND a.group_name = :everybody)
    END
FROM json_each(:ids) wanted JOIN passages p ON p.id = wanted.value JOIN records r ON r.id = p.record_id
JOIN versions v ON v.record_id = p.record_id AND v.version = abs(p.version)
"""
_SPEAKERS = (
    "SELECT s.passage_id, s.speaker FROM json_each(:ids) wanted JOIN passage_speakers s ON s.passage_id = wanted.value "
    "ORDER BY s.passage_id, s.ordinal"
)
_TEXTS = (
    "SELECT v.record_id, v.version, v.text FROM json_each(:places) wanted JOIN versions v "
    "ON v.record_id = wanted.value ->> 0 AND v.version = wanted.value ->> 1"
)


def _rows(connection: sa.Connection, ids: Collection[int]) -> Iterator[dict[str, str | int | None]]:
    arguments = {"ids": json.dumps(list(ids)), "everybody": PUBLIC}
    for row in _driver(connection).execute(_PASSAGES, arguments):
        yield dict(zip(_COLUMNS, row, strict=True))


def _texts(
    connection: sa.Connection, places: Collection[tuple[object, object]]
) -> dict[tuple[str, int], str]:
    rows = _driver(connection).execute(_TEXTS, {"places": json.dumps(list(places))})
    return {(record_id, version): text for record_id, version, text in rows}


def _speakers(connection: sa.Connection, ids: Sequence[object]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for passage_id, speaker in _driver(connection).execute(_SPEAKERS, {"ids": json.dumps(ids)}):
        found.setdefault(passage_id, []).append(speaker)
    return found


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    """Straight from SQLite: SQLAlchemy's rows cost more than the reading itself."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)
