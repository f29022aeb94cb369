"""Figures set above the line: marks of notes are set apart, so that they never become the last digit of a number.

A reader puts what its format raises between `BEGIN` and `END`; `set_apart` then writes the line out. Squares, cubes and
powers of ten keep their meaning as raised characters; an ordinal ("17th") and a fraction ("1/2") are left as they are.
"""

import re

BEGIN, END = "\ufdd0", "\ufdd1"  # noncharacters: no text has them

_MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}(?=(.?))", re.S)
_ADJACENT = f"{END}{BEGIN}"
_FIGURES = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*", re.ASCII)
_LENGTH = re.compile(r"(?<![^\W\d_])(?:[kcmd]?m|ft|yd)$")
_POWER = re.compile(r"(?:[×·x*]\s?|^|\s)10$")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


def raised(text: str) -> str:
    """`text` marked as raised."""
    return f"{BEGIN}{text}{END}"


def set_apart(text: str) -> str:
    """The text without the marks around what is raised in it.

    >>> set_apart(f"£5,000{raised('1')} for 30 m{raised('2')} by the 17{raised('th')}")
    '£5,000[1] for 30 m² by the 17th'
    """
    if BEGIN not in text:
        return text.replace(END, "")
    text = _MARKED.sub(_written, text.replace(_ADJACENT, ""))
    return text.replace(BEGIN, "").replace(END, "")


def _written(found: re.Match[str]) -> str:
    said, following = found.groups()
    before = found.string[max(0, found.start() - 8) : found.start()].replace(END, "")
    figures = said.strip()
    if not _FIGURES.fullmatch(figures) or not before or before[-1].isspace() or following in ("/", "⁄"):
        return said
    if (figures in ("2", "3") and _LENGTH.search(before)) or _POWER.search(before):
        return figures.translate(_RAISED)
    return f"[{figures}]"
