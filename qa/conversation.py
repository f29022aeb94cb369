"""A conversation with a book of minutes: each question is understood after the ones before it.

    chat = book.conversation()
    chat.ask("What did the council decide on parking in 2023?")
    answer = chat.ask("and gas safety?")
    answer.question.topic, answer.question.taken      # 'gas safety', ('when', 'intent')

What is remembered of a turn is how its question was understood and which meetings its answer cited, never text.
Nothing in it gives access to anything: every question is asked of the book, within what its asker may read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from qa.answers import Answer, Question
from qa.calendar import Calendar
from qa.followups import understand
from qa.question import read_question
from qa.turns import Turn

if TYPE_CHECKING:
    from qa.engine import Minutebook
    from qa.filters import Filters

REMEMBERED = 8  # turns
MOST_REWRITTEN = 1_000  # characters of a follow-up question that a model writes out in full

Rewrite = Callable[[Sequence[Turn], str], str | None]


class Conversation:
    """Questions to a book in order; keeps the last `REMEMBERED` turns. One asker, one question at a time."""

    def __init__(
        self, book: "Minutebook", answers: Sequence[Answer] = (), *, rewrite: Rewrite | None = None
    ) -> None:
        """Goes on from `answers`, oldest first.

        rewrite  writes a follow-up question out in full, given the turns before and its text; None from it, or
                 an empty or overlong text, leaves the rules to read it. It is only called for a follow-up.
        """
        self.book = book
        self.turns = tuple(Turn.of(answer) for answer in answers[-REMEMBERED:])
        self._rewrite = rewrite

    def ask(self, text: str, **filters: Unpack["Filters"]) -> Answer:
        """The cited answer to a question that may go on from the ones before. Raises QuestionError like the book."""
        answer = self.book.answer(text, self._reader(text), **filters)
        self._remember(answer)
        return answer

    def stream(self, text: str, **filters: Unpack["Filters"]) -> Iterator[Answer]:
        """The answer as it grows; it is remembered once it is complete. Raises QuestionError at once."""
        return self._remembering(self.book.answering(text, self._reader(text), **filters))

    def _remembering(self, growing: Iterator[Answer]) -> Iterator[Answer]:
        answer = None
        for answer in growing:
            yield answer
        if answer is not None:
            self._remember(answer)

    def _remember(self, answer: Answer) -> None:
        self.turns = (*self.turns, Turn.of(answer))[-REMEMBERED:]

    def _reader(self, text: str) -> Callable[[Calendar], Question]:
        """How `text` is understood after the turns so far, whatever is asked meanwhile."""
        turns, written = self.turns, _Once(self._rewrite)

        def read(calendar: Calendar) -> Question:
            question = understand(turns, text, calendar)
            if turns:
                question = replace(question, records=turns[-1].question.records)
            full = written(turns, text) if question.taken else None
            return _in_full(full, text, calendar) if full else question

        return read


class _Once:
    """Calls a rewriter at most once: a question that streams is read twice."""

    def __init__(self, rewrite: Rewrite | None) -> None:
        self._rewrite = rewrite
        self._written: str | None = None

    def __call__(self, turns: Sequence[Turn], text: str) -> str | None:
        if self._rewrite is not None:
            found = self._rewrite(turns, text)
            self._written = found.strip() if found and len(found) <= MOST_REWRITTEN else None
            self._rewrite = None
        return self._written or None


def _in_full(full: str, text: str, calendar: Calendar) -> Question:
    """The question a model wrote out, read as any other; what was typed stays its text."""
    question = read_question(full, calendar)
    when = tuple(replace(period, start=0, end=0) for period in question.when)
    return replace(question, text=text, when=when, taken=("rewritten",))
