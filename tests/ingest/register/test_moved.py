"""Motion, vote and result on lines of their own are one entry, with every place it rests on."""

import pytest

from ingest.decisions import find_decisions
from ingest.records import Decision, DecisionKind, Tally
from ingest.register.movers import movers

LINES = """> Moved by T. Varga

> Seconded by L. Odell

That the following actions be taken with respect to the ferry report:

a) the ferry report BE RECEIVED;

b) Harbour Staff BE DIRECTED to report back on the berth; and

c) the new timetable BE APPROVED.

| Yeas: | Nays: | Absent: |
|---|---|---|
| T. Varga | P. Quist | M. Roe |
| L. Odell | | |

> **Motion Passed (2 to 1)**
"""


def _one(text: str) -> Decision:
    [entry] = find_decisions(text, (), ())
    return entry


def test_each_thing_that_is_moved_is_an_entry_with_mover_vote_and_kind() -> None:
    found = find_decisions(LINES, (), ())
    assert [(entry.kind.value, entry.owner) for entry in found] == [
        ("noted", None),
        ("assigned", "Harbour Staff"),
        ("approved", None),
    ]
    assert {(entry.mover, entry.seconder) for entry in found} == {("T. Varga", "L. Odell")}
    assert {entry.tally for entry in found} == {
        Tally(2, 1, None, ("T. Varga", "L. Odell"), ("P. Quist",), absent=1, names_absent=("M. Roe",))
    }


def test_every_place_an_entry_rests_on_is_told_and_its_own_is_one_of_them() -> None:
    for entry in find_decisions(LINES, (), ()):
        said = [span.of(LINES) for span in entry.spans]
        assert said[0].startswith("> Moved by") and said[-1].endswith("(2 to 1)**")
        assert entry.of(LINES) in said and any("Yeas:" in one for one in said)


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        ("Motion Passed", "approved"),
        ("Carried.", "approved"),
        ("MOTION DEFEATED (2-5)", "rejected"),
        ("Withdrawn", "withdrawn"),
        ("The motion was lost.", "rejected"),
    ],
)
def test_the_result_below_a_motion_says_what_came_of_it(result: str, kind: str) -> None:
    entry = _one(
        f"Moved by: Ada Lund\nSeconded by: Bo Hart\n\nThat the kiln be let to the guild.\n\n{result}\n"
    )
    assert (entry.kind.value, entry.mover, entry.seconder) == (kind, "Ada Lund", "Bo Hart")


def test_names_of_movers_below_a_nomination_belong_to_it() -> None:
    text = "* Treasurer\n    * Ines Moll\n        * Nominated: Kai Brun\n" + (
        "        * Seconded: Ole Fisk\n        * Elected unopposed\n"
    )
    entry = _one(text)
    assert (entry.kind, entry.mover, entry.seconder) == (DecisionKind.APPROVED, "Kai Brun", "Ole Fisk")
    assert entry.of(text).strip("* ") == "Ines Moll"


def test_what_was_moved_without_a_result_states_no_outcome() -> None:
    entry = _one("- New members: Ana Sol, Per Dahl\n\nMOVED: Kai SECONDED: Ole\n")
    assert (entry.kind, entry.mover, entry.seconder) == (DecisionKind.VOTE, "Kai", "Ole")


def test_labels_for_movers_that_are_left_empty_move_nothing() -> None:
    assert find_decisions("- Members who left\n\nMOVED: SECONDED:\n", (), ()) == ()


def test_a_count_and_the_result_beside_it_are_one_entry() -> None:
    text = "- For: 14\n- Against: 3\n- Abstain: 2\n\nAmendment 5 was therefore rejected.\n"
    entry = _one(text)
    assert (entry.kind, entry.of(text)) == (DecisionKind.REJECTED, "Amendment 5 was therefore rejected.")
    assert entry.tally == Tally(14, 3, 2)
    assert [span.of(text)[:7] for span in entry.spans] == ["- For: ", "Amendme"]


def test_a_motion_its_count_its_roll_and_its_result_are_one_entry() -> None:
    text = (
        "Ms Lund moved, Mr Hart seconded, that the kiln be let. Recorded vote: 3 in favour, 1 against.\n\n"
        "- In favour: Lund, Hart, Fisk\n- Against: Moll\n\nThe motion was carried.\n"
    )
    entry = _one(text)
    assert (entry.kind, entry.mover, entry.seconder) == (DecisionKind.APPROVED, "Ms Lund", "Mr Hart")
    assert entry.tally == Tally(3, 1, None, ("Lund", "Hart", "Fisk"), ("Moll",))
    assert entry.of(text).startswith("Ms Lund moved") and len(entry.spans) > 1


def test_a_resolution_that_says_what_was_settled_is_an_entry_beside_the_vote() -> None:
    text = (
        "Recorded vote on the kiln: 3 in favour, 1 against.\n\n"
        "RESOLVED: that the kiln in the old yard be let to the guild of potters for three years from May.\n"
    )
    vote, resolution = find_decisions(text, (), ())
    assert (vote.kind, resolution.of(text)[:8]) == (DecisionKind.VOTE, "RESOLVED")


def test_an_election_has_its_nomination_before_it_and_nobody_elses() -> None:
    text = (
        "Ines Moll, proposed by Kai Brun, seconded by Ole Fisk.\n"
        "Per Dahl, proposed by Ana Sol, seconded by Bo Hart.\n"
        "Both spoke for a minute.\n17 voted for Ines Moll.\n9 voted for Per Dahl.\n\n"
        "Ines Moll was therefore elected to the post of Treasurer.\n"
    )
    entry = next(one for one in find_decisions(text, (), ()) if "elected" in one.of(text))
    assert (entry.mover, entry.seconder, entry.tally) == ("Kai Brun", "Ole Fisk", Tally(17))


def test_a_motion_that_all_who_are_named_voted_for_is_carried() -> None:
    text = "Kai made a motion to accept the report, Ole seconds. Vote: Kai aye, Ole aye and Ana aye."
    entry = _one(text)
    assert (entry.kind, entry.mover, entry.tally and entry.tally.in_favour) == (
        DecisionKind.APPROVED,
        "Kai",
        3,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Motion by Ada Lund, second by Bo Hart to pave the lane.", ("Ada Lund", "Bo Hart")),
        ("A motion was made by Ada Lund and seconded by Bo Hart.", ("Ada Lund", "Bo Hart")),
        ("Bo offered a resolution, supported by Ada Lund.", ("Bo", "Ada Lund")),
        ("MOVED: A. Lund SECONDED: B. Hart", ("A. Lund", "B. Hart")),
        ("动议：林静，附议：周凯", ("林静", "周凯")),
        ("It was moved and seconded to pave the lane.", (None, None)),
        ("The motion was carried.", (None, None)),
        ("Traffic moved to the lane.", (None, None)),
    ],
)
def test_who_moved_and_seconded_is_read_as_written(
    words: str, expected: tuple[str | None, str | None]
) -> None:
    assert movers(words) == expected


PROSE = {
    "Ada moved the accounts be accepted, and Bo seconded.": ("vote", "Ada", "Bo"),
    "Ada moved the accounts be accepted. Bo seconded. Unanimously accepted.": ("approved", "Ada", "Bo"),
    "Ada moved we keep the shed. Bo seconded. Unanimous vote in favour.": ("approved", "Ada", "Bo"),
    "Ada moved the accounts be accepted and Bo seconded. Carried.": ("approved", "Ada", "Bo"),
    "Ada proposed and Bo seconded that the fee stay at $12 for the year.": ("vote", "Ada", "Bo"),
    "Ada proposed Ida to take over the keys. Ida thanked her. Seconded: Bo.": ("vote", "Ada", "Bo"),
    "• Ida Moe (Nominated: Ada Lund; seconded: Bo Hart)\n\nElected unanimously and unopposed": (
        "approved",
        "Ada Lund",
        "Bo Hart",
    ),
}


@pytest.mark.parametrize("text", PROSE)
def test_a_motion_told_in_prose_is_one_entry_from_who_moved_it_to_what_came_of_it(text: str) -> None:
    entry = _one(text)
    assert (entry.kind.value, entry.mover, entry.seconder) == PROSE[text]
    assert entry.of(text).strip("• ") == text.strip("• ")


@pytest.mark.parametrize(
    "text",
    [
        "Ida Moe (Nominated: Ada Lund; seconded: Bo Hart)",
        "Ida Moe, proposed by Ada Lund, seconded by Bo Hart.",
        "Bo Hart was seconded to the harbour office for a year.",
        "Moved by Ada Lund\n\nSeconded by Bo Hart",
    ],
)
def test_a_nomination_and_bare_names_are_no_motion(text: str) -> None:
    assert find_decisions(text, (), ()) == ()


RULES = """5. Rules

Motion: that Rule 7 be replaced by the following rule:

"The shed is locked at dusk."

"Whoever leaves last signs the book."

{names}

PASSED with one abstention
"""


@pytest.mark.parametrize("names", ["Moved: Ada Lund\nSeconded: Bo Hart", "Moved Ada Lund\nSeconded Bo Hart"])
def test_a_motion_that_a_label_opens_reaches_down_to_the_names_below(names: str) -> None:
    entry = _one(text := RULES.format(names=names))
    assert (entry.kind.value, entry.mover, entry.seconder) == ("approved", "Ada Lund", "Bo Hart")
    assert entry.of(text).startswith("Motion: that Rule 7") and entry.of(text).endswith('the book."')
    assert entry.tally == Tally(abstained=1)


def test_what_goes_on_after_a_colon_is_moved_with_the_sentence_before_it() -> None:
    text = (
        "To keep the yard safe the house rules will be changed to say:\n\n"
        "No fires after dark.\n\nMoved by Ada and seconded by Bo."
    )
    assert _one(text).of(text).startswith("To keep the yard safe") and _one(text).mover == "Ada"


def test_a_task_between_a_motion_and_its_seconder_is_kept() -> None:
    text = "Ada proposed Ida to take over the keys. Bo will report to the clerk by 5 May. Seconded: Kai."
    assert ["Bo" in entry.of(text) for entry in find_decisions(text, (), ()) if entry.owner == "Bo"] == [True]
