"""Dates, times of day and codes in a text, English and Chinese."""

import datetime
import re
from collections.abc import Iterator

from ingest.dates import find_dates, find_day_months
from ingest.records import Span
from qa.lock.values import Day, Quantity


def dates(text: str) -> Iterator[Quantity]:
    for mention in find_dates(text):
        ends = [_day(mention.first, mention.precision)]
        if mention.precision != "year" and mention.last != mention.first:
            closing = _day(mention.last, mention.precision)
            ends += [closing] if closing != ends[0] else []
        yield from _spread(mention, ends)
    for open_year in find_day_months(text):
        ends = [(None, open_year.month, open_year.day)]
        if open_year.last_day:
            ends.append((None, open_year.month, open_year.last_day))
        yield from _spread(open_year, ends)


def _day(value: datetime.date, precision: str) -> Day:
    if precision == "year":
        return value.year, None, None
    return (value.year, value.month, value.day) if precision == "day" else (value.year, value.month, None)


def _spread(span: Span, ends: list[Day]) -> Iterator[Quantity]:
    """One quantity per end of a range, side by side in its characters."""
    middle = span.end if len(ends) == 1 else (span.start + span.end) // 2
    yield Quantity(span.start, middle, "date", ends[0])
    if len(ends) > 1:
        yield Quantity(middle, span.end, "date", ends[1])


_HALF_DAY = r"(?P<half>[ap])\.?\s?m\b\.?"
_CLOCK_RANGE = re.compile(
    r"(?<![\d.,])(?P<h1>\d{1,2})(?:[.:](?P<m1>\d\d))?\s?(?:to|until|and|[-–—])\s?"
    rf"(?P<h2>\d{{1,2}})(?:[.:](?P<m2>\d\d))?\s?{_HALF_DAY}",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"(?<![\d.,])(?P<h>\d{{1,2}})(?:[.:](?P<m>\d\d))?\s?{_HALF_DAY}", re.IGNORECASE)
_CLOCK_24 = re.compile(r"(?<![\d.,:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])")
_HAN_CLOCK = re.compile(
    r"(?P<half>上午|早上|清晨|中午|下午|晚上|夜间|傍晚)?(?P<h>\d{1,2})(?:[:：](?P<m>\d\d)|[点时](?:(?P<m2>\d{1,2})分?)?(?![间期代]))"
)


def times(text: str) -> Iterator[Quantity]:
    for match in _CLOCK_RANGE.finditer(text):
        middle = match.start("h2")
        yield Quantity(match.start(), middle, "time", _minutes(match["h1"], match["m1"], match["half"]))
        yield Quantity(middle, match.end(), "time", _minutes(match["h2"], match["m2"], match["half"]))
    for match in _CLOCK.finditer(text):
        yield Quantity(*match.span(), "time", _minutes(match["h"], match["m"], match["half"]))
    for match in _HAN_CLOCK.finditer(text):
        late = match["half"] in ("下午", "晚上", "夜间", "傍晚")
        half = "p" if late else "a" if match["half"] else ""
        yield Quantity(*match.span(), "time", _minutes(match["h"], match["m"] or match["m2"], half))
    for match in _CLOCK_24.finditer(text):
        yield Quantity(*match.span(), "time", _minutes(match["h"], match["m"], ""))


def _minutes(hour: str, minute: str | None, half: str) -> int:
    """Minutes of the day; "12 a.m." is midnight."""
    hours = int(hour) if half not in ("a", "A", "p", "P") else int(hour) % 12
    return 60 * (hours + (12 if half in ("p", "P") else 0)) + int(minute or 0)


_CODE = re.compile(
    r"(?<![A-Za-z0-9_.,])(?:[A-Za-z]+[-/]?\d[\w/-]*|\d+(?:-\d+)+|\d+[A-Za-z][\w-]*|\d+/\d+/\d+)(?!\w)|〔\d{4}〕第?\d+号"
)
_NO_CODE = re.compile(
    r"\d+(?:st|nd|rd|th|m|k|bn|mn|km|kg|cm|mm|pm|am|tn)|\d+-\d+/\d+|(?:US|HK|AU|CA|NZ|RMB|CNY|EUR|USD|GBP)\d+|q[1-4]",
    re.IGNORECASE,
)


def codes(text: str) -> Iterator[Quantity]:
    for match in _CODE.finditer(text):
        mixed = text[match.end() : match.end() + 2]
        if not _NO_CODE.fullmatch(match[0]) and not re.match(r"/\d", mixed):
            yield Quantity(*match.span(), "code", match[0].casefold())
