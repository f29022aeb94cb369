"""Passages as a reader holds them: without their words in memory, and with them while a question is answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from ingest.records import Language, Span
from qa.sqlite import rows_of


class Edition(NamedTuple):
    """A version of a record that readers see.

    first  id of its first passage (0 without any): no id is given twice, so a record that was removed and came back
           with the same id and version number is another edition
    """

    record_id: str
    version: int
    first: int


@dataclass(frozen=True, slots=True)
class Held:
    """A passage that is kept; `borders` is JSON of its sentences."""

    id: int
    edition: Edition
    ordinal: int
    start: int
    end: int
    item: tuple[str, ...]
    speakers: tuple[str, ...]
    language: Language
    borders: str
    with_vector: bool

    def within(self, record_text: str) -> "StoredPassage":
        """The passage with its words, which stand in the text of its edition."""
        return StoredPassage(
            start=self.start,
            end=self.end,
            id=self.id,
            record_id=self.edition.record_id,
            version=self.edition.version,
            ordinal=self.ordinal,
            item=self.item,
            speakers=self.speakers,
            language=self.language,
            borders=self.borders,
            record_text=record_text,
        )


@dataclass(frozen=True, slots=True)
class StoredPassage(Span):
    """An active passage as the catalog holds it.

    borders      JSON of its sentences, read only when they are needed
    record_text  of the version of the record it belongs to
    """

    id: int
    record_id: str
    version: int
    ordinal: int
    item: tuple[str, ...]
    speakers: tuple[str, ...]
    language: Language
    borders: str = field(repr=False)
    record_text: str = field(repr=False)

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.record_text[self.start : self.end]

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Ranges that tile the passage; the rows of its sentence vectors belong to them."""
        return tuple(Span(start, end) for start, end in json.loads(self.borders))


def active_passages(
    connection: sa.Connection, editions: dict[str, Edition], before: Sequence[Held]
) -> tuple[Held, ...]:
    """The passages of these editions: those there were before, and the others from the catalog."""
    kept = [passage for passage in before if editions.get(passage.edition.record_id) == passage.edition]
    known = {passage.edition for passage in kept}
    kept += _read(connection, [edition for edition in editions.values() if edition not in known])
    return tuple(sorted(kept, key=lambda passage: passage.id))


def _read(connection: sa.Connection, editions: Sequence[Edition]) -> list[Held]:
    """The indexed passages of these editions; titles, speakers and languages are shared between them."""
    wanted = json.dumps(editions)
    voices: dict[int, tuple[str, ...]] = {}
    shared: dict[Any, Any] = {}
    for passage_id, speaker in rows_of(connection, _VOICES, wanted):
        heard = (*voices.get(passage_id, ()), speaker)
        voices[passage_id] = shared.setdefault(heard, heard)
    found = []
    for place, passage_id, ordinal, start, end, item, language, borders, with_vector in rows_of(
        connection, _PASSAGES, wanted
    ):
        if item not in shared:
            shared[item] = tuple(json.loads(item))
        found.append(
            Held(
                id=passage_id,
                edition=editions[place],
                ordinal=ordinal,
                start=start,
                end=end,
                item=shared[item],
                speakers=voices.get(passage_id, ()),
                language=shared.setdefault(language, language),
                borders=borders,
                with_vector=bool(with_vector),
            )
        )
    return found


_OF_EDITIONS = (
    "FROM json_each(?) wanted CROSS JOIN passages p "
    "ON p.record_id = wanted.value ->> 0 AND p.version = wanted.value ->> 1"
)
_PASSAGES = (
    'SELECT wanted.key, p.id, p.ordinal, p.start, p."end", p.item, p.language, p.sentences, '
    f"p.vector_key IS NOT NULL {_OF_EDITIONS} WHERE p.indexed = 1"
)
_VOICES = (
    f"SELECT s.passage_id, s.speaker {_OF_EDITIONS} JOIN passage_speakers s ON s.passage_id = p.id "
    "ORDER BY s.passage_id, s.ordinal"
)
