"""Times as a question for what is due means them: ahead of the day of asking, not back from it.

"In June" is the June that is not over yet; "next month", 「下周五」 count from the day of asking.
"""

import calendar as months
import datetime
import re
from dataclasses import replace

from ingest.numerals import CHINESE_NUMERALS
from qa.answers import Period
from qa.calendar import Calendar
from qa.periods import TimeWords, find_times
from qa.relative_times import years_on

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_HAN_WEEKDAYS = "一二三四五六日"
_UNITS = {"周": "week", "星期": "week", "月": "month", "季度": "quarter", "年": "year"}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_STEPS = {"next": 1, "coming": 1, "this": 0, "the": 0, "下": 1, "下下": 2, "明": 1, "本": 0, "这": 0}
_AHEAD = re.compile(
    rf"\b(?:the )?(?P<which>next|coming|this) (?:(?P<day>{'|'.join(_WEEKDAYS)})|(?P<unit>week|month|quarter|year))\b"
    r"|\b(?<=end of )(?P<which_>the) (?P<unit_>week|month|quarter|year)\b"
    rf"|(?P<han>下下|下|本|这)一?个?(?:(?:周|星期)(?P<han_day>[{_HAN_WEEKDAYS}天])|(?P<han_unit>周|星期|月|季度))"
    rf"|(?P<han_>[明本])(?P<han_unit_>年)(?!的?[\d{CHINESE_NUMERALS}]|[上下第])",
    re.IGNORECASE,
)


def find_times_ahead(text: str, calendar: Calendar) -> list[TimeWords]:
    """Every time expression of `text`, in order, not overlapping, those without a year in the next there is."""
    own = [_counted(match, calendar.anchor) for match in _AHEAD.finditer(text)]
    others = find_times(text, calendar.timeline(), calendar.anchor)
    clear = [one for one in others if all(one.end <= o.start or o.end <= one.start for o in own)]
    return sorted([*own, *(_ahead(one, calendar.anchor) for one in clear)], key=lambda time: time.start)


def _ahead(time: TimeWords, anchor: datetime.date) -> TimeWords:
    """The time, where it names no year, in the first in which it is not over at the anchor."""
    first, last = time.period.first, time.period.last
    edge = last or first
    if time.dated or edge is None:
        return time
    years = anchor.year - edge.year
    years += years_on(edge, years) < anchor
    moved = replace(time.period, first=first and years_on(first, years), last=last and years_on(last, years))
    return replace(time, period=moved)


def _counted(match: re.Match[str], anchor: datetime.date) -> TimeWords:
    """A week, month, quarter or year, or a day of a week, so many on from that of the anchor."""
    group = match.groupdict()
    steps = _STEPS[(group["which"] or group["which_"] or group["han"] or group["han_"]).lower()]
    weekday = group["day"] or group["han_day"]
    unit = group["unit"] or group["unit_"] or group["han_unit"] or group["han_unit_"] or "week"
    first, last = _stretch(anchor, _UNITS.get(unit, unit.lower()), steps)
    if weekday:
        first = last = first + datetime.timedelta(days=_place_in_week(weekday))
    return TimeWords(match.start(), match.end(), Period(match.start(), match.end(), first, last, match[0]))


def _place_in_week(weekday: str) -> int:
    named = weekday.lower()
    return _WEEKDAYS.index(named) if named in _WEEKDAYS else _HAN_WEEKDAYS.index(named.replace("天", "日"))


def _stretch(anchor: datetime.date, unit: str, steps: int) -> tuple[datetime.date, datetime.date]:
    if unit == "week":
        first = anchor + datetime.timedelta(days=7 * steps - anchor.weekday())
        return first, first + datetime.timedelta(days=6)
    size = _MONTHS_OF[unit]
    begin = (anchor.year * 12 + anchor.month - 1) // size * size + steps * size
    (year, month), (last_year, last_month) = divmod(begin, 12), divmod(begin + size - 1, 12)
    end = months.monthrange(last_year, last_month + 1)[1]
    return datetime.date(year, month + 1, 1), datetime.date(last_year, last_month + 1, end)
