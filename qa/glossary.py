"""Municipal terms in English and Chinese, by which a topic is looked for in records of the other language.

`glossary.tsv` has a pair on each line: an English term, a tab, a Chinese one; a term may stand on several lines. A
topic is only put into the other language whole: where one of its words is in no line, or is part of a name ("Ferry
Road"), what is left would ask for something else.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ingest.records import Language
from ingest.words import WordSet, bigrams, cut, stop_words, topic_words, words
from qa.topic import ASPECTS, META_WORDS

_FILE = Path(__file__).with_name("glossary.tsv")
_SAYS_NOTHING = re.compile(r"[\s，。、？?！!：:；;“”\"'（）()《》·的了和与及在对就吗呢年月日]+")
_EVERYWHERE = WordSet(
    "city town municipal municipality local public near nearby whole entire 城市 全市 本市 市 市里 我市 公共 附近"
)
_TOKEN = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=\W)[A-Z][a-z]")
_NUMBER = re.compile(r"\d[\d.,]*")

Held = Callable[[str], int]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A topic in the other language, and which of its terms became which, in order."""

    topic: str
    terms: tuple[tuple[str, str], ...]


_LONGEST_WORD = 16  # characters


def rendered(topic: str, language: Language, held: Held) -> Rendering | None:
    """A topic in `language`, or None where a word of it is in no line of the glossary.

    held  in how many passages a search word stands: of several terms that mean the same the one the records use most
    """
    terms = _english_terms(topic) if language == "zh" else _chinese_terms(topic)
    if terms is None or not any(choices for _, choices in terms):
        return None
    pairs = tuple((term, _most_used(choices, held) if choices else term) for term, choices in terms)
    return Rendering(("" if language == "zh" else " ").join(other for _, other in pairs), pairs)


def terms_sharing(topic: str, text: str, language: Language) -> list[str]:
    """The terms of a text that share a word, or two characters, with a topic but are not in it; in order."""
    if language == "zh":
        pairs = set(bigrams(topic))
        found = [term for term in _chinese() if len(term) > 2 and term in text and term not in topic]
        return sorted((t for t in found if pairs & set(bigrams(t))), key=text.index)
    wanted = set(topic_words(topic))
    said = words(text)
    runs = {tuple(said[i : i + n]): i for n in (2, 3, 4) for i in range(len(said) - n, -1, -1)}
    found_at = [
        (runs[key], " ".join(key))
        for key in _english()
        if key in runs and wanted & set(key) and not wanted >= set(key)
    ]
    return [term for _, term in sorted(found_at)]


def _most_used(choices: Sequence[str], held: Held) -> str:
    return max(choices, key=lambda term: min((held(word) for word in topic_words(term)), default=0))


Terms = list[tuple[str, tuple[str, ...]]]


def _english_terms(topic: str) -> Terms | None:
    """The terms of an English topic, the longest first at each place, each with the Chinese ones; numbers stay.

    None where it holds a name, which is no term: a capital within it, unless it is all in capitals.
    """
    if not topic.isupper() and _NAME.search(topic[1:]):
        return None
    tokens = [(match[0], words(match[0])) for match in _TOKEN.finditer(topic)]
    keys = [found[0] if found else "" for _, found in tokens]
    known, found, place = _english(), [], 0
    while place < len(tokens):
        size = next(
            (n for n in range(min(5, len(keys) - place), 0, -1) if tuple(keys[place : place + n]) in known), 0
        )
        said = tokens[place][0]
        if size:
            term = " ".join(token for token, _ in tokens[place : place + size])
            found.append((term, known[tuple(keys[place : place + size])]))
        elif _NUMBER.fullmatch(said):
            found.append((said, ()))
        elif keys[place] and not _says_nothing(keys[place]):
            return None
        place += size or 1
    return found


def _chinese_terms(topic: str) -> Terms | None:
    """The terms of a Chinese topic, the longest first at each place, each with the English ones."""
    known, found, place = _chinese(), [], 0
    longest = max(map(len, known))
    while place < len(topic):
        size = next(
            (n for n in range(min(longest, len(topic) - place), 0, -1) if topic[place : place + n] in known),
            0,
        )
        if size:
            found.append((topic[place : place + size], known[topic[place : place + size]]))
            place += size
            continue
        spared = _SAYS_NOTHING.match(topic, place) or _NUMBER.match(topic, place)
        word = spared[0] if spared else _word_at(topic, place)
        if spared and _NUMBER.fullmatch(word):
            found.append((word, ()))
        elif not spared and not _says_nothing(word):
            return None
        place += len(word)
    return found


def _says_nothing(word: str) -> bool:
    return word in stop_words() or word in META_WORDS or word in ASPECTS or word in _EVERYWHERE


def _word_at(topic: str, place: int) -> str:
    """The word that begins there; no word is longer than what is looked at, so that a long topic takes no longer."""
    return next(iter(cut(topic[place : place + _LONGEST_WORD])), topic[place])


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[str, str], ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple((english, chinese) for english, chinese in (line.split("\t") for line in lines))


@lru_cache(maxsize=1)
def _english() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return _gathered((tuple(words(english)), chinese) for english, chinese in _pairs())


@lru_cache(maxsize=1)
def _chinese() -> Mapping[str, tuple[str, ...]]:
    return _gathered((chinese, english) for english, chinese in _pairs())


def _gathered(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
