"""Which meetings concern a topic: every one in scope is judged, not the best few."""

from dataclasses import dataclass

from ingest.records import Span
from ingest.words import topic_words
from qa.answers import Question
from qa.corpus import Session, StoredPassage
from qa.furniture import furniture
from qa.scope import Scope
from qa.topic import coverage, word_weights

LEAST_ABOUT = 0.5  # share of a topic's words a passage must hold for its meeting to count as about it


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """The passage of a meeting that covers the topic best, with the share of the topic's words in it."""

    covered: float
    item: tuple[str, ...] = ()


def meetings_about(session: Session, question: Question, scope: Scope) -> dict[str, Mention]:
    """Every record in scope with a passage that covers most of the topic, by record id: none is left unjudged."""
    weights = word_weights(session, topic_words(question.topic))
    total = sum(weights.values()) or 1.0
    covered: dict[int, float] = {}
    for word, weight in weights.items():
        for passage_id in session.holding(word, scope):
            covered[passage_id] = covered.get(passage_id, 0.0) + weight / total
    enough = {i: share for i, share in covered.items() if share >= LEAST_ABOUT}
    best: dict[str, Mention] = {}
    for i, passage in sorted(session.load(sorted(enough)).items()):
        if passage.record_id not in best or enough[i] > best[passage.record_id].covered:
            telling = [s for s in passage.sentences if not furniture(_cut(passage, s).strip(), question.text)]
            sentence = max(telling or passage.sentences, key=lambda s: coverage(weights, _cut(passage, s)))
            best[passage.record_id] = Mention(*_stripped(passage, sentence), enough[i], passage.item)
    return best


def _cut(passage: StoredPassage, span: Span) -> str:
    return passage.text[span.start - passage.start : span.end - passage.start]


def _stripped(passage: StoredPassage, span: Span) -> tuple[int, int]:
    words = _cut(passage, span)
    return span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip())
