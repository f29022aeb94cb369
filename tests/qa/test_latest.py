"""How a matter stands now, what a person said of it, and what a whole meeting settled or had before it."""

import pytest

from qa import Answer, Minutebook
from qa.answers import Intent, Question
from qa.latest import asks_of_now


def days(answer: Answer) -> list[str]:
    return [str(group.meeting.date) for group in answer.groups if group.meeting]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the latest on waste sorting?", True),
        ("Is the second trunk main late?", True),
        ("How are the repairs progressing?", True),
        ("老旧小区改造进展怎么样？", True),
        ("垃圾分类现在推行到什么程度了？", True),
        ("What did late fines bring in?", False),
        ("How much does the gate cost?", False),
        ("垃圾分类有哪些意见？", False),
    ],
)
def test_a_question_for_the_present_state_is_known_by_its_words(text: str, expected: bool) -> None:
    assert asks_of_now(Question(text, intent=Intent.FACT)) is expected


@pytest.mark.parametrize(
    ("text", "newest", "said"),
    [
        ("What is the latest on waste sorting?", "2025-09-25", "66 per cent of households took part"),
        ("Is the second trunk main late?", "2025-06-26", "the date of October 2027 stands"),
        ("老旧小区改造进展怎么样？", "2025-05-15", "批准第二批26个老旧小区改造计划"),
    ],
)
def test_the_newest_meeting_on_a_matter_says_how_it_stands(
    book: Minutebook, text: str, newest: str, said: str
) -> None:
    answer = book.ask(text)
    assert days(answer)[0] == newest and len(days(answer)) <= 2
    assert said in answer.text


def test_what_somebody_said_is_taken_from_the_sentences_that_name_them(book: Minutebook) -> None:
    said = [claim.text for claim in book.ask("What did Mr Okell say about late fines?").claims]
    assert (
        "A fine, he said, is the only way some people learn that somebody else is waiting for the book."
        in said
    )
    assert all("Okell" in text or "he said" in text for text in said)
    assert [claim.text[:4] for claim in book.ask("敖清野对垃圾分类怎么看？").claims] == ["敖清野认"]


def test_a_whole_meeting_is_told_with_all_it_settled_and_no_report_it_only_heard(book: Minutebook) -> None:
    said = [claim.text for claim in book.ask("第14次常务会议作出了哪些决定？").claims]
    assert any("暂缓" in text for text in said) and any("命名办法" in text for text in said)
    answer = book.ask("2025年5月的常务会议作出了什么决定？")
    heard = [claim.text for claim in answer.claims if "听取了" in claim.text]
    assert heard == ["会议听取了廉江月关于渔市泵站更新改造情况的汇报，知悉泵站两台新机组已于4月26日试运行。"]


def test_all_that_somebody_said_is_their_own_and_says_something(book: Minutebook) -> None:
    answer = book.ask("路阿姨提了哪些意见？")
    assert {citation.speaker for citation in answer.citations} == {"路婉芝"}
    assert "一份十五块" in answer.text and "他七十九" not in answer.text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("When does the Museum of Tides open?", "18 April 2026"),
        ("旧门街的燃气管什么时候能换完？", "2025年3月31日"),
        ("老年助餐一餐补多少钱？", "每餐补贴3元"),
        ("How many households were flooded?", "274"),
    ],
)
def test_a_question_for_a_time_or_a_number_is_answered_with_sentences_that_give_one(
    book: Minutebook, text: str, fact: str
) -> None:
    answer = book.ask(text)
    assert fact in answer.text
    assert all(any(char.isdigit() for char in citation.quote) for citation in answer.citations[:1])


def test_who_is_told_to_do_what_is_asked_by_the_body_that_has_to_act(book: Minutebook) -> None:
    said = [claim.text for claim in book.ask("What must the Port Authority do?").claims]
    assert said and all("the Port Authority is to" in text for text in said)


def test_the_city_is_not_the_city_librarian(book: Minutebook) -> None:
    assert book.read("Did the city raise the taxi fares?").speakers == ()
    assert book.read("What did the City Librarian say about late fines?").speakers == (
        "Ms Nora Quist (City Librarian)",
    )


def test_people_are_known_by_a_surname_with_a_form_of_address(book: Minutebook) -> None:
    for text, name in (
        ("祁师傅怎么看？", "祁有田"),
        ("小倪说了什么？", "倪小满"),
        ("邬医生说了什么？", "邬敬之"),
    ):
        assert book.read(text).speakers[0] == name
    assert book.read("小区说了什么？").speakers == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "What was on the agenda of the 18th Executive Meeting?",
            ["4 items were on the agenda:", "Waste sorting: extension to the whole city", "Museum of Tides: budget",
             "Bus lanes on Ferry Road", "Appointment"],
        ),
        (
            "第14次常务会议讨论了哪些议题？",
            ["共有3项议题：", "老旧小区改造", "生活垃圾分类试点中期情况", "街巷桥梁命名办法"],
        ),
    ],
)  # fmt: skip
def test_the_agenda_of_a_meeting_is_its_items(book: Minutebook, text: str, items: list[str]) -> None:
    assert [claim.text for claim in book.ask(text).claims] == items
