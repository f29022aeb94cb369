"""The judge: which of what was found answers, and how surely the records answer at all.

The reader (`qa.finding.reader`) reads the question with each of the best passages. What it says ranks them anew,
together with what the search says; and with a few signs that are there for every language it makes the chance, by a
logistic model, that the records answer. Two thresholds on that chance tell answered, nearest and nothing apart. Weights
and thresholds stand in `judge.toml`; `benchmarks/fit_judge.py` fits them on bodies with questions.
"""

import math
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answers import AnswerState, Intent, MeetingRef, Question
from qa.asked_facts import fact_asked
from qa.corpus import Session
from qa.finding.reader import Read, read, shipped
from qa.languages import above_common, in_others
from qa.retrieval import spread
from qa.signs import Candidate
from qa.topic import coverage, topic_weights

if TYPE_CHECKING:
    from ingest.cross_encoder import CrossEncoder

READ = 10  # of the best passages, which are read
LEAST = -5.0  # logit of evidence where a passage has no sentence
HEAD = 160  # characters at the start of a record that name it
CLOSE = 1.75  # below the best in rank, a logit: what stands there is shown beside it
TELLING = 3  # of the sentences, by what the reader holds of them, which are looked at for the fact asked for
ASKED = (Intent.VOTE, Intent.WHO, Intent.OPINION, Intent.ACTION)
SIGNS = (
    "second", "evidence", "telling", "likeness", "covered", "together", "unknown", "names", "fact", "short",
    "apart", "strange",
    *(f"asks_{intent.value}" for intent in ASKED),
)  # fmt: skip

_NAME = re.compile(  # a capital that begins no sentence, or Latin letters among Chinese characters
    r"(?<!^)(?<![.?!]\s)\b[A-Z][\w-]+|[A-Za-z][\w.-]*(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[A-Za-z][\w.-]*"
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted judge.

    ranking   what a passage's score in the search counts against its logit of the reader
    weights   of each sign; with `bias` the logit of the chance
    answered  the chance from which on the records answer
    nearest   the chance from which on what was found is shown as what comes nearest
    """

    ranking: float
    bias: float
    answered: float
    nearest: float
    weights: Mapping[str, float]

    def chance(self, signs: Mapping[str, float]) -> float:
        """How likely it is that the records answer, 0..1."""
        logit = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-logit))

    def state(self, chance: float) -> AnswerState:
        """What a chance makes of an answer."""
        if chance >= self.answered:
            return AnswerState.ANSWERED
        return AnswerState.NEAREST if chance >= self.nearest else AnswerState.NOTHING


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """The judge that ships."""
    return Fitted(**tomllib.loads(Path(__file__).with_name("judge.toml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge holds of a question.

    ranked   the passages, best first: those that were read, then the others
    close    how many of them, from the first on, are hardly less likely to answer than it
    chance   that the records answer
    """

    ranked: tuple[Candidate, ...]
    close: int
    chance: float
    state: AnswerState


def judged(
    session: Session, question: Question, candidates: Sequence[Candidate], meetings: Mapping[str, MeetingRef]
) -> Judgement | None:
    """The judgement of what was found; None where there is no reader, or nothing with a likeness to judge by was found.

    The candidates that were read keep what was read in them.
    """
    reader = shipped()
    if reader is None or all(one.cosine is None for one in candidates):
        return None
    best = spread(question, candidates)[:READ]
    told = _read(reader, question, best, meetings)
    model = fitted()
    anew = {
        one.passage.id: rank(model.ranking, best, one, logits) for one, logits in zip(best, told, strict=True)
    }
    first = sorted(best, key=lambda one: (-anew[one.passage.id], one.passage.id))
    ranked = (*first, *(one for one in candidates if one.passage.id not in anew))
    close = sum(anew[one.passage.id] >= anew[first[0].passage.id] - CLOSE for one in first)
    chance = model.chance(signs_of(session, question, best, told, meetings.values()))
    return Judgement(ranked, close, chance, model.state(chance))


def _read(
    reader: "CrossEncoder", question: Question, best: Sequence[Candidate], meetings: Mapping[str, MeetingRef]
) -> list[Read]:
    """What the reader says of candidates, read once for a question."""
    text = question.full or question.text
    new = [one for one in best if one.read is None or one.read.question != text]
    for one, logits in zip(new, read(reader, text, [one.passage for one in new], meetings), strict=True):
        one.read = logits
    return [one.read for one in best if one.read]


def rank(ranking: float, best: Sequence[Candidate], one: Candidate, told: Read) -> float:
    """How high a passage that was read stands: by what the reader and the search say of it."""
    return told.answers + ranking * one.score / max(best[0].score, 1e-9)


def signs_of(
    session: Session,
    question: Question,
    best: Sequence[Candidate],
    told: Sequence[Read],
    meetings: Collection[MeetingRef],
) -> dict[str, float]:
    """What speaks for an answer, a number for each of `SIGNS`; `meetings` are those in reach.

    second        the second best logit of a passage
    evidence      the best logit of a sentence; `telling` the mean of the best `TELLING`
    fact          whether these hold a fact of the kind asked for (`_gives`)
    strange       `evidence`, as far as the topic is unknown: then it alone says that other words mean the same
    """
    answers = sorted((one.answers for one in told), reverse=True)
    found = [
        (logit, sentence.of(one.passage.record_text))
        for one, of in zip(best, told, strict=True)
        for logit, sentence in zip(of.sentences, one.passage.sentences, strict=True)
    ]
    found.sort(key=lambda one: -one[0])
    telling = [logit for logit, _ in found[:TELLING]] or [LEAST]
    signs = question_signs(session, question, best, meetings)
    return signs | {
        "second": answers[1] if len(answers) > 1 else answers[0] - 2.0,
        "evidence": telling[0],
        "telling": sum(telling) / len(telling),
        "fact": _gives(question, [said for _, said in found[:TELLING]]),
        "strange": signs["unknown"] * telling[0],
    }


def _gives(question: Question, said: Sequence[str]) -> float:
    """Whether one of these sentences holds a fact of the kind asked for: 1, or -1; 0 where none is asked for."""
    fact = fact_asked(question)
    if fact is None:
        return 0.0
    return 1.0 if any(map(fact.gives, said)) else -1.0


def question_signs(
    session: Session, question: Question, best: Sequence[Candidate], meetings: Collection[MeetingRef]
) -> dict[str, float]:
    """The signs that need no reading.

    likeness   of the likest passage to the topic, above what is common (`qa.languages.above_common`)
    covered    the share of the topic in the passage that has most of it; `together` in the best three
    apart      how little there is of both
    unknown    the share of the topic in words that no record has; 0 where all records are in other languages
    names      the share of the names asked about in the passage, with the head of its record, that has most of them;
               1 where it has none
    short      whether the topic is of one word, or none, and that is known
    asks_...   whether the question asks for that: some kinds are answered more often than others
    """
    weights = topic_weights(session, question)
    said = [_said(one) for one in best]
    vector = session.query_vector(question.topic or question.text)
    cosines = [one.cosine for one in best if one.cosine is not None]
    foreign = bool(in_others(session, question.language, [best[0].passage.id])) and all(
        one.language != question.language for one in meetings
    )
    total = 0.0 if foreign else sum(weights.values())
    unknown = sum(weight for word, weight in weights.items() if not session.frequency(word))
    likeness = 0.0 if vector is None or not cosines else above_common(session, vector, max(cosines))
    covered = max(coverage(weights, text) for text in said)
    return {
        "likeness": likeness,
        "covered": covered,
        "apart": (1 - covered) * (1 - likeness),
        "together": coverage(weights, " ".join(said[:3])),
        "unknown": unknown / total if total else 0.0,
        "names": _named(question, best),
        "short": float(len(weights) <= 1 and (foreign or not unknown)),
        **{f"asks_{intent.value}": float(question.intent is intent) for intent in ASKED},
    }


def _named(question: Question, best: Sequence[Candidate]) -> float:
    names = {name.casefold() for name in _NAME.findall(question.topic or question.text)}
    texts = [f"{_said(one)} {one.passage.record_text[:HEAD]}".casefold() for one in best]
    return max(sum(name in text for name in names) / len(names) for text in texts) if names else 1.0


def _said(candidate: Candidate) -> str:
    passage = candidate.passage
    return " ".join((passage.text, *passage.item, *passage.speakers))
