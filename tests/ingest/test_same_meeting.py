"""Drafts, approved and corrected texts of one meeting are one record; other meetings and documents are others."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.body_names import same_body
from ingest.index import OwnedIndex
from ingest.ledger import Ledger
from ingest.neighbours import KnownRecord
from ingest.outcomes import Outcome, Status
from ingest.pipeline import ingest, plan
from ingest.same_meeting import Profile
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import active_text, visible

SHELTER = (
    "## 1. Bus shelter\nA bus shelter in Mill Lane was agreed, cost 6,100.\n"
    "## 2. Lights\nA budget of 2,500 was agreed.\n"
)
RESOLVED = (
    "## 1. Bus shelter\nRESOLVED to install a bus shelter in Mill Lane at 6,100.\n"
    "## 2. Lights\nRESOLVED to spend 2,500.\n"
)
FORGE = "## 1. Old Forge\nIt was resolved to sell the Old Forge to the heritage trust for 95,000.\n"


def council(line: str, items: str, body: str = "Alder Quay Town Council") -> str:
    return f"# {body}\n{line}\n\n{items}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "minutes"
    made.mkdir()
    return made


def take_in(folder: Path, index: OwnedIndex, **texts: str) -> dict[str, Outcome]:
    """Writes the files and ingests them; what became of each, which is what the plan said."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    planned = plan([folder], index.catalog)
    report = ingest([folder], index)
    assert [(o.path, o.status, o.record_id, o.notes) for o in planned.outcomes] == [
        (o.path, o.status, o.record_id, o.notes) for o in report.outcomes
    ]
    return {outcome.path.stem: outcome for outcome in report.outcomes}


ONE_MEETING = [
    (
        council("Draft minutes of 3 June 2025", SHELTER, "Board of Education, Alder Quay School District"),
        council("Minutes of 3 June 2025 (approved)", RESOLVED, "Alder Quay School Board"),
    ),
    (
        council("Draft minutes of 3 June 2025", SHELTER, "Town Council of Alder Quay"),
        council("Approved minutes of 3 June 2025", RESOLVED),
    ),
    (
        f"DRAFT - Minutes of the board, June 3, 2025\n\n{SHELTER}",
        "Alder Quay Homeowners' Association\nMinutes of the Board of Directors, June 3, 2025\n"
        f"APPROVED July 1, 2025\n\n{RESOLVED}",
    ),
    (
        council("Minutes v0.3 of 3 June 2025", SHELTER),
        council("Minutes v0.9 of 3 June 2025", RESOLVED),
    ),
    (
        "# 青岚县人民政府第12次常务会议纪要\n（征求意见稿）\n2025年5月20日\n\n"
        "## 一、老旧小区\n会议原则同意改造方案，投资3200万元。\n",
        "# 青岚县人民政府第12次常务会议纪要\n（送审稿）\n2025年5月20日\n\n"
        "## 一、老旧小区\n会议同意《改造方案》，总投资3200万元，年内完工。\n",
    ),
    (
        "# 青岚县人民政府第12次常务会议纪要（送审稿）\n2025年5月20日\n\n"
        "## 一、老旧小区\n会议原则同意改造方案，投资3200万元。\n",
        "# 县政府常务会议纪要\n第12次\n青岚县人民政府办公室 2025年5月26日印发\n"
        "2025年5月20日，县长沈柏主持召开会议。\n\n"
        "## 一、老旧小区\n会议同意改造方案，总投资3200万元，年底前完工。\n",
    ),
]


@pytest.mark.parametrize(("earlier", "later"), ONE_MEETING)
def test_two_texts_of_one_meeting_are_one_record_in_any_order(
    folder: Path, index: OwnedIndex, tmp_path: Path, earlier: str, later: str
) -> None:
    found = take_in(folder, index, a=earlier, b=later)
    assert found["a"].record_id == found["b"].record_id and found["b"].status is Status.AMENDED
    assert str(folder / "a.md") in found["b"].notes[0]
    assert active_text(index, found["a"].record_id) == later
    for name in ("a", "b"):
        os.remove(folder / f"{name}.md")
    with OwnedIndex.open(tmp_path / "another", HashEncoder()) as another:
        found = take_in(folder, another, a=later, b=earlier)
        assert found["b"].status is Status.REFUSED and str(folder / "a.md") in found["b"].notes[0]
        assert active_text(another, found["a"].record_id) == later


MEETINGS_APART = [
    (council("Agenda, 3 June 2025", SHELTER), council("Draft minutes, 3 June 2025", SHELTER)),
    (
        council("Notice of a meeting on 3 June 2025", SHELTER),
        council("Approved minutes, 3 June 2025", SHELTER),
    ),
    (
        council("Draft minutes, 3 June 2025", SHELTER, "Alder Quay Town Council Planning Committee"),
        council("Approved minutes, 3 June 2025", RESOLVED),
    ),
    (
        council("Draft minutes of the ordinary meeting, 3 June 2025", SHELTER),
        council("Approved minutes of the extraordinary meeting, 3 June 2025", SHELTER + FORGE),
    ),
    (
        "# 青岚县人民政府党组会议纪要（讨论稿）\n2025年5月20日\n\n## 一、老旧小区\n会议同意改造方案，投资3200万元。\n",
        "# 青岚县人民政府常务会议纪要（审定稿）\n2025年5月20日\n\n## 一、老旧小区\n会议同意改造方案，投资3200万元。\n",
    ),
]


@pytest.mark.parametrize(("one", "other"), MEETINGS_APART)
def test_other_documents_and_meetings_of_one_day_are_other_records(
    folder: Path, index: OwnedIndex, one: str, other: str
) -> None:
    found = take_in(folder, index, a=one, b=other)
    assert [found[name].status for name in "ab"] == [Status.ADDED, Status.ADDED]


def test_drafts_that_are_no_editions_of_one_another_are_two_records_and_it_is_said(
    folder: Path, index: OwnedIndex
) -> None:
    found = take_in(
        folder,
        index,
        a=council("Draft minutes of 3 June 2025", SHELTER),
        b=council("Draft minutes of 3 June 2025", RESOLVED),
    )
    assert found["b"].status is Status.ADDED
    assert "speaks of the same business" in found["b"].notes[0]


def overwritten() -> Iterator[tuple[str, str]]:
    yield (
        council("Minutes of the ordinary meeting, 3 June 2025", SHELTER),
        council("Minutes of the extraordinary meeting, 3 June 2025", FORGE),
    )
    yield (
        council("Minutes of 3 June 2025", SHELTER),
        council("Minutes", FORGE + "## 2. Weir\nThe weir will be painted.\n"),
    )


@pytest.mark.parametrize(("before", "after"), list(overwritten()))
def test_a_file_overwritten_with_another_meeting_leaves_the_record_of_the_first(
    folder: Path, index: OwnedIndex, before: str, after: str
) -> None:
    first = take_in(folder, index, latest=before)["latest"]
    second = take_in(folder, index, latest=after)["latest"]
    assert second.status is Status.ADDED and "another meeting" in second.notes[0]
    assert (active_text(index, first.record_id), active_text(index, second.record_id)) == (before, after)


def test_a_record_goes_with_its_file_that_is_put_aside_for_the_next_meeting(
    folder: Path, index: OwnedIndex
) -> None:
    same = "Present: Tully, Reyes. Minutes read and approved. Treasurer's report accepted. No new business.\n"
    january, february = (
        f"Alder Quay Board\nMeeting of {day} 2025\n{same}" for day in ("8 January", "5 February")
    )
    first = take_in(folder, index, current=january)["current"]
    os.rename(folder / "current.md", folder / "january.md")
    found = take_in(folder, index, current=february)
    assert (found["january"].status, found["january"].record_id) == (Status.MOVED, first.record_id)
    assert found["current"].status is Status.ADDED and len({row[0] for row in visible(index)}) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Board of Directors", "Alder Quay Homeowners' Association", True),
        ("Board of Education", "Alder Quay School Board", True),
        ("Alder Quay Council", "Alder Quay Town Council", True),
        ("柳溪村村民代表会议", "村民代表会议", True),
        ("Board of Directors", "Audit Committee", False),
        ("Planning Committee", "Finance Committee", False),
        ("Board", "Council", False),
        ("青岚县人民政府", "青岚县委", False),
    ],
)
def test_one_body_may_go_by_two_names(one: str, other: str, same: bool) -> None:
    assert same_body(one, other) is same and same_body(other, one) is same


def test_many_records_of_one_day_are_not_each_compared_with_every_other(
    folder: Path, index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(5)
    matters = "harbour quay budget library roof school bus lane tree survey fence gate drain water".split()

    def statement(number: int) -> str:
        said = "\n".join(
            f"It was said that the {' '.join(draw.choices(matters, k=9))} matter." for _ in range(5)
        )
        return f"# Alder Quay Works Committee\nStatement {number}\n3 June 2026\n\n{said}\n"

    texts = {f"s{number:03}": statement(number) for number in range(120)}
    again = texts["s007"] + "And that is all.\n"
    compared: list[int] = []
    near = Ledger.near

    def counted(ledger: Ledger, new: Profile) -> list[KnownRecord]:
        compared.append(len(found := near(ledger, new)))
        return found

    monkeypatch.setattr(Ledger, "near", counted)
    outcomes = take_in(folder, index, **texts, t_copy=again)
    assert {outcome.status for outcome in outcomes.values()} == {Status.ADDED}
    assert any("s007" in note for note in outcomes["t_copy"].notes)
    assert max(compared) <= 20 and sum(compared) < 121 * 10
