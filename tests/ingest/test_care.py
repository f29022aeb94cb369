"""Keeping an index: what is wrong is found, a backup restores, and what is purged is gone from the disk."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import probe, store
from ingest.__main__ import main
from ingest.care import backup, held_records, restore, status
from ingest.catalog import FILE_NAME
from ingest.doctor import Diagnosis, examine, examine_owned
from ingest.errors import IndexBroken, IndexBusy, IndexProblem
from ingest.history import NoSuchRecord, rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.reindex import reindex
from ingest.vectors import LocalChroma
from qa import Minutebook
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, assert_stores_agree, visible

Minutes = Callable[..., Path]
SECRET = "Zanzibarquartz"


@pytest.fixture
def place(minutes: Minutes, tmp_path: Path) -> Path:
    """A closed index of two records, one of them in its second version."""
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        secret = ITEMS | {"Gas_safety": f"The meeting heard that {SECRET} had been found in the pipes."}
        ingest([minutes("12.md", **secret), minutes("13.md", session="13th", day="2 May 2024")], index)
        ingest([minutes("12.md", **secret | {"Trees": f"Ten trees for {SECRET}."})], index)
    return tmp_path / "index"


def test_a_sound_index_has_no_findings_open_or_closed(place: Path) -> None:
    diagnosis = examine(place)
    assert diagnosis.findings == ()
    assert diagnosis.figures["records"] == 2 and diagnosis.figures["versions"] == 3
    with OwnedIndex.open(place, HashEncoder()) as index:
        owned = examine_owned(index)
        assert owned.sound and owned.figures["passages"] == diagnosis.figures["passages"]
        with pytest.raises(IndexBusy):
            examine(place)


def test_an_index_is_examined_where_it_lies_whatever_folder_one_is_in(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun_elsewhere = tmp_path / "elsewhere"
    begun_elsewhere.mkdir()
    probe.close()
    monkeypatch.chdir(begun_elsewhere)
    assert examine(place).sound  # the process that asks Chroma is started here, and kept
    monkeypatch.chdir(place.parent)
    assert examine(place.name).findings == ()
    assert not list(begun_elsewhere.iterdir())
    probe.close()


BREAK = {
    "are not in the word index": "DELETE FROM passage_words WHERE rowid = (SELECT min(id) FROM passages)",
    "belong to no passage": "INSERT INTO passage_words (rowid, body, context) VALUES (9999, 'x', 'x')",
    "lack their vector": "DELETE FROM vectors WHERE key = (SELECT vector_key FROM passages LIMIT 1)",
    "do not belong to the version": "UPDATE passages SET version = 77 WHERE id = (SELECT min(id) FROM passages)",
    "never finished": "UPDATE versions SET state = 'staging' WHERE state = 'superseded'",
    "not covered": "DELETE FROM passages WHERE id = (SELECT min(id) FROM passages)",
    "no version that answers use": "UPDATE records SET active = 5",
    "another length": "UPDATE vectors SET vector = x'00000000' WHERE key = (SELECT min(key) FROM vectors)",
}


OF_FIRST = "WHERE {} = (SELECT min(id) FROM passages)"
WORDS = {
    "another word": ["UPDATE passage_words SET body = 'zanzibar' " + OF_FIRST.format("rowid")],
    "another context": ["UPDATE passage_words SET context = body " + OF_FIRST.format("rowid")],
    "no entry": ["DELETE FROM passage_words " + OF_FIRST.format("rowid")],
    "pairs of none": [
        "INSERT INTO passage_grams (rowid, body, context) SELECT min(id), '会议', '会议' FROM passages"
    ],
    "no entries": ["DELETE FROM passage_words_content"],
    "lists of other entries": [  # what is read of an entry is right, and it is found by another word
        "CREATE TABLE kept AS SELECT rowid AS id, body FROM passage_words",
        "UPDATE passage_words SET body = 'zanzibar' " + OF_FIRST.format("rowid"),
        "UPDATE passage_words_content SET c0 = (SELECT body FROM kept WHERE kept.id = passage_words_content.id)",
        "DROP TABLE kept",
    ],
}
SENTENCES = {
    "too few": "x'00'",
    "too many": "sentences || zeroblob(length(vector) / 4)",
    "none": "x''",
    "no number that is written": "CAST(substr(sentences, 1, length(sentences) - 1) || x'80' AS BLOB)",
    "text": "'words'",
}


@pytest.mark.parametrize("damage", WORDS)
def test_a_word_index_of_other_words_is_found_and_written_anew(place: Path, damage: str) -> None:
    with closing(sqlite3.connect(place / FILE_NAME)) as connection:
        for statement in WORDS[damage]:
            connection.execute(statement)
        connection.commit()
    found = [said for said in examine(place).findings if "--reindex, which writes it anew" in said]
    assert found and "word index" in found[0], examine(place).findings
    with OwnedIndex.open(place, HashEncoder()) as index:
        reindex(index)
        assert_stores_agree(index)
    assert examine(place).findings == ()


def test_a_word_index_that_cannot_be_read_is_said_and_the_rest_is_examined(place: Path) -> None:
    with closing(sqlite3.connect(place / FILE_NAME)) as connection:
        connection.execute("DELETE FROM passage_words_data")
        connection.execute(BREAK["lack their vector"])
        connection.commit()
    findings = examine(place).findings
    assert any(said.startswith("The word index cannot be read") and "backup" in said for said in findings)
    assert any("lack their vector" in said for said in findings), findings


@pytest.mark.parametrize("damage", SENTENCES)
def test_damaged_vectors_of_sentences_are_found_and_encoded_anew(place: Path, damage: str) -> None:
    with closing(sqlite3.connect(place / FILE_NAME)) as connection:
        first = "(SELECT vector_key FROM passages ORDER BY id LIMIT 1)"
        connection.execute(f"UPDATE vectors SET sentences = {SENTENCES[damage]} WHERE key = {first}")
        connection.commit()
    found = [
        said
        for said in examine(place).findings
        if "vectors of the sentences of 1 passages are damaged" in said
    ]
    assert found and "--reindex" in found[0], examine(place).findings
    with OwnedIndex.open(place, HashEncoder()) as index:
        reindex(index)
    assert examine(place).findings == ()


@pytest.mark.parametrize("finding", BREAK)
def test_what_contradicts_itself_is_found(place: Path, finding: str) -> None:
    with sqlite3.connect(place / FILE_NAME) as connection:
        connection.execute(BREAK[finding])
    diagnosis = examine(place)
    assert any(finding in said for said in diagnosis.findings), diagnosis.findings
    assert Diagnosis.from_json(diagnosis.to_json()) == diagnosis


def test_a_dense_index_that_differs_is_found(place: Path) -> None:
    dense = LocalChroma(place).generation("1").open()
    ids = sorted(dense.ids())
    dense.delete(ids[:1])
    dense.upsert([9999], dense.fetch(ids[-1:])[ids[-1]][None])
    dense.close()
    assert {said.split(" passages")[0] for said in examine(place).findings} == {"1"}
    assert len(examine(place).findings) == 2
    shutil.rmtree(place / "vectors-1")
    assert "rebuilds it" in examine(place).findings[0]


def test_the_doctor_says_how_to_go_on_after_an_ingest_was_cut_short(place: Path) -> None:
    with sqlite3.connect(place / FILE_NAME) as connection:
        connection.execute("UPDATE versions SET state = 'staging' WHERE state = 'superseded'")
    assert any("run it again" in said for said in examine(place).advice)


def test_the_doctor_names_the_server_that_holds_the_dense_index(place: Path) -> None:
    with sqlite3.connect(place / FILE_NAME) as connection:
        connection.execute("INSERT INTO meta VALUES ('index_id', 'abc')")
    shutil.rmtree(next(place.glob("vectors-*")))
    assert any("--chroma-url" in said for said in examine(place).findings)


def test_the_doctor_counts_vectors(place: Path) -> None:
    with sqlite3.connect(place / FILE_NAME) as connection:
        count = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
    assert examine(place).figures["vectors"] == count > 1


def test_the_doctor_ends_with_one_when_something_is_wrong(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--index", str(place)]) == 0
    assert "sound" in capsys.readouterr().out
    with sqlite3.connect(place / FILE_NAME) as connection:
        connection.execute(BREAK["never finished"])
    assert main(["doctor", "--index", str(place)]) == 1
    assert "never finished" in capsys.readouterr().err
    assert main(["doctor", "--index", str(place / "nowhere")]) == 2


def test_a_backup_restores_what_answers_see(place: Path, tmp_path: Path) -> None:
    question = "What was approved about the housing plan?"
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        before = str(book.ask(question))
    with OwnedIndex.open(place, HashEncoder()) as index:
        rows = visible(index)
        backup(place, tmp_path / "copy")  # while it is owned and open
        with pytest.raises(IndexBusy):
            restore(tmp_path / "copy", place)
    shutil.rmtree(place)
    encoder = HashEncoder()
    restore(tmp_path / "copy", place)
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    with OwnedIndex.open(place, encoder) as index:
        assert visible(index) == rows
        assert_stores_agree(index)
        assert encoder.encoded == []
    with Minutebook.open(place, encoder=HashEncoder()) as book:
        assert str(book.ask(question)) == before


def test_the_doctor_finds_nothing_wrong_with_what_was_restored(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(str(place), str(tmp_path / "copy"))
    restore(str(tmp_path / "copy"), str(tmp_path / "restored"))
    assert main(["doctor", "--index", str(tmp_path / "restored")]) == 0
    assert "was restored from a backup" in capsys.readouterr().out
    with OwnedIndex.open(tmp_path / "restored", HashEncoder()) as index:
        assert_stores_agree(index)
    assert examine(tmp_path / "restored").advice == ()
    shutil.rmtree(next((tmp_path / "restored").glob("vectors-*")))
    assert not examine(tmp_path / "restored").sound  # and not because of a backup


def test_a_restore_replaces_what_was_there(place: Path, tmp_path: Path, minutes: Minutes) -> None:
    backup(place, tmp_path / "copy")
    with OwnedIndex.open(place, HashEncoder()) as index:
        rows = visible(index)
        ingest([minutes("14.md", session="14th", day="2 June 2024")], index)
        assert visible(index) != rows
    restore(tmp_path / "copy", place)
    with OwnedIndex.open(place, HashEncoder()) as index:
        assert visible(index) == rows
        assert_stores_agree(index)


def test_what_is_no_backup_is_refused_and_changes_nothing(place: Path, tmp_path: Path) -> None:
    backup(place, tmp_path / "copy")
    half = (tmp_path / "copy").read_bytes()
    (tmp_path / "half").write_bytes(half[: len(half) // 2])
    for file in (tmp_path / "half", tmp_path / "none", place.parent / "minutes" / "12.md"):
        with pytest.raises(IndexBroken, match="no backup"):
            restore(file, place)
    with sqlite3.connect(tmp_path / "copy") as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(IndexProblem, match="newer"):
        restore(tmp_path / "copy", place)
    assert examine(place).sound


def disk(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file())


def test_what_is_purged_is_gone_from_the_disk(place: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(place, HashEncoder()) as index:
        with index.catalog.read() as connection:
            of = (
                "SELECT v.vector FROM vectors v JOIN passages p ON p.vector_key = v.key "
                "JOIN records r ON r.id = p.record_id WHERE r.source LIKE "
            )
            query = f"{of} '%12.md' EXCEPT {of} '%13.md'"
            vectors = connection.scalars(sa.text(query)).all()
        before = disk(place)
        assert SECRET.encode() in before and vectors and all(vector in before for vector in vectors)
        outcome = purge(index, str(tmp_path / "minutes" / "12.md"))
        assert outcome.status is Status.REMOVED
        left = disk(place)  # while it is open: logs and all
        assert {row[0] for row in visible(index)} == {str(tmp_path / "minutes" / "13.md")}
        assert_stores_agree(index)
    for found in (left, disk(place)):
        assert SECRET.encode() not in found and SECRET.lower().encode() not in found
        assert not [vector for vector in vectors if vector in found]
        assert b"12.md" not in found
    with OwnedIndex.open(place, HashEncoder()) as index, pytest.raises(NoSuchRecord):
        purge(index, str(tmp_path / "minutes" / "12.md"))


def test_a_purge_that_was_cut_short_is_finished_by_the_next_opening(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        OwnedIndex.open(place, HashEncoder()) as index,
        monkeypatch.context() as patched,
        pytest.raises(KeyboardInterrupt),
    ):
        patched.setattr(store, "scrub", lambda _: (_ for _ in ()).throw(KeyboardInterrupt()))
        purge(index, str(tmp_path / "minutes" / "12.md"))
    OwnedIndex.open(place, HashEncoder()).close()
    assert SECRET.lower().encode() not in disk(place).lower()


def test_older_versions_of_other_records_survive_a_purge(place: Path, tmp_path: Path) -> None:
    with OwnedIndex.open(place, HashEncoder()) as index:
        purge(index, str(tmp_path / "minutes" / "13.md"))
        rollback(index, str(tmp_path / "minutes" / "12.md"))
        assert "Ten trees" not in "".join(row[3] for row in visible(index))
        assert_stores_agree(index)


def test_the_status_names_records_owner_and_failures(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.md").write_bytes(b"")
    with OwnedIndex.open(place, HashEncoder()) as index:
        ingest([tmp_path / "bad.md"], index)
        found = status(place)
        assert (found.records, found.encoder) == (2, "hash@64")
        assert found.owner and f"process {os.getpid()}" in found.owner
        assert [path for path, _, _ in found.failures] == [str(tmp_path / "bad.md")]
        assert {(r.version, r.versions) for r in held_records(index.catalog)} == {(2, 2), (1, 1)}
        (tmp_path / "bad.md").write_text("# Minutes\n\nIt was agreed.\n")
        ingest([tmp_path / "bad.md"], index)
    assert status(place).owner is None and status(place).failures == ()
    assert main(["status", "--records", "--index", str(place)]) == 0
    assert "version 2 of 2" in capsys.readouterr().out
