"""A folder of many files: killed in the middle it goes on where it stopped, in memory that does not grow with it.

The normal run takes 150 files, of which the first 128 are stored in two batches; `--slow` takes 10,000.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.index import OwnedIndex
from tests.faults.folders import OLD, editions, write
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree

ROOT = Path(__file__).parents[2]
GROWTH = 100  # MB that ten thousand files may take more than a thousand

RUN = """
import json, os, resource, signal, sys, time
from collections import Counter
from pathlib import Path
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from tests.hash_encoder import HashEncoder

encoder, statuses = HashEncoder(), Counter()
def tell(outcome):
    encoder.encoded.clear()
    statuses[outcome.status.value] += 1
    if statuses.total() == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
with OwnedIndex.open(Path(sys.argv[2]), encoder) as index:
    _, begun = index.dense, time.perf_counter()
    ingest([Path(sys.argv[1])], index, tell)
    seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"statuses": statuses, "seconds": seconds, "peak": peak}))
"""


def run(folder: Path, place: Path, killed_after: int = 0) -> subprocess.CompletedProcess[str]:
    """Ingests a folder in a process of its own, which is killed when so many files are done; 0: never."""
    command = [sys.executable, "-c", RUN, str(folder), str(place), str(killed_after)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)


def finish(folder: Path, place: Path) -> dict[str, Any]:
    done = run(folder, place)
    assert done.returncode == 0
    return json.loads(done.stdout)


@pytest.mark.parametrize("files", [150, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_run_that_was_killed_goes_on_where_it_stopped(
    tmp_path: Path, files: int, record_property: Any
) -> None:
    folder, place = tmp_path / "minutes", tmp_path / "index"
    write(folder, OLD, files)
    assert run(folder, place, files // 2).returncode == -signal.SIGKILL
    done = finish(folder, place)
    assert done["statuses"]["unchanged"] >= files // 2
    assert sum(done["statuses"].values()) == files and set(done["statuses"]) == {"unchanged", "added"}
    again = finish(folder, place)
    assert again["statuses"] == {"unchanged": files}
    record_property("seconds for the rest", done["seconds"])
    record_property("seconds when nothing changed", again["seconds"])
    record_property("peak, MB", done["peak"])
    with OwnedIndex.open(place, HashEncoder()) as index:
        assert editions(index) == [(3, 0)] * files
        assert_stores_agree(index)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_folder(tmp_path: Path, record_property: Any) -> None:
    peaks = []
    for files in (1_000, 10_000):
        folder, place = tmp_path / f"minutes-{files}", tmp_path / f"index-{files}"
        write(folder, OLD, files)
        peaks.append(finish(folder, place)["peak"])
    record_property("peaks, MB", peaks)
    assert peaks[1] - peaks[0] < GROWTH
