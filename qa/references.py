"""How a decision refers to an earlier one: by its number, the day of its meeting, or the value it set."""

import datetime
import re
from collections.abc import Iterable

from ingest.dates import find_dates, find_day_months

_NUMBER = re.compile(
    r"\b(?:Resolution|Ordinance|Bill|By-?law|Motion|Act|Order|Permit|Contract|Regulation|Directive|Report"
    r"|Policy|Decision|Minute)s? (?:No\.? ?|Number |#)?"
    r"([A-Z]{0,4}-?\d[\w./-]*\d|\d{2,})|(?:第|[〔\[［(（]\d{4}[〕\]］)）])(\d{1,5})号",
)
_OF_ONE_YEAR = re.compile(r"\d{4}|\d\D+\d")  # "2025-14", which no other year gives again
_FIGURE = re.compile(r"(?<![\d.,])\d{2,}(?:\.\d+)?(?![\d.]|,\d|年|月|日)")
_OLD_VALUE = re.compile(
    r"由([^，。；由]{2,24}?)(?:调整|变更|修改|提高|降低|增加|减少|上调|下调|改|延长|延期|推迟)(?:为|至|到)"
    r"|\b(?:from|of) ([^,.;]{2,30}?) to\b",
    re.IGNORECASE,
)
_OF_DAY = re.compile(
    r"\b(?:decisions?|resolutions?|approvals?|motions?|minutes?|votes?|orders?|ordinances?|bans?|meetings?|policy|policies)"
    r"\b[^.;]{0,60}\b(?:of|dated|on|from|at)\s+(?:the\s+)?(?:meeting\s+(?:of|on)\s+)?$",
    re.IGNORECASE,
)
_HAN_OF_DAY = re.compile(r"^[^，。；]{0,16}(?:会议|决定|决议|通过|批准|纪要)")


def numbers(quote: str) -> set[str]:
    """Numbers of documents: "Resolution 2024-15", 「第12号」."""
    return {group for match in _NUMBER.finditer(quote) for group in match.groups() if group}


def tells_one(shared: Iterable[str]) -> bool:
    """Whether one of these numbers names one document whatever the year: "2024-15", not "15"."""
    return any(_OF_ONE_YEAR.search(number) for number in shared)


def days_named(quote: str, held: datetime.date | None) -> set[datetime.date]:
    """The days a decision names; of one whose year it leaves open ("the decision of 4 March") the last one before it.

    >>> days_named("The resolution of 4 March is rescinded.", datetime.date(2025, 4, 8))
    {datetime.date(2025, 3, 4)}
    """
    days = {found.first for found in find_dates(quote) if found.first == found.last}
    if held is None:
        return days
    for found in find_day_months(quote):
        refers = _OF_DAY.search(quote[: found.start]) or _HAN_OF_DAY.match(quote[found.end :])
        if found.day and found.last_day is None and refers:
            days |= {day for day in (_last_before(held, found.month, found.day),) if day}
    return days


def _last_before(held: datetime.date, month: int, day: int) -> datetime.date | None:
    for year in (held.year, held.year - 1):
        try:
            found = datetime.date(year, month, day)
        except ValueError:  # 29 February
            continue
        if found < held:
            return found
    return None


def old_values(quote: str) -> tuple[str, ...]:
    """What is changed: 「2025年6月30日」 of 「由2025年6月30日调整为…」, "420" of "from 420 to 560"."""
    found = (_bare(group) for match in _OLD_VALUE.finditer(quote) for group in match.groups() if group)
    return tuple(value for value in found if len(re.findall(r"\d", value)) >= 2)


def states(quote: str, values: Iterable[str]) -> bool:
    """Whether one of the values stands in a quote, as a whole number."""
    text = _bare(quote)
    return any(re.search(rf"(?<![\d.,]){re.escape(value)}(?![\d])", text) for value in values)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def figures(quote: str) -> set[str]:
    """Figures that tell a matter: no years, no single digits."""
    return {number for number in _FIGURE.findall(quote) if not re.fullmatch(r"(?:19|20)\d\d", number)}
