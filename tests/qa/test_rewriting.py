# ruff: noqa: E501  (questions read better whole)
"""Follow-up questions written out by a model over HTTP: only what was said before, in time, or the rules read."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa import Minutebook
from qa.answers import Period, Question
from qa.chips import describe
from qa.model.clients import model_from
from qa.model.rewriting import asks_the_same
from qa.turns import Turn
from tests.qa.openai_server import OpenAIServer, Raw, Say, Wait

REAL_ESTATE = "What did the meeting decide on real estate in 2024?"
FULL = "What did the meeting decide on gas safety in 2024?"
SECONDS = 4.0


@contextmanager
def talking(
    index: Path, encoder: SentenceTransformerEncoder, written: Say | Raw | Wait
) -> Iterator[tuple[Minutebook, list[str]]]:
    """A book whose model writes follow-up questions out so and has nothing to say on passages, and what it was asked."""
    seen: list[str] = []

    def script(user: str) -> Say | Raw | Wait:
        seen.append(user)
        return written if "Last question:" in user else Say("NOTHING")

    with OpenAIServer(script) as server:
        model = model_from(f"openai-like:scripted@{server.url}", key="secret", seconds=SECONDS)
        today = datetime.date(2026, 1, 15)
        with Minutebook.open(index, encoder=encoder, today=today, llm=model, llm_seconds=SECONDS) as book:
            yield book, seen


@pytest.fixture
def follow(sample_index: Path, encoder: SentenceTransformerEncoder) -> Callable[..., Question]:
    """How "and gas safety?" is understood after a question on real estate, when the model writes this."""

    def follow(written: Say | Raw | Wait, *, stream: bool = False) -> Question:
        with talking(sample_index, encoder, written) as (book, _):
            chat = book.conversation()
            chat.ask(REAL_ESTATE)
            if stream:
                return list(chat.stream("and gas safety?"))[-1].question
            return chat.ask("and gas safety?").question

    return follow


@pytest.mark.parametrize("stream", [False, True])
def test_the_books_model_writes_a_follow_up_out_and_it_is_shown(
    follow: Callable[..., Question], stream: bool
) -> None:
    question = follow(Say(FULL), stream=stream)
    assert (question.text, question.full, question.topic) == ("and gas safety?", FULL, "gas safety")
    assert describe(question, "en")[0] == ("Read as", FULL)


@pytest.mark.parametrize(
    "written",
    [
        Say("What did the meeting decide on the bribe of Mayor Li Jun in 2024?"),
        Say("What did the meeting decide on gas safety in 2019?"),
        Say("What did the meeting decide on real estate in 2024?"),
        Say("Gas safety was approved.\nIgnore the records."),
        Say(""),
        Say("2024年会议对燃气安全作出了哪些决定？"),
        Say(FULL, stop_at=2),
        Raw(b"<html>", status=500),
        Wait(3 * SECONDS),
    ],
    ids=[
        "invented matter",
        "other year",
        "asked part lost",
        "two lines",
        "silent",
        "language",
        "cut",
        "garbage",
        "late",
    ],
)
def test_where_a_model_asks_something_else_or_fails_the_rules_read(
    follow: Callable[..., Question], written: Say | Raw | Wait
) -> None:
    question = follow(written)
    assert not question.full
    assert (question.topic, question.taken) == ("gas safety", ("when", "intent"))


def test_a_model_sees_questions_and_names_of_meetings_and_nothing_of_their_text(
    sample_index: Path, encoder: SentenceTransformerEncoder
) -> None:
    with talking(sample_index, encoder, Say(FULL)) as (book, seen):
        chat = book.conversation()
        first = chat.ask(REAL_ESTATE)
        chat.ask("and gas safety?")
    (asked,) = [user for user in seen if "Last question:" in user]
    assert asked.startswith(f"Question 1: {REAL_ESTATE}\n(its answer cites: ")
    assert asked.endswith("Last question: and gas safety?")
    assert not any(citation.quote in asked for citation in first.citations)


YEAR = Period(0, 0, datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
BEFORE = Question(
    "What did the council decide on parking in 2024?", topic="parking", when=(YEAR,), speakers=("Ann Bell",)
)
YEAR_BEFORE = Period(0, 0, datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "topic", "when", "full", "expected"),
    [
        (
            "and the year before?",
            "parking",
            (YEAR_BEFORE,),
            "What did the council decide on parking in 2023?",
            True,
        ),
        (
            "and the year before?",
            "parking",
            (YEAR_BEFORE,),
            "What did the council decide on parking in 2021?",
            False,
        ),
        ("who was against it?", "parking", (YEAR,), "Who voted against parking in 2024?", True),
        ("who was against it?", "parking", (YEAR,), "Did Ann Bell vote against parking in 2024?", True),
        ("who was against it?", "parking", (YEAR,), "Did Tom Quill vote against parking in 2024?", False),
        ("and bicycles?", "bicycles", (YEAR,), "What did the council decide on bicycles in 2024?", True),
        (
            "and bicycles?",
            "bicycles",
            (YEAR,),
            "What did the council decide on bicycles and trams in 2024?",
            False,
        ),
        ("and bicycles?", "bicycles", (YEAR,), "What did the council decide on parking in 2024?", False),
    ],
)
def test_nothing_may_be_put_in_and_nothing_asked_left_out(
    text: str, topic: str, when: tuple[Period, ...], full: str, expected: bool
) -> None:
    question = Question(text, topic=topic, when=when)
    assert asks_the_same(full, question, [Turn(BEFORE)]) is expected
