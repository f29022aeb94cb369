"""Lists that are complete and counted: an agenda, every matter that came out one way, every entry on a matter.

Entries are counted as the register has them. None is left out because another one says nearly the same: a list is asked
for to tell them apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import DecisionKind
from ingest.words import WordSet, stop_words, topic_words
from qa import phrases
from qa.answering.draft import Draft
from qa.answering.meeting import short
from qa.answering.nearest import pieces
from qa.answering.tasks import entries_on
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.outcomes import outcome_asked
from qa.pending import settled_since
from qa.ranges import Range, of_entry
from qa.register import Entry
from qa.signs import SETTLED
from qa.supersession import changes_seen, place_of
from qa.topic import META_WORDS, likeness, share_of_topic, word_weights

MOST = 50  # entries told one by one; the count is of all
ON_MATTER = 0.6  # share of the matter that an entry holds with its agenda item
ITSELF = 0.25  # share of it in its own words, where the item names the rest
FEWEST = 2  # entries that make a list

_AGENDA = re.compile(r"\bagenda\b|\b(?:topics|items|subjects)\b|议题|议程", re.IGNORECASE)
_AGENDA_ALONE = re.compile(
    r"(?:(?:the|on|agenda|topics|items|subjects)\b ?|有|的|是|主要|全部|议题|议程)*", re.IGNORECASE
)
_LIST = re.compile(
    r"\b(?:list|enumerate)\b|\b(?:all|every|each)\b|\bwhich (?:\w+ ){0,2}?(?:decisions|motions|resolutions|matters"
    r"|items|requests|grants|contracts|appointments|votes|tasks|actions|proposals)\b"
    r"|列出|列举|都列|历次|歷次|所有|全部|清单|一览|有哪些|哪些",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bhow many (?:\w+ ){0,2}?(?:decisions|motions|resolutions|votes|contracts|tasks|actions?(?: items)?|appointments"
    r"|grants|applications|requests|permits|proposals)\b|(?:多少|几)[项个条][^，。？]{0,6}(?:决定|决议|议案|任务|事项|合同)",
    re.IGNORECASE,
)
_ASKING = WordSet(
    "list enumerate all every each which what how many number contract contracts awarded award taken made given went "
    "task tasks action actions appointment appointments motion motions resolution resolutions vote votes "
    "列出 列举 都 历次 所有 全部 清单 一览 哪些 有 关于 决定 任务 多少 几 项 怎么 定 改 布置"
)
_ENTRIES = re.compile(
    r"\b(?:decisions|decided|motions|resolutions|votes|approv\w+|appointments?|grants|contracts|tasks|actions?)\b"
    r"|决定|决议|任务|表决|批准|通过",
    re.IGNORECASE,
)
_TASKS = re.compile(r"\b(?:tasks?|actions?)\b|任务|待办", re.IGNORECASE)
_OUTCOMES = (SETTLED | {DecisionKind.UNDECIDED, DecisionKind.VOTE}) - {DecisionKind.NOTED}


def agenda(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The items of the one meeting whose agenda is asked for, in order; None where that is not asked."""
    named = question.when or question.sessions
    whole = _AGENDA_ALONE.fullmatch(question.topic)
    if not (named and whole and len(evidence.meetings) == 1 and _AGENDA.search(question.text)):
        return None
    if outcome_asked(question):  # "Which items were rejected?"
        return None
    ((record_id, _),) = evidence.meetings.items()
    numbered = [s for s in record_of(session, record_id, evidence).sections if s.number]
    top = min((section.level for section in numbered), default=0)
    items = [section.title_span for section in numbered if section.level == top]
    ranges = [Range(span.start, span.end, record_id) for span in items]
    lead = phrases.agenda(len(ranges), question.language)
    return Draft([(lead, ranges)], complete=True) if ranges else None


def of_outcome(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """Every matter that came out as asked, "deferred" or "rejected", and how many; None where none is recorded so."""
    outcome = outcome_asked(question)
    if outcome is None or question.told:
        return None
    entries = entries_on(session, evidence, question.topic or None, outcome.kinds)
    if not entries:
        return None
    later = settled_since(session, evidence.scope, entries) if outcome.name == "undecided" else {}
    lead = phrases.of_outcome(outcome.name, len(entries), len(later), question.language)
    ranges = [replace(of_entry(one), since=later.get(place_of(one))) for one in entries[:MOST]]
    return Draft([(lead, ranges)], changes_seen(session, evidence.scope.access), complete=True)


def counted(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """How many entries of the register there are of what is counted, and all of them; None where none is counted."""
    if not _COUNT.search(question.text):
        return None
    entries = _on_matter(session, question, evidence)
    return _listed(session, question, evidence, entries) if entries else None


def of_matter(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """Every entry of the register on a matter of which all are asked for; None where fewer than two are."""
    register = question.intent in (Intent.DECISION, Intent.ACTION)
    register |= question.intent in (Intent.FACT, Intent.SUMMARY) and bool(_ENTRIES.search(question.text))
    if not register or question.told or outcome_asked(question) or not _LIST.search(question.text):
        return None
    entries = _on_matter(session, question, evidence)
    if len(entries) < FEWEST:
        return None
    listed = _listed(session, question, evidence, entries)
    if not _matter(question):
        return listed
    besides = [one for one in pieces(session, question, evidence) if not _holds(one, listed)]
    return replace(listed, parts=[*listed.parts, (phrases.besides(question.language), besides)])


def _holds(piece: Range, listed: Draft) -> bool:
    """Whether a list tells some of a piece already."""
    told = (one for _, ranges in listed.parts for one in ranges if one.record_id == piece.record_id)
    return any(one.start < piece.end and piece.start < one.end for one in told)


def _on_matter(session: Session, question: Question, evidence: Evidence) -> list[Entry]:
    """The outcomes on the matter of a question, or its tasks; all of the meetings named where it names no matter."""
    kept = _matter(question)
    if not kept and not (question.when or question.sessions or evidence.scope.records is not None):
        return []
    weights = word_weights(session, kept)
    kinds = {DecisionKind.ASSIGNED} if _TASKS.search(question.text) else set()
    kinds |= set() if kinds and question.intent is Intent.ACTION else _OUTCOMES
    entries = entries_on(session, evidence, None, tuple(kinds))
    on_it = [one for one in entries if not weights or _is_on(weights, " ".join(kept), one)]
    return [one for one in on_it if not any(_within(one, other) for other in on_it)]


def _matter(question: Question) -> list[str]:
    """The words of the topic that name a matter, without those that ask for a list."""
    said = topic_words(question.topic)
    return [word for word in said if word not in _ASKING | META_WORDS | stop_words()]


def _is_on(weights: dict[str, float], matter: str, entry: Entry) -> bool:
    """Whether an entry names the matter itself, or stands under an agenda item that does and says something of it."""
    own = share_of_topic(weights, matter, entry.quote)
    whole = share_of_topic(weights, matter, f"{entry.quote} {entry.item or ''}")
    named = likeness(weights, entry.item or "") >= ON_MATTER
    return own >= ON_MATTER or named or (own >= ITSELF and whole >= ON_MATTER)


def _within(one: Entry, other: Entry) -> bool:
    """Whether one entry is a part of another, longer one."""
    same = one is not other and one.meeting.record_id == other.meeting.record_id
    longer = other.end - other.start > one.end - one.start
    return same and longer and other.start <= one.start and one.end <= other.end


def _listed(session: Session, question: Question, evidence: Evidence, entries: Sequence[Entry]) -> Draft:
    lead = phrases.entries_listed(len(entries), question.language)
    ranges = []
    for entry in entries[:MOST]:
        span = short(record_of(session, entry.meeting.record_id, evidence).text, entry)
        ranges.append(replace(of_entry(entry), start=span.start, end=span.end))
    return Draft([(lead, ranges)], changes_seen(session, evidence.scope.access), complete=True)
