"""Whose words a record holds: turns of a transcript, and what minutes report that somebody said.

Minutes report when a person, or people of a kind, are the subject of a verb of saying: "Councillor Fenn feared that",
"The meeting was chaired by Mayor Li Jun, who stressed", 「市长李军强调」, "A resident of Church Lane complained". What
"the meeting stressed" nobody in it said, whoever presided, and to be listed, named or addressed is not to speak.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.attendance import without_office
from ingest.label_shapes import capacity_and_name
from ingest.records import Decision, Record, Section, Span, Turn
from ingest.sentences import sentences
from ingest.words import words
from qa.verbs import REPORTED, STATED

_HAN = re.compile(r"[\u3400-\u9fff]")

# A kind of people goes by several words; a kind that is not listed goes by its own.
_KINDS = tuple(
    frozenset(words.split())
    for words in (
        "resident neighbour neighbor householder villager citizen public 居民 市民 村民 群众 住户 百姓 业主",
        "councillor councilor cllr councilmember alderman 议员",
        "member trustee commissioner councillor cllr 委员 理事 董事 代表",
        "parent mother father 家长 父母",
        "shopkeeper trader merchant business 商户 摊贩 店主 商家 企业",
        "worker employee staff workforce driver 职工 员工 工人 司机",
        "doctor physician clinic 医生 大夫",
        "officer official director bureau department 部门 官员 局长 负责人",
        "expert specialist 专家",
        "patient 患者 病人",
        "student pupil 学生",
        "teacher 教师 老师",
        "tenant 租户",
    )
)
_DETERMINED = (
    r"(?:(?:an?|the|one|another|some|several|many|most|both|all|two|three|four|five|six"
    r"|seven|eight|nine|ten|\d+|other"
    r"|local|members? of the(?= public| audience)|representatives? of the)\s+){0,3}"
)
_TITLES = r"(?:(?:[A-Z][\w.'’-]*|of|the|and|representative|member|officer|manager|delegate)\s+){0,5}?"
_ADVERB = r"(?:(?:then|also|again|further|later|first|still|both|all|strongly|\w+ly)\s+)?"
_ASIDE = r"(?:\s*\([^()]{1,60}\)|,\s(?!who\b)[^,.;:]{2,70},(?!\s*who\b))?"
_BEGINS = r"(?:^|[.;:!?)\]*\"”]\s+|^\W*\d[\d./]*\s+|,\s+|\b(?:and|but|while|whereas|as|that|when|which)\s+)"
_FEELS = (
    r"(?:was|were|is|are)\s+(?:not\s+|very\s+|also\s+)?(?:uneasy|concerned|worried|against"
    r"|opposed|in favou?r|for the|of the"
    r" (?:view|opinion)|unhappy|pleased|disappointed|sceptical|skeptical|doubtful|surprised"
    r"|sorry|afraid|glad|happy|angry"
    r"|convinced|satisfied|alarmed)\b"
)
_SAYS = rf"(?:{REPORTED}\b|{_FEELS}|would\s+(?:have\s+)?\w+|had\s+(?:not\s+|also\s+)?{REPORTED}\b)(?<!\bpresent(?=:))"
_HAN_SAYS = (
    r"(?:强调|指出|要求|提出|认为|建议|汇报|介绍|主张|担心|询问|回答|答复|解释|补充|提醒"
    r"|反对|支持|赞成|不同意|承诺|提议|呼吁|反映"
    r"|抱怨|投诉|希望|谈到|提到|讲话|讲到|发言|通报|说明|分析|表示|表态|质疑|追问|说|问"
    r"|批评|肯定|呼吁|主张|感谢|转达|报告了?)"
)
_HAN_TITLE = r"[\u3400-\u9fff]{0,10}?"
_GOES_ON = re.compile(
    r"\s*(?:He|She)\b|[^.]*\b(?:he|she)\s+(?:\w+ly\s+|also\s+)?(?:said|added|asked|thought"
    r"|went on|felt|continued)\b"
    r"|\s*(?:他|她)(?:还|又|也|们)?"
)
_SOMEBODY = re.compile(
    rf"^\W*{_DETERMINED}{_TITLES}(?:[A-Z][\w'’-]+|residents?|parents?|members?|staff){_ASIDE}\s+{_ADVERB}{_SAYS}"
    r"|^\W*[\u3400-\u9fff]{0,8}?(?:会议|与会|大家)|^\W*[\u3400-\u9fff（）()]{2,12}" + _HAN_SAYS
)
_NOBODY = re.compile(
    r"^\W*(?:The|This|No|It)\s+(?:\w+\s+){0,2}?(?:meeting|council|board|committee|commission"
    r"|motion|amendment|proposal|trust|vote"
    r"|decision|matter|minutes|chair\w*)\b|^\W*(?:RESOLVED|Resolved|Action|ACTION|Decision"
    r"|DECISION|Agreed|AGREED|Recorded|Vote|Carried"
    r"|Noted|Moved|There (?:was|were) (?:no|a|general|discussion))\b|^\W*(?:会议|决定|议定|同意|一致)"
)


_STATES = re.compile(rf"\b{STATED}\b|汇报|介绍|表示|认为|指出|说")
_INTRODUCES = re.compile(
    r"\b(?:spoke|addressed the|made (?:statements|representations|comments))\b|先后发言|作了发言"
)


_OF_THE_PUBLIC = re.compile(r"\bmembers? of the (?=public|audience)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch(Span):
    """What somebody said in one go, as its sentences; a turn of a transcript, or what minutes report together."""

    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Voices:
    """Whose words are wanted: people, by name as records write it, or a kind of people ("residents", 「居民」)."""

    names: tuple[str, ...] = ()
    kind: str = ""

    @cached_property
    def bare_names(self) -> frozenset[str]:
        """The names without what stands in brackets after them."""
        return frozenset(bare_name(name) for name in self.names)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The words the kind goes by, singular, in lower case."""
        if not self.kind:
            return frozenset()
        own = singular(self.kind.casefold().split()[-1])
        kind = frozenset({own}).union(*(kind for kind in _KINDS if own in kind))
        return frozenset(noun for noun in kind if bool(_HAN.search(noun)) == bool(_HAN.search(own)))

    @cached_property
    def reporting(self) -> re.Pattern[str]:
        """Matches a sentence of minutes that reports their words."""
        return _reporting(self.bare_names, self.nouns)

    def are_of(self, speaker: str, record: Record) -> bool:
        """Whether they are who speaks under this label in a record, by name or by what it says of that speaker."""
        if _names(speaker, self, record):
            return True
        if not self.nouns:
            return False
        roles = _OF_THE_PUBLIC.sub("", role_of(record, speaker))
        said = {singular(word) for word in re.findall(r"[a-z]+", roles.casefold())} | set(words(roles))
        long = (noun for noun in self.nouns if len(noun) > 2 and _HAN.search(noun))
        return not self.nouns.isdisjoint(said) or any(noun in roles for noun in long)


def bare_name(name: str) -> str:
    """A name without what stands in brackets after it.

    >>> bare_name("路婉芝（灯浦社区居民，81岁）")
    '路婉芝'
    """
    return re.split(r"\s*[(（]", name, maxsplit=1)[0].strip(" *") or name


def singular(word: str) -> str:
    """The singular of a plain English plural; 「居民们」 without its ending.

    >>> singular("residents"), singular("nurses"), singular("businesses"), singular("居民们")
    ('resident', 'nurse', 'business', '居民')
    """
    if word.endswith("们"):
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def stretches(record: Record, voices: Voices) -> list[Stretch]:
    """What those people say in a record, in its order, none overlapping."""
    theirs = {name for name in {turn.speaker for turn in record.turns} if voices.are_of(name, record)}
    found = [
        Stretch(turn.start, turn.end, tuple(_trimmed(record.text, turn.start, turn.end)))
        for turn in record.turns
        if turn.speaker in theirs
    ]
    for gap in _between(record.turns, record.text):
        found += _reported(record, voices, gap)
    return sorted(found, key=lambda stretch: stretch.start)


def _names(label: str, voices: Voices, record: Record) -> bool:
    """Whether a speaker's label names one of those people: in capitals, by office, or by a surname only one has."""
    wanted = {_plain(name) for name in (*voices.names, *voices.bare_names)}
    called = _plain(label)
    if called in wanted:
        return True
    if _CHAIR.fullmatch(bare_name(label)):
        return bool(record.meeting.chair) and _plain(record.meeting.chair) in wanted
    surname = called.rsplit(" ", 1)[-1]
    if called != surname or _HAN.search(called):
        return False
    people = {_plain(person) for person in (*record.meeting.attendees, *record.meeting.others)}
    there = {person for person in people if person.rsplit(" ", 1)[-1] == surname and person != surname}
    return len(there) == 1 and not there.isdisjoint(wanted)


_CHAIR = re.compile(
    r"(?:the\s)?(?:chair(?:man|woman|person)?|presiding officer|moderator|convenor)|主持人?|会议主席",
    re.IGNORECASE,
)


def _plain(name: str) -> str:
    """A name in small letters without its office and what stands in brackets after it."""
    bare = bare_name(name)
    return capacity_and_name(without_office(bare) or bare)[1].casefold()


def reports(text: str, names: Sequence[str]) -> bool:
    """Whether a piece of minutes reports words of one of these people."""
    pattern = _of_names(tuple(names)).reporting
    return any(pattern.search(span.of(text).strip()) for span in sentences(text))


@lru_cache(maxsize=16)
def _of_names(names: tuple[str, ...]) -> Voices:
    return Voices(names)


def role_of(record: Record, speaker: str) -> str:
    """What a record says of who somebody is: their label, and what stands beside their name where people are listed."""
    name, meeting = bare_name(speaker), record.meeting
    listed = [
        person for person in (*meeting.attendees, *meeting.others, meeting.chair or "") if name in person
    ]
    head = record.text[: record.turns[0].start if record.turns else 0]
    beside = re.search(rf"^\W*{re.escape(name)}\s*[,(（:–-]\s*([^\n]{{2,80}})$", head, re.MULTILINE)
    return " ".join((speaker, *listed, beside[1] if beside else ""))


def _between(turns: Sequence[Turn], text: str) -> Iterator[Span]:
    """The parts of a record with words that nobody speaks."""
    begin = 0
    for start, end in (*((turn.start, turn.end) for turn in turns), (len(text), len(text))):
        if start > begin and not text[begin:start].isspace():
            yield Span(begin, start)
        begin = max(begin, end)


def _reported(record: Record, voices: Voices, part: Span) -> Iterator[Stretch]:
    """What a part in reported speech says that they said, paragraph by paragraph."""
    text, pattern = record.text, voices.reporting
    open_to_all = (
        [s for s in record.sections if _OPEN_ITEMS.search(s.title)] if "public" in voices.nouns else []
    )
    if open_to_all:
        yield from _from_the_floor(record, open_to_all, part, pattern)
    if not pattern.search(text, part.start, part.end) and "\n" not in part.of(text):
        return
    for line in re.finditer(r"[^\n]+(?:\n(?=[a-z(])[^\n]+)*", text[part.start : part.end]):
        begin, end = part.start + line.start(), part.start + line.end()
        kept: list[Span] = []
        reporting = ""
        for sentence in _trimmed(text, begin, end):
            said = sentence.of(text)
            noted = _LABELLED.match(said) and _in(
                record.decisions, sentence
            )  # "Ann Bell: write to the owner"
            if pattern.search(said) and not said.startswith("#") and not noted:
                yield from _together(kept)
                kept, reporting = [sentence], said
            elif kept and _is_theirs_still(voices, reporting, said) and not _in(record.decisions, sentence):
                kept.append(sentence)
            else:
                yield from _together(kept)
                kept = []
        yield from _together(kept)


_LABELLED = re.compile(r"[^:：\n]{2,60}[:：]")
_OPEN_ITEMS = re.compile(
    r"\bpublic (?:comment|participation|forum|input|speak|question|session|address|hearing|remarks|open)|\bopen forum"
    r"|\bquestions? from (?:the )?(?:public|floor|residents)|\bcitizens?['’]?s? (?:comment|forum|input|participation)"
    r"|公众(?:发言|提问|意见|参与)|(?:居民|市民|群众)(?:发言|提问|意见)|听证",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"\W*(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev)\.?\s+)(?:[A-Z][\w'’-]+\s?){1,3}|\W*(?:[A-Z][\w'’.-]+,?\s){2,3}"
)


def _from_the_floor(
    record: Record, items: Sequence[Section], part: Span, told: re.Pattern[str]
) -> Iterator[Stretch]:
    """What people who are not of the meeting say by name where an item is open to the public."""
    of_meeting = {
        name.rsplit(" ", 1)[-1]
        for name in map(bare_name, (*record.meeting.attendees, *record.meeting.others))
    }
    for item in items:
        others = False  # whether those of another kind were introduced, "Three parents spoke."
        for sentence in _trimmed(record.text, max(item.start, part.start), min(item.end, part.end)):
            said = sentence.of(record.text)
            if told.search(said) or "\n\n" in record.text[max(0, sentence.start - 2) : sentence.start]:
                others = False
            if _INTRODUCES.search(said) and not told.search(said) and not _BY_NAME.match(said):
                others = True
            begins = set(re.findall(r"[A-Z][\w'’-]+", said[:80]))
            named = _BY_NAME.match(said) and _SOMEBODY.search(said) and begins.isdisjoint(of_meeting)
            if named and not others and not told.search(said):
                yield Stretch(sentence.start, sentence.end, (sentence,))


def _together(kept: Sequence[Span]) -> Iterator[Stretch]:
    if kept:
        yield Stretch(kept[0].start, kept[-1].end, tuple(kept))


def _is_theirs_still(voices: Voices, reporting: str, said: str) -> bool:
    """Whether a sentence goes on with what one before it reports: "She added", or what was stated goes on itself."""
    if _GOES_ON.match(said):
        return True
    if _NOBODY.search(said):
        return False
    if voices.kind and _INTRODUCES.search(
        reporting
    ):  # "Three parents spoke.": who follows by name is one of them
        return bool(_SOMEBODY.search(said))
    return bool(_STATES.search(reporting)) and not _SOMEBODY.search(said)


def _in(register: Sequence[Decision], sentence: Span) -> bool:
    """Whether an entry of the register stands in a sentence: what was settled is no longer what somebody said."""
    return any(entry.start < sentence.end and sentence.start < entry.end for entry in register)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a range without the white space and list marks around them."""
    for sentence in sentences(text, start, end):
        words = sentence.of(text)
        lead = re.match(r"\s*(?:[-*•]\s+|>\s+)*", words)
        first = sentence.start + (lead.end() if lead else 0)
        last = sentence.start + len(words.rstrip())
        if first < last:
            yield Span(first, last)


@lru_cache(maxsize=64)
def _reporting(names: frozenset[str], nouns: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(_reports(names, nouns)) or r"(?!)")


def _reports(names: frozenset[str], nouns: frozenset[str]) -> Iterator[str]:
    """Patterns of sentences in which one of them says something."""
    latin = sorted({re.escape(name.split()[-1]) for name in names if not _HAN.search(name) and name.split()})
    han = sorted(
        {re.escape(re.sub(r"\s+", "", name)) for name in names if _HAN.search(name)}
        | {noun for noun in nouns if _HAN.search(noun)}
    )
    english_nouns = sorted(noun for noun in nouns if not _HAN.search(noun))
    if latin:
        yield from _english(rf"(?-i:{_TITLES}(?:{'|'.join(latin)}))")
    if english_nouns:
        some = rf"(?:{'|'.join(english_nouns)})(?:s|es|ies)?\b(?! of the (?:public|audience|press)\b)"
        place = r"(?:\s(?:of|from|in|at|on|along|near)\s[^,.;]{1,50}?)?"
        yield from _english(rf"{_DETERMINED}(?:\w+\s)?(?i:{some}){place}")
        yield rf"{_BEGINS}{_TITLES}[A-Z][\w'’-]+,\s[^,.;]{{0,30}}\b(?i:{some})[^,.;]{{0,40}},\s{_ADVERB}{_SAYS}"
        yield rf"{_BEGINS}(?i:{some})\.?\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?{_ASIDE}\s+{_ADVERB}{_SAYS}"
    if han:
        who = f"(?:{'|'.join(han)})"
        called = rf"{_HAN_TITLE}{who}(?:们|[（(][^（）()]{{1,30}}[）)])?"
        yield rf"^\W*{called}(?:同志)?[：:]\s?(?=\S)"
        yield rf"(?:^|[，。；：、！？\s*]|[由据有])\W*{called}[^，。；：、]{{0,10}}?{_HAN_SAYS}"
        yield rf"{who}[^。；]{{0,12}}主持[^。；]{{0,40}}?(?:并|，\s*(?:他|她|并)?){_HAN_SAYS}"
        yield rf"听取(?:了)?{_HAN_TITLE}{who}[^。；]{{0,40}}?(?:汇报|介绍|说明|发言|报告)"
        yield rf"{who}(?:们)?的?(?:主要)?(?:意见|看法|建议|诉求|顾虑|反映|问题|呼声)"


def _english(who: str) -> Iterator[str]:
    """Patterns in which `who` says something, in English."""
    yield rf"^\W*{who}{_ASIDE}:\s+(?=\S)"
    yield rf"{_BEGINS}(?i:{_DETERMINED}){who}{_ASIDE}\s+{_ADVERB}{_SAYS}"
    yield rf"{who}(?:,\s[^,.;]{{2,60}})?,\s+who\s+{_ADVERB}{_SAYS}"
    yield (
        rf"(?i:\b(?:said|{STATED}\s+by|(?:raised|asked|voiced|moved|proposed|suggested|expressed)\s+by"
        rf"|according\s+to))\s+{_DETERMINED}{who}\b"
    )
    yield (
        rf"{who}['’]s?\s+(?:\w+\s+)?(?:view|opinion|remark|concern|question|proposal|suggestion"
        r"|warning|objection|complaint|worry|point)s?\b"
    )
