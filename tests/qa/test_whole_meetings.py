"""Questions for all of a meeting or a day: its decisions in whatever language they are, or those of one outcome."""

import pytest

from ingest.records import DecisionKind
from qa import Minutebook


@pytest.mark.parametrize(
    "text",
    [
        "Which decisions were made on 17 June 2025?",
        "What decisions were taken on 17 June 2025?",
        "Which decisions were there on 17 June 2025?",
        "What was decided on 17 June 2025?",
        "What did the 19th executive meeting decide?",
        "What was decided at meeting 19?",
        "19次常务会议决定了什么？",
        "2025年6月17日作了哪些决定？",
    ],
)
def test_the_decisions_of_a_meeting_are_listed_in_whatever_language_they_are(
    elmford: Minutebook, text: str
) -> None:
    settled = [one.quote for one in elmford.decisions(sessions=[19]) if one.kind is not DecisionKind.NOTED]
    assert [citation.quote for citation in elmford.ask(text).citations] == settled and len(settled) >= 4


def test_english_decisions_answer_a_chinese_question_for_a_day(elmford: Minutebook) -> None:
    answer = elmford.ask("2025年3月4日作了哪些决定？")
    assert "The request for a skate park was refused." in [claim.text for claim in answer.claims]


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("榆溪市第18次常务会议暂缓了什么?", "会议决定暂缓12路公交线路调整，待客流调查完成后再议。"),
        ("18次常务会议有什么被推迟？", "会议决定暂缓12路公交线路调整，待客流调查完成后再议。"),
        (
            "What was deferred at the 18th executive meeting?",
            "会议决定暂缓12路公交线路调整，待客流调查完成后再议。",
        ),
        ("第19次常务会议否决了哪些事项？", "会议否决了体育中心冠名方案。"),
        ("Which items were rejected on 4 March 2025?", "The request for a skate park was refused."),
        ("What did Elmford council refuse at its 17th meeting?", "The request for a skate park was refused."),
    ],
)
def test_an_outcome_of_one_meeting_lists_nothing_else(elmford: Minutebook, text: str, only: str) -> None:
    assert [citation.quote for citation in elmford.ask(text).citations] == [only]


@pytest.mark.parametrize(
    "text", ["Which items were rejected at the 18th executive meeting?", "第18次常务会议撤回了什么？"]
)
def test_what_came_out_otherwise_is_not_told_where_nothing_came_out_so(
    elmford: Minutebook, text: str
) -> None:
    answer = elmford.ask(text)
    assert answer.abstained and not answer.citations
