"""A question and a text read together."""

import numpy as np
import pytest

from ingest.bundled import E5
from ingest.cross_encoder import CrossEncoder, pair
from qa.finding.reader import SHIPPED


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    model = E5.find()
    assert model is not None
    return CrossEncoder(model, SHIPPED)


def told(reader: CrossEncoder, question: str, text: str):
    return pair(reader.tokens(question).ids, [], reader.tokens(text).ids)


def test_every_token_of_the_text_is_told_of(reader: CrossEncoder) -> None:
    text = "The water tariff rises on 1 July 2024."
    [found] = reader.read([told(reader, "When does the tariff rise?", text)])
    assert len(found.evidence) == len(reader.tokens(text).ids) and np.isfinite(found.evidence).all()


def test_a_pair_is_read_alike_whatever_is_read_beside_it(reader: CrossEncoder) -> None:
    one = told(reader, "水价哪天开始涨？", "自7月1日起，城区自来水价格上调。")
    other = told(reader, "Who chaired?", "Ada Novak took the chair. " * 20)
    [alone], [beside, _] = reader.read([one]), reader.read([one, other])
    assert beside.answers == pytest.approx(alone.answers, abs=0.02)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        (
            "When does the tariff rise?",
            "The water tariff rises on 1 July 2024.",
            "The chair thanked all who came.",
        ),
        (
            "Who seconded the motion?",
            "Seconded by Mr Hale; carried.",
            "The library opens at nine on Sundays.",
        ),
        ("水价哪天开始涨？", "自7月1日起，城区自来水价格上调。", "会议听取了体育工作汇报。"),
        (
            "Wann steigt der Wasserpreis?",
            "The price of water rises on 1 July.",
            "Nobody spoke on the minutes.",
        ),
    ],
)
def test_what_answers_is_liker_to_answer_than_what_does_not(
    reader: CrossEncoder, question: str, answer: str, other: str
) -> None:
    right, wrong = reader.read([told(reader, question, answer), told(reader, question, other)])
    assert right.answers > wrong.answers
