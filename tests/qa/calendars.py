"""Two invented corpora to read questions against: a town's English minutes and a city's Chinese ones."""

import datetime

from qa.answers import MeetingRef, Question
from qa.calendar import Calendar, Person

TODAY = datetime.date(2025, 1, 20)


def town() -> Calendar:
    """Council on the 12th of each month but August, 2022 to 2024; Library Board quarterly."""
    meetings = []
    for year in (2022, 2023, 2024):
        for month in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12):
            number = len([m for m in meetings if m.body == "Westbrook Town Council"]) + 1
            meetings.append(_council(year, month, number))
        for i, month in enumerate((2, 5, 9, 11)):
            meetings.append(_library(year, month, (year - 2022) * 4 + i + 1))
    meetings.append(
        MeetingRef(
            "loan",
            "Special Meeting",
            datetime.date(2024, 2, 29),
            series="Special Meeting",
            body="Finance Committee",
        )
    )
    people = (
        Person("Hannah Osei", ("Mayor",)),
        Person("Mr. Peter Lindqvist", ("Town Clerk",)),
        Person("Grace Chen", ("Councillor",)),
        Person("Rosa Delgado", ("Chair, Finance Committee",)),
        Person("Tom Smith"),
        Person("Anna Smith"),
        Person("Project Manager"),
        Person("Speaker 2"),
        Person("KP"),
        Person("Dr. Amara Nwosu", ("Director of Public Works",)),
    )
    bodies = (
        "Westbrook Town Council",
        "Westbrook Library Board",
        "Finance Committee",
        "Regional Water Management Authority",
        "Regular Meeting",
        "Special Meeting",
        "Library Board Meeting",
    )
    return Calendar(tuple(meetings), people, bodies, TODAY)


def _council(year: int, month: int, number: int) -> MeetingRef:
    return MeetingRef(
        f"council-{number}",
        f"Town Council, meeting {number}",
        datetime.date(year, month, 12),
        session=number,
        series="Regular Meeting",
        body="Westbrook Town Council",
    )


def _library(year: int, month: int, number: int) -> MeetingRef:
    return MeetingRef(
        f"library-{number}",
        f"Library Board, meeting {number}",
        datetime.date(year, month, 20),
        session=number,
        series="Library Board Meeting",
        body="Westbrook Library Board",
    )


def city() -> Calendar:
    """Executive meetings 19 to 51 on the 25th, not in October; full meetings quarterly; a library's."""
    meetings = []
    number = 18
    for year in (2022, 2023, 2024):
        for month in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12):
            number += 1
            meetings.append(_executive(year, month, number))
        meetings += [_full(year, month) for month in (3, 6, 9, 12)]
    meetings.append(
        MeetingRef(
            "library",
            "图书馆理事会会议",
            datetime.date(2024, 2, 29),
            session=5,
            series="理事会会议",
            body="临江市图书馆理事会",
            language="zh",
        )
    )
    people = (
        Person("李军", ("市长",)),
        Person("王建国", ("副市长",)),
        Person("赵敏", ("教育局局长",)),
        Person("欧阳娜娜"),
        Person("发言人1"),
        Person("发言人12"),
        Person("陈工"),
        Person("Hannah Osei", ("Mayor",)),
    )
    bodies = ("临江市人民政府", "临江市图书馆理事会", "市政府常务会议", "市政府全体会议", "理事会会议")
    return Calendar(tuple(meetings), people, bodies, TODAY)


def _executive(year: int, month: int, number: int) -> MeetingRef:
    return MeetingRef(
        f"executive-{number}",
        f"第{number}次常务会议",
        datetime.date(year, month, 25),
        session=number,
        series="市政府常务会议",
        body="临江市人民政府",
        language="zh",
    )


def _full(year: int, month: int) -> MeetingRef:
    return MeetingRef(
        f"full-{year}-{month}",
        "市政府全体会议",
        datetime.date(year, month, 8),
        session=month // 3,
        series="市政府全体会议",
        body="临江市人民政府",
        language="zh",
    )


def shown(question: Question) -> str:
    """A reading on one line: "decision: fees | 2024-03-01..2024-03-31 | #12 | Ann Lee | as mayor | of B"."""
    parts = [f"{question.intent}: {question.topic}".rstrip()]
    parts += [f"{period.first or ''}..{period.last or ''}" for period in question.when]
    parts += [f"#{number}" for number in question.sessions]
    parts += list(question.speakers)
    parts += [f"as {office}" for office in question.offices]
    parts += [f"of {body}" for body in question.bodies]
    parts += [f"due {question.due.first or ''}..{question.due.last or ''}"] if question.due else []
    parts += ["missing"] if question.missing else []
    return " | ".join(parts)
