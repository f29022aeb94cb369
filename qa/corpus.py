"""The read side of an index: meetings, records, passages and vectors, as one state of the catalog.

Everything a question needs is read in one transaction (`Corpus.session`), so text, access and version
agree. The dense leg is exact over the catalog's vectors; where this process owns the index and nothing but
access narrows the scope, Chroma answers instead and its hits are joined to the catalog.
"""

import json
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import sqlalchemy as sa

from ingest import store
from ingest.catalog import Catalog
from ingest.embedding import vector_of
from ingest.encoder import Encoder
from ingest.errors import IndexMismatch, RecordDamaged
from ingest.index import OwnedIndex
from ingest.nearest import Nearest
from ingest.records import PUBLIC, Decision, Record
from ingest.rows import decision_from, record_from, section_from, turn_from
from ingest.seals import (
    MEETING,
    PARTS,
    Damage,
    Part,
    digest_of_fields,
    digest_of_text,
    find_changed_fields,
    find_damage,
    find_unstanding,
)
from ingest.tables import decisions, records, sections, turns, versions
from ingest.vectors import DenseIndex
from ingest.words import bigrams, has_han, topic_words
from qa.answers import MeetingRef, VersionRef
from qa.holdings import Holdings, state_of
from qa.kept import Kept
from qa.listed import people_listed
from qa.passages import Edition, StoredPassage
from qa.scope import Scope, every_version, readable, readable_version
from qa.sqlite import rows_of
from qa.voices import bare_name, reports

Made = TypeVar("Made")
EXACT_LIMIT = 4_096  # passages in scope up to which their vectors are read from the catalog directly
COPIED = 4  # comparing copies of vectors is quicker than comparing all, up to one in so many
REGISTERS = 4_000  # decision registers of records, and the names in them, that are kept in memory
TEXTS = 20_000_000  # characters of records that are kept in memory


@dataclass(frozen=True, slots=True)
class Named:
    """The names that one version of a record gives: its chair, who attended or speaks, and who else is listed."""

    chair: str | None
    present: tuple[str, ...]
    others: tuple[str, ...]


class Corpus:
    """What can be read of an index; safe to share between threads."""

    def __init__(
        self,
        catalog: Catalog,
        encoder: Encoder,
        dense: DenseIndex | Nearest | None = None,
        owned: OwnedIndex | None = None,
    ) -> None:
        """`owned` is the index where this process owns it, and may encode it anew."""
        self.catalog = catalog
        self._encoder = encoder
        self._owned = owned
        self.dense = dense
        self.registers: Kept[Edition, list[Decision]] = Kept(REGISTERS)
        self.named: Kept[Edition, Named] = Kept(REGISTERS)
        self.texts: Kept[Edition, str] = Kept(TEXTS, len)
        self._holdings: Holdings | None = None
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[int, object]] = {}

    @property
    def encoder(self) -> Encoder:
        """What the index is encoded with now."""
        return self._owned.encoder if self._owned else self._encoder

    def encoder_of(self, made_with: str | None) -> Encoder:
        """The encoder of a state of the index. Raises IndexMismatch where another process encoded it anew."""
        ours = self.encoder
        known = (ours, *(self._owned.encoders if self._owned else ()))
        found = next((one for one in known if made_with in (None, "", one.id)), None)
        if found is None:
            raise IndexMismatch.of_encoder(self.catalog.path.parent, made_with, ours.id)
        return found

    @contextmanager
    def session(self, access: Sequence[str] = (PUBLIC,)) -> Iterator["Session"]:
        """One state of the corpus to read from, for somebody who may see what these groups may."""
        with self.catalog.read() as connection:
            yield Session(self, connection, tuple(access))

    def kept(self, session: "Session", key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make()` gives, made once per key and state of the index."""
        found = self._kept.get(key)
        if found is None or found[0] != session.generation:
            found = self._kept[key] = (session.generation, make())
        return cast(Made, found[1])

    def leave_out(self, error: RecordDamaged) -> bool:
        """Leaves a record out that was found damaged while it was read; False where nothing would change by it."""
        with self._lock, self.catalog.read() as connection:
            found = find_damage(connection, [(error.record_id, error.version)])
            self._kept.clear()  # it may have been made of what that record says
            return any(self._holdings.leave_out(damage) for damage in found) if self._holdings else False

    def holdings(self, connection: sa.Connection) -> Holdings:
        """What the index holds in the state that `connection` sees, kept until it is asked for in another."""
        state = state_of(connection)
        with self._lock:
            if self._holdings is None or self._holdings.state != state:
                self._holdings = Holdings(connection, self._holdings)
            return self._holdings


class Session:
    """Reads within one transaction; what is counted for `access` is counted in what these groups may see."""

    def __init__(self, corpus: Corpus, connection: sa.Connection, access: tuple[str, ...]) -> None:
        self.corpus = corpus
        self.connection = connection
        self.access = access
        self._queries: dict[str, np.ndarray | None] = {}
        self._in_reach: dict[Scope, list[bool]] = {}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._readable: dict[tuple[str, ...], set[str]] = {}
        self._inside: dict[Scope, np.ndarray] = {}

    @cached_property
    def holdings(self) -> Holdings:
        return self.corpus.holdings(self.connection)

    @property
    def generation(self) -> int:
        return self.holdings.state.generation

    def query_vector(self, text: str) -> np.ndarray | None:
        """The vector of a question, encoded once a session; None in a language the encoder was not made for.

        Raises IndexMismatch when the index was encoded anew with another encoder since it was opened.
        """
        if text not in self._queries:
            encoder = self.corpus.encoder_of(self.holdings.state.encoder)
            self._queries[text] = vector_of(encoder, text)
        return self._queries[text]

    @cached_property
    def passage_count(self) -> int:
        """How many passages the asker may see, in scope or not."""
        return int(np.count_nonzero(self.seen))

    @cached_property
    def seen(self) -> np.ndarray:
        """For each of `holdings.ids` whether the asker may see it; nothing else may be counted in what is shown."""
        return self.inside(Scope(access=self.access))

    def frequency(self, word: str, table: str = "passage_words") -> int:
        """In how many passages that the asker may see a search word stands, or with "passage_grams" a pair."""
        if (table, word) not in self._frequencies:
            counts = self.holdings.lexicon.counts(self.connection, table, word)
            self._frequencies[table, word] = counts.among(self.seen, in_text=True)
        return self._frequencies[table, word]

    # -- meetings and records ------------------------------------------------------------------------------

    def meetings(self, scope: Scope) -> list[MeetingRef]:
        """The meetings in scope, newest first, those without a date last."""
        return [
            meeting
            for meeting, inside in zip(self.holdings.meetings, self._reached(scope), strict=True)
            if inside
        ]

    def records_in(self, scope: Scope) -> list[str]:
        """Ids of the records in scope, those of the newest meetings first."""
        return [meeting.record_id for meeting in self.meetings(scope)]

    def _reached(self, scope: Scope) -> list[bool]:
        """For each of `holdings.meetings` whether it is in scope; who may read it is asked of the catalog."""
        scope = replace(scope, speakers=())
        if scope not in self._in_reach:
            allowed = self._allowed(scope.access) - self.holdings.damaged.keys()
            everything = not scope.narrow
            self._in_reach[scope] = [
                meeting.record_id in allowed and (everything or scope.holds(meeting))
                for meeting in self.holdings.meetings
            ]
        return self._in_reach[scope]

    def _allowed(self, access: Sequence[str]) -> set[str]:
        """Ids of the records that these groups may read."""
        groups = tuple(access)
        if groups not in self._readable:
            found = self.connection.scalars(sa.select(records.c.id).where(readable(groups)))
            self._readable[groups] = set(found) - self._unstanding.keys()
        return self._readable[groups]

    @cached_property
    def _unstanding(self) -> dict[str, Damage]:
        """The records of which it is not known who may read them, by id: nobody may."""
        return find_unstanding(self.connection)

    def damaged(self) -> list[Damage]:
        """What is damaged of the records that the asker may read, by the names of their files; where it is not known
        who may read one, it is named by its id alone.
        """
        allowed = self._allowed(self.access)
        found = [damage for damage in self.holdings.damaged.values() if damage.record_id in allowed]
        found += [replace(damage, source="") for damage in self._unstanding.values()]
        return sorted(found, key=lambda damage: damage.name)

    def record(self, record_id: str, access: Sequence[str], version: int | None = None) -> Record | None:
        """A record in its active or an older version; None when there is none that the groups may read.

        Raises RecordDamaged where it is not what was stored.
        """
        wanted = records.c.active if version is None else sa.literal(version)
        statement = (
            sa.select(versions)
            .select_from(every_version())
            .where(records.c.id == record_id, readable_version(access), versions.c.version == wanted)
        )
        row = self.connection.execute(statement).mappings().first()
        if row is None:
            return None
        for damage in find_unstanding(self.connection, [record_id]).values():
            raise _damaged(replace(damage, version=row["version"], source=record_id))
        parts = [self._parts(table, record_id, row["version"]) for table in (sections, turns, decisions)]
        _require_sound(row, parts)
        found_sections, found_turns, found_decisions = parts
        return record_from(
            row,
            row["source"],
            sections=tuple(section_from(part) for part in found_sections),
            turns=tuple(turn_from(part) for part in found_turns),
            decisions=tuple(decision_from(part) for part in found_decisions),
        )

    def versions(self, record_id: str, access: Sequence[str]) -> list[VersionRef]:
        """The versions of a record that the groups may read, newest first; none when they may not read the active one.

        What is said of a version is said beside those alone: one that is hidden counts nowhere.
        """
        named = (versions.c[name] for name in ("version", "ingested", "title", "date"))
        same = (
            versions.c[name] == sa.func.lag(versions.c[name]).over(order_by=versions.c.version)
            for name in _CONTENT
        )
        statement = (
            sa.select(*named, records.c.active, sa.and_(*same).label("reread"))
            .select_from(every_version())
            .where(records.c.id == record_id, readable_version(access))
            .order_by(versions.c.version.desc())
        )
        rows = self.connection.execute(statement).all()
        found = find_damage(self.connection, [(record_id, row.version) for row in rows])
        damaged = {damage.version for damage in found}
        return [
            VersionRef(
                record_id=record_id,
                version=row.version,
                active=row.version == row.active,
                ingested=row.ingested,
                title=row.title,
                date=row.date and date.fromisoformat(row.date),
                reread=bool(row.reread),
            )
            for row in rows
            if row.version not in damaged
        ]

    def may_read(self, editions: Iterable[tuple[str, int]], access: Sequence[str]) -> bool:
        """Whether the groups may read every one of these (record id, version); version 0 stands for all of a record."""
        wanted = set(editions)
        among = sa.func.json_each(json.dumps([record_id for record_id, _ in wanted])).table_valued("value")
        statement = (
            sa.select(records.c.id, versions.c.version, readable_version(access))
            .select_from(every_version())
            .where(records.c.id.in_(sa.select(among.c.value)), versions.c.state != "staging")
        )
        held = {(record_id, version): may for record_id, version, may in self.connection.execute(statement)}
        whole = {
            record_id: [may for (of, _), may in held.items() if of == record_id] for record_id, _ in held
        }
        if find_unstanding(self.connection, {record_id for record_id, _ in wanted}):
            return False
        return all(
            held.get((record_id, version), False) if version else all(whole.get(record_id, [False]))
            for record_id, version in wanted
        )

    def _parts(self, table: sa.Table, record_id: str, version: int) -> Sequence[Any]:
        statement = (
            sa.select(table)
            .where(table.c.record_id == record_id, table.c.version == version)
            .order_by(table.c.ordinal)
        )
        return self.connection.execute(statement).mappings().all()

    def people(self, scope: Scope) -> list[tuple[str, str | None]]:
        """Who speaks, chairs or attends in scope: (name as written, None or "chair")."""
        wanted = [self.holdings.editions[record_id] for record_id in self.records_in(scope)]
        named = self._kept_of(wanted, self.corpus.named, self._named).values()
        found: set[tuple[str, str | None]] = {(one.chair, "chair") for one in named if one.chair}
        found |= {(name, None) for one in named for name in one.present}
        known = {bare_name(name) for name, _ in found}
        found |= {(name, None) for one in named for name in one.others if bare_name(name) not in known}
        return sorted(found, key=lambda person: (person[0], person[1] or ""))

    def _named(self, editions: Sequence[Edition]) -> dict[Edition, Named]:
        """The names in each edition, as they were stored. Raises RecordDamaged."""
        self._require_fields(editions)
        wanted = json.dumps(editions)
        spoke: dict[int, list[str]] = {}
        for place, speaker in rows_of(self.connection, _SPEAKING, wanted):
            spoke.setdefault(place, []).append(speaker)
        found = {}
        for place, chair, details in rows_of(self.connection, _PRESIDING, wanted):
            listed = json.loads(details)
            attended = [name for entry in listed["attendees"] for name in people_listed(entry)]
            others = [name for entry in listed.get("others", ()) for name in people_listed(entry)]
            found[editions[place]] = Named(chair, (*attended, *spoke.get(place, ())), tuple(others))
        return found

    def _kept_of(
        self,
        editions: Sequence[Edition],
        kept: Kept[Edition, Made],
        read: Callable[[Sequence[Edition]], dict[Edition, Made]],
    ) -> dict[Edition, Made]:
        """What is kept of each edition; of the others it is read."""
        found = kept.known(editions)
        if missing := [edition for edition in editions if edition not in found]:
            more = read(missing)
            kept.keep(more)
            found |= more
        return found

    def _require_fields(self, editions: Sequence[Edition]) -> None:
        """Raises RecordDamaged unless what was read in these editions is what was stored, as it lies there now.

        They were looked at when the index was; what is read of them since then is to be looked at again.
        """
        for damage in find_changed_fields(self.connection, [edition[:2] for edition in editions]):
            raise _damaged(damage)

    def decisions_of(self, record_ids: Sequence[str]) -> dict[str, list[Decision]]:
        """The register of each of these records' active versions, in the order of the text."""
        held = self.holdings.editions
        wanted = [held[record_id] for record_id in record_ids if record_id in held]
        registers = self._kept_of(wanted, self.corpus.registers, self._registers)
        return {edition.record_id: register for edition, register in registers.items() if register}

    def _registers(self, editions: Sequence[Edition]) -> dict[Edition, list[Decision]]:
        """The register of each edition, as it was stored; one without decisions has an empty one.

        Raises RecordDamaged.
        """
        self._require_fields(editions)
        statement = sa.text(
            "SELECT d.*, k.key AS place FROM json_each(:editions) k CROSS JOIN decisions d "
            "ON d.record_id = k.value ->> 0 AND d.version = k.value ->> 1 ORDER BY k.key, d.ordinal"
        )
        found: dict[Edition, list[Decision]] = {edition: [] for edition in editions}
        for row in self.connection.execute(statement, {"editions": json.dumps(editions)}).mappings():
            found[editions[row["place"]]].append(decision_from(row))
        return found

    # -- passages and vectors ------------------------------------------------------------------------------

    def count(self, scope: Scope) -> int:
        """How many passages are in scope."""
        return int(self.inside(scope).sum())

    def ids(self, scope: Scope) -> list[int]:
        """Ids of the passages in scope, ascending."""
        found: list[int] = self.holdings.ids[self.inside(scope)].tolist()
        return found

    def inside(self, scope: Scope) -> np.ndarray:
        """For each of `holdings.ids` whether it is in scope: what is asked about and its asker may read."""
        if scope not in self._inside:
            self._inside[scope] = self._find_inside(scope)
        return self._inside[scope]

    def _find_inside(self, scope: Scope) -> np.ndarray:
        held = self.holdings
        inside: np.ndarray = np.array(self._reached(scope), bool)[held.records]
        if scope.speakers:
            statement = (
                "SELECT passage_id FROM passage_speakers WHERE speaker IN (SELECT value FROM json_each(?))"
            )
            spoken = [i for (i,) in rows_of(self.connection, statement, json.dumps(list(scope.speakers)))]
            speaking = np.zeros(len(inside), bool)
            speaking[held.places_of([*spoken, *self._reporting(scope)])] = True
            inside &= speaking
        return inside

    def _reporting(self, scope: Scope) -> list[int]:
        """Ids of the passages that report, as minutes do, what one of the speakers in scope said."""
        anybody = replace(scope, speakers=())
        naming = {i for name in scope.speakers for i in self.naming(name, anybody)}
        found = self.load([i for (i,) in rows_of(self.connection, _UNSPOKEN, json.dumps(sorted(naming)))])
        return [i for i, passage in found.items() if reports(passage.text, scope.speakers)]

    def naming(self, person: str, scope: Scope) -> list[int]:
        """Ids of the passages in scope that hold the name of a person, or the last word of it, in text or context."""
        name = bare_name(person)
        if has_han(name):  # names are cut one way here and another way there; pairs of characters are not
            return self.holding(bigrams(name)[-1], scope, "passage_grams") if len(name) > 1 else []
        words = topic_words(name.split()[-1])
        return self.holding(words[-1], scope) if words else []

    def ranked(
        self, table: str, words: Sequence[str], context_weight: float, scope: Scope, most: int
    ) -> list[tuple[int, float]]:
        """The passages in scope that hold any of the words, with their BM25, the best `most`, ties by id."""
        held = self.holdings
        scores = held.lexicon.bm25(self.connection, table, words, context_weight, self.seen)
        places = np.flatnonzero((scores > 0) & self.inside(scope))
        best = places[_best(scores[places], most)]
        return list(zip(held.ids[best].tolist(), scores[best].tolist(), strict=True))

    def holding(self, word: str, scope: Scope, table: str = "passage_words") -> list[int]:
        """Ids of the passages in scope that hold a word, or with "passage_grams" a pair of characters."""
        places = self.holdings.lexicon.counts(self.connection, table, word).places
        found: list[int] = self.holdings.ids[places[self.inside(scope)[places]]].tolist()
        return found

    def records_holding(self, words: Sequence[str], scope: Scope) -> set[str]:
        """Ids of the records in scope in which every one of these search words stands, in text or context."""
        held, inside = self.holdings, self.inside(scope)
        found: list[set[str]] = []
        for word in words:
            places = held.lexicon.counts(self.connection, "passage_words", word).places
            records = np.unique(held.records[places[inside[places]]]).tolist()
            found.append({held.meetings[record].record_id for record in records})
        return set.intersection(*found) if found else set()

    def counts(
        self, table: str, words: Sequence[str], context_weight: float, ids: Sequence[int]
    ) -> tuple[np.ndarray, np.ndarray]:
        """How often each word stands in each of these active passages, shape (passages, words), and their lengths."""
        held = self.holdings
        wanted = held.places_of(ids)
        found = np.zeros((len(wanted), len(words)))
        for column, word in enumerate(words):
            counts = held.lexicon.counts(self.connection, table, word)
            if len(counts.places):
                at = np.minimum(np.searchsorted(counts.places, wanted), len(counts.places) - 1)
                often = counts.text[at] + context_weight * counts.context[at]
                found[:, column] = np.where(counts.places[at] == wanted, often, 0.0)
        return found, held.lexicon.lengths(self.connection, table)[wanted].astype(float)

    def nearest(self, vector: np.ndarray, scope: Scope, most: int) -> list[tuple[int, float]]:
        """The passages in scope whose vectors are nearest, with their cosine, ties by id; no approximation."""
        held, inside = self.holdings, self.inside(scope)
        ids = held.ids[held.with_vector & inside]
        if not len(ids):
            return []
        if len(ids) <= EXACT_LIMIT and not held.has_matrix:
            vectors = self.vectors_of(ids.tolist())
            none = np.zeros_like(vector)
            cosines = np.stack([vectors.get(passage_id, none) for passage_id in ids.tolist()]) @ vector
        else:
            matrix = held.matrix(self.connection, len(vector))
            chosen = inside[held.with_vector]
            few = len(ids) <= max(EXACT_LIMIT, len(matrix.ids) // COPIED)
            cosines = matrix.rows[chosen] @ vector if few else (matrix.rows @ vector)[chosen]
        best = _best(cosines, most)
        return list(zip(ids[best].tolist(), cosines[best].tolist(), strict=True))

    def among(self, scope: Scope, ids: Sequence[int]) -> set[int]:
        """Those of `ids` that are active passages in scope."""
        places = self.holdings.places_of(ids)
        return set(self.holdings.ids[places[self.inside(scope)[places]]].tolist())

    def around(self, scope: Scope, ids: Sequence[int], reach: int) -> list[int]:
        """`ids`, which are in scope, and the passages in scope up to `reach` places from them in the same record."""
        places = self.holdings.around(self.holdings.places_of(ids), reach)
        found: list[int] = self.holdings.ids[places[self.inside(scope)[places]]].tolist()
        return found

    def load(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Active passages by id, with their text cut from the record."""
        held = [self.holdings.passages[place] for place in self.holdings.places_of(ids).tolist()]
        texts = self._texts(list(dict.fromkeys(passage.edition for passage in held)))
        return {passage.id: passage.within(texts[passage.edition]) for passage in held}

    def texts(self, record_ids: Iterable[str]) -> dict[str, str]:
        """The whole text of the active version of each of these records. Raises RecordDamaged."""
        found = self._texts([self.holdings.editions[record_id] for record_id in record_ids])
        return {edition.record_id: text for edition, text in found.items()}

    def _texts(self, editions: Sequence[Edition]) -> dict[Edition, str]:
        """The whole text of each edition; what is read is compared with what was stored. Raises RecordDamaged."""
        texts = self.corpus.texts.known(editions)
        missing = [edition for edition in editions if edition not in texts]
        found = list(rows_of(self.connection, _TEXTS, json.dumps(missing)))
        for place, text, digest, source in found:
            if digest_of_text(text) != digest:
                raise _damaged(Damage(*missing[place][:2], str(source), ("text",)))
        read = {missing[place]: text for place, text, *_ in found}
        self.corpus.texts.keep(read)
        return texts | read

    def vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """Passage vectors by id; passages in a language the encoder was not made for have none."""
        statement = sa.text(
            "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids))"
        )
        rows = self.connection.execute(statement, {"ids": json.dumps(list(ids))})
        return {number: store.unpack_vector(blob, self.corpus.encoder.dimensions) for number, blob in rows}

    def sentence_vectors_of(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """For each passage the unit vectors of its sentences, shape (n, d)."""
        statement = sa.text(
            "SELECT p.id, v.sentences FROM passages p JOIN vectors v ON v.key = p.vector_key "
            "WHERE p.id IN (SELECT value FROM json_each(:ids))"
        )
        rows = self.connection.execute(statement, {"ids": json.dumps(list(ids))})
        unpacked = (
            (number, store.unpack_sentences(blob, self.corpus.encoder.dimensions)) for number, blob in rows
        )
        return {number: vectors for number, vectors in unpacked if vectors is not None}


def _best(scores: np.ndarray, most: int) -> np.ndarray:
    """Places of the `most` highest scores, highest first, the lower place first among equals."""
    places = np.arange(len(scores))
    if len(scores) > most:
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        places = np.flatnonzero(scores >= least)
    best: np.ndarray = places[np.lexsort((places, -scores[places]))][:most]
    return best


def _require_sound(row: Mapping[str, Any], parts: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """Raises RecordDamaged unless a version, read with its sections, turns and decisions, is what was stored."""
    values = (
        [part[column] for column in columns]
        for of_table, columns in zip(parts, PARTS.values(), strict=True)
        for part in of_table
    )
    fields = digest_of_fields([row[name] for name in MEETING], row["details"], values)
    broken: list[Part] = []
    if digest_of_text(row["text"]) != row["text_digest"]:
        broken.append("text")
    if fields != row["fields_digest"]:
        broken.append("fields")
    if broken:
        raise _damaged(Damage(row["record_id"], row["version"], str(row["source"]), tuple(broken)))


def _damaged(damage: Damage) -> RecordDamaged:
    return RecordDamaged(damage.record_id, damage.version, damage.told(Path(damage.source).name))


_OF_EDITIONS = (
    "FROM json_each(?) wanted CROSS JOIN {table} t "
    "ON t.record_id = wanted.value ->> 0 AND t.version = wanted.value ->> 1"
)
# What a version shares with the one before it where its file was only read anew.
_CONTENT = ("digest", "text")
_TEXTS = f"SELECT wanted.key, t.text, t.text_digest, t.source {_OF_EDITIONS.format(table='versions')}"
_UNSPOKEN = (  # passages of a list that are no part of a turn
    "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT passage_id FROM passage_speakers "
    "WHERE passage_id = value)"
)
_PRESIDING = f"SELECT wanted.key, t.chair, t.details {_OF_EDITIONS.format(table='versions')}"
_SPEAKING = f"SELECT DISTINCT wanted.key, t.speaker {_OF_EDITIONS.format(table='turns')}"
