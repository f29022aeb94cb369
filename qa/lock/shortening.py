"""Whether a spoken sentence as it is shown, without its stumbles, still says what its quote says."""

import re
from itertools import pairwise

from ingest.words import ENGLISH_STOP_WORDS
from qa.lock.reading import Token, read
from qa.speech import without_openers

LONGEST_RUN = 4  # words that a speaker goes back to begin again
_EMPTY = ENGLISH_STOP_WORDS | frozenset("so but well okay ok yeah th ll ve re 呃 额 唔".split())


def shortens(shown: str, quote: str) -> bool:
    """Whether both have the same words, names, quantities and stances (`qa.lock.stances`) in the same order.

    What is said twice in a row counts once, on both sides, and so does a word broken off and begun again.
    """
    return _told(shown) == _told(quote)


def _told(text: str) -> list[str]:
    """What a sentence says, in order, as the lock reads it."""
    plain = re.sub(r"(?<=[A-Z])_", "", re.sub(r"(?<=\w) (?=['’]|n['’]t)", "", without_openers(text)))
    plain = re.sub(r"(?<=\w) ?- ?(?=\w)", " ", plain)
    return _once([token.text.casefold() for token in read(plain).tokens if _says_something(token)])


def _says_something(token: Token) -> bool:
    return token.kind not in ("word", "name") or token.text.casefold() not in _EMPTY


def _once(words: list[str]) -> list[str]:
    """Without what is repeated at once, and without beginnings of the word that follows."""
    whole = [one for one, following in pairwise([*words, ""]) if not _begins(one, following)]
    for size in range(1, LONGEST_RUN + 1):
        kept: list[str] = []
        for word in whole:
            kept.append(word)
            if kept[-size:] == kept[-2 * size : -size]:
                del kept[-size:]
        whole = kept
    return whole


def _begins(word: str, following: str) -> bool:
    return len(word) <= 3 and word.isalpha() and len(following) > len(word) and following.startswith(word)
