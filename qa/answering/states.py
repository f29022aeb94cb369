"""Whether the records answer, or something in them comes nearest, or nothing does."""

from collections.abc import Sequence

from qa.answering.nearest import nearest
from qa.answers import Answer, Question
from qa.claims import plainly_nothing
from qa.corpus import Session
from qa.evidence import Evidence
from qa.signs import Candidate
from qa.support import said_of
from qa.topic import coverage, topic_weights

LOOKED_AT = 3  # the best passages, of which one must say something of what is asked to be near
NEAR = 0.25  # share of the topic in one of them


def with_state(session: Session, answer: Answer, evidence: Evidence) -> Answer:
    """The answer, or in place of one that the records do not give what comes nearest in them.

    One that says itself what there is not stays: "No matter is recorded as rejected", no such meeting. Nothing is new
    after what earlier answers cited.
    """
    if not answer.abstained or answer.groups:
        return answer
    question = evidence.asked or answer.question
    near = not question.told and _comes_near(session, question, evidence.candidates[:LOOKED_AT])
    found = nearest(session, answer, evidence) if near else answer
    return found if found.groups else plainly_nothing(answer)


def _comes_near(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether one of the best passages says some of what is asked."""
    weights = topic_weights(session, question)
    if not best or not weights:
        return bool(best) and bool(question.when or question.sessions or question.bodies or question.speakers)
    return max(coverage(weights, said_of(one)) for one in best) >= NEAR
