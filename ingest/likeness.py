"""How much two texts have in common, from small sketches of them (bottom-k, Broder 1997)."""

import hashlib
import re

from ingest.stopping import go_on
from ingest.words import words

SHINGLE = 5  # words that stand together
SKETCH = 128  # smallest hashes kept of a text's shingles
NEAR = 0.8  # share of shingles from which two texts say nearly the same

_AT_ONCE = 20_000  # runs of words hashed between two looks whether to go on; those of a long text take memory

MARKS = 8  # smallest hashes kept of a text's sentences

Sketch = frozenset[int]
Marks = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The smallest hashes of the text's runs of SHINGLE words."""
    said, smallest = words(text), set[int]()
    starts = range(max(1, len(said) - SHINGLE + 1)) if said else range(0)
    for begin in range(0, len(starts), _AT_ONCE):
        go_on()
        runs = {" ".join(said[i : i + SHINGLE]) for i in starts[begin : begin + _AT_ONCE]}
        hashes = {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs}
        smallest = set(sorted(smallest | hashes)[:SKETCH])
    return frozenset(smallest)


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles two texts have in common (Jaccard), from their sketches."""
    smallest = sorted(one | other)[:SKETCH]
    return sum(value in one and value in other for value in smallest) / len(smallest) if smallest else 0.0


_PIECE_END = re.compile(r"[\n.;!?。；！？]+")


def marks(text: str) -> Marks:
    """The smallest hashes of what stands between full stops and line ends: far quicker than a sketch, and coarser.

    Two texts that say nearly the same share most of them.
    """
    pieces = {" ".join(piece.casefold().split()) for piece in _PIECE_END.split(text)} - {""}
    return tuple(
        sorted(int.from_bytes(hashlib.blake2b(p.encode(), digest_size=6).digest()) for p in pieces)[:MARKS]
    )
