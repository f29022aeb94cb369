"""What is shown to the encoder together: a question, a passage that answers it, and passages that do not.

Every passage in a question's scope is an answer (it shares half of itself, or half of a gold range, with gold),
doubtful (it shares less than that and is never shown), or wrong. The wrong ones that the encoder ranks best are
the negatives; they come from the question's own scope, as they will when it is asked.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.adapter.examples import Example, Piece, Track
from ingest.records import Span

Place = tuple[str, int]  # a passage: path of its record, position in it


@dataclass(frozen=True, slots=True)
class Judged:
    """The passages in the scope of a question: those that answer it, and those that are wrong."""

    example: Example
    answers: tuple[Place, ...]
    wrong: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of training: the question in one of its forms, an answer, and wrong passages."""

    query: str
    judged: Judged
    answer: Place
    negatives: tuple[Place, ...]


def judge(track: Track, example: Example) -> Judged:
    """Every passage in the question's scope, judged against the gold ranges."""
    answers: list[Place] = []
    wrong: list[Place] = []
    for path in example.within:
        gold = example.gold.get(path, ())
        for position, piece in enumerate(track.pieces[path]):
            if hits(piece, gold):
                answers.append((path, position))
            elif not any(shared(piece, span) for span in gold):
                wrong.append((path, position))
    return Judged(example, tuple(answers), tuple(wrong))


def hits(piece: Span, gold: Sequence[Span]) -> bool:
    """Whether a range shares half of itself, or half of a gold range, with that gold range."""
    return any(
        0 < 2 * shared(piece, span) >= min(piece.end - piece.start, span.end - span.start) for span in gold
    )


def shared(one: Span, other: Span) -> int:
    """How many characters two ranges share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def hardest(
    judged: Judged, query: np.ndarray, vectors: Mapping[str, np.ndarray], depth: int
) -> tuple[Place, ...]:
    """The wrong passages most like the question, best first.

    query    its unit vector
    vectors  unit vectors of the passages of each record, a row per position
    """
    cosines = {path: vectors[path] @ query for path in judged.example.within}
    ranked = sorted(judged.wrong, key=lambda place: (-cosines[place[0]][place[1]], place))
    return tuple(ranked[:depth])


def rows(
    judged: Sequence[Judged],
    pools: Mapping[str, Sequence[Place]],
    *,
    repeats: int,
    negatives: int,
    full_text: float,
    meetings: int,
    seed: int,
) -> list[Row]:
    """Rows in the order they are trained on, questions of a meeting next to each other.

    pools      hard negatives by question id; a question with fewer than `negatives` of them is left out
    repeats    rows per question, with different answers as far as there are
    full_text  share of rows in which the question is asked in full instead of by its topic
    meetings   how many meetings share a stretch of rows
    """
    chance = random.Random(seed)
    out: list[Row] = []
    for _ in range(repeats):
        round_ = [_row(one, pools[one.example.id], negatives, full_text, chance) for one in judged]
        out += _interleaved([row for row in round_ if row], meetings, chance)
    return out


def _row(
    judged: Judged, pool: Sequence[Place], negatives: int, full_text: float, chance: random.Random
) -> Row | None:
    if not judged.answers or len(pool) < negatives:
        return None
    query = judged.example.text if chance.random() < full_text else judged.example.topic
    return Row(query, judged, chance.choice(judged.answers), tuple(chance.sample(list(pool), negatives)))


def _interleaved(round_: Sequence[Row], meetings: int, chance: random.Random) -> list[Row]:
    """The rows in stretches: those of `meetings` meetings drawn together, shuffled within the stretch."""
    by_meeting: dict[str, list[Row]] = {}
    for row in round_:
        by_meeting.setdefault(row.answer[0], []).append(row)
    names = sorted(by_meeting)
    chance.shuffle(names)
    out: list[Row] = []
    for start in range(0, len(names), meetings):
        stretch = [row for name in names[start : start + meetings] for row in by_meeting[name]]
        chance.shuffle(stretch)
        out += stretch
    return out


def snippet_text(track: Track, place: Place) -> str:
    """What the encoder reads of a passage."""
    return _piece(track, place).snippet.text


def _piece(track: Track, place: Place) -> Piece:
    path, position = place
    return track.pieces[path][position]
