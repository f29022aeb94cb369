"""Records whose lines are numbered in the margin ("12  The committee resolved ..."), read as if they were not.

The text itself stays as it is: only what structure is looked for in has white space where the numbers stand, and
every character keeps its place.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(
    r"(?P<margin>[^\S\n]*(?P<number>\d{1,5})(?:[^\S\n]|(?=\n|$))[^\S\n]*)(?P<words>[^\n]*)"
)
_LEAST = 8  # lines with words; fewer may be a list
_SHARE = 0.9  # of the lines with words that bear a number
_STEP = 3  # from one number to the next, as lines without words may be counted unseen


def without_line_numbers(text: str) -> str:
    """The text with white space for the numbers of its lines, where its lines are numbered; of the same length.

    >>> text = "\\n".join(f"{number} line" for number in range(1, 10))
    >>> without_line_numbers(text).split()[:3], len(without_line_numbers(text)) == len(text)
    (['line', 'line', 'line'], True)
    """
    written = text.split("\n")
    found = [_NUMBERED.fullmatch(line) for line in written]
    with_words = [match for line, match in zip(written, found, strict=True) if line.strip()]
    numbers = [int(match["number"]) for match in with_words if match]
    if len(with_words) < _LEAST or len(numbers) < _SHARE * len(with_words) or not _count_up(numbers):
        return text
    first, *others = (_apart(line, match) for line, match in zip(written, found, strict=True))
    return "".join([*first, *(f"{margin}\n{words}" for margin, words in others)])


def _apart(line: str, match: re.Match[str] | None) -> tuple[str, str]:
    """White space for the margin of a line, which then ends the line before, and its words."""
    return (" " * len(match["margin"]), match["words"]) if match else ("", line)


def _count_up(numbers: Sequence[int]) -> bool:
    """Whether nearly every number follows the one before, or begins a page anew."""
    follows = sum(0 < number - before <= _STEP or number == 1 for before, number in pairwise(numbers))
    return follows >= _SHARE * (len(numbers) - 1)
