"""What may be asked for explicitly beside a question: days, records, sessions, speakers, bodies.

How much may be typed is said here for everything: a search grows with its words, and the catalog refuses what grows
too large in words of its own.
"""

import calendar as months
import re
from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from qa.errors import QuestionError
from qa.scope import Scope

Day = date | str | None

MOST_CHARACTERS = 4_000  # of a question, of a topic, of all the names of one filter together
MOST_NAMES = 200  # of one filter
MOST_SEARCHED = 500  # characters of a search
MOST_WORDS = 100  # of a search
_MOST_DIGITS = 9  # of a number


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


def short_search(text: str) -> str:
    """What is searched for, as it is. Raises QuestionError for more than can be."""
    if len(text) > MOST_SEARCHED or len(text.split()) > MOST_WORDS:
        raise QuestionError(
            f"The search is too long: {MOST_SEARCHED} characters and {MOST_WORDS} words are the most. "
            "Please shorten it."
        )
    return text


def few_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names of one filter. Raises QuestionError for more than can be meant."""
    if len(names) > MOST_NAMES or sum(map(len, names)) > MOST_CHARACTERS:
        raise QuestionError(
            f"That is too much for one field: {MOST_NAMES} names of together {MOST_CHARACTERS:,} characters are "
            "the most. Please shorten it."
        )
    return tuple(names)


def number_of(written: object) -> int | None:
    """A number that is written in at most nine digits; None for anything else."""
    text = str(written) if isinstance(written, int | str) else ""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


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
        speakers=few_names(filters.get("speakers") or ()),
        bodies=few_names(filters.get("bodies") or ()),
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
    few_names([value])
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
