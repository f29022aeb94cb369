"""What of an asked time changed a matter that nothing of that time names: the decisions that amend earlier ones.

So a record in another language answers that is known to be on the matter only by the decision it amends.
"""

from dataclasses import replace

from qa.answering.draft import Draft
from qa.answering.passages import READER, as_answered
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.picking import pick
from qa.ranges import of_entry, of_picks
from qa.retrieval import retrieve
from qa.supersession import changes_seen, place_of

_OF_MATTERS = frozenset({Intent.DECISION, Intent.SUMMARY, Intent.FACT, Intent.WHEN})


def made_then(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The decisions of the asked time that change earlier ones on the matter; None where its passages answer."""
    scope = evidence.scope
    if not scope.periods or scope.records is not None or question.intent not in _OF_MATTERS:
        return None
    if as_answered(session, question, evidence):
        return None
    about = replace(question, intent=Intent.DECISION)
    ever = replace(evidence, candidates=retrieve(session, about, replace(scope, periods=())))
    if not READER.answers(session, about, ever):
        return None
    changes = changes_seen(session, scope.access)
    earlier = (changes.of_earlier.get(one.place) for one in of_picks(pick(session, about, ever.candidates)))
    later = (change.later for change in earlier if change)
    ranges = {place_of(one): of_entry(one) for one in later if one.meeting.record_id in evidence.meetings}
    return Draft([("", list(ranges.values()))], changes) if ranges else None
