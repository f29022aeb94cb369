"""What is kept in memory between questions: always what the catalog says, and access asked every time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from ingest import store
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import corpus as corpora
from qa.answers import MeetingRef
from qa.corpus import Corpus
from qa.holdings import Holdings
from qa.kept import Kept
from qa.matrix import read_matrix
from qa.scope import Scope
from tests.hash_encoder import HashEncoder

MINUTES = """# Minutes of the {number}th Executive Meeting

{day} March 2024

Present: Li Jun, Wang Fang

## Real estate

The meeting approved the housing plan of 3.2 million.

## Gas safety

Li Jun: The {word} of gas pipes in old neighbourhoods goes on.

Wang Fang: And the {word} of lifts?

Li Jun: Of lifts too, every year.
"""


def write(folder: Path, number: int, word: str = "inspection") -> Path:
    path = folder / f"{number}.md"
    path.write_text(MINUTES.format(number=number, day=number - 10, word=word), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    for number in range(12, 18):
        write(folder, number)
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Iterator[OwnedIndex]:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as opened:
        assert not ingest([folder], opened).failed
        yield opened


def agree(one: Holdings, other: Holdings) -> bool:
    arrays = ((one.ids, other.ids), (one.records, other.records), (one.ordinals, other.ordinals))
    return (
        (one.state, one.meetings, one.editions, one.passages)
        == (other.state, other.meetings, other.editions, other.passages)
    ) and all(np.array_equal(a, b) for a, b in arrays)


def test_after_any_change_they_are_what_reading_all_anew_gives(index: OwnedIndex, folder: Path) -> None:
    corpus = Corpus(index.catalog, index.encoder)
    with corpus.session() as session:
        session.holdings.matrix(session.connection, session.corpus.encoder.dimensions)
    for change in (
        lambda: write(folder, 13, "renewal"),  # amended
        lambda: write(folder, 18),  # added
        lambda: None,
    ):
        change()
        assert not ingest([folder], index).failed
        with corpus.session() as session:
            held, fresh = session.holdings, Holdings(session.connection)
            assert agree(held, fresh)
            kept, read = held.matrix(session.connection, 64), fresh.matrix(session.connection, 64)
            assert np.array_equal(kept.ids, read.ids) and np.array_equal(kept.rows, read.rows)
            stated = sa.text("SELECT count(*) FROM passage_words WHERE passage_words MATCH 'body : renew'")
            assert session.frequency("renew") == session.connection.scalar(stated) == 1


def test_while_nothing_changes_they_are_the_same(index: OwnedIndex) -> None:
    corpus = Corpus(index.catalog, index.encoder)
    with corpus.session() as one, corpus.session() as other:
        assert one.holdings is other.holdings


def test_a_version_that_is_only_staged_is_not_seen_and_its_words_do_not_count(
    index: OwnedIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(index.catalog, index.encoder)
    with corpus.session() as session:
        before, rarely = session.holdings, session.frequency("renew")
    monkeypatch.setattr(OwnedIndex, "upsert", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    write(folder, 13, "renewal")
    with pytest.raises(KeyboardInterrupt):
        ingest([folder], index)
    with corpus.session() as session:
        assert session.holdings.passages == before.passages
        assert (rarely, session.frequency("renew")) == (0, 0)


def test_a_record_that_was_removed_and_came_back_under_its_id_is_read_anew(
    index: OwnedIndex, folder: Path
) -> None:
    corpus = Corpus(index.catalog, index.encoder)
    with corpus.session() as session:
        gone = session.holdings.passages
        record_id = gone[0].edition.record_id
        session.load([passage.id for passage in gone])
        name = Path(
            session.connection.scalar(sa.text(f"SELECT source FROM records WHERE id = '{record_id}'"))
        ).name
    with index.catalog.write() as connection:
        stale = [passage.id for passage in gone if passage.edition.record_id == record_id]
        store.drop_passages(connection, stale)
        for table, column in (("turns", "record_id"), ("sections", "record_id"), ("decisions", "record_id")):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (record_id,))
        connection.exec_driver_sql("DELETE FROM records WHERE id = ?", (record_id,))
        store.bump(connection)
    write(folder, int(Path(name).stem), "replacement")
    assert not ingest([folder], index).failed
    with corpus.session() as session:
        edition = session.holdings.editions[record_id]
        assert edition.version == 1
        ids = [passage.id for passage in session.holdings.passages if passage.edition == edition]
        assert "replacement" in " ".join(passage.text for passage in session.load(ids).values())
        assert agree(session.holdings, Holdings(session.connection))


def test_access_is_asked_for_every_question(index: OwnedIndex) -> None:
    corpus = Corpus(index.catalog, index.encoder)
    with corpus.session() as session:
        record_id = session.records_in(Scope())[0]
        everything = session.count(Scope())
    with index.catalog.write() as connection:
        store.set_access(connection, record_id, 1, ["council"])
    with corpus.session() as session:
        assert record_id not in session.records_in(Scope())
        assert session.records_in(Scope(access=("council",))) == [record_id]
        assert session.count(Scope()) + session.count(Scope(access=("council",))) == everything
        assert session.records_in(Scope(access=())) == []


def test_speakers_narrow_to_the_passages_in_which_they_talk(index: OwnedIndex) -> None:
    with Corpus(index.catalog, index.encoder).session() as session:
        for speakers in (("Li Jun",), ("Wang Fang",), ("Li Jun", "Wang Fang"), ("Nobody",)):
            expected = [p.id for p in session.holdings.passages if set(speakers) & set(p.speakers)]
            assert session.ids(Scope(speakers=speakers)) == expected
            assert bool(expected) is (speakers != ("Nobody",))


def test_neighbours_are_those_near_in_the_same_record(index: OwnedIndex) -> None:
    with Corpus(index.catalog, index.encoder).session() as session:
        held = session.holdings.passages
        for reach in (0, 1, 2, 50):
            for chosen in ([0], [1, 5], [len(held) - 1], []):
                expected = {
                    p.id
                    for p in held
                    for place in chosen
                    if p.edition == held[place].edition and abs(p.ordinal - held[place].ordinal) <= reach
                }
                assert session.around(Scope(), [held[i].id for i in chosen], reach) == sorted(expected)


@pytest.mark.parametrize("limit", [0, 5, 10_000])
def test_the_nearest_are_the_same_however_they_are_found(
    index: OwnedIndex, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    corpus, vector = Corpus(index.catalog, index.encoder), index.encoder.encode_query("gas pipes inspection")
    monkeypatch.setattr(corpora, "EXACT_LIMIT", limit)
    for scope in (Scope(), Scope(sessions=(13, 14)), Scope(sessions=(99,)), Scope(speakers=("Li Jun",))):
        with corpus.session() as session:
            vectors = session.vectors_of(session.ids(scope))
            ranked = sorted(vectors, key=lambda i: (-round(float(vectors[i] @ vector), 5), i))
            found = session.nearest(vector, scope, 4)
            assert [i for i, _ in found] == ranked[:4]
            assert [cosine for _, cosine in found] == pytest.approx(
                [float(vectors[i] @ vector) for i in ranked[:4]], abs=1e-6
            )


def test_an_empty_index_has_nothing_and_says_so(tmp_path: Path) -> None:
    with OwnedIndex.open(tmp_path / "none", HashEncoder()) as index:
        corpus = Corpus(index.catalog, index.encoder)
        with corpus.session() as session:
            assert session.meetings(Scope()) == [] and session.ids(Scope()) == []
            assert session.ranked("passage_words", ["gas"], 0.6, Scope(), 10) == []
            assert session.nearest(np.zeros(64, np.float32), Scope(), 10) == []
            assert session.around(Scope(), [], 3) == [] and session.load([1]) == {}


def test_vectors_that_are_known_are_not_read_again(index: OwnedIndex) -> None:
    with Corpus(index.catalog, index.encoder).session() as session:
        whole = read_matrix(session.connection, session.holdings.ids, 64)
        half = read_matrix(session.connection, session.holdings.ids[::2], 64)
        assert read_matrix(session.connection, whole.ids, 64, whole) is whole
        joined = read_matrix(session.connection, whole.ids, 64, half)
        assert np.array_equal(joined.rows, whole.rows)


MEETING = MeetingRef(
    "a",
    "Minutes of the Harbour District Council",
    date(2024, 3, 30),
    date(2024, 4, 2),
    12,
    "Harbour",
    "Council",
)


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(), True),
        (Scope(records=("a", "b")), True),
        (Scope(records=()), False),
        (Scope(periods=((date(2024, 4, 1), None),)), True),
        (Scope(periods=((date(2024, 4, 3), None),)), False),
        (Scope(periods=((None, date(2024, 3, 30)),)), True),
        (Scope(periods=((None, date(2024, 3, 29)),)), False),
        (Scope(periods=((None, date(2023, 1, 1)), (date(2024, 4, 2), date(2024, 4, 2)))), True),
        (Scope(sessions=(11, 12)), True),
        (Scope(sessions=(11,)), False),
        (Scope(bodies=("Council",)), True),
        (Scope(bodies=("Harbour",)), True),
        (Scope(bodies=("harbour district",)), True),
        (Scope(bodies=("Library Board",)), False),
        (Scope(sessions=(12,), bodies=("Library Board",)), False),
    ],
)
def test_what_a_scope_holds(scope: Scope, holds: bool) -> None:
    assert scope.holds(MEETING) is holds


def test_a_meeting_without_a_date_lies_in_no_period() -> None:
    assert not Scope(periods=((None, None),)).holds(MeetingRef("a", "Minutes"))


def test_what_was_asked_for_longest_ago_is_not_kept() -> None:
    kept: Kept[str, str] = Kept(10, len)
    kept.keep({"a": "1234", "b": "1234"})
    assert kept.known(["a"]) == {"a": "1234"}
    kept.keep({"c": "1234"})
    assert set(kept.known("abc")) == {"a", "c"}
    kept.keep({"huge": "1" * 11})
    assert kept.known(["huge", "a"]) == {}
