"""Fits what each kind of place that names a day counts (`ingest/day_weights.toml`), and prints what they reach.

    python -m benchmarks.fit_day BODY... [--named FOLDER...] [--write]

BODY     a folder with `docs/` and `records.jsonl`: {"doc", "date"} a line
--named  a folder with `docs/` whose file names hold the day; the names are hidden from the reading and are the labels

A record is a choice between the days it names, by the sum of the weights of the places that name each (a conditional
logit, with a penalty on the squares). Printed are the share of days right for each body with weights fitted on all
others, and for all bodies what is lost where a place is left out. `--write` stores the weights fitted on all.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from ingest.errors import IngestError
from ingest.meeting_day import WEIGHTS
from ingest.metadata import evidence_of_day
from ingest.minutes import source_of
from ingest.named_day import day_in_path
from ingest.parsing import parse

PLACES = tuple(WEIGHTS)
PENALTY = 0.02  # on the squared distance from where the fit starts, for each record
STEPS = 400
RATE = 1.0
START = {
    "stamp": 0.2,
    "issued": -2.0,
    "front matter": 2.5,
    "heading": 2.5,
    "labelled": 2.5,
    "derived": 2.5,
    "file name": 2.0,
}
HIDDEN = ("file name", "front matter")  # a record counts again without each of these, as others lack them


@dataclass(frozen=True, slots=True)
class Choice:
    """The days a record names, the places that name each (1 or 0), and which of them is right."""

    body: str
    days: np.ndarray
    right: int


def choices(body: Path, *, named: bool) -> Iterator[Choice]:
    for path, day in _labelled(body, named):
        try:
            document = parse(path)
        except IngestError:
            continue
        source, _ = source_of(document, path=path.relative_to(path.parents[3]))
        found = [one for one in evidence_of_day(source) if not (named and one.place == "file name")]
        for hidden in (None, *HIDDEN):
            kept = [one for one in found if one.place != hidden]
            firsts = sorted({one.day.first for one in kept})
            if day not in firsts or (hidden and len(kept) == len(found)):
                continue
            held = [{one.place for one in kept if one.day.first == first} for first in firsts]
            matrix = np.array([[float(place in places) for place in PLACES] for places in held])
            yield Choice(body.name, matrix, firsts.index(day))


def _labelled(body: Path, named: bool) -> Iterator[tuple[Path, date]]:
    if named:
        for path in sorted((body / "docs").iterdir()):
            if day := day_in_path(Path(path.name.replace("__", "/"))):
                yield path, day.first
        return
    for line in (body / "records.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["date"]:
            yield body / "docs" / row["doc"], date.fromisoformat(row["date"])


def fitted(data: Sequence[Choice], start: np.ndarray, without: int | None = None) -> np.ndarray:
    """The weights under which the right days are likeliest, each body counting alike."""
    weights, counts = (
        start.copy(),
        {name: sum(c.body == name for c in data) for name in {c.body for c in data}},
    )
    for _ in range(STEPS):
        slope = PENALTY * (start - weights)
        for choice in data:
            logits = choice.days @ weights
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            slope += (choice.days[choice.right] - chances @ choice.days) / counts[choice.body] / len(counts)
        weights += RATE * slope
        if without is not None:
            weights[without] = 0.0
    return weights


def right(data: Sequence[Choice], weights: np.ndarray) -> float:
    return (
        float(np.mean([np.argmax(choice.days @ weights) == choice.right for choice in data])) if data else 1.0
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bodies", nargs="+", type=Path)
    parser.add_argument("--named", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    told = [*((body, False) for body in options.bodies), *((body, True) for body in options.named)]
    data = [choice for body, named in told for choice in choices(body, named=named)]
    several = [choice for choice in data if len(choice.days) > 1]
    start = np.array([START.get(place, 1.0) for place in PLACES])
    for name in dict.fromkeys(choice.body for choice in data):
        own = [choice for choice in data if choice.body == name]
        weights = fitted([choice for choice in several if choice.body != name], start)
        print(f"{name:32} {len(own):4} choices, right when left out {right(own, weights):.3f}")
    weights = fitted(several, start)
    print(f"all {len(data)} choices, {len(several)} between several days: {right(data, weights):.3f}")
    for number, place in enumerate(PLACES):
        lost = right(data, weights) - right(data, fitted(several, start, without=number))
        print(f"{place:14} {weights[number]:6.2f}  without it {-lost:+.3f}")
    if options.write:
        write(weights)


def write(weights: np.ndarray) -> None:
    rows = "\n".join(f'"{place}" = {weight:.2f}' for place, weight in zip(PLACES, weights, strict=True))
    path = Path(__file__).parents[1] / "ingest" / "day_weights.toml"
    path.write_text(f"# Written by benchmarks/fit_day.py.\n[weights]\n{rows}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
