"""Which decisions a later one amends, repeals, replaces, extends, postpones or repeats.

A later entry of the register changes an earlier one when all of this holds:

- its own words say so ("be amended to", "rescinds the approval", "reaffirmed", 「调整为」, 「重申」), of a matter and
  not of the agenda, the minutes or a motion on the table;
- both are outcomes, of the same body, and the earlier one settled something;
- it names the earlier meeting by its date, or both name the same document by number, or the value it changes
  ("from 420", 「由6月30日」) stands in the earlier one, or they are on the same matter: most of what tells one
  matter from another stands in both. A number with its year ("Resolution 2025-14"), or with the date of its meeting,
  is enough.

Precise rather than complete: a change that is missed leaves two dated decisions to read, a false one misleads.
"""

import datetime
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.records import DecisionKind
from ingest.words import WordSet, stop_words, topic_words
from qa.answers import ChangeKind
from qa.corpus import Session
from qa.references import days_named, figures, numbers, old_values, states, tells_one
from qa.register import Entry, find_entries
from qa.scope import Scope
from qa.signs import SETTLED
from qa.topic import META_WORDS, VOTING_WORDS

COVERED = 0.6  # of what the later entry is about, the share that the earlier one must be about too
COVERED_UNDER_ONE_ITEM = 0.45  # the same where the agenda items have one title
ALIKE = 0.35  # cosine of the words of both
NAMED = 0.2  # the share that is enough where the later one names the earlier by its date or by a document's number
LEAST_SHARED = 2  # words two entries on the same matter share at least
NEARLY = 0.75  # of earlier entries nearly as alike as the best one the latest is the one in force

_OUTCOMES = SETTLED - {DecisionKind.NOTED}
_SAYING = _OUTCOMES | {DecisionKind.EMPHASISED}
_CHANGEABLE = _OUTCOMES - {DecisionKind.DEFERRED, DecisionKind.REJECTED, DecisionKind.WITHDRAWN}
_CHANGEABLE |= {DecisionKind.ASSIGNED}

_NO_MATTER = (
    r"(?:the |that |this |its |an? )?(?:draft |proposed |main |original |published |consent |meeting(?:'s)? )*"
    r"(?:agendas?|minutes|motions?|amendments?|order of (?:business|the day)|item|items|language|wording"
    r"|proposal(?! of))"
)
_PATTERNS: tuple[tuple[ChangeKind, str], ...] = (
    ("repealed", r"\b(?:rescind(?:s|ed|ing)?|repeal(?:s|ed|ing)?|revok(?:e|es|ed|ing)|annul(?:s|led|ling)?"
        r"|overturn(?:s|ed)?"
     r"|revers(?:e|es|ed|ing)(?= (?:the|its|that|this|an?) (?:\w+ ){0,3}(?:decision|approval|resolution|ban"
     r"|policy|vote))"
     r"|withdr(?:aw|aws|ew|awn) (?:the|its) (?:\w+ ){0,2}(?:approval|decision|resolution|consent|permit)"
     r"|(?:decision|resolution|approval|policy|ban)[^.;]{0,60} (?:is|was|be|were) (?:withdrawn|cancell?ed"
     r"|reversed|lifted))\b"),
    ("replaced", r"\b(?:supersed(?:e|es|ed|ing)|replac(?:e|es|ed|ing)(?= (?:the|that|its) (?:\w+ "
        r"){0,4}(?:decision|resolution|policy|plan|rule"
     r"|rules|scheme|agreement|contract|measure|measures|programme|program|bylaw|by-law|ordinance|approval|version))"
     r"|in place of the (?:\w+ ){0,3}(?:decision|resolution|plan|policy|scheme|agreement))\b"),
    ("extended", r"\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed)?)\b(?=[^.;]{0,120}\b(?:until|to|till|by|through"
        r"|for (?:a|an|one|two|three|six|another|\d))\b)"),
    ("postponed", r"\b(?:postpon(?:e|es|ed|ing)|put(?:s|ting)? back|push(?:ed|es)? back|delay(?:ed"
        r"|s)?)\b(?=[^.;]{0,80}\b(?:until|to|till|by|from)\b)"),
    ("amended", r"(?<!as )\b(?:amend(?:s|ed|ing)?|modif(?:y|ies|ied)|revis(?:e|es|ed|ing)|(?:is|are|was"
        r"|were|be) (?:raised|lowered|increased|reduced|changed)"
     r" from)\b"),
    ("repeated", r"\b(?:reaffirm(?:s|ed|ing)?|reconfirm(?:s|ed|ing)?|re-?adopt(?:s|ed|ing)?"
     r"|re-?approv(?:e|es|ed|ing)|reiterat(?:e|es|ed|ing)|(?:confirm|repeat|stand by|stood by|uphold|upheld|maintain)"
     r"(?:s|ed)? (?:the|its|their)(?: \w+){0,4} (?:decision|resolution|approval|position|ruling)"
     r"|(?:decision|resolution|approval)(?: of [^.;]{0,40})? (?:stands|still stands|remains? in (?:force|effect)"
     r"|(?:is|was|be) (?:confirmed|upheld|repeated)))\b"),
    ("repealed", r"废止|撤销|取消(?!资格)|废除|不再执行|终止(?:执行|实施)?"),
    ("replaced", r"取代|代替|替代|以[^，。；]{1,20}为准"),
    ("extended", r"延长(?:至|到|为|一|两|三|半)|延期至|展期"),
    ("postponed", r"推迟(?:至|到)|延后(?:至|到)|顺延(?:至|到)"),
    ("repeated", r"重申|再次(?:确认|明确|同意|通过|批准|决定)|维持[^，。；]{0,16}(?:决定|决议|方案|标准)"
        r"|继续(?:执行|沿用)"),
    ("amended", r"(?:调整|修改|修订|变更|更改|改)为|由[^，。；]{1,24}(?:提高|降低|增加|减少|上调|下调)(?:至"
        r"|到|为)|(?:予以|作出|进行)(?:修改|修订|调整)"),
)  # fmt: skip
_CHANGES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_OF_NO_MATTER = re.compile(
    rf"(?:\w+ )?{_NO_MATTER}\b|(?:(?:the|its|their|his|her|an?|our) )?(?:\w+ )?(?:meeting|session|time"
    rf"|deadline for (?:comments|submissions)|discussion|public hearing|hearing"
    r"|thanks|appreciation|congratulations|invitation|gratitude|welcome|sympathy|condolences|best wishes)\b",
    re.IGNORECASE,
)
_SUBJECT_OF_NO_MATTER = re.compile(
    rf"\b(?:{_NO_MATTER}|motion|amendment|agenda|minutes|consideration|discussion|hearing|item)"
    r"(?: (?:was|were|is|are|be|been|has been|to be|that|carried|,)){0,3} ?(?:\w+ )?$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:not|no|never|declin\w+|reject\w*|refus\w*|request|asked|if|whether|propos\w+|consider\w*|would"
    r"|could|may|might) (?:\w+ ){0,3}$"
    r"|(?:不|未|暂不|不得|拟|建议|研究|如需)$",
    re.IGNORECASE,
)
_WORDS_OF_CHANGE = (
    WordSet(
        "amend amended amendment rescind repeal revoke annul overturn reverse withdraw cancel supersede "
        "replace extend extended extension "
        "postpone postponed delay modify revise revised change changed raise raised lower lowered increase "
        "reduce decision decided resolved "
        "resolve resolution approve approved approval agreed agree adopt adopted council committee board "
        "commission carried unanimously "
        "reaffirm reaffirmed reconfirm reconfirmed reiterate reiterated repeat repeated confirm confirmed maintain "
        "accordingly effect request proposal policy plan 决定 同意 批准 通过 原则 会议 调整 修改 修订 延长 "
        "推迟 撤销 取消 变更 废止 重申 再次 维持 继续 执行 完成 由 为 至 年 月 日"
    )
    | META_WORDS
    | VOTING_WORDS
)


_ANY_MEETING = META_WORDS | WordSet(
    "regular ordinary special extraordinary annual general public work monthly 例会 定期 全体"
)
_WORDS_OF_TIME = WordSet(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday "
    "saturday sunday weekday weekdays day days week weeks month months year years date a.m p.m am pm "
    "hour hours time times yuan million "
    "dollar dollars per cent percent total 万元 亿元 元 日期 时间 总 以上 以下 以内"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A later entry that changes or repeats an earlier one; both with their exact place."""

    kind: ChangeKind
    later: Entry
    earlier: Entry


Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """Every change found, by the place (record id, start, end) of the later and of the earlier entry."""

    of_later: Mapping[Place, Change]
    of_earlier: Mapping[Place, Change]  # the latest change of it


NO_CHANGES = Changes({}, {})


def place_of(entry: Entry) -> Place:
    """Where an entry stands."""
    return entry.meeting.record_id, entry.start, entry.end


def changes_seen(session: Session, access: Sequence[str]) -> Changes:
    """Every change among the records that these groups may read; found once for each state of the index."""
    return session.corpus.kept(
        session,
        ("changes", tuple(access)),
        lambda: find_changes(find_entries(session, Scope(access=tuple(access)), kinds=tuple(DecisionKind))),
    )


def find_changes(entries: Iterable[Entry]) -> Changes:
    """The changes among entries of the register."""
    kept = (entry for entry in entries if _tells(entry) and entry.meeting.date)
    dated = sorted(kept, key=lambda entry: (str(entry.meeting.date), *place_of(entry)))
    register = _Register(dated)
    later: dict[Place, Change] = {}
    earlier: dict[Place, Change] = {}
    for place, entry in enumerate(dated):
        kind = _change_by(entry) if entry.kind in _SAYING else None
        target = register.changed_by(place) if kind else None
        if kind and target:
            change = Change(kind, entry, target)
            later[place_of(entry)] = change
            if kind != "repeated" or place_of(target) not in earlier:  # an amendment outweighs a repetition
                earlier[place_of(target)] = change
    return Changes(later, earlier)


def _tells(entry: Entry) -> bool:
    """Whether an entry may change another or be changed; of what was only stressed, what repeats a decision."""
    if entry.kind is DecisionKind.EMPHASISED:
        return change_said(entry.quote) == "repeated"
    return entry.kind in _OUTCOMES | _CHANGEABLE


def _change_by(entry: Entry) -> ChangeKind | None:
    return "postponed" if entry.rule.endswith(".put-to-later-day") else change_said(entry.quote)


def change_said(quote: str) -> ChangeKind | None:
    """The change that the words of a decision speak of; None for none, or for one of procedure."""
    for kind, pattern in _CHANGES:
        for match in pattern.finditer(quote):
            before, after = quote[: match.start()], quote[match.end() :]
            if (
                _UNDONE.search(before)
                or _SUBJECT_OF_NO_MATTER.search(before)
                or _OF_NO_MATTER.match(after.lstrip())
            ):
                continue
            return kind
    return None


class _Register:
    """Entries by the words that tell what they are about."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.own = [_matter(entry.quote) for entry in entries]
        self.under = [_matter(entry.item or "") for entry in entries]
        holding = Counter(
            word for own, under in zip(self.own, self.under, strict=True) for word in own | under
        )
        total = len(entries)
        self.weights = {
            word: math.log(1 + total / n) for word, n in holding.items()
        }  # smooth: few entries too
        self.known = {word for word, n in holding.items() if n > 1}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(self.own):
            for word in words:
                self.by_word[word].append(i)
        self.numbers = [numbers(entry.quote) for entry in entries]
        self.by_number: dict[str, list[int]] = defaultdict(list)
        for i, named in enumerate(self.numbers):
            for number in named:
                self.by_number[number].append(i)

    def changed_by(self, own: int) -> Entry | None:
        """Of the earlier entries on the same matter the latest that is about as alike as the best."""
        entry = self.entries[own]
        days = days_named(entry.quote, entry.meeting.date)
        named, old = numbers(entry.quote), old_values(entry.quote)
        found: list[tuple[float, datetime.date, int]] = []
        near = {i for word in self.own[own] | self.under[own] for i in self.by_word.get(word, ())}
        near |= {i for number in named for i in self.by_number.get(number, ())}
        for i in near | {i for i, other in enumerate(self.entries[:own]) if other.meeting.date in days}:
            other = self.entries[i]
            dated, shared = other.meeting.date in days, named & self.numbers[i]
            certain = bool(shared) and (dated or tells_one(shared))
            told = dated or bool(shared) or states(other.quote, old)
            score = self._score(own, i, named=told) or float(certain)
            if _may_change(entry, other, dated=dated) and score:
                assert other.meeting.date is not None
                found.append((score + 10 * told + 10 * certain, other.meeting.date, -i))
        best = max(found, default=(0.0,))[0]
        sure = [(date, i) for score, date, i in found if score >= NEARLY * best]
        chosen = max(sure, default=None)
        return self.entries[-chosen[1]] if chosen else None

    def _score(self, later: int, earlier: int, *, named: bool) -> float:
        """How alike two entries are, 0 when they are not on the same matter."""
        about = self.own[later] & self.known or self.own[later]
        then = self.own[earlier] | self.under[earlier]
        covered = self._length(about & then) / (self._length(about) or 1.0)
        both = self.own[later] & self.own[earlier]
        alike = self._length(both) / (
            math.sqrt(self._length(self.own[later]) * self._length(self.own[earlier])) or 1.0
        )
        title = self._length(self.under[later] & self.under[earlier]) / (
            self._length(self.under[earlier]) or 1.0
        )
        if named:
            values = figures(self.entries[later].quote) & figures(self.entries[earlier].quote)
            return 1 + covered + len(values) if covered >= NAMED or values or title >= COVERED else 0.0
        least = COVERED if title < COVERED else COVERED_UNDER_ONE_ITEM
        if covered < least or alike < ALIKE or len(both) < LEAST_SHARED:
            return 0.0
        return covered + min(alike, 1.0)

    def _length(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] ** 2 for word in words)


def _may_change(later: Entry, earlier: Entry, *, dated: bool) -> bool:
    """Whether one may change the other: held later, of a thing settled, by the same body unless its date is named."""
    then, now = earlier.meeting.date, later.meeting.date
    if then is None or now is None or then >= now or earlier.kind not in _CHANGEABLE:
        return False
    one, other = _names(later), _names(earlier)
    return dated or not one or not other or bool(one & other)


def _names(entry: Entry) -> set[str]:
    """What names who met: the body, and a series whose name says more than that it was a meeting."""
    meeting = entry.meeting
    series = meeting.series if meeting.series and set(topic_words(meeting.series)) - _ANY_MEETING else None
    return {name for name in (meeting.body, series) if name}


def _matter(text: str) -> frozenset[str]:
    """The words that tell what a text is about, without the words of deciding, figures and dates."""
    words = frozenset(word for word in topic_words(text) if not word.isdecimal())
    return words - _WORDS_OF_CHANGE - _WORDS_OF_TIME - stop_words()
