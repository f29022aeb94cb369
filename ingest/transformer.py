"""Encoders of any kind that sentence-transformers loads."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import torch

from ingest.adapters import merge
from ingest.encoder import Encoded, Snippet
from ingest.pooling import begins, sentence_means, units
from ingest.processor import precision, threads

SHORT = 400  # characters up to which one thread encodes faster than several that wait for each other


class Transformer:
    """A sentence-transformers model on the CPU, from disk only: a missing file is an error, never a download."""

    at_once = 1  # its tokenizer is not safe in several threads; one batch takes them all

    def __init__(self, path: Path, adapter: Path | None = None) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        self._model = SentenceTransformer(str(path), device="cpu", local_files_only=True)
        if adapter is not None:
            merge(
                dict(self._model.transformers_model.named_parameters()), adapter
            )  # before they lose precision
        self._model[0].to(precision())
        self.dimensions = int(self._model.get_embedding_dimension())
        self._usual = torch.get_num_threads()
        self._lock = threading.Lock()

    def encode(self, snippets: Sequence[Snippet], prompt: str = "") -> list[Encoded]:
        """The vectors of a batch, in its order, of texts that all begin with `prompt`."""
        texts, model = [snippet.text for snippet in snippets], self._model
        begun = [snippet.after(prompt) for snippet in snippets]
        count = 1 if sum(map(len, texts)) <= SHORT else self._usual
        with self._lock, threads(count, self._usual), torch.inference_mode():
            transformer, *pooling = model
            out = transformer(model.preprocess(texts, prompt=prompt or None))
            out["token_embeddings"] = out["token_embeddings"].float()  # means are taken in full precision
            for module in pooling:
                out = module(out)
            offsets = model.tokenizer(
                [snippet.text for snippet in begun],
                truncation=True,
                max_length=model.max_seq_length,
                return_offsets_mapping=True,
            )["offset_mapping"]
            starts = [begins(snippet.text, row) for snippet, row in zip(begun, offsets, strict=True)]
            rows = zip(out["token_embeddings"], starts, strict=True)
            tokens = torch.cat([vectors[: len(row)] for vectors, row in rows])
            means = sentence_means(tokens, starts, [snippet.sentences for snippet in begun])
            return list(map(Encoded, units(out["sentence_embedding"]), means))
