"""Readers widen only by a statement: what says nothing of them waits, and its record stays for those it was for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.care import status_of
from ingest.history import WouldWiden, rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Status
from ingest.overrides import overrides_for
from ingest.pipeline import ingest, plan
from qa import Minutebook
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, active_text
from tests.ingest.test_handing_in_unseen import for_group, readers

Minutes = Callable[..., Path]
REDACTED = ITEMS | {"Real_estate": "[Redacted.]"}
UNDATED = "# Notes\n\nThe Board agreed to buy the warehouse by the canal.\n\nAnn Lee thanked all who came.\n"


def taken(index: OwnedIndex, folder: Path, **options: bool) -> list[Outcome]:
    """What came of a folder; a plan must have said it, notes and all."""
    planned = plan([folder], index.catalog, **options).outcomes
    done = ingest([folder], index, **options).outcomes
    assert [(o.path, o.status, o.notes) for o in planned] == [(o.path, o.status, o.notes) for o in done]
    return list(done)


def versions_for(index: OwnedIndex, record_id: str | None, *groups: str) -> list[int]:
    with Minutebook.open(index.folder, encoder=HashEncoder(), access=groups) as book:
        listed = [one.version for one in book.versions(str(record_id))]
        assert listed == [n for n in range(9, 0, -1) if book.record(str(record_id), n)]
        return listed


def state_for(path: Path, name: str, group: str) -> None:
    path.with_name("meetings.toml").write_text(f'["{name}"]\naccess = "{group}"\n')


def renamed(path: Path) -> None:
    path.rename(path.with_name("2024-03-15 renamed.md"))


def converted(path: Path) -> None:
    path.rename(path.with_suffix(".txt"))


def moved(path: Path) -> None:
    (path.parent / "open").mkdir()
    path.rename(path.parent / "open" / path.name)


def no_longer_stated(path: Path) -> None:
    path.with_name("meetings.toml").unlink()


@pytest.mark.parametrize("undated", [False, True], ids=["dated", "undated"])
@pytest.mark.parametrize("change", [renamed, no_longer_stated])
def test_a_file_of_which_readers_are_stated_no_more_keeps_those_it_had(
    index: OwnedIndex, minutes: Minutes, change: Callable[[Path], None], undated: bool
) -> None:
    path = minutes("draft.md")
    if undated:
        path.write_text(UNDATED, "utf-8")
    state_for(path, path.name, "council")
    (kept,) = taken(index, path.parent)
    change(path)
    for _ in range(2):  # it goes on waiting
        (outcome,) = taken(index, path.parent)
        assert (outcome.status, outcome.record_id) == (Status.HELD, kept.record_id)
        assert "council only" in outcome.notes[0] and "access: public" in outcome.notes[0]
        assert versions_for(index, kept.record_id, "public") == []
        assert versions_for(index, kept.record_id, "council") == [1]
    assert str(outcome.path) in str(status_of(index.catalog, index.folder).failures)
    assert all(o.status is Status.HELD for o in ingest([path.parent], index, prune=True).outcomes)
    for_group(outcome.path, "council")
    (mended,) = taken(index, path.parent)
    assert (mended.status, mended.record_id) == (Status.AMENDED, kept.record_id)
    assert readers(index, kept.record_id) == {"council"}
    assert not status_of(index.catalog, index.folder).failures


@pytest.mark.parametrize("undated", [False, True], ids=["dated", "undated"])
@pytest.mark.parametrize("change", [converted, moved])
def test_a_file_that_a_table_for_another_name_may_mean_is_held_and_publishes_nothing(
    index: OwnedIndex, minutes: Minutes, change: Callable[[Path], None], undated: bool
) -> None:
    path = minutes("draft.md")
    if undated:
        path.write_text(UNDATED, "utf-8")
    state_for(path, path.name, "council")
    (kept,) = taken(index, path.parent)
    change(path)
    for _ in range(2):  # it goes on waiting
        outcomes = {outcome.status: outcome for outcome in taken(index, path.parent)}
        assert Status.HELD in outcomes and outcomes.keys() <= {Status.HELD, Status.MISSING}
        assert "meetings.toml" in outcomes[Status.HELD].notes[0]
        assert versions_for(index, kept.record_id, "public") == []
        assert versions_for(index, kept.record_id, "council") == [1]
    path.with_name("meetings.toml").unlink()
    held = outcomes[Status.HELD].path
    state_for(held, held.name, "council")
    assert Status.HELD not in {outcome.status for outcome in taken(index, path.parent)}
    assert readers(index, kept.record_id) == {"council"}
    assert not status_of(index.catalog, index.folder).failures


@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_lost_its_front_matter_publishes_nothing_unless_it_is_forced(
    index: OwnedIndex, minutes: Minutes, force: bool
) -> None:
    path = for_group(minutes("12.md"), "council")
    (kept,) = taken(index, path.parent)
    path.write_text(path.read_text("utf-8").partition("---\n")[2].partition("---\n")[2], "utf-8")
    (outcome,) = taken(index, path.parent, force=force)
    assert outcome.status is (Status.AMENDED if force else Status.HELD)
    assert readers(index, kept.record_id) == ({"public"} if force else {"council"})
    assert ("It was for council before, and is for everybody now." in outcome.notes) == force


def test_a_public_edition_that_states_it_is_public_is_taken_in_and_its_readers_are_told(
    index: OwnedIndex, minutes: Minutes
) -> None:
    path = for_group(minutes("12.md"), "council")
    (kept,) = taken(index, path.parent)
    for_group(minutes("12.md", **REDACTED), "public")
    (outcome,) = taken(index, path.parent)
    assert outcome.status is Status.AMENDED
    assert "It was for council before, and is for everybody now." in outcome.notes
    assert versions_for(index, kept.record_id, "public") == [2]


def test_what_is_stated_of_a_folder_widens_nothing(index: OwnedIndex, minutes: Minutes) -> None:
    path = for_group(minutes("closed/12.md"), "council")
    (kept,) = taken(index, path.parent.parent)
    for name in ("staff", "public"):
        (path.parent.parent / name).mkdir()
        path.parent.with_name(name).joinpath("meetings.toml").write_text(f'[folder]\naccess = "{name}"\n')
    minutes("staff/12.md")
    path.unlink()
    (outcome,) = taken(index, path.parent.parent)
    assert outcome.status is Status.HELD and readers(index, kept.record_id) == {"council"}


@pytest.mark.parametrize("older", [False, True], ids=["as it is", "before it was redacted"])
def test_a_copy_that_says_what_is_not_for_everybody_is_asked_about(
    index: OwnedIndex, minutes: Minutes, older: bool
) -> None:
    path = for_group(minutes("12.md"), "council")
    taken(index, path.parent)
    if older:
        for_group(minutes("12.md", **REDACTED), "public")
        taken(index, path.parent)
    copy = minutes("copy/copy.md")
    (outcome,) = [one for one in taken(index, path.parent) if one.path == copy]
    assert outcome.status is Status.HELD and "says the same is for council only" in outcome.notes[0]
    for_group(copy, "public")
    (outcome,) = [one for one in taken(index, path.parent) if one.path == copy]
    assert outcome.status is Status.ADDED


def test_of_two_files_of_one_record_the_one_that_states_nothing_widens_nothing(
    index: OwnedIndex, minutes: Minutes
) -> None:
    first = minutes("a.md", status="approved")
    second = minutes("b.md", status="approved")
    (kept, _) = taken(index, first.parent)
    for_group(second, "council")
    taken(index, first.parent)
    assert readers(index, kept.record_id) == {"council"}
    first.write_text(first.read_text("utf-8") + "\n\n", "utf-8")
    outcomes = {one.path.name: one.status for one in taken(index, first.parent)}
    assert outcomes == {"a.md": Status.HELD, "b.md": Status.UNCHANGED}
    assert readers(index, kept.record_id) == {"council"}


def test_a_folder_that_is_reached_through_a_link_is_for_those_it_is_for_where_it_lies(
    index: OwnedIndex, minutes: Minutes, tmp_path: Path
) -> None:
    path = minutes("closed/2024/12.md") if (tmp_path / "minutes/closed").mkdir() is None else None
    assert path
    (tmp_path / "minutes/closed/meetings.toml").write_text('[folder]\naccess = "council"\n')
    (tmp_path / "link").symlink_to(path.parent)
    (outcome,) = ingest([tmp_path / "link"], index).outcomes
    assert readers(index, outcome.record_id) == {"council"}
    (tmp_path / "minutes/closed/meetings.toml").write_text('[folder]\naccess = "deny"\n')
    (tmp_path / "meetings.toml").write_text('[folder]\naccess = "staff"\n')
    assert overrides_for(tmp_path / "link" / "12.md")["[folder] access"].split("\n")[1] == "deny"


def test_what_was_closed_is_not_opened_by_a_later_public_version(index: OwnedIndex, minutes: Minutes) -> None:
    path = minutes("12.md")
    (kept,) = taken(index, path.parent)
    for_group(path, "council")
    taken(index, path.parent)
    for_group(minutes("12.md", **REDACTED), "public")
    taken(index, path.parent)
    assert versions_for(index, kept.record_id, "public") == [3]
    assert versions_for(index, kept.record_id, "public", "council") == [3, 2, 1]
    with pytest.raises(WouldWiden, match="public could read it then, and may not read version 2"):
        rollback(index, str(path), 1)
    rollback(index, str(path), 1, widen=True)
    assert "housing plan" in active_text(index, kept.record_id)


def test_an_undated_record_whose_file_is_renamed_and_narrowed_is_narrowed(
    index: OwnedIndex, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(UNDATED)
    (kept,) = taken(index, folder)
    (folder / "a.md").unlink()
    (folder / "b.md").write_text(f"---\naccess: council\n---\n{UNDATED}")
    (outcome,) = taken(index, folder)
    assert (outcome.status, outcome.record_id) == (Status.AMENDED, kept.record_id)
    assert versions_for(index, kept.record_id, "public") == []


def test_an_undated_record_whose_file_is_renamed_and_held_back_is_held_back(
    index: OwnedIndex, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.md").write_text(UNDATED)
    (kept,) = taken(index, folder)
    (folder / "a.md").unlink()
    (folder / "b.md").write_text(f"---\nacces: council\n---\n{UNDATED}")
    assert [one.status for one in taken(index, folder)] == [Status.HELD]
    assert versions_for(index, kept.record_id, "public") == []


@pytest.mark.parametrize("name", ["12.md", "meetings.toml"])
def test_a_file_narrowed_in_as_many_letters_at_the_same_time_is_read_anew(
    index: OwnedIndex, minutes: Minutes, name: str
) -> None:
    path = minutes("12.md")
    if name == "12.md":
        for_group(path, "public ")
    else:
        state_for(path, "12.md", "public ")
    told = path.with_name(name)
    os.utime(told, (1_000_000_000, 1_000_000_000))
    (kept,) = taken(index, path.parent)
    told.write_text(told.read_text("utf-8").replace("public ", "council"), "utf-8")
    os.utime(told, (1_000_000_000, 1_000_000_000))
    taken(index, path.parent)
    assert readers(index, kept.record_id) == {"council"}


def test_a_record_and_what_waits_beside_it_come_in_one_run(index: OwnedIndex, minutes: Minutes) -> None:
    first = for_group(minutes("a.md", status="draft"), "council")
    minutes("b.md", status="approved")
    (kept, outcome) = taken(index, first.parent)
    assert (kept.status, outcome.status) == (Status.ADDED, Status.HELD)
    assert readers(index, kept.record_id) == {"council"}


@pytest.mark.parametrize("kept", [True, False], ids=["beside it", "in its place"])
def test_another_copy_of_what_a_file_said_before_it_was_held_releases_nothing(
    index: OwnedIndex, minutes: Minutes, kept: bool
) -> None:
    path = minutes("12.md")
    text = path.read_text("utf-8")
    (public,) = taken(index, path.parent)
    path.write_text(f"CONFIDENTIAL\n\n{text}", "utf-8")
    assert taken(index, path.parent)[0].status is Status.HELD
    if not kept:
        path.unlink()
    copy = path.with_name("a copy.md")
    copy.write_text(text, "utf-8")
    for _ in range(2):  # it goes on waiting
        outcomes = {outcome.path: outcome for outcome in taken(index, path.parent)}
        assert outcomes[copy].status is Status.HELD and "held back" in outcomes[copy].notes[0]
        assert versions_for(index, public.record_id, "public", "council") == []
