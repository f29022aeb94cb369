"""How Chinese questions about meetings are put: what names the meeting, who is meant, and what is the topic.

Chinese puts time, meeting and person in front and the asking words behind or around the topic:
「[去年8月的会议][对]垃圾分类[作出了什么决定]？」. What names meetings and people is taken out first, then the
asking words are matched on what is left. A time is that of the meeting where a word for a meeting, a body, a
verb of meetings, a preposition or a pause follows; before any other noun it belongs to it: 「2026年预算」 is
a topic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.numerals import CHINESE_NUMERALS, chinese_number
from ingest.records import Span
from qa.answers import Intent, Period
from qa.bodies import BodyWords, find_bodies
from qa.calendar import Calendar, Timeline
from qa.chinese_frames import ASKING, FRAMES, PEOPLE_VERBS, POLITE, SECOND_QUESTION
from qa.meetings import BODY, DATE, QUOTE, SERIES, Mention, fill, nth_meetings, nth_or_session
from qa.people import People, who_is
from qa.periods import TimeWords, find_times
from qa.reading import Reading
from qa.series import bodies_of_kind, series_of_kind
from qa.wording import quotations

_N = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,6}})"
_COUNTED_BEFORE = (
    "的开召举行了过共近前后这那每有上下几连续最"  # before a number of meetings that is no ordinal
)
_BARE_ORDER = rf"(?<![{_COUNTED_BEFORE}{CHINESE_NUMERALS}\d])(?!两){_N}次(?!会议?(?:都|分别|一共|总共|共|均))"
_ORDER = (
    rf"(?:上{{2,3}}一?[次回场]|倒数第{_N}[次场]|第{_N}(?:[次期]?[、,，和与及至到-]第?{_N}){{0,3}}[次期]|{_BARE_ORDER}|最近的?{_N}[次场]|最近的?一?[次场]?|最新的?一?[次场]?|最后一[次场]|上一?[次回场]"
    rf"|上{_N}次|前{_N}次|首[次场]|头一次|近{_N}次)"
)
_KIND = (
    "(?:市长|省长|县长|区长|院长|校长|总经理|主任|书记)?(?:常务|全体|专题|扩大|办公|党组|党委|董事会|理事会|监事会|委员会|常委会|业主|股东|定期|临时|紧急|工作"
    "|年度|视频|筹备|协调|联席|例行|政府|学术|项目|部门|班子|总结|专项|立项|评审)"
)
_NOUN = r"(?:会议|例会|全会|大会|办公会|常务会|座谈会|班子会|联席会|会)(?!见|员|计|长|费|所|馆|场|展|上海)"
_MEETING = re.compile(
    rf"(?P<lead>[在于从自]?)(?P<mods>(?:[{DATE}]++(?:[和、至到及][{DATE}]++)*+|[{BODY}]++|{_ORDER}|第?{_N}届|{_KIND}|本次|这次"
    rf"|该次|此次|这一次|本|该|那次|召开|举行|举办|开(?=会)|的|里|中|,|，| ){{0,9}})"
    rf"(?P<noun>[{SERIES}]++|{_NOUN})(?P<of>的?(?:会议)?(?:纪要|记录|笔录|材料))?(?P<in>[上中里]|期间|之中)?"
    rf"(?P<open>以来|之后|以后|之前|以前|后|前)?"
)
_TIME_BEFORE = re.compile(
    r"(?:^|[在于自从，,：:。；;？?！! （(]|请问|问下|一下|告诉我|知道|请|那么?|那|及|和)$"
)
_MEETING_VERB = (
    r"(?:都|曾|主要|一共|总共|共|已经?|有没有|是否|是不是|又|还|再|具体)?(?:讨论|研究|审议|决定|通过|部署|提到|提出|谈|说|听取|批准|作[出了过]|做[出了过]|达成|形成|开会|开了|召开|举行"
    r"|表决|投票|否决|驳回|推迟|暂缓|搁置|不同意|定了|安排|强调|要求|汇报|有(?:谁|什么|哪|多少|几)|哪|谁|什么|为什么|为何|怎么|如何|怎样|有没有|是否|由谁)"
)
_TIME_AFTER = re.compile(
    rf"(?:$|[，,：:、。；;？?！! （()）{BODY}{SERIES}]|期间|间|的时候|里|中|内"
    r"|(?:关于|对于|针对|围绕|就|对|在|市政府|政府|会上|大家|我们|他们|与会|委员"
    rf"|代表)"
    rf"|的(?:决定|决议|结论|讨论|会议|纪要|记录|发言)|{_MEETING_VERB})"
)
_TOPIC_BEFORE = re.compile(r"(?:关于|对于|有关|针对|围绕|截至|截止到?|对|就)$")
_WHICH_BEFORE = re.compile(r"(?:哪些|哪一?[次个场]|哪几[次个场]|什么|[几多少][次个场]|多少[次个场]|的)$")


def read_chinese(text: str, calendar: Calendar) -> Reading:
    """Reads a cleaned question (`qa.wording.clean`)."""
    reading = Reading()
    quotes = quotations(text)
    reading.frame += _mentions(text, quotes, calendar)
    rest = _Rest.of(text, reading.frame)
    rest = rest.after(POLITE)
    rest = _take_people(rest, reading, calendar)
    _read_frame(rest, reading)
    return reading


# What is left when something is taken out ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left of a text: `words`, and where each of them stands in it."""

    words: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str, taken: list[Mention]) -> "_Rest":
        gone = bytearray(len(text))
        for mention in taken:
            gone[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        places = tuple(i for i in range(len(text)) if not gone[i])
        return cls("".join(text[i] for i in places), places)

    def cut(self, start: int, end: int) -> "_Rest":
        """Without the words from `start` to `end`."""
        return _Rest(self.words[:start] + self.words[end:], self.places[:start] + self.places[end:])

    def after(self, pattern: re.Pattern[str]) -> "_Rest":
        """Without what the pattern matches at the front, as often as it does."""
        rest = self
        for _ in range(6):
            match = pattern.match(rest.words)
            if not match or not match.end():
                break
            rest = rest.cut(0, match.end())
        return rest

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of the text that `words[start:end]` come from."""
        first = None
        for i in range(start, end):
            first = self.places[i] if first is None else first
            if i + 1 == end or self.places[i + 1] != self.places[i] + 1:
                yield first, self.places[i] + 1
                first = None


# Meetings ------------------------------------------------------------------------------------------


def _mentions(text: str, quotes: list[Span], calendar: Calendar) -> list[Mention]:
    bodies = [b for b in find_bodies(text, calendar) if _outside(b, quotes)]
    timeline = calendar.timeline(tuple(dict.fromkeys(name for b in bodies for name in b.bodies)))
    times = [t for t in find_times(text, timeline, calendar.anchor) if _outside(t, quotes)]
    bodies = [b for b in bodies if _outside(b, times)]
    marks = fill(text, quotes, QUOTE)
    for body in bodies:
        is_series = text[body.start : body.end].endswith(("会议", "例会", "全会"))
        marks = fill(marks, [body], SERIES if is_series else BODY)
    marks = fill(marks, times, DATE)
    found = [
        mention
        for match in _MEETING.finditer(marks)
        if (mention := _meeting(match, text, marks, times, bodies, calendar))
    ]
    found += [m for m in _bare_times(text, marks, times, calendar) if _outside(m, found)]
    found += [m for m in _bare_bodies(text, marks, bodies) if _outside(m, found)]
    return found


def _outside(span: Span, others: Sequence[Span]) -> bool:
    return not any(other.start < span.end and span.start < other.end for other in others)


def _meeting(
    match: re.Match[str],
    text: str,
    marks: str,
    times: list[TimeWords],
    bodies: list[BodyWords],
    calendar: Calendar,
) -> Mention | None:
    """ "去年8月的常务会议上", "第32次会议"; plain "会上" too, which names no meeting but is no topic."""
    start, end = match.span()
    mods, noun = match["mods"], match["noun"]
    if _TOPIC_BEFORE.search(marks[:start]) and not match["in"] and not _ends_frame(marks, end):
        return None
    named_bodies = tuple(
        dict.fromkeys(n for b in bodies if start <= b.start and b.end <= end for n in b.bodies)
    ) or series_of_kind(re.findall(_KIND, text[start:end]), calendar)
    inside = [t for t in times if start <= t.start and t.end <= end]
    order = re.search(_ORDER, text[start : match.end("mods")])
    if not inside and not order and not named_bodies:
        if _WHICH_BEFORE.search(marks[: match.start("noun")]) and not mods.startswith(
            ("本", "这", "该", "此")
        ):
            return None
        plain = not re.sub(r"本次|这次|该次|此次|这一次|本|该|的", "", mods)
        ends = match["in"] or _ends_frame(marks, end)
        short = noun not in ("会议", "例会", "大会")
        return Mention(start, end) if plain and ends and (match["in"] or not short) else None
    if noun == "会" and not (match["in"] or order or inside):
        return None
    timeline = calendar.timeline(named_bodies)
    periods = tuple(t.period for t in inside)
    sessions: tuple[int, ...] = ()
    if order:
        named_bodies = named_bodies or bodies_of_kind(re.findall(_OF_BODY, text[start:end]), calendar)
        timeline = calendar.timeline(named_bodies)
        periods, sessions = _read_order(order[0], periods, timeline, calendar, text[start:end])
    return Mention(start, end, periods, sessions, named_bodies)


_OF_BODY = r"董事会|理事会|监事会|常委会|委员会"
_ENDS = re.compile(
    r"(?:$|[，,：:。；;？?！! ]|的(?:决定|决议|结论|内容|要点|讨论|主要|议题|议程|情况|结果|重点)"
    rf"|{_MEETING_VERB}|(?:关于|对于|针对|围绕|就|对|在|是"
    rf"|主持|参加|出席|时间|地点))"
)


def _ends_frame(marks: str, end: int) -> bool:
    return bool(_ENDS.match(marks, end))


def _read_order(
    order: str, periods: tuple[Period, ...], timeline: Timeline, calendar: Calendar, words: str
) -> tuple[tuple[Period, ...], tuple[int, ...]]:
    """Which meetings 「第32次」, 「最近三次」, 「首次」 mean: periods and session numbers."""
    numbers = tuple(n for n in (chinese_number(w) for w in re.findall(_N, order)) if n is not None)
    if order.startswith("上上"):
        return nth_meetings("last", 1, periods, timeline, calendar, words, before=order.count("上") - 1), ()
    if order.startswith("倒数"):
        before = max(numbers, default=1) - 1
        return nth_meetings("last", 1, periods, timeline, calendar, words, before=before), ()
    if order.startswith("第") or re.fullmatch(rf"{_N}次", order):
        if re.search(r"[至到-]", order) and len(numbers) == 2 and 0 < numbers[1] - numbers[0] <= 50:
            numbers = tuple(range(numbers[0], numbers[1] + 1))
        return nth_or_session(numbers, periods, timeline, words)
    if order.startswith(("首", "头")):
        if not periods and timeline.with_session(1):
            return (), (1,)
        return nth_meetings("first", 1, periods, timeline, calendar, words), ()
    count = numbers[0] if numbers and 0 < numbers[0] <= 50 else 1
    return nth_meetings("last", count, periods, timeline, calendar, words), ()


def _bare_times(text: str, marks: str, times: list[TimeWords], calendar: Calendar) -> Iterator[Mention]:
    """Times that say when the meeting was without a word for it: 「2023年讨论了…」, 「去年，…」."""
    for time in times:
        if _TOPIC_BEFORE.search(text[: time.start]) or not _says_when(text, marks, time, calendar):
            continue
        lead = re.search(r"[在于自从]?$", text[: time.start])
        trail = _AFTER_TIME.match(text, time.end)
        start = lead.start() if lead else time.start
        yield Mention(start, trail.end() if trail else time.end, (time.period,), explicit=time.unit == "day")


def _says_when(text: str, marks: str, time: TimeWords, calendar: Calendar) -> bool:
    since = not time.start and time.adverb and text[time.end - 1] in "来前后起今"  # 「三月以来…」
    return bool(
        (since and text[time.end : time.end + 1] != "的")
        or _TIME_AFTER.match(marks, time.end)
        or _NAMED_MEETING.match(text, time.end)
        or _somebody_at(text, time.end, calendar)
    )


_AFTER_TIME = re.compile(r"期间|间|的时候|里|中|内|的(?=决定|决议|结论|讨论|会议|纪要|记录|发言)")
_NAMED_MEETING = re.compile(  # 「2025年4月10日老年助餐座谈会」: its name is topic, its date is not
    r"的?[\u3400-\u9fff]{2,14}?(?:座谈会|听证会|专题会|调度会|推进会|协调会|例会|社员大会|股东大会|代表大会|理事会|董事会|委员会|会议)(?=$|[上的对就，,？?。]|讨论|决定)"
)


def _bare_bodies(text: str, marks: str, bodies: list[BodyWords]) -> Iterator[Mention]:
    """Bodies as the one that decides: 「市政府对…」, 「图书馆理事会去年…」."""
    for body in bodies:
        before = text[: body.start]
        leads = (
            not before
            or before[-1] in "，,：: 。？?"
            or before.endswith(("由", "请问", DATE))
            or marks[body.start - 1] in DATE
        )
        if leads and _TIME_AFTER.match(marks.replace(DATE, "，"), body.end):
            yield Mention(body.start, body.end, bodies=body.bodies)


# People --------------------------------------------------------------------------------------------


def _take_people(rest: _Rest, reading: Reading, calendar: Calendar) -> _Rest:
    """Takes out whoever the question asks the words of: 「李军对…怎么看」, 「关于…，李市长说了什么」."""
    words = rest.words
    starts = [
        0,
        *(m.end() for m in re.finditer(r"[，,：:？ ]|据|根据|按照|关于|对于", words)),
        *_name_starts(words, calendar),
    ]
    for start in dict.fromkeys(starts):
        found = _somebody_at(words, start, calendar)
        if found:
            people, end = found
            lead = re.search(r"(?:根据|按照|据)$", words[:start])
            tail = (
                re.match(
                    r"(?:的(?:说法|发言|汇报|介绍|意见|观点)[，,]?|(?:介绍|说|称|表示|透露|汇报|所说|所言)[，,])",
                    words[end:],
                )
                if lead
                else None
            )
            if lead and not tail:
                continue
            if tail or PEOPLE_VERBS.match(words, end):
                reading.people += people
                reading.intent = Intent.OPINION
                start -= len(lead[0]) if lead else 0
                return rest.cut(start, end + (tail.end() if tail else 0))
    return rest


def _name_starts(words: str, calendar: Calendar) -> list[int]:
    firsts = calendar.kept("first characters", lambda: frozenset(p.name[:1] for p in calendar.people))
    return [i for i, char in enumerate(words[:400]) if char in firsts]


def _somebody_at(words: str, start: int, calendar: Calendar) -> tuple[People, int] | None:
    """The longest run of characters from `start` that names somebody, and where it ends."""
    for size in range(min(14, len(words) - start), 0, -1):
        name = words[start : start + size]
        if re.search(r"[，,。？?！!：:（(“”\"]", name) or (size == 1 and not name.isalpha()):
            continue
        people = who_is(name, calendar)
        if people.speakers or (people.offices and size > 1):
            title = re.match(r"(?:同志|先生|女士|委员|代表)", words[start + size :])
            return people, start + size + (title.end() if title else 0)
    return None


# Topic ---------------------------------------------------------------------------------------------


def _read_frame(rest: _Rest, reading: Reading) -> None:
    rest = rest.after(re.compile(r"[，,、：:；;\s]+"))
    ending = re.search(r"[\s?？。！!…呢呀啊嘛]*$", rest.words)
    assert ending
    rest = rest.cut(ending.start(), len(rest.words))
    second = SECOND_QUESTION.search(rest.words)
    if second and ASKING.search(rest.words, 0, second.start()):
        rest = rest.cut(second.start(), len(rest.words))
    for intent, pattern in FRAMES:
        match = pattern.fullmatch(rest.words)
        if match:
            reading.intent = _intent(reading, intent)
            groups = {name: match.span(name) for name, found in match.groupdict().items() if found}
            spare = groups.pop("v", None)
            for start, end in sorted(groups.values()):
                reading.topic += _ranges(rest, start, end)
            if spare and not reading.topic:  # "who objected?" asks about objecting
                reading.topic += _ranges(rest, *spare)
            return
    reading.topic += _ranges(rest, 0, len(rest.words))


def _intent(reading: Reading, intent: Intent) -> Intent:
    if reading.people and intent in (Intent.FACT, Intent.SUMMARY):
        return Intent.OPINION
    return intent


_EDGE = re.compile(
    r"^(?:[的，,、：:\s]|关于|对于|有关|针对|围绕|对(?![外口象策比接账标])|就(?![业餐医读近职地任]))+"
)
_TAIL = re.compile(
    r"(?:[的，,、：:\s]|(?:这一|这个)(?:问题|议题|事项|话题)?|方面的?|的(?:问题|议题|事项|话题|事情|事))+$"
)


def _ranges(rest: _Rest, start: int, end: int) -> list[tuple[int, int]]:
    words = rest.words[start:end]
    lead = _EDGE.match(words)
    start += lead.end() if lead else 0
    tail = _TAIL.search(rest.words[start:end])
    end = start + tail.start() if tail else end
    quoted = re.fullmatch(r"[\"“「『《](?P<t>[^\"”」』》]+)[\"”」』》]", rest.words[start:end])
    if quoted:
        start, end = start + 1, end - 1
        lead = _EDGE.match(rest.words[start:end])
        start += lead.end() if lead else 0
    return list(rest.ranges(start, end)) if start < end else []
