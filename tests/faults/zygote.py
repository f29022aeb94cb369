"""A process that loads everything once and forks for each trial: a fault, then what is left.

    python -m tests.faults.zygote   reads a JSON question a line, answers a JSON line

It opens no index itself, so that the forks begin clean. A question: {"do": "count" | "kill" | "raise" | "timed" |
"check", "place", "folder", "at": [numbers of points], "seconds": until a timed kill}.
"""

import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from ingest import index as owned
from ingest import pipeline, probe
from ingest.catalog import Catalog, create_catalog
from ingest.errors import IngestError
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.outdated import find_outdated
from ingest.recut import is_recut
from ingest.vectors import LocalChroma, load
from tests.faults.folders import editions
from tests.faults.points import Points, fail, kill, record
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree


def run(question: dict[str, Any], points: Points) -> None:
    """Ingests the folder with the points watched; also what opening does is watched."""

    def created(place: Path) -> Catalog:
        catalog = create_catalog(place)
        points.watch_catalog(catalog)
        return catalog

    owned.create_catalog = created
    points.watch_chroma(setattr)
    points.watch_files(setattr)
    with OwnedIndex.open(Path(question["place"]), HashEncoder()) as index:
        pipeline.ingest([Path(question["folder"])], index, prune=question.get("prune", False))
    points("acknowledged")


def check(question: dict[str, Any]) -> dict[str, Any]:
    """What is left after a fault, and whether a rerun completes it."""
    begun = time.monotonic()
    place, folder = Path(question["place"]), Path(question["folder"])
    with OwnedIndex.open(place, HashEncoder()) as index:
        before = editions(index)
        _ = index.dense
        recovered = time.monotonic() - begun
        assert_stores_agree(index)
        report = pipeline.ingest([folder], index)
        done = [outcome.status for outcome in report.outcomes if outcome.status is not Status.UNCHANGED]
        after, recut = editions(index), is_recut(index.catalog)
        outdated = find_outdated(index.catalog).anew
        assert_stores_agree(index)
    return {
        "before": before,
        "after": after,
        "seconds": recovered,
        "done": done,
        "failed": len(report.failed),
        "recut": recut,
        "outdated": outdated,
    }


def answer(question: dict[str, Any]) -> Any:
    if question["do"] == "check":
        return check(question)
    if question["do"] == "timed":
        signal.signal(
            signal.SIGALRM, signal.SIG_DFL
        )  # the default ends the process, between any two instructions
        signal.setitimer(signal.ITIMER_REAL, max(1e-4, question["seconds"]))
        with OwnedIndex.open(Path(question["place"]), HashEncoder()) as index:
            pipeline.ingest([Path(question["folder"])], index)
        return None
    names: list[str] = []
    at = frozenset(question["at"]) if "at" in question else None
    act = {"count": record(names), "kill": kill, "raise": fail}[question["do"]]
    try:
        run(question, Points(act, at))
    except IngestError as error:  # the one kind of error that may come out
        names.append(str(error))
    return names


class Prober:
    """The probe as a fork of this process, without the start of one that loads everything again.

    It forks before the trial does: a trial that has Chroma open has threads that hold locks, and so may its forks.
    """

    def __init__(self) -> None:
        self.trial, own = socket.socketpair()
        self.process = os.fork()
        if not self.process:
            self.trial.close()
            while asked := own.recv(65_536):
                own.send(json.dumps(probe._in_fork(json.loads(asked))).encode())
            os._exit(0)
        own.close()

    def __call__(self, shelf: LocalChroma, generation: str, catalog: Path) -> str | None:
        place = {"index": str(shelf.index), "generation": generation, "catalog": str(catalog)}
        self.trial.send(json.dumps(place | {"seconds": 60.0}).encode())
        return json.loads(self.trial.recv(65_536))

    def end(self) -> None:
        self.trial.close()
        os.waitpid(self.process, 0)


def main() -> None:
    load()
    for line in sys.stdin:
        owned.probe = prober = Prober()
        receive, send = os.pipe()
        child = os.fork()
        if not child:
            try:
                said = {"said": answer(json.loads(line))}
            except BaseException as error:
                said = {"error": f"{type(error).__name__}: {error}"}
            with os.fdopen(send, "w") as out:
                json.dump(said, out)
            os._exit(0)
        os.close(send)
        with os.fdopen(receive) as answered:
            text = answered.read()
        _, status = os.waitpid(child, 0)
        prober.end()
        print(text or json.dumps({"killed": os.WIFSIGNALED(status)}), flush=True)


if __name__ == "__main__":
    main()
