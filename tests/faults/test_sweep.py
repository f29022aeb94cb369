"""An ingest that dies, or whose every call may fail, at each point: old or new, nothing lost, a rerun completes.

The normal run takes a spread of the points; `--slow` takes all of them, and 1,000 timed kills.
"""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest import pipeline, seals
from ingest.catalog import open_existing
from ingest.index import OwnedIndex
from tests.faults.folders import NEW, OLD, RECORDS, write
from tests.hash_encoder import HashEncoder

ROOT = Path(__file__).parents[2]
SPREAD = 9  # points of the normal run
PLACES = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # a process is killed, not the machine
SUMMARY: dict[str, float] = {"trials": 0, "slowest recovery": 0.0}


class Zygote:
    """The process that forks for each trial."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.zygote"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, **question: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert "error" not in said, said["error"]
        return said.get("said")

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


class Trials:
    """Copies of an index of the old edition, beside a folder of the new one."""

    def __init__(self, base: Path, zygote: Zygote) -> None:
        self.base = base
        self.zygote = zygote
        self.folder = base / "minutes"
        self.place = base / "trial"
        write(self.folder, OLD)
        with OwnedIndex.open(base / "old", HashEncoder()) as index:
            pipeline.ingest([self.folder], index)
        write(self.folder, NEW)

    def fresh(self, copied: str = "old") -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base / copied, self.place)

    def misread(self) -> str:
        """Keeps a copy of the index as rules without a register would have read what is in it now; its name."""
        with closing(sqlite3.connect(self.place / "catalog.sqlite3")) as catalog, catalog:
            catalog.execute("DELETE FROM decisions")
            catalog.execute("UPDATE versions SET details = json_remove(details, '$.rules')")
        with open_existing(self.place) as opened, opened.write() as connection:
            seals.seal_all(connection)  # it was stored so, and is not damaged
        shutil.copytree(self.place, self.base / "misread")
        return "misread"

    def age(self) -> None:
        """Makes the index one of another splitter."""
        with closing(sqlite3.connect(self.place / "catalog.sqlite3")) as catalog, catalog:
            catalog.execute("UPDATE meta SET value = '1' WHERE key = 'splitter'")

    def ask(self, do: str, at: list[int] | None = None) -> Any:
        more = {"at": at} if at is not None else {}
        return self.zygote.ask(do=do, place=str(self.place), folder=str(self.folder), **more)

    def points(self) -> list[str]:
        self.fresh()
        return self.ask("count")

    def check(self, what: object) -> None:
        left = self.ask("check")
        assert len(left["before"]) == RECORDS, f"{what}: a record was lost"
        assert all((old == 0) != (new == 0) for old, new in left["before"]), f"{what}: mixed or empty"
        assert left["failed"] == 0, f"{what}: the rerun failed"
        assert all(old == 0 and new > 0 for old, new in left["after"]), f"{what}: the rerun did not complete"
        assert left["recut"], f"{what}: passages of another splitter are left"
        assert left["outdated"] == 0, f"{what}: what older rules read is left"
        SUMMARY["trials"] += 1
        SUMMARY["slowest recovery"] = max(SUMMARY["slowest recovery"], left["seconds"])


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory, zygote: Zygote) -> Iterator[Trials]:
    name = f"minutebook-faults-{random.randrange(10**9)}"
    base = PLACES / name if PLACES else tmp_path_factory.mktemp("faults")
    base.mkdir(exist_ok=True)
    yield Trials(base, zygote)
    shutil.rmtree(base)


def chosen(count: int, slow: bool) -> list[int]:
    """All points, or a spread of them that holds the first and the last."""
    return (
        list(range(1, count + 1))
        if slow
        else sorted({1 + i * (count - 1) // (SPREAD - 1) for i in range(SPREAD)})
    )


@pytest.fixture
def slow(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--slow"))


def test_every_kind_of_fault_point_is_passed(trials: Trials) -> None:
    names = trials.points()
    for kind in (
        "before commit",
        "after commit",
        "chroma upsert",
        "chroma get",
        "chroma delete",
        "chroma open",
    ):
        assert any(kind in name for name in names), kind
    assert any("INSERT INTO versions" in name for name in names)
    assert any("UPDATE records" in name for name in names)
    assert names[-1] == "acknowledged"


def test_a_kill_at_any_point_leaves_old_or_new(trials: Trials, slow: bool) -> None:
    names = trials.points()
    for number in chosen(len(names), slow):
        trials.fresh()
        assert trials.ask("kill", [number]) is None
        trials.check(f"killed at {number}, {names[number - 1]}")


def test_a_kill_while_an_index_of_another_splitter_is_recut_leaves_every_record(
    trials: Trials, slow: bool
) -> None:
    trials.fresh()
    trials.age()
    names = trials.ask("count")
    last = 1 + max(n for n, name in enumerate(names) if "UPDATE passages" in name)
    assert 0 < last < len(names)
    for number in chosen(last + 20, slow):
        trials.fresh()
        trials.age()
        assert trials.ask("kill", [number]) is None
        trials.check(f"killed at {number}, {names[number - 1]}, while recutting")


def test_a_kill_while_records_are_read_anew_leaves_every_record(trials: Trials, slow: bool) -> None:
    trials.points()
    copied = trials.misread()
    trials.fresh(copied)
    names = trials.ask("count")
    assert any("INSERT INTO decisions" in name for name in names)
    for number in chosen(len(names), slow):
        trials.fresh(copied)
        assert trials.ask("kill", [number]) is None
        trials.check(f"killed at {number}, {names[number - 1]}, while reading anew")


def test_a_second_kill_while_recovering_does_too(trials: Trials, slow: bool) -> None:
    count = len(trials.points())
    rng = random.Random(7)
    for _ in range(count if slow else 4):
        first, second = rng.randint(1, count), rng.randint(1, count // 2)
        trials.fresh()
        trials.ask("kill", [first])
        trials.ask("kill", [second])
        trials.check(f"killed at {first}, then at {second}")


def test_an_error_from_any_call_leaves_old_or_new_and_only_our_errors_come_out(
    trials: Trials, slow: bool
) -> None:
    names = trials.points()
    for number in chosen(len(names) - 1, slow):
        trials.fresh()
        trials.ask("raise", [number])
        trials.check(f"error at {number}, {names[number - 1]}")


KILLED = """
import sys
from pathlib import Path
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from tests.hash_encoder import HashEncoder
with OwnedIndex.open(Path(sys.argv[2]), HashEncoder()) as index:
    print("open", flush=True)
    ingest([Path(sys.argv[1])], index)
"""


@pytest.mark.parametrize("share", [pytest.param(n, marks=pytest.mark.slow) for n in range(10)])
def test_a_hundred_kills_at_any_time_lose_nothing(trials: Trials, share: int) -> None:
    """Ten times a hundred: with the fork that is timed, so that a trial takes no start of Python."""
    rng = random.Random(share)
    for _ in range(100):
        trials.fresh()
        seconds = rng.uniform(0.0, 0.6)
        trials.zygote.ask(do="timed", place=str(trials.place), folder=str(trials.folder), seconds=seconds)
        trials.check(f"killed after {seconds:.4f} s")


def test_a_process_that_is_killed_from_outside_loses_nothing(trials: Trials) -> None:
    for delay in (0.05, 0.2):
        trials.fresh()
        command = [sys.executable, "-c", KILLED, str(trials.folder), str(trials.place)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdout and process.stdout.readline() == b"open\n"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        trials.check(f"killed from outside after {delay} s")


def test_recovery_takes_seconds(record_property: Any) -> None:
    """Written last: what the trials above took."""
    record_property("trials", SUMMARY["trials"])
    record_property("slowest recovery (s)", round(SUMMARY["slowest recovery"], 2))
    assert SUMMARY["trials"] > 0 and SUMMARY["slowest recovery"] < 30
    print(f"{SUMMARY['trials']:.0f} trials, slowest recovery {SUMMARY['slowest recovery']:.2f} s")
