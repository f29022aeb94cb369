"""Fits the head that says what a sentence records, and says what it reaches on bodies it has not seen.

    python -m benchmarks.train_sentences BENCH [--write]

BENCH holds the records that `benchmarks/sentences/*.jsonl` labels (file under BENCH, start and end in the text as it
is read, label), and `bodies/*/register.jsonl`: every decision, vote and task of the records it names. Of a sentence in
such a register its kind is known; of another of these records, that it is none. Bodies are left out in five groups
(every fifth by name); printed is, for each, what rules alone, head alone and both find: the recall of the register, the
share of entries that stand in it, the share of right kinds, by the measure of BENCH's `score_bodies.py`. `--write` fits
on all of them and stores the head in `ingest/head/`. The same labels give the same head but for rounding.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from tqdm import tqdm

from ingest.embedding import prepare_passages
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IngestError
from ingest.readers import take
from ingest.reading import read_record
from ingest.records import Decision, Passage, Record
from ingest.sentence_head import KINDS, LABELS, OWN, SHIPPED, Head, Unit, features, units_of, with_found
from ingest.store import pack_sentences, unpack_sentences

LABELLED = Path(__file__).parent / "sentences"
# The other bodies of BENCH are kept for the end: nothing is fitted on them, and nothing chosen.
BODIES = (
    *("c1-northstar", "c5-londonon", "s1-elitr", "t1-srcf", "t2-artifactory", "t7-bytecode-tsc"),
    *("x2-pyes", "z3-asroc", "z5-linjiang", "z5-opengov"),
)
TALK, WITHOUT_PACK = ("s1-elitr", "z5-opengov"), ("x2-pyes",)
FOLDS, STEPS, RATE, SHRINK = 5, 150, 0.05, 1e-3
THRESHOLD, TASK = 0.9, 0.6

_SETTLED = ("approved", "adopted", "agreed", "decided", "elected", "recommended")
_KNOWN_AS = {kind: ("approved", "agreed", "elected", "decided", "recommended") for kind in _SETTLED}
_RIGHT = {  # of a kind in a register, what the product may call it
    **{kind: {"approved", "agreed", "decided", "concluded"} for kind in _SETTLED},
    "task": {"assigned"},
    "vote": {"vote", "approved", "rejected", "agreed", "decided"},
    "undecided": {"undecided", "deferred"},
}

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """A record with its sentences and what is known of them.

    targets  (n, labels): the labels each may have; a row of zeros where nothing is known
    gold     of each entry of its register, the kind and where its words stand
    """

    body: str
    record: Record
    pieces: tuple[Passage, ...]
    vectors: tuple[np.ndarray | None, ...]
    units: tuple[Unit, ...]
    targets: np.ndarray
    gold: tuple[tuple[str, tuple[Place, ...]], ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true", help="store the head that all labels give")
    asked = parser.parse_args()
    encoder = SentenceTransformerEncoder()
    samples = list(_samples(asked.bench, encoder))
    known = [sample.targets.any(axis=1).sum() for sample in samples]
    print(f"{len(samples)} records, {sum(known)} sentences of which something is known")
    _tell(samples, encoder.id)
    if asked.write:
        SHIPPED.mkdir(exist_ok=True)
        fitted(samples, encoder.id).save(SHIPPED / f"{encoder.id.partition('@')[0]}.npz")


def _samples(bench: Path, encoder: SentenceTransformerEncoder) -> Iterator[Sample]:
    """The labelled records and those with a register, each once."""
    labels: dict[str, dict[Place, str]] = {}
    for file in sorted(LABELLED.glob("*.jsonl")):
        for row in _lines(file):
            labels.setdefault(row["file"], {})[row["start"], row["end"]] = row["label"]
    registers: dict[str, list[dict]] = {}
    for body in BODIES:
        for row in _lines(bench / "bodies" / body / "register.jsonl"):
            registers.setdefault(f"bodies/{body}/docs/{row['doc']}", []).append(row)
    for name in tqdm(sorted({*labels, *registers}), unit="record", disable=None):
        record = read_record(take(bench / name), {})
        pieces, snippets, _ = prepare_passages(record, encoder)
        encoded = iter(encoder.encode([snippet for snippet in snippets if snippet]))
        vectors = tuple(
            unpack_sentences(pack_sentences(next(encoded).sentences), encoder.dimensions) if snippet else None
            for snippet in snippets
        )
        units = tuple(units_of(record, pieces, vectors))
        gold = tuple((row["kind"], places(row["quote"], record.text)) for row in registers.get(name, ()))
        targets = _from_register(units, gold) if gold else _from_labels(units, labels[name], name)
        yield Sample(name.split("/")[1], record, tuple(pieces), vectors, units, targets, gold)


def _lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def places(quote: str, text: str) -> tuple[Place, ...]:
    """Every place of a quote in a text, white space aside; of its first half where it stands nowhere."""
    at = [place for place, char in enumerate(text) if not char.isspace()]
    squashed, wanted = "".join(text[place] for place in at), re.sub(r"\s+", "", quote)
    for words in (wanted, wanted[: max(12, len(wanted) // 2)]):
        found = [m.start() for m in re.finditer(f"(?={re.escape(words)})", squashed)]
        if found:
            return tuple((at[one], at[one + len(words) - 1] + 1) for one in found)
    return ()


def _from_labels(units: Sequence[Unit], labels: Mapping[Place, str], name: str) -> np.ndarray:
    targets = np.zeros((len(units), len(LABELS)), np.float32)
    ours = {(unit.start, unit.end): row for row, unit in enumerate(units)}
    if missing := labels.keys() - ours.keys():
        raise IngestError(
            f"Cannot use the labels of {name}: {len(missing)} sentences are cut otherwise now, the first at "
            f"{min(missing)}. Label them anew."
        )
    for place, label in labels.items():
        targets[ours[place], LABELS.index(label)] = 1
    return targets


def _from_register(units: Sequence[Unit], gold: Sequence[tuple[str, Sequence[Place]]]) -> np.ndarray:
    """What a register read whole says: of each sentence in it its kind, of each other that it is no entry."""
    targets = np.zeros((len(units), len(LABELS)), np.float32)
    targets[:, [label not in KINDS for label in LABELS]] = 1
    for row, unit in enumerate(units):
        for kind, stands in gold:
            if any(_agree((unit.start, unit.end), place) for place in stands):
                targets[row] = [label in _KNOWN_AS.get(kind, (kind,)) for label in LABELS]
    return targets


def _agree(one: Place, other: Place) -> bool:
    """Whether two places share half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0]) > 0


def fitted(samples: Sequence[Sample], encoder: str) -> Head:
    """The head that these samples give: softmax regression on the labels each sentence may have, by Adam."""
    vectors = np.array([unit.vector for sample in samples for unit in sample.units], np.float32)
    vectors = vectors[np.abs(vectors).sum(axis=1) > 0]
    mean = vectors.mean(axis=0)
    spread, axes = np.linalg.eigh(np.cov((vectors - mean).T))
    largest = np.argsort(-spread)[:OWN]
    components = (axes[:, largest] * (1.2 / spread[largest] ** 0.25)).astype(np.float32)
    rows = np.vstack([features(sample.units, mean, components) for sample in samples])
    targets = np.vstack([sample.targets for sample in samples])
    known = targets.any(axis=1)
    weights, bias = _regression(rows[known], targets[known])
    return Head(encoder, THRESHOLD, TASK, mean, components, weights, bias)


def _regression(rows: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows = np.hstack([rows, np.ones_like(rows[:, :1])])
    weights = np.zeros((rows.shape[1], targets.shape[1]), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        allowed = chances * targets
        allowed /= allowed.sum(axis=1, keepdims=True) + 1e-12
        slope = rows.T @ (chances - allowed) / len(rows)
        slope[:-1] += SHRINK * weights[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-7)
    return weights[:-1], weights[-1]


def _tell(samples: Sequence[Sample], encoder: str) -> None:
    """Prints what rules, head and both reach on each body left out, and the means."""
    reached: dict[str, dict[str, tuple[float, ...]]] = {}
    for fold in range(FOLDS):
        left_out = BODIES[fold::FOLDS]
        head = fitted([sample for sample in samples if sample.body not in left_out], encoder)
        for body in left_out:
            own = [sample for sample in samples if sample.body == body and sample.gold]
            reached[body] = {way: _reached(own, way, head) for way in ("rules", "head", "both")}
    minutes = [body for body in BODIES if body not in TALK + WITHOUT_PACK]
    for name, group in (*((body, (body,)) for body in BODIES), ("minutes", minutes), ("talk", TALK)):
        ways = (
            f"{way} "
            + " ".join(f"{fmean(reached[body][way][part] for body in group):.2f}" for part in range(3))
            for way in ("rules", "head", "both")
        )
        print(f"{name:16}", " | ".join(ways))


def _reached(samples: Sequence[Sample], way: str, head: Head) -> tuple[float, float, float]:
    """Recall, precision, and share of right kinds of the entries found in some records."""
    found, right, stands = [], [], []
    for sample in samples:
        entries = _entries(sample, way, head)
        for kind, gold in sample.gold:
            over = [entry for entry in entries if _stands_in(entry, gold)]
            found.append(bool(over))
            if over:
                right.append(any(entry.kind.value in _RIGHT.get(kind, {kind}) for entry in over))
        every = [place for _, gold in sample.gold for place in gold]
        stands += [_stands_in(entry, every) for entry in entries]
    return fmean(found), fmean(stands) if stands else 0.0, fmean(right) if right else 0.0


def _stands_in(entry: Decision, gold: Sequence[Place]) -> bool:
    """Whether a place that the entry rests on is one of those."""
    spans = entry.spans or (entry,)
    return any(_agree((span.start, span.end), place) for span in spans for place in gold)


def _entries(sample: Sample, way: str, head: Head) -> Sequence[Decision]:
    if way == "rules":
        return sample.record.decisions
    record = replace(sample.record, decisions=()) if way == "head" else sample.record
    return with_found(record, sample.pieces, sample.vectors, head).decisions


if __name__ == "__main__":
    main()
