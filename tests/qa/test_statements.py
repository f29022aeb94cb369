"""What somebody said is their own words, on what was asked; what is not theirs at most comes near."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Answer, Minutebook
from qa.answers import AnswerState
from qa.group import group_asked
from qa.voices import reports

SCHOOL_BOARD = """# Minutes of the Alder Valley School Board

Date: 4 March 2025

The meeting was chaired by Board President Helen Marsh, who stressed that every school must have a trained first-aider.

Present: Helen Marsh, Tomas Reed, Lucy Pine

## 1. Public comment

Three parents spoke on the bus routes. Mrs Dana Whit said that her son waits forty minutes in the dark at the stop.

A resident of Elm Street complained that lorries from the quarry wake the street.

## 2. Solar panels

The Board tabled the solar panels. Trustee Pine regretted this. She said that the grant would lapse in October.

## 3. Roof

The roof of the gymnasium leaks. Trustee Okoro moved to repair the roof; Trustee Reed seconded.
"""
DISTRICT = """# 临江区人民政府第8次区长办公会议纪要

时间：2025年3月18日
主持人：区长周明远
列席：区住建局宋维、区财政局罗敏

## 一、关于农贸市场改造

区长周明远强调，市场改造期间要给摊贩找好临时摊位。罗敏认为，资金缺口还有800万元，建议分两年安排。

会议强调，食品安全责任要落实到每个市场。

## 二、关于校门口交通

居民反映，放学时段新河路堵车超过四十分钟。会议同意错峰放学。
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Minutebook:
    folder: Path = tmp_path_factory.mktemp("other")
    (folder / "minutes").mkdir()
    for name, text in (("board", SCHOOL_BOARD), ("district", DISTRICT)):
        (folder / "minutes" / f"{name}.md").write_text(text, encoding="utf-8")
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([folder / "minutes"], index).failed
    return Minutebook.open(folder / "index", encoder=encoder)


def said(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


REPORTED = [
    ("The meeting was chaired by Mayor Li Jun, who stressed that hoses wear out.", "Li Jun", True),
    ("Councillor Fenn feared two summers of digging.", "Tobiah Fenn", True),
    ("A fine is wrong, according to Mr Okell.", "Rufus Okell", True),
    ("Mr Yeo, who had seen the roof, thought the price high.", "Silas Yeo", True),
    ("市长李军强调，要把安全放在首位。", "李军", True),
    ("会议听取了李军关于燃气安全的汇报。", "李军", True),
    ("Mayor Li Jun was in the chair. The meeting stressed safety.", "Li Jun", False),
    ("Ann Bell asked Li Jun to report back.", "Li Jun", False),
    ("Members present: Li Jun, Ann Bell.", "Li Jun", False),
    ("会议由市长李军主持。会议强调，安全第一。", "李军", False),
    ("出席：李军、何晓兰", "李军", False),
]


@pytest.mark.parametrize(("text", "person", "expected"), REPORTED)
def test_minutes_report_words_where_a_person_is_the_subject_of_saying(
    text: str, person: str, expected: bool
) -> None:
    assert reports(text, (person,)) is expected


def test_a_chair_who_only_presided_has_said_nothing(book: Minutebook) -> None:
    for text in ("What did Li Jun say about gas?", "What did Li Jun say about production safety?"):
        answer = book.ask(text)
        assert answer.state is AnswerState.NEAREST
    assert book.search("gas safety", speakers=["Li Jun"]) == []


def test_a_chair_whom_minutes_report_speaks(other: Minutebook) -> None:
    assert "trained first-aider" in said(other.ask("What did Helen Marsh say about first aid?"))
    assert other.search("first aid", speakers=["Helen Marsh"])
    assert other.search("农贸市场", speakers=["周明远"])
    assert (
        said(other.ask("周明远对农贸市场说了什么？")) == "区长周明远强调，市场改造期间要给摊贩找好临时摊位。"
    )
    assert other.ask("周明远对校门口交通说了什么？").abstained


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("What did Trustee Pine say about solar panels?", "the grant would lapse", "tabled"),
        ("What did parents say about the bus routes?", "her son waits forty minutes", "quarry"),
        ("What did residents complain about?", "lorries from the quarry", "bus"),
        ("罗敏对资金有什么意见？", "资金缺口还有800万元", "摊位"),
        ("居民反映了什么问题？", "堵车超过四十分钟", "错峰"),
    ],
)
def test_only_their_words_on_the_topic_are_given(other: Minutebook, text: str, has: str, lacks: str) -> None:
    words = said(other.ask(text))
    assert has in words and lacks not in words


def test_to_second_a_motion_is_not_to_speak(other: Minutebook) -> None:
    assert other.ask("What did Tomas Reed say about the roof?").abstained


def test_all_that_somebody_said_is_told_from_every_turn_with_a_point(book: Minutebook) -> None:
    answer = book.ask("路婉芝说了什么？")
    for point in (
        "第一条，菜太咸。",
        "一份十五块",
        "星期六星期天不开门",
        "不要叫软食",
        "慢慢吃",
        "我星期六也来",
    ):
        assert point in said(answer)
    assert "另有1次发言未列出" in answer.claims[0].text
    words = said(book.ask("What did Petra Ashlock say?"))
    assert "beep, beep, beep" in words and "143 nights" in words and "Take away the beeping" in words


def test_people_of_a_kind_are_known_by_what_a_record_says_of_them(book: Minutebook) -> None:
    def speakers(text: str) -> set[str | None]:
        return {citation.speaker for citation in book.ask(text).citations}

    assert speakers("What did residents complain about at the noise hearing?") == {"Petra Ashlock"}
    assert speakers("座谈会上居民对饭菜价格说了什么？") == {"路婉芝"}
    assert speakers("医生在座谈会上说了什么？") == {"邬敬之"}


def test_what_others_said_is_no_answer_where_a_kind_of_people_is_asked_for(book: Minutebook) -> None:
    answer = book.ask("What objections were raised by residents to the tram?")
    assert answer.abstained and "tram" in answer.citations[0].quote and answer.citations[0].speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "What did the council say about dogs?",
        "What did Ms Lee say about dogs?",
        "What did the meeting decide?",
        "会议说了什么？",
    ],
)
def test_a_body_is_no_kind_of_people(text: str) -> None:
    assert group_asked(text) is None


LABELS = {
    "a": "# Minutes of the Water Board\n\n4 March 2025\n\nPresent: Olga Brandt, Mina Lund, 李军\n\n## 1. Fees\n\n"
    "The board noted the fees.\n",
    "b": "# Minutes of the Water Board\n\n8 April 2025\n\n## 1. Hydrants\n\nMina Lund: Eleven hydrants in Harbour "
    "Street do not open.\n\n## 2. Tasks\n\nOlga Brandt: write to the owner of the hydrants, due 14 May 2025.\n",
    "c": "# 水务会议纪要\n\n2025年5月8日\n\n## 一、消防栓\n\n李军：海港街有十一个消防栓打不开。\n",
}


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Minutebook:
    folder: Path = tmp_path_factory.mktemp("labels")
    (folder / "minutes").mkdir()
    for name, text in LABELS.items():
        (folder / "minutes" / f"{name}.md").write_text(text, encoding="utf-8")
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([folder / "minutes"], index).failed
    return Minutebook.open(folder / "index", encoder=encoder)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Mina Lund say about hydrants?", "Eleven hydrants"),
        ("What did Mina Lund say?", "Eleven hydrants"),
        ("李军对消防栓说了什么？", "十一个消防栓"),
    ],
)
def test_words_after_a_name_and_a_colon_are_of_that_person_where_it_speaks_but_once(
    labels: Minutebook, question: str, words: str
) -> None:
    answer = labels.ask(question)
    assert words in said(answer) and not answer.abstained
    assert "recorded" not in answer.text and "没有" not in answer.text.split("\n")[0]


def test_a_task_noted_after_a_name_is_not_what_that_person_said(labels: Minutebook) -> None:
    assert labels.ask("What did Olga Brandt say about the hydrants?").abstained
