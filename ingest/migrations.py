"""Older catalogs brought to today's schema, in place, in one commit each step.

A step is written once and never changed: it turns what one version wrote into what the next one reads.
"""

from collections.abc import Callable

import sqlalchemy as sa


def migrate(connection: sa.Connection, found: int, wanted: int) -> None:
    """Takes a catalog of schema `found` to `wanted`, inside the transaction at hand.

    Foreign keys must be off: a table that is rebuilt would take what refers to it along.
    """
    for version in range(found, wanted):
        _STEPS[version](connection)
    connection.execute(
        sa.text("UPDATE meta SET value = :version WHERE key = 'schema_version'"), {"version": str(wanted)}
    )


def _files_of_their_own(connection: sa.Connection) -> None:
    """1 to 2: a record may come from several files; jobs and failures are kept; versions know their file."""
    for statement in (
        "CREATE TABLE files (path TEXT NOT NULL PRIMARY KEY, record_id TEXT NOT NULL "
        "REFERENCES records (id) ON DELETE CASCADE, digest TEXT NOT NULL, "
        "modified_ns INTEGER, size INTEGER)",
        "CREATE INDEX ix_files_record_id ON files (record_id)",
        "INSERT INTO files SELECT r.source, r.id, v.digest, r.modified_ns, r.size "
        "FROM records r JOIN versions v ON v.record_id = r.id AND v.version = r.active",
        "ALTER TABLE versions ADD COLUMN source TEXT NOT NULL DEFAULT ''",
        "UPDATE versions SET source = (SELECT source FROM records r WHERE r.id = record_id)",
        "CREATE INDEX ix_versions_date ON versions (date)",
        "CREATE TABLE newer (id TEXT NOT NULL PRIMARY KEY, source TEXT NOT NULL, active INTEGER)",
        "INSERT INTO newer SELECT id, source, active FROM records",
        "DROP TABLE records",
        "ALTER TABLE newer RENAME TO records",
        "CREATE TABLE failures (path TEXT NOT NULL PRIMARY KEY, reason TEXT NOT NULL, failed TEXT NOT NULL)",
        "CREATE TABLE jobs (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
        "arguments TEXT NOT NULL, state TEXT NOT NULL, asker INTEGER NOT NULL, asked TEXT NOT NULL, "
        "progress TEXT, result TEXT)",
    ):
        connection.exec_driver_sql(statement)


def _kept_answers(connection: sa.Connection) -> None:
    """2 to 3: conversations, their answers with the records these draw on, and what was said about them."""
    for statement in (
        "CREATE TABLE conversations (id TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, "
        "begun TEXT NOT NULL, changed TEXT NOT NULL)",
        "CREATE INDEX ix_conversations_owner ON conversations (owner)",
        "CREATE TABLE answers (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, conversation_id TEXT "
        "REFERENCES conversations (id) ON DELETE SET NULL, ordinal INTEGER NOT NULL, asked TEXT NOT NULL, "
        "question TEXT NOT NULL, answer TEXT)",
        "CREATE INDEX ix_answers_conversation_id ON answers (conversation_id)",
        "CREATE TABLE answer_sources (answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE, "
        "record_id TEXT NOT NULL, PRIMARY KEY (answer_id, record_id))",
        "CREATE INDEX ix_answer_sources_record_id ON answer_sources (record_id)",
        "CREATE TABLE feedback (answer_id INTEGER NOT NULL PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE, "
        "owner TEXT NOT NULL, given TEXT NOT NULL, verdict TEXT NOT NULL, note TEXT NOT NULL)",
    ):
        connection.exec_driver_sql(statement)


def _access_of_versions(connection: sa.Connection) -> None:
    """3 to 4: each version has its readers and digests; records can be held back, jobs count their tries.

    `ingest.seals` fills the digests, also those of kept answers.

    The active version keeps the readers the record had; an older one gets those it stated, as far as it can be seen
    only together with the active one. A kept answer draws on the versions it quotes; of a record it only names, on all.
    """
    for statement in (
        "CREATE TABLE newer (record_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE, "
        "version INTEGER NOT NULL, group_name TEXT NOT NULL, PRIMARY KEY (record_id, version, group_name))",
        "INSERT INTO newer SELECT a.record_id, r.active, a.group_name "
        "FROM access a JOIN records r ON r.id = a.record_id WHERE r.active IS NOT NULL",
        "INSERT OR IGNORE INTO newer SELECT v.record_id, v.version, stated.value "
        "FROM versions v JOIN records r ON r.id = v.record_id, "
        "json_each(iif(json_valid(v.details), v.details, '{}'), '$.access') stated "
        "WHERE v.version != r.active",
        "DROP TABLE access",
        "ALTER TABLE newer RENAME TO access",
        "ALTER TABLE records ADD COLUMN held INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE failures ADD COLUMN held INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE versions ADD COLUMN text_digest TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE newer (answer_id INTEGER NOT NULL REFERENCES answers (id) ON DELETE CASCADE, "
        "record_id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (answer_id, record_id, version))",
        "INSERT INTO newer "
        "SELECT a.id, c.value ->> '$.record.record_id', c.value ->> '$.version' "
        "FROM answers a, json_each(a.answer, '$.citations') c "
        "UNION SELECT a.id, n.value ->> '$.meeting.record_id', n.value ->> '$.version' "
        "FROM answers a, json_each(a.answer, '$.nearest') n",
        "INSERT INTO newer SELECT s.answer_id, s.record_id, v.version "
        "FROM answer_sources s JOIN versions v ON v.record_id = s.record_id WHERE NOT EXISTS "
        "(SELECT 1 FROM newer n WHERE n.answer_id = s.answer_id AND n.record_id = s.record_id)",
        "DROP TABLE answer_sources",
        "ALTER TABLE newer RENAME TO answer_sources",
        "CREATE INDEX ix_answer_sources_record_id ON answer_sources (record_id)",
        "ALTER TABLE versions ADD COLUMN fields_digest TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE versions ADD COLUMN passages_digest TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE records ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE answers ADD COLUMN digest TEXT NOT NULL DEFAULT ''",
    ):
        connection.exec_driver_sql(statement)


def _texts_held_back(connection: sa.Connection) -> None:
    """4 to 5: of files that are held back it is kept what they say, as digests."""
    connection.exec_driver_sql(
        "CREATE TABLE held_texts (path TEXT NOT NULL, runs BLOB NOT NULL, PRIMARY KEY (path, runs))"
    )


def _motions(connection: sa.Connection) -> None:
    """5 to 6: an entry of the register knows who moved it, and every place it rests on."""
    connection.exec_driver_sql("ALTER TABLE decisions ADD COLUMN motion TEXT")


_STEPS: dict[int, Callable[[sa.Connection], None]] = {
    1: _files_of_their_own,
    2: _kept_answers,
    3: _access_of_versions,
    4: _texts_held_back,
    5: _motions,
}
