"""From ranked passages to the ranges that answer: decisions for a decision question, sentences otherwise."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.records import Decision, DecisionKind, Span
from ingest.words import topic_words
from qa.answers import Intent, Question
from qa.asked_facts import Fact, asks_yes_or_no, fact_asked
from qa.corpus import Session
from qa.furniture import furniture
from qa.languages import in_others
from qa.sentence_signs import NAMES, Sentence, judge_sentences
from qa.signs import ASKS_FOR_REGISTER, RELEVANT, SETTLED, Candidate, is_wanted, named_in
from qa.support import OF_MATTER, PASSAGES, in_another_language, said_of
from qa.topic import coverage, share_of_topic, topic_weights

SPOKEN = 12  # the best passages, whose sentences are weighed
WORDS, SENTENCES = 90, 6  # of an answer in sentences
SHARE = 0.6  # of the best sentence's score that every other one must reach
SETTLED_SHARE = 0.8  # the same of an entry of the register
VOTES_SHARE = 0.5  # the same of a vote: rather every vote on the matter than the likeliest
REGISTER_WORDS, ENTRIES = 340, 12  # of an answer in entries of the register: rather all of them than few
TOLD_BEFORE = 600  # characters under an agenda item before a vote that may name its matter
TELLING = 8  # words from which on a sentence says something by itself
ON_TOPIC = 0.3  # least share of the topic in what somebody says of it in minutes, with its item
TO_THE_POINT = 0.5  # share of what the best one says of a matter that another says, where yes or no is asked
NAMED_FULLY = 0.7  # share of the topic in a sentence that names the matter; of the best, for others
FILLED = 0.8  # of the budget, from which on no shorter sentence is looked for
HAN_WORD = 0.6
REPEATED = 0.8  # share of words two picks may have in common

DISCUSSED_MEETINGS, DISCUSSED_SENTENCES = 2, 4  # shown of meetings that discussed a topic and decided nothing
DISCUSSED_WORDS = 400  # of the sentences that are looked at for that

_TO_FINISH = re.compile(r"\b(?:complet|finish|done|ready|deliver)\w*\b|完成|完工|竣工|建成", re.IGNORECASE)
_FINISHED_BY = re.compile(  # "to be completed by 23rd May", 「11月底前完成」
    r"\b(?:complet|finish|done|ready|deliver)\w*\b[^.;]{0,40}?\b(?:by|before|until|no later than|in|on) [^.;]{0,20}?\d"
    r"|\d{1,2}[月日][底末]?之?前[^，。；]{0,8}(?:完成|完工|竣工|建成)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*|[〇零一二两三四五六七八九十百千万亿]{2,}")
_GOES_ON = re.compile(r"\b(?:he|she)\b(?: \w+)? (?:said|added|asked|thought)|^(?:He|She)\b|^(?:他|她)")


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
    whole = not weights and bool(question.when or question.sessions)  # all that a meeting settled
    where = candidates if whole or question.intent is Intent.VOTE else best
    decided = _decided(session, question, where, weights) if question.intent in ASKS_FOR_REGISTER else []
    if question.intent is Intent.DECISION:
        decided = _without_hearings(decided)
    if question.intent is Intent.ACTION and (fact := fact_asked(question)):
        giving = _giving(fact, decided)
        if not giving and fact.kind == "who" and (stated := _stated(session, question, fact, candidates)):
            return stated
        decided = giving or decided
        if fact.kind == "when" and _TO_FINISH.search(question.text):
            decided = _with_deadlines(session, question, candidates, decided)
    if decided:
        share = 0.0 if whole else VOTES_SHARE if question.intent is Intent.VOTE else SETTLED_SHARE
        return _chosen(decided, share=share, budget=REGISTER_WORDS, most=ENTRIES)
    return pick_sentences(session, question, candidates, budget=WORDS, most=SENTENCES)


def _giving(fact: Fact, picks: Sequence[Pick]) -> list[Pick]:
    return [one for one in picks if fact.gives(one.of(one.candidate.passage.record_text))]


def _stated(session: Session, question: Question, fact: Fact, candidates: Sequence[Candidate]) -> list[Pick]:
    """The sentences on the matter that give a fact which no entry of the register gives."""
    weights = topic_weights(session, question)
    said = pick_sentences(session, question, candidates, budget=WORDS, most=SENTENCES)
    return [one for one in _giving(fact, said) if on_matter(one, question, weights)]


def _with_deadlines(
    session: Session, question: Question, candidates: Sequence[Candidate], decided: Sequence[Pick]
) -> list[Pick]:
    """The tasks with a deadline, and what says apart from the register by when the matter is to be finished."""
    weights = topic_weights(session, question)
    top = max((one.score for one in decided), default=1.0)
    said = [
        replace(one, score=top)
        for one in weighed_sentences(session, question, candidates[:SPOKEN])
        if _FINISHED_BY.search(one.of(one.candidate.passage.record_text))
        and on_matter(one, question, weights)
        and not any(_overlap(one, other) for other in decided)
    ]
    due = [one for one in decided if one.decision is not None and one.decision.due]
    return [*said, *due] if said else list(decided)


def pick_sentences(
    session: Session, question: Question, candidates: Sequence[Candidate], *, budget: int, most: int
) -> list[Pick]:
    """The sentences of the best passages that answer, best first."""
    said = _of_persons(session, question, weighed_sentences(session, question, candidates[:SPOKEN]))
    said = _to_the_point(session, question, _with_the_fact(session, question, said))
    return _chosen(said, share=SHARE, budget=budget, most=most)


def sentences_for(session: Session, question: Question, candidates: Sequence[Candidate]) -> list[Sentence]:
    """The sentences that `pick` chooses from, with their signs; none where entries of the register answer."""
    best = candidates[:PASSAGES]
    register = question.intent in ASKS_FOR_REGISTER and bool(best)
    if register and _decided(session, question, best, topic_weights(session, question)):
        return []
    return judge_sentences(session, question, candidates[:SPOKEN])


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
    said = weighed_sentences(session, question, others)
    for one in _chosen(said, share=SHARE, budget=DISCUSSED_WORDS, most=len(said)):
        record_id = one.candidate.passage.record_id
        own = sum(other.candidate.passage.record_id == record_id for other in kept)
        meetings = {other.candidate.passage.record_id for other in kept} | {record_id}
        if own < DISCUSSED_SENTENCES and len(meetings) <= DISCUSSED_MEETINGS:
            kept.append(one)
    return kept


def _on_topic(weights: dict[str, float], candidate: Candidate) -> bool:
    """Whether a passage stands under an agenda item whose title names the whole topic."""
    return any(coverage(weights, title) > 0.99 for title in candidate.passage.item)


def _decided(
    session: Session, question: Question, best: Sequence[Candidate], weights: dict[str, float]
) -> list[Pick]:
    """The decisions, votes or tasks in the best passages that concern the topic."""
    register = session.decisions_of(sorted({c.passage.record_id for c in best}))
    top = max((candidate.score for candidate in best), default=0.0) or 1.0
    others: set[int] = set()
    if best and in_another_language(session, question, best):
        others = in_others(session, question.language, [candidate.passage.id for candidate in best])
    picks: dict[tuple[str, int, int], Pick] = {}
    for candidate in best:
        passage = candidate.passage
        for decision in register.get(passage.record_id, ()):
            if not is_wanted(decision, question.intent) or not passage.start <= decision.start < passage.end:
                continue
            said = passage.text[decision.start - passage.start : decision.end - passage.start]
            about = decision.item or ""
            if question.intent is Intent.VOTE:  # which names its matter before it, or in talk around it
                about += f" {passage.text[: decision.start - passage.start][-TOLD_BEFORE:] if about else passage.text}"
            relevance = coverage(weights, f"{said} {about}") if weights else 1.0
            if passage.id in others:  # its words cannot stand there
                relevance = max(relevance, candidate.signs["dense"])
            score = 0.6 * relevance + 0.8 * candidate.score / top
            if relevance >= RELEVANT and not said.rstrip().endswith((":", "：")):
                key = (passage.record_id, decision.start, decision.end)
                picks[key] = Pick(decision.start, decision.end, candidate, score, decision)
    return list(picks.values())


def _without_hearings(decided: Sequence[Pick]) -> list[Pick]:
    """Without the reports that were only heard where the same meeting settled something under the same item."""
    settled = {_item_of(one) for one in decided if one.settled and not _noted(one)}
    return [one for one in decided if not _noted(one) or _item_of(one) not in settled]


def _noted(one: Pick) -> bool:
    return one.decision is not None and one.decision.kind is DecisionKind.NOTED


def _item_of(one: Pick) -> tuple[str, str | None]:
    return one.candidate.passage.record_id, one.decision.item if one.decision else None


def weighed_sentences(session: Session, question: Question, best: Sequence[Candidate]) -> list[Pick]:
    """The sentences of the best passages, by the weighed sum of their signs."""
    weights = fitted_weights()
    return [
        Pick(one.start, one.end, one.candidate, float(one.signs @ weights))
        for one in judge_sentences(session, question, best)
    ]


def _of_persons(session: Session, question: Question, said: Sequence[Pick]) -> list[Pick]:
    """Of minutes only what names the people whose words are asked for, or goes on with them; of talk all of it."""
    if question.intent is not Intent.OPINION or not question.speakers:
        return list(said)
    weights = topic_weights(session, question)
    if not weights:  # all that somebody said: rather what says something
        said = [one for one in said if words_of(one.of(one.candidate.passage.record_text)) >= TELLING] or said
    named: set[int] = set()
    before = None
    for place, one in sorted(enumerate(said), key=lambda p: (p[1].candidate.passage.record_id, p[1].start)):
        words = one.of(one.candidate.passage.record_text)
        about = " ".join((words, *one.candidate.passage.item))
        if furniture(words) == "attendance" or (weights and coverage(weights, about) < ON_TOPIC):
            continue
        follows = before is not None and _same_record(said[before], one) and before in named
        if any(named_in(words, speaker) for speaker in question.speakers) or (
            follows and _GOES_ON.search(words)
        ):
            named.add(place)
        before = place
    kept = [one for place, one in enumerate(said) if place in named or one.candidate.passage.speakers]
    return kept if named else list(said)


def _with_the_fact(session: Session, question: Question, said: Sequence[Pick]) -> list[Pick]:
    """Of a question for a fact what gives one of the matter, where that is about as good as the best.

    A reason or a place has no form that would tell it from what is no answer.
    """
    fact = fact_asked(question)
    if fact is None or fact.kind in ("why", "where"):
        return list(said)
    giving = _giving(fact, said)
    weights = topic_weights(session, question)
    giving = [one for one in giving if on_matter(one, question, weights)] or (
        giving if fact.kind != "who" else []
    )
    giving = _of_the_best(giving, question, weights)
    best = max((one.score for one in said), default=0.0)
    return giving if giving and max(one.score for one in giving) >= SHARE * best else list(said)


def _of_the_best(picks: Sequence[Pick], question: Question, weights: dict[str, float]) -> list[Pick]:
    """Where the best of the picks names the matter itself, those that name it about as fully."""

    def share(one: Pick) -> float:
        return share_of_topic(weights, question.topic, one.of(one.candidate.passage.record_text))

    best = max(picks, key=lambda one: one.score, default=None)
    if best is None or share(best) < NAMED_FULLY:
        return list(picks)
    return [one for one in picks if share(one) >= NAMED_FULLY * share(best)]


def on_matter(one: Pick, question: Question, weights: dict[str, float]) -> bool:
    """Whether a sentence with its agenda item holds half of the topic or more."""
    about = " ".join((one.of(one.candidate.passage.record_text), *one.candidate.passage.item))
    return not weights or share_of_topic(weights, question.topic, about) >= RELEVANT


def _to_the_point(session: Session, question: Question, said: Sequence[Pick]) -> list[Pick]:
    """Of a question for yes or no what itself speaks of the matter about as much as what speaks of it most."""
    weights = topic_weights(session, question)
    if question.intent is not Intent.FACT or not asks_yes_or_no(question.text) or not weights:
        return list(said)
    shares = [
        share_of_topic(weights, question.topic, one.of(one.candidate.passage.record_text)) for one in said
    ]
    least = TO_THE_POINT * max(shares, default=0.0)
    return [one for one, share in zip(said, shares, strict=True) if share >= least]


def states(
    session: Session, question: Question, candidates: Sequence[Candidate], picks: Sequence[Pick]
) -> list[Pick]:
    """The picks, before them the best sentence on the matter that gives the fact asked for where none of them does.

    Empty where no sentence on the matter gives it.
    """
    fact = fact_asked(question)
    if fact is None:
        return list(picks)
    weights = topic_weights(session, question)
    weights = {word: weight for word, weight in weights.items() if word not in fact.verbs}

    def gives(one: Pick) -> bool:
        about = said_of(one.candidate)
        return fact.gives(one.of(one.candidate.passage.record_text)) and (
            not weights or share_of_topic(weights, question.topic, about) >= OF_MATTER
        )

    if any(gives(one) for one in picks):
        return list(picks)
    others = sorted(weighed_sentences(session, question, candidates[:SPOKEN]), key=lambda one: -one.score)
    return [next(filter(gives, others)), *picks] if any(map(gives, others)) else []


@lru_cache(maxsize=1)
def fitted_weights() -> np.ndarray:
    """How much each sign of a sentence counts, in the order of `qa.sentence_signs.NAMES`."""
    stored = tomllib.loads(Path(__file__).with_name("sentence_weights.toml").read_text(encoding="utf-8"))
    return np.array([stored[name] for name in NAMES])


def _chosen(picks: Iterable[Pick], *, share: float, budget: int, most: int) -> list[Pick]:
    """The best picks that together answer, best first, ties by place."""
    ranked = sorted(picks, key=lambda p: (-p.score, p.candidate.passage.id, p.start))
    said = [one.of(one.candidate.passage.record_text) for one in ranked]
    bags = [frozenset(topic_words(words)) for words in said]
    figures = [frozenset(_FIGURES.findall(words)) for words in said]
    scores = [one.score for one in ranked]

    def repeats(one: int, other: int) -> bool:
        if _overlap(ranked[one], ranked[other]):
            return True
        if figures[one] != figures[other]:  # two sums, days or numbers are two matters
            return False
        if ranked[one].decision is not None and not _same_record(ranked[one], ranked[other]):
            return False  # so are the decisions of two meetings
        return says_again(bags[one], bags[other])

    sizes = [words_of(words) for words in said]
    return [ranked[i] for i in choose(scores, sizes, repeats, share=share, budget=budget, most=most)]


def choose(
    scores: Sequence[float],
    sizes: Sequence[float],
    repeats: Callable[[int, int], bool],
    *,
    share: float,
    budget: int,
    most: int,
) -> list[int]:
    """Which of a number of texts, best first, make an answer: the best ones within a budget, each saying something new.

    scores   descending; one below `share` of the first is left out
    sizes    in words; a text that is too long for what is left of the budget gives way to a shorter one, until
             `FILLED` of it is used; the first is taken whatever its size
    repeats  whether the first of two, by place, says what the second one says
    """
    chosen: list[int] = []
    length = 0.0
    for i, score in enumerate(scores):
        full = len(chosen) == most or length >= FILLED * budget
        if full or score < share * scores[0]:
            break
        if any(repeats(i, other) for other in chosen) or (chosen and length + sizes[i] > budget):
            continue
        chosen.append(i)
        length += sizes[i]
    return chosen


def says_again(bag: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts share most of the words of the shorter one."""
    return len(bag & other) > REPEATED * min(len(bag), len(other))


def words_of(said: str) -> float:
    """How many words a text has; a Chinese character counts as `HAN_WORD` of one."""
    han = sum("\u3400" <= character <= "\u9fff" for character in said)
    return len(re.findall(r"[^\W_\u3400-\u9fff]+", said)) + HAN_WORD * han


def _overlap(one: Pick, other: Pick) -> bool:
    return _same_record(one, other) and one.start < other.end and other.start < one.end


def _same_record(one: Pick, other: Pick) -> bool:
    return one.candidate.passage.record_id == other.candidate.passage.record_id
