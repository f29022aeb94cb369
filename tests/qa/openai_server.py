"""A real HTTP server that speaks the OpenAI protocol with streaming and says what a test has it say.

    with OpenAIServer(honest) as server:
        model = model_from(f"openai-like:test@{server.url}", ...)

A script is a function from the request's user message to what is answered. The servers of these tests listen on
loopback and end with the test.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Say:
    """An answer streamed in pieces of a few characters.

    pause     seconds before each piece
    stop_at   pieces after which the connection is cut without an end; None: never
    size      characters in a piece
    """

    text: str
    pause: float = 0.0
    stop_at: int | None = None
    size: int = 7


@dataclass(frozen=True, slots=True)
class Raw:
    """A body sent as it is."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing for so many seconds, then the connection is closed."""

    seconds: float


Script = Callable[[str], Say | Raw | Wait]


@dataclass
class Asked:
    """What the server was asked."""

    path: str
    authorization: str
    system: str
    user: str
    body: dict


@dataclass
class OpenAIServer:
    """The server; `asked` lists the requests, `hung_up` is set when a client leaves in the middle of an answer."""

    script: Script
    asked: list[Asked] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "OpenAIServer":
        self._stopped = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def wait(self, seconds: float) -> None:
        """Sleeps, but no longer than the test lasts."""
        self._stopped.wait(seconds)


class _Quiet(ThreadingHTTPServer):
    """Clients that hang up are what some tests are about, and no reason to print."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _handler(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = {message["role"]: message["content"] for message in body["messages"]}
            system, user = _text(said.get("system", "")), _text(said.get("user", ""))
            server.asked.append(Asked(self.path, self.headers.get("Authorization", ""), system, user, body))
            answer = server.script(user)
            if isinstance(answer, Wait):
                server.wait(answer.seconds)
                self.close_connection = True
            elif isinstance(answer, Raw):
                self._send(answer)
            else:
                self._stream(answer, body["model"])

        def _send(self, answer: Raw) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def _stream(self, answer: Say, model: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for number, chunk in enumerate(_chunks(answer, model)):
                    if number == answer.stop_at:
                        self.close_connection = True
                        return
                    server.wait(answer.pause)
                    self._chunk(f"data: {json.dumps(chunk)}\n\n".encode())
                self._chunk(b"data: [DONE]\n\n")
                self._chunk(b"")
            except OSError:
                server.hung_up.set()
                self.close_connection = True

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Tests keep quiet."""

    return Handler


def _text(content: str | list[dict]) -> str:
    """The text of a message, which clients send whole or in parts."""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _chunks(answer: Say, model: str) -> Iterator[dict]:
    """The stream as the protocol has it: a role, the pieces, a reason to finish."""
    head = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": model,
    }
    yield head | {
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]
    }
    for start in range(0, len(answer.text), answer.size):
        piece = answer.text[start : start + answer.size]
        yield head | {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
    yield head | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
