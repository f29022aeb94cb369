"""The evidence that a language model sees: the best passages of what was found, and entries of the register as rows.

What the extractive answer cites comes first; then the passages as they are ranked, by turns of the meetings where
several are compared or summed up; then decisions, votes and tasks that stand in passages further down. As many as the
prompt has room for, at most `MOST`; they are numbered from the newest meeting on, in the order of each record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from ingest.records import Decision, DecisionKind, Record, Span
from qa.answers import Answer, Intent, MeetingRef
from qa.corpus import Session
from qa.evidence import Evidence
from qa.lock import NumberedPassage
from qa.model.instructions import speaks_to_models
from qa.model.prompt import tokens_of
from qa.retrieval import spread
from qa.signs import Candidate

MOST = 20  # pieces
ROWS = 6  # of them that are entries of the register
OF_ROWS = 0.15  # share of the room that is kept for these
LOOKED_AT = 60  # passages, best first, among which pieces are chosen
LONGEST = 1_500  # characters of a piece: neighbours become one up to that, longer lines are not made whole


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands; `entry` is the entry of the register that it is, if it is one."""

    meeting: MeetingRef
    span: Span
    item: tuple[str, ...] = ()
    entry: Decision | None = None

    def within(self, other: "Place") -> bool:
        """Whether all of it stands in the other."""
        same = self.meeting.record_id == other.meeting.record_id
        return same and other.span.start <= self.span.start and self.span.end <= other.span.end


def pieces(session: Session, draft: Answer, evidence: Evidence, room: int) -> tuple[NumberedPassage, ...]:
    """The evidence of an extractive answer, best first, numbered; `room` is how many tokens there are for it."""
    best = spread(evidence.asked or draft.question, evidence.candidates)[:LOOKED_AT]
    ranked = [_place(one, evidence) for one in best]
    wanted = chain(_cited(draft, ranked), _by_turns(ranked) if _of_several(draft) else ranked)
    records = _Records(session, evidence)
    chosen = _fitting(wanted, records, [], int(room * (1 - OF_ROWS)), MOST - ROWS)
    rows = _fitting(_rows(session, best, evidence), records, chosen, room, len(chosen) + ROWS)
    filled = _fitting(ranked, records, rows, room, MOST)
    return _numbered(_joined(filled, records), records, filled)


def _place(candidate: Candidate, evidence: Evidence) -> Place:
    passage = candidate.passage
    return Place(evidence.meetings[passage.record_id], Span(passage.start, passage.end), passage.item)


def _cited(draft: Answer, ranked: Sequence[Place]) -> list[Place]:
    """What the draft cites, by the passages that hold it, where one does."""
    cited = [Place(c.record, Span(c.start, c.end), c.item) for c in draft.citations]
    hits = [Place(hit.meeting, Span(hit.start, hit.end), hit.item) for hit in draft.hits]
    known = [*ranked, *hits]
    return [next((one for one in known if place.within(one)), place) for place in cited]


def _of_several(draft: Answer) -> bool:
    """Whether meetings are compared or summed up, so that each of them is to be heard."""
    question = draft.question
    named = len(question.when) + len(question.sessions) + len(question.records)
    return named > 1 or question.intent in (Intent.SUMMARY, Intent.OPINION)


def _by_turns(ranked: Sequence[Place]) -> Iterator[Place]:
    """The best place of each meeting, then the second of each, the meetings as their best is ranked."""
    of_meeting: dict[str, list[Place]] = {}
    for place in ranked:
        of_meeting.setdefault(place.meeting.record_id, []).append(place)
    return (place for turn in zip_longest(*of_meeting.values()) for place in turn if place is not None)


def _rows(session: Session, best: Sequence[Candidate], evidence: Evidence) -> Iterator[Place]:
    """The entries of the register that stand in the passages, best passage first."""
    register = session.decisions_of(list(dict.fromkeys(one.passage.record_id for one in best)))
    for candidate in best:
        passage = candidate.passage
        for entry in register.get(passage.record_id, ()):
            inside = passage.start <= entry.start < passage.end
            if inside and entry.kind is not DecisionKind.EMPHASISED:
                meeting = evidence.meetings[passage.record_id]
                yield Place(meeting, Span(entry.start, entry.end), passage.item, entry)


class _Records:
    """The records that pieces are cut from, each read once."""

    def __init__(self, session: Session, evidence: Evidence) -> None:
        self._session, self._access = session, evidence.scope.access
        self._read: dict[str, Record | None] = {}

    def of(self, place: Place) -> Record | None:
        """The record of a place; None for one that may not be read."""
        record_id = place.meeting.record_id
        if record_id not in self._read:
            self._read[record_id] = self._session.record(record_id, self._access)
        return self._read[record_id]


def _fitting(
    wanted: Iterable[Place], records: _Records, chosen: Sequence[Place], room: int, most: int
) -> list[Place]:
    """The places chosen, and of those wanted the next for which there is room, each once and with its whole lines."""
    found = list(chosen)
    left = room - sum(_size(place, records) for place in found)
    for place in wanted:
        if len(found) >= most or left <= 0:
            break
        record = records.of(place)
        if record is None or any(place.within(other) for other in found):
            continue
        whole = Place(place.meeting, _whole_lines(record.text, place.span), place.item, place.entry)
        size = _size(whole, records)
        if size <= left:
            found.append(whole)
            left -= size
    return found


def _size(place: Place, records: _Records) -> int:
    record = records.of(place)
    return tokens_of(_passage(0, record, place)) if record else 0


def _whole_lines(text: str, span: Span) -> Span:
    """The span out to the ends of its lines: half a sentence could say the opposite of the whole.

    A passage ends with a sentence, so that one in a line without end stays as it is.
    """
    end = text.find("\n", span.end - 1 if span.end and text[span.end - 1] == "\n" else span.end)
    whole = Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
    return whole if whole.end - whole.start <= LONGEST else span


def _joined(places: Sequence[Place], records: _Records) -> list[Place]:
    """The places in the order of their records, those of one item that follow or overlap each other as one."""
    ordered = sorted(places, key=lambda place: (place.meeting.record_id, place.span.start, place.span.end))
    found: list[Place] = []
    for place in ordered:
        last = found[-1] if found else None
        if last is not None and _goes_on(last, place, records):
            span = Span(last.span.start, max(last.span.end, place.span.end))
            found[-1] = Place(last.meeting, span, last.item, last.entry)
        else:
            found.append(place)
    return found


def _goes_on(one: Place, other: Place, records: _Records) -> bool:
    record = records.of(one)
    if record is None or (one.meeting.record_id, one.item) != (other.meeting.record_id, other.item):
        return False
    if one.entry or other.entry or other.span.end - one.span.start > LONGEST:
        return other.within(one)
    return not record.text[one.span.end : other.span.start].strip()


def _numbered(
    places: Sequence[Place], records: _Records, chosen: Sequence[Place]
) -> tuple[NumberedPassage, ...]:
    """The pieces numbered from the newest meeting on, and in the order in which they were chosen."""
    rank = {place: min(at for at, one in enumerate(chosen) if one.within(place)) for place in places}
    of_meeting: dict[str, int] = {}
    for place, at in rank.items():
        of_meeting[place.meeting.record_id] = min(at, of_meeting.get(place.meeting.record_id, at))

    def told(place: Place) -> tuple[int, int, int]:
        day = place.meeting.date.toordinal() if place.meeting.date else 0
        return -day, of_meeting[place.meeting.record_id], place.span.start

    numbers = {place: number for number, place in enumerate(sorted(places, key=told), 1)}
    held = [(place, records.of(place)) for place in sorted(places, key=rank.__getitem__)]
    return tuple(_passage(numbers[place], record, place) for place, record in held if record)


def _passage(number: int, record: Record, place: Place) -> NumberedPassage:
    withheld = tuple(speaks_to_models(record.text, place.span.start, place.span.end))
    return NumberedPassage(
        start=place.span.start,
        end=place.span.end,
        number=number,
        record=record,
        meeting=place.meeting,
        item=place.item,
        withheld=withheld,
        entry=place.entry,
    )
