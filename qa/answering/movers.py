"""Who moved or seconded, in the words that say so."""

from qa.answering.draft import Draft
from qa.answering.passages import READER
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.motions import movers
from qa.ranges import Range
from qa.voting import asked_of_vote


def moved(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The sentences that name who moved or seconded the matter; None where that is not asked or none does."""
    if question.intent is not Intent.WHO or not asked_of_vote(question.text).roles:
        return None
    if not READER.answers(session, question, evidence):
        return None
    told = movers(session, question, evidence.candidates)
    ranges = [Range(s.start, s.end, c.passage.record_id, c.passage.item) for c, s in told]
    return Draft([("", ranges)]) if ranges else None
