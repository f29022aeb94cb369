"""The sample questions, asked as `python -m qa evaluate` asks them: floors below what is measured today."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa.evaluate import EvaluationError, Run, read_questions, run, write_run
from qa.metrics import Asked, DocSpan
from tests.qa.conftest import SAMPLES

QUESTIONS = SAMPLES.parent / "questions.jsonl"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Run:
    return run(SAMPLES, read_questions(QUESTIONS), tmp_path_factory.mktemp("evaluation") / "index", encoder)


@pytest.mark.parametrize(
    ("metric", "floor"),
    [("hit@1", 0.70), ("hit@5", 0.88), ("mrr@10", 0.77), ("cover", 0.88), ("abstain", 0.80)],
)
def test_what_is_asked_is_found(done: Run, metric: str, floor: float) -> None:
    assert done.scores[metric] >= floor


def test_few_answerable_questions_go_unanswered(done: Run) -> None:
    assert done.scores["wrongly"] <= 0.10


def test_every_citation_lies_in_a_passage_that_was_judged(done: Run) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SAMPLES.iterdir()}
    for result in done.results:
        for citation in result.citations or ():
            assert texts[citation.doc][citation.start : citation.end].strip()


def test_a_run_is_written_a_line_per_question(done: Run, tmp_path: Path) -> None:
    import json

    write_run(done.results, tmp_path / "run.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [asked.id for asked in read_questions(QUESTIONS)]
    assert all(len(row["passages"]) <= 40 for row in rows)
    assert {"id", "passages", "answer", "citations", "abstained", "seconds"} == set(rows[0])


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "question": "?", "gold": []}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match="Line 2"):
        read_questions(path)


def test_a_question_that_cannot_be_asked_is_a_miss_and_the_others_go_on(
    tmp_path: Path, encoder: SentenceTransformerEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("The council approved the gas alarm rule.", encoding="utf-8")
    asked = [
        Asked("lost", "What was approved?", scope="b.txt", gold=(DocSpan("b.txt", 0, 5),)),
        Asked("empty", " ", gold=(DocSpan("a.txt", 0, 5),)),
        Asked("good", "What was decided on the gas alarm rule?", gold=(DocSpan("a.txt", 0, 40),)),
    ]
    done = run(tmp_path / "docs", asked, tmp_path / "index", encoder)
    assert [bool(result.passages) for result in done.results] == [False, False, True]
    assert done.scores["hit@1"] == pytest.approx(1 / 3)
    assert "b.txt is not in the index" in (done.results[0].answer or "")
