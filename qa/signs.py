"""What speaks for a passage: signs in 0..1, so that their weights can be read and compared.

lexical     BM25 of the topic in the passage, against the best candidate
around      BM25 of the topic in the passage and those around it: evidence in talk runs over many turns
dense       likeness of the passage to the topic and to the whole question (the mean of both), from the least to
            the most like candidate
meaning     the same of the passages around
record      how much the passage's meeting has on the topic, against the meeting that has most
item        how well the title of the agenda item names the topic
speaker     whether one of the people asked for speaks, or is spoken of
decision    how much of the topic an entry of the register in the passage covers; in another language, its likeness
final       whether that entry is the last one of its meeting on the topic: talk ends in an outcome
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from ingest.records import Decision, DecisionKind
from ingest.words import bigrams, has_han, topic_words
from qa.answers import Intent, Question
from qa.corpus import Session, StoredPassage
from qa.finding.reader import Read
from qa.languages import in_others
from qa.legs import CONTEXT_WEIGHT
from qa.lexicon import K1, B
from qa.topic import coverage, likeness, topic_weights, word_weights

REACH = 2.0  # passages; how fast a passage's neighbours count less, as the deviation of a Gaussian
AROUND = math.ceil(2 * REACH)  # passages to either side that are looked at
BEST_OF_RECORD = 3  # passages that say how much a meeting has on the topic
RELEVANT = 0.5  # share of a topic's words that an entry of the register must hold to concern it
AS_RELEVANT = 0.15  # by how much less of the topic an entry may cover and be the last word on it

SETTLED = frozenset(
    {
        DecisionKind.APPROVED,
        DecisionKind.AGREED,
        DecisionKind.DECIDED,
        DecisionKind.REJECTED,
        DecisionKind.DEFERRED,
        DecisionKind.WITHDRAWN,
        DecisionKind.NOTED,
        DecisionKind.CONCLUDED,
    }
)
WANTED_KINDS: dict[Intent, frozenset[DecisionKind]] = {
    Intent.DECISION: SETTLED | {DecisionKind.ASSIGNED, DecisionKind.UNDECIDED},
    Intent.VOTE: frozenset({DecisionKind.VOTE}),
    Intent.ACTION: frozenset({DecisionKind.ASSIGNED, DecisionKind.DECIDED, DecisionKind.AGREED}),
    Intent.FACT: SETTLED,
}


def is_wanted(entry: Decision, intent: Intent) -> bool:
    """Whether an entry of the register is of a kind that this intent asks for.

    Of a vote whatever has a count, of a task whatever has a deadline.
    """
    kinds = WANTED_KINDS.get(intent, frozenset())
    counted = intent is Intent.VOTE and entry.tally is not None
    return entry.kind in kinds or counted or (intent is Intent.ACTION and entry.due is not None)


ASKS_FOR_REGISTER = frozenset({Intent.DECISION, Intent.VOTE, Intent.ACTION})
NAMES = (
    "lexical",
    "around",
    "dense",
    "meaning",
    "record",
    "item",
    "speaker",
    "decision",
    "final",
)


@dataclass(slots=True)
class Candidate:
    """A passage under judgement; every sign in 0..1.

    cosine  likeness of the passage to the topic (`qa.languages`), None where one of them has no vector
    whole   the same to the whole question
    read    what the reader says of it (`qa.finding.judge`), None where it was not read
    """

    passage: StoredPassage
    cosine: float | None = None
    whole: float | None = None
    bm25: float | None = None
    signs: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    read: Read | None = None

    def told(self, places: Sequence[tuple[str, int, int]]) -> bool:
        """Whether one of these (record id, start, end) lies in the passage."""
        own = self.passage
        return any(i == own.record_id and start < own.end and own.start < end for i, start, end in places)


def judge(session: Session, question: Question, candidates: Sequence[Candidate]) -> None:
    """Sets every candidate's signs. The candidates must stand in the order of record and place."""
    if not candidates:
        return
    nearby = _Neighbourhood([candidate.passage for candidate in candidates])
    lexical, around = _lexical(session, question, candidates, nearby)
    dense, meaning = _dense(candidates, nearby)
    weights = topic_weights(session, question)
    decision, final = _decided(session, question, candidates, weights, dense)
    columns: dict[str, Sequence[float] | np.ndarray] = {
        "lexical": _against_best(lexical),
        "around": _against_best(around),
        "dense": dense,
        "meaning": meaning,
        "record": _by_record(candidates, lexical),
        "item": [_item_sign(c.passage, weights) for c in candidates],
        "speaker": [_speaker_sign(c.passage, question.speakers) for c in candidates],
        "decision": decision,
        "final": final,
    }
    for place, candidate in enumerate(candidates):
        candidate.signs = {name: float(column[place]) for name, column in columns.items()}


class _Neighbourhood:
    """Which candidates stand around which: in the same record and agenda item, up to AROUND passages away."""

    def __init__(self, passages: Sequence[StoredPassage]) -> None:
        records = {record_id: i for i, record_id in enumerate(dict.fromkeys(p.record_id for p in passages))}
        items = {item: i for i, item in enumerate(dict.fromkeys(p.item[:1] for p in passages))}
        keys = np.array([records[p.record_id] * 10_000_000 + p.ordinal for p in passages])
        item = np.array([items[p.item[:1]] for p in passages])
        self._steps: list[tuple[float, np.ndarray, np.ndarray]] = []
        for step in range(-AROUND, AROUND + 1):
            place = np.minimum(np.searchsorted(keys, keys + step), len(keys) - 1)
            there = (keys[place] == keys + step) & (item[place] == item)
            self._steps.append((math.exp(-step * step / (2 * REACH**2)), np.flatnonzero(there), place[there]))

    def sum(self, values: np.ndarray) -> np.ndarray:
        """For each candidate the values of those around it and its own, weighted by nearness; rows as given."""
        total = np.zeros_like(values, dtype=float)
        for weight, here, there in self._steps:
            total[here] += weight * values[there]
        return total


def _lexical(
    session: Session, question: Question, candidates: Sequence[Candidate], nearby: _Neighbourhood
) -> tuple[np.ndarray, np.ndarray]:
    """BM25 of each passage, and of each with those around it read as one: words, and Chinese character pairs."""
    query = question.topic or question.text
    alone, around = np.zeros(len(candidates)), np.zeros(len(candidates))
    legs = [("passage_words", topic_words(query))]
    if has_han(query):
        legs.append(("passage_grams", list(dict.fromkeys(bigrams(query)))))
    ids = [candidate.passage.id for candidate in candidates]
    for table, terms in legs:
        idf = np.array(list(word_weights(session, terms, table).values()))
        counts, lengths = session.counts(table, terms, CONTEXT_WEIGHT, ids)
        alone += _bm25(counts, lengths, idf)
        around += _bm25(nearby.sum(counts), nearby.sum(lengths), idf)
    return alone, around


def _bm25(counts: np.ndarray, lengths: np.ndarray, idf: np.ndarray) -> np.ndarray:
    """Okapi BM25 (Robertson 2009), lengths against the mean of the candidates."""
    norm = K1 * (1 - B + B * lengths / (lengths.mean() or 1.0))
    return (counts * (K1 + 1) / (counts + norm[:, None])) @ idf if len(idf) else np.zeros(len(lengths))


def _dense(candidates: Sequence[Candidate], nearby: _Neighbourhood) -> tuple[np.ndarray, np.ndarray]:
    """Likeness from the least to the most like candidate, of each passage and of the mean around it."""
    known = np.array([candidate.cosine is not None for candidate in candidates], float)
    if not known.any():
        return np.zeros(len(candidates)), np.zeros(len(candidates))
    cosines = np.array([_likeness(candidate) for candidate in candidates])
    mean = nearby.sum(cosines) / np.maximum(nearby.sum(known), 1e-9)
    return _between(cosines, known), _between(mean, known)


def _likeness(candidate: Candidate) -> float:
    if candidate.cosine is None:
        return 0.0
    return candidate.cosine if candidate.whole is None else (candidate.cosine + candidate.whole) / 2


def _between(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    low, high = values[known > 0].min(), values[known > 0].max()
    return known * (values - low) / ((high - low) or 1.0)


def _against_best(values: np.ndarray) -> np.ndarray:
    return values / (values.max() or 1.0)


def _by_record(candidates: Sequence[Candidate], lexical: np.ndarray) -> np.ndarray:
    """For each candidate the mean of its record's best, against the record with most; nothing for one record alone."""
    records = np.array([candidate.passage.record_id for candidate in candidates])
    means = {
        record_id: np.sort(lexical[records == record_id])[-BEST_OF_RECORD:].sum() / BEST_OF_RECORD
        for record_id in dict.fromkeys(records)
    }
    if len(means) == 1:
        return np.zeros(len(candidates))
    return _against_best(np.array([means[record_id] for record_id in records]))


def _item_sign(passage: StoredPassage, weights: dict[str, float]) -> float:
    return max((likeness(weights, title) for title in passage.item[-3:]), default=0.0)


def _speaker_sign(passage: StoredPassage, speakers: Sequence[str]) -> float:
    """1 where one of them talks, a little less where minutes only name them: "Councillor Fenn regretted that"."""
    if set(speakers) & set(passage.speakers):
        return 1.0
    return 0.8 * any(named_in(passage.text, speaker) for speaker in speakers)


def named_in(text: str, person: str) -> bool:
    """Whether a text names a person, by the whole name or, of a Latin one, by the last of it."""
    last = person.split("(")[0].split()[-1:] or [person]
    return person in text or (last[0].isascii() and re.search(rf"\b{re.escape(last[0])}\b", text) is not None)


@dataclass(slots=True)
class _Entry:
    """An entry of the register as far as candidates show it: what it covers, and which passage holds most of it."""

    decision: Decision
    covers: float
    shares: dict[int, float] = field(default_factory=dict)  # candidate to the share of the entry it holds


def _decided(
    session: Session,
    question: Question,
    candidates: Sequence[Candidate],
    weights: dict[str, float],
    dense: np.ndarray,
) -> tuple[list[float], list[float]]:
    """For each candidate how well an entry of a wanted kind in it covers the topic, and whether it is the last such."""
    decision, final = [0.0] * len(candidates), [0.0] * len(candidates)
    if question.intent not in WANTED_KINDS:
        return decision, final
    register = session.decisions_of(sorted({c.passage.record_id for c in candidates}))
    others = in_others(session, question.language, [c.passage.id for c in candidates])
    like = {place: float(dense[place]) for place, c in enumerate(candidates) if c.passage.id in others}
    for record_id, group in groupby(enumerate(candidates), key=lambda pair: pair[1].passage.record_id):
        own, kinds = register.get(record_id, ()), WANTED_KINDS[question.intent]
        wanted = [entry for entry in own if entry.kind in kinds]
        wanted = wanted or [entry for entry in own if is_wanted(entry, question.intent)]
        entries = _entries(wanted, list(group), weights, like)
        for entry in entries:
            for place, share in entry.shares.items():
                decision[place] = max(decision[place], share * (0.3 + 0.7 * entry.covers))
        if last := _last_word(entries):
            final[max(last.shares, key=lambda place: (last.shares[place], -place))] = last.covers
    return decision, final


def _entries(
    wanted: Sequence[Decision],
    group: Sequence[tuple[int, Candidate]],
    weights: dict[str, float],
    like: Mapping[int, float],
) -> list[_Entry]:
    """The entries that the candidates of one record hold, in the order of the text.

    like  the likeness of candidates in another language than the question, by which an entry there covers the topic
    """
    found: list[_Entry] = []
    for decision in wanted:
        shares: dict[int, float] = {}
        said = [decision.item or ""]
        for place, candidate in group:
            passage = candidate.passage
            overlap = min(decision.end, passage.end) - max(decision.start, passage.start)
            if overlap > 0:
                shares[place] = overlap / (decision.end - decision.start)
                inside = slice(max(0, decision.start - passage.start), decision.end - passage.start)
                said.append(passage.text[inside])
        if shares:
            covers = coverage(weights, " ".join(said)) if weights else 1.0
            found.append(_Entry(decision, max(covers, *(like.get(place, 0.0) for place in shares)), shares))
    return found


def _last_word(entries: Iterable[_Entry]) -> _Entry | None:
    """The last of the entries that concern the topic about as much as the best one."""
    relevant = [entry for entry in entries if entry.covers >= RELEVANT]
    best = max((entry.covers for entry in relevant), default=0.0)
    return next((entry for entry in reversed(relevant) if entry.covers >= best - AS_RELEVANT), None)
