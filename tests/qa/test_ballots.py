"""What is answered when a vote is asked for: every side by count and by name, the side asked for first."""

from dataclasses import replace

import pytest

from ingest.records import Decision, DecisionKind, Tally
from qa import Minutebook
from qa.answers import AnswerState, Question
from qa.ballots import Ballot, ballot_line, ballots, of_asked_side, procedural

TEXT = """The motion to defer was carried by 6 votes to 5.

- For: Ash, Bell
- Against: Chen

The motion to approve was lost, 2 to 3."""
FIRST, ROLL, SECOND = TEXT.split("\n\n")
VOTE = Tally(6, 5, 0, names_against=("Ash", "Bell", "Chen", "Diaz", "Eve"))


def entry(words: str, tally: Tally | None) -> Decision:
    start = TEXT.index(words)
    return Decision(start, start + len(words), kind=DecisionKind.VOTE, rule="en.votes", tally=tally)


def test_the_count_and_the_names_below_it_are_one_vote_and_another_count_is_not() -> None:
    entries = [
        entry(FIRST, Tally(6, 5)),
        entry(ROLL, Tally(names_in_favour=("Ash", "Bell"), names_against=("Chen",))),
        entry(SECOND, Tally(2, 3)),
    ]
    defer, approve = ballots(entries, TEXT)
    assert defer.tally == Tally(6, 5, None, ("Ash", "Bell"), ("Chen",)) and defer.shown == entries[0]
    assert approve.tally == Tally(2, 3)
    asked = Question("How did they vote on the tram?")
    assert procedural(defer, TEXT, asked) and not procedural(approve, TEXT, asked)
    assert not procedural(defer, TEXT, Question("What was the vote on the motion to defer?"))


def test_what_stands_apart_is_not_one_vote() -> None:
    apart = [entry(FIRST, Tally(6, 5)), entry(SECOND, Tally(6, 5))]
    assert len(ballots(apart, TEXT)) == 2
    assert ballots([entry(FIRST, None)], TEXT) == []


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            Question("How did they vote?"),
            "6 in favour; 5 against (Ash, Bell, Chen, Diaz, Eve); none abstaining.",
        ),
        (
            Question("Who voted against it?"),
            "5 against (Ash, Bell, Chen, Diaz, Eve); 6 in favour; none abstaining.",
        ),
        (
            Question("Did anyone abstain?"),
            "None abstaining; 6 in favour; 5 against (Ash, Bell, Chen, Diaz, Eve).",
        ),
        (
            Question("How did Chen vote?", speakers=("Ann Chen",)),
            "5 against (Ash, Bell, Chen, Diaz, Eve); 6 in favour; none abstaining.",
        ),
        (
            Question("谁反对？", language="zh"),
            "反对5票（Ash、Bell、Chen、Diaz、Eve）；赞成6票；无弃权票。",
        ),
    ],
)
def test_the_side_asked_for_comes_first_and_no_side_is_left_out(asked: Question, line: str) -> None:
    assert ballot_line(VOTE, asked) == line
    assert ballot_line(Tally(against=0), replace(asked, text="", speakers=())).lower().count("against") <= 1


def test_a_vote_is_answered_with_all_its_sides_and_cites_both_the_count_and_the_names(
    book: Minutebook,
) -> None:
    answer = book.ask("Who voted against the waterfront tram?")
    first = answer.claims[0]
    assert first.text.startswith("5 against (Fenn, Luo, Quill, Tull, Pell); 6 in favour (Thornquay, ")
    cited = " ".join(c.quote for c in answer.citations if c.number in first.citations)
    assert "6 in favour, 5 against, none abstaining" in cited and "Against: Fenn, Luo" in cited
    assert answer.claims[-1].text == "Waterfront tram: The motion to defer was lost by 5 votes to 6."


def test_every_vote_on_a_matter_is_told(book: Minutebook) -> None:
    answer = book.ask("Did anyone abstain on the bus lanes?")
    assert [str(group.meeting.date) for group in answer.groups if group.meeting] == [
        "2025-03-18", "2024-09-10", "2024-02-27",
    ]  # fmt: skip
    assert answer.claims[0].text.startswith("1 abstaining (Sandbach); 8 in favour (")


def test_why_somebody_voted_so_is_answered_with_reasons(book: Minutebook) -> None:
    answer = book.ask("Why did Councillor Quill vote against the tram?")
    assert "this was why he could not support the tram" in answer.claims[0].text


def test_a_chinese_vote_without_objection_is_told_with_what_it_was_on(book: Minutebook) -> None:
    answer = book.ask("有没有人反对绕行方案？")
    assert answer.claims[0].text == "无反对票。"
    assert answer.claims[1].text.startswith("敖清野主张采用绕行方案") and answer.claims[1].text.endswith(
        "会议一致赞成。"
    )


def test_where_no_vote_is_recorded_what_is_only_comes_near(book: Minutebook) -> None:
    answer = book.ask("有没有人反对西码头夜间作业限制办法？")
    assert answer.state is AnswerState.NEAREST and answer.citations
    assert all("市政府办公室 2024" not in claim.text for claim in answer.claims)


def test_of_several_votes_those_count_that_had_somebody_on_the_side_asked_for() -> None:
    unanimous, divided = (Ballot((entry(FIRST, tally),), tally) for tally in (Tally(11, 0), Tally(10, 1)))
    votes = [unanimous, divided]
    assert of_asked_side(votes, Question("Were there any dissenting votes?")) == [divided]
    assert of_asked_side([unanimous], Question("Was anybody against?")) == [unanimous]
    assert of_asked_side(votes, Question("What was voted on?")) == votes
    assert of_asked_side(votes, Question("有人弃权吗？")) == votes
