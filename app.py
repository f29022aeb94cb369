"""The chat: a page on this machine that asks a `Minutebook` and shows its answers beside their evidence.

    python app.py [--index DIR] [--host 127.0.0.1] [--port 7860] [--access GROUP] [--llm KIND:MODEL[@URL]]

It holds no logic: `qa` answers, `qa.page` makes what is shown, `qa.chat` carries it. This is the command line.
"""

import argparse
import gc
import ipaddress
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.arguments import path_argument
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IndexBusy, IndexMissing, IndexReadOnly, IngestError
from ingest.records import PUBLIC
from ingest.vectors import ChromaServer
from qa import Minutebook
from qa.chat import build, launch
from qa.errors import QaError
from qa.model.clients import SECONDS, model_from
from qa.model.writing import TOKENS

if TYPE_CHECKING:
    from qa.model.clients import LLM

HEAD_START = 10.0  # seconds a browser is given to open the page before the encoder is loaded
SETTLING = 0.5  # seconds from its first call to the page being there
EXAMPLES = Path(__file__).parent / "data" / "examples.json"


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
        encoder = SentenceTransformerEncoder(flags.encoder or None, adapter=flags.adapter or None)
        model, seconds = _model(flags), flags.llm_seconds
        access = (PUBLIC, *(flags.access or _groups(os.environ.get("MINUTEBOOK_ACCESS", ""))))
        book = _open(
            flags.index,
            encoder=encoder,
            chroma=chroma,
            access=access,
            llm=model,
            llm_seconds=seconds,
            llm_tokens=flags.llm_tokens,
            operator=flags.operator,
        )
        with book:
            return _serve(book, flags)
    except (IngestError, QaError) as problem:
        return _refuse(str(problem))


def _serve(book: Minutebook, flags: argparse.Namespace) -> int:
    """Serves the page of an open index until it is interrupted."""
    opened = threading.Event()
    page = build(book, index=flags.index, examples=_examples(EXAMPLES), opened=opened.set)
    try:
        address = launch(page, flags.host, flags.port, desk=book.desk)
    except OSError:
        return _refuse(f"The server did not come up on port {flags.port} in time. Start it again.")
    threading.Thread(target=_warm, args=(book, opened), name="warm", daemon=True).start()
    print(f"Minutebook is at {address} (stop it with Ctrl-C)", flush=True)
    _until_stopped()
    page.close(verbose=False)
    gc.freeze()  # as Python ends it would look through all the words and models for cycles, which takes seconds
    return 0


def _warm(book: Minutebook, opened: threading.Event) -> None:
    """Loads the encoder once a page stands, so that the page does not wait for it; soon also without a page."""
    if opened.wait(HEAD_START):
        time.sleep(SETTLING)
    book.warm()


def _open(index: str, *, chroma: ChromaServer | None, **more: Any) -> Minutebook:
    """The book of an index, owned where nobody else owns it and it can be written; else only read, which is said."""
    try:
        return Minutebook.open(index, own=True, chroma=chroma, **more)
    except (IndexBusy, IndexReadOnly) as problem:
        try:
            book = Minutebook.open(index, **more)
        except IndexMissing:
            raise problem from None
        print(
            f"{problem} Until then this one only reads: it takes no records in and keeps no history.",
            file=sys.stderr,
        )
        return book


def _flags(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py", description="Opens the Minutebook chat on this machine."
    )
    settings: tuple[tuple[str, str, Callable[[str], object], str, str], ...] = (
        (
            "--index",
            "MINUTEBOOK_INDEX",
            path_argument,
            "index",
            "the index folder that `python -m ingest` made",
        ),
        ("--encoder", "MINUTEBOOK_ENCODER", str, "", "folder of another sentence-transformers model"),
        ("--adapter", "MINUTEBOOK_ADAPTER", str, "", "off, or the folder of another LoRA adapter"),
        ("--host", "MINUTEBOOK_HOST", str, "127.0.0.1", "the loopback address to serve on"),
        ("--chroma-url", "MINUTEBOOK_CHROMA_URL", str, "", "a Chroma server for the dense index"),
        ("--port", "MINUTEBOOK_PORT", _port, "7860", "the port to serve on"),
        (
            "--llm",
            "MINUTEBOOK_LLM",
            str,
            "",
            "read and word answers with openai-like:MODEL@URL or ollama:MODEL[@URL]",
        ),
        (
            "--llm-seconds",
            "MINUTEBOOK_LLM_SECONDS",
            float,
            f"{SECONDS:g}",
            "seconds it may take for an answer",
        ),
        ("--llm-tokens", "MINUTEBOOK_LLM_TOKENS", int, f"{TOKENS}", "tokens a prompt to it may have"),
    )
    for flag, variable, kind, default, what in settings:
        value = environment.get(variable) or default
        shown = value or "none"
        parser.add_argument(flag, type=kind, default=value, help=f"{what} (default: {shown}; or {variable})")
    parser.add_argument(
        "--access",
        action="append",
        metavar="GROUP",
        help="show whoever opens the page what this group may see as well; may be repeated (or MINUTEBOOK_ACCESS)",
    )
    parser.add_argument(
        "--llm-plain-http",
        action="store_true",
        default=environment.get("MINUTEBOOK_LLM_PLAIN_HTTP") == "1",
        help="allow a model on another machine without encryption (or MINUTEBOOK_LLM_PLAIN_HTTP=1)",
    )
    parser.add_argument(
        "--operator",
        action="store_true",
        default=environment.get("MINUTEBOOK_OPERATOR") == "1",
        help="let whoever opens the page have the index encoded anew, where it is of an earlier encoder "
        "(or MINUTEBOOK_OPERATOR=1)",
    )
    return parser


def _groups(names: str) -> list[str]:
    """Groups that stand with commas between them."""
    return [name.strip() for name in names.split(",") if name.strip()]


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


def _examples(path: Path) -> dict[str, list[str]]:
    """Example questions by language, where the sample records lie beside this program."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


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
