"""Whether what the catalog holds of a version is what was stored: three digests beside it, and what breaks them.

SQLite does not notice a byte that changes inside a value: 8 votes in favour become 3 and every page is well. So each
version has a digest of its text, one of what was read in it (title, day, chair, sections, speakers, decisions) and one
of its passages. What does not agree with its digest is damaged: nobody is shown any of it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

import sqlalchemy as sa

Part = Literal["text", "fields", "passages", "standing"]
Place = tuple[str, int]  # record id, version

# What of a version never changes once it is stored. Its state, its file's place and the rules that read it may.
MEETING = (
    "digest",
    "ingested",
    "title",
    "language",
    "body",
    "date",
    "end_date",
    "session",
    "series",
    "chair",
)
PARTS: Mapping[str, tuple[str, ...]] = {
    "sections": ("ordinal", "start", "end", "title", "title_start", "title_end", "level", "number"),
    "turns": ("ordinal", "start", "end", "speaker", "seconds"),
    "decisions": (
        "ordinal", "start", "end", "kind", "rule", "item", "owner", "deadline", "due", "tally", "amounts", "motion",
    ),
}  # fmt: skip
_PASSAGE = ("ordinal", "start", "end", "item", "sentences", "language", "indexed")
_CHANGING = "rules"  # of `details`: newer rules may read the same, and that is noted there
# Bytes that are no UTF-8 become U+FFFD, so that reading them ends in a digest that differs and in no error.
lenient = partial(str, encoding="utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Damage:
    """A version of which something is not what was stored; `source` is the file it came from.

    parts  what differs: its text, what was read in it, its passages, or the standing of its record: which versions
           were shown, and who may read them
    """

    record_id: str
    version: int
    source: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return self.told(self.source)

    def told(self, file: str) -> str:
        """What to say of it where its file is to be called so: a reader is not told of the server's folders."""
        return (
            f"Version {self.version} of the record {self.record_id} ({file}) is damaged: {self.what} not what was "
            "stored, so nobody is shown it. Ingest its file again, or restore a backup with "
            "`python -m ingest restore FILE`."
        )

    @property
    def what(self) -> str:
        """What differs, in words: "its text is", "its text and its passages are"."""
        named = [_IN_WORDS[part] for part in self.parts]
        return f"{' and '.join(named)} {'are' if len(named) > 1 or self.parts[0] == 'passages' else 'is'}"

    @property
    def name(self) -> str:
        """What to call it without its place: its file, which no damage to the record has reached, and its id."""
        return f"{Path(self.source).name} ({self.record_id})" if self.source else self.record_id


_IN_WORDS: dict[Part, str] = {
    "text": "its text",
    "fields": "what was read in it (title, day, items, speakers, decisions)",
    "passages": "its passages",
    "standing": "which version of it answers use, or who may read it,",
}


def digest_of_text(text: object) -> str:
    """The SHA-256 that is kept of a version's text; empty, as no digest is, for what is no text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest() if isinstance(text, str) else ""


def digest_of_fields(meeting: Sequence[Any], details: object, parts: Iterable[Sequence[Any]]) -> str:
    """The SHA-256 of what was read in a version.

    meeting  the values of its columns MEETING
    parts    the values of its rows of PARTS, table by table, each row with the table's columns in that order
    """
    digest = hashlib.sha256(repr((tuple(meeting), _steady(details))).encode("utf-8", "surrogatepass"))
    for row in parts:
        digest.update(repr(_sealed(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _sealed(row: Sequence[Any]) -> tuple[Any, ...]:
    """A row as it counts: a decision without a motion as it did before there was a column for one."""
    bare = len(row) == len(PARTS["decisions"]) and row[-1] is None
    return tuple(row[:-1] if bare else row)


def seal(connection: sa.Connection, record_id: str, version: int) -> None:
    """Writes the digests of a version as it stands in this transaction."""
    place = (record_id, version)
    for row in _rows(connection, [place]):
        fields = _digests_of_fields(connection, [place], [row])[place]
        passages = _digests_of_passages(connection, [place])[place]
        values = (digest_of_text(row["text"]), fields, passages, *place)
        connection.exec_driver_sql(
            "UPDATE versions SET text_digest = ?, fields_digest = ?, passages_digest = ? "
            "WHERE record_id = ? AND version = ?",
            values,
        )


def seal_passages(connection: sa.Connection, record_id: str, version: int) -> None:
    """Writes the digest of the passages of a version, which were cut anew; that of the rest stands."""
    place = (record_id, version)
    connection.exec_driver_sql(
        "UPDATE versions SET passages_digest = ? WHERE record_id = ? AND version = ?",
        (_digests_of_passages(connection, [place])[place], *place),
    )


def seal_all(connection: sa.Connection) -> None:
    """Writes the digests of every version and answer: of an index that an older release made, which had none."""
    seal_standing(connection)
    for (number,) in connection.exec_driver_sql("SELECT id FROM answers").all():
        seal_answer(connection, number)
    for record_id, version in connection.exec_driver_sql("SELECT record_id, version FROM versions").all():
        seal(connection, record_id, version)


def find_damage(connection: sa.Connection, places: Sequence[Place] | None = None) -> list[Damage]:
    """What is damaged of these versions, or of all; the passages of a version that no answer uses are not looked at."""
    broken = find_unstanding(connection, places and {record_id for record_id, _ in places})
    hurt = broken.values() if places is None else _of_places(broken, places)
    if places is None:
        every = connection.exec_driver_sql(
            "SELECT record_id, version FROM versions ORDER BY record_id, version"
        )
        places = [(row[0], row[1]) for row in every if _is_place(row)]
    found = {
        (damage.record_id, damage.version): damage
        for start in range(0, len(places), _AT_ONCE)
        for damage in _find(connection, places[start:][:_AT_ONCE])
    }
    for damage in hurt:
        known = found.get(place := (damage.record_id, damage.version))
        found[place] = replace(damage, parts=(*(known.parts if known else ()), *damage.parts))
    return list(found.values())


def _of_places(broken: Mapping[str, Damage], places: Sequence[Place]) -> list[Damage]:
    return [
        replace(broken[record_id], version=version) for record_id, version in places if record_id in broken
    ]


# The standing of a record: which of its versions is active, which were shown, and who may read each.


def find_unstanding(connection: sa.Connection, record_ids: Iterable[str] | None = None) -> dict[str, Damage]:
    """Those of these records, or of all, whose standing is not what was stored, by id; nobody may be shown them."""
    return {
        record_id: Damage(record_id, active if isinstance(active, int) else 0, _named(source), ("standing",))
        for record_id, active, source, stored, now, shown in _standings(connection, record_ids)
        if (stored != now if stored or shown else False)
    }


@contextmanager
def standing_changed(connection: sa.Connection, record_ids: Iterable[str]) -> Iterator[None]:
    """Around every change of the standing of records: seals them anew, but for those that were damaged before."""
    ids = set(record_ids)
    broken = find_unstanding(connection, ids)
    yield
    seal_standing(connection, ids - broken.keys())


def seal_standing(connection: sa.Connection, record_ids: Iterable[str] | None = None) -> None:
    """Writes the seals of these records, or of all, as they stand in this transaction."""
    for record_id, _, _, stored, now, shown in list(_standings(connection, record_ids)):
        if stored != now and (stored or shown):
            connection.exec_driver_sql("UPDATE records SET seal = ? WHERE id = ?", (now, record_id))


def _standings(
    connection: sa.Connection, record_ids: Iterable[str] | None
) -> Iterator[tuple[str, Any, Any, str, str, bool]]:
    """Of each record: id, active version, source, its seal, what that should be, and whether it was ever shown."""
    which, arguments = "", ()
    if record_ids is not None:
        which, arguments = "WHERE {id} IN (SELECT value FROM json_each(?))", (json.dumps(list(record_ids)),)
    parts: dict[Any, list[Any]] = {}
    for statement in (
        f"SELECT record_id, version, state FROM versions {which.format(id='record_id')} ORDER BY 1, 2",
        f"SELECT record_id, version, group_name FROM access {which.format(id='record_id')} ORDER BY 1, 2, 3",
    ):
        for record_id, *row in connection.exec_driver_sql(statement, arguments):
            if row[1] != "staging":
                parts.setdefault(record_id, []).append(row)
    found = connection.exec_driver_sql(
        f"SELECT id, active, source, seal, held FROM records {which.format(id='id')} ORDER BY 1", arguments
    )
    for record_id, active, source, stored, held in found.all():
        its = parts.get(record_id, [])
        standing = repr((record_id, active, held, its)).encode("utf-8", "surrogatepass")
        shown = active is not None or bool(its) or held != 0
        yield record_id, active, source, stored, hashlib.sha256(standing).hexdigest(), shown


def seal_answer(connection: sa.Connection, number: int) -> None:
    """Writes the digest of a kept answer as it stands in this transaction, with the versions it draws on."""
    for row in _answers(connection, number):
        connection.exec_driver_sql("UPDATE answers SET digest = ? WHERE id = ?", (row[1], row[0]))


def find_damaged_answers(connection: sa.Connection, number: int | None = None) -> list[int]:
    """The numbers of the kept answers that are not what was kept, among all or of this one."""
    return [place for place, digest, stored in _answers(connection, number) if digest != stored]


def _answers(connection: sa.Connection, number: int | None) -> Iterator[tuple[int, str, str]]:
    """Each kept answer of which the words are there: its number, what its digest should be and what it is."""
    of = "" if number is None else "AND a.id = ?"
    arguments = () if number is None else (number,)
    sources: dict[int, list[tuple[Any, ...]]] = {}
    for place, *drawn in connection.exec_driver_sql(
        "SELECT a.id, s.record_id, s.version FROM answers a JOIN answer_sources s ON s.answer_id = a.id "
        f"WHERE a.answer NOT NULL {of} ORDER BY a.id, s.record_id, s.version",
        arguments,
    ):
        sources.setdefault(place, []).append(tuple(drawn))
    for place, question, answer, stored in connection.exec_driver_sql(
        f"SELECT a.id, a.question, a.answer, a.digest FROM answers a WHERE a.answer NOT NULL {of} ORDER BY a.id",
        arguments,
    ):
        held = repr((question, answer, sources.get(place, [])))
        yield place, hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest(), stored


def find_changed_fields(connection: sa.Connection, places: Sequence[Place]) -> list[Damage]:
    """Those of these versions in which what was read is not what was stored; nothing else of them is looked at."""
    return [
        Damage(*place, _named(row["source"]), ("fields",))
        for start in range(0, len(places), _AT_ONCE)
        for place, row in _differing_fields(connection, places[start:][:_AT_ONCE])
    ]


def active_places(connection: sa.Connection) -> list[Place]:
    """The versions that answers use."""
    active = connection.exec_driver_sql("SELECT id, active FROM records WHERE active NOT NULL ORDER BY id")
    return [(row[0], row[1]) for row in active if _is_place(row)]


def _is_place(row: Sequence[object]) -> bool:
    """Whether a row begins with an id and a number; what does not is no version's, and its record's seal is broken."""
    return isinstance(row[0], str) and isinstance(row[1], int)


_AT_ONCE = 500  # versions whose rows are read together


def _find(connection: sa.Connection, places: Sequence[Place]) -> Iterator[Damage]:
    rows = list(_rows(connection, places))
    fields = _digests_of_fields(connection, places, rows)
    passages = _digests_of_passages(connection, places)
    for row in rows:
        place = (row["record_id"], row["version"])
        found: dict[Part, bool] = {
            "text": row["text_digest"] != digest_of_text(row["text"]),
            "fields": row["fields_digest"] != fields[place],
            "passages": bool(row["is_active"]) and row["passages_digest"] != passages[place],
        }
        if broken := tuple(part for part, differs in found.items() if differs):
            yield Damage(*place, _named(row["source"]), broken)


def _differing_fields(
    connection: sa.Connection, places: Sequence[Place]
) -> Iterator[tuple[Place, dict[str, Any]]]:
    rows = list(_rows(connection, places, ("record_id", "version", "source", "fields_digest")))
    fields = _digests_of_fields(connection, places, rows)
    for row in rows:
        place = (row["record_id"], row["version"])
        if row["fields_digest"] != fields[place]:
            yield place, row


_COLUMNS = ("record_id", "version", "source", "text", "text_digest", "fields_digest", "passages_digest")


def _rows(
    connection: sa.Connection, places: Sequence[Place], columns: Sequence[str] = _COLUMNS
) -> Iterator[dict[str, Any]]:
    named = ", ".join(f"t.{name}" for name in (*columns, "details", *MEETING))
    active = "(SELECT active FROM records r WHERE r.id = t.record_id) IS t.version"
    statement = f"SELECT {named}, {active} {_OF.format(table='versions')}"
    for row in _read(connection, statement, places):
        yield dict(zip((*columns, "details", *MEETING, "is_active"), row, strict=True))


def _digests_of_fields(
    connection: sa.Connection, places: Sequence[Place], rows: Iterable[Mapping[str, Any]]
) -> dict[Place, str]:
    parts: dict[Place, list[Sequence[Any]]] = {place: [] for place in places}
    for table, columns in PARTS.items():
        named = ", ".join(f't."{name}"' for name in columns)
        statement = f"SELECT wanted.key, {named} {_OF.format(table=table)} ORDER BY wanted.key, t.ordinal"
        for key, *row in _read(connection, statement, places):
            parts[places[key]].append(row)
    return {
        place: digest_of_fields([row[name] for name in MEETING], row["details"], parts[place])
        for row in rows
        if (place := (row["record_id"], row["version"])) in parts
    }


def _digests_of_passages(connection: sa.Connection, places: Sequence[Place]) -> dict[Place, str]:
    digests = {place: hashlib.sha256() for place in places}
    named = ", ".join(f't."{name}"' for name in _PASSAGE)
    order = "ORDER BY wanted.key, t.ordinal"
    for statement in (
        f"SELECT wanted.key, {named} {_OF.format(table='passages')} {order}",
        f"SELECT wanted.key, t.ordinal, s.ordinal, s.speaker {_OF.format(table='passages')} "
        f"JOIN passage_speakers s ON s.passage_id = t.id {order}, s.ordinal",
    ):
        for key, *row in _read(connection, statement, places):
            digests[places[key]].update(repr(row).encode("utf-8", "surrogatepass"))
    return {place: digest.hexdigest() for place, digest in digests.items()}


def _steady(details: object) -> object:
    """`details` without what may change, however its JSON is laid out; as it is where it is no JSON object."""
    try:
        held = json.loads(details) if isinstance(details, str) else None
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        return details
    held.pop(_CHANGING, None)
    return json.dumps(held, sort_keys=True)


def _named(source: object) -> str:
    return source if isinstance(source, str) else repr(source)


def _read(connection: sa.Connection, statement: str, places: Sequence[Place]) -> sqlite3.Cursor:
    """The rows for these versions, straight from SQLite: SQLAlchemy's cost more than the rows themselves."""
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    return driver.execute(statement, (json.dumps(places),))


_OF = (
    "FROM json_each(?) wanted CROSS JOIN {table} t "
    "ON t.record_id = wanted.value ->> 0 AND t.version = wanted.value ->> 1"
)
