"""The marks by which this server knows a visitor again while it runs; nobody else can make one.

There is no login, and every address here is that of this machine or of a proxy; so a visitor is whoever brings back the
mark that this server gave and signed, with the page or with a batch of files. Who throws it away counts as another.
"""

import hmac
import secrets
from collections.abc import Mapping

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MARK = "minutebook-visitor"
_KEY = secrets.token_bytes(32)


def known(cookies: Mapping[str, str]) -> str:
    """The mark that a visitor brought; empty for who brought none of this server's."""
    brought = cookies.get(MARK, "")
    name = brought.partition(".")[0]
    return brought if hmac.compare_digest(brought.encode(), _signed(name).encode()) else ""


def new_mark() -> str:
    """A mark for somebody new."""
    return _signed(secrets.token_hex(16))


class Marking:
    """Gives who opens the page without a mark one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        opens = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        if not opens or known(HTTPConnection(scope).cookies):
            return await self.app(scope, receive, send)
        given = Response()
        given.set_cookie(MARK, new_mark(), httponly=True, samesite="strict")
        cookies = [field for field in given.raw_headers if field[0] == b"set-cookie"]

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *cookies]
            await send(message)

        return await self.app(scope, receive, send_marked)


def _signed(name: str) -> str:
    return f"{name}.{hmac.digest(_KEY, name.encode(), 'sha256').hex()}"
