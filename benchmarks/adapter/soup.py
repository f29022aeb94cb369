"""The weighted average of LoRA adapters ("model soup", Wortsman et al. 2022), as one adapter."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

WEIGHTS, CONFIG = "adapter_model.safetensors", "adapter_config.json"


def average(folders: Sequence[Path], shares: Sequence[float], out: Path) -> None:
    """Writes an adapter that adds `shares[i]` of what the adapter in `folders[i]` adds, for each i.

    Its A and B are theirs side by side, so its rank is the sum of theirs, in half precision. Raises ValueError when
    they do not change the same weights or differ in alpha / rank.
    """
    parts = [load_file(folder / WEIGHTS) for folder in folders]
    configs = [json.loads((folder / CONFIG).read_text(encoding="utf-8")) for folder in folders]
    first = configs[0]
    if any(part.keys() != parts[0].keys() for part in parts):
        raise ValueError(f"The adapters change different weights: {', '.join(map(str, folders))}.")
    if any(one["lora_alpha"] * first["r"] != first["lora_alpha"] * one["r"] for one in configs):
        raise ValueError(f"The adapters differ in alpha / rank: {', '.join(map(str, folders))}.")
    state = {}
    for key in sorted(parts[0]):
        if ".lora_A." in key:
            joined = np.concatenate([part[key] for part in parts], axis=0)
        else:
            scaled = [np.float32(share) * part[key] for part, share in zip(parts, shares, strict=True)]
            joined = np.concatenate(scaled, axis=1)
        state[key] = joined.astype(np.float16)
    config = first | {name: sum(one[name] for one in configs) for name in ("r", "lora_alpha")}
    out.mkdir(parents=True, exist_ok=True)
    save_file(state, out / WEIGHTS, metadata={"format": "pt"})
    (out / CONFIG).write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
