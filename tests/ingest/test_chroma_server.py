"""The dense index on a Chroma server that was started for the test: everything as with the embedded one."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.doctor import examine
from ingest.history import remove_record
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.pipeline import ingest
from ingest.vectors import ChromaServer, VectorStoreError
from qa import Minutebook
from qa.notices import degraded
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, assert_stores_agree, visible

Minutes = Callable[..., Path]


class Server:
    """A `chroma run` of our own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("chroma", path=os.path.dirname(sys.executable))
        assert program, "chromadb installs it"
        command = [
            program,
            "run",
            "--path",
            str(self.folder),
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < end and self.process.poll() is None, "the server did not come up"
                time.sleep(0.1)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def chroma(server: Server) -> ChromaServer:
    return ChromaServer(server.url)


def test_ingest_amend_and_remove_on_a_server(minutes: Minutes, tmp_path: Path, chroma: ChromaServer) -> None:
    place = tmp_path / "index"
    with OwnedIndex.open(place, HashEncoder(), chroma=chroma) as index:
        report = ingest([minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024")], index)
        assert report.count(Status.ADDED) == 2
        ingest([minutes("12.md", **ITEMS | {"Trees": "Ten were planted."})], index)
        assert_stores_agree(index)
        remove_record(index, report.outcomes[1].record_id or "")
        assert_stores_agree(index)
        rows = visible(index)
    assert not list(place.glob("vectors-*"))
    assert examine(place, chroma).sound
    with OwnedIndex.open(place, HashEncoder(), chroma=chroma) as index:
        assert visible(index) == rows and rows
        assert_stores_agree(index)


def test_the_generation_is_in_the_name_and_a_rebuilding_leaves_one(
    minutes: Minutes, tmp_path: Path, chroma: ChromaServer
) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder(), chroma=chroma) as index:
        ingest([minutes("12.md")], index)
        first = index.dense.place
        index.rebuild()
        assert index.dense.place == first.replace("-1 at", "-2 at")
        assert index.shelf.others("2") == [] and index.shelf.exists("2")
        assert_stores_agree(index)


def test_two_indexes_on_one_server_do_not_meet(
    minutes: Minutes, tmp_path: Path, chroma: ChromaServer
) -> None:
    with (
        OwnedIndex.open(tmp_path / "one", HashEncoder(), chroma=chroma) as one,
        OwnedIndex.open(tmp_path / "two", HashEncoder(), chroma=chroma) as two,
    ):
        ingest([minutes("12.md")], one)
        ingest([minutes("13.md", Trees="Ten were planted.")], two)
        assert_stores_agree(one)
        assert_stores_agree(two)


def test_answers_go_on_while_the_server_is_down_and_say_so(minutes: Minutes, tmp_path: Path) -> None:
    own = Server(tmp_path / "chroma")
    own.start()
    try:
        with OwnedIndex.open(tmp_path / "index", HashEncoder(), chroma=ChromaServer(own.url)) as index:
            ingest([minutes("12.md")], index)
        question = "What was approved about the housing plan?"
        with Minutebook.open(
            tmp_path / "index", encoder=HashEncoder(), own=True, chroma=ChromaServer(own.url)
        ) as book:
            dense = book._corpus.dense
            assert dense and dense.wait(20)  # type: ignore[union-attr]
            before = book.ask(question)
            own.kill()
            down = book.ask(question)
            assert down.notices == (degraded("en"),) and down.text == before.text
            own.start()
            assert dense.wait(20)  # type: ignore[union-attr]
            assert book.ask(question).notices == ()
    finally:
        own.kill()


@pytest.mark.parametrize(
    "url", ["http://10.0.0.5:8000", "http://chroma.example.org", "https://chroma.example.org"]
)
def test_a_server_elsewhere_without_https_and_a_token_is_refused(url: str) -> None:
    with pytest.raises(VectorStoreError, match="https and a token"):
        ChromaServer(url)


def test_what_is_no_address_is_refused_and_what_is_safe_is_taken() -> None:
    with pytest.raises(VectorStoreError, match="no address"):
        ChromaServer("localhost:8000")
    with pytest.raises(VectorStoreError):
        ChromaServer("http://10.0.0.5:8000", token="secret")
    taken = ChromaServer("https://chroma.example.org", token="secret")
    assert "secret" not in repr(taken)
    for url in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        ChromaServer(url)
