"""What a program that reads the dense index by itself is told: what everybody may read, and nothing of the rest."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.config import Settings
from llama_index.core.vector_stores.types import (
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)

from ingest import store
from ingest.doctor import examine, examine_owned
from ingest.errors import CatalogError
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Status
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.vectors import DenseIndex, VectorStoreError
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree

Minutes = Callable[..., Path]
CALL = DenseIndex._call

HEARING = """---
title: Hearing on the harbour
date: 2024-05-02
body: Harbour Board
{access}---

# Hearing on the harbour

## Dredging

MS. BELL: The dredging of the inner basin begins in June and ends before the regatta.

MR. CHEN: The Board approved the dredging.
"""


@pytest.fixture
def hearing(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Writes the hearing, for everybody or with what is said of access in its front matter."""
    path = tmp_path / "hearing.md"

    def write(access: str = "", **swapped: str) -> Path:
        text = HEARING.format(access=f"{access}\n" if access else "")
        for old, new in swapped.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return path

    yield write


def only(index: OwnedIndex, path: Path) -> Outcome:
    (outcome,) = ingest([path], index).outcomes
    return outcome


def rows(folder: Path, **asked: Any) -> dict[str, Any]:
    """What a client of its own gets out of the index folder."""
    (place,) = folder.glob("vectors-*")
    client = chromadb.PersistentClient(str(place), settings=Settings(anonymized_telemetry=False))
    try:
        return client.get_collection("passages", embedding_function=None).get(**asked)
    finally:
        client.close()


def told(index: OwnedIndex) -> str:
    """Every word and field that Chroma gives out."""
    got = index.dense._call("get", include=["documents", "metadatas"])
    return repr([*filter(None, got["documents"]), *filter(None, got["metadatas"])])


def test_a_plain_client_reads_words_and_where_they_stand(
    hearing: Callable[..., Path], tmp_path: Path
) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        done = only(index, hearing())
    got = rows(tmp_path / "index", include=["documents", "metadatas"])
    text = Path(tmp_path / "hearing.md").read_text("utf-8")
    for document, about in zip(got["documents"], got["metadatas"], strict=True):
        assert document in text
        assert (about["record_id"], about["version"]) == (done.record_id, 1)
        assert (about["title"], about["body"]) == ("Hearing on the harbour", "Harbour Board")
        assert (about["date"], about["day"]) == ("2024-05-02", 20240502)
        assert len(document) == about["end"] - about["start"]
    (spoken,) = (about for about in got["metadatas"] if "speakers" in about)
    assert spoken["speakers"] == ["MS. BELL", "MR. CHEN"] and spoken["item"] == "Dredging"


def test_a_plain_client_searches_with_filters(minutes: Minutes, tmp_path: Path) -> None:
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024")], index)
    (place,) = (tmp_path / "index").glob("vectors-*")
    client = chromadb.PersistentClient(str(place), settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection("passages", embedding_function=None)
    asked = encoder.encode_query("inspection of gas pipes before the winter")
    spring = {"$and": [{"day": {"$gte": 20240401}}, {"day": {"$lte": 20240630}}]}
    got = collection.query(query_embeddings=[asked], n_results=1, where=spring)
    assert "gas pipes" in got["documents"][0][0] and got["metadatas"][0][0]["date"] == "2024-05-02"
    got = collection.query(query_embeddings=[asked], n_results=9, where_document={"$contains": "Mill Road"})
    assert [about["item"] for about in got["metadatas"][0]] == ["Bus lanes", "Bus lanes"]
    client.close()


def test_llamaindex_reads_it(hearing: Callable[..., Path], tmp_path: Path) -> None:
    chroma = pytest.importorskip("llama_index.vector_stores.chroma")
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        done = only(index, hearing("access: public"))
        restricted = tmp_path / "restricted.md"
        restricted.write_text(
            hearing("access: council").read_text("utf-8").replace("harbour", "ferry"), "utf-8"
        )
        ingest([restricted], index)
    (place,) = (tmp_path / "index").glob("vectors-*")
    client = chromadb.PersistentClient(str(place), settings=Settings(anonymized_telemetry=False))
    stored = chroma.ChromaVectorStore(client.get_collection("passages", embedding_function=None))
    since = MetadataFilter(key="day", operator=FilterOperator.GTE, value=20240501)
    query = VectorStoreQuery(
        query_embedding=encoder.encode_query("dredging of the inner basin").tolist(),
        similarity_top_k=1,
        filters=MetadataFilters(filters=[since]),
    )
    (node,) = stored.query(query).nodes
    assert "inner basin" in node.get_content()
    query = VectorStoreQuery(query_embedding=encoder.encode_query("dredging").tolist(), similarity_top_k=99)
    assert {found.metadata.get("record_id") for found in stored.query(query).nodes} == {done.record_id, None}
    assert node.metadata["record_id"] == done.record_id and node.metadata["speakers"] == [
        "MS. BELL",
        "MR. CHEN",
    ]
    client.close()


@pytest.mark.parametrize("access", ["access: council", "confidential: true"])
def test_nothing_is_told_of_what_not_everybody_may_read(
    access: str, hearing: Callable[..., Path], index: OwnedIndex
) -> None:
    only(index, hearing(access))
    assert told(index) == "[]"
    assert_stores_agree(index)


def test_what_is_stored_before_it_is_visible_is_told_of_only_if_everybody_may_read_it(
    hearing: Callable[..., Path], index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    def watched(dense: DenseIndex, name: str, **arguments: Any) -> Any:
        given.append((arguments.get("documents"), arguments.get("metadatas")))
        return CALL(dense, name, **arguments)

    monkeypatch.setattr(DenseIndex, "_call", watched)
    only(index, hearing("access: council"))
    assert "dredging" not in repr(given) and "arbour" not in repr(given)


def test_a_record_that_is_narrowed_leaves_with_the_ingest_and_comes_back_when_it_is_widened(
    hearing: Callable[..., Path], index: OwnedIndex
) -> None:
    only(index, hearing())
    assert "inner basin" in told(index)
    only(index, hearing("access: council"))
    assert told(index) == "[]"
    assert_stores_agree(index)
    only(index, hearing("access: public"))
    assert "inner basin" in told(index)
    assert_stores_agree(index)


def test_a_record_that_is_held_back_leaves_and_comes_back_when_its_file_is_mended(
    hearing: Callable[..., Path], index: OwnedIndex
) -> None:
    only(index, hearing())
    assert only(index, hearing("confidential: true")).status is Status.HELD
    assert told(index) == "[]" and index.dense.ids() == index.expected_ids()
    assert_stores_agree(index)
    only(index, hearing())
    assert "inner basin" in told(index)
    assert_stores_agree(index)


def test_what_is_changed_of_who_may_read_a_version_is_delivered(
    hearing: Callable[..., Path], index: OwnedIndex
) -> None:
    record_id = only(index, hearing()).record_id or ""
    for groups, words in ((["council"], False), (["council", "public"], True), ([], False)):
        with index.catalog.write() as connection:
            store.set_access(connection, record_id, 1, groups)
        index.deliver()
        assert ("inner basin" in told(index)) is words
        assert_stores_agree(index)


def test_going_back_tells_of_the_older_version_as_far_as_everybody_may_read_it(
    hearing: Callable[..., Path], index: OwnedIndex
) -> None:
    path = hearing("access: council")
    only(index, path)
    only(index, hearing("access: public", June="July"))
    assert "July" in told(index)
    rollback(index, str(path))
    assert told(index) == "[]"
    rollback(index, str(path), 2, widen=True)
    assert "July" in told(index) and "'version': 2" in told(index)
    assert_stores_agree(index)


def test_title_day_and_body_change_with_the_record(hearing: Callable[..., Path], index: OwnedIndex) -> None:
    only(index, hearing())
    only(index, hearing(**{"2024-05-02": "2024-05-03", "Harbour Board": "Port Board"}))
    assert "20240503" in told(index) and "Port Board" in told(index)
    assert "20240502" not in told(index) and "Harbour Board" not in told(index)
    assert_stores_agree(index)


def test_nothing_of_a_purged_record_is_in_the_files_of_chroma(
    hearing: Callable[..., Path], minutes: Minutes, index: OwnedIndex
) -> None:
    ingest([hearing(), minutes("12.md")], index)
    purge(index, str(hearing()))
    for file in index.folder.glob("vectors-*/**/*"):
        assert not file.is_file() or b"inner basin" not in file.read_bytes(), file
    assert "inner basin" not in told(index) and "gas pipes" in told(index)


def test_an_ingest_that_ends_before_chroma_is_told_leaves_nothing_to_be_read(
    hearing: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        only(index, hearing())
        with monkeypatch.context() as broken:

            def fail(*_: object, **__: object) -> None:
                raise VectorStoreError("the server is gone")

            broken.setattr(DenseIndex, "delete", fail)
            only(index, hearing("confidential: true"))
        assert any("wait for the dense index" in said for said in examine_owned(index).findings)
        assert told(index) == "[]"
        assert_stores_agree(index)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_delivery_that_was_cut_short_is_done_when_the_index_is_opened(
    at: int, hearing: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [(DenseIndex, "delete"), (DenseIndex, "upsert"), (store, "clear_outbox")]
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        record_id = only(index, hearing()).record_id or ""
        with index.catalog.write() as connection:
            store.set_access(connection, record_id, 1, ["council"])
        with monkeypatch.context() as broken:

            def fail(*_: object, **__: object) -> None:
                raise CatalogError("cut short")

            broken.setattr(*steps[at - 1], fail)
            with pytest.raises(CatalogError):
                index.deliver()
    assert any("wait for the dense index" in said for said in examine(tmp_path / "index").findings)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        assert told(index) == "[]"
        assert_stores_agree(index)


def test_the_dense_index_of_an_earlier_release_is_filled(minutes: Minutes, tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([minutes("12.md")], index)
        ids = sorted(index.expected_ids())
        vectors = index.dense.fetch(ids)
        index.dense.delete(ids)
        for i in ids:  # as it wrote them
            index.dense.upsert([i], vectors[i][None])
    assert any("tells otherwise" in said for said in examine(tmp_path / "index").findings)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        assert "gas pipes" in told(index)
        assert_stores_agree(index)


def test_doctor_counts_what_is_told_otherwise(
    hearing: Callable[..., Path], minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    restricted = hearing("access: council")
    ingest([restricted, minutes("12.md")], index)
    assert examine_owned(index).sound
    wanted = index.entries_of(sorted(index.expected_ids()))
    secret = [i for i, entry in wanted.items() if entry.text is None]
    first, second, *_ = (i for i, entry in wanted.items() if entry.text)
    vectors = index.vectors_of([*secret, first, second])
    index.dense.delete([*secret, first, second])
    index.dense.upsert([first], vectors[first][None])
    for i in (*secret, second):
        index.dense.upsert([i], vectors[i][None], [wanted[second].__class__("leaked", {"version": 1})])
    findings = " ".join(examine_owned(index).findings)
    assert (
        f"{len(secret)} passages can be read in the dense index though not everybody may read them"
        in findings
    )
    assert "1 passages have no words in the dense index" in findings
    assert "1 passages have other words or fields" in findings
    index.distrust()
    assert_stores_agree(index)


def test_what_is_told_of_every_passage_is_put_right_at_the_opening_though_only_some_are_compared(
    hearing: Callable[..., Path], minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.probe", lambda *_: None)
    ingest([hearing("access: council"), minutes("12.md")], index)
    wanted = index.entries_of(sorted(index.expected_ids()))
    secret = next(i for i, entry in wanted.items() if entry.text is None)
    shown = next(i for i, entry in wanted.items() if entry.text)
    vectors = index.vectors_of([secret, shown])
    index.dense.delete([shown])
    index.dense.upsert([shown], vectors[shown][None])
    index.dense.upsert([secret], vectors[secret][None], [wanted[shown]])
    index.distrust()
    assert_stores_agree(index)


def test_nothing_is_told_of_a_damaged_version(hearing: Callable[..., Path], index: OwnedIndex) -> None:
    only(index, hearing())
    with sqlite3.connect(index.catalog.path) as connection:
        connection.execute("UPDATE versions SET text = replace(text, 'June', 'July')")
    index.rebuild()
    assert told(index) == "[]"
    assert not any("words" in said for said in examine_owned(index).findings)
    os.utime(hearing(), ns=(1, 1))
    only(index, hearing())
    assert "June" in told(index)
    assert_stores_agree(index)
