"""What a request may send to the chat: a body beyond the bound is refused before it is read, on every route."""

import json
import re
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import pytest
from starlette.types import Message, Receive, Scope, Send

from ingest import quota
from ingest.quota import Most
from qa import Minutebook
from qa.chat import bounds, build, launch
from qa.chat.bounds import MOST_BYTES, Bounded
from qa.chat.marks import MARK, known
from tests.alone import run_alone
from tests.hash_encoder import HashEncoder

LARGE = 300 * 1024 * 1024
PATIENCE = 20  # seconds a test waits for what should come at once


@pytest.fixture
def page(tmp_path: Path) -> Iterator[tuple[gr.Blocks, str, int]]:
    """A chat with a desk, served: its page, host and port."""
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder(), own=True) as book:
        made = build(book)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        where = urlsplit(launch(made, "127.0.0.1", port, desk=book.desk))
        yield made, str(where.hostname), int(where.port or 0)
        made.close(verbose=False)


def answer_to(host: str, port: int, *sent: bytes) -> HTTPResponse:
    """What is answered to bytes that are no whole request yet."""
    connection = socket.create_connection((host, port), PATIENCE)
    for piece in sent:
        connection.sendall(piece)
    reply = HTTPResponse(connection)
    reply.begin()
    return reply


def head(method: str, path: str, *fields: str) -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *fields, "", "")).encode()


def test_a_body_too_large_is_refused_on_every_route_before_any_of_it_is_sent(
    page: tuple[gr.Blocks, str, int],
) -> None:
    made, host, port = page
    ways = {
        (method, re.sub(r"\{[^}]*\}", "x", route.path))
        for route in made.app.routes
        for method in getattr(route, "methods", None) or ()
        if method in ("POST", "PUT", "PATCH", "DELETE")
    }
    ways |= {
        ("POST", f"/gradio_api/{path}") for path in ("queue/join", "run/predict", "api/predict", "upload")
    }
    ways |= {("POST", "/"), ("POST", "/no/such/way"), ("GET", "/config")}
    for method, path in sorted(ways - {("PUT", "/arrivals/x")}):
        reply = answer_to(host, port, head(method, path, f"Content-Length: {LARGE}"))
        assert reply.status in (413, 404), (method, path)
        if reply.status == 413:
            assert "larger than 1 MB" in json.load(reply)["reason"]
        else:
            assert path.endswith("/upload")  # shut altogether


def test_a_body_whose_length_is_not_stated_is_refused_once_it_is_too_large(
    page: tuple[gr.Blocks, str, int],
) -> None:
    _, host, port = page
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    pieces = [piece] * (MOST_BYTES // 0x10000 + 1)
    start = head(
        "POST", "/gradio_api/queue/join", "Transfer-Encoding: chunked", "Content-Type: application/json"
    )
    assert answer_to(host, port, start, *pieces).status == 413  # its end was never sent


def test_who_sends_all_of_it_reads_the_sentence_too(page: tuple[gr.Blocks, str, int]) -> None:
    _, host, port = page
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("POST", "/gradio_api/queue/join", b" " * (8 * MOST_BYTES))
    reply = connection.getresponse()
    assert reply.status == 413 and "send less" in json.load(reply)["reason"]
    connection.request("GET", "/config")
    reply = connection.getresponse()
    assert reply.status == 200 and reply.read()


@pytest.mark.parametrize("stated", [True, False])
def test_nothing_beyond_the_bound_is_read(stated: bool) -> None:
    read, sent = 0, []

    async def receive() -> Message:
        nonlocal read
        read += 1000
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the request was handed on")

    length = (b"content-length", str(LARGE).encode()) if stated else (b"transfer-encoding", b"chunked")
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [length]}
    run_alone(Bounded(app)(scope, receive, send))
    assert sent[0]["status"] == 413 and read <= (0 if stated else MOST_BYTES + 1000)


def test_a_body_within_the_bound_is_handed_on_as_it_came() -> None:
    pieces = [b"a" * 60_000, b"", b"b" * 60_000]

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert await receive() == {
            "type": "http.request",
            "body": b"a" * 60_000 + b"b" * 60_000,
            "more_body": False,
        }

    async def send(message: Message) -> None:
        raise AssertionError("it was refused")

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", b"120000")]}
    run_alone(Bounded(app)(scope, receive, send))
    assert pieces == []


def test_a_body_that_does_not_come_to_its_end_is_not_waited_for(
    page: tuple[gr.Blocks, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.1)
    monkeypatch.setattr(bounds, "FILE_SECONDS", 0.1)
    _, host, port = page
    slow = answer_to(host, port, head("POST", "/gradio_api/queue/join", "Content-Length: 10"), b"{")
    assert slow.status == 408 and "send it again" in json.load(slow)["reason"]
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("POST", "/arrivals")
    batch = json.load(connection.getresponse())["batch"]
    slow = answer_to(host, port, head("PUT", f"/arrivals/{batch}?name=a.md", "Content-Length: 10"), b"x")
    assert slow.status == 408 and "hand it in again" in json.load(slow)["reason"]


def test_a_file_is_larger_than_other_bodies_may_be_and_never_larger_than_its_kind(
    page: tuple[gr.Blocks, str, int],
) -> None:
    _, host, port = page
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("POST", "/arrivals")
    batch = json.load(connection.getresponse())["batch"]
    connection.request("PUT", f"/arrivals/{batch}?name=a.md", b"x" * (3 * MOST_BYTES))
    assert connection.getresponse().read() == b'{"name":"a.md"}'
    large = (b"x" * MOST_BYTES for _ in range(65))
    connection.request("PUT", f"/arrivals/{batch}?name=b.md", large, encode_chunked=True)
    reply = connection.getresponse()
    assert reply.status == 422 and "larger than 64 MB" in json.load(reply)["reason"]


def test_a_visitor_is_known_by_the_mark_this_server_gave_and_by_no_other(
    page: tuple[gr.Blocks, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "OF_ONE", Most(2, MOST_BYTES))
    _, host, port = page
    begun: list[str] = []

    def begin(**fields: str) -> tuple[int, str]:
        connection = HTTPConnection(host, port, timeout=PATIENCE)
        connection.request("POST", "/arrivals", headers=fields)
        reply = connection.getresponse()
        begun.append(json.load(reply).get("batch", ""))
        return reply.status, (reply.getheader("set-cookie") or "").partition(";")[0]

    status, mark = begin()
    assert status == 200 and begin(Cookie=mark) == (200, mark)
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    connection.request("PUT", f"/arrivals/{begun[-1]}?name=a.md", b"x")
    assert connection.getresponse().status == 200
    for way in ({}, {"X-Forwarded-For": "10.0.0.9"}, {"User-Agent": "another"}):
        assert begin(Cookie=mark, **way)[0] == 422
    forged = f"{mark[:-1]}{'0' if mark[-1] != '0' else '1'}"
    status, given = begin(Cookie=forged)
    assert status == 200 and given not in ("", mark, forged)


def test_who_opens_the_page_is_known_again_and_nobody_can_make_a_mark(
    page: tuple[gr.Blocks, str, int],
) -> None:
    _, host, port = page

    def opened(**fields: str) -> str:
        connection = HTTPConnection(host, port, timeout=PATIENCE)
        connection.request("GET", "/", headers=fields)
        return connection.getresponse().getheader("set-cookie") or ""

    given = opened().partition(";")[0]
    assert known(dict([given.split("=")]))
    assert MARK not in opened(Cookie=given)
    assert MARK in opened(Cookie=f"{given}0")
