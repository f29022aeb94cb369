"""Between browser and Python: one wire that carries events, and what every screen is laid out with.

The scripts of the page call `minutebook.send(event, data)`; the handler bound to that event of the wire gets the data.
Each screen is a column that is shown while the address names it.
"""

import json
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ingest.errors import IngestError
from qa.errors import QaError
from qa.interface import Interface, preferred, words_in
from qa.page.frame import COOKIE
from qa.words.reasons import without_folders

EVENTS = (  # what the scripts may send
    *("ask", "stop", "further", "check", "state", "held", "speak", "visit", "open", "table"),
    *("history", "reopen", "forget", "save", "judge"),
    *("desk", "hand_in", "take_in", "withdraw", "stop_intake", "reindex"),
)

log = logging.getLogger("minutebook.chat")


@dataclass(frozen=True, slots=True, eq=False)
class Wire:
    """The page while it is laid out, and its events."""

    page: gr.Blocks
    events: gr.HTML
    saved: gr.HTML  # takes a `frame.download`

    @classmethod
    def of(cls, page: gr.Blocks) -> "Wire":
        """The wire of a page, made within its `with`."""
        connect = f"window.minutebook.connect(trigger, {json.dumps(EVENTS)})"
        events = gr.HTML(elem_id="mb-wire", apply_default_css=False, js_on_load=connect)
        return cls(page, events, html("mb-saved"))

    def on(
        self,
        event: str,
        answer: Callable[..., Any],
        inputs: Sequence[gr.blocks.Block] = (),
        outputs: Sequence[gr.blocks.Block] = (),
        **how: Any,
    ) -> None:
        """Has `answer` called whenever the browser sends the event, at once and out of any queue.

        Each time with its own data: Gradio's "always_last" would repeat the last event with the data of one before it.
        """
        settings = {"queue": False, "trigger_mode": "multiple"} | how
        getattr(self.events, event)(answer, list(inputs), list(outputs), **QUIETLY, **settings)

    def on_open(
        self,
        answer: Callable[..., Any],
        inputs: Sequence[gr.blocks.Block] = (),
        outputs: Sequence[gr.blocks.Block] = (),
    ) -> None:
        """Has `answer` called when the page is opened and when its language changes."""
        self.page.load(answer, list(inputs), list(outputs), queue=False, **QUIETLY)
        self.on("speak", answer, inputs, outputs)


QUIETLY = {"show_progress": "hidden", "api_visibility": "private"}


def html(elem_id: str) -> gr.HTML:
    """A part of the page whose content `qa.page` makes."""
    return gr.HTML(elem_id=elem_id, apply_default_css=False, js_on_load=None)


def screen(name: str) -> gr.Column:
    """The column of a screen, shown while the address names it."""
    return gr.Column(elem_id=f"mb-screen-{name}", elem_classes="mb-screen")


def language_of(request: gr.Request) -> Interface:
    """The language chosen on the page, else the one the browser likes better."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in ("en", "zh") else preferred(request.headers.get("accept-language", ""))


def sentence_for(problem: Exception, language: Interface) -> str:
    """What the person at the page is told: what is wrong with the request, else a number that the log explains."""
    if isinstance(problem, (QaError, IngestError)):
        return without_folders(str(problem))
    incident = secrets.token_hex(3)
    log.error("incident %s", incident, exc_info=problem)
    return words_in(language).failed.format(incident=incident)
