"""Who got, does or became something: told by whatever verb the record says it with, and not called unrecorded then."""

import pytest

from qa import Minutebook
from qa.doers import doing_asked


@pytest.mark.parametrize(
    ("asked", "words", "told"),
    [
        ("Who got the contract?", "The Council agreed to award the contract to Hallam & Sons.", True),
        ("Who received the roof job?", "The roof went to Hallam & Sons at 48,200 pounds.", True),
        ("Who received the roof job?", "Three quotations for the roof had been received.", False),
        ("Who will carry out the dredging?", "The Trust appointed Boldt Dredging to clear the basin.", True),
        ("Who will carry out the dredging?", "The dredging will start in June.", False),
        ("Who provides the meals?", "Greenleaf Catering was selected as the lowest bidder.", True),
        ("Which company won the tender?", "The tender was won by Starling Events.", True),
        ("Which company won the tender?", "The contract will be awarded in June.", False),
        ("Who became tree warden?", "Mr Josef Anders was chosen.", True),
        ("Who was made treasurer?", "She was duly elected.", True),
        ("Who pays for the fair?", "The Council appointed Ann Bell as organiser.", False),
        ("谁中标？", "清淤工程由榆溪河湖建设公司中标承建。", True),
        ("由谁承建？", "会议同意将工程交由恒泰建筑公司实施。", True),
        ("由谁承建？", "会议听取了工程进展情况的汇报。", False),
        ("哪家公司施工？", "确定恒泰建筑公司为施工单位。", True),
        ("谁被任命为主任？", "会议任命沈若兰为市体育中心主任。", True),
        ("谁当选理事长？", "选举沈若兰为理事长。", True),
        ("谁出资？", "工程由恒泰建筑公司中标。", False),
    ],
)
def test_words_tell_the_doer_by_another_verb(asked: str, words: str, told: bool) -> None:
    doing = doing_asked(asked)
    assert doing is not None and doing.told(words) is told


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Who got the library roof repair contract?", "to Hallam & Sons"),
        ("Which company got the library roof contract?", "to Hallam & Sons"),
        ("Who will carry out the library roof repair?", "to Hallam & Sons"),
        ("Who is doing the Christmas lights?", "won by Starling Events"),
        ("Who was given the job of renewing the pier lights?", "appointed Brightline Electrical"),
        ("Who provides cafeteria services?", "Greenleaf Catering was selected"),
        ("Who became tree warden?", "Mr Josef Anders was chosen"),
        ("清水河清淤工程由谁承建？", "榆溪河湖建设公司中标承建"),
        ("清淤工程谁中标?", "榆溪河湖建设公司中标承建"),
        ("图书馆屋顶维修谁来做？", "交由恒泰建筑公司实施"),
        ("谁被任命为体育中心主任？", "任命沈若兰"),
    ],
)
def test_who_is_not_called_unrecorded_where_a_sentence_tells(
    elmford: Minutebook, text: str, has: str
) -> None:
    answer = elmford.ask(text)
    assert not answer.claims[0].own and has in answer.claims[0].text


def test_somebody_who_got_another_post_is_no_answer(elmford: Minutebook) -> None:
    assert elmford.ask("Who became mayor?").abstained


def test_who_got_a_post_is_told_in_the_language_it_is_recorded_in(elmford: Minutebook) -> None:
    answer = elmford.ask("Who was appointed director of the sports centre?")
    assert any("任命沈若兰" in claim.text for claim in answer.claims) and not answer.abstained


@pytest.mark.parametrize("text", ["Who designed the skate park?", "谁出资清淤工程？"])
def test_who_is_called_unrecorded_where_no_sentence_tells(elmford: Minutebook, text: str) -> None:
    assert elmford.ask(text).claims[0].own


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Who was appointed vice-chair of the school board?", "Ms Okafor"),
        ("Who was elected vice-chair at Northfield?", "Ms Okafor"),
        ("Who was made vice-chair of Elmford council?", "Councillor Penn"),
        ("Who became vice-chair in April 2025?", "Councillor Penn"),
    ],
)
def test_an_election_is_told_with_the_nominee_it_names_a_sentence_before(
    elmford: Minutebook, text: str, name: str
) -> None:
    claim, *others = elmford.ask(text).claims
    assert claim.text.startswith(f"{name} was nominated as vice-chair.") and "declared elected" in claim.text
    assert not others
