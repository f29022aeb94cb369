import datetime
import time
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.minutes import understand
from ingest.records import Document, Heading, Meeting, Span, Voice

TODAY = datetime.date(2030, 1, 1)

COUNCIL = """CITY OF RIVERTON
CITY COUNCIL
REGULAR MEETING MINUTES
Tuesday, March 12, 2024

The regular meeting of the Riverton City Council was held on March 12, 2024 in the Council Chambers, \
200 Main St., and was called to order at 7:00 p.m. by Mayor Ann Bell.

PRESENT: Mayor Ann Bell; Councilmembers Bo Chen, Cy Diaz and Di Evans
ABSENT: Councilmember Ed Fox
STAFF PRESENT: City Manager Flo Gray, City Clerk Gus Hall

1. CALL TO ORDER

Mayor Bell called the meeting to order at 7:00 p.m.

2. APPROVAL OF MINUTES

Motion by Chen, second by Diaz, to approve the minutes of February 27, 2024. Motion carried 4-0.

3. NEW BUSINESS

3.1 Budget Amendment

The Council discussed the amendment. Action: staff to return in April.

3.2 Street Lights

Deferred to April 9, 2024.

4. ADJOURNMENT

The meeting adjourned at 8:15 p.m.
"""

NOTICE = """date 2024-06-15 The 21st Working Meeting of the Fifth Town Government was held yesterday, \
with Mayor Wei Lan presiding over the meeting. It studied the first meeting of the 12th Water Board and roads.

Regarding the housing market, the meeting discussed the need for steady growth, and asked the bureaus to act.

In light of the coming harvest, the meeting emphasized the importance of road safety on all country roads.

The meeting also discussed other matters in addition to the above topics.
"""

CHINESE = """九届市政府第32次常务会议纪要

和政发〔2023〕15号

时间：2023年8月25日上午9:00
地点：市行政中心第一会议室
主持人：市长王明
出席：张三、李四、王五
列席：赵六（市财政局）、钱七
缺席：孙八
记录：周九

8月25日，市长王明主持召开九届市政府第32次常务会议，研究房地产市场等工作。现纪要如下：

一、传达学习会议精神。会议指出，要对标有关部署，审计监督跟进到位。

二、研究房地产市场工作

会议听取了关于促进房地产市场平稳健康发展的汇报。会议决定，原则同意该方案。

（一）加快政策落地。由市住建局负责。

（二）加强监管。由市场监管局负责。

2023年8月28日
"""

PARISH = """Parish Council of Little Wick
Draft minutes of the Annual General Meeting held on Monday 13th May 2019 at the Village Hall at 7.30 pm

Present: Cllr J Smith (Chair), Cllr A. Jones, Cllr P. Brown and 3 members of the public
Apologies: Cllr Green
In attendance: M. White (Clerk)

Any other business was left to the meeting in June, and the accounts were approved as presented.
"""


def meeting(text: str, path: str | None = None, **more) -> Meeting:
    return understand(Document(text), path=Path(path) if path else None, today=TODAY, **more).meeting


# What a whole record gives ----------------------------------------------------------------------------------


def test_council_minutes_give_their_metadata():
    found = meeting(COUNCIL)
    assert found.title == "Riverton City Council Regular Meeting Minutes"
    assert found.body == "Riverton City Council"
    assert found.date == datetime.date(2024, 3, 12)
    assert found.place == "Council Chambers"
    assert found.chair == "Ann Bell"
    assert found.attendees == ("Mayor Ann Bell", "Bo Chen", "Cy Diaz", "Di Evans")
    assert found.absent == ("Councilmember Ed Fox",)
    assert found.others == ("City Manager Flo Gray", "City Clerk Gus Hall")
    assert (found.language, found.access, found.notes) == ("en", ("public",), ())


def test_council_minutes_give_their_agenda_and_no_turns():
    found = understand(Document(COUNCIL), today=TODAY)
    assert [(s.level, s.number, s.title) for s in found.sections] == [
        (1, "1.", "CALL TO ORDER"),
        (1, "2.", "APPROVAL OF MINUTES"),
        (1, "3.", "NEW BUSINESS"),
        (2, "3.1", "Budget Amendment"),
        (2, "3.2", "Street Lights"),
        (1, "4.", "ADJOURNMENT"),
    ]
    assert found.turns == ()


def test_a_notice_in_prose_is_dated_the_day_before_its_dateline():
    found = meeting(NOTICE, "2024-06-15-notice.txt")
    assert found.date == datetime.date(2024, 6, 14)
    assert dict(found.origins)["date"] == "derived"
    assert found.notes == ()


def test_a_notice_in_prose_gives_session_series_body_and_chair():
    found = meeting(NOTICE)
    assert found.title == "21st Working Meeting of the Fifth Town Government"
    assert found.session == 21
    assert found.series == "Working Meeting of the Fifth Town Government"
    assert found.body == "Fifth Town Government"
    assert found.chair == "Wei Lan"


def test_a_notice_in_prose_gives_its_topics():
    sections = understand(Document(NOTICE), today=TODAY).sections
    assert [s.title for s in sections] == [
        "the housing market",
        "the importance of road safety on all country roads",
    ]


def test_chinese_minutes_give_their_metadata():
    found = meeting(CHINESE)
    assert found.title == "九届市政府第32次常务会议纪要"
    assert (found.body, found.session, found.series) == ("九届市政府", 32, "九届市政府常务会议")
    assert found.date == datetime.date(2023, 8, 25)
    assert found.number == "和政发〔2023〕15号"
    assert (found.place, found.chair) == ("市行政中心第一会议室", "王明")
    assert found.attendees == ("张三", "李四", "王五")
    assert found.others == ("赵六（市财政局）", "钱七")
    assert found.absent == ("孙八",)
    assert found.language == "zh"


def test_chinese_minutes_give_their_items():
    sections = understand(Document(CHINESE), today=TODAY).sections
    assert [(s.level, s.number, s.title) for s in sections] == [
        (1, "一", "传达学习会议精神"),
        (1, "二", "研究房地产市场工作"),
        (2, "（一）", "加快政策落地"),
        (2, "（二）", "加强监管"),
    ]


def test_parish_minutes_give_their_metadata():
    found = meeting(PARISH)
    assert found.body == "Parish Council of Little Wick"
    assert found.date == datetime.date(2019, 5, 13)
    assert (found.place, found.chair, found.status) == ("Village Hall", "J Smith", "draft")
    assert found.attendees == ("Cllr J Smith (Chair)", "Cllr A. Jones", "Cllr P. Brown")
    assert (found.absent, found.others) == (("Cllr Green",), ("M. White (Clerk)",))


# Order of trust ---------------------------------------------------------------------------------------------

MATTER = """---
title: Library Board
date: 2024-05-02
access: library, legal
chair: Pat Ng
attendees: [Pat Ng, Lou Park]
language: en
---
# Draft Minutes of 3 May 2024

Chair: Lou Park

Nothing was decided, and the members went home before nine in the evening.
"""


def test_front_matter_wins_over_headings_and_opening_and_is_not_indexed():
    found = understand(Document(MATTER), today=TODAY)
    assert (found.meeting.title, found.meeting.chair) == ("Library Board", "Pat Ng")
    assert found.meeting.date == datetime.date(2024, 5, 2)
    assert found.meeting.attendees == ("Pat Ng", "Lou Park")
    assert found.meeting.access == ("library", "legal")
    assert [span.of(MATTER) for span in found.omitted] == [MATTER[: MATTER.index("# Draft")]]
    assert dict(found.meeting.origins)["date"] == "front matter"


def test_what_front_matter_and_heading_contradict_is_noted():
    assert meeting(MATTER).notes == (
        "The front matter dates the meeting 2024-05-02, but the heading says 3 May 2024; "
        "the front matter was taken.",
    )


def test_overrides_win_over_everything():
    found = meeting(
        MATTER,
        overrides={
            "title": "Board",
            "date": "2024-05-09",
            "session": "12",
            "attendees": "A B, C D",
            "access": "legal",
        },
    )
    assert (found.title, found.date, found.session) == ("Board", datetime.date(2024, 5, 9), 12)
    assert (found.attendees, found.access) == (("A B", "C D"), ("legal",))
    assert {origin for field, origin in found.origins if field in ("title", "date", "session")} == {
        "override"
    }
    assert found.notes == ()


def test_the_fields_and_ranges_a_reader_gives_are_used():
    document = Document(
        "Minutes\n\nNothing.", fields=(("date", "2024-05-02"), ("access", "a"), ("access", "b"))
    )
    found = understand(document, today=TODAY).meeting
    assert (found.date, found.access) == (datetime.date(2024, 5, 2), ("a", "b"))


def test_a_record_whose_access_names_nobody_is_for_nobody_and_says_so():
    found = meeting("---\naccess:\n---\nMinutes")
    assert found.access == ()
    assert any("access" in note for note in found.notes)


def test_every_field_that_is_filled_has_an_origin():
    for text in (COUNCIL, NOTICE, CHINESE, PARISH, MATTER):
        found = meeting(text, "a.txt")
        origins = dict(found.origins)
        filled = {f.name for f in fields(found) if getattr(found, f.name)} - {
            "origins",
            "notes",
            "access",
            "held",
        }  # access and held have a default
        assert filled == set(origins) - {"access"}
        assert set(origins.values()) <= {
            "override",
            "front matter",
            "heading",
            "opening",
            "file name",
            "derived",
        }


# Dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2012-05/may-21.md", "2012-05-21"),
        ("2024/December/2/part-1.md", "2024-12-02"),
        ("2021/march/04.md", "2021-03-04"),
        ("2021-08/sept-01.md", "2021-09-01"),
        ("2020-12/jan-3.md", "2021-01-03"),
        ("20070918.txt", "2007-09-18"),
        ("2023-08-26-notice.txt", "2023-08-26"),
        ("board_minutes_2019_05_13.txt", None),
        ("council20240312.txt", "2024-03-12"),
        ("2012/05/21.md", "2012-05-21"),
        ("2012/may/21st.md", "2012-05-21"),
        ("2023年/8月25日会议.txt", "2023-08-25"),
        ("notes.txt", None),
        ("1999/roads.txt", None),
        ("2011-02/feb-30.md", None),
    ],
)
def test_the_file_and_its_folders_may_name_the_day(path, day):
    found = meeting("Nothing was said of the day on which this was.", f"records/{path}")
    assert (str(found.date) if found.date else None) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("# May 21, 2012 Meeting Notes\n\nWords.", "2012-05-21"),
        ("Minutes of the Water Board\nDecember 19, 2000\n\nWords.", "2000-12-19"),
        ("Date: 3 May 2024\n\nWords.", "2024-05-03"),
        ("Minutes\n\nThe Board met on 3 May 2024. It approved the minutes of 5 April 2024.", "2024-05-03"),
        (
            "Minutes\n\nThe minutes of 5 April 2024 were approved. The Board was convened on 3 May 2024.",
            "2024-05-03",
        ),
        ("Board meeting, 2-3 May 2024\n\nWords.", "2024-05-02"),
        ("2023-08-26 昨日，市长王明主持召开第3次常务会议。", "2023-08-25"),
        ("8月25日，市长王明主持召开第3次常务会议。\n\n2023年8月26日", "2023-08-25"),
        ("# Notes\n\n## Approval of the minutes of 5 April 2024\n\nDone.", None),
        ("Riverton, 17 June 2024. The Board met on Friday to hear of the roads.", "2024-06-14"),
        ("Ann: The law of 3 May 2019 was good.\n\nBo: I met him on the bus.\n\nAnn: Yes.", None),
        ("The board received a report on what happened since the council met on 4 May 2019.", None),
    ],
)
def test_the_record_itself_names_the_day(text, day):
    found = meeting(text)
    assert (str(found.date) if found.date else None) == day


def test_long_front_matter_does_not_hide_the_day():
    matter = "---\n" + "".join(f"key{n}: {'x' * 60}\n" for n in range(60)) + "---\n"
    assert meeting(f"{matter}Minutes of the Board\n3 May 2024\n\nWords.").date == datetime.date(2024, 5, 3)
    signed = f"{matter}8月25日，市长王明主持召开第3次常务会议。\n\n2023年8月26日"
    assert meeting(signed).date == datetime.date(2023, 8, 25)


def test_yesterday_counts_from_the_day_a_page_was_published():
    text = "The 3rd meeting of the Water Board was held yesterday, and the roads were spoken of."
    page = Document(text, fields=(("property-article:published_time", "2024-06-15T08:00:00Z"),))
    assert understand(page, today=TODAY).meeting.date == datetime.date(2024, 6, 14)
    assert meeting(text).date is None


def test_a_meeting_of_several_days_has_an_end():
    found = meeting("Board meeting, 2-3 May 2024\n\nWords.")
    assert (found.date, found.end_date) == (datetime.date(2024, 5, 2), datetime.date(2024, 5, 3))


def test_a_heading_and_a_file_name_that_disagree_are_noted():
    found = meeting("# May 21, 2012 Meeting Notes\n\nWords.", "2012-05/may-22.md")
    assert found.date == datetime.date(2012, 5, 21)
    (note,) = found.notes
    assert "heading" in note and "file name" in note and "2012-05-21" in note


def test_an_unknown_day_is_said_and_the_month_that_is_known():
    (note,) = meeting("Minutes of September 2007\n\nWords.").notes
    assert "does not say on which day" in note and "September 2007" in note


def test_minutes_below_the_head_of_a_mail_are_read_as_such():
    found = meeting(
        "From: Gus Hall\nSent: Monday, 15 January 2024 09:12\nTo: all\nSubject: Minutes\n\n"
        "Lighting Committee\nMinutes of the meeting held on 9 January 2024\n\nIt was agreed to buy lamps."
    )
    assert (found.body, found.date) == ("Lighting Committee", datetime.date(2024, 1, 9))
    assert found.title == "Minutes of the meeting held on 9 January 2024"


def test_a_field_in_the_middle_of_a_line_is_read():
    found = meeting(
        "港口委员会会议纪要\n\n２０２４年３月１２日　主持人：李敏　记录：周九\n\n会议决定购买水泵。"
    )
    assert (found.chair, found.date) == ("李敏", datetime.date(2024, 3, 12))


def test_minutes_that_say_they_are_not_approved_are_a_draft():
    text = "Minutes of the Board\n3 May 2024\n\nIt was agreed.\n\nThese minutes are subject to approval."
    assert meeting(text).status == "draft"
    assert meeting("Minutes of the Board\n3 May 2024\n\nThe plan is subject to approval.").status is None


def test_a_file_with_the_records_of_several_meetings_is_noted():
    one = "Allotment Group\nMinutes of the meeting held on {} February 2024\n\nPlot {} was let to the music school.\n"
    many = "\n".join(one.format(day, day) for day in (1, 8, 15))
    (note,) = understand(Document(many), today=TODAY).notes
    assert note.startswith("It seems to hold the records of 3 meetings, 2024-02-01 to 2024-02-15;")
    assert understand(Document(one.format(1, 1)), today=TODAY).notes == ()
    listed = one.format(1, 1) + "".join(f"Minutes of the meeting held on {n} March 2024\n" for n in (1, 2, 3))
    assert understand(Document(listed), today=TODAY).notes == ()


def test_a_title_that_a_program_filled_in_is_none():
    page = Document("The weir was approved by all.", fields=(("property-title", "Microsoft Word - m.doc"),))
    assert understand(page, path=Path("weir.pdf"), today=TODAY).meeting.title == "weir"


def test_a_day_in_the_future_is_said():
    (note,) = meeting("Notice of meeting, 3 May 2031\n\nWords.").notes
    assert "2031-05-03" in note and "future" in note


def test_an_ambiguous_day_is_said_and_not_resolved():
    found = meeting("Date: 3/4/2005\n\nWords.")
    assert found.date is None
    assert any("3/4/2005" in note and "two ways" in note for note in found.notes)


def test_an_impossible_day_is_said():
    found = meeting("Date: 31 February 2005\n\nWords.")
    assert found.date is None
    assert any("31 February 2005" in note for note in found.notes)


# Names, status, language ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "body", "session"),
    [
        ("Minutes of the Federal Water Committee", "Federal Water Committee", None),
        (
            "Minutes of the Regular Meeting of the Board of Trustees of Oak County",
            "Board of Trustees of Oak County",
            None,
        ),
        ("OAK VALLEY SCHOOL BOARD MEETING MINUTES", "Oak Valley School Board", None),
        ("Minutes of the 3rd meeting of the Library Board held on 4 May 2020", "Library Board", 3),
        ("Fifth Session of the Conference of the Parties", "Conference of the Parties", 5),
        ("Planning Commission Meeting No. 12", "Planning Commission", 12),
        ("Finance Committee Minutes, FY2024/25 third meeting", "Finance Committee", 3),
        ("Works Committee: minutes, 16 January 2024", "Works Committee", None),
        ("Minutes of the Annual General Meeting", None, None),
        ("12 May 2021 Meeting Notes", None, None),
        ("九届市政府第三十二次常务会议纪要", "九届市政府", 32),
        ("第十四届全国职工代表大会常务委员会第五次会议", "第十四届全国职工代表大会常务委员会", 5),
        ("业主委员会2023年第二次会议记录", "业主委员会", 2),
        ("和平市人民政府专题会议纪要", "和平市人民政府", None),
    ],
)
def test_titles_name_body_and_session(line, body, session):
    found = meeting(f"{line}\n\nWords were said, and all of them were written down.")
    assert (found.body, found.session) == (body, session)


def test_a_transcript_that_opens_a_numbered_meeting_names_it():
    text = (
        "The Chair (Mr. Lee (North, Ind.)): I call this meeting to order. Welcome to the 14thmeeting of the "
        "Senate Special Committee on Roads, Rail and Harbours. It is hybrid.\n\nMs. Chen: Thank you.\n\n"
        "The Chair: Go on."
    )
    found = understand(Document(text), today=TODAY)
    assert found.meeting.session == 14
    assert found.meeting.body == "Senate Special Committee on Roads, Rail and Harbours"
    assert found.meeting.chair == "Lee"
    assert [turn.speaker for turn in found.turns] == [
        "The Chair (Mr. Lee (North, Ind.))",
        "Ms. Chen",
        "The Chair",
    ]


def test_the_minutes_of_another_meeting_do_not_number_this_one():
    assert meeting("Minutes\n\nThe minutes of the 31st meeting of the Board were approved.").session is None


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Draft minutes", "draft"),
        ("DRAFT - Minutes of the Board", "draft"),
        ("Approved minutes", "approved"),
        ("Corrected minutes of the Board", "corrected"),
        ("会议纪要（草稿）", "draft"),
        ("会议纪要（更正）", "corrected"),
        ("市政府会议纪要（修订稿）", "corrected"),
        ("关于《港口管理办法（修订草案）》的会议纪要", None),
        ("Minutes (to be approved)", "draft"),
        ("Minutes pending approval", "draft"),
        ("Approval of the minutes", None),
    ],
)
def test_the_status_is_read_from_the_title(line, status):
    assert meeting(f"{line}\n\nWords were said and written down.").status == status


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (COUNCIL, "en"),
        (CHINESE, "zh"),
        ("Le conseil s'est réuni hier soir pour examiner le budget de la commune. " * 5, "other"),
    ],
)
def test_the_language_is_told(text, language):
    assert meeting(text).language == language


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("gas-safety_notes.txt", "gas safety notes"),
        ("2023-08-26_notice.md", "2023-08-26 notice"),
        (None, "Meeting record"),
    ],
)
def test_without_a_title_the_file_name_made_readable_is_one(path, title):
    assert (
        meeting("They spoke at length about gas and how it is kept safe, and nobody took a vote.", path).title
        == title
    )


def test_a_long_first_line_is_never_the_title():
    text = "Ann: " + "so we met and spoke about the minutes of the meeting, " * 20
    assert meeting(text, "talk.txt").title == "talk"


def test_initials_in_a_list_of_people_name_the_speakers():
    text = (
        "# 3 May 2024 Notes\n\nAnn Bell (AB), Bo Chen (BC), Cy Diaz (CYD)\n\n## Roads\n\n"
        "AB: We start.\n\nCYD: Fine.\n\nAB: Good.\n"
    )
    found = understand(Document(text, headings=(Heading(0, 18, 1), Heading(58, 66, 2))), today=TODAY)
    assert found.meeting.attendees == ("Ann Bell (AB)", "Bo Chen (BC)", "Cy Diaz (CYD)")
    assert [turn.speaker for turn in found.turns] == ["Ann Bell (AB)", "Cy Diaz (CYD)", "Ann Bell (AB)"]


def test_a_table_of_people_names_the_speakers():
    text = (
        "**Attendees:**\n| Name | Initials | From |\n| --- | --- | --- |\n| Ann Bell | AB | Rome |\n"
        "| Bo Chen | BC | Oslo |\n\n"
        "AB: We start.\n\nBC: Fine.\n\nAB: Good.\n"
    )
    found = understand(Document(text), today=TODAY)
    assert found.meeting.attendees == ("Ann Bell (AB)", "Bo Chen (BC)")
    assert {turn.speaker for turn in found.turns} == {"Ann Bell (AB)", "Bo Chen (BC)"}


# Whatever the text ------------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            "# Minutes of the Board",
            "The 3rd meeting of the Board was held yesterday.",
            "2024-05-03",
            "Present: Ann Bell, Bo Chen (BC)",
            "Chair:",
            "AB: yes.",
            "张三：好。",
            "一、研究预算",
            "第3次常务会议",
            "市长王明主持召开会议",
            "---",
            "date: 2024-01-01",
            "access: a",
            "1. Roads",
            "BUDGET ITEMS",
            "| Ann | AB |",
            "",
            "",
            "31 February 2007",
            "3/4/2005",
            "(",
            "）",
        ]
    ),
    max_size=25,
).map("\n".join)


@given(
    st.one_of(st.text(), PIECES),
    st.sampled_from([None, "2012-05/may-21.md", "x/3月5日.txt", "31.md", "2024/02/30.txt"]),
)
def test_any_text_is_understood_and_every_range_lies_in_it(text, path):
    found = understand(Document(text), path=Path(path) if path else None, today=TODAY)
    for span in (*found.sections, *found.turns, *found.omitted, *(s.title_span for s in found.sections)):
        assert isinstance(span, Span) and span.end <= len(text)
    assert all(one.start < two.start for one, two in pairwise(found.sections))
    assert all(one.end <= two.start for one, two in pairwise(found.turns))
    assert found.meeting.title.strip()
    assert (found.meeting.date is None) == any("on which day" in note for note in found.meeting.notes)


@given(PIECES)
def test_the_same_text_is_understood_the_same_way(text):
    assert understand(Document(text), today=TODAY) == understand(Document(text), today=TODAY)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A ",
        "(",
        "Ab: ",
        "会",
        "第三次",
        "2007-",
        "minutes of the Board ",
        "Ann Bell (AB), ",
        "*",
        "#",
        "\n",
        "AB: x.\n",
    ],
)
def test_a_text_twenty_times_as_long_takes_about_twenty_times_as_long(piece):
    def seconds(length: int) -> float:
        start = time.process_time()
        understand(Document((piece * length)[:length]), today=TODAY)
        return time.process_time() - start

    assert seconds(100_000) < 60 * seconds(5_000) + 2


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "word ", "会议", "A. b ", "(", "Ann: "])
def test_a_line_of_five_million_characters_takes_seconds(piece):
    text = (piece * 5_000_000)[:5_000_000]
    start = time.process_time()
    understand(Document(text), today=TODAY)
    assert time.process_time() - start < 10


CITY_COUNCIL = """\
TOWN OF OAK HOLLOW
REGULAR MEETING OF THE TOWN COUNCIL
MINUTES
Monday, June 2, 2025, 6:30 p.m.
Town Hall

ROLL CALL
Present: Mayor Ida Cole; Council Members Joe Fitch, Rosa Lund
Absent: None

CONSENT AGENDA
A. Minutes of the May 19, 2025 regular meeting
B. Warrants of $1,200.00
Motion by Fitch, second by Lund, to approve the consent agenda. Motion carried 3-0.

OLD BUSINESS
1. Dog park
The fence was discussed.

NEW BUSINESS
2. Sidewalk on Elm Street
The sidewalk was discussed.
"""


@pytest.mark.parametrize(
    "head",
    [
        "# Minutes of the Harbour Commission (approved 6 June 2025)\n\n9 May 2025",
        "# Minutes of the Harbour Commission, 9 May 2025 (adopted on 6 June 2025)",
        "# Minutes of the Harbour Commission - confirmed 6 June 2025\n\nHeld on 9 May 2025",
        "MINUTES OF THE HARBOUR COMMISSION (signed 6 June 2025)\n\nDate: 9 May 2025",
        "Minutes of the Harbour Commission\nApproved: 6 June 2025\n9 May 2025",
    ],
)
def test_the_day_on_which_minutes_were_approved_is_not_the_day_of_the_meeting(head: str) -> None:
    assert str(meeting(f"{head}\n\n1. Moorings\n\nThe fees were set.\n").date) == "2025-05-09"


@pytest.mark.parametrize(
    "head",
    [
        "Alder Quay Council\nUnapproved minutes, ordinary meeting, 9 May 2025",
        "Alder Quay Council\nUnconfirmed minutes of the ordinary meeting of 9 May 2025",
        "Alder Quay Council\nApproved minutes, 9 May 2025",
        "Approved minutes, board meeting of May 9, 2025\nAlder Quay Council",
        "# Corrected minutes of the Harbour Commission, 9 May 2025",
        "Alder Quay Council\nMinutes, ordinary meeting, 9 May 2025. Approved 6 June 2025.",
        "Alder Quay Council\nDraft minutes of the meeting of 9 May 2025. Subject to confirmation.",
    ],
)
def test_what_calls_minutes_approved_or_not_leaves_them_the_day_of_their_meeting(head: str) -> None:
    assert str(meeting(f"{head}\n\n1. Moorings\n\nThe fees were set.\n").date) == "2025-05-09"


@pytest.mark.parametrize(
    "end",
    [
        "Signed: A. Hale, Chair    Date: 6 June 2025",
        "Signed: A. Hale\nChair\nDate: 6 June 2025",
        "Chair's signature: A. Hale\nDate: 6 June 2025",
        "签发：沈柏    日期：2025年6月6日",
    ],
)
@pytest.mark.parametrize(
    "head", ["Minutes, Full Council, 9 May 2025", "Minutes of the meeting held on 9 May 2025"]
)
def test_the_day_beside_a_signature_is_not_the_day_of_the_meeting(head: str, end: str) -> None:
    text = f"# Alder Quay Council\n{head}\n\n1. Moorings\n\nThe fees were set.\n\n{end}\n"
    assert str(meeting(text).date) == "2025-05-09"


def test_minutes_approved_in_a_list_do_not_date_the_meeting_whose_title_line_ends_in_an_hour():
    assert understand(Document(CITY_COUNCIL), today=TODAY).meeting.date == datetime.date(2025, 6, 2)


def test_minutes_in_a_consent_agenda_date_no_meeting():
    text = "Oak Hollow Council met in the hall.\n\nCONSENT AGENDA\nA. Minutes of the May 19, 2025 regular meeting\n"
    assert understand(Document(text), today=TODAY).meeting.date is None


def test_a_title_before_several_names_is_part_of_none():
    assert understand(Document(CITY_COUNCIL), today=TODAY).meeting.attendees == (
        "Mayor Ida Cole",
        "Joe Fitch",
        "Rosa Lund",
    )


def test_an_item_right_below_a_line_in_capitals_is_a_section():
    titles = [section.title for section in understand(Document(CITY_COUNCIL), today=TODAY).sections]
    assert {"Dog park", "Sidewalk on Elm Street"} <= set(titles)
    assert not any("Minutes of" in title for title in titles)


def test_what_is_said_in_captions_is_no_title_and_no_section():
    text = "Welcome Everybody To The Allotment\ntonight we mend the sheds"
    captions = Document(text, voices=(Voice(0, len(text), None, 0.0),))
    found = understand(captions, path=Path("Allotment Council 2026-02-03.vtt"), today=TODAY)
    assert (found.meeting.title, found.sections) == ("Allotment Council 2026-02-03", ())
