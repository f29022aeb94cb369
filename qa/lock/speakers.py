"""Who says, moves, supports or opposes it: the person a claim names must be the one its evidence names for that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.lock.alignment import Alignment
from qa.lock.evidence import Unit
from qa.lock.reading import Reading, Token
from qa.lock.stances import Stance

_ACTS = frozenset(Stance) - {
    Stance.NOT,
    Stance.IF,
    Stance.PART,
    Stance.ONLY,
    Stance.EXCEPT,
    Stance.RESERVE,
    Stance.MODIFY,
    Stance.MAY,
    Stance.SHOULD,
}
"""Stances that somebody takes."""
_BODIES = frozenset(
    "council committee board commission panel meeting assembly cabinet government municipal executive "
    "members councillors"
    " district city party group authority the 会议 市政府 政府 委员会 议会".split()
)
BODIES = frozenset(
    "council committee board commission panel meeting assembly cabinet government 会议 市政府".split()
)
"""Words that name the body that met where nothing else is said of it."""
TITLES = frozenset(
    "mr mrs ms dr prof professor mayor councillor councillors cllr alderman director commissioner minister senator sir"
    " lady judge chairman chairwoman chair president secretary clerk vice deputy governor".split()
)
_PRONOUN = re.compile(r"\b(?:he|she|they)\b|他|她", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:of|on|at|in|from|to|between|for|with|behind|near|under|through|along|into|over|across)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Name words that stand together: "Councillor Edda Thornquay"; `keys` without titles."""

    start: int
    end: int
    keys: frozenset[str]


def speakers_agree(
    claim: Reading, alignment: Alignment, window: Sequence[Unit], people: frozenset[str]
) -> bool:
    """Whether everyone the claim lets act acts so in the evidence."""
    used = sorted({place.unit for place in alignment.places if place is not None})
    for run in runs(claim):
        act = _act_of(claim, run)
        if act is None or (run.keys <= _BODIES and not run.keys & people):
            continue
        if not _is_subject(claim, run, people):
            continue
        if act.mark is not None:
            if not any(run.keys & keys for keys in _subjects(window, used, act.mark.stance)):
                return False
        elif run.keys & people and not _does(run, act, alignment, window, people):
            return False
    return _bodies_act(claim, window, used, people)


def runs(reading: Reading) -> list[Run]:
    """The runs of name words in a sentence."""
    found: list[list[Token]] = []
    for token in reading.tokens:
        if token.kind != "name":
            continue
        before = found[-1][-1] if found else None
        if before and not reading.text[before.end : token.start].strip(" .-·"):
            found[-1].append(token)
        else:
            found.append([token])
    return [_run(tokens) for tokens in found]


def _run(tokens: Sequence[Token]) -> Run:
    keys = frozenset(token.key for token in tokens) - TITLES
    return Run(tokens[0].start, tokens[-1].end, keys or frozenset(token.key for token in tokens))


def _act_of(reading: Reading, run: Run) -> Token | None:
    """What a name does in a claim: the stance or word right after it, or the passive before it ("moved by Ambrose")."""
    by = re.search(r"\bby\s+(?:the\s+)?$", reading.text[: run.start])
    if by:
        before = [t for t in reading.tokens if t.end <= by.start() and t.kind in ("mark", "word")]
        return before[-1] if before else None
    after = [t for t in reading.tokens if t.start >= run.end and t.kind in ("mark", "word")]
    if not after or (after[0].mark and after[0].mark.stance not in _ACTS):
        after = [t for t in after if t.mark and t.mark.stance in _ACTS][:1] if after else []
    gap = reading.text[run.end : after[0].start] if after else ""
    return after[0] if after and len(gap) <= 24 and not re.search(r"[.。;；:：]", gap) else None


def _is_subject(reading: Reading, run: Run, people: frozenset[str]) -> bool:
    """Whether a name stands where somebody acts: a person not behind a preposition, or the first words of a clause."""
    if re.search(r"\bby\s+(?:the\s+)?$", reading.text[: run.start]):
        return True
    if _NO_SUBJECT.search(reading.text[: run.start]):
        return False
    if run.keys & people:
        return True
    clause = [t for t in reading.tokens if t.start <= run.start]
    first = next((t for t in reading.tokens if clause and t.clause == clause[-1].clause), None)
    return first is not None and first.start >= run.start


def _subjects(window: Sequence[Unit], used: Sequence[int], stance: Stance) -> Iterator[frozenset[str]]:
    """Who takes a stance in the evidence, once for every place where it is taken."""
    for number in used:
        unit = window[number]
        for token in unit.reading.tokens:
            if token.mark is not None and stance in token.mark.offers:
                yield from _who(window, number, token)
        if stance is Stance.SAY and unit.speaker:
            yield _keys(unit.speaker)


def _who(window: Sequence[Unit], number: int, mark: Token) -> Iterator[frozenset[str]]:
    """Who takes the stance of one word: named by "by", after a label, before it, as speaker, or one sentence back."""
    unit = window[number]
    named = runs(unit.reading)
    if mark.label:
        yield from (run.keys for run in named if run.start >= mark.end)
        return
    after = re.match(r"\s+by\s+(?:the\s+)?", unit.reading.text[mark.end :])
    if after:
        yield from (run.keys for run in named if run.start == mark.end + after.end())
        return
    before = [run for run in named if run.end <= mark.start]
    if before:
        yield before[-1].keys
        yield from _joined(unit.reading, before)
    elif unit.speaker:
        yield _keys(unit.speaker)
    if unit.speaker and not before:
        return
    pronoun = not before or _PRONOUN.search(unit.reading.text[before[-1].end : mark.start])
    if pronoun and number and (earlier := runs(window[number - 1].reading)):
        yield earlier[0].keys


def _joined(reading: Reading, before: Sequence[Run]) -> Iterator[frozenset[str]]:
    """Those who act together with the last one: "Ambrose and Quill moved"."""
    for one, other in zip(reversed(before[:-1]), reversed(before[1:]), strict=False):
        if not re.fullmatch(r"\s*(?:,|and|、|和|, and)\s*(?:the\s+)?", reading.text[one.end : other.start]):
            return
        yield one.keys


def _keys(name: str) -> frozenset[str]:
    words = frozenset(re.findall(r"[a-zà-ɏ][\w'’-]+", name.casefold())) - TITLES
    return words | frozenset(re.findall(r"[\u4e00-\u9fff]{2,4}", name))


def _does(run: Run, act: Token, alignment: Alignment, window: Sequence[Unit], people: frozenset[str]) -> bool:
    """Whether the word beside a person in the claim stands beside that person in the evidence."""
    place = next(
        (at for token, at in zip(alignment.tokens, alignment.places, strict=True) if token is act and at),
        None,
    )
    if place is None:
        return True
    unit = window[place.unit]
    named = [one for one in runs(unit.reading) if one.keys & people or one.keys & run.keys]
    before = [one for one in named if one.end <= place.token.start]
    if before:
        return bool(before[-1].keys & run.keys) or any(run.keys & k for k in _joined(unit.reading, before))
    if unit.speaker:
        return bool(_keys(unit.speaker) & run.keys)
    return True


def _bodies_act(claim: Reading, window: Sequence[Unit], used: Sequence[int], people: frozenset[str]) -> bool:
    """Whether no body is made to settle what one person only says: "I can support it" is not the committee's."""
    bodies = [run for run in runs(claim) if run.keys & _BODIES and not run.keys & people]
    for run in bodies:
        act = _act_of(claim, run)
        if act is None or act.mark is None or not _is_subject(claim, run, people):
            continue
        takers = list(_subjects(window, used, act.mark.stance))
        if takers and all(keys & people for keys in takers):
            return False
    return True
