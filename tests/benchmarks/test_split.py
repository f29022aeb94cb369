"""Meetings are split once, by their own name only, and nothing is in both parts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.adapter.split import Split, deal, read_split, split_records, write_split

PATHS = st.sets(st.text(min_size=1, max_size=8), max_size=40)


@given(PATHS, st.integers(0, 50), st.integers(0, 50))
def test_every_record_is_in_one_part_only(paths: set[str], held_out: int, develop: int) -> None:
    split = split_records(paths, held_out, develop)
    assert sorted(split.train + split.develop + split.held_out) == sorted(paths)
    assert len(split.held_out) == min(held_out, len(paths))
    assert len(split.develop) == min(develop, len(paths) - len(split.held_out))


@given(PATHS, st.randoms())
def test_the_order_of_the_files_changes_nothing(paths: set[str], chance: object) -> None:
    shuffled = list(paths)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert split_records(shuffled, 5, 3) == split_records(sorted(paths), 5, 3)


def test_a_record_added_later_moves_at_most_one_other_to_each_part() -> None:
    before = split_records([f"meeting-{n}.txt" for n in range(60)], 10, 5)
    after = split_records([f"meeting-{n}.txt" for n in range(61)], 10, 5)
    assert len(set(before.held_out) - set(after.held_out)) <= 1
    assert len(set(before.develop) - set(after.develop)) <= 1


def test_the_split_that_is_written_down_is_read_back(tmp_path: Path) -> None:
    split = Split(("a.txt", "会议.txt"), ("b.txt",), ("c.txt",))
    write_split(split, tmp_path / "split.json")
    assert read_split(tmp_path / "split.json") == split


@pytest.mark.parametrize("paths", [["b", "a", "b"], ["a", "b"]])
def test_the_split_is_that_of_the_hashes(paths: list[str]) -> None:
    assert split_records(paths, 1, 0) == Split(
        ("a",), (), ("b",)
    )  # 3e23... of "b" comes before ca97... of "a"


@given(PATHS, st.integers(1, 6))
def test_each_name_is_dealt_to_one_hand_and_no_hand_has_two_more(names: set[str], hands: int) -> None:
    dealt = deal(names, hands)
    assert sorted(name for hand in dealt for name in hand) == sorted(names)
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1
