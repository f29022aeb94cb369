"""A citation as a sentence to read: with who speaks, and without the stumbles of speech.

The quote stays the record's exact words; what is shown of spoken ones says the same (`qa.lock.shortens`), or is them.
"""

import re

from qa.answers import Citation
from qa.lock import shortens
from qa.render import tidy
from qa.speech import printed, spoken

_LABEL = re.compile(r"[\s*_]*[^\n:：，。,?!]{1,80}?[\s*_]*[:：][*_]*\s*")


def sentence_of(citation: Citation, before: Citation | None = None) -> str:
    """The sentence a citation stands for.

    before  the citation shown right before it; who goes on speaking is not named again
    """
    if citation.speaker is None:
        return tidy(citation.quote)
    label, words = label_and_words(citation)
    if label or (before is not None and _goes_on(before, citation)):
        return f"{label}{words}"
    return f"{citation.speaker}{'：' if citation.record.language == 'zh' else ': '}{words}"


def label_and_words(citation: Citation) -> tuple[str, str]:
    """The label the quote itself begins with, or '', and what its speaker says, for reading."""
    label = _label_of(citation)
    said = citation.quote[len(label) :]
    plain = tidy(said)
    versions = (spoken(plain), printed(plain), plain)
    words = next((one for one in versions if shortens(one, said)), plain)
    label = tidy(label)
    return f"{label}{'' if not label or label.endswith('：') else ' '}", words


def _label_of(citation: Citation) -> str:
    """The label that the quote itself begins its line with, or ''."""
    begins = not citation.before or citation.before.rstrip(" \t*_").endswith("\n")
    found = _LABEL.match(citation.quote) if begins else None
    return found[0] if found else ""


def _goes_on(before: Citation, citation: Citation) -> bool:
    """Whether the same person speaks on, a sentence or two later."""
    same = before.record.record_id == citation.record.record_id and before.speaker == citation.speaker
    return same and 0 <= citation.start - before.end <= len(citation.before)
