"""Which meetings are trained on, which choose the settings, and which are only measured: by record, written down.

A record's place is decided by the SHA-256 of its path, so that it depends on no order of files and a record
that is added later moves at most one other one to each part.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

SPLIT = Path(__file__).parent / "split.json"  # the one the shipped adapter was trained with
HELD_OUT = 36  # records of a track that are only measured
DEVELOP = 30  # records that settings are compared on, by an adapter that was not trained on them


@dataclass(frozen=True, slots=True)
class Split:
    """Records of one track by path; no record is in two parts."""

    train: tuple[str, ...]
    develop: tuple[str, ...]
    held_out: tuple[str, ...]


def split_records(paths: Iterable[str], held_out: int = HELD_OUT, develop: int = DEVELOP) -> Split:
    """The first `held_out` paths by hash are held out, the next `develop` choose; each part in alphabetical order."""
    ordered = sorted(set(paths), key=lambda path: hashlib.sha256(path.encode()).hexdigest())
    parts = ordered[held_out + develop :], ordered[held_out : held_out + develop], ordered[:held_out]
    return Split(*(tuple(sorted(part)) for part in parts))


def write_split(split: Split, path: Path) -> None:
    """The split as JSON, a record a line."""
    path.write_text(json.dumps(asdict(split), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def read_split(path: Path) -> Split:
    """A split that was written down."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Split(**{part: tuple(paths) for part, paths in content.items()})


def learned_records() -> frozenset[str]:
    """The records of the first track that the shipped adapter was trained on: it knows too much of them to judge by."""
    split = read_split(SPLIT)
    return frozenset((*split.train, *split.develop))


def deal(names: Iterable[str], hands: int) -> list[tuple[str, ...]]:
    """The names dealt out by hash, so that each hand has as many as another, or one more; alphabetical in each."""
    ordered = sorted(set(names), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [tuple(sorted(ordered[hand::hands])) for hand in range(hands)]
