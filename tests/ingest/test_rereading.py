"""Records that older rules read are read anew by the next ingest: replaced where they read otherwise, and only then."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest import ahead, doctor, seals
from ingest.__main__ import main
from ingest.console import print_diagnosis, print_report
from ingest.errors import ReadError
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Report, Status
from ingest.outdated import Outdated, find_outdated, sentences
from ingest.pipeline import ingest, plan
from ingest.readers.opening import Taken
from ingest.reading import READING_VERSION
from ingest.records import Record
from qa import Minutebook
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, active_text, assert_stores_agree, visible

Minutes = Callable[..., Path]
AMENDED = ITEMS | {"Bus_lanes": "The meeting agreed the bus lanes on Mill Road."}


def change(index: OwnedIndex, *statements: str) -> None:
    with index.catalog.write() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
        seals.seal_all(connection)  # it was stored so, and is not damaged


def age(index: OwnedIndex) -> None:
    """Makes every version one that was read before the version of the rules was written down."""
    change(index, "UPDATE versions SET details = json_remove(details, '$.rules')")


def misread(index: OwnedIndex) -> None:
    """Makes every version what rules without a register and without sessions read."""
    age(index)
    change(index, "DELETE FROM decisions", "UPDATE versions SET session = NULL")


def count(index: OwnedIndex, what: str) -> int:
    with index.catalog.read() as connection:
        return connection.execute(sa.text(f"SELECT count(*) FROM {what}")).scalar_one()


def statuses(report: Report) -> dict[str, Status]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


def encoded(index: OwnedIndex) -> list[str]:
    assert isinstance(index.encoder, HashEncoder)
    return index.encoder.encoded


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    names: list[str] = []
    read = ahead.read_record

    def counted(file: Taken, *rest: object) -> Record:
        names.append(file.path.name)
        return read(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ahead, "read_record", counted)
    return names


def test_what_reads_the_same_is_only_noted_to_be_read_by_todays_rules(
    minutes: Minutes, index: OwnedIndex, reads: list[str]
) -> None:
    folder = minutes("12.md").parent
    ingest([folder], index)
    age(index)
    before, generation = visible(index), index.catalog.generation
    assert find_outdated(index.catalog) == Outdated(1, (str(folder),))
    reads.clear()
    assert statuses(ingest([folder], index)) == {"12.md": Status.UNCHANGED} and reads == ["12.md"]
    assert find_outdated(index.catalog) == Outdated(0)
    assert (visible(index), index.catalog.generation) == (before, generation)
    assert count(index, "versions") == 1
    ingest([folder], index)
    assert reads == ["12.md"]


def test_what_reads_otherwise_takes_its_place_with_the_same_words_and_vectors(
    minutes: Minutes, index: OwnedIndex
) -> None:
    folder = minutes("12.md").parent
    (added,) = ingest([folder], index).outcomes
    register, text = count(index, "decisions"), active_text(index, added.record_id)
    misread(index)
    before = visible(index)
    assert register and not count(index, "decisions")
    encoded(index).clear()
    (told,) = plan([folder], index.catalog).outcomes
    assert told.status is Status.REREAD and not count(index, "decisions")
    assert told.notes[0] == "Newer rules read otherwise its meeting, decisions."
    (done,) = ingest([folder], index).outcomes
    assert (done.status, done.record_id, done.encoded) == (Status.REREAD, added.record_id, 0)
    assert count(index, "decisions") == register and encoded(index) == []
    assert active_text(index, added.record_id) == text and visible(index) == before
    assert find_outdated(index.catalog) == Outdated(0)
    assert_stores_agree(index)
    assert statuses(ingest([folder], index)) == {"12.md": Status.UNCHANGED}


def test_a_version_of_the_same_words_corrects_nothing(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md")
    (added,) = ingest([path], index).outcomes
    misread(index)
    ingest([path], index)
    with Minutebook.open(index.folder, encoder=HashEncoder()) as book:
        held = book.versions(added.record_id or "")
        assert [(one.version, one.active, one.reread) for one in held] == [
            (2, True, True),
            (1, False, False),
        ]
        assert book.corrected_since(added.record_id or "", 1) is None
        assert book.decisions("housing plan")
    minutes("12.md", **AMENDED)
    ingest([path], index)
    with Minutebook.open(index.folder, encoder=HashEncoder()) as book:
        for older in (1, 2):
            now = book.corrected_since(added.record_id or "", older)
            assert now and (now.version, now.reread) == (3, False)


def test_what_a_clerk_states_anew_is_a_change_and_none_of_the_rules(
    minutes: Minutes, index: OwnedIndex
) -> None:
    path = minutes("12.md")
    ingest([path], index)
    path.with_name("meetings.toml").write_text('["12.md"]\nbody = "Harbour Board"\n', encoding="utf-8")
    (done,) = ingest([path], index).outcomes
    assert done.status is Status.AMENDED
    with Minutebook.open(index.folder, encoder=HashEncoder()) as book:
        assert book.corrected_since(done.record_id or "", 1)


def test_going_back_undoes_the_amendment_or_the_rereading_and_lasts(
    minutes: Minutes, index: OwnedIndex
) -> None:
    path = minutes("12.md")
    (added,) = ingest([path], index).outcomes
    misread(index)
    ingest([path], index)
    rollback(index, str(path))
    assert not [row for row in versions_of(index) if row == (2, "ready")]
    assert statuses(ingest([path], index)) == {"12.md": Status.UNCHANGED}
    assert (1, "ready") in versions_of(index)
    minutes("12.md", **AMENDED)
    ingest([path], index)
    age(index)
    change(index, "DELETE FROM decisions")
    assert statuses(ingest([path], index)) == {"12.md": Status.REREAD}  # version 4, of what 3 says
    rollback(index, str(path))
    assert "deferred" in active_text(index, added.record_id)
    assert statuses(ingest([path], index)) == {"12.md": Status.UNCHANGED}
    assert "deferred" in active_text(index, added.record_id)


def versions_of(index: OwnedIndex) -> list[tuple[int, str]]:
    with index.catalog.read() as connection:
        return [tuple(row) for row in connection.execute(sa.text("SELECT version, state FROM versions"))]


def test_a_rereading_is_never_refused_as_an_older_draft(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md", status="draft")
    ingest([path], index)
    age(index)
    change(index, "UPDATE versions SET details = json_set(details, '$.status', 'approved')")
    assert statuses(ingest([path], index)) == {"12.md": Status.REREAD}


def test_a_rereading_stays_one_of_its_record_whatever_it_says_of_the_meeting(
    minutes: Minutes, index: OwnedIndex
) -> None:
    path = minutes("12.md")
    (added,) = ingest([path], index).outcomes
    age(index)
    change(index, "UPDATE versions SET date = '2019-01-01', session = 3")
    (done,) = ingest([path], index).outcomes
    assert (done.status, done.record_id) == (Status.REREAD, added.record_id)


def test_only_the_file_that_the_version_in_use_came_from_is_read_anew(
    minutes: Minutes, index: OwnedIndex, reads: list[str]
) -> None:
    draft, approved = minutes("a.md", status="draft"), minutes("b.md", status="approved", **AMENDED)
    ingest([draft, approved], index)
    misread(index)
    reads.clear()
    report = ingest([draft.parent], index)
    assert statuses(report) == {"a.md": Status.UNCHANGED, "b.md": Status.REREAD} and reads == ["b.md"]
    assert "agreed the bus lanes" in active_text(index, report.outcomes[0].record_id)


def test_of_two_copies_one_is_read_anew(minutes: Minutes, index: OwnedIndex, reads: list[str]) -> None:
    folder = minutes("a.md").parent
    (folder / "b.md").write_bytes((folder / "a.md").read_bytes())
    ingest([folder], index)
    for spoil in (age, misread):
        spoil(index)
        records = count(index, "records")
        reads.clear()
        ingest([folder], index)
        assert len(reads) == records and find_outdated(index.catalog).anew == 0


def test_a_file_that_was_moved_meanwhile_is_both(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md")
    (added,) = ingest([path], index).outcomes
    for spoil, status in ((misread, Status.REREAD), (age, Status.MOVED)):
        spoil(index)
        new = path.with_name(f"{status.value}.md")
        os.rename(path, new)
        (done,) = ingest([new], index).outcomes
        assert (done.status, done.record_id) == (status, added.record_id)
        assert f"It was at {path}." in done.notes
        assert find_outdated(index.catalog) == Outdated(0)
        path = new


def test_a_file_that_was_amended_meanwhile_is_changed(minutes: Minutes, index: OwnedIndex) -> None:
    ingest([minutes("12.md")], index)
    misread(index)
    assert statuses(ingest([minutes("12.md", **AMENDED)], index)) == {"12.md": Status.AMENDED}


def test_what_newer_rules_read_is_left_alone(minutes: Minutes, index: OwnedIndex, reads: list[str]) -> None:
    path = minutes("12.md")
    ingest([path], index)
    change(index, f"UPDATE versions SET details = json_set(details, '$.rules', {READING_VERSION + 1})")
    reads.clear()
    assert statuses(ingest([path], index)) == {"12.md": Status.UNCHANGED} and reads == []


def test_a_record_whose_file_is_gone_or_gives_another_version_stays_and_is_named(
    minutes: Minutes, index: OwnedIndex
) -> None:
    gone, back, other = (
        minutes("1.md"),
        minutes("2.md", session="13th", day="2 May 2024"),
        minutes("3.md", session="14th", day="2 June 2024"),
    )
    ingest([gone.parent], index)
    ingest([minutes("2.md", session="13th", day="2 May 2024", **AMENDED)], index)
    rollback(index, str(back))
    misread(index)
    gone.unlink()
    assert find_outdated(index.catalog) == Outdated(1, (str(gone.parent),), (str(gone), str(back)))
    report = ingest([gone.parent], index)
    assert statuses(report) == {
        "1.md": Status.MISSING,
        "2.md": Status.UNCHANGED,
        "3.md": Status.REREAD,
    }
    left = find_outdated(index.catalog)
    assert left == Outdated(0, (), (str(gone), str(back)))
    (said,) = sentences(left)
    assert said.startswith("2 records were read by older rules and stay so") and str(gone) in said
    assert other.name not in said


def test_a_file_that_cannot_be_read_any_more_is_reported_and_its_record_stays(
    minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = minutes("12.md")
    ingest([path], index)
    misread(index)
    before = visible(index)

    def fail(file: Taken, *_: object) -> Record:
        raise ReadError(file.path, "it is damaged")

    with monkeypatch.context() as broken:
        broken.setattr(ahead, "read_record", fail)
        assert statuses(ingest([path], index)) == {"12.md": Status.FAILED}
    assert visible(index) == before and find_outdated(index.catalog).anew == 1
    assert statuses(ingest([path], index)) == {"12.md": Status.REREAD}


def test_a_large_folder_is_read_anew_in_the_process_that_reads_ahead(
    minutes: Minutes, index: OwnedIndex, reads: list[str]
) -> None:
    for day in range(1, ahead.LEAST + 3):
        minutes(f"{day}.md", day=f"{day} March 2024", session=f"{day}th")
    folder = index.folder.with_name("minutes")
    ingest([folder], index)
    misread(index)
    reads.clear()
    assert ingest([folder], index).count(Status.REREAD) == ahead.LEAST + 2 and reads == []


def test_status_and_doctor_say_what_was_read_by_older_rules_and_what_to_run(
    minutes: Minutes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = minutes("12.md").parent
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
        inside = doctor.examine_owned(index)
        misread(index)
    assert inside.advice == ()
    wanted = f"1 record was read by older rules; python -m ingest {folder} reads it anew."
    assert main(["status", "--index", str(tmp_path / "index")]) == 0
    assert f"rules       {wanted}" in capsys.readouterr().out
    diagnosis = doctor.examine(tmp_path / "index")
    assert diagnosis.sound and doctor.Diagnosis.from_json(diagnosis.to_json()) == diagnosis
    print_diagnosis(diagnosis)
    assert wanted in capsys.readouterr().out


def test_the_report_counts_what_was_read_anew_and_names_it_when_asked(
    minutes: Minutes, index: OwnedIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    path = minutes("12.md")
    ingest([path], index)
    misread(index)
    report = ingest([path], index)
    print_report(report)
    assert capsys.readouterr().out == ""
    print_report(report, verbose=True)
    assert capsys.readouterr().out.startswith(f"reread     {path}: ")


def test_the_folders_to_ingest_are_named_without_those_inside_others(
    minutes: Minutes, index: OwnedIndex
) -> None:
    names = ("a/1.md", "a/b/2.md", "a b/3.md", "a-c/4.md", "d/5.md")
    paths = [minutes(name, day=f"{n} May 2024", session=f"{n}th") for n, name in enumerate(names, 4)]
    folder = index.folder.with_name("minutes")
    for some, said in (
        (paths[:4], f"{folder}/a '{folder}/a b' {folder}/a-c reads them anew."),
        (paths, f"{folder}/a '{folder}/a b' {folder}/a-c ... (4 folders) reads them anew."),
    ):
        ingest(some, index)
        age(index)
        assert sentences(find_outdated(index.catalog))[0].endswith(said)
