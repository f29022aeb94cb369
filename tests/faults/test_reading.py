"""What is read while an ingest goes on: at every point each record is there, whole, and not older than acknowledged.

The four mutants are wrong protocols; that the same look catches each of them shows that it can fail.
"""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest import pipeline
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome
from qa import Minutebook
from qa.corpus import Corpus
from qa.legs import dense_leg
from qa.scope import Scope
from tests.faults import mutants
from tests.faults.folders import NEW, OLD, RECORDS, write
from tests.faults.points import Points
from tests.hash_encoder import HashEncoder


class Wrong(Exception):
    """A reader saw what it must not see. No IngestError: nothing in the pipeline takes it for its own."""


class Reader:
    """Asks the dense leg alone, the one that two stores have to agree for, at every point."""

    def __init__(self, index: OwnedIndex, edition: str) -> None:
        self.index = index
        self.acknowledged: dict[str, str] = defaultdict(lambda: edition)
        self.looks = 0
        self._looking = False

    def __call__(self, point: str) -> None:
        if self._looking or self.index.open_dense is None:
            return
        self._looking = True
        try:
            self.look(point)
        finally:
            self._looking = False

    def look(self, point: str) -> None:
        corpus = Corpus(self.index.catalog, self.index.encoder, self.index.open_dense)
        with corpus.session() as session:
            found = session.load(sorted(dense_leg(session, "council plan harbour quarter", Scope())))
        seen: dict[str, set[str]] = defaultdict(set)
        for passage in found.values():
            seen[passage.record_id] |= {edition for edition in (OLD, NEW) if edition in passage.text}
        if len(seen) != RECORDS:
            raise Wrong(f"{point}: {len(seen)} of {RECORDS} records found")
        for record_id, editions in seen.items():
            if len(editions) != 1:
                raise Wrong(f"{point}: {record_id} is mixed")
            if self.acknowledged[record_id] == NEW and editions != {NEW}:
                raise Wrong(f"{point}: {record_id} is superseded")
        self.looks += 1

    def acknowledge(self, outcome: Outcome) -> None:
        self.acknowledged[outcome.record_id or ""] = NEW
        self("acknowledged")


def amend_under_watch(tmp_path: Path, patch: pytest.MonkeyPatch, mutant: str | None) -> Reader:
    folder = tmp_path / "minutes"
    write(folder, OLD)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        pipeline.ingest([folder], index)
        write(folder, NEW)
        _ = index.dense
        reader = Reader(index, OLD)
        points = Points(reader)
        points.watch_catalog(index.catalog)
        points.watch_chroma(patch.setattr)
        if mutant:
            mutants.apply(mutant, patch.setattr)
        try:
            report = pipeline.ingest([folder], index, reader.acknowledge)
        finally:
            patch.undo()
        assert not report.failed
    return reader


def test_at_every_point_each_record_is_found_whole_and_not_superseded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert amend_under_watch(tmp_path, monkeypatch, None).looks > 50


@pytest.mark.parametrize("mutant", mutants.ALL)
def test_a_wrong_protocol_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    with pytest.raises(Wrong):
        amend_under_watch(tmp_path, monkeypatch, mutant)


QUESTION = "council plan harbour quarter"


def ask_throughout(
    book: Minutebook, change: Callable[[], Any], floor: list[int], asked: list[int]
) -> list[str]:
    """Four readers search while `change` runs; what was wrong.

    `floor[0]` is the edition acknowledged, `asked` counts the questions of each reader.
    """
    stop, wrong = threading.Event(), []

    def read(number: int) -> None:
        while not stop.is_set():
            least = floor[0]
            seen: dict[str, set[int]] = defaultdict(set)
            for hit in book.search(QUESTION, k=500):
                seen[hit.meeting.record_id] |= {int(word[1:]) for word in hit.text.split() if word[:1] == "№"}
            if len(seen) != RECORDS:
                wrong.append(f"{len(seen)} records")
            wrong.extend(f"mixed {s}" for s in seen.values() if len(s) > 1)
            wrong.extend(f"superseded {s} < {least}" for s in seen.values() if s and min(s) < least)
            asked[number] += 1

    readers = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for reader in readers:
        reader.start()
    change()
    stop.set()
    for reader in readers:
        reader.join()
    return wrong


@pytest.mark.parametrize(
    ("rounds", "questions"), [(6, 6), pytest.param(1_000 // RECORDS, 10_000, marks=pytest.mark.slow)]
)
def test_four_readers_throughout_see_nothing_empty_mixed_or_superseded(
    tmp_path: Path, rounds: int, questions: int, record_property: Any
) -> None:
    """Rounds of amending every record, gone on with until so many questions were asked meanwhile."""
    folder, floor, asked = tmp_path / "minutes", [0], [0, 0, 0, 0]
    write(folder, "plan №0")
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder(), own=True) as book:
        index = book._owned
        assert index
        pipeline.ingest([folder], index)
        assert book._corpus.dense.wait(20)  # type: ignore[union-attr]

        def change() -> None:
            for edition in itertools.count(1):
                if edition > rounds and sum(asked) >= questions:
                    break
                write(folder, f"plan №{edition}")
                assert not pipeline.ingest([folder], index).failed
                floor[0] = edition
            time.sleep(0.1)

        wrong = ask_throughout(book, change, floor, asked)
    record_property("amendments", floor[0] * RECORDS)
    record_property("questions", sum(asked))
    assert wrong == []
