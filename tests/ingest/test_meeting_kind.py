"""Which kind of document a record is and which kind of meeting it reports, and what that keeps apart."""

import datetime
from pathlib import Path

import pytest

from ingest.meeting_kind import document_of
from ingest.minutes import understand
from ingest.records import Document, Record
from ingest.same_meeting import Profile, kinds_agree

TODAY = datetime.date(2030, 1, 1)
BODY = "\n\n## 1. Quay\nIt was agreed that the quay be mended.\n\n## 2. Public comment\nThere was none.\n"
ZH_BODY = "\n\n一、供水\n会议同意县水务局提出的供水方案。\n"


def read_as(text: str, path: str) -> Record:
    found = understand(Document(text), path=Path(path), today=TODAY)
    return Record("a", 1, path, text, found.meeting, found.sections, found.turns)


def record(head: str, path: str = "a.md") -> Record:
    text = f"{head}{ZH_BODY if any('一' <= c <= '鿿' for c in head) else BODY}"
    return read_as(text, path)


@pytest.mark.parametrize(
    ("head", "document"),
    [
        ("# Alder Quay Council\nAgenda for the meeting on 3 June 2026", "agenda"),
        ("# Alder Quay Council\nNOTICE OF MEETING\n3 June 2026", "notice"),
        ("Alder Quay Council, 3 June 2026 - transcript of the recording", "transcript"),
        ("Alder Quay Council\nVerbatim record, 3 June 2026", "transcript"),
        ("Alder Quay Council\nWhat happened on 3 June 2026 - a summary for residents", "summary"),
        ("Alder Quay Council\nMinutes of 3 June 2026", "minutes"),
        ("Alder Quay Council\nMeeting of 3 June 2026", "minutes"),
        ("Alder Quay Council\nMinutes of 3 June 2026 (agenda item 4 deferred)", "minutes"),
        ("关于召开县政府第13次常务会议的通知", "notice"),
        ("青岚县人民政府第13次常务会议议程", "agenda"),
        ("青岚县人民政府第13次常务会议纪要", "minutes"),
        ("青岚县人民政府第13次常务会议简报", "summary"),
        ("青岚县人民政府第13次常务会议发言实录", "transcript"),
    ],
)
def test_the_title_lines_tell_the_kind_of_document(head: str, document: str) -> None:
    assert document_of(record(head)) == document


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("2026-06-03-agenda.md", "agenda"),
        ("2026-06-03 transcript.txt", "transcript"),
        ("2026-06-03.md", "minutes"),
    ],
)
def test_the_name_of_the_file_tells_it_where_the_titles_do_not(path: str, document: str) -> None:
    assert document_of(record("# Alder Quay Council\n3 June 2026", path)) == document


APART = [
    ("Minutes of the ordinary meeting, 3 June 2026", "Minutes of the extraordinary meeting, 3 June 2026"),
    ("Minutes of the meeting, 3 June 2026", "Minutes of the special meeting, 3 June 2026"),
    ("Regular Meeting Minutes, June 3, 2026", "Minutes of the Workshop, June 3, 2026"),
    ("Open Session Minutes - June 3, 2026", "Closed Session Minutes - June 3, 2026"),
    ("Minutes of the Council, 3 June 2026", "Confidential minutes of the Council, 3 June 2026"),
    (
        "Minutes of the Board held in public on 3 June 2026",
        "Minutes of the Board held in private on 3 June 2026",
    ),
    ("Minutes, morning session, 3 June 2026", "Minutes, evening session, 3 June 2026"),
    ("Minutes of the Annual Meeting, 3 June 2026", "Minutes of the regular meeting, 3 June 2026"),
    ("Agenda, 3 June 2026", "Draft minutes, 3 June 2026"),
    ("Transcript, 3 June 2026", "Minutes, 3 June 2026"),
    ("县政府常务会议纪要\n2026年6月3日上午", "县政府常务会议纪要\n2026年6月3日下午"),
    ("县政府党组会议纪要\n2026年6月3日", "县政府常务会议纪要\n2026年6月3日"),
    ("村民代表会议纪要\n2026年6月3日", "村民代表临时会议纪要\n2026年6月3日"),
    ("县政府常务会议纪要\n2026年6月3日", "县政府常务会议（扩大）纪要\n2026年6月3日"),
    ("县政府常务会议议程\n2026年6月3日", "县政府常务会议纪要\n2026年6月3日"),
]
TOGETHER = [
    ("Draft minutes, 3 June 2026", "Minutes of the ordinary meeting, 3 June 2026 (approved)"),
    ("Board meeting, June 3, 2026", "Minutes of the Board of Directors meeting, June 3, 2026"),
    ("Regular meeting, June 3, 2026", "Minutes of the Regular Meeting and Public Hearing, June 3, 2026"),
    ("Minutes of the extraordinary meeting", "Draft minutes of the extra-ordinary meeting"),
    ("Minutes of the special meeting", "Minutes of the emergency meeting"),
    ("Full Council, 3 June 2026", "Minutes of the ordinary meeting of the Full Council, 3 June 2026"),
    ("县政府常务会议纪要（送审稿）", "县政府第12次常务会议纪要"),
    ("会议纪要\n2026年6月3日", "县政府常务会议纪要\n2026年6月3日上午"),
]


def in_body(head: str) -> Profile:
    return Profile(record(head if "会议" in head else f"# Alder Quay Council\n{head}"))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_kinds_of_document_or_meeting_are_apart(one: str, other: str) -> None:
    assert not kinds_agree(in_body(one), in_body(other)) and not kinds_agree(in_body(other), in_body(one))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_what_says_less_of_its_kind_may_be_of_the_same_meeting(one: str, other: str) -> None:
    assert kinds_agree(in_body(one), in_body(other)) and kinds_agree(in_body(other), in_body(one))


def test_the_name_of_the_body_and_its_items_say_nothing_of_the_kind_of_meeting() -> None:
    works = "# Public Works and Special Projects Committee\n{}\n\n## Closed session\nNone.\n"
    heads = ("Draft minutes, 3 June 2026", "Minutes, 3 June 2026")
    assert kinds_agree(*(Profile(record(works.format(head))) for head in heads))
