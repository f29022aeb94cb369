"""The screen one asks on: questions in a conversation, answers as they grow, the line of those who wait."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import gradio as gr

from qa import Minutebook
from qa.answers import Answer, Question
from qa.chat.history import current, keep, reopen
from qa.chat.line import EnoughWaiting, Line, LineFull
from qa.chat.marks import known
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.corrections import corrected
from qa.filters import number_of
from qa.interface import Interface, words_in
from qa.page import address, frame, turns
from qa.page.turns import Names, Turns
from qa.suggestions import suggest
from qa.words.ask import WORDS

AT_ONCE = 2  # questions answered at a time; the rest wait in line
IN_LINE = 200  # questions that may wait
SELDOM = 1.0  # seconds between two looks at an answer that grows while others wait
THREADS = 32  # an answer that is stopped holds its thread until the model lets go of it


def lay_out(
    wire: Wire, book: Minutebook, kept: gr.State, index: str, examples: Mapping[str, Sequence[str]]
) -> None:
    """The conversation, the question box under it, and before the first question an invitation."""
    with screen("ask"):
        state, welcome, past, now, further, trouble, box, asks = (
            html(f"mb-{name}")
            for name in ("state", "welcome", "past", "now", "further", "trouble", "box", "asks")
        )
        names = html("mb-names")
    desk = _Desk(book, kept, past, now, further, trouble)

    def invite(request: gr.Request) -> tuple[str, str]:
        language, held = language_of(request), book.meetings()
        offered = turns.examples(examples.get(language, ()), language) if held else ""
        return turns.welcome(held, language, index, every_language=book.knows_every_language), offered

    def open_screen(answered: Turns, request: gr.Request) -> tuple[str, ...]:
        language = language_of(request)
        shown = turns.conversation(current(book, answered, language), language)
        return (*invite(request), turns.box(language), shown, *("" for _ in range(3)))

    def show_state(request: gr.Request) -> str:
        return turns.state(_under_way(book), book.degraded, language_of(request), book.generation)

    def offer(request: gr.Request) -> str:  # apart from the box, which does not wait for names to be read
        return turns.offered(Names(book.bodies(), book.speakers(), book.meetings()), language_of(request))

    wire.on_open(show_state, outputs=[state])
    wire.on("state", show_state, outputs=[state])
    wire.on_open(open_screen, [kept], [welcome, asks, box, past, now, further, trouble])
    wire.on_open(offer, outputs=[names])
    wire.on("held", invite, outputs=[welcome, asks])
    wire.on("held", offer, outputs=[names])
    shown = [past, now, further, trouble, kept]
    wire.on("ask", desk.ask, [kept], shown, queue=True, concurrency_limit=None, postprocess=False)
    wire.on("stop", desk.stop)
    wire.on("further", desk.suggest, [kept], [further])
    wire.on("check", desk.check, [kept], [past, now, further, kept])
    wire.on("reopen", desk.reopen, outputs=shown)


def _under_way(book: Minutebook) -> list[tuple[int, int]]:
    """How far the jobs are that take records in: done and total of each."""
    jobs = book.desk.state().index.jobs if book.desk else ()
    taking = [job for job in jobs if job.kind in ("ingest", "inbox") and not job.over]
    return [(job.progress.done, job.progress.total) if job.progress else (0, 0) for job in taking]


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
        self._threads = ThreadPoolExecutor(THREADS, "answer")
        self._stops: dict[str, asyncio.Event] = {}
        # By page; set once it asks on while further questions are tried for it.
        self._tried: dict[str, threading.Event] = {}

    async def ask(self, kept: Turns, request: gr.Request, event: gr.EventData) -> AsyncIterator[dict]:
        """A new turn: the question at once with its place in the line, then its answer as it grows.

        Each time all that is shown is given, the same where it did not change: of a part that is left out Gradio makes
        a new one, which costs more than the rest of the message. The event holds a question and perhaps pieces that
        were typed, or the number of a turn to ask again.
        """
        language, stop = language_of(request), asyncio.Event()
        self._stops[str(request.session_hash)] = stop
        if tried := self._tried.get(str(request.session_hash)):
            tried.set()
        text, before, answer = str(getattr(event, "question", "") or ""), kept, None
        try:
            kept = before = await asyncio.to_thread(current, self.book, kept, language)
            asked, before = self._asked(kept, event)
            text = asked if isinstance(asked, str) else asked.text
            growing = self._growing(asked, before)
            number = before.next
            shown = self._shown(turns.conversation(before, language), "", "", kept)
            async with self.line.place(known(request.cookies)) as place:
                yield shown | {self.now: turns.asking(text, language, number, place.tell())}
                async for ahead in _until(stop, place.moves()):
                    yield shown | {self.now: turns.asking(text, language, number, ahead)}
                looked = time.monotonic()
                async for answer in _until(stop, self._steps(growing)):
                    now = time.monotonic()
                    if not self.line.waiting or now - looked >= SELDOM:
                        looked = now
                        yield shown | {self.now: turns.turn(answer, language, number, growing=True)}
        except LineFull as full:
            sentence = words_in(language).overloaded.format(seconds=full.seconds)
            yield self._unanswered(text, before, sentence, language)
        except EnoughWaiting:
            sentence = WORDS[language].enough_waiting.format(most=self.line.of_one)
            yield self._unanswered(text, before, sentence, language)
        except Exception as problem:
            yield self._unanswered(text, before, sentence_for(problem, language), language)
        else:
            shown |= self._answered(answer, text, before, stop.is_set(), language)
            yield shown
            if sentence := await keep(self.book.history, shown[self.kept], language):
                yield shown | {self.trouble: frame.trouble(sentence, language)}
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

    def suggest(self, kept: Turns, request: gr.Request) -> Any:
        """Questions to go on with after the last answer, as long as nobody waits for one."""
        if not kept.answers:
            return ""
        session, dropped = str(request.session_hash), threading.Event()
        self._tried[session] = dropped

        def wanted() -> bool:
            return self.line.idle and not dropped.is_set()

        try:
            found = suggest(self.book, kept.answers[-1], wanted)
        finally:
            if self._tried.get(session) is dropped:
                del self._tried[session]
        if dropped.is_set():
            return gr.skip()
        return turns.next_questions(found, language_of(request))

    def check(self, kept: Turns, request: gr.Request) -> Any:
        """Takes back what may not be shown any more, such as the quotes of a record that was purged."""
        language = language_of(request)
        now = current(self.book, kept, language)
        if now.answers == kept.answers or str(request.session_hash) in self._stops:
            return gr.skip()
        return {self.past: turns.conversation(now, language), self.now: "", self.further: "", self.kept: now}

    def _asked(self, kept: Turns, event: gr.EventData) -> tuple[str | Question, Turns]:
        """What is asked, and the conversation it is asked after: the last turn gives way when it is asked again."""
        typed = address.typed_in(getattr(event, "typed", None) or {})
        number = number_of(getattr(event, "turn", None))
        earlier = kept.answer(number) if number else None
        if number and earlier is not None:
            return corrected(earlier.question, typed), kept.before(number)
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
        trouble = frame.trouble(sentence, language, question)
        return self._shown(turns.conversation(before, language), "", trouble, before)

    def _shown(self, past: str, now: str, trouble: str, kept: Turns) -> dict[Any, Any]:
        """All that a turn shows."""
        return {self.past: past, self.now: now, self.further: "", self.trouble: trouble, self.kept: kept}


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
