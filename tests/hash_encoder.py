"""A small real encoder for tests: a text's vector is the unit sum of a fixed random vector per word.

Texts that share words are alike, as with a learned encoder, and nothing has to be loaded.
"""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from ingest.encoder import Encoded, Snippet
from ingest.records import Language
from ingest.words import words


class HashEncoder:
    """Counts what it encodes, so that tests can say what was encoded again."""

    def __init__(self, name: str = "hash", dimensions: int = 64) -> None:
        self.id = f"{name}@{dimensions}"
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def knows(self, language: Language) -> bool:
        return language == "en"

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        self.encoded += [snippet.text for snippet in snippets]
        if progress:
            progress(len(snippets))
        return [self._encode(snippet) for snippet in snippets]

    def encode_query(self, text: str) -> np.ndarray:
        return self._vector(text)

    def _encode(self, snippet: Snippet) -> Encoded:
        rows = [self._vector(sentence.of(snippet.text)) for sentence in snippet.sentences]
        stacked = np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)
        return Encoded(self._vector(snippet.text), stacked)

    def _vector(self, text: str) -> np.ndarray:
        total = np.zeros(self.dimensions)
        for word in words(text):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        length = float(np.linalg.norm(total))
        return (total / length if length else total).astype(np.float32)
