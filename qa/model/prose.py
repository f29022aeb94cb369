"""What a model writes, as it becomes an answer: each sentence verified, with the words it stands on, or left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.records import Span
from qa import notices, phrases
from qa.answers import Answer, AnswerState, Citation, Claim, Group, Intent, MeetingRef
from qa.citations import cite
from qa.lock import NumberedPassage, Verdict, verify
from qa.model.prompt import NOTHING, SEARCH
from qa.model.quoted import Quoted, taken_from
from qa.shown import sentence_of

COMPLETE = frozenset({Intent.DECISION, Intent.VOTE, Intent.ACTION})
"""Intents whose answer lists entries of the register: what a model leaves out is added in the record's words."""


@dataclass(slots=True)
class Prose:
    """The answer while the model writes it: what was verified, and how much was not.

    draft  the extractive answer, which stands where nothing holds
    """

    draft: Answer
    passages: dict[int, NumberedPassage]
    name: str
    searched: str = ""  # the words the model had the records searched for
    lead: str = ""  # a first sentence without number, which may sum up those below it
    groups: list[Group] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    left_out: int = 0
    repeated: int = 0  # sentences that were said already
    in_own_words: int = 0  # sentences in whose place the record is quoted
    foreign: int = 0
    said: set[str] = field(default_factory=set)
    again: dict[int, int] = field(
        default_factory=dict
    )  # numbers of the draft's citations to their numbers here

    @property
    def holds(self) -> bool:
        """Whether anything of it is shown: verified, or a translation above the draft's quotes."""
        return bool(self.citations) or bool(self.foreign and self.draft.citations)

    def add(self, sentence: str, numbers: tuple[int, ...]) -> bool:
        """Whether a sentence changes the answer; numbers of passages that were not given count for nothing."""
        plain = sentence.rstrip(".。").strip()
        self.repeated += plain in self.said
        if plain in self.said or plain == NOTHING or plain.startswith(SEARCH) or sentence[-1] in ":：":
            return False
        first = not self.said
        self.said.add(plain)
        if first and not numbers:
            self.lead = sentence
            return False
        cited = [self.passages[n] for n in numbers if n in self.passages]
        verdict = verify(sentence, cited)
        if verdict.supported:
            self._place(sentence, verdict)
        elif verdict.foreign:
            self.foreign += 1
            self._append(None, Claim(sentence))
        elif quoted := taken_from(sentence, cited):
            return self._quote(quoted)
        else:
            self.left_out += 1
        return (verdict.supported or verdict.foreign) and self.holds

    def _place(self, sentence: str, verdict: Verdict) -> None:
        numbers = []
        for standing in verdict.stands:
            record, span, passage = standing.passage.record, standing.span, standing.passage
            known = [c for c in self.citations if _place_of(c) == (record.id, span.start, span.end)]
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

    def _quote(self, quoted: Quoted) -> bool:
        """Gives the record's own words in place of a sentence; False where they are given already."""
        self.in_own_words += 1
        record, span = quoted.passage.record, quoted.span
        if any(_covers(citation, record.id, span) for citation in self.citations):
            return False
        number = len(self.citations) + 1
        citation = cite(
            record,
            quoted.passage.meeting,
            span.start,
            span.end,
            span.of(record.text),
            number,
            quoted.passage.item,
        )
        self.citations.append(citation)
        self._append(quoted.passage.meeting, Claim(sentence_of(citation), (number,)))
        return True

    def _sum_up(self) -> None:
        """Puts the lead first where all of it stands in what the sentences below it cite; else it is left out."""
        if not self.lead:
            return
        holding = [one for one in self.passages.values() if any(_stands_in(c, one) for c in self.citations)]
        stands = verify(self.lead, holding).stands
        numbers = [
            next((c.number for c in self.citations if _covers(c, one.passage.record.id, one.span)), 0)
            for one in stands
        ]
        if numbers and all(numbers):
            self.groups.insert(0, Group(None, "", (Claim(self.lead, tuple(dict.fromkeys(numbers))),)))
        else:
            self.left_out += 1

    def _append(self, meeting: MeetingRef | None, claim: Claim) -> None:
        last = self.groups[-1] if self.groups else None
        if last is not None and last.meeting == meeting:
            self.groups[-1] = replace(last, claims=(*last.claims, claim))
        else:
            heading = phrases.heading(meeting, self.draft.question.language) if meeting else ""
            self.groups.append(Group(meeting, heading, (claim,)))

    def answer(self) -> Answer:
        """What there is so far."""
        verified = bool(self.citations)
        return replace(
            self.draft,
            groups=tuple(self.groups),
            citations=tuple(self.citations),
            nearest=() if verified else self.draft.nearest,
            state=AnswerState.ANSWERED if verified else self.draft.state,
            changes=(),
            composer=self.name,
        )

    def finished(self, *, declined: bool) -> Answer:
        """The complete answer: with what the register has besides, or the extractive one where nothing held.

        declined  the model says that the passages do not answer, so that what was taken for an answer only comes near
        """
        language = self.draft.question.language
        if self.holds:
            self._sum_up()
        else:
            self.left_out += bool(self.lead)
        said = [notices.also_searched(self.searched, language)] if self.searched else []
        said += [notices.withheld(language)] if any(p.withheld for p in self.passages.values()) else []
        if not self.holds:
            return self._own_words(said, declined)
        prose = tuple(self.citations)
        answered = self.draft.state is AnswerState.ANSWERED
        complete = not prose or (answered and (bool(self.foreign) or self.draft.question.intent in COMPLETE))
        rest = self._from_draft(prose, complete)
        said += [notices.sentences_left_out(self.left_out, language)] if self.left_out else []
        said += [notices.quoted_instead(self.in_own_words, language)] if self.in_own_words else []
        said += [notices.rest_quoted(language)] if rest and prose else []
        said += [notices.not_checked(self.foreign, language)] if self.foreign else []
        whole = self.answer()
        return replace(
            whole,
            groups=(*whole.groups, *rest),
            citations=tuple(self.citations),
            notices=(*whole.notices, *said),
            changes=tuple(
                replace(change, later=self.again[change.later], earlier=self.again[change.earlier])
                for change in self.draft.changes
                if {change.later, change.earlier} <= self.again.keys()
            ),
        )

    def _own_words(self, said: Sequence[str], declined: bool) -> Answer:
        """The extractive answer, with why the model's does not take its place."""
        language = self.draft.question.language
        written = bool(self.said) and not declined
        reason = notices.nothing_held(language) if written else notices.model_declined(language)
        near = declined and not self.said and self.draft.state is AnswerState.ANSWERED
        draft = replace(self.draft, state=AnswerState.NEAREST) if near else self.draft
        return with_notice(draft, reason, *said)

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


def _place_of(citation: Citation) -> tuple[str, int, int]:
    return citation.record.record_id, citation.start, citation.end


def _covers(citation: Citation, record_id: str, span: Span) -> bool:
    """Whether a citation holds all of a span."""
    return (
        citation.record.record_id == record_id and citation.start <= span.start and span.end <= citation.end
    )


def _stands_in(citation: Citation, passage: NumberedPassage) -> bool:
    return (
        citation.record.record_id == passage.record.id
        and passage.start <= citation.start
        and citation.end <= passage.end
    )


def _overlap(one: Citation, other: Citation) -> bool:
    return one.record.record_id == other.record.record_id and one.start < other.end and other.start < one.end


def with_notice(draft: Answer, *said: str) -> Answer:
    """An answer with more said of it."""
    return replace(draft, notices=(*draft.notices, *said))
