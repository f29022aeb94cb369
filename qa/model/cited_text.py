"""Reads what a model writes: sentences as soon as they are complete, each with the numbers it cites."""

import re
from collections.abc import Iterator

from ingest.sentences import sentences
from qa.render import tidy

MOST_NUMBERS = 10  # that a range may stand for

_NUMBERS = r"(?:\s*[\[【]\s*(?:passages?\s*)?\d{1,3}(?:\s*[,，、;–—-]\s*(?:passage\s*)?\d{1,3})*\s*[\]】])"
_CITED = re.compile(
    rf"(?P<text>[^\n]*?)(?P<numbers>{_NUMBERS}+)(?P<stop>[.。!！;；,，]?)(?=\s*\n|\s*[^\s.。\[【])",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?P<text>[^\n]*)\n")
_RANGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})|(\d{1,3})")
_CLOSED = re.compile(r"[.!?。！？…\]】][\"'”’)）*_]*\s*$")
_MARKS = re.compile(r"^\s*(?:[-*•>#]+\s+|\d{1,2}[.)]\s+|#+\s*)+")


def cited_sentences(pieces: Iterator[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The model's sentences with their citation numbers as soon as they are complete.

    Numbers hold for the sentences of their line since the numbers before them. What breaks off at the end is dropped.
    """
    waiting = ""
    for piece in pieces:
        waiting += piece
        while match := _CITED.match(waiting) or _LINE.match(waiting):
            yield from _split(match)
            waiting = waiting[match.end() :]
    match = _CITED.match(waiting + "\n") or _LINE.match(waiting + "\n")
    if match is not None and _CLOSED.search(waiting):
        yield from _split(match)


def _split(match: re.Match[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    groups = match.groupdict()
    numbers = tuple(dict.fromkeys(_numbers(groups.get("numbers") or "")))
    text = _MARKS.sub("", match["text"])
    for span in sentences(text):
        sentence = tidy(span.of(text)).strip(" *_")
        if any(char.isalnum() for char in sentence):
            yield sentence, numbers


def _numbers(text: str) -> Iterator[int]:
    for first, last, alone in _RANGE.findall(text):
        yield from [int(alone)] if alone else range(int(first), min(int(last), int(first) + MOST_NUMBERS) + 1)
