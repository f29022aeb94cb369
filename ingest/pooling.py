"""Token vectors to sentence vectors, for a whole batch in one matrix product."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor

from ingest.records import Span


def sentence_means(
    tokens: Tensor, starts: Sequence[Sequence[int]], sentences: Sequence[Sequence[Span]]
) -> list[np.ndarray]:
    """For each text, the unit means of the token vectors that begin in each of its sentences, shape (n, d), float32.

    tokens     shape (t, d), float32: the tokens of all texts, end to end
    starts     for each text, where in it each of its tokens begins; -1 for special tokens
    sentences  for each text, its sentences

    A sentence in which no token begins has a row of zeros.
    """
    begins = np.concatenate([np.asarray(row, np.int64) for row in starts])
    owner = np.repeat(np.arange(len(starts)), [len(row) for row in starts])
    spans = [(text, span.start, span.end) for text, row in enumerate(sentences) for span in row]
    text, start, end = np.array(spans, np.int64).reshape(-1, 3).T[:, :, None]
    inside = (owner == text) & (begins >= start) & (begins < end)
    means = units(torch.from_numpy(inside).float() @ tokens)  # a sum has the direction of its mean
    return np.split(means, np.cumsum([len(row) for row in sentences])[:-1])


def begins(text: str, offsets: Iterable[tuple[int, int]]) -> list[int]:
    """Where each token of a text begins, at the first character that is no space; -1 for special tokens.

    Tokenizers that mark where words begin have the space before a word in its token.

    >>> begins("so it is", [(0, 0), (0, 2), (2, 5), (5, 8), (0, 0)])
    [-1, 0, 3, 6, -1]
    """
    return [end - len(text[start:end].lstrip()) if end > start else -1 for start, end in offsets]


def units(vectors: Tensor) -> np.ndarray:
    """Rows of length one, float32; a row of zeros stays one."""
    return torch.nn.functional.normalize(vectors.float(), eps=1e-12).numpy()
