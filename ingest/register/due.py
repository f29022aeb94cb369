"""A deadline as a date, where the words name one."""

import calendar
import datetime
import re

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.?(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_HAN = re.compile(
    r"(?:(?P<year>\d{4})\s?年)?\s?(?P<month>\d{1,2})\s?月(?:份)?(?:\s?(?P<day>\d{1,2})\s?[日号])?"
)
_HAN_YEAR_END = re.compile(r"(?:(?P<year>\d{4})年)?(?:今)?年(?:底|末)|(?P<year2>\d{4})年(?:底|末)")


def due_date(deadline: str, meeting: datetime.date | None = None) -> datetime.date | None:
    """The day a deadline names: without a year the first after `meeting`, without a day the month's last.

    None when the words name no date, or no year and the meeting's date is unknown.

    >>> due_date("by 30 June", datetime.date(2024, 7, 2))
    datetime.date(2025, 6, 30)
    """
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _HAN):
        if match := pattern.search(deadline):
            return _date(match["year"], match["month"], match["day"], meeting)
    if match := _HAN_YEAR_END.search(deadline):
        return _date(match["year"] or match["year2"], "12", "31", meeting)
    return None


def _date(
    year: str | None, month: str, day: str | None, meeting: datetime.date | None
) -> datetime.date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    if not 1 <= number <= 12 or not (year or meeting):
        return None
    for candidate in [int(year)] if year else [meeting.year, meeting.year + 1]:  # type: ignore[union-attr]
        if not 1 <= candidate <= 9999:
            return None
        last = calendar.monthrange(candidate, number)[1]
        if day and not 1 <= int(day) <= last:
            return None
        found = datetime.date(candidate, number, int(day) if day else last)
        if year or found >= meeting:  # type: ignore[operator]
            return found
    return None
