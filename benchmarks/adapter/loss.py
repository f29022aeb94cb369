"""The loss: every answer must outrank every wrong passage of the meeting, by its vector and by its best sentence.

As sentence-transformers' MultipleNegativesRankingLoss (InfoNCE), but over the passages of one meeting and with all the
answers a question has: each of them stands alone against the wrong ones, so that one answer never pushes another down
(as in the supervised contrastive loss, Khosla et al. 2020, the sum over answers stands outside the logarithm). The
same token vectors give the vector of the passage and, pooled over the best of its sentences, the one that evidence is
picked by; both are trained.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn.functional import normalize

from benchmarks.adapter.mining import Sheet
from ingest.records import Span

CHUNK = 16  # passages of like length that go through the model together, so that little of it is padding


class SheetCollator:
    """A number of a sheet to what the model reads: its questions and its passages, each a batch of its own.

    `passage_sentences` says which sentence of its passage each token begins in, -1 for none.
    """

    def __init__(self, model: SentenceTransformer, sheets: Sequence[Sheet]) -> None:
        self.tokenizer = model.tokenizer
        self.most = model.max_seq_length
        self.sheets = sheets
        self.valid_label_columns = ["label"]  # asked for by sentence-transformers' trainer

    def __call__(self, features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        (row,) = features
        sheet = self.sheets[row["label"]]
        snippets = [piece.snippet for piece in sheet.pieces()]
        passages = self._tokens([one.text for one in snippets])
        offsets = passages.pop("offset_mapping")
        batch = {f"question_{key}": value for key, value in self._tokens(list(sheet.queries)).items()}
        batch |= {f"passage_{key}": value for key, value in passages.items()}
        sentences = [sentences_of(o, one.sentences) for o, one in zip(offsets, snippets, strict=True)]
        batch["passage_sentences"] = torch.stack(sentences)
        return batch | {"label": torch.tensor([row["label"]])}

    def _tokens(self, texts: Sequence[str]) -> dict[str, Tensor]:
        found = self.tokenizer(
            texts, truncation=True, max_length=self.most, padding=True, return_offsets_mapping=True,
            return_tensors="pt",
        )  # fmt: skip
        return dict(found)


def sentences_of(offsets: Tensor, sentences: Sequence[Span]) -> Tensor:
    """Which sentence each token begins in, -1 for none; `offsets` of shape (tokens, 2), (0, 0) for special tokens."""
    starts = torch.where(offsets[:, 1] > offsets[:, 0], offsets[:, 0], -1)
    out = torch.full_like(starts, -1)
    for number, span in enumerate(sentences):
        out[(starts >= span.start) & (starts < span.end)] = number
    return out


class MeetingLoss(nn.Module):
    """Over one sheet: the mean over its questions of `ranking`, by passages and by their best sentences.

    temperature      of the softmax over cosines
    sentence_weight  of the loss over sentences against the one over passages; 0 leaves it out
    """

    def __init__(
        self,
        model: SentenceTransformer,
        sheets: Sequence[Sheet],
        *,
        temperature: float,
        sentence_weight: float,
    ) -> None:
        super().__init__()
        self.model = model
        self.sheets = sheets
        self.temperature = temperature
        self.sentence_weight = sentence_weight

    def forward(self, sentence_features: Sequence[dict[str, Tensor]], labels: Tensor) -> Tensor:
        questions, passages = sentence_features
        queries = normalize(self.model(_model_inputs(questions))["sentence_embedding"].float(), dim=-1)
        order = passages["attention_mask"].sum(1).argsort(descending=True, stable=True)
        scores = [self._scores(queries, _rows(passages, part)) for part in order.split(CHUNK)]
        by_passage, by_sentence = (
            torch.cat(part, dim=1)[:, order.argsort()] for part in zip(*scores, strict=True)
        )
        answers, wrong = (m.to(queries.device) for m in masks(self.sheets[int(labels[0])]))
        loss = ranking(by_passage / self.temperature, answers, wrong)
        if self.sentence_weight:
            loss = loss + self.sentence_weight * ranking(by_sentence / self.temperature, answers, wrong)
        return loss

    def _scores(self, queries: Tensor, passages: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Cosines of each question with each passage, and with the best sentence of each."""
        outputs = self.model(_model_inputs(passages))
        vectors = normalize(outputs["sentence_embedding"].float(), dim=-1)
        best = best_sentences(queries, outputs["token_embeddings"].float(), passages["sentences"])
        return queries @ vectors.T, best


def masks(sheet: Sheet) -> tuple[Tensor, Tensor]:
    """Which passages answer each question of a sheet and which are wrong; both of shape (questions, passages)."""
    answers = torch.tensor([[place in one.answers for place in sheet.places] for one in sheet.judged])
    wrong = torch.tensor([[place in one.wrong for place in sheet.places] for one in sheet.judged])
    return answers, wrong


def ranking(scores: Tensor, answers: Tensor, wrong: Tensor) -> Tensor:
    """-log of each answer's share of the softmax over itself and the wrong ones: the mean over the answers of a
    question, then over the questions that have both; all of shape (questions, passages)."""
    against = scores.masked_fill(~wrong, -1e9).logsumexp(dim=1, keepdim=True)
    each = (torch.logaddexp(scores, against) - scores) * answers
    counted = answers.any(dim=1) & wrong.any(dim=1)
    if not counted.any():
        return scores.sum() * 0.0
    return (each.sum(dim=1) / answers.sum(dim=1).clamp(min=1))[counted].mean()


def best_sentences(queries: Tensor, tokens: Tensor, sentences: Tensor) -> Tensor:
    """The cosine of each question and each passage's best sentence, pooled as at ingestion; (questions, passages)."""
    count = int(sentences.max()) + 1
    member = nn.functional.one_hot(sentences.clamp(min=0), count) * (sentences >= 0).unsqueeze(-1)
    pooled = torch.einsum("pts,ptd->psd", member.to(tokens.dtype), tokens)
    cosines = torch.einsum("qd,psd->qps", queries, normalize(pooled, dim=-1))
    return cosines.masked_fill(member.sum(1) == 0, -1.0).amax(-1)


def _model_inputs(features: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        key: value
        for key, value in features.items()
        if key in ("input_ids", "attention_mask", "token_type_ids")
    }


def _rows(features: Mapping[str, Tensor], rows: Tensor) -> dict[str, Tensor]:
    """Some rows of a batch, no wider than the longest of them."""
    width = int(features["attention_mask"][rows].sum(1).max())
    return {key: value[rows, :width] for key, value in features.items()}
