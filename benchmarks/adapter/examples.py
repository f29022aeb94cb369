"""Records and questions as the encoder meets them: passages cut as at ingestion, questions read as when asked.

A track is a folder of records (`docs/`) and questions about them (`queries.jsonl`); it is ingested into an index
that holds no vectors, and read back through the same public functions that serve a question.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.catalog import open_existing
from ingest.encoder import Encoded, Snippet
from ingest.index import OwnedIndex
from ingest.passages import snippet, split
from ingest.pipeline import ingest
from ingest.records import Language, Record, Span
from qa.corpus import Corpus, Session
from qa.engine import Minutebook, merge
from qa.evaluate import document_names, read_questions
from qa.metrics import Asked
from qa.scope import Scope

TODAY = datetime.date(2026, 1, 1)  # what "last year" is counted from, so that a rerun reads the same


class Unread:
    """An encoder that knows no language: an index made with it holds passages and no vectors."""

    id = "none"
    dimensions = 1

    def knows(self, language: Language) -> bool:
        return False

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        raise NotImplementedError("nothing is encoded here")

    def encode_query(self, text: str) -> np.ndarray:
        raise NotImplementedError("nothing is encoded here")


@dataclass(frozen=True, slots=True)
class Piece(Span):
    """An indexed passage of a record: its range, what the encoder reads of it, and its sentences in the record."""

    snippet: Snippet
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the records answer.

    topic   what the encoder is asked with; `text` the question in full
    within  the records in its scope, as paths relative to the track's `docs/`
    gold    where the answer lies, by record
    """

    id: str
    text: str
    topic: str
    within: tuple[str, ...]
    gold: dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Track:
    """A set of records and the questions about them; pieces by path, in the order of the text."""

    name: str
    pieces: dict[str, tuple[Piece, ...]]
    examples: tuple[Example, ...]


def read_track(name: str, docs: Path, questions: Path, index: Path) -> Track:
    """The records under `docs` and the answerable English questions of a file.

    index  where the records are ingested, or were by an earlier run
    """
    with OwnedIndex.open(index, Unread()) as owned:
        names = document_names(ingest([docs], owned, prune=True), docs)
    asked = [one for one in read_questions(questions) if one.gold]
    corpus = Corpus(open_existing(index), Unread())
    with Minutebook.open(index, encoder=Unread(), today=TODAY) as book, corpus.session() as session:
        pieces = {path: _pieces(book.record(record_id)) for record_id, path in names.items()}
        examples = [_example(one, book, session, names) for one in asked]
    corpus.catalog.close()
    return Track(name, dict(sorted(pieces.items())), tuple(one for one in examples if one))


def read_bench_track(folder: Path, index: Path) -> Track:
    """A track of the benchmark folder: `docs/` and `queries.jsonl`."""
    return read_track(folder.name, folder / "docs", folder / "queries.jsonl", index)


def _pieces(record: Record | None) -> tuple[Piece, ...]:
    assert record is not None
    return tuple(
        Piece(passage.start, passage.end, snippet(passage), passage.sentences)
        for passage in split(record)
        if passage.indexed and passage.language == "en"
    )


def _example(asked: Asked, book: Minutebook, session: Session, names: dict[str, str]) -> Example | None:
    ids = {name: record_id for record_id, name in names.items()}
    chosen = None if asked.scope is None else (ids[asked.scope],)
    reading = next(book.stream(asked.question, records=chosen)).question
    if reading.language != "en":
        return None
    scope = merge(Scope(records=chosen), reading)
    within = [] if reading.missing else [names[m.record_id] for m in session.meetings(scope)]
    gold: dict[str, tuple[Span, ...]] = {}
    for span in asked.gold:
        gold[span.doc] = (*gold.get(span.doc, ()), Span(span.start, span.end))
    topic = reading.topic or asked.question
    return Example(asked.id, asked.question, topic, tuple(sorted(within)), gold)
