"""Text to search words: stemmed English, jieba-cut Chinese, and the language a text is in.

The catalog's lexical index and the question use the same functions, so what is indexed is what is
asked for. Words are pure letters and digits: nothing in them means anything to a query language.
"""

import logging
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache
from typing import Any

from ingest.characters import plain_characters
from ingest.readers.hyphens import searchable
from ingest.records import Language

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_RAISED = {ord(raised): f" {plain}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
_APOSTROPHE = re.compile(r"(?<=\w)\s?['’](?:s|re|ve|ll|d|m|t)\b", re.IGNORECASE)

ENGLISH_STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each either etc few for from further get
    got had has have having he her here hers herself him himself his how i if in into is it its itself just let
    like many may me might mine more most much must my myself neither no nor not of off on once one only or
    other our ours out over own per please re regarding s same shall she should so some such t than that the
    their theirs them themselves then there these they this those through to too toward towards under until up
    upon us very via was we well were what when where whether which while who whom whose why will with within
    without would yes yet you your yours uh um mm hmm yeah okay ok
    """.split()
)
CHINESE_STOP_WORDS = frozenset(
    """
    的 了 和 是 就 都 而 及 与 着 或 一个 没有 我们 你们 他们 她们 它们 我 你 他 她 它 这 那 这个 那个 这些
    那些 这样 那样 什么 怎么 怎样 如何 哪些 哪个 哪里 谁 吗 呢 吧 啊 嗯 呃 哦 呀 嘛 在 有 也 还 又 很 对 把
    被 让 给 从 到 向 于 以 为 因为 所以 但是 但 如果 然后 就是 可以 可能 应该 需要 能 会 要 上 下 中 里 个
    种 一 不 说 来 去 关于 对于 进行 以及 并 等 其 之 将 已 已经 请问 一下 之间
    """.split()
)


def words(text: str) -> list[str]:
    """The search words of `text` in order: English stems and numbers, and Chinese words.

    Words split at a line end are whole, and a raised figure is no part of the number before it.

    >>> words("The Council's decisions on 3/4 of housing")
    ['the', 'council', 'decis', 'on', '3', '4', 'of', 'hous']
    """
    out: list[str] = []
    plain = unicodedata.normalize("NFKC", plain_characters(searchable(text.translate(_RAISED))))
    for run in _RUN.findall(_APOSTROPHE.sub("", plain).casefold()):
        if _HAN.match(run):
            for begin in range(0, len(run), _LONGEST_RUN):
                out += _cut(run[begin : begin + _LONGEST_RUN])
        else:
            out.append(stem(run))
    return out


def topic_words(text: str) -> list[str]:
    """The words of `text` that can tell passages apart: no stop words, no repeats, in order.

    A text made of stop words alone keeps them: better a common word than none.
    """
    stopped = stop_words()
    every = list(dict.fromkeys(words(text)))
    return [word for word in every if word not in stopped] or every


class WordSet(Set[str]):
    """The `topic_words` of a text, found when the set is first looked into: a Chinese one takes a dictionary.

    >>> "decis" in WordSet("decision outcome") | WordSet("vote")
    True
    """

    def __init__(self, text: str, *others: Set[str]) -> None:
        self._text, self._others = text, others

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(topic_words(self._text)).union(*self._others)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __or__(self, other: Set[str]) -> "WordSet":  # type: ignore[override]  # of words alone
        return WordSet("", self, other)

    @classmethod
    def _from_iterable(cls, words: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        """What the other operations of a set give."""
        return frozenset(words)


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters, which find words that no dictionary holds.

    >>> bigrams("垃圾分类 2024")
    ['垃圾', '圾分', '分类']
    """
    runs = [run for run in _RUN.findall(unicodedata.normalize("NFKC", text)) if _HAN.match(run)]
    return [run[i : i + 2] for run in runs for i in range(len(run) - 1)] + [r for r in runs if len(r) == 1]


def cut(text: str) -> list[str]:
    """The words of a Chinese text in order, tiling it: "".join(cut(text)) == text.

    >>> cut("垃圾分类试点")
    ['垃圾', '分类', '试点']
    """
    return list(_jieba().cut(text))


def has_han(text: str) -> bool:
    """Whether there is any Chinese character in `text`."""
    return _HAN.search(text) is not None


def language_of(text: str) -> Language:
    """The language the larger part of `text` is in, judged by script and, for Latin script, by stop words.

    A Chinese character carries about as much as four Latin letters. Latin text of more than 25 words in which
    fewer than one word in ten is an English stop word is another language ("other").
    """
    sample = text if len(text) <= 20_000 else text[:10_000] + text[len(text) // 2 :][:10_000]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    if not han and not latin:
        return "en" if not any(char.isalpha() for char in sample) else "other"
    if han * 4 > latin:
        return "zh"
    if not sample.isascii() and sum(char.isalpha() for char in sample) > 2 * (latin + han):
        return "other"
    tokens = re.findall(r"[^\W\d_]+", sample.casefold())
    if len(tokens) > 25 and sum(token in ENGLISH_STOP_WORDS for token in tokens) < len(tokens) / 10:
        return "other"
    return "en"


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball English stem of one lower-case word, accents folded ("Zürich" finds "Zurich")."""
    if word.isascii():
        return _snowball().stemWord(word)
    folded = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _snowball().stemWord(folded)


_LONGEST_RUN = 2_000  # characters that are cut at a time: the cutter holds all words that each may begin


@lru_cache(maxsize=20_000)
def _cut(run: str) -> tuple[str, ...]:
    """The words of a run of Chinese characters; a passage and its sentences share their runs."""
    return tuple(word for word in _jieba().cut_for_search(run) if word.strip())


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """The search words that nearly every text holds, English and Chinese, as `words` gives them."""
    return frozenset(stem(word) for word in ENGLISH_STOP_WORDS) | CHINESE_STOP_WORDS


_own = threading.local()


def _snowball() -> Any:
    """The stemmer of this thread: it holds the word it works on, so that two threads would spoil each other's."""
    if not hasattr(_own, "stemmer"):
        import snowballstemmer

        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer


@lru_cache(maxsize=1)
def _jieba() -> Any:
    """jieba with its dictionary loaded and its chatter on stderr off."""
    import warnings

    with warnings.catch_warnings():  # jieba 0.42 has invalid escapes and imports pkg_resources
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba
