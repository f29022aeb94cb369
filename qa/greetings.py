"""Greetings, thanks and "what can you do?": what is no question about the records is answered with questions that are.

Only a message that is nothing else counts: "thanks, and who chaired?" is a question.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from ingest.records import Language
from qa.answers import Answer, AnswerState, Claim, Group, Question
from qa.register import Entry

MOST = 3
TRIED = 8  # questions asked of the records at most, to find MOST that they answer
LONGEST = 60  # characters of an agenda item that may stand in a question


class Greeting(StrEnum):
    """What somebody says who asks nothing of the records."""

    HELLO = "hello"
    THANKS = "thanks"
    HELP = "help"


_SAID = {
    Greeting.HELLO: (
        r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: there| all| everyone| again)?"
        r"|(?:你|您|大家|各位)好|哈[喽罗啰]|嗨|早上好|上午好|中午好|下午好|晚上好|在吗"
    ),
    Greeting.THANKS: (
        r"(?:ok(?:ay)? |great |perfect )?(?:many )?(?:thanks|thank you|thx|ty|cheers)"
        r"(?: a lot| so much| very much| again| for (?:your|the) help| for that)?"
        r"|(?:好的? ?)?(?:非常|十分|多)?(?:感谢|谢谢|多谢|谢了|谢)(?:你|您|大家|了|啦)?(?:的帮助)?|辛苦了"
    ),
    Greeting.HELP: (
        r"help(?: me)?|what (?:can|do) you do|what (?:can|could|should|may) (?:i|we) ask(?: you)?"
        r"|who are you|what are you|what is this|how (?:do|does) (?:you|it|this) work"
        r"|how (?:do|can) i use (?:you|this|it)|how can you help(?: me)?"
        r"|(?:请问)?(?:你|您)(?:能|会|可以)(?:做|干|回答)(?:些)?(?:什么|啥)(?:问题)?|(?:我)?(?:能|可以)问(?:你|您)?(?:些)?什么(?:问题)?"
        r"|(?:你|您)是谁|(?:这个)?(?:怎么|如何)(?:使用|用)|(?:使用)?帮助"
    ),
}
_GREETINGS = {
    kind: re.compile(rf"(?:please )?(?:{said})(?: please)?[啊呀呢吗]?", re.IGNORECASE)
    for kind, said in _SAID.items()
}
_PAUSES = re.compile(r"[,，、!！。.]")
_AROUND = " \t\r\n.,!?;:~…。，！？；：～、)(（）🙂😊🙏👍"
_REPLIES = {
    Greeting.HELLO: (
        "Hello. Ask about what was decided, said, voted on or assigned at the meetings whose records are held here.",
        "您好。可以询问这里收录的会议作出了什么决定、谁说了什么、如何表决、由谁负责。",
    ),
    Greeting.THANKS: ("You are welcome.", "不客气。"),
    Greeting.HELP: (
        "Questions in your own words about the meetings whose records are held here: what was decided, who said what, "
        "how a vote went, who has to do what and by when. Every answer shows the words of the record it stands on.",
        "可以用自己的话询问这里收录的会议：作出了什么决定、谁说了什么、如何表决、由谁负责、何时完成。每个回答都附有记录原文。",
    ),
}
_FOR_EXAMPLE = ("Questions that these records answer:", "这些记录能回答的问题：")
_ABOUT_ITEM = ("What was decided on {item}?", "关于{item}作出了哪些决定？")
_WITHOUT_ITEM = (
    ("What was decided at the last meeting?", "上次会议决定了什么？"),
    ("Who chaired the last meeting?", "上次会议由谁主持？"),
    ("When was the last meeting?", "上次会议是什么时候开的？"),
    ("Who attended the last meeting?", "上次会议谁出席了？"),
    ("What was discussed at the last meeting?", "上次会议讨论了什么？"),
)


def greeting(question: Question) -> Greeting | None:
    """Which greeting a message is; None for a question, and for one that somebody has corrected into a question.

    >>> greeting(Question("Thanks!")), greeting(Question("谢谢")), greeting(Question("thanks, who chaired?"))
    (<Greeting.THANKS: 'thanks'>, <Greeting.THANKS: 'thanks'>, None)
    """
    text = " ".join(_PAUSES.sub(" ", question.text.strip(_AROUND)).split())
    kind = next((kind for kind, said in _GREETINGS.items() if said.fullmatch(text)), None)
    return None if kind is None or _asks(question) else kind


def _asks(question: Question) -> bool:
    return bool(question.topic or question.when or question.sessions or question.bodies or question.speakers)


def opening_questions(
    entries: Iterable[Entry], language: Language, answers: Callable[[str], Answer]
) -> list[str]:
    """At most MOST questions in `language` that `answers` does answer: such as fit any records, then on what `entries`
    decided."""
    found: list[str] = []
    for tried, question in enumerate(dict.fromkeys(_candidates(entries, language))):
        if tried == TRIED or len(found) == MOST:
            break
        answer = answers(question)
        if not answer.abstained and answer.citations:
            found.append(question)
    return found


def _candidates(entries: Iterable[Entry], language: Language) -> Iterator[str]:
    chinese = language == "zh"
    yield from (forms[chinese] for forms in _WITHOUT_ITEM)
    items = (
        e.item
        for e in entries
        if e.item and len(e.item) <= LONGEST and (e.meeting.language == "zh") == chinese
    )
    for item, _ in zip(dict.fromkeys(items), range(MOST), strict=False):
        yield _ABOUT_ITEM[chinese].format(item=item)


def greeted(empty: Answer, kind: Greeting, questions: Sequence[str]) -> Answer:
    """The reply to a greeting: it states nothing of the records and cites nothing."""
    chinese = empty.question.language == "zh"
    lines = (_REPLIES[kind][chinese], *((_FOR_EXAMPLE[chinese], *questions) if questions else ()))
    groups = tuple(Group(None, "", (Claim(line, own=True),)) for line in lines)
    return replace(empty, groups=groups, state=AnswerState.NOTHING)
