"""What a question names that nothing its asker may read does: a body that no record is of, a word of the matter.

What is near is then of something else: another body's matter, or another matter of the same name.
"""

import re
from collections.abc import Sequence, Set

from ingest.words import has_han, topic_words, words
from qa.answers import Question
from qa.corpus import Session
from qa.scope import Scope
from qa.short_names import parted
from qa.signs import Candidate
from qa.topic import topic_weights

HEAD = 160  # characters at the start of a record that name its body
UNHEARD = 0.3  # share of a topic in words that no record says, from which on what falls short answers nothing

_BODY = re.compile(
    r"\b(?:did|does|do|has|have|had|by|at|of|from)\s+(?:the\s+)?(?P<name>(?:[\w'&-]+\s+){1,4}?)"
    r"(?:sub-?committee|committee|council|board|commission|trust|panel|authority|cabinet|bureau|assembly)\b",
    re.IGNORECASE,
)
_HAN_BODY = re.compile(
    r"(?:^|[由，,])(?P<name>[\u3400-\u9fff]{2,10}?)(?:委员会|理事会|董事会|监事会|管委会|领导小组|指挥部)"
    r"(?=对|就|在|关于|的|决定|讨论|研究|作出|通过)"
)
_ANY_BODY = frozenset(
    topic_words(
        "last next previous new old same whole entire full local town city county parish village district borough "
        "public regular special annual executive joint standing meeting members council board committee"
    )
)


def of_unheard_body(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether a question names a body that neither the best passages nor the heads of their records name."""
    found = None if question.bodies else (_BODY.search(question.text) or _HAN_BODY.search(question.text))
    if found is None:
        return False
    name = found["name"].strip()
    said = [
        f"{one.passage.record_text[:HEAD]} {one.passage.text} {' '.join(one.passage.item)}" for one in best
    ]
    places = _places(session, {one.passage.record_id for one in best})
    if has_han(name):
        own = next((name.removeprefix(place) for place in places if name.startswith(place)), name)
        return len(own) > 1 and not any(own in text for text in said)
    of_place = {word for place in places for word in words(place)}
    own_words = set(topic_words(name)) - of_place - _ANY_BODY
    return bool(own_words) and not any(own_words & set(words(text)) for text in said)


def unheard(session: Session, question: Question, access: Sequence[str]) -> float:
    """The share of a question's topic, by weight, in words that stand in nothing these groups may read."""
    weights = topic_weights(session, question)
    total = sum(weights.values())
    scope = Scope(access=tuple(access))
    return sum(w for word, w in weights.items() if not session.holding(word, scope)) / total if total else 0.0


def _places(session: Session, records: Set[str]) -> list[str]:
    """The places in the names of the bodies of these records, the longest first."""
    bodies = {one.body for one in session.holdings.meetings if one.body and one.record_id in records}
    found = {place for body in bodies if (parts := parted(body)) for place in parts.places}
    return sorted(found, key=lambda place: (-len(place), place))
