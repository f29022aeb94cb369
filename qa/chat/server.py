"""Serves a page on this machine: who may load it from where, and what it may load."""

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.desk import Desk
from qa.chat.ask import IN_LINE
from qa.chat.bounds import Bounded
from qa.chat.marks import Marking
from qa.chat.uploads import NoOtherUploads, routes
from qa.page.frame import head

# What Gradio has in hand at a time: all who are in line, so that they hear of it, and those who are told it is full.
EVENTS_AT_ONCE = 2 * IN_LINE

_SAFE = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def launch(page: gr.Blocks, host: str, port: int, *, desk: Desk | None = None) -> str:
    """Serves a page from a thread of its own and returns its address. Raises OSError when a port is taken.

    desk  where files that are handed in go; None: none are taken
    """
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        head=head(),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        app_kwargs={"middleware": _middleware(host), "routes": routes(desk) if desk else []},
        footer_links=[],
        prevent_thread_lock=True,
        quiet=True,
        inbrowser=False,
        share=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        run_history=False,
        enable_monitoring=False,
        state_session_capacity=500,
        max_file_size="1mb",
        max_threads=EVENTS_AT_ONCE,
    )
    page.limiter = None  # of threads, which Gradio would raise as well
    return address


def _middleware(host: str) -> list[Middleware]:
    """Refuses pages of other names that point at this machine, what a page may never load, and too large a body."""
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost", "127.0.0.1"], www_redirect=False),
        Middleware(_SafeHeaders),
        Middleware(Marking),
        Middleware(NoOtherUploads),
        Middleware(Bounded),
    ]


class _SafeHeaders:
    """Adds the headers that keep the page from loading or sending anything elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_SAFE)
            await send(message)

        await self.app(scope, receive, send_safely)
