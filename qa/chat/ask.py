"""The screen one asks on: questions in a conversation, answers as they grow, the line of those who wait."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import gradio as gr

from qa import Minutebook
from qa.answers import Answer, Question
from qa.chat.history import keep, reopen
from qa.chat.line import Line, LineFull
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.corrections import corrected
from qa.interface import Interface, words_in
from qa.page import address, frame, turns
from qa.page.turns import Names, Turns
from qa.suggestions import suggest
from qa.words.ask import WORDS

AT_ONCE = 2  # questions answered at a time; the rest wait in line
IN_LINE = 200  # questions that may wait


def lay_out(
    wire: Wire, book: Minutebook, kept: gr.State, index: str, examples: Mapping[str, Sequence[str]]
) -> None:
    """The conversation, the question box under it, and before the first question an invitation."""
    with screen("ask"):
        welcome, past, now, further, trouble, box, asks = (
            html(f"mb-{name}") for name in ("welcome", "past", "now", "further", "trouble", "box", "asks")
        )
    desk = _Desk(book, kept, past, now, further, trouble)

    def open_screen(answered: Turns, request: gr.Request) -> tuple[str, ...]:
        language = language_of(request)
        held = book.meetings()
        names = Names(book.bodies(), book.speakers(), held)
        return (
            turns.welcome(held, language, index),
            turns.box(names, language),
            turns.examples(examples.get(language, ()), language) if held else "",
            turns.conversation(answered, language),
            *("" for _ in range(3)),
        )

    wire.on_open(open_screen, [kept], [welcome, box, asks, past, now, further, trouble])
    shown = [past, now, further, trouble, kept]
    wire.on("ask", desk.ask, [kept], shown, queue=True, concurrency_limit=None, trigger_mode="multiple")
    wire.on("stop", desk.stop)
    wire.on("further", desk.suggest, [kept], [further])
    wire.on("reopen", desk.reopen, outputs=shown)


class _Desk:
    """Where questions are taken: asks the book, and says which parts of the page show what."""

    def __init__(
        self,
        book: Minutebook,
        kept: gr.State,
        past: gr.HTML,
        now: gr.HTML,
        further: gr.HTML,
        trouble: gr.HTML,
    ) -> None:
        self.book = book
        self.kept, self.past, self.now, self.further, self.trouble = kept, past, now, further, trouble
        self.line = Line(AT_ONCE, IN_LINE)
        self._threads = ThreadPoolExecutor(AT_ONCE, "answer")
        self._stops: dict[str, asyncio.Event] = {}

    async def ask(self, kept: Turns, request: gr.Request, event: gr.EventData) -> AsyncIterator[dict]:
        """A new turn: the question at once, its place in the line, then its answer as it grows.

        The event holds a question and perhaps pieces that were typed, or the number of a turn to ask again.
        """
        language, stop = language_of(request), asyncio.Event()
        self._stops[str(request.session_hash)] = stop
        text, before, answer = str(getattr(event, "question", "") or ""), kept, None
        try:
            asked, before = self._asked(kept, event)
            text = asked if isinstance(asked, str) else asked.text
            growing = self._growing(asked, before)
            number = before.next
            yield {
                self.past: turns.conversation(before, language),
                self.now: turns.asking(text, language, number),
                self.further: "",
                self.trouble: "",
            }
            async with self.line.place() as place:
                async for ahead in _until(stop, place.moves()):
                    yield {self.now: turns.asking(text, language, number, ahead)}
                async for answer in _until(stop, self._steps(growing)):
                    yield {self.now: turns.turn(answer, language, number, growing=True)}
        except LineFull:
            yield self._unanswered(text, before, words_in(language).overloaded, language)
        except Exception as problem:
            yield self._unanswered(text, before, sentence_for(problem, language), language)
        else:
            shown = self._answered(answer, text, before, stop.is_set(), language)
            yield shown
            if sentence := await keep(self.book.history, shown[self.kept], language):
                yield {self.trouble: frame.trouble(sentence, language)}
        finally:
            if self._stops.get(str(request.session_hash)) is stop:
                del self._stops[str(request.session_hash)]

    def reopen(self, request: gr.Request, event: gr.EventData) -> dict[Any, Any]:
        """A conversation that was kept, to go on with."""
        language = language_of(request)
        try:
            again = reopen(self.book, str(event.conversation), language)
        except Exception as problem:
            return {self.trouble: frame.trouble(sentence_for(problem, language), language)}
        shown = turns.conversation(again, language)
        return {self.past: shown, self.now: "", self.further: "", self.trouble: "", self.kept: again}

    def stop(self, request: gr.Request) -> None:
        """Ends the answer that is growing on this page."""
        if stop := self._stops.get(str(request.session_hash)):
            stop.set()

    def suggest(self, kept: Turns, request: gr.Request) -> str:
        """Questions to go on with after the last answer, unless others are waiting for theirs."""
        if not kept.answers or not self.line.idle:
            return ""
        return turns.next_questions(suggest(self.book, kept.answers[-1]), language_of(request))

    def _asked(self, kept: Turns, event: gr.EventData) -> tuple[str | Question, Turns]:
        """What is asked, and the conversation it is asked after: the last turn gives way when it is asked again."""
        typed = address.typed_in(getattr(event, "typed", None) or {})
        number = getattr(event, "turn", None)
        earlier = kept.answer(int(number)) if number else None
        if earlier is not None:
            return corrected(earlier.question, typed), kept.before(int(number))
        question = str(event.question)
        return (corrected(self.book.read(question), typed) if typed else question), kept

    def _growing(self, asked: str | Question, before: Turns) -> Iterator[Answer]:
        if isinstance(asked, Question):
            return self.book.stream(asked)
        return self.book.conversation(before.answers).stream(asked)

    async def _steps(self, growing: Iterator[Answer]) -> AsyncIterator[Answer]:
        """The stages of an answer, each made in a thread so that the page goes on serving others."""
        loop, end = asyncio.get_running_loop(), object()
        while (answer := await loop.run_in_executor(self._threads, next, growing, end)) is not end:
            yield answer  # type: ignore[misc]

    def _answered(
        self, answer: Answer | None, text: str, before: Turns, stopped: bool, language: Interface
    ) -> dict[Any, Any]:
        """The finished turn; one that was stopped says so, and is none when nothing had been said."""
        if stopped and (answer is None or not answer.groups):
            return self._unanswered(text, before, WORDS[language].stopped_early, language)
        assert answer is not None
        if stopped:
            answer = replace(answer, notices=(*answer.notices, WORDS[language].stopped))
        return {
            self.now: turns.turn(answer, language, before.next),
            self.kept: before.followed_by(answer),
        }

    def _unanswered(self, question: str, before: Turns, sentence: str, language: Interface) -> dict[Any, Any]:
        """The conversation as it was, the question back in its box, and why it was not answered."""
        return {
            self.past: turns.conversation(before, language),
            self.now: "",
            self.trouble: frame.trouble(sentence, language, question),
            self.kept: before,
        }


async def _until(stop: asyncio.Event, steps: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The steps up to the moment that `stop` is set; what is being made then is no longer waited for."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while True:
            step = asyncio.ensure_future(anext(steps, None))
            await asyncio.wait({step, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set() or step.result() is None:
                step.cancel()
                return
            yield step.result()
    finally:
        stopping.cancel()
