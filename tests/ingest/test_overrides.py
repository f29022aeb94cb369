"""meetings.toml beside the files: what the clerk states wins, and a change of it is a new version."""

from pathlib import Path

import pytest

from ingest.check import examine_all, findings
from ingest.errors import ReadError
from ingest.index import OwnedIndex
from ingest.minutes import understand
from ingest.overrides import overrides_for
from ingest.pipeline import Status, ingest
from ingest.records import Document
from tests.hash_encoder import HashEncoder


def test_fields_are_read_for_the_file_they_name(tmp_path: Path) -> None:
    (tmp_path / "meetings.toml").write_text('["a.md"]\ndate = 2024-03-15\naccess = ["staff", "council"]\n')
    assert overrides_for(tmp_path / "a.md") == {"date": "2024-03-15", "access": "staff, council"}
    assert overrides_for(tmp_path / "b.md") == {}


@pytest.mark.parametrize("content", ["[a.md\n", '"a.md" = 3\n'])
def test_a_bad_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "meetings.toml").write_text(content)
    with pytest.raises(ReadError, match=r"meetings\.toml"):
        overrides_for(tmp_path / "a.md")


def test_a_field_goes_by_any_of_its_names_and_one_that_is_none_is_said() -> None:
    stated = {"committee": "Library Board", "chairmann": "Ann Bell", "colour": "red"}
    found = understand(Document("Minutes of 3 May 2024"), overrides=stated)
    assert found.meeting.body == "Library Board"
    assert found.notes == (
        "What meetings.toml states as chairmann is no field of a meeting; is chairman meant?",
        "What meetings.toml states as colour is no field of a meeting.",
    )


def test_a_name_that_no_file_has_is_found_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Minutes of 3 May 2024")
    (tmp_path / "meetings.toml").write_text('["a.md"]\nbody = "Board"\n["b.md"]\nbody = "Board"\n')
    (said,) = findings(examine_all([tmp_path / "a.md"]))
    assert said == f"{tmp_path / 'meetings.toml'} names b.md, which is not there; correct the name."


def test_what_the_clerk_states_wins_and_a_change_of_it_is_a_new_version(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "a.md").write_text(
        "# Minutes of the Library Board\n\n15 March 2024\n\nThe roof was approved.\n"
    )
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
        (folder / "meetings.toml").write_text('["a.md"]\ndate = 2024-03-16\naccess = "staff"\n')
        report = ingest([folder], index)
        assert [outcome.status for outcome in report.outcomes] == [Status.AMENDED]
        assert [outcome.status for outcome in ingest([folder], index).outcomes] == [Status.UNCHANGED]
        with index.catalog.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT v.date, a.group_name FROM versions v JOIN access a USING (record_id, version) "
                "WHERE v.state = 'ready'"
            ).all()
        assert [tuple(row) for row in rows] == [("2024-03-16", "staff")]
