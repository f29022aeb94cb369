"""Votes in Chinese minutes whose count stands apart from the side, and what came of them."""

import datetime

import pytest

from ingest.decisions import find_decisions


@pytest.mark.parametrize(
    ("said", "kind", "counts"),
    [
        ("表决：同意公开招标4票，反对1票（李长福）。通过。", "approved", (4, 1, None)),
        ("表决：同意修建4票，反对1票。通过。", "approved", (4, 1, None)),
        ("同意4票，反对1票（周福）。通过。", "approved", (4, 1, None)),
        ("表决：同意12票，反对0票，通过。", "approved", (12, 0, None)),
        ("赞成修建3票，不同意2票，弃权1票。通过。", "approved", (3, 2, 1)),
        ("赞成5票、不赞成1票，表决通过。", "approved", (5, 1, None)),
        ("垃圾清运费上调的提议未获通过：赞成2票，反对3票。", "rejected", (2, 3, None)),
        ("赞成出租2票，反对出租5票，未通过。", "rejected", (2, 5, None)),
        ("表决：赞成3票，反对4票。否决。", "rejected", (3, 4, None)),
        ("表决：赞成3票，反对4票。", "vote", (3, 4, None)),
    ],
)
def test_a_vote_is_counted_and_has_its_outcome(
    said: str, kind: str, counts: tuple[int | None, int | None, int | None]
) -> None:
    [entry] = find_decisions(said, (), ())
    assert entry.tally is not None
    assert (entry.tally.in_favour, entry.tally.against, entry.tally.abstained) == counts
    assert (entry.kind.value, entry.of(said)) == (kind, said)


def test_what_a_thing_needs_is_no_institution_that_is_charged() -> None:
    said = "会议决定开通校车。校车所需资金由县财政统筹安排。"
    assert all(entry.owner in (None, "县财政") for entry in find_decisions(said, (), ()))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("The rise was deferred to November.", "2025-11-30"),
        ("The item was postponed until the second meeting in November.", "2025-11-30"),
        ("The lease was put off until the first meeting of January 2026.", "2026-01-31"),
        ("Consideration was deferred until March.", "2026-03-31"),
        ("It was deferred to November 12.", "2025-11-12"),
        ("The motion to defer was moved by Mr March.", None),
    ],
)
def test_what_is_put_off_to_a_month_is_due_by_its_end(said: str, day: str | None) -> None:
    entries = find_decisions(said, (), (), date=datetime.date(2025, 9, 8))
    assert [str(entry.due) for entry in entries if entry.due] == ([day] if day else [])
