"""Bounds on what a request may send, kept before any route sees it: so many bytes, in so many seconds.

A body is read here up to the bound and handed on whole; nothing beyond is kept, whether or not its length was stated.
Files that are handed in are not gathered here: their route writes them to disk piece by piece and has bounds of its own
(`ingest.inbox`), so only the time they take is bounded.
"""

import asyncio

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MiB = 1024 * 1024
MOST_BYTES = MiB  # of a body; a question and what the page sends with it stay far below
SECONDS = 30.0  # a body may take
FILE_SECONDS = 600.0  # a file that is handed in may take
_FILES = "/arrivals/"


class Bounded:
    """Answers 413 to a body that is too large and 408 to one that does not come to its end, each with a sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "PUT" and scope["path"].startswith(_FILES):
            return await self.app(scope, _in_time(receive), send)
        stated = _stated(scope)
        if stated == 0:
            return await self.app(scope, receive, send)
        body = None
        if stated is None or stated <= MOST_BYTES:
            try:
                async with asyncio.timeout(SECONDS):
                    body = await _read(receive)
            except TimeoutError:
                return await _too_slow()(scope, receive, send)
            except ConnectionError:
                return None  # nobody is there to be answered
        if body is None:
            return await _too_large()(scope, receive, send)
        return await self.app(scope, _again(body, receive), send)


def _stated(scope: Scope) -> int | None:
    """The bytes of a body as its sender says; 0 for a request without one, None where that is not said."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    stated = headers.get(b"content-length", b"0")
    return int(stated) if stated.isdigit() else None


async def _read(receive: Receive) -> bytes | None:
    """A body; None as soon as it is too large. Raises ConnectionError when its sender left."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionError
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read, and then whatever comes after it."""
    given = False

    async def give() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


def _in_time(receive: Receive) -> Receive:
    """Gives the pieces of a body until its time is over, and then that its sender left."""
    end = asyncio.get_running_loop().time() + FILE_SECONDS

    async def give() -> Message:
        try:
            async with asyncio.timeout_at(end):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    return give


def _too_large() -> JSONResponse:
    sentence = f"This is larger than {MOST_BYTES // MiB} MB, the most that is taken at a time; send less."
    return JSONResponse({"reason": sentence}, 413)


def _too_slow() -> JSONResponse:
    sentence = f"This did not arrive within {SECONDS:.0f} seconds; send it again."
    return JSONResponse({"reason": sentence}, 408, headers={"Connection": "close"})
