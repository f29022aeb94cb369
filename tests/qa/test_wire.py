"""What goes wrong is told in a sentence; what cannot be told is found in the log under a number."""

import logging
import re

import pytest

from qa.chat.wire import sentence_for
from qa.errors import QuestionError


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fault_is_told_as_a_number_that_the_log_explains(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        try:
            raise KeyError("a secret of the index")
        except KeyError as fault:
            said = sentence_for(fault, language)
    number = re.search(r"[0-9a-f]{6}", said)
    assert number and number[0] in caplog.text and "KeyError" in caplog.text
    assert "secret" not in said and "KeyError" not in said


def test_what_is_wrong_with_a_question_is_said_as_it_is() -> None:
    assert sentence_for(QuestionError("The question is empty."), "en") == "The question is empty."
