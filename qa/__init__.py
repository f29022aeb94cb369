"""Question answering over meeting records: `from qa import Minutebook`."""

from qa.answers import Answer, Citation, Claim, Group, Hit, Intent, MeetingRef, Question
from qa.engine import Minutebook
from qa.register import Entries, Entry

__all__ = [
    "Answer",
    "Citation",
    "Claim",
    "Entries",
    "Entry",
    "Group",
    "Hit",
    "Intent",
    "MeetingRef",
    "Minutebook",
    "Question",
]
