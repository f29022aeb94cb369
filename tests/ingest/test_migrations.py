"""An index that an earlier release made is opened, upgraded in place, and goes on."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.catalog import FILE_NAME, SCHEMA_VERSION, create_catalog, open_existing
from ingest.errors import IndexBusy
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.owner import Owner
from ingest.passages import SPLITTER_VERSION
from ingest.pipeline import ingest
from ingest.tables import schema
from tests.hash_encoder import HashEncoder
from tests.ingest.conftest import assert_stores_agree, visible

TABLES = (
    "records",
    "versions",
    "access",
    "sections",
    "turns",
    "decisions",
    "passages",
    "passage_speakers",
    "vectors",
)
MINUTES = "# Minutes of the 12th Executive Meeting\n\n15 March 2024\n\n## Gas\n\nThe meeting approved the gas plan.\n"


@pytest.fixture(params=[1, 2, 3, 4, 5])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An index of an older schema: the rows of a fresh one, written into the tables as they were then."""
    schema_then = (Path(__file__).parent / f"catalog_v{request.param}.sql").read_text(encoding="utf-8")
    (tmp_path / "12.md").write_text(MINUTES, encoding="utf-8")
    with OwnedIndex.open(tmp_path / "fresh", HashEncoder()) as index:
        ingest([tmp_path / "12.md"], index)
    (tmp_path / "index").mkdir()
    with sqlite3.connect(tmp_path / "index" / FILE_NAME) as old:
        old.executescript(schema_then)
        old.execute("ATTACH ? AS fresh", (str(tmp_path / "fresh" / FILE_NAME),))
        for table in (*TABLES, "passage_words(rowid, body, context)"):
            name = table.split("(")[0]
            own = [row[1] for row in old.execute(f"PRAGMA main.table_info({name})")]
            theirs = [row[1] for row in old.execute(f"PRAGMA fresh.table_info({name})")]
            columns = ", ".join(f'"{c}"' for c in own if c in theirs)
            columns = f"rowid, {columns}" if "(" in table else columns
            old.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM fresh.{name}")
        if request.param == 1:
            state = (tmp_path / "12.md").stat()
            old.execute(
                "UPDATE main.records SET modified_ns = ?, size = ?", (state.st_mtime_ns, state.st_size)
            )
        else:
            old.execute("INSERT INTO main.files SELECT * FROM fresh.files")
        meta = {
            "schema_version": str(request.param),
            "generation": "1",
            "vectors": "1",
            "encoder": "hash@64",
            "splitter": str(SPLITTER_VERSION),
        }
        old.executemany("INSERT INTO main.meta VALUES (?, ?)", meta.items())
    return tmp_path / "index"


def test_an_older_index_is_upgraded_in_place_and_goes_on(place: Path) -> None:
    file = place.parent / "12.md"
    with (
        OwnedIndex.open(place, HashEncoder()) as index,
        OwnedIndex.open(place.parent / "fresh", HashEncoder()) as fresh,
    ):
        assert index.catalog.setting("schema_version") == str(SCHEMA_VERSION)
        assert visible(index) == visible(fresh)
        assert_stores_agree(index)
        assert [o.status for o in ingest([file], index).outcomes] == [Status.UNCHANGED]
        file.write_text(MINUTES.replace("approved", "rejected"), encoding="utf-8")
        assert [o.status for o in ingest([file], index).outcomes] == [Status.AMENDED]
        with index.catalog.read() as connection:
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []


def test_a_reader_upgrades_too_but_not_under_an_owner_of_the_older_version(place: Path) -> None:
    with Owner(place), pytest.raises(IndexBusy):
        open_existing(place)
    with open_existing(place) as catalog:
        assert catalog.setting("schema_version") == str(SCHEMA_VERSION)


def test_an_upgraded_catalog_has_the_tables_of_a_new_one(place: Path) -> None:
    with create_catalog(place) as upgraded, create_catalog(place.parent / "fresh") as fresh:
        for table in schema.sorted_tables:
            query = sa.text(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table.name}')")
            with upgraded.read() as one, fresh.read() as other:
                assert sorted(map(tuple, one.execute(query))) == sorted(map(tuple, other.execute(query))), (
                    table.name
                )
            query = sa.text("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")
            with upgraded.read() as one, fresh.read() as other:
                assert one.scalars(query).all() == other.scalars(query).all()


def test_each_version_of_an_older_index_has_its_readers_and_the_digest_of_its_text(place: Path) -> None:
    with sqlite3.connect(place / FILE_NAME) as old:
        if "version" in {row[1] for row in old.execute("PRAGMA table_info(access)")}:
            pytest.skip("versions had readers of their own then")
        columns = ", ".join(
            f'"{row[1]}"' for row in old.execute("PRAGMA table_info(versions)") if row[1] != "version"
        )
        old.execute(f"INSERT INTO versions (version, {columns}) SELECT 7, {columns} FROM versions")
        stated = "json_set(details, '$.access', json('[\"council\", \"staff\"]'))"
        old.execute(f"UPDATE versions SET state = 'superseded', details = {stated} WHERE version = 7")
    with create_catalog(place) as catalog, catalog.read() as connection:
        readers = connection.execute(
            sa.text("SELECT version, group_name FROM access ORDER BY version, group_name")
        )
        assert readers.all() == [(1, "public"), (7, "council"), (7, "staff")]
        for text, digest in connection.execute(sa.text("SELECT text, text_digest FROM versions")):
            assert hashlib.sha256(text.encode()).hexdigest() == digest


def test_a_kept_answer_of_an_older_index_draws_on_the_versions_it_quotes_or_on_all_it_may_have_named(
    place: Path,
) -> None:
    with sqlite3.connect(place / FILE_NAME) as old:
        if not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'answer_sources'").fetchone():
            pytest.skip("no answers were kept then")
        if "version" in {row[1] for row in old.execute("PRAGMA table_info(answer_sources)")}:
            pytest.skip("the versions an answer draws on were kept then")
        columns = ", ".join(
            f'"{row[1]}"' for row in old.execute("PRAGMA table_info(versions)") if row[1] != "version"
        )
        old.execute(f"INSERT INTO versions (version, {columns}) SELECT 7, {columns} FROM versions")
        [record_id] = old.execute("SELECT id FROM records").fetchone()
        cites = json.dumps({"citations": [{"record": {"record_id": record_id}, "version": 1}], "nearest": []})
        names = json.dumps({"citations": [], "nearest": []})
        insert = "INSERT INTO answers (id, ordinal, asked, question, answer) VALUES (?, 1, '', '', ?)"
        old.executemany(insert, [(1, cites), (2, names)])
        old.executemany("INSERT INTO answer_sources VALUES (?, ?)", [(1, record_id), (2, record_id)])
    with create_catalog(place) as catalog, catalog.read() as connection:
        drawn = connection.execute(sa.text("SELECT answer_id, version FROM answer_sources ORDER BY 1, 2"))
        assert drawn.all() == [(1, 1), (2, 1), (2, 7)]
