"""The screens one leafs through: the address says what is shown."""

import gradio as gr

from qa import Minutebook
from qa.chat.wire import Wire, html, language_of, screen
from qa.page import browse


def lay_out(wire: Wire, book: Minutebook) -> None:
    """One part that shows what the address asks for."""
    with screen("browse"):
        leaf = html("mb-leaf")

    def visit(request: gr.Request, event: gr.EventData) -> str:
        return browse.meetings(book.meetings(), language_of(request))

    wire.on("visit", visit, outputs=[leaf])
