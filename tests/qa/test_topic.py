"""Topic words and how much of them a text says."""

import pytest

from qa.topic import coverage, likeness


def test_coverage_is_the_weighted_share_of_the_words_said() -> None:
    assert coverage({"gas": 3.0, "safeti": 1.0}, "Gas pipes") == pytest.approx(0.75)
    assert coverage({}, "anything") == 0.0


def test_likeness_wants_the_topic_covered_and_the_title_used() -> None:
    weights = {"gas": 1.0, "safeti": 1.0}
    assert likeness(weights, "Gas safety") == 1.0
    assert likeness(weights, "Gas safety in old neighbourhoods") == pytest.approx(2 * 1 * 0.5 / 1.5)
    assert likeness(weights, "Budget") == 0.0
