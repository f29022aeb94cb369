"""The loss: every answer must outrank every wrong passage of the meeting, by its vector and by its best sentence.

As sentence-transformers' MultipleNegativesRankingLoss (InfoNCE), but over the passages of one meeting and with all the
answers a question has: each of them stands alone against the wrong ones, so that one answer never pushes another down
(as in the supervised contrastive loss, Khosla et al. 2020, the sum over answers stands outside the logarithm). The
same token vectors give the vector of the passage and, pooled over the best of its sentences, the one that evidence is
picked by; both are trained.
"""

from collections.abc import Sequence
from itertools import accumulate

import torch
from torch import Tensor
from torch.nn.functional import normalize

from benchmarks.adapter.mining import Sheet
from ingest.records import Span


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


def text_vectors(tokens: Tensor, lengths: Sequence[int]) -> Tensor:
    """The unit mean of each text's token vectors; `tokens` of shape (t, d), the texts end to end."""
    return normalize(torch.stack([text.mean(0) for text in tokens.split(list(lengths))]), dim=-1)


def sentences_of(starts: Sequence[int], sentences: Sequence[Span]) -> Tensor:
    """Which sentence each token begins in, -1 for none; `starts` as `ingest.pooling.begins` gives them."""
    inside = [[span.start <= start < span.end for span in sentences] for start in starts]
    return torch.tensor([row.index(True) if True in row else -1 for row in inside])


def best_sentences(
    queries: Tensor, tokens: Tensor, sentences: Sequence[Tensor], counts: Sequence[int]
) -> Tensor:
    """The cosine of each question and each passage's best sentence, pooled as at ingestion; (questions, passages).

    tokens     shape (t, d), the passages end to end
    sentences  for each passage which of its sentences each token is in, -1 for none
    counts     how many sentences each passage has
    """
    firsts = [0, *accumulate(counts)]
    member = torch.cat(
        [torch.where(s >= 0, s + first, -1) for s, first in zip(sentences, firsts, strict=False)]
    )
    inside = member >= 0
    pooled = tokens.new_zeros(firsts[-1], tokens.shape[1]).index_add(0, member[inside], tokens[inside])
    read = torch.zeros(firsts[-1]).index_add(0, member[inside], torch.ones(int(inside.sum()))) > 0
    cosines = (queries @ normalize(pooled, dim=-1).T).masked_fill(~read, -1.0)
    lowest = queries.new_full((len(queries), 1), -1.0)
    parts = cosines.split(list(counts), dim=1)
    return torch.stack([torch.cat([part, lowest], dim=1).amax(1) for part in parts], dim=1)
