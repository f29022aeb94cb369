"""The mean of readers that began as one: of what their adapters add, cut to the rank of one, and of their heads."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from benchmarks.adapter.soup import CONFIG, WEIGHTS
from ingest.cross_encoder import HEADS

_A, _B = ".lora_A.weight", ".lora_B.weight"


def mean(readers: Sequence[Path], out: Path) -> None:
    """Writes the mean; what is lost by cutting it to the rank is as little as can be (Eckart and Young 1936)."""
    out.mkdir(parents=True, exist_ok=True)
    parts = [load_file(folder / WEIGHTS) for folder in readers]
    changes = {}
    for key in sorted(parts[0]):
        if key.endswith(_A):
            name = key.removesuffix(_A)
            added = np.mean(
                [part[name + _B].astype(float) @ part[key].astype(float) for part in parts], axis=0
            )
            changes[key], changes[name + _B] = cut(added, len(parts[0][key]))
    save_file(changes, out / WEIGHTS, metadata={"format": "pt"})
    (out / CONFIG).write_bytes((readers[0] / CONFIG).read_bytes())
    heads = [load_file(folder / HEADS) for folder in readers]
    save_file(
        {
            name: np.mean([one[name].astype(float) for one in heads], axis=0).astype(np.float16)
            for name in heads[0]
        },
        out / HEADS,
    )


def cut(added: np.ndarray, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """A and B of this rank, in half precision, whose product B A is nearest to a matrix."""
    left, sizes, right = np.linalg.svd(added, full_matrices=False)
    roots = np.sqrt(sizes[:rank])
    return (roots[:, None] * right[:rank]).astype(np.float16), (left[:, :rank] * roots).astype(np.float16)
