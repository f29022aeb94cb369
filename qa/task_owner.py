"""Questions for the tasks of somebody: "What is the clerk supposed to do about the website?", 「财政局要做什么？」."""

import re
from collections.abc import Sequence

from ingest.records import DecisionKind
from qa.register import Entry

_OWNERS_TASKS = re.compile(
    r"^\W*what (?:must|should|shall|will|does|do|did|is|are|was|were|has|have)\s+(?:the |our )?"
    r"(?P<who>[\w.'’ -]{2,40}?)\s+(?:(?:still|yet|now)\s+)?"
    r"(?:(?:have|need|needs|had|got|supposed|asked|expected|meant|due|required)\s+)?(?:to\s+)?do\b(?P<topic>.*)$"
    r"|^\W*(?:what|which|list|show(?: me)?)(?: (?:are|were|all|is|of))*\s+(?P<whose>[\w.'’ -]{2,40}?)['’]s? "
    r"(?:(?:open|new|current) )?(?:action(?: item| point)?s?|tasks?|to-?dos?|assignments?)\b"
    r"|^(?P<who_>[\u3400-\u9fff]{2,12}?)(?:要|需要|应当?|必须|负责)(?:做|落实|完成|办)?(?:什么|哪些)",
    re.IGNORECASE,
)
_BY_DUTY = re.compile(
    r"\b(?:must|should|shall|have to|need|supposed|asked|expected|meant|required|due)\b|要|需|应|必须|负责"
)


def owner_asked(text: str) -> tuple[str, str] | None:
    """Whose tasks a question wants, and on what; None where it wants nobody's.

    >>> owner_asked("What is the clerk supposed to do about the website?"), owner_asked("What did the clerk do?")
    (('clerk', 'about the website'), None)
    """
    found = _OWNERS_TASKS.search(text)
    if found is None or not (found["whose"] or _BY_DUTY.search(text)):
        return None
    who = found["who"] or found["who_"] or found["whose"]
    return who, (found["topic"] or "").strip(" ?？.!")


def of_owner(entries: Sequence[Entry], who: str) -> tuple[Entry, ...]:
    """The tasks among entries that are given to somebody, by the last word of how the question names them."""
    last = who.split()[-1].casefold() if who.split() else who
    return tuple(one for one in entries if _given_to(one, last))


def _given_to(entry: Entry, who: str) -> bool:
    tasked = entry.kind is DecisionKind.ASSIGNED or entry.due is not None
    owner = (entry.owner or "").casefold()
    if not owner and entry.kind is DecisionKind.ASSIGNED:
        owner = re.sub(r"\s+to\s.*", "", entry.quote.casefold(), flags=re.DOTALL)[:80]
    return tasked and re.search(rf"(?<![a-z]){re.escape(who)}(?![a-z])", owner) is not None
