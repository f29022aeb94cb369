"""Conversations that are kept: written down as they go on, listed, searched, opened again, deleted.

An answer is stored as it was shown, without the passages that were only judged. When it is opened again every
citation is made anew from the version it names, so that nothing comes back that may not be seen now: an answer
that draws on a version that is gone or not to be read any more, that was asked by a name that only such a one gave
away, or that was asked with more groups, is withheld as a whole, with what was said of it. Its question remains.

Writing goes on in a thread of its own, in the process that owns the index: it never keeps an answer waiting.
"""

import json
import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from ingest.errors import RecordDamaged
from ingest.records import Record
from ingest.seals import find_damaged_answers, find_unstanding, seal_answer
from ingest.sight import something_unseen
from ingest.tables import answer_sources, answers, conversations, feedback, records, versions
from qa.answers import Answer, AnswerState, Citation, Hit, VersionRef, correction
from qa.citations import CitationError, cite
from qa.corpus import Corpus, Session
from qa.errors import HistoryError
from qa.filters import short_search
from qa.left_out import without_damaged
from qa.scope import Scope, every_version, readable_version

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LOCAL = "local"  # whose everything is, as long as nobody logs in
LISTED = 200  # conversations in a list at most
MOST_NOTE = 2_000  # characters of a note
_ASKED_WITH = "asked_with"  # beside the fields of a stored answer: the groups of who asked
_TITLE = 120  # characters of a conversation's title

Verdict = Literal["helpful", "unhelpful", "wrong"]
VERDICTS: tuple[Verdict, ...] = ("helpful", "unhelpful", "wrong")


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """A kept conversation in a list, named by its first question; `begun` and `changed` are ISO 8601, UTC."""

    id: str
    title: str
    begun: str
    changed: str
    answers: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer of a kept conversation, as it may be shown now.

    ordinal    its place in the conversation, from 1
    answer     None when it is withheld: a version it drew on is gone, or is not to be read any more, or it is damaged
    damaged    whether it is withheld since it is not what was kept
    corrected  (number of a citation, the version that answers use now) where that one corrects the cited one
    verdict    what was said of it, if anything
    """

    ordinal: int
    question: str
    asked: str
    answer: Answer | None
    corrected: tuple[tuple[int, VersionRef], ...] = ()
    verdict: Verdict | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody said of an answer, with the answer and the evidence that was shown; `answer` as in KeptAnswer.

    note     empty where the answer is withheld: it may quote it
    damaged  whether it is withheld since it, or what was said of it, is not what was kept
    """

    id: int
    given: str
    owner: str
    verdict: Verdict
    note: str
    question: str
    answer: Answer | None
    damaged: bool = False


class History:
    """The conversations of one owner in an index; made by `Minutebook.history`.

    writable  whether this process owns the index and so may keep something
    """

    def __init__(
        self, corpus: Corpus, access: Sequence[str], *, owner: str = LOCAL, writable: bool = False
    ) -> None:
        self.owner = owner
        self.writable = writable
        self._corpus = corpus
        self._access = tuple(access)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="history")

    def close(self) -> None:
        """Waits until what was to be kept is written."""
        self._writer.shutdown()

    @staticmethod
    def new_id() -> str:
        """The id of a conversation to come; nothing is written before its first answer."""
        return secrets.token_hex(8)

    # -- writing -------------------------------------------------------------------------------------------

    def keep(self, conversation: str, ordinal: int, answer: Answer) -> "Future[int]":
        """Writes an answer into its place in a conversation, which begins with its first one; one that was there goes.

        The future's result is a number for the answer; it raises IngestError when it could not be written (a full
        disk, a catalog that is read-only). Raises HistoryError at once where this process may not write.
        """
        self._require_writable()
        return self._writer.submit(self._keep, conversation, ordinal, answer)

    def judge(
        self, conversation: str, ordinal: int, answer: Answer, verdict: Verdict, note: str = ""
    ) -> "Future[int]":
        """Writes down what its asker says of an answer, with the answer as it was shown; a later verdict replaces it.

        Raises HistoryError for a note of more than MOST_NOTE characters or a verdict that is none, and like `keep`.
        """
        self._require_writable()
        if verdict not in VERDICTS:
            raise HistoryError(f"{verdict!r} is no verdict; there are: {', '.join(VERDICTS)}.")
        if len(note) > MOST_NOTE:
            raise HistoryError(
                f"The note has {len(note):,} characters; {MOST_NOTE:,} are the most. Please shorten it."
            )
        return self._writer.submit(self._judge, conversation, ordinal, answer, verdict, note.strip())

    def delete(self, conversation: str) -> None:
        """Removes a conversation; answers somebody gave feedback on stay with it. Raises IngestError, HistoryError."""
        self._require_writable()
        self._writer.submit(self._delete, conversations.c.id == conversation).result()

    def delete_all(self) -> None:
        """Removes every conversation of this owner, as `delete` does."""
        self._require_writable()
        self._writer.submit(self._delete, sa.true()).result()

    def _require_writable(self) -> None:
        if not self.writable:
            raise HistoryError(
                "Another process owns the index, so nothing can be kept here. Stop it and start this one anew."
            )

    def _keep(self, conversation: str, ordinal: int, answer: Answer) -> int:
        with self._corpus.catalog.write() as connection:
            self._put_conversation(connection, conversation, answer.question.text)
            here = answers.c.conversation_id == conversation, answers.c.ordinal == ordinal
            connection.execute(
                answers.update().where(*here, _judged()).values(conversation_id=None)
            )  # kept for what was said of it
            connection.execute(answers.delete().where(*here))
            return self._put_answer(connection, conversation, ordinal, answer)

    def _judge(self, conversation: str, ordinal: int, answer: Answer, verdict: Verdict, note: str) -> int:
        with self._corpus.catalog.write() as connection:
            here = answers.c.conversation_id == conversation, answers.c.ordinal == ordinal
            number = connection.scalar(sa.select(answers.c.id).where(*here))
            if number is None:
                self._put_conversation(connection, conversation, answer.question.text)
                number = self._put_answer(connection, conversation, ordinal, answer)
            connection.execute(feedback.delete().where(feedback.c.answer_id == number))
            row = {
                "answer_id": number,
                "owner": self.owner,
                "given": _now(),
                "verdict": verdict,
                "note": note,
            }
            connection.execute(feedback.insert(), row)
            return int(number)

    def _put_answer(self, connection: sa.Connection, conversation: str, ordinal: int, answer: Answer) -> int:
        """Stores an answer with the versions it draws on; where one was removed meanwhile, only the question."""
        drawn = sources(answer)
        rows = connection.execute(
            sa.select(versions.c.record_id, versions.c.version).where(
                versions.c.record_id.in_({record_id for record_id, _ in drawn}), versions.c.state != "staging"
            )
        )
        kept = {(record_id, version) for record_id, version in rows}
        held = {one for one in kept if one in drawn or (one[0], 0) in drawn}
        whole = all(one in kept if one[1] else any(one[0] == of for of, _ in kept) for one in drawn)
        cited = tuple(replace(citation, before="", after="") for citation in answer.citations)
        stored = replace(answer, hits=(), citations=cited)
        row = {
            "conversation_id": conversation,
            "ordinal": ordinal,
            "asked": _now(),
            "question": answer.question.text,
            "answer": self._dumped(stored) if whole else None,
        }
        number = connection.execute(answers.insert().values(row).returning(answers.c.id)).scalar_one()
        if held:
            drew = [
                {"answer_id": number, "record_id": of, "version": version} for of, version in sorted(held)
            ]
            connection.execute(answer_sources.insert(), drew)
        seal_answer(connection, number)
        return int(number)

    def _dumped(self, answer: Answer) -> str:
        """An answer as it is stored, with the groups it was asked with."""
        return json.dumps(_stored_form().dump_python(answer, mode="json") | {_ASKED_WITH: self._access})

    def _put_conversation(self, connection: sa.Connection, conversation: str, question: str) -> None:
        """Notes that a conversation went on. Raises HistoryError for one of somebody else."""
        known = sa.select(conversations.c.owner).where(conversations.c.id == conversation)
        owner, now = connection.scalar(known), _now()
        if owner is None:
            title = " ".join(question.split())[:_TITLE]
            row = {"id": conversation, "owner": self.owner, "title": title, "begun": now, "changed": now}
            connection.execute(conversations.insert(), row)
        elif owner != self.owner:
            raise HistoryError("There is no such conversation.")
        else:
            change = conversations.update().where(conversations.c.id == conversation)
            connection.execute(change.values(changed=now))

    def _delete(self, which: sa.ColumnElement[bool]) -> None:
        ours = sa.select(conversations.c.id).where(conversations.c.owner == self.owner, which)
        with self._corpus.catalog.write() as connection:
            connection.execute(answers.delete().where(answers.c.conversation_id.in_(ours), ~_judged()))
            connection.execute(conversations.delete().where(conversations.c.id.in_(ours)))

    # -- reading -------------------------------------------------------------------------------------------

    def conversations(self, search: str = "") -> list[ConversationRef]:
        """The conversations that hold every word of `search` in a question or answer that may be seen, newest first.

        Raises QuestionError for a search that is too long.
        """
        short_search(search)
        counted = sa.select(sa.func.count()).where(answers.c.conversation_id == conversations.c.id)
        statement = (
            sa.select(conversations, counted.scalar_subquery().label("answers"))
            .where(conversations.c.owner == self.owner, *(self._holds(word) for word in search.split()))
            .order_by(conversations.c.changed.desc(), conversations.c.id)
            .limit(LISTED)
        )
        with self._corpus.catalog.read() as connection:
            rows = connection.execute(statement).all()
        return [ConversationRef(row.id, row.title, row.begun, row.changed, row.answers) for row in rows]

    @without_damaged
    def open(self, conversation: str) -> list[KeptAnswer]:
        """The answers of a conversation in order, as they may be shown now; none where there is no such one."""
        statement = (
            sa.select(answers, feedback.c.verdict)
            .join(conversations, conversations.c.id == answers.c.conversation_id)
            .outerjoin(feedback, feedback.c.answer_id == answers.c.id)
            .where(conversations.c.id == conversation, conversations.c.owner == self.owner)
            .order_by(answers.c.ordinal)
        )
        with self._corpus.session(self._access) as session:
            rows = session.connection.execute(statement).all()
            return [self._kept(session, row) for row in rows]

    @without_damaged
    def shown(self, answers: Sequence[Answer]) -> list[Answer | None]:
        """The answers that may still be shown; None for one that draws on a version that is gone or not to be read.

        Of the passages that were only judged, those that may be read.
        """
        with self._corpus.session(self._access) as session:
            seen = _Seen(session, self._access)
            return [seen.of(one) if seen.holds(one) else None for one in answers]

    @without_damaged
    def complaints(self) -> list[Complaint]:
        """What anybody said of any answer, newest first: for whoever looks after the index."""
        statement = (
            sa.select(answers, feedback)
            .join(feedback, feedback.c.answer_id == answers.c.id)
            .order_by(feedback.c.given.desc(), answers.c.id.desc())
        )
        with self._corpus.session(self._access) as session:
            rows = session.connection.execute(statement).all()
            return [self._complaint(session, row) for row in rows]

    def _leave_out(self, error: RecordDamaged) -> bool:
        return self._corpus.leave_out(error)

    def _complaint(self, session: Session, row: Any) -> Complaint:
        answer, damaged = self._shown(session, row)
        if row.verdict not in VERDICTS or not isinstance(row.note, str):
            answer, damaged = None, True
        note = row.note if answer else ""
        verdict: Verdict = row.verdict if row.verdict in VERDICTS else VERDICTS[-1]
        said = (str(row.given), str(row.owner), verdict, note, str(row.question))
        return Complaint(row.id, *said, answer, damaged)

    def _holds(self, word: str) -> sa.ColumnElement[bool]:
        """That a word stands in a conversation, where its owner may see it."""
        stored = sa.case((sa.func.json_valid(answers.c.answer) == 1, answers.c.answer), else_="{}")
        said = sa.func.json_tree(stored, "$.groups").table_valued("key", "value")
        in_answer = sa.exists().where(said.c.key == "text", said.c.value.icontains(word, autoescape=True))
        found = answers.c.question.icontains(word, autoescape=True) | (
            answers.c.answer.is_not(None) & ~self._hidden() & in_answer
        )
        return sa.exists().where(answers.c.conversation_id == conversations.c.id, found)

    def _hidden(self) -> sa.ColumnElement[bool]:
        """That an answer draws on a version that is gone or that its owner may not read, or may have counted one.

        What it says of how much was searched goes by all that could be read when it was asked. So one is shown to who
        has every group that it was asked with; one that an older Minutebook kept without them, to who may read all.
        """
        same = records.c.id == answer_sources.c.record_id, versions.c.version == answer_sources.c.version
        read = (
            sa.select(records.c.id).select_from(every_version()).where(*same, readable_version(self._access))
        )
        unread = sa.exists().where(answer_sources.c.answer_id == answers.c.id, ~read.exists())
        kept = sa.case((sa.func.json_valid(answers.c.answer) == 1, answers.c.answer), else_="{}")
        asked_with = sa.func.json_each(kept, f"$.{_ASKED_WITH}").table_valued("value")
        more = sa.exists().where(asked_with.c.value.not_in(self._access))
        unknown = sa.func.json_type(kept, f"$.{_ASKED_WITH}").is_(None)
        return sa.or_(unread, more, sa.and_(unknown, something_unseen(self._access)))

    def _kept(self, session: Session, row: Any) -> KeptAnswer:
        answer, damaged = self._shown(session, row)
        corrected = self._corrected(session, answer.citations) if answer else ()
        verdict = row.verdict if row.verdict in VERDICTS else None
        return KeptAnswer(row.ordinal, str(row.question), row.asked, answer, corrected, verdict, damaged)

    def _shown(self, session: Session, row: Any) -> tuple[Answer | None, bool]:
        """A stored answer with its citations made anew, or None where it may not be shown; whether it is damaged.

        Who may not see what it drew on is told of no damage.
        """
        hidden = sa.select(self._hidden()).where(answers.c.id == row.id)
        if row.answer is None or session.connection.scalar(hidden):
            return None, False
        if find_damaged_answers(session.connection, row.id):
            return None, True
        try:
            stored: Answer = _stored(row.answer)
        except ValueError:  # of a release that kept answers in another form
            return None, True
        seen = _Seen(session, self._access)
        drawn = {record_id for record_id, _ in sources(stored)}
        if find_unstanding(session.connection, drawn) or not seen.knows_names(stored):
            return None, False
        try:
            citations = tuple(seen.cited(citation) for citation in stored.citations)
        except CitationError:
            return None, False
        nearest = tuple(hit for hit in stored.nearest if seen.stands(hit))
        return replace(stored, citations=citations, nearest=nearest), False

    def _corrected(
        self, session: Session, citations: Sequence[Citation]
    ) -> tuple[tuple[int, VersionRef], ...]:
        """The citations of versions that were corrected since, with the version that answers use."""
        held = {c.record.record_id: session.versions(c.record.record_id, self._access) for c in citations}
        return tuple(
            (citation.number, now)
            for citation in citations
            if (now := correction(held[citation.record.record_id], citation.version))
        )


class _Seen:
    """What an asker may see now of answers that were made before; each version and the names are read once."""

    def __init__(self, session: Session, access: Sequence[str]) -> None:
        self._session = session
        self._access = tuple(access)
        self._read: dict[tuple[str, int], Record | None] = {}

    def holds(self, answer: Answer) -> bool:
        """Whether an answer may be shown: all it draws on may be read, and its citations stand where they stood."""
        if not self._session.may_read(sources(answer), self._access) or not self.knows_names(answer):
            return False
        try:
            return all(self.cited(citation) for citation in answer.citations)
        except CitationError:
            return False

    def of(self, answer: Answer) -> Answer:
        """The answer without the judged passages that may not be read any more."""
        judged = {(hit.meeting.record_id, hit.version) for hit in answer.hits}
        if self._session.may_read(judged, self._access):
            return answer
        kept = (
            h for h in answer.hits if self._session.may_read([(h.meeting.record_id, h.version)], self._access)
        )
        return replace(answer, hits=tuple(kept))

    def knows_names(self, answer: Answer) -> bool:
        """Whether every name by which the question was read was typed in it, or stands in what may be read now."""
        question = answer.question
        drawn = (self._of(record_id, version) for record_id, version in sources(answer) if version)
        said = [question.text.casefold(), *(record.text.casefold() for record in drawn if record)]
        names = {*question.speakers, *question.bodies}
        new = {name for name in names if not any(name.casefold() in text for text in said)}
        return not new or new <= self._known

    @cached_property
    def _known(self) -> set[str]:
        scope = Scope(access=self._access)
        held = self._session.meetings(scope)
        people = {name for name, _ in self._session.people(scope)}
        return people | {name for meeting in held for name in (meeting.body, meeting.series) if name}

    def cited(self, citation: Citation) -> Citation:
        """The citation made anew from its version. Raises CitationError when that is gone or says something else."""
        record = self._of(citation.record.record_id, citation.version)
        if record is None:
            raise CitationError(f"version {citation.version} of record {citation.record.record_id} is gone")
        start, end, quote = citation.start, citation.end, citation.quote
        return cite(record, citation.record, start, end, quote, citation.number, citation.item)

    def stands(self, hit: Hit) -> bool:
        """Whether a passage still stands where it stood."""
        record = self._of(hit.meeting.record_id, hit.version)
        return record is not None and hit.of(record.text) == hit.text

    def _of(self, record_id: str, version: int) -> Record | None:
        if (record_id, version) not in self._read:
            self._read[record_id, version] = None
            with suppress(RecordDamaged):  # what it says can be shown no more than if it were gone
                self._read[record_id, version] = self._session.record(record_id, self._access, version)
        return self._read[record_id, version]


def sources(answer: Answer) -> frozenset[tuple[str, int]]:
    """The versions of which a stored answer holds a word: cited, near, or named; 0 where a name tells no version."""
    named = (*(group.meeting for group in answer.groups if group.meeting), *answer.question.nearest)
    cited = ((citation.record.record_id, citation.version) for citation in answer.citations)
    near = ((hit.meeting.record_id, hit.version) for hit in answer.nearest)
    return frozenset((*((meeting.record_id, meeting.version) for meeting in named), *cited, *near))


def _judged() -> sa.ColumnElement[bool]:
    return answers.c.id.in_(sa.select(feedback.c.answer_id))


@cache
def _stored_form() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)


def _stored(text: str) -> Answer:
    """An answer as it was kept; one kept before answers had a state says only whether it abstained."""
    values = json.loads(text)
    if values.pop("abstained", False):
        values.setdefault("state", AnswerState.NOTHING)
    return _stored_form().validate_json(json.dumps(values))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
