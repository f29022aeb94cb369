"""What of a vote a question asks for, whatever its wording, and how it is answered."""

import pytest

from qa import Minutebook
from qa.answers import AnswerState
from qa.question import read_question
from qa.voting import asked_of_vote
from tests.qa.calendars import city, shown, town

AGAINST_THE_TRAM = [
    "Which councillors were against the tram?",
    "Which members opposed the tram?",
    "Name the councillors who said no to the tram",
    "Give me the names of those against the tram",
    "Who was not in favour of the tram?",
    "Who didn't vote for the tram?",
    "Was anyone opposed to the tram?",
    "On the tram, who was against?",
    "How many were against the tram?",
    "Did anyone object to the tram?",
]
AGAINST_SORTING = [
    "谁反对垃圾分类？",
    "哪些委员不赞成垃圾分类？",
    "谁没有投票赞成垃圾分类？",
    "谁对垃圾分类投了反对票？",
    "垃圾分类有多少人反对？",
    "有几位委员反对垃圾分类？",
]


@pytest.mark.parametrize("text", AGAINST_THE_TRAM)
def test_every_english_wording_for_who_was_against_is_one_question(text: str) -> None:
    assert shown(read_question(text, town())) == "vote: tram" and asked_of_vote(text).parts == ("against",)


@pytest.mark.parametrize("text", AGAINST_SORTING)
def test_every_chinese_wording_for_who_was_against_is_one_question(text: str) -> None:
    assert (
        shown(read_question(text, city())) == "vote: 垃圾分类" and asked_of_vote(text).parts[0] == "against"
    )


@pytest.mark.parametrize(
    ("text", "reading", "parts"),
    [
        ("Who supported the tram?", "vote: tram", ("in_favour",)),
        ("Who was for the tram?", "vote: tram", ("in_favour",)),
        ("Who voted for and against the tram?", "vote: tram", ("in_favour", "against")),
        ("Who didn't vote on the tram?", "vote: tram", ("aside",)),
        ("Who was absent from the vote on the tram?", "vote: tram", ("absent",)),
        ("Who moved the motion to widen the road?", "who: widen the road", ("moved",)),
        ("Who was the seconder of the budget motion?", "who: budget", ("seconded",)),
        ("Who moved to the new building?", "who: moved to the new building", ()),
        ("Who was absent in May 2024?", "who: absent | 2024-05-01..2024-05-31", ()),
        ("What are the arguments against the tram?", "opinion: tram", ("against",)),
    ],
)
def test_the_part_of_a_vote_is_read_with_its_matter(text: str, reading: str, parts: tuple[str, ...]) -> None:
    assert shown(read_question(text, town())) == reading and asked_of_vote(text).parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "Which councillors were against the tram along the waterfront?",
        "Who voted against the tram along the waterfront?",
        "Name those who opposed the waterfront tram",
        "Who was not in favour of the waterfront tram?",
    ],
)
def test_every_wording_gives_the_names_and_nothing_that_was_only_said(book: Minutebook, text: str) -> None:
    claims = [claim.text for claim in book.ask(text).claims]
    assert claims[0].startswith("5 against (Fenn, Luo, Quill, Tull, Pell); 6 in favour (")
    assert claims[1].startswith("Councillor Ambrose moved, Councillor Sandbach seconded") and len(claims) == 3


def test_a_count_without_names_says_that_they_are_not_recorded(book: Minutebook) -> None:
    answer = book.ask("Who was in favour of the Old Customs House as the site of the museum?")
    assert answer.claims[0].text.startswith(
        "9 in favour (their names are not recorded); 1 against (Sandbach)"
    )


@pytest.mark.parametrize(
    "text", ["Who seconded the bus lanes on Ferry Road?", "Who moved the waterfront tram?"]
)
def test_who_moved_and_seconded_is_answered_with_the_motion_alone(book: Minutebook, text: str) -> None:
    answer = book.ask(text)
    assert not answer.abstained and all(" moved" in claim.text for claim in answer.claims)


def test_what_names_no_mover_only_comes_near(book: Minutebook) -> None:
    assert book.ask("Who seconded the tide gate on Lantern Creek?").state is AnswerState.NEAREST
