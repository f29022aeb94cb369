"""The screen on which clerks hand records in: the files arrive by `uploads`, here they are planned and taken in."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from ingest.desk import Desk
from ingest.inbox import MOST_FILES
from ingest.jobs import Job
from ingest.outcomes import Report
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.interface import Interface
from qa.page import frame, intake
from qa.page.intake import Turned
from qa.words.intake import WORDS
from qa.words.reasons import without_folders

_MOST_TURNED = 2 * MOST_FILES  # of those turned away, that are told of
_LONGEST = 300  # characters of the name of one, and of its reason
_LOOK = 0.25  # seconds between two looks at how far the work is


@dataclass(frozen=True, slots=True)
class _Work:
    """What one clerk has on the desk: a batch, those turned away at the door, its plan, the job that takes it in."""

    batch: str = ""
    turned: tuple[Turned, ...] = ()
    report: Report | None = None
    job: int | None = None


def lay_out(wire: Wire, desk: Desk) -> None:
    """Where files are dropped; under it the plan, the progress or the report; under that what goes on."""
    clerk = _Clerk(desk)
    work = gr.State(_Work(), time_to_live=24 * 3600, delete_callback=clerk.leave)
    with screen("intake"), gr.Column(elem_classes="mb-sheet"):
        drop, plan, state = (html(f"mb-{name}") for name in ("drop", "plan", "desk"))

    def open_screen(held: _Work, request: gr.Request) -> tuple[str, str, str]:
        language = language_of(request)
        top = intake.drop(desk.outdated(), language)
        return top, clerk.shown(held, language), intake.state(desk.state(), language)

    def look(request: gr.Request) -> str:
        return intake.state(desk.state(), language_of(request))

    def reindex(request: gr.Request, event: gr.EventData) -> str:
        language = language_of(request)
        try:
            (desk.stop_reindexing if event.stop else desk.reindex)()
        except Exception as problem:
            return frame.trouble(sentence_for(problem, language), language)
        return intake.state(desk.state(), language)

    wire.on_open(open_screen, [work], [drop, plan, state])
    wire.on("desk", look, outputs=[state])
    wire.on("reindex", reindex, outputs=[state])
    going = {"queue": True, "concurrency_limit": None, "trigger_mode": "multiple"}
    wire.on("hand_in", clerk.plan, [work], [plan, work], **going)
    wire.on("take_in", clerk.take_in, [work], [plan, state, work], **going)
    wire.on("withdraw", clerk.withdraw, [work], [plan, work])
    wire.on("stop_intake", clerk.stop, [work])


def _turned(told: Sequence[Mapping[str, object]]) -> tuple[Turned, ...]:
    """What the page says was turned away, as much of it as is kept with the page."""
    turned = [
        Turned(str(one["name"])[:_LONGEST], str(one["reason"])[:_LONGEST]) for one in told[:_MOST_TURNED]
    ]
    if left := len(told) - len(turned):
        turned.append(Turned("…", f"{left} more files were turned away."))
    return tuple(turned)


class _Clerk:
    """What clerks do at a desk; each one's work is in the state of their own page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def shown(self, work: _Work, language: Interface) -> str:
        """The middle of the screen for work as it stands."""
        if work.job is not None:
            return self._job_shown(self.desk.job(work.job), language)
        return intake.plan(work.report, work.turned, language) if work.report else ""

    async def plan(
        self, work: _Work, request: gr.Request, event: gr.EventData
    ) -> AsyncIterator[tuple[str, _Work]]:
        """Reads the batch that arrived and shows what taking it in would change."""
        language = language_of(request)
        batch, turned = str(event.batch), _turned(event.turned)
        if work.batch and work.batch != batch and work.job is None:
            self.desk.withdraw(work.batch)
        done = 0

        def count(_: Any) -> None:
            nonlocal done
            done += 1

        try:
            total = len(self.desk.arrivals(batch))
            planning = asyncio.ensure_future(asyncio.to_thread(self.desk.plan, batch, count))
            while not planning.done():
                yield intake.reading(done, total, language), _Work(batch, turned)
                await asyncio.wait([planning], timeout=_LOOK)
            report = planning.result()
        except Exception as problem:
            yield frame.trouble(sentence_for(problem, language), language), _Work()
        else:
            yield intake.plan(report, turned, language), _Work(batch, turned, report)

    async def take_in(self, work: _Work, request: gr.Request) -> AsyncIterator[tuple[str, str, _Work]]:
        """Has the plan carried out and follows it to its end; it goes on when the page is closed."""
        language = language_of(request)
        if work.report is None or work.job is not None:
            return
        try:
            number = await asyncio.to_thread(self.desk.take_in, work.batch, work.report)
            work = replace(work, job=number)
            while (job := await asyncio.to_thread(self.desk.job, number)) and not job.over:
                yield self._job_shown(job, language), intake.state(self.desk.state(), language), work
                await asyncio.sleep(_LOOK)
        except Exception as problem:
            yield frame.trouble(sentence_for(problem, language), language), "", work
        else:
            yield self._job_shown(job, language), intake.state(self.desk.state(), language), work

    def withdraw(self, work: _Work, request: gr.Request) -> tuple[str, _Work]:
        """Forgets what was handed in, or clears a report that was read."""
        language = language_of(request)
        self.leave(work)
        planned = work.report is not None and work.job is None and not self.desk.inbox.is_aside(work.batch)
        return intake.ended(WORDS[language].withdrawn, language) if planned else "", _Work()

    def stop(self, work: _Work) -> None:
        """Ends the work that is under way."""
        if work.job is not None:
            self.desk.cancel(work.job)

    def leave(self, work: _Work) -> None:
        """Nothing stays of what somebody handed in and left without a word; a job that began goes on."""
        if work.batch and work.job is None:
            self.desk.withdraw(work.batch)

    def _job_shown(self, job: Job | None, language: Interface) -> str:
        words = WORDS[language]
        if job is None:
            return ""
        if job.state == "failed":
            return intake.ended(words.job_failed.format(reason=without_folders(str(job.result))), language)
        if job.over:
            done = Report.from_json(job.result or [])
            if job.state == "cancelled":
                return intake.ended(words.cancelled, language, done)
            return intake.report(done, language)
        return intake.progress(job.progress, language) if job.progress else intake.waiting(language)
