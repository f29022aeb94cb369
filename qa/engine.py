"""`Minutebook`: an open index that answers; the one class behind the chat, the command line and Python."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from ingest.catalog import open_existing
from ingest.desk import Desk
from ingest.encoder import Encoder, SentenceTransformerEncoder
from ingest.errors import IndexMismatch, RecordDamaged
from ingest.index import OwnedIndex
from ingest.jobs import JobWorker
from ingest.nearest import Nearest
from ingest.records import PUBLIC, Language, Record
from ingest.remembered import fitting, made_with
from ingest.sweeping import Sweeper
from ingest.vectors import ChromaServer
from ingest.words import topic_words
from qa import notices
from qa.answering.states import with_state
from qa.answering.streamed import growing
from qa.answers import (
    Answer,
    AnswerState,
    Hit,
    Intent,
    MeetingRef,
    Question,
    Searched,
    VersionRef,
    correction,
)
from qa.calendar import Calendar
from qa.conversation import Conversation, Rewrite
from qa.corpus import Corpus, Session
from qa.corpus_calendar import calendar_of
from qa.due import due_within
from qa.errors import QuestionError
from qa.evidence import Evidence, hit
from qa.filters import MOST_CHARACTERS, Day, Filters, scope_of, short_search, span_of
from qa.finding import reader
from qa.greetings import greeted, greeting, opening_questions
from qa.history import History
from qa.left_out import without_damaged
from qa.lock import NumberedPassage
from qa.model.clients import SECONDS
from qa.model.fields import in_other_language, merged
from qa.model.pieces import pieces
from qa.model.writing import TOKENS, Writer
from qa.picking import sentences_for
from qa.question import placed, read_question
from qa.register import Entries, find_entries, kinds_named
from qa.retrieval import retrieve, spread
from qa.scope import Scope
from qa.sentence_signs import Sentence
from qa.signs import Candidate
from qa.timeline import Timeline, trace
from qa.two_questions import answered

if TYPE_CHECKING:
    from qa.model.clients import LLM
    from qa.retriever import MinutebookRetriever


Reader = Callable[[Calendar], Question]
_LISTS = frozenset({Intent.MEETINGS, Intent.COUNT})
"""Intents answered by a complete list, which a model could only shorten."""


class Minutebook:
    """Meeting records one can ask. Open with `Minutebook.open`, close with `close` or `with`.

    history  the conversations that are kept
    desk     where records are handed in; None in a process that does not own the index
    """

    def __init__(
        self,
        corpus: Corpus,
        access: Sequence[str],
        owned: OwnedIndex | None = None,
        today: date | None = None,
        writer: Writer | None = None,
        operator: bool = False,
    ) -> None:
        self._corpus = corpus
        self._writer = writer
        self._access = tuple(access)
        self._owned = owned
        self._today = today
        self._calendar: tuple[int, date, Calendar] | None = None
        self._worker = JobWorker(owned).start() if owned else None
        self.history = History(corpus, self._access, writable=owned is not None)
        self.desk = Desk(owned, self._access, operator=operator) if owned else None
        self._sweeper = Sweeper(self.desk).start() if self.desk else None

    @classmethod
    def open(
        cls,
        index: str | Path = "index",
        *,
        access: Sequence[str] = (PUBLIC,),
        encoder: Encoder | None = None,
        own: bool = False,
        chroma: ChromaServer | None = None,
        today: date | None = None,
        llm: "LLM | None" = None,
        llm_seconds: float = SECONDS,
        llm_tokens: int = TOKENS,
        operator: bool = False,
    ) -> "Minutebook":
        """Opens an index that `python -m ingest` made.

        access  the groups whose records may be seen; none gives nothing
        own     take the index for this process, so that Chroma answers; others then read, and have it do what they
                would write: `python -m ingest` hands over its work
        chroma  with `own`, the server that holds the dense index; None: it lies in the folder
        encoder  None for the one the index was made with
        today   the day that "last year" is counted from; None for the real one
        llm     a LlamaIndex LLM that reads and writes; each of its sentences is verified. None: the records' own words
        llm_seconds  how long it may take for an answer before the records' own words are given
        llm_tokens  how long a prompt may be
        operator  with `own`, whether who stands at the desk keeps the index and may have it encoded anew there

        Raises IndexMissing, IndexTooNew, IndexMismatch, IndexBroken, and with `own` IndexBusy.
        """
        index, wanted = Path(index), encoder or SentenceTransformerEncoder()
        writer = None if llm is None else Writer(llm, llm_seconds, llm_tokens)
        if own:
            owned = OwnedIndex.open(index, wanted, chroma=chroma)
            corpus = Corpus(owned.catalog, owned.encoder, Nearest(owned).start(), owned)
            return cls(corpus, access, owned, today, writer, operator)
        catalog = open_existing(index)
        made = made_with(catalog)
        fits = fitting(wanted, made)
        if made is None or made.id != fits.id:
            raise IndexMismatch.of_encoder(index, made and made.id, fits.id)
        return cls(Corpus(catalog, fits), access, None, today, writer)

    def __enter__(self) -> "Minutebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the index; work for others that is under way is finished to the batch and waits for the next."""
        self.history.close()
        if self._sweeper is not None:
            self._sweeper.stop()
        if self.desk is not None:
            self.desk.close()
        if self._owned is not None and self._worker is not None:
            self._worker.stop()
            if isinstance(self._corpus.dense, Nearest):
                self._corpus.dense.close()
            self._owned.close()
        else:
            self._corpus.catalog.close()

    @property
    def knows_every_language(self) -> bool:
        """Whether the encoder knows them all: what is in another language is found by its words alone."""
        return self._corpus.encoder.knows("other")

    @without_damaged
    def warm(self) -> None:
        """Loads what the first question would wait for: encoder, reader, dictionary, patterns, what the index holds."""
        reader.warm()
        self._corpus.encoder.encode_query("warm")
        with self._corpus.session(self._access) as session:
            calendar = self._calendar_of(session)
            for question in ("What was decided on the budget?", "会议对预算作出了什么决定？"):
                read_question(question, calendar)
            if self._corpus.dense is None:
                session.holdings.matrix(session.connection, self._corpus.encoder.dimensions)

    def read(self, question: str) -> Question:
        """How a question is understood, without asking it. Raises QuestionError like `ask`."""
        return self.understood(partial(read_question, _checked(question)))

    def ask(self, question: str | Question, **filters: Unpack[Filters]) -> Answer:
        """The cited answer. A filter that is given takes the place of what the question says about it.

        A `Question` is asked as it is understood there: `ask(replace(answer.question, when=()))` asks again without
        the dates; `qa.corrections` changes it by the words a person types.

        Raises QuestionError for an empty or too long question, or a filter that cannot be meant.
        """
        return self.answer(*_reader(question), **filters)

    def extract(self, question: str | Question, **filters: Unpack[Filters]) -> Answer:
        """The answer in the records' own words, also where a language model is set; otherwise like `ask`."""
        text, read = _reader(question)
        _checked(text)
        return self._draft(read, scope_of(self._access, filters), for_model=False).answer

    def stream(self, question: str | Question, **filters: Unpack[Filters]) -> Iterator[Answer]:
        """The answer as it grows: first how the question was read, then claim by claim; the last is what `ask` gives.

        Raises QuestionError at once, not when the first answer is taken.
        """
        return self.answering(*_reader(question), **filters)

    def answer(
        self, text: str, read: Reader, *, begun: float | None = None, **filters: Unpack[Filters]
    ) -> Answer:
        """The answer to `text` as `read` understands it against the calendar; otherwise like `ask`.

        begun  time.monotonic() from which a model's time counts; None for now
        """
        _checked(text)
        return self._ask(read, scope_of(self._access, filters), begun)

    def answering(
        self, text: str, read: Reader, *, begun: float | None = None, **filters: Unpack[Filters]
    ) -> Iterator[Answer]:
        """That answer as it grows, like `stream`."""
        _checked(text)
        return self._grow(read, scope_of(self._access, filters), begun)

    @without_damaged
    def understood(self, read: Reader) -> Question:
        """What `read` makes of a question against the calendar, nothing being searched."""
        with self._corpus.session(self._access) as session:
            return read(self._calendar_of(session))

    @property
    def rewriter(self) -> Rewrite | None:
        """What writes follow-up questions out in full: the language model, where there is one."""
        return self._writer.rewritten if self._writer else None

    def conversation(self, answers: Sequence[Answer] = (), *, rewrite: Rewrite | None = None) -> Conversation:
        """A conversation with this book, or one that goes on from these answers; see `qa.conversation`."""
        return Conversation(self, answers, rewrite=rewrite)

    @without_damaged
    def search(self, query: str, k: int = 10, **filters: Unpack[Filters]) -> list[Hit]:
        """The k passages that fit the query best, best first. Raises QuestionError like `ask`."""
        scope = scope_of(self._access, filters)
        with self._corpus.session(self._access) as session:
            reading, scope = self._read(session, partial(read_question, _checked(query)), scope)
            if reading.missing:
                return []
            meetings = {meeting.record_id: meeting for meeting in session.meetings(scope)}
            found = spread(reading, retrieve(session, reading, scope))[:k]
            return [hit(candidate, meetings[candidate.passage.record_id]) for candidate in found]

    @without_damaged
    def judged(self, question: str, **filters: Unpack[Filters]) -> tuple[Question, list[Candidate]]:
        """How a question was read and every passage that was judged with its signs: why a ranking is as it is."""
        with self._corpus.session(self._access) as session:
            read = partial(read_question, _checked(question))
            reading, scope = self._read(session, read, scope_of(self._access, filters))
            return reading, [] if reading.missing else retrieve(session, reading, scope)

    @contextmanager
    def evidence(
        self, question: str, **filters: Unpack[Filters]
    ) -> Iterator[tuple[Session, Answer, Evidence, Calendar]]:
        """What an answer to a question would be made of: the open session, the question as read, what was found."""
        read = partial(read_question, _checked(question))
        with self._corpus.session(self._access) as session:
            empty, evidence = self._found(session, read, scope_of(self._access, filters))
            yield session, empty, evidence, self._calendar_of(session)

    @without_damaged
    def weighed(self, question: str, **filters: Unpack[Filters]) -> tuple[Question, list[Sentence]]:
        """How a question was read and the sentences it could be answered with, with their signs.

        None where entries of the decision register answer.
        """
        with self._corpus.session(self._access) as session:
            read = partial(read_question, _checked(question))
            reading, scope = self._read(session, read, scope_of(self._access, filters))
            candidates = [] if reading.missing else retrieve(session, reading, scope)
            return reading, sentences_for(session, reading, candidates)

    def as_retriever(self, k: int = 10, **filters: Unpack[Filters]) -> "MinutebookRetriever":
        """`search` as a LlamaIndex `BaseRetriever`, for a query engine or anything else that takes one.

        Its nodes hold the exact passage, and as metadata record_id, version, start, end, title, date, item and
        speakers. Raises QuestionError for a filter that cannot be meant or k below 1.
        """
        from qa.retriever import MinutebookRetriever  # imports LlamaIndex, which takes a second

        if k < 1:
            raise QuestionError(f"A retriever gives at least one passage; k is {k}.")
        scope_of(self._access, filters)
        return MinutebookRetriever(lambda query: self.search(query, k, **filters))

    @without_damaged
    def bodies(self) -> list[str]:
        """The bodies whose meetings are held, by name; they are what `bodies` filters by."""
        with self._corpus.session(self._access) as session:
            return list(self._calendar_of(session).bodies)

    @without_damaged
    def speakers(self) -> list[str]:
        """Who speaks, chairs or attends, by name as the records write it; what `speakers` filters by."""
        with self._corpus.session(self._access) as session:
            return [person.name for person in self._calendar_of(session).people]

    @without_damaged
    def meetings(
        self,
        text: str | None = None,
        *,
        since: Day = None,
        until: Day = None,
        body: str | None = None,
        sessions: Sequence[int] = (),
    ) -> list[MeetingRef]:
        """The meetings held, newest first, those without a date last; `record` gives the text of one.

        text  words that the title or the record must hold, all of them
        """
        bodies = (body,) if body else ()
        scope = scope_of(
            self._access, {"since": since, "until": until, "bodies": bodies, "sessions": sessions}
        )
        with self._corpus.session(self._access) as session:
            found = session.meetings(scope)
            if not text or not text.strip():
                return found
            holding = session.records_holding(topic_words(short_search(text)), scope)
            title = text.strip().casefold()
            return [m for m in found if m.record_id in holding or title in m.title.casefold()]

    @without_damaged
    def decisions(
        self,
        topic: str | None = None,
        *,
        kind: str | Sequence[str] | None = None,
        owner: str | None = None,
        due_since: Day = None,
        due_until: Day = None,
        **filters: Unpack[Filters],
    ) -> Entries:
        """Every entry of the decision register in scope, newest meeting first: all of them, not the best few.

        topic  what it must concern; None for everything
        kind   "approved", "deferred", "vote", "assigned", ... (`DecisionKind`); None for all but "emphasised"
        owner  part of the name of who is to act
        due_since, due_until  only what sets a deadline between these days, both included, the earliest deadline first

        Raises QuestionError for a kind that does not exist or a filter that cannot be meant.
        """
        for searched in (topic, owner):
            short_search(searched or "")
        kinds = kinds_named([kind] if isinstance(kind, str) else kind or ())
        scope = scope_of(self._access, filters)
        with self._corpus.session(self._access) as session:
            found = find_entries(session, scope, topic, kinds, owner)
        first, last = span_of(due_since, due_until)
        due = dict.fromkeys(one.entry for one in due_within(found, first, last))
        return Entries(due) if first or last else found

    @without_damaged
    def timeline(self, topic: str, **filters: Unpack[Filters]) -> Timeline:
        """One topic across the meetings in scope, oldest first, a cited sentence of each: all, not the best few.

        Raises QuestionError for an empty or too long topic, or a filter that cannot be meant.
        """
        scope = scope_of(self._access, filters)
        with self._corpus.session(self._access) as session:
            language = read_question(_checked(topic), self._calendar_of(session)).language
            return trace(session, topic, scope, language)

    def record(self, record_id: str, version: int | None = None) -> Record | None:
        """A record in its newest or an older version; None when there is none, or none one may see.

        Raises `ingest.errors.RecordDamaged` where it is not what was stored.
        """
        with self._corpus.session(self._access) as session:
            return session.record(record_id, self._access, version)

    def versions(self, record_id: str) -> list[VersionRef]:
        """The versions of a record, newest first; empty when there is none, or none one may see."""
        with self._corpus.session(self._access) as session:
            return session.versions(record_id, self._access)

    def corrected_since(self, record_id: str, version: int) -> VersionRef | None:
        """The version that answers use in place of one that it corrects; None for the one in use, for one whose file
        was only read anew since, and for one nobody may see.
        """
        return correction(self.versions(record_id), version)

    def damaged(self) -> list[str]:
        """Sentences about the records that are left out, as they are not what was stored; those one may see."""
        with self._corpus.session(self._access) as session:
            return [notices.damaged((damage.name,), "en") for damage in session.damaged()]

    @property
    def degraded(self) -> bool:
        """Whether the dense index is being repaired; answers come from the catalog meanwhile."""
        dense = self._corpus.dense
        return isinstance(dense, Nearest) and dense.degraded

    @property
    def generation(self) -> int:
        """Counts the changes of the index: same question, same generation, same answer."""
        return self._corpus.catalog.generation

    def _grow(self, read: Reader, scope: Scope, begun: float | None = None) -> Iterator[Answer]:
        yield self._begun(read, scope)
        begun = time.monotonic() if begun is None else begun
        draft = self._draft(read, scope)
        if draft.passages:
            yield draft.answer  # it is there in its time; the model's takes its place
            yield from self._written(draft, read, begun)
        else:
            yield from growing(draft.answer)

    @without_damaged
    def _begun(self, read: Reader, scope: Scope) -> Answer:
        """How the question was read, before there is anything to say."""
        with self._corpus.session(self._access) as session:
            reading, _ = self._read(session, read, scope)
            return Answer(reading, generation=session.generation)

    def _ask(self, read: Reader, filters: Scope, begun: float | None = None) -> Answer:
        begun = time.monotonic() if begun is None else begun
        draft = self._draft(read, filters)
        answer = draft.answer
        if draft.passages:
            for answer in self._written(draft, read, begun):  # noqa: B007  # the last one counts
                pass
        return answer

    def _written(self, draft: "_Draft", read: Reader, begun: float) -> Iterator[Answer]:
        assert self._writer is not None
        if draft.answer.abstained and not isinstance(read, _AsUnderstood):
            draft = self._as_the_model_reads(draft, begun)
        if not draft.passages:
            yield draft.answer
            return
        yield from self._writer.answers(draft.answer, draft.passages, begun, partial(self._more, draft))

    def _as_the_model_reads(self, draft: "_Draft", begun: float) -> "_Draft":
        """What is found for the question as the model reads it, where the rules' reading led to no answer."""
        assert self._writer is not None and self._calendar is not None
        question, calendar = draft.answer.question, self._calendar[2]
        fields = self._writer.read(question, calendar, begun)
        if fields is None:
            said = notices.reading_unusable(question.language)
            return replace(draft, answer=replace(draft.answer, notices=(*draft.answer.notices, said)))
        other, mended = in_other_language(question, fields), merged(question, fields, calendar)
        if mended == question and not other:
            return draft
        again = self._draft(_AsUnderstood(mended), draft.filters, also=other)
        return again if again.passages or not again.answer.abstained else draft

    @without_damaged
    def _more(self, draft: "_Draft", words: str) -> tuple[NumberedPassage, ...]:
        """Evidence found by other words within the same scope; none once the index changed."""
        assert self._writer is not None
        answer = draft.answer
        with self._corpus.session(self._access) as session:
            if session.generation != answer.generation:
                return ()
            question = replace(answer.question, topic=words, text=words, full="")
            meetings = {meeting.record_id: meeting for meeting in session.meetings(draft.scope)}
            evidence = Evidence(retrieve(session, question, draft.scope), meetings, draft.scope, question)
            return pieces(
                session, replace(answer, citations=(), hits=()), evidence, self._writer.room(answer.question)
            )

    @without_damaged
    def _draft(self, read: Reader, filters: Scope, also: str = "", *, for_model: bool = True) -> "_Draft":
        """The extractive answer, and what a model may see to answer itself.

        also       the topic in another language, by which the model's evidence is found as well
        for_model  whether there is one to see it
        """
        with self._corpus.session(self._access) as session:
            empty, evidence = self._found(session, read, filters)
            if kind := greeting(empty.question):
                return _Draft(greeted(empty, kind, self._opening(empty.question.language)), filters, filters)
            answer = answered(session, empty, evidence, self._calendar_of(session))
            answer = with_state(session, answer, evidence)
            seen = self._for_model(session, answer, evidence, also) if for_model else ()
            return _Draft(answer, filters, evidence.scope, seen)

    def _opening(self, language: Language) -> list[str]:
        """Questions that the records answer, to begin with."""
        return opening_questions(self.decisions(), language, self.extract)

    def _found(self, session: Session, read: Reader, filters: Scope) -> tuple[Answer, Evidence]:
        """An empty answer that says how a question was read, and what was found for it."""
        reading, scope = self._read(session, read, filters)
        if reading.missing:  # of what the question names nothing is held: what comes nearest stands elsewhere
            scope = replace(scope, periods=filters.periods, sessions=filters.sessions)
        in_reach = session.meetings(scope) or session.meetings(filters)
        dated = [meeting.date for meeting in in_reach if meeting.date]
        searched = Searched(len(in_reach), min(dated, default=None), max(dated, default=None))
        candidates = retrieve(session, reading, scope) if in_reach and not greeting(reading) else []
        if reading.told:
            candidates = [candidate for candidate in candidates if not candidate.told(reading.told)]
        said = self._notices(reading.language) + _told_of_damage(session, scope, reading.language)
        empty = Answer(reading, searched=searched, generation=session.generation, notices=said)
        return empty, Evidence(candidates, {meeting.record_id: meeting for meeting in in_reach}, scope)

    def _leave_out(self, error: RecordDamaged) -> bool:
        self._calendar = None  # it may name that record
        return self._corpus.leave_out(error)

    def _for_model(
        self, session: Session, answer: Answer, evidence: Evidence, also: str
    ) -> tuple[NumberedPassage, ...]:
        """What a model may answer from; none without a model, without evidence, for what is complete.

        A list that counts its entries and the sides of a vote are given as the register has them: a model could only
        drop some. Where the question names a meeting that is not held, no other one answers it.
        """
        counted = answer.state is AnswerState.ANSWERED and answer.question.intent in _LISTS
        if self._writer is None or counted or answer.complete or answer.question.missing:
            return ()
        if also:
            more = retrieve(session, replace(answer.question, topic=also), evidence.scope)
            evidence = replace(evidence, candidates=_by_turns(evidence.candidates, more))
        return pieces(session, answer, evidence, self._writer.room(answer.question))

    def _notices(self, language: Language) -> tuple[str, ...]:
        return (notices.degraded(language),) if self.degraded else ()

    def _read(self, session: Session, read: Reader, filters: Scope) -> tuple[Question, Scope]:
        """The question as understood, and the scope it and the asker's filters make together."""
        reading = read(self._calendar_of(session))
        if filters.narrow:
            reading = replace(reading, missing=False, nearest=())
        return reading, merge(filters, reading)

    def _calendar_of(self, session: Session) -> Calendar:
        """What the corpus holds for this asker, read again when the index or the day changes."""
        today = self._day()
        if self._calendar is None or self._calendar[:2] != (session.generation, today):
            self._calendar = (session.generation, today, calendar_of(session, self._access, today))
        return self._calendar[2]

    def _day(self) -> date:
        return self._today or date.today()


@dataclass(frozen=True, slots=True)
class _AsUnderstood:
    """Reads a question as it was understood already, by a person who corrected it or by a model."""

    question: Question

    def __call__(self, calendar: Calendar) -> Question:
        return placed(self.question, calendar)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An extractive answer, and the evidence a model may answer from.

    filters  that the asker set; `scope` is what they and the question make together
    """

    answer: Answer
    filters: Scope
    scope: Scope
    passages: tuple[NumberedPassage, ...] = ()


def _by_turns(first: Sequence[Candidate], second: Sequence[Candidate]) -> list[Candidate]:
    """Two rankings of passages as one: the best of each, then the second of each, none twice."""
    turns = (one for pair in zip_longest(first, second) for one in pair if one is not None)
    return list({one.passage.id: one for one in turns}.values())


def _told_of_damage(session: Session, scope: Scope, language: Language) -> tuple[str, ...]:
    """What to say where a record is left out that may have answered; its day and body cannot be trusted."""
    found = [one for one in session.damaged() if scope.records is None or one.record_id in scope.records]
    return (notices.damaged([one.name for one in found], language),) if found else ()


def merge(filters: Scope, reading: Question) -> Scope:
    """The asker's filters, and where a filter is not given what the question says."""
    periods = filters.periods or tuple((period.first, period.last) for period in reading.when)
    return replace(
        filters,
        records=filters.records if filters.records is not None else reading.records or None,
        periods=periods,
        sessions=filters.sessions or reading.sessions,
        bodies=filters.bodies or reading.bodies,
    )


def _reader(question: str | Question) -> tuple[str, Reader]:
    """The text of a question and how it is read; one that was understood stays as it is."""
    if isinstance(question, Question):
        return question.text, _AsUnderstood(question)
    return question, partial(read_question, question)


def _checked(question: str) -> str:
    if not question.strip():
        raise QuestionError(
            "The question is empty. Ask for example: What did the meeting decide on real estate?"
        )
    if len(question) > MOST_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters; {MOST_CHARACTERS:,} are the most. Please shorten it."
        )
    return question
