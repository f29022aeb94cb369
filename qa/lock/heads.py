"""What was settled: the word a decision is about, which a claim must name.

Not the trunk main was approved where its feasibility study was, not the flats were deferred but a proposal to buy them.
"""

import re
from collections.abc import Sequence

from qa.lock.alignment import Alignment
from qa.lock.evidence import Unit
from qa.lock.reading import Reading, Token
from qa.lock.stances import OUTCOMES, Stance

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|stands?|stood)\s+(?:\w+ly\s+|now\s+|then\s+|also\s+|hereby\s+)?$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|in|on|at|from|with|by|under|between|that|which|who|as|until|after|before|into|is|are|was|were|be|been"
    r"|beginning|proposed|within|over|usable)\b|[,;:.，。；：]",
    re.IGNORECASE,
)


def heads_kept(claim: Reading, alignment: Alignment, window: Sequence[Unit]) -> bool:
    """Whether the claim names what was settled: not the trunk main where its feasibility study was approved."""
    settled = {t.mark.stance for t in claim.tokens if t.mark and t.mark.stance in OUTCOMES - {Stance.DECIDE}}
    told = {(place.unit, place.token.start) for place in alignment.places if place is not None}
    marked = {token.key for token in claim.tokens}
    for number in {place.unit for place in alignment.places if place is not None}:
        reading = window[number].reading
        for token in reading.tokens:
            if token.mark is None:
                if (number, token.start) not in told or not _PASSIVE.search(reading.text[: token.start]):
                    continue
            elif token.label or not (token.mark.offers & settled):
                continue
            if _head_borrowed(claim, alignment, reading, token):
                return False
            head = _head(reading, token)
            if head is not None and (number, head.start) not in told and head.key not in marked:
                return False
    return True


def _head_borrowed(claim: Reading, alignment: Alignment, reading: Reading, outcome: Token) -> bool:
    """Whether the claim gives an outcome a subject from the heading where its evidence names one of its own."""
    if outcome.mark is None or not re.search(r"\w", reading.text[: outcome.start]):
        return False
    nowhere = {t.start for t, at in zip(alignment.tokens, alignment.places, strict=True) if at is None}
    for token in claim.tokens:
        if token.mark is not None and token.mark.stance in outcome.mark.offers:
            head = _head(claim, token)
            if head is not None and head.start in nowhere:
                return True
    return False


def enters_at_the_start(alignment: Alignment, window: Sequence[Unit], *, first: bool = False) -> bool:
    """Whether a claim that goes on to another sentence takes that sentence's beginning too: its subject stands there.

    first  the same of the first sentence
    """
    used = sorted({place.unit for place in alignment.places if place is not None})
    told = {(place.unit, place.token.start) for place in alignment.places if place is not None}
    for number in used if first else used[1:]:
        opening = next((t for t in window[number].reading.tokens if t.mark is None and not t.label), None)
        if opening is not None and (number, opening.start) not in told:
            return False
    return True


def _head(reading: Reading, outcome: Token) -> Token | None:
    """The word that names what an outcome settles: object of an active verb, subject of a passive one."""
    before, after = reading.text[: outcome.start], reading.text[outcome.end :]
    if outcome.mark is not None and re.search(r"[\u3400-\u9fff]", outcome.text):
        end = re.search(r"[，。；：,;:]", after)
        own = _between(reading, outcome.end, outcome.end + (end.start() if end else len(after)))
        return own[-1] if own else None
    if _PASSIVE.search(before):
        begin = max((t.start for t in reading.clause(outcome.clause)[:1]), default=0)
        cut = _PREPOSITION.search(reading.text, begin, outcome.start)
        own = _between(reading, begin, cut.start() if cut else outcome.start)
        return own[-1] if own else None
    if re.match(r"\s+(?:to|that)\b", after):
        return None
    cut = _PREPOSITION.search(reading.text, outcome.end + 1)
    own = _between(reading, outcome.end, cut.start() if cut else len(reading.text))
    return own[-1] if own else None


def _between(reading: Reading, start: int, end: int) -> list[Token]:
    return [t for t in reading.tokens if start <= t.start < end and t.quantity is None]
