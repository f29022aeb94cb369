"""The words of the interface in English and Chinese, and how dates and sessions are written in each.

Nothing here is read from a record; what stands in a record is shown as it stands.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.answers import MeetingRef, Searched
from qa.phrases import day, ordinal

Interface = Literal["en", "zh"]  # the languages the interface speaks


@dataclass(frozen=True, slots=True)
class Words:
    """Every phrase of the interface once; braces name what is filled in."""

    tagline: str
    ask_label: str
    ask_placeholder: str
    ask_button: str
    screens: str
    tab_ask: str
    tab_meetings: str
    tab_decisions: str
    tab_timeline: str
    tab_history: str
    tab_intake: str
    holdings: str
    welcome: str
    welcome_hint: str
    examples: str
    reading: str
    waiting: str
    overloaded: str
    understood: str
    evidence: str
    no_evidence: str
    evidence_waits: str
    nearest_passages: str
    nearest_meetings: str
    citation: str
    show_citation: str
    quotation: str
    close: str
    previous: str
    next: str
    keys_hint: str
    page: str
    unsupported: str
    searched_none: str
    searched_one: str
    searched_one_dated: str
    searched_many: str
    searched_many_dated: str
    column_date: str
    column_meeting: str
    column_session: str
    column_body: str
    undated: str
    no_records: str
    no_records_how: str
    no_records_or: str
    taking_in: str
    preparing: str
    failed: str
    conversation: str
    quote_open: str
    quote_close: str
    separator: str


EN = Words(
    tagline="Answers from the minutes, cited to the word",
    ask_label="Your question",
    ask_placeholder="Ask about the meetings",
    ask_button="Ask",
    screens="Screens",
    tab_ask="Ask",
    tab_meetings="Meetings",
    tab_decisions="Decisions",
    tab_timeline="Timeline",
    tab_history="History",
    tab_intake="Hand in",
    holdings="{meetings}, {span}",
    welcome="What do the minutes say?",
    welcome_hint="Every sentence of an answer is cited to the exact words of a meeting record.",
    examples="For example",
    reading="Reading the records",
    waiting="Place {place} in the line of those who are asking",
    overloaded="So many people are asking now that yours could not be put in the line. It is in the box; "
    "ask it again in {seconds} seconds.",
    understood="Understood as",
    evidence="Evidence",
    no_evidence="No passage is cited here.",
    evidence_waits="The cited passages will stand here.",
    nearest_passages="Nearest passages",
    nearest_meetings="Nearest meetings",
    citation="Citation {number}",
    show_citation="Show citation {number}: {source}",
    quotation="“{quote}” ({source})",
    close="Close the evidence",
    previous="Previous citation",
    next="Next citation",
    keys_hint="Keys: n next, p previous, Esc back to the text",
    page="p. {page}",
    unsupported="not from the records",
    searched_none="No meeting lies within what was asked.",
    searched_one="Searched 1 meeting",
    searched_one_dated="Searched 1 meeting, {first}",
    searched_many="Searched {count} meetings",
    searched_many_dated="Searched {count} meetings, {span}",
    column_date="Date",
    column_meeting="Meeting",
    column_session="Session",
    column_body="Body",
    undated="No date",
    no_records="There are no meeting records yet",
    no_records_how="Hand some in, or take in a folder of minutes:",
    no_records_or="They can be asked as soon as they are in.",
    taking_in="Records are being taken in: {done} of {total}. Answers use what is in already.",
    preparing="Records are about to be taken in. Answers use what is in already.",
    failed="Something went wrong and the question was not answered. Ask it again; if it keeps failing, "
    "the server's log says why under incident {incident}.",
    conversation="Questions and answers",
    quote_open="“",
    quote_close="”",
    separator=", ",
)

ZH = Words(
    tagline="会议记录问答，句句有出处",
    ask_label="您的问题",
    ask_placeholder="就会议记录提问",
    ask_button="提问",
    screens="页面",
    tab_ask="提问",
    tab_meetings="会议",
    tab_decisions="决定",
    tab_timeline="时间线",
    tab_history="历史",
    tab_intake="提交记录",
    holdings="{meetings}，{span}",
    welcome="会议记录里怎么说？",
    welcome_hint="回答中的每一句话都注明会议记录的原文出处。",
    examples="例如",
    reading="正在查阅记录",
    waiting="正在排队，排在第{place}位",
    overloaded="现在提问的人太多，您的问题没能排上队。问题还在输入框里，请过{seconds}秒再问。",
    understood="问题理解为",
    evidence="依据",
    no_evidence="此处没有引用原文。",
    evidence_waits="引用的原文将显示在这里。",
    nearest_passages="最接近的段落",
    nearest_meetings="最接近的会议",
    citation="引文 {number}",
    show_citation="查看引文 {number}：{source}",
    quotation="“{quote}”（{source}）",
    close="关闭依据",
    previous="上一条引文",
    next="下一条引文",
    keys_hint="按键：n 下一条，p 上一条，Esc 回到正文",
    page="第{page}页",
    unsupported="并非出自记录",
    searched_none="所问范围内没有会议。",
    searched_one="查阅了1次会议",
    searched_one_dated="查阅了{first}的1次会议",
    searched_many="查阅了{count}次会议",
    searched_many_dated="查阅了{span}的{count}次会议",
    column_date="日期",
    column_meeting="会议",
    column_session="届次",
    column_body="机构",
    undated="无日期",
    no_records="还没有会议记录",
    no_records_how="请提交记录，或导入存放会议记录的文件夹：",
    no_records_or="导入完成后即可提问。",
    taking_in="正在导入记录：{done}/{total}。回答采用已导入的记录。",
    preparing="即将导入记录。回答采用已导入的记录。",
    failed="出了问题，没有回答这个问题。请再问一次；如果仍然失败，原因见服务器日志中的事件 {incident}。",
    conversation="问答记录",
    quote_open="“",
    quote_close="”",
    separator="，",
)


def words_in(language: Interface) -> Words:
    """The phrases of one language."""
    return ZH if language == "zh" else EN


def preferred(accept_language: str) -> Interface:
    """The interface language for an Accept-Language header: the better liked of the two, else English.

    >>> preferred("zh-CN,zh;q=0.9,en;q=0.8"), preferred("de-DE,de;q=0.9"), preferred("")
    ('zh', 'en', 'en')
    """
    likes = {"en": 0.0, "zh": 0.0}
    for entry in accept_language.split(","):
        tag, _, weight = entry.partition(";q=")
        name = tag.strip().lower().split("-")[0]
        if name in likes:
            likes[name] = max(likes[name], _weight(weight))
    return "zh" if likes["zh"] > likes["en"] else "en"


def month(date: datetime.date, language: Interface) -> str:
    """Month and year of a date.

    >>> month(datetime.date(2024, 1, 18), "en"), month(datetime.date(2024, 1, 18), "zh")
    ('January 2024', '2024年1月')
    """
    return f"{date.year}年{date.month}月" if language == "zh" else day(date, "en").split(" ", 1)[1]


def days(first: datetime.date, last: datetime.date | None, language: Interface) -> str:
    """One day or a run of days, with what both ends share said once.

    >>> days(datetime.date(2024, 3, 1), datetime.date(2024, 3, 2), "en")
    '1–2 March 2024'
    >>> days(datetime.date(2024, 3, 30), datetime.date(2024, 4, 2), "zh")
    '2024年3月30日至4月2日'
    """
    if last is None or last == first:
        return day(first, language)
    if language == "zh":
        return f"{day(first, 'zh')}至{_end_zh(first, last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, 'en')}"
    return f"{day(first, 'en').removesuffix(f' {last.year}')} – {day(last, 'en')}"


def moment(stamp: str, language: Interface) -> str:
    """Day and time of an ISO 8601 stamp, in the time of this machine; one that is damaged is given as it is."""
    try:
        when = datetime.datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    return f"{day(when.date(), language)} {when:%H:%M}"


def months(first: datetime.date, last: datetime.date, language: Interface) -> str:
    """From one month to another, or the one month.

    >>> months(datetime.date(2024, 1, 5), datetime.date(2025, 12, 1), "en")
    'January 2024 to December 2025'
    """
    if (first.year, first.month) == (last.year, last.month):
        return month(first, language)
    return f"{month(first, language)}{'至' if language == 'zh' else ' to '}{month(last, language)}"


def session(meeting: MeetingRef, language: Interface) -> str | None:
    """Which of its series a meeting is: "32nd Executive Meeting", "第32次"; None if it does not say."""
    if meeting.session is None:
        return None
    if language == "zh":
        return f"第{meeting.session}次"
    series = meeting.series if meeting.series and meeting.series.isascii() else "meeting"
    return f"{ordinal(meeting.session)} {series.split(' of the ')[0]}"


def meeting_days(meeting: MeetingRef, language: Interface) -> str | None:
    """When a meeting was held, written out; None if it does not say."""
    return days(meeting.date, meeting.end_date, language) if meeting.date else None


def clock(seconds: float) -> str:
    """A place in a recording.

    >>> clock(75.4), clock(3725)
    ('1:15', '1:02:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def searched(reach: Searched, language: Interface) -> str:
    """The line that says what was searched."""
    words = words_in(language)
    if not reach.meetings:
        return words.searched_none
    if reach.first is None or reach.last is None:
        return words.searched_one if reach.meetings == 1 else words.searched_many.format(count=reach.meetings)
    if reach.meetings == 1:
        return words.searched_one_dated.format(first=day(reach.first, language))
    span = months(reach.first, reach.last, language)
    return words.searched_many_dated.format(count=reach.meetings, span=span)


def holdings(meetings: Sequence[MeetingRef], language: Interface) -> str:
    """How many meetings there are and from when to when, for the head of the page."""
    count = len(meetings)
    counted = f"{count}次会议" if language == "zh" else f"{count} meeting{'' if count == 1 else 's'}"
    dates = sorted(meeting.date for meeting in meetings if meeting.date)
    if not dates:
        return counted
    span = months(dates[0], dates[-1], language)
    return words_in(language).holdings.format(meetings=counted, span=span)


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _end_zh(first: datetime.date, last: datetime.date) -> str:
    if first.year != last.year:
        return day(last, "zh")
    return f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
