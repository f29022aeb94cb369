"""What a conversation remembers, and the clues by which a question shows that it goes on from before.

`qa.english_followups` and `qa.chinese_followups` find the clues in a question's own words; `qa.followups`
resolves them against the turns before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.answers import Answer, Intent, MeetingRef, Question

# A word that stands for the topic of before while a question is read. It is nobody's name and no word of a frame.
STAND_IN = {"en": "Qzxjv", "zh": "龘龘"}


class Unit(StrEnum):
    """What a time is counted in; SAME is the same stretch of another year, AFTER and BEFORE leave a side open."""

    MEETING = "meeting"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    SAME = "same"
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as understood, and the meetings and places its answer cited, in the order cited."""

    question: Question
    cited: tuple[MeetingRef, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> "Turn":
        """What is remembered of an answer: how its question was understood and what it cited, no text."""
        found = dict.fromkeys(citation.record for citation in answer.citations)
        places = ((citation.record.record_id, citation.start, citation.end) for citation in answer.citations)
        return cls(answer.question, tuple(found), tuple(places))


class Refers(StrEnum):
    """What words of a question refer back to."""

    TOPIC = "topic"
    PERSON = "person"
    MEETING = "meeting"
    GROUP = "group"  # "they" who decide: whoever met


@dataclass(frozen=True, slots=True)
class Shift:
    """A time counted from the one asked about before: `steps` units on, 0 for the unit it lies in."""

    unit: Unit
    steps: int = 0
    words: str = ""  # as asked


@dataclass(frozen=True, slots=True)
class Clues:
    """How a question goes on from before.

    rest      its own words, to be read: openers and words for times are cut, STAND_IN is where it refers to the topic
    offsets   where each character of `rest` stands in the question
    opened    it begins as the continuation of something: "and ...", "what about ...", 「那…呢」
    fragment  it leaves out the asking words: "gas safety?", "in 2023?"
    asked     it ends as a question does
    refers    what its pronouns and their like refer to
    shift     a time it counts from the one before
    additive  "else", "also", 「还」: beside what was asked before
    more      it only asks for more: "anything else?"
    intent    the kind of answer wanted, where its words say so though they make no whole question
    session   the number of a meeting without a word for one: "and the 13th?"
    """

    rest: str
    offsets: tuple[int, ...]
    opened: bool = False
    fragment: bool = False
    asked: bool = False
    refers: frozenset[Refers] = frozenset()
    shift: Shift | None = None
    additive: bool = False
    more: bool = False
    intent: Intent | None = None
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question while they are cut and replaced: `text`, and where each character came from."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str, offsets: Sequence[int]) -> "Words":
        return cls(text, tuple(offsets))

    def replace(self, start: int, end: int, new: str) -> "Words":
        """With `text[start:end]` replaced; new characters stand where the old ones stood."""
        place = (
            self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] if self.offsets else 0)
        )
        offsets = (*self.offsets[:start], *(place for _ in new), *self.offsets[end:])
        return Words(self.text[:start] + new + self.text[end:], offsets)

    def cut(self, start: int, end: int) -> "Words":
        """Without `text[start:end]`, and without the white space that would then stand at an edge or double."""
        left, right = self.text[:start], self.text[end:]
        if (not left or left.endswith(" ")) and right.startswith(" "):
            end += 1
        return self.replace(start, end, "")

    def stripped(self, edge: str) -> "Words":
        """Without the characters of `edge` at both ends."""
        lead = len(self.text) - len(self.text.lstrip(edge))
        body = self.text.strip(edge)
        return Words(body, self.offsets[lead : lead + len(body)])
