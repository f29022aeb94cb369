"""Files that hold the records of several meetings, told by their title coming again with another day."""

import re
from collections.abc import Sequence

from ingest.dates import find_dates
from ingest.lines import Line
from ingest.meeting_title import TITLE_WORD, title_lines
from ingest.numerals import CHINESE_NUMERALS

_LEAST = 20  # characters a record has below its title: with fewer it is a line in a list of meetings
_COUNTS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|\w{3,6}day)\b"
    rf"|\d+(?:st|nd|rd|th)?|[{CHINESE_NUMERALS}]+|\W+"
)


def several_records(lines: Sequence[Line]) -> str | None:
    """A sentence where a file seems to hold the records of several meetings; None where it holds one."""
    title = next((line for line in title_lines(lines) if TITLE_WORD.search(line.text)), None)
    if title is None:
        return None
    form = _form(title.text)
    again = [line for line in lines if len(line.text) <= 160 and _form(line.text) == form]
    ends = [*(line.start for line in again[1:]), lines[-1].end]
    heads = [line.text for line, end in zip(again, ends, strict=True) if end - line.end >= _LEAST]
    found = {
        next((date.first for date in find_dates(head) if date.precision == "day"), None) for head in heads
    } - {None}
    if len(found) < 2:
        return None
    span = f"{min(found)} to {max(found)}"
    return f"It seems to hold the records of {len(found)} meetings, {span}; save each as a file of its own."


def _form(title: str) -> str:
    """What the titles of a body's records have in common: their words without days and numbers."""
    return _COUNTS.sub(" ", title.casefold()).strip()
