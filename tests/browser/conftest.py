"""A real browser on the real server over a real index of the sample records.

Skipped with a reason where Playwright or Debian's Chromium is not installed. Nothing here needs a network,
and every page fails its test when it asks for anything outside this machine.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from qa import Minutebook
from qa.chat import build, launch
from tests.payloads import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: whoever goes through it fails
WIDE, NARROW = (1280, 800), (390, 844)
WAYS = pytest.mark.parametrize(
    ("size", "locale", "language"),
    [(WIDE, "en-GB", "en"), (NARROW, "zh-CN", "zh")],
    ids=["wide, English", "narrow, Chinese"],
)
STARTING = 240  # seconds a server may take to come up on a busy machine
ANSWERING = 120_000  # milliseconds the first answer may take: the encoder may still be loading

HOSTILE = """\
# Bicycle shed committee <script>window.hacked = 'title'</script>

Date: 9 April 2024

Present: Ada Mint (chair), <img src=x onerror="window.hacked='present'">

## 1. Bicycle shed roof <svg onload="window.hacked='item'">

Ada Mint: The bicycle shed roof leaks. <img src="http://outside.example/leak.png" onerror="window.hacked=1">

- **Resolved**: that the bicycle shed roof is mended for EUR 900 <script>window.hacked = 'quote'</script> \
![x](http://outside.example/x.png) ${window.hacked='template'} {{window.hacked}}.

## 2. Payload shelf

""" + "".join(f"- **Resolved**: that the payload shelf holds {payload}\n\n" for payload in PAYLOADS)


@dataclass
class Visit:
    """An open page, and what it did that it should not have done."""

    page: "Page"
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Types a question, sends it and waits for the finished answer."""
        number = self.page.locator(".mb-turn").count() + 1
        box = self.page.locator("#mb-question textarea")
        box.fill(question)
        box.press("Enter")
        self.page.locator(f"#t{number}:not([aria-busy])").wait_for(timeout=ANSWERING)


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one record that means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "2024-04-09-bicycle-shed.md").write_text(HOSTILE, "utf-8")
    return folder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, chromium: object, records: Path) -> Path:
    """The sample records and the hostile one, ingested as a person would do it."""
    folder = tmp_path_factory.mktemp("chat") / "index"
    command = [
        sys.executable,
        "-m",
        "ingest",
        str(ROOT / "data" / "minutes"),
        str(records),
        "--index",
        str(folder),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def address(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `python app.py` serves the chat over the index; it must end well when it is told to."""
    port, said = free_port(), tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "app.py", "--index", str(index), "--port", str(port)]
    environment = {**os.environ, "HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "ALL_PROXY": NOWHERE}
    with (
        said.open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as server,
    ):
        await_port(server, port, said)
        yield f"http://127.0.0.1:{port}/"
        server.terminate()
        assert server.wait(timeout=30) == 0, said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")


@pytest.fixture
def served(book: Minutebook) -> Iterator[str]:
    """Where the chat over the book of a test is served."""
    page = build(book)
    yield launch(page, "127.0.0.1", free_port(), desk=book.desk)
    page.close(verbose=False)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[str]:
    """Where a chat without any records is served."""
    with Minutebook.open(tmp_path / "index", own=True) as book:
        page = build(book)
        yield launch(page, "127.0.0.1", free_port())
        page.close(verbose=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: "Browser") -> Iterator[Callable[..., Visit]]:
    """Opens an address at a size and in a language; fails the test if it went outside or had a fault."""
    visits: list[Visit] = []

    def open_page(
        address: str, size: tuple[int, int] = WIDE, locale: str = "en-GB", theme: str = "light"
    ) -> Visit:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=theme
        )
        made = Visit(context.new_page())
        visits.append(made)
        made.page.on(
            "request", lambda request: made.outside.append(request.url) if is_outside(request.url) else None
        )
        made.page.on("pageerror", lambda fault: made.faults.append(str(fault)))
        made.page.goto(address)
        made.page.locator(".mb-masthead h1").wait_for()
        return made

    yield open_page
    for made in visits:
        made.page.context.close()
        assert made.outside == []
        assert made.faults == []


def is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("127.0.0.1", "localhost")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(server: subprocess.Popen[bytes], port: int, said: Path) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"no server on port {port}: {said.read_text('utf-8')}")
