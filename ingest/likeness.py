"""How much two texts have in common, from small sketches of them (bottom-k, Broder 1997)."""

import hashlib

from ingest.words import words

SHINGLE = 5  # words that stand together
SKETCH = 128  # smallest hashes kept of a text's shingles
NEAR = 0.8  # share of shingles from which two texts say nearly the same

Sketch = frozenset[int]


def sketch(text: str) -> Sketch:
    """The smallest hashes of the text's runs of SHINGLE words."""
    said = words(text)
    runs = (
        {" ".join(said[i : i + SHINGLE]) for i in range(max(1, len(said) - SHINGLE + 1))} if said else set()
    )
    hashes = sorted(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)
    return frozenset(hashes[:SKETCH])


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles two texts have in common (Jaccard), from their sketches."""
    smallest = sorted(one | other)[:SKETCH]
    return sum(value in one and value in other for value in smallest) / len(smallest) if smallest else 0.0
