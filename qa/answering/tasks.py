"""Who is to do what: the tasks of somebody, those that are as far as asked, and what is due when."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.records import DecisionKind
from ingest.sentences import sentences
from qa import phrases
from qa.answering.draft import Draft
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.due import parts_due
from qa.evidence import Evidence, record_of
from qa.picking import words_of
from qa.ranges import Range, of_entry
from qa.register import Entry, find_entries
from qa.supersession import changes_seen
from qa.task_owner import of_owner, owner_asked
from qa.task_status import of_status as with_status
from qa.task_status import status_asked
from qa.voices import bare_name

MOST = 50  # tasks told one by one; a count is of all
BARE, LOOK_BACK = 6, 400  # words of a task that does not say what to do; characters before it that may


def of_status(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """Every task that is as far as asked, "overdue" or "completed"; None where none are asked for or none are."""
    status = status_asked(question)
    if status is None:
        return None
    listed = with_status(entries_on(session, evidence, None), status)
    lead = phrases.of_status(status, listed.marked, listed.unmarked, question.language)
    ranges = [of_entry(one) for one in listed.entries[:MOST]]
    return Draft([(lead, ranges)], complete=True) if ranges else None


def of_somebody(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The tasks given to somebody, newest meeting first; None where nobody's are asked for or none are recorded."""
    asked = owner_asked(question.text)
    people = tuple(map(bare_name, question.speakers)) if question.intent is Intent.ACTION else ()
    if asked is None and not people:
        return None
    owners = people or (asked[0],) if asked else people
    topic = asked[1] if asked else ""
    entries = entries_on(session, evidence, topic or None)
    own = dict.fromkeys(one for who in owners for one in of_owner(entries, who))
    ranges = [_with_matter(session, one, evidence) for one in list(own)[:MOST]]
    return Draft([("", ranges)]) if ranges else None


def due_within(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """Everything that is due in a span of days, the earliest first; None where no span is asked for or nothing is."""
    if question.due is None:
        return None
    entries = find_entries(session, evidence.scope, question.topic or None, tuple(DecisionKind))
    parts = parts_due(entries, question.due, question.language)
    if not parts[0][1]:
        return None
    return Draft(parts, changes_seen(session, evidence.scope.access), complete=True)


def entries_on(
    session: Session,
    evidence: Evidence,
    topic: str | None,
    kinds: Sequence[DecisionKind] = tuple(DecisionKind),
) -> list[Entry]:
    """The entries of the register on a topic, all where there is none, newest meeting first."""
    order = {record_id: place for place, record_id in enumerate(evidence.meetings)}
    found = find_entries(session, evidence.scope, topic, kinds)
    inside = (entry for entry in found if entry.meeting.record_id in order)
    return sorted(inside, key=lambda entry: (order[entry.meeting.record_id], entry.start))


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
