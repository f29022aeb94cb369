"""The people of a meeting: lists of names, and the full names behind initials."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.label_words import HAN_OFFICE, SURNAMES
from ingest.lang import vocabulary
from ingest.lines import Line

_NAME_WORD = r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*"
_FULL_NAME = re.compile(
    rf"({_NAME_WORD}(?:\s(?:(?:de|del|der|den|di|da|du|van|von|la|le|el|al|bin|ben)\s){{0,2}}{_NAME_WORD}){{1,4}})\s?$"
)
_INITIALS = re.compile(r"\s\(\s?([A-Z][A-Za-z]{0,3}[A-Z])\s?\)")
_ROW = re.compile(r"\|?\s*([^|\t]+?)\s*[|\t]\s*([A-Z][A-Za-z]{0,3}[A-Z])\s*(?:[|\t]|$)")
_ROW_HEAD = re.compile(
    r"\|?\s*(?:\w+\s)?names?\s*[|\t]\s*(?:abbr\w*|initials?|acronym|short\w*|code)\b", re.IGNORECASE
)
_MOST_LIST = 20_000  # characters of a list of people
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|many)\s(?=(?-i:[a-z]))"
_MARKS = re.compile(
    rf"[()（）,;，；、。\n\t|]|\s(?:and|&)\s(?=[A-Z\d]|the\s|{_COUNT})"
    r"|(?<=[a-z]{3})(?<!Cllr)(?<!Cllrs)(?<!Prof)(?<!Capt)(?<!Supt)(?<!Messrs)\.\s(?=[A-Z])|\.\s(?=The\s)"
)
_NOT_A_NAME = re.compile(
    rf"(?:none|nil|n/?a|无|all|\d+\s.*|{_COUNT}.*|apologies\b.*|and|quorum.*|\d+|see\b.*|as above"
    r"|the above|等.{0,6}|[-–—.*:]+)$",
    re.IGNORECASE,
)
_MOST_NAME = 90


def initials(lines: Sequence[Line]) -> dict[str, str]:
    """Full names by initials: "Ann Bell (AB)" anywhere, and tables of both; the first one wins.

    Outside lists of people initials must fit the name: each letter stands in it, in order, the first at the
    beginning of a word.
    """
    out: dict[str, str] = {}
    in_table = False
    for line in lines:
        if _ROW_HEAD.match(line.text):
            in_table = True
        elif in_table and (row := _ROW.match(line.text)):
            out.setdefault(row[2], row[1])
        elif in_table and not re.match(r"[|:\s-]+$", line.text):
            in_table = False
        if not in_table and "(" in line.text:
            for short, name in _in_brackets(line.text):
                out.setdefault(short, name)
    return out


def _in_brackets(text: str) -> Iterator[tuple[str, str]]:
    brackets = list(_INITIALS.finditer(text))
    for match in brackets:
        name = _FULL_NAME.search(text[max(0, match.start() - 70) : match.start()])
        if name and (len(brackets) >= 3 or _fits(match[1], name[1])):
            yield match[1], name[1]


def _fits(short: str, name: str) -> bool:
    letters = iter(_plain(name))
    return _plain(short)[0] in {word[0] for word in _plain(name).split()} and all(
        letter in letters for letter in _plain(short)
    )


def _plain(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def names_in(value: str) -> tuple[str, ...]:
    """The names of a list: split at commas, semicolons, line ends and "and", never inside brackets.

    >>> names_in("Ann Bell (AB), Bo Chen (chair, voting) and Cy Diaz")
    ('Ann Bell (AB)', 'Bo Chen (chair, voting)', 'Cy Diaz')
    >>> names_in("Ann Holt, Chair, Raj Patel")
    ('Ann Holt (Chair)', 'Raj Patel')
    """
    pieces = []
    depth = begin = 0
    for mark in _MARKS.finditer(value[:_MOST_LIST]):
        if mark[0] in "(（":
            depth += 1
        elif mark[0] in ")）":
            depth -= depth > 0
        elif depth == 0:
            pieces.append(value[begin : mark.start()])
            begin = mark.end()
    pieces.append(value[begin : begin + _MOST_NAME + 1])
    return tuple(dict.fromkeys(_with_offices(name for name in map(_tidy, pieces) if name)))


def is_office(words: str) -> bool:
    """Whether words are an office and nobody's name: "Secretary", "publicity officer", "secretary and sysadmin".

    >>> is_office("secretary and sysadmin"), is_office("The Clerk"), is_office("Ann Bell")
    (True, False, False)
    """
    known = vocabulary("attendance")["office"]
    plain = words.strip(" .").casefold().split()
    return bool(plain) and plain[0] != "the" and all(word in known for word in plain)


def _with_offices(names: Iterable[str]) -> Iterator[str]:
    """The names, each with the office in brackets that a comma sets off after it: "Ann Holt, Chair"."""
    held: str | None = None
    for name in names:
        if held and is_office(name):
            yield f"{held} ({name})"
            held = None
            continue
        if held:
            yield held
        held = name
    if held:
        yield held


_BEFORE_NAMES = re.compile(
    r"^(?:and\s|以及|和(?=[\u4e00-\u9fff]{2})|及|(?:Messrs|Mesdames)\.?\s"
    r"|(?i:(?:Non-?\s?Executive |Board |Parish |District |County |Town |City |Borough )?(?:Council ?members"
    r"|Councill?ors|Commissioners|Trustees|Directors|Supervisors|Aldermen|Alders|Selectmen|Governors|Members|Cllrs"
    r"|Witnesses|Officers))"
    r":?\s(?=[A-Z]))"
)


def _tidy(piece: str) -> str:
    name = " ".join(piece.strip(" \t*_•·-–.;:。：`[]").split())
    name = _BEFORE_NAMES.sub("", name)
    too_long = len(name) > _MOST_NAME or len(name.split()) > 12
    return "" if too_long or _NOT_A_NAME.match(name) else name


_ENGLISH_OFFICE = re.compile(
    r"(?:the\s)?(?:(?:acting|deputy|vice|executive|general|honou?rable|lord|former)[-\s])*"
    r"(?:mayor|chair(?:man|woman|person)?|president|secretary(?:[-\s]general)?|governor|minister|premier|commissioner"
    r"|director|councill?or|cllr|cr|council ?m(?:ember|an)|alderman|ald"
    r"|mr|mrs|ms|miss|mx|dr|prof(?:essor)?|sir|dame|hon|rev|judge|justice|speaker"
    r"|superintendent|general)\b\.?,?\s(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)


def without_office(name: str) -> str:
    """A name without the office before or after it.

    >>> without_office("Mayor Li Jun"), without_office("市长李军"), without_office("李军市长")
    ('Li Jun', '李军', '李军')
    >>> without_office("林議長志明")
    '林志明'
    """
    name = name.strip(" ,.，。、")
    while (match := _ENGLISH_OFFICE.match(name)) and match.end() < len(name):
        name = name[match.end() :]
    inside = re.fullmatch(rf"([\u4e00-\u9fff]){HAN_OFFICE}([\u4e00-\u9fff]{{2}})", name)
    if inside and inside[1] in SURNAMES:  # 林議長志明: the office between surname and given name
        return inside[1] + inside[2]
    han = re.fullmatch(rf"(?:.*{HAN_OFFICE}\s*)?([\u4e00-\u9fff·]{{2,4}}?)(?:{HAN_OFFICE})?", name)
    return han[1] if han else name
