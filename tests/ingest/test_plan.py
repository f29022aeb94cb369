"""A plan says what an ingest does, an ingest does what the plan said, and only what is asked for is removed."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.index import OwnedIndex
from ingest.outcomes import ItemChange, Outcome, Report, Status
from ingest.pipeline import ingest, plan
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, assert_stores_agree, visible

Minutes = Callable[..., Path]


def said(report: Report) -> list[tuple[object, ...]]:
    """What a report says, but for what only storing tells."""
    return [(o.path, o.status, o.record_id, o.title, o.items, o.notes) for o in report.outcomes]


def the(report: Report, name: str) -> Outcome:
    return next(outcome for outcome in report.outcomes if outcome.path.name == name)


@pytest.fixture
def changed_folder(minutes: Minutes, index: OwnedIndex) -> Path:
    """A folder with one of everything since it was ingested."""
    for name, session, day in (
        ("amended", "12th", "15 March 2024"),
        ("moved", "13th", "2 April 2024"),
        ("same", "14th", "2 May 2024"),
        ("gone", "15th", "2 June 2024"),
        ("approved", "16th", "2 July 2024"),
    ):
        minutes(f"{name}.md", session=session, day=day, status="approved" if name == "approved" else "")
    folder = minutes("amended.md").parent
    ingest([folder], index)
    changes = {
        "Real_estate": ITEMS["Real_estate"],
        "Gas_safety": "It was put off.",
        "Trees": "Ten were planted.",
    }
    minutes("amended.md", **changes)
    os.rename(folder / "moved.md", folder / "there.md")
    os.remove(folder / "gone.md")
    minutes(
        "old-draft.md", session="16th", day="2 July 2024", status="draft", **ITEMS | {"Bus_lanes": "Open."}
    )
    minutes("new.md", session="17th", day="2 August 2024")
    (folder / "broken.md").write_bytes(b"")
    return folder


@pytest.mark.parametrize("prune", [False, True])
def test_an_ingest_does_what_its_plan_said(changed_folder: Path, index: OwnedIndex, prune: bool) -> None:
    before, generation = visible(index), index.catalog.generation
    planned = plan([changed_folder], index.catalog, prune=prune)
    assert (visible(index), index.catalog.generation) == (before, generation)
    done = ingest([changed_folder], index, prune=prune)
    assert said(planned) == said(done)
    assert {o.path.name: o.status for o in done.outcomes} == {
        "amended.md": Status.AMENDED,
        "approved.md": Status.UNCHANGED,
        "broken.md": Status.FAILED,
        "new.md": Status.ADDED,
        "old-draft.md": Status.REFUSED,
        "same.md": Status.UNCHANGED,
        "there.md": Status.MOVED,
        "gone.md": Status.REMOVED if prune else Status.MISSING,
    }
    assert_stores_agree(index)


def test_a_plan_names_the_agenda_items_that_changed(changed_folder: Path, index: OwnedIndex) -> None:
    assert the(plan([changed_folder], index.catalog), "amended.md").items == (
        ItemChange("changed", "Gas safety"),
        ItemChange("added", "Trees"),
        ItemChange("removed", "Bus lanes"),
    )


def test_only_prune_removes_and_only_what_is_gone_from_the_folder(
    changed_folder: Path, index: OwnedIndex
) -> None:
    sources = {row[0] for row in visible(index)}
    assert str(changed_folder / "gone.md") in sources
    ingest([changed_folder / "new.md"], index, prune=True)  # another path was named
    ingest([changed_folder], index)
    assert str(changed_folder / "gone.md") in {row[0] for row in visible(index)}
    ingest([changed_folder], index, prune=True)
    assert str(changed_folder / "gone.md") not in {row[0] for row in visible(index)}
    assert the(ingest([changed_folder], index, prune=True), "amended.md").status is Status.UNCHANGED


def test_a_folder_that_is_not_there_at_all_prunes_nothing(changed_folder: Path, index: OwnedIndex) -> None:
    ingest([changed_folder], index)
    before = visible(index)
    os.rename(changed_folder, changed_folder.with_name("unmounted"))
    report = ingest([changed_folder], index, prune=True)
    assert [o.status for o in report.outcomes] == [Status.FAILED]
    assert visible(index) == before


def test_a_named_file_that_is_gone_is_missing_not_failed(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md")
    ingest([path], index)
    path.unlink()
    assert [o.status for o in ingest([path], index).outcomes] == [Status.MISSING]
    assert [o.status for o in ingest([path], index, prune=True).outcomes] == [Status.REMOVED]
    assert visible(index) == []


def test_in_a_record_of_fifty_pages_one_amended_item_alone_is_encoded_again(
    minutes: Minutes, index: OwnedIndex
) -> None:
    items = {
        f"Item_{n}": " ".join(
            f"On point {k} of matter {n} the meeting heard the officer and agreed." for k in range(30)
        )
        for n in range(70)
    }
    report = ingest([minutes("long.md", **items)], index)
    assert report.outcomes[0].characters > 50 * 2_500
    encoder = index.encoder
    assert isinstance(encoder, HashEncoder)
    encoder.encoded.clear()
    items["Item_40"] += " A second reading was ordered."
    amended = ingest([minutes("long.md", **items)], index).outcomes[0]
    assert amended.items == (ItemChange("changed", "Item 40"),)
    assert amended.passages > 200
    assert (
        amended.encoded == len(encoder.encoded) <= 2
    )  # the amended passage, and the one after it if that is cut
    assert all(text.startswith("Item 40\n") for text in encoder.encoded)


@pytest.mark.parametrize("orders", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_files_in_any_order_make_the_same_rows(minutes: Minutes, tmp_path: Path, orders: int) -> None:
    paths = [minutes(f"{n}.md", session=f"{n}th", day=f"{n} March 2024") for n in range(4, 9)]
    paths += [
        minutes("draft.md", status="draft", session="20th"),
        minutes("ok.md", status="approved", session="20th"),
    ]
    seen = []
    for seed in range(orders):
        random.Random(seed).shuffle(paths)
        with OwnedIndex.open(tmp_path / f"index-{seed}", HashEncoder()) as index:
            for path in paths + paths[:3]:
                ingest([path], index)
            seen.append(visible(index))
    assert all(rows == seen[0] for rows in seen)


def test_a_folder_that_is_reached_through_a_link_holds_the_same_files(
    minutes: Minutes, index: OwnedIndex
) -> None:
    folder = minutes("12.md").parent
    ingest([folder], index)
    (folder.parent / "link").symlink_to(folder)
    (again,) = ingest([folder.parent / "link"], index).outcomes
    assert (again.status, again.notes) == (Status.UNCHANGED, (f"It is the same file as {folder / '12.md'}.",))
    assert {row[0] for row in visible(index)} == {str(folder / "12.md")}
    (folder.parent / "link").unlink()
    assert ingest([folder.parent], index, prune=True).count(Status.REMOVED) == 0


def test_a_copy_is_said_to_be_one(minutes: Minutes, index: OwnedIndex) -> None:
    path = minutes("12.md")
    (path.parent / "copy.md").write_bytes(path.read_bytes())
    _, copy = sorted(ingest([path.parent], index).outcomes, key=lambda outcome: outcome.path)
    assert copy.status is Status.ADDED and "second record" in copy.notes[0]
