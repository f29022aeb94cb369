"""Questions for what is due: "Which deadlines fall in 2026?", 「哪些工作要在2026年6月底前完成？」.

They ask for every entry of the register with a deadline in a span of days, not for what was said about one.
"""

import datetime
import re
from dataclasses import replace

from ingest.register.due import due_date
from qa.answers import Intent, Question
from qa.calendar import Calendar
from qa.periods import TimeWords, find_times
from qa.times_ahead import find_times_ahead
from qa.wording import clean

_TASKS = (
    r"(?:tasks?|actions?(?: items| points)?|deadlines?|due dates?|assignments?|jobs?|projects?"
    r"|works?|things?|items?|measures?)"
)
_DONE = (
    r"(?:due|completed?|finished?|done|delivered|submitted|reported|ready|handed in|carried out"
    r"|fall|falls|lies?|expire|expires|end|ends"
    r"|outstanding|come due|fall due|in place|implemented|met)"
)
_MUST = r"(?:must|should|shall|(?:has|have|had|need|needs|is|are|was|were|remains?) (?:\w+ )?to)"
_ASKS = re.compile(
    rf"^\W*(?:by [^,]{{3,30}}, )?(?:please |can you |could you )?(?:(?:show|list|give|tell)(?: me"
    r"| us)? )?"
    r"(?:what|which|everything|anything|all|any|how many|is|are)\b(?: (?!decided|agreed"
    r"|approved|discussed|said|assigned|set)[\w'-]+){0,8}?"
    r" (?:(?:deadlines|due dates)\b|(?:(?:is|are|was|were|comes?|falls?|lies?|be|still|have"
    rf"|has) )+due\b|due\b|{_MUST}(?: still)?(?: be)? {_DONE}\b"
    rf"|{_TASKS} {_MUST}\b)",
    re.IGNORECASE,
)
_OF_THEN = re.compile(  # what was assigned then, not what is due then
    r"\b(?:assigned|agreed|decided|given|approved|discussed|resolved|came out|taken|set out"
    r"|extended|moved|changed)\b|完成了|已完成|已经完成|布置|安排了|确定了",
    re.IGNORECASE,
)
_ABOUT_ONE = re.compile(
    r"^\W*(?:when|who|by when|until when|what (?:time|date|day) )|(?:什么时候|何时|由谁|哪天)", re.IGNORECASE
)
_HAN_ASKS = re.compile(
    r"(?:哪些|什么|哪几项|所有|全部|有多少|几项|有哪些).{0,24}(?:到期|完成|截止|期限|办结|落实|提交|完工|上报|交付)"
    r"|(?:到期|完成|办结|落实|提交).{0,6}(?:哪些|什么)|(?:到期|截止|期限).{0,12}(?:有哪些"
    r"|哪些|是什么|有什么)|(?:有)?(?:哪些|什么).{0,12}(?:期限|截止|任务|工作).{0,12}(?:到期"
    r"|截止|完成)"
)
_BY = re.compile(
    r"\b(?:by|until|till|no later than|not later than|up to)\s+(?:the )?(?:(?:end|close"
    r"|middle) of (?:the )?)?",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had)\b|(?:原定|本应|应当?已)", re.IGNORECASE)
_FALLS = re.compile(r"\bfalls?\b(?= (?:due|in|on|within|between|before|after|by)\b)")  # not the season
_SINCE = re.compile(r"\b(?:after|from|since)\s+(?:the )?(?:end of )?\W*$", re.IGNORECASE)
_AT_THE_END = re.compile(r"[年月](?:份)?[底末]")
_UP_TO_A_DAY = re.compile(r"[日号](?:之|以)?前$")  # 「6月30日前完成」 means that day too
_HAN_BY = re.compile(r"^\W*(?:底|末|底前|以前|之前|前|为止|止)")
_WORDS = re.compile(
    r"\b(?:what|which|who|is|are|was|were|be|been|to|has|have|had|must|should|need|needs"
    r"|remains?|all|any|every|everything|list|show"
    r"|give|tell|me|us|the|of|in|by|before|until|till|on|at|for|from|after|since|during"
    r"|between|and|end|start|beginning|still"
    r"|there|that|do|does|did|our|its|how|many|please|within|this|next|not|yet|later|than"
    rf"|no|up|set|{_TASKS}|{_DONE})\b"
    r"|哪些|什么|哪几|几|有|要|需要|必须|应当|应该|须|在|于|的|底|末|前|之|以|内|完成|到期"
    r"|截止|期限|办结|落实|提交|完工|上报|交付|任务"
    r"|工作|事项|事情|项目|项|是|都|所有|全部|列出|年|月|日|吗|呢|了|没有?|为止|多少|\W",
    re.IGNORECASE,
)


def of_deadlines(question: Question, calendar: Calendar) -> Question:
    """The question as one for what is due in a span of days, where it is one; else as it is."""
    text = _FALLS.sub(lambda falls: "lie".ljust(len(falls[0])), clean(question.text).clean)
    if (
        question.speakers
        or _ABOUT_ONE.search(text)
        or _OF_THEN.search(text)
        or not (_ASKS.search(text) or _HAN_ASKS.search(text))
    ):
        return question
    times = (
        find_times(text, calendar.timeline(), calendar.anchor)
        if _PAST.search(text)
        else find_times_ahead(text, calendar)
    )
    if len(times) != 1:
        return question
    before, after = text[: times[0].start], text[times[0].end :]
    first, last = _span(times[0], text, before, after, calendar.anchor)
    rest = f"{before} {after}"
    topic = " ".join(_WORDS.sub(" ", rest).split())
    due = replace(times[0].period, first=first, last=last)
    return replace(question, intent=Intent.ACTION, due=due, topic=topic, when=(), missing=False, nearest=())


def _span(
    time: TimeWords, text: str, before: str, after: str, anchor: datetime.date
) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day that words for a time mean with those around them: "by", "before", 「底前」."""
    first, last = time.period.first, time.period.last
    words = time.of(text)
    if _AT_THE_END.search(words + after[:2]) and (end := due_date(words + after[:2], anchor)):
        return (None if _HAN_BY.search(after) or "前" in words else first), end
    if first is None and last and _UP_TO_A_DAY.search(words):
        return None, last + datetime.timedelta(days=1)
    if re.search(r"\bbefore\s+(?:the )?$", before) or re.match(r"before\b", words, re.IGNORECASE):
        return None, first - datetime.timedelta(days=1) if first else last
    if _BY.search(before[-32:]) or _BY.match(words) or _HAN_BY.search(after) or first is None:
        return None, last
    if _SINCE.search(before) or last is None:
        return (last or first) if "after" in before[-8:] else first, None
    return first, last
