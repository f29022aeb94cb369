"""An encoder as it is measured here: the lower layers from what is kept of them, the upper ones as given.

Its vectors are those of `ingest.encoder.SentenceTransformerEncoder` with the same adapter, for half the work.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import nn

from benchmarks.adapter.layers import Encoder, batches, through
from benchmarks.adapter.loss import sentences_of
from ingest.encoder import Encoded, Snippet
from ingest.pooling import begins, units
from ingest.records import Language


class Tuned:
    """Encodes with an encoder whose upper layers are `upper`."""

    def __init__(self, encoder: Encoder, upper: nn.ModuleList) -> None:
        self.id = "tuned"
        self._encoder, self._upper = encoder, upper
        self._done: dict[Snippet, Encoded] = {}
        self.dimensions = encoder.shape.width

    def knows(self, language: Language) -> bool:
        return True

    def encode_query(self, text: str) -> np.ndarray:
        return self._encoded([Snippet(self._encoder.query + text)])[0].vector

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        new = [one for one in dict.fromkeys(snippets) if one not in self._done]
        made = self._encoded([one.after(self._encoder.passage) for one in new])
        self._done |= zip(new, made, strict=True)
        if progress:
            progress(len(snippets))
        return [self._done[one] for one in snippets]

    def _encoded(self, snippets: Sequence[Snippet]) -> list[Encoded]:
        read = [self._encoder.read(one.text) for one in snippets]
        found: dict[int, Encoded] = {}
        for batch in batches([len(one) for one in read]):
            lengths = [len(read[place]) for place in batch]
            with torch.inference_mode():
                tokens = through(self._upper, self._encoder.states([read[place] for place in batch])).float()
            for place, rows in zip(batch, tokens.split(lengths), strict=True):
                snippet = snippets[place]
                member = sentences_of(begins(snippet.text, read[place].offsets), snippet.sentences)
                inside = nn.functional.one_hot(member + 1, len(snippet.sentences) + 1)[:, 1:].float()
                found[place] = Encoded(units(rows.mean(0, keepdim=True))[0], units(inside.T @ rows))
        return [found[place] for place in range(len(snippets))]
