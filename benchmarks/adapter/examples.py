"""Records and questions as the encoder meets them: passages cut as at ingestion, questions read as when asked.

A track is a folder of records (`docs/`) and questions about them (`queries.jsonl`); it is ingested into an index
that holds no vectors, and read back through the same public functions that serve a question.
"""

import datetime
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from qa.metrics import Asked, DocSpan
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
    """The records under `docs` and the answerable questions of a file.

    index  where the records are ingested, or were by an earlier run
    """
    asked = [one for one in read_questions(questions) if one.gold]
    return _track(name, docs, index, TODAY, lambda records: asked)


def read_bench_track(folder: Path, index: Path) -> Track:
    """A track of the benchmark folder: `docs/` and `queries.jsonl`."""
    return read_track(folder.name, folder / "docs", folder / "queries.jsonl", index)


def read_body(folder: Path, index: Path) -> Track:
    """A body of the benchmark folder, whose questions give what answers them as quotes."""
    rows = _lines(folder / "queries.jsonl")
    today = next((row["asked_on"] for row in rows if row.get("asked_on")), None)
    dates = [row["date"] for row in _lines(folder / "records.jsonl") if row.get("date")]
    day = datetime.date.fromisoformat(today or max(dates, default=TODAY.isoformat()))
    if not today and dates:
        day += datetime.timedelta(days=1)  # vague times count from the day after the newest record
    return _track(folder.name, folder / "docs", index, day, lambda records: _quoted(rows, records))


def _track(
    name: str,
    docs: Path,
    index: Path,
    today: datetime.date,
    questions: Callable[[dict[str, Record]], Sequence[Asked]],
) -> Track:
    with OwnedIndex.open(index, Unread()) as owned:
        names = document_names(ingest([docs], owned, prune=True), docs)
    corpus = Corpus(open_existing(index), Unread())
    with Minutebook.open(index, encoder=Unread(), today=today) as book, corpus.session() as session:
        records = {path: found for record_id, path in names.items() if (found := book.record(record_id))}
        pieces = {path: _pieces(record) for path, record in records.items()}
        examples = [_example(one, book, session, names) for one in questions(records)]
    corpus.catalog.close()
    return Track(name, dict(sorted(pieces.items())), tuple(one for one in examples if one.gold))


def _pieces(record: Record) -> tuple[Piece, ...]:
    return tuple(
        Piece(passage.start, passage.end, snippet(passage), passage.sentences)
        for passage in split(record)
        if passage.indexed
    )


def _quoted(rows: Sequence[dict[str, Any]], records: dict[str, Record]) -> list[Asked]:
    """The answerable questions of a body; what is as good as gold is gold."""
    squashed = {path: _squashed(record.text) for path, record in records.items()}
    out = []
    for row in rows:
        quotes = [quote for quote in row["gold"] + row.get("also", []) if quote["doc"] in squashed]
        spans = [
            DocSpan(quote["doc"], span.start, span.end)
            for quote in quotes
            for span in quoted(quote["quote"], *squashed[quote["doc"]])
        ]
        if spans and not row.get("unanswerable"):
            out.append(Asked(row["id"], row["question"], gold=tuple(spans)))
    return out


def quoted(quote: str, squashed: str, places: Sequence[int]) -> list[Span]:
    """Where a quote stands in a text, white space aside: every place, of its first half where all of it has none.

    squashed  the text without white space
    places    where in the text each of its characters stands
    """
    wanted = "".join(quote.split())
    for part in (wanted, wanted[: max(12, len(wanted) // 2)]):
        starts = [found.start() for found in re.finditer(f"(?={re.escape(part)})", squashed)] if part else []
        if starts:
            return [Span(places[at], places[min(at + len(part), len(places)) - 1] + 1) for at in starts]
    return []


def _squashed(text: str) -> tuple[str, list[int]]:
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return "".join(text[place] for place in places), places


def _lines(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _example(asked: Asked, book: Minutebook, session: Session, names: dict[str, str]) -> Example:
    ids = {name: record_id for record_id, name in names.items()}
    chosen = None if asked.scope is None else (ids[asked.scope],)
    reading = next(book.stream(asked.question, records=chosen)).question
    scope = merge(Scope(records=chosen), reading)
    within = [] if reading.missing else [names[m.record_id] for m in session.meetings(scope)]
    gold: dict[str, tuple[Span, ...]] = {}
    for span in asked.gold:
        gold[span.doc] = (*gold.get(span.doc, ()), Span(span.start, span.end))
    topic = reading.topic or asked.question
    return Example(asked.id, asked.question, topic, tuple(sorted(within)), gold)
