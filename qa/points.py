"""The main points of what somebody said: a sentence of every turn, more of the long ones, within a sensible length.

A sentence tells by the words that its meeting comes back to and by cues that announce a point, as in H. P. Edmundson,
"New Methods in Automatic Extracting", 1969; what somebody counts off ("Second, ...", 「第二条」) is a point as such.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.records import Span
from ingest.words import has_han, topic_words, words
from qa.picking import words_of
from qa.voices import Stretch

WORDS, SENTENCES = 170, 10
WHOLE = 80  # words of all that somebody says, up to which it is all given
LEAST, CONTENT = (
    3,
    3,
)  # words, and content words (in Chinese one less), from which on a sentence may be a point
NAMES_ONLY = 8  # words up to which what is counted off only names a point, and the next sentence makes it
PER_POINT = 40  # words of a turn for each sentence it may give
_CUE = 0.5  # by how much more a sentence with a cue tells, and a question less
_ONCE = 0.3  # what a word tells that its meeting says once
_COUNTED = 100.0  # what it adds to be counted off

_ANNOUNCES = re.compile(
    r"\b(?:first|second|third|fourth|finally|above all|the (?:point|problem|trouble|difficulty"
    r"|question|thing) is|my (?:worry|concern"
    r"|view|point|fear|question)|i (?:want|would|ask|fear|suggest|propose|recommend|support"
    r"|oppose|cannot|can ?not|do not|object)"
    r"|must|should|ought|cannot|need|because|instead|unless|never|disgrace|unfair|nobody|too)\b"
    r"|第[一二三四五六]|首先|其次|再次|最后|另外|还有一|一是|二是|三是|关键|担心|希望|建议"
    r"|应当|应该|必须|要求|意见|问题|难处|不能|不要|能不能|没有|太",
    re.IGNORECASE,
)
_COUNTS_OFF = re.compile(
    r"(?:(?:my|the) )?(?:first|second|third|fourth|fifth|firstly|secondly|thirdly|finally)(?: of all)?\b,?(?! of )"
    r"|第[一二三四五六][，,条点个]|[一二三四]是",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^:：]{1,60}[:：]\s*")
_ASKS = re.compile(r"[?？][\"'”’)\s]*$")


@dataclass(frozen=True, slots=True)
class Points:
    """The sentences chosen, in order, and how many turns none of them comes from."""

    chosen: tuple[Span, ...]
    left_out: int


def main_points(text: str, said: Sequence[Stretch], weight: Callable[[str], float]) -> Points:
    """The main points of these turns of a record; `weight` says how much a search word tells."""
    often = Counter(words(text))
    lengths = {span: words_of(_own(text, span)) for turn in said for span in turn.sentences}
    values = {span: _value(_own(text, span), often, weight) for span in lengths}
    for turn in said:
        for one, after in pairwise(turn.sentences):
            if values[one] >= _COUNTED and lengths[one] < NAMES_ONLY and values[after] < _COUNTED:
                values[after] += _COUNTED / 2

    def ranked(spans: Iterable[Span]) -> list[Span]:
        return sorted((s for s in spans if values[s]), key=lambda s: (-values[s], s.start))

    best = [ranked(turn.sentences) for turn in said]
    whole = sum(lengths[s] for spans in best for s in spans) <= WHOLE
    shares = [round(sum(lengths[s] for s in turn.sentences) / PER_POINT) for turn in said]
    more = (
        s
        for spans, share in zip(best, shares, strict=True)
        for place, s in enumerate(spans[1:], 1)
        if whole or place < share or values[s] >= _COUNTED / 2
    )
    chosen: list[Span] = []
    length = 0.0
    for span in (*ranked(spans[0] for spans in best if spans), *ranked(more)):
        if len(chosen) < SENTENCES and (not chosen or length + lengths[span] <= WORDS):
            chosen.append(span)
            length += lengths[span]
    shown = sum(any(span in turn.sentences for span in chosen) for turn in said)
    return Points(tuple(sorted(chosen, key=lambda s: s.start)), len(said) - shown)


def _own(text: str, span: Span) -> str:
    """A sentence without the label of its turn."""
    return _LABEL.sub("", span.of(text))


def _value(said: str, often: Counter[str], weight: Callable[[str], float]) -> float:
    """How much a sentence tells; 0 for one that is no point: a reaction, a greeting."""
    bag = set(topic_words(said))
    counted = bool(_COUNTS_OFF.match(said))
    content = CONTENT - has_han(said)
    if not counted and (words_of(said) < LEAST or len(bag) < content):
        return 0.0
    telling = sum((math.log(often[word]) or _ONCE) * weight(word) for word in bag if often[word])
    cue = 1 + _CUE * bool(_ANNOUNCES.search(said)) - _CUE * bool(_ASKS.search(said))
    return cue * telling / math.sqrt(len(bag) + 3) + _COUNTED * counted
