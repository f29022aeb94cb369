"""A byte that changes inside the catalog, where SQLite does not look, is said and never quoted; the rest goes on."""

import datetime
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import care, doctor, store
from ingest.__main__ import main
from ingest.catalog import FILE_NAME, open_existing
from ingest.errors import IngestError, RecordDamaged
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Report, Status
from ingest.pipeline import ingest, plan
from qa import Minutebook
from qa.__main__ import main as ask_main
from tests.hash_encoder import HashEncoder

HURT, SOUND = "harbour.md", "library.md"
MINUTES = {
    HURT: """# Minutes of the 12th Ordinary Meeting of the Elmford Town Council

4 March 2025

Present: Helen Brandt (Chair), Dana Ruiz

## 1. Harbour wall

Resolution: The Council approved the repair of the harbour wall. The motion was carried by 8 votes to 2.

Action: The Town Clerk to sign the harbour contract by 20 March 2025 for 48,200 pounds.
""",
    SOUND: """# Minutes of the 13th Ordinary Meeting of the Elmford Town Council

8 April 2025

Present: Helen Brandt (Chair), Dana Ruiz

## 1. Library wall

Resolution: The Council approved the repair of the library wall. The motion was carried by 7 votes to 1.
""",
}
_HERE = "record_id = (SELECT id FROM records WHERE source LIKE '%harbour.md')"
_RECORD = "FROM records WHERE source LIKE '%harbour.md'"
DAMAGE = {  # what happens to a value of the first record
    "a vote in the text": f"UPDATE versions SET text = replace(text, '8 votes', '3 votes') WHERE {_HERE}",
    "a byte that is no UTF-8 in the text": "UPDATE versions SET text = CAST(replace(CAST(text AS BLOB), X'38', X'FF') "
    f"AS TEXT) WHERE {_HERE}",
    "a text that is a blob": f"UPDATE versions SET text = CAST(text AS BLOB) WHERE {_HERE}",
    "a text that is cut off": f"UPDATE versions SET text = substr(text, 1, 40) WHERE {_HERE}",
    "a title": f"UPDATE versions SET title = 'Minutes of nothing' WHERE {_HERE}",
    "a title that is a blob": f"UPDATE versions SET title = X'ff00' WHERE {_HERE}",
    "a day": f"UPDATE versions SET date = '2025-03-05' WHERE {_HERE}",
    "a day that is none": f"UPDATE versions SET date = '2025-0x-04' WHERE {_HERE}",
    "a session that is a word": f"UPDATE versions SET session = 'twelve' WHERE {_HERE}",
    "a body": f"UPDATE versions SET body = 'Elmford Gown Council' WHERE {_HERE}",
    "details that are no JSON": f"UPDATE versions SET details = replace(details, '{{', '<') WHERE {_HERE}",
    "details that lack a field": f"UPDATE versions SET details = json_remove(details, '$.origins') WHERE {_HERE}",
    "details that are a list": f"UPDATE versions SET details = '[]' WHERE {_HERE}",
    "the digest of the text": f"UPDATE versions SET text_digest = upper(text_digest) WHERE {_HERE}",
    "a decision's kind": f"UPDATE decisions SET kind = 'rejected' WHERE {_HERE} AND kind = 'approved'",
    "a kind that is none": f"UPDATE decisions SET kind = 'appproved' WHERE {_HERE}",
    "a tally": f"UPDATE decisions SET tally = replace(tally, '8', '3') WHERE {_HERE}",
    "a tally that is no JSON": f"UPDATE decisions SET tally = '{{8' WHERE {_HERE}",
    "amounts that are no JSON": f"UPDATE decisions SET amounts = '' WHERE {_HERE}",
    "a due date that is none": f"UPDATE decisions SET due = 'soon' WHERE {_HERE}",
    "a decision beyond the text": f'UPDATE decisions SET start = 9000, "end" = 9100 WHERE {_HERE}',
    "a decision that runs backwards": f'UPDATE decisions SET start = "end" + 5 WHERE {_HERE}',
    "a decision that is gone": f"DELETE FROM decisions WHERE {_HERE} AND ordinal = 0",
    "a chair": f"UPDATE versions SET chair = 'Gil Harrow' WHERE {_HERE}",
    "who attended": f"UPDATE versions SET details = replace(details, 'Dana Ruiz', 'Gil Harrow') WHERE {_HERE}",
    "a section's title": f"UPDATE sections SET title = 'Harbour fall' WHERE {_HERE}",
    "a passage beyond the text": f'UPDATE passages SET "end" = "end" + 900 WHERE {_HERE} AND ordinal = 1',
    "a passage that is moved": f'UPDATE passages SET start = start + 1, "end" = "end" + 1 WHERE {_HERE}',
    "sentences that are no JSON": f"UPDATE passages SET sentences = '[[0' WHERE {_HERE}",
    "an item of a passage": f"""UPDATE passages SET item = '["Harbour hall"]' WHERE {_HERE}""",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("sound")
    (base / "minutes").mkdir()
    for name, text in MINUTES.items():
        (base / "minutes" / name).write_text(text, encoding="utf-8")
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        assert not ingest([base / "minutes"], index).failed
    return base


@pytest.fixture
def base(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the index, with the files it was made of where they were."""
    shutil.copytree(sound / "index", tmp_path / "index")
    return tmp_path


def damage(place: Path, how: str) -> None:
    with sqlite3.connect(place / "index" / FILE_NAME) as catalog:
        assert catalog.execute(DAMAGE[how]).rowcount
    catalog.close()


def opened(place: Path, **options: object) -> Minutebook:
    today = datetime.date(2025, 11, 1)
    return Minutebook.open(place / "index", encoder=HashEncoder(), today=today, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("how", DAMAGE)
def test_what_is_damaged_is_named_and_left_out_on_every_way_to_read_it(base: Path, how: str) -> None:
    with opened(base) as book:
        hurt = next(one.record_id for one in book.meetings() if one.session == 12)
    damage(base, how)
    with opened(base) as book:
        answer = book.ask("What was decided on the wall?")
        assert [citation.record.session for citation in answer.citations] == [13]
        assert any(HURT in notice and "damaged" in notice for notice in answer.notices)
        assert {hit.meeting.session for hit in book.search("harbour wall")} == {13}
        assert {entry.meeting.session for entry in book.decisions()} == {13}
        assert [event.citation.record.session for event in book.timeline("wall").events] == [13]
        assert [one.session for one in book.meetings()] == [13]
        assert not any("Gown" in body for body in book.bodies()) and book.speakers()
        assert book.versions(hurt) == []
        assert len(book.damaged()) == 1 and HURT in book.damaged()[0]
        try:
            record = book.record(hurt)
        except RecordDamaged as error:
            assert f"{hurt} ({HURT})" in str(error) and "Ingest its file again" in str(error)
        else:  # its passages alone are damaged, which it is not made of
            assert record and "8 votes" in record.text


@pytest.mark.parametrize("how", DAMAGE)
def test_what_is_damaged_is_found_by_those_who_keep_the_index_and_mended_by_its_unchanged_file(
    sound: Path, base: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(base) as book:
        before = book.ask("What was decided on the harbour wall?")
    damage(base, how)
    place = str(base / "index")
    assert main(["doctor", "--index", place]) == 1
    assert HURT in capsys.readouterr().err
    assert main(["status", "--records", "--index", place]) == 0
    assert HURT in capsys.readouterr().out
    assert HURT in " ".join(care.backup(base / "index", base / "copy"))
    with open_existing(base / "index") as catalog:
        assert _done(plan([sound / "minutes"], catalog)) == {HURT: Status.REREAD, SOUND: Status.UNCHANGED}
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        assert _done(ingest([sound / "minutes"], index)) == {HURT: Status.REREAD, SOUND: Status.UNCHANGED}
        assert _done(ingest([sound / "minutes"], index)) == {HURT: Status.UNCHANGED, SOUND: Status.UNCHANGED}
        assert doctor.examine_owned(index).findings == ()
    with opened(base) as book:
        after = book.ask("What was decided on the harbour wall?")
        assert after.citations == before.citations and not after.notices


def test_a_byte_changed_in_the_file_itself_is_found_where_sqlite_finds_nothing(base: Path) -> None:
    file = base / "index" / FILE_NAME
    data = file.read_bytes()
    assert b"8 votes" in data
    file.write_bytes(data.replace(b"8 votes", b"3 votes"))
    with sqlite3.connect(file) as catalog:
        assert catalog.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    catalog.close()
    assert any(HURT in finding for finding in doctor.examine(base / "index").findings)


@pytest.mark.parametrize("asked", ["search", "ask", "timeline", "decisions"])
def test_what_changes_while_the_index_is_open_is_not_quoted_either(base: Path, asked: str) -> None:
    ways: dict[str, Callable[[Minutebook], object]] = {
        "search": lambda book: book.search("harbour wall"),
        "ask": lambda book: book.ask("What was decided on the harbour wall?"),
        "timeline": lambda book: book.timeline("harbour wall"),
        "decisions": lambda book: book.decisions("harbour wall"),
    }
    with opened(base) as book:
        assert book.meetings()  # the index has been looked at
        damage(base, "a vote in the text")
        assert "3 votes" not in repr(ways[asked](book))
        book.search("harbour wall")
        assert HURT in book.ask("What was decided on the wall?").notices[0]


@pytest.mark.parametrize(
    "how", ["a decision's kind", "a tally", "a kind that is none", "a decision that is gone"]
)
def test_a_register_that_changes_while_the_index_is_open_is_not_shown(base: Path, how: str) -> None:
    with opened(base) as book:
        assert book.meetings()
        damage(base, how)
        assert {entry.meeting.session for entry in book.decisions()} == {13}
        assert {citation.record.session for citation in book.ask("How many votes in favour?").citations} <= {
            13
        }
        assert HURT in book.damaged()[0]


@pytest.mark.parametrize("how", ["a chair", "who attended", "details that are no JSON"])
def test_names_that_change_while_the_index_is_open_are_not_shown(base: Path, how: str) -> None:
    with opened(base) as book:
        assert book.meetings()
        damage(base, how)
        assert "Dana Ruiz" in book.speakers() and "Gil Harrow" not in book.speakers()
        assert HURT in book.damaged()[0]


def test_who_may_not_see_a_record_is_not_told_that_it_is_damaged(base: Path) -> None:
    damage(base, "a vote in the text")
    with sqlite3.connect(base / "index" / FILE_NAME) as catalog:
        [hurt] = catalog.execute("SELECT id FROM records WHERE source LIKE '%harbour.md'").fetchone()
    catalog.close()
    with open_existing(base / "index") as council_only, council_only.write() as connection:
        store.set_access(connection, hurt, 1, ["council"])
    with opened(base) as public, opened(base, access=("public", "council")) as council:
        question = "What was decided on the wall?"
        assert public.damaged() == [] and public.ask(question).notices == ()
        assert len(council.damaged()) == len(council.ask(question).notices) == 1


@pytest.mark.parametrize("list_of", [["meetings"], ["decisions"], ["search", "wall"], ["timeline", "wall"]])
def test_lists_on_the_command_line_say_what_they_leave_out(
    base: Path, list_of: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.__main__.SentenceTransformerEncoder", lambda *_, **__: HashEncoder())
    damage(base, "a day that is none")
    assert ask_main([*list_of, "--index", str(base / "index")]) == 0
    said = capsys.readouterr()
    assert HURT in said.err and said.out and "arbour" not in said.out


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files SET path = CAST(path AS BLOB)",
        "UPDATE files SET digest = X'ff', size = 'x'",
        "UPDATE records SET source = X'ff00'",
        "INSERT INTO failures VALUES (X'ff', X'ff', 5, 0)",
        "UPDATE meta SET value = 'x' WHERE key = 'generation'",
    ],
)
def test_damage_to_what_is_known_of_files_ends_no_command_in_a_traceback(
    sound: Path, base: Path, change: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(base / "index" / FILE_NAME) as catalog:
        catalog.execute(change)
    catalog.close()
    place = str(base / "index")
    assert main(["status", "--records", "--index", place]) == 0
    assert main(["doctor", "--index", place]) in (0, 1)
    with open_existing(base / "index") as catalog:
        assert set(_done(plan([sound / "minutes"], catalog))) == {HURT, SOUND}
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        assert not ingest([sound / "minutes"], index).failed
    with opened(base) as book:
        assert "8 votes" in str(book.ask("What was decided on the harbour wall?"))


def test_a_sound_backup_is_not_replaced_by_a_damaged_one(base: Path) -> None:
    assert care.backup(base / "index", base / "copy") == ()
    kept = (base / "copy").read_bytes()
    damage(base, "a tally")
    with pytest.raises(IngestError, match=r"copy is kept"):
        care.backup(base / "index", base / "copy")
    assert (base / "copy").read_bytes() == kept


def test_a_damaged_older_version_is_neither_shown_nor_gone_back_to(sound: Path, base: Path) -> None:
    minutes = base / "minutes"
    shutil.copytree(sound / "minutes", minutes)
    shutil.rmtree(base / "index")
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        ingest([minutes], index)
        (minutes / HURT).write_text(MINUTES[HURT].replace("8 votes", "9 votes"), encoding="utf-8")
        ingest([minutes], index)
        record_id = next(one.id for one in care.held_records(index.catalog) if one.source.endswith(HURT))
        with index.catalog.write() as connection:
            connection.exec_driver_sql("UPDATE versions SET text = replace(text, '8 votes', '3 votes')")
        with pytest.raises(RecordDamaged):
            rollback(index, record_id)
    with opened(base) as book:
        assert [one.version for one in book.versions(record_id)] == [2]
        assert "9 votes" in str(book.ask("What was decided on the harbour wall?"))
        with pytest.raises(RecordDamaged, match="Version 1"):
            book.record(record_id, 1)


def _done(report: Report) -> dict[str, Status]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


STANDING = {  # what happens to what says which version is shown to whom
    "a version that is none is active": f"UPDATE records SET active = 7 WHERE id = (SELECT id {_RECORD})",
    "no version is active": f"UPDATE records SET active = NULL WHERE id = (SELECT id {_RECORD})",
    "an older version is active": f"UPDATE records SET active = 1 WHERE id = (SELECT id {_RECORD})",
    "the version was never shown": f"UPDATE versions SET state = 'staging' WHERE {_HERE} AND version = 2",
    "the older version was never shown": f"UPDATE versions SET state = 'staging' WHERE {_HERE} AND version = 1",
    "another group reads it": f"UPDATE access SET group_name = 'publib' WHERE {_HERE}",
    "more read it": f"INSERT INTO access SELECT record_id, version, 'publib' FROM versions WHERE {_HERE}",
    "nobody reads it": f"DELETE FROM access WHERE {_HERE}",
    "it is held back": f"UPDATE records SET held = 1 WHERE id = (SELECT id {_RECORD})",
    "the seal": f"UPDATE records SET seal = '' WHERE id = (SELECT id {_RECORD})",
}


@pytest.fixture
def amended(sound: Path, base: Path) -> Path:
    """An index in which the first record has two versions."""
    shutil.rmtree(base / "index")
    shutil.copytree(sound / "minutes", base / "minutes")
    with OwnedIndex.open(base / "index", HashEncoder()) as index:
        ingest([base / "minutes"], index)
        (base / "minutes" / HURT).write_text(MINUTES[HURT].replace("8 votes", "9 votes"), encoding="utf-8")
        ingest([base / "minutes"], index)
    return base


@pytest.mark.parametrize("how", STANDING)
def test_a_record_whose_standing_is_damaged_is_named_shown_to_nobody_and_mended_by_its_unchanged_file(
    amended: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(amended / "index")
    with opened(amended) as book:
        [hurt] = [one.record_id for one in book.meetings() if one.session == 12]
        change(amended, STANDING[how])  # seen at once, also where the index was open already
        assert HURT not in str(book.meetings()) and hurt in str(book.damaged())
    with opened(amended, access=("public", "publib")) as book:
        assert [one.session for one in book.meetings()] == [13]
        assert any(hurt in notice for notice in book.ask("What was decided on the wall?").notices)
        assert "9 votes" not in str(book.ask("How many votes was the harbour wall carried by?"))
    assert main(["doctor", "--index", place]) == 1
    assert hurt in capsys.readouterr().err
    assert main(["status", "--index", place]) == 0
    assert hurt in capsys.readouterr().out
    with OwnedIndex.open(amended / "index", HashEncoder()) as index, index.catalog.read() as connection:
        held = connection.exec_driver_sql(
            "SELECT count(*) FROM versions WHERE record_id = ?", (hurt,)
        ).scalar()
        assert held == 2  # recovery removes nothing that was shown once
    with OwnedIndex.open(amended / "index", HashEncoder()) as index:
        assert _done(ingest([amended / "minutes"], index)) == {HURT: Status.REREAD, SOUND: Status.UNCHANGED}
        assert _done(ingest([amended / "minutes"], index)) == {
            HURT: Status.UNCHANGED,
            SOUND: Status.UNCHANGED,
        }
        assert doctor.examine_owned(index).findings == ()
    with opened(amended) as book:
        assert "9 votes" in str(book.ask("How many votes was the harbour wall carried by?"))
        assert book.damaged() == [] and len(book.versions(hurt)) >= 1


def test_mending_gives_no_older_version_readers_that_it_does_not_state(amended: Path) -> None:
    text = "---\naccess: council\n---\n" + MINUTES[SOUND]
    (amended / "minutes" / SOUND).write_text(text, encoding="utf-8")
    with OwnedIndex.open(amended / "index", HashEncoder()) as index:
        ingest([amended / "minutes"], index)
        (amended / "minutes" / SOUND).write_text(text.replace("7 votes", "6 votes"), encoding="utf-8")
        ingest([amended / "minutes"], index)
    change(amended, "UPDATE access SET group_name = 'public' WHERE group_name = 'council'")
    with OwnedIndex.open(amended / "index", HashEncoder()) as index:
        ingest([amended / "minutes"], index)
        [number] = [one.id for one in care.held_records(index.catalog) if one.source.endswith(SOUND)]
        with index.catalog.read() as connection:
            assert "public" not in store.readers(connection, number, 2) | store.readers(connection, number, 3)


def change(place: Path, statement: str) -> None:
    with sqlite3.connect(place / "index" / FILE_NAME) as catalog:
        assert catalog.execute(statement).rowcount
    catalog.close()
