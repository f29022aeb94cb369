"""An index of another encoder is encoded anew in one step: the old vectors serve until the new ones do."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import reindex as reindexing
from ingest import store
from ingest.__main__ import main
from ingest.errors import CatalogError, IndexMismatch
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.pipeline import ingest
from ingest.reindex import reindex
from qa import Minutebook
from tests.faults.folders import OLD, write
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree, visible

RECORDS = 4
CHINESE = (
    "# 第三十二次常务会议纪要\n\n2024年3月15日\n\n会议听取了燃气安全工作汇报，会议强调要加强隐患排查。\n"
)


class EveryLanguage(HashEncoder):
    """An encoder of other vectors, for every language."""

    def __init__(self) -> None:
        super().__init__("every", 32)

    def knows(self, language: str) -> bool:
        return True


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write(tmp_path / "minutes", OLD, RECORDS)
    (tmp_path / "minutes" / "zh.md").write_text(CHINESE, encoding="utf-8")
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([tmp_path / "minutes"], index)
    return tmp_path / "index"


def reindexed(place: Path, encoder: HashEncoder) -> int:
    with OwnedIndex.open(place, encoder, reencode=True) as index:
        return reindex(index)


def test_it_becomes_what_a_fresh_build_with_that_encoder_is(place: Path, tmp_path: Path) -> None:
    assert reindexed(place, EveryLanguage()) > 0
    with (
        OwnedIndex.open(place, EveryLanguage()) as index,
        OwnedIndex.open(tmp_path / "fresh", EveryLanguage()) as fresh,
    ):
        ingest([tmp_path / "minutes"], fresh)
        assert visible(index) == visible(fresh)
        for one in (index, fresh):
            assert_stores_agree(one)
        query = sa.text("SELECT key, vector, sentences FROM vectors ORDER BY key")
        with index.catalog.read() as ours, fresh.catalog.read() as theirs:
            assert ours.execute(query).all() == theirs.execute(query).all()
        report = ingest([tmp_path / "minutes"], index)
        assert {outcome.status for outcome in report.outcomes} == {Status.UNCHANGED}


def test_back_to_an_encoder_that_knows_fewer_languages(place: Path) -> None:
    with OwnedIndex.open(place, HashEncoder()) as index:
        before = visible(index)
    reindexed(place, EveryLanguage())
    reindexed(place, HashEncoder())
    with OwnedIndex.open(place, HashEncoder()) as index:
        assert visible(index) == before
        assert_stores_agree(index)


def test_the_old_encoder_serves_until_the_flip_and_what_was_encoded_is_not_encoded_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "BATCH_PASSAGES", 2)

    def fail(*_: object) -> None:
        raise CatalogError("the disk is full")

    first, second = EveryLanguage(), EveryLanguage()
    with Minutebook.open(place, encoder=HashEncoder()) as reader:
        hits = [hit.passage_id for hit in reader.search("council plan harbour")]
        with monkeypatch.context() as broken, pytest.raises(CatalogError):
            broken.setattr(store, "take_vectors", fail)
            reindexed(place, first)
        assert [hit.passage_id for hit in reader.search("council plan harbour")] == hits
        OwnedIndex.open(place, HashEncoder()).close()
        assert reindexed(place, second) == 0 and first.encoded and not second.encoded
        with pytest.raises(IndexMismatch, match=r"every@32.*--reindex"):
            reader.search("council plan harbour")
    with Minutebook.open(place, encoder=EveryLanguage()) as reader:
        assert {hit.meeting.record_id for hit in reader.search("council plan harbour")}


def test_the_refusal_of_another_encoder_says_what_to_run(place: Path) -> None:
    with pytest.raises(IndexMismatch, match=rf"python -m ingest --reindex --index {place}"):
        Minutebook.open(place, encoder=EveryLanguage())


def test_the_command_line_reindexes(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ingest.__main__.SentenceTransformerEncoder", lambda *_, **__: EveryLanguage())
    assert main(["--reindex", "--index", str(place)]) == 0
    assert "one of the encoder every@32 now" in capsys.readouterr().out
    assert main(["--reindex", "--index", str(place / "none")]) == 2
