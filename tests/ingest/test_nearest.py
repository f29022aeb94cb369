"""The dense index beside the questions: it heals itself, and blames nothing when the process ends."""

import subprocess
import sys

ENDING = """
import atexit, logging, time
from ingest.nearest import Nearest
from ingest.vectors import VectorStoreError

logging.basicConfig()

class Index:
    open_dense = None

    @property
    def dense(self):
        time.sleep({opening})
        raise VectorStoreError("cannot schedule new futures after interpreter shutdown")

nearest = Nearest(Index()).start()
atexit.register(time.sleep, {ending})
time.sleep({staying})
"""


def run(*, opening: float, staying: float, ending: float) -> str:
    script = ENDING.format(opening=opening, staying=staying, ending=ending)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr


def test_an_index_that_cannot_be_opened_is_said() -> None:
    assert "cannot be opened, trying again" in run(opening=0, staying=0.5, ending=0)


def test_a_process_that_ends_while_its_index_is_opened_blames_nothing() -> None:
    assert run(opening=0.3, staying=0, ending=1.0) == ""
