"""Outcomes as the packs of languages word them (`ingest.lang`): "Der Antrag wird einstimmig angenommen."

A phrase of a pack stands in the sentence word for word; where it has "..." other words may stand between.
"""

import re
from functools import cache

from ingest.lang import vocabulary
from ingest.records import DecisionKind
from ingest.register.rules import Finding

_KINDS = ("rejected", "deferred", "approved", "decided")  # what is not approved before what is
_BETWEEN = r"\b[^.;?!]{1,200}?\b"


def stated(sentence: str) -> Finding | None:
    """The outcome that a plain sentence states in the words of some pack.

    >>> stated("Der Antrag wird einstimmig angenommen.").kind.value, stated("Der Antrag wird beraten.")
    ('approved', None)
    """
    if sentence.endswith("?"):
        return None
    found = next((kind for kind in _KINDS if _forms()[kind].search(sentence)), None)
    return Finding(f"pack.{found}", DecisionKind(found)) if found else None


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    phrases = vocabulary("outcomes")
    return {
        kind: re.compile("|".join(_form(phrase) for phrase in sorted(phrases[kind])), re.IGNORECASE)
        for kind in _KINDS
    }


def _form(phrase: str) -> str:
    return rf"\b{_BETWEEN.join(re.escape(part.strip()) for part in phrase.split('...'))}\b"
