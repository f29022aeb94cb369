"""The corpus report: what each file would become, and what a clerk would want to look at."""

from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.check import examine_all, findings
from ingest.pipeline import list_files

MINUTES = """# Minutes of the {number}th Executive Meeting

{number} March 2024

## Budget

The meeting approved the budget of {number} million for the {number} bridges of the harbour quarter, asked the bureau
to report on the works each month, and thanked everyone who had taken part in drawing it up over the winter.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in (12, 13, 17):
        (tmp_path / f"{number}.md").write_text(MINUTES.format(number=number), encoding="utf-8")
    return tmp_path


def test_a_row_says_what_a_file_would_become(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(folder)]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].split()[:2] == ["2024-03-12", "12"]
    assert not list(folder.glob("index*"))


def test_gaps_in_sessions_are_found(folder: Path) -> None:
    assert any(
        "sessions 14 to 16 are missing" in line for line in findings(examine_all(list_files([folder])))
    )


def test_files_that_say_the_same_are_found(folder: Path) -> None:
    (folder / "copy.md").write_text(MINUTES.format(number=12), encoding="utf-8")
    found = findings(examine_all(list_files([folder])))
    assert any("12.md" in line and "copy.md" in line and "say the same" in line for line in found)
    assert not any("13.md and" in line and "same" in line for line in found)


def test_a_refused_file_is_said_and_the_exit_code_tells(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    assert main(["--check", str(folder)]) == 1
    assert "empty.txt: it is empty" in capsys.readouterr().out


def test_a_record_without_a_date_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(
        "The council met and talked about the bridge at some length.", encoding="utf-8"
    )
    assert any("day" in line or "date" in line for line in findings(examine_all(list_files([tmp_path]))))
