"""The screen one asks on: questions in a conversation, answers as they grow, the line of those who wait."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from qa import Minutebook
from qa.answers import Answer
from qa.chat.line import Line, LineFull
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.interface import Interface, words_in
from qa.page import frame, turns
from qa.page.turns import Turns

AT_ONCE = 2  # questions answered at a time; the rest wait in line
IN_LINE = 200  # questions that may wait


def lay_out(wire: Wire, book: Minutebook, index: str, examples: Mapping[str, Sequence[str]]) -> None:
    """The conversation, the question box under it, and before the first question an invitation."""
    kept = gr.State(Turns(), time_to_live=24 * 3600)
    with screen("ask"):
        welcome, past, now, box, asks = (
            html(f"mb-{name}") for name in ("welcome", "past", "now", "box", "asks")
        )
        trouble = html("mb-trouble")
    desk = _Desk(book, kept, past, now, trouble)

    def open_screen(answered: Turns, request: gr.Request) -> tuple[str, ...]:
        language = language_of(request)
        held = book.meetings()
        return (
            turns.welcome(held, language, index),
            turns.box(language),
            turns.examples(examples.get(language, ()), language) if held else "",
            turns.conversation(answered, language),
            "",
        )

    wire.on_open(open_screen, [kept], [welcome, box, asks, past, now])
    shown = [past, now, trouble, kept]
    wire.on("ask", desk.ask, [kept], shown, queue=True, concurrency_limit=None, trigger_mode="multiple")


class _Desk:
    """Where questions are taken: asks the book, and says which parts of the page show what."""

    def __init__(
        self, book: Minutebook, kept: gr.State, past: gr.HTML, now: gr.HTML, trouble: gr.HTML
    ) -> None:
        self.book = book
        self.kept, self.past, self.now, self.trouble = kept, past, now, trouble
        self.line = Line(AT_ONCE, IN_LINE)
        self._threads = ThreadPoolExecutor(AT_ONCE, "answer")

    async def ask(self, before: Turns, request: gr.Request, event: gr.EventData) -> AsyncIterator[dict]:
        """A new turn: the question at once, its place in the line, then its answer as it grows."""
        question, language, number = str(event.question), language_of(request), before.next
        try:
            growing = self.book.conversation(before.answers).stream(question)
            yield {
                self.past: turns.conversation(before, language),
                self.now: turns.asking(question, language, number),
                self.trouble: "",
            }
            answer = None
            async with self.line.place() as place:
                async for ahead in place.moves():
                    yield {self.now: turns.asking(question, language, number, ahead)}
                async for answer in self._steps(growing):
                    yield {self.now: turns.turn(answer, language, number, growing=True)}
        except LineFull:
            yield self._unanswered(question, before, words_in(language).overloaded, language)
        except Exception as problem:
            yield self._unanswered(question, before, sentence_for(problem, language), language)
        else:
            assert answer is not None
            yield {
                self.now: turns.turn(answer, language, number),
                self.kept: before.followed_by(answer),
            }

    async def _steps(self, growing: Iterator[Answer]) -> AsyncIterator[Answer]:
        """The stages of an answer, each made in a thread so that the page goes on serving others."""
        loop, end = asyncio.get_running_loop(), object()
        while (answer := await loop.run_in_executor(self._threads, next, growing, end)) is not end:
            yield answer  # type: ignore[misc]

    def _unanswered(self, question: str, before: Turns, sentence: str, language: Interface) -> dict[Any, Any]:
        """The conversation as it was, the question back in its box, and why it was not answered."""
        return {
            self.past: turns.conversation(before, language),
            self.now: "",
            self.trouble: frame.trouble(sentence, language, question),
        }
