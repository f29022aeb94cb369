"""The evidence that a language model sees: the best passages of what was found, and entries of the register as rows.

What the extractive answer cites comes first; then the passages as they are ranked, by turns of the meetings where
several are compared or summed up; then decisions, votes and tasks that stand in passages further down, and the heads of
the best records. As many as the prompt has room for, at most `MOST`; they are numbered from the newest meeting on, in
the order of each record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from ingest.records import Decision, DecisionKind, Record, Span
from qa.answers import Answer, Intent, MeetingRef
from qa.corpus import Session
from qa.evidence import Evidence
from qa.instructions import speaks_to_models
from qa.lock import NumberedPassage
from qa.model.prompt import tokens_of
from qa.retrieval import spread
from qa.signs import Candidate

MOST = 20  # pieces
ROWS = 6  # of them that are entries of the register
HEADS = 2  # the best meetings, of which the head is among the pieces: who was there, when, in whose chair
HEAD = 600  # characters of a head
KEPT = 0.25  # share of the room that is kept for rows and heads
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
    chosen = _fitting(wanted, records, [], int(room * (1 - KEPT)), MOST - ROWS)
    rows = _fitting(_rows(session, best, evidence), records, chosen, room, ROWS)
    told = _fitting(_heads(ranked, records), records, rows, room, HEADS)
    filled = _fitting(ranked, records, told, room, LOOKED_AT)
    apart = [one for one in filled if not any(one.within(other) for other in filled if other is not one)]
    return _numbered(apart[:MOST], records)


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


def _heads(ranked: Sequence[Place], records: "_Records") -> Iterator[Place]:
    """The heads of the records, that of the best place first; whole lines of them."""
    for meeting in dict.fromkeys(place.meeting for place in ranked):
        record = records.of(Place(meeting, Span(0, 0)))
        if record is not None:
            yield Place(meeting, Span(0, record.text.rfind("\n", 0, HEAD) + 1 or min(HEAD, len(record.text))))


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
    """The places chosen, and of those wanted the next `most` for which there is room, each once, in whole lines.

    One that follows or overlaps another becomes one with it.
    """
    found = list(chosen)
    left = room - sum(_size(place, records) for place in found)
    for place in wanted:
        if len(found) - len(chosen) >= most or left <= 0:
            break
        record = records.of(place)
        if record is None or any(place.within(other) for other in found):
            continue
        whole = Place(place.meeting, _whole_lines(record.text, place.span), place.item, place.entry)
        at = next((at for at, one in enumerate(found) if _together(one, whole, record)), len(found))
        before = found[at : at + 1]
        together = _joined(before[0], whole) if before else whole
        size = _size(together, records) - sum(_size(one, records) for one in before)
        if size <= left:
            found[at : at + 1] = [together]
            left -= size
    return found


def _together(one: Place, other: Place, record: Record) -> bool:
    """Whether two places of one item follow or overlap each other and are short enough to be one."""
    if (one.meeting.record_id, one.item) != (other.meeting.record_id, other.item) or one.entry or other.entry:
        return False
    first, last = sorted((one.span, other.span), key=lambda span: (span.start, span.end))
    apart = record.text[first.end : last.start].strip()
    return not apart and max(first.end, last.end) - first.start <= LONGEST


def _joined(one: Place, other: Place) -> Place:
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    return Place(one.meeting, span, one.item)


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


def _numbered(places: Sequence[Place], records: _Records) -> tuple[NumberedPassage, ...]:
    """The pieces as they were chosen, numbered from the newest meeting on."""
    first = {place.meeting.record_id: at for at, place in reversed(list(enumerate(places)))}

    def told(place: Place) -> tuple[int, int, int]:
        day = place.meeting.date.toordinal() if place.meeting.date else 0
        return -day, first[place.meeting.record_id], place.span.start

    numbers = {place: number for number, place in enumerate(sorted(places, key=told), 1)}
    held = [(place, records.of(place)) for place in places]
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
