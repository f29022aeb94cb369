"""The word index: what passages are found by in words, made of the catalog's texts and told apart where it is not that.

An entry holds a passage's words and, as context, those of its meeting, agenda item and speakers; a second table holds
the pairs of Chinese characters of those passages that have some.
"""

import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import sqlalchemy as sa

from ingest.stopping import go_on
from ingest.words import bigrams, words

TABLES = ("passage_words", "passage_grams")
_AT_ONCE = 512  # passages whose texts are held in memory together


@dataclass(frozen=True, slots=True)
class Entry:
    """What the word index holds of a passage: body and context in words, and in pairs where its body has any."""

    plain: tuple[str, str]
    pairs: tuple[str, str] | None


def entry_of(about: str, item: Sequence[str], speakers: Sequence[str], text: str) -> Entry:
    """What is to be held of a passage; `about` names its meeting."""
    context = " ".join((about, *item, *speakers))
    plain = " ".join(words(text)), " ".join(words(context))
    pairs = bigrams(text)
    return Entry(plain, (" ".join(pairs), " ".join(bigrams(context))) if pairs else None)


def about(*names: str | None) -> str:
    """What a meeting is called, of its title, body and series."""
    return " ".join(filter(None, names))


def put(connection: sa.Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    """Writes entries of passages that have none."""
    plain = [(i, entry.plain) for i, entry in entries]
    pairs = [(i, entry.pairs) for i, entry in entries if entry.pairs]
    for table, told in zip(TABLES, (plain, pairs), strict=True):
        rows = [{"id": i, "body": body, "context": context} for i, (body, context) in told]
        if rows:
            insert = f"INSERT INTO {table} (rowid, body, context) VALUES (:id, :body, :context)"
            connection.execute(sa.text(insert), rows)


def find_wrong(connection: sa.Connection, damaged: Set[tuple[str, int]]) -> list[int]:
    """The passages of which the word index holds something else than their words, or nothing.

    damaged  versions whose texts are not what was stored, which is said of them
    """
    return [i for i, _ in _differing(connection, damaged)]


def disagrees(connection: sa.Connection) -> bool:
    """Whether the lists by which entries are found are not those of the entries."""
    return any(_vocabulary(connection, table) != _counted(connection, table) for table in TABLES)


def mend(connection: sa.Connection, damaged: Set[tuple[str, int]]) -> int:
    """Writes anew what is wrong, and the lists by which entries are found; how many passages that concerned."""
    wrong = _differing(connection, damaged)
    broken = disagrees(connection)
    for table in TABLES if wrong or broken else ():
        connection.exec_driver_sql(f"DELETE FROM {table}_content WHERE id NOT IN (SELECT id FROM passages)")
        connection.execute(
            sa.text(f"DELETE FROM {table}_content WHERE id IN (SELECT value FROM json_each(:ids))"),
            {"ids": json.dumps([i for i, _ in wrong])},
        )
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    put(connection, wrong)
    return len(wrong)


_PASSAGES = """
SELECT p.id, p.item, v.title, v.body, v.series, p.record_id, p.version,
  substr(v.text, p.start + 1, p.end - p.start) AS text,
  (SELECT json_group_array(speaker) FROM
    (SELECT speaker FROM passage_speakers WHERE passage_id = p.id ORDER BY ordinal)) AS speakers,
  w.body AS words, w.context AS about, g.body AS pairs, g.context AS pairs_about
FROM passages p JOIN versions v ON v.record_id = p.record_id AND v.version = p.version
LEFT JOIN passage_words w ON w.rowid = p.id LEFT JOIN passage_grams g ON g.rowid = p.id
WHERE p.indexed = 1 AND p.id > :after ORDER BY p.id LIMIT :most
"""


def _differing(connection: sa.Connection, damaged: Set[tuple[str, int]]) -> list[tuple[int, Entry]]:
    found = []
    for row in _rows(connection):
        if (row.record_id, row.version) in damaged:
            continue
        entry = entry_of(
            about(row.title, row.body, row.series), json.loads(row.item), json.loads(row.speakers), row.text
        )
        held = None if row.pairs is None and row.pairs_about is None else (row.pairs, row.pairs_about)
        if (row.words, row.about) != entry.plain or held != entry.pairs:
            found.append((row.id, entry))
    return found


def _rows(connection: sa.Connection) -> Iterator[sa.Row]:
    after = 0
    while rows := connection.execute(sa.text(_PASSAGES), {"after": after, "most": _AT_ONCE}).all():
        yield from rows
        after = rows[-1].id
        go_on()


def _vocabulary(connection: sa.Connection, table: str) -> list[tuple[str, int, int]]:
    """Every word with the number of entries it is found in, and how often, by the lists of a table."""
    name = f"lists_of_{table}"
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab(main, {table}, row)")
    try:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT term, doc, cnt FROM temp.{name}")]
    finally:
        connection.exec_driver_sql(f"DROP TABLE temp.{name}")


def _counted(connection: sa.Connection, table: str) -> list[tuple[str, int, int]]:
    """The same as the entries themselves give it."""
    name = f"anew_of_{table}"
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE temp.{name} USING fts5(body, context, content='', tokenize='unicode61')"
    )
    try:
        every = f"SELECT rowid, body, context FROM main.{table}"
        connection.exec_driver_sql(f"INSERT INTO temp.{name} (rowid, body, context) {every}")
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{name}_v USING fts5vocab(temp, {name}, row)")
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT term, doc, cnt FROM temp.{name}_v")]
    finally:
        for made in (f"{name}_v", name):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{made}")
