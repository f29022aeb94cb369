"""The sample records and their questions keep what data/README.md says of them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qa.answers import Intent

DATA = Path(__file__).parent.parent / "data"
MINUTES = DATA / "minutes"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = {"id", "question", "intent", "scope", "gold", "answer", "must_contain", "unanswerable"}
RETOLD = "2023-08-26-jiaxing-executive-meeting-32.md"
NOWHERE = ["school", "校车", "airport", "marathon", "dog", "Whitlock", "地铁", "第16次", "16th"]

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])


@cache
def text_of(doc: str) -> str:
    return (MINUTES / doc).read_text(encoding="utf-8")


def records() -> list[str]:
    return sorted(path.name for path in MINUTES.iterdir())


def is_chinese(text: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", text)) > len(re.findall(r"[A-Za-z]+", text))


def test_there_are_enough_records_of_both_kinds_in_both_languages() -> None:
    chinese = [name for name in records() if is_chinese(text_of(name))]
    assert len(records()) >= 12
    assert len(chinese) >= 6 and len(records()) - len(chinese) >= 6
    assert {Path(name).suffix for name in records()} == {".md", ".txt"}


def test_there_are_enough_questions_in_both_languages_and_without_an_answer() -> None:
    chinese = [question for question in QUESTIONS if is_chinese(question["question"])]
    assert len(QUESTIONS) >= 60
    assert len(chinese) >= 20 and len(QUESTIONS) - len(chinese) >= 20
    assert sum("unanswerable" in question for question in QUESTIONS) >= 10


def test_every_intent_is_asked_for_in_a_way_that_can_be_answered() -> None:
    asked = {question["intent"] for question in QUESTIONS if question["gold"]}
    assert asked == {str(intent) for intent in Intent}


def test_what_is_asked_across_languages_is_answered_in_the_other_one() -> None:
    lines = (DATA / "questions_across.jsonl").read_text(encoding="utf-8").splitlines()
    for question in map(json.loads, lines):
        for gold in question["gold"]:
            assert text_of(gold["doc"])[gold["start"] : gold["end"]] == gold["quote"]
            assert is_chinese(question["question"]) != is_chinese(text_of(gold["doc"]))


def test_ids_and_questions_are_unique() -> None:
    ids = [question["id"] for question in QUESTIONS]
    asked = [(question["question"], question["scope"]) for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    assert len(set(asked)) == len(asked)


@each_question
def test_a_question_has_only_the_fields_the_readme_names(question: dict[str, Any]) -> None:
    assert set(question) <= FIELDS
    assert FIELDS - set(question) <= {"must_contain", "unanswerable"}
    assert question["intent"] in {str(intent) for intent in Intent}


@each_question
def test_gold_quotes_stand_in_the_record_at_their_offsets(question: dict[str, Any]) -> None:
    for gold in question["gold"]:
        assert set(gold) == {"doc", "start", "end", "quote"}
        assert gold["quote"].strip() == gold["quote"] != ""
        assert text_of(gold["doc"])[gold["start"] : gold["end"]] == gold["quote"]


@each_question
def test_gold_lies_within_the_scope(question: dict[str, Any]) -> None:
    docs = {gold["doc"] for gold in question["gold"]}
    assert docs <= set(records())
    assert question["scope"] is None or docs == {question["scope"]}


@each_question
def test_a_question_has_gold_and_an_answer_or_neither(question: dict[str, Any]) -> None:
    answerable = not question.get("unanswerable", False)
    assert bool(question["gold"]) == answerable
    assert bool(question["answer"]) == answerable
    assert answerable or "must_contain" not in question


@each_question
def test_required_words_stand_in_a_gold_record_and_in_the_answer(question: dict[str, Any]) -> None:
    texts = [text_of(gold["doc"]) for gold in question["gold"]]
    for words in question.get("must_contain", []):
        assert any(words in text for text in texts)
        assert words in question["answer"]


@pytest.mark.parametrize("words", NOWHERE)
def test_topics_of_unanswerable_questions_stand_in_no_record(words: str) -> None:
    unanswerable = [question["question"].lower() for question in QUESTIONS if not question["gold"]]
    assert any(words.lower() in question for question in unanswerable)
    assert not [name for name in records() if words.lower() in text_of(name).lower()]


@pytest.mark.parametrize("name", records())
def test_every_invented_record_says_that_it_is_invented(name: str) -> None:
    says_so = re.search("fictional|虚构", text_of(name), re.IGNORECASE) is not None
    assert says_so == (name != RETOLD)
    assert ("Jiaxing" in text_of(name)) == (name == RETOLD)


def test_the_readme_lists_every_record_and_no_other() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+\.(?:md|txt))` \|", readme, re.MULTILINE)
    assert sorted(listed) == records()


def test_the_examples_are_answerable_questions_and_those_of_the_readme() -> None:
    examples = json.loads((DATA / "examples.json").read_text(encoding="utf-8"))
    readme = (DATA / "README.md").read_text(encoding="utf-8").partition("## Example questions")[2]
    listed = re.findall(r"^- (.+)$", readme.partition("\n## ")[0], re.MULTILINE)
    answerable = {question["question"] for question in QUESTIONS if question["gold"]}
    assert set(examples) == {"en", "zh"}
    assert examples["en"] + examples["zh"] == listed
    assert set(listed) <= answerable
    assert not any(is_chinese(example) for example in examples["en"])
    assert all(is_chinese(example) for example in examples["zh"])
