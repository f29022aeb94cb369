"""Low-rank adapters (LoRA, Hu et al. 2021): small changes of an encoder's weights, added to them when it is loaded.

An adapter is a folder as PEFT writes it: `adapter_model.safetensors` holds two thin matrices A and B for each
weight W that changes, `adapter_config.json` says how much they count. W + (alpha / rank) B A takes the place of W,
so that encoding costs what it costs without an adapter. Those for meetings lie in `ingest/adapter/`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import IngestError

if TYPE_CHECKING:
    from torch import Tensor

SHIPPED = (
    Path(__file__).parent / "adapter"
)  # a folder for each bundled encoder that has one; its README.md is the card
MEETINGS = "meetings"  # names the shipped one
OFF = "off"

_WEIGHTS, _CONFIG = "adapter_model.safetensors", "adapter_config.json"
_PREFIX, _A, _B = "base_model.model.", ".lora_A.weight", ".lora_B.weight"


class AdapterError(IngestError):
    """The adapter asked for cannot be had, or belongs to another encoder."""


def require_adapter(folder: Path) -> Path:
    """The folder, when it holds an adapter. Raises AdapterError."""
    missing = [name for name in (_WEIGHTS, _CONFIG) if not (folder / name).is_file()]
    if missing:
        raise AdapterError(
            f"Cannot load the adapter {folder}: it has no {' and no '.join(missing)}. "
            f"Give the folder of a LoRA adapter, or {OFF!r} for none."
        )
    return folder


def fingerprint(folder: Path) -> str:
    """Eight hex digits of an adapter's weights and settings."""
    digest = hashlib.sha256()
    for name in (_CONFIG, _WEIGHTS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]


def deltas(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """The name of each weight that changes and what is added to it, (alpha / rank) B A in float32."""
    from safetensors.numpy import load_file

    config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    scale = config["lora_alpha"] / config["r"]
    weights = load_file(folder / _WEIGHTS)
    for key in sorted(weights):
        if key.endswith(_A):
            module = key.removesuffix(_A)
            a, b = (weights[module + side].astype(np.float32) for side in (_A, _B))
            yield module.removeprefix(_PREFIX) + ".weight", np.float32(scale) * (b @ a)


def merge(weights: "Mapping[str, Tensor]", folder: Path) -> None:
    """Adds an adapter to the weights of a model, by name, in place.

    Raises AdapterError when the model has no weight of that name and shape; nothing is changed then.
    """
    changes = list(deltas(folder))
    for name, delta in changes:
        if name not in weights or tuple(weights[name].shape) != delta.shape:
            raise AdapterError(f"The adapter {folder} was made for another encoder: it changes {name}.")
    for name, delta in changes:
        weight = weights[name].data
        weight += weight.new_tensor(delta)
