"""The commands as people type them: what they print, and their exit codes."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.__main__ import main as ingest_main
from qa.__main__ import main as qa_main

MINUTES = """# Minutes of the 12th Executive Meeting

15 March 2024

## Gas safety

The meeting decided that every restaurant is to have a gas alarm by 30 September 2024.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("command")
    (place / "minutes").mkdir()
    (place / "minutes" / "12.md").write_text(MINUTES, encoding="utf-8")
    (place / "minutes" / "gb.txt").write_bytes(
        "会议纪要\n\n2024年5月20日\n\n会议决定更换全市老旧燃气管道。\n".encode("gb18030")
    )
    (place / "minutes" / "empty.txt").write_bytes(b"")
    (place / "minutes" / "binary.txt").write_bytes(bytes(range(256)) * 40)
    return place


def run(place: Path, *arguments: str) -> int:
    return qa_main([*arguments, "--index", str(place / "index")])


def test_ingest_reports_each_failed_file_and_goes_on(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest_main([str(place / "minutes"), "--index", str(place / "index")]) == 1
    printed = capsys.readouterr()
    assert "2 added, 2 failed" in printed.out
    failed = [line for line in printed.err.splitlines() if line.startswith("failed")]
    assert [Path(line.split(": ")[0].split()[-1]).name for line in failed] == ["binary.txt", "empty.txt"]
    assert "Traceback" not in printed.err


def test_ask_prints_the_answer_and_its_citations(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "ask", "What did the meeting decide on gas safety?") == 0
    printed = capsys.readouterr().out
    assert "every restaurant is to have a gas alarm" in printed and "[1]" in printed


def test_ask_says_how_the_question_was_understood_beside_the_answer(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "ask", "What was decided on gas safety since March 2024?") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("(Understood as: ") and "since 1 March 2024" in printed.err
    assert "Understood" not in printed.out


def test_what_a_group_may_see_is_found_when_the_group_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "staff.md").write_text(MINUTES.replace("# Min", "---\naccess: staff\n---\n# Min"), "utf-8")
    assert ingest_main([str(tmp_path / "staff.md"), "--index", str(tmp_path / "index")]) == 0
    for command in (
        ["ask", "What was decided on gas safety?"],
        ["search", "gas alarm"],
        ["decisions", "gas"],
    ):
        assert run(tmp_path, *command) == 1
        assert "gas alarm" not in "".join(capsys.readouterr())
        assert run(tmp_path, *command, "--access", "staff") == 0
        assert "gas alarm" in capsys.readouterr().out
        assert run(tmp_path, *command, "--access", "council") == 1


def test_an_empty_name_is_no_index(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        qa_main(["meetings", "--index", ""])
    assert ended.value.code == 2 and "an empty name is no path" in capsys.readouterr().err


def test_a_gb18030_record_is_read_rightly(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "ask", "会议对老旧燃气管道作出了什么决定？") == 0
    assert "会议决定更换全市老旧燃气管道" in capsys.readouterr().out


def test_ask_says_when_the_records_do_not_answer(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "ask", "What did the meeting decide on swimming pools?") == 1
    assert "do not answer" in capsys.readouterr().out


def test_search_and_meetings_list_what_is_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "search", "gas alarm", "-k", "1") == 0
    assert "gas alarm" in capsys.readouterr().out
    assert run(place, "meetings", "--since", "2024-03", "--until", "2024-03") == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("2024-03-15")


def test_a_reader_that_has_seen_enough_ends_it_quietly(place: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "qa", "meetings", "--index", str(place / "index")]
    with os.fdopen(writing, "w") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 141 and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(("question", "said"), [("", "empty"), ("x" * 5_000, "4,000")])
def test_a_question_that_cannot_be_asked_gets_a_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], question: str, said: str
) -> None:
    assert run(place, "ask", question) == 2
    assert said in capsys.readouterr().err


def test_an_index_that_is_not_there_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert qa_main(["ask", "Why?", "--index", str(tmp_path / "none")]) == 2
    assert "python -m ingest" in capsys.readouterr().err


def test_paths_without_records_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest_main([str(tmp_path), "--index", str(tmp_path / "index")]) == 1
    assert "No records found" in capsys.readouterr().err


def test_an_ingest_that_is_interrupted_says_so_and_nothing_else(tmp_path: Path) -> None:
    for number in range(1_000):
        (tmp_path / f"{number}.md").write_text(f"# Minutes {number}\n\n3 May 2024\n\nIt was agreed.\n")
    command = [sys.executable, "-m", "ingest", str(tmp_path), "--index", str(tmp_path / "index")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as ingesting:
        while not list(tmp_path.glob("index/*.sqlite3")):
            time.sleep(0.05)
        time.sleep(0.5)  # others it started are at work by now
        os.killpg(ingesting.pid, signal.SIGINT)  # as Ctrl-C does
        said = ingesting.communicate()[1]
    assert ingesting.returncode == 130 and "Traceback" not in said
    assert said.strip().endswith("run the same command again for the rest.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "an empty name is no path"),
        (["{m}", "--index", ""], "an empty name is no path"),
        (["{m}", "--to", "3"], "--to goes with --rollback"),
        (["{m}", "--check", "--prune"], "--prune goes with"),
        (["{m}", "--wait", "-3"], "no number of seconds"),
    ],
)
def test_flags_that_say_nothing_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        ingest_main([argument.format(m=tmp_path) for argument in arguments])
    assert ended.value.code == 2 and said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["backup", "{m}", "--index", "{ix}"], "is a folder; name a file in it"),
        (["backup", "{m}/none/b.sqlite3", "--index", "{ix}"], "No such file or directory"),
        (["restore", "{m}/none", "--index", "{ix}"], "no backup of an index"),
        (["--watch", "{m}/none", "--index", "{ix}"], "there is no such file or folder"),
    ],
)
def test_what_cannot_be_kept_or_watched_gets_a_sentence(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert ingest_main([a.format(m=tmp_path, ix=place / "index") for a in arguments]) == 2
    assert said in capsys.readouterr().err


def test_going_back_to_a_version_that_more_may_read_has_to_be_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, index = tmp_path / "12.md", ["--index", str(tmp_path / "index")]
    for group in ("public", "council"):
        path.write_text(f"---\naccess: {group}\n---\n\n{MINUTES}\nOf the {group}.\n", "utf-8")
        assert ingest_main([str(path), *index]) == 0
    assert qa_main(["meetings", *index]) == 1
    assert ingest_main(["--rollback", str(path), *index]) == 2
    assert "public could read it" in capsys.readouterr().err
    assert qa_main(["meetings", *index]) == 1
    assert ingest_main(["--rollback", str(path), "--force", *index]) == 0
    assert "Now public may read it" in capsys.readouterr().out
    assert qa_main(["meetings", *index]) == 0


def test_folders_and_files_may_have_any_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / "a%20b #1?x"
    (odd / "minutes").mkdir(parents=True)
    (odd / "minutes" / "12%41?#.md").write_text(MINUTES, "utf-8")
    index, copy, restored = (str(odd / name) for name in ("i%41x?#", "b%41?#k", "r?%42 '"))
    assert qa_main(["meetings", "--index", index]) == 2
    assert f"--index {shlex.quote(index)}" in capsys.readouterr().err
    assert ingest_main([str(odd / "minutes"), "--index", index]) == 0
    assert ingest_main(["doctor", "--index", index]) == 0
    assert ingest_main(["backup", copy, "--index", index]) == 0
    assert ingest_main(["restore", copy, "--index", restored]) == 0
    assert ingest_main([str(odd / "minutes"), "--index", restored]) == 0
    assert ingest_main(["doctor", "--index", restored]) == 0
    assert qa_main(["ask", "What was decided on gas safety?", "--index", restored]) == 0
    assert "a gas alarm" in capsys.readouterr().out
    assert sorted(path.name for path in odd.iterdir()) == sorted(["minutes", "i%41x?#", "b%41?#k", "r?%42 '"])
