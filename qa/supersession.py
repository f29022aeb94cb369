"""Which decisions a later one amends, repeals, replaces, extends or postpones.

A later entry of the register changes an earlier one when all of this holds:

- its own words say so ("be amended to", "rescinds the approval", 「调整为」, 「延长至」), of a matter and not of the
  agenda, the minutes or a motion on the table;
- both are outcomes, of the same body, and the earlier one settled something;
- it names the earlier meeting by its date, or both name the same document by number, or they are on the same matter:
  most of what tells one matter from another in either stands in both.

Precise rather than complete: a change that is missed leaves two dated decisions to read, a false one misleads.
"""

import datetime
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.records import DecisionKind
from ingest.words import stop_words, topic_words
from qa.answers import ChangeKind
from qa.corpus import Session
from qa.register import Entry, find_entries
from qa.retrieval import META_WORDS, SETTLED, VOTING_WORDS
from qa.scope import Scope

SAME_MATTER = 0.45  # cosine of two entries' rare words from which they are on the same matter
NAMED = 0.12  # the same where the later one names the earlier by date or number
LEAST_SHARED = 2  # words two entries on the same matter share at least

_OUTCOMES = SETTLED - {DecisionKind.NOTED, DecisionKind.CONCLUDED}
_CHANGEABLE = _OUTCOMES - {DecisionKind.DEFERRED, DecisionKind.REJECTED}

_NO_MATTER = (
    r"(?:the |that |this |its |an? )?(?:draft |proposed |main |original |published |consent |meeting(?:'s)? )*"
    r"(?:agendas?|minutes|motions?|amendments?|order of (?:business|the day)|item|items|language|wording|proposal(?! of))"
)
_PATTERNS: tuple[tuple[ChangeKind, str], ...] = (
    ("repealed", r"\b(?:rescind(?:s|ed|ing)?|repeal(?:s|ed|ing)?|revok(?:e|es|ed|ing)|annul(?:s|led|ling)?|overturn(?:s|ed)?"
     r"|revers(?:e|es|ed|ing)(?= (?:the|its|that|this|an?) (?:\w+ ){0,3}(?:decision|approval|resolution|ban|policy|vote))"
     r"|withdr(?:aw|aws|ew|awn) (?:the|its) (?:\w+ ){0,2}(?:approval|decision|resolution|consent|permit)"
     r"|(?:decision|resolution|approval|policy|ban)[^.;]{0,60} (?:is|was|be|were) (?:withdrawn|cancell?ed|reversed|lifted))\b"),
    ("replaced", r"\b(?:supersed(?:e|es|ed|ing)|replac(?:e|es|ed|ing)(?= (?:the|that|its) (?:\w+ ){0,4}(?:decision|resolution|policy|plan|rule"
     r"|rules|scheme|agreement|contract|measure|measures|programme|program|bylaw|by-law|ordinance|approval|version))"
     r"|in place of the (?:\w+ ){0,3}(?:decision|resolution|plan|policy|scheme|agreement))\b"),
    ("extended", r"\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed)?)\b(?=[^.;]{0,120}\b(?:until|to|till|by|through|for (?:a|an|one|two|three|six|another|\d))\b)"),
    ("postponed", r"\b(?:postpon(?:e|es|ed|ing)|put(?:s|ting)? back|push(?:ed|es)? back|delay(?:ed|s)?)\b(?=[^.;]{0,80}\b(?:until|to|till|by|from)\b)"),
    ("amended", r"(?<!as )\b(?:amend(?:s|ed|ing)?|modif(?:y|ies|ied)|revis(?:e|es|ed|ing)|(?:is|are|was|were|be) (?:raised|lowered|increased|reduced|changed)"
     r" from)\b"),
    ("repealed", r"废止|撤销|取消(?!资格)|废除|不再执行|终止(?:执行|实施)?"),
    ("replaced", r"取代|代替|替代|以[^，。；]{1,20}为准"),
    ("extended", r"延长(?:至|到|为|一|两|三|半)|延期至|展期"),
    ("postponed", r"推迟(?:至|到)|延后(?:至|到)|顺延(?:至|到)"),
    ("amended", r"(?:调整|修改|修订|变更|更改|改)为|由[^，。；]{1,24}(?:提高|降低|增加|减少|上调|下调)(?:至|到|为)|(?:予以|作出|进行)(?:修改|修订|调整)"),
)  # fmt: skip
_CHANGES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_OF_NO_MATTER = re.compile(
    rf"(?:\w+ )?{_NO_MATTER}\b|(?:the )?(?:meeting|session|time|deadline for (?:comments|submissions)|discussion|public hearing|hearing"
    r"|thanks|appreciation|congratulations|invitation|gratitude|welcome|sympathy|condolences|best wishes)\b",
    re.IGNORECASE,
)
_SUBJECT_OF_NO_MATTER = re.compile(
    rf"\b(?:{_NO_MATTER}|motion|amendment|agenda|minutes|consideration|discussion|hearing|item)"
    r"(?: (?:was|were|is|are|be|been|has been|to be|that|carried|,)){0,3} ?(?:\w+ )?$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:not|no|never|declin\w+|reject\w*|refus\w*|request|asked|if|whether|propos\w+|consider\w*|would|could|may|might) (?:\w+ ){0,3}$"
    r"|(?:不|未|暂不|不得|拟|建议|研究|如需)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:Resolution|Ordinance|Bill|By-?law|Motion|Act|Order|Permit|Contract|Regulation|Directive|Report|Policy)s? (?:No\.? ?|Number |#)?"
    r"([A-Z]{0,4}-?\d[\w./-]*\d|\d{2,})|(?:第|[〔\[［(（]\d{4}[〕\]］)）])(\d{1,5})号",
)
_WORDS_OF_CHANGE = frozenset(
    topic_words(
        "amend amended amendment rescind repeal revoke annul overturn reverse withdraw cancel supersede replace extend extended extension "
        "postpone postponed delay modify revise revised change changed raise raised lower lowered increase reduce decision decided resolved "
        "resolve resolution approve approved approval agreed agree adopt adopted council committee board commission carried unanimously "
        "accordingly effect request proposal policy plan 决定 同意 批准 通过 原则 会议 调整 修改 修订 延长 推迟 撤销 取消 变更 废止 完成 由 为 至 年 月 日"
    )
) | META_WORDS | VOTING_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """A later entry that changes an earlier one; both with their exact place."""

    kind: ChangeKind
    later: Entry
    earlier: Entry


Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """Every change found, by the place (record id, start, end) of the later and of the earlier entry."""

    of_later: Mapping[Place, Change]
    of_earlier: Mapping[Place, Change]  # the latest change of it


def place_of(entry: Entry) -> Place:
    """Where an entry stands."""
    return entry.meeting.record_id, entry.start, entry.end


def changes_seen(session: Session, access: Sequence[str]) -> Changes:
    """Every change among the records that these groups may read; found once for each state of the index."""
    return session.corpus.kept(
        session, ("changes", tuple(access)), lambda: find_changes(find_entries(session, Scope(access=tuple(access))))
    )


def find_changes(entries: Iterable[Entry]) -> Changes:
    """The changes among entries of the register."""
    dated = sorted(
        (e for e in entries if e.kind in _OUTCOMES and e.meeting.date), key=lambda e: (e.meeting.date, *place_of(e))
    )
    register = _Register(dated)
    later: dict[Place, Change] = {}
    earlier: dict[Place, Change] = {}
    for entry in dated:
        kind = change_said(entry.quote)
        target = kind and register.changed_by(entry)
        if kind and target:
            change = Change(kind, entry, target)
            later[place_of(entry)] = change
            earlier[place_of(target)] = change
    return Changes(later, earlier)


def change_said(quote: str) -> ChangeKind | None:
    """The change that the words of a decision speak of; None for none, or for one of procedure."""
    for kind, pattern in _CHANGES:
        for match in pattern.finditer(quote):
            before, after = quote[: match.start()], quote[match.end() :]
            if _UNDONE.search(before) or _SUBJECT_OF_NO_MATTER.search(before) or _OF_NO_MATTER.match(after.lstrip()):
                continue
            return kind
    return None


class _Register:
    """Entries by their rare words."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.words = [_matter(entry) for entry in entries]
        holding = Counter(word for words in self.words for word in words)
        total = len(entries)
        self.weights = {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in holding.items()}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for i, words in enumerate(self.words):
            for word in words:
                self.by_word[word].append(i)
        self.index = {place_of(entry): i for i, entry in enumerate(entries)}

    def changed_by(self, entry: Entry) -> Entry | None:
        """The latest of the earlier entries that are most alike, if it is on the same matter."""
        own = self.index[place_of(entry)]
        days = {found.first for found in find_dates(entry.quote) if found.first == found.last}
        numbers = set(filter(None, (g for m in _NUMBER.finditer(entry.quote) for g in m.groups())))
        best: tuple[float, datetime.date, int] | None = None
        for i in {i for word in self.words[own] for i in self.by_word[word]}:
            other = self.entries[i]
            if not _may_change(entry, other):
                continue
            likeness, shared = self._likeness(own, i)
            named = other.meeting.date in days or bool(numbers & _numbers(other.quote))
            if likeness < (NAMED if named else SAME_MATTER) or (shared < LEAST_SHARED and not named):
                continue
            assert other.meeting.date is not None
            key = (likeness + named, other.meeting.date, -i)
            best = max(best, key) if best else key
        return self.entries[-best[2]] if best else None

    def _likeness(self, one: int, other: int) -> tuple[float, int]:
        """Cosine of the two sets of words, each weighing its inverse document frequency, and how many they share."""
        a, b = self.words[one], self.words[other]
        both = a & b
        norm = math.sqrt(self._length(a) * self._length(b))
        return (self._length(both) / norm if norm else 0.0), len(both)

    def _length(self, words: Iterable[str]) -> float:
        return sum(self.weights[word] ** 2 for word in words)


def _numbers(quote: str) -> set[str]:
    return set(filter(None, (g for m in _NUMBER.finditer(quote) for g in m.groups())))


def _may_change(later: Entry, earlier: Entry) -> bool:
    """Whether one may change the other: held later, by the same body as far as the records say, of a thing settled."""
    then, now = earlier.meeting.date, later.meeting.date
    if then is None or now is None or then >= now or earlier.kind not in _CHANGEABLE:
        return False
    bodies = {m.body for m in (later.meeting, earlier.meeting) if m.body}
    series = {m.series for m in (later.meeting, earlier.meeting) if m.series}
    return len(bodies) < 2 or len(series) < 2


def _matter(entry: Entry) -> frozenset[str]:
    """The words that tell what an entry is about: its own and those of its item, without the words of deciding."""
    words = topic_words(f"{entry.quote} {entry.item or ''}")
    return frozenset(words) - _WORDS_OF_CHANGE - stop_words()
