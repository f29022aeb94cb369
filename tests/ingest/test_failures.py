"""What was not taken in is said, is kept as long as it stands, and is forgotten once it is settled."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.bundled import MINILM
from ingest.care import status
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.pipeline import ingest, plan
from ingest.reading import list_files, passed_over

Minutes = Callable[..., Path]


def failed(index: OwnedIndex) -> list[str]:
    return [Path(path).name for path, _, _ in status(index.folder).failures]


@pytest.fixture
def folder(minutes: Minutes) -> Path:
    return minutes("12.md").parent


# What lies in a folder and is not read ----------------------------------------------------------------------


def test_files_of_other_kinds_in_a_folder_are_named_with_what_to_do(folder: Path) -> None:
    for name in ("votes.xlsx", "budget.xls", "talk.pptx", "LICENSE"):
        (folder / name).touch()
    for litter in (".hidden", "~$12.docx", "Thumbs.db", "12.md~", "loading.pdf.crdownload", "meetings.toml"):
        (folder / litter).touch()
    found = {reason: [path.name for path in paths] for reason, paths in passed_over([folder]).items()}
    assert found.pop("spreadsheets are not read; save the sheet as PDF or text") == [
        "budget.xls",
        "votes.xlsx",
    ]
    assert found.pop("slides are not read; save them as PDF") == ["talk.pptx"]
    assert [*found.values()] == [["LICENSE"]]
    assert [path.name for path in list_files([folder])] == ["12.md"]


def test_a_link_to_a_folder_is_not_followed_and_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "13.md").write_text("# Minutes")
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    assert [path.name for path in list_files([folder])] == ["12.md"]
    assert passed_over([folder]) == {
        "links to folders are not followed; name the folder itself": [folder / "link"]
    }
    assert [path.name for path in list_files([folder / "link"])] == ["13.md"]


@pytest.mark.parametrize("how", ["--plan", "--check", "-v"])
def test_every_way_to_look_at_a_folder_says_what_is_passed_over(
    folder: Path, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        (folder / f"{number}.xlsx").touch()
    assert main([str(folder), how, "--index", str(folder / "index")]) == 0
    printed = capsys.readouterr().err
    assert (
        "5 files were passed over (0.xlsx, 1.xlsx, 2.xlsx and 2 more): spreadsheets are not read;" in printed
    )
    assert "catalog" not in printed and "vectors" not in printed


def test_the_sum_says_what_was_not_encoded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "en.md").write_text("# Library Board\n\n3 May 2024\n\nThe Board approved the budget.\n")
    (tmp_path / "zh.md").write_text("# 市政府常务会议纪要\n\n2024年5月3日\n\n会议原则同意该方案。\n")
    assert main([str(tmp_path), "--index", str(tmp_path / "index"), "--encoder", MINILM.name]) == 0
    assert (
        "2 passages: 1 encoded, 1 found by their words alone as the encoder does not know their language"
        in capsys.readouterr().out
    )


def test_a_reason_that_many_files_failed_for_is_said_once_and_each_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    assert main([str(tmp_path), "--index", str(tmp_path / "index")]) == 1
    said = capsys.readouterr().err
    assert said.count("it is empty (0 bytes)") == 1 and "failed     12 files: it is empty" in said
    assert all(f"{tmp_path / f'{number}.txt'}\n" in said for number in range(12))
    assert "binary data" in said


# What failed is kept until it is settled --------------------------------------------------------------------


def test_a_file_that_failed_is_forgotten_once_it_went_in(folder: Path, index: OwnedIndex) -> None:
    (folder / "13.md").write_bytes(b"")
    ingest([folder / "13.md"], index)
    assert failed(index) == ["13.md"]
    (folder / "13.md").write_text("# Minutes of 3 May 2024\n\nIt was agreed.\n")
    ingest([folder], index)
    assert failed(index) == []


def test_a_file_that_was_only_out_of_reach_is_forgotten_though_it_is_unchanged(
    folder: Path, index: OwnedIndex
) -> None:
    ingest([folder], index)
    os.rename(folder / "12.md", folder / "12.away")
    (folder / "12.md").symlink_to("12.md")  # a loop: nothing can be read there
    ingest([folder], index)
    assert failed(index) == ["12.md"]
    os.unlink(folder / "12.md")
    os.rename(folder / "12.away", folder / "12.md")
    assert [o.status for o in ingest([folder], index).outcomes] == [Status.UNCHANGED]
    assert failed(index) == []


def test_a_file_that_failed_and_is_gone_is_forgotten_by_the_next_run(
    folder: Path, index: OwnedIndex, tmp_path: Path
) -> None:
    ingest([tmp_path / "mistyped.md"], index)
    assert failed(index) == ["mistyped.md"]
    ingest([folder], index)
    assert failed(index) == []


def test_a_kind_that_was_named_once_is_forgotten_when_its_folder_is_ingested(
    folder: Path, index: OwnedIndex, tmp_path: Path
) -> None:
    for place in (folder, tmp_path):
        (place / "votes.xlsx").touch()
    ingest([folder / "votes.xlsx", tmp_path / "votes.xlsx"], index)
    ingest([folder], index)
    assert [path for path, _, _ in status(index.folder).failures] == [str(tmp_path / "votes.xlsx")]


def test_one_that_failed_can_be_forgotten_while_the_index_is_in_use(
    folder: Path, index: OwnedIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (folder / name).touch()
    ingest([folder / "a.xlsx", folder / "b.xlsx"], index)
    assert main(["forget", str(folder / "a.xlsx"), "--index", str(index.folder)]) == 0
    assert failed(index) == ["b.xlsx"]
    assert main(["forget", str(folder), "--index", str(index.folder)]) == 0
    assert failed(index) == []
    assert main(["forget", str(folder), "--index", str(index.folder)]) == 1
    assert "is listed as failed" in capsys.readouterr().err


# What is not there may only be out of reach -----------------------------------------------------------------


def test_what_lay_in_a_folder_that_is_empty_now_is_pruned_only_when_forced(
    minutes: Minutes, index: OwnedIndex
) -> None:
    folder = minutes("12.md").parent
    minutes("13.md", session="13th", day="2 April 2024")
    ingest([folder], index)
    for path in folder.iterdir():
        path.unlink()
    report = ingest([folder], index, prune=True)
    assert [o.status for o in report.outcomes] == [Status.MISSING, Status.MISSING]
    assert plan([folder], index.catalog, prune=True).outcomes == report.outcomes
    assert "is empty" in report.outcomes[0].notes[0] and "--force" in report.outcomes[0].notes[0]
    assert ingest([folder], index).outcomes[0].notes == ()
    assert ingest([folder], index, prune=True, force=True).count(Status.REMOVED) == 2


def test_what_lies_in_a_folder_that_cannot_be_looked_into_is_not_pruned(
    minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = minutes("sub/12.md").parent.parent
    ingest([folder], index)
    lstat, stat, scandir = os.lstat, os.stat, os.scandir

    def closed(call: Callable[..., object]) -> Callable[..., object]:
        """As the system answers who may not look into the folder; the tests may run as root, who always may."""

        def answer(path: object, *rest: object, **more: object) -> object:
            if str(path).startswith(str(folder / "sub")) and (
                call is scandir or str(path) != str(folder / "sub")
            ):
                raise PermissionError(13, "Permission denied", str(path))
            return call(path, *rest, **more)

        return answer

    for name, call in (("lstat", lstat), ("stat", stat), ("scandir", scandir)):
        monkeypatch.setattr(os, name, closed(call))
    report = ingest([folder], index, prune=True)
    assert [(o.path.name, o.status) for o in report.outcomes] == [("sub", Status.FAILED)]
    assert "make it readable" in report.outcomes[0].notes[0]
    monkeypatch.undo()
    assert [o.status for o in ingest([folder], index).outcomes] == [Status.UNCHANGED]
    assert failed(index) == []


def test_a_folder_in_the_place_of_a_file_is_no_file(folder: Path, index: OwnedIndex) -> None:
    ingest([folder], index)
    (folder / "12.md").unlink()
    (folder / "12.md").mkdir()
    (folder / "12.md" / "13.md").write_text("# Minutes of 3 May 2024\n\nIt was agreed.\n")
    report = ingest([folder], index)
    assert {o.path.name: o.status for o in report.outcomes} == {
        "13.md": Status.ADDED,
        "12.md": Status.MISSING,
    }


def test_the_index_named_before_its_folder_is_there_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forget", "x.md", "--index", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_control_characters_of_a_name_or_a_title_command_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "\x1b[31mred\nline.txt").write_text("Minutes \x1b[2J of 3 May 2024\n\nIt was agreed.\n")
    (tmp_path / "\x1b]0;title\x07.txt").write_bytes(b"")
    index = str(tmp_path / "index")
    for arguments in ([str(tmp_path), "-v"], ["status", "--records"], [str(tmp_path), "--check"]):
        main([*arguments, "--index", index])
    printed = "".join(capsys.readouterr())
    assert "\x1b" not in printed and "\x07" not in printed
    assert r"\x1b[31mred\x0aline.txt" in printed and "Minutes [2J of 3 May 2024" in printed
