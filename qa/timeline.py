"""One topic across meetings, oldest first: what each decided on it, or the sentence that says most of it.

Every meeting in scope is judged, by the decision register and by its words; none is left out for want of room.
"""

import csv
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

from ingest.records import DecisionKind, Language, Record, Span
from ingest.sentences import sentences
from ingest.words import topic_words
from qa import phrases
from qa.answers import Citation, MeetingRef, Question, Searched
from qa.citations import cite
from qa.corpus import Session
from qa.mentions import Mention, meetings_about
from qa.register import Entry, find_entries, safe_cell
from qa.render import tidy
from qa.scope import Scope
from qa.signs import SETTLED
from qa.topic import coverage, word_weights

DECIDED = SETTLED - {DecisionKind.NOTED, DecisionKind.CONCLUDED}  # what settles a matter, for now
NOTHING_SEARCHED = Searched(0)
LEAST = 0.6  # share of the topic's words, by weight, that a meeting's best passage or entry must hold
_RANK = (
    DECIDED,
    {DecisionKind.ASSIGNED},
    {DecisionKind.VOTE},
    {DecisionKind.CONCLUDED, DecisionKind.UNDECIDED},
    {DecisionKind.NOTED},
)
COLUMNS = (
    "date",
    "meeting",
    "body",
    "session",
    "kind",
    "item",
    "quote",
    "record_id",
    "version",
    "start",
    "end",
)

EventKind = DecisionKind | Literal["discussed"]


@dataclass(frozen=True, slots=True)
class Event:
    """What one meeting did about the topic, in the exact words of its record.

    kind  as the register has it; "discussed" where it recorded no outcome
    """

    citation: Citation
    kind: EventKind

    @property
    def meeting(self) -> MeetingRef:
        return self.citation.record

    @property
    def date(self) -> datetime.date | None:
        return self.citation.record.date

    @property
    def decided(self) -> bool:
        """Whether the meeting settled something: approved, decided, rejected, deferred."""
        return self.kind in DECIDED


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a topic, oldest first, those of meetings without a date last; one for each meeting it came up at.

    searched    the meetings that were judged
    generation  the state of the index that was asked
    """

    topic: str
    events: tuple[Event, ...] = ()
    searched: Searched = NOTHING_SEARCHED
    language: Language = "en"
    generation: int = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the events, numbered from 1 in their order."""
        return tuple(event.citation for event in self.events)

    @property
    def first_decision(self) -> Event | None:
        """The earliest event that settled something."""
        return next((event for event in self.events if event.decided and event.date), None)

    @property
    def latest_decision(self) -> Event | None:
        """The latest event that settled something."""
        return next((event for event in reversed(self.events) if event.decided and event.date), None)

    def rows(self) -> list[dict[str, Any]]:
        """A flat dict per event, dates in ISO 8601."""
        return [_row(event) for event in self.events]

    def to_frame(self) -> Any:
        """The events as a pandas DataFrame, a row each."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=list(COLUMNS))

    def to_csv(self, out: IO[str]) -> None:
        """Writes them as CSV; a cell that a spreadsheet would take for a formula gets a ' before it."""
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in self.rows())

    def to_svg(self, width: int = 760) -> str:
        """The events on a line of time as an SVG picture; see `qa.drawing`."""
        from qa.drawing import timeline_svg

        return timeline_svg(self, width)

    def __str__(self) -> str:
        """How many meetings, the first and the latest decision, then every event with its exact words."""
        total = phrases.of_meetings(len(self.events), self.searched.meetings, self.language)
        lines = [f"{self.topic}: {total}" if self.language != "zh" else f"{self.topic}：{total}"]
        lines += _landmarks(self)
        for event in self.events:
            head = f"{phrases.heading(event.meeting, self.language)} ({phrases.kind_words(event.kind, self.language)})"
            lines += ["", head, f"    {tidy(event.citation.quote)} [{event.citation.number}]"]
        return "\n".join(lines)


def _landmarks(timeline: Timeline) -> list[str]:
    first, latest = timeline.first_decision, timeline.latest_decision
    if first is None or latest is None:
        return []
    found = [(phrases.first_decision(timeline.language), first)]
    found += [(phrases.latest_decision(timeline.language), latest)] if latest is not first else []
    gap = "" if timeline.language == "zh" else " "
    days = [phrases.meeting_day(event.meeting, timeline.language) for _, event in found]
    return [f"{label}{gap}{day} [{e.citation.number}]" for (label, e), day in zip(found, days, strict=True)]


def trace(session: Session, topic: str, scope: Scope, language: Language) -> Timeline:
    """The timeline of a topic over every meeting in scope."""
    meetings = {meeting.record_id: meeting for meeting in session.meetings(scope)}
    wanted = word_weights(session, topic_words(topic))
    decided = _best_entries(find_entries(session, scope, topic), wanted) if wanted else {}
    question = Question(topic, language=language, topic=topic)
    about = meetings_about(session, question, scope) if wanted else {}
    said = {record_id: mention for record_id, mention in about.items() if mention.covered >= LEAST}
    order = sorted((decided | said).keys(), key=lambda i: (meetings[i].date or datetime.date.max, i))
    events = []
    for number, record_id in enumerate(order, 1):
        record = session.record(record_id, scope.access)
        assert record is not None, "a record in scope is readable within the same transaction"
        events.append(
            _event(record, meetings[record_id], decided.get(record_id), said.get(record_id), number)
        )
    dates = [meeting.date for meeting in meetings.values() if meeting.date]
    searched = Searched(len(meetings), min(dates, default=None), max(dates, default=None))
    return Timeline(topic, tuple(events), searched, language, session.generation)


def _best_entries(entries: Iterable[Entry], weights: Mapping[str, float]) -> dict[str, Entry]:
    """Of each meeting the entry that says most: an outcome before a task, a task before a vote, then the best words."""
    best: dict[str, tuple[tuple[int, float, int], Entry]] = {}
    for entry in entries:
        rank = next((place for place, kinds in enumerate(_RANK) if entry.kind in kinds), len(_RANK))
        own = coverage(dict(weights), entry.quote)
        whole = coverage(dict(weights), f"{entry.quote} {entry.item or ''}")
        if whole < LEAST:
            continue
        key = (rank, -(own + whole), entry.start)
        record_id = entry.meeting.record_id
        if record_id not in best or key < best[record_id][0]:
            best[record_id] = (key, entry)
    return {record_id: entry for record_id, (_, entry) in best.items()}


def _event(
    record: Record, meeting: MeetingRef, entry: Entry | None, mention: Mention | None, number: int
) -> Event:
    place = entry or (_sentence(record, mention) if mention else None)
    assert place is not None
    item: Sequence[str] = ((entry.item,) if entry.item else ()) if entry else mention.item if mention else ()
    citation = cite(record, meeting, place.start, place.end, place.of(record.text), number, item)
    return Event(citation, entry.kind if entry else "discussed")


def _sentence(record: Record, mention: Span) -> Span:
    """The sentence that shows the topic; under a heading that names it, the first sentence below."""
    section = next(
        (s for s in record.sections if s.title_span.start < mention.end and mention.start < s.title_span.end),
        None,
    )
    if section is None or section.title_span.end >= section.end or mention.end > section.title_span.end + 2:
        return mention
    for sentence in sentences(record.text, section.title_span.end, section.end):
        words = sentence.of(record.text)
        if len(topic_words(words)) >= 3:
            lead = len(words) - len(words.lstrip(" \n#*-"))
            return Span(sentence.start + lead, sentence.start + len(words.rstrip()))
    return mention


def _row(event: Event) -> dict[str, Any]:
    citation, meeting = event.citation, event.meeting
    return {
        "date": meeting.date and meeting.date.isoformat(),
        "meeting": meeting.title,
        "body": meeting.body,
        "session": meeting.session,
        "kind": str(event.kind),
        "item": " › ".join(citation.item) or None,
        "quote": citation.quote,
        "record_id": meeting.record_id,
        "version": citation.version,
        "start": citation.start,
        "end": citation.end,
    }
