"""Sentences that charge somebody with something: who is to act, by which day, one entry of the register each."""

import datetime

import pytest

from ingest.decisions import find_decisions
from ingest.records import DecisionKind

MEETING = datetime.date(2025, 4, 8)  # a Tuesday
CHINESE = {
    "会议要求，市水务局于2025年6月30日前完成清水河清淤，市财政局于5月底前拨付资金。": [
        ("市水务局", "2025-06-30"),
        ("市财政局", "2025-05-31"),
    ],
    "会议强调，安全第一。各区要在5月底前完成排查。": [("各区", "2025-05-31")],
    "会议明确，由市住建局牵头，6月20日前制定方案；市城管局负责整改，7月10日前完成。": [
        ("市住建局", "2025-06-20"),
        ("市城管局", "2025-07-10"),
    ],
    "责成市交通局于五月二十日前提交报告。": [("市交通局", "2025-05-20")],
    "请市教育局于5月中旬前报送名单，市卫健委配合。": [("市教育局", "2025-05-20")],
    "会议要求各区要加强巡查，4月底前上报结果。": [("各区", "2025-04-30")],
    "会议要求，各县（市、区）要于10月底前完成摸底。": [("各县（市、区）", "2025-10-31")],
    "李明于下周五前提交报告，王芳于本月底前联系物业。": [("李明", "2025-04-18"), ("王芳", "2025-04-30")],
    "董事会要求财务部本周五前提交报表，人事部下周一前公布名单。": [
        ("财务部", "2025-04-11"),
        ("人事部", "2025-04-14"),
    ],
    "会议同意该方案，由住建局牵头，财政局、城管局配合，6月底前完成。": [("住建局", "2025-06-30")],
    "会议听取了防汛汇报，要求市应急局必须于6月1日前完成隐患排查。": [("市应急局", "2025-06-01")],
    "业委会请物业公司于6月1日前修好电梯。": [("物业公司", "2025-06-01")],
    "会议要求，6月底前全面完工，确保质量。": [(None, "2025-06-30")],
    "会议要求：\n1. 市住建局6月15日前完成危房鉴定；\n2. 市财政局5月底前拨付资金。": [
        ("市住建局", "2025-06-15"),
        ("市财政局", "2025-05-31"),
    ],
    "会议要求，一是市水务局年底前完成管网改造；二是市财政局做好资金保障。": [
        ("市水务局", "2025-12-31"),
        ("市财政局", None),
    ],
}
ENGLISH = {
    "The meeting required the Water Bureau to complete the dredging by 30 June 2025 and the Finance Bureau to release"
    " the funds by the end of May.": [("Water Bureau", "2025-06-30"), ("Finance Bureau", "2025-05-31")],
    "The Board asked the Estates Office to fix the roof by 5 May 2025.": [("Estates Office", "2025-05-05")],
    "The Council instructed that the Roads Department finish the bridge no later than 1 June.": [
        ("Roads Department", "2025-06-01")
    ],
    "It was required that the Harbour Office report by 1 May 2025.": [("Harbour Office", "2025-05-01")],
    "Ms Lane is to write to the owner by 5 May, and Mr Orr is to get three quotes by 9 May.": [
        ("Ms Lane", "2025-05-05"),
        ("Mr Orr", "2025-05-09"),
    ],
    "It stressed that the Roads Department must finish the bridge by 1 June; the Police are to report by 10 June.": [
        ("Roads Department", "2025-06-01"),
        ("Police", "2025-06-10"),
    ],
    "The Water Bureau was required to complete the survey by 30 June 2025.": [("Water Bureau", "2025-06-30")],
    "The Chair asked Ms Lane to send the plans to members by 5 May.": [("Ms Lane", "2025-05-05")],
    "The Board requires the contractor to deliver the pumps by 15 May 2025.": [("contractor", "2025-05-15")],
    "Parks and Leisure Committee to inspect the swings by 12 May.": [
        ("Parks and Leisure Committee", "2025-05-12")
    ],
}
NOBODY = [
    "会议要求各部门抓好落实。",
    "会议指出，截至3月底，市水务局已完成清淤。",
    "会议强调市教育局务必抓好落实。",
    "会议听取了市水务局关于6月底前完成清淤的汇报。",
    "会议同意博物馆于12月20日开馆。",
    "Mr Hill is not to speak before 5 May.",
    "The meeting emphasised that safety comes first.",
    "The budget must be ready by June.",
    "The police were urged to act.",
]


@pytest.mark.parametrize(("text", "tasks"), [*CHINESE.items(), *ENGLISH.items()])
def test_each_task_of_a_sentence_is_an_entry_with_owner_and_day(
    text: str, tasks: list[tuple[str | None, str | None]]
) -> None:
    found = [one for one in find_decisions(text, (), (), date=MEETING) if one.owner or one.due]
    assert [(one.owner, one.due and one.due.isoformat()) for one in found] == tasks


@pytest.mark.parametrize("text", NOBODY)
def test_policy_and_what_is_done_charge_nobody(text: str) -> None:
    found = find_decisions(text, (), (), date=MEETING)
    assert not any(one.kind is DecisionKind.ASSIGNED or one.due for one in found)


def test_the_first_task_stays_with_what_was_decided() -> None:
    text = "会议决定启动治理，由市水务局牵头，6月底前完成；市财政局5月底前拨付资金。"
    decided, assigned = find_decisions(text, (), (), date=MEETING)
    assert (decided.kind, decided.owner) == (DecisionKind.DECIDED, "市水务局")
    assert (assigned.kind, assigned.of(text)) == (DecisionKind.ASSIGNED, "市财政局5月底前拨付资金。")
