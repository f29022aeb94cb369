"""What lies in a folder and is no file of minutes: it is named and passed over, and no command waits for it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.catalog import FILE_NAME as CATALOG
from ingest.check import examine
from ingest.errors import ReadError
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.overrides import overrides_for
from ingest.owner import FILE_NAME as LOCK
from ingest.pipeline import ingest, plan
from ingest.readers import opening, read
from ingest.watchers import FOLDER as WATCHING
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import visible

ROOT = Path(__file__).parents[2]
MOST = 5.0  # seconds that a command may take, from when it is loaded
GOOD = "# Minutes of the Harbour Board\n\n4 May 2024\n\nThe board approved the survey of the quay.\n"
RUN = """
import sys, time
import ingest.__main__ as command
from tests.hash_encoder import HashEncoder
command.SentenceTransformerEncoder = lambda *_, **__: HashEncoder()
begun = time.monotonic()
code = command.main(sys.argv[1:])
print(f"{code} {time.monotonic() - begun:.2f}", flush=True)
"""
SAID = {
    "fifo.txt": "it is a named pipe (FIFO)",
    "fifo.pdf": "it is a named pipe (FIFO)",
    "socket.md": "it is a socket",
    "device.txt": "it is a symbolic link",
    "outside.md": "it is a symbolic link",
    "loop.txt": "it is a symbolic link",
    "huge.md": "it is larger than 64 MiB",
}

Make = Callable[[Path], object]


def make_socket(path: Path) -> None:
    before = os.getcwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(before)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1024 * opening.MiB)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "good.md").write_text(GOOD)
    (folder / "folder.txt").mkdir()
    (tmp_path / "secret.md").write_text("# Minutes of a board elsewhere\n\n5 May 2024\n\nNothing.\n")
    os.mkfifo(folder / "fifo.txt")
    os.mkfifo(folder / "fifo.pdf")
    make_socket(folder / "socket.md")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "outside.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop.txt").symlink_to("loop.txt")
    make_huge(folder / "huge.md")
    return folder


def command(*words: object, timeout: float = 60.0) -> "tuple[int, float, str]":
    """The exit code of a command, the seconds it took from when it was loaded, and all it said."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, words)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout,
    )
    code, _, seconds = done.stdout.splitlines()[-1].partition(" ")
    return int(code), float(seconds), done.stdout


@pytest.mark.parametrize("flags", [[], ["--plan"], ["--check"]], ids=lambda flags: "".join(flags) or "ingest")
def test_a_command_names_what_is_no_file_and_goes_on(folder: Path, flags: list[str], tmp_path: Path) -> None:
    code, seconds, said = command(folder, *flags, "--index", tmp_path / "index")
    assert code == 1 and seconds < MOST
    for name, reason in SAID.items():
        assert any(name in line and reason in line for line in said.splitlines()), (name, said)
    assert "1 added" in said or "Harbour Board" in said
    assert "board elsewhere" not in said


def test_the_watch_names_them_takes_what_is_there_and_goes_on(folder: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-u", "-c", RUN, folder, "--watch", "-v", "--index", tmp_path / "index"]
    heard = tmp_path / "heard"

    def says(what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while what not in heard.read_text():
            assert time.monotonic() < deadline, heard.read_text()
            time.sleep(0.1)

    with (
        heard.open("w") as out,
        subprocess.Popen([*map(str, words)], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT) as watching,
    ):
        try:
            says("Watching", 30)
            says("1 added, 7 failed.", 2 * MOST)  # Chroma is loaded in it
            assert all(name in heard.read_text() and why in heard.read_text() for name, why in SAID.items())
            (folder / "later.md").write_text(GOOD.replace("4 May", "9 May").replace("quay", "pier"))
            says("later.md", 2 * MOST)
        finally:
            watching.terminate()
        watching.wait(10)


@pytest.mark.parametrize("make", [os.mkfifo, make_huge, lambda path: path.symlink_to("/dev/zero")])
def test_what_the_clerk_states_is_read_from_a_file_or_every_file_beside_it_is_held(
    tmp_path: Path, index: OwnedIndex, make: Make
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.md").write_text(GOOD)
    make(tmp_path / "in" / "meetings.toml")
    begun = time.monotonic()
    (outcome,) = ingest([tmp_path / "in"], index).outcomes
    assert outcome.status is Status.HELD and not visible(index)
    assert plan([tmp_path / "in"], index.catalog).count(Status.HELD) == 1
    assert examine(tmp_path / "in" / "good.md").refused
    assert time.monotonic() - begun < MOST


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x." * 200_000 + "x = 1", "x = '" + "a" * 900_000])
def test_what_the_clerk_states_cannot_exhaust_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "meetings.toml").write_text(text)
    for most in (3 * MOST, 0.5):  # it takes time once, not for every file beside it
        begun = time.monotonic()
        with pytest.raises(ReadError, match=r"meetings.toml beside it"):
            overrides_for(tmp_path / "good.md")
        assert time.monotonic() - begun < most


def test_a_file_that_is_written_to_while_it_is_read_is_told_and_read_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.md"
    path.write_text(GOOD)
    looked, fstat = [], os.fstat

    def grown(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        if status.st_ino == path.stat().st_ino and not looked:
            looked.append(descriptor)
            with path.open("a") as file:
                file.write("More was said.\n")
        return status

    with monkeypatch.context() as growing:
        growing.setattr(os, "fstat", grown)
        with pytest.raises(ReadError, match="it was written to while it was read; ingest it again when"):
            read(path)
    assert looked and read(path).text.endswith("More was said.\n")


@pytest.mark.parametrize(
    ("swap", "reason"),
    [
        (os.mkfifo, "it is a named pipe"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a symbolic link"),
        (make_socket, "it is a socket"),
    ],
)
def test_what_takes_the_place_of_a_file_after_it_was_looked_at_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: Make, reason: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    look = opening.status_of

    def swapped(seen: Path) -> os.stat_result:
        status = look(seen)
        path.unlink()
        swap(path)
        return status

    monkeypatch.setattr(opening, "status_of", swapped)
    begun = time.monotonic()
    with pytest.raises(ReadError):
        read(path)
    monkeypatch.undo()
    with pytest.raises(ReadError, match=reason):
        read(path)
    assert time.monotonic() - begun < MOST


def test_what_is_digested_is_what_is_read(
    tmp_path: Path, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import decide

    path, taken = tmp_path / "a.md", []
    path.write_text(GOOD)
    digest_of = decide.digest_of

    def written_over(file: object, *rest: object) -> str:
        digest = digest_of(file, *rest)  # type: ignore[arg-type]
        path.write_text(GOOD.replace("approved", "rejected"))
        taken.append(digest)
        return digest

    monkeypatch.setattr(decide, "digest_of", written_over)
    ingest([path], index)
    monkeypatch.undo()
    assert taken and all("approved" in row[3] for row in visible(index))
    assert ingest([path], index).count(Status.AMENDED) == 1
    assert all("rejected" in row[3] for row in visible(index))


def test_no_file_is_handed_in_from_outside_the_batch(tmp_path: Path, index: OwnedIndex) -> None:
    from ingest.desk import Desk

    desk = Desk(index)
    batch = desk.inbox.begin()
    for name, make in {"a.txt": os.mkfifo, "b.txt": lambda p: p.symlink_to("/dev/zero")}.items():
        make(desk.inbox.waiting(batch, name))
    begun = time.monotonic()
    assert desk.plan(batch).count(Status.FAILED) == 2
    assert time.monotonic() - begun < MOST


# What may lie beside a record ----------------------------------------------------------------------------------

BESIDE = (
    "good.md.toml",
    "good.toml",
    "meeting.toml",
    "meetings.toml.bak",
    "meetings.toml.txt",
    "MEETINGS.TOML",
    ".meetings.toml",
    "good.css",
    "good.png",
)


def test_no_command_waits_for_what_lies_beside_a_record(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.md").write_text(GOOD)
    linked = (
        '<link rel="stylesheet" href="good.css"><img src="good.png"><p>Minutes of the pier, 5 May 2024</p>'
    )
    (tmp_path / "in" / "linked.html").write_text(linked)
    for name in BESIDE:
        os.mkfifo(tmp_path / "in" / name)
    into = "--index", tmp_path / "index"
    folder = tmp_path / "in"
    for words in ([folder, "--plan"], [folder], [folder / "good.md", "--check"], ["status"], ["doctor"]):
        code, seconds, said = command(*words, *into)
        assert seconds < MOST and "Traceback" not in said and code in (0, 1), (words, said)


# The files of the index itself --------------------------------------------------------------------------------

OWN = (
    CATALOG,
    f"{CATALOG}-wal",
    f"{CATALOG}-journal",
    LOCK,
    f"{WATCHING}/1",
    "inbox/meetings.toml",
    "inbox/a.txt",
    "vectors-1/chroma.sqlite3",
    *(f"vectors-1/*/{name}" for name in ("header.bin", "length.bin", "data_level0.bin", "link_lists.bin")),
)
COMMANDS = (
    ["status"], ["doctor"], ["backup", "copy"], ["purge", "x"], ["minutes"], ["minutes", "--plan"], ["index/inbox"],
)  # fmt: skip
EACH = RUN.replace(
    "code = command.main(sys.argv[1:])", "code = [command.main(words) for words in eval(sys.argv[1])]"
)


@pytest.mark.parametrize("own", OWN)
def test_no_command_waits_for_what_should_be_a_file_of_the_index(tmp_path: Path, own: str) -> None:
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes" / "good.md").write_text(GOOD)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([tmp_path / "minutes"], index)
    for name in (WATCHING, "inbox"):
        (tmp_path / "index" / name).mkdir(exist_ok=True)
    (place,) = (tmp_path / "index").glob(own) if "*" in own else [tmp_path / "index" / own]
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    done = subprocess.run(
        [sys.executable, "-c", EACH, str([[*words, "--index", "index"] for words in COMMANDS])],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    codes, _, seconds = done.stdout.splitlines()[-1].rpartition(" ")
    assert "Traceback" not in done.stdout and len(eval(codes)) == len(COMMANDS), done.stdout
    assert float(seconds) < MOST * len(COMMANDS)


def test_a_backup_is_restored_from_a_file_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "copy")
    for words in (["restore", tmp_path / "copy"], ["backup", tmp_path / "copy"]):
        code, seconds, said = command(*words, "--index", tmp_path / "index")
        assert code == 2 and seconds < MOST and "Traceback" not in said
