"""What was understood of a question, as labelled pieces to show beside it, in English or Chinese."""

import calendar as months
import datetime

from ingest.records import Language
from qa.answers import Intent, Period, Question

_LABELS = {
    "asks": ("Asks for", "查找"),
    "when": ("When", "时间"),
    "meeting": ("Meeting", "会议"),
    "body": ("Body", "机构"),
    "speaker": ("Speaker", "发言人"),
    "office": ("Office", "职务"),
    "topic": ("Topic", "主题"),
    "within": ("Within", "限于"),
    "taken": ("From before", "沿用前文"),
}
_SLOTS = {
    "intent": ("kind of answer", "问法"),
    "topic": ("topic", "主题"),
    "when": ("time", "时间"),
    "sessions": ("meeting", "会议"),
    "bodies": ("body", "机构"),
    "speakers": ("speaker", "发言人"),
    "rewritten": ("written out in full", "补全为完整问题"),
}
_INTENTS = {
    Intent.DECISION: ("decisions", "决定"),
    Intent.OPINION: ("what was said", "观点"),
    Intent.VOTE: ("votes", "表决"),
    Intent.ACTION: ("tasks and deadlines", "任务与期限"),
    Intent.MEETINGS: ("meetings", "相关会议"),
    Intent.COUNT: ("how often", "次数"),
    Intent.SUMMARY: ("discussion", "讨论"),
    Intent.WHEN: ("date", "日期"),
    Intent.WHO: ("people", "人员"),
}


def describe(question: Question, language: Language) -> list[tuple[str, str]]:
    """Label and value of everything that was read from a question; only what it does say.

    >>> describe(Question("gas safety?", topic="gas safety"), "en")
    [('Topic', 'gas safety')]
    """
    chinese = language == "zh"
    found: list[tuple[str, str]] = []
    if question.intent in _INTENTS:
        found.append(("asks", _INTENTS[question.intent][chinese]))
    found += [("when", name_of(period, language)) for period in question.when]
    found += [("meeting", f"第{n}次" if chinese else f"No. {n}") for n in question.sessions]
    found += [("body", body) for body in question.bodies]
    found += [("speaker", speaker) for speaker in question.speakers]
    found += [("office", office) for office in question.offices if not question.speakers]
    found += [("topic", question.topic)] if question.topic else []
    if count := len(question.records):
        chosen = f"所选的{count}次会议" if chinese else f"{count} chosen meeting{'' if count == 1 else 's'}"
        found.append(("within", chosen))
    taken = ("、" if chinese else ", ").join(_SLOTS[slot][chinese] for slot in question.taken)
    found += [("taken", taken)] if taken else []
    return [(_LABELS[label][chinese], value) for label, value in found]


def understood(question: Question, language: Language) -> str:
    """That on one line: "Asks for: decisions; Topic: gas safety"; empty where nothing was read."""
    colon, joint = ("：", "；") if language == "zh" else (": ", "; ")
    return joint.join(f"{label}{colon}{value}" for label, value in describe(question, language))


def name_of(period: Period, language: Language) -> str:
    """A period in words: "September 2007", "18 September 2007", "since 1 March 2024", 「2024年1月至6月」."""
    chinese = language == "zh"
    first, last = period.first, period.last
    if first and last and first > last:  # a day there is not: 29 February 2023
        return period.text
    if first and last:
        return _closed(first, last, chinese)
    if first:
        return f"{_day(first, True)}以来" if chinese else f"since {_day(first, False)}"
    if last:
        return f"{_day(last, True)}及以前" if chinese else f"until {_day(last, False)}"
    return "不限" if chinese else "any time"


def _closed(first: datetime.date, last: datetime.date, chinese: bool) -> str:
    if first == last:
        return _day(first, chinese)
    whole_months = first.day == 1 and last.day == months.monthrange(last.year, last.month)[1]
    if whole_months and (first.month, last.month) == (1, 12):
        return _joined(_year(first, chinese), _year(last, chinese), chinese)
    if whole_months:
        return _joined(_month(first, chinese), _month(last, chinese), chinese)
    return _joined(_day(first, chinese), _day(last, chinese), chinese)


def _joined(first: str, last: str, chinese: bool) -> str:
    return first if first == last else f"{first}至{last}" if chinese else f"{first} – {last}"


def _day(day: datetime.date, chinese: bool) -> str:
    if chinese:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {months.month_name[day.month]} {day.year}"


def _month(day: datetime.date, chinese: bool) -> str:
    return f"{day.year}年{day.month}月" if chinese else f"{months.month_name[day.month]} {day.year}"


def _year(day: datetime.date, chinese: bool) -> str:
    return f"{day.year}年" if chinese else str(day.year)
