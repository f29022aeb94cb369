"""From ranked passages to the ranges that answer: decisions for a decision question, sentences otherwise."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.records import Decision, Span
from ingest.words import stem, topic_words
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.signs import ASKS_FOR_REGISTER, RELEVANT, SETTLED, WANTED_KINDS, Candidate, named_in
from qa.topic import coverage, topic_weights

PASSAGES = 8  # the best passages, whose sentences are weighed
SPOKEN = 6  # of these, those whose sentences are weighed
WORD_BUDGET, SENTENCES = 65, 6  # of an answer in sentences; words that are no stop words
FULL = 12  # such words in a sentence that says something whole
REGISTER_BUDGET, ENTRIES = 170, 12  # of an answer in entries of the register: rather all of them than few
REPEATED = 0.8  # share of words two picks may have in common

# Below these the best passage is no answer; set on answerable and unanswerable questions, see docs/evaluation.md.
LEAST_SUPPORT = 1.0  # share of the topic's words it holds, plus its cosine
LEAST_SUPPORT_WITHIN = (
    0.6  # the same within records that the asker chose: fewer passages, fewer likenesses by chance
)
LEAST_COVERAGE = 0.5  # the share alone, in a language the encoder does not know
UNDER_ITEM = 0.7  # what a word of the topic counts in a sentence when only the agenda item says it
DISCUSSED_MEETINGS, DISCUSSED_SENTENCES = (
    2,
    4,
)  # shown of meetings that discussed a topic and decided nothing on it
OWN_WORDS = 0.3  # added to a sentence by, or about, the person whose words are asked for


_TITLED = re.compile(
    r"\b(?:Councillor|Cllr|Alderman|Mr|Mrs|Ms|Dr|Prof|Professor|Mayor|Minister|Senator|Commissioner|Sir|Lady)\.? "
    r"(?:[A-Z]\w*\.? )?([A-Z]\w+)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Pick(Span):
    """A range of a record that answers, with the passage it was found in and how well it answers."""

    candidate: Candidate
    score: float
    decision: Decision | None = None

    @property
    def settled(self) -> bool:
        """Whether it is an outcome, not only something said or stressed."""
        return self.decision is not None and self.decision.kind in SETTLED


def answers(session: Session, question: Question, candidates: Sequence[Candidate], *, chosen: bool) -> bool:
    """Whether the best passages say enough of what is asked; `chosen`: the asker named the records to look in."""
    if not candidates:
        return False
    weights = topic_weights(session, question)
    if not weights:  # "what was voted on 18 September?": the meeting is the topic
        return bool(question.when or question.sessions or question.speakers or question.bodies)
    best = [candidate for candidate in candidates[:PASSAGES] if _in_the_year(question, candidate)]
    if not best or _unknown_person(session, question):
        return False
    covered = max(coverage(weights, _said(candidate)) for candidate in best)
    if not session.corpus.encoder.knows(question.language):
        return covered >= LEAST_COVERAGE
    return covered + max(candidate.cosine or 0.0 for candidate in best) >= (
        LEAST_SUPPORT_WITHIN if chosen else LEAST_SUPPORT
    )


def pick(session: Session, question: Question, candidates: Sequence[Candidate]) -> list[Pick]:
    """The ranges that answer, best first, within the budget of words."""
    best = list(candidates[:PASSAGES])
    if not best:
        return []
    weights = topic_weights(session, question)
    if not weights and question.intent is Intent.SUMMARY:
        question = replace(
            question, intent=Intent.DECISION
        )  # a meeting as a whole: above all what it settled
    decided = _decided(session, question, best, weights) if question.intent in ASKS_FOR_REGISTER else []
    if decided:
        return _without_repeats(decided, REGISTER_BUDGET, ENTRIES)
    return _without_repeats(_sentences(session, question, best[:SPOKEN], weights), WORD_BUDGET, SENTENCES)


def discussed(
    session: Session, question: Question, candidates: Sequence[Candidate], picks: Sequence[Pick]
) -> list[Pick]:
    """What was said under an agenda item on the topic at meetings that `picks` leaves out.

    For a decision question that names no meeting: where one meeting decided, others may have discussed or stressed.
    """
    if question.intent is not Intent.DECISION or question.when or question.sessions:
        return []
    if not any(one.settled for one in picks):
        return []
    told = {one.candidate.passage.record_id for one in picks}
    weights = topic_weights(session, question)
    others = [c for c in candidates if c.passage.record_id not in told and _on_topic(weights, c)]
    told |= {one.candidate.passage.record_id for one in _decided(session, question, others, weights)}
    others = [c for c in others if c.passage.record_id not in told]
    kept: list[Pick] = []
    for one in _sentences(session, question, others, weights) if others else []:
        record_id = one.candidate.passage.record_id
        own = sum(other.candidate.passage.record_id == record_id for other in kept)
        meetings = {other.candidate.passage.record_id for other in kept} | {record_id}
        if own < DISCUSSED_SENTENCES and len(meetings) <= DISCUSSED_MEETINGS:
            kept.append(one)
    return kept


def _on_topic(weights: dict[str, float], candidate: Candidate) -> bool:
    """Whether a passage stands under an agenda item whose title names the whole topic."""
    return any(coverage(weights, title) > 0.99 for title in candidate.passage.item)


def _in_the_year(question: Question, candidate: Candidate) -> bool:
    """Whether a passage says every year that the topic names: the budget for 2027 is not that for 2025."""
    years = _YEAR.findall(question.topic)
    return not years or all(year in _said(candidate) for year in years)


def _unknown_person(session: Session, question: Question) -> bool:
    """Whether the words of somebody are asked for whose name stands in no record."""
    if question.intent is not Intent.OPINION or question.speakers:
        return False
    return any(not session.frequency(stem(name.casefold())) for name in _TITLED.findall(question.topic))


def _said(candidate: Candidate) -> str:
    passage = candidate.passage
    return " ".join((passage.text, *passage.item, *passage.speakers))


def _decided(
    session: Session, question: Question, best: Sequence[Candidate], weights: dict[str, float]
) -> list[Pick]:
    """The decisions, votes or tasks in the best passages that concern the topic."""
    kinds = WANTED_KINDS[question.intent]
    register = session.decisions_of(sorted({c.passage.record_id for c in best}))
    top = max((candidate.score for candidate in best), default=0.0) or 1.0
    picks: dict[tuple[str, int, int], Pick] = {}
    for candidate in best:
        passage = candidate.passage
        for decision in register.get(passage.record_id, ()):
            if decision.kind not in kinds or not passage.start <= decision.start < passage.end:
                continue
            said = passage.text[decision.start - passage.start : decision.end - passage.start]
            relevance = coverage(weights, f"{said} {decision.item or ''}") if weights else 1.0
            score = 0.6 * relevance + 0.8 * candidate.score / top
            if relevance >= RELEVANT and not said.rstrip().endswith((":", "：")):
                key = (passage.record_id, decision.start, decision.end)
                picks[key] = Pick(decision.start, decision.end, candidate, score, decision)
    return _ranked(picks.values(), share=0.8)


def _sentences(
    session: Session, question: Question, best: Sequence[Candidate], weights: dict[str, float]
) -> list[Pick]:
    """The sentences of the best passages, weighed by their own words and vectors and by their passage."""
    likeness = _sentence_cosines(session, question, best)
    top = best[0].score or 1.0
    picks = []
    for candidate in best:
        passage = candidate.passage
        for place, sentence in enumerate(passage.sentences):
            trimmed = _trimmed(passage.text, sentence, passage.start)
            words = passage.text[trimmed.start - passage.start : trimmed.end - passage.start]
            if not _says_something(words, passage.item):
                continue
            cosine = float(likeness[passage.id][place]) if passage.id in likeness else 0.0
            under_item = UNDER_ITEM * coverage(weights, " ".join((words, *passage.item)))
            covered = max(coverage(weights, words), under_item)
            score = 0.5 * cosine + 0.3 * covered + 0.8 * candidate.score / top
            score += OWN_WORDS * _own_words(question, candidate, words)
            score += 0.1 * min(1.0, len(topic_words(words)) / FULL)
            picks.append(Pick(trimmed.start, trimmed.end, candidate, score))
    return _ranked(picks, share=0.6)


def _own_words(question: Question, candidate: Candidate, words: str) -> bool:
    """Whether a sentence is said by, or names, one of those whose words are asked for."""
    asked = set(question.speakers)
    alone = bool(candidate.passage.speakers) and set(candidate.passage.speakers) <= asked
    return bool(asked) and (alone or any(named_in(words, name) for name in asked))


def _sentence_cosines(
    session: Session, question: Question, best: Sequence[Candidate]
) -> dict[int, np.ndarray]:
    encoder = session.corpus.encoder
    if not encoder.knows(question.language):
        return {}
    query = session.query_vector(question.topic or question.text)
    stored = session.sentence_vectors_of([candidate.passage.id for candidate in best])
    return {passage_id: rows @ query for passage_id, rows in stored.items()}


def _ranked(picks: Iterable[Pick], *, share: float) -> list[Pick]:
    """Picks best first, those far below the best left out, ties by place."""
    ranked = sorted(picks, key=lambda p: (-p.score, p.candidate.passage.id, p.start))
    return [one for one in ranked if one.score >= share * ranked[0].score]


def _trimmed(text: str, sentence: Span, offset: int) -> Span:
    """A sentence without the white space around it and the list marks before it."""
    words = text[sentence.start - offset : sentence.end - offset]
    lead = re.match(r"\s*(?:[-*•]\s+|>\s+)*", words)
    first = sentence.start + (lead.end() if lead else 0)
    last = sentence.start + len(words.rstrip())
    return Span(first, max(first, last))


def _says_something(words: str, item: Sequence[str]) -> bool:
    """Whether a sentence could answer anything: no heading, no bare label, not two words."""
    plain = words.strip("#*_ \n")
    if words.startswith("#") or plain in item or plain.endswith((":", "：")):
        return False
    return len(plain) >= 6 if not plain.isascii() else len(plain.split()) >= 3


def _without_repeats(picks: Sequence[Pick], budget: int, most: int) -> list[Pick]:
    """The best picks within the budget; one that says what a better one says is left out."""
    chosen: list[Pick] = []
    said: list[set[str]] = []
    length = 0
    for one in picks:
        passage = one.candidate.passage
        words = topic_words(passage.text[one.start - passage.start : one.end - passage.start])
        bag = set(words)
        repeated = any(len(bag & other) > REPEATED * min(len(bag), len(other)) for other in said)
        if repeated or any(_overlap(one, other) for other in chosen):
            continue
        if chosen and (length + len(words) > budget or len(chosen) == most):
            break
        chosen.append(one)
        said.append(bag)
        length += len(words)
    return chosen


def _overlap(one: Pick, other: Pick) -> bool:
    same = one.candidate.passage.record_id == other.candidate.passage.record_id
    return same and one.start < other.end and other.start < one.end
