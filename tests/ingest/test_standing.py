"""How records say that they are drafts, approved or corrected, and which edition they are."""

import datetime
from pathlib import Path

import pytest

from ingest.minutes import understand
from ingest.records import Document
from ingest.standing import edition_in

TODAY = datetime.date(2030, 1, 1)
BODY = "\n\n1. Quay. It was agreed that the quay be mended for 900.\n"
ZH_BODY = "\n\n一、关于供水\n会议同意县水务局提出的供水方案。\n"


def status_of(text: str, path: str | None = None) -> str | None:
    return understand(Document(text), path=path and Path(path), today=TODAY).meeting.status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Minutes v0.3 - subject to confirmation", "draft"),
        ("Minutes, subject to ratification", "draft"),
        ("Minutes - version 0.9", "draft"),
        ("Minutes (unratified)", "draft"),
        ("MINUTES - NOT YET CONFIRMED", "draft"),
        ("Minutes v1.0 - confirmed at the meeting of 8 October 2026", "approved"),
        ("Minutes as approved at the meeting of 8 October 2026", "approved"),
        ("Minutes. Ratified 8 October 2026", "approved"),
        ("Minutes. Agreed as a correct record 8 October 2026", "approved"),
        ("Minutes. Signed as a true record: A. Hale, 8 October 2026", "approved"),
        ("Minutes (superseding those approved on 8 October 2026): corrected", "corrected"),
        ("Minutes version 2.0", None),
        ("Minutes of the Draft Budget Panel meeting", None),
    ],
)
def test_a_status_is_read_from_the_words_of_clerks(head: str, status: str | None) -> None:
    assert status_of(f"# Alder Quay Council\n{head}{BODY}") == status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("青岚县人民政府常务会议纪要（送审稿）", "draft"),
        ("青岚县人民政府常务会议纪要（报批稿）", "draft"),
        ("青岚县人民政府常务会议纪要（初稿）", "draft"),
        ("青岚县人民政府常务会议纪要（修改稿）", "draft"),
        ("青岚县人民政府常务会议纪要（待审定）", "draft"),
        ("青岚县人民政府常务会议纪要（未经审定）", "draft"),
        ("青岚县人民政府常务会议纪要\n青岚县人民政府办公室 2026年5月26日印发", "approved"),
        ("青岚县人民政府常务会议纪要（正式稿）", "approved"),
        ("青岚县人民政府关于印发常务会议纪要的说明", None),
    ],
)
def test_a_status_is_read_from_the_words_of_chinese_offices(head: str, status: str | None) -> None:
    assert status_of(f"{head}{ZH_BODY}") == status


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("Signed: A. Hale, Chair    Date: 2 December 2026", "approved"),
        ("Signed by the Chair, A. Hale, on 2 December 2026", "approved"),
        ("Signed: ........................ Chair", None),
        ("Signed: ____________  Date: ____________", None),
        ("Signed (Chair):", None),
        ("Approved as a correct record 4 July 2026", "approved"),
        ("Confirmed as a correct record on 4 July 2026.", "approved"),
        ("The contract was signed on 4 July 2026.", None),
        ("Draft - these minutes are subject to approval", "draft"),
        ("*** DRAFT ***", "draft"),
        ("签发：沈柏", "approved"),
        ("签发人：沈柏    2026年5月26日印发", "approved"),
        ("签发：", None),
        ("青岚县人民政府办公室　　2026年5月26日印发", "approved"),
    ],
)
def test_a_status_is_read_from_the_last_lines(end: str, status: str | None) -> None:
    assert status_of(f"# Alder Quay Council\nMinutes of 3 June 2026{BODY}\n{end}\n") == status


def test_a_draft_is_one_whatever_its_last_lines_say() -> None:
    assert (
        status_of(f"# Alder Quay Council\nDRAFT minutes{BODY}\nSigned: A. Hale, Chair, 3 July 2026\n")
        == "draft"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("minutes/drafts/2026-06-03.md", "draft"),
        ("minutes/Approved/2026-06-03.md", "approved"),
        ("minutes/signed minutes/2026-06-03.md", "approved"),
        ("会议/草稿/2026-06-03.md", "draft"),
        ("会议/定稿/2026-06-03.md", "approved"),
        ("drafting group/2026-06-03.md", None),
        ("minutes/2026-06-03 v0.2.md", "draft"),
        ("minutes/2026-06-03 FINAL.md", "approved"),
    ],
)
def test_the_folder_or_name_of_a_file_says_what_the_text_does_not(path: str, status: str | None) -> None:
    assert status_of(f"# Alder Quay Council\nMinutes of 3 June 2026{BODY}", path) == status


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Minutes v0.3", "Minutes v0.10"),
        ("Board minutes draft 1", "Board minutes draft 2"),
        ("Draft no. 2", "Draft no. 3"),
        ("minutes version 1.2", "minutes version 2"),
        ("Minutes rev. A", "Minutes rev. C"),
        ("纪要（征求意见稿）", "纪要（送审稿）"),
        ("纪要（初稿）", "纪要（修改稿）"),
        ("纪要第一稿", "纪要第二稿"),
    ],
)
def test_editions_are_in_the_order_in_which_they_are_made(earlier: str, later: str) -> None:
    assert edition_in([earlier]) < edition_in([later])  # type: ignore[operator]


@pytest.mark.parametrize("title", ["Minutes of 3 June 2026", "Draft minutes", "Board minutes 12", "会议纪要"])
def test_a_title_may_name_no_edition(title: str) -> None:
    assert edition_in([title]) is None
