"""What Minutebook itself says, in English and Chinese: dates, headings, and that something was not found."""

import re
from collections.abc import Sequence
from datetime import date

from ingest.records import Language
from qa.answers import MeetingRef, Searched

_KINDS = {
    "approved": ("approved", "通过"),
    "agreed": ("agreed", "同意"),
    "decided": ("decided", "决定"),
    "rejected": ("rejected", "未通过"),
    "deferred": ("deferred", "推迟"),
    "withdrawn": ("withdrawn", "撤回"),
    "noted": ("noted", "听取"),
    "concluded": ("concluded", "结论"),
    "undecided": ("left undecided", "未决定"),
    "assigned": ("assigned", "交办"),
    "vote": ("vote", "表决"),
    "emphasised": ("emphasised", "强调"),
    "discussed": ("discussed", "讨论"),
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(value: date, language: Language) -> str:
    """A date as people write it.

    >>> from datetime import date
    >>> day(date(2023, 8, 25), "en"), day(date(2023, 8, 25), "zh")
    ('25 August 2023', '2023年8月25日')
    """
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: date, language: Language) -> str:
    """The month of a day, in short.

    >>> from datetime import date
    >>> month(date(2023, 8, 25), "en"), month(date(2023, 8, 25), "zh")
    ('Aug 2023', '2023年8月')
    """
    if language == "zh":
        return f"{value.year}年{value.month}月"
    return f"{_MONTHS[value.month - 1][:3]} {value.year}"


def ordinal(number: int) -> str:
    """An English ordinal.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 32)]
    ['1st', '2nd', '3rd', '11th', '32nd']
    """
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def meeting_day(meeting: MeetingRef, language: Language) -> str:
    """When the meeting was held, from first to last day; that it is not known when it is not."""
    if meeting.date is None:
        return "日期不详" if language == "zh" else "date not known"
    if meeting.end_date is None or meeting.end_date == meeting.date:
        return day(meeting.date, language)
    joiner = "至" if language == "zh" else " to "
    return f"{day(meeting.date, language)}{joiner}{day(meeting.end_date, language)}"


def heading(meeting: MeetingRef, language: Language) -> str:
    """What names a meeting above the sentences from it: its day, then session and series, or its title."""
    return f"{meeting_day(meeting, language)}{'　' if language == 'zh' else ', '}{name(meeting, language)}"


def name(meeting: MeetingRef, language: Language) -> str:
    """Session and series when both are known ("32nd Executive Meeting"), else the title."""
    if meeting.session is None or not meeting.series:
        return meeting.title
    if meeting.language == "zh":
        return (
            meeting.title
            if f"{meeting.session}次" in meeting.title
            else f"{meeting.series}第{meeting.session}次"
        )
    return f"{ordinal(meeting.session)} {meeting.series}"


def nothing_found(searched: Searched, language: Language) -> str:
    """That the records in reach do not answer, with what was searched."""
    if language == "zh":
        return f"已查阅的会议记录中没有答案（{searched_words(searched, language)}）。"
    return f"The records do not answer this ({searched_words(searched, language)})."


def comes_nearest(language: Language) -> str:
    """That what follows may not answer, and is the nearest there is."""
    if language == "zh":
        return "记录中未见对此的明确答案，最接近的内容如下："
    return "The records may not answer this. They come nearest with:"


def unanswered(asked: str, language: Language) -> str:
    """That of two questions in one sentence this one is not answered.

    >>> unanswered("who pays for it", "en")
    'The records do not answer "who pays for it".'
    """
    if language == "zh":
        return f"记录中没有“{asked}”的答案。"
    return f'The records do not answer "{asked}".'


def nothing_more(language: Language) -> str:
    """That what the answers before cited is all."""
    return (
        "除上文所引之外，记录中没有更多内容。"
        if language == "zh"
        else "The records say no more on this than was cited above."
    )


_SAYS_WHEN = re.compile(
    r"(?:ever since|since|after|before|between|during|from|in|on|until|till|up to|prior to|as of|no later than"
    r"|last|this|yesterday|today)\b",
    re.IGNORECASE,
)


def no_such_meeting(asked: str, language: Language) -> str:
    """That no meeting on the asked date or of the asked number is in the records."""
    if language == "zh":
        return f"记录中没有{asked}的会议。"
    return f"The records hold no meeting {'' if _SAYS_WHEN.match(asked) else 'for '}{asked}."


def searched_words(searched: Searched, language: Language) -> str:
    """What was searched, as a phrase: "searched 18 meetings, 12 January 2024 to 9 December 2025"."""
    chinese, count = language == "zh", searched.meetings
    counted = f"共查阅{count}次会议" if chinese else f"searched {count} meeting{'' if count == 1 else 's'}"
    if not (searched.first and searched.last):
        return counted
    days = [day(value, language) for value in dict.fromkeys((searched.first, searched.last))]
    return f"{counted}{'，' if chinese else ', '}{('至' if chinese else ' to ').join(days)}"


def held_on(held: date, language: Language) -> str:
    """When a meeting was held."""
    return f"会议于{day(held, language)}召开。" if language == "zh" else f"Held on {day(held, language)}."


_DECIDED = {
    "approved": "Approved",
    "agreed": "Agreed",
    "rejected": "Rejected",
    "deferred": "Deferred",
    "withdrawn": "Withdrawn",
}


def decided_on(kind: str, meeting: MeetingRef, language: Language) -> str:
    """On which day a meeting decided: "Approved on 20 April 2027." """
    if language == "zh":
        return f"{meeting_day(meeting, language)}的会议{kind_words(kind, language)}："
    return f"{_DECIDED.get(kind, 'Decided')} on {meeting_day(meeting, language)}."


_ROLL = {
    "present": ("Recorded as present: {}.", "记录在列的出席人员：{}。"),
    "absent": ("Recorded as absent: {}.", "记录为缺席或请假：{}。"),
    "chair": ("{} was in the chair.", "由{}主持。"),
}


def on_roll(part: str, names: Sequence[str], language: Language) -> str:
    """Who is recorded as present or absent, or who presided.

    >>> on_roll("absent", ("Ada Novak", "Ben Tarr"), "en"), on_roll("chair", ("李军",), "zh")
    ('Recorded as absent: Ada Novak, Ben Tarr.', '由李军主持。')
    """
    listed = ("、" if language == "zh" else ", ").join(names)
    return _ROLL[part][language == "zh"].format(listed)


def present_at(who: Sequence[str], count: int, total: int, language: Language) -> str:
    """At how many of the meetings searched somebody is recorded as present."""
    if language == "zh":
        return f"{total}次会议中，{'、'.join(who)}有{count}次记录在出席名单中："
    return f"{' or '.join(who)} is recorded as present at {count} of {total} meetings:"


def entries_listed(count: int, language: Language) -> str:
    """How many entries of the decision register a list has.

    >>> entries_listed(1, "en"), entries_listed(23, "zh")
    ('1 entry of the decision register:', '决定登记中有23项：')
    """
    if language == "zh":
        return f"决定登记中有{count}项："
    return f"{count} {'entry' if count == 1 else 'entries'} of the decision register:"


def besides(language: Language) -> str:
    """That what follows is of the matter and no entry of the register."""
    return "另有如下记载：" if language == "zh" else "The records say besides:"


def of_meetings(count: int, total: int, language: Language) -> str:
    """How many of the meetings searched: "7 of 48 meetings discuss this:"."""
    if language == "zh":
        return f"{total}次会议中有{count}次涉及："
    return f"{count} of {total} meetings {'discusses' if count == 1 else 'discuss'} this."


_OUTCOMES = {
    "undecided": ("deferred or left undecided", "推迟或尚未决定"),
    "rejected": ("rejected", "未获同意"),
    "withdrawn": ("withdrawn", "撤回"),
    "deferred": ("deferred", "推迟或暂缓"),
    "approved": ("approved", "获得通过"),
    "agreed": ("agreed", "获得同意"),
}


def of_outcome(outcome: str, count: int, settled: int, language: Language) -> str:
    """How many matters came out one way: "7 matters were rejected:"; and how many of them were settled since.

    >>> of_outcome("undecided", 3, 1, "en")
    '3 matters were deferred or left undecided; later meetings settled 1 of them:'
    """
    english, chinese = _OUTCOMES[outcome]
    if language == "zh":
        since = f"，其中{settled}项后来已有决定" if settled else ""
        return f"共有{count}项{chinese}{since}："
    since = f"; later meetings settled {settled} of them" if settled else ""
    return f"{count} {'matter was' if count == 1 else 'matters were'} {english}{since}:"


_STATUS = {
    "overdue": ("overdue", "逾期"),
    "done": ("marked as done", "标明已完成"),
    "open": ("open", "未完成"),
}


def of_status(status: str, count: int, unmarked: int, language: Language) -> str:
    """How many tasks are marked so far: "2 actions are overdue:"; and of how many more no record says how far they are.

    >>> of_status("open", 3, 2, "en")
    '3 actions are open; of 2 more no record says whether they are done:'
    """
    english, chinese = _STATUS[status]
    if language == "zh":
        marked = f"共有{count}项任务{chinese}" if count else ""
        rest = f"{'，另' if count else ''}有{unmarked}项任务未记录是否已完成" if unmarked else ""
        return f"{marked}{rest}：" if marked or rest else f"记录中没有{chinese}的任务。"
    if not count and not unmarked:
        return f"No record lists an action as {'done' if status == 'done' else english}."
    if not count:
        return (
            f"Of {unmarked} {'action' if unmarked == 1 else 'actions'} no record says whether they are done:"
        )
    rest = f"; of {unmarked} more no record says whether they are done" if unmarked else ""
    return f"{count} {'action is' if count == 1 else 'actions are'} {english}{rest}:"


def settled_since(later: MeetingRef, language: Language) -> str:
    """That a later meeting settled what was left open: "Settled later, on 10 September 2024."."""
    if language == "zh":
        return f"{meeting_day(later, language)}的会议已就此作出决定。"
    return f"Settled later, on {meeting_day(later, language)}."


_CHANGED = {
    "amended": ("amends", "amended", "修改"),
    "repealed": ("repeals", "repealed", "撤销"),
    "replaced": ("replaces", "replaced", "取代"),
    "extended": ("extends", "extended", "延长"),
    "postponed": ("postpones", "postponed", "推迟"),
    "repeated": ("repeats", "repeated", "重申"),
}


def changes_earlier(kind: str, earlier: MeetingRef, language: Language) -> str:
    """That a decision changes an earlier one: "This amends the decision of 27 September 2024."."""
    if language == "zh":
        return f"此项{_CHANGED[kind][2]}了{meeting_day(earlier, language)}的决定。"
    return f"This {_CHANGED[kind][0]} the decision of {meeting_day(earlier, language)}."


def changed_later(kind: str, later: MeetingRef, language: Language) -> str:
    """That a decision was changed by a later one: "Later amended, on 25 September 2025."."""
    if language == "zh":
        return f"此项决定后于{meeting_day(later, language)}被{_CHANGED[kind][2]}。"
    return f"Later {_CHANGED[kind][1]}, on {meeting_day(later, language)}."


def kind_words(kind: str, language: Language) -> str:
    """What a meeting did about a matter: "approved", 「推迟」."""
    return _KINDS[kind][language == "zh"]


def first_decision(language: Language) -> str:
    """The label of the earliest decision on a topic."""
    return "首次决定：" if language == "zh" else "First decision:"


def latest_decision(language: Language) -> str:
    """The label of the latest decision on a topic."""
    return "最近决定：" if language == "zh" else "Latest decision:"


def meetings_held(count: int, language: Language) -> str:
    """How many meetings the records hold in the asked range."""
    if language == "zh":
        return f"记录中有{count}次会议。"
    return f"The records hold {count} meeting{'' if count == 1 else 's'} there."


def agenda(count: int, language: Language) -> str:
    """How many items were on an agenda: "4 items were on the agenda:"."""
    if language == "zh":
        return f"共有{count}项议题："
    return f"{count} {'item was' if count == 1 else 'items were'} on the agenda:"


def due(count: int, earlier: int, first: date | None, last: date | None, language: Language) -> str:
    """How much is due from a first to a last day, and how much was due before the first."""
    if language == "zh":
        days = "至".join(day(value, language) for value in (first, last) if value)
        if first is None or last is None:
            days += "以后" if last is None else "以前"
        more = f"（此前另有{earlier}项到期）" if earlier else ""
        return f"{days}到期的事项共{count}项{more}：" if count else f"记录中没有{days}到期的事项{more}。"
    between = {
        (True, True): lambda: f"from {day(first, language)} to {day(last, language)}",
        (True, False): lambda: f"from {day(first, language)} on",
        (False, True): lambda: f"up to {day(last, language)}",
    }[bool(first), bool(last)]()
    more = f" ({earlier} more {'was' if earlier == 1 else 'were'} due before)" if earlier else ""
    if not count:
        return f"Nothing is recorded as due {between}{more}."
    return f"{count} {'thing is' if count == 1 else 'things are'} due {between}{more}:"


def due_on(days: Sequence[date], owner: str | None, language: Language) -> str:
    """The days something is due, and who is to act where the record says it."""
    listed = ("、" if language == "zh" else " and ").join(day(value, language) for value in days)
    if language == "zh":
        return f"{listed}到期{f'（{owner}）' if owner else ''}："
    return f"Due {listed}{f' ({owner})' if owner else ''}:"


def said_before(language: Language) -> str:
    """The label of what older records say of what a newer one says anew."""
    return "此前的记载：" if language == "zh" else "Before that:"


def more_turns(count: int, language: Language) -> str:
    """That not all that somebody said is shown."""
    if language == "zh":
        return f"以下为发言要点，另有{count}次发言未列出："
    return f"The main points; {count} more turn{' is' if count == 1 else 's are'} not shown:"


def only_discussed(language: Language) -> str:
    """That what follows was said at meetings that decided nothing on it."""
    if language == "zh":
        return "其他会议研究过此事，未见就此作出的决定："
    return "Discussed elsewhere, without a recorded decision:"


def session_words(number: int, language: Language) -> str:
    """A session number in words: "the 32nd meeting"."""
    return f"第{number}次" if language == "zh" else f"the {ordinal(number)} meeting"
