"""What a motion was made for tells what its result settles."""

import datetime

import pytest

from ingest.decisions import find_decisions


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Brandt moved to table the item; Ruiz seconded. The motion to table carried 5-1.", "deferred"),
        ("Adair moved to postpone. Motion to postpone carried 3-1, with Dunne opposed.", "deferred"),
        ("Council Member Adair moved to continue the hearing to May. Motion carried.", "deferred"),
        ("Adair moved to refer the purchase to the Finance Committee. Motion to refer carried.", "deferred"),
        ("The motion to defer was carried by 6 votes to 5.", "vote"),
        ("Cortez moved to deny the appeal. Motion to deny carried 3-1.", "rejected"),
        ("Bloom moved that the appeal be denied. Motion carried.", "rejected"),
        ("Bloom moved to withdraw the paper. The motion was carried.", "withdrawn"),
        ("Bloom moved to reconsider the contract. Motion to reconsider passed.", "undecided"),
        ("The motion to table the ordinance failed 2-3.", "vote"),
        ("Bloom moved to approve the ordinance. The motion failed 2-3.", "rejected"),
        ("Adair moved to approve the plan to defer the fees. Motion carried 5-0.", "approved"),
        ("Adair moved to approve the budget. Motion carried 5-0.", "approved"),
    ],
)
def test_a_motion_that_is_carried_settles_what_it_was_made_for(said: str, kind: str) -> None:
    [entry] = find_decisions(said, (), ())
    assert (entry.kind.value, entry.of(said)) == (kind, said)


def test_what_was_tabled_has_the_day_to_which_it_was() -> None:
    said = "Brandt moved to table the item to the October 13 meeting. The motion to table carried 5-1."
    [entry] = find_decisions(said, (), (), date=datetime.date(2025, 9, 8))
    assert entry.due == datetime.date(2025, 10, 13)
