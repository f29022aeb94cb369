"""Which meetings are trained on and which are only measured: by record, fixed, and written down.

A record's place is decided by the SHA-256 of its path, so that it depends on no order of files and a record
that is added later moves no other one.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HELD_OUT = 36  # records of a track that are only measured


@dataclass(frozen=True, slots=True)
class Split:
    """Records of one track by path; no record is in both."""

    train: tuple[str, ...]
    held_out: tuple[str, ...]


def split_records(paths: Iterable[str], held_out: int = HELD_OUT) -> Split:
    """The first `held_out` paths by hash are held out, the others are trained on; each in alphabetical order."""
    ordered = sorted(set(paths), key=lambda path: hashlib.sha256(path.encode()).hexdigest())
    return Split(tuple(sorted(ordered[held_out:])), tuple(sorted(ordered[:held_out])))


def write_split(split: Split, path: Path) -> None:
    """The split as JSON, a record a line."""
    content = {"held_out": split.held_out, "train": split.train}
    path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def read_split(path: Path) -> Split:
    """A split that was written down."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Split(tuple(content["train"]), tuple(content["held_out"]))
