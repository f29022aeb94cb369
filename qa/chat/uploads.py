"""The one way in for files: a checked route of the server's own. Gradio's, which keeps whatever it is sent, is shut.

POST arrivals              begins a batch: {"batch": ...}, or 422 with {"reason": ...}
PUT arrivals/BATCH?name=   one file of it: {"name": ...}, or 422 with {"reason": ...}

How much may wait unconfirmed is limited by visitor (`qa.chat.marks`); who throws the mark away counts as another, and
is bounded by what may wait of everybody's together.
"""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.desk import Desk
from ingest.errors import IngestError
from qa.chat.bounds import FILE_SECONDS
from qa.chat.marks import MARK, known, new_mark

_SHUT = ("/gradio_api/upload", "/upload")


def routes(desk: Desk) -> list[Route]:
    """The routes by which files come to a desk."""

    async def begin(request: Request) -> Response:
        if not _from_own_page(request):
            return _elsewhere()
        mark = known(request.cookies) or new_mark()
        try:
            begun = JSONResponse({"batch": await run_in_threadpool(desk.inbox.begin, mark)})
        except IngestError as problem:
            return JSONResponse({"reason": str(problem)}, 422)
        except OSError as problem:
            return JSONResponse({"reason": f"Nothing can be stored ({problem.strerror})."}, 422)
        begun.set_cookie(MARK, mark, httponly=True, samesite="strict")
        return begun

    async def receive(request: Request) -> Response:
        if not _from_own_page(request):
            return _elsewhere()
        name = request.query_params.get("name", "")
        try:
            with desk.inbox.arrival(request.path_params["batch"], name) as arrival:
                async for piece in request.stream():
                    await run_in_threadpool(arrival.write, piece)
        except IngestError as problem:
            return JSONResponse({"reason": str(problem)}, 422)
        except OSError as problem:
            return JSONResponse({"reason": f"It cannot be stored ({problem.strerror})."}, 422)
        except ClientDisconnect:  # or its time was over
            late = f"It did not arrive within {FILE_SECONDS:.0f} seconds; hand it in again."
            return JSONResponse({"reason": late}, 408, headers={"Connection": "close"})
        return JSONResponse({"name": name})

    return [Route("/arrivals", begin, methods=["POST"]), Route("/arrivals/{batch}", receive, methods=["PUT"])]


class NoOtherUploads:
    """Answers as if Gradio's own upload routes were not there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_SHUT):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _from_own_page(request: Request) -> bool:
    """Whether a page of this server asks: browsers say where a request that writes comes from."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    return site == "same-origin" and (
        origin is None or urlsplit(origin).netloc == request.headers.get("host")
    )


def _elsewhere() -> Response:
    return PlainTextResponse("Files are taken from the page of this server only.", 403)
