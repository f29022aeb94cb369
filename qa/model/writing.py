"""A question to a language model from first to last: it reads the evidence and writes; what holds is the answer.

The extractive answer comes first and is on the page at once. The model sees numbered pieces of evidence and names one
for each sentence; `qa.lock` then finds the exact words each sentence stands on, or the sentence is left out. It may
answer where the extractive answer does not, say that nothing answers, and ask once for a search with other words. When
it fails in any way, or nothing it writes holds, the extractive answer stands, with a notice.
"""

import logging
import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.records import Language
from ingest.words import language_of
from qa import notices
from qa.answers import Answer, Question
from qa.calendar import Calendar
from qa.lock import NumberedPassage
from qa.model.cited_text import cited_sentences
from qa.model.clients import SECONDS, Trouble, name_of, told, trouble_of
from qa.model.fields import Fields, parsed, reading_task
from qa.model.patience import Late, within
from qa.model.prompt import COPYING, MAY_SEARCH, NOTHING, RULES, SEARCH, rewriting_task, task, tokens
from qa.model.prose import Prose, with_notice
from qa.model.rewriting import asks_the_same
from qa.turns import Turn

if TYPE_CHECKING:
    from qa.model.clients import LLM

TOKENS = 8_000  # of a prompt; a model that takes in less is sent the better half
LONGEST_QUESTION = 400  # characters of a question that a model writes out
LONGEST_SEARCH = 120  # characters of the words that it has the records searched for
LONGEST_FIELDS = 2_000  # characters of a question as it reads it
AS_EVIDENCE = 0.02  # share of the room that the question and what stands between pieces may take besides
READING = 0.25  # share of the time for an answer that reading a question, or writing it out, may take
REPEATED = 3  # sentences said again after which a model is no longer listened to
FEW = 6  # pieces that a model sees which is asked again

Search = Callable[[str], Sequence[NumberedPassage]]
"""Finds pieces of evidence by other words, within what the asker may see and the filters that were set."""

_NOTHING = re.compile(rf"\W*{NOTHING}\W*")
_SEARCH = re.compile(rf"^[\W_]*{re.escape(SEARCH)}(?P<words>.+)$", re.MULTILINE)

log = logging.getLogger("minutebook.llm")


class _Failed(Exception):
    """The model gave no answer; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model that may read and write, and how long it may take for each question.

    seconds  for everything a question asks of it, from the first word sent to the last one read
    tokens   that a prompt may have, all told
    """

    model: "LLM"
    seconds: float = SECONDS
    tokens: int = TOKENS

    def room(self, question: Question) -> int:
        """How many tokens of a prompt there are for evidence."""
        besides = tokens(RULES + MAY_SEARCH) + 2 * tokens(question.full or question.text)
        return max(0, int(self.tokens * (1 - AS_EVIDENCE)) - besides)

    def answers(
        self,
        draft: Answer,
        passages: Sequence[NumberedPassage],
        begun: float | None = None,
        search: Search | None = None,
    ) -> Iterator[Answer]:
        """The answer in the model's words as it grows, checked sentence by sentence; the last one is complete.

        draft     the extractive answer, which is given when the model fails or nothing it writes holds
        passages  best first
        begun     time.monotonic() when the model was first asked for this question; None for now
        search    None where no other search is possible
        """
        until = (begun if begun is not None else time.monotonic()) + self.seconds
        prose = self._prose(draft, passages)
        try:
            said = yield from self._written(prose, RULES + MAY_SEARCH * bool(search), passages, until)
            if search and not prose.holds and (words := _searched_for(said)):
                found = search(words)
                prose = self._prose(draft, found or passages, words)
                said = (yield from self._written(prose, RULES, found, until)) if found else NOTHING
            elif not prose.holds and not _declines(said) and not draft.abstained:
                few = passages[:FEW]
                prose = self._prose(draft, few)
                yield from self._written(prose, COPYING, few, until)
        except _Failed as failed:
            yield with_notice(
                draft, notices.model_failed(failed.trouble, self.seconds, draft.question.language)
            )
            return
        yield prose.finished(declined=_declines(said))

    def _prose(self, draft: Answer, passages: Sequence[NumberedPassage], searched: str = "") -> Prose:
        return Prose(draft, {one.number: one for one in passages}, name_of(self.model), searched)

    def _written(
        self, prose: Prose, rules: str, passages: Sequence[NumberedPassage], until: float
    ) -> Generator[Answer, None, str]:
        """Adds what the model writes to the prose; the answer each time it grows, and in the end all that was written.

        A prompt that is longer than the model takes in is sent again with the better half of the evidence.
        """
        said: list[str] = []
        while True:
            try:
                yield from self._grown(prose, self._text(rules, _task(prose, passages), until), said)
                return "".join(said)
            except _Failed as failed:
                if failed.trouble != "long" or len(passages) < 2:
                    raise
                passages = passages[: len(passages) // 2]

    def _grown(self, prose: Prose, pieces: Iterator[str], said: list[str]) -> Iterator[Answer]:
        for sentence, numbers in cited_sentences(_kept(pieces, said)):
            if prose.add(sentence, numbers):
                yield prose.answer()
            if prose.repeated >= REPEATED:
                return  # small models go round in circles

    def read(self, question: Question, calendar: Calendar, begun: float) -> Fields | None:
        """What the model reads in a question, as JSON or else in lines; None where it is no use or comes too late."""
        until = min(time.monotonic() + self.seconds * READING, begun + self.seconds)
        for as_lines in (False, True):
            rules, asked = reading_task(question, calendar, as_lines=as_lines)
            try:
                said = "".join(self._text(rules, asked, until, most=LONGEST_FIELDS))
            except _Failed:
                return None
            if (fields := parsed(said, as_lines=as_lines)) is not None:
                return fields
        return None

    def rewritten(self, turns: Sequence[Turn], question: Question, begun: float) -> str | None:
        """A follow-up question written out in full, or None where nothing comes in time or it asks something else.

        question  how the rules understand it, which is what the model's words are held against
        """
        rules, text = rewriting_task(turns, question.text)
        until = min(time.monotonic() + self.seconds * READING, begun + self.seconds)
        full = self._question(rules, text, question.language, until)
        return full if full and asks_the_same(full, question, turns) else None

    def _question(self, rules: str, asked: str, language: Language, until: float) -> str | None:
        """A question on one line in this language, or None when the model gives nothing that could be one."""
        try:
            said = "".join(self._text(rules, asked, until, most=2 * LONGEST_QUESTION)).strip()
        except _Failed:
            return None
        line = " ".join(said.strip("\"“”'").split())
        sound = 0 < len(line) <= LONGEST_QUESTION and "\n" not in said and language_of(line) == language
        return line if sound else None

    def _text(self, rules: str, asked: str, until: float, most: int = 20_000) -> Iterator[str]:
        """What the model writes, or _Failed; whatever its client raises means that it failed, and is logged by type."""
        pieces = within(until - time.monotonic(), lambda: told(self.model, rules, asked), most)
        try:
            yield from pieces
        except Late:
            log.warning("the model took longer than %g seconds", self.seconds)
            raise _Failed("late") from None
        except Exception as error:
            log.warning("the model failed: %s", type(error).__name__)
            raise _Failed(trouble_of(error)) from error


def _task(prose: Prose, passages: Sequence[NumberedPassage]) -> str:
    return task(prose.draft.question, passages)


def _kept(pieces: Iterator[str], said: list[str]) -> Iterator[str]:
    """The pieces as they come, each of them kept."""
    for piece in pieces:
        said.append(piece)
        yield piece


def _declines(said: str) -> bool:
    """Whether all that a model says is that the passages do not answer."""
    return _NOTHING.fullmatch(said) is not None or bool(_SEARCH.search(said))


def _searched_for(said: str) -> str:
    """The words that a model asks to be searched for; empty where it asks for none that could be."""
    found = _SEARCH.search(said)
    words = " ".join(found["words"].split()).strip("\"'“”.。 ") if found else ""
    return words if len(words) <= LONGEST_SEARCH else ""
