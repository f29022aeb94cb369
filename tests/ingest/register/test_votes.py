import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Tally
from ingest.register.votes import (
    absent,
    counts_votes,
    is_roll,
    lists_votes,
    one_roll,
    sides_apart,
    tally,
)

TALLIES = {
    "Motion carried 5-2.": Tally(5, 2),
    "The ordinance passed by a vote of 7 to 0.": Tally(7, 0),
    "RESOLVED, by 9 votes to 1 with 1 abstention: that the site be chosen.": Tally(9, 1, 1),
    "The motion to defer was lost by five votes to 6.": Tally(5, 6),
    "Approved 4-1-1.": Tally(4, 1, 1),
    "The motion passed with 7 in favour, 2 against (Chen, Ruiz) and 1 abstention.": Tally(
        7, 2, 1, names_against=("Chen", "Ruiz")
    ),
    "The motion carried with five votes in favor and one vote opposed.": Tally(5, 1),
    "By unanimous vote, the minutes were approved.": Tally(against=0),
    "Votes for this action: Messrs. Hale, Ochs, Mses. Dunn and Voss. Votes against this action: None.": Tally(
        4, 0, names_in_favour=("Hale", "Ochs", "Dunn", "Voss")
    ),
    "Voting for this action: Ann B. Hale and Carl Ochs. Voting against this action: Mr. Dunn.": Tally(
        2, 1, names_in_favour=("Ann B. Hale", "Carl Ochs"), names_against=("Mr. Dunn",)
    ),
    "Ayes: Hale, Ochs. Nays: None. Absent: Voss.": Tally(
        2, 0, names_in_favour=("Hale", "Ochs"), absent=1, names_absent=("Voss",)
    ),
    "AYES: 5 NAYS: 1 ABSTAIN: 0": Tally(5, 1, 0),
    "Roll call vote: Ayes - Diaz, Okafor. Nays - Pell.": Tally(
        2, 1, names_in_favour=("Diaz", "Okafor"), names_against=("Pell",)
    ),
    "The motion failed with Trustees Bell and Moss voting no.": Tally(
        against=2, names_against=("Bell", "Moss")
    ),
    "Votes against this action: Mr. Dunn Mr. Dunn dissented.": Tally(against=1, names_against=("Mr. Dunn",)),
    "Carried, Mr. Lee abstaining.": Tally(abstained=1, names_abstained=("Mr. Lee",)),
    "For: Bean, Pea. Against: Leek.": Tally(2, 1, names_in_favour=("Bean", "Pea"), names_against=("Leek",)),
    "Aye – 5, No – 2 (Smith, Jones)": Tally(5, 2, names_against=("Smith", "Jones")),
    "Recorded vote on the tram: 6 in favour, 5 against, none abstaining.": Tally(6, 5, 0),
    "Yes 5, No 2, Abstained 1": Tally(5, 2, 1),
    "For 5 Against 2": Tally(5, 2),
    "The vote was 5 yes, 2 no.": Tally(5, 2),
    "RESOLVED (5:2) to approve the plan.": Tally(5, 2),
    "Carried 4-2, Cllrs Marlow and Roach dissenting.": Tally(4, 2, names_against=("Marlow", "Roach")),
    "Approved 5-2 (Smith, Jones against).": Tally(5, 2, names_against=("Smith", "Jones")),
    "Tench and Roach were against.": Tally(against=2, names_against=("Tench", "Roach")),
    "Against were Cllrs Tench and Roach.": Tally(against=2, names_against=("Tench", "Roach")),
    "The resolution was adopted without dissent.": Tally(against=0),
    "Aye: All. Nay: None.": Tally(against=0),
    "Roll call: Bean yes, Pea yes, Leek no, Chard abstain.": Tally(
        2, 1, 1, ("Bean", "Pea"), ("Leek",), ("Chard",)
    ),
    "Roll call vote: Smith - Aye; Jones - Nay; Lee - Aye.": Tally(
        2, 1, names_in_favour=("Smith", "Lee"), names_against=("Jones",)
    ),
    "All those in favour? That's Dev and Ines. Against? Olu.": Tally(
        2, 1, names_in_favour=("Dev", "Ines"), names_against=("Olu",)
    ),
    "| Director | For | Against | Abstain |\n|---|---|---|---|\n| Nair | x | | |\n| Brandt | | x | |": Tally(
        1, 1, names_in_favour=("Nair",), names_against=("Brandt",)
    ),
    "| Name | Vote |\n|---|---|\n| Nair | Yes |\n| Brandt | No |\n| Lee | Abstain |": Tally(
        1, 1, 1, ("Nair",), ("Brandt",), ("Lee",)
    ),
    "同意8票、反对1票、弃权2票，方案获得通过。": Tally(8, 1, 2),
    "八票赞成，一票反对，两票弃权。": Tally(8, 1, 2),
    "到会9人，赞成7人，反对2人。": Tally(7, 2),
    "8票赞成，反对1票（王强）。": Tally(8, 1, names_against=("王强",)),
    "8票赞成（名单略），1票反对。": Tally(8, 1),
    "赵立新、钱文博投赞成票，李卫国投反对票，孙晓梅弃权。": Tally(
        2, 1, 1, ("赵立新", "钱文博"), ("李卫国",), ("孙晓梅",)
    ),
    "投反对票的有：王强、李丽。": Tally(against=2, names_against=("王强", "李丽")),
    "以12票赞成、1票反对、2票弃权获得通过。": Tally(12, 1, 2),
    "表决结果：9票同意，0票反对，0票弃权。": Tally(9, 0, 0),
    "会议一致通过了该方案。": Tally(against=0),
    "8票同意，1票反对，董事张伟反对。": Tally(8, 1, names_against=("张伟",)),
}
NO_TALLIES = [
    "The committee approved the budget.",
    "Prices rose 3 to 5 percent.",
    "The meeting agreed to build shore power at berths 3 to 7.",
    "We will go with option 5 for now.",
    "The meeting lasted from 5 to 7.",
    "会议讨论了预算。",
    "For 5 years the board has waited.",
    "The Chair: No. The Clerk said yes to it.",
    "| Name | Role | Present |\n|---|---|---|\n| Nair | Chair | Yes |\n| Brandt | Director | No |",
    "",
]


@pytest.mark.parametrize(("words", "expected"), TALLIES.items())
def test_counts_and_names_of_a_vote_are_read(words: str, expected: Tally) -> None:
    assert tally(words) == expected


@pytest.mark.parametrize("words", NO_TALLIES)
def test_what_is_no_vote_has_no_tally(words: str) -> None:
    assert tally(words) is None


@pytest.mark.parametrize(
    "words", ["Ayes: Hale, Ochs.", "Votes against this action: None.", "表决结果：9票同意，0票反对。"]
)
def test_labelled_lists_are_votes(words: str) -> None:
    assert lists_votes(words)


@pytest.mark.parametrize(
    "words", ["For: the reasons given.", "No - because it rained.", "Carried 5-2.", "同意：办公室"]
)
def test_common_words_alone_are_no_list_of_votes(words: str) -> None:
    assert not lists_votes(words)


WORDS = "Ayes|: |Nays|-|Hale|, | and |None|5|2| to |carried |against (|)|Mr. |票|反对|赞成|. |\n"
PIECES = st.sampled_from(WORDS.split("|"))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_names_of_a_tally_stand_in_its_words(words: str) -> None:
    found = tally(words)
    if found:
        names = (*found.names_in_favour, *found.names_against, *found.names_abstained)
        assert all(name in words for name in names)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- For: Thornquay, Ostrell\n- Against: Fenn, Luo", True),
        ("赞成：曲岚汀、贝松岩\n反对：童书瑾", True),
        ("Ayes: Chen, Ruiz\nNoes: none\nAbstained: Tull", True),
        ("- For: Thornquay, Ostrell", False),
        ("- For: the Housing Bureau\n- By: 30 June 2025", False),
        ("Present: Chen, Ruiz\nAbsent: Tull", False),
    ],
)
def test_a_roll_has_a_side_of_the_vote_on_each_line(lines: str, expected: bool) -> None:
    assert is_roll(lines) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The motion was put to the vote: 7 for, 4 against, no abstentions.", True),
        ("The vote was 5 in favour and 2 against.", True),
        ("There were 7 letters for the plan.", False),
        ("Members voted on the plan.", False),
    ],
)
def test_a_sentence_counts_a_vote_when_it_counts_both_sides(sentence: str, expected: bool) -> None:
    assert counts_votes(sentence) is expected


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        (["For: Bean, Pea.", "Against: Leek.", "The lights were approved."], 2),
        (["All those in favour?", "That's Dev and Ines.", "Against?", "Olu.", "It is carried."], 4),
        (["For: the reasons given.", "It was approved."], 0),
        (["The motion was carried.", "Against: Leek."], 0),
    ],
)
def test_sentences_that_each_give_a_side_are_one_roll(parts: list[str], count: int) -> None:
    assert one_roll(parts) == count


def test_who_was_away_when_a_vote_was_taken_is_read_from_its_roll() -> None:
    assert absent("Ayes: Chen, Ruiz. Nays: None. Absent: Tull, Vane.") == ("Tull", "Vane")
    assert absent("Roll call: Bean yes, Pea absent, Leek no.") == ("Pea",)
    assert absent("Ayes: Chen. Nays: Ruiz.") == ()


def test_the_sides_of_a_roll_are_read_apart_though_lines_are_broken() -> None:
    roll = "The motion was\ncarried.\n- **For:** Chen, Ruiz\n- **Against:** Tull"
    assert tally(sides_apart(roll)) == Tally(2, 1, names_in_favour=("Chen", "Ruiz"), names_against=("Tull",))
    assert sides_apart("carried, 7 in\nfavour") == "carried, 7 in favour"


def test_a_show_of_hands_counts_the_chair_who_says_myself() -> None:
    vote = tally("Those in favour? Councillor Olu, Councillor Kim and myself. Against? Councillor Bell.")
    assert vote.in_favour == 3 and vote.against == 1


def test_a_spoken_chinese_count_is_a_vote() -> None:
    vote = tally("同意的14人,反对的2人,弃权1人。")
    assert (vote.in_favour, vote.against, vote.abstained) == (14, 2, 1)
