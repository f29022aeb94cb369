"""Which meetings there were, and which of them concern a topic: every one in scope, and how many."""

import re

from qa import phrases
from qa.answering.draft import Draft
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.mentions import meetings_about
from qa.ranges import Range
from qa.topic import topic_weights

MOST = 50  # meetings a list names one by one; the count is of all
OPENING = 200  # characters of the line that opens a record


def found(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """Every meeting in scope that concerns the topic, each with what shows it; None where none does."""
    if question.intent not in (Intent.MEETINGS, Intent.COUNT):
        return None
    if not topic_weights(session, question):
        held = [i for i, meeting in evidence.meetings.items() if meeting.held]
        lead = phrases.meetings_held(len(held), question.language)
        opened = [_opening(session, i, evidence) for i in held[:MOST]]
        return Draft([(lead, opened)], complete=True)
    about = meetings_about(session, question, evidence.scope)
    if not about:
        return None
    lead = phrases.of_meetings(len(about), len(evidence.meetings), question.language)
    chosen = [i for i in evidence.meetings if i in about][:MOST]
    ranges = [Range(about[i].start, about[i].end, i, about[i].item) for i in chosen]
    return Draft([(lead, ranges)], complete=True)


def _opening(session: Session, record_id: str, evidence: Evidence) -> Range:
    """The first line of a record that is not front matter."""
    record = record_of(session, record_id, evidence)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    line = re.compile(r"\S[^\n]*").search(record.text, begin)
    start, end = line.span() if line else (0, len(record.text))
    return Range(start, min(end, start + OPENING), record_id)
