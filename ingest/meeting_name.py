"""What a meeting is called: the body that met, the kind of meeting, its number in the series, its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.date_forms import MONTHS
from ingest.dates import find_dates
from ingest.label_shapes import shape_of
from ingest.labels import label_of
from ingest.lines import Line, bare
from ingest.numerals import CHINESE_NUMERALS, ENGLISH_ORDINAL, chinese_number, english_number
from ingest.records import Language
from ingest.stated import field_of

_OPENING = 1_500  # characters of the text that open it
_TITLE_WIDTH = 150  # characters; a longer line is no title


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
        return self.body + self.kind if _is_han(self.kind) else f"{self.kind} of the {self.body}"

    def composed(self) -> str | None:
        """A title made of the parts, when the meeting has a number."""
        if self.session is None or not self.kind:
            return None
        if _is_han(self.kind):
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
    return _joined(_han_name(title), _english_name(title), Name(_body_of(title)))


def name_in_opening(text: str, lines: Sequence[Line]) -> Name:
    """The names in the opening of a record: its first lines, and the sentence that says that a meeting was held."""
    names = [name_in_title(line.text) for line in title_lines(lines)]
    opening = text[:_OPENING]
    for sentence in re.split(r"(?<=[a-z0-9)][.!?])\s|[。！？\n]", opening):
        if _HELD.search(sentence) and not _OF_ANOTHER.search(sentence):
            names.append(_joined(_han_name(sentence), _english_name(sentence)))
    return _joined(*names, Name(_body_line(lines)), Name(_body_that_met(opening)))


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
    rf"(?P<n>\b\d{{1,4}}\s?(?:st|nd|rd|th)|{ENGLISH_ORDINAL})\s{{0,2}}(?P<kind>(?:(?!of\b|the\b|for\b|to\b|and\b)[A-Za-z-]+\s){{0,4}}?{_MEETING})\b"
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
_BODY_NOUNS = [
    "committee",
    "council",
    "commission",
    "board",
    "assembly",
    "senate",
    "parliament",
    "authority",
    "panel",
    "government",
    "cabinet",
    "bureau",
    "force",
    "group",
    "forum",
    "society",
    "association",
    "agency",
    "department",
    "ministry",
    "court",
    "congress",
    "chamber",
    "directors",
    "trustees",
    "governors",
    "selectmen",
    "selectboard",
    "supervisors",
    "aldermen",
    "commissioners",
    "team",
    "foundation",
    "federation",
    "union",
    "institute",
    "university",
    "council-at-large",
    "subcommittee",
    "secretariat",
    "tribunal",
    "synod",
    "vestry",
    "faculty",
    "legislature",
    "house",
    "conference",
]
_BODY_NOUN = re.compile(rf"\b(?:{'|'.join(_BODY_NOUNS)})\b", re.IGNORECASE)
_BODY_NEXT = re.compile(
    rf"(?:special|general|public|annual|joint)\s(?:\w+\s)?{_BODY_NOUN.pattern}", re.IGNORECASE
)
_GOES_ON = re.compile(  # "Children, Young People and Education Committee"
    rf",\s(?:[A-Z][\w'’-]*(?:,\s|\s(?:(?:and|&|of|the|for)\s){{0,2}})){{1,8}}(?i:{_BODY_NOUN.pattern})"
)
_WORD = re.compile(r"[^\s,;:|()\[\]]+")
_PARTICLES = {"of", "the", "for", "on", "and", "de", "&", "in", "to", "du", "des", "la"}
_MEETING_WORDS = {
    "meeting", "meetings", "minutes", "session", "sitting", "held", "agenda", "notes", "transcript", "date", "time",
    "place", "present", "via", "by", "at", "was", "were", "is", "met", "will", "has", "have", "–", "—", "-",
}  # fmt: skip
_KINDS_OF_MEETING = {  # these may also begin a body's name: "Special Committee", "General Assembly"
    "regular", "special", "ordinary", "extraordinary", "annual", "monthly", "weekly", "quarterly", "draft", "approved",
    "virtual", "remote", "public", "hearing", "work", "study", "emergency", "report", "record", "proceedings",
    "summary", "workshop", "no", "no.", "hybrid", "open", "closed", "general", "plenary", "virtually", "online",
}  # fmt: skip
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def _english_name(text: str) -> Name:
    """A numbered meeting with its body, or the body of "minutes of the ..."."""
    for match in _NUMBERED_MEETING.finditer(text):
        number = english_number(match["n"])
        if number is None or re.search(r"\b(?:on|since|until)\s(?:the\s)?$", text[: match.start()]):
            continue
        body = _proper(text, match.end("of")) if match["of"] else _body_before(text, match.start())
        return Name(body, number, _kind(match["kind"]))
    body = next((body for match in _OF_BODY.finditer(text) if (body := _body_after(text, match.end()))), None)
    if match := _MEETING_NUMBER.search(text):
        number = int(match["n"] or match["n2"])
        kind = (match["kind"] or match["kind2"]).split()
        body = body or _body_before(text, match.start() + len(" ".join(kind[:-1])))
        return Name(body, number, _kind(" ".join(word for word in kind if word not in (body or "").split())))
    return Name(body)


def _body_after(text: str, start: int) -> str | None:
    """The name that begins at `start`, unless it only says what kind of meeting it was ("Annual General Meeting")."""
    name = _proper(text, start)
    plain = (name or "").lower().split()
    return name if name and not all(word in _KINDS_OF_MEETING | _PARTICLES for word in plain) else None


def _kind(words: str) -> str:
    return " ".join(
        word[:1].upper() + word[1:].lower() if word.isupper() or word.islower() else word
        for word in words.split()
    )


def _proper(text: str, start: int) -> str | None:
    """The proper name that begins at `start`: capitalised words and the particles between them."""
    words: list[str] = []
    end = place = start
    for match in _WORD.finditer(text, start, start + 160):
        if match.start() > place + 1 and not (words and _GOES_ON.match(text, place)):
            break
        word = match[0]
        plain = word.strip(".'’\"*_“”").lower()
        ordinal_first = not words and word[0].isdigit() and not plain.isdigit() and english_number(plain)
        named = _begins_name(word) and (not _ends_name(plain, words) or _BODY_NEXT.match(text, match.start()))
        if not (named or ordinal_first or (words and plain in _PARTICLES)):
            break
        place = match.end()
        words.append(plain)
        if named or ordinal_first:
            end = match.end()
        if word[-1] in ".!?" and len(word) > 3:
            break
    name = " ".join(text[start:end].split()).strip(" .*_\"'“”")
    return _cased(name) if len(name) >= 3 and not name.isdigit() else None


def _ends_name(word: str, words: Sequence[str]) -> bool:
    """Whether a word belongs to the meeting and no longer to the name of the body."""
    named = any(_BODY_NOUN.fullmatch(before) for before in words)
    return word in _MEETING_WORDS or _is_date_word(word) or (named and word in _KINDS_OF_MEETING)


def _begins_name(word: str) -> bool:
    first = word.lstrip("*_\"'“‘(")[:1]
    return first.isupper()


def _is_date_word(word: str) -> bool:
    return (
        word in MONTHS or bool(_WEEKDAY.match(word)) or bool(re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", word))
    )


def _cased(name: str) -> str:
    """A name in capitals in title case; others as they are."""
    if not name.isupper() or len(name) <= 6:
        return name
    return " ".join(
        word.lower() if word.lower() in _PARTICLES else word.capitalize() for word in name.split()
    )


def _body_before(text: str, end: int) -> str | None:
    """The body whose name stands right before the words for its meeting: "Springfield City Council Regular Meeting"."""
    words: list[str] = []
    for word in reversed(text[max(0, end - 120) : end].split()):
        plain = word.strip("*_#:,.–—-").lower()
        if not words and (plain in _MEETING_WORDS | _KINDS_OF_MEETING or not plain or _is_date_word(plain)):
            continue
        if not words and not _BODY_NOUN.fullmatch(plain):
            return None
        if word.endswith((",", ":", ".", ";")) and words:
            break
        if not (_begins_name(word) or plain in _PARTICLES) or _is_date_word(plain):
            break
        words.insert(0, word.strip("*_#:"))
    while words and words[0].lower() in _PARTICLES:
        words.pop(0)
    return _cased(" ".join(words)) if words else None


_BEFORE_MEETING = re.compile(r"\b(?:meeting|minutes|session|agenda|transcript|notes)\b", re.IGNORECASE)


def _body_of(title: str) -> str | None:
    """The body a title names before the words "meeting" or "minutes", or a Chinese one before 会议."""
    if _is_han(title):
        return None
    if _BODY_NOUN.search(title) and _proper(title, 0) == title:
        return title
    return next(
        (body for m in _BEFORE_MEETING.finditer(title) if (body := _body_before(title, m.start()))), None
    )


def _body_line(lines: Sequence[Line]) -> str | None:
    """A line of its own near the top that is the name of a body."""
    for line in title_lines(lines):
        begin, end = bare(line.text)
        words = line.text[begin:end].strip("# ")
        if len(words) <= 80 and _BODY_NOUN.search(words) and not re.search(r"[.:;!?\d]", words):
            name = _proper(words, 0)
            if name and len(name) >= len(words) - 4 and len(name.split()) >= 2:
                return name
    return None


_MET = re.compile(r"\bThe\s(?=[A-Z])")


def _body_that_met(opening: str) -> str | None:
    """ "The Planning Commission met on ..." """
    for match in _MET.finditer(opening):
        name = _proper(opening, match.end())
        if name and _BODY_NOUN.search(name):
            after = opening[match.end() + len(name) : match.end() + len(name) + 40]
            if re.match(r"[^.]{0,20}\b(?:met|held|convened|conducted|meeting)\b", after):
                return name
    return None


# Chinese names ----------------------------------------------------------------------------------------------

_CN = rf"(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,5}})"
_HAN_KIND = r"[\u4e00-\u9fff]{0,10}?(?:全体会议|常务会议|会议|全会|常务会|办公会|例会|大会|扩大会|联席会|会)"
_HAN_NUMBERED = re.compile(
    rf"(?P<before>[\u4e00-\u9fff\d〇（）()·]{{0,40}}?)(?:第\s?(?P<n>{_CN})\s?(?:次|期)|(?<=届)第?(?P<m>{_CN})次)\s?"
    rf"(?P<kind>{_HAN_KIND})(?!员)"
)
_HAN_BODY = (
    "(?:政府|委员会|常委会|党组|董事会|理事会|监事会|政协|人大|人民代表大会|党委|[省市县区乡镇]委|办公会|领导小组|办公室|协会|学会"
    "|局|院|村委会|居委会|业委会|指挥部|工作组|专班|支部|总支|公司|集团|中心|学校|大学|代表大会|小组|处|厅|部)"
)
_HAN_TITLE = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{1,28}}?{_HAN_BODY})(?:\d{{4}}年度?)?(?P<kind>[\u4e00-\u9fff]{{0,8}}?(?:会议|例会|办公会|大会|座谈会|专题会))"
)
_HAN_LEAD = re.compile(
    r".*(?:召开了?|举行了?|主持|参加|出席|关于|印发|发布|的|在|《|是|为|年度?|[上下]午|[日今昨]天?)"
)


def _han_name(text: str) -> Name:
    """九届市政府第32次常务会议: the body, the number, the kind."""
    if not _is_han(text):
        return Name()
    for match in _HAN_NUMBERED.finditer(text[:_OPENING]):
        number = chinese_number(match["n"] or match["m"])
        if number is None:
            continue
        return Name(_han_body(match["before"]), number, match["kind"])
    match = _HAN_TITLE.search(text[:200])
    return Name(_han_body(match["body"])) if match else Name()


def _han_body(words: str) -> str | None:
    """The body at the end of `words`, without the verb and the year around it."""
    words = re.sub(r"\d{4}年度?$", "", words.strip("（）()"))
    words = words[lead.end() :] if (lead := _HAN_LEAD.match(words)) else words
    ends = re.search(rf"^(?:第?{_CN}届)?[\u4e00-\u9fff]*?{_HAN_BODY}(?:第?{_CN}届)?$", words)
    return words if ends and len(words) >= 2 else None


def _is_han(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


# Titles -----------------------------------------------------------------------------------------------------

_TITLE_WORD = re.compile(
    r"\b(?:minutes|meeting|notes|session|transcript|proceedings|hearing|agenda|resolution|notice|sitting)\b|纪要|记录|会议|通知|公告|例会",
    re.IGNORECASE,
)


def title_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """The first lines that are short enough for a title and no label, speech or sentence."""
    for line in lines[:6]:
        label = label_of(line.text)
        if label and (shape_of(label.text) or field_of(label.text)):
            return
        if len(line.text) <= _TITLE_WIDTH and not line.text.endswith((".", "。", "；", ";", ",", "，")):
            yield line
        elif len(line.text) > _TITLE_WIDTH:
            return


def title_in_lines(lines: Sequence[Line]) -> str | None:
    """The first line that is a title by its words: "Minutes of ...", "...会议纪要"."""
    for line in title_lines(lines):
        begin, end = bare(line.text)
        words = re.sub(r"^#+\s*", "", line.text[begin:end])
        dated = sum(date.end - date.start for date in find_dates(words))
        if _TITLE_WORD.search(words) and len(words) - dated >= 3:
            return _cased(" ".join(words.split()))
    return None


def with_body(title: str, body: str | None) -> str:
    """A title that names no body, with the body before it: "Riverton City Council Regular Meeting Minutes"."""
    first = title.split(maxsplit=1)[0].strip(",").lower() if title.strip() else ""
    nameless = first in _MEETING_WORDS | _KINDS_OF_MEETING and not _BODY_NOUN.search(title)
    return f"{body} {title}" if body and nameless and " of " not in title and not _is_han(title) else title


def title_of_file(path: Path) -> str:
    """The name of a file made readable: "2023-08-26_gas-safety.md" becomes "2023-08-26 gas safety"."""
    stem = re.sub(r"[_+]+", " ", path.name.removesuffix(path.suffix))
    kept = re.sub(r"(?<!\d)-|-(?!\d)", " ", stem)
    return " ".join(kept.split()) or path.name


def language_title(language: Language) -> str:
    """What to call a record that says nothing of itself."""
    return "会议记录" if language == "zh" else "Meeting record"


_STRUCTURAL = re.compile(
    r"(?:agenda|attendees?|attendance|present|in attendance|opening|welcome|introductions?|call to order|roll call"
    r"|apologies|summary|contents|table of contents|overview|background|议程|出席|参会人员|目录)\W*$",
    re.IGNORECASE,
)


def is_structural(heading: str) -> bool:
    """Whether a heading names a part that every record has, and so not the record."""
    return bool(_STRUCTURAL.match(heading)) or field_of(heading) is not None
