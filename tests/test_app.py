"""The chat program says plainly why it does not start."""

import socket
from pathlib import Path

import pytest

import app
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
