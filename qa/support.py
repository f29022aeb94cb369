"""Whether the best passages say enough of what is asked to answer it, or nothing does."""

import re
from collections.abc import Sequence

from ingest.words import stem, words
from qa.answers import Intent, Question
from qa.asked_facts import Fact, fact_asked
from qa.corpus import Session
from qa.languages import above_chance, in_others
from qa.signs import Candidate
from qa.topic import coverage, share_of_topic, topic_weights
from qa.unheard import HEAD, of_unheard_body

PASSAGES = 8  # the best, which say whether there is an answer and whose entries of the register count
OF_MATTER = 0.7  # share of the topic in the passage around a sentence that states a fact of it

# Below these the best passage is no answer; set on answerable and unanswerable questions, see docs/evaluation.md.
# Likeness counts from chance (`qa.languages.above_chance`), so that none of them depends on the encoder's range.
LEAST_SUPPORT = 0.92  # share of the topic's words it holds, plus its likeness
LEAST_ACROSS = (
    0.41  # likeness, plus part of that share, in another language, where the words cannot be shared
)
SHARE_ACROSS = 0.25  # the part: a name or a number may stand there too, or some words in what else was found
WITHIN = 0.6  # of these within records the asker chose: fewer likenesses by chance

_TITLED = re.compile(
    r"\b(?:(?i:council ?(?:member|man|woman)|board member)|Councill?or|Cllr|Trustee|Director|Supervisor|Alderman|Mr|Mrs"
    r"|Ms|Dr|Prof|Professor|Mayor|Minister|Senator|Commissioner|Sir|Lady)\.? (?:[A-Z]\w*\.? )?([A-Z]\w+)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def answers(session: Session, question: Question, candidates: Sequence[Candidate], *, chosen: bool) -> bool:
    """Whether the best passages say enough of what is asked; `chosen`: the asker named the records to look in."""
    if not candidates:
        return False
    weights = topic_weights(session, question)
    if not weights:  # "what was voted on 18 September?": the meeting is the topic
        return bool(question.when or question.sessions or question.speakers or question.bodies)
    best = [candidate for candidate in candidates[:PASSAGES] if in_the_year(question, candidate)]
    if not best:
        return False
    enough = WITHIN if chosen else 1.0
    alike = likeness_above_chance(session, question, best)
    if in_another_language(session, question, best):
        share = max(_covered(weights, candidate) for candidate in best)
        if alike + SHARE_ACROSS * share >= enough * LEAST_ACROSS:
            return True
    if of_unknown(session, question, best):
        return False
    weights = _without_doing(question, weights, best)
    if all(candidate.cosine is None for candidate in best):  # then the words stand for the likeness too
        return 2 * max(share_of_topic(weights, question.topic, said_of(one)) for one in best) >= enough
    covered = max(_covered(weights, candidate) for candidate in best)
    return covered + alike >= enough * LEAST_SUPPORT


def of_unknown(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether a body or a person is asked about whom nothing that was found names."""
    return _unknown_person(session, question) or of_unheard_body(session, question, best)


def likeness_above_chance(session: Session, question: Question, best: Sequence[Candidate]) -> float:
    """How far the likest of these passages is liker to the topic than chance has it; 0 where none has a vector."""
    vector = session.query_vector(question.topic or question.text)
    known = [candidate.cosine for candidate in best if candidate.cosine is not None]
    return 0.0 if vector is None or not known else above_chance(session, vector, max(known))


def in_another_language(session: Session, question: Question, best: Sequence[Candidate]) -> bool:
    """Whether the likest passage is in another language than the question, whose words cannot stand in it."""
    likest = max(best, key=lambda candidate: candidate.cosine or 0.0)
    if likest.cosine is None:
        return False
    return bool(in_others(session, question.language, [likest.passage.id]))


def _without_doing(
    question: Question, weights: dict[str, float], best: Sequence[Candidate]
) -> dict[str, float]:
    """The weights without the verb of a question for who got something, where a record says it by another verb."""
    fact = fact_asked(question)
    kept = {word: weight for word, weight in weights.items() if fact is None or word not in fact.verbs}
    told = fact is not None and kept and any(_tells(fact, question, kept, one) for one in best)
    return kept if told else weights


def _tells(fact: Fact, question: Question, matter: dict[str, float], candidate: Candidate) -> bool:
    """Whether a sentence of a passage gives a fact, and names the matter together with the sentence before it."""
    passage = candidate.passage
    said = [sentence.of(passage.record_text) for sentence in passage.sentences]
    return any(
        fact.gives(words)
        and share_of_topic(matter, question.topic, " ".join((before, words, *passage.item))) >= OF_MATTER
        for before, words in zip(["", *said], said, strict=False)
    )


def _covered(weights: dict[str, float], candidate: Candidate) -> float:
    """The share of the topic in a passage; what the head of its record says too ("parish") only tells where to look."""
    said = said_of(candidate)
    head = set(words(candidate.passage.record_text[:HEAD]))
    matter = {word: weight for word, weight in weights.items() if word not in head}
    return max(coverage(weights, said), coverage(matter, said))


def in_the_year(question: Question, candidate: Candidate) -> bool:
    """Whether a passage says every year that the topic names: the budget for 2027 is not that for 2025."""
    years = _YEAR.findall(question.topic)
    return not years or all(year in said_of(candidate) for year in years)


def _unknown_person(session: Session, question: Question) -> bool:
    """Whether the words of somebody are asked for whose name stands in no record."""
    if question.intent is not Intent.OPINION or question.speakers:
        return False
    return any(not session.frequency(stem(name.casefold())) for name in _TITLED.findall(question.topic))


def said_of(candidate: Candidate) -> str:
    """The words of a passage with its agenda item and speakers."""
    passage = candidate.passage
    return " ".join((passage.text, *passage.item, *passage.speakers))
