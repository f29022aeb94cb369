"""Who moved and who seconded a motion: "Moved by P. Lee, seconded by A. Orr", "Lee moved ... Orr seconds"."""

import re

_WORD = r"(?:(?:Mr|Ms|Mrs|Dr|Cllr|Hon|St)\.|[A-Z]\.|[A-Z][\w'’-]*[\w])"
_NOT = (
    r"(?!(?:A(?!\.)|N(?!\.)|The|An|It|This|That|Motion|Moved|Seconded|Second|Carried|Vote|Voting|Passed|All|And|To|Then|Was|Be|BE"
    r"|SECONDED|MOVED|CARRIED|Approved|Ayes?|Nays?|Resolution|Upon|On|By|No|None|Nil|Discussion|Result)\b)"
)
_NAME = (
    rf"(?P<who>{_NOT}{_WORD}(?: (?:\([A-Z]\w+\) )?(?:(?:de|van|von|der|la|al|bin) )?{_NOT}{_WORD}){{0,3}})"
)
_HAN_NAME = r"(?P<who>[\u4e00-\u9fff·]{2,4}?)"
_BY = r"(?:\s+by\b)?\s*(?:[:：-]\s*)?"
_MOVER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:moved|motion(?: (?:was )?made)?|proposed|nominated|offered|introduced|(?:mover|proposer)))"
        rf"(?:(?i:\s+by\b)\s*[:：]?|\s*[:：])\s*(?i:the )?{_NAME}",
        rf"{_NAME},? (?:then |also )?(?i:moved(?! (?:in)?to (?:the|an?|its|their|his|her)\b)"
        r"|moves|motions|motioned|proposes|proposed (?:that|to)|(?:made|makes|offered|put) (?:a|the) "
        r"(?:motion|resolution)|motion to)\b",
        rf"{_NAME} proposed (?=(?:{_NOT}{_WORD} ){{1,3}}to |and {_NOT}{_WORD}(?: {_WORD})? seconded\b)",
        rf"(?m:^)\W*(?i:moved) {_NAME}\W*(?:\n|$)",
        rf"(?:动议人?|提案人?|提议人?)[:：]\s*{_HAN_NAME}(?=[，,；;。、\s]|$)",
        rf"(?:由|经)?{_HAN_NAME}(?:提出?动议|动议|提议)",
    )
)
_SECONDER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:seconded|second(?:er)?|2nd|supported)\b){_BY}(?i:the )?{_NAME}",
        rf"{_NAME},? (?:then |also )?(?:seconded|seconds?|2nds|2nd)\b(?! by)",
        rf"(?:附议人?|和议人?)[:：]\s*{_HAN_NAME}(?=[，,；;。、\s]|$)",
        rf"{_HAN_NAME}(?:附议|和议)",
    )
)


def movers(words: str) -> tuple[str | None, str | None]:
    """Who moved and who seconded, as written; None for whom the words do not name.

    >>> movers("Moved by P. Lee, seconded by A. Orr"), movers("Ann Lee moved to close. Bo Orr seconds.")
    (('P. Lee', 'A. Orr'), ('Ann Lee', 'Bo Orr'))
    """
    return _first(_MOVER, words), _first(_SECONDER, words)


_NOMINATION = re.compile(
    rf"\W*(?:{_WORD}\s*){{1,5}}[\W\s]*(?:(?i:proposed|proposer|nominated|nominator))(?: by\b|\s?[:：])"
)


def nominates(words: str) -> bool:
    """Whether somebody is put up for an office, not something moved.

    >>> nominates("Ann Lee (proposed by Bo Orr, seconded by Ida Moe)"), nominates("Ann Lee moved to close.")
    (True, False)
    """
    return _NOMINATION.match(words) is not None


def _first(patterns: tuple[re.Pattern[str], ...], words: str) -> str | None:
    found = [match for pattern in patterns if (match := pattern.search(words))]
    return min(found, key=lambda match: match.start("who"))["who"].rstrip(" .") if found else None
