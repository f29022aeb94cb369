"""An average of adapters adds the weighted sum of what they add."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmarks.adapter.soup import average
from ingest.adapters import deltas

WEIGHTS = ("encoder.layer.0.attention.self.query", "encoder.layer.0.output.dense")


def write(folder: Path, rank: int, seed: int, names: tuple[str, ...] = WEIGHTS, alpha: float = 2.0) -> Path:
    chance = np.random.default_rng(seed)
    folder.mkdir()
    state = {}
    for name in names:
        state[f"base_model.model.{name}.lora_A.weight"] = chance.normal(size=(rank, 12)).astype(np.float16)
        state[f"base_model.model.{name}.lora_B.weight"] = chance.normal(size=(8, rank)).astype(np.float16)
    save_file(state, folder / "adapter_model.safetensors")
    settings = {"r": rank, "lora_alpha": alpha * rank, "peft_type": "LORA"}
    (folder / "adapter_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def test_the_average_adds_the_weighted_sum(tmp_path: Path) -> None:
    parts = [write(tmp_path / "one", 4, 1), write(tmp_path / "two", 3, 2)]
    average(parts, (0.5, 0.25), tmp_path / "both")
    one, two, both = (dict(deltas(folder)) for folder in (*parts, tmp_path / "both"))
    assert both.keys() == one.keys() == {f"{name}.weight" for name in WEIGHTS}
    for name, delta in both.items():
        np.testing.assert_allclose(delta, 0.5 * one[name] + 0.25 * two[name], atol=0.02)
        assert np.abs(delta).max() > 0.5
    settings = json.loads((tmp_path / "both" / "adapter_config.json").read_text(encoding="utf-8"))
    assert settings == {"r": 7, "lora_alpha": 14.0, "peft_type": "LORA"}


def test_adapters_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    one = write(tmp_path / "one", 4, 1)
    with pytest.raises(ValueError, match="different weights"):
        average((one, write(tmp_path / "fewer", 4, 2, WEIGHTS[:1])), (1, 1), tmp_path / "out")
    with pytest.raises(ValueError, match="alpha / rank"):
        average((one, write(tmp_path / "stronger", 4, 2, alpha=3.0)), (1, 1), tmp_path / "out")
    assert not (tmp_path / "out").exists()
