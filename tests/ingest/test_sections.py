import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.headings import find_headings, given_headings
from ingest.lines import lines
from ingest.records import Heading
from ingest.sections import sections, topics

LONG = "The members heard the report in full, asked about costs and timing, and thanked the staff for it all."


def outline(text: str) -> list[tuple[int, str | None, str]]:
    """Level, number and title of every heading the text shows."""
    return [(s.level, s.number, s.title) for s in sections(text, find_headings(text, lines(text)))]


def test_markdown_headings_keep_their_levels():
    text = "# Minutes\n\n## 1. Roads\ntext\n\n### Detail ###\n\n## Housing\ntext"
    assert outline(text) == [
        (1, None, "Minutes"),
        (2, "1.", "Roads"),
        (3, None, "Detail"),
        (2, None, "Housing"),
    ]


def test_underlined_lines_are_headings():
    assert outline(f"Roads\n=====\n\n{LONG}\n\nCosts\n-----\n\n{LONG}") == [
        (1, None, "Roads"),
        (2, None, "Costs"),
    ]


def test_numbered_items_nest_by_their_numbers():
    budget = f"2. Budget\n\n2.1 Income\n\n{LONG}\n\n2.2 Costs\n\n{LONG}"
    text = f"1. Opening\n\n{LONG}\n\n{budget}\n\n3. Close\n\n{LONG}"
    assert outline(text) == [
        (1, "1.", "Opening"),
        (1, "2.", "Budget"),
        (2, "2.1", "Income"),
        (2, "2.2", "Costs"),
        (1, "3.", "Close"),
    ]


def test_chinese_numbers_nest_and_may_head_a_paragraph():
    text = (
        "一、传达学习讲话精神。会议指出，要抓好落实。\n\n二、研究预算工作\n\n（一）加快进度。由财政局负责。\n\n"
        "（二）加强监管。由审计局负责。\n\n三、其他\n\n无。"
    )
    assert outline(text) == [
        (1, "一", "传达学习讲话精神"),
        (1, "二", "研究预算工作"),
        (2, "（一）", "加快进度"),
        (2, "（二）", "加强监管"),
        (1, "三", "其他"),
    ]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Item 4: Street lights", "Item 4", "Street lights"),
        ("AGENDA ITEM 12 - BUDGET", "AGENDA ITEM 12", "BUDGET"),
        ("Part II Reports", "Part II", "Reports"),
        ("第三项 审议预算", "第三项", "审议预算"),
        ("议题二：城市供水", "议题二", "城市供水"),
    ],
)
def test_agenda_items_are_headings(line, number, title):
    assert outline(f"{LONG}\n\n{line}\n\n{LONG}") == [(1, number, title)]


def test_lines_in_capitals_and_bold_lines_are_headings():
    headed = (f"{title}\n\n{LONG}" for title in ("CALL TO ORDER", "STREET LIGHTS", "**New trees**"))
    text = "\n\n".join([LONG, *headed])
    assert [title for _, _, title in outline(text)] == ["CALL TO ORDER", "STREET LIGHTS", "New trees"]


def test_short_title_lines_over_paragraphs_are_headings():
    text = "\n\n".join(
        f"{title}\n{LONG}" for title in ("Opening", "Election of Chair", "Planning", "Date of Next Meeting")
    )
    assert [title for _, _, title in outline(LONG + "\n\n" + text)] == [
        "Opening",
        "Election of Chair",
        "Planning",
        "Date of Next Meeting",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ann: Two things:\n1. the roof\n2. the boiler\nBo: Fine.",
        f"{LONG}\n\n1. the roof\n2. the boiler\n3. the door\n\n{LONG}",
        f"{LONG}\n\nOKAY\n\n{LONG}",
        f"{LONG}\n\nMR. LEE: NO, NO.\n\n{LONG}",
        f"{LONG}\n\nMarch 12, 2024\n\n{LONG}",
        f"{LONG}\n\nPresent: Ann, Bo\n\n{LONG}",
        f"{LONG}\n\n3. 5 percent of it\n\n{LONG}",
        f"{LONG}\n\nPAGE HEAD OF X\n\n{LONG}\n\nPAGE HEAD OF X\n\n{LONG}\n\nPAGE HEAD OF X\n\n{LONG}",
        "",
    ],
)
def test_lists_chatter_labels_dates_and_running_headers_are_no_headings(text):
    assert outline(text) == []


def test_given_headings_lose_number_and_markup():
    text = "## 4.1 *Roads* ##\n\nStreet\n------\n\n##\n"
    marked = (Heading(0, 17, 2), Heading(19, 25, 2), Heading(34, 36, 2))
    assert [(h.number, h.title.of(text), h.level) for h in given_headings(text, marked)] == [
        ("4.1", "Roads", 2),
        (None, "Street", 2),
    ]


def test_a_section_runs_to_the_next_heading_of_its_level_or_higher():
    text = "# A\n1\n## B\n2\n### C\n3\n## D\n4\n# E\n5"
    assert [(s.title, s.of(text)) for s in sections(text, find_headings(text, lines(text)))] == [
        ("A", "# A\n1\n## B\n2\n### C\n3\n## D\n4\n"),
        ("B", "## B\n2\n### C\n3\n"),
        ("C", "### C\n3\n"),
        ("D", "## D\n4\n"),
        ("E", "# E\n5"),
    ]


def test_the_topics_of_a_report_in_prose_are_sections():
    text = (
        f"The council met on Friday. {LONG}\n\n"
        f"Regarding the housing market, the council heard a report. {LONG}\n\n"
        f"The council then discussed safety at the harbour, in detail. {LONG}\n\n"
        f"In light of the coming storms, the meeting emphasized the upkeep of drains. {LONG}\n\n"
        "The meeting also discussed other matters.\n"
    )
    found = topics(text, lines(text))
    assert [section.title for section in found] == [
        "the housing market",
        "safety at the harbour",
        "the upkeep of drains",
    ]
    assert all(section.title_span.of(text) == section.title for section in found)
    assert found[-1].end == text.index("The meeting also discussed other")


def test_the_topics_of_a_chinese_report_are_sections():
    text = (
        "市政府召开常务会议，研究有关工作，市长主持会议并讲话，各部门负责人参加了会议。\n\n"
        "会议研究了房地产市场平稳健康发展工作。会议指出，要加快政策落地，用好政策工具箱，激发市场活力，释放消费潜力。\n\n"
        "关于安全生产工作，会议要求各地各部门深入贯彻落实重要指示精神，全面排查整治隐患，重点抓好城镇燃气安全。\n\n"
        "会议还研究了其他事项。\n"
    )
    assert [section.title for section in topics(text, lines(text))] == [
        "房地产市场平稳健康发展工作",
        "安全生产工作",
    ]


def test_one_topic_alone_is_no_structure():
    assert topics(f"{LONG}\n\nRegarding roads, {LONG}", lines(f"{LONG}\n\nRegarding roads, {LONG}")) == ()


HEADINGS = st.lists(
    st.sampled_from(
        [
            "# A",
            "## B",
            "1. Roads",
            "1.1 Costs",
            "2. Housing",
            "一、预算",
            "（一）收入",
            "BUDGET ITEMS",
            "**Bold**",
            "",
            "",
            LONG,
            "=====",
            "Item 3: x",
        ]
    ),
    max_size=30,
).map("\n".join)


@given(st.one_of(st.text(), HEADINGS))
def test_sections_nest_come_in_order_and_hold_their_title(text):
    found = sections(text, find_headings(text, lines(text)))
    open_ones = []
    for section in found:
        assert section.start <= section.title_span.start <= section.title_span.end <= section.end <= len(text)
        assert section.title == " ".join(section.title_span.of(text).split()) != ""
        while open_ones and open_ones[-1].end <= section.start:
            open_ones.pop()
        assert all(outer.level < section.level and section.end <= outer.end for outer in open_ones)
        open_ones.append(section)
    assert [s.start for s in found] == sorted({s.start for s in found})
