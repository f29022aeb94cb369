"""Questions for all that came out one way: "What was deferred?", "what is still open?", 「哪些申请没有获得批准？」.

The outcome is told by its word, whatever its form and place. Where the topic says nothing but that word and "requests"
or 「事项」, every matter is asked for, and the register answers with all of its entries of those kinds: the same that
`decisions` lists.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.records import DecisionKind as Kind
from qa.answers import Intent, Question

OutcomeName = Literal["undecided", "rejected", "withdrawn", "deferred", "approved", "agreed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way to come out: the kinds of the register that say so, and the words that ask for it.

    common  words so common that they ask for the outcome only where nothing else is said; else they are a topic's
    """

    name: OutcomeName
    kinds: tuple[Kind, ...]
    english: str
    chinese: str
    common: bool = False

    @property
    def words(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.english})\b|{self.chinese}", re.IGNORECASE)


_NOT = r"(?:not|never|n[o']t|without|isn't|wasn't|weren't|hasn't|haven't|aren't|didn't)"
_OUTCOMES = (
    Outcome(
        "undecided",
        (Kind.DEFERRED, Kind.UNDECIDED),
        rf"undecided|unresolved|unsettled|(?:still |left |yet |remain(?:s|ed|ing)? )+(?:open|pending|outstanding"
        rf"|to be (?:decided|settled|resolved))|{_NOT}(?: yet| been| being| get)* (?:decided?|settled?|resolved?)"
        r"|(?:no|without(?: a)?) (?:final )?(?:decision|conclusion)|up in the air|yet to be (?:decided|settled"
        r"|resolved)|pending"
        r"|open (?:questions?|matters?|issues?|items?|points?)",
        r"(?:还|尚|仍|暂)?(?:没有?|未)(?:有|能)?(?:最终)?(?:决定|定下来|敲定|定论|定案|确定|结论|解决|定)(?:下来)?"
        r"|悬而未决|未决|待定|待决|悬着",
    ),
    Outcome(
        "rejected",
        (Kind.REJECTED,),
        r"reject(?:s|ed|ing)?|refus(?:e|es|ed|ing)|turn(?:s|ed|ing)? down|declin(?:e|es|ed|ing)|den(?:y|ies|ied|ying)"
        rf"|vot(?:e|es|ed|ing) down|defeat(?:ed)?|fail(?:s|ed)?|{_NOT}(?: been| get)? (?:approved?|granted"
        rf"|adopted|accepted|passed)|lost",
        r"被?(?:否决|驳回|拒绝|否定)|不(?:予)?(?:同意|批准)|(?:没有?|未)能?(?:获得?|得到|予以?|被)?(?:批准|通过|同意)",
    ),
    Outcome(
        "withdrawn",
        (Kind.WITHDRAWN,),
        r"withdr(?:aw|aws|awn|ew|awing)|taken back|retracted",
        r"被?(?:撤回|收回|撤销申请)",
    ),
    Outcome(
        "deferred",
        (Kind.DEFERRED,),
        r"defer(?:s|red|ring|rals?)?|postpon(?:e|es|ed|ing|ements?)|put(?:s|ting)? (?:off|back|on hold)"
        r"|push(?:ed|es|ing)? back|shelv(?:e|es|ed|ing)|tabled|held over|laid over|adjourned|delay(?:s|ed|ing)?"
        r"|rescheduled|moved to (?:a )?later(?: dates?| days?| meetings?)?|carried over|on hold",
        r"被?(?:推迟|暂缓|延期|缓议|搁置|延后|推后|顺延|改期)",
    ),
    Outcome(
        "approved",
        (Kind.APPROVED, Kind.AGREED),
        r"approv(?:e|es|ed|ing|als?)|adopt(?:s|ed|ing)?|pass(?:ed|es)|accepted|granted|carried|ratified|endorsed"
        r"|given the green light",
        r"被?(?:批准|(?:审议)?通过|获批|采纳|审定)",
        common=True,
    ),
    Outcome(
        "agreed",
        (Kind.AGREED, Kind.APPROVED, Kind.DECIDED),
        r"agree(?:s|d|ing)?(?: (?:on|to|upon))?",
        r"(?:原则)?(?:同意|商定|议定)",
        common=True,
    ),
)
_WORDS = {outcome.name: outcome.words for outcome in _OUTCOMES}
_MATTERS = (
    r"things?|stuff|matters?|items?|requests?|applications?|proposals?|motions?|decisions?|issues?|points?|topics?"
    r"|subjects?|projects?|plans?|petitions?|questions?|business|agenda|resolutions?|measures?"
)
_ANY_MATTER = re.compile(
    r"(?:\b(?:what(?:'s|’s)?|which|all|every|any|the|of|these|those|that|and|or|so far|yet|ever|still|now|currently|is"
    r"|was|were|are|has|have|had|been|being|got|get|gets|be|by|did|do|does|there|list|show|name|tell|give|find|me|us|we"
    r"|they|you|a|an|about|with|up|in|it|to|us|everything|anything|something|nothing|whole|full|complete|overview|summary"
    r"|please|else|ones?|left|remains?|council|board|committee|meetings?|records?|minutes|councillors|members|from|at"
    rf"|{_MATTERS})\b|[\s,'’?!.:]"
    r"|列出|列举|说说|告诉我|所有|全部|一切|哪些|哪[几一]?[项个件]|什么|啥|有没有?|没?有过?|会议|理事会|议会|委员会|市政府|还|仍|被|了|过|的|已经?|都|曾经?|或者?|和|以及|是|在"
    r"|得到|获得|予以|中|里|吗|呢"
    r"|事情|事项|议题|申请|提案|议案|项目|请求|方案|问题|决定|事|东西|内容)*",
    re.IGNORECASE,
)


def outcome_asked(question: Question) -> Outcome | None:
    """The outcome of which a question wants every case; None where it asks for something else."""
    outcome = _outcome_in(question.text) if question.intent is Intent.DECISION else None
    return None if outcome is None or (outcome.common and question.topic) else outcome


def of_outcome(question: Question) -> Question:
    """The question as one for every matter of an outcome, where its topic names no matter; else as it is.

    >>> read = of_outcome(Question("Which requests were rejected?", topic="requests were rejected"))
    >>> read.intent.value, read.topic
    ('decision', '')
    """
    outcome = _outcome_in(question.text)
    if outcome is None or question.speakers or question.intent in (Intent.VOTE, Intent.WHO, Intent.WHEN):
        return question
    if not _ANY_MATTER.fullmatch(_WORDS[outcome.name].sub(" ", question.topic)):
        return question
    return replace(question, intent=Intent.DECISION, topic="")


def _outcome_in(text: str) -> Outcome | None:
    return next((outcome for outcome in _OUTCOMES if _WORDS[outcome.name].search(text)), None)
