"""The value of a quantity, and when a record's bears out a claim's."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ingest.records import Span

Kind = Literal["number", "percent", "ordinal", "date", "time", "code"]
Bound = Literal["", "most", "least", "more", "less"]
Role = Literal["", "from", "to", "by", "until", "after", "on"]
Day = tuple[int | None, int | None, int | None]  # year, month, day; None where the words leave it open


@dataclass(frozen=True, slots=True)
class Quantity(Span):
    """A quantity as written at start:end, its bound ("at most") included.

    value  Fraction for numbers, per cents and ordinals; (year, month, day) for dates; minutes of the day for times;
           the folded characters for codes
    bound  "most" for "up to 600 yuan"; "" for exactly or about
    role   which end it is in "from 1.9 to 2.15 billion"; for a date, whether it is by, from, until, after or on it
    unit   the currency of a sum, by its first name; "" for other numbers
    """

    kind: Kind
    value: Fraction | Day | int | str
    bound: Bound = ""
    role: Role = ""
    unit: str = ""


NEAR = 120  # days within which a date without a year is taken for the one nearest to its meeting


def agree(claimed: Quantity, recorded: Quantity, meeting: datetime.date | None) -> bool:
    """Whether the record's quantity bears out the claimed one; `meeting` resolves dates without a year."""
    if claimed.kind != recorded.kind:
        return False
    if claimed.kind in ("date", "time"):
        if claimed.role not in _BORNE_BY and claimed.role != recorded.role:
            return False
        if recorded.role not in _BORNE_BY.get(claimed.role, (recorded.role,)):
            return False
    elif claimed.role and recorded.role and claimed.role != recorded.role:
        return False
    if claimed.unit and claimed.unit != recorded.unit:
        return False
    if claimed.kind == "date":
        assert isinstance(claimed.value, tuple) and isinstance(recorded.value, tuple)
        return _same_day(claimed.value, recorded.value, meeting)
    return claimed.value == recorded.value and claimed.bound == recorded.bound


_BORNE_BY: dict[Role, tuple[Role, ...]] = {
    "": ("", "from", "to", "by", "until", "after", "on"),
    "on": ("", "on"),
    "to": ("to", "until"),
}
"""Roles of a recorded date that bear out the claimed one; any other must be the same."""


def _same_day(claimed: Day, recorded: Day, meeting: datetime.date | None) -> bool:
    """A claim may be coarser than its record ("in April 2024" for 1 April 2024), never finer."""
    year, month, day = recorded
    if year is None and claimed[0] is not None:
        if claimed[1] is None:
            return False  # "in 2024" of what the record only dates by month
        year = _year_of(month, day, meeting)
    pairs = zip(claimed, (year, month, day), strict=True)
    return all(asked is None or asked == stands for asked, stands in pairs)


def _year_of(month: int | None, day: int | None, meeting: datetime.date | None) -> int | None:
    """The year of a day and month said at a meeting: the nearest one's, if it is near."""
    if meeting is None or month is None:
        return None
    if day is None and month == meeting.month:
        return meeting.year
    days = []
    for year in (meeting.year - 1, meeting.year, meeting.year + 1):
        try:
            days.append(datetime.date(year, month, day or 15))
        except ValueError:  # 29 February of another year
            continue
    nearest = min(days, key=lambda one: abs((one - meeting).days), default=None)
    return nearest.year if nearest and abs((nearest - meeting).days) <= NEAR else None
