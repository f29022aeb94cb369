"""kill -9 at any moment of an ingest: the old minutes or the new, and a rerun completes."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import tables
from ingest.index import OwnedIndex
from ingest.pipeline import Status, ingest
from tests.hash_encoder import HashEncoder

INGEST = """
import sys
from pathlib import Path
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from tests.hash_encoder import HashEncoder
with OwnedIndex.open(Path(sys.argv[2]), HashEncoder()) as index:
    print("open", flush=True)
    ingest([Path(sys.argv[1])], index)
"""
RECORDS = 12


def write(folder: Path, edition: str) -> None:
    for number in range(RECORDS):
        items = "\n\n".join(
            f"## Item {item}\n\nThe council approved the {edition} plan number {number}-{item} for the harbour quarter."
            for item in range(6)
        )
        text = f"# Minutes of meeting {number}\n\n{1 + number} March 2024\n\n{items}\n"
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")


def editions(index: OwnedIndex) -> list[tuple[int, int]]:
    """For each record, how many of its active passages are of the old and of the new edition."""
    query = (
        "SELECT sum(instr(substr(v.text, p.start + 1, p.end - p.start), 'first plan') > 0), "
        "sum(instr(substr(v.text, p.start + 1, p.end - p.start), 'second plan') > 0) "
        "FROM records r JOIN versions v ON v.record_id = r.id AND v.version = r.active "
        "JOIN passages p ON p.record_id = r.id AND p.version = r.active GROUP BY r.id"
    )
    with index.catalog.read() as connection:
        return [(old, new) for old, new in connection.execute(sa.text(query))]


def kill_during(folder: Path, place: Path, delay: float) -> bool:
    """Ingests in a process of its own and kills it `delay` seconds after it opened the index; whether it was alive."""
    command = [sys.executable, "-c", INGEST, str(folder), str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        time.sleep(delay)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
    return alive


@pytest.mark.parametrize("seed", [pytest.param(n, marks=pytest.mark.slow if n else ()) for n in range(40)])
def test_a_killed_ingest_leaves_old_or_new_and_a_rerun_completes(tmp_path: Path, seed: int) -> None:
    folder, place = tmp_path / "minutes", tmp_path / "index"
    folder.mkdir()
    write(folder, "first")
    with OwnedIndex.open(place, HashEncoder()) as index:
        assert ingest([folder], index).count(Status.ADDED) == RECORDS
    write(folder, "second")
    kill_during(folder, place, random.Random(seed).uniform(0.0, 0.8))
    with OwnedIndex.open(place, HashEncoder()) as index:
        found = editions(index)
        assert len(found) == RECORDS
        assert all((old == 0) != (new == 0) for old, new in found)
        report = ingest([folder], index)
        assert not report.failed
        assert all(old == 0 and new > 0 for old, new in editions(index))
        with index.catalog.read() as connection:
            known = set(connection.scalars(sa.select(tables.passages.c.id)))
            words = connection.scalar(sa.text("SELECT count(*) FROM passage_words"))
        assert index.dense.ids() == known
        assert words == len(known)
