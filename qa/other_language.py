"""What records in the other language add to an answer, found by the glossary; and what could not be looked for there.

The dense leg knows English, the lexical leg only the question's own words; so a Chinese question does not find English
minutes, nor the reverse. Here the topic is put into the other language by `qa.glossary` and asked there too. What comes
of it is told where the question has no answer of its own, or a later one there: never beside an answer that is newer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.records import Language
from ingest.words import topic_words, words
from qa import notices
from qa.answers import Answer, Claim, Group, Intent, MeetingRef, Question
from qa.compose import compose, falls_short
from qa.corpus import Session
from qa.evidence import Evidence
from qa.glossary import Rendering, rendered, terms_sharing
from qa.latest import asks_of_now
from qa.llm import LISTS
from qa.merging import merged
from qa.outcomes import outcome_asked
from qa.retrieval import retrieve
from qa.topic import coverage, word_weights

_OF_DECISIONS = frozenset({Intent.DECISION, Intent.VOTE, Intent.ACTION})
_OF_TALK = frozenset({Intent.SUMMARY, Intent.OPINION})
_IN_THE_END = re.compile(
    r"\b(?:final\w*|in the end|eventually|ultimately|at last|since then|outcome)\b|最后|最终|后来|结果|到底",
    re.IGNORECASE,
)
MOST_OF = 0.6  # share of the topic that a sentence found by the glossary says, with its agenda item
APART = 2  # other words that may stand within a term: "the opening of the museum"
WHOLE = 0.8  # share of it that a later sentence says, to be told beside the own ones
CALLED_OTHERWISE = 2  # names that decisions give a matter, under which it is looked for too


@dataclass(frozen=True, slots=True)
class Beside:
    """The records of the other language that are in reach, and the question put into it; None where it cannot be."""

    language: Language
    meetings: dict[str, MeetingRef]
    rendering: Rendering | None

    def question(self, question: Question) -> Question | None:
        """The question with its topic in the other language."""
        return _in_other_words(question, self.rendering, self.language) if self.rendering else None


def beside(session: Session, question: Question, meetings: Mapping[str, MeetingRef]) -> Beside | None:
    """What to look in besides; None without such records or a topic, or for an encoder that knows both languages."""
    knows = session.corpus.encoder.knows
    if not question.topic or question.missing or question.told or (knows("en") and knows("zh")):
        return None
    language: Language = "en" if question.language == "zh" else "zh"
    others = {i: meeting for i, meeting in meetings.items() if meeting.language == language}
    return Beside(language, others, rendered(question.topic, language, session.frequency)) if others else None


def with_other_language(
    session: Session, own: Answer, empty: Answer, evidence: Evidence, there: Beside
) -> Answer:
    """The answer with what the other language adds, and a notice of how it was found or what was not searched."""
    question = own.question
    if there.rendering is None:
        return _noticed(own, _unsearched(own, there, evidence))
    if question.intent in LISTS or outcome_asked(question):  # these were made of both
        return _noticed(own, _found(own, there, there.rendering.terms))
    shown, terms = own, there.rendering.terms
    for rendering in (there.rendering, *_called_otherwise(session, own, there)):
        other = _asked_there(session, empty, evidence, there, rendering)
        if falls_short(other) or not _holds(session, other, rendering):
            continue
        together = _together(shown, other, word_weights(session, topic_words(rendering.topic)))
        if together is shown and question.intent in _OF_DECISIONS:
            told = notices.decided_there_too(_meetings(other), rendering.terms, question.language)
            shown = _noticed(shown, (told,) if _meetings(other)[0] not in _meetings(shown) else ())
        elif together is not shown:
            shown, terms = together, (*terms, *rendering.terms)
    if falls_short(shown):
        return _noticed(shown, _unsearched(own, there, evidence, terms))
    return _noticed(shown, _found(shown, there, tuple(dict.fromkeys(terms))))


def _found(answer: Answer, there: Beside, terms: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """That what an answer shows of the other language was found by the glossary."""
    found = [meeting for meeting in _meetings(answer) if meeting.record_id in there.meetings]
    return (notices.found_by_glossary(terms, len(found), answer.question.language),) if found else ()


def _called_otherwise(session: Session, own: Answer, there: Beside) -> Iterator[Rendering]:
    """What the decisions found call the matter, where it is asked how it ended: noise in rules on work."""
    question = own.question
    if question.intent is not Intent.DECISION or not _IN_THE_END.search(question.text):
        return
    quotes = " ".join(citation.quote for citation in own.citations)
    for term in terms_sharing(question.topic, quotes, question.language)[:CALLED_OTHERWISE]:
        if rendering := rendered(term, there.language, session.frequency):
            yield rendering


def _asked_there(
    session: Session, empty: Answer, evidence: Evidence, there: Beside, rendering: Rendering
) -> Answer:
    asked = _in_other_words(evidence.asked or empty.question, rendering, there.language)
    candidates = [
        c for c in retrieve(session, asked, evidence.scope) if c.passage.record_id in there.meetings
    ]
    return compose(session, empty, Evidence(candidates, there.meetings, evidence.scope, asked))


def _holds(session: Session, answer: Answer, rendering: Rendering) -> bool:
    """Whether a sentence of the answer says most of the topic, with its agenda item, and whole terms.

    A term that is put into other words finds more by chance than the asker's own: nurses and homes are no nursing home.
    """
    weights = word_weights(session, topic_words(rendering.topic))
    terms = [words(other) for _, other in rendering.terms]
    for citation in answer.citations:
        about = f"{citation.quote} {' '.join(citation.item)}"
        said = words(about)
        if coverage(weights, about) >= MOST_OF and all(_whole(term, said) for term in terms):
            return True
    return False


def _whole(term: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words of a term stand near each other, in any order, or some of them nowhere."""
    if not set(term) <= set(said):
        return True
    near = len(term) + APART
    return any(set(term) <= set(said[place : place + near]) for place in range(len(said)))


def _in_other_words(question: Question, rendering: Rendering, language: Language) -> Question:
    return replace(question, topic=rendering.topic, full=rendering.topic, language=language)


def _together(own: Answer, other: Answer, weights: dict[str, float]) -> Answer:
    """Both answers as one where the other is wanted: all of it, or what is on the topic and later than the own."""
    if falls_short(own):
        return other
    if own.question.intent in _OF_TALK:
        return own
    newest = _newest(own)
    later = [group for group in other.groups if group.meeting and (group.meeting.date or date.min) > newest]
    on_topic = [kept for group in later if (kept := _on_topic(group, other, weights)).claims]
    if own.question.intent not in _OF_DECISIONS:
        on_topic = on_topic[:1]
    return merged(own, replace(other, groups=tuple(on_topic))) if on_topic else own


def _on_topic(group: Group, other: Answer, weights: dict[str, float]) -> Group:
    """Of the claims of a meeting those that say the topic, with their agenda item; a note goes with its claim."""
    said = {c.number: f"{c.quote} {' '.join(c.item)}" for c in other.citations}
    kept: list[Claim] = []
    follows = False
    for claim in group.claims:
        covers = any(coverage(weights, said[number]) >= WHOLE for number in claim.citations)
        follows = follows if claim.note else covers
        kept += [claim] if follows else []
    return replace(group, claims=tuple(kept))


def _newest(answer: Answer) -> date:
    return max((day for meeting in _meetings(answer) if (day := meeting.date)), default=date.min)


def _meetings(answer: Answer) -> list[MeetingRef]:
    return list(dict.fromkeys(group.meeting for group in answer.groups if group.meeting))


def _unsearched(
    own: Answer, there: Beside, evidence: Evidence, terms: Sequence[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """That records in the other language were hardly searched, where an answer speaks of all, or may be overtaken."""
    question = own.question
    newest = _newest(own)
    later = any((m.date or date.min) > newest for m in there.meetings.values())
    overtaken = later and (question.intent in _OF_DECISIONS or asks_of_now(question))
    if not (falls_short(own) or question.intent in LISTS or overtaken):
        return ()
    latest = max((m for m in there.meetings.values() if m.date), key=lambda m: str(m.date), default=None)
    total = len(evidence.meetings)
    return (notices.in_another_language(len(there.meetings), total, latest, terms, question.language),)


def _noticed(answer: Answer, notices: Sequence[str]) -> Answer:
    return replace(answer, notices=(*answer.notices, *notices))
