"""What is shown to the encoder together: the questions asked of one meeting, and passages of that meeting.

Every passage in a question's scope is an answer (it shares half of itself, or half of a gold range, with gold),
doubtful (it shares less than that and counts neither way), or wrong. Questions with the same scope stand on one
sheet, so that each passage is encoded once and judged against all of them, as it will be when they are asked.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.adapter.examples import Example, Piece, Track
from ingest.records import Span

Place = tuple[str, int]  # a passage: path of its record, position in it
QUESTIONS = 10  # of one sheet at most
ANSWERS = 4  # of one question that are on the sheet for certain
ANSWERS_SHARE = 0.7  # of a sheet that is chosen for being an answer


@dataclass(frozen=True, slots=True)
class Judged:
    """The passages in the scope of a question: those that answer it, and those that are wrong."""

    example: Example
    answers: frozenset[Place]
    wrong: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one step learns from.

    judged   questions of one scope
    queries  each of them in full or by its topic
    places   the passages shown, in the order of the text
    """

    track: Track
    judged: tuple[Judged, ...]
    queries: tuple[str, ...]
    places: tuple[Place, ...]

    def pieces(self) -> list[Piece]:
        """The passages shown."""
        return [self.track.pieces[path][position] for path, position in self.places]


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
    return Judged(example, frozenset(answers), frozenset(wrong))


def hits(piece: Span, gold: Sequence[Span]) -> bool:
    """Whether a range shares half of itself, or half of a gold range, with that gold range."""
    return any(
        0 < 2 * shared(piece, span) >= min(piece.end - piece.start, span.end - span.start) for span in gold
    )


def shared(one: Span, other: Span) -> int:
    """How many characters two ranges share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def sheets(
    track: Track, examples: Iterable[Example], *, passages: int, full_text: float, chance: random.Random
) -> list[Sheet]:
    """One sheet for each scope that questions have, in an order drawn by chance.

    A scope none of whose questions has both an answer and a wrong passage makes no sheet.

    passages   on a sheet at most: answers of every question first, the others drawn from the scope
    full_text  share of questions that are asked in full instead of by their topic
    """
    by_scope: dict[tuple[str, ...], list[Judged]] = {}
    for example in examples:
        one = judge(track, example)
        if one.answers and one.wrong:
            by_scope.setdefault(example.within, []).append(one)
    drawn = [_sheet(track, by_scope[scope], passages, full_text, chance) for scope in sorted(by_scope)]
    chance.shuffle(drawn)
    return drawn


def _sheet(
    track: Track, asked: Sequence[Judged], passages: int, full_text: float, chance: random.Random
) -> Sheet:
    judged = tuple(chance.sample(list(asked), min(QUESTIONS, len(asked))))
    answers = {place for one in judged for place in _some(one.answers, ANSWERS, chance)}
    shown = set(_some(answers, round(ANSWERS_SHARE * passages), chance))
    scope = judged[0].example.within
    rest = [(path, i) for path in scope for i in range(len(track.pieces[path])) if (path, i) not in shown]
    shown |= set(_some(rest, passages - len(shown), chance))
    queries = tuple(one.example.text if chance.random() < full_text else one.example.topic for one in judged)
    return Sheet(track, judged, queries, tuple(sorted(shown)))


def _some(places: Iterable[Place], most: int, chance: random.Random) -> list[Place]:
    ordered = sorted(places)
    return chance.sample(ordered, min(most, len(ordered)))
