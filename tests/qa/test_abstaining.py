"""What the records do not answer, in Chinese, and what they do though a dictionary cuts the topic otherwise."""

from pathlib import Path

import pytest

from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.question import read_question
from tests.hash_encoder import HashEncoder
from tests.qa.calendars import city

TALK = """文化产业座谈会，2024年3月4日

主持人：今天谈文化产业。

李明：欧美市场和日韩市场打造偶像有一套公式，我们没有。

王芳：票房之外，口碑更要紧。
"""


@pytest.mark.parametrize(
    "question",
    [
        "地铁三号线什么时候开工？",
        "会议对幼儿园学费作了什么决定？",
        "会议上关于“芯片制造工艺的突破”讨论了什么？",
        "会议上关于“高速铁路票价调整的原因”讨论了什么？",
        "对高考改革有什么看法？",
        "三峡移民安置怎么处理？",
        "会议对网络直播监管提出了哪些意见？",
        "海洋牧场的投资是多少？",
    ],
)
def test_a_chinese_question_on_another_matter_is_not_answered(book: Minutebook, question: str) -> None:
    assert book.ask(question).abstained


def test_a_topic_that_is_cut_otherwise_than_the_record_is_answered(tmp_path: Path) -> None:
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes" / "talk.txt").write_text(TALK, encoding="utf-8")
    encoder = HashEncoder()
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([tmp_path / "minutes"], index)
    with Minutebook.open(tmp_path / "index", encoder=encoder) as book:
        answer = book.ask("会议上关于“欧美日韩共同打造偶像”讨论了什么？")
        assert not answer.abstained and "有一套公式" in answer.text
        assert book.ask("会议上关于“非洲各国共同培养航天员”讨论了什么？").abstained


def test_a_word_for_about_is_no_part_of_a_quoted_topic() -> None:
    assert read_question("会议上关于“对五育并举的看法”讨论了什么？", city()).topic == "五育并举的看法"
