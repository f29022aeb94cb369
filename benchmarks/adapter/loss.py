"""The loss: an answer must outrank every wrong passage in the batch, by its vector and by its best sentence.

InfoNCE over the batch as in sentence-transformers' MultipleNegativesRankingLoss, with two changes. Questions of
one meeting stand in one batch, so a passage that is known to answer (or may answer) a question is never a
negative of it. And the same token vectors give both the vector of the passage and, pooled over the best of its
sentences, the one evidence is picked by; both are trained.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.data_collator import SentenceTransformerDataCollator
from torch import Tensor, nn
from torch.nn.functional import normalize, pad

from ingest.records import Span

CHUNK = 8  # passages of like length that go through the model together, so that little of it is padding


class SentenceCollator(SentenceTransformerDataCollator):
    """Also says which sentence each token begins in: `<column>_sentences`, -1 for none."""

    def __init__(self, tokenizer: Any, sentences: Mapping[str, Sequence[Span]], **rest: Any) -> None:
        super().__init__(**rest)
        self.tokenizer = tokenizer
        self.sentences = sentences

    def __call__(self, features: list[dict[str, Any]]) -> dict[str, Any]:
        batch = super().__call__(features)
        for column in features[0]:
            ids = batch.get(f"{column}_input_ids")
            if ids is not None:
                texts = [row[column] for row in features]
                batch[f"{column}_sentences"] = self._sentences(texts, ids.shape[1])
        return batch

    def _sentences(self, texts: Sequence[str], width: int) -> Tensor:
        offsets = self.tokenizer(texts, truncation=True, max_length=width, return_offsets_mapping=True)
        out = torch.full((len(texts), width), -1)
        for row, (text, places) in enumerate(zip(texts, offsets["offset_mapping"], strict=True)):
            starts = torch.tensor([start if end > start else -1 for start, end in places])
            for number, span in enumerate(self.sentences.get(text, ())):
                inside = (starts >= span.start) & (starts < span.end)
                out[row, : len(starts)][inside] = number
        return out


class PassageAndSentenceLoss(nn.Module):
    """Over a batch of rows (question, answer, negatives): mean of -log softmax of each answer among the wrong.

    banned[row]      texts that are no negatives of the row's question: its answers and the doubtful ones
    temperature      of the softmax over cosines
    sentence_weight  of the same loss over each passage's best sentence; 0 leaves it out
    """

    def __init__(
        self,
        model: SentenceTransformer,
        texts: Sequence[Sequence[str]],
        banned: Sequence[frozenset[str]],
        *,
        temperature: float,
        sentence_weight: float,
    ) -> None:
        super().__init__()
        self.model = model
        self.texts = texts
        self.banned = banned
        self.temperature = temperature
        self.sentence_weight = sentence_weight

    def forward(self, sentence_features: Sequence[dict[str, Tensor]], labels: Tensor) -> Tensor:
        question, *columns = sentence_features
        queries = normalize(self.model(_model_inputs(question))["sentence_embedding"].float(), dim=-1)
        merged = _merged(columns)
        allowed = self._allowed([int(label) for label in labels], len(columns)).to(queries.device)
        order = merged["attention_mask"].sum(1).argsort(descending=True, stable=True)
        scores = [self._scores(queries, _rows(merged, part)) for part in order.split(CHUNK)]
        by_passage, by_sentence = (
            torch.cat(part, dim=1)[:, order.argsort()] for part in zip(*scores, strict=True)
        )
        loss = _ranking(by_passage / self.temperature, allowed)
        if self.sentence_weight:
            loss = loss + self.sentence_weight * _ranking(by_sentence / self.temperature, allowed)
        return loss

    def _scores(self, queries: Tensor, passages: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Cosines of each question with each passage, and with the best sentence of each."""
        outputs = self.model(_model_inputs(passages))
        vectors = normalize(outputs["sentence_embedding"].float(), dim=-1)
        best = _best_sentences(queries, outputs["token_embeddings"].float(), passages["sentences"])
        return queries @ vectors.T, best

    def _allowed(self, rows: Sequence[int], columns: int) -> Tensor:
        """Which passages stand against each question; the first of `rows` columns are the answers."""
        shown = [self.texts[row][column] for column in range(columns) for row in rows]
        return torch.tensor([[text not in self.banned[row] for text in shown] for row in rows])


def _model_inputs(features: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {key: value for key, value in features.items() if key != "sentences"}


def _merged(columns: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """All passages as one batch, column after column, at one width."""
    width = max(column["input_ids"].shape[1] for column in columns)
    keys = ("input_ids", "attention_mask", "token_type_ids", "sentences")
    out = {}
    for key in keys:
        if key in columns[0]:
            fill = -1 if key == "sentences" else 0
            out[key] = torch.cat([pad(c[key], (0, width - c[key].shape[1]), value=fill) for c in columns])
    return out


def _rows(features: Mapping[str, Tensor], rows: Tensor) -> dict[str, Tensor]:
    """Some rows of a batch, no wider than the longest of them."""
    width = int(features["attention_mask"][rows].sum(1).max())
    return {key: value[rows, :width] for key, value in features.items()}


def _ranking(scores: Tensor, allowed: Tensor) -> Tensor:
    """Cross-entropy of each question's own answer, on the diagonal, against the passages allowed as negatives."""
    rows = torch.arange(len(scores), device=scores.device)
    own = torch.zeros_like(allowed)
    own[rows, rows] = True
    return nn.functional.cross_entropy(scores.masked_fill(~(allowed | own), -torch.inf), rows)


def _best_sentences(queries: Tensor, tokens: Tensor, sentences: Tensor) -> Tensor:
    """The cosine of each question and each passage's best sentence, pooled as at ingestion; (questions, passages)."""
    count = int(sentences.max()) + 1
    member = nn.functional.one_hot(sentences.clamp(min=0), count) * (sentences >= 0).unsqueeze(-1)
    pooled = torch.einsum("pts,ptd->psd", member.to(tokens.dtype), tokens)
    cosines = torch.einsum("qd,psd->qps", queries, normalize(pooled, dim=-1))
    return cosines.masked_fill(member.sum(1) == 0, -1.0).amax(-1)
