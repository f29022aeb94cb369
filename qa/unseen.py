"""Characters nobody sees: a model would read them, and whoever looks at a record would not know of it.

Zero-width and direction marks, variation selectors, fillers, and the tag characters, in which a whole instruction can
be spelt. They are taken out of what a model is shown and of what is judged to speak to one; quotes keep them.
"""

import re

from ingest.records import Span

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def without_unseen(text: str) -> str:
    """The text as one sees it.

    >>> without_unseen("ap\\u200bproved\\ufe0f")
    'approved'
    """
    return _UNSEEN.sub("", text)


def as_seen(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """`text[start:end]` as one sees it, and for each of its characters, and its end, the place it has in `text`."""
    hidden = {place for match in _UNSEEN.finditer(text, start, end) for place in range(*match.span())}
    places = [place for place in range(start, end) if place not in hidden]
    return "".join(text[place] for place in places), [*places, end]


def widened(span: Span, places: list[int]) -> Span:
    """A span of what one sees as a span of the text that `places` leads to."""
    return Span(places[span.start], places[span.end - 1] + 1 if span.end > span.start else places[span.start])
