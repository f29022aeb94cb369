"""Tables of decisions and of tasks: a row an entry, by what the head of the table names."""

import datetime
from pathlib import Path

import docx
import pytest

from ingest.decisions import find_decisions
from ingest.minutes import understand
from ingest.readers import take
from ingest.reading import read_record
from ingest.records import Decision, Document

MEETING = datetime.date(2025, 4, 8)
ENGLISH = """\
| Item | Decision | Owner | Due |
|---|---|---|---|
| Tariff | Approved with amendments | Finance Office | 14 May 2025 |
| Depot lease | Deferred | P. Nair | 20 May 2025 |
| Any other business | - | | |
"""
CHINESE = """\
| 议题 | 决定 | 责任单位 | 时限 |
|---|---|---|---|
| 清水河清淤 | 同意实施方案 | 市水务局 | 6月底前 |
| 老旧小区改造 | 暂缓 | 市住建局 | 2025年7月10日 |
"""
ENGLISH_ROWS = [
    ("approved", "Tariff", "Finance Office", "2025-05-14"),
    ("deferred", "Depot lease", "P. Nair", "2025-05-20"),
]
CHINESE_ROWS = [
    ("agreed", "清水河清淤", "市水务局", "2025-06-30"),
    ("deferred", "老旧小区改造", "市住建局", "2025-07-10"),
]
TASKS = {
    "Action | Owner | Due\nObtain quotes | Priya Nair | 14 May 2025\nWrite to the owner | OP | by the end of May\n": [
        ("Priya Nair", "2025-05-14"),
        ("OP", "2025-05-31"),
    ],
    "| No. | Task | Who | By when |\n|--|--|--|--|\n| 1 | Fix the gate | Clerk | 2025-05-02 |\n": [
        ("Clerk", "2025-05-02")
    ],
    "## Actions\n\nAction\tResponsible\tDeadline\nBuy a lock\tMs Lane\t9 May\n": [("Ms Lane", "2025-05-09")],
    "| 序号 | 事项 | 责任单位 | 完成时限 |\n| --- | --- | --- | --- |\n| 1 | 清水河清淤 | 市水务局 | 6月底前 |\n": [
        ("市水务局", "2025-06-30")
    ],
    "任务\t牵头单位\t完成时间\n拨付资金\t市财政局\t5月20日前\n": [("市财政局", "2025-05-20")],
}
OTHER = [
    "| Name | Role | Date |\n|---|---|---|\n| Ann Cole | Chair | 3 May |\n",
    "| Item | Cost | Result |\n|---|---|---|\n| Pump | £300 | 3 |\n",
    "| 姓名 | 单位 |\n|---|---|\n| 王强 | 市财政局 |\n",
]


def register(text: str) -> tuple[Decision, ...]:
    understood = understand(Document(text))
    return find_decisions(text, understood.sections, understood.turns, date=MEETING)


def read(found: tuple[Decision, ...]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one.kind.value, one.item, one.owner, one.due and one.due.isoformat()) for one in found]


@pytest.mark.parametrize(("text", "rows"), [(ENGLISH, ENGLISH_ROWS), (CHINESE, CHINESE_ROWS)])
def test_each_row_of_a_table_of_decisions_is_an_entry(text: str, rows: list[tuple[str, ...]]) -> None:
    assert read(register(text)) == rows


@pytest.mark.parametrize(("heading", "text", "rows"), [
    ("## Decisions\n\n", ENGLISH, ENGLISH_ROWS), ("## 会议决定\n\n", CHINESE, CHINESE_ROWS),
])  # fmt: skip
def test_a_heading_over_the_table_changes_nothing(
    heading: str, text: str, rows: list[tuple[str, ...]]
) -> None:
    assert read(register(heading + text)) == rows


@pytest.mark.parametrize(("text", "tasks"), TASKS.items())
def test_each_row_of_a_table_of_tasks_is_one(text: str, tasks: list[tuple[str, str]]) -> None:
    assert [row[2:] for row in read(register(text))] == tasks
    assert {one.kind.value for one in register(text)} == {"assigned"}


@pytest.mark.parametrize("text", OTHER)
def test_a_table_of_other_things_records_nothing(text: str) -> None:
    assert register(text) == ()


def test_a_table_of_a_word_file_is_read_alike(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Elmford Water Board, minutes of 8 April 2025", 1)
    table = document.add_table(rows=0, cols=4)
    for line in ENGLISH.splitlines():
        if "---" not in line:
            for cell, words in zip(table.add_row().cells, line.strip("|").split("|"), strict=True):
                cell.text = words.strip()
    document.save(tmp_path / "minutes.docx")
    record = read_record(take(tmp_path / "minutes.docx"), {})
    assert read(record.decisions) == ENGLISH_ROWS
    assert (
        record.decisions[0].of(record.text) == "Tariff\tApproved with amendments\tFinance Office\t14 May 2025"
    )


@pytest.mark.parametrize("heading", ["", "## Action Items\n\n"])
def test_a_row_that_only_says_what_belongs_there_is_no_task(heading: str) -> None:
    table = "| Done? | Item | Responsible | Due Date |\n|---|---|---|---|\n| | item | who | due_date |\n"
    text = f"{heading}{table}| | Mend the gate | Ida | 5 May |\n"
    assert [entry.of(text) for entry in find_decisions(text, understand(Document(text)).sections, ())] == [
        "| | Mend the gate | Ida | 5 May |"
    ]
