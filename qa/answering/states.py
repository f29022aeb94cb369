"""Whether the records answer, or something in them comes nearest, or nothing does."""

from collections.abc import Sequence

from qa.answering.nearest import nearest
from qa.answers import Answer, Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.signs import Candidate
from qa.support import in_another_language, said_of
from qa.topic import coverage, topic_weights

LOOKED_AT = 3  # the best passages, of which one must say something of what is asked to be near
NEAR = 0.25  # share of the topic in one of them


def with_state(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer, or in place of one that the records do not give what comes nearest in them.

    Nothing is near a meeting that never was, and nothing is new after what earlier answers cited.
    """
    question = evidence.asked or answer.question
    if not answer.abstained or question.missing or question.told or answer.citations:
        return answer
    near = _comes_near(session, question, evidence.candidates[:LOOKED_AT])
    return nearest(session, answer, evidence) if near else answer


def _comes_near(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether one of the best passages says some of what is asked, or is in another language and could not."""
    weights = topic_weights(session, question)
    if not best or not weights:
        return bool(best) and bool(question.when or question.sessions or question.bodies or question.speakers)
    said = max(coverage(weights, said_of(one)) for one in best)
    return said >= NEAR or in_another_language(session, question, best)
