"""What only a record holds that the asker may not read is answered like what no record holds."""

import pytest

from qa import Minutebook


@pytest.mark.parametrize(
    "text",
    [
        "What was decided about the swimming pool manager?",
        "Was the manager of the swimming pool dismissed?",
        "Who bought the depot in Mill Lane?",
        "How much is the town clerk paid?",
        "What did the personnel committee decide?",
        "What did the Elmford Personnel Committee decide about the town clerk?",
        "What did the Ferrow Trust decide about Boldt Dredging?",
        "What was agreed on the harbour master's salary?",
        "化工厂搬迁补偿多少钱？",
        "谁被免去教育局局长职务？",
    ],
)
def test_what_only_staff_may_read_is_not_answered_with_what_is_near(elmford: Minutebook, text: str) -> None:
    assert elmford.ask(text).abstained


@pytest.mark.parametrize(
    "text",
    [
        "What did the Audit Committee say about the cycle lane?",
        "What was decided by the Housing Board about the library roof?",
        "人事委员会对老旧小区改造作了什么决定？",
        "榆溪市规划委员会对公交线路调整作了什么决定？",
    ],
)
def test_the_matter_of_another_body_is_no_answer(elmford: Minutebook, text: str) -> None:
    assert elmford.ask(text).abstained


@pytest.mark.parametrize(
    "text",
    [
        "What did the school board decide about the calendar?",
        "What did the parish council decide about parking?",
        "What was decided about repairing the library's leaky roof?",
        "Who replaces the lights on the pier?",
        "Will trucks be banned from Mill Lane bridge?",
        "What did the council decide on car park fees in the market square?",
        "How much is the Christmas decoration budget?",
        "老旧小区翻新计划通过了吗？",
    ],
)
def test_a_matter_in_other_words_is_still_answered(elmford: Minutebook, text: str) -> None:
    assert not elmford.ask(text).abstained
