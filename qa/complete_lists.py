"""Lists that are complete: an agenda, every matter that came out one way, all that is due, every meeting on a topic."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import DecisionKind
from ingest.sentences import sentences
from qa import phrases
from qa.answers import Answer, Period
from qa.claims import abstaining, cited, nothing
from qa.corpus import Session
from qa.due import parts_due
from qa.evidence import Evidence, record_of
from qa.mentions import meetings_about
from qa.outcomes import outcome_asked
from qa.pending import settled_since
from qa.picking import words_of
from qa.ranges import Range, of_entry
from qa.register import Entry, find_entries
from qa.supersession import changes_seen, place_of
from qa.task_owner import of_owner, owner_asked
from qa.task_status import of_status, status_asked
from qa.topic import topic_weights

_AGENDA = re.compile(r"\bagenda\b|\b(?:topics|items|subjects)\b|议题|议程", re.IGNORECASE)
_AGENDA_ALONE = re.compile(
    r"(?:(?:the|on|agenda|topics|items|subjects)\b ?|有|的|是|主要|全部|议题|议程)*", re.IGNORECASE
)
BARE, LOOK_BACK = 6, 400  # words of a task that does not say what to do; characters before it that may
MOST_MEETINGS = 50  # meetings a list names one by one; the count is of all


def agenda(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """The items of the one meeting whose agenda is asked for, in order; None where that is not asked."""
    question = evidence.asked or found.question
    named = question.when or question.sessions
    whole = _AGENDA_ALONE.fullmatch(question.topic)
    if not (named and whole and len(evidence.meetings) == 1 and _AGENDA.search(question.text)):
        return None
    if outcome_asked(question):  # "Which items were rejected?"
        return None
    ((record_id, _),) = evidence.meetings.items()
    numbered = [s for s in record_of(session, record_id, evidence).sections if s.number]
    top = min((section.level for section in numbered), default=0)
    items = [section.title_span for section in numbered if section.level == top]
    ranges = [Range(span.start, span.end, record_id) for span in items]
    lead = phrases.agenda(len(ranges), found.question.language)
    return cited(session, found, evidence, [(lead, ranges)]) if ranges else None


def of_outcome(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Every matter that came out as asked, "deferred" or "rejected", and how many; None where that is not asked."""
    question = evidence.asked or found.question
    outcome = outcome_asked(question)
    if outcome is None or found.question.told:
        return None
    entries = _entries(session, evidence, question.topic or None, outcome.kinds)
    if not entries:
        if question.topic or outcome.common:
            return None
        return abstaining(
            found, phrases.none_of_outcome(outcome.name, found.searched, found.question.language)
        )
    later = settled_since(session, evidence.scope, entries) if outcome.name == "undecided" else {}
    lead = phrases.of_outcome(outcome.name, len(entries), len(later), found.question.language)
    changes = changes_seen(session, evidence.scope.access)
    ranges = [replace(of_entry(one), since=later.get(place_of(one))) for one in entries[:MOST_MEETINGS]]
    return cited(session, found, evidence, [(lead, ranges)], changes)


def _entries(
    session: Session, evidence: Evidence, topic: str | None, kinds: Sequence[DecisionKind]
) -> list[Entry]:
    """The entries on a topic, all where there is none, newest meeting first."""
    order = {record_id: place for place, record_id in enumerate(evidence.meetings)}
    found = find_entries(session, evidence.scope, topic, kinds)
    inside = (entry for entry in found if entry.meeting.record_id in order)
    return sorted(inside, key=lambda entry: (order[entry.meeting.record_id], entry.start))


def of_tasks(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """Every task that is as far as asked, "overdue" or "completed", newest meeting first; None where none are asked."""
    question = evidence.asked or found.question
    status = status_asked(question)
    if status is None:
        return None
    listed = of_status(_entries(session, evidence, None, tuple(DecisionKind)), status)
    lead = phrases.of_status(status, listed.marked, listed.unmarked, found.question.language)
    if not listed.entries:
        return nothing(found, lead)
    ranges = [of_entry(one) for one in listed.entries[:MOST_MEETINGS]]
    return cited(session, found, evidence, [(lead, ranges)])


def of_somebody(session: Session, found: Answer, evidence: Evidence) -> Answer | None:
    """The tasks given to somebody, newest meeting first; None where nobody's are asked for or none are recorded."""
    question = evidence.asked or found.question
    asked = owner_asked(question.text)
    if asked is None:
        return None
    who, topic = asked
    entries = of_owner(_entries(session, evidence, topic or None, tuple(DecisionKind)), who)
    ranges = [_with_matter(session, one, evidence) for one in entries[:MOST_MEETINGS]]
    return cited(session, found, evidence, [("", ranges)]) if ranges else None


def _with_matter(session: Session, entry: Entry, evidence: Evidence) -> Range:
    """The range of a task; of a bare "Action: Clerk." with the sentence before it, which says what is to be done."""
    place = of_entry(entry)
    if words_of(entry.quote) > BARE:
        return place
    text = record_of(session, place.record_id, evidence).text
    before = sentences(text, max(0, place.start - LOOK_BACK), place.start)
    return replace(place, start=before[-1].start + _indent(before[-1].of(text))) if before else place


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def due_within(session: Session, found: Answer, evidence: Evidence, due: Period) -> Answer:
    """Everything that is due in a span of days, the earliest first, each with its day and who is to act."""
    question = evidence.asked or found.question
    entries = find_entries(session, evidence.scope, question.topic or None, tuple(DecisionKind))
    parts = parts_due(entries, due, found.question.language)
    if not parts[0][1]:
        return nothing(found, parts[0][0])
    return cited(session, found, evidence, parts, changes_seen(session, evidence.scope.access))


def meetings_found(session: Session, found: Answer, evidence: Evidence) -> Answer:
    """Every meeting in scope that concerns the topic, each with the sentence that shows it, and how many."""
    language, asked = found.question.language, evidence.asked or found.question
    if not topic_weights(session, asked):
        held = [i for i, meeting in evidence.meetings.items() if meeting.held]
        lead = phrases.meetings_held(len(held), language)
        ranges = [_opening(session, i, evidence) for i in held[:MOST_MEETINGS]]
        return cited(session, found, evidence, [(lead, ranges)])
    about = meetings_about(session, asked, evidence.scope)
    if not about:
        return nothing(found)
    lead = phrases.of_meetings(len(about), len(evidence.meetings), language)
    chosen = [i for i in evidence.meetings if i in about][:MOST_MEETINGS]
    ranges = [Range(about[i].start, about[i].end, i, about[i].item) for i in chosen]
    return cited(session, found, evidence, [(lead, ranges)])


def _opening(session: Session, record_id: str, evidence: Evidence) -> Range:
    """The first line of a record that is not front matter."""
    record = record_of(session, record_id, evidence)
    begin = max((span.end for span in record.omitted if span.start == 0), default=0)
    line = re.compile(r"\S[^\n]*").search(record.text, begin)
    start, end = line.span() if line else (0, len(record.text))
    return Range(start, min(end, start + 200), record_id)
