"""Whether a follow-up question that a model wrote out in full still asks what was asked.

A model may put in what the questions before said, and what the meetings their answers cite are called and dated; it may
not put in a matter, a name, a number or a date of its own, nor leave out what the question itself says.
"""

import calendar as months
import re
from collections.abc import Iterator, Sequence

from ingest.words import WordSet, stop_words, topic_words, words
from qa.answers import MeetingRef, Period, Question
from qa.topic import META_WORDS, VOTING_WORDS
from qa.turns import Turn

_ASKING = (
    META_WORDS
    | VOTING_WORDS
    | WordSet(
        "say says said think thinks thought tell ask asked asks find agree agreed approve approved "
        "conclude concluded make made give given happen happened council committee board commission "
        "concern concerning reason reasons date day year month week name names "
        "说 认为 看法 意见 提出 表示 哪些 什么 为什么 何时 谁 作出 做出 关于 决议 年 月 日 次"
    )
)
_BACKWARDS = WordSet(  # words that refer to what was said before, and that the full question resolves
    "it that this these those there then before after previous earlier later last next same other again one "
    "ones former latter above year month quarter week time "
    "那 这 它 其 上次 上一 下次 下一 之前 之后 前 后 同 另 呢 又 还 次 年 月"
)


def asks_the_same(full: str, question: Question, turns: Sequence[Turn]) -> bool:
    """Whether every word of `full` that says something was said before, and all that the question says is in it.

    question  the follow-up question as the rules understand it after `turns`
    """
    known = {word for text in _said_before(question, turns) for word in words(text)}
    wanted = set(topic_words(full)) | set(re.findall(r"\d+", full))
    own = set(topic_words(question.text)) & set(topic_words(question.topic)) - _BACKWARDS
    return wanted <= known | _ASKING | stop_words() and own <= set(words(full))


def _said_before(question: Question, turns: Sequence[Turn]) -> Iterator[str]:
    """What the question may be written out with: its own words, what the rules read, what the turns before said."""
    for one in (question, *(turn.question for turn in turns)):
        yield from (one.text, one.full, one.topic, one.subject, *one.speakers, *one.offices, *one.bodies)
        yield from map(str, one.sessions)
        for period in one.when:
            yield from _dated(period)
    for meeting in dict.fromkeys(meeting for turn in turns for meeting in turn.cited):
        yield from _named(meeting)


def _dated(period: Period) -> Iterator[str]:
    yield period.text
    for day in (period.first, period.last):
        if day is not None:
            yield f"{day.year} {day.month} {day.day} {months.month_name[day.month]}"
            yield f"{day.year}年{day.month}月{day.day}日"


def _named(meeting: MeetingRef) -> Iterator[str]:
    yield from (meeting.title, meeting.series or "", meeting.body or "", str(meeting.session or ""))
    if meeting.date is not None:
        yield from _dated(Period(0, 0, meeting.date, meeting.end_date or meeting.date))
