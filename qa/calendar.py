"""What the corpus holds, as far as the asker may see it: meetings by date and session, people, bodies.

A question is read against it: "the last meeting", "in March" and "the mayor" mean something only there.
Look-ups use an index that is built once, on the first question.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from qa.answers import MeetingRef

_RECENT = datetime.timedelta(days=731)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the records name: as they write the name, and the offices held ("Mayor", "市长")."""

    name: str
    offices: tuple[str, ...] = ()


class Timeline:
    """Meetings in order of time, with the questions one asks of such a row; sessions too."""

    def __init__(self, meetings: Iterable[MeetingRef]) -> None:
        self.meetings = tuple(meetings)
        self.dated = tuple(sorted((m for m in self.meetings if m.date), key=_start))
        self._starts = [_start(meeting) for meeting in self.dated]
        lengths = ((_end(m) - _start(m)) for m in self.dated)
        self._longest = max(lengths, default=datetime.timedelta())
        self._sessions: dict[int, list[MeetingRef]] = defaultdict(list)
        for meeting in self.meetings:
            if meeting.session is not None:
                self._sessions[meeting.session].append(meeting)

    def within(
        self, first: datetime.date | None = None, last: datetime.date | None = None
    ) -> Sequence[MeetingRef]:
        """The dated meetings that touch `first` to `last`, both included; None is an open side."""
        stop = len(self.dated) if last is None else bisect_right(self._starts, last)
        if first is None:
            return self.dated[:stop]
        reach = first - min(self._longest, first - datetime.date.min)
        start = bisect_left(self._starts, reach)
        return [meeting for meeting in self.dated[start:stop] if _end(meeting) >= first]

    def nearest(
        self, first: datetime.date | None, last: datetime.date | None, count: int = 3
    ) -> tuple[MeetingRef, ...]:
        """The meetings nearest to a period, best first; of two equally near the later one first."""
        low = first or last
        high = last or first
        if low is None or high is None:
            return tuple(reversed(self.dated[-count:]))
        start = bisect_left(self._starts, low)
        around = self.dated[max(0, start - count - 1) : bisect_right(self._starts, high) + count]
        ranked = sorted(reversed(around), key=lambda m: max((_start(m) - high).days, (low - _end(m)).days, 0))
        return tuple(ranked[:count])

    def with_session(self, number: int) -> Sequence[MeetingRef]:
        """The meetings that bear this session number."""
        return self._sessions.get(number, ())

    def nearest_sessions(self, numbers: Iterable[int], count: int = 3) -> tuple[MeetingRef, ...]:
        """The meetings whose session numbers are nearest to any of `numbers`, best first."""
        wanted = tuple(numbers)
        near = sorted(self._sessions, key=lambda have: (min(abs(have - want) for want in wanted), -have))
        found: list[MeetingRef] = []
        for number in near[:count]:
            found += sorted(self._sessions[number], key=lambda m: m.date or datetime.date.min, reverse=True)
        return tuple(found[:count])

    def years(self) -> range:
        """The years the dated meetings lie in, the latest first; empty without any."""
        if not self._starts:
            return range(0)
        return range(self._starts[-1].year, self._starts[0].year - 1, -1)

    @property
    def last_day(self) -> datetime.date | None:
        """The first day of the latest meeting."""
        return self._starts[-1] if self._starts else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The meetings, people and bodies in reach.

    meetings  sorted by date, those without a date last, whatever order they are given in
    bodies    bodies and series of meetings, as the records write them
    today     the day of asking
    """

    meetings: tuple[MeetingRef, ...] = ()
    people: tuple[Person, ...] = ()
    bodies: tuple[str, ...] = ()
    today: datetime.date = field(default_factory=datetime.date.today)
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.meetings, key=lambda meeting: meeting.date or datetime.date.max)
        object.__setattr__(self, "meetings", tuple(ordered))

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make()` gives, made once per calendar and key: indexes of people, bodies, meetings."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast(Made, self._kept[key])

    def timeline(self, bodies: tuple[str, ...] = ()) -> Timeline:
        """The meetings of these bodies or series in order of time; all meetings when none is named."""
        return self.kept(("timeline", bodies), lambda: Timeline(_of(self.meetings, bodies)))

    @property
    def anchor(self) -> datetime.date:
        """The day that "last year" and "since March" count from.

        Today, while the corpus is alive: its last meeting lies within two years of today. For an older
        corpus its last meeting's date: "last year" of minutes that end in 2010 is 2009.
        """
        last = self.timeline().last_day
        return last if last and abs(self.today - last) > _RECENT else self.today


def _of(meetings: Iterable[MeetingRef], bodies: tuple[str, ...]) -> Iterable[MeetingRef]:
    """The meetings of these bodies or series; one whose title alone names a body counts too."""
    if not bodies:
        return meetings
    return (
        meeting
        for meeting in meetings
        if meeting.body in bodies
        or meeting.series in bodies
        or any(body.casefold() in meeting.title.casefold() for body in bodies)
    )


def _start(meeting: MeetingRef) -> datetime.date:
    assert meeting.date is not None
    return meeting.date


def _end(meeting: MeetingRef) -> datetime.date:
    return max(_start(meeting), meeting.end_date or _start(meeting))
