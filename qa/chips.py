"""What was understood of a question, as labelled pieces to show beside it, in English or Chinese."""

import calendar as months
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Language
from qa.answers import Intent, Period, Question
from qa.bodies import names_of
from qa.corrections import Typed, as_typed

_LABELS = {
    "asks": ("Asks for", "查找"),
    "when": ("When", "时间"),
    "meeting": ("Meeting", "会议"),
    "body": ("Body", "机构"),
    "speaker": ("Speaker", "发言人"),
    "office": ("Office", "职务"),
    "due": ("Due", "到期"),
    "topic": ("Topic", "主题"),
    "within": ("Within", "限于"),
    "taken": ("From before", "沿用前文"),
    "full": ("Read as", "理解为"),
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


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood, as shown.

    piece    which piece of the question it is, as `qa.corrections` names it; "taken" is none
    without  the pieces as typed when this one is taken away
    """

    piece: str
    label: str
    value: str
    without: Typed


def chips(question: Question, language: Language) -> list[Chip]:
    """Everything that was read from a question, piece by piece; only what it does say."""
    chinese = language == "zh"
    typed = as_typed(question)
    found: list[tuple[str, str, str, Typed]] = []
    if question.full:
        found.append(("taken", "full", question.full, {}))
    if question.intent in _INTENTS:
        found.append(("kind", "asks", _INTENTS[question.intent][chinese], {"kind": [""]}))
    for place, period in enumerate(question.when):
        days = {side: _without(typed[side], place) for side in ("since", "until")}
        found.append(("since", "when", name_of(period, language), days))
    if question.due:
        found.append(("taken", "due", name_of(question.due, language), {}))
    for place, number in enumerate(question.sessions):
        named = f"第{number}次" if chinese else f"No. {number}"
        found.append(("session", "meeting", named, {"session": _without(typed["session"], place)}))
    for name, alike in names_of(question.bodies):
        count = len(alike)
        named = name if count == 1 else f"{name}（{count}个名称）" if chinese else f"{name} ({count} names)"
        others = [body for body in typed["body"] if body not in alike]
        found.append(("body", "body", named, {"body": others or [""]}))
    for place, speaker in enumerate(question.speakers):
        found.append(("speaker", "speaker", speaker, {"speaker": _without(typed["speaker"], place)}))
    if not question.speakers:
        found += [("speaker", "office", office, {"speaker": [""]}) for office in question.offices]
    if question.topic:
        found.append(("topic", "topic", question.topic, {"topic": [""]}))
    if count := len(question.records):
        chosen = f"所选的{count}次会议" if chinese else f"{count} chosen meeting{'' if count == 1 else 's'}"
        found.append(("within", "within", chosen, {"within": [""]}))
    if question.taken:
        taken = ("、" if chinese else ", ").join(_SLOTS[slot][chinese] for slot in question.taken)
        found.append(("taken", "taken", taken, {}))
    return [Chip(piece, _LABELS[label][chinese], value, without) for piece, label, value, without in found]


def describe(question: Question, language: Language) -> list[tuple[str, str]]:
    """Label and value of everything that was read from a question.

    >>> describe(Question("gas safety?", topic="gas safety"), "en")
    [('Topic', 'gas safety')]
    """
    return [(chip.label, chip.value) for chip in chips(question, language)]


def kinds(language: Language) -> list[tuple[str, str]]:
    """The kinds of answer that can be asked for: value and name."""
    return [(intent.value, names[language == "zh"]) for intent, names in _INTENTS.items()]


def _without(values: Sequence[str], place: int) -> list[str]:
    return [value for at, value in enumerate(values) if at != place] or [""]


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
