"""A deadline as a date, where the words name one."""

import calendar
import datetime
import re
from collections.abc import Callable

from ingest.date_forms import CHINESE_UP_TO_99, MONTHS
from ingest.numerals import chinese_number

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"
_DAY_FIRST = (
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?"
)
_MONTH_FIRST = (
    rf"\b(?P<month>{_MONTH})\b\.?(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?(?:,? (?P<year>\d{{4}}))?"
)
_YEARS_ON = {"今": 0, "本": 0, "当": 0, "明": 1}
_YEAR = rf"(?P<year>\d{{4}}|[{''.join(_YEARS_ON)}])"
_HAN = (
    rf"(?:{_YEAR}\s?年)?\s?(?<![第个\d])(?P<month>{CHINESE_UP_TO_99})\s?月(?:份)?"
    rf"(?:\s?(?P<day>{CHINESE_UP_TO_99})\s?[日号]|\s?(?P<part>[上中下])旬)?"
)
_LAST_OF_PART = {"上": "10", "中": "20"}
_OF_THE_YEAR = (
    rf"{_YEAR}?年(?:[底末终内]|(?P<half>[上下])半年"
    r"|(?:第?(?P<quarter>[一二三四1-4])季度))"
    r"|(?P<half_>[上下])半年|第?(?P<quarter_>[一二三四1-4])季度"
    r"|\b(?:end of (?:the|this|the current) year|year[- ]end)\b"
)
_OF_THE_MONTH = (
    r"(?<![个\d])(?:[本当]|(?P<next>下个?|次))?月[底末内]"
    r"|\b(?:end of (?:the|this|(?P<next_>next)) month|month[- ]end)\b"
)
_OF_THE_WEEK = r"(?P<which>本|这|下下|下)?个?(?:周|星期)(?P<weekday>[一二三四五六日天末内])"
_WEEKDAYS = {name: place for place, name in enumerate("一二三四五六日")} | {"天": 6, "末": 6, "内": 6}
_WEEKS_ON = {"下": 1, "下下": 2}

_Reading = Callable[[re.Match[str], datetime.date | None], datetime.date | None]


def due_date(deadline: str, meeting: datetime.date | None = None) -> datetime.date | None:
    """The day a deadline names: without a year the first after `meeting`, without a day the month's last.

    "The end of the month", 「下周五」 and their like count from the day of the meeting. None when the words name no
    date, or none without the meeting's date, which is unknown.

    >>> due_date("by 30 June", datetime.date(2024, 7, 2)), due_date("下周五前", datetime.date(2024, 7, 2))
    (datetime.date(2025, 6, 30), datetime.date(2024, 7, 12))
    """
    for pattern, read in _READINGS:
        if match := pattern.search(deadline):
            day = read(match, meeting)
            return (
                day and day.replace(day=1) - datetime.timedelta(days=1)
                if _ends_before(deadline, match)
                else day
            )
    return None


def _ends_before(deadline: str, match: re.Match[str]) -> bool:
    """Whether it is the month itself that it must be done before: "before October", 「10月前」."""
    group = match.groupdict()
    if not group.get("month") or group.get("day") or group.get("part"):
        return False
    return bool(_BEFORE.search(deadline[: match.start()]) or _HAN_BEFORE.match(deadline, match.end()))


_BEFORE = re.compile(r"\b(?:before|prior to|ahead of)\s(?:the\s)?$", re.IGNORECASE)
_HAN_BEFORE = re.compile(r"(?:份)?(?:之|以)?前")


def _calendar_day(match: re.Match[str], meeting: datetime.date | None) -> datetime.date | None:
    group = {"part": None} | match.groupdict()
    month = MONTHS.get(group["month"].lower()) or chinese_number(group["month"])
    day = chinese_number(group["day"] or _LAST_OF_PART.get(group["part"] or "", "") or "")
    return _first_such(
        _years(group["year"], meeting), month or 0, day, meeting if not group["year"] else None
    )


def _of_the_year(match: re.Match[str], meeting: datetime.date | None) -> datetime.date | None:
    """The end of a year, or of its half or quarter: 「2025年底」, 「下半年」, 「明年二季度末」."""
    half, quarter = match["half"] or match["half_"], match["quarter"] or match["quarter_"]
    month = 12
    if half:
        month = 6 if half == "上" else 12
    elif quarter:
        month = 3 * (chinese_number(quarter) or 0)
    return _first_such(_years(match["year"], meeting), month, None, meeting if not match["year"] else None)


def _of_the_month(match: re.Match[str], meeting: datetime.date | None) -> datetime.date | None:
    if meeting is None:
        return None
    years, month = divmod(meeting.month - 1 + bool(match["next"] or match["next_"]), 12)
    return _first_such([meeting.year + years], month + 1, None, None)


def _of_the_week(match: re.Match[str], meeting: datetime.date | None) -> datetime.date | None:
    """A day of the week of the meeting or of a later one; 「周五」 alone is the first from the meeting on."""
    if meeting is None:
        return None
    ahead = _WEEKDAYS[match["weekday"]] - meeting.weekday()
    weeks = _WEEKS_ON.get(match["which"] or "", 0 if match["which"] or ahead >= 0 else 1)
    return meeting + datetime.timedelta(days=ahead + 7 * weeks)


def _years(year: str | None, meeting: datetime.date | None) -> list[int]:
    """The years a deadline may lie in: the one it names, or that of the meeting and the next."""
    if year and year not in _YEARS_ON:
        return [int(year)]
    if meeting is None:
        return []
    return [meeting.year + _YEARS_ON[year]] if year else [meeting.year, meeting.year + 1]


def _first_such(
    years: list[int], month: int, day: int | None, since: datetime.date | None
) -> datetime.date | None:
    """The day of a month, its last without a day, in the first of the years in which it is not before `since`."""
    for year in years:
        if not (1 <= month <= 12 and 1 <= year <= 9999):
            return None
        last = calendar.monthrange(year, month)[1]
        if day and day > last:
            return None
        found = datetime.date(year, month, day or last)
        if since is None or found >= since:
            return found
    return None


_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (_ISO, _calendar_day),
        (_DAY_FIRST, _calendar_day),
        (_MONTH_FIRST, _calendar_day),
        (_HAN, _calendar_day),
        (_OF_THE_YEAR, _of_the_year),
        (_OF_THE_MONTH, _of_the_month),
        (_OF_THE_WEEK, _of_the_week),
    )
)
