"""The chat: a page on this machine that asks a `Minutebook` and shows its answers beside their evidence.

    python app.py [--index DIR] [--host 127.0.0.1] [--port 7860] [--llm KIND:MODEL[@URL]]

It holds no logic: `qa` answers, `qa.page` makes what is shown, Gradio carries it. `build` makes the page of
an open book, `launch` serves it, `main` reads flags and environment.
"""

import argparse
import ipaddress
import json
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before the import: Gradio reports the import itself

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import IngestError
from ingest.vectors import ChromaServer
from qa import Minutebook
from qa import page as parts
from qa.errors import QaError
from qa.interface import EN, ZH, Interface, preferred, words_in
from qa.models import SECONDS, model_from
from qa.page import Turns

if TYPE_CHECKING:
    from qa.models import LLM

EXAMPLES = Path(__file__).parent / "data" / "examples.json"
AT_ONCE = 2  # questions answered at a time; the rest wait in line
IN_LINE = 200  # questions that may wait
_QUIETLY = {"show_progress": "hidden", "api_visibility": "private"}
_SAFE = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TRIGGER_ASK = """
element.addEventListener('click', (event) => {
    const asked = event.target.closest('[data-ask]');
    if (asked) trigger('ask', {question: asked.dataset.ask});
});
"""

log = logging.getLogger("minutebook.app")
_SAY = gr.I18n(en=asdict(EN), zh=asdict(ZH))  # Gradio's own parts, by the language of the browser


def build(
    book: Minutebook, *, index: str = "index", examples: Mapping[str, Sequence[str]] | None = None
) -> gr.Blocks:
    """The page of an open book; `launch` serves it.

    index     the index folder, named where the page says how to fill it
    examples  questions to offer, by language
    """
    with gr.Blocks(title="Minutebook", analytics_enabled=False, fill_width=True) as page:
        sheet = _lay_out()
        chat = _Chat(book, sheet, index, examples or {})
        page.load(
            chat.open, None, [sheet.masthead, sheet.welcome, sheet.asks, sheet.held], queue=False, **_QUIETLY
        )
        shown = [sheet.past, sheet.now, sheet.box, sheet.trouble, sheet.turns]
        sheet.box.submit(chat.ask, [sheet.box, sheet.turns], shown, concurrency_id="ask", **_QUIETLY)
        sheet.asks.ask(chat.ask_example, [sheet.turns], shown, concurrency_id="ask", **_QUIETLY)
    return page.queue(default_concurrency_limit=AT_ONCE, max_size=IN_LINE, api_open=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """The parts of the page that change; all but box and turns are HTML made by `qa.page`."""

    masthead: gr.HTML
    welcome: gr.HTML
    past: gr.HTML
    now: gr.HTML
    trouble: gr.HTML
    box: gr.Textbox
    asks: gr.HTML
    held: gr.HTML
    turns: gr.State


def _lay_out() -> _Sheet:
    """Two sheets under one head: the conversation with the question box, and the meetings held."""
    turns = gr.State(Turns(), time_to_live=24 * 3600)
    masthead = _html("mb-masthead")
    with gr.Tabs(elem_id="mb-tabs"):
        with gr.Tab(_SAY("tab_ask"), id="ask", elem_id="mb-ask"):
            welcome, past, now = _html("mb-welcome"), _html("mb-past"), _html("mb-now")
            with gr.Column(elem_id="mb-box"):
                trouble = _html("mb-trouble")
                box = gr.Textbox(
                    label=_SAY("ask_label"),
                    placeholder=_SAY("ask_placeholder"),
                    submit_btn=_SAY("ask_button"),
                    show_label=False,
                    container=False,
                    max_lines=6,
                    autofocus=True,
                    elem_id="mb-question",
                )
            asks = _html("mb-asks", js_on_load=_TRIGGER_ASK)
        with gr.Tab(_SAY("tab_meetings"), id="meetings", elem_id="mb-meetings"):
            held = _html("mb-held")
    return _Sheet(masthead, welcome, past, now, trouble, box, asks, held, turns)


def _html(elem_id: str, js_on_load: str | None = None) -> gr.HTML:
    return gr.HTML(elem_id=elem_id, apply_default_css=False, js_on_load=js_on_load)


class _Chat:
    """What happens on the page: asks the book, and says which parts show what."""

    def __init__(
        self, book: Minutebook, sheet: _Sheet, index: str, examples: Mapping[str, Sequence[str]]
    ) -> None:
        self.book = book
        self.sheet = sheet
        self.index = index
        self.examples = examples

    def open(self, request: gr.Request) -> tuple[str, str, str, str]:
        """Head, welcome, examples and meetings, as the records stand when the page is opened."""
        language = _language(request)
        held = self.book.meetings()
        asks = parts.examples(self.examples.get(language, ()), language) if held else ""
        return (
            parts.masthead(held, language),
            parts.welcome(held, language, self.index),
            asks,
            parts.meetings(held, language),
        )

    def ask(self, question: str, turns: Turns, request: gr.Request) -> Iterator[dict]:
        """A new turn: the question at once, then its answer as it grows."""
        sheet, language, number = self.sheet, _language(request), turns.next
        try:
            growing = self.book.conversation(turns.answers).stream(question)
            yield {
                sheet.past: parts.conversation(turns, language),
                sheet.now: parts.asking(question, language, number),
                sheet.box: "",
                sheet.trouble: "",
            }
            for answer in growing:
                yield {sheet.now: parts.turn(answer, language, number, growing=True)}
        except (QaError, IngestError) as problem:
            yield self._unanswered(question, turns, str(problem), language)
        except Exception:  # whatever it is, the asker gets a sentence and the log the rest
            incident = secrets.token_hex(3)
            log.exception("incident %s: a question was not answered", incident)
            yield self._unanswered(
                question, turns, words_in(language).failed.format(incident=incident), language
            )
        else:
            yield {sheet.now: parts.turn(answer, language, number), sheet.turns: turns.followed_by(answer)}

    def ask_example(self, turns: Turns, request: gr.Request, event: gr.EventData) -> Iterator[dict]:
        """The question of the example that was chosen."""
        yield from self.ask(str(event.question), turns, request)

    def _unanswered(self, question: str, turns: Turns, sentence: str, language: Interface) -> dict:
        """The conversation as it was, the question back in its box, and why it was not answered."""
        sheet = self.sheet
        return {
            sheet.past: parts.conversation(turns, language),
            sheet.now: "",
            sheet.box: question,
            sheet.trouble: parts.trouble(sentence, language),
        }


def launch(page: gr.Blocks, host: str, port: int) -> str:
    """Serves a page from a thread of its own and returns its address. Raises OSError when a port is taken."""
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        head=parts.head(),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        i18n=_SAY,
        app_kwargs={"middleware": _middleware(host)},
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
    )
    return address


def main(arguments: Sequence[str] | None = None) -> int:
    """Opens the index, serves the page until interrupted, and closes both."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    flags = _flags(os.environ).parse_args(arguments)
    if problem := _cannot_serve(flags.host, flags.port):
        return _refuse(problem)
    _reach_directly(flags.host, os.environ)
    try:
        token = os.environ.get("MINUTEBOOK_CHROMA_TOKEN")
        chroma = ChromaServer(flags.chroma_url, token) if flags.chroma_url else None
        model, seconds = _model(flags), flags.llm_seconds
        book = Minutebook.open(flags.index, own=True, chroma=chroma, llm=model, llm_seconds=seconds)
    except (IngestError, QaError) as problem:
        return _refuse(str(problem))
    with book:
        page = build(book, index=flags.index, examples=_examples(EXAMPLES))
        try:
            address = launch(page, flags.host, flags.port)
        except OSError:
            return _refuse(f"The server did not come up on port {flags.port} in time. Start it again.")
        threading.Thread(target=book.warm, name="warm", daemon=True).start()
        print(f"Minutebook is at {address} (stop it with Ctrl-C)", flush=True)
        _until_stopped()
        page.close(verbose=False)
    return 0


def _flags(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py", description="Opens the Minutebook chat on this machine."
    )
    settings: tuple[tuple[str, str, Callable[[str], object], str, str], ...] = (
        ("--index", "MINUTEBOOK_INDEX", str, "index", "the index folder that `python -m ingest` made"),
        ("--host", "MINUTEBOOK_HOST", str, "127.0.0.1", "the loopback address to serve on"),
        ("--chroma-url", "MINUTEBOOK_CHROMA_URL", str, "", "a Chroma server for the dense index"),
        ("--port", "MINUTEBOOK_PORT", _port, "7860", "the port to serve on"),
        ("--llm", "MINUTEBOOK_LLM", str, "", "word answers with openai-like:MODEL@URL or ollama:MODEL[@URL]"),
        (
            "--llm-seconds",
            "MINUTEBOOK_LLM_SECONDS",
            float,
            f"{SECONDS:g}",
            "seconds it may take for an answer",
        ),
    )
    for flag, variable, kind, default, what in settings:
        value = environment.get(variable) or default
        shown = value or "none"
        parser.add_argument(flag, type=kind, default=value, help=f"{what} (default: {shown}; or {variable})")
    parser.add_argument(
        "--llm-plain-http",
        action="store_true",
        default=environment.get("MINUTEBOOK_LLM_PLAIN_HTTP") == "1",
        help="allow a model on another machine without encryption (or MINUTEBOOK_LLM_PLAIN_HTTP=1)",
    )
    return parser


def _model(flags: argparse.Namespace) -> "LLM | None":
    """The language model that is set, if any."""
    if not flags.llm:
        return None
    key = os.environ.get("MINUTEBOOK_LLM_KEY")
    return model_from(flags.llm, key=key, seconds=flags.llm_seconds, plain_http=flags.llm_plain_http)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535")
    return int(text)


def _cannot_serve(host: str, port: int) -> str | None:
    """Why no page can be served there, or None; tried before anything slow begins."""
    if not _is_loopback(host):
        return (
            f"Cannot serve on {host}: Minutebook has no login, so it only serves this machine. "
            "Use --host 127.0.0.1."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return f"Cannot serve on port {port}: {problem.strerror}. Choose another with --port."
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reach_directly(host: str, environment: MutableMapping[str, str]) -> None:
    """Keeps Gradio's own call to the page it serves from going through a proxy, which would refuse it."""
    for name in ("NO_PROXY", "no_proxy"):
        environment[name] = ",".join(filter(None, (environment.get(name), "localhost", host)))


def _middleware(host: str) -> list[Middleware]:
    """Refuses pages of other names that point at this machine, and what a page may never load."""
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost", "127.0.0.1"], www_redirect=False),
        Middleware(_SafeHeaders),
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


def _examples(path: Path) -> dict[str, list[str]]:
    """Example questions by language, where the sample records lie beside this program."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _language(request: gr.Request) -> Interface:
    return preferred(request.headers.get("accept-language", ""))


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _until_stopped() -> None:
    """Waits for Ctrl-C or SIGTERM."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
