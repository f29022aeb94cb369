"""Whether a sentence of English minutes says that this meeting did it: no plan, no report, no earlier act."""

import re

from ingest.register.rules import Rule

HEDGED = re.compile(
    r"^(?:it being (?:further )?noted|if|whether|when|once|unless|should|until|in case|assuming|suppose"
    r"|the (?:question|issue|purpose|option|proposal) (?:is|was|of|to)(?!.*\b(?:was"
    r"|were) (?:\w+ly )?(?:withdrawn|deferred"
    r"|postponed|put off|tabled|rejected|refused|denied|defeated|approved|adopted|accepted|carried)\b))\b"
    r"|\?\s*[\"”']?$",
    re.IGNORECASE,
)

# The clause before the match reports what somebody said: "The Clerk reported that the grant was approved."
_REPORTING = re.compile(
    r"\b(?:said|says|stated|reported|explained|advised|informed|commented|mentioned|recalled|reminded"
    r"|suggested"
    r"|asked (?:if|whether|why|how|what|when|about|that)|pointed out|indicated|announced|felt|believed?"
    r"|thought"
    r"|expected|hoped|argued|questioned|wondered|clarified|proposed(?! and| by|,)|enquired|inquired|claimed"
    r"|observed|remarked|described|told|answered|replied|responded|read|reviewed how|considered whether"
    r"|presented|anticipated|assumed|assuming)\b",
    re.IGNORECASE,
)
# The match hangs on a conjunction or is part of a relative clause.
_SUBORDINATE = re.compile(
    r"\b(?:if|when|once|unless|until|whether|before|after|since|as|that|which|who|what|because|how|why"
    r"|where|whom|than|while|although|though|provided|assuming|in case|should|were)"
    r"(?: (?:it|they|he|she|the|a|an|this|these|those|its|their|such|any|all|our|your|both|each)\b)?"
    r"(?: [\w'’-]+){0,3}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:if|when|once|unless|until|whether|before|after|since|as|that|which|who|whom|because|how|where"
    r"|than|had)(?: (?:it|they|the|this|these))?$|"
    r"^(?:if|when|once|unless|until|whether|before|after|since|as|because|while|although)\b",
    re.IGNORECASE,
)
_RESOLVED_THAT = re.compile(
    r"\b(?:(?:agreed|resolved|decided|noted|moved|ordered),? that|and that)(?: [\w'’-]+){0,4}$", re.IGNORECASE
)
# The body is not who acts: "in the report of the committee", "for this meeting".
_NO_SUBJECT = re.compile(
    r"\b(?<!members )(?<!majority )(?<!all )(?<!most )(?:for|at|in|of|to|by|from|with|during|between|about"
    r"|on|into) (?:(?:the|this|that|its|their|each|a|every|our|any) )?(?:[\w-]+ )?$",
    re.IGNORECASE,
)
_HELD_BEFORE = re.compile(
    r"\b(?:had|have been|has been|having|been|previously|already|earlier|recently|being|be|to be|to|would"
    r"|could|may|might|can|should|must|will|shall|ever|never|yet|not yet)$",
    re.IGNORECASE,
)
_EARLIER_AFTER = re.compile(
    r"^[^.;]{0,60}?\b(?:(?:at|during|in|from) (?:its|the|their|our|a|an) (?:last|previous|earlier|prior"
    r"|preceding)"
    r"|previously|in (?:19|20)\d\d|last (?:year|month|week|meeting|time)|earlier (?:this|in)|years? ago"
    r"|months? ago|weeks ago)\b",
    re.IGNORECASE,
)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_EARLIER_BEFORE = re.compile(
    r"\b(?:at|during|in|since) (?:its|their|our) (?:\S+ ){0,3}(?:meeting|session)s?\b"
    rf"|\b(?:at|during|in|since) (?:the|an?) (?:last|previous|prior|earlier|preceding"
    rf"|{_MONTH})\b(?: \S+){{0,4}} "
    r"(?:meeting|session)|\b(?:previously|earlier in the year|last (?:year|month|week|time|meeting))\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:minutes|notes|record|proceedings)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[;:]|, and |, but ")

_CERTAIN = frozenset(
    {"en.resolved", "en.carried-by", "en.motion-carried", "en.motion-failed", "en.motion-deferred"}
)
_OF_A_BODY = ("en.body", "en.did", "en.noted", "en.emph", "en.directe", "en.directi", "en.vote")
_PASSIVE = (
    "en.passive", "en.not-approved", "en.was-emphasised", "en.urged-to", "en.consensus", "en.withdrawn", "en.left-open",
    "en.put-to-later-day",
)  # fmt: skip


def happened(rule: Rule, sentence: str, match: re.Match[str]) -> bool:
    """Whether the match says what this meeting did, now and in fact."""
    verb = match.start("verb") if "verb" in match.re.groupindex else match.start()
    if _HELD_BEFORE.search(sentence[:verb].rstrip()):
        return False
    if rule.name in _CERTAIN:
        return True
    before = sentence[: match.start()]
    if _was_earlier(sentence, verb) or (rule.name.startswith(_OF_A_BODY) and _NO_SUBJECT.search(before)):
        return False
    clause = _CLAUSES.split(before)[-1].strip()
    dependent = _RELATIVE if rule.name.startswith(_PASSIVE) else _SUBORDINATE
    if dependent.search(clause) and not _RESOLVED_THAT.search(clause):
        return False
    return "seconded" in sentence or not _REPORTING.search(clause)


def _was_earlier(sentence: str, verb: int) -> bool:
    """Whether the sentence tells of an earlier meeting; approving its minutes is a matter of this one."""
    earlier = _EARLIER_AFTER.search(sentence[verb:]) or _EARLIER_BEFORE.search(sentence[:verb])
    return bool(earlier) and not _MINUTES.search(sentence)
