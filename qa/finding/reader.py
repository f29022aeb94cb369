"""What the reader (`ingest.cross_encoder`) says of passages that were found: whether each answers, and which sentence.

It reads a question and a passage together, with the title, day, agenda item and speaker of the passage before its
words. A passage that is too long is read in windows of whole sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.bundled import E5
from ingest.records import Span
from qa.answers import MeetingRef
from qa.passages import StoredPassage

if TYPE_CHECKING:
    from ingest.cross_encoder import CrossEncoder

SHIPPED = Path(__file__).parent / "weights"
QUESTION, HEADER, TEXT = 40, 28, 200  # tokens of each part at most


@dataclass(frozen=True, slots=True)
class Window(Span):
    """Whole sentences of a text, as tokens.

    ids    of the tokens
    begins  where each of them begins in the text
    """

    ids: tuple[int, ...] = field(repr=False)
    begins: np.ndarray = field(repr=False, compare=False)

    def inside(self, spans: Sequence[Span]) -> np.ndarray:
        """For each token whether it begins inside one of the spans, shape (t,)."""
        found = np.zeros(len(self.ids), bool)
        for span in spans:
            found |= (self.begins >= span.start) & (self.begins < span.end)
        return found


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader says of a passage.

    question   that it was read with
    answers    the logit that it answers the question
    sentences  for each sentence of the passage the logit that it is evidence of that
    """

    question: str
    answers: float
    sentences: tuple[float, ...]


@lru_cache(maxsize=1)
def shipped() -> "CrossEncoder | None":
    """The reader that ships; None where the package of its encoder is not installed."""
    model = E5.find()
    if model is None or not SHIPPED.is_dir():
        return None
    from ingest.cross_encoder import CrossEncoder  # loads torch

    return CrossEncoder(model, SHIPPED)


def warm() -> None:
    """Loads the reader that ships and reads a little with it: the first time takes seconds."""
    reader = shipped()
    if reader is not None:
        from ingest.cross_encoder import pair

        ids = reader.tokens("What was decided on the budget?").ids
        reader.read([pair(ids, ids, ids)])


def read(
    reader: "CrossEncoder",
    question: str,
    passages: Sequence[StoredPassage],
    meetings: Mapping[str, MeetingRef],
) -> list[Read]:
    """What the reader says of passages, in their order."""
    from ingest.cross_encoder import pair

    asked = reader.tokens(question).ids[:QUESTION]
    cut = [list(windows(reader, p.record_text, p.sentences)) for p in passages]
    headers = [header_of(reader, p, meetings[p.record_id]) for p in passages]
    pairs = [
        pair(asked, header, window.ids) for header, of in zip(headers, cut, strict=True) for window in of
    ]
    readings = iter(reader.read(pairs))
    return [
        _joined(question, p, of, [next(readings) for _ in of]) for p, of in zip(passages, cut, strict=True)
    ]


def _joined(question: str, passage: StoredPassage, cut: Sequence[Window], readings: Sequence) -> Read:
    best = max((one.answers for one in readings), default=-10.0)
    logits = []
    for sentence in passage.sentences:
        own = [
            reading.evidence[window.inside([sentence])]
            for window, reading in zip(cut, readings, strict=True)
            if window.start <= sentence.start < window.end
        ]
        own = [values for values in own if len(values)]
        logits.append(max((float(values.mean()) for values in own), default=-10.0))
    return Read(question, best, tuple(logits))


def header_of(reader: "CrossEncoder", passage: StoredPassage, meeting: MeetingRef) -> list[int]:
    """The tokens of what stands above a passage: the day and title of its meeting, its agenda item, who speaks."""
    parts = [
        meeting.date.isoformat() if meeting.date else "",
        meeting.title,
        *passage.item[-1:],
        ", ".join(passage.speakers[:2]),
    ]
    ids = [reader.tokens(part).ids[:most] for part, most in zip(parts, (8, 12, 10, 8), strict=False) if part]
    return [i for own in ids for i in own][:HEADER]


def windows(
    reader: "CrossEncoder", text: str, sentences: Sequence[Span], most: int = TEXT
) -> Iterator[Window]:
    """The sentences of a text in runs of at most so many tokens; a longer sentence is cut short."""
    if not sentences:
        return
    start = sentences[0].start
    said = text[start : sentences[-1].end]
    read = reader.tokens(said)
    begins = np.array([end - len(said[at:end].lstrip()) for at, end in read.offsets], np.int64) + start
    ends = np.searchsorted(begins, [one.end for one in sentences])
    first, begun = 0, 0  # token, sentence
    for place, end in enumerate(ends):
        last = place + 1 == len(sentences)
        if last or ends[place + 1] - first > most:
            ids = tuple(read.ids[first:end][:most])
            if ids:
                yield Window(
                    sentences[begun].start, sentences[place].end, ids, begins[first : first + len(ids)]
                )
            first, begun = int(end), place + 1
