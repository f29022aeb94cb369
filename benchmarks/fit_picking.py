"""Fits the weights of the signs of a sentence on a benchmark folder, and says where answers lose.

    python -m benchmarks.fit_picking BENCH --indexes FOLDER [--write]

BENCH holds a folder per track with `docs/` and `queries.jsonl`; the sample records are one more. Questions with a
reference answer count, those answered from the decision register aside. The indexes, one per track, are made in FOLDER
where they are missing and kept. Of the track that the encoder's adapter learned talk from only the records it was not
trained on count (`benchmarks/adapter/split.json`): of the others it knows too much. Weights are found by coordinate
ascent on ROUGE-1 + cite_p / 6 + fact / 4, each track alike. Printed is what one half of the records reaches when fitted
on the other, both ways round. `--write` stores the weights that all give in `qa/sentence_weights.toml`.

Printed beside the answers are what the same choice reaches with the right passages, and what the extractive oracle
(`qa.metrics.extractive_oracle`) reaches in the passages found and in the gold: what is lost by passages not found, by
the wrong sentences of right ones, and by spoken wording, in this order.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.adapter.split import learned_records
from benchmarks.fit_ranking import DATA
from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.records import Record, Span
from ingest.sentences import sentences
from ingest.words import topic_words
from qa import picking
from qa.answers import Citation
from qa.citations import cite
from qa.engine import Minutebook
from qa.evaluate import document_names, read_questions
from qa.metrics import Asked, DocSpan, extractive_oracle, overlap, rouge_1, rouge_l, tokens
from qa.picking import SENTENCES, SHARE, WORDS, choose, says_again, words_of
from qa.sentence_signs import NAMES, Sentence
from qa.shown import sentence_of

ORACLE_WORDS = 120  # of the extractive oracle
STEPS = (0.0, 0.5, 0.75, 1.33, 2.0)  # what a weight is tried at, times itself
SHIFTS = (-0.08, -0.02, 0.02, 0.08)  # and what is added to it; the absolute weights sum to 1
ROUNDS = 4
LEAST_GAIN = 1e-4  # of the goal, for which a weight is changed


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the sentences it could be answered with, as arrays in the order of record and place.

    signs    shape (sentences, signs)
    shown    each sentence as it is shown
    bags     its words by count, for ROUGE-1, over the reference's vocabulary; shape (sentences, vocabulary)
    lengths  its words as shown; `sizes` as the budget counts them
    gold     its characters that are gold
    """

    track: str
    kind: str
    half: int
    asked: Asked
    wanted: np.ndarray
    reference: int
    signs: np.ndarray
    shown: tuple[str, ...]
    bags: np.ndarray
    lengths: np.ndarray
    sizes: np.ndarray
    gold: np.ndarray
    characters: np.ndarray
    spans: tuple[DocSpan, ...]
    contents: tuple[frozenset[str], ...]
    gold_sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """What one answer reaches; `fact` is nan where nothing must be contained."""

    r1: float
    cite_p: float
    fact: float
    words: float


def main() -> None:
    """Gathers, fits, prints and, if asked to, stores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--indexes", type=Path, default=Path("build/indexes"))
    parser.add_argument("--tracks", nargs="+", default=["qmsum", "vcsum"])
    parser.add_argument("--write", action="store_true", help="store the weights in qa/sentence_weights.toml")
    args = parser.parse_args()
    folders = {
        track: (args.bench / track / "docs", args.bench / track / "queries.jsonl") for track in args.tracks
    }
    folders["sample"] = (DATA / "minutes", DATA / "questions.jsonl")
    cases = [case for track, place in folders.items() for case in gather(track, *place, args.indexes / track)]
    halves = [[case for case in cases if case.half == half] for half in (0, 1)]
    for own, other in (halves, halves[::-1]):
        report(own, fit(other, picking.fitted_weights()))
    if args.write:
        store(fit(cases, picking.fitted_weights()))


def gather(track: str, docs: Path, questions: Path, index: Path) -> Iterator[Case]:
    """Asks every question of a track that has a reference answer and is answered in sentences."""
    learned = learned_records()
    encoder = SentenceTransformerEncoder()
    with OwnedIndex.open(index, encoder) as owned:
        names = document_names(ingest([docs], owned), docs)
    ids = {name: record_id for record_id, name in names.items()}
    with Minutebook.open(index, encoder=encoder) as book:
        cited = _Citing(book)
        for asked in tqdm(read_questions(questions), desc=track):
            if asked.unanswerable or not asked.answer or asked.gold[0].doc in learned:
                continue
            question, found = book.weighed(asked.question, records=asked.scope and [ids[asked.scope]])
            if found:
                gold = tuple(cited.gold_sentences(asked, ids))
                yield case_of(track, question.intent, asked, found, names, cited, gold)


class _Citing:
    """Sentences as an answer shows them; a record is read once."""

    def __init__(self, book: Minutebook) -> None:
        self.book = book
        self.meetings = {meeting.record_id: meeting for meeting in book.meetings()}
        self.records: dict[str, Record] = {}

    def citation(self, record_id: str, span: Span) -> Citation:
        record = self.record(record_id)
        return cite(record, self.meetings[record_id], span.start, span.end, span.of(record.text), 1)

    def record(self, record_id: str) -> Record:
        if record_id not in self.records:
            record = self.book.record(record_id)
            assert record is not None, "the sentences of a record were just read"
            self.records[record_id] = record
        return self.records[record_id]

    def gold_sentences(self, asked: Asked, ids: dict[str, str]) -> Iterator[str]:
        """Every sentence of the gold evidence, as shown."""
        for gold in asked.gold:
            record_id = ids[gold.doc]
            text = self.record(record_id).text
            for sentence in sentences(text, gold.start, gold.end):
                words = sentence.of(text)
                if words.strip():
                    lead = len(words) - len(words.lstrip())
                    span = Span(sentence.start + lead, sentence.start + len(words.rstrip()))
                    yield sentence_of(self.citation(record_id, span))


def case_of(
    track: str,
    kind: str,
    asked: Asked,
    found: Sequence[Sentence],
    names: dict[str, str],
    cited: _Citing,
    gold_sentences: tuple[str, ...],
) -> Case:
    """A question with its sentences as arrays."""
    assert asked.answer
    wanted = Counter(tokens(asked.answer))
    place = {word: i for i, word in enumerate(wanted)}
    shown = tuple(sentence_of(cited.citation(one.record_id, one)) for one in found)
    bags = np.zeros((len(found), len(wanted)))
    for row, text in zip(bags, shown, strict=True):
        for word in tokens(text):
            if word in place:
                row[place[word]] += 1
    spans = tuple(DocSpan(names[one.record_id], one.start, one.end) for one in found)
    return Case(
        track=track,
        kind=kind,
        half=hashlib.sha256(asked.gold[0].doc.encode()).digest()[0] % 2,
        asked=asked,
        wanted=np.array(list(wanted.values())),
        reference=wanted.total(),
        signs=np.stack([one.signs for one in found]),
        shown=shown,
        bags=bags,
        lengths=np.array([len(tokens(text)) for text in shown]),
        sizes=np.array([words_of(one.said) for one in found]),
        gold=np.array([sum(overlap(span, gold) for gold in asked.gold) for span in spans]),
        characters=np.array([span.end - span.start for span in spans]),
        spans=spans,
        contents=tuple(frozenset(topic_words(one.said)) for one in found),
        gold_sentences=gold_sentences,
    )


def picked(case: Case, weights: np.ndarray, among: np.ndarray | None = None) -> list[int]:
    """Which sentences answer, by place; `among`: the only ones to choose from."""
    scores = case.signs @ weights
    order = np.argsort(-scores, kind="stable")
    order = order if among is None else order[among[order]]

    def repeats(one: int, other: int) -> bool:
        return says_again(case.contents[order[one]], case.contents[order[other]])

    chosen = choose(scores[order], case.sizes[order], repeats, share=SHARE, budget=WORDS, most=SENTENCES)
    return sorted(int(order[i]) for i in chosen)


def scored(case: Case, chosen: Sequence[int]) -> Scored:
    """ROUGE-1, cite_p and fact of an answer of these sentences; every speaker named, which an answer may not do."""
    length = int(case.lengths[chosen].sum())
    shared = float(np.minimum(case.bags[chosen].sum(axis=0), case.wanted).sum())
    fact = float("nan")
    if case.asked.must_contain:
        said = "".join(case.shown[i] for i in chosen).replace(" ", "")
        fact = float(all(part.replace(" ", "") in said for part in case.asked.must_contain))
    return Scored(
        r1=2 * shared / (length + case.reference),
        cite_p=float(case.gold[chosen].sum() / max(1, case.characters[chosen].sum())),
        fact=fact,
        words=length,
    )


def goal(cases: Sequence[Case], weights: np.ndarray) -> float:
    """What is maximised: ROUGE-1 + cite_p / 6 + fact / 4, the mean over tracks."""
    by_track: dict[str, list[Scored]] = {}
    for case in cases:
        by_track.setdefault(case.track, []).append(scored(case, picked(case, weights)))
    return float(np.mean([_worth(found) for found in by_track.values()])) if by_track else 0.0


def _worth(found: Sequence[Scored]) -> float:
    facts = [one.fact for one in found if not np.isnan(one.fact)]
    means = [np.mean([one.r1 for one in found]), np.mean([one.cite_p for one in found]) / 6]
    return float(sum(means)) + (float(np.mean(facts)) / 4 if facts else 0.0)


def fit(cases: Sequence[Case], weights: np.ndarray) -> np.ndarray:
    """Coordinate ascent from `weights`, until no single step helps or `ROUNDS` are over."""
    weights = _normal(weights)
    best = goal(cases, weights)
    for number in range(1, ROUNDS + 1):
        before = best
        for i in tqdm(range(len(weights)), desc=f"round {number}"):
            for value in [weights[i] * step for step in STEPS] + [weights[i] + shift for shift in SHIFTS]:
                trial = weights.copy()
                trial[i] = value
                if (reached := goal(cases, trial)) > best + LEAST_GAIN:
                    weights, best = trial, reached
        weights = _normal(weights)
        if best <= before:
            break
    return weights


def _normal(weights: np.ndarray) -> np.ndarray:
    return weights / (np.abs(weights).sum() or 1.0)


def report(cases: Sequence[Case], weights: np.ndarray) -> None:
    """Prints the weights, and what they reach on each track and each kind of question in it."""
    print("\n" + ", ".join(f"{name} {weight:.3f}" for name, weight in zip(NAMES, weights, strict=True)))
    for track in dict.fromkeys(case.track for case in cases):
        own = [case for case in cases if case.track == track]
        _row(track, own, weights)
        for kind in sorted({case.kind for case in own}):
            _row(f"  {kind}", [case for case in own if case.kind == kind], weights)


def _row(name: str, cases: Sequence[Case], weights: np.ndarray) -> None:
    if not cases:
        return
    cells: dict[str, list[float]] = {}
    for case in cases:
        for key, value in _cells(case, weights):
            cells.setdefault(key, []).append(value)
    means = "  ".join(f"{key} {np.mean(values):.3f}" for key, values in cells.items())
    print(f"{name:28}{len(cases):5}  {means}", flush=True)


def _cells(case: Case, weights: np.ndarray) -> Iterator[tuple[str, float]]:
    """What is printed of one question."""
    chosen = picked(case, weights)
    answer = scored(case, chosen)
    yield "r1", answer.r1
    yield "rL", rouge_l(tokens(" ".join(case.shown[i] for i in chosen)), tokens(case.asked.answer or ""))
    yield "cite_p", answer.cite_p
    if case.asked.must_contain:
        yield "fact", answer.fact
    yield "words", answer.words
    if (case.gold > 0).any():
        yield "r1 with right passages", scored(case, picked(case, weights, case.gold > 0)).r1
    yield "oracle in found", _oracle(case, case.shown)
    yield "oracle in gold", _oracle(case, case.gold_sentences)


def _oracle(case: Case, offered: Sequence[str]) -> float:
    reference = case.asked.answer or ""
    return rouge_1(tokens(" ".join(extractive_oracle(offered, reference, ORACLE_WORDS))), tokens(reference))


def store(weights: np.ndarray) -> None:
    """Writes the weights where `qa.picking` reads them."""
    lines = [
        "# Fitted by benchmarks/fit_picking.py; what each sign means stands in qa/sentence_signs.py.",
        "",
    ]
    lines += [f"{name} = {weight:.3f}" for name, weight in zip(NAMES, weights, strict=True)]
    Path(picking.__file__).with_name("sentence_weights.toml").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
