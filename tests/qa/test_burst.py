"""Many who ask in the same moment: everybody is answered or told at once, in work that grows with their number only."""

import asyncio
import math
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.burst import Asking, Told, ask, measure
from qa import Minutebook
from qa.chat import ask as screen
from qa.chat import build, launch
from tests.alone import run_alone

QUESTIONS = (
    "What did the meeting decide on real estate?",
    "What was decided on the late fines?",
    "What was said about the museum?",
)
PATIENCE = 120  # seconds after which a test gives up on who was told nothing


class Held:
    """A book that answers nobody before it is released."""

    def __init__(self, book: Minutebook) -> None:
        self._book = book
        self.released = threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def conversation(self, answers: Any = ()) -> "Held":
        return self

    def stream(self, question: str) -> Iterator[Any]:
        assert self.released.wait(2 * PATIENCE)
        yield from self._book.conversation().stream(question)


@contextmanager
def served(book: Any) -> Iterator[str]:
    page = build(book)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield launch(page, "127.0.0.1", port)
    page.close(verbose=False)


async def burst(address: str, size: int, held: Held | None = None) -> tuple[dict[str, Told], list[Told]]:
    """What each question is answered alone, and what so many are told at once; `held` until all were told something."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits, trust_env=False) as page:
        asking = Asking.of((await page.get("config")).json())
        begun = 0

        def first() -> None:
            nonlocal begun
            begun += 1
            if held and begun == size:
                held.released.set()

        many = [ask(page, asking, QUESTIONS[n % len(QUESTIONS)], first) for n in range(size)]
        try:
            told = await asyncio.wait_for(asyncio.gather(*many), PATIENCE)
        finally:
            if held:
                held.released.set()
        return {question: await ask(page, asking, question) for question in QUESTIONS}, told


def test_everybody_hears_at_once_that_they_are_in_line_and_nobody_gets_anothers_answer(
    book: Minutebook,
) -> None:
    size, held = 60, Held(book)
    with served(held) as address:
        alone, told = run_alone(burst(address, size, held))
    for number, one in enumerate(told):
        assert one.answered and one.answer == alone[QUESTIONS[number % len(QUESTIONS)]].answer


@pytest.mark.parametrize("size", [20, 60])
def test_what_a_burst_is_told_grows_with_its_size_only(book: Minutebook, size: int) -> None:
    held = Held(book)
    with served(held) as address:
        alone, told = run_alone(burst(address, size, held))
    for number, one in enumerate(told):
        asked_alone = alone[QUESTIONS[number % len(QUESTIONS)]].shown
        assert one.shown <= asked_alone + math.log2(60)


def test_who_finds_the_line_full_is_told_when_to_come_back(
    book: Minutebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "IN_LINE", 10)
    held = Held(book)
    with served(held) as address:
        alone, told = run_alone(burst(address, 30, held))
    turned = [one for one in told if not one.answered]
    assert len(turned) == 30 - 10 - screen.AT_ONCE
    assert all("ask it again in 5 seconds" in one.trouble and one.shown <= 2 for one in turned)
    answers = {one.answer for one in alone.values()}
    assert all(one.answer in answers for one in told if one.answered)


def test_the_benchmark_prints_what_became_of_a_burst(sample_index: Path) -> None:
    printed = run_alone(measure(sample_index, 3, QUESTIONS[:2]))
    seconds, count = r" +\d+\.\d s", r" +\d+"
    assert re.fullmatch(rf" +3 +3 +0 +0{3 * seconds}{3 * count}", printed)
