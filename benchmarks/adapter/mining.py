"""What is shown to the encoder together: the questions asked of one meeting, and passages of that meeting.

Every passage in a question's scope is an answer (it shares half of itself, or half of a gold range, with gold),
doubtful (it shares less than that and counts neither way), or wrong. Questions with the same scope stand on one
sheet, so that each passage is encoded once and judged against all of them, as it will be when they are asked.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.adapter.examples import Example, Piece, Track
from ingest.records import Span

Place = tuple[str, int]  # a passage: path of its record, position in it
QUESTIONS = 10  # of one sheet at most
ANSWERS = 4  # of one question that are on the sheet for certain
NEAR = 30  # wrong passages that are most like a question
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


def nearest(
    judged: Iterable[Judged], vectors: Mapping[Place, np.ndarray], queries: Mapping[str, np.ndarray]
) -> dict[str, tuple[Place, ...]]:
    """For each question, by its id, the NEAR wrong passages whose vectors are nearest to its own."""
    found = {}
    for one in judged:
        places = sorted(one.wrong)
        likeness = np.stack([vectors[place] for place in places]) @ queries[one.example.id]
        found[one.example.id] = tuple(places[i] for i in np.argsort(-likeness, kind="stable")[:NEAR])
    return found


def without(track: Track, left_out: Iterable[str]) -> Track:
    """The track as if these records did not exist, and without the questions that they answer."""
    gone = set(left_out)
    examples = tuple(
        replace(one, within=tuple(path for path in one.within if path not in gone))
        for one in track.examples
        if not gone.intersection(one.gold)
    )
    return Track(track.name, {path: of for path, of in track.pieces.items() if path not in gone}, examples)


def hits(piece: Span, gold: Sequence[Span]) -> bool:
    """Whether a range shares half of itself, or half of a gold range, with that gold range."""
    return any(
        0 < 2 * shared(piece, span) >= min(piece.end - piece.start, span.end - span.start) for span in gold
    )


def shared(one: Span, other: Span) -> int:
    """How many characters two ranges share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def sheets(
    track: Track,
    judged: Iterable[Judged],
    *,
    passages: int,
    full_text: float,
    chance: random.Random,
    near: Mapping[str, Sequence[Place]] | None = None,
) -> list[Sheet]:
    """Sheets that show every question once, in an order drawn by chance.

    Where questions are asked of one meeting each, a meeting is a sheet, of QUESTIONS of its questions; where they are
    asked of most records of the track, a sheet has questions whose answers lie in the same records or in a few.
    A question that has no answer or no wrong passage teaches nothing and is left out.

    passages   on a sheet at most: answers of every question first, then others
    full_text  share of questions that are asked in full instead of by their topic
    near       for each question, by its id, passages that seem to answer it: half of those that do not answer are
               drawn from them, the others from the records that hold the answers
    """
    taught = [one for one in judged if one.answers and one.wrong]
    groups = _by_answer(taught, chance) if _is_open(track, taught) else _by_scope(taught, chance)
    drawn = [_sheet(track, asked, passages, full_text, chance, near or {}) for asked in groups]
    chance.shuffle(drawn)
    return drawn


def _is_open(track: Track, judged: Sequence[Judged]) -> bool:
    """Whether most questions are asked of more than half of the records, of several."""
    sizes = sorted(len(one.example.within) for one in judged)
    return bool(sizes) and len(track.pieces) > 1 and 2 * sizes[len(sizes) // 2] > len(track.pieces)


def _by_scope(judged: Sequence[Judged], chance: random.Random) -> list[list[Judged]]:
    groups: dict[tuple[str, ...], list[Judged]] = {}
    for one in judged:
        groups.setdefault(one.example.within, []).append(one)
    asked = [groups[scope] for scope in sorted(groups)]
    return [chance.sample(group, min(QUESTIONS, len(group))) for group in asked]


def _by_answer(judged: Sequence[Judged], chance: random.Random) -> list[list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for one in judged:
        groups.setdefault(min(one.answers)[0], []).append(one)
    records = sorted(groups)
    chance.shuffle(records)
    ordered = [one for record in records for one in chance.sample(groups[record], len(groups[record]))]
    return [ordered[i : i + QUESTIONS] for i in range(0, len(ordered), QUESTIONS)]


def _sheet(
    track: Track,
    judged: Sequence[Judged],
    passages: int,
    full_text: float,
    chance: random.Random,
    near: Mapping[str, Sequence[Place]],
) -> Sheet:
    answers = {place for one in judged for place in _some(one.answers, ANSWERS, chance)}
    shown = set(_some(answers, round(ANSWERS_SHARE * passages), chance))
    alike = {place for one in judged for place in near.get(one.example.id, ())} - shown
    shown |= set(_some(alike, (passages - len(shown)) // 2, chance))
    around = {path for one in judged for path, _ in one.answers}
    rest = [(path, i) for path in around for i in range(len(track.pieces[path])) if (path, i) not in shown]
    shown |= set(_some(rest, passages - len(shown), chance))
    queries = tuple(one.example.text if chance.random() < full_text else one.example.topic for one in judged)
    return Sheet(track, tuple(judged), queries, tuple(sorted(shown)))


def _some(places: Iterable[Place], most: int, chance: random.Random) -> list[Place]:
    ordered = sorted(places)
    return chance.sample(ordered, min(most, len(ordered)))
