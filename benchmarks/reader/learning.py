"""One course of the reader's training: batches of pairs of like length, and a checkpoint from which it goes on."""

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.reader.learner import Learner
from benchmarks.reader.samples import Sample

EVERY = 40  # steps between two checkpoints
PART = 0.5  # what the loss over tokens counts against that over texts
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Course:
    """How a course is taught.

    rate    peak learning rate, reached after a twelfth of the steps, falling to a fiftieth by the end
    tokens  of a batch, padding included
    rounds  times that each sample is read
    """

    rate: float
    tokens: int = 2_600
    rounds: int = 1
    seed: int = 7


def teach(learner: Learner, samples: Sequence[Sample], course: Course, checkpoint: Path) -> None:
    """Teaches a learner, from the checkpoint on where there is one."""
    chance = random.Random(course.seed)
    batches = [batch for _ in range(course.rounds) for batch in dealt(samples, course.tokens, chance)]
    optimizer = torch.optim.AdamW(learner.parameters(), lr=course.rate, weight_decay=0.01)
    first = 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint)
        learner.load_state_dict(kept["learner"])
        optimizer.load_state_dict(kept["optimizer"])
        first = kept["step"]
    begun, losses = time.time(), []
    for step in range(first, len(batches)):
        for group in optimizer.param_groups:
            group["lr"] = course.rate * min((step + 1) / (len(batches) / 12), 1.02 - step / len(batches))
        loss, parts = _loss(learner, [samples[place] for place in batches[step]])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimizer.step()
        losses.append(parts)
        if (step + 1) % 20 == 0:
            means = np.mean(losses[-20:], 0)
            left = (time.time() - begun) / (step + 1 - first) * (len(batches) - step - 1)
            _log.info(
                "%s step %d of %d: text %.3f evidence %.3f short %.3f; %.0f s left",
                checkpoint.stem,
                step + 1,
                len(batches),
                *means,
                left,
            )
        if (step + 1) % EVERY == 0 or step + 1 == len(batches):
            _keep(learner, optimizer, step + 1, checkpoint)


def _keep(learner: Learner, optimizer: torch.optim.Optimizer, step: int, checkpoint: Path) -> None:
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    fresh = checkpoint.with_suffix(".new")
    torch.save({"learner": learner.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, fresh)
    fresh.replace(checkpoint)


def dealt(samples: Sequence[Sample], tokens: int, chance: random.Random) -> list[list[int]]:
    """Places of samples of like length, so many tokens together, in an order of chance."""
    keys = {place: len(sample.pair.ids) + chance.random() * 12 for place, sample in enumerate(samples)}
    batches: list[list[int]] = []
    for place in sorted(keys, key=lambda i: -keys[i]):
        longest = (
            max((len(samples[one].pair.ids) for one in [*batches[-1], place]), default=0) if batches else 0
        )
        if not batches or longest * (len(batches[-1]) + 1) > tokens:
            batches.append([])
        batches[-1].append(place)
    chance.shuffle(batches)
    return batches


def _loss(learner: Learner, samples: Sequence[Sample]) -> tuple[Tensor, tuple[float, float, float]]:
    answers, evidence, short, text = learner([one.pair for one in samples])
    right = torch.tensor([float(one.answers) for one in samples])
    of_text = functional.binary_cross_entropy_with_logits(answers, right)
    of_evidence = _over_tokens(evidence, text, [one.evidence for one in samples])
    of_short = _over_tokens(short, text, [one.short for one in samples])
    parts = (of_text, of_evidence, of_short)
    return of_text + PART * of_evidence + PART * of_short, tuple(float(part.detach()) for part in parts)


def _over_tokens(logits: Tensor, text: Tensor, truth: Sequence[np.ndarray | None]) -> Tensor:
    """The mean loss over the tokens of texts of which it is known; what is evidence counts three times."""
    known = np.array([one is not None for one in truth])
    if not known.any():
        return logits.sum() * 0.0
    rows = torch.from_numpy(known)
    right = torch.from_numpy(np.concatenate([one for one in truth if one is not None])).float()
    return functional.binary_cross_entropy_with_logits(
        logits[rows][text[rows]], right, pos_weight=torch.tensor(3.0)
    )
