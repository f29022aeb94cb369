"""The screen of what is kept, and what keeps it: conversations, answers saved as files, what is said of answers."""

import asyncio
import io
import logging
from dataclasses import replace
from pathlib import Path

import gradio as gr

from ingest.owner import owner_of
from qa import Minutebook
from qa.chat.wire import Wire, html, language_of, screen, sentence_for
from qa.export import FORMS, exported
from qa.feedback import listed
from qa.history import History
from qa.interface import Interface
from qa.page import frame, history, keeping
from qa.page.turns import Turns
from qa.words.history import WORDS

log = logging.getLogger("minutebook.chat")

_PATIENCE = 2.0  # seconds after which writing an answer down is left to itself


def lay_out(wire: Wire, book: Minutebook, index: str, turns: gr.State) -> None:
    """The list of conversations and of what was said of answers; `turns` is the conversation on the page."""
    with screen("history"), gr.Column(elem_classes="mb-sheet"):
        kept, said = html("mb-history"), html("mb-feedback")
    word = html("mb-word")
    shelf = _Shelf(book, index)
    wire.on("history", shelf.show, outputs=[kept, said])
    wire.on("forget", shelf.forget, outputs=[kept, said])
    wire.on("save", shelf.save, [turns], [wire.saved, word])
    wire.on("judge", shelf.judge, [turns], [word])


class _Shelf:
    """Shows and changes what is kept."""

    def __init__(self, book: Minutebook, index: str) -> None:
        self.book = book
        self.index = Path(index)

    def show(self, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        """The conversations that hold what is searched, and what was said of answers."""
        return self._lists(str(event.search), language_of(request))

    def forget(self, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        """Deletes a conversation, or all of them, and shows what is left."""
        language = language_of(request)
        try:
            if event.conversation:
                self.book.history.delete(str(event.conversation))
            else:
                self.book.history.delete_all()
        except Exception as problem:
            return frame.trouble(sentence_for(problem, language), language), ""
        return self._lists(str(event.search), language)

    def save(self, turns: Turns, request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        """A file of one answer, of the conversation, or of what was said of answers."""
        language = language_of(request)
        words = WORDS[language]
        try:
            if event.form == "csv":
                out = io.StringIO()
                listed(self.book.history).to_csv(out)
                return frame.download("feedback.csv", "text/csv", out.getvalue().encode("utf-8-sig")), ""
            turns = current(self.book, turns, language)
            answers = [one for number, one in turns.numbered() if event.whole or number == event.turn]
            name = words.conversation_file if event.whole else words.answer_file
            content = exported(answers, event.form) if answers else b""
            return frame.download(f"{name}{event.form}", FORMS[event.form], content), ""
        except Exception as problem:
            return "", frame.trouble(sentence_for(problem, language), language)

    def judge(self, turns: Turns, request: gr.Request, event: gr.EventData) -> str:
        """Writes down what is said of an answer."""
        language = language_of(request)
        try:
            answer = current(self.book, turns, language).answer(int(event.turn))
            if answer is None:
                return ""
            note = str(event.note or "")
            self.book.history.judge(turns.conversation, int(event.turn), answer, event.verdict, note).result()
        except Exception as problem:
            return frame.trouble(sentence_for(problem, language), language)
        return keeping.said(WORDS[language].thanks, language)

    def _lists(self, search: str, language: Interface) -> tuple[str, str]:
        try:
            found = self.book.history.conversations(search)
            said = history.complaints(self.book.history.complaints(), language)
        except Exception as problem:
            return frame.trouble(sentence_for(problem, language), language), ""
        trouble = "" if self.book.history.writable else self._why_not(language)
        return history.history(found, search, language, trouble=trouble), said

    def _why_not(self, language: Interface) -> str:
        owner = owner_of(self.index) or "?"
        return WORDS[language].not_kept_here.format(owner=owner)


def current(book: Minutebook, turns: Turns, language: Interface) -> Turns:
    """The conversation as it may be shown now: an answer is withheld once a record it drew on may not be seen."""
    generation = book.generation
    if turns.checked == generation:
        return turns
    shown = zip(turns.answers, book.history.shown(turns.answers), strict=True)
    answers = tuple(now or history.withheld(then.question.text, language) for then, now in shown)
    return replace(turns, answers=answers, checked=generation)


def reopen(book: Minutebook, conversation: str, language: Interface) -> Turns:
    """A kept conversation, to be shown and gone on with."""
    return history.reopened(conversation, book.history.open(conversation), language)


async def keep(book: History, turns: Turns, language: Interface) -> str:
    """Keeps the last answer of a conversation; a sentence when it could not be, if that is known soon."""
    if not book.writable or not turns.answers:
        return ""
    writing = asyncio.wrap_future(book.keep(turns.conversation, turns.next - 1, turns.answers[-1]))
    writing.add_done_callback(_note_failure)
    done, _ = await asyncio.wait({writing}, timeout=_PATIENCE)
    problem = writing.exception() if done else None
    if isinstance(problem, Exception):
        return WORDS[language].not_kept.format(reason=sentence_for(problem, language))
    return ""


def _note_failure(writing: "asyncio.Future[int]") -> None:
    """Leaves a word in the log, for a failure that comes too late to be told."""
    if not writing.cancelled() and (problem := writing.exception()):
        log.warning("an answer was not kept: %s", problem)
