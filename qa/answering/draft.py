"""What an answerer hands on: what an answer is to say and on which ranges it stands, before it is worded and cited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answers import Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.ranges import Part
from qa.supersession import NO_CHANGES, Changes


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to be.

    parts     each a lead of our own, '' for none, with the ranges under it; a lead states nothing that they do not show
    changes   which decisions later ones changed, to be told beside those that are cited
    complete  a counted list of the register, or a recorded vote: all there is, of which nobody may leave out some
    ranked    the meetings in the order of `parts` in place of the newest first: the first is the best evidence
    """

    parts: Sequence[Part]
    changes: Changes = NO_CHANGES
    complete: bool = False
    ranked: bool = False


Answerer = Callable[[Session, Question, Evidence], Draft | None]
"""Answers questions of one kind; None for any other, and where its fields or passages give no answer.

It never abstains: what it cannot answer goes on to those after it, and only the end of the table decides that
something comes nearest or that nothing does.
"""
