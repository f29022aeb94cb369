"""What a rule of the register is: a name, a kind of outcome, and the pattern of sentences that record it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.records import DecisionKind, Span

_MARKUP = re.compile(r"(?<=[-*] )\[[ xX]\] |[*`~]+|\b_+|_+\b|\{[a-z]+\}")
_WORD = re.compile(r"[a-z]{2,}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Sentences that `pattern` finds record an outcome of `kind`; `name` says who found it.

    cues   beginnings of words of which a sentence holds at least one if the pattern is to find it at all;
           empty when the pattern is always tried
    """

    name: str
    kind: DecisionKind
    pattern: re.Pattern[str]
    cues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one sentence."""

    rule: str
    kind: DecisionKind


@dataclass(frozen=True, slots=True)
class Charge(Span):
    """A part of a sentence that charges somebody with something, up to the next such part.

    who      as written
    ordered  told to do it or to lead it, not only expected to
    """

    who: str
    ordered: bool


def plain(sentence: str) -> str:
    """The sentence as rules read it: one line, single spaces, no markup.

    >>> plain("The  **Council**\\n_approved_ it.")
    'The Council approved it.'
    """
    return _SPACE.sub(" ", _MARKUP.sub("", sentence)).strip()


def cues_of(words: str) -> frozenset[str]:
    """The first five letters of each word: enough to tell which rules a sentence may concern.

    >>> sorted(cues_of("It was approved."))
    ['appro', 'it', 'was']
    """
    return frozenset(word[:5] for word in _WORD.findall(words.lower()))


def first_finding(
    rules: Iterable[Rule], sentence: str, allowed: Callable[[Rule, str, re.Match[str]], bool]
) -> Finding | None:
    """The first rule, in their order, with a match in the plain `sentence` that `allowed` lets pass."""
    cues = cues_of(sentence)
    for rule in rules:
        if rule.cues and rule.cues.isdisjoint(cues):
            continue
        for match in rule.pattern.finditer(sentence):
            if allowed(rule, sentence, match):
                return Finding(rule.name, rule.kind)
    return None


def puts_off(words: str, otherwise: re.Pattern[str]) -> bool:
    """Whether words that move a matter to another day move it to a later one.

    otherwise  words that say it is not put off: "brought forward"; a deadline that is moved is extended

    >>> puts_off("from 20 December 2025 to 18 April 2026", re.compile("forward"))
    True
    """
    if otherwise.search(words):
        return False
    days = [day for mention in find_dates(words) for day in (mention.first, mention.last)]
    return not days or days[-1] > days[0] or len(find_dates(words)) == 1
