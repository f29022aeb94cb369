"""Heads of minutes as councils, boards, committees and 会议纪要 write them: which body met, when, who chaired."""

import datetime

import pytest

from ingest.minutes import understand
from ingest.records import Document, Meeting

TODAY = datetime.date(2030, 1, 1)
REST = "\n\nThe minutes of the last meeting were approved.\n\n2. Drains\n\nIt was agreed to mend them.\n"
ZH_REST = (
    "\n\n一、关于供水工作\n\n会议原则同意该方案。由市水务局负责。\n\n二、关于道路工作\n\n会议决定推迟审议。\n"
)

# the head, its body, its day, its chair
ENGLISH = [
    (
        "MERROWHAVEN LIBRARY BOARD\nMinutes of the Spring Meeting\n22 April 2024",
        "Merrowhaven Library Board",
        "2024-04-22",
        None,
    ),
    (
        "# Harbour District Council, Merrowhaven (fictional): Minutes of the Ordinary Meeting of 27 February 2024",
        "Harbour District Council",
        "2024-02-27",
        None,
    ),
    (
        "BRAMLEY TOWN COUNCIL\nTown Hall, High Street\n\nMinutes of the Full Council Meeting held on 9 January 2024",
        "Bramley Town Council",
        "2024-01-09",
        None,
    ),
    (
        "STOKE-ON-SEA PARISH COUNCIL\nMinutes of the Parish Council Meeting of 2 May 2024",
        "Stoke-on-Sea Parish Council",
        "2024-05-02",
        None,
    ),
    (
        "Oakfield School District\nBoard of Education\nRegular Meeting Minutes\nSeptember 10, 2024\n\n"
        "President Dana Wells called the meeting to order.",
        "Board of Education",
        "2024-09-10",
        "Dana Wells",
    ),
    (
        "St Anne's Hospital Trust\n\nBoard of Directors – Public Meeting\n\nHeld on 26 September 2024\n\n"
        "Present:\nDame Ann Holt, Chair\nDr Raj Patel, Medical Director",
        "Board of Directors",
        "2024-09-26",
        "Ann Holt",
    ),
    (
        "LEGISLATIVE ASSEMBLY OF NORTHLAND\nSTANDING COMMITTEE ON PUBLIC ACCOUNTS\n7 February 2024",
        "Standing Committee on Public Accounts",
        "2024-02-07",
        None,
    ),
    ("City Council, City of Marlow\nSpecial Session\nOctober 1, 2024", "City Council", "2024-10-01", None),
    ("# Parks & Recreation Commission - 2024-08-20", "Parks & Recreation Commission", "2024-08-20", None),
    (
        "Lakeview City Commission Workshop\nMay 6, 2024\n\nThe workshop was called to order by Mayor Rita Cho.",
        "Lakeview City Commission",
        "2024-05-06",
        "Rita Cho",
    ),
    (
        "Hillside Elementary PTA\nGeneral Meeting Minutes\nMay 6, 2024",
        "Hillside Elementary PTA",
        "2024-05-06",
        None,
    ),
    ("Ward 5 Neighbourhood Forum\nMinutes: 25 June 2024", "Ward 5 Neighbourhood Forum", "2024-06-25", None),
    (
        "Meeting: Board of Governors\nDate: 19/11/2024\nChaired by: Ruth Fry",
        "Board of Governors",
        "2024-11-19",
        "Ruth Fry",
    ),
    (
        "MINUTES\n\nCommittee: Highways\nDate: 5 March 2024\tChair: Mr P Hall",
        "Highways",
        "2024-03-05",
        "P Hall",
    ),
    (
        "| Committee | Economy Scrutiny |\n|---|---|\n| Date | 11 July 2024 |\n| Chair | Cllr Pat Orme |",
        "Economy Scrutiny",
        "2024-07-11",
        "Pat Orme",
    ),
    (
        "Third Meeting of the 2024 Session of the County Board\nApril 16, 2024",
        "County Board",
        "2024-04-16",
        None,
    ),
    (
        "# Board Minutes | Greenhill Housing Co-operative | 3 April 2024",
        "Greenhill Housing Co-operative",
        "2024-04-03",
        None,
    ),
    (
        "Approved: 8 October 2024\nTransport Users Committee\nMinutes of the meeting held on 10 September 2024",
        "Transport Users Committee",
        "2024-09-10",
        None,
    ),
    (
        "West Fenwick Drainage Board\n18 September 2024\n\nThe Chair, Ms Tia Long, opened the meeting at 9.30am.",
        "West Fenwick Drainage Board",
        "2024-09-18",
        "Tia Long",
    ),
    (
        "TOWN COUNCIL\n21st November 2024\n\nPRESENT: Cllr B Ward (Town Mayor) in the Chair",
        "Town Council",
        "2024-11-21",
        "B Ward",
    ),
    ("Report of the Clerk to the Board\nCouncil Chambers\n3 May 2024", None, "2024-05-03", None),
]
CHINESE = [
    ("临江市人民政府第十二次常务会议纪要\n2024年3月15日，市长陈伟主持召开。", "临江市人民政府", "2024-03-15", "陈伟"),
    (
        "市政府专题会议纪要〔2024〕3号\n\n2024年5月8日，副市长李敏在市政府二楼会议室主持召开专题会议。",
        "市政府",
        "2024-05-08",
        "李敏",
    ),
    ("区住建局党组（扩大）会议纪要\n（第6次）\n时间：2024年4月2日\n主持：王强", "区住建局党组", "2024-04-02", "王强"),
    ("××市规划局局长办公会议纪要\n会议时间：2024年6月3日\n主 持 人：冯刚", "市规划局", "2024-06-03", "冯刚"),
    ("市第三中学校务会议纪要\n2024年3月4日\n主持：校长许静", "市第三中学", "2024-03-04", "许静"),
    ("江北县打非联席会议纪要\n\n2024年7月3日，副县长吴刚主持召开。", "江北县打非联席会议", "2024-07-03", "吴刚"),
    (
        "会 议 纪 要\n永宁县人民政府办公室    2024年8月12日\n\n2024年8月9日，县长马丽主持召开县政府第28次会议。",
        "永宁县人民政府",
        "2024-08-09",
        "马丽",
    ),
    ("关于研究内涝治理工作的会议纪要\n\n2024年7月16日，副市长何平召集市水务局等部门研究。", None, "2024-07-16", "何平"),
    ("东湖医院院长办公会议记录\n时间：2024年1月8日 地点：三楼会议室 主持：院长何平", "东湖医院", "2024-01-08", "何平"),
    ("一、时间：2024年4月18日\n二、地点：镇政府会议室\n三、主持人：龚平（镇长）", None, "2024-04-18", "龚平"),
    (
        "臨海市議會第3屆第5次定期會第12次會議紀錄\n時間：中華民國113年5月20日上午10時\n主席：林議長志明",
        "臨海市議會第3屆",
        "2024-05-20",
        "林志明",
    ),
    ("交通及運輸委員會會議記錄\n日期：二〇二四年五月七日\n主席：余漢坤", "交通及運輸委員會", "2024-05-07", "余漢坤"),
]  # fmt: skip


def meeting(text: str) -> Meeting:
    return understand(Document(text), today=TODAY).meeting


@pytest.mark.parametrize(("head", "body", "day", "chair"), ENGLISH, ids=lambda value: str(value)[:30])
def test_an_english_head_names_the_body_the_day_and_the_chair(head, body, day, chair):
    found = meeting(head + REST)
    assert (found.body, str(found.date), found.chair) == (body, day, chair)


@pytest.mark.parametrize(("head", "body", "day", "chair"), CHINESE, ids=lambda value: str(value)[:20])
def test_a_chinese_head_names_the_body_the_day_and_the_chair(head, body, day, chair):
    found = meeting(head + ZH_REST)
    assert (found.body, str(found.date), found.chair) == (body, day, chair)


@pytest.mark.parametrize(
    ("title", "session"),
    [
        ("区住建局党组会议纪要\n（2024年第6次）", 6),
        ("街道城市管理联席会议纪要（二〇二四年第二次）", 2),
        ("臨海市議會第3屆第5次定期會第12次會議紀錄", 12),
        ("ESTATES COMMITTEE\nMeeting No. 7", 7),
    ],
)
def test_the_session_is_counted_as_the_head_counts_it(title, session):
    assert meeting(title + REST).session == session


def test_the_first_agenda_item_below_a_short_head_is_not_the_title():
    assert meeting("临江市人民政府会议纪要\n2024年3月15日" + ZH_REST).title == "临江市人民政府会议纪要"


def test_the_office_that_a_comma_sets_off_is_not_another_person():
    found = meeting(
        "Library Board\n3 May 2024\n\nPresent: Ann Holt, Chair, Raj Patel and Bo Chen, Secretary" + REST
    )
    assert found.attendees == ("Ann Holt (Chair)", "Raj Patel", "Bo Chen (Secretary)")
