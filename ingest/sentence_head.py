"""What a sentence records, as a small learned head reads it: an outcome and its kind, a task, or none of them.

The head sees the encoder's vector of the sentence, those of the sentences before and after it, and signs of layout.
It was fitted on labelled sentences (`benchmarks/train_sentences.py`; the card is docs/sentences.md), for one encoder
with its adapter, and is asked of no other. It adds entries that the rules have none for and changes none of theirs.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from ingest.decisions import completed
from ingest.records import Decision, DecisionKind, Passage, Record, Span
from ingest.register.headings import trimmed

SHIPPED = Path(__file__).parent / "head"
RULE = "head."  # how the rules are named that give what the head found
LABELS = (
    *("motion", "approved", "agreed", "elected", "decided", "recommended", "rejected", "deferred"),
    *("withdrawn", "noted", "undecided", "vote", "task", "attendance", "proposal", "discussion", "furniture"),
)
KINDS = {
    **{"approved": DecisionKind.APPROVED, "agreed": DecisionKind.AGREED, "elected": DecisionKind.DECIDED},
    **{"decided": DecisionKind.DECIDED, "recommended": DecisionKind.DECIDED},
    **{"rejected": DecisionKind.REJECTED, "deferred": DecisionKind.DEFERRED, "noted": DecisionKind.NOTED},
    **{"withdrawn": DecisionKind.WITHDRAWN, "undecided": DecisionKind.UNDECIDED},
    **{"vote": DecisionKind.VOTE, "task": DecisionKind.ASSIGNED},
}
# Votes and what was noted are left to the rules: the head is too often wrong about them (docs/sentences.md).
_SETTLED = frozenset(KINDS) - {"vote", "noted", "task"}
OWN, BESIDE = 128, 48  # components of a sentence's own vector that are read, and of those beside it

_OUTCOME = np.array([label in _SETTLED for label in LABELS])
_TASK = LABELS.index("task")
_MARKED = re.compile(
    r"[^\S\n]*(?:[-*+•●○]\s|\d{1,3}[.)、]|[（(][\da-z一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]+、)"
)
_LABELLED = re.compile(r"\W*[\w ]{1,24}[:：]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Unit(Span):
    """A sentence as the head reads it.

    vector  the encoder's, shape (d,)
    signs   of its layout, as `_signs` gives them
    bare    a heading, a row of a table, a question, or hardly a word: no entry by itself
    """

    vector: np.ndarray
    signs: tuple[bool, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The head's weights.

    encoder    `id` of the encoder whose vectors it reads
    threshold  the chance from which a sentence is an outcome; `task` that from which it is a task
    mean       shape (d,); components (d, OWN); weights (features, labels); bias (labels,)
    """

    encoder: str
    threshold: float
    task: float
    mean: np.ndarray
    components: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def chances(self, units: Sequence[Unit]) -> np.ndarray:
        """The chance of each label for each of a record's sentences, shape (n, labels)."""
        scores = features(units, self.mean, self.components) @ self.weights + self.bias
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return chances

    def save(self, file: Path) -> None:
        """Writes the weights in half precision, where `load` finds them."""
        names = ("mean", "components", "weights", "bias")
        halves = {name: getattr(self, name).astype(np.float16) for name in names}
        np.savez_compressed(file, encoder=self.encoder, threshold=self.threshold, task=self.task, **halves)


@cache
def head_for(encoder: str) -> Head | None:
    """The head that ships for the encoder of this `id`; None where there is none."""
    file = SHIPPED / f"{encoder.partition('@')[0]}.npz"
    head = load(file) if file.is_file() else None
    return head if head and head.encoder == encoder else None


def load(file: Path) -> Head:
    """The head in a file."""
    with np.load(file) as stored:
        numbers = (stored[name].astype(np.float32) for name in ("mean", "components", "weights", "bias"))
        return Head(str(stored["encoder"]), float(stored["threshold"]), float(stored["task"]), *numbers)


def with_found(
    record: Record, pieces: Sequence[Passage], vectors: Sequence[np.ndarray | None], head: Head
) -> Record:
    """The record with the entries that the head finds beside those there are.

    vectors  for each passage the unit vectors of its sentences, shape (n, d); None where it has none
    """
    units = units_of(record, pieces, vectors)
    if not units:
        return record
    chances = head.chances(units)
    chances[[unit.bare for unit in units]] = 0.0
    tasks = chances[:, _TASK] > head.task
    outcomes = ~tasks & (chances[:, _OUTCOME].sum(axis=1) > head.threshold)
    chances[:, _TASK] = np.where(tasks, 1.0, 0.0)
    found = [
        replace(completed(record.text, entry, record.sections, record.date), tally=None)
        for place in np.flatnonzero((tasks | outcomes) & ~_touched(units, record.decisions))
        if (entry := _entry(record.text, units[place], chances[place]))
    ]
    everything = sorted([*record.decisions, *found], key=lambda entry: (entry.start, entry.end))
    return replace(record, decisions=tuple(everything)) if found else record


def units_of(record: Record, pieces: Sequence[Passage], vectors: Sequence[np.ndarray | None]) -> list[Unit]:
    """The sentences of a record that have a vector, in order."""
    titles = [section.title_span for section in record.sections]
    title_starts = [title.start for title in titles]
    turn_starts = [turn.start for turn in record.turns]
    units = []
    for piece, rows in zip(pieces, vectors, strict=True):
        if rows is None or len(rows) != len(piece.sentences):
            continue
        for sentence, row in zip(piece.sentences, rows, strict=True):
            place = bisect_right(title_starts, sentence.end - 1) - 1
            heading = place >= 0 and _mostly(sentence, titles[place])
            turn = bisect_right(turn_starts, sentence.start) - 1
            spoken = turn >= 0 and sentence.start < record.turns[turn].end
            signs = _signs(record.text, sentence, heading, spoken)
            units.append(Unit(sentence.start, sentence.end, row, signs, _bare(record.text, sentence, signs)))
    return units


def features(units: Sequence[Unit], mean: np.ndarray, components: np.ndarray) -> np.ndarray:
    """What the head multiplies: own vector, those beside it, and the signs of all three; shape (n, features)."""
    own = (np.array([unit.vector for unit in units], np.float32) - mean) @ components
    signs = np.array([unit.signs for unit in units], np.float32)
    beside = 0.6 * own[:, :BESIDE]
    parts = (own, _before(beside), _after(beside), 0.7 * signs, 0.4 * _before(signs), 0.4 * _after(signs))
    return 1.5 * np.hstack(parts)


def _before(rows: np.ndarray) -> np.ndarray:
    return np.vstack([np.zeros_like(rows[:1]), rows[:-1]])


def _after(rows: np.ndarray) -> np.ndarray:
    return np.vstack([rows[1:], np.zeros_like(rows[:1])])


def _mostly(sentence: Span, title: Span) -> bool:
    shared = min(sentence.end, title.end) - max(sentence.start, title.start)
    return shared > (sentence.end - sentence.start) // 2


def _signs(text: str, sentence: Span, heading: bool, spoken: bool) -> tuple[bool, ...]:
    raw = sentence.of(text)
    words = raw.strip()
    return (
        *(_MARKED.match(raw) is not None, words.startswith("|"), _LABELLED.match(words) is not None),
        *(words.endswith(("?", "？")), words.endswith((":", "：")), heading, spoken),
        *(len(words) < 20, len(words) < 60, len(words) > 250),
        *(sentence.start < 0.1 * len(text), sentence.end > 0.9 * len(text)),
        *(_DIGIT.search(words) is not None, words.isupper(), "[ ]" in raw),
    )


def _bare(text: str, sentence: Span, signs: tuple[bool, ...]) -> bool:
    words = sentence.of(text)
    table, question, heading = signs[1], signs[3], signs[5]
    wordless = sum(map(str.isalpha, words)) < 12 and len(_HAN.findall(words)) < 5
    return heading or table or question or wordless


def _touched(units: Sequence[Unit], entries: Sequence[Span]) -> np.ndarray:
    """Which sentences an entry of the rules reaches into, or rests on."""
    taken = sorted((span.start, span.end) for entry in entries for span in (entry.spans or (entry,)))
    starts, ends = np.array([unit.start for unit in units]), np.array([unit.end for unit in units])
    touched = np.zeros(len(units), bool)
    for start, end in taken:
        touched |= (starts < end) & (ends > start)
    return touched


def _entry(text: str, unit: Unit, chances: np.ndarray) -> Decision | None:
    span = trimmed(text, unit.start, unit.end)
    task = chances[_TASK] == 1.0
    label = "task" if task else LABELS[int(np.where(_OUTCOME, chances, -1.0).argmax())]
    return Decision(span.start, span.end, KINDS[label], RULE + label) if span else None
