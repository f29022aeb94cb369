"""The vote a record reports, in one line: how many, and who, stood for, against and aside.

A record counts a vote in one sentence and lists the names below it, or says both at once. What it reports of one vote
is taken together here; nothing is added but the count of the names it lists.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.records import Decision, Span, Tally
from ingest.register.votes import absent, is_roll, sides_apart, together
from qa.answers import Question
from qa.signs import named_in
from qa.vote_phrases import Side, away_from_vote, side_of_vote
from qa.voting import asked_of_vote

_OF_PROCEDURE = re.compile(
    r"\b(?:to|be) (?:defer|adjourn|table|postpone|suspend|close the debate)(?:red|ed|d)?\b|提请缓议|休会|暂缓表决",
    re.IGNORECASE,
)
_AGAINST_THE_MATTER = re.compile(  # who is against such a motion is for the matter
    r"\b(?:motion|moved)\b[^.;]{0,80}?\bto (?P<verb>withdraw|rescind|repeal|revoke|deny|reject|refuse|cancel|abandon"
    r"|scrap|oppose)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote as a record reports it.

    entries  of the decision register, in order, nothing but white space between them
    tally    what they say together
    """

    entries: tuple[Decision, ...]
    tally: Tally

    @property
    def shown(self) -> Decision:
        """The entry that says what was voted on."""
        return self.entries[0]

    @property
    def places(self) -> list[Span]:
        """Every other place the vote rests on, in order: the roll, the result."""
        every = [span for entry in self.entries for span in (entry.spans or (entry,))]
        own = (self.shown.start, self.shown.end)
        return [span for span in every if (span.start, span.end) != own]


def ballots(entries: Iterable[Decision], text: str) -> list[Ballot]:
    """The votes among the entries of one record, in order; what stands together and agrees is one vote."""
    found: list[Ballot] = []
    for entry in sorted(entries, key=lambda e: e.start):
        if entry.tally is None:
            continue
        last = found[-1] if found else None
        one_vote = together(last.tally, entry.tally) if last else None
        if last and one_vote and not text[_end(last.entries[-1]) : entry.start].strip():
            found[-1] = Ballot((*last.entries, entry), one_vote)
        else:
            found.append(Ballot((entry,), entry.tally))
    return found


def _end(entry: Decision) -> int:
    return max(span.end for span in (entry, *entry.spans))


def procedural(ballot: Ballot, text: str, question: Question) -> bool:
    """Whether the vote was only on when to go on with a matter, or on giving it up, which was not what is asked."""
    words = " ".join(span.of(text) for span in _places(ballot) if not is_roll(span.of(text)))
    contrary = _AGAINST_THE_MATTER.search(words)
    if contrary and contrary["verb"][:5].lower() not in question.text.lower():
        return True
    return bool(_OF_PROCEDURE.search(words)) and not _OF_PROCEDURE.search(f"to {question.text}")


def of_asked_side(votes: Sequence[Ballot], question: Question) -> list[Ballot]:
    """Of several votes those that had somebody on the side a question asks for; all of them if none had, or none is."""
    asked = asked_of_vote(question.text).sides
    return [vote for vote in votes if any(any(_sides(vote.tally)[side]) for side in asked[:1])] or list(votes)


def _sides(tally: Tally) -> dict[Side, tuple[int | None, tuple[str, ...]]]:
    """How many, and who, by side."""
    return {
        "in_favour": (tally.in_favour, tally.names_in_favour),
        "against": (tally.against, tally.names_against),
        "aside": (tally.abstained, tally.names_abstained),
    }


def away_from(ballot: Ballot, text: str) -> tuple[str, ...]:
    """Who was not there for the vote, where its roll says so."""
    return next((away for span in _places(ballot) if (away := absent(sides_apart(span.of(text))))), ())


def _places(ballot: Ballot) -> list[Span]:
    return [ballot.shown, *ballot.places]


def ballot_line(tally: Tally, question: Question, away: Sequence[str] = ()) -> str:
    """The vote in a line, what is asked for first: the side asked for, or that of the person asked about.

    Of a side that is asked for it is also said that the record does not count it, or does not give the names.
    """
    sides, asked, language = _sides(tally), asked_of_vote(question.text), question.language
    wanted: list[Side] = [side for side in sides if _holds(sides[side][1], question.speakers)] or [
        side for side in sides if side in asked.sides
    ]
    wanted.sort(key=lambda side: asked.parts.index(side) if side in asked.parts else 0)
    told = [away_from_vote(away, language)] if "absent" in asked.parts else []
    for side in dict.fromkeys((*wanted, *sides)):
        count, names = sides[side]
        if names and count is not None and count != len(names):
            continue  # the quote alone tells: one of the two was read wrongly
        told.append(side_of_vote(side, count, names, language, asked=side in wanted, who=asked.names))
    if not any(told):
        return ""
    line = ("；" if language == "zh" else "; ").join(part for part in told if part)
    return f"{line[:1].upper()}{line[1:]}{'。' if language == 'zh' else '.'}"


def _holds(names: Sequence[str], speakers: Sequence[str]) -> bool:
    return any(named_in(name, speaker) for name in names for speaker in speakers)
