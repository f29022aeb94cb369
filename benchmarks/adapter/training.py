"""Training: low-rank changes of the encoder's upper layers, by several courses whose adapters are averaged.

A course learns from some tracks; each alone ranks worse on what another learned, and their average (a "model soup",
Wortsman et al. 2022) keeps what each did. A course that was interrupted goes on from its last checkpoint.
"""

import json
import logging
import os
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from benchmarks.adapter.examples import Track
from benchmarks.adapter.layers import LINEAR, Encoder, through
from benchmarks.adapter.loss import best_sentences, masks, ranking, sentences_of, text_vectors
from benchmarks.adapter.mining import Judged, Place, Sheet, sheets
from benchmarks.adapter.soup import CONFIG, WEIGHTS
from ingest.encoder import Snippet
from ingest.pooling import begins

PREFIX = "base_model.model."  # of the names of weights in an adapter as PEFT writes it
EVERY = 20  # steps between two checkpoints
TOKENS = 2_048  # that go through the layers together
_NOTE, _CHECKPOINT = "settings.json", "checkpoint.pt"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """How an adapter is trained; docs/adapter.md says what was compared.

    rank, alpha      B A is scaled by alpha / rank
    rate             peak learning rate, reached after a tenth of the steps, falling to 0 by the end
    passages         on a sheet at most
    temperature      of the softmax over cosines
    sentence_weight  of the loss over sentences against the one over passages
    full_text        share of questions that are asked in full, not by their topic
    """

    rank: int = 16
    alpha: int = 32
    rate: float = 1e-3
    passages: int = 24
    temperature: float = 0.03
    sentence_weight: float = 0.5
    full_text: float = 0.4
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions of a track to learn from.

    passes  how often every question is shown, each time beside other passages
    most    sheets of one pass; None for all
    near    as `benchmarks.adapter.mining.sheets` has it
    """

    track: Track
    judged: tuple[Judged, ...]
    passes: int = 1
    most: int | None = None
    near: Mapping[str, Sequence[Place]] | None = None


def train(encoder: Encoder, lessons: Sequence[Lesson], settings: Settings, out: Path) -> Path:
    """Trains one adapter and writes it to `out` in half precision, unless a run with the same settings did."""
    note = json.dumps(
        asdict(settings)
        | {"lessons": [[one.track.name, len(one.judged), one.passes, one.most] for one in lessons]}
    )
    if (out / _NOTE).is_file() and (out / _NOTE).read_text(encoding="utf-8") == note:
        return out
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    upper = encoder.upper(settings.rank, settings.alpha)
    _learn(encoder, upper, _drawn(lessons, settings), settings, out / _CHECKPOINT, note)
    write_adapter(encoder, upper, settings, out)
    (out / _NOTE).write_text(note, encoding="utf-8")
    (out / _CHECKPOINT).unlink(missing_ok=True)
    return out


def _drawn(lessons: Sequence[Lesson], settings: Settings) -> list[Sheet]:
    """The sheets in the order they are learned, those of all lessons mixed."""
    chance = random.Random(settings.seed)
    out: list[Sheet] = []
    for one in lessons:
        for _ in range(one.passes):
            out += sheets(
                one.track, one.judged, passages=settings.passages, full_text=settings.full_text, chance=chance,
                near=one.near,
            )[: one.most]  # fmt: skip
    chance.shuffle(out)
    return out


def _learn(
    encoder: Encoder, upper: nn.ModuleList, shown: Sequence[Sheet], settings: Settings, kept: Path, note: str
) -> None:
    learned = list(upper.parameters())
    optimizer = torch.optim.AdamW(learned, lr=settings.rate, weight_decay=0.01)
    warm = max(1, len(shown) // 10)
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(shown) - step) / max(1, len(shown) - warm))
    )
    first = 0
    if kept.is_file():
        found = torch.load(kept, weights_only=True)
        if found["note"] == note:
            upper.load_state_dict(found["upper"])
            optimizer.load_state_dict(found["optimizer"])
            falling.load_state_dict(found["falling"])
            first = found["step"]
    began, losses = time.monotonic(), []
    for step in range(first, len(shown)):
        loss = sheet_loss(encoder, upper, shown[step], settings)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        falling.step()
        losses.append(loss.item())
        if (step + 1) % EVERY == 0:
            mean = sum(losses[-EVERY:]) / EVERY
            pace = (time.monotonic() - began) / (step + 1 - first)
            _log.info(
                "%s: step %d of %d, loss %.3f, %.2f s a step",
                kept.parent.name,
                step + 1,
                len(shown),
                mean,
                pace,
            )
            state = {"note": note, "step": step + 1, "upper": upper.state_dict()}
            state |= {"optimizer": optimizer.state_dict(), "falling": falling.state_dict()}
            torch.save(state, kept.with_suffix(".new"))
            os.replace(kept.with_suffix(".new"), kept)


def sheet_loss(encoder: Encoder, upper: nn.ModuleList, sheet: Sheet, settings: Settings) -> Tensor:
    """The loss of the sheet's questions against its passages, by the passages and by their best sentences."""
    read = [encoder.read(encoder.query + query) for query in sheet.queries]
    queries = text_vectors(through(upper, encoder.states(read)).float(), [len(one) for one in read])
    snippets = [piece.snippet.after(encoder.passage) for piece in sheet.pieces()]
    by_passage, by_sentence = _scores(encoder, upper, queries, snippets)
    answers, wrong = masks(sheet)
    return ranking(by_passage / settings.temperature, answers, wrong) + settings.sentence_weight * ranking(
        by_sentence / settings.temperature, answers, wrong
    )


def _scores(
    encoder: Encoder, upper: nn.ModuleList, queries: Tensor, snippets: Sequence[Snippet]
) -> tuple[Tensor, Tensor]:
    """Cosines of each question with each passage, and with the best sentence of each."""
    by_passage, by_sentence = [], []
    read = [encoder.read(one.text) for one in snippets]
    states = encoder.states(read)
    start = 0
    while start < len(read):
        end = start + 1
        while end < len(read) and sum(map(len, read[start : end + 1])) <= TOKENS:
            end += 1
        tokens = through(upper, states[start:end]).float()
        by_passage.append(queries @ text_vectors(tokens, [len(one) for one in read[start:end]]).T)
        members = [
            sentences_of(begins(one.text, of.offsets), one.sentences)
            for one, of in zip(snippets[start:end], read[start:end], strict=True)
        ]
        counts = [len(one.sentences) for one in snippets[start:end]]
        by_sentence.append(best_sentences(queries, tokens, members, counts))
        start = end
    return torch.cat(by_passage, 1), torch.cat(by_sentence, 1)


def write_adapter(encoder: Encoder, upper: nn.ModuleList, settings: Settings, out: Path) -> None:
    """Writes the adapter as PEFT does, its weights in half precision."""
    state = {}
    for number, layer in enumerate(upper, encoder.depth):
        for part, of in LINEAR.items():
            name = f"{PREFIX}encoder.layer.{number}.{of}"
            for side, values in (("A", layer.a), ("B", layer.b)):
                state[f"{name}.lora_{side}.weight"] = values[part].detach().to(torch.float16).contiguous()
    config = {
        "base_model_name_or_path": encoder.name,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "layers_to_transform": list(range(encoder.depth, encoder.shape.layers)),
        "layers_pattern": "layer",
        "lora_alpha": settings.alpha,
        "lora_dropout": 0.0,
        "peft_type": "LORA",
        "r": settings.rank,
        "target_modules": sorted({of.rpartition(".")[2] for of in LINEAR.values()}),
        "task_type": None,
    }
    save_file(state, out / WEIGHTS, metadata={"format": "pt"})
    (out / CONFIG).write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
