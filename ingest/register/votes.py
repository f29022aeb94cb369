"""Votes: how many, and who, stood for, against and aside."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.lang import alternatives
from ingest.numerals import CHINESE_NUMERALS, chinese_number
from ingest.records import Span, Tally
from ingest.register.roll_calls import called, tabled
from ingest.register.rules import plain
from ingest.words import has_han

_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
)
_COUNT_OF = {word: count for count, word in enumerate(_NUMBERS)} | {"no": 0, "none": 0, "nil": 0}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_COUNT_OF)})"

# A side of a vote as a label: "Ayes: ...", "Votes against this action: ...", "反对：..." Words that also mean
# something else ("for", "no") count only at the start of a clause or after "votes", "voting".
_PRO = r"(?P<pro>\b(?:ayes?|yeas?|affirmative)|(?<!不)(?:赞成|同意)"
_PRO += rf"|{alternatives('votes', 'pro')})"
_CON = r"(?P<con>\b(?:nays?|noes)|反对|不(?:赞成|同意)"
_CON += rf"|{alternatives('votes', 'con')})"
_ASIDE = rf"(?P<aside>\b(?:abstain(?:ed|ing)?|abstentions?)|弃权|{alternatives('votes', 'aside')})"
_APART = r"(?P<recused>\b(?:recused?|recusals?)|回避)|(?P<away>\b(?:absent|excused)|缺席|请假)"  # no side of the vote
_COMMON_WORDS = (
    r"(?:\b(?:votes?|voting|voted|those|members|directors)\s+|(?:^|(?<=[.;,(\n])"
    r"|(?<=[.;,(\n] ))\W{0,3})(?:voting )?"
    r"(?:(?P<pro_>in favou?r(?: of)?|for|yes)|(?P<con_>no|against|opposed|dissenting|negative)"
    r"|(?P<aside_>not voting))"
)
_OBJECT = r"(?: (?:this|the) (?:action|motion|resolution|proposal|item|amendment|question))?(?: votes?)?"
_MARK = (
    r"(?:[:：]|(?<=s)\s?[–—=-](?=\s?\w)|\s?[–—=-]\s?(?=\d)|(?<=票)(?=\d)"
    r"|(?<=\w) (?=\d{1,3}\W*(?:\n|$))"
    r"|\?\s(?:that(?:'s|’s| is)\s|i see\s)?(?=[A-Z]\w))"  # a chair asks: "Against? Olu and Kim."
)
_LABEL = re.compile(
    rf"(?:{_PRO}|{_CON}|{_ASIDE}|{_APART}|{_COMMON_WORDS}){_OBJECT}(?:票)?\s*(?:[(（]\s?\d+\s?[票人名]?[)）])?\s*{_MARK}\s*",
    re.IGNORECASE,
)
_OF_PACKS = "|".join(alternatives("votes", side) for side in ("pro", "con", "aside"))
_IN_BRACKETS = re.compile(r"[(（]\s?(\d{1,4})")
_ROLL_LINE = re.compile(
    r"\s*(?:[-*+•·]\s*)?(?:\*\*)?(?:votes?\s|voting\s|voted\s|those\s)?(?:for|in favou?r|against|opposed|ayes?"
    r"|yeas?|nays?|noes|yes|no"
    r"|abstain\w*|abstentions?|absent|not voting|赞成|同意|反对|弃权|回避|缺席)[^:：\n]{0,24}[:：]"
    rf"|\s*(?:\*\*)?(?:{_OF_PACKS})[:：]?\s*\d{{1,3}}\W*(?:\n|$)",
    re.IGNORECASE,
)
_ROLL_LINE_BEGINS = re.compile(rf"\n(?={_ROLL_LINE.pattern})", re.IGNORECASE)
_SIDE_ASKED = re.compile(  # what a chair asks before a show of hands
    r"\W*(?:[\w ]{1,30}: )?(?:all |any )*(?:those )?(?:in favou?r|for|against|opposed|abstentions?|abstaining)\?\W*",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\b(?:ayes?|yeas?|nays?|noes|vot(?:es?|ing|ed)|abstain\w*|abstentions?)\b|票"
    rf"|{alternatives('votes', 'aside')}",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\b(?:absent|excused|present|not voting|result|motion|carried)\b\s*[:：-]", re.IGNORECASE
)
_ABSENT = re.compile(
    r"(?:\b(?:absent|excused|not present)\b|缺席|请假|未参加表决)(?:\s*\(\d+\))?\s*[:：–-]\s*", re.IGNORECASE
)
_LONGEST_LABEL = 40  # characters
_LONGEST_ROLL = 12  # sentences
_NUMBER_LISTED = re.compile(r"\(?(\d{1,3})\b(?![:.]\d)")
_LIST_OPENS = re.compile(r"[^\S\n]*[(（–—-]\s*")

_NAME = (
    r"(?:(?!(?:All|Just|Only|Me|Those|Votes?|Voting|Voted|With|Absent|Present|Motion|It|The|Excused|Not|Carried|Result)\b)"
    r"(?:(?:Messrs|Mses|Mr|Ms|Mrs|Dr|Hon|Cllrs?|Jr|Sr|St|Rev|[A-Z])\.|[A-Z][\w'’-]*)"
    r"(?: (?:de|van|von|der|la|le|al|bin)(?= [A-Z]))?)"
)
_HAN_NAME = r"[\u4e00-\u9fff·]{2,12}"
_NAMES = re.compile(
    rf"(?:{_NAME}|[（(]\w+[)）])(?:\s+{_NAME})*(?:\s*(?:,? and |,|;|&|、|，|\n)\s*(?:{_NAME}(?:\s+{_NAME})*|myself\b))*"
    rf"|{_HAN_NAME}(?:[、，,\s]+{_HAN_NAME})*"
)
_TITLE_OF_MANY = re.compile(
    r"^(?:Messrs|Mses|Mmes|Mesdames|Drs|Councillors|Councilmembers|Commissioners|Directors|Members|Cllrs"
    r"|Trustees"
    r"|Aldermen|Selectmen|Supervisors|董事|委员|监事)\b\.?\s*"
)
_NEXT_PERSON = re.compile(r"\s(?=(?:Mr|Ms|Mrs|Dr)\. )")  # where the stop between two sentences is missing
_NOBODY = re.compile(r"(?:none|nil|no one|nobody|n/a|0\b|无)", re.IGNORECASE)

# Counts within a sentence.
_OUTCOME = (
    r"(?:carried|passed|passes|approved|adopted|agreed|resolved|failed|defeated|rejected|lost|vote[ds]?|voting"
    r"|tally|motion)"
)
_BETWEEN = (
    r"(?:[\s,:(–-]|\b(?:by|a|an|vote|votes|voting|of|on|the|roll|call|voice|majority|division|was|were|with"
    r"|carried"
    r"|passed|failed|defeated|result|count|unanimously|motion)\b)*"
)
_SCORE = re.compile(
    rf"\b(?:{_OUTCOME}\b{_BETWEEN}(?P<pro>\d{{1,3}}|{'|'.join(_NUMBERS[1:])})\s?(?:-|–|—| to | ?: ?)\s?"
    rf"|(?P<pro_>{_COUNT}) votes? to )(?P<con>{_COUNT})\b(?:\s?(?:-|–|—)\s?(?P<aside>\d{{1,3}})\b)?(?!\s?%"
    rf"|\.\d|/)",
    re.IGNORECASE,
)
_COUNTED = (
    rf"\b(?P<n>{_COUNT})\s*(?:(?!(?:with|and|to|{'|'.join(_NUMBERS)})\b)\w+ ){{0,2}}?"
    r"(?:votes? |voted |voting |members? |were )?"
)
_HAN_COUNT = rf"(?P<n>\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,4}})"
_HAN_FOR = r"(?:票|的|者)?(?:有|为)?[:：]?\s?"
_HAN_MATTER = r"[\u4e00-\u9fff]{1,16}?"  # 「同意公开招标4票」
_PAIR = re.compile(  # "For 5, against 2", "Yes 5 No 2 Abstained 1"
    rf"(?:^|[.;:,(\n]|\bvot(?:es?|ed|ing)\b)\W{{0,2}}(?:for|yes|yeas?|ayes?"
    rf"|in favou?r)(?: the \w+)?\W{{1,3}}(?P<pro>{_COUNT})\W{{1,3}}(?:and )?"
    rf"(?:against|opposed|no|noes|nays?)(?: the \w+)?\W{{1,3}}(?P<con>{_COUNT})\b"
    rf"(?:\W{{1,3}}(?:and )?(?:abstain(?:ed|ing)?|abstentions?)\W{{1,3}}(?P<aside>{_COUNT})\b)?",
    re.IGNORECASE,
)
_SIDES = {
    "pro": (
        rf"{_COUNTED}(?:in favou?r|ayes?\b|yeas?\b|yes\b|(?<=votes )for\b|(?<=voted )for\b|(?<=voting )for\b"
        r"|for(?=,? (?:and )?\w+ (?:votes? )?(?:against|opposed)))",
        rf"{_HAN_COUNT}\s?[票人名位]\w{{0,4}}?(?:赞成|同意)|(?P<n_>\d{{1,4}})\s?(?:赞成|同意)",
        rf"(?<!不)(?:赞成|同意){_HAN_FOR}{_HAN_COUNT}\s?[票人名位]",
        rf"(?<!不)(?:赞成|同意){_HAN_MATTER}{_HAN_COUNT}\s?票",
    ),
    "con": (
        rf"{_COUNTED}(?:against|opposed|nays?\b|noes\b|dissenting|dissents?\b)"
        r"|\b(?P<n_>\d{1,3}) no\b(?=\W*(?:[,.;)]|$|and\b|votes?\b))",
        rf"{_HAN_COUNT}\s?[票人名位](?:投)?(?:反对|不(?:赞成|同意))",
        rf"(?:反对|不(?:赞成|同意)){_HAN_FOR}{_HAN_COUNT}\s?[票人名位]",
        rf"(?:反对|不(?:赞成|同意)){_HAN_MATTER}{_HAN_COUNT}\s?票",
    ),
    "aside": (
        rf"{_COUNTED}(?:abstentions?|abstain(?:ed|ing)|abstains)",
        rf"{_HAN_COUNT}\s?[票人名位](?:投)?弃权",
        rf"弃权{_HAN_FOR}{_HAN_COUNT}\s?[票人名位]",
    ),
}
_SIDE_PATTERNS = {
    side: tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (*patterns, rf"(?P<n>\d{{1,3}})x? (?:{alternatives('votes', side)})")
    )
    for side, patterns in _SIDES.items()
}
_UNANIMOUS = re.compile(
    r"\bunanimous(?:ly)?\b|\bnem\.? con|\bwithout (?:dissent|opposition|a dissenting vote)\b|\ball (?:ayes"
    r"|in favou?r|members voting (?:aye|yes))\b"
    rf"|一致(?:通过|同意|赞成|审议通过)|全票|{alternatives('votes', 'unanimous')}",
    re.IGNORECASE,
)

# Names within a sentence: "2 against (Chen, Ruiz)", "with Chen and Ruiz opposed", "Mr. Lee abstained".
_PERSON = rf"{_NAME}(?: {_NAME}){{0,4}}"
_PERSONS = rf"{_PERSON}(?:, {_PERSON})*(?:,? and {_PERSON})?"
_HAN_PERSONS = r"[\u4e00-\u9fff·]{2,4}?(?:、[\u4e00-\u9fff·]{2,4}?)*"
_HAN_SIDE = r"(?:(?P<pro>赞成|同意)|(?P<con>反对)|(?P<aside>弃权)|(?P<recused>回避))"
_NAMED = (
    re.compile(
        r"(?:(?P<pro>in favou?r|for|ayes?|yes|赞成|同意)|(?P<con>against|opposed|nays?|noes|no|dissenting|反对)"
        r"|(?P<aside>abstentions?|abstained|abstaining|弃权))票?(?:\s*[-–—:：]?\s*\d{1,3}\s*[票人名位]?)?"
        r"\s*[（(](?P<names>[^()（）]{2,200})[)）]",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<names>{_PERSONS}) (?:was |were )?"
        r"(?:(?P<con>opposed|opposing|dissent(?:ed|ing)|vot(?:ed|ing) (?:no|nay|against)|in opposition"
        r"|against(?=\s*(?:[.;,)]|$)))"
        r"|(?P<pro>vot(?:ed|ing) (?:yes|aye|for|in favou?r)|in favou?r(?=\s*(?:[.;,)]|$)))"
        r"|(?P<aside>abstain(?:ed|ing)|(?:did|do) not vote|not voting)|(?P<recused>recused))\b"
    ),
    re.compile(
        rf"(?:(?P<con>Against|Opposed|Dissenting)|(?P<aside>Abstaining)) (?:was|were) (?P<names>{_PERSONS})"
    ),
    re.compile(
        rf"(?:董事|监事|委员|代表|理事|成员)(?P<names>{_HAN_PERSONS})"
        r"(?:投了?|表示)?(?:(?P<con>反对)|(?P<aside>弃权)|(?P<recused>回避))"
    ),
    re.compile(
        rf"(?:^|[，,；;。：:（(\s]|其中|董事|监事|委员|代表|理事|成员)(?P<names>{_HAN_PERSONS})[均都]?投了?{_HAN_SIDE}票"
    ),
    re.compile(rf"投?{_HAN_SIDE}票?[的者](?:有|是|为)?[:：]?\s*(?P<names>{_HAN_PERSONS})(?=[，。；;]|$)"),
    re.compile(
        rf"(?<=票)[，,；;](?P<names>{_HAN_PERSONS})(?:(?P<con>反对)|(?P<aside>弃权)|(?P<recused>回避))"
    ),
)
_A_NAME = re.compile(r"[A-Z\u4e00-\u9fff]")
_NO_NAME = re.compile(r"略|详见|名单")


def tally(text: str) -> Tally | None:
    """The vote that `text` reports; a unanimous vote has 0 against.

    None when it reports none, or where as many names as it counts do not stand on a side.

    >>> vote = tally("Carried 5-2.")
    >>> vote.in_favour, vote.against, vote.abstained
    (5, 2, None)
    """
    listed_counts, listed_names = _labelled(text)
    one_by_one = tabled(text) or called(text)
    names = _named(text) | listed_names | one_by_one
    stated = _counted(text) | listed_counts
    counts = {side: len(people) for side, people in names.items()} | stated
    if counts.keys().isdisjoint(_SIDES) or any(
        len(names[side]) != stated[side] for side in names & stated.keys()
    ):
        return None
    return Tally(
        in_favour=counts.get("pro"),
        against=counts.get("con"),
        abstained=counts.get("aside"),
        names_in_favour=names.get("pro", ()),
        names_against=names.get("con", ()),
        names_abstained=names.get("aside", ()),
        absent=counts.get("away"),
        recused=counts.get("recused"),
        names_absent=names.get("away", ()),
        names_recused=names.get("recused", ()),
    )


def together(one: Tally, other: Tally) -> Tally | None:
    """What two reports of a vote say together; None where they differ."""
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in Tally.__slots__}
    if any(
        mine != theirs
        for mine, theirs in pairs.values()
        if mine not in (None, ()) and theirs not in (None, ())
    ):
        return None
    return Tally(**{name: theirs if mine in (None, ()) else mine for name, (mine, theirs) in pairs.items()})


def lists_votes(text: str) -> bool:
    """Whether the text gives the sides of a vote as labelled lists or counts, or a roll that was called."""
    counts = _labelled(text)[0].keys() & _SIDES.keys()
    if len(counts) > 1 or (counts and _CERTAIN.search(text)) or called(text) or tabled(text):
        return True
    if not has_han(text):
        return False
    counted = [side for side in _SIDES if any(form.search(text) for form in _SIDE_PATTERNS[side][1:])]
    return len(counted) > 1


def counts_votes(text: str) -> bool:
    """Whether a sentence about a vote counts both sides: "put to the vote: 7 for, 4 against"."""
    return _CERTAIN.search(text) is not None and {"pro", "con"} <= _counted(text).keys()


def names_votes(text: str) -> bool:
    """Whether a sentence names who voted how: "Cllrs Chen and Ruiz voted against", 「李卫国投反对票」."""
    return _CERTAIN.search(text) is not None and bool(_named(text))


def absent(text: str) -> tuple[str, ...]:
    """Who was not there when the vote was taken, as its roll says.

    >>> absent("Ayes: Chen, Ruiz. Nays: None. Absent: Tull.")
    ('Tull',)
    """
    one_by_one = tabled(text) or called(text)
    listed = _ABSENT.search(text)
    return one_by_one.get("away") or (_people(text, listed.end()) if listed else ())


def one_roll(parts: Sequence[str], start: int = 0) -> int:
    """How many sentences from `start` on are together one roll: "For: Bean, Pea." and "Against: Leek."; 0: none.

    A side may be asked for in one sentence and named in the next: "Against?", "Olu and Kim."
    """
    end, sides = start, 0
    while end < min(len(parts), start + _LONGEST_ROLL):
        asked = end + 1 < len(parts) and _SIDE_ASKED.fullmatch(parts[end]) is not None
        if not asked and not _ROLL_LINE.match(parts[end]):
            break
        end, sides = end + 1 + asked, sides + 1
    return end - start if sides > 1 and lists_votes("\n".join(parts[start:end])) else 0


def is_roll(lines: str) -> bool:
    """Whether lines are the roll of a vote: "- For: Chen, Ruiz" above "- Against: Tull", or a table of members."""
    every = [line for line in lines.splitlines() if line.strip()]
    if tabled(lines):
        return all("|" in line for line in every)
    return (
        len(every) > 1 and all(_ROLL_LINE.match(line) for line in every) and lists_votes(sides_apart(lines))
    )


def is_side(lines: str) -> bool:
    """Whether lines are each a side of a roll, if perhaps the only one: "In favor: Chen, Ruiz"."""
    return all(_ROLL_LINE.match(line) for line in lines.splitlines() if line.strip())


def ends_in_side(lines: str) -> bool:
    """Whether the last of the lines is a side of a roll."""
    return is_side(lines.rstrip().rsplit("\n", 1)[-1])


def at_sides(text: str, span: Span) -> list[Span]:
    """A range cut before each of its lines that begins with a side of a roll."""
    cuts = [match.end() for match in _ROLL_LINE_BEGINS.finditer(text, span.start, span.end)]
    return [Span(start, end) for start, end in pairwise([span.start, *cuts, span.end])]


def sides_apart(text: str) -> str:
    """The text as rules read it, but each side of a roll still on a line of its own.

    >>> sides_apart("The motion was\\ncarried.\\n- **For:** Chen\\n- Against: Tull")
    'The motion was carried.\\n- For: Chen\\n- Against: Tull'
    """
    if tabled(text):
        return text
    return "\n".join(plain(piece) for piece in _ROLL_LINE_BEGINS.split(text))


def _counted(text: str) -> dict[str, int]:
    """Counts stated in the sentence: "carried 5-2", "7 in favour", "9票同意", "unanimously"."""
    counts: dict[str, int] = {}
    if pair := _PAIR.search(text):
        return {side: _number(count) for side, count in pair.groupdict().items() if count}
    if score := _SCORE.search(text):
        given = {"pro": score["pro"] or score["pro_"], "con": score["con"], "aside": score["aside"]}
        counts = {side: _number(count) for side, count in given.items() if count}
    elif _UNANIMOUS.search(text):
        counts = {"con": 0}
    for side, patterns in _SIDE_PATTERNS.items():
        if match := next((m for pattern in patterns if (m := pattern.search(text))), None):
            counts[side] = _number(next(count for count in match.groups() if count))
    return counts


def _labelled(text: str) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Counts and names of the sides that are given as labels with lists or counts after them."""
    counts: dict[str, int] = {}
    names: dict[str, tuple[str, ...]] = {}
    for label in _LABEL.finditer(text):
        side = (label.lastgroup or "").rstrip("_")
        if _NOBODY.match(text, label.end()):
            counts[side] = 0
        elif number := _NUMBER_LISTED.match(text, label.end()):
            counts[side] = int(number[1])
            if opens := _LIST_OPENS.match(text, number.end()):
                names[side] = _people(text, opens.end())
        elif people := _people(text, label.end()):
            stated = _IN_BRACKETS.search(label[0])
            names[side], counts[side] = people, int(stated[1]) if stated else len(people)
    return counts, {side: people for side, people in names.items() if people}


def _people(text: str, start: int) -> tuple[str, ...]:
    """The list of names that begins at `start`, up to the next label."""
    listed = _NAMES.match(text, start)
    if not listed:
        return ()
    others = (label.search(text, start, listed.end() + _LONGEST_LABEL) for label in (_LABEL, _OTHER_LABEL))
    end = min([listed.end(), *(other.start() for other in others if other)])
    return _split(text[start:end])


def _named(text: str) -> dict[str, tuple[str, ...]]:
    """Names of a side stated in the sentence, the first statement of each side."""
    found: dict[str, tuple[str, ...]] = {}
    for match in (match for pattern in _NAMED for match in pattern.finditer(text)):
        side = next(side for side in (*_SIDES, "recused") if match.groupdict().get(side))
        if (people := _split(match["names"])) and _are_names(match["names"], people):
            found.setdefault(side, people)
    return found


def _are_names(listed: str, people: Sequence[str]) -> bool:
    return not _NO_NAME.search(listed) and all(_A_NAME.match(name) for name in people)


def _split(listed: str) -> tuple[str, ...]:
    """The names of a list; titles of several people ("Messrs.") are left out, those of one stay."""
    pieces = re.split(r",? and |[,;&、，\n]", listed)
    first = (_NEXT_PERSON.split(piece.strip(" ()（）"))[0] for piece in pieces)
    cleaned = (_TITLE_OF_MANY.sub("", piece).rstrip(".。 ") for piece in first)
    return tuple(name for name in cleaned if name and not _NOBODY.fullmatch(name))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _COUNT_OF[word.lower()] if word.isascii() else chinese_number(word) or 0
