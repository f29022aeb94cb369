"""Trains the adapter of the bundled encoder on meeting records, and measures it on records it never saw.

    python -m benchmarks.train_adapter BENCH --out DIR

BENCH is a folder of tracks, each a folder with `docs/` and `queries.jsonl`. Trained on are the records of the first
track that `benchmarks/adapter/split.json` does not hold out, and all of the tracks given after it. Measured is ranking
by cosine alone, before and after: the held-out records, some meetings of further tracks (trained on or not: the table
says), and the sample records. `--tracks qmsum fomc` leaves `tc39` out of training, to see what that does to it.
With `--develop` the records that the split keeps for it are left out of training and measured in the place of the
held-out ones: settings are compared so. Needs `pip install -e '.[train]'`.
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.adapter.examples import Example, Track, read_bench_track, read_track
from benchmarks.adapter.measure import measure
from benchmarks.adapter.split import SPLIT, read_split, split_records, write_split
from benchmarks.adapter.training import Lesson, Settings, train
from ingest.adapters import OFF
from ingest.encoder import SentenceTransformerEncoder

SAMPLES = Path(__file__).parents[1] / "data"
COLUMNS = ("hit@1", "hit@5", "mrr@10", "cover", "cite_p")


def main() -> None:
    options = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    track = read_bench_track(options.bench / options.tracks[0], options.out / "index" / options.tracks[0])
    if not options.split.is_file():
        write_split(split_records(track.pieces), options.split)
    split = read_split(options.split)
    further = [
        read_bench_track(options.bench / name, options.out / "index" / name) for name in options.tracks[1:]
    ]
    learned = split.train if options.develop else split.train + split.develop
    unseen = ("develop", split.develop) if options.develop else ("held out", split.held_out)
    lessons = [Lesson(track, within(track, learned)), *(Lesson(one, one.examples) for one in further)]
    adapter = train(
        lessons, replace(Settings(), **options.settings), options.out / "adapter", options.threads
    )
    print("| questions | encoder | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 2))
    for name, measured, examples in _measured(options, track, *unseen):
        for title, setting in (("released", OFF), ("adapter", adapter)):
            figures = measure(measured, examples, SentenceTransformerEncoder(adapter=setting))
            cells = " | ".join(f"{figures[column]:.3f}" for column in COLUMNS)
            print(f"| {name}, {len(examples)} questions | {title} | {cells} |", flush=True)


def within(track: Track, paths: Iterable[str]) -> tuple[Example, ...]:
    """The questions whose whole scope lies among these records."""
    inside = set(paths)
    return tuple(one for one in track.examples if one.within and inside.issuperset(one.within))


def _measured(
    options: argparse.Namespace, track: Track, part: str, unseen: Sequence[str]
) -> Iterator[tuple[str, Track, Sequence[Example]]]:
    yield f"{track.name}, {part}", track, within(track, unseen)
    for name in options.measure:
        other = read_bench_track(options.bench / name, options.out / "index" / name)
        scopes = split_records({one.within[0] for one in other.examples if one.within}, options.scopes)
        few = tuple(one for one in other.examples if one.within and one.within[0] in scopes.held_out)
        seen = ", trained on" if name in options.tracks else ""
        yield f"{name}, {len(scopes.held_out)} meetings{seen}", other, few
    index = options.out / "index" / "sample"
    sample = read_track("sample records", SAMPLES / "minutes", SAMPLES / "questions.jsonl", index)
    yield sample.name, sample, sample.examples


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--out", type=Path, required=True, help="where the adapter and what is kept of the run go"
    )
    parser.add_argument(
        "--tracks",
        nargs="+",
        default=["qmsum", "tc39", "fomc"],
        help="what is trained on (default: %(default)s)",
    )
    parser.add_argument(
        "--measure",
        nargs="*",
        default=["tc39", "fomc"],
        help="what is measured besides, as are the sample records (default: tc39 fomc)",
    )
    parser.add_argument(
        "--scopes",
        type=int,
        default=30,
        help="meetings of each of them that are asked about (default: %(default)s)",
    )
    parser.add_argument(
        "--develop", action="store_true", help="measure on the records that settings are chosen with"
    )
    parser.add_argument(
        "--split", type=Path, default=SPLIT, help="the split of the first track, made if missing"
    )
    parser.add_argument(
        "--settings", type=json.loads, default={}, help="other training settings, as JSON: '{\"rank\": 8}'"
    )
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    main()
