"""A conversation with a book of minutes: each question is understood after the ones before it.

    chat = book.conversation()
    chat.ask("What did the council decide on parking in 2023?")
    answer = chat.ask("and gas safety?")
    answer.question.topic, answer.question.taken      # 'gas safety', ('when', 'intent')

What is remembered of a turn is how its question was understood and which meetings its answer cited, never text.
Nothing in it gives access to anything: every question is asked of the book, within what its asker may read.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from qa.answers import Answer, Question
from qa.calendar import Calendar
from qa.followups import understand
from qa.greetings import greeting
from qa.question import read_question
from qa.turns import Turn

if TYPE_CHECKING:
    from qa.engine import Minutebook
    from qa.filters import Filters

REMEMBERED = 8  # turns
MOST_REWRITTEN = (
    1_000  # characters of a follow-up question that is written out in full, and of what is written
)

Rewrite = Callable[[Sequence[Turn], Question, float], str | None]


class Conversation:
    """Questions to a book in order; keeps the last `REMEMBERED` turns. One asker, one question at a time."""

    def __init__(
        self, book: "Minutebook", answers: Sequence[Answer] = (), *, rewrite: Rewrite | None = None
    ) -> None:
        """Goes on from `answers`, oldest first.

        rewrite  writes a follow-up question out in full, given the turns before, how the rules understand it, and
                 when it was asked (time.monotonic()); None from it, or an empty or overlong text, leaves it at the
                 rules. It is only called for a follow-up.
                 Without it the book's language model writes, where there is one; what it writes must ask the same.
        """
        self.book = book
        self.turns = tuple(Turn.of(answer) for answer in answers if not greeting(answer.question))[
            -REMEMBERED:
        ]
        self._rewrite = rewrite or book.rewriter

    def ask(self, text: str, **filters: Unpack["Filters"]) -> Answer:
        """The cited answer to a question that may go on from the ones before. Raises QuestionError like the book."""
        reader = self._reader(text)
        reader.prepare(self.book)
        answer = self.book.answer(text, reader, begun=reader.begun, **filters)
        self._remember(answer)
        return answer

    def stream(self, text: str, **filters: Unpack["Filters"]) -> Iterator[Answer]:
        """The answer as it grows; it is remembered once it is complete. Raises QuestionError at once."""
        reader = self._reader(text)
        return self._remembering(reader, self.book.answering(text, reader, begun=reader.begun, **filters))

    def _remembering(self, reader: "_Reader", growing: Iterator[Answer]) -> Iterator[Answer]:
        reader.prepare(self.book)
        answer = None
        for answer in growing:
            yield answer
        if answer is not None:
            self._remember(answer)

    def _remember(self, answer: Answer) -> None:
        if not greeting(answer.question):  # "thanks": what comes next goes on from before it
            self.turns = (*self.turns, Turn.of(answer))[-REMEMBERED:]

    def _reader(self, text: str) -> "_Reader":
        """How `text` is understood after the turns so far, whatever is asked meanwhile."""
        return _Reader(self.turns, text, self._rewrite)


class _Reader:
    """Reads one question after the turns before it: by the rules, or as it was written out in full.

    begun  time.monotonic() when it was asked, from which a model's time counts
    """

    def __init__(self, turns: Sequence[Turn], text: str, rewrite: Rewrite | None) -> None:
        self.turns, self.text, self.begun = turns, text, time.monotonic()
        self._rewrite = rewrite
        self._full = ""

    def prepare(self, book: "Minutebook") -> None:
        """Has a follow-up question written out, before anything of the index is held open for the answer."""
        if self._rewrite is None or len(self.text) > MOST_REWRITTEN:
            return
        question = book.understood(self)
        found = self._rewrite(self.turns, question, self.begun) if question.taken else None
        if found and len(found) <= MOST_REWRITTEN:
            self._full = found.strip()

    def __call__(self, calendar: Calendar) -> Question:
        question = (
            _in_full(self._full, self.text, calendar)
            if self._full
            else understand(self.turns, self.text, calendar)
        )
        return replace(question, records=self.turns[-1].question.records) if self.turns else question


def _in_full(full: str, text: str, calendar: Calendar) -> Question:
    """The question a model wrote out, read as any other; what was typed stays its text."""
    question = read_question(full, calendar)
    when = tuple(replace(period, start=0, end=0) for period in question.when)
    return replace(question, text=text, full=full, when=when, taken=("rewritten",))
