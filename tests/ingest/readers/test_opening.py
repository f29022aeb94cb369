"""Only regular files of a bearable size are read, and the reason is said for all others."""

import os
import socket
from pathlib import Path

import pytest

from ingest.errors import EmptyFile, ReadError, Unsupported
from ingest.readers import SUFFIXES, is_ignored, opening, read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one: paths of sockets must be short."""
    monkeypatch.chdir(tmp_path)
    return Path()


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as raised:
        read(path)
    assert raised.value.path == path
    assert str(raised.value) == f"Cannot read {path}: {raised.value.reason}"
    return raised.value.reason


def test_a_pipe_is_refused_and_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    assert refusal(folder / "a.txt") == "it is a named pipe (FIFO), not a file; remove it from the folder."


def test_a_link_is_refused_also_to_a_good_file(folder: Path) -> None:
    (folder / "real.txt").write_text("Minutes")
    (folder / "a.txt").symlink_to("real.txt")
    (folder / "b.txt").symlink_to("nowhere")
    for name in ("a.txt", "b.txt"):
        assert (
            refusal(folder / name)
            == "it is a symbolic link; links are not followed, put the file itself here."
        )


def test_a_folder_and_a_socket_are_refused(folder: Path) -> None:
    (folder / "a.txt").mkdir()
    assert (
        refusal(folder / "a.txt")
        == "it is a folder that cannot be opened; make it readable for the user who ingests."
    )
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("b.txt")
        assert refusal(folder / "b.txt") == "it is a socket, not a file; remove it from the folder."


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="it is a device, not a file"):
        opening.taken(Path("/dev/zero"), most=10)


def test_a_file_that_is_gone_is_named(folder: Path) -> None:
    assert refusal(folder / "a.txt").startswith("there is no such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_named(folder: Path) -> None:
    (folder / "a.txt").write_text("Minutes")
    (folder / "a.txt").chmod(0)
    assert refusal(folder / "a.txt") == "permission denied; make it readable for the user who ingests."


def test_a_denial_by_the_system_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (folder / "a.txt").write_text("Minutes")
    monkeypatch.setattr(os, "open", denied)
    assert refusal(folder / "a.txt") == "permission denied; make it readable for the user who ingests."


def test_a_name_with_a_nul_is_named() -> None:
    assert refusal(Path("a\0.txt")).startswith("its name cannot be opened")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(65 * opening.MiB)
    assert refusal(folder / "a.txt") == (
        "it is larger than 64 MiB, the most that is read of this kind; split it into one file per meeting."
    )


def test_a_file_of_just_the_greatest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert opening.taken(tmp_path / "a", most=5).data == b"12345"
    with pytest.raises(ReadError):
        opening.taken(tmp_path / "a", most=4)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.zip", "unpack it"),
        ("a.xlsx", "save the sheet as PDF or text"),
        ("a.PNG", "run OCR first"),
        ("a.mp3", "ingest a transcript"),
        ("a.exe", ".exe files are not read; save it as one of"),
        ("minutes", "its name has no suffix that says what it is"),
    ],
)
def test_a_kind_that_is_not_read_comes_with_advice(tmp_path: Path, name: str, advice: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(Unsupported) as raised:
        read(tmp_path / name)
    assert advice in raised.value.reason


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_named_whatever_its_kind(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").touch()
    with pytest.raises(EmptyFile, match=r"it is empty \(0 bytes\)"):
        read(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_white_space_only_is_empty(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text(" \n\t\u3000\u00a0\n")
    with pytest.raises(EmptyFile, match="it holds no words, only white space"):
        read(tmp_path / f"a{suffix}")


def test_suffixes_are_read_in_capitals_too(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("Minutes")
    assert read(tmp_path / "A.TXT").text == "Minutes"


@pytest.mark.parametrize(
    "name", ["~$minutes.docx", ".DS_Store", ".hidden.txt", "Thumbs.db", "desktop.ini", "._a.docx"]
)
def test_litter_of_other_programs_is_ignored(name: str) -> None:
    assert is_ignored(Path("folder") / name)


@pytest.mark.parametrize("name", ["minutes.docx", "~minutes.txt", "a.DS_Store.txt", "会议.md"])
def test_other_files_are_not_ignored(name: str) -> None:
    assert not is_ignored(Path(".hidden") / name)
