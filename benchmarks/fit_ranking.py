"""Fits the weights of the ranking on a benchmark folder, and prints what each sign is worth.

    python -m benchmarks.fit_ranking BENCH --indexes FOLDER [--bodies BODY=INDEX ...] [--write]

BENCH holds a folder per track with `docs/` and `queries.jsonl`; the sample records of this project are one
more, and so are bodies (`benchmarks.bodies`) with the index of each. The indexes of tracks are made in FOLDER where
they are missing and kept. Of the track that the
encoder's adapter learned talk from only the records it was not trained on count (`benchmarks/adapter/split.json`):
of the others it knows too much. Weights are found by coordinate ascent from those in `STARTS`. Printed is what they
reach on one half of the records when fitted on the other, both ways round; what is lost without each sign; and the
cross-check: fitted on all tracks but one, measured on that one. `--write` stores the weights that all of these
questions give in `qa/weights.toml`.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.adapter.split import learned_records
from benchmarks.bodies import Body, read_body
from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import retrieval
from qa.engine import Minutebook
from qa.evaluate import document_names, read_questions
from qa.metrics import Asked, DocSpan
from qa.retrieval import APART, PEAKS, Weights, asked_of
from qa.signs import NAMES, Candidate

DATA = Path(__file__).parents[1] / "data"
BUDGET = 6_000  # characters read, of `cover`
STEPS = (
    0.5,
    0.75,
    1.33,
    2.0,
)  # what a weight is tried at, times itself; none is ever let go, other records differ
ENOUGH = 12  # questions of a track that say something
LEAST_GAIN = (
    5e-3  # of the goal, for which a weight is changed; what gains less is noise, and worse on other records
)
GROUPS = ("talk", "register")
STARTS = {
    "talk": {
        "lexical": 0.1, "around": 0.15, "dense": 0.15, "meaning": 0.25, "record": 0.05, "item": 0.05, "speaker": 1.0,
        "decision": 0.05,
    },
    "register": {
        "lexical": 0.05, "around": 0.04, "dense": 0.04, "meaning": 0.04, "record": 0.04, "item": 0.35, "speaker": 0.04,
        "decision": 0.3, "final": 0.1,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """An answerable question with what was judged for it.

    half     which half of the records the answer lies in
    signs    shape (candidates, signs)
    hits     whether each candidate is a hit, by the definition of hit@k
    gold     gold characters in each candidate; `wanted` is the most there are to find
    sizes    characters of each candidate
    places   record (counted) and ordinal of each candidate
    """

    track: str
    group: str
    half: int
    signs: np.ndarray
    hits: np.ndarray
    gold: np.ndarray
    sizes: np.ndarray
    places: np.ndarray
    wanted: int


def main() -> None:
    """Gathers, fits, prints and, if asked to, stores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--indexes", type=Path, default=Path("build/indexes"))
    parser.add_argument("--tracks", nargs="+", default=["fomc", "tc39", "qmsum", "vcsum"])
    parser.add_argument("--bodies", nargs="*", default=(), metavar="BODY=INDEX")
    parser.add_argument("--write", action="store_true", help="store the weights in qa/weights.toml")
    args = parser.parse_args()
    folders = {
        track: (args.bench / track / "docs", args.bench / track / "queries.jsonl") for track in args.tracks
    }
    folders["sample"] = (DATA / "minutes", DATA / "questions.jsonl")
    cases = [case for track, place in folders.items() for case in gather(track, *place, args.indexes / track)]
    cases += [case for body in map(read_body, args.bodies) for case in gather_body(body)]
    report(cases)
    if args.write:
        store({group: fit([c for c in cases if c.group == group], start(group)) for group in GROUPS})


def gather(track: str, docs: Path, questions: Path, index: Path) -> Iterator[Case]:
    """Asks every answerable question of a track and keeps what was judged."""
    encoder = SentenceTransformerEncoder()
    with OwnedIndex.open(index, encoder) as owned:
        names = document_names(ingest([docs], owned), docs)
    ids = {name: record_id for record_id, name in names.items()}
    learned = learned_records()
    with Minutebook.open(index, encoder=encoder) as book:
        for asked in tqdm(read_questions(questions), desc=track):
            if asked.unanswerable or asked.gold[0].doc in learned:
                continue
            question, candidates = book.judged(asked.question, records=asked.scope and [ids[asked.scope]])
            if candidates:
                yield case_of(track, asked_of(question, candidates), asked, candidates, names)


def gather_body(body: Body) -> Iterator[Case]:
    """The same of a body whose index is there."""
    with Minutebook.open(body.index, today=body.today) as book:
        for one in tqdm(body.asked, desc=body.name):
            gold = tuple(DocSpan(*places[0]) for places in one.gold if places)
            if not one.answerable or not gold:
                continue
            question, candidates = book.judged(one.text, records=one.scope and [one.scope])
            if candidates:
                names = {c.passage.record_id: c.passage.record_id for c in candidates}
                asked = Asked(one.text, one.text, one.scope, gold)
                yield case_of(body.name, asked_of(question, candidates), asked, candidates, names)


def case_of(
    track: str, group: str, asked: Asked, candidates: Sequence[Candidate], names: dict[str, str]
) -> Case:
    """A question with its candidates as arrays."""
    hits, gold, sizes = [], [], []
    for candidate in candidates:
        passage, name = candidate.passage, names[candidate.passage.record_id]
        size = passage.end - passage.start
        shared = [
            (max(0, min(passage.end, g.end) - max(passage.start, g.start)), g.end - g.start)
            for g in asked.gold
            if g.doc == name
        ]
        hits.append(any(both and both * 2 >= min(size, own) for both, own in shared))
        gold.append(sum(both for both, _ in shared))
        sizes.append(size)
    records = {
        record_id: i for i, record_id in enumerate(dict.fromkeys(c.passage.record_id for c in candidates))
    }
    return Case(
        track=track,
        group=group,
        half=hashlib.sha256(asked.gold[0].doc.encode()).digest()[0] % 2,
        signs=np.array([[c.signs[name] for name in NAMES] for c in candidates]),
        hits=np.array(hits),
        gold=np.array(gold),
        sizes=np.array(sizes),
        places=np.array([(records[c.passage.record_id], c.passage.ordinal) for c in candidates]),
        wanted=min(BUDGET, sum(g.end - g.start for g in asked.gold)),
    )


def measure(case: Case, weights: np.ndarray) -> tuple[float, float, float]:
    """hit@1, reciprocal rank among the first ten, and the share of gold within BUDGET characters read."""
    order = spread(case, np.argsort(-(case.signs @ weights), kind="stable"))
    found = np.flatnonzero(case.hits[order[:10]])
    read = np.cumsum(case.sizes[order])
    left = np.clip(BUDGET - (read - case.sizes[order]), 0, None)
    whole = np.minimum(1.0, left / case.sizes[order])  # the last passage is read in part
    covered = float((case.gold[order] * whole).sum()) / max(1, case.wanted)
    return (
        float(bool(case.hits[order[0]])),
        1 / (found[0] + 1) if len(found) else 0.0,
        min(1.0, covered),
    )


def spread(case: Case, order: np.ndarray) -> np.ndarray:
    """The order of `qa.retrieval.spread`, over arrays."""
    if case.group == "register":
        return order
    peaks: list[int] = []
    read = 0
    for i in order:
        if read >= PEAKS:
            break
        record, ordinal = case.places[i]
        if not any(case.places[p][0] == record and abs(case.places[p][1] - ordinal) <= APART for p in peaks):
            peaks.append(i)
            read += case.sizes[i]
    rest = order[~np.isin(order, peaks)]
    return np.concatenate([np.array(peaks, int), rest])


def scores(cases: Sequence[Case], weights: np.ndarray) -> dict[str, np.ndarray]:
    """Mean hit@1, mrr@10 and cover of each track."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for case in cases:
        rows.setdefault(case.track, []).append(measure(case, weights))
    return {track: np.mean(values, axis=0) for track, values in rows.items()}


def goal(cases: Sequence[Case], weights: np.ndarray) -> float:
    """What is maximised: mrr@10, half of cover and a quarter of hit@1, each track by the root of its questions."""
    counts = Counter(case.track for case in cases)
    rows = {track: row for track, row in scores(cases, weights).items() if counts[track] >= ENOUGH}
    if not rows:
        return 0.0
    reached = [mrr + cover / 2 + hit / 4 for hit, mrr, cover in rows.values()]
    return float(np.average(reached, weights=[counts[track] ** 0.5 for track in rows]))


def start(group: str) -> np.ndarray:
    return np.array([STARTS[group].get(name, 0.0) for name in NAMES])


def fit(cases: Sequence[Case], weights: np.ndarray) -> np.ndarray:
    """Coordinate ascent from `weights` until no single step helps; weights sum to 1."""
    best = goal(cases, weights)
    improved = bool(cases)
    while improved:
        improved = False
        for i in range(len(weights)):
            for step in STEPS:
                trial = weights.copy()
                trial[i] *= step
                if (reached := goal(cases, trial)) > best + LEAST_GAIN:
                    weights, best, improved = trial, reached, True
    return weights / (weights.sum() or 1.0)


def report(cases: Sequence[Case]) -> None:
    """Prints both halves as the other half fits them, the ablation and the cross-check."""
    for group in GROUPS:
        inside = [case for case in cases if case.group == group]
        weights = fit(inside, start(group))
        print(f"\n{group}: " + ", ".join(f"{n} {w:.2f}" for n, w in zip(NAMES, weights, strict=True)))
        halves = [[case for case in inside if case.half == half] for half in (0, 1)]
        each = [fit(half, start(group)) for half in halves]
        _row("fitted on one half, on it", *zip(halves, each, strict=True))
        _row("on the other half", *zip(halves, reversed(each), strict=True))
        _row("fitted on all", (inside, weights))
        for i, name in enumerate(NAMES):
            if weights[i]:
                without = weights.copy()
                without[i] = 0.0
                _row(f"  without {name}", (inside, without))
        for track in dict.fromkeys(case.track for case in inside):
            others = [case for case in inside if case.track != track]
            own = [case for case in inside if case.track == track]
            if own and others:
                _row(f"fitted without {track}", (own, fit(others, start(group))))


def _row(name: str, *parts: tuple[Sequence[Case], np.ndarray]) -> None:
    """One line: what cases reach, each part of them with its own weights."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for cases, weights in parts:
        for case in cases:
            rows.setdefault(case.track, []).append(measure(case, weights))
    cells = (
        f"{track} ({len(values)}) hit@1 {hit:.3f} mrr {mrr:.3f} cover {cover:.3f}"
        for track, values in rows.items()
        for hit, mrr, cover in [np.mean(values, axis=0)]
    )
    print(f"{name:26}" + "   ".join(cells), flush=True)


def store(weights_of: dict[str, np.ndarray]) -> None:
    """Writes the weights where `qa.retrieval` reads them."""
    assert set(NAMES) == {field.name for field in fields(Weights)}
    lines = ["# Fitted by benchmarks/fit_ranking.py; what each sign means stands in qa/signs.py."]
    for group, weights in weights_of.items():
        lines += ["", f"[{group}]", *(f"{n} = {w:.3f}" for n, w in zip(NAMES, weights, strict=True))]
    Path(retrieval.__file__).with_name("weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
