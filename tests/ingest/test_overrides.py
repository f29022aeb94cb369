"""meetings.toml beside the files: what the clerk states wins, and a change of it is a new version."""

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.index import OwnedIndex
from ingest.overrides import overrides_for
from ingest.pipeline import Status, ingest
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
                "SELECT v.date, a.group_name FROM versions v JOIN access a USING (record_id) WHERE v.state = 'ready'"
            ).all()
        assert [tuple(row) for row in rows] == [("2024-03-16", "staff")]
