"""Where the words of a claim stand in its evidence, in the same order.

Names and quantities must stand there in the claim's order, with nothing of their kind passed over on the way to
the word beside them: "36 million for stewards" is not what "36 million was approved, of which 9 million yuan is for
stewards" says. Stances may change places with what they settle ("approved the plan", "the plan was approved").
"""

import datetime
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.lock.evidence import Unit
from qa.lock.quantities import agree
from qa.lock.reading import Token
from qa.lock.wording import key

MOST_PLACES = 24  # places of one word that are weighed
LOOSE = 0.34  # share of a claim's words that may stand in another order
_GAP = 10_000  # keeps the sentences of a window apart in the joint order


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token of the evidence stands: which unit of the window, and its order in the whole window."""

    unit: int
    token: Token
    order: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The places of a claim's tokens, None for those only the context has; stances are not in it."""

    tokens: tuple[Token, ...]
    places: tuple[Place | None, ...]


def places_of(window: Sequence[Unit]) -> list[Place]:
    """The tokens of a window in order."""
    return [
        Place(number, token, number * _GAP + token.start)
        for number, unit in enumerate(window)
        for token in unit.reading.tokens
    ]


def align(
    tokens: Sequence[Token],
    window: Sequence[Unit],
    context: frozenset[str],
    people: frozenset[str],
    held: datetime.date | None,
) -> Alignment | None:
    """The alignment, or None when a token stands nowhere or names and quantities stand in another order."""
    places = places_of(window)
    options = [_options(token, window, places, held) for token in tokens]
    for token, found in zip(tokens, options, strict=True):
        if not found and (token.kind == "quantity" or not _in_context(token, context)):
            return None
    if _too_often(options):
        return None
    chain = _longest_chain(tokens, options)
    placed = list(chain)
    loose = words = 0
    for number, (token, found) in enumerate(zip(tokens, options, strict=True)):
        words += token.kind == "word" and bool(found)
        if found and placed[number] is None:
            if token.kind != "word":
                return None
            loose += 1
            used = {place.order for place in placed if place is not None}
            free = [place for place in found if place.order not in used]
            if not free:
                return None
            placed[number] = _closest(free, placed, number)
    if loose > max(1, LOOSE * words) or (loose and words < 3):
        return None
    alignment = Alignment(tuple(tokens), tuple(placed))
    whole = _each_clause_in_one_unit(alignment) and not _passes_over(alignment, places, people)
    return alignment if whole else None


def _each_clause_in_one_unit(alignment: Alignment) -> bool:
    """Whether each clause of the claim stands in one sentence, and the clauses go through the sentences in order."""
    units: dict[int, set[int]] = {}
    for token, place in zip(alignment.tokens, alignment.places, strict=True):
        if place is not None:
            units.setdefault(token.clause, set()).add(place.unit)
    order = [min(units[clause]) for clause in sorted(units)]
    return all(len(found) == 1 for found in units.values()) and order == sorted(order)


def _too_often(options: Sequence[Sequence[Place]]) -> bool:
    """Whether the claim has a word more often than the evidence."""
    counts = Counter(tuple(place.order for place in found) for found in options)
    return any(count > len(orders) > 0 for orders, count in counts.items())


def _options(
    token: Token, window: Sequence[Unit], places: Sequence[Place], held: datetime.date | None
) -> list[Place]:
    """Every place where the evidence bears the token out."""
    if token.kind == "quantity":
        assert token.quantity is not None
        return [
            place
            for place in places
            if place.token.quantity is not None and agree(token.quantity, place.token.quantity, held)
        ]
    same = [place for place in places if place.token.kind in ("word", "name") and _alike(token, place.token)]
    if same or token.text.isascii() or (len(token.text) < 2 and token.kind != "name"):
        return same
    return _within(token, window)


def _alike(claimed: Token, recorded: Token) -> bool:
    if claimed.key == recorded.key:
        return True
    if claimed.kind == recorded.kind:
        return False
    return key(claimed.text) == key(recorded.text)  # a name at the start of a sentence, a word within


def _within(token: Token, window: Sequence[Unit]) -> list[Place]:
    """Places of a Chinese word that the evidence cuts into words otherwise."""
    found = []
    for number, unit in enumerate(window):
        start = unit.reading.text.find(token.text)
        while start >= 0:
            clause = max((t.clause for t in unit.reading.tokens if t.start <= start), default=0)
            stands = Token(start, start + len(token.text), "word", token.text, token.key, clause)
            found.append(Place(number, stands, number * _GAP + start))
            start = unit.reading.text.find(token.text, start + 1)
    return found


def _in_context(token: Token, context: frozenset[str]) -> bool:
    if token.key in context or key(token.text) in context:
        return True
    return not token.text.isascii() and len(token.text) > 1 and any(token.text in word for word in context)


@dataclass(frozen=True, slots=True)
class _Link:
    """The best chain of places that ends with this token here: its weight, and how far apart its places lie."""

    weight: int
    spread: int
    number: int
    place: Place
    before: "_Link | None"


_WEIGHT = {"name": 3, "quantity": 3, "word": 2, "mark": 0}


def _longest_chain(tokens: Sequence[Token], options: Sequence[Sequence[Place]]) -> list[Place | None]:
    """Of the options one each for as many tokens as can be had in rising order, the tightest of those."""
    links: list[_Link] = []
    for number, found in enumerate(options):
        links += [_linked(tokens[number], number, place, links) for place in found[:MOST_PLACES]]
    placed: list[Place | None] = [None] * len(tokens)
    last = max(links, key=lambda link: (link.weight, -link.spread, -link.place.order), default=None)
    while last is not None:
        placed[last.number] = last.place
        last = last.before
    return placed


def _linked(token: Token, number: int, place: Place, links: Sequence[_Link]) -> _Link:
    fitting = [link for link in links if link.number < number and link.place.order < place.order]
    before = max(fitting, key=lambda link: (link.weight, link.place.order - link.spread), default=None)
    if before is None:
        return _Link(_WEIGHT[token.kind], 0, number, place, None)
    spread = before.spread + place.order - before.place.order
    return _Link(before.weight + _WEIGHT[token.kind], spread, number, place, before)


def _closest(found: Sequence[Place], placed: Sequence[Place | None], number: int) -> Place:
    """The option nearest to where the neighbours of the token stand."""
    near = [place.order for place in placed[max(0, number - 2) : number + 3] if place is not None]
    middle = sum(near) / len(near) if near else 0.0
    return min(found, key=lambda place: (abs(place.order - middle), place.order))


def _passes_over(alignment: Alignment, places: Sequence[Place], people: frozenset[str]) -> bool:
    """Whether on the way from one word of a clause to the next the evidence has a rival of what the clause names.

    A rival of a quantity is another of its kind, a rival of a person another person.
    """
    used = {place.order for place in alignment.places if place is not None}
    pairs = list(zip(alignment.tokens, alignment.places, strict=True))
    for (one, here), (other, there) in itertools.pairwise(pairs):
        if here is None or there is None or one.clause != other.clause:
            continue
        own = [token for token in alignment.tokens if token.clause == one.clause]
        low, high = sorted((here.order, there.order))
        between = [place.token for place in places if low < place.order < high and place.order not in used]
        if any(_rival(token, own, people) for token in between):
            return True
    return False


def _rival(token: Token, own: Sequence[Token], people: frozenset[str]) -> bool:
    if token.quantity is not None:
        same = [one.quantity for one in own if one.quantity and one.quantity.kind == token.quantity.kind]
        started = token.quantity.role == "from" and any(one.role == "to" for one in same)
        return bool(same) and not started
    if token.kind != "name" or token.key not in people:
        return False
    return any(one.kind == "name" and one.key in people for one in own)
