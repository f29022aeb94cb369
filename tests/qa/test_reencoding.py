"""The chat of an index of an earlier encoder: who keeps it has it encoded anew there, and answers go on."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest

from ingest import jobs
from ingest import reindex as reindexing
from ingest.desk import Desk, NotTheOperator
from ingest.encoder import Encoded, Snippet
from ingest.index import OwnedIndex
from ingest.jobs import Job, job_of
from ingest.pipeline import ingest
from ingest.records import Language
from ingest.remembered import Made
from qa import Minutebook
from qa.chat import build, launch
from tests.faults.folders import OLD, write
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree

QUESTION = "council plan harbour"
RECORDS = 4


class Newer(HashEncoder):
    """Another encoder, of the same size, that takes its time where it is told to, and counts the questions."""

    def __init__(self) -> None:
        super().__init__("newer")
        self.go, self.begun = threading.Event(), threading.Event()
        self.go.set()
        self.asked: list[str] = []

    def knows(self, language: Language) -> bool:
        return True

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        self.begun.set()
        while not self.go.wait(0.02):
            if progress:
                progress(0)  # as an encoder does between two batches: what is stopped ends here
        return super().encode(snippets, progress)

    def encode_query(self, text: str) -> np.ndarray:
        self.asked.append(text)
        return -super().encode_query(text)  # vectors that are not the other encoder's

    def _encode(self, snippet: Snippet) -> Encoded:
        found = super()._encode(snippet)
        return Encoded(-found.vector, -found.sentences)


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Newer:
    """What is offered for every index that does not have it."""
    encoder = Newer()

    def offer(made: Made) -> Newer | None:
        return encoder if made.id != encoder.id else None

    monkeypatch.setattr(jobs, "offer", offer)
    monkeypatch.setattr(reindexing, "BATCH_PASSAGES", 2)
    return encoder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write(tmp_path / "minutes", OLD, RECORDS)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([tmp_path / "minutes"], index)
    return tmp_path / "index"


@pytest.fixture
def book(place: Path, newer: Newer) -> Iterator[Minutebook]:
    with Minutebook.open(place, encoder=HashEncoder(), own=True, operator=True) as opened:
        yield opened


def desk_of(book: Minutebook) -> Desk:
    assert book.desk
    return book.desk


def hits(book: Minutebook) -> list[int]:
    return [hit.passage_id for hit in book.search(QUESTION)]


def over(book: Minutebook, number: int, *states: str) -> Job:
    end = time.monotonic() + 30
    while (job := job_of(book._corpus.catalog, number)) is None or job.state not in states:
        assert time.monotonic() < end, job
        time.sleep(0.02)
    return job


def test_answers_go_on_while_it_is_encoded_and_change_over_in_one_step(
    book: Minutebook, newer: Newer
) -> None:
    before, desk = hits(book), desk_of(book)
    newer.go.clear()
    number = desk.reindex()
    assert newer.begun.wait(30) and desk.reindex() == number  # it is asked for once
    assert hits(book) == before and not newer.asked
    assert desk.state().reindexing
    newer.go.set()
    job = over(book, number, "done")
    assert (
        job.progress
        and job.progress.unit == "passage"
        and job.progress.done == job.progress.total == job.result
    )
    assert hits(book) == before and newer.asked == [QUESTION]
    assert book.knows_every_language and not desk.state().reindexing
    dense = book._corpus.dense
    assert dense and dense.ready and hits(book) == before
    owned = book._owned
    assert owned and desk.state().index.encoder == newer.id
    assert_stores_agree(owned)


def test_what_began_before_the_change_is_finished_with_the_encoder_it_began_with(
    book: Minutebook, newer: Newer
) -> None:
    with book._corpus.session() as session:
        assert session.holdings.state.encoder == "hash@64"
        over(book, desk_of(book).reindex(), "done")
        assert np.allclose(session.query_vector(QUESTION), HashEncoder().encode_query(QUESTION))


def test_a_file_that_is_ingested_afterwards_is_encoded_with_the_new_encoder(
    book: Minutebook, newer: Newer, tmp_path: Path
) -> None:
    over(book, desk_of(book).reindex(), "done")
    newer.encoded.clear()
    write(tmp_path / "minutes", OLD, RECORDS + 1)
    arguments = {"paths": [str(tmp_path / "minutes")], "prune": False, "force": False}
    over(book, jobs.put_job(book._corpus.catalog, "ingest", arguments), "done")
    assert newer.encoded and book._owned
    assert_stores_agree(book._owned)


def test_it_can_be_stopped_and_goes_on_from_what_was_encoded(book: Minutebook, newer: Newer) -> None:
    desk, before = desk_of(book), hits(book)
    newer.go.clear()
    number = desk.reindex()
    assert newer.begun.wait(30)
    desk.stop_reindexing()
    over(book, number, "cancelled")
    assert not desk.state().reindexing and desk.state().index.encoder == "hash@64" and hits(book) == before
    newer.go.set()
    over(book, desk.reindex(), "done")
    assert desk.state().index.encoder == newer.id and hits(book) == before


def test_an_owner_that_stops_leaves_it_to_the_next(place: Path, newer: Newer) -> None:
    newer.go.clear()
    with Minutebook.open(place, encoder=HashEncoder(), own=True, operator=True) as book:
        number = desk_of(book).reindex()
        assert newer.begun.wait(30)
    newer.go.set()
    with Minutebook.open(place, encoder=HashEncoder(), own=True) as book:
        over(book, number, "done")
        assert hits(book)


def test_where_nothing_is_offered_nothing_is_encoded(book: Minutebook, newer: Newer) -> None:
    over(book, desk_of(book).reindex(), "done")
    newer.encoded.clear()
    assert over(book, desk_of(book).reindex(), "done").result == 0 and not newer.encoded


def test_only_who_keeps_the_index_has_it_encoded_anew(place: Path, newer: Newer) -> None:
    with Minutebook.open(place, encoder=HashEncoder(), own=True) as book:
        for way in (desk_of(book).reindex, desk_of(book).stop_reindexing):
            with pytest.raises(NotTheOperator, match="--operator"):
                way()
        assert jobs.all_jobs(book._corpus.catalog) == [] and not desk_of(book).state().operator


def test_a_page_that_may_not_see_every_record_is_told_of_it_only_where_its_visitors_keep_the_index(
    place: Path, newer: Newer
) -> None:
    with OwnedIndex.open(place, HashEncoder()) as index:
        for operator in (True, False):
            desk = Desk(index, (), operator=operator)
            assert not desk.sees_all()
            if operator:
                desk.reindex()
            assert bool(desk.state().reindexing) is operator


def test_the_page_starts_and_stops_it(book: Minutebook, newer: Newer) -> None:
    newer.go.clear()
    page = build(book)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        with httpx.Client(base_url=launch(page, "127.0.0.1", port, desk=book.desk), timeout=60) as client:
            config = client.get("config").json()
            (one,) = (d for d in config["dependencies"] if any(t[1] == "reindex" for t in d["targets"]))
            call = {
                "fn_index": one["id"],
                "trigger_id": one["targets"][0][0],
                "session_hash": "s",
                "data": [],
            }

            def send(stop: bool) -> str:
                return client.post("gradio_api/run/predict", json=call | {"event_data": {"stop": stop}}).text

            assert "stop_reindex" in send(False) and newer.begun.wait(30)
            send(True)
            (job,) = jobs.all_jobs(book._corpus.catalog)
            over(book, job.id, "cancelled")
    finally:
        newer.go.set()
        page.close(verbose=False)
