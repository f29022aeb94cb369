"""A length, an amount or a day that may have changed: what the newest record gives, before what it was."""

from qa import phrases
from qa.answering.draft import Draft
from qa.answers import Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.latest import pick_values
from qa.ranges import Part, of_picks
from qa.supersession import changes_seen


def newest_value(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The newest value and those before it; None where no such value is asked for or fewer than two records give one.

    Asked where the passages answer (`qa.answering.passages`).
    """
    latest, before = pick_values(session, question, evidence.candidates, evidence.meetings)
    if not latest:
        return None
    parts: list[Part] = [("", of_picks(latest)), (phrases.said_before(question.language), of_picks(before))]
    return Draft(parts, changes_seen(session, evidence.scope.access))
