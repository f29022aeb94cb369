"""The judge: how surely what was found answers, from signs that are there for every language.

A small logistic model over a dozen signs of the best passages, fitted by `benchmarks/fit_judge.py` on questions of
many bodies, some of which their records answer and some not; `judge.toml` holds its weights and its two thresholds. It
weighs evidence: no word, frame or kind of question decides alone.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.words import bigrams
from qa.answers import Answer, Question
from qa.asked_facts import fact_asked
from qa.corpus import Session
from qa.languages import languages_of, lifts
from qa.signs import Candidate
from qa.topic import coverage, topic_weights

LOOKED_AT = 8  # the best passages
SHOWN = 3  # of them, whose sentences are looked at

SIGNS = (
    "cosine", "whole", "apart", "lead", "covered", "together", "rarest", "paired", "sentence", "said", "gives",
    "register", "item", "speaker", "composed", "cited", "timed", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judge:
    """A fitted judge.

    weights   of each sign, for signs that were made to have mean 0 and deviation 1
    answered  the chance from which on an answer is given as one
    nearest   the chance from which on what was found is shown as what comes nearest
    """

    weights: Mapping[str, float]
    means: Mapping[str, float]
    deviations: Mapping[str, float]
    bias: float
    answered: float
    nearest: float

    def chance(self, signs: Mapping[str, float]) -> float:
        """How likely it is that evidence with these signs answers, 0..1."""
        total = self.bias
        for name, weight in self.weights.items():
            total += weight * (signs[name] - self.means[name]) / self.deviations[name]
        return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def fitted() -> Judge:
    """The judge that is shipped."""
    return Judge(**tomllib.loads(Path(__file__).with_name("judge.toml").read_text(encoding="utf-8")))


def signs_of(
    session: Session, question: Question, candidates: Sequence[Candidate], answer: Answer
) -> dict[str, float]:
    """What speaks for the evidence, a number for each of `SIGNS`.

    candidates  the passages found, best first; not empty
    answer      what was composed of them, or that nothing was

    cosine, whole  likeness of the best passage to the topic and to the whole question
    apart     by how many deviations the likest passage stands out among all that were found
    lead      by how much the best passage leads the fifth
    covered   the share of the topic in the best passage; `together` in the best three
    rarest    whether the rarest word of the topic stands in one of the best passages
    paired    the share of the topic's character pairs in one of them, which works in any language
    sentence  likeness of the likest sentence in the best three to the question; `said` the share of the topic in one
    gives     whether one of them has the kind of fact that is asked for; 0.5 where no kind is told
    register, item, speaker  the best sign of that name among the best passages (`qa.signs`)
    composed  whether an answer was composed; `cited` the share of the topic in what it cites
    timed     whether the question names a time or a session, which the scope holds to
    words     how many words the topic has, up to eight
    """
    best, weights = list(candidates[:LOOKED_AT]), topic_weights(session, question)
    cosines = np.array([c.cosine or 0.0 for c in candidates])
    wholes = [c.whole if c.whole is not None else c.cosine or 0.0 for c in best]
    said = [_said(candidate) for candidate in best]
    shares = [coverage(weights, text) if weights else 0.0 for text in said]
    sentences = _sentences(best[:SHOWN])
    fact = fact_asked(question)
    quotes = " ".join(f"{citation.quote} {' '.join(citation.item)}" for citation in answer.citations)
    return {
        "cosine": float(max(cosines[: len(best)])),
        "whole": max(wholes),
        "apart": float((cosines.max() - cosines.mean()) / (cosines.std() or 1.0)),
        "lead": best[0].score - best[min(4, len(best) - 1)].score,
        "covered": max(shares),
        "together": coverage(weights, " ".join(said[:SHOWN])) if weights else 0.0,
        "rarest": _rarest(weights, said),
        "paired": _paired(question, said),
        "sentence": _likest(session, question, best[:SHOWN]),
        "said": max((coverage(weights, one) for one in sentences), default=0.0) if weights else 0.0,
        "gives": 0.5 if fact is None else float(any(map(fact.gives, sentences))),
        "register": max(c.signs["decision"] for c in best),
        "item": max(c.signs["item"] for c in best),
        "speaker": max(c.signs["speaker"] for c in best),
        "composed": float(not answer.abstained),
        "cited": coverage(weights, quotes) if weights and quotes else 0.0,
        "timed": float(bool(question.when or question.sessions)),
        "words": min(8, len(weights)) / 8,
    }


def _said(candidate: Candidate) -> str:
    passage = candidate.passage
    return " ".join((passage.text, *passage.item, *passage.speakers))


def _sentences(best: Sequence[Candidate]) -> list[str]:
    return [span.of(c.passage.record_text) for c in best for span in c.passage.sentences]


def _rarest(weights: Mapping[str, float], said: Sequence[str]) -> float:
    if not weights:
        return 0.0
    rarest = max(weights, key=lambda word: (weights[word], word))
    return float(any(coverage({rarest: 1.0}, text) for text in said))


def _paired(question: Question, said: Sequence[str]) -> float:
    """The share of character pairs of the topic's letters in the best of the texts."""
    pairs = _pairs(question.topic or question.text)
    return max((len(pairs & _pairs(text)) / len(pairs) for text in said), default=0.0) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    """Pairs of Chinese characters, and of letters of other scripts threes: what no dictionary cuts."""
    plain = " ".join(text.casefold().split())
    threes = {plain[i : i + 3] for i in range(len(plain) - 2) if plain[i : i + 3].isalpha()}
    return threes | set(bigrams(text))


def _likest(session: Session, question: Question, best: Sequence[Candidate]) -> float:
    """Likeness of the question and the likest sentence of these passages; 0 where none has a vector."""
    query = session.query_vector(question.topic or question.text)
    if query is None:
        return 0.0
    ids = [candidate.passage.id for candidate in best]
    more, languages = lifts(session, query), languages_of(session, ids)
    rows = session.sentence_vectors_of(ids)
    likenesses = ((own @ query).max() + more.get(languages[i], 0.0) for i, own in rows.items() if len(own))
    return max(map(float, likenesses), default=0.0)
