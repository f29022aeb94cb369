"""What a sentence that cannot be verified was taken from: the record's own sentences, to stand in its place.

A model reads well and rewords too freely for the lock. Where a passage it cites holds what the sentence says - every
quantity, name and outcome, and most of its words, close together - the record is quoted; nothing of the sentence is.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Span
from qa.lock import NumberedPassage
from qa.lock.evidence import Unit, context_keys
from qa.lock.quantities import agree
from qa.lock.reading import Token, read

MOST_WORDS = 0.7  # share of a sentence's words that the quote must hold
LEAST = 3  # words, names, quantities and outcomes in it
LEAST_COPIED = 8  # characters, white space aside, of a sentence that is part of one of the record's
REACH = 4  # sentences of a quote
LONGEST = 600  # characters of a quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a sentence was taken from."""

    passage: NumberedPassage
    span: Span


def taken_from(sentence: str, passages: Sequence[NumberedPassage]) -> Quoted | None:
    """The shortest run of a cited passage's sentences that holds what the sentence says; None where none does."""
    copied = _squashed(sentence).strip(".。")
    for passage in passages:
        for unit in passage.units:
            if len(copied) >= LEAST_COPIED and copied in _squashed(unit.reading.text):
                return Quoted(passage, Span(unit.start, unit.end))
        tokens = read(sentence, passage.people).tokens
        beside = context_keys(passage)
        for window in _windows(passage.units):
            if _holds(window, tokens, passage, beside):
                return Quoted(passage, Span(window[0].start, window[-1].end))
    return None


def _windows(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    for size in range(1, REACH + 1):
        for first in range(len(units) - size + 1):
            window = units[first : first + size]
            if window[-1].end - window[0].start <= LONGEST:
                yield window


def _holds(
    window: Sequence[Unit], tokens: Sequence[Token], passage: NumberedPassage, beside: frozenset[str]
) -> bool:
    said = [token for unit in window for token in unit.reading.tokens]
    keys = {token.key for token in said}
    text = _squashed(passage.record.text[window[0].start : window[-1].end])
    speakers = " ".join(unit.speaker or "" for unit in window).casefold()
    offered = {stance for token in said if token.mark for stance in token.mark.offers}
    words = held = least = 0
    for token in tokens:
        if token.mark is not None:
            if token.mark.stance not in offered:
                return False
            least += 1
        elif token.quantity is not None:
            if not any(t.quantity and agree(token.quantity, t.quantity, passage.record.date) for t in said):
                return False
            least += 1
        else:
            here = token.key in keys or _stands(token, text)
            around = token.key in beside or token.text.casefold() in speakers
            if token.kind == "name" and not (here or around):
                return False
            words += 1
            held += here or around
            least += here
    return least >= LEAST and held >= MOST_WORDS * words


def _stands(token: Token, text: str) -> bool:
    """Whether a name, or words of a script without spaces, stand in a text whatever its lines."""
    return (token.kind == "name" or not token.text.isascii()) and _squashed(token.text) in text


def _squashed(text: str) -> str:
    """Text as a model saw it: characters for compatibility as those they stand for, without white space."""
    return "".join(unicodedata.normalize("NFC", text).split()).casefold()
