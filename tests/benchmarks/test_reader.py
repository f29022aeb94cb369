"""The reader that learns and the one that is asked are the same; means of readers are means."""

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.reader.learner import Learner
from benchmarks.reader.mean import cut, mean
from ingest.bert_parts import read_parts
from ingest.bundled import E5
from ingest.cross_encoder import CrossEncoder, pair

PAIRS = [
    pair(range(10, 10 + asked), range(60, 64), range(12, 12 + told))
    for asked, told in ((6, 30), (3, 9), (12, 60))
]


@pytest.fixture(scope="module")
def learner() -> Learner:
    model = E5.find()
    assert model is not None
    torch.manual_seed(3)
    made = Learner(read_parts(model))
    with torch.no_grad():
        for change in made.b.values():
            change.normal_(std=0.01)
        made.marks.normal_(std=0.1)
    return made


def test_what_was_learned_is_what_is_read(learner: Learner, tmp_path: Path) -> None:
    learner.write(tmp_path)
    model = E5.find()
    assert model is not None
    with torch.no_grad():
        answers, evidence, _, text = learner(PAIRS)
    for row, one in enumerate(CrossEncoder(model, tmp_path).read(PAIRS)):
        assert one.answers == pytest.approx(float(answers[row]), abs=0.05)
        assert np.allclose(one.evidence, evidence[row][text[row]].numpy(), atol=0.1)


def test_the_mean_of_one_reader_is_that_reader(learner: Learner, tmp_path: Path) -> None:
    learner.write(tmp_path / "one")
    mean([tmp_path / "one", tmp_path / "one"], tmp_path / "mean")
    model = E5.find()
    assert model is not None
    one, other = (CrossEncoder(model, tmp_path / name).read(PAIRS) for name in ("one", "mean"))
    assert [r.answers for r in other] == pytest.approx([r.answers for r in one], abs=0.05)


def test_what_is_cut_to_its_own_rank_stays() -> None:
    chance = np.random.default_rng(4)
    added = chance.normal(size=(12, 3)) @ chance.normal(size=(3, 9))
    a, b = cut(added, 3)
    assert np.allclose(b.astype(float) @ a.astype(float), added, atol=0.02)
