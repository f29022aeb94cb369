"""Fits the judge (`qa.finding.judge`) on questions of many bodies, some answered by their records and some not.

    python -m benchmarks.fit_judge BODY=INDEX ... [--write]

BODY is a folder as `benchmarks.bodies` reads it; INDEX the folder that its `docs/` was ingested into. A
question counts as answered when it is answerable and the pieces that would be shown hold at least half of its gold.
Printed is, each body judged by a model that was fitted on the others: the area under the curve, what each pair of
thresholds would give, and what is lost without each sign. `--write` stores what all bodies give in
`qa/finding/judge.toml`.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.bodies import Body, read_body
from qa.answering.nearest import nearest
from qa.compose import falls_short
from qa.engine import Minutebook
from qa.finding import judge
from qa.finding.judge import SIGNS, signs_of
from qa.two_questions import answered as composed

RIDGE = 3.0  # of the squared weights, against the sum of log losses
ROUNDS = 50  # of Newton's method, which needs about ten


@dataclass(frozen=True, slots=True)
class Case:
    """A question as the judge sees it.

    answers     whether what would be shown answers it
    answerable  whether the records do
    composed    whether an answerer worded an answer
    """

    body: str
    signs: np.ndarray
    answers: bool
    answerable: bool
    composed: bool


def main() -> None:
    """Gathers, fits, prints and, if asked to, stores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bodies", nargs="+", metavar="BODY=INDEX")
    parser.add_argument("--nearest", type=float, default=0.12, help="chance from which on pieces are shown")
    parser.add_argument("--answered", type=float, default=0.4, help="chance from which on they are an answer")
    parser.add_argument("--write", action="store_true", help="store the judge in qa/finding/judge.toml")
    parser.add_argument("--keep", type=Path, help="a file that the gathered cases are kept in")
    args = parser.parse_args()
    cases = kept(args.keep, args.bodies)
    report(cases)
    if args.write:
        store(fit(cases), args.answered, args.nearest)


def kept(place: Path | None, bodies: Sequence[str]) -> list[Case]:
    """The cases of these bodies, read from a file where they were gathered before."""
    if place and place.exists():
        rows = json.loads(place.read_text(encoding="utf-8"))
        return [Case(b, np.array(s), a, able, c) for b, s, a, able, c in rows]
    cases = [case for body in map(read_body, bodies) for case in gather(body)]
    if place:
        rows = [[c.body, c.signs.tolist(), c.answers, c.answerable, c.composed] for c in cases]
        place.write_text(json.dumps(rows), encoding="utf-8")
    return cases


def gather(body: Body) -> Iterator[Case]:
    """Asks every question of a body and keeps how what was found looks."""
    with Minutebook.open(body.index, today=body.today) as book:
        for asked in tqdm(body.asked, desc=body.name):
            scope = {"records": [asked.scope]} if asked.scope else {}
            with book.evidence(asked.text, **scope) as (session, empty, evidence, calendar):
                question = evidence.asked or empty.question
                if question.missing or not evidence.candidates:
                    continue
                answer = composed(session, empty, evidence, calendar)
                signs = signs_of(session, question, evidence.candidates, answer)
                told = not falls_short(answer)
                shown = answer if told else nearest(session, answer, evidence)
            cites = [(c.record.record_id, c.start, c.end) for c in shown.citations]
            right = asked.answerable and asked.held_by(cites)
            row = np.array([signs[name] for name in SIGNS])
            yield Case(body.name, row, right, asked.answerable, told)


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model of standardised signs."""

    weights: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    bias: float

    def chances(self, cases: Sequence[Case]) -> np.ndarray:
        signs = (np.array([case.signs for case in cases]) - self.means) / self.deviations
        return 1 / (1 + np.exp(-(signs @ self.weights + self.bias)))


def fit(cases: Sequence[Case], without: int | None = None) -> Fit:
    """Ridge-regularised logistic regression by Newton's method; each body counts alike."""
    signs = np.array([case.signs for case in cases])
    means, deviations = signs.mean(0), signs.std(0)
    deviations[deviations == 0] = 1.0
    rows = np.c_[(signs - means) / deviations, np.ones(len(cases))]
    if without is not None:
        rows[:, without] = 0.0
    right = np.array([case.answers for case in cases], float)
    sizes = {body: sum(case.body == body for case in cases) for body in {case.body for case in cases}}
    share = np.array([len(cases) / len(sizes) / sizes[case.body] for case in cases])
    penalty = np.diag([RIDGE] * len(SIGNS) + [1e-6])
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (share * (right - chance)) - penalty @ found
        bend = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + penalty
        found += np.linalg.solve(bend, slope)
    return Fit(found[:-1], means, deviations, float(found[-1]))


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


def report(cases: Sequence[Case]) -> None:
    """Prints how well bodies are judged that the model was not fitted on."""
    chances = left_out(cases)
    answers, able = np.array([c.answers for c in cases]), np.array([c.answerable for c in cases])
    print(f"{len(cases)} questions, {able.sum()} answerable, {answers.sum()} answered by what would be shown")
    print(f"area under the curve: answers {area(chances, answers):.3f}, answerable {area(chances, able):.3f}")
    print("chance  wrongly  abstain  right of answered")
    for least in np.arange(0.05, 0.95, 0.05):
        given = chances >= least
        print(
            f"{least:6.2f}  {1 - given[able].mean():7.3f}  {1 - given[~able].mean():7.3f}  {answers[given].mean():7.3f}"
        )
    print("without a sign, area of answers and answerable:")
    for place, name in enumerate(SIGNS):
        lost = left_out(cases, place)
        print(f"  {name:10} {area(lost, answers):.3f}  {area(lost, able):.3f}")


def store(found: Fit, answered: float, near: float) -> None:
    """Writes the judge that is shipped."""
    lines = [
        "# Fitted by benchmarks/fit_judge.py; what each sign means stands in qa/finding/judge.py.\n",
        f"bias = {found.bias:.4f}",
        f"answered = {answered}",
        f"nearest = {near}\n",
    ]
    for name, values in (
        ("weights", found.weights),
        ("means", found.means),
        ("deviations", found.deviations),
    ):
        lines.append(f"[{name}]")
        lines += [f"{sign} = {value:.4f}" for sign, value in zip(SIGNS, values, strict=True)]
        lines.append("")
    Path(judge.__file__).with_name("judge.toml").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
