"""Questions in one language about records in another: one ranking, by what is meant."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.catalog import open_existing
from ingest.encoder import Encoded, Snippet
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.records import Language
from ingest.words import has_han
from qa import Minutebook
from qa.corpus import Corpus
from qa.languages import likenesses
from qa.legs import dense_leg
from qa.scope import Scope
from tests.hash_encoder import HashEncoder

MATTERS = {
    "waste": ("waste sorting", "垃圾分类"),
    "floods": ("flood barrier", "防洪大坝"),
    "school": ("school roof", "学校屋顶"),
    "ferry": ("ferry ticket", "渡轮船票"),
}
ENGLISH = (
    "# Minutes of meeting {number}\n\n3 May 2024\n\n## Item\n\nThe meeting spoke of the {matter} at length.\n"
)
CHINESE = "# 第{number}次会议纪要\n\n2024年6月4日\n\n一、议题\n\n会议讨论了{matter}的有关情况。\n"


class Multilingual(HashEncoder):
    """The matter a text is of, in either language, and much more of the language it is in."""

    def knows(self, language: Language) -> bool:
        return True

    def encode(
        self, snippets: Sequence[Snippet], progress: Callable[[int], None] | None = None
    ) -> list[Encoded]:
        empty = np.zeros((0, self.dimensions), np.float32)
        return [Encoded(self._vector(one.text), empty) for one in snippets]

    def _vector(self, text: str) -> np.ndarray:
        total = np.zeros(self.dimensions, np.float32)
        total[0 if has_han(text) else 1] = 3.0
        for place, names in enumerate(MATTERS.values(), 2):
            total[place] = any(name in text for name in names)
        return total / np.linalg.norm(total)


def corpus_of(folder: Path, encoder: HashEncoder, chinese: Sequence[str], english: Sequence[str]) -> Corpus:
    """An index in which each of these matters is spoken of in a record of its own."""
    files = folder / "files"
    files.mkdir()
    for number, matter in enumerate(english, 1):
        (files / f"e{number}.md").write_text(
            ENGLISH.format(number=number, matter=MATTERS[matter][0]), "utf-8"
        )
    for number, matter in enumerate(chinese, 1):
        (files / f"c{number}.md").write_text(
            CHINESE.format(number=number, matter=MATTERS[matter][1]), "utf-8"
        )
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([files], index).failed
    return Corpus(open_existing(folder / "index"), encoder)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("waste sorting", "垃圾分类"), ("学校屋顶", "school roof"), ("ferry ticket", "ferry ticket")],
)
def test_what_is_meant_comes_before_what_is_in_the_language_of_the_question(
    tmp_path: Path, asked: str, found: str
) -> None:
    corpus = corpus_of(tmp_path, Multilingual(), ("waste", "floods"), ("school", "ferry"))
    with corpus.session() as session:
        legs = dense_leg(session, asked, Scope())
        best = max(legs, key=lambda passage_id: legs[passage_id])
        assert found in session.load([best])[best].text


def test_in_records_of_one_language_likeness_is_the_cosine(tmp_path: Path) -> None:
    encoder = Multilingual()
    corpus = corpus_of(tmp_path, encoder, (), ("school", "ferry", "waste"))
    vector = encoder.encode_query("学校屋顶")
    with corpus.session() as session:
        ids = session.holdings.ids.tolist()
        cosines = {i: float(stored @ vector) for i, stored in session.vectors_of(ids).items()}
        assert likenesses(session, vector, ids) == cosines


def test_records_one_may_not_see_change_no_likeness(tmp_path: Path) -> None:
    encoder = Multilingual()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "open.md").write_text(ENGLISH.format(number=1, matter="ferry ticket"), "utf-8")
    hidden = "---\naccess: clerks\n---\n" + CHINESE.format(number=1, matter="渡轮船票")
    (tmp_path / "files" / "hidden.md").write_text(hidden, "utf-8")
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        assert not ingest([tmp_path / "files"], index).failed
    corpus = Corpus(open_existing(tmp_path / "index"), encoder)
    vector = encoder.encode_query("渡轮船票")
    with corpus.session(("public", "clerks")) as session:
        every = likenesses(session, vector, session.holdings.ids.tolist())
    with corpus.session() as session:
        own = dense_leg(session, "渡轮船票", Scope())
        cosines = {i: float(stored @ vector) for i, stored in session.vectors_of(list(own)).items()}
    assert own == pytest.approx(cosines) and all(every[i] > own[i] for i in own)


def test_a_question_the_encoder_was_not_made_for_is_found_by_its_words(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, HashEncoder(), ("waste",), ("waste",))
    with corpus.session() as session:
        assert session.query_vector("垃圾分类") is None
        assert dense_leg(session, "垃圾分类", Scope()) == {}


FOUND = [
    ("夜间噪声的问题最后怎么定的？", "Rules on Night Work at the West Quay"),
    ("博物馆什么时候开馆？", "18 April 2026"),
    ("有轨电车的投票结果如何？", "6 in favour, 5 against"),
    ("图书馆罚款取消了吗？", "Late fines are abolished"),
    ("What was decided on meals for the elderly?", "老年助餐服务实施办法"),
    ("What was decided on lifts in old neighbourhoods?", "加装电梯"),
    ("What was decided on bus lanes?", "再设两条公交专用道"),
    ("¿Quién votó en contra del tranvía?", "6 in favour, 5 against"),
    ("Was wurde zum Lärm in der Nacht beschlossen?", "Rules on Night Work at the West Quay"),
    ("Combien coûte un repas pour les personnes âgées ?", "60周岁以上老人每餐补贴3元"),
]


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_what_only_another_language_records_is_found(book: Minutebook, text: str, words: str) -> None:
    assert any(words in hit.text for hit in book.search(text, 10))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What was decided on meals for the elderly?", "老年助餐服务实施办法"),
    ],
)
def test_what_only_another_language_records_is_answered_in_its_words(
    book: Minutebook, text: str, words: str
) -> None:
    answer = book.ask(text)
    assert any(words in citation.quote for citation in answer.citations) and not answer.notices


@pytest.mark.parametrize(
    "text",
    [
        "What did the council decide about drones?",
        "对无人机有什么决定？",
        "What was decided on vaccines?",
    ],
)
def test_what_no_record_of_any_language_says_stays_unanswered(book: Minutebook, text: str) -> None:
    assert book.ask(text).abstained
