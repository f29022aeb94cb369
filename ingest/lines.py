"""The lines of a record: what headings, speaker labels and "Date:" lines are looked for in."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Span

_MARKUP = re.compile(r"(?:[*_~`]+|>+|[-+•·●▪](?=\s)|\s)*+")
_CLOSING_MARKUP = "*_~` \t"


@dataclass(frozen=True, slots=True)
class Line(Span):
    """A line that is not blank, white space around it left out.

    text          its characters
    indent        how many characters of white space stand before it
    after_blank   a blank line or the beginning of the text precedes it
    before_blank  a blank line or the end of the text follows it
    """

    text: str = ""
    indent: int = 0
    after_blank: bool = True
    before_blank: bool = True


def lines(text: str, omitted: Sequence[Span] = ()) -> list[Line]:
    """The lines of `text` that are not blank, in order; those that begin in an omitted range are left out."""
    found: list[tuple[int, int, int, str]] = []  # its number, where it begins, its indent, its characters
    start = 0
    for number, written in enumerate(text.split("\n")):
        if bare := written.strip():
            indent = len(written) - len(written.lstrip())
            found.append((number, start + indent, indent, bare))
        start += len(written) + 1
    numbers = [-2, *(number for number, *_ in found), start + 2]
    every = [
        Line(begin, begin + len(bare), bare, indent, number - before > 1, after - number > 1)
        for (number, begin, indent, bare), before, after in zip(found, numbers, numbers[2:], strict=False)
    ]
    return every if not omitted else [line for line in every if not covered(line.start, omitted)]


def covered(place: int, spans: Sequence[Span]) -> bool:
    """Whether a character lies in one of `spans`, which are in order and do not overlap."""
    before = bisect_right(spans, place, key=lambda span: span.start)
    return before > 0 and place < spans[before - 1].end


def bare(text: str) -> tuple[int, int]:
    """Where `text` without the Markdown around it (emphasis, quote and list marks) begins and ends.

    >>> "> **Present:**"[slice(*bare("> **Present:**"))]
    'Present:'
    """
    begin = _MARKUP.match(text).end()
    end = len(text.rstrip(_CLOSING_MARKUP))
    return begin, max(begin, end)
