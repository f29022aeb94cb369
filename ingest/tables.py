"""The tables of the catalog; `ingest.catalog` says how they are written and read.

Raise `ingest.catalog.SCHEMA_VERSION` when anything here changes: an older Minutebook must refuse what it cannot read.
"""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

schema = sa.MetaData()

meta = Table("meta", schema, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

records = Table(
    "records",
    schema,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),  # the file that the active version came from
    Column("active", Integer),  # the version readers see; NULL until the first flip
    # 1: its file says something of access that was not understood; nobody reads it until that is mended
    Column("held", Integer, nullable=False, server_default="0"),
    Column(
        "seal", Text, nullable=False, server_default=""
    ),  # of which versions are shown to whom; `ingest.seals`
)

files = Table(
    "files",
    schema,
    Column("path", Text, primary_key=True),
    Column("record_id", Text, ForeignKey("records.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", Text, nullable=False),  # SHA-256 of its content when last taken in
    Column(
        "modified_ns", Integer
    ),  # `ingest.reading.state_of`: with the size the cheap half of the unchanged test
    Column("size", Integer),
)

failures = Table(
    "failures",  # files that could not be read or stored the last time
    schema,
    Column("path", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("failed", Text, nullable=False),  # ISO 8601
    # 1: held back, as it says something of access that was not understood; 0: could not be read or stored
    Column("held", Integer, nullable=False, server_default="0"),
)

held_texts = Table(
    "held_texts",  # what files say that were held back, as digests, to tell copies of it; `ingest.letter_runs`
    schema,
    Column("path", Text, primary_key=True),
    Column("runs", LargeBinary, primary_key=True),
)

jobs = Table(
    "jobs",  # what other processes ask the owner to do
    schema,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("arguments", Text, nullable=False),  # JSON
    Column("state", Text, nullable=False),  # queued | running | done | failed | cancelled
    Column("asker", Integer, nullable=False),  # process id
    Column("asked", Text, nullable=False),  # ISO 8601
    Column("progress", Text),  # JSON
    Column("result", Text),  # JSON of what was done, or the sentence that says why not
    Column("attempts", Integer, nullable=False, server_default="0"),  # how often it was taken up
    sqlite_autoincrement=True,
)

access = Table(
    "access",  # who may read a version; one without rows is for nobody
    schema,
    Column("record_id", Text, ForeignKey("records.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("group_name", Text, primary_key=True),
)

versions = Table(
    "versions",
    schema,
    Column("record_id", Text, ForeignKey("records.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("state", Text, nullable=False),  # staging | ready | superseded
    Column("source", Text, nullable=False, server_default=""),  # the file it came from
    Column("digest", Text, nullable=False),  # SHA-256 of the file; says "changed", identifies nothing
    Column("text", Text, nullable=False),
    # What finds a byte that changed on the disk; `ingest.seals` says of what each is made.
    Column("text_digest", Text, nullable=False, server_default=""),  # SHA-256 of `text`
    Column("fields_digest", Text, nullable=False, server_default=""),  # of what was read in it
    Column("passages_digest", Text, nullable=False, server_default=""),  # of its passages
    Column("ingested", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("body", Text),
    Column("date", Text, index=True),  # ISO 8601
    Column("end_date", Text),
    Column("session", Integer),
    Column("series", Text),
    Column("chair", Text),
    Column("details", Text, nullable=False),  # JSON: the rest of Meeting, pages, omitted ranges, notes, rules
)

sections = Table(
    "sections",
    schema,
    Column("record_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_start", Integer, nullable=False),
    Column("title_end", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("number", Text),
)

turns = Table(
    "turns",
    schema,
    Column("record_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("seconds", sa.Float),
)

decisions = Table(
    "decisions",
    schema,
    Column("record_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("item", Text),
    Column("owner", Text),
    Column("deadline", Text),
    Column("due", Text),
    Column("tally", Text),  # JSON
    Column("amounts", Text, nullable=False),  # JSON
    Column("motion", Text),  # JSON: mover, seconder, spans; NULL where none is known
)

passages = Table(
    "passages",
    schema,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record_id", Text, ForeignKey("records.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("item", Text, nullable=False),  # JSON list of titles
    Column("sentences", Text, nullable=False),  # JSON list of [start, end]
    Column("language", Text, nullable=False),
    Column("indexed", Integer, nullable=False),
    Column("vector_key", Text, index=True),  # NULL: a language the encoder does not know, or not indexed
    sa.UniqueConstraint("record_id", "version", "ordinal"),
    sqlite_autoincrement=True,  # an id is never used twice, so a late Chroma entry can never mean another passage
)

passage_speakers = Table(
    "passage_speakers",
    schema,
    Column("passage_id", Integer, ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("speaker", Text, nullable=False, index=True),
)

vectors = Table(
    "vectors",
    schema,
    Column("key", Text, primary_key=True),  # of the encoded text and its sentence borders
    Column("vector", LargeBinary, nullable=False),  # float32, little endian, unit length
    Column("sentences", LargeBinary, nullable=False),  # int8 rows, each scaled to its largest component
)

outbox = Table(
    "outbox",
    schema,
    Column("passage_id", Integer, primary_key=True),
    Column("action", Text, nullable=False),  # upsert | delete
)

conversations = Table(
    "conversations",  # questions somebody asked one after another; `qa.history` says how they are kept
    schema,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, index=True),  # whose it is; "local" as long as there is no login
    Column("title", Text, nullable=False),
    Column("begun", Text, nullable=False),  # ISO 8601
    Column("changed", Text, nullable=False),
)

answers = Table(
    "answers",
    schema,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # NULL: its conversation was deleted, and it is kept for what was said about it
    Column("conversation_id", Text, ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("ordinal", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text),  # JSON; NULL: a record it drew on is not in the index any more
    Column(
        "digest", Text, nullable=False, server_default=""
    ),  # of question, answer and sources; `ingest.seals`
    sqlite_autoincrement=True,
)

answer_sources = Table(
    "answer_sources",  # every version of which a kept answer holds a word; no foreign key: see `store.drop_record`
    schema,
    Column("answer_id", Integer, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", Text, primary_key=True, index=True),
    Column("version", Integer, primary_key=True),
)

feedback = Table(
    "feedback",
    schema,
    Column("answer_id", Integer, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("given", Text, nullable=False),  # ISO 8601
    Column("verdict", Text, nullable=False),  # helpful | unhelpful | wrong
    Column("note", Text, nullable=False),
)

# Full-text tables of words cut by `ingest.words`; rowid is the passage id. `grams` holds Chinese character pairs.
FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5(body, context, tokenize='unicode61')",
    "CREATE VIRTUAL TABLE IF NOT EXISTS passage_grams USING fts5(body, context, tokenize='unicode61')",
)
