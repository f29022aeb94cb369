"""What goes wrong is told in a sentence; what cannot be told is found in the log under a number."""

import logging
import re
from pathlib import Path

import pytest

from ingest.errors import CatalogError
from qa.chat.wire import sentence_for
from qa.errors import QuestionError
from qa.words.reasons import reason


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


@pytest.mark.parametrize("folder", ["/srv/town", "/home/a clerk/index", "/"])
def test_nobody_is_told_where_on_this_machine_things_lie(folder: str) -> None:
    lies = Path(folder) / "inbox" / "a.md"
    told = f"Cannot use {lies}: it is empty; see {lies.with_name('meetings.toml')} and/or ask."
    assert (
        sentence_for(CatalogError(told), "en")
        == "Cannot use a.md: it is empty; see meetings.toml and/or ask."
    )
    for language in ("en", "zh"):
        assert folder + "inbox" not in reason(told, language)[0] and "/inbox" not in reason(told, language)[0]


def test_what_is_wrong_with_a_question_is_said_as_it_is() -> None:
    assert sentence_for(QuestionError("The question is empty."), "en") == "The question is empty."
