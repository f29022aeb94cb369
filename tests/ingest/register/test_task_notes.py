"""Lists of tasks, a line each: "Name: task, due day", with dashes, bullets, labels, English and Chinese."""

import datetime

import pytest

from ingest.decisions import find_decisions
from ingest.minutes import understand
from ingest.records import Decision, DecisionKind, Document

MEETING = datetime.date(2025, 4, 8)
PRESENT = "Elmford Water Board\nMinutes of 8 April 2025\nPresent: Ann Cole, Priya Nair, Owen Pugh\n\n"
PAIR = [("Priya Nair", "2025-05-14"), ("Owen Pugh", "2025-05-20")]
ENGLISH = {
    "Priya Nair: obtain three quotes, due 14 May 2025.\nOwen Pugh: write to the owner, due 20 May 2025.": PAIR,
    "Action items\nPriya Nair: obtain quotes, due 14 May 2025.\nOwen Pugh: write to the owner, due 20 May 2025.": PAIR,
    "Actions:\nPriya Nair: obtain quotes by 14 May 2025\nOwen Pugh: write to the owner by 20 May 2025": PAIR,
    "## Actions\n\n- Priya Nair: obtain quotes (by 14 May)\n- Owen Pugh: write to the owner (by 20 May)": PAIR,
    "Actions\nPriya Nair - obtain three quotes - 14 May 2025\nOwen Pugh - write to the owner - 20 May 2025": PAIR,
    "Actions agreed\n* Priya Nair – obtain quotes – 14 May\n* Owen Pugh – write to the owner – 20 May": PAIR,
    "Priya Nair will obtain quotes by 14 May.\nOwen Pugh will write to the owner by 20 May.": PAIR,
    "Next steps\nPN to obtain quotes by 14 May\nOP to contact the owner": [
        ("PN", "2025-05-14"),
        ("OP", None),
    ],
    "PN: three quotes for the roof, due 14 May 2025.\nOP: letter, due 20 May 2025.": [
        ("PN", "2025-05-14"),
        ("OP", "2025-05-20"),
    ],
    "1. Clerk: publish the notice (by 5 May)\n2. Treasurer: pay the deposit (by 9 May)": [
        ("Clerk", "2025-05-05"),
        ("Treasurer", "2025-05-09"),
    ],
    "ACTION: clerk to write (by 5 May)\nACTION: Ann Cole to pay (9 May)": [
        ("clerk", "2025-05-05"),
        ("Ann Cole", "2025-05-09"),
    ],
}
CHINESE = {
    "行动项\n张伟：联系物业，5月14日前。\n李娜：整理合同，5月20日前完成。": [
        ("张伟", "2025-05-14"),
        ("李娜", "2025-05-20"),
    ],
    "待办：\n张伟：5月14日前联系物业\n李娜：5月20日前整理合同": [
        ("张伟", "2025-05-14"),
        ("李娜", "2025-05-20"),
    ],
    "后续工作：\n物业公司：更换门禁，5月30日前完成\n业委会：核实账目（6月5日前）": [
        ("物业公司", "2025-05-30"),
        ("业委会", "2025-06-05"),
    ],
    "任务分工\n- 张伟 - 联系施工队 - 5月14日\n- 李娜 - 整理合同 - 5月20日": [
        ("张伟", "2025-05-14"),
        ("李娜", "2025-05-20"),
    ],
    "市住建局：6月15日前完成鉴定\n市财政局：5月底前拨付资金": [
        ("市住建局", "2025-06-15"),
        ("市财政局", "2025-05-31"),
    ],
}


def tasks(text: str) -> list[Decision]:
    understood = understand(Document(text))
    found = find_decisions(text, understood.sections, understood.turns, date=MEETING)
    return [one for one in found if one.kind is DecisionKind.ASSIGNED]


@pytest.mark.parametrize(("text", "expected"), [*ENGLISH.items(), *CHINESE.items()])
def test_each_line_is_a_task_with_owner_and_day(text: str, expected: list[tuple[str, str | None]]) -> None:
    for head in ("", PRESENT):  # who is listed as present speaks no less in tasks
        found = tasks(head + text)
        assert [(one.owner, one.due and one.due.isoformat()) for one in found] == expected


def test_a_line_for_a_task_is_nobodys_speech() -> None:
    text = (
        PRESENT + "Priya Nair: The roof leaks and nobody has looked at it for years.\n\n"
        "Owen Pugh: I think that we should wait for the survey.\n\n"
        "Priya Nair: obtain three quotes, due 14 May 2025.\nOwen Pugh: write to the owner, due 20 May 2025.\n"
    )
    turns = [turn.of(text) for turn in understand(Document(text)).turns]
    assert len(turns) == 2 and not any("due" in turn for turn in turns)
    assert len(tasks(text)) == 2


@pytest.mark.parametrize(
    ("text", "undertaken"),
    [
        (
            "Ann: Send it by Friday, please.\nBob: Okay, I will send it by 5 May.\n"
            "Ann: Call them by 6 May.\nBob: Fine.\n",
            [("en.spoken-commitment", "Bob")],
        ),
        ("张伟：我认为5月底前完不成。\n李娜：那就6月底前吧。\n张伟：好，6月底前。\n", []),
    ],
)
def test_what_people_say_in_turn_is_speech(text: str, undertaken: list[tuple[str, str]]) -> None:
    assert len(understand(Document(text)).turns) == text.count("\n")
    assert [(task.rule, task.owner) for task in tasks(text)] == undertaken  # no line of it is a note


MENTIONS = {
    "- 确认下一版用例的范围 @林静 @周凯": ("林静、周凯", "zh.mentioned"),
    "1. 新仓库的开放范围需要评审 @林静。": ("林静", "zh.mentioned"),
    "- Draft the notice for the fair @ann-lee, @bo": ("ann-lee, bo", "en.mentioned"),
}


@pytest.mark.parametrize("line", MENTIONS)
def test_a_note_that_ends_in_mentions_is_a_task_of_those_it_mentions(line: str) -> None:
    [entry] = find_decisions(line, (), ())
    assert (entry.kind, entry.owner, entry.rule) == (DecisionKind.ASSIGNED, *MENTIONS[line])


@pytest.mark.parametrize(
    "line",
    [
        "- 林静 @linjing",
        "- Naming of @@species",
        "- Write the guide for the new signs 100% @ann",
        "- open-source community work @ann",
        "- Release train - @bo",
        "- Thanks to all the speakers @ann",
        "Write to clerk@example.org",
        "| 用例评审的安排 | @ALL |",
    ],
)
def test_a_mention_of_who_somebody_is_or_who_speaks_is_no_task(line: str) -> None:
    assert find_decisions(line, (), ()) == ()


@pytest.mark.parametrize("title", ["Agenda", "议程", "Attendees", "参会人员"])
def test_a_mention_in_what_is_planned_or_among_who_is_there_is_no_task(title: str) -> None:
    text = f"# 例会\n\n## {title}\n\n- 确认下一版用例的范围 @林静\n"
    understood = understand(Document(text))
    assert find_decisions(text, understood.sections, understood.turns) == ()
