"""What holds of every reading, and what a question that names no meeting there is gets."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answers import Intent, MeetingRef
from qa.calendar import Calendar, Person
from qa.question import read_question
from tests.qa.calendars import city, town

TOWN, CITY, EMPTY = town(), city(), Calendar(today=datetime.date(2025, 1, 20))
WORDS = """what which who when how did does was the a council mayor board decide decided say said about
on at in since last first meeting meetings session 12 12th 2024 March May 29 February between and to from
Grace Chen Smith 's dogs ? ! , : ( ) " “ ” ' 第 32 次 常务 会议 上 对 关于 讨论 了 什么 决定 去年 8月
25日 2024年 李军 市长 怎么 看 的 谁 吗"""
PIECES = WORDS.split()


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_no_words_make_it_raise_and_every_period_slices_back(text: str) -> None:
    for calendar in (TOWN, CITY, EMPTY):
        question = read_question(text, calendar)
        assert question.text == text
        for period in question.when:
            assert text[period.start : period.end] == period.text != ""
        assert question == read_question(text, calendar)


@pytest.mark.parametrize("text", ("", " ", "\n\t", "?", "？！", "\x00", "\u200b", "...", '""'))
def test_a_question_without_words_has_no_topic(text: str) -> None:
    assert not any(char.isalnum() for char in read_question(text, TOWN).topic)


@pytest.mark.parametrize(
    "topic", ('dogs" OR NEAR(x y) AND -cats*', "'; DROP TABLE records; --", "🐕 park", "{dogs}", "dogs%00")
)
def test_hostile_words_stay_words_of_the_topic(topic: str) -> None:
    assert read_question(f"What was decided about {topic} in May 2024?", TOWN).topic == topic


def test_control_characters_and_full_width_letters_are_read_through() -> None:
    question = read_question("What was\u00a0decided\x07 about\ndogs in Ｍａｙ ２０２４？", TOWN)
    assert (question.topic, str(question.when[0].first)) == ("dogs", "2024-05-01")
    assert question.when[0].text == "Ｍａｙ ２０２４"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ("in May 2024 ", "the last meeting of ", "what did the ", "，在", "第3次会议", "(", "“", "and ")
)
def test_the_time_it_takes_grows_with_the_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        read_question(text, TOWN)
        return time.process_time() - started

    seconds(100)
    assert min(seconds(4000) for _ in range(2)) < 12 * max(min(seconds(1000) for _ in range(3)), 0.005)


@pytest.mark.slow
def test_a_large_calendar_is_read_against_quickly() -> None:
    day = datetime.date(1990, 1, 1)
    meetings = tuple(
        MeetingRef(
            str(i),
            f"Meeting {i}",
            day + datetime.timedelta(days=i),
            session=i,
            body=f"Board {i % 40} of Trade",
        )
        for i in range(10_000)
    )
    people = tuple(Person(f"Person{i:04} Name{i % 700:04}") for i in range(5_000))
    bodies = tuple(f"Board {i} of Trade" for i in range(40))
    calendar = Calendar(meetings, people, bodies, datetime.date(2017, 1, 1))
    questions = (
        "What did Person1234 Name0534 say about dogs at the last meeting?",
        "What did Board 7 of Trade decide on dogs between March 2011 and May 2012?",
        "What was decided on dogs in March?",
        "第9999次会议对房地产作出了什么决定？",
    )
    for question in questions:
        read_question(question, calendar)
    started = time.process_time()
    for question in questions * 5:
        read_question(question, calendar)
    assert (time.process_time() - started) / 20 < 0.05  # measured 0.004


MISSING = (
    ("What was decided on 13 March 2024?", ["2024-03-12", "2024-02-29", "2024-02-20"]),
    ("What was decided at the August 2023 meeting?", ["2023-09-12", "2023-09-20", "2023-07-12"]),
    ("What did the Library Board decide in March 2024?", ["2024-02-20", "2024-05-20", "2023-11-20"]),
    ("What was decided in 1999?", ["2022-01-12", "2022-02-12", "2022-02-20"]),
    ("What was decided since 2026?", ["2024-12-12", "2024-11-20", "2024-11-12"]),
    ("What was decided before 2020?", ["2022-01-12", "2022-02-12", "2022-02-20"]),
    ("What did the Library Board decide at the 14th meeting?", ["2024-11-20", "2024-09-20", "2024-05-20"]),
    ("What was decided at the 3rd meeting in 2024?", None),
)


@pytest.mark.parametrize(("text", "nearest"), MISSING)
def test_a_meeting_that_is_not_there_is_missing_and_the_nearest_are_named(
    text: str, nearest: list[str] | None
) -> None:
    question = read_question(text, TOWN)
    assert question.missing == (nearest is not None)
    assert [str(meeting.date) for meeting in question.nearest] == (nearest or [])


@pytest.mark.parametrize(
    "text",
    (
        "What was decided on 12 March 2024?",
        "What was decided about dogs?",
        "What is the 2031 budget?",
        "What happens by 30 June 2031?",
        "How many trees will be planted in 2031?",
        "What did the 12th meeting decide?",
    ),
)
def test_no_meeting_is_missing_where_there_is_one_or_none_is_named(text: str) -> None:
    assert not read_question(text, TOWN).missing


def test_an_empty_corpus_misses_every_meeting_named() -> None:
    question = read_question("What was decided at the May 2024 meeting?", EMPTY)
    assert question.missing and question.nearest == ()


def test_last_year_counts_from_the_end_of_a_corpus_long_closed() -> None:
    old = Calendar((MeetingRef("a", "", datetime.date(2010, 6, 1)),), today=datetime.date(2025, 1, 20))
    assert str(read_question("What was decided last year?", old).when[0].first) == "2009-01-01"
    assert str(read_question("What was decided last year?", TOWN).when[0].first) == "2024-01-01"


def test_the_last_meeting_is_no_future_one() -> None:
    meetings = (
        MeetingRef("held", "", datetime.date(2025, 1, 10)),
        MeetingRef("called", "", datetime.date(2025, 2, 10)),
    )
    calendar = Calendar(meetings, today=datetime.date(2025, 1, 20))
    assert str(read_question("What was decided at the last meeting?", calendar).when[0].first) == "2025-01-10"


@pytest.mark.parametrize(
    ("text", "language"),
    (
        ("What did 李军 say about 房地产?", "en"),
        ("Westbrook Town Council去年讨论了什么？", "zh"),
        ("房地产", "zh"),
        ("dogs", "en"),
        ("关于Array.prototype.flatMap的结论是什么？", "zh"),
        ("12345", "en"),
    ),
)
def test_the_asking_words_say_the_language(text: str, language: str) -> None:
    assert read_question(text, TOWN).language == language


@pytest.mark.parametrize(
    ("text", "speaker"),
    (
        ("What did JustinTrudeau say about dogs?", "Right Hon. Justin Trudeau (Prime Minister)"),
        ("What did Trudeau say about dogs?", "Right Hon. Justin Trudeau (Prime Minister)"),
        ("What did the Prime Minister say about dogs?", "Right Hon. Justin Trudeau (Prime Minister)"),
        ("What did the chair say about dogs?", "The Chair (Mr. John Lee (Oldtown, Ind.))"),
        ("What did John Lee say about dogs?", "The Chair (Mr. John Lee (Oldtown, Ind.))"),
        ("What did Grad B think about dogs?", "Grad B"),
        ("What did the marketing expert think about dogs?", "Marketing"),
        ("What did the user interface designer think about dogs?", "User Interface"),
        ("What did Lynne Neagle think about dogs?", "Lynne Neagle AM"),
        ("What did Neagle think about dogs?", "Lynne Neagle AM"),
        ("What did AWB think about dogs?", "AWB"),
        ("What did Brendan Eich think about dogs?", "BrendanEich"),
        ("What did Mr. Smith think about dogs?", "Mr. Smith"),
        ("李市长对狗怎么看？", "李军"),
        ("发言人2对狗怎么看？", "发言人2"),
    ),
)
def test_speakers_are_found_as_the_records_write_them(text: str, speaker: str) -> None:
    names = (
        "Right Hon. Justin Trudeau (Prime Minister)",
        "The Chair (Mr. John Lee (Oldtown, Ind.))",
        "Grad B",
        "Grad D",
        "Marketing",
        "User Interface",
        "Lynne Neagle AM",
        "AWB",
        "BrendanEich",
        "Mr. Smith",
        "Mrs. Smith",
        "发言人2",
        "发言人21",
    )
    calendar = Calendar((), (*map(Person, names), Person("李军", ("市长",)), Person("李梅")), ())
    question = read_question(text, calendar)
    assert question.speakers == (speaker,)
    assert question.intent is Intent.OPINION


def test_an_office_nobody_holds_is_kept_as_asked() -> None:
    question = read_question("What did the treasurer say about dogs?", TOWN)
    assert (question.offices, question.speakers, question.topic) == (("treasurer",), (), "dogs")


@pytest.mark.parametrize(
    ("text", "body"),
    (
        ("What did the Federal Open Market Committee decide?", "Federal Open Market Committee"),
        ("What did the FOMC decide?", "Federal Open Market Committee"),
        ("What did the open market committee decide?", "Federal Open Market Committee"),
        ("What did the Finance Committee decide?", "Committee on Finance"),
        ("What did the Library Board decide?", "Library Board of Springfield"),
        ("市政府作出了什么决定？", "杭州市人民政府"),
        ("市人大常委会作出了什么决定？", "杭州市人民代表大会常务委员会"),
    ),
)
def test_bodies_are_known_by_their_short_names(text: str, body: str) -> None:
    bodies = (
        "Federal Open Market Committee",
        "Committee on Finance",
        "Library Board of Springfield",
        "杭州市人民政府",
        "杭州市人民代表大会常务委员会",
    )
    assert read_question(text, Calendar((), (), bodies)).bodies == (body,)


ELMFORD = (
    "Elmford Town Council",
    "Ordinary Meeting of the Elmford Town Council",
    "Northfield School Board",
    "City of Oak Hollow Planning Commission",
    "Ferrow Harbour Trust",
    "Reading Parish Council",
    "榆溪市人民政府",
    "榆溪市人民政府常务会议",
    "临江市人民政府",
    "临江市图书馆理事会",
)
COUNCIL = ("Elmford Town Council", "Ordinary Meeting of the Elmford Town Council")
YUXI = ("榆溪市人民政府", "榆溪市人民政府常务会议")


@pytest.mark.parametrize(
    ("text", "bodies"),
    (
        ("What did Elmford council decide on parking?", COUNCIL),
        ("What did the council of Elmford decide on parking?", COUNCIL),
        ("What did Elmford's town council decide?", COUNCIL),
        ("What did Elmford decide on parking?", COUNCIL),
        ("What did ETC decide on parking?", COUNCIL[:1]),
        ("What was decided by the Northfield board?", ("Northfield School Board",)),
        ("At Northfield, what was said about buses?", ("Northfield School Board",)),
        ("What did the Oak Hollow commission decide?", ("City of Oak Hollow Planning Commission",)),
        ("What did the Ferrow trust decide?", ("Ferrow Harbour Trust",)),
        ("榆溪市政府决定了什么？", YUXI[:1]),
        ("榆溪政府对停车作了什么决定？", YUXI),
        ("榆溪市对停车作了什么决定？", YUXI),
        ("临江图书馆理事会决定了什么？", ("临江市图书馆理事会",)),
        ("临江市政府决定了什么？", ("临江市人民政府",)),
    ),
)
def test_a_body_is_known_by_its_place_and_its_kind(text: str, bodies: tuple[str, ...]) -> None:
    assert read_question(text, Calendar((), (), ELMFORD)).bodies == tuple(sorted(bodies))


@pytest.mark.parametrize(
    ("text", "topic"),
    (
        ("What was decided on reading lessons?", "reading lessons"),
        ("What was decided about the Elmford bypass?", "Elmford bypass"),
        ("临江市对停车作了什么决定？", "临江市对停车"),
        ("What was decided on the town council newsletter?", "town council newsletter"),
        ("榆溪市停车收费是多少？", "榆溪市停车收费"),
    ),
)
def test_a_place_that_several_bodies_have_or_that_describes_the_matter_is_no_body(
    text: str, topic: str
) -> None:
    read = read_question(text, Calendar((), (), ELMFORD))
    assert read.bodies == () and read.topic == topic


@pytest.mark.parametrize(
    "text", ("What did the committee decide?", "What did the board decide?", "会议决定了什么？")
)
def test_a_committee_or_a_meeting_alone_is_no_body(text: str) -> None:
    bodies = ("Finance Committee", "Library Board", "市政府常务会议")
    assert read_question(text, Calendar((), (), bodies)).bodies == ()


def test_a_kind_of_meeting_names_its_series_in_both_languages() -> None:
    executive = ("Executive Meeting of the City Government", "市政府常务会议")
    every = (*executive, "Library Board Meeting")
    meetings = tuple(
        MeetingRef(series, series, datetime.date(2024, 5, day), session=day, series=series)
        for day, series in enumerate(every, 1)
    )
    calendar = Calendar(meetings, (), ())
    assert read_question("What did the 2nd executive meeting decide?", calendar).bodies == executive
    assert read_question("第1次常务会议决定了什么？", calendar).bodies == executive
