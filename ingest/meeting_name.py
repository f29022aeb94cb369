"""What a meeting is called: the body that met, the kind of meeting, its number in the series, its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.body_names import BODY_NOUN, body_after, body_before, body_of_title, body_that_met, proper_name
from ingest.han_scripts import both_scripts
from ingest.letterhead import body_in_head
from ingest.lines import Line
from ingest.meeting_title import is_spoken, title_lines
from ingest.numerals import CHINESE_NUMERALS, ENGLISH_ORDINAL, chinese_number, english_number
from ingest.sentences import sentences
from ingest.words import has_han

_OPENING = 1_500  # characters of the text that open it


@dataclass(frozen=True, slots=True)
class Name:
    """Names read in one place; None where it does not say.

    kind  the words for the meeting: "Executive Meeting", "常务会议"
    """

    body: str | None = None
    session: int | None = None
    kind: str | None = None

    @property
    def series(self) -> str | None:
        """The kind of meeting together with the body that holds it."""
        if not self.kind or self.session is None:
            return None
        if not self.body:
            return self.kind
        return self.body + self.kind if has_han(self.kind) else f"{self.kind} of the {self.body}"

    def composed(self) -> str | None:
        """A title made of the parts, when the meeting has a number."""
        if self.session is None or not self.kind:
            return None
        if has_han(self.kind):
            return f"{self.body or ''}第{self.session}次{self.kind}"
        return f"{ordinal(self.session)} {self.series}"


def ordinal(number: int) -> str:
    """An English ordinal in digits.

    >>> [ordinal(number) for number in (1, 2, 11, 32, 113)]
    ['1st', '2nd', '11th', '32nd', '113th']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def name_in_title(title: str) -> Name:
    """The names in a heading, a title line or a file name: there every number of a meeting is its own."""
    return _joined(_han_name(_SPACED.sub("", title)), _english_name(title), Name(body_of_title(title)))


_SPACED = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[\d\u4e00-\u9fff])|(?<=\d) (?=[\u4e00-\u9fff])"
)  # 第 24 屆第 2 次


def names_in_opening(text: str, lines: Sequence[Line]) -> list[Name]:
    """The names in the first lines, and in the sentence that says that a meeting was held; what they come to first."""
    titles = [line.text for line in title_lines(lines)]
    names = [*map(name_in_title, titles), Name(body_in_head(titles))]
    opening = text[:_OPENING]
    spoken = bool(lines) and is_spoken(lines[0])  # there "our second meeting" may be any
    for sentence in (span.of(opening) for span in sentences(opening)):
        if _HELD.search(sentence) and not _OF_ANOTHER.search(sentence):
            name = _joined(_han_name(sentence), _english_name(sentence))
            names += [name] if name.body or not spoken else []
    names.append(Name(body_that_met(opening)))
    return [_joined(*names), *names]


def _joined(*names: Name) -> Name:
    """Session and kind of the first name with a session, the first body there is."""
    numbered = next((name for name in names if name.session is not None), Name())
    body = numbered.body or next((name.body for name in names if name.body), None)
    return Name(body, numbered.session, numbered.kind)


_HELD = re.compile(
    r"\b(?:held|met|convened?|convenes|took\splace|(?:called?|came)\s(?:\w+\s){0,3}to\sorder|welcome\sto|presid\w+|opened|assembled)\b"
    r"|召开|举行|主持",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:approv\w+|adopt\w+|confirm\w+|read|accept\w+)\s(?:of\s)?(?:the\s)?(?:draft\s|previous\s)?minutes|\b(?:previous|next|last)\s(?:\w+\s)?meeting\b",
    re.IGNORECASE,
)


# English names ----------------------------------------------------------------------------------------------

_MEETING = r"(?:meeting|session|sitting|assembly|conference|congress|plenary|plenum)"
_NUMBERED_MEETING = re.compile(
    rf"(?P<n>\b\d{{1,4}}(?:st|nd|rd|th|\s(?:st|nd|rd|th)\b)|{ENGLISH_ORDINAL})\s{{0,2}}(?P<kind>(?:(?!of\b|the\b|for\b|to\b|and\b)[A-Za-z-]+\s){{0,4}}?{_MEETING})\b"
    r"(?=(?P<of>\s(?:of|for)\s(?:the\s)?)?)",
    re.IGNORECASE,
)
_MEETING_NUMBER = re.compile(
    rf"\b(?P<kind>(?:[A-Z][a-z]+\s){{0,3}}{_MEETING})\s(?:no\.?|number|nr\.?|#)\s?(?P<n>\d{{1,4}})\b(?![/.-]\d)"
    rf"|\b(?P<kind2>{_MEETING})\s(?P<n2>\d{{1,3}})(?=\s*$)",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"\b(?:minutes|proceedings|transcript|record|notes|summary|agenda)\s(?:of|from|for)\s(?:an?\s|the\s)?"
    r"(?:(?:[\w-]+\s){0,4}?(?:meeting|session|sitting)s?\s(?:of|for)\s)?(?:the\s)?"
    r"|\b(?:meeting|session|sitting)\sof\s(?:the\s)?",
    re.IGNORECASE,
)


def _english_name(text: str) -> Name:
    """A numbered meeting with its body, or the body of "minutes of the ..."."""
    for match in _NUMBERED_MEETING.finditer(text):
        number = english_number(match["n"])
        if number is None or re.search(r"\b(?:on|since|until)\s(?:the\s)?$", text[: match.start()]):
            continue
        body = proper_name(text, match.end("of")) if match["of"] else body_before(text, match.start())
        body = body or _body_of(text[match.end() :])
        return Name(body, number, _kind(match["kind"]))
    body = next((body for match in _OF_BODY.finditer(text) if (body := body_after(text, match.end()))), None)
    if match := _MEETING_NUMBER.search(text):
        number = int(match["n"] or match["n2"])
        kind = (match["kind"] or match["kind2"]).split()
        body = body or body_before(text, match.start() + len(" ".join(kind[:-1])))
        return Name(body, number, _kind(" ".join(word for word in kind if word not in (body or "").split())))
    return Name(body)


_OF = re.compile(r"\s(?:of|for)\s(?:the\s)?(?=[A-Z])")


def _body_of(words: str) -> str | None:
    """The first name of a body that an "of" leads to: "... of the 2024 Session of the County Board"."""
    names = (proper_name(words, match.end()) for match in _OF.finditer(words[:160]))
    return next((name for name in names if name and BODY_NOUN.search(name)), None)


def _kind(words: str) -> str:
    return " ".join(
        word[:1].upper() + word[1:].lower() if word.isupper() or word.islower() else word
        for word in words.split()
    )


# Chinese names ----------------------------------------------------------------------------------------------

_CN = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,5}})"
_HAN_KIND = (
    r"(?:(?!第)[\u4e00-\u9fff（）()]){0,14}?"
    r"(?:全体会议|常务会议|会议|全会|常务会|办公会|例会|大会|扩大会|联席会|会)"
)
_HAN_NUMBERED = re.compile(
    both_scripts(
        rf"(?P<before>[\u4e00-\u9fff\d〇（）()·]{{0,40}}?)(?:第\s?(?P<n>{_CN})\s?(?:次|期)|(?<=届)第?(?P<m>{_CN})次)\s?"
        rf"(?P<kind>{_HAN_KIND})(?!员|第)"
    )
)
_HAN_COUNT = re.compile(  # 第6次, a line of its own, and （2024年第6次） at the end of one
    rf"(?:^|[（(〔\[])\s?(?:[\d{CHINESE_NUMERALS}]{{4}}年度?)?第?\s?(?P<n>{_CN})\s?次\s?(?:$|[)）〕\]]$)"
)
_HAN_ASSEMBLY = (
    "联席会议|代表会议|代表大会|村民会议|业主大会|股东大会|社员大会"  # body and kind of meeting in one
)
_HAN_BODY = (
    "(?:政府|委员会|常委会|党组|董事会|理事会|监事会|政协|人大|人民代表大会|党委|[省市县区乡镇]委|办公会|领导小组|办公室|协会|学会"
    "|局|院|村委会|居委会|业委会|指挥部|工作组|专班|支部|总支|公司|集团|中心|学校|小学|中学|大学|代表大会|小组|处|厅|部"
    "|议会|立法会|商会|基金会|联合会|工会|团委|银行|幼儿园)"
)
_HAN_TITLE = re.compile(
    both_scripts(
        rf"(?P<body>[\u4e00-\u9fff]{{1,28}}{_HAN_BODY})(?!务|长)(?:\d{{4}}年度?)?"
        r"(?P<kind>[\u4e00-\u9fff（）()]{0,8}?(?:会议|例会|办公会|大会|座谈会|专题会))"
    )
)
_HAN_STANDING = re.compile(both_scripts(rf"(?P<body>[\u4e00-\u9fff]{{2,28}}(?:{_HAN_ASSEMBLY}))"))
_HAN_LEAD = re.compile(
    both_scripts(
        r".*(?:召开了?|举行了?|主持|参加|出席|关于|印发|发布|的|在|《|是|为|年度?|[上下]午|[日今昨]天?)"
    )
)
_HAN_ENDS = re.compile(
    both_scripts(
        rf"^(?:第?{_CN}届)?[\u4e00-\u9fff]*?(?:{_HAN_BODY}|(?<=..)(?:{_HAN_ASSEMBLY}))(?:第?{_CN}届)?$"
    )
)
_HAN_SITTING = re.compile(  # 第5次定期会, of which 第12次会议 is a part
    both_scripts(rf"第{_CN}次(?:[\u4e00-\u9fff]{{0,4}}会)?$")
)


def _han_name(text: str) -> Name:
    """九届市政府第32次常务会议: the body, the number, the kind."""
    if not has_han(text):
        return Name()
    for match in _HAN_NUMBERED.finditer(text[:_OPENING]):
        number = chinese_number(match["n"] or match["m"])
        if number is None:
            continue
        body = _han_body(_HAN_SITTING.sub("", match["before"]))
        return Name(_with_organ(body, match["kind"]) if body else None, number, match["kind"])
    count = _HAN_COUNT.search(text.strip("#* "))
    named = _HAN_TITLE.search(text[:200]) or _HAN_STANDING.search(text[:200])
    return Name(_han_body(named["body"]) if named else None, chinese_number(count["n"]) if count else None)


_HAN_TERM = re.compile(both_scripts(rf"第?{_CN}届$"))
_HAN_ORGAN = re.compile(both_scripts("(?:理监事|理事|监事|董事|校务|院务)会(?=议)"))


def _with_organ(body: str, kind: str) -> str:
    """A body with the organ that its kind of meeting names: 天文学会 and 理监事会议 make 天文学会理监事会."""
    organ = _HAN_ORGAN.match(kind)
    return _HAN_TERM.sub("", body) + organ[0] if organ else body


def is_han_body(name: str) -> bool:
    """Whether a Chinese name is built on the noun of a body."""
    return bool(_HAN_ENDS.search(name))


def _han_body(words: str) -> str | None:
    """The body at the end of `words`, without the verb and the year around it."""
    words = re.sub(r"(?:民[国國])?\d{2,4}年度?$", "", words.strip("（）()"))
    words = words[lead.end() :] if (lead := _HAN_LEAD.match(words)) else words
    return words if len(words) >= 2 and _HAN_ENDS.search(words) else None
