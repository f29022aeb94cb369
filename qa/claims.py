"""From ranges of records to claims with citations, grouped by meeting, newest first.

A decision that changes an earlier one, or was changed or settled later, is told with the citation of the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.records import Record
from qa import phrases
from qa.answers import Answer, AnswerState, Citation, Claim, Group, MeetingRef, Question, Superseding
from qa.citations import cite
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.instructions import instructs
from qa.ranges import Part, Range, of_entry
from qa.register import Entry
from qa.shown import sentences_of
from qa.supersession import NO_CHANGES, Changes, Place

NEAREST = 3  # passages offered when the records do not answer


def cited(
    session: Session,
    found: Answer,
    evidence: Evidence,
    parts: Sequence[Part],
    changes: Changes = NO_CHANGES,
    *,
    ranked: bool = False,
) -> Answer:
    """The answer: of each part its lead, then its ranges as claims by meeting, in the record's order.

    What earlier answers cited is not said again, wherever it comes from.

    ranked  the meetings in the order of their first ranges, in place of the newest first
    """
    if found.question.told:
        parts = [
            (lead, [one for one in ranges if not _was_told(one, found.question)]) for lead, ranges in parts
        ]
        if not any(ranges for _, ranges in parts):
            return nothing(found)
    parts = _spoken_to_people(session, evidence, parts)
    first = dict.fromkeys(place.record_id for _, ranges in parts for place in ranges)
    order = {record_id: place for place, record_id in enumerate(first if ranked else evidence.meetings)}
    groups: list[Group] = []
    citations = _Citations(session, evidence)
    for lead, ranges in parts:
        claims: dict[str, list[Claim]] = {}
        before: Citation | None = None
        for place in sorted(ranges, key=lambda r: (order[r.record_id], r.late, r.start)):
            citation = citations.add(place, evidence.meetings[place.record_id])
            said = claims.setdefault(place.record_id, [])
            if place.before:
                said.append(Claim(place.before, (citation.number, *citations.beside(place))))
            shown = sentences_of(citation, place.lines, before)
            said += [Claim(words, (citation.number,)) for words, _ in shown]
            before = shown[-1][1]
            said += _notes(place, citation, citations, changes, found.question)
        if lead and claims:
            groups.append(Group(None, "", (Claim(lead, own=True),)))
        groups += [_group(evidence.meetings[i], found, said) for i, said in claims.items()]
    return replace(
        found,
        groups=tuple(groups),
        citations=tuple(citations.made.values()),
        changes=tuple(citations.changes),
    )


def _spoken_to_people(session: Session, evidence: Evidence, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts without ranges that instruct language models, which add to no answer; all where nothing else is."""
    texts = session.texts({place.record_id for _, ranges in parts for place in ranges})
    apart = [
        (lead, [one for one in ranges if not instructs(texts[one.record_id], one.start, one.end)])
        for lead, ranges in parts
    ]
    return [part for part in apart if part[1]] or parts


def _was_told(place: Range, question: Question) -> bool:
    """Whether the answers before cited a range, or part of it."""
    return any(
        place.record_id == record_id and place.start < end and start < place.end
        for record_id, start, end in question.told
    )


def nothing(found: Answer) -> Answer:
    """An answer without a sentence, as nobody has one: something in the records may come nearest
    (`qa.answering.states`).
    """
    return replace(found, nearest=found.hits[:NEAREST], state=AnswerState.NOTHING)


def plainly_nothing(found: Answer) -> Answer:
    """That the records do not answer, or say no more, and nothing else."""
    return abstaining(found, _not_there(found))


def _not_there(found: Answer) -> str:
    language = found.question.language
    if found.question.told:
        return phrases.nothing_more(language)
    return phrases.nothing_found(found.searched, language)


def abstaining(found: Answer, said: str) -> Answer:
    """An answer that only says that there is none; the nearest passages are offered as such."""
    claims = (Group(None, "", (Claim(said, own=True),)),)
    return replace(found, groups=claims, nearest=found.hits[:NEAREST], state=AnswerState.NOTHING)


class _Citations:
    """The citations of one answer: a place is cited once, numbered as first cited."""

    def __init__(self, session: Session, evidence: Evidence) -> None:
        self.session = session
        self.evidence = evidence
        self.records: dict[str, Record] = {}
        self.made: dict[Place, Citation] = {}
        self.changes: dict[Superseding, None] = {}

    def add(self, place: Range, meeting: MeetingRef) -> Citation:
        """The citation of a place."""
        key = place.place
        if key not in self.made:
            if place.record_id not in self.records:
                self.records[place.record_id] = record_of(self.session, place.record_id, self.evidence)
            record = self.records[place.record_id]
            quote = place.of(record.text)
            number = len(self.made) + 1
            self.made[key] = cite(record, meeting, place.start, place.end, quote, number, place.item)
        return self.made[key]

    def beside(self, place: Range) -> tuple[int, ...]:
        """The numbers of what else the sentence before a range stands on."""
        spans = (replace(place, start=span.start, end=span.end) for span in place.beside)
        return tuple(self.add(span, self.evidence.meetings[place.record_id]).number for span in spans)


def _notes(
    place: Range, citation: Citation, citations: _Citations, changes: Changes, question: Question
) -> Iterator[Claim]:
    """What a decision changes and what changed or settled it later, each with the citation of the other."""
    key = place.place
    if place.since:
        settled = citations.add(of_entry(place.since), place.since.meeting)
        yield Claim(
            phrases.settled_since(place.since.meeting, question.language), (settled.number,), note=True
        )
    for change, is_later in ((changes.of_later.get(key), True), (changes.of_earlier.get(key), False)):
        if change is None:
            continue
        other = change.earlier if is_later else change.later
        if not _may_cite(other, question, citations.evidence):
            continue
        if change.kind == "repeated" and not is_later and of_entry(other).place in citations.made:
            continue  # the later one is told, and says itself what it repeats
        beside = citations.add(of_entry(other), other.meeting)
        say = phrases.changes_earlier if is_later else phrases.changed_later
        yield Claim(say(change.kind, other.meeting, question.language), (beside.number,), note=True)
        pair = (citation.number, beside.number) if is_later else (beside.number, citation.number)
        citations.changes[Superseding(change.kind, *pair)] = None


def _may_cite(entry: Entry, question: Question, evidence: Evidence) -> bool:
    """Whether a note may cite an entry: within what the asker chose; a date of the question's own is no such choice."""
    if entry.meeting.record_id in evidence.meetings:
        return True
    scope = evidence.scope
    own = tuple((period.first, period.last) for period in question.when)
    return (
        scope.records is None
        and scope.periods == own
        and (scope.sessions, scope.bodies) == (question.sessions, question.bodies)
    )


def _group(meeting: MeetingRef, found: Answer, claims: Sequence[Claim]) -> Group:
    return Group(meeting, phrases.heading(meeting, found.question.language), tuple(claims))
