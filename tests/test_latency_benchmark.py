"""The benchmark of latency: copies are like their originals, and what it builds can be asked."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import altered_copies as copies
from benchmarks import latency
from ingest.encoder import Snippet
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from tests.hash_encoder import HashEncoder

TEXT = """# Minutes of the 12th Executive Meeting

15 March 2024

Present: Carol Hansen, Wang Fang

## Real estate

Carol Hansen: The housing plan of 1998 was approved.

Wang Fang: As Hansen said, by 2031.

Carol Hansen: Agreed.
"""


def test_a_copy_has_other_years_and_names_and_the_same_lengths() -> None:
    change = copies.alteration(1, ["Carol Hansen", "Wang Fang"], frozenset(copies.words_of(TEXT)))
    altered = change.apply(TEXT)
    assert "15 March 1996" in altered and "by 2003" in altered and "plan of 1970" in altered
    assert "Cerul Hensin: The housing" in altered and "As Hensin said" in altered
    assert len(altered) == len(TEXT)
    assert change.undo(altered) == TEXT
    assert change.apply("2024/20240315-notes.md") == "1996/19960315-notes.md"


@given(
    st.integers(0, 400),
    st.lists(
        st.sampled_from(["Hansen", "Honsin", "Chair", "2024", "18990101", "20071231", "hansen", "a", "，"])
    ),
)
def test_every_copy_can_be_undone(number: int, parts: list[str]) -> None:
    text = " ".join(parts)
    change = copies.alteration(number, ["Hansen", "Honsin", "Chair"], frozenset(copies.words_of(text)))
    assert change.undo(change.apply(text)) == text


def test_a_passage_of_a_copy_gets_the_vector_of_its_original_moved_a_little(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([tmp_path / "a.md"], index)
    originals = [Snippet(text) for text in encoder.encoded]
    recalling = copies.RecallingEncoder(HashEncoder(), [tmp_path / "index"])
    recalling.alteration = copies.alteration(1, ["Carol Hansen"], frozenset(copies.words_of(TEXT)))
    with OwnedIndex.open(tmp_path / "other", recalling) as other:
        (tmp_path / "b.md").write_text(recalling.alteration.apply(TEXT), encoding="utf-8")
        ingest([tmp_path / "b.md"], other)
    assert (recalling.recalled, recalling.encoded) == (len(originals), 0)
    recalling.encode([Snippet("words that no index holds")])
    assert recalling.encoded == 1


def test_moving_a_vector_keeps_its_length_and_nearly_its_direction() -> None:
    recalling = copies.RecallingEncoder(HashEncoder(), [])
    recalling.alteration = copies.Alteration(2)
    vector = recalling.encode_query("gas pipes")
    moved = recalling._moved(vector, "some text")
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-6)
    assert 0.99 < float(moved @ vector) < 0.999
    assert np.array_equal(moved, recalling._moved(vector, "some text"))


def test_what_is_built_can_be_asked(tmp_path: Path) -> None:
    for track in ("one", "two"):
        docs = tmp_path / "bench" / track / "docs"
        docs.mkdir(parents=True)
        (docs / "2024-03-15.md").write_text(TEXT.replace("12th", f"{len(track)}th"), encoding="utf-8")
        question = {
            "id": track,
            "question": "What was approved in March 2024?",
            "scope": "2024-03-15.md",
            "gold": [],
        }
        (docs.parent / "queries.jsonl").write_text(json.dumps(question), encoding="utf-8")
    encoder = HashEncoder()
    latency.build(tmp_path / "home", latency.tracks(tmp_path / "bench"), 12, 50, [], encoder)
    made = (tmp_path / "home" / "made.txt").read_text(encoding="utf-8")
    queries = json.loads((tmp_path / "home" / "queries.json").read_text(encoding="utf-8"))
    assert "recalled and moved, 0 encoded" in made
    years = {query["question"].split()[-1] for query in queries}
    assert {"2024?", "1996?"} <= years
    with Minutebook.open(tmp_path / "home" / "index", encoder=encoder) as book:
        assert len(book.meetings()) == len(queries)
        for query in queries:
            answer = book.ask(query["question"], records=query["records"])
            assert answer.citations and {c.record.record_id for c in answer.citations} == set(
                query["records"]
            )


def test_results_are_shown_a_row_each() -> None:
    found = {"first": 1.5, "rss": 900.0, "peak": 950.0, "wall": [1.0, 3.0, 5.0], "processor": [1.0, 2.0, 3.0]}
    rows = latency.table({"reader": {"search": found, "ask": found}, "peer": {"search": found}}).splitlines()
    assert [row.split()[:4] for row in rows[1:]] == [
        ["reader", "search", "3", "5"],
        ["reader", "ask", "3", "5"],
        ["peer", "search", "3", "5"],
    ]
