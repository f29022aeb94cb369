"""The questions of an evaluation."""

import os
from pathlib import Path

import pytest

from qa.evaluate import EvaluationError, read_questions


def test_no_evaluation_waits_for_questions_that_are_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "questions.jsonl")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl: it is a named pipe \(FIFO\)"):
        read_questions(tmp_path / "questions.jsonl")
