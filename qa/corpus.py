"""The read side of an index: meetings, records, passages and vectors, as one state of the catalog.

Everything a question needs is read in one transaction (`Corpus.session`), so text, access and version
agree. The dense leg is exact over the catalog's vectors; where this process owns the index and nothing but
access narrows the scope, Chroma answers instead and its hits are joined to the catalog.
"""

import json
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
import sqlalchemy as sa

from ingest import catalog as store
from ingest.catalog import Catalog
from ingest.encoder import Encoder
from ingest.nearest import Nearest
from ingest.records import Decision, Language, Record, Span
from ingest.rows import decision_from, record_from, section_from, turn_from
from ingest.tables import decisions, meta, passage_speakers, passages, records, sections, turns, versions
from ingest.vectors import DenseIndex
from qa.answers import MeetingRef, VersionRef
from qa.scope import Scope, active_passages, active_records, in_scope, passage_in_scope

Kept = TypeVar("Kept")
EXACT_LIMIT = 4_096  # passages in scope up to which their vectors are read from the catalog directly


@dataclass(frozen=True, slots=True)
class StoredPassage(Span):
    """An active passage as the catalog holds it; `sentences` tile it, `vector` rows belong to them."""

    id: int
    record_id: str
    version: int
    ordinal: int
    text: str
    item: tuple[str, ...]
    language: Language
    sentences: tuple[Span, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Matrix:
    """All vectors of one generation of the index: row i belongs to passage ids[i]; ids ascend."""

    generation: int
    ids: np.ndarray
    rows: np.ndarray


class Corpus:
    """What can be read of an index; safe to share between threads."""

    def __init__(self, catalog: Catalog, encoder: Encoder, dense: DenseIndex | Nearest | None = None) -> None:
        self.catalog = catalog
        self.encoder = encoder
        self.dense = dense
        self._matrix: _Matrix | None = None
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[int, object]] = {}

    @contextmanager
    def session(self) -> Iterator["Session"]:
        """One state of the corpus to read from."""
        with self.catalog.read() as connection:
            yield Session(self, connection)

    def kept(self, session: "Session", key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make()` gives, made once per key and state of the index."""
        found = self._kept.get(key)
        if found is None or found[0] != session.generation:
            found = self._kept[key] = (session.generation, make())
        return cast(Kept, found[1])

    def matrix(self, session: "Session") -> _Matrix:
        """Every active vector, kept in memory until the index changes."""
        with self._lock:
            if self._matrix is None or self._matrix.generation != session.generation:
                self._matrix = session.load_matrix()
            return self._matrix


class Session:
    """Reads within one transaction."""

    def __init__(self, corpus: Corpus, connection: sa.Connection) -> None:
        self.corpus = corpus
        self.connection = connection
        self._queries: dict[str, np.ndarray] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    @cached_property
    def generation(self) -> int:
        value = self.connection.scalar(sa.select(meta.c.value).where(meta.c.key == "generation"))
        return int(value or 0)

    def query_vector(self, text: str) -> np.ndarray:
        """The vector of a question, encoded once a session."""
        if text not in self._queries:
            self._queries[text] = self.corpus.encoder.encode_query(text)
        return self._queries[text]

    @cached_property
    def passage_count(self) -> int:
        """How many passages the catalog holds, in scope or not."""
        return int(self.connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0)

    def frequency(self, word: str, table: str = "passage_words") -> int:
        """In how many passages of the catalog a search word, or with "passage_grams" a character pair, stands."""
        if (table, word) not in self._frequencies:
            statement = sa.text(f"SELECT count(*) FROM {table} WHERE {table} MATCH :query")
            found = self.connection.scalar(statement, {"query": f'body : "{word}"'})
            self._frequencies[table, word] = int(found or 0)
        return self._frequencies[table, word]

    # -- meetings and records ------------------------------------------------------------------------------

    def meetings(self, scope: Scope) -> list[MeetingRef]:
        """The meetings in scope, newest first, those without a date last."""
        columns = ("title", "date", "end_date", "session", "series", "body", "language")
        statement = (
            sa.select(records.c.id, *(versions.c[name] for name in columns))
            .select_from(active_records())
            .where(in_scope(scope))
            .order_by(versions.c.date.desc().nulls_last(), records.c.id)
        )
        return [_meeting_ref(row) for row in self.connection.execute(statement)]

    def record(self, record_id: str, access: Sequence[str], version: int | None = None) -> Record | None:
        """A record in its active or an older version; None when there is none that the groups may read."""
        wanted = records.c.active if version is None else sa.literal(version)
        statement = (
            sa.select(versions)
            .select_from(records.join(versions, versions.c.record_id == records.c.id))
            .where(
                in_scope(Scope(access=tuple(access), records=(record_id,))),
                versions.c.version == wanted,
                versions.c.state != "staging",
            )
        )
        row = self.connection.execute(statement).mappings().first()
        if row is None:
            return None
        parts = (self._parts(table, record_id, row["version"]) for table in (sections, turns, decisions))
        found_sections, found_turns, found_decisions = parts
        return record_from(
            row,
            row["source"],
            sections=tuple(section_from(part) for part in found_sections),
            turns=tuple(turn_from(part) for part in found_turns),
            decisions=tuple(decision_from(part) for part in found_decisions),
        )

    def versions(self, record_id: str, access: Sequence[str]) -> list[VersionRef]:
        """The versions of a record that were once shown, newest first; none when the groups may not read it."""
        statement = (
            sa.select(versions, records.c.active)
            .select_from(records.join(versions, versions.c.record_id == records.c.id))
            .where(in_scope(Scope(access=tuple(access), records=(record_id,))), versions.c.state != "staging")
            .order_by(versions.c.version.desc())
        )
        return [
            VersionRef(
                record_id=record_id,
                version=row.version,
                active=row.version == row.active,
                ingested=row.ingested,
                title=row.title,
                date=row.date and date.fromisoformat(row.date),
            )
            for row in self.connection.execute(statement)
        ]

    def _parts(self, table: sa.Table, record_id: str, version: int) -> Sequence[Any]:
        statement = (
            sa.select(table)
            .where(table.c.record_id == record_id, table.c.version == version)
            .order_by(table.c.ordinal)
        )
        return self.connection.execute(statement).mappings().all()

    def people(self, scope: Scope) -> list[tuple[str, str | None]]:
        """Who speaks, chairs or attends in scope: (name as written, None or "chair")."""
        spoken = (
            sa.select(turns.c.speaker)
            .distinct()
            .select_from(
                active_records().join(
                    turns, sa.and_(turns.c.record_id == records.c.id, turns.c.version == records.c.active)
                )
            )
            .where(in_scope(scope))
        )
        presiding = (
            sa.select(versions.c.chair, versions.c.details)
            .select_from(active_records())
            .where(in_scope(scope))
        )
        found: dict[tuple[str, str | None], None] = {}
        for chair, details in self.connection.execute(presiding):
            if chair:
                found[chair, "chair"] = None
            found |= {(name, None): None for name in json.loads(details)["attendees"]}
        found |= {(name, None): None for name in self.connection.scalars(spoken)}
        return sorted(found, key=lambda person: (person[0], person[1] or ""))

    def decisions_of(self, record_ids: Sequence[str]) -> dict[str, list[Decision]]:
        """The register of each of these records' active versions, in the order of the text."""
        statement = (
            sa.select(decisions)
            .select_from(
                records.join(
                    decisions,
                    sa.and_(decisions.c.record_id == records.c.id, decisions.c.version == records.c.active),
                )
            )
            .where(records.c.id.in_(list(record_ids)))
            .order_by(decisions.c.record_id, decisions.c.ordinal)
        )
        found: dict[str, list[Decision]] = {}
        for row in self.connection.execute(statement).mappings():
            found.setdefault(row["record_id"], []).append(decision_from(row))
        return found

    # -- passages and vectors ------------------------------------------------------------------------------

    def count(self, scope: Scope) -> int:
        """How many passages are in scope."""
        statement = sa.select(sa.func.count()).select_from(active_passages()).where(passage_in_scope(scope))
        return int(self.connection.scalar(statement) or 0)

    def ids(self, scope: Scope) -> list[int]:
        """Ids of the passages in scope."""
        statement = sa.select(passages.c.id).select_from(active_passages()).where(passage_in_scope(scope))
        return list(self.connection.scalars(statement.order_by(passages.c.id)))

    def among(self, scope: Scope, ids: Sequence[int]) -> set[int]:
        """Those of `ids` that are active passages in scope."""
        statement = (
            sa.select(passages.c.id)
            .select_from(active_passages())
            .where(passage_in_scope(scope), passages.c.id.in_(_listed(ids)))
        )
        return set(self.connection.scalars(statement))

    def around(self, scope: Scope, ids: Sequence[int], reach: int) -> list[int]:
        """`ids`, which are in scope, and the passages in scope up to `reach` places from them in the same record."""
        there = passages.alias("there")
        nearby = (
            sa.select(passages.c.id)
            .distinct()
            .select_from(
                there.join(
                    passages,
                    sa.and_(
                        passages.c.record_id == there.c.record_id,
                        passages.c.version == there.c.version,
                        passages.c.ordinal.between(there.c.ordinal - reach, there.c.ordinal + reach),
                        passages.c.indexed == 1,
                    ),
                )
            )
            .where(there.c.id.in_(_listed(ids)))
        )
        found = list(self.connection.scalars(nearby))
        return sorted(self.among(scope, found)) if scope.speakers else sorted(found)

    def indexed_words(self, table: str, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The search words of passages as the full-text table holds them: of the text, and of its context."""
        statement = sa.text(
            f"SELECT rowid, body, context FROM {table} WHERE rowid IN (SELECT value FROM json_each(:ids))"
        )
        rows = self.connection.execute(statement, {"ids": json.dumps(list(ids))})
        return {passage_id: (body, context) for passage_id, body, context in rows}

    def load(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Active passages by id, with their text cut from the record."""
        statement = (
            sa.select(
                passages,
                sa.func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start),
            )
            .select_from(active_passages())
            .where(passages.c.id.in_(_listed(ids)))
        )
        voices: dict[int, list[str]] = {}
        spoken = (
            sa.select(passage_speakers)
            .where(passage_speakers.c.passage_id.in_(_listed(ids)))
            .order_by(passage_speakers.c.passage_id, passage_speakers.c.ordinal)
        )
        for row in self.connection.execute(spoken):
            voices.setdefault(row.passage_id, []).append(row.speaker)
        return {
            row.id: StoredPassage(
                start=row.start,
                end=row.end,
                id=row.id,
                record_id=row.record_id,
                version=row.version,
                ordinal=row.ordinal,
                text=row[-1],
                item=tuple(json.loads(row.item)),
                language=row.language,
                sentences=tuple(Span(start, end) for start, end in json.loads(row.sentences)),
                speakers=tuple(voices.get(row.id, ())),
            )
            for row in self.connection.execute(statement)
        }

    def vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """Passage vectors by id; passages in a language the encoder does not know have none."""
        statement = sa.text(
            "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids))"
        )
        rows = self.connection.execute(statement, {"ids": json.dumps(list(ids))})
        return {passage_id: store.unpack_vector(blob) for passage_id, blob in rows}

    def sentence_vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """For each passage the unit vectors of its sentences, shape (n, d)."""
        statement = sa.text(
            "SELECT p.id, v.sentences, length(v.vector) / 4 FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids))"
        )
        rows = self.connection.execute(statement, {"ids": json.dumps(list(ids))})
        return {passage_id: store.unpack_sentences(blob, dimensions) for passage_id, blob, dimensions in rows}

    def load_matrix(self) -> _Matrix:
        statement = sa.text(
            "SELECT p.id, v.vector FROM passages p JOIN records r ON r.id = p.record_id AND r.active = p.version "
            "JOIN vectors v ON v.key = p.vector_key ORDER BY p.id"
        )
        rows = self.connection.execute(statement).all()
        ids = np.array([row[0] for row in rows], np.int64)
        stacked = b"".join(row[1] for row in rows)
        matrix = (
            np.frombuffer(stacked, "<f4").reshape(len(rows), -1) if rows else np.zeros((0, 0), np.float32)
        )
        return _Matrix(self.generation, ids, matrix)


def _listed(ids: Sequence[int]) -> sa.Select[Any]:
    """A sub-select of many ids: no limit on their number."""
    each = sa.func.json_each(json.dumps([int(i) for i in ids])).table_valued("value")
    return sa.select(each.c.value)


def _meeting_ref(row: Any) -> MeetingRef:
    return MeetingRef(
        record_id=row.id,
        title=row.title,
        date=row.date and date.fromisoformat(row.date),
        end_date=row.end_date and date.fromisoformat(row.end_date),
        session=row.session,
        series=row.series,
        body=row.body,
        language=row.language,
    )
