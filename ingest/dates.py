"""Calendar dates written out in text, English and Chinese: "18 September 2007", "2023年8月25日", "Q3 2007".

Only dates that stand on their own are read here. What depends on the day it was said ("last March", "今年")
or on the meetings there are belongs to the question; what can be read two ways (3/4/2005) or names no day
there is (31 February) is reported apart, never guessed.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ingest import day_months
from ingest.date_forms import DASH, FORMS, Form, Outcome, Precision, longest_month, windows
from ingest.day_months import DayMonth
from ingest.records import Span


@dataclass(frozen=True, slots=True)
class DateMention(Span):
    """A date or a range of dates in a text, `first` to `last` day, both included.

    text       the words, `text_it_stands_in[start:end]`
    precision  what the words name: a day (or days), a month, ...; for a range, what its ends name
    """

    first: datetime.date
    last: datetime.date
    text: str
    precision: Precision


def find_dates(text: str) -> list[DateMention]:
    """Every explicit date of `text`, in order, not overlapping; the longest reading wins.

    Two dates of the same kind joined by a dash, "to" or "至" are one mention ("March 2007 to June 2008").
    A winter runs from December of the year it is named by into February; a season is that of the north.

    >>> [(str(d.first), str(d.last), d.precision) for d in find_dates("on Sept 18-19, 2007 and in 2023年8月")]
    [('2007-09-18', '2007-09-19', 'day'), ('2023-08-01', '2023-08-31', 'month')]
    """
    mentions = [
        DateMention(found.start, found.end, *found.outcome, text[found.start : found.end], found.precision)
        for found in _scan(text)
        if isinstance(found.outcome, tuple)
    ]
    return _join_ranges(text, mentions)


def find_ambiguous(text: str) -> list[Span]:
    """Where a date stands that can be read two ways: 3/4/2005, 03/04/05."""
    return [Span(found.start, found.end) for found in _scan(text) if found.outcome == "ambiguous"]


def find_impossible(text: str) -> list[Span]:
    """Where a date stands that the calendar does not have: 31 February 2007, 2023年2月30日, April 31."""
    impossible = [Span(found.start, found.end) for found in _scan(text) if found.outcome == "impossible"]
    dated = bytearray(len(text))
    for found in _scan(text):
        _mark(dated, found.start, found.end)
    for mention in day_months.candidates(text):
        if mention.day and _free(dated, mention) and mention.day > longest_month(mention.month):
            impossible.append(Span(mention.start, mention.end))
    return sorted(impossible, key=lambda span: span.start)


def find_day_months(text: str) -> list[DayMonth]:
    """Days and months without a year, in order, outside every full date; "may" and "march" only as months.

    >>> [(d.month, d.day) for d in find_day_months("We may meet on the 3rd of May or in June; 8月25日")]
    [(5, 3), (6, None), (8, 25)]
    """
    taken = bytearray(len(text))
    for found in _scan(text):
        _mark(taken, found.start, found.end)
    mentions = []
    for mention in sorted(day_months.candidates(text), key=lambda m: (m.start - m.end, m.start)):
        if _free(taken, mention):
            _mark(taken, mention.start, mention.end)
            if not mention.day or mention.day <= longest_month(mention.month):
                mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.start)


# Finding ----------------------------------------------------------------------------------------------------


_ANCHOR = re.compile(
    r"\d{4}|年|\d/\d\d?/\d\d?(?!\d)|\d-\d\d?-\d\d?(?!\d)"
)  # no date is written without one of these


class _Found(NamedTuple):
    start: int
    end: int
    outcome: Outcome
    precision: Precision


def _scan(text: str) -> list[_Found]:
    """What every form finds, the longest first come; ambiguous and impossible dates hold their place too."""
    candidates = [
        found
        for start, end in windows(_ANCHOR, text)
        for form in FORMS
        for found in _found(form, text, start, end)
    ]
    taken = bytearray(len(text))
    kept = []
    for found in sorted(candidates, key=lambda found: (found.start - found.end, found.start)):
        if taken.find(1, found.start, found.end) < 0:
            _mark(taken, found.start, found.end)
            kept.append(found)
    return sorted(kept)


def _found(form: Form, text: str, start: int, end: int) -> Iterator[_Found]:
    for match in form.pattern.finditer(text, start, end):
        try:
            outcome = form.read(match)
        except ValueError:
            outcome = "impossible"
        if outcome:
            yield _Found(match.start(), match.end(), outcome, form.precision)


def _mark(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _free(taken: bytearray, span: Span) -> bool:
    return taken.find(1, span.start, span.end) < 0


def _join_ranges(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Joins "X to Y" where X and Y are whole dates of the same kind, X the earlier."""
    joined: list[DateMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if (
            before
            and mention.start - before.end <= 12
            and _RANGE_WORD.fullmatch(text, before.end, mention.start)
            and before.precision == mention.precision
            and before.first <= mention.first
        ):
            words = text[before.start : mention.end]
            joined[-1] = DateMention(
                before.start, mention.end, before.first, mention.last, words, before.precision
            )
        else:
            joined.append(mention)
    return joined


_RANGE_WORD = re.compile(rf"{DASH}(?:the\s)?", re.IGNORECASE)
