"""A sentence as the fact lock reads it: names, quantities, stances and words in order, clause by clause."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ingest.records import Span
from ingest.words import cut
from qa.lock.quantities import Quantity, quantities
from qa.lock.stances import Mark, Stance, stances
from qa.lock.wording import PHRASES, SIGNS, key, says_nothing

TokenKind = Literal["word", "name", "quantity", "mark"]
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*|[$€£¥￥]|[\u3400-\u9fff]+|\d+")
_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s\b|(?=\s))")
LIST_MARK = re.compile(
    r"[\s*_#>•-]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）、]|\.(?=\s))|[-*•](?=\s))?\s*"
)
_ENDS_CLAUSE = re.compile(
    r"(?P<hard>[;:；：。！？\n|]|[.!?](?=\s|$))|(?P<comma>[,，])"
    r"|(?P<soft>\b(?:and|but|while|whereas|although|though|because|so that|of which|which|who)\b"
    r"|而(?!且)|但|并(?![且于])|并且)",
    re.IGNORECASE,
)
_MONTH_OR_DAY = re.compile(
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token(Span):
    """A part of a sentence that means something.

    key     what a word or name is compared by
    clause  which clause of the sentence it stands in, counted from 0
    label   for a mark: whether it announces what follows ("Action: ...", "Against: ...")
    """

    kind: TokenKind
    text: str
    key: str
    clause: int = 0
    quantity: Quantity | None = None
    mark: Mark | None = None
    label: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A read sentence; `soft[i]` says that clause i continues the one before without a comma ("... and ...")."""

    text: str
    tokens: tuple[Token, ...]
    soft: tuple[bool, ...]

    def clause(self, number: int) -> tuple[Token, ...]:
        """The tokens of one clause."""
        return tuple(token for token in self.tokens if token.clause == number)


@lru_cache(maxsize=4_096)
def read(text: str, people: frozenset[str] = frozenset()) -> Reading:
    """Reads a sentence; `people` are Chinese names to be taken whole."""
    plain = _POSSESSIVE.sub(lambda match: " " * len(match[0]), text)
    taken = bytearray(len(plain))
    found: list[Token] = []
    if list_mark := LIST_MARK.match(plain):
        taken[: list_mark.end()] = b"\1" * list_mark.end()
    for quantity in quantities(plain):
        if taken.find(1, quantity.start, quantity.end) >= 0:
            continue
        _take(taken, quantity)
        found.append(
            Token(quantity.start, quantity.end, "quantity", quantity.of(text), "#", quantity=quantity)
        )
    for start, end in _people(plain, people):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append(Token(start, end, "name", text[start:end], text[start:end]))
    for mark in stances(plain, taken):
        _take(taken, mark)
        label = bool(re.match(r"[*_]*\s*[:：]", plain[mark.end : mark.end + 4]))
        found.append(Token(mark.start, mark.end, "mark", mark.of(text), mark.stance, mark=mark, label=label))
    found += _words(plain, taken)
    starts, soft = _clauses(plain, taken, found)
    tokens = (_placed(token, starts) for token in sorted(found, key=lambda t: t.start))
    return Reading(text, tuple(tokens), soft)


def _take(taken: bytearray, span: Span) -> None:
    taken[span.start : span.end] = b"\1" * (span.end - span.start)


def _people(text: str, people: Collection[str]) -> Iterator[tuple[int, int]]:
    names = sorted((name for name in people if _HAN.fullmatch(name)), key=len, reverse=True)
    if names:
        for match in re.finditer("|".join(map(re.escape, names)), text):
            yield match.span()


def _words(text: str, taken: bytearray) -> Iterator[Token]:
    for match in PHRASES.finditer(text):
        if taken.find(1, *match.span()) < 0:
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            yield Token(*match.span(), "word", match[0], key(match[0]))
    for match in _WORD.finditer(text):
        for start, end in _free(taken, *match.span()):
            if _HAN.match(text, start):
                yield from _han_words(text, start, end)
            else:
                yield from _word(text, start, end)


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of start:end that nothing has taken."""
    place = start
    while place < end:
        if taken[place]:
            place += 1
            continue
        stop = taken.find(1, place, end)
        stop = end if stop < 0 else stop
        yield place, stop
        place = stop


def _han_words(text: str, start: int, end: int) -> Iterator[Token]:
    place = start
    for word in cut(text[start:end]):
        if not says_nothing(word):
            yield Token(place, place + len(word), "word", word, key(SIGNS.get(word, word)))
        place += len(word)


def _word(text: str, start: int, end: int) -> Iterator[Token]:
    word = text[start:end]
    if word in SIGNS:
        yield Token(start, end, "word", word, key(SIGNS[word]))
    elif _is_name(text, start, word):
        yield Token(start, end, "name", word, word.casefold())
    elif not says_nothing(word) and (len(word) > 1 or word.isdecimal()):
        yield Token(start, end, "word", word, key(word))


def _is_name(text: str, start: int, word: str) -> bool:
    """A capital inside a sentence makes a name, and at its start where a capital follows."""
    if not word[0].isupper() or _MONTH_OR_DAY.fullmatch(word) or word == "I":
        return False
    before = text[:start].rstrip(" *_\"“'‘([>-•#")
    if before and before[-1] not in ".!?:;\n":
        return True
    following = re.match(r"\s+([A-Z][a-z]+)", text[start + len(word) :])
    alone = re.match(r"[A-Z][a-zà-ɏ]+,? ", text[start:]) and not following
    return not says_nothing(word) and (bool(following) or not alone or word.isupper())


def _clauses(text: str, taken: bytearray, found: list[Token]) -> tuple[list[int], tuple[bool, ...]]:
    """Where each clause begins, and whether it continues the one before it softly."""
    starts, soft = [0], [False]
    content = sorted(token.start for token in found)
    for match in _ENDS_CLAUSE.finditer(text):
        inside = taken.find(1, *match.span()) >= 0 or _in_parentheses(text, match.start())
        if inside or match.end() >= len(text.rstrip()):
            continue
        follows_comma = match.lastgroup == "soft" and text[: match.start()].rstrip()[-1:] in (",", "，", "")
        if not any(starts[-1] <= place < match.start() for place in content):
            continue  # nothing stands in the clause it would end
        if match.lastgroup == "soft" and follows_comma:
            continue
        starts.append(match.end() if match.lastgroup != "soft" else match.start())
        soft.append(match.lastgroup == "soft")
    return starts, tuple(soft)


def _in_parentheses(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _placed(token: Token, starts: list[int]) -> Token:
    clause = sum(start <= token.start for start in starts) - 1
    return replace(token, clause=max(0, clause))


def joined(reading: Reading) -> Reading:
    """A claim's reading, its fragments ("For stewards, ...", "会议强调，...") joined to the clause they serve.

    A fragment has a few words and no stance, or a stance or date and no word; it goes with the clause after it.
    """
    serves: dict[int, int] = {}
    waiting: list[int] = []
    last = -1
    for number in sorted({token.clause for token in reading.tokens}):
        own = reading.clause(number)
        if last >= 0 and not waiting and _is_afterthought(own):
            serves[number] = last
        elif _is_fragment(own):
            waiting.append(number)
        else:
            last = number
            serves |= {one: number for one in (*waiting, number)}
            waiting = []
    serves |= {one: last if last >= 0 else waiting[0] for one in waiting}
    tokens = tuple(replace(token, clause=serves[token.clause]) for token in reading.tokens)
    return Reading(reading.text, tokens, reading.soft)


def settled(reading: Reading) -> Reading:
    """A record's reading in which clauses of stances alone ("if not, ...") belong to the clause after them."""
    serves: dict[int, int] = {}
    waiting: list[int] = []
    for number in sorted({token.clause for token in reading.tokens}):
        own = reading.clause(number)
        bare = all(token.mark is not None and not token.label for token in own)
        if bare and not any(token.mark and token.mark.stance in _REPORTS for token in own):
            waiting.append(number)
        else:
            serves |= {one: number for one in (*waiting, number)}
            waiting = []
    tokens = tuple(replace(token, clause=serves.get(token.clause, token.clause)) for token in reading.tokens)
    return Reading(reading.text, tokens, reading.soft)


_REPORTS = frozenset({Stance.SAY, Stance.STRESS, Stance.PROPOSE, Stance.ASK, Stance.DOUBT})


def _is_fragment(tokens: tuple[Token, ...]) -> bool:
    kinds = {token.kind for token in tokens}
    return (len(tokens) <= 4 and not kinds & {"mark", "quantity"}) or not (
        "word" in kinds or kinds >= {"mark", "quantity"}
    )


def _is_afterthought(tokens: tuple[Token, ...]) -> bool:
    """Whether a clause only adds a quantity to the one before it: "..., at a cost of 148 million yuan"."""
    kinds = [token.kind for token in tokens]
    return "quantity" in kinds and "mark" not in kinds and len(tokens) <= 3
