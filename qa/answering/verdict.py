"""Whether a matter came out as asked ("Was the roof finished?"): what the records say came of it, the newest first."""

from qa.answering.draft import Draft
from qa.answers import Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.supersession import changes_seen
from qa.verdicts import newest_and_before, pick_outcomes, verdict_asked


def came_out(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """What tells of an outcome; None where no question asks whether there was one, or nothing tells."""
    asked = verdict_asked(question)
    outcomes = pick_outcomes(session, asked, evidence.scope, evidence.meetings) if asked else []
    parts = newest_and_before(outcomes, question.language)
    return Draft(parts, changes_seen(session, evidence.scope.access)) if parts else None
