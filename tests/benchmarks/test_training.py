"""Training over the kept states of the lower layers: what it learns, what it keeps, what it leaves alone."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.adapter import training
from benchmarks.adapter.examples import Example, Piece, Track
from benchmarks.adapter.layers import Encoder, through
from benchmarks.adapter.measure import measure
from benchmarks.adapter.mining import judge
from benchmarks.adapter.training import Lesson, Settings, train
from benchmarks.adapter.tuned import Tuned
from ingest.adapters import deltas
from ingest.encoder import Snippet
from ingest.records import Span
from tests.benchmarks.tiny_bert import LAYERS, WORDS, write_tiny_bert

SETTINGS = Settings(rank=4, alpha=8, rate=0.02, passages=6, temperature=0.1, full_text=0.0)
ANSWER = {"gas": "road", "tax": "school", "rent": "chair"}  # nothing that the weights know


@pytest.fixture
def encoder(tmp_path: Path) -> Encoder:
    return Encoder(write_tiny_bert(tmp_path / "tiny"), 1, tmp_path / "kept")


@pytest.fixture
def lesson() -> Lesson:
    texts = [f"{word} budget." for word in (*ANSWER.values(), *ANSWER)]
    spans = [Span(20 * i, 20 * i + len(text)) for i, text in enumerate(texts)]
    pieces = tuple(
        Piece(span.start, span.end, Snippet(text, (Span(0, len(text)),)), (span,))
        for text, span in zip(texts, spans, strict=True)
    )
    asked = tuple(Example(word, word, word, ("one",), {"one": (spans[i],)}) for i, word in enumerate(ANSWER))
    track = Track("t", {"one": pieces}, asked)
    return Lesson(track, tuple(judge(track, one) for one in asked), passes=30)


def test_what_is_learned_ranks_answers_first_and_the_adapter_holds_it(
    encoder: Encoder, lesson: Lesson, tmp_path: Path
) -> None:
    asked = lesson.track.examples
    assert measure(lesson.track, asked, Tuned(encoder, encoder.upper()))["hit@1"] < 1.0
    adapter = train(encoder, [lesson], SETTINGS, tmp_path / "adapter")
    learned = Tuned(encoder, encoder.changed(dict(deltas(adapter))))
    assert measure(lesson.track, asked, learned)["hit@1"] == 1.0


def test_only_the_upper_layers_change(encoder: Encoder, lesson: Lesson, tmp_path: Path) -> None:
    adapter = train(encoder, [replace(lesson, passes=1)], SETTINGS, tmp_path / "adapter")
    changed = {int(name.split(".")[2]) for name, _ in deltas(adapter)}
    assert changed == set(range(1, LAYERS))


def test_a_fresh_change_changes_nothing(encoder: Encoder) -> None:
    states = encoder.states([encoder.read("gas tax"), encoder.read("vote")])
    with torch.inference_mode():
        plain, fresh = (through(encoder.upper(rank), states) for rank in (0, 4))
    assert torch.equal(plain, fresh)


def test_what_was_learned_is_not_learned_again_and_other_settings_are(
    encoder: Encoder, lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(lesson, passes=1)
    train(encoder, [short], SETTINGS, tmp_path / "adapter")
    learned: list[int] = []
    monkeypatch.setattr(training, "_learn", lambda *rest: learned.append(1))
    train(encoder, [short], SETTINGS, tmp_path / "adapter")
    assert learned == []
    train(encoder, [short], replace(SETTINGS, rate=0.01), tmp_path / "adapter")
    assert learned == [1]


def test_an_interrupted_course_ends_where_an_uninterrupted_one_does(
    encoder: Encoder, lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "EVERY", 4)
    whole = train(encoder, [lesson], SETTINGS, tmp_path / "whole")
    real, shown = training.sheet_loss, []

    def tired(*rest: object) -> torch.Tensor:
        if len(shown) == 10:
            raise KeyboardInterrupt
        shown.append(1)
        return real(*rest)  # type: ignore[arg-type]

    monkeypatch.setattr(training, "sheet_loss", tired)
    with pytest.raises(KeyboardInterrupt):
        train(encoder, [lesson], SETTINGS, tmp_path / "parts")
    monkeypatch.setattr(training, "sheet_loss", real)
    parts = train(encoder, [lesson], SETTINGS, tmp_path / "parts")
    for (name, one), (_, other) in zip(deltas(whole), deltas(parts), strict=True):
        np.testing.assert_array_equal(one, other, err_msg=name)


def test_what_the_lower_layers_made_of_a_text_is_kept(encoder: Encoder, tmp_path: Path) -> None:
    read = [encoder.read(" ".join(WORDS[3:6])), encoder.read("chair")]
    first = encoder.states(read)
    again = Encoder(tmp_path / "tiny", 1, tmp_path / "kept")
    again._below = None  # type: ignore[method-assign,assignment]
    for one, other in zip(first, again.states(read), strict=True):
        assert torch.equal(one, other)


def test_the_states_of_other_weights_are_not_used(encoder: Encoder, tmp_path: Path) -> None:
    read = [encoder.read("gas tax")]
    (first,) = encoder.states(read)
    other = tmp_path / "other" / "tiny"
    other.parent.mkdir()
    shutil.copytree(tmp_path / "tiny", other)
    from safetensors.torch import load_file, save_file

    weights = load_file(other / "model.safetensors")
    save_file({name: 2 * of for name, of in weights.items()}, other / "model.safetensors")
    (second,) = Encoder(other, 1, tmp_path / "kept").states(read)
    assert not torch.equal(first, second)


def test_the_files_are_those_of_peft(encoder: Encoder, lesson: Lesson, tmp_path: Path) -> None:
    adapter = train(encoder, [replace(lesson, passes=1)], SETTINGS, tmp_path / "adapter")
    config = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    assert (config["peft_type"], config["r"], config["lora_alpha"]) == ("LORA", 4, 8)
    assert config["target_modules"] == ["dense", "key", "query", "value"]
