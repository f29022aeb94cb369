"""An evaluation run: ingest a folder, ask every question of a file, write what was found, and score it."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.encoder import Encoder
from ingest.index import OwnedIndex
from ingest.pipeline import Outcome, Report, ingest
from ingest.readers.opening import why_no_file
from qa.answers import Answer
from qa.engine import Minutebook
from qa.errors import QaError, QuestionError
from qa.metrics import Asked, DocSpan, Result, evaluate

PASSAGES = 40  # of a question, best first


class EvaluationError(QaError):
    """The questions file cannot be used."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished evaluation: what the ingest did, a result per question, and the scores."""

    report: Report
    results: tuple[Result, ...]
    scores: dict[str, float]


def run(
    docs: Path,
    questions: Sequence[Asked],
    index: Path,
    encoder: Encoder,
    *,
    on_file: Callable[[Outcome], None] | None = None,
    on_result: Callable[[Result], None] | None = None,
) -> Run:
    """Ingests `docs` into `index` (only what changed) and asks every question; spans name files relative to `docs`."""
    with OwnedIndex.open(index, encoder) as owned:
        report = ingest([docs], owned, on_file)
    results = []
    with Minutebook.open(index, encoder=encoder, own=True) as book:
        book.warm()
        names = document_names(report, docs)
        for result in _ask_all(book, questions, names):
            results.append(result)
            if on_result:
                on_result(result)
    return Run(report, tuple(results), evaluate(questions, results))


def document_names(report: Report, docs: Path) -> dict[str, str]:
    """Record id to path relative to the folder, for every file that is in the index."""
    root = docs.resolve()
    return {
        outcome.record_id: outcome.path.resolve().relative_to(root).as_posix()
        for outcome in report.outcomes
        if outcome.record_id
    }


def read_questions(path: Path) -> list[Asked]:
    """The questions of a JSON Lines file. Raises EvaluationError naming the line that is wrong."""
    out = []
    if reason := why_no_file(path):
        raise EvaluationError(f"Cannot read the questions {path}: {reason}.")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EvaluationError(f"Cannot read the questions {path}: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            gold = tuple(DocSpan(span["doc"], span["start"], span["end"]) for span in row["gold"])
            out.append(
                Asked(
                    id=row["id"],
                    question=row["question"],
                    scope=row.get("scope"),
                    gold=gold,
                    answer=row.get("answer"),
                    must_contain=tuple(row.get("must_contain") or ()),
                    unanswerable=bool(row.get("unanswerable")),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(f"Line {number} of {path} is no question ({error!r}).") from error
    return out


def write_run(results: Sequence[Result], path: Path) -> None:
    """A line per question: id, passages, answer, citations, abstained, seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(_row(r), ensure_ascii=False) + "\n" for r in results), encoding="utf-8"
    )


def _ask_all(book: Minutebook, questions: Sequence[Asked], names: dict[str, str]) -> Iterator[Result]:
    ids = {name: record_id for record_id, name in names.items()}
    for asked in questions:
        if asked.scope is not None and asked.scope not in ids:
            yield _unasked(asked, f"{asked.scope} is not in the index")
            continue
        records = None if asked.scope is None else [ids[asked.scope]]
        started = time.perf_counter()
        try:
            answer = book.ask(asked.question, records=records)
        except QuestionError as error:
            yield _unasked(asked, str(error))
            continue
        yield _result(asked.id, answer, names, time.perf_counter() - started)


def _unasked(asked: Asked, reason: str) -> Result:
    """What counts for a question that cannot be asked: nothing found, abstained, with the reason as its answer."""
    return Result(asked.id, (), f"Not asked: {reason}", (), True, 0.0)


def _result(question_id: str, answer: Answer, names: dict[str, str], seconds: float) -> Result:
    return Result(
        id=question_id,
        passages=tuple(DocSpan(names[h.meeting.record_id], h.start, h.end) for h in answer.hits[:PASSAGES]),
        answer=" ".join(claim.text for claim in answer.claims),
        citations=tuple(DocSpan(names[c.record.record_id], c.start, c.end) for c in answer.citations),
        abstained=answer.abstained,
        seconds=seconds,
    )


def _row(result: Result) -> dict[str, object]:
    def spans(found: Sequence[DocSpan]) -> list[dict[str, object]]:
        return [{"doc": span.doc, "start": span.start, "end": span.end} for span in found]

    return {
        "id": result.id,
        "passages": spans(result.passages),
        "answer": result.answer,
        "citations": spans(result.citations or ()),
        "abstained": result.abstained,
        "seconds": round(result.seconds or 0.0, 4),
    }
