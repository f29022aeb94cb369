"""Prose by a language model under the same rules of evidence: every sentence is checked before anybody sees it.

The extractive answer comes first and decides what there is to say; the model only puts it into words. It sees numbered
passages and must name one for each sentence; `qa.lock` then finds the exact words each sentence stands on, or the
sentence is left out. When the model fails in any way, the extractive answer is given with a notice.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.records import Language, Record, Span
from ingest.words import language_of
from qa import notices, phrases
from qa.answers import Answer, Citation, Claim, Group, Intent, MeetingRef, Question
from qa.citations import cite
from qa.cited_text import cited_sentences
from qa.instructions import speaks_to_models
from qa.lock import NumberedPassage, Verdict, verify
from qa.models import SECONDS, Trouble, name_of, told, trouble_of
from qa.patience import Late, within
from qa.prompt import NOTHING, RULES, rewriting_task, task
from qa.rewriting import asks_the_same
from qa.turns import Turn

if TYPE_CHECKING:
    from qa.models import LLM

PASSAGES = 10  # passages a model sees
COMPLETE = frozenset({Intent.DECISION, Intent.VOTE, Intent.ACTION})
"""Intents whose answer lists entries of the register: what a model leaves out is added in the record's words."""
LISTS = frozenset({Intent.MEETINGS, Intent.COUNT})
"""Intents answered by a complete list, which a model could only shorten."""
LONGEST_QUESTION = 400  # characters of a question that a model writes out
REWRITING = 0.25  # share of the time for an answer that writing the question out may take

log = logging.getLogger("minutebook.llm")


class _Failed(Exception):
    """The model gave no answer; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model that may write answers, and how long it may take for each.

    seconds  for everything a question asks of it, from the first word sent to the last one read
    """

    model: "LLM"
    seconds: float = SECONDS

    def answers(
        self, draft: Answer, passages: Sequence[NumberedPassage], begun: float | None = None
    ) -> Iterator[Answer]:
        """The answer in the model's words as it grows, checked sentence by sentence; the last one is complete.

        draft  the extractive answer, which is given when the model fails or nothing it writes holds
        begun  time.monotonic() when the model was first asked for this question; None for now
        """
        left = self.seconds - (time.monotonic() - begun if begun is not None else 0.0)
        prose = _Prose(draft, {passage.number: passage for passage in passages}, name_of(self.model))
        try:
            for sentence, numbers in cited_sentences(self._text(RULES, task(draft.question, passages), left)):
                if prose.add(sentence, numbers):
                    yield prose.answer()
        except _Failed as failed:
            yield _with_notice(
                draft, notices.model_failed(failed.trouble, self.seconds, draft.question.language)
            )
            return
        yield prose.finished()

    def rewritten(self, turns: Sequence[Turn], question: Question, begun: float) -> str | None:
        """A follow-up question written out in full, or None where nothing comes in time or it asks something else.

        question  how the rules understand it, which is what the model's words are held against
        """
        rules, text = rewriting_task(turns, question.text)
        left = min(self.seconds * REWRITING, self.seconds - (time.monotonic() - begun))
        full = self._question(rules, text, question.language, left)
        return full if full and asks_the_same(full, question, turns) else None

    def _question(self, rules: str, asked: str, language: Language, seconds: float) -> str | None:
        """A question on one line in this language, or None when the model gives nothing that could be one."""
        try:
            said = "".join(self._text(rules, asked, seconds, most=2 * LONGEST_QUESTION)).strip()
        except _Failed:
            return None
        line = " ".join(said.strip("\"“”'").split())
        sound = 0 < len(line) <= LONGEST_QUESTION and "\n" not in said and language_of(line) == language
        return line if sound else None

    def _text(self, rules: str, asked: str, seconds: float, most: int = 20_000) -> Iterator[str]:
        """What the model writes, or _Failed; whatever its client raises means that it failed, and is logged by type."""
        pieces = within(seconds, lambda: told(self.model, rules, asked), most)
        try:
            yield from pieces
        except Late:
            log.warning("the model took longer than %g seconds", self.seconds)
            raise _Failed("late") from None
        except Exception as error:
            log.warning("the model failed: %s", type(error).__name__)
            raise _Failed(trouble_of(error)) from error


def numbered(
    draft: Answer, records: dict[str, Record], places: Sequence[tuple[MeetingRef, Span, tuple[str, ...]]]
) -> list[NumberedPassage]:
    """Passages for the model: where the draft's evidence stands, then the best other hits, newest meeting first."""
    chosen: list[tuple[MeetingRef, Span, tuple[str, ...]]] = []
    for meeting, span, item in places:
        record = records[meeting.record_id]
        taken = any(
            m.record_id == meeting.record_id and s.start <= span.start and span.end <= s.end
            for m, s, _ in chosen
        )
        if not taken and len(chosen) < PASSAGES:
            chosen.append((meeting, _whole_lines(record.text, span), item))
    order = {hit.meeting.record_id: place for place, hit in enumerate(draft.hits)}
    newest = sorted(
        chosen,
        key=lambda c: (
            -(c[0].date.toordinal() if c[0].date else 0),
            order.get(c[0].record_id, 0),
            c[1].start,
        ),
    )
    return [
        _passage(number, records[m.record_id], m, span, item)
        for number, (m, span, item) in enumerate(newest, 1)
    ]


def places_of(draft: Answer) -> list[tuple[MeetingRef, Span, tuple[str, ...]]]:
    """Where the passages of a model come from: hits that hold a citation, citations outside every hit, other hits."""
    cited = [(c.record, Span(c.start, c.end), c.item) for c in draft.citations]
    hits = [(hit.meeting, Span(hit.start, hit.end), hit.item) for hit in draft.hits[: 2 * PASSAGES]]
    holding = [hit for hit in hits if any(_within(place, hit) for place in cited)]
    outside = [place for place in cited if not any(_within(place, hit) for hit in hits)]
    return [*holding, *outside, *(hit for hit in hits if hit not in holding)]


def _within(
    place: tuple[MeetingRef, Span, tuple[str, ...]], hit: tuple[MeetingRef, Span, tuple[str, ...]]
) -> bool:
    same = place[0].record_id == hit[0].record_id
    return same and hit[1].start <= place[1].start and place[1].end <= hit[1].end


def _whole_lines(text: str, span: Span) -> Span:
    """The span out to the ends of its lines: half a sentence could say the opposite of the whole."""
    end = text.find("\n", span.end - 1 if span.end and text[span.end - 1] == "\n" else span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _passage(
    number: int, record: Record, meeting: MeetingRef, span: Span, item: tuple[str, ...]
) -> NumberedPassage:
    withheld = tuple(speaks_to_models(record.text, span.start, span.end))
    return NumberedPassage(span.start, span.end, number, record, meeting, item, withheld)


@dataclass(slots=True)
class _Prose:
    """The answer while the model writes it: what was verified, and how much was not."""

    draft: Answer
    passages: dict[int, NumberedPassage]
    name: str
    groups: list[Group] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    left_out: int = 0
    foreign: int = 0
    declined: bool = False
    said: set[str] = field(default_factory=set)
    again: dict[int, int] = field(
        default_factory=dict
    )  # numbers of the draft's citations to their numbers here

    def add(self, sentence: str, numbers: tuple[int, ...]) -> bool:
        """Whether a sentence changes the answer; numbers of passages that were not given count for nothing."""
        plain = sentence.rstrip(".。")
        self.declined |= plain.strip() == NOTHING
        if plain in self.said or plain.strip() == NOTHING or sentence.endswith((":", "：")):
            return False
        self.said.add(plain)
        verdict = verify(sentence, [self.passages[n] for n in numbers if n in self.passages])
        if verdict.supported:
            self._place(sentence, verdict)
        elif verdict.foreign:
            self.foreign += 1
            self._append(None, Claim(sentence))
        else:
            self.left_out += 1
        return verdict.supported or verdict.foreign

    def _place(self, sentence: str, verdict: Verdict) -> None:
        numbers = []
        for standing in verdict.stands:
            record, span, passage = standing.passage.record, standing.span, standing.passage
            known = [
                c
                for c in self.citations
                if (c.record.record_id, c.start, c.end) == (record.id, span.start, span.end)
            ]
            if known:
                numbers.append(known[0].number)
                continue
            number, quote = len(self.citations) + 1, span.of(record.text)
            self.citations.append(
                cite(record, passage.meeting, span.start, span.end, quote, number, passage.item)
            )
            numbers.append(number)
        meetings = {
            standing.passage.meeting.record_id: standing.passage.meeting for standing in verdict.stands
        }
        meeting = next(iter(meetings.values())) if len(meetings) == 1 else None
        self._append(meeting, Claim(sentence, tuple(dict.fromkeys(numbers))))

    def _append(self, meeting: MeetingRef | None, claim: Claim) -> None:
        last = self.groups[-1] if self.groups else None
        if last is not None and last.meeting == meeting:
            self.groups[-1] = replace(last, claims=(*last.claims, claim))
        else:
            heading = phrases.heading(meeting, self.draft.question.language) if meeting else ""
            self.groups.append(Group(meeting, heading, (claim,)))

    def answer(self) -> Answer:
        """What there is so far."""
        return replace(
            self.draft,
            groups=tuple(self.groups),
            citations=tuple(self.citations),
            changes=(),
            composer=self.name,
        )

    def finished(self) -> Answer:
        """The complete answer: with what the register has besides, or the extractive one where nothing held."""
        language = self.draft.question.language
        said = [notices.sentences_left_out(self.left_out, language)] if self.left_out else []
        said += [notices.withheld(language)] if any(p.withheld for p in self.passages.values()) else []
        if not self.citations and not self.foreign:
            declined = self.declined or not self.said
            reason = notices.model_declined(language) if declined else notices.nothing_held(language)
            return _with_notice(self.draft, reason, *said[bool(self.left_out) :])
        prose = tuple(self.citations)
        complete = not prose or bool(self.foreign) or self.draft.question.intent in COMPLETE
        rest = self._from_draft(prose, complete)
        said += [notices.rest_quoted(language)] if rest and prose else []
        said += [notices.not_checked(self.foreign, language)] if self.foreign else []
        whole = self.answer()
        return replace(
            whole,
            groups=(*whole.groups, *rest),
            notices=(*whole.notices, *said),
            changes=tuple(
                replace(change, later=self.again[change.later], earlier=self.again[change.earlier])
                for change in self.draft.changes
                if {change.later, change.earlier} <= self.again.keys()
            ),
        )

    def _from_draft(self, prose: Sequence[Citation], complete: bool) -> list[Group]:
        """Puts the draft's notes behind what the prose says of the same; if `complete`, gives what it leaves out."""
        cited = {c.number: c for c in self.draft.citations}
        rest = []
        for group in self.draft.groups:
            claims: list[Claim] = []
            beside: int | None = None  # the citation of the prose that says what the draft's last claim says
            for claim in group.claims:
                own = [cited[number] for number in claim.citations]
                if not claim.note:
                    beside = self._said_already(own, prose)
                if claim.note and beside is not None:
                    self._put_behind(beside, self._taken(claim, own))
                elif beside is None and own and complete:
                    claims.append(self._taken(claim, own))
            if claims and group.meeting is not None:
                rest.append(replace(group, claims=tuple(claims)))
        return rest

    def _said_already(self, own: Sequence[Citation], prose: Sequence[Citation]) -> int | None:
        """The number of a citation of the prose that stands where one of the draft's does."""
        for one in own:
            for other in prose:
                if _overlap(one, other):
                    self.again[one.number] = other.number
                    return other.number
        return None

    def _taken(self, claim: Claim, own: Sequence[Citation]) -> Claim:
        """A claim of the draft with the numbers its citations have here."""
        for citation in own:
            if citation.number not in self.again:
                self.again[citation.number] = len(self.citations) + 1
                self.citations.append(replace(citation, number=len(self.citations) + 1))
        return replace(claim, citations=tuple(self.again[citation.number] for citation in own))

    def _put_behind(self, number: int, note: Claim) -> None:
        """Puts a note behind the first claim of the prose that stands on a citation."""
        for place, group in enumerate(self.groups):
            for at, claim in enumerate(group.claims):
                if number in claim.citations:
                    claims = (*group.claims[: at + 1], note, *group.claims[at + 1 :])
                    self.groups[place] = replace(group, claims=claims)
                    return


def _overlap(one: Citation, other: Citation) -> bool:
    return one.record.record_id == other.record.record_id and one.start < other.end and other.start < one.end


def _with_notice(draft: Answer, *said: str) -> Answer:
    return replace(draft, notices=(*draft.notices, *said))
