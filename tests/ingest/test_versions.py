"""One meeting, one record: however its file is named, moved and amended, and whichever version stands."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.console import print_report
from ingest.history import NoSuchRecord, find_record, remove_record, rollback
from ingest.index import OwnedIndex
from ingest.outcomes import ItemChange, Report, Status
from ingest.pipeline import ingest
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


def test_a_removed_record_is_gone_from_both_stores(minutes: Minutes, index: OwnedIndex) -> None:
    report = ingest([minutes("12.md"), minutes("13.md", session="13th", day="2 May 2024")], index)
    remove_record(index, the_id(report, "12.md"))
    assert {row[0] for row in visible(index)} == {str(report.outcomes[1].path)}
    assert_stores_agree(index)
