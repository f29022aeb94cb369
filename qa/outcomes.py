"""Questions for all that came out one way: "What was deferred in 2024?", 「哪些申请没有获得批准？」.

The outcome is told by its word. Where the topic says nothing but that word and "requests" or 「事项」, every matter is
asked for, and the register answers with all of its entries of that kind.
"""

import re
from dataclasses import replace

from ingest.records import DecisionKind
from qa.answers import Intent, Question

_WORDS = {
    DecisionKind.DEFERRED: (
        r"\b(?:defer(?:red|s)?|postponed?|put off|shelved?|tabled|held over|adjourned)\b",
        r"被?(?:推迟|暂缓|延期|缓议|搁置|延后|推后)",
    ),
    DecisionKind.REJECTED: (
        r"\b(?:reject(?:ed|s)?|refused?|turned? down|declined?|denied|voted? down|defeated|failed|not approved)\b",
        r"被?(?:否决|驳回|拒绝)|不(?:予)?(?:同意|批准)|(?:没有?|未)能?(?:获得?|得到|予以?|被)?(?:批准|通过|同意)",
    ),
}
_OUTCOMES = {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in _WORDS.items()}
_ANY_MATTER = re.compile(
    r"(?:\b(?:what|which|all|every|any|the|of|these|those|that|and|or|so far|yet|ever|is|was|were|are|has|have|had|been"
    r"|got|be|by|did|list|show|name|me|us|everything|anything|something|things?|matters?|items?|requests?|applications?"
    r"|proposals?|motions?|decisions?|issues?|points?|topics?|subjects?|projects?|plans?|petitions?)\b|[\s,]"
    r"|列出|所有|全部|哪些|哪[几一]?[项个件]|什么|没?有过?|会议|被|还|了|过|的|已经?|都|曾经?|或者?|和|以及"
    r"|事情|事项|议题|申请|提案|议案|项目|请求|方案|事|东西)*",
    re.IGNORECASE,
)


def outcome_asked(question: Question) -> DecisionKind | None:
    """The outcome of which a question wants every case; None where it asks for something else."""
    if question.intent is not Intent.DECISION:
        return None
    return _outcome_in(question.text)


def of_outcome(question: Question) -> Question:
    """The question as one for every matter of an outcome, where its topic names no matter; else as it is.

    >>> read = of_outcome(Question("Which requests were rejected?", topic="requests were rejected"))
    >>> read.intent.value, read.topic
    ('decision', '')
    """
    kind = _outcome_in(question.text)
    open_to_all = kind is not None and _ANY_MATTER.fullmatch(_OUTCOMES[kind].sub(" ", question.topic))
    if not open_to_all or question.speakers or question.intent in (Intent.VOTE, Intent.WHO):
        return question
    return replace(question, intent=Intent.DECISION, topic="")


def _outcome_in(text: str) -> DecisionKind | None:
    return next((kind for kind, pattern in _OUTCOMES.items() if pattern.search(text)), None)
