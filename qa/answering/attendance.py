"""Who was at a meeting, who was not, and who presided: the lines of the roll, under the names that they hold.

The names come from the fields of the record (`Meeting.attendees`, `absent`, `others`, `chair`) and are told only where
the cited lines hold every one of them. A record whose roll was not read is answered by the lines alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from ingest.records import Record, Span
from ingest.words import WordSet, stop_words, topic_words
from qa import phrases
from qa.answering.draft import Draft
from qa.answering.rolls import Line, Role, lines_of
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.ranges import Range
from qa.signs import named_in
from qa.topic import META_WORDS, coverage, word_weights

Asked = Literal["present", "absent", "chair"]

MOST = 3  # meetings whose roll is told where a question names several
MOST_COUNTED = 50  # meetings told one by one where somebody's are counted
NAMED = 0.5  # share of what a question says besides that title or body of a meeting holds, where it names that meeting

_ABSENT = re.compile(
    r"\b(?:absent|absences?|absentees?|apolog(?:y|ies|i[sz]ed?)|excused|missing|regrets"
    r"|(?:did|was|were|is)(?:n['’]t| not) (?:attend|there|present|at|in attendance)|not (?:present|there))\b"
    r"|缺席|请假|請假|没来|沒來|未到|没到|缺勤|(?:没有?|未)(?:参加|出席|到会)",
    re.IGNORECASE,
)
_CHAIR = re.compile(
    r"\bpresid(?:ed|es|ing)\b|\bchair(?:ed|ing|s)\b|\bin the chair\b|\bwho (?:was|is) (?:the )?chair\w*"
    r"|\b(?:ran|led|opened) the meeting\b|主持|主席是谁",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:attend(?:ed|s|ing|ance|ees?)?|present|in attendance|took part|participa(?:nts?|ted)|observ(?:ers?|ing)"
    r"|guests?"
    r"|who (?:was|were|all was) (?:there|at|in)|was (?P<name>[\w.'’ -]+) (?:there|at)|showed up|turned up|came to)\b"
    r"|watched .{0,30}meeting|出席|列席|参会|與會|与会|参加|參加|到会|到了会|谁来|誰來|是谁来|来了",
    re.IGNORECASE,
)
_CHOSEN = re.compile(  # who took a chair then, not who was in it
    r"\b(?:(?:vice|deputy)[- ](?:chair|president)|appoint|elect|chosen?|select|nominat|becom|became|made|named)",
    re.IGNORECASE,
)
_OF_ROLLS = WordSet(
    "absent absence absentee apology apologies apologise apologize sent excused missing regret regrets attend attended "
    "attendance attendee attendees attending present preside presided presiding chair chaired chairman chairing took "
    "part participant participants participate guest guests observer observers observing watched people person persons "
    "anyone anybody someone somebody everyone member members non-member councillor councillors staff officer officers "
    "public committee board council without being there came showed turned reason all list names name roll physically "
    "last latest recent previous first next say said run ran led opened "
    "出席 列席 参会 与会 参加 到会 请假 缺席 主持 没来 来 人 人员 谁 哪些 哪位 哪几位 原因 什么 会 会议 名单 领导 "
    "副市长 代表 委员 最近 一次 上次 多少 没有"
)


_DATED = re.compile(r"\d|[一二三四五六七八九十]+[月号號]")


def attended(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The roll of the meeting asked about, or the part that is asked for; None where none is asked for or found."""
    asked = asked_of_roll(question)
    if asked is None:
        return None
    records = _meant(session, question, evidence)
    ranges = [place for record in records for place in _told(record, asked, question)]
    return Draft([("", ranges)]) if ranges else None


def how_often(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """At how many of the meetings in reach somebody was; None where that is not asked, or of nobody who is listed."""
    if question.intent not in (Intent.COUNT, Intent.MEETINGS) or not question.speakers:
        return None
    if asked_of_roll(replace(question, intent=Intent.WHO)) != "present":
        return None
    found: list[Range] = []
    for record_id in evidence.meetings:
        record = record_of(session, record_id, evidence)
        present = (*record.meeting.attendees, record.meeting.chair or "")
        if any(named_in(name, speaker) for name in present for speaker in question.speakers):
            found += _lines_with(lines_of(record), record, question.speakers)[:1]
    if not found:
        return None
    lead = phrases.present_at(question.speakers, len(found), len(evidence.meetings), question.language)
    return Draft([(lead, found[:MOST_COUNTED])], complete=True)


def asked_of_roll(question: Question) -> Asked | None:
    """What of a roll a question asks for; None where it asks for something else."""
    if question.intent not in (Intent.WHO, Intent.FACT, Intent.SUMMARY, Intent.OPINION, Intent.WHEN):
        return None
    if _CHOSEN.search(question.text):
        return None
    patterns: tuple[tuple[Asked, re.Pattern[str]], ...] = (
        ("absent", _ABSENT),
        ("chair", _CHAIR),
        ("present", _PRESENT),
    )
    return next((asked for asked, words in patterns if words.search(question.text)), None)


def _meant(session: Session, question: Question, evidence: Evidence) -> list[Record]:
    """The meetings whose roll is asked for: those named, or the one that the rest of the question names."""
    rest = [word for word in topic_words(question.topic) if word not in _OF_ROLLS | META_WORDS | stop_words()]
    people = set(topic_words(" ".join((*question.speakers, *question.offices))))
    rest = [word for word in rest if word not in people and not word.isdigit()]
    weights = word_weights(session, rest)
    named = bool(question.when or question.sessions) or evidence.scope.records is not None
    reach = [i for i, one in evidence.meetings.items() if one.date] or list(evidence.meetings)

    def names(record_id: str) -> float:
        one = evidence.meetings[record_id]
        return coverage(weights, " ".join(filter(None, (one.title, one.body, one.series))))

    if not named and _DATED.search(question.topic):
        return []  # a day or a number that was not read as one of a meeting held
    if not weights:
        return [record_of(session, i, evidence) for i in reach[: MOST if named else 1]]
    best = max(reach, key=names, default=None)
    if best is not None and names(best) >= NAMED:
        return [record_of(session, best, evidence)]
    return []


def _told(record: Record, asked: Asked, question: Question) -> list[Range]:
    """The lines of a roll that a question asks for, the first under the names in it."""
    roll = lines_of(record)
    if question.speakers:
        held = _lines_with(roll, record, question.speakers)
        return held or _ranges([line for line in roll if line.role in ("present", "absent")], record, "")
    wanted = _OF[asked]
    lines = [line for line in roll if line.role in wanted]
    if not lines and asked == "absent":  # "apologies" may stand in the line of those who were there
        lines = [line for line in roll if _ABSENT.search(line.of(record.text))]
    return _ranges(lines, record, _names(record, asked, lines, question)) if lines else []


_OF: dict[Asked, tuple[Role, ...]] = {
    "present": ("present", "other", "chair"),
    "absent": ("absent",),
    "chair": ("chair",),
}


def _names(record: Record, asked: Asked, lines: Sequence[Span], question: Question) -> str:
    """Who is recorded, in a sentence; '' where the fields name nobody, or one whom the lines do not hold."""
    meeting = record.meeting
    names: tuple[str, ...] = {
        "present": (*((meeting.chair,) if meeting.chair else ()), *meeting.attendees, *meeting.others),
        "absent": meeting.absent,
        "chair": (meeting.chair,) if meeting.chair else (),
    }[asked]
    names = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    held = " ".join(line.of(record.text) for line in lines)
    if not names or not all(name in held for name in names) or _ASKS_KIND.search(question.text):
        return ""
    return phrases.on_roll(asked, names, question.language)


_ASKS_KIND = re.compile(r"\b(?:guests?|observ\w+|public|staff|officers?|watched)\b|列席|旁听", re.IGNORECASE)


def _ranges(lines: Iterable[Span], record: Record, said: str) -> list[Range]:
    found = [Range(line.start, line.end, record.id) for line in lines]
    if found and said:
        first, *rest = found
        beside = tuple(Span(one.start, one.end) for one in rest)
        found[0] = Range(first.start, first.end, record.id, before=said, beside=beside)
    return found


def _lines_with(roll: Sequence[Line], record: Record, names: Sequence[str]) -> list[Range]:
    """The lines that hold a name, each as what it says of the one who bears it."""
    held = [line for line in roll if any(named_in(line.of(record.text), name) for name in names)]
    return _ranges(held, record, "")
