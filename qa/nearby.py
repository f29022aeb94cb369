"""What stands right after a matter and belongs to it: the outcome that ends a discussion, what came of a motion."""

import re
from collections.abc import Sequence

from ingest.records import Decision, DecisionKind
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.picking import Pick
from qa.signs import SETTLED
from qa.support import OF_MATTER, said_of
from qa.topic import share_of_topic, topic_weights

FOLLOWS = 700  # characters after the sentence on the matter in which its outcome may stand
TALK = 1_500  # characters of talk before a sentence that may name its matter, where there is no agenda item
LONGEST = 700  # characters of a motion with its vote and result that is told whole
MOST = 2  # outcomes told of what follows
_OUTCOMES = (SETTLED - {DecisionKind.NOTED}) | {DecisionKind.VOTE, DecisionKind.UNDECIDED}
_MOTION = re.compile(r"\W*(?:motion|moved|it was moved)\b", re.IGNORECASE)


def outcomes_after(session: Session, question: Question, picks: Sequence[Pick]) -> list[Pick]:
    """The outcomes recorded right after the pick that names the matter best, under its item; of a vote only counts."""
    weights = topic_weights(session, question)
    best = max(picks, key=lambda one: share_of_topic(weights, question.topic, _said(one)) if weights else 0.0)
    passage = best.candidate.passage
    around = "" if passage.item else passage.record_text[max(0, best.start - TALK) : best.end]
    if weights and share_of_topic(weights, question.topic, f"{said_of(best.candidate)} {around}") < OF_MATTER:
        return []  # what ends a discussion of something else says nothing of this
    register = session.decisions_of([passage.record_id]).get(passage.record_id, ())
    item = passage.item[-1] if passage.item else None

    def follows(entry: Decision) -> bool:
        counted = question.intent is not Intent.VOTE or entry.tally is not None
        near = best.start <= entry.start <= best.end + FOLLOWS
        kinds = _OUTCOMES - {DecisionKind.UNDECIDED} if entry.start < best.end else _OUTCOMES
        return counted and near and entry.kind in kinds and (entry.item == item or entry.item is None)

    after = sorted((entry for entry in register if follows(entry)), key=lambda entry: entry.start)
    return [Pick(one.start, one.end, best.candidate, best.score, one) for one in after[:MOST]]


def with_results(session: Session, picks: Sequence[Pick]) -> list[Pick]:
    """The picks, a motion among them with what came of it: a motion alone reads as if it had been carried."""
    register = session.decisions_of(sorted({one.candidate.passage.record_id for one in picks}))
    whole: dict[tuple[str, int], Pick] = {}
    for one in picks:
        record_id = one.candidate.passage.record_id
        entry = next((e for e in register.get(record_id, ()) if _is_motion_of(e, one)), None)
        kept = one if entry is None else Pick(entry.start, entry.end, one.candidate, one.score, entry)
        whole.setdefault((record_id, kept.start), kept)
    return list(whole.values())


def _is_motion_of(entry: Decision, one: Pick) -> bool:
    within = entry.start <= one.start and one.end <= entry.end and entry.end - entry.start <= LONGEST
    return (
        one.decision is None
        and within
        and _MOTION.match(entry.of(one.candidate.passage.record_text)) is not None
    )


def _said(one: Pick) -> str:
    return one.of(one.candidate.passage.record_text)
