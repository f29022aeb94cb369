"""Votes with those who took no part kept apart, tasks with whom they name, and both Chinese scripts."""

import pytest

from ingest.decisions import find_decisions
from ingest.records import Decision, Turn
from ingest.register.votes import tally


def _one(text: str) -> Decision:
    [entry] = find_decisions(text, (), ())
    return entry


@pytest.mark.parametrize(
    ("words", "absent", "recused", "abstained"),
    [
        ("Ayes: Lund, Hart. Nays: Moll. Absent: Fisk.", ("Fisk",), (), None),
        ("Ayes: Lund, Hart. Nays: None. Recused: Moll.", (), ("Moll",), None),
        ("Lund aye, Hart aye, Moll recused, Fisk absent.", ("Fisk",), ("Moll",), None),
        ("Ayes: Lund. Nays: Hart. Abstained: Sol. Absent: Fisk.", ("Fisk",), (), 1),
    ],
)
def test_the_absent_and_the_recused_abstain_from_nothing(
    words: str, absent: tuple[str, ...], recused: tuple[str, ...], abstained: int | None
) -> None:
    vote = tally(words)
    assert vote is not None
    assert (vote.names_absent, vote.names_recused, vote.abstained) == (absent, recused, abstained)


@pytest.mark.parametrize(
    "words",
    [
        "Ayes (3): Lund, Hart. Nays (1): Moll.",
        "| Yeas: | Nays: |\n|---|---|\n| Lund | Moll |\n| Hart | |\n\nMotion carried 3-1.",
    ],
)
def test_a_tally_whose_names_and_numbers_disagree_is_left_out(words: str) -> None:
    assert tally(words) is None


def test_a_list_of_who_is_absent_is_no_vote() -> None:
    assert find_decisions("Present: Lund, Hart\nAbsent: Fisk\nExcused: Moll\n", (), ()) == ()


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Action Treasurer: pay the rent of the boathouse.", "Treasurer"),
        ("- Action Ines: the gate does not lock; mend it.", "Ines"),
        ("ACTION (KB) to ask about paint", "KB"),
        ("ACTION: (KB) - Paint the boathouse", "KB"),
        ("ACTION: Paint for the boathouse (KB) To do", "KB"),
        ("Action: All: think of a name for the boat.", "All"),
    ],
)
def test_whom_the_label_of_a_task_names_owns_it(line: str, who: str) -> None:
    entry = _one(line)
    assert (entry.kind.value, entry.owner) == ("assigned", who)


def test_what_traditional_characters_record_is_read_as_in_simplified_and_told_as_written() -> None:
    text = "（一）藏書樓屋頂修繕案。\n決議：請總務處向縣政府申請經費補助。\n\n（二）年度預算案。\n決議：無異議通過。\n"
    task, approved = find_decisions(text, (), ())
    assert (task.kind.value, task.owner) == ("assigned", "總務處")
    assert (approved.kind.value, approved.of(text)) == ("approved", "決議：無異議通過。")


def test_who_says_aloud_that_they_will_do_something_owns_it() -> None:
    text = "Ines: The gate is stuck.\nKai: Okay, I will write to the smith.\nInes: I'll start then."
    turns = tuple(
        Turn(text.index(f"{who}: {said}"), text.index(said) + len(said), who)
        for who, said in (
            ("Ines", "The gate is stuck."),
            ("Kai", "Okay, I will write to the smith."),
            ("Ines", "I'll start then."),
        )
    )
    [entry] = find_decisions(text, (), turns)
    assert (entry.kind.value, entry.owner) == ("assigned", "Kai")


def test_what_a_resolution_notes_in_passing_is_no_entry() -> None:
    assert find_decisions("It being noted that the Committee received a letter from Ms Lund.", (), ()) == ()


def test_what_somebody_who_was_there_will_do_is_a_task_and_what_anything_else_will_is_none() -> None:
    text = "Rosa will look into the mowing.\n\nSpring will bring the mowing back.\n"
    [entry] = find_decisions(text, (), (), people=["Rosa Lind", "Per Dahl"])
    assert (entry.kind.value, entry.owner, entry.of(text)) == (
        "assigned",
        "Rosa",
        "Rosa will look into the mowing.",
    )
    assert find_decisions(text, (), ()) == ()
