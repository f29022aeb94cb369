"""Times counted from the one a conversation spoke of: the year before, the next meeting, since then, 去年同期."""

import calendar as months
import datetime
import re
from dataclasses import replace

from ingest.numerals import ENGLISH_ORDINAL
from qa.answers import MeetingRef, Period, Question
from qa.calendar import Calendar
from qa.periods import find_times
from qa.turns import Shift, Turn, Unit
from qa.wording import clean

Days = tuple[datetime.date | None, datetime.date | None]


def counted_from(turn: Turn, shift: Shift, calendar: Calendar) -> Question | None:
    """The earlier question with its time or meeting moved by `shift`; None where there is nothing to count from."""
    if shift.unit is Unit.MEETING:
        meeting = meeting_of(turn, calendar) or _last_named(turn.question, calendar)
        return _beside(turn.question, meeting, shift, calendar) if meeting else None
    days = _days_of(turn, calendar)
    if days is None:
        return None
    moved = _moved(days, shift)
    period = Period(0, 0, *moved, text=shift.words)
    return replace(turn.question, when=(period,), sessions=())


def meeting_of(turn: Turn, calendar: Calendar) -> MeetingRef | None:
    """The one meeting a turn was about: the one it named, else the first its answer cited, else None."""
    question = turn.question
    timeline = calendar.timeline(question.bodies)
    named = [m for number in question.sessions for m in timeline.with_session(number)]
    if question.when and not question.sessions:
        named = list(
            {m.record_id: m for p in question.when for m in timeline.within(p.first, p.last)}.values()
        )
    held = {meeting.record_id for meeting in named}
    cited = [m for m in turn.cited if m.record_id in held or not named]
    known = {m.record_id: m for m in calendar.meetings}
    if cited:
        return known.get(cited[0].record_id)
    if question.sessions or len(named) == 1:
        return named[-1] if named else None
    return None


def _last_named(question: Question, calendar: Calendar) -> MeetingRef | None:
    """The last meeting of the time a question named; None where it named none."""
    timeline = calendar.timeline(question.bodies)
    held = [m for p in question.when for m in timeline.within(p.first, p.last)]
    return max(held, key=lambda m: str(m.date), default=None)


def only(meeting: MeetingRef, question: Question, calendar: Calendar) -> Question:
    """The question asked of one meeting alone."""
    bodies = tuple(name for name in (meeting.series or meeting.body,) if name)
    if meeting.date is None:
        return replace(
            question, when=(), sessions=() if meeting.session is None else (meeting.session,), bodies=bodies
        )
    last = meeting.end_date or meeting.date
    shared = [m for m in calendar.timeline().within(meeting.date, last) if m.record_id != meeting.record_id]
    period = Period(0, 0, meeting.date, last)
    return replace(question, when=(period,), sessions=(), bodies=bodies if shared else question.bodies)


def in_year_of(
    before: tuple[Period, ...], when: tuple[Period, ...], text: str, calendar: Calendar
) -> tuple[Period, ...]:
    """Months and days that `text` names without a year, put into the one year that was spoken of before."""
    year = _one_year(before)
    if year is None:
        return when
    times = find_times(clean(text).clean, calendar.timeline(), calendar.anchor)
    undated = {
        (t.period.first, t.period.last) for t in times if t.unit != "year" and not t.dated and not t.adverb
    }
    return tuple(_in_year(p, year) if (p.first, p.last) in undated else p for p in when)


def of_its_year(phrase: str, before: tuple[Period, ...]) -> str:
    """ "the second half" as that of the one year that was spoken of before."""
    year = _one_year(before)
    share = re.fullmatch(
        rf"(?:(?:in|during|for) )?(?:the )?(?:{ENGLISH_ORDINAL}|last) (?:half|quarter)", phrase, re.IGNORECASE
    )
    return f"{phrase} of {year}" if share and year else phrase


def _one_year(periods: tuple[Period, ...]) -> int | None:
    years = {day.year for p in periods for day in (p.first, p.last) if day}
    closed = all(p.first and p.last for p in periods)
    return years.pop() if len(years) == 1 and closed else None


def _in_year(period: Period, year: int) -> Period:
    first, last = period.first, period.last
    if first is None or last is None or first.year != last.year:
        return period
    return replace(period, first=years_on(first, year - first.year), last=years_on(last, year - last.year))


def _beside(question: Question, meeting: MeetingRef, shift: Shift, calendar: Calendar) -> Question | None:
    """The question asked of the meeting so many before or after one, of the same series or body."""
    steps = shift.steps
    kin = tuple(name for name in (meeting.series or meeting.body,) if name)
    timeline = calendar.timeline(kin) if kin else calendar.timeline()
    row = [m for m in timeline.dated if m.date]
    place = next((i for i, m in enumerate(row) if m.record_id == meeting.record_id), None)
    if place is None:
        return None
    found = row[place + steps] if 0 <= place + steps < len(row) else None
    if meeting.session is not None and question.sessions:
        number = meeting.session + steps
        by_number = (
            found is None
            or found.session is None
            or found.session == number
            or abs(found.session - number) < 5
        )
        if number > 0 and by_number:
            return replace(question, when=(), sessions=(number,))
    if found is None or found.date is None:
        return _no_such(question, meeting, shift)
    period = Period(0, 0, found.date, found.end_date or found.date, text=shift.words)
    return replace(question, when=(period,), sessions=(), bodies=question.bodies or kin)


def _no_such(question: Question, meeting: MeetingRef, shift: Shift) -> Question | None:
    """Before the first or after the last meeting of a series: an open period in which there is none."""
    if meeting.date is None:
        return None
    one = datetime.timedelta(days=1)
    days: Days = (
        (None, meeting.date - one) if shift.steps < 0 else ((meeting.end_date or meeting.date) + one, None)
    )
    return replace(question, when=(Period(0, 0, *days, text=shift.words),), sessions=())


def _days_of(turn: Turn, calendar: Calendar) -> Days | None:
    """From when to when a turn asked; of one that named no time, when the meetings its answer cited were held."""
    question = turn.question
    if question.when:
        firsts, lasts = [p.first for p in question.when], [p.last for p in question.when]
        return (
            None if None in firsts else min(day for day in firsts if day),
            None if None in lasts else max(day for day in lasts if day),
        )
    meeting = meeting_of(turn, calendar) if question.sessions else None
    known = {m.record_id: m for m in calendar.meetings}
    held = [meeting] if meeting else [known[m.record_id] for m in turn.cited if m.record_id in known]
    days = sorted(m.date for m in held if m.date)
    return (days[0], days[-1]) if days else None


def _moved(days: Days, shift: Shift) -> Days:
    first, last = days
    one = datetime.timedelta(days=1)
    if shift.unit is Unit.AFTER:
        return (last + one if last else first), None
    if shift.unit is Unit.BEFORE:
        stop = first or last
        return None, (stop - one if stop else None)
    if shift.unit is Unit.SAME:
        if first and first == last:  # of one meeting: its month
            first, last = _unit_around(first, Shift(Unit.MONTH))
            days = (first, last)
        return tuple(day and years_on(day, shift.steps) for day in days)  # type: ignore[return-value]
    edge = (first or last) if shift.steps <= 0 else (last or first)
    return _unit_around(edge, shift) if edge else (None, None)


def years_on(day: datetime.date, years: int) -> datetime.date:
    """The same day of another year; the last of a month stays the last of it."""
    year = min(max(day.year + years, 1), 9999)
    longest = months.monthrange(year, day.month)[1]
    last = day.day == months.monthrange(day.year, day.month)[1]
    return datetime.date(year, day.month, longest if last else min(day.day, longest))


def _unit_around(day: datetime.date, shift: Shift) -> Days:
    """The year, quarter or month so many away from the one a day lies in."""
    size = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}[shift.unit]
    count = (day.year * 12 + day.month - 1) // size * size + shift.steps * size
    (year, month), (last_year, last_month) = divmod(count, 12), divmod(count + size - 1, 12)
    if not (1 <= year <= 9998 and 1 <= last_year <= 9998):
        return None, None
    end = months.monthrange(last_year, last_month + 1)[1]
    return datetime.date(year, month + 1, 1), datetime.date(last_year, last_month + 1, end)
