"""Speakers whose label tells in brackets whom they speak for, and headings that are no speakers."""

import pytest

from ingest.lines import lines
from ingest.turns import find_turns

HEARING = """\
PUBLIC HEARING - TRANSCRIPT

CHAIR OAKES: We open the hearing on the quarry at Fernhollow.

{label}: The dust was twice the limit.

COMMISSIONER TARN: Thank you for the figures.
"""


def speakers(text: str) -> list[str]:
    return [turn.speaker for turn in find_turns(text, lines(text))]


@pytest.mark.parametrize(
    "label",
    [
        "MS. DELORME (Fernhollow Quarry Terminals)",
        "MR. HALE (Fernhollow Anglers' Association)",
        "DR. WYSS (Coastal Institute)",
        "MR. PIKE (Quarry)",
        "MRS. O'DELL-KERR (resident of Mill Lane)",
        "COUNCILLOR BRAND (Ward 3, by telephone)",
        "SENATOR VALE (D-Fernhollow)",
        "DEPUTY MAYOR FINCH (Fernhollow)",
        "Dr. Wyss (Coastal Institute)",
        "Prof. Ann Wyss (University of Fernhollow)",
    ],
)
def test_a_title_and_a_name_with_an_affiliation_speak_though_they_stand_once(label):
    assert speakers(HEARING.format(label=label)) == ["CHAIR OAKES", label, "COMMISSIONER TARN"]
    minutes = f"The hearing was opened at seven.\n\nMany came.\n\n{label}: The dust was twice the limit.\n"
    assert speakers(minutes) == [label]


@pytest.mark.parametrize(
    "label",
    [
        "王强（市水务局）",
        "李敏(青石镇居民)",
        "赵一鸣（青石大学环境学院）",
        "周海（石桥物业公司）",
        "陈芳（业主代表）",
        "孙立（区住建局副局长）",
        "何平（青石研究所）",
        "林志強（環保協會）",
    ],
)
def test_a_chinese_name_with_an_affiliation_speaks_though_it_stands_once(label):
    text = f"听证会记录\n\n会议于上午九时开始。\n\n{label}：粉尘超过标准一倍。\n"
    assert speakers(text) == [label]


@pytest.mark.parametrize(
    "line", ["金额（人民币）：共三十万元。", "高度（米）：不超过十八。", "方案（规划局）：维持原状。"]
)
def test_a_chinese_field_with_brackets_does_not_speak(line):
    assert speakers(f"会议记录\n\n会议于上午九时开始。\n\n{line}\n") == []


@pytest.mark.parametrize(
    "heading",
    [
        "PUBLIC HEARING - TRANSCRIPT",
        "Public Hearing - Transcript",
        "PUBLIC HEARING – OFFICIAL TRANSCRIPT OF PROCEEDINGS",
        "Quarry Inquiry - Transcript of Evidence",
        "TOWN COUNCIL - REGULAR SESSION",
        "Fernhollow Council - Special Session",
        "HARBOR COMMISSION — VERBATIM RECORD",
        "PUBLIC HEARING: TRANSCRIPT",
    ],
)
def test_a_heading_of_a_transcript_does_not_speak(heading):
    text = HEARING.format(label="DR. WYSS (Coastal Institute)").replace(
        "PUBLIC HEARING - TRANSCRIPT", heading
    )
    assert speakers(text) == ["CHAIR OAKES", "DR. WYSS (Coastal Institute)", "COMMISSIONER TARN"]
