"""Question to hits: scope, both legs under the same filters, what stands around, and what meetings teach of ranking."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from qa.answers import Question
from qa.corpus import Session
from qa.languages import likenesses
from qa.legs import dense_leg, lexical_leg
from qa.scope import Scope
from qa.signs import AROUND, ASKS_FOR_REGISTER, Candidate, judge
from qa.topic import topic_weights

PEAKS = (
    2_000  # characters of the best passages of different places that come first; what is around them follows
)
WHOLE = 400  # passages looked at of meetings asked about as a whole, whatever their language
APART = 3  # passages between two peaks of one record


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts (`qa.signs`); fitted by `benchmarks/fit_ranking.py`, stored in `weights.toml`."""

    lexical: float = 0.0
    around: float = 0.0
    dense: float = 0.0
    meaning: float = 0.0
    record: float = 0.0
    item: float = 0.0
    speaker: float = 0.0
    decision: float = 0.0
    final: float = 0.0


@lru_cache(maxsize=1)
def fitted() -> dict[str, Weights]:
    """The weights by what is asked for: "talk", or "register" for decisions, votes and tasks."""
    stored = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
    return {name: Weights(**values) for name, values in stored.items()}


def retrieve(
    session: Session, question: Question, scope: Scope, weights: Weights | None = None
) -> list[Candidate]:
    """The passages in scope that may answer the question, best first, ties by id."""
    candidates = gather(session, question, scope)
    judge(session, question, candidates)
    weights = weights or fitted()[asked_of(question, candidates)]
    for candidate in candidates:
        candidate.score = sum(getattr(weights, name) * value for name, value in candidate.signs.items())
    return sorted(candidates, key=lambda c: (-c.score, c.passage.id))


def asked_of(question: Question, candidates: Sequence[Candidate]) -> Literal["register", "talk"]:
    """Whether the decision register can answer: it is asked for, and has an entry in reach. Else the talk must."""
    recorded = any(candidate.signs["decision"] for candidate in candidates)
    return "register" if recorded and question.intent in ASKS_FOR_REGISTER else "talk"


def gather(session: Session, question: Question, scope: Scope) -> list[Candidate]:
    """What both legs find and the passages around it, in the order of record and place.

    Of meetings that are asked about as a whole every passage: no word of the question need stand in it.
    """
    query = question.topic or question.text
    lexical = lexical_leg(session, query, scope)
    dense = dense_leg(session, query, scope)
    near = session.around(scope, sorted(lexical.keys() | dense.keys()), AROUND)
    ids = sorted({*near, *(session.ids(scope)[:WHOLE] if _of_whole_meetings(session, question) else ())})
    found = [
        Candidate(passage, cosine=dense.get(i), bm25=lexical.get(i))
        for i, passage in session.load(ids).items()
    ]
    if dense:
        _set_cosines(session, question, found)
    return sorted(found, key=lambda c: (c.passage.record_id, c.passage.ordinal))


def _of_whole_meetings(session: Session, question: Question) -> bool:
    return bool(question.when or question.sessions) and not topic_weights(session, question)


def spread(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The order to read in: first the best passages of different places, then the rest, best first.

    Where the best passage stands in the wrong place, so do those around it; the next place deserves its turn. An
    entry of the register is one sentence among others, so what is asked of the register stays as it is ranked.
    """
    if asked_of(question, candidates) == "register":
        return list(candidates)
    peaks: list[Candidate] = []
    read = 0
    for candidate in candidates:
        if read >= PEAKS:
            break
        if not any(_near(candidate, peak) for peak in peaks):
            peaks.append(candidate)
            read += candidate.passage.end - candidate.passage.start
    first = {peak.passage.id for peak in peaks}
    return peaks + [candidate for candidate in candidates if candidate.passage.id not in first]


def _near(one: Candidate, other: Candidate) -> bool:
    same = one.passage.record_id == other.passage.record_id
    return same and abs(one.passage.ordinal - other.passage.ordinal) <= APART


def _set_cosines(session: Session, question: Question, found: Sequence[Candidate]) -> None:
    """Gives all passages their likeness to the topic, and to the whole question where that says more of it."""
    ids = [candidate.passage.id for candidate in found]
    topic = session.query_vector(question.topic or question.text)
    whole = session.query_vector(text) if (text := _whole(question)) else None
    of_topic = {} if topic is None else likenesses(session, topic, ids)
    of_whole = {} if whole is None else likenesses(session, whole, ids)
    for candidate in found:
        if candidate.cosine is None:
            candidate.cosine = of_topic.get(candidate.passage.id)
        candidate.whole = of_whole.get(candidate.passage.id)


def _whole(question: Question) -> str:
    """The question in full, if it stands alone and names no meeting: a name of one is in its scope already."""
    if question.when or question.sessions or question.bodies:
        return ""
    text = question.full or ("" if question.taken else question.text)
    return "" if text == question.topic else text
