"""What may be asked for explicitly beside a question: days, records, sessions, speakers, bodies."""

import calendar as months
import re
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from qa.errors import QuestionError
from qa.scope import Scope

Day = date | str | None


class Filters(TypedDict, total=False):
    """What may be asked for explicitly; all of it must hold.

    since, until  days as dates or "2023-08-25", "2023-08", "2023"; both included
    records       record ids
    sessions, speakers, bodies   one of each must match, as the records name them
    """

    since: Day
    until: Day
    records: Sequence[str] | None
    sessions: Sequence[int]
    speakers: Sequence[str]
    bodies: Sequence[str]


def scope_of(access: Sequence[str], filters: Filters) -> Scope:
    """The scope that filters make for one who may read what `access` may. Raises QuestionError, TypeError."""
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        raise TypeError(
            f"There is no filter {unknown[0]!r}; there are: {', '.join(Filters.__annotations__)}."
        )
    records = filters.get("records")
    first, last = span_of(filters.get("since"), filters.get("until"))
    return Scope(
        access=tuple(access),
        records=None if records is None else tuple(records),
        periods=((first, last),) if first or last else (),
        sessions=tuple(filters.get("sessions") or ()),
        speakers=tuple(filters.get("speakers") or ()),
        bodies=tuple(filters.get("bodies") or ()),
    )


def span_of(since: Day, until: Day) -> tuple[date | None, date | None]:
    """The first and last day of a span. Raises QuestionError for what is no date or runs backwards."""
    first, last = day_of(since, last=False), day_of(until, last=True)
    if first and last and first > last:
        raise QuestionError(f"No day lies between {since} and {until}: the first is the later one.")
    return first, last


def day_of(value: Day, *, last: bool) -> date | None:
    """A day given as a date or as "2023-08-25", "2023-08" or "2023", the first or last day of what is named.

    Raises QuestionError for what is no date.
    """
    if value is None or isinstance(value, date):
        return value
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        month = month or (12 if last else 1)
        return date(year, month, day or (months.monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise QuestionError(f"{value!r} is no date; write it as 2023-08-25, 2023-08 or 2023.") from None
