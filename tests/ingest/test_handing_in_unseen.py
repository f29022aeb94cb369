"""Handing in where there are records one may not see: nothing is told of them, and nothing of them changes."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.__main__ import main
from ingest.desk import Desk
from ingest.inbox import ArrivalRefused
from ingest.index import OwnedIndex
from ingest.jobs import JobWorker, put_job
from ingest.outcomes import Report, Status
from ingest.outdated import Outdated
from ingest.pipeline import ingest
from ingest.purge import purge
from ingest.watchers import announced
from qa.page import intake
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import ITEMS, active_text, assert_stores_agree
from tests.ingest.test_desk import done, hand_in, told

Minutes = Callable[..., Path]
COUNCIL = ("public", "council")
CANARY = {
    "Dismissal_of_the_quillfeather": "The meeting dismissed the quillfeather with a payment of 41,700.",
    "Zephyrine_wharf": "The meeting resolved to sell the zephyrine wharf to the lowest bidder in silence.",
    "Gas_safety": ITEMS["Gas_safety"],
}
TOLD_ONLY = re.compile("quillfeather|zephyrine|41,700|council", re.IGNORECASE)
LONG = {
    f"Item_{n}": f"The meeting heard report number {n} on the {n}th street of the town." for n in range(30)
}


def for_group(path: Path, group: str, title: str = "") -> Path:
    """The same file with front matter that says who may read it."""
    said = f"title: {title}\n" if title else ""
    path.write_text(f"---\n{said}access: {group}\n---\n{path.read_text('utf-8')}", "utf-8")
    return path


@pytest.fixture
def worker(index: OwnedIndex) -> Iterator[JobWorker]:
    working = JobWorker(index).start()
    yield working
    working.stop()


@pytest.fixture
def mixed(index: OwnedIndex, minutes: Minutes, worker: JobWorker) -> OwnedIndex:
    """An index with a public record and one for the staff."""
    other = for_group(minutes("staff.md", session="3rd", day="4 May 2019", Pay="The pay was set."), "staff")
    ingest([minutes("public.md", session="11th", day="1 March 2024"), other], index)
    return index


@pytest.fixture
def councils(index: OwnedIndex, minutes: Minutes, worker: JobWorker) -> str:
    """The record of an index for the council alone, beside a public one; its id."""
    path = for_group(minutes("12.md"), "council")
    public = for_group(minutes("public.md", session="11th", day="1 March 2024"), "public")
    report = ingest([public, path], index)
    return next(str(o.record_id) for o in report.outcomes if o.path.name == "12.md")


def readers(index: OwnedIndex, record_id: str | None, version: int | None = None) -> set[str]:
    """The groups that may read a version of a record, the active one if none is named."""
    query = "SELECT group_name FROM access a JOIN records r ON r.id = a.record_id WHERE r.id = :id AND a.version = "
    with index.catalog.read() as connection:
        values = {"id": record_id, "version": version}
        return set(connection.scalars(sa.text(query + (":version" if version else "r.active")), values))


def everything_of(index: OwnedIndex, record_id: str) -> list[tuple[object, ...]]:
    """Every row about a record, to be compared."""
    with index.catalog.read() as connection:
        return [
            tuple(row)
            for table, key in (
                ("records", "id"),
                ("versions", "record_id"),
                ("access", "record_id"),
                ("files", "record_id"),
            )
            for row in connection.execute(
                sa.text(f"SELECT * FROM {table} WHERE {key} = :id"), {"id": record_id}
            )
        ]


def look_alikes(minutes: Minutes) -> dict[str, Path]:
    """What somebody may hand in to learn of the record `secret.md` of 15 March 2024, or to take its place."""
    nearly = CANARY | {
        "Gas_safety": "The meeting stressed the inspection of gas pipes in every neighbourhood."
    }
    return {
        "a dummy of its name": minutes("dummy/secret.md", Trees="Ten trees were planted."),
        "its name, of another day": minutes("other/secret.md", day="2 May 2025", Trees="Ten trees."),
        "its day and body": minutes("day/guess.md", Trees="Ten trees were planted."),
        "its number": minutes("number/guess.md", day="16 March 2024", Trees="Ten trees were planted."),
        "its content": minutes("copy/copy.md", **CANARY),
        "its content and name": minutes("again/secret.md", **CANARY),
        "nearly its text": minutes("near/near.md", **nearly),
        "a draft of it": minutes("draft/draft.md", status="draft", **nearly),
        "approved minutes of it": minutes("final/final.md", status="approved", **nearly),
        "nothing of it": minutes("else/else.md", session="13th", day="2 June 2024", Trees="Ten trees."),
    }


ALIKE = (
    "a dummy of its name",
    "its name, of another day",
    "its day and body",
    "its number",
    "its content",
    "its content and name",
    "nearly its text",
    "a draft of it",
    "approved minutes of it",
    "nothing of it",
)


def shown(desk: Desk, *files: Path) -> list[str]:
    """All that who hands files in is told of them, from the plan to the end."""
    batch = hand_in(desk, *files)
    report = desk.plan(batch)
    job = done(desk, desk.take_in(batch, report))
    result = Report.from_json(job.result)
    pages = [
        page
        for language in ("en", "zh")
        for page in (
            intake.plan(report, (), language),  # type: ignore[arg-type]
            intake.report(result, language),  # type: ignore[arg-type]
            intake.drop(desk.outdated(), language),  # type: ignore[arg-type]
        )
    ]
    return [json.dumps(report.to_json()), json.dumps(job.result), str(job.progress), *pages]


@pytest.mark.parametrize("alike", ALIKE)
@pytest.mark.parametrize("lies", ["in a folder", "in the inbox"])
@pytest.mark.parametrize("status", ["", "approved"])
def test_all_that_is_shown_is_the_same_with_and_without_a_record_they_may_not_see(
    mixed: OwnedIndex, minutes: Minutes, alike: str, lies: str, status: str
) -> None:
    desk, handed = Desk(mixed), look_alikes(minutes)[alike]
    without = shown(desk, handed)
    secret = for_group(minutes("secret.md", status=status, **CANARY), "council", "The quillfeather")
    if lies == "in the inbox":
        desk.inbox.folder.mkdir(parents=True, exist_ok=True)
        secret = secret.rename(desk.inbox.home("secret.md"))
    (kept,) = ingest([secret], mixed).outcomes
    before = everything_of(mixed, str(kept.record_id))
    assert shown(desk, handed) == without
    assert everything_of(mixed, str(kept.record_id)) == before and readers(mixed, kept.record_id) == {
        "council"
    }
    assert "quillfeather" in secret.read_text("utf-8")
    if not TOLD_ONLY.search(handed.read_text("utf-8")):
        assert not TOLD_ONLY.search("".join(without))
    assert_stores_agree(mixed)


def test_a_dummy_takes_the_place_of_no_record_they_may_not_see(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    desk = Desk(index)
    batch = hand_in(desk, minutes("dummy/12.md", Trees="Ten trees were planted."))
    report = desk.plan(batch)
    assert told(report) == {"12.md": Status.ADDED} and not report.outcomes[0].items
    job = done(desk, desk.take_in(batch, report))
    assert told(Report.from_json(job.result)) == {"12.md": Status.ASIDE}
    assert readers(index, councils) == {"council"} and "housing plan" in active_text(index, councils)


def test_headings_titles_and_names_of_what_they_may_not_see_stand_nowhere(
    mixed: OwnedIndex, minutes: Minutes, tmp_path: Path
) -> None:
    desk = Desk(mixed)
    secret = for_group(minutes("zephyrine.md", **CANARY), "council", "The quillfeather")
    (kept,) = ingest([secret], mixed).outcomes
    (tmp_path / "quillfeather.md").write_bytes(b"")
    ingest([tmp_path / "quillfeather.md"], mixed)  # fails, and nobody knows who may read it
    put_job(mixed.catalog, "ingest", {"paths": [str(secret)], "prune": False, "force": False})
    number = put_job(mixed.catalog, "purge", {"record": "zephyrine"})
    while any(not job.over for job in desk.state().index.jobs):
        pass
    with mixed.catalog.write() as connection:
        connection.execute(sa.text("UPDATE versions SET details = json_remove(details, '$.rules')"))
    with announced(mixed.folder, [tmp_path / "zephyrine"]):
        state, outdated = desk.state(), desk.outdated()
    said = [repr(state), repr(outdated), intake.state(state, "en"), intake.drop(outdated, "en")]
    assert not TOLD_ONLY.search("".join(said)) and str(kept.record_id) not in "".join(said)
    assert (state.index.records, state.watchers, outdated) == (1, (), Outdated(0))
    assert desk.job(number) is None


def test_a_title_stated_for_a_name_of_which_they_know_no_file_is_not_told(
    mixed: OwnedIndex, minutes: Minutes
) -> None:
    desk = Desk(mixed)
    desk.inbox.folder.mkdir(parents=True)
    (desk.inbox.folder / "meetings.toml").write_text('["secret.md"]\ntitle = "The quillfeather"\n', "utf-8")
    report = desk.plan(hand_in(desk, minutes("secret.md", Trees="Ten trees were planted.")))
    assert not TOLD_ONLY.search(json.dumps(report.to_json()))


def test_who_may_see_what_there_is_decides_when_the_job_is_done(index: OwnedIndex, minutes: Minutes) -> None:
    desk = Desk(index)
    batch = hand_in(desk, minutes("dummy/12.md", Trees="Ten trees were planted."))
    number = desk.take_in(batch, desk.plan(batch))
    (kept,) = ingest([for_group(minutes("12.md"), "council")], index).outcomes  # nobody does jobs yet
    worker = JobWorker(index).start()
    job = done(desk, number)
    worker.stop()
    assert told(Report.from_json(job.result)) == {"12.md": Status.ASIDE}
    assert readers(index, kept.record_id) == {"council"}


# Put aside, and taken in by somebody who may ------------------------------------------------------------------


def test_who_may_see_everything_sees_what_was_put_aside_and_takes_it_in(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    visitor, clerk = Desk(index), Desk(index, COUNCIL)
    amended = minutes(
        "dummy/12.md", **ITEMS | {"Bus_lanes": "The meeting approved the bus lanes for two years."}
    )
    batch = hand_in(visitor, amended)
    done(visitor, visitor.take_in(batch, visitor.plan(batch)))
    assert visitor.state().aside == () and visitor.state().index.aside == ()
    ((aside, names),) = clerk.state().aside
    assert names == ("12.md",) and aside != batch and clerk.state().index.aside
    assert f'data-batch="{aside}"' in intake.state(clerk.state(), "en")
    with pytest.raises(ArrivalRefused, match="withdrawn"):
        visitor.plan(aside)
    with pytest.raises(ArrivalRefused, match="withdrawn"):
        visitor.discard(aside)
    clerk.withdraw(aside)  # to have looked at it removes nothing
    report = clerk.plan(aside)
    assert [(o.status, o.record_id) for o in report.outcomes] == [(Status.AMENDED, councils)]
    job = done(clerk, clerk.take_in(aside, report))
    assert told(Report.from_json(job.result)) == {"12.md": Status.AMENDED}
    assert "two years" in active_text(index, councils) and readers(index, councils) == {"council"}
    assert clerk.state().aside == () and clerk.inbox.home("12.md").is_file()
    assert_stores_agree(index)


def test_what_was_put_aside_outlasts_the_process_and_goes_when_it_is_discarded(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    visitor = Desk(index)
    batch = hand_in(visitor, minutes("new.md", session="14th", day="9 June 2024", Trees="Ten trees."))
    done(visitor, visitor.take_in(batch, visitor.plan(batch)))
    clerk = Desk(index, COUNCIL)  # a desk that is opened sweeps what was left
    ((aside, _),) = clerk.state().aside
    clerk.discard(aside)
    assert clerk.state().aside == () and not list(clerk.inbox.folder.rglob("*.md"))


def test_what_is_refused_of_what_was_put_aside_stays_there(
    index: OwnedIndex, minutes: Minutes, worker: JobWorker
) -> None:
    ingest([for_group(minutes("approved.md", status="approved"), "council")], index)
    visitor, clerk = Desk(index), Desk(index, COUNCIL)
    fine = minutes("new.md", session="14th", day="9 June 2024", Trees="Ten trees.")
    batch = hand_in(visitor, minutes("draft.md", status="draft"), fine)
    done(visitor, visitor.take_in(batch, visitor.plan(batch)))
    ((aside, _),) = clerk.state().aside
    report = clerk.plan(aside)
    assert told(report) == {"draft.md": Status.REFUSED, "new.md": Status.ADDED}
    done(clerk, clerk.take_in(aside, report))
    assert clerk.state().aside == ((aside, ("draft.md",)),)


@pytest.mark.parametrize("known", [True, False], ids=["a version of what all see", "a record of its own"])
def test_what_one_may_not_read_oneself_is_put_aside_for_who_may(
    index: OwnedIndex, minutes: Minutes, worker: JobWorker, known: bool
) -> None:
    (kept,) = ingest([minutes("12.md" if known else "11.md", session="12th")], index).outcomes
    visitor = Desk(index)
    day = "15 March 2024" if known else "7 July 2024"
    batch = hand_in(visitor, for_group(minutes("closed/12.md", day=day, Trees="Ten trees."), "council"))
    report = visitor.plan(batch)
    assert told(report) == {"12.md": Status.ASIDE}
    assert told(Report.from_json(done(visitor, visitor.take_in(batch, report)).result)) == {
        "12.md": Status.ASIDE
    }
    assert visitor.sees_all() and readers(index, kept.record_id) == {"public"}
    ((aside, _),) = Desk(index, COUNCIL).state().aside
    assert told(Desk(index, COUNCIL).plan(aside)) == {"12.md": Status.AMENDED if known else Status.ADDED}


def test_no_count_tells_that_an_older_version_they_may_not_see_says_the_same(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    public = for_group(minutes("12.md", Trees="Ten trees were planted."), "public")
    ingest([public], index)
    desk = Desk(index)
    batch = hand_in(desk, minutes("guess/guess.md", session="99th", day="3 March 2023"))
    (outcome,) = Report.from_json(done(desk, desk.take_in(batch, desk.plan(batch))).result).outcomes
    assert (outcome.status, outcome.encoded) == (Status.ADDED, 0) and outcome.passages


def test_who_owns_the_folder_looks_at_what_was_put_aside_and_takes_it_in(
    tmp_path: Path, minutes: Minutes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ingest.__main__.SentenceTransformerEncoder", lambda *_, **__: HashEncoder())
    place = tmp_path / "owned"
    with OwnedIndex.open(place, HashEncoder()) as index:
        (kept,) = ingest([for_group(minutes("12.md"), "council")], index).outcomes
        visitor, worker = Desk(index), JobWorker(index).start()
        batch = hand_in(visitor, minutes("dummy/12.md", **ITEMS | {"Bus_lanes": "They were approved."}))
        done(visitor, visitor.take_in(batch, visitor.plan(batch)))
        worker.stop()
    for command in ("status", "doctor"):
        assert main([command, "--index", str(place)]) == 0
        assert "1 file was handed in and put aside; python -m ingest aside" in capsys.readouterr().out
    assert main(["aside", "--index", str(place)]) == 0
    printed = capsys.readouterr().out
    assert "changed" in printed and "Bus lanes" in printed and "council only" in printed
    assert main(["aside", "--take-in", "--index", str(place)]) == 0
    assert main(["aside", "--index", str(place)]) == 0
    assert "Nothing was put aside" in capsys.readouterr().out
    with OwnedIndex.open(place, HashEncoder()) as index:
        assert "They were approved" in active_text(index, kept.record_id)
        assert readers(index, kept.record_id) == {"council"}


# Readers are never added --------------------------------------------------------------------------------------


@pytest.mark.parametrize("stated", ["", "public", "council, staff"])
def test_a_version_that_is_handed_in_has_no_reader_its_record_has_not(
    councils: str, index: OwnedIndex, minutes: Minutes, stated: str
) -> None:
    clerk = Desk(index, COUNCIL)
    amended = minutes(
        "dummy/12.md", **ITEMS | {"Bus_lanes": "The meeting approved the bus lanes for two years."}
    )
    batch = hand_in(clerk, for_group(amended, stated) if stated else amended)
    report = clerk.plan(batch)
    assert told(report) == {"12.md": Status.AMENDED} and "council only" in " ".join(report.outcomes[0].notes)
    done(clerk, clerk.take_in(batch, report))
    assert "two years" in active_text(index, councils) and readers(index, councils) == {"council"}
    (again,) = ingest([clerk.inbox.folder], index, force=True).outcomes
    assert again.status is Status.UNCHANGED and readers(index, councils) == {"council"}


def test_the_inbox_read_into_a_new_index_gives_no_version_more_readers(
    councils: str, index: OwnedIndex, minutes: Minutes, tmp_path: Path
) -> None:
    clerk = Desk(index, COUNCIL)
    amended = minutes(
        "dummy/12.md", **ITEMS | {"Bus_lanes": "The meeting approved the bus lanes for two years."}
    )
    batch = hand_in(clerk, amended)
    done(clerk, clerk.take_in(batch, clerk.plan(batch)))
    with OwnedIndex.open(tmp_path / "new", HashEncoder()) as new:
        (read,) = ingest([clerk.inbox.folder], new).outcomes
        assert readers(new, read.record_id) == {"council"}
    purge(index, councils)
    assert not [path for path in clerk.inbox.folder.rglob("*") if path.is_file()]


def test_one_for_other_readers_is_refused(councils: str, index: OwnedIndex, minutes: Minutes) -> None:
    clerk = Desk(index, COUNCIL)
    other = for_group(minutes("dummy/12.md", Trees="Ten trees were planted."), "staff")
    report = clerk.plan(hand_in(clerk, other))
    assert told(report) == {"12.md": Status.REFUSED} and "other readers" in report.outcomes[0].notes[0]


def test_who_may_add_readers_publishes_and_the_version_before_stays_the_councils(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    clerk = Desk(index, COUNCIL, may_lower=True)
    batch = hand_in(clerk, minutes("dummy/12.md", **ITEMS | {"Real_estate": "The meeting approved a plan."}))
    done(clerk, clerk.take_in(batch, clerk.plan(batch)))
    assert readers(index, councils) == {"public"} and readers(index, councils, 1) == {"council"}


def test_who_owns_the_folder_publishes_by_a_public_edition_in_the_same_file(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    edition = for_group(minutes("12.md", **ITEMS | {"Real_estate": "A plan was approved."}), "public")
    (outcome,) = ingest([edition], index).outcomes
    assert (outcome.status, outcome.record_id) == (Status.AMENDED, councils)
    assert readers(index, councils) == {"public"} and readers(index, councils, 1) == {"council"}


def test_of_two_versions_far_apart_in_one_batch_neither_adds_a_reader(
    councils: str, index: OwnedIndex, minutes: Minutes
) -> None:
    clerk = Desk(index, COUNCIL)
    between = [
        minutes(f"handed/{n}.md", session=f"{n}th", day=f"{1 + n % 28} May {1900 + n}", Trees=f"{n} trees.")
        for n in range(30, 100)  # more than a run keeps at hand
    ]
    first = minutes("handed/12.md", status="approved", **LONG)
    last = minutes("handed/99 corrected.md", status="corrected", **LONG | {"Trees": "Ten trees."})
    batch = hand_in(clerk, first, *between, last)
    report = clerk.plan(batch)
    versions = [outcome.path.name for outcome in report.of(Status.AMENDED) if outcome.record_id == councils]
    assert versions == ["12.md", "99 corrected.md"]
    done(clerk, clerk.take_in(batch, report))
    assert [readers(index, councils, version) for version in (1, 2, 3)] == [{"council"}] * 3
