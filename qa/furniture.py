"""Lines of a record that are about the record itself: whose meeting it is of, when and where, who was there, who
wrote it, who gets it, what page it is.

They answer nothing but a question for just that.
"""

import re
from typing import Literal

from qa.answers import MeetingRef

Part = Literal["particulars", "attendance", "signature", "distribution", "page"]

_LINES: dict[Part, re.Pattern[str]] = {
    "particulars": re.compile(
        r"[\W_]*(?:(?:meeting|start(?:ing)?|end(?:ing)?) )?(?:dates?|days?|time)"
        r"(?: ?(?:and|&|/) ?(?:time|date|place|venue))?"
        r"(?: of (?:the )?meeting)?[\W_]*[:：][^.。\n]{0,60}\d[^.。\n]{0,40}\.?$"
        r"|[\W_]*(?:(?:meeting )?(?:place|venue|location)(?: of (?:the )?meeting)?|held (?:at|in|on)|where"
        r"|meeting (?:no|number|type)|type of meeting|session)\b[^:：\n]{0,12}[:：][^.。\n]{1,80}$"
        r"|[\W_]*(?:会议|召开|开会)?(?:时\s*间|日\s*期|地\s*点|会\s*次|届\s*次|名\s*称)[\W_]*[:：][^。\n]{1,60}$",
        re.IGNORECASE,
    ),
    "attendance": re.compile(
        r"[\W_]*(?:(?:also|members?|councillors|trustees|directors|others|staff|officers|public|board|those) )*"
        r"(?:present|in attendance|attend(?:ing|ees|ance)|apologies(?: for absence)?|absent|excused|regrets"
        r"|public gallery"
        r"|chair(?:man|woman|person)?|presiding)\b[^:：\n]{0,30}[:：]"
        r"(?!\W*(?:i|we|the|good|thank|okay|so|next|first|is|are|any|all|now|please)\b)"  # a chair speaks
        r"|[\W_]*(?:出席|列席|参会|与会|参加|到会|请假|缺席|主持)(?:人员?|者|会议)?[^，。:：\n]{0,6}[:：]",
        re.IGNORECASE,
    ),
    "signature": re.compile(
        r"[\W_]*(?:respectfully submitted|(?:signed|signature|minutes (?:taken|recorded|prepared) by"
        r"|recorded by|minute[- ]taker"
        r"|secretary|clerk|recording secretary|taken by|prepared by|approved by|certified)\b[^.\n]{0,24}[:：_…]"
        r"|signed\b[\s._…]*$"
        r"|(?-i:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}), (?:(?:town|village|parish|city|district|deputy|acting"
        r"|recording) )?(?:clerk|secretary|chair\w*|mayor)(?: (?:of|to) the [\w ]+)?\.?$)"
        r"|[\W_]*(?:记录(?:人|员)?|整理(?:人)?|审核|审签|核稿|校对|签发(?:人)?|拟稿|撰稿|落款)\s*[:：]",
        re.IGNORECASE,
    ),
    "distribution": re.compile(
        r"[\W_]*(?:distribution(?: list)?|circulation|cc|copies(?: to)?|copy to|sent to)\s*[:：]"
        r"|[\W_]*(?:抄送|抄报|主送|分送|报送|发送|发至|印发)\s*[:：]|[\W_]*主题词\s*[:：]"
        r"|[^，。；\n]{2,30}\d{4}年\d{1,2}月\d{1,2}日印发[\W_]*$|[\W_]*(?:共印|印数|印)\s*\d+\s*份[\W_]*$",
        re.IGNORECASE,
    ),
    "page": re.compile(
        r"-{3,}\s+\w+:\s"  # front matter
        r"|[\W_]*(?:confidential\W+)?(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[\W_]*$|[-–— ]*\d{1,4}[-–— ]+$"
        r"|[\W_]*第\s*\d{1,4}\s*页(?:\s*[，,]?\s*共\s*\d{1,4}\s*页)?[\W_]*$"
        r"|[\W_]*(?:strictly )?(?:private and )?confidential[\W_]*$"
        r"|[\W_]*(?:draft |confirmed |approved )?minutes of (?:the|a|an) (?:(?!\b(?:was|were|be|is|are)\b)[^.;\n])*$",
        re.IGNORECASE,
    ),
}
_ASKING: dict[Part, re.Pattern[str]] = {
    "particulars": re.compile(
        r"\b(?:when|where|dates?|days?|time|place|venue|location|held|hour|o'clock|session|next meeting)\b"
        r"|什么时候|何时|哪[天年月]|几[号点日月]|日期|时间|地点|哪里|哪儿|在哪|何地|召开",
        re.IGNORECASE,
    ),
    "attendance": re.compile(
        r"\battend|\bpresent\b|\babsen|\bapolog|\bexcused\b|\bwho (?:was|were) (?:there|at)\b|\bchair|\bpresid"
        r"|\bgallery\b|\bpublic\b"
        r"|出席|列席|参会|与会|参加|到会|请假|缺席|主持",
        re.IGNORECASE,
    ),
    "signature": re.compile(
        r"\bsign|\bclerk\b|\bsecretary\b|\b(?:took|taken|wrote|written|recorded|prepared|drafted|certified)\b|记录|整理|签发|审核|谁写|拟稿",
        re.IGNORECASE,
    ),
    "distribution": re.compile(
        r"\bdistribut|\bcirculat|\bcopies\b|\bcopied\b|\bsent\b|\breceive|\bissued\b|抄送|主送|抄报|印发|发给|分送|主题词|发送",
        re.IGNORECASE,
    ),
    "page": re.compile(r"\bpages?\b|\bconfidential\b|\btitle\b|页|标题", re.IGNORECASE),
}


def furniture(line: str, question: str = "") -> Part | None:
    """What of a record's furniture a line is; None for a line that says something, or for what `question` asks for.

    >>> furniture("记录：市政府办公室"), furniture("记录：市政府办公室", "这次会议由谁记录？")
    ('signature', None)
    """
    for part, words in _LINES.items():
        if words.match(line):
            return None if _ASKING[part].search(question) else part
    return None


def names_meeting(line: str, meeting: MeetingRef) -> bool:
    """Whether a line is a heading that only names the meeting or its body, as at the top of each page.

    >>> names_meeting("ELMFORD WATER BOARD", MeetingRef("a", "Minutes", body="Elmford Water Board"))
    True
    """
    if _BODY_ALONE.fullmatch(line.strip("#*_ ")):
        return True
    rest = line.casefold()
    for name in (meeting.title, meeting.series, meeting.body):
        rest = rest.replace(name.casefold(), " ") if name else rest
    return rest != line.casefold() and _OF_A_MEETING.fullmatch(rest) is not None


_BODY_ALONE = re.compile(  # in capitals, or Chinese without a mark: no sentence
    r"[A-Z][A-Z '’&,.-]*\b(?:BOARD|COUNCIL|COMMITTEE|COMMISSION|AUTHORITY|ASSEMBLY|TRUSTEES|PANEL|FORUM)"
    r"(?: OF [A-Z '’&-]{3,40})?"
    r"|[\u4e00-\u9fff]{2,20}(?:委员会|理事会|董事会|监事会|人民政府|居委会|村委会|业委会|代表大会)"
)
_OF_A_MEETING = re.compile(
    r"(?:\b(?:draft|approved|confirmed|minutes|meeting|agenda|notes?|record|of|the|an?|ordinary|regular|special|annual"
    r"|extraordinary)\b|会议|纪要|记录|第[\d一二三四五六七八九十百]+次|[\W_]|\d)*"
)
