"""How somebody voted is told in the first words; where no vote is recorded, who spoke for or against it."""

import pytest

from qa import Minutebook
from qa.answers import Question
from qa.voters import of_voter


@pytest.mark.parametrize(
    ("text", "topic", "read"),
    [
        ("How did Rolf Imsen vote on fees?", "Rolf Imsen, fees", (("Rolf Imsen",), "fees")),
        ("Which way did Ann Bell vote on fees?", "way, fees", (("Ann Bell",), "fees")),
        ("Did Ann Bell abstain on the bridge?", "Ann Bell abstain on the bridge", (("Ann Bell",), "bridge")),
        ("What was Ann Bell's vote on fees?", "fees", (("Ann Bell",), "fees")),
        ("李军对停车收费怎么投票的？", "停车收费", (("李军",), "停车收费")),
        ("李军对停车收费投了什么票？", "李军对停车收费投了什么票", (("李军",), "停车收费")),
    ],
)
def test_a_voter_is_known_by_the_name_in_the_question(
    text: str, topic: str, read: tuple[tuple[str, ...], str]
) -> None:
    asked = of_voter(Question(text, topic=topic, language="en" if text.isascii() else "zh"))
    assert (asked.speakers, asked.topic) == read


@pytest.mark.parametrize("name", ["Elmford Council", "ETC", "Labour", "the Council"])
def test_a_body_or_a_party_is_no_voter(name: str) -> None:
    asked = Question(f"How did {name} vote on the bridge?", topic="bridge")
    assert of_voter(asked) == asked


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("How did Dana Ruiz vote on parking charges?", "Dana Ruiz voted against."),
        ("Did Councillor Shah vote for the parking charges?", "Anita Shah voted in favour."),
        ("Which way did Peter Lowe vote on Mill Lane bridge?", "Peter Lowe voted against."),
        ("Did Ivor Penn abstain on the bridge?", "Ivor Penn abstained."),
        ("How did Ivor Penn vote on the parking charges?", "Ivor Penn was absent."),
        ("How did Rolf Imsen vote on mooring fees?", "Rolf Imsen was absent."),
        ("How did Maud Finch vote on the barn?", "Maud Finch took no part in the vote."),
        (
            "How did Grace Okafor vote on the school calendar?",
            "The record does not say how Grace Okafor voted.",
        ),
    ],
)
def test_how_somebody_voted_is_told_first(elmford: Minutebook, text: str, first: str) -> None:
    claim = elmford.ask(text).claims[0]
    assert claim.text.startswith(f"{first} ") and claim.citations


def test_that_somebody_was_absent_is_cited(elmford: Minutebook) -> None:
    answer = elmford.ask("How did Rolf Imsen vote on mooring fees?")
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert "Absent: Rolf Imsen" in [quotes[number] for number in answer.claims[0].citations]


def test_a_voter_who_was_away_is_told_to_have_been_where_no_vote_is_recorded(elmford: Minutebook) -> None:
    away, *_ = elmford.ask("How did Colm Reilly vote on the cycle lane?").claims
    assert away.text == "Colm Reilly was absent." and away.citations


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Who is against the cycle lane?",
            ["Councillor Lowe objected to the cycle lane because it would take away the loading bays."],
        ),
        (
            "Who opposes the bypass?",
            ["Rosa Kiln: I am against the bypass.", "Anita Shah: I cannot support the bypass as drawn."],
        ),
        (
            "Who supports the bypass?",
            ["Peter Lowe: I support the bypass because it takes lorries out of the High Street."],
        ),
        (
            "Who is against closing the swimming pool?",
            ["Mr Hart spoke against the closing of the swimming pool."],
        ),
        (
            "谁反对农贸市场搬迁？",
            ["白岚不赞成搬迁，认为商户损失太大。"],
        ),
        (
            "谁反对老旧小区改造？",
            ["卓远提出反对意见，认为资金尚未落实。"],
        ),
    ],
)
def test_who_spoke_on_a_side_is_told_where_no_vote_is_recorded(
    elmford: Minutebook, text: str, said: list[str]
) -> None:
    assert [claim.text for claim in elmford.ask(text).claims] == said
