"""Lays out the page: its head and, under it, one screen after the other."""

from collections.abc import Callable, Mapping, Sequence

import gradio as gr

from qa import Minutebook
from qa.chat import ask, browse, history, intake, record
from qa.chat.wire import QUIETLY, Wire, html, language_of
from qa.page import frame
from qa.page.turns import Turns

UNTOLD = 3600.0  # seconds between two of Gradio's own reports on its queue, which no page shows
KEPT = 24 * 3600  # seconds a conversation is kept for a page that stays open


def build(
    book: Minutebook,
    *,
    index: str = "index",
    examples: Mapping[str, Sequence[str]] | None = None,
    opened: Callable[[], None] | None = None,
) -> gr.Blocks:
    """The page of an open book; `launch` serves it.

    index     the index folder, named where the page says how to fill it
    examples  questions to offer, by language
    opened    called whenever a browser opens the page
    """
    with gr.Blocks(title="Minutebook", analytics_enabled=False, fill_width=True) as page:
        wire = Wire.of(page)
        _lay_out_head(wire, book)
        kept = gr.State(Turns(), time_to_live=KEPT)
        ask.lay_out(wire, book, kept, index, examples or {})
        browse.lay_out(wire, book)
        record.lay_out(wire, book, kept)
        history.lay_out(wire, book, index, kept)
        if book.desk:
            intake.lay_out(wire, book.desk)
        if opened:
            page.load(opened, queue=False, **QUIETLY)
    # Gradio would tell everybody in its queue their place in it whenever that moves; the line tells its own.
    return page.queue(default_concurrency_limit=None, api_open=False, status_update_rate=UNTOLD)


def _lay_out_head(wire: Wire, book: Minutebook) -> None:
    """The name, what is held, the ways to the screens, the choice of language."""
    screens = [name for name in frame.SCREENS if name != "intake" or book.desk]

    def head(request: gr.Request) -> str:
        return frame.masthead(book.meetings(), language_of(request), screens)

    masthead = html("mb-masthead")
    wire.on_open(head, outputs=[masthead])
    wire.on("held", head, outputs=[masthead])
