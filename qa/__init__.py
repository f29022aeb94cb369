"""Question answering over meeting records: `from qa import Minutebook`."""

from qa.answers import Answer, Citation, Claim, Group, Hit, Intent, MeetingRef, Question
from qa.conversation import Conversation
from qa.engine import Minutebook
from qa.register import Entries, Entry
from qa.timeline import Event, Timeline

__all__ = [
    "Answer",
    "Citation",
    "Claim",
    "Conversation",
    "Entries",
    "Entry",
    "Event",
    "Group",
    "Hit",
    "Intent",
    "MeetingRef",
    "Minutebook",
    "Question",
    "Timeline",
]
