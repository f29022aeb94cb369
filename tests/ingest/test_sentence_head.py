"""Entries that a learned head adds to the register."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ingest import pipeline
from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.outcomes import Status
from ingest.passages import split
from ingest.pipeline import ingest
from ingest.readers import take
from ingest.reading import read_record
from ingest.records import Decision, DecisionKind, Record
from ingest.sentence_head import KINDS, LABELS, OWN, Head, features, head_for, load, units_of, with_found
from qa import Minutebook
from tests.hash_encoder import HashEncoder

LABELLED = Path(__file__).parents[2] / "benchmarks" / "sentences"
TEXT = """# Allotment Society, minutes of 4 March 2024

## Water butts

Two butts from the yard, the treasurer being content.
Three hands up, one down.
Do we want a third?

| Butts | two from the yard |

## Fences

RESOLVED: That the fence be mended by the warden.
"""


@pytest.fixture
def record(tmp_path: Path) -> Record:
    file = tmp_path / "2024-03-04.md"
    file.write_text(TEXT, encoding="utf-8")
    return read_record(take(file), {})


def _head(told: dict[int, str], width: int) -> Head:
    """One that reads each component of a vector as a label, surely."""
    components = np.zeros((width, OWN), np.float32)
    components[:width, :width] = np.eye(width)
    rows = OWN + 2 * 48 + 3 * 15
    weights = np.zeros((rows, len(LABELS)), np.float32)
    for component, label in told.items():
        weights[component, LABELS.index(label)] = 20.0
    bias = np.where(np.array(LABELS) == "discussion", 5.0, 0.0).astype(np.float32)
    return Head("fake", 0.6, 0.6, np.zeros(width, np.float32), components, weights, bias)


def _found(record: Record, starts: dict[str, str]) -> tuple[Decision, ...]:
    """What is added where sentences that begin so are said to be of these labels."""
    labels = sorted(set(starts.values()))
    pieces = split(record)
    vectors = []
    for piece in pieces:
        rows = np.zeros((len(piece.sentences), 4), np.float32)
        for row, sentence in enumerate(piece.sentences):
            said = sentence.of(record.text).lstrip("#| ")
            label = next((label for start, label in starts.items() if said.startswith(start)), None)
            if label:
                rows[row, labels.index(label)] = 1.0
        vectors.append(rows)
    return with_found(record, pieces, vectors, _head(dict(enumerate(labels)), 4)).decisions


def _said(record: Record, entries: tuple[Decision, ...]) -> list[tuple[str, DecisionKind]]:
    return [(entry.of(record.text), entry.kind) for entry in entries if entry.rule.startswith("head.")]


def test_a_sentence_that_no_rule_reads_is_an_entry_of_the_kind_the_head_gives(record: Record) -> None:
    entries = _found(record, {"Two butts": "approved"})
    assert _said(record, entries) == [
        ("Two butts from the yard, the treasurer being content.", DecisionKind.APPROVED)
    ]
    assert next(entry.item for entry in entries if entry.rule.startswith("head.")) == "Water butts"


@pytest.mark.parametrize("label", ["vote", "noted", "motion", "proposal", "discussion"])
def test_votes_notes_and_what_settles_nothing_are_no_entries_of_the_head(record: Record, label: str) -> None:
    assert _said(record, _found(record, {"Three hands": label})) == []


def test_a_sentence_the_head_takes_for_a_task_is_a_task_by_a_threshold_of_its_own(record: Record) -> None:
    assert _said(record, _found(record, {"Two butts": "task"})) == [
        ("Two butts from the yard, the treasurer being content.", DecisionKind.ASSIGNED)
    ]


@pytest.mark.parametrize("start", ["Water butts", "Do we want", "Butts"])
def test_no_heading_question_or_row_of_a_table_is_an_entry_by_itself(record: Record, start: str) -> None:
    assert _said(record, _found(record, {start: "approved"})) == []


def test_what_the_rules_found_stays_as_it_is_and_nothing_overlaps(record: Record) -> None:
    entries = _found(record, {"RESOLVED": "rejected", "Two butts": "approved"})
    assert [entry for entry in entries if not entry.rule.startswith("head.")] == list(record.decisions)
    assert all(one.end <= other.start for one, other in pairwise(entries))
    assert record.decisions


def test_passages_without_vectors_gain_nothing(record: Record) -> None:
    pieces = split(record)
    head = _head({0: "approved"}, 4)
    assert with_found(record, pieces, [None] * len(pieces), head) == record


def test_a_head_is_the_same_after_it_was_stored(record: Record, tmp_path: Path) -> None:
    head = _head({0: "approved", 1: "task"}, 4)
    head.save(tmp_path / "head.npz")
    assert np.array_equal(load(tmp_path / "head.npz").weights, head.weights)
    assert replace(load(tmp_path / "head.npz"), mean=head.mean).threshold == head.threshold


def test_the_default_encoder_has_the_head_that_was_fitted_for_it(record: Record) -> None:
    head = head_for(SentenceTransformerEncoder().id)
    assert head is not None, "fit it anew: python -m benchmarks.train_sentences BENCH --write"
    assert head_for("another@00000000") is None
    pieces = split(record)
    units = units_of(record, pieces, [np.zeros((len(p.sentences), len(head.mean))) for p in pieces])
    assert features(units, head.mean, head.components).shape == (len(units), len(head.weights))


def test_what_the_head_found_is_stored_and_makes_no_new_version_of_a_record_that_reads_the_same(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = HashEncoder()
    always = _head({}, encoder.dimensions)
    always = replace(always, bias=np.where(np.array(LABELS) == "approved", 9.0, 0.0).astype(np.float32))
    monkeypatch.setattr(pipeline, "head_for", lambda _: always)
    file = Path(record.source)
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([file], index)
        file.write_bytes(TEXT.replace("\n", "\r\n").encode())
        assert ingest([file], index).count(Status.UNCHANGED) == 1
    with Minutebook.open(tmp_path / "index", encoder=encoder) as book:
        assert any(entry.rule == "head.approved" for entry in book.decisions())


def test_labels_are_places_in_files_and_labels_the_head_has() -> None:
    rows = [json.loads(line) for file in sorted(LABELLED.glob("*.jsonl")) for line in file.open()]
    assert len(rows) > 3_000
    assert all(row.keys() == {"file", "start", "end", "label"} for row in rows)
    assert {row["label"] for row in rows} <= set(LABELS)
    assert {label for label in KINDS if label != "withdrawn"} - {"undecided"} <= {
        row["label"] for row in rows
    }
    assert len({(row["file"], row["start"]) for row in rows}) == len(rows)
