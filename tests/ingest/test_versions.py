"""One meeting, one record: however its file is named, moved and amended, and whichever version stands."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest import decide, store
from ingest.console import print_report
from ingest.doctor import examine_owned
from ingest.history import NoSuchRecord, WouldWiden, find_record, remove_record, rollback
from ingest.index import OwnedIndex
from ingest.outcomes import ItemChange, Report, Status
from ingest.pipeline import ingest, plan
from ingest.seals import seal_standing
from ingest.tables import access, records
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, active_text, assert_stores_agree, visible

Minutes = Callable[..., Path]


def statuses(report: Report) -> dict[str, Status]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


def the_id(report: Report, name: str) -> str:
    return next(o.record_id for o in report.outcomes if o.path.name == name) or ""


def test_draft_approved_and_corrected_are_versions_of_one_record(minutes: Minutes, index: OwnedIndex) -> None:
    draft = ingest([minutes("a-draft.md", status="draft")], index)
    amended = ITEMS | {"Gas_safety": ITEMS["Gas_safety"] + " Two inspectors were named."}
    approved = ingest([minutes("b-approved.md", status="approved", **amended)], index)
    assert statuses(approved) == {"b-approved.md": Status.AMENDED}
    assert approved.outcomes[0].record_id == draft.outcomes[0].record_id
    assert ItemChange("changed", "Gas safety") in approved.outcomes[0].items
    corrected = ingest(
        [minutes("c.md", status="corrected", **amended | {"Bus_lanes": "They were agreed."})], index
    )
    assert corrected.outcomes[0].record_id == draft.outcomes[0].record_id
    assert "They were agreed" in active_text(index, draft.outcomes[0].record_id)
    assert statuses(ingest([draft.outcomes[0].path.parent], index)) == dict.fromkeys(
        ("a-draft.md", "b-approved.md", "c.md"), Status.UNCHANGED
    )


def test_an_older_draft_after_the_approved_one_is_refused_and_can_be_forced(
    minutes: Minutes, index: OwnedIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    approved = ingest([minutes("approved.md", status="approved")], index)
    draft = minutes("draft.md", status="draft", **ITEMS | {"Bus_lanes": "Not written yet."})
    report = ingest([draft], index)
    assert statuses(report) == {"draft.md": Status.REFUSED}
    assert "approved" in report.outcomes[0].notes[0]
    print_report(report)
    assert "--force" in capsys.readouterr().err
    assert "Not written yet" not in active_text(index, the_id(approved, "approved.md"))
    assert statuses(ingest([draft], index)) == {"draft.md": Status.REFUSED}  # not only the first time
    assert statuses(ingest([draft], index, force=True)) == {"draft.md": Status.AMENDED}
    assert "Not written yet" in active_text(index, the_id(approved, "approved.md"))


def test_a_file_that_turns_back_into_a_draft_is_refused(minutes: Minutes, index: OwnedIndex) -> None:
    ingest([minutes("12.md", status="approved")], index)
    assert statuses(ingest([minutes("12.md", status="draft", Other="Little.")], index)) == {
        "12.md": Status.REFUSED
    }


def test_a_draft_that_is_approved_in_place_is_the_next_version(minutes: Minutes, index: OwnedIndex) -> None:
    first = ingest([minutes("12.md", status="draft")], index)
    second = ingest([minutes("12.md", status="approved")], index)
    assert statuses(second) == {"12.md": Status.AMENDED}
    assert the_id(first, "12.md") == the_id(second, "12.md")


@pytest.mark.parametrize("status", ["", "approved"])
def test_two_meetings_of_one_day_stay_two_records(minutes: Minutes, index: OwnedIndex, status: str) -> None:
    morning = minutes("morning.md", status="draft", session="Morning")
    other = {
        "School_meals": "The meeting agreed to raise the grant for school meals by a tenth from September on.",
        "Library": "The meeting heard the report of the librarian and thanked the volunteers for their work.",
    }
    evening = minutes("evening.md", status=status, session="Morning", **other)
    report = ingest([morning, evening], index)
    assert statuses(report) == {"morning.md": Status.ADDED, "evening.md": Status.ADDED}


def test_two_sessions_of_one_day_with_like_words_stay_two_records(
    minutes: Minutes, index: OwnedIndex
) -> None:
    report = ingest(
        [minutes("12.md", status="draft"), minutes("13.md", status="approved", session="13th")], index
    )
    assert statuses(report) == {"12.md": Status.ADDED, "13.md": Status.ADDED}


def test_chinese_versions_of_one_meeting_are_one_record(tmp_path: Path, index: OwnedIndex) -> None:
    text = (
        "# 市政府第12次常务会议纪要{}\n\n2024年3月15日\n\n## 一、房地产\n\n"
        "会议决定推进老旧小区改造工程，总投资三点二亿元，由住建局牵头落实。\n"
    )
    (tmp_path / "1.md").write_text(text.format("（讨论稿）"), encoding="utf-8")
    (tmp_path / "2.md").write_text(text.format("（审定）").replace("三点二", "三点五"), encoding="utf-8")
    report = ingest([tmp_path / "1.md", tmp_path / "2.md"], index)
    assert statuses(report) == {"1.md": Status.ADDED, "2.md": Status.AMENDED}
    assert "三点五" in active_text(index, the_id(report, "1.md"))


def test_a_renamed_and_amended_file_keeps_its_record(minutes: Minutes, index: OwnedIndex) -> None:
    long = {
        f"Item_{n}": f"The meeting discussed {n} matters of the harbour and the quay in turn."
        for n in range(9)
    }
    first = ingest([minutes("12.md", **long)], index)
    os.rename(first.outcomes[0].path, first.outcomes[0].path.with_name("12-new.md"))
    report = ingest([minutes("12-new.md", **long | {"Item_8": "It was put off."})], index)
    assert statuses(report) == {"12-new.md": Status.AMENDED}
    assert the_id(report, "12-new.md") == the_id(first, "12.md")
    assert "It was at" in report.outcomes[0].notes[0]


def test_files_that_swap_their_names_keep_their_records(minutes: Minutes, index: OwnedIndex) -> None:
    one, two = (
        minutes("1.md"),
        minutes("2.md", session="13th", day="2 May 2024", Quay="The quay was repaired."),
    )
    first = ingest([one, two], index)
    os.rename(one, one.with_name("t.md"))
    os.rename(two, one)
    os.rename(one.with_name("t.md"), two)
    report = ingest([one.parent], index)
    assert statuses(report) == {"1.md": Status.MOVED, "2.md": Status.MOVED}
    assert the_id(report, "1.md") == the_id(first, "2.md") and the_id(report, "2.md") == the_id(first, "1.md")
    assert statuses(ingest([one.parent], index)) == {"1.md": Status.UNCHANGED, "2.md": Status.UNCHANGED}


def test_a_file_that_another_meeting_overwrites_is_a_second_record(
    minutes: Minutes, index: OwnedIndex
) -> None:
    first = ingest([minutes("latest.md")], index)
    second = ingest(
        [minutes("latest.md", session="13th", day="2 May 2024", Quay="The quay was repaired.")], index
    )
    assert statuses(second) == {"latest.md": Status.ADDED}
    assert the_id(first, "latest.md") != the_id(second, "latest.md")
    assert "housing plan" in active_text(index, the_id(first, "latest.md"))
    assert len({row[3] for row in visible(index)}) == 2


def test_a_record_goes_back_to_the_version_before_and_stays_there(
    minutes: Minutes, index: OwnedIndex
) -> None:
    path = minutes("12.md")
    record_id = the_id(ingest([path], index), "12.md")
    before = visible(index)
    ingest([minutes("12.md", **ITEMS | {"Bus_lanes": "Agreed."})], index)
    encoder = index.encoder
    assert isinstance(encoder, HashEncoder)
    encoder.encoded.clear()
    outcome = rollback(index, str(path))
    assert outcome.record_id == record_id and encoder.encoded == []
    assert visible(index) == before
    assert_stores_agree(index)
    assert statuses(ingest([path], index)) == {"12.md": Status.UNCHANGED}
    assert visible(index) == before
    rollback(index, record_id[:6], to=2)
    assert "Agreed." in active_text(index, record_id)
    third = ingest([minutes("12.md", **ITEMS | {"Bus_lanes": "Agreed at last."})], index)
    assert statuses(third) == {"12.md": Status.AMENDED}


def test_a_rollback_that_cannot_be_meant_is_refused(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md")
    ingest([path], index)
    with pytest.raises(NoSuchRecord, match="version 1 is active"):
        rollback(index, str(path))
    with pytest.raises(NoSuchRecord, match="nowhere"):
        find_record(index.catalog, "nowhere")
    with pytest.raises(NoSuchRecord):
        find_record(index.catalog, "")


def versions_for(minutes: Path, index: OwnedIndex, *groups: str) -> Path:
    """A file of which one version after the other was for one of these groups."""
    for place, group in enumerate(groups):
        minutes.write_text(REDACTED.format(group=group, place=place), encoding="utf-8")
        assert not ingest([minutes], index).failed
    return minutes


def readers_of(index: OwnedIndex) -> dict[int, str]:
    with index.catalog.read() as connection:
        return dict(connection.execute(sa.select(access.c.version, access.c.group_name)).all())


REDACTED = (
    "---\ntitle: Minutes of the 12th Meeting\ndate: 2024-03-15\naccess: {group}\n---\n\n"
    "The board agreed on matter {place} after a long debate of the whole.\n"
)


@pytest.mark.parametrize("to", [None, 1])
def test_going_back_lets_nobody_read_more_unless_that_is_said(
    tmp_path: Path, index: OwnedIndex, to: int | None
) -> None:
    path = versions_for(tmp_path / "12.md", index, "public", "council")
    with pytest.raises(WouldWiden, match="public could read it then, and may not read version 2"):
        rollback(index, str(path), to)
    record_id = find_record(index.catalog, str(path))
    assert "matter 1" in active_text(index, record_id)
    told = rollback(index, str(path), to, widen=True).notes
    assert "matter 0" in active_text(index, record_id)
    assert "Now public may read it, before council." in told
    assert_stores_agree(index)


def test_going_back_to_what_fewer_may_read_is_told(tmp_path: Path, index: OwnedIndex) -> None:
    path = versions_for(tmp_path / "12.md", index, "council", "public")
    assert "Now council may read it, before public." in rollback(index, str(path)).notes
    assert readers_of(index) == {1: "council", 2: "public"}


def test_going_back_brings_no_reader_back_who_was_taken_away(tmp_path: Path, index: OwnedIndex) -> None:
    path = versions_for(tmp_path / "12.md", index, "public", "public")
    with index.catalog.write() as connection:
        store.set_access(connection, find_record(index.catalog, str(path)), 1, [])
    assert "Now nobody may read it, before public." in rollback(index, str(path)).notes
    assert readers_of(index) == {2: "public"}


def test_a_record_that_is_held_back_stays_so_when_it_goes_back(tmp_path: Path, index: OwnedIndex) -> None:
    path = versions_for(tmp_path / "12.md", index, "public", "public")
    with index.catalog.write() as connection:
        connection.execute(records.update().values(held=1))
        seal_standing(connection)
    assert any("held back" in note for note in rollback(index, str(path)).notes)
    with index.catalog.read() as connection:
        assert connection.scalar(sa.select(records.c.held)) == 1


def test_a_removed_record_is_gone_from_both_stores(minutes: Minutes, index: OwnedIndex) -> None:
    report = ingest([minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024")], index)
    remove_record(index, the_id(report, "12.md"))
    assert {row[0] for row in visible(index)} == {str(report.outcomes[1].path)}
    assert_stores_agree(index)


REWORDED = [
    (
        "# DRAFT Minutes of the Parks Committee\nDate: 5 June 2025\nStatus: Draft\n\n"
        "Two fountains were approved for Mill Green.\nThe budget was noted.\n",
        "# Minutes of the Parks Committee\nDate: 5 June 2025\nStatus: Approved\n\n"
        "The committee approved three fountains for Mill Green, at a cost of 12,000.\nThe budget was noted.\n",
    ),
    (
        "DRAFT MINUTES\nElmford Library Board, 3 March 2025\nPresent: A. Holt, B. Reyes\n"
        "1. The board heard the librarian on opening hours and agreed to open on Sundays.\n2. Roof repair: put off.\n",
        "MINUTES (approved)\nElmford Library Board, 3 March 2025\nPresent: A. Holt, B. Reyes, C. Lunn\n"
        "1. Opening hours. The board heard the report of the librarian and agreed to open on Sundays from May.\n"
        "2. Roof repair. The board deferred the repair until quotes are in.\n",
    ),
    (
        "# Draft minutes - Harbour Commission - 9 May 2025\n\n## Dredging\n\nAgreed to dredge the inner basin, cost "
        "200,000.\n\n## Moorings\n\nFees up 3 %.\n",
        "# Minutes of the Harbour Commission (approved 6 June 2025)\n\n9 May 2025\n\n## Dredging\n\nRESOLVED: that the "
        "inner basin be dredged at a cost not exceeding 210,000.\n\n## Moorings\n\nRESOLVED: that mooring fees rise by "
        "3 per cent from 1 July.\n",
    ),
    (
        "# 青川县人民政府常务会议纪要（讨论稿）\n2025年4月2日\n\n会议审议并通过《老旧小区改造方案》，安排资金"
        "三千万元。\n会议要求住建局六月底前开工。\n",
        "# 青川县人民政府常务会议纪要（审定稿）\n2025年4月2日\n\n会议审议通过《老旧小区改造实施方案》，同意安排财政资金"
        "3500万元。\n会议要求县住建局于6月30日前开工建设。\n",
    ),
]
OTHER_BUSINESS = [
    (
        "# DRAFT Minutes of the Planning Committee\nDate: 5 June 2025, 10 am\nPresent: Cllrs Amos, Bell and Crane\n\n"
        "1. Application 12/2025, extension at 4 Mill Lane: approved.\n2. Application 14/2025, shed at 9 Dock Street: "
        "refused as too high.\n",
        "# Minutes of the Planning Committee\nDate: 5 June 2025, 7 pm\nStatus: Approved\nPresent: Cllrs Amos, Bell and "
        "Crane\n\n1. Application 30/2025, extension at 40 Mill Lane: approved with conditions.\n2. A tree preservation "
        "order at Abbey Close was confirmed.\n",
    ),
    (
        "# Draft minutes of the Health Board\n3 March 2025\n\nThe chair opened the meeting and welcomed the members.\n"
        "The board agreed to buy two ambulances.\nThe chair closed the meeting.\n",
        "# Minutes of the Health Board (approved)\n3 March 2025\n\nThe chair opened the meeting and welcomed the "
        "members.\nThe board heard the complaints report and asked for weekly figures.\nThe chair closed the "
        "meeting.\n",
    ),
    (
        "# Draft minutes of the special meeting of the Health Board\n4 March 2025\n\n"
        "The board agreed to buy two vans.\n",
        "# Minutes of the Health Board (approved)\n4 March 2025\n\nThe board agreed to buy three vans.\n",
    ),
    (
        "# 安平市政府常务会议纪要（草稿）\n2025年4月2日\n\n会议由市长主持。\n会议审议通过《供热管理办法》。\n",
        "# 安平市政府常务会议纪要（审定）\n2025年4月2日\n\n会议由市长主持。\n会议听取防汛工作汇报，要求加强值守。\n",
    ),
]


def ingest_both(draft: str, other: str, folder: Path, index: OwnedIndex) -> tuple[list[Path], Report]:
    files = [folder / "1.md", folder / "2.md"]
    for file, text in zip(files, (draft, other), strict=True):
        file.write_text(text, encoding="utf-8")
    return files, ingest(files, index)


@pytest.mark.parametrize(("draft", "approved"), REWORDED)
def test_short_minutes_are_versions_of_their_draft_however_much_was_reworded(
    tmp_path: Path, index: OwnedIndex, draft: str, approved: str
) -> None:
    files, report = ingest_both(draft, approved, tmp_path, index)
    assert list(statuses(report).values()) == [Status.ADDED, Status.AMENDED]
    assert active_text(index, the_id(report, "1.md")) == approved
    assert statuses(ingest(files, index)) == dict.fromkeys(("1.md", "2.md"), Status.UNCHANGED)


@pytest.mark.parametrize(("draft", "approved"), OTHER_BUSINESS)
def test_minutes_of_other_business_on_the_day_of_a_draft_are_a_second_record_and_it_is_said(
    tmp_path: Path, index: OwnedIndex, draft: str, approved: str
) -> None:
    files, report = ingest_both(draft, approved, tmp_path, index)
    assert list(statuses(report).values()) == [Status.ADDED, Status.ADDED]
    [note] = report.outcomes[1].notes
    assert str(files[0]) in note and "draft" in note
    assert any(str(files[0]) in said and str(files[1]) in said for said in examine_owned(index).advice)


def test_a_draft_beside_what_was_approved_of_it_is_the_older_version_whatever_the_files_are_called(
    minutes: Minutes, index: OwnedIndex
) -> None:
    folder = minutes("parks-approved.md", status="approved").parent
    minutes("parks-draft.md", status="draft", **ITEMS | {"Bus_lanes": "Not written yet."})
    minutes("parks-corrected.md", status="corrected", **ITEMS | {"Bus_lanes": "They were agreed."})
    expected = {
        "parks-draft.md": Status.ADDED,
        "parks-approved.md": Status.AMENDED,
        "parks-corrected.md": Status.AMENDED,
    }
    assert statuses(plan([folder], index.catalog)) == expected
    report = ingest([folder], index)
    assert statuses(report) == expected
    assert "They were agreed" in active_text(index, report.outcomes[0].record_id)
    assert statuses(ingest([folder], index)) == dict.fromkeys(expected, Status.UNCHANGED)


def renamed(path: Path, name: str) -> Path:
    os.rename(path, path.with_name(name))
    return path.with_name(name)


def shown(index: OwnedIndex) -> set[tuple[str, bool]]:
    """The files that answers cite, and whether they cite the text that was amended."""
    return {(Path(row[0]).name, "Two inspectors" in row[3]) for row in visible(index)}


AMENDED = ITEMS | {"Gas_safety": ITEMS["Gas_safety"] + " Two inspectors were named."}


@pytest.mark.parametrize("force", [False, True])
def test_renaming_a_file_does_not_undo_going_back(minutes: Minutes, index: OwnedIndex, force: bool) -> None:
    ingest([minutes("b.md")], index)
    ingest([path := minutes("b.md", **AMENDED)], index)
    rollback(index, str(path))
    path = renamed(path, "a.md")
    assert statuses(plan([path.parent], index.catalog, force=force)) == {"a.md": Status.MOVED}
    assert statuses(ingest([path.parent], index, force=force)) == {"a.md": Status.MOVED}
    assert shown(index) == {("a.md", False)}
    assert statuses(ingest([path.parent], index)) == {"a.md": Status.UNCHANGED}
    assert statuses(ingest([minutes("a.md", More="It was amended once more.", **AMENDED)], index)) == {
        "a.md": Status.AMENDED
    }
    assert shown(index) == {("a.md", True)}


def test_renaming_a_file_does_not_undo_going_back_to_an_older_reading(
    minutes: Minutes, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = decide.read_record

    def misread(*arguments: Any, **more: Any) -> Any:
        record = read(*arguments, **more)
        return replace(record, meeting=replace(record.meeting, title="A reading of older rules"), rules=1)

    with monkeypatch.context() as older:
        older.setattr(decide, "read_record", misread)
        older.setattr("ingest.ahead.read_record", misread)
        ingest([path := minutes("b.md")], index)
    assert statuses(ingest([path], index)) == {"b.md": Status.REREAD}
    rollback(index, str(path))
    ingest([renamed(path, "a.md").parent], index)
    assert {(Path(row[0]).name, row[1]) for row in visible(index)} == {("a.md", "A reading of older rules")}


def test_copying_a_file_does_not_undo_going_back(minutes: Minutes, index: OwnedIndex) -> None:
    ingest([minutes("b.md", status="approved")], index)
    ingest([path := minutes("b.md", status="approved", **AMENDED)], index)
    rollback(index, str(path))
    path.with_name("c.md").write_bytes(path.read_bytes())
    ingest([path.parent], index)
    assert ("b.md", False) in shown(index)


def test_going_back_in_a_file_that_was_renamed_cites_it_where_it_lies(
    minutes: Minutes, index: OwnedIndex
) -> None:
    ingest([minutes("a.md")], index)
    ingest([path := minutes("a.md", **AMENDED)], index)
    ingest([(path := renamed(path, "b.md")).parent], index)
    rollback(index, str(path))
    assert shown(index) == {("b.md", False)}


@pytest.mark.parametrize("name", ["a-draft.md", "b.md"])
def test_a_draft_and_what_was_approved_of_it_may_be_renamed_each_by_itself(
    minutes: Minutes, index: OwnedIndex, name: str
) -> None:
    draft = minutes("a-draft.md", status="draft")
    minutes("b.md", status="approved", **AMENDED)
    ingest([draft.parent], index)
    new = renamed(draft.with_name(name), f"new-{name}").name
    assert statuses(ingest([draft.parent], index))[new] is Status.MOVED
    assert shown(index) == {("new-b.md" if name == "b.md" else "b.md", True)}
    assert set(statuses(ingest([draft.parent], index)).values()) == {Status.UNCHANGED}
    assert_stores_agree(index)


def test_a_folder_with_a_draft_and_what_was_approved_of_it_may_be_renamed(
    minutes: Minutes, index: OwnedIndex, tmp_path: Path
) -> None:
    folder = minutes("a-draft.md", status="draft").parent
    minutes("b.md", status="approved", **AMENDED)
    ingest([folder], index)
    os.rename(folder, tmp_path / "renamed")
    report = ingest([tmp_path], index)
    assert statuses(report) == {"a-draft.md": Status.MOVED, "b.md": Status.MOVED}
    assert {str(Path(row[0]).parent) for row in visible(index)} == {str(tmp_path / "renamed")}
    assert statuses(ingest([tmp_path], index)) == dict.fromkeys(("a-draft.md", "b.md"), Status.UNCHANGED)


def test_a_draft_written_over_what_was_approved_is_refused_still(minutes: Minutes, index: OwnedIndex) -> None:
    draft, approved = minutes("a-draft.md", status="draft"), minutes("b.md", status="approved", **AMENDED)
    ingest([draft.parent], index)
    os.replace(draft, approved)
    assert statuses(ingest([draft.parent], index)) == {"b.md": Status.REFUSED}
    assert shown(index) == {("b.md", True)}
