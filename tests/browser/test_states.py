"""Honest states: an answer that is stopped, a line of askers, a language model that is down."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa import Minutebook
from qa.answers import Answer
from qa.chat import build, launch
from qa.model.clients import model_from
from qa.suggestions import suggest
from qa.words.ask import WORDS
from tests.qa.openai_server import OpenAIServer, Raw, Script, Wait

from .conftest import ANSWERING, Visit, free_port

QUESTION = "What did the meeting decide on real estate?"
SECONDS = 100  # longer than any test waits
Open = Callable[..., Visit]


@contextmanager
def served(index: Path, script: Script) -> Iterator[str]:
    """The chat over the index with a language model that says what a script has it say."""
    pytest.importorskip("llama_index.llms.openai_like", reason="the language model extra is not installed")
    with OpenAIServer(script) as server:
        model = model_from(f"openai-like:test@{server.url}", key=None, seconds=SECONDS, plain_http=False)
        with Minutebook.open(index, llm=model, llm_seconds=SECONDS) as book:
            page = build(book)
            yield launch(page, "127.0.0.1", free_port())
            page.close(verbose=False)


def test_an_answer_is_stopped_and_who_waits_is_told_the_place(visit: Open, index: Path) -> None:
    with served(index, lambda _: Wait(SECONDS)) as address:
        pages = [visit(address).page for _ in range(3)]
        for page in pages:
            page.locator("#mb-question textarea").fill(QUESTION)
            page.locator("#mb-question textarea").press("Enter")
            page.locator("#t1[aria-busy]").wait_for(timeout=ANSWERING)
        pages[2].get_by_text("Place 1 in the line").wait_for()
        for page in pages[:2]:  # the records' own words are there while the model is waited for
            page.locator("#t1[aria-busy] .mb-mark").first.wait_for(timeout=ANSWERING)
        pages[0].get_by_role("button", name="Stop").click()
        pages[0].get_by_text(WORDS["en"].stopped).wait_for()
        pages[2].get_by_text("Place 1 in the line").wait_for(state="detached")
        assert pages[0].locator("#t1 .mb-mark").count() > 1
        pages[2].locator("#t1[aria-busy] .mb-mark").first.wait_for(timeout=ANSWERING)
        for page in pages[1:]:
            page.get_by_role("button", name="Stop").click()
            page.get_by_text(WORDS["en"].stopped).wait_for()


def test_further_questions_are_dropped_when_somebody_asks(
    visit: Open, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The questions tried for one page are held, another page asks, and is answered before they go on."""
    with Minutebook.open(index) as book:
        tried, goes = threading.Semaphore(0), threading.Event()
        extract = book.extract

        def held(question: str) -> Answer:
            tried.release()
            assert goes.wait(SECONDS)
            return extract(question)

        monkeypatch.setattr(book, "extract", held)
        page = build(book)
        address = launch(page, "127.0.0.1", free_port())
        first, second = visit(address), visit(address)
        first.ask(QUESTION)
        assert tried.acquire(timeout=SECONDS)
        second.ask(QUESTION)  # answered although the other's further questions are still being tried
        assert second.page.locator("#t1 .mb-mark").count() > 1
        first.page.locator("#mb-question textarea").fill("What was decided on gas safety?")
        first.page.locator("#mb-question textarea").press("Enter")
        first.page.locator("#t2:not([aria-busy])").wait_for(timeout=ANSWERING)
        goes.set()
        first.page.locator(".mb-further button").first.wait_for(timeout=ANSWERING)
        expected = suggest(book, book.ask("What was decided on gas safety?"))
        assert first.page.locator(".mb-further button").all_inner_texts() == expected
        page.close(verbose=False)


def test_a_language_model_that_is_down_leaves_the_cited_answer_and_a_notice(visit: Open, index: Path) -> None:
    with served(index, lambda _: Raw(b"{}", status=503)) as address:
        page = (seen := visit(address)).page
        seen.ask(QUESTION)
        assert page.locator("#t1 .mb-mark").count() > 1
        assert any("language model" in notice for notice in page.locator("#t1 .mb-notice").all_inner_texts())
