"""The chat program says plainly why it does not start."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import app
from ingest.errors import IndexMissing
from tests.hash_encoder import HashEncoder


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_without_a_login_it_serves_this_machine_only(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--host", host]) == 2
    said = capsys.readouterr().err
    assert host in said and "no login" in said and "127.0.0.1" in said


@pytest.mark.parametrize("port", ["0", "65536", "seven", "-1"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        app.main([f"--port={port}"])
    assert f"{port!r} is no port" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.main(["--index", str(tmp_path / "index"), "--port", str(port)]) == 2
    assert f"port {port}" in capsys.readouterr().err


def test_an_index_that_is_owned_is_read_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    encoder, index = HashEncoder(), str(tmp_path / "index")
    with (
        app._open(index, chroma=None, encoder=encoder) as owner,
        app._open(index, chroma=None, encoder=encoder) as reader,
    ):
        assert owner.desk and owner.history.writable
        assert reader.desk is None and not reader.history.writable
    said = capsys.readouterr().err
    assert "it is owned by process" in said and "keeps no history" in said


def test_settings_come_from_the_environment_and_flags_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINUTEBOOK_HOST", "0.0.0.0")
    assert app.main([]) == 2
    monkeypatch.setenv("MINUTEBOOK_PORT", "none")
    with pytest.raises(SystemExit):
        app.main(["--host", "127.0.0.1"])


@pytest.mark.parametrize(
    ("flags", "groups"),
    [(["--access", "clerks", "--access", "staff"], ("clerks", "staff")), ([], ("council", "staff"))],
)
def test_the_chat_shows_what_the_groups_named_may_see(
    flags: list[str], groups: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []

    def open_book(*_: object, access: object, **__: object) -> None:
        opened.append(access)
        raise IndexMissing(Path("index"), "there is none.")

    monkeypatch.setattr(app.Minutebook, "open", open_book)
    monkeypatch.setenv("MINUTEBOOK_ACCESS", "council, staff")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MINUTEBOOK_PORT", str(free.getsockname()[1]))
    assert app.main(flags) == 2
    assert set(opened) == {("public", *groups)}


@pytest.mark.parametrize(
    ("flag", "said"), [("--adapter", "no adapter_model.safetensors"), ("--encoder", "nowhere")]
)
def test_another_encoder_or_adapter_is_used_or_refused(
    flag: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MINUTEBOOK_PORT", str(free.getsockname()[1]))
    assert app.main(["--index", str(tmp_path / "index"), flag, str(tmp_path / "nowhere")]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("page_is_opened", [True, False])
def test_the_encoder_is_loaded_with_and_without_a_page(
    page_is_opened: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "SETTLING", 0.0)
    monkeypatch.setattr(app, "HEAD_START", 0.01)
    encoder, opened = Asked(), threading.Event()
    if page_is_opened:
        opened.set()
    with app._open(str(tmp_path / "index"), chroma=None, encoder=encoder) as book:
        app._warm(book, opened)
    assert encoder.queries == 1


class Asked(HashEncoder):
    queries = 0

    def encode_query(self, text: str) -> np.ndarray:
        self.queries += 1
        return super().encode_query(text)


def test_nothing_is_written_among_the_installed_files_by_starting() -> None:
    """Gradio would look through the stubs of its components, and write them anew, at every start."""
    watch = (
        "import ast, sys; parsed = []; parse = ast.parse\n"
        "ast.parse = lambda source, *a, **k: (parsed.append(str(source)), parse(source, *a, **k))[1]\n"
        "import qa.chat\n"
        "sys.exit(any('class HTML(' in source for source in parsed))"
    )
    assert subprocess.run([sys.executable, "-c", watch], cwd=Path(app.__file__).parent).returncode == 0


SERVE = """
import resource, signal, sys, threading
import app

def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

handle, wait = signal.signal, app._until_stopped

def handled(number, handler):
    handle(number, handler)
    if number == signal.SIGTERM:
        print("idle", flush=True)

def until_stopped():
    next(thread for thread in threading.enumerate() if thread.name == "warm").join()
    signal.signal = handled
    wait()
    print(f"stopped {seconds():.2f}", flush=True)

app.HEAD_START, app._until_stopped = 0.0, until_stopped
sys.exit(app.main(sys.argv[1:]))
"""


def test_an_idle_chat_ends_soon_when_it_is_told_to(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-u", "-c", SERVE, "--index", str(tmp_path / "index"), "--port", str(port)]
    chat = subprocess.Popen(words, cwd=Path(app.__file__).parent, stdout=subprocess.PIPE, text=True)
    try:
        assert chat.stdout and any(line == "idle\n" for line in chat.stdout)
        chat.terminate()
        begun = float(next(line for line in chat.stdout if line.startswith("stopped")).split()[1])
        _, status, used = os.wait4(chat.pid, 0)
        chat.returncode = os.waitstatus_to_exitcode(status)
    finally:
        chat.kill()
    assert chat.returncode == 0
    assert (
        used.ru_utime + used.ru_stime - begun < 0.75
    )  # of work, as other programs may take the machine's time
