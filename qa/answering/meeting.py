"""A meeting as a whole: what was decided, what it dealt with, who is to do what.

Of a meeting that a person chose or a question names, and where none is named of the last one with something in it. It
always answers: with the entries of the register, and of what has none with the sentences that tell most of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.records import Decision, DecisionKind, Span
from ingest.sentences import sentences
from ingest.words import topic_words
from qa.answering.draft import Draft
from qa.answers import Intent, MeetingRef, Question
from qa.corpus import Session, StoredPassage
from qa.evidence import Evidence
from qa.furniture import furniture, names_meeting
from qa.outcomes import outcome_asked
from qa.picking import words_of
from qa.points import main_points
from qa.ranges import Range
from qa.signs import SETTLED
from qa.supersession import changes_seen
from qa.topic import coverage, topic_weights, word_weights
from qa.voices import Stretch

LONGEST = 600  # characters of an entry that is quoted
ENTRIES = 24  # told of one meeting, and of all meetings together
MEETINGS = 12  # told where a question names many
NUMBER = 8  # characters of the number before the title of an item
HEAD = 400  # characters at the start of a record that say which meeting it is of
NAMES_IT = 0.8  # share of a topic in them, from which on it names the meeting
_ASK = frozenset({Intent.DECISION, Intent.SUMMARY, Intent.FACT, Intent.ACTION, Intent.VOTE})
_TOLD = SETTLED | {DecisionKind.ASSIGNED, DecisionKind.UNDECIDED, DecisionKind.VOTE}
_OF_INTENT = {
    Intent.ACTION: frozenset({DecisionKind.ASSIGNED}),
    Intent.VOTE: frozenset({DecisionKind.VOTE}),
}


def as_a_whole(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """What the meetings asked about decided and dealt with; None where a matter, a person or a day is asked for."""
    if question.intent not in _ASK or question.speakers or question.told or question.due is not None:
        return None
    outcome = outcome_asked(question)
    if outcome and not outcome.common:  # of all that came out one way, not of a meeting
        return None
    meant = _meant(session, question, evidence)
    if not meant:
        return None
    register = session.decisions_of(meant)
    told: list[Range] = []
    for record_id in meant[:MEETINGS]:
        passages = _passages(session, evidence, record_id)
        if not passages:
            continue
        meeting = evidence.meetings[record_id]
        most = max(2, ENTRIES // len(meant))
        entries = _entries(register.get(record_id, ()), passages, question)[:most]
        told += entries
        if question.intent in (Intent.SUMMARY, Intent.FACT) or not entries:
            told += _besides(session, meeting, passages, entries, most)
        if told and not _named(question, evidence):
            break
    return Draft([("", told)], changes_seen(session, evidence.scope.access)) if told else None


def _named(question: Question, evidence: Evidence) -> bool:
    return bool(question.when or question.sessions) or evidence.scope.records is not None


def _meant(session: Session, question: Question, evidence: Evidence) -> list[str]:
    """The meetings asked about, newest first: those named, or all, of which the first with something is told.

    None where a matter is asked about; what only the head of a record says ("the meeting in the park") names a meeting.
    """
    if weights := topic_weights(session, question):
        if question.intent is not Intent.SUMMARY:
            return []
        heads = {c.passage.record_id: c.passage.record_text[:HEAD] for c in evidence.candidates}
        return [i for i in evidence.meetings if coverage(weights, heads.get(i, "")) >= NAMES_IT][:1]
    dated = [i for i, one in evidence.meetings.items() if one.date]
    return list(evidence.meetings) if _named(question, evidence) else dated or list(evidence.meetings)


def _passages(session: Session, evidence: Evidence, record_id: str) -> list[StoredPassage]:
    """The passages of a record in order."""
    scope = replace(evidence.scope, records=(record_id,), periods=(), sessions=(), bodies=())
    found = session.load(session.ids(scope)).values()
    return sorted(found, key=lambda passage: passage.ordinal)


def _entries(
    register: Iterable[Decision], passages: Sequence[StoredPassage], question: Question
) -> list[Range]:
    """The entries of a record that an answer tells, each once, in order."""
    wanted = _OF_INTENT.get(question.intent, _TOLD)
    text = passages[0].record_text
    found: list[Range] = []
    register = list(register)
    settled = {one.item for one in register if one.kind in SETTLED and one.kind is not DecisionKind.NOTED}
    for entry in sorted(register, key=lambda one: (one.start, -one.end)):
        if entry.kind is DecisionKind.NOTED and entry.item in settled:
            continue  # a report heard before what was settled on it
        counted = question.intent is Intent.VOTE and entry.tally is not None
        if (entry.kind in wanted or counted) and not (found and entry.start < found[-1].end):
            item = (entry.item,) if entry.item else ()
            span = short(text, entry)
            found.append(Range(span.start, span.end, passages[0].record_id, item))
    return found


def _besides(
    session: Session,
    meeting: MeetingRef,
    passages: Sequence[StoredPassage],
    entries: Sequence[Range],
    most: int,
) -> list[Range]:
    """The sentences that tell most of what a meeting dealt with, where no entry stands."""
    stretches = [one for passage in passages if (one := _stretch(passage, meeting, entries))]
    if not stretches:
        return []
    text = passages[0].record_text
    weights = word_weights(session, topic_words(" ".join(one.of(text) for one in stretches)))
    points = main_points(text, stretches, lambda word: weights.get(word, 0.0))
    item_of = {span.start: passage.item for passage in passages for span in passage.sentences}
    left = max(2, most - len(entries))
    return [
        Range(span.start, span.end, passages[0].record_id, item_of.get(span.start, ()))
        for span in points.chosen[:left]
    ]


def _stretch(passage: StoredPassage, meeting: MeetingRef, entries: Sequence[Range]) -> Stretch | None:
    """The sentences of a passage that say something, apart from the entries that are told."""
    text = passage.record_text
    kept = []
    for sentence in passage.sentences:
        words = sentence.of(text)
        lead = len(words) - len(words.lstrip())
        span = Span(sentence.start + lead, max(sentence.start + lead, sentence.start + len(words.rstrip())))
        said = span.of(text).lstrip("#*->•| ")
        told = any(span.start < one.end and one.start < span.end for one in entries)
        if (
            not said
            or told
            or furniture(said)
            or _is_heading(span.of(text), passage, meeting)
            or span.end - span.start > LONGEST
            or words_of(said) < 4
        ):
            continue
        kept.append(span)
    return Stretch(kept[0].start, kept[-1].end, tuple(kept)) if kept else None


def _is_heading(words: str, passage: StoredPassage, meeting: MeetingRef) -> bool:
    """Whether words are a heading: marked as one, of the meeting, or the title of the item they stand under."""
    plain = words.strip("#*_ ")
    titled = any(plain.endswith(title) and len(plain) <= len(title) + NUMBER for title in passage.item)
    return words.startswith("#") or titled or names_meeting(plain, meeting) or plain in meeting.title


def short(text: str, span: Span) -> Span:
    """A range at most as long as a quote may be: its first sentences where it is longer."""
    if span.end - span.start <= LONGEST:
        return span
    end = span.start
    for sentence in sentences(text, span.start, span.end):
        if sentence.end - span.start > LONGEST:
            break
        end = sentence.start + len(sentence.of(text).rstrip())
    return Span(span.start, end if end > span.start else span.start + LONGEST)
