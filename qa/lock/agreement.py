"""Whether the stances of a claim are those of its evidence: whether it was settled, how, and on what terms.

A claim is judged clause by clause against the clauses its words stand in. What the evidence negates, rejects, defers,
proposes, reports or ties to a condition the claim must negate, reject, defer, propose, report or tie as well; and a
claim may not settle, negate or report what its evidence does not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.lock.alignment import Alignment, Place
from qa.lock.evidence import Unit
from qa.lock.reading import Reading, Token
from qa.lock.stances import HERE, ONWARD, OUTCOMES, THROUGHOUT, Stance

LABELLED = frozenset(Stance) - {Stance.DECIDE, Stance.APPROVE, Stance.AGREE, Stance.NOTE, Stance.SAY}
"""Stances a label gives to all that follows it ("Against: Fenn, Luo"); the others only say that it was settled."""
REPORTS = frozenset({Stance.SAY, Stance.STRESS, Stance.PROPOSE, Stance.ASK, Stance.DOUBT})
COVERED = 0.75  # share of a negated clause that a claim must repeat: what is left out may be what was negated

_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us|mine|ours)\b|我|咱")


@dataclass(frozen=True, slots=True)
class Touched:
    """The clauses of the evidence in which the words of one clause of the claim stand."""

    claim: tuple[Token, ...]
    places: tuple[Place, ...]

    @property
    def units(self) -> set[int]:
        return {place.unit for place in self.places}

    def clauses(self, unit: int) -> set[int]:
        return {place.token.clause for place in self.places if place.unit == unit}


def stances_agree(claim: Reading, alignment: Alignment, window: Sequence[Unit]) -> bool:
    """Whether every clause of the claim takes the stances of the clauses it stands on, and no others."""
    by_clause = _touched(claim, alignment)
    if not _reported_throughout(claim, by_clause, window):
        return False
    return all(
        touched.places and _kept(by_clause, touched, window, alignment) and _borne_out(touched, window)
        for touched in by_clause
        if touched.claim
    )


def _reported_throughout(claim: Reading, by_clause: Sequence[Touched], window: Sequence[Unit]) -> bool:
    """Whether a claim that reports or proposes takes nothing from a sentence that does neither: "X said A, B"."""
    used = {number for touched in by_clause for number in touched.units}
    reports = any(token.mark and token.mark.stance in REPORTS for token in claim.tokens)
    if len(used) < 2 or not reports:
        return True
    marks = ({t.mark.stance for t in window[number].reading.tokens if t.mark} for number in used)
    return all(
        window[number].speaker or stances & REPORTS for number, stances in zip(used, marks, strict=True)
    )


def _touched(claim: Reading, alignment: Alignment) -> list[Touched]:
    numbers = sorted({token.clause for token in claim.tokens})
    pairs = list(zip(alignment.tokens, alignment.places, strict=True))
    found = []
    for number in numbers:
        own = tuple(token for token in claim.tokens if token.clause == number)
        places = tuple(place for token, place in pairs if place is not None and token.clause == number)
        found.append(Touched(own, places))
    return found


# What the evidence says the claim must say -----------------------------------------------------------------


def _kept(claim: Sequence[Touched], touched: Touched, window: Sequence[Unit], alignment: Alignment) -> bool:
    own = {token.mark.stance for token in touched.claim if token.mark}
    for number in touched.units:
        unit = window[number]
        same = [token for other in claim if number in other.units for token in other.claim]
        whole = {token.mark.stance for token in same if token.mark}
        binding = _binding(unit, touched.clauses(number), touched.places, number)
        if _denials(touched.claim) != _denials(mark for mark, _ in binding):
            return False
        if _denials(same) > _denials(unit.reading.tokens):
            return False
        if not _all_told(binding, same):
            return False
        for mark, scope in binding:
            assert mark.mark is not None
            said = own if scope == "here" else whole
            borne = mark.mark.offers if mark.mark.stance in ONWARD else {mark.mark.stance}
            if not said & borne:
                return False
        if unit.asks and Stance.ASK not in whole:
            return False
        if not _negation_covered(unit, touched, alignment, number):
            return False
    return True


def _denials(tokens: Iterable[Token]) -> int:
    return sum(token.mark is not None and token.mark.stance is Stance.NOT for token in tokens)


def _all_told(binding: Sequence[tuple[Token, str]], said: Sequence[Token]) -> bool:
    """Whether the claim has a stance of its own for each that was said, proposed or asked: "X said that Y proposed"."""
    left = [token.mark.stance for token in said if token.mark is not None]
    for token, _ in binding:
        if token.mark is not None and token.mark.stance in REPORTS:
            found = next((stance for stance in left if stance in token.mark.offers), None)
            if found is None:
                return False
            left.remove(found)
    return True


def _binding(unit: Unit, clauses: set[int], places: Iterable[Place], number: int) -> list[tuple[Token, str]]:
    """The stances of a sentence that hold for what the claim takes from it: (token, "here" or "whole")."""
    last = max((place.token.start for place in places if place.unit == number), default=0)
    reading, found = unit.reading, []
    for token in reading.tokens:
        if token.mark is None:
            continue
        stance = token.mark.stance
        if token.label and stance in LABELLED:
            found.append(
                (token, "here" if stance in (Stance.SUPPORT, Stance.OPPOSE, Stance.ABSTAIN) else "whole")
            )
        elif stance in THROUGHOUT or (stance in ONWARD and (token.start < last or _aside(reading, token))):
            if _parted(reading, token, clauses) and (stance in THROUGHOUT or token.start >= last):
                continue
            if stance in ONWARD and not _reaches(reading, token, clauses):
                continue
            found.append((token, "whole"))
        elif stance in HERE and _in_scope(reading, token, clauses):
            found.append((token, "here" if stance is Stance.NOT else "whole"))
    if unit.lead is not None:
        found += [
            (token, "whole")
            for token in unit.lead.tokens
            if token.mark and token.mark.stance in HERE | ONWARD | THROUGHOUT
        ]
    return found


def _parted(reading: Reading, token: Token, clauses: set[int]) -> bool:
    """Whether a semicolon or colon stands between a stance and each of the clauses."""
    for number in clauses:
        own = [one.start for one in reading.clause(number)]
        low, high = sorted((token.start, own[0] if own else token.start))
        if not re.search(r"[;；:：]", reading.text[low:high]):
            return False
    return bool(clauses)


def _aside(reading: Reading, token: Token) -> bool:
    """Whether a stance stands in a clause with next to nothing else: "..., he said, ..."."""
    return len(reading.clause(token.clause)) <= 2


def _reaches(reading: Reading, token: Token, clauses: set[int]) -> bool:
    """Whether what is said, proposed or due reaches one of the clauses.

    It ends at a semicolon, and a report where the next begins without a subject: "doubted A and suggested B".
    """
    if _aside(reading, token):
        return True
    first = min(clauses, default=token.clause)
    for number in range(token.clause + 1, first + 1):
        own = reading.clause(number)
        if (
            own
            and own[0].mark
            and own[0].mark.stance in REPORTS
            and token.mark
            and token.mark.stance in REPORTS
        ):
            return False
    tokens = [one for one in reading.tokens if one.clause >= first and one.start > token.start]
    upto = min((one.start for one in tokens), default=token.start)
    return not re.search(r"[;；]", reading.text[token.end : upto])


def _in_scope(reading: Reading, token: Token, clauses: set[int]) -> bool:
    """Whether a stance is in one of the clauses, or reaches it over a bare "and" before another outcome."""
    number = token.clause
    while number and reading.soft[number] and not any(t.kind == "word" for t in reading.clause(number)):
        number -= 1
    if {token.clause, number} & clauses:
        return True
    number = token.clause + 1
    while number < len(reading.soft) and reading.soft[number]:
        own = reading.clause(number)
        if any(one.mark and one.mark.stance in OUTCOMES for one in own) or _has_verb(reading, number):
            return False
        if number in clauses:
            return True
        number += 1
    return False


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|could|would|will|may|might|should|must|can|shall|did|does|do|seems?|seemed|appears?|appeared)\b",
    re.IGNORECASE,
)


def _has_verb(reading: Reading, clause: int) -> bool:
    """Whether a clause has a finite verb of its own, so that a "not" before it does not reach it."""
    own = reading.clause(clause)
    return bool(own) and bool(_FINITE.search(reading.text, own[0].start, own[-1].end))


def _negation_covered(unit: Unit, touched: Touched, alignment: Alignment, number: int) -> bool:
    """Whether the claim repeats enough of each negated clause it touches, every quantity included."""
    used = {(place.unit, place.token.start) for place in alignment.places if place is not None}
    for clause in touched.clauses(number):
        tokens = unit.reading.clause(clause)
        if not any(token.mark and token.mark.stance is Stance.NOT for token in tokens):
            continue
        content = [token for token in tokens if token.mark is None]
        told = [token for token in content if (number, token.start) in used]
        if len(told) < COVERED * len(content) or any(t.quantity and t not in told for t in content):
            return False
    return True


# What the claim says the evidence must say -----------------------------------------------------------------


def _borne_out(touched: Touched, window: Sequence[Unit]) -> bool:
    for token in touched.claim:
        if token.mark is None:
            continue
        offering = [
            (number, one)
            for number in (touched.units or range(len(window)))
            for one in _offering(window[number], token, touched.clauses(number))
        ]
        spoken = _spoken(window, touched) and token.mark.stance is Stance.SAY
        if not offering and not spoken:
            return False
        if token.mark.stance in HERE and not spoken:
            said = sum(one.mark is not None and one.mark.stance is token.mark.stance for one in touched.claim)
            if said > len(offering):
                return False
    return True


def _offering(unit: Unit, token: Token, clauses: set[int]) -> list[Token]:
    """The stances of a sentence that bear out a claim's stance for these clauses."""
    assert token.mark is not None
    wanted = token.mark.stance
    marks = [one for one in unit.reading.tokens if one.mark and wanted in one.mark.offers]
    if wanted in HERE and wanted is not Stance.REJECT:
        marks = [one for one in marks if one.label or not clauses or _in_scope(unit.reading, one, clauses)]
    elif wanted in ONWARD:
        marks = [
            one
            for one in marks
            if one.label or _aside(unit.reading, one) or one.clause <= max(clauses, default=99)
        ]
    elif wanted in OUTCOMES and len(_outcomes(unit.reading)) > 1:
        near = [one for one in marks if one.label or not clauses or _in_scope(unit.reading, one, clauses)]
        marks = near or [one for one in marks if not _outcomes_in(unit.reading, clauses)]
    if not marks and unit.lead is not None:
        marks = [one for one in unit.lead.tokens if one.mark and wanted in one.mark.offers]
    return marks


def _outcomes(reading: Reading) -> set[Stance]:
    return {token.mark.stance for token in reading.tokens if token.mark and token.mark.stance in OUTCOMES}


def _outcomes_in(reading: Reading, clauses: set[int]) -> bool:
    return any(
        token.mark and token.mark.stance in OUTCOMES and token.clause in clauses for token in reading.tokens
    )


def _spoken(window: Sequence[Unit], touched: Touched) -> bool:
    """Whether what the claim takes was said in somebody's turn."""
    return all(window[number].speaker for number in touched.units) and bool(touched.units)


def speaks_for_itself(claim: Reading, alignment: Alignment, window: Sequence[Unit]) -> bool:
    """Whether no "I" or "we" of the evidence is lost: what a speaker says of himself needs its speaker."""
    used = {place.unit for place in alignment.places if place is not None}
    named = any(token.kind == "name" for token in claim.tokens)
    for number in used:
        unit = window[number]
        own = unit.reading.text.split("：", 1)[-1].split(": ", 1)[-1] if unit.speaker else unit.reading.text
        if unit.speaker and _FIRST_PERSON.search(own) and not (named and _says(claim)):
            return False
    return True


def _says(claim: Reading) -> bool:
    return any(token.mark and token.mark.stance in ONWARD | OUTCOMES for token in claim.tokens)
