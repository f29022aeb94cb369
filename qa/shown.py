"""A citation as a sentence to read: with who speaks, and without the stumbles of speech.

The quote stays the record's exact words; what is shown of spoken ones says the same (`qa.lock.shortens`), or is them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ingest.records import Span
from ingest.sentences import whole_sentence
from ingest.words import topic_words
from qa.answers import Citation
from qa.lock import shortens
from qa.render import tidy, unnumbered
from qa.speech import printed, spoken

LONGEST = 900  # characters of a sentence that is shown whole

_LONGEST_TITLE = 90
_CUT = re.compile(r"[,;，；]\s*$")  # what a part of a sentence is cut at
_LEANS = re.compile(  # "Deferred until May.", "The Council noted the report.", "The motion was lost."
    r"(?:[A-Z][A-Za-z]{2,20}: )?(?:Deferred|Approved|Agreed|Noted|Rejected|Adopted|Accepted|Carried|Granted"
    r"|Postponed)\b"
    r"|The (?:motion|amendment|proposal|report|request|recommendation)(?: to \w+)? (?:was|is)\b"
    r"|The [\w ]{2,40} (?:noted|received|approved|accepted|adopted|rejected) (?:the|this) "
    r"(?:report|motion|proposal|recommendation|request|update)s?(?:[.,]| and\b)"
    r"|(?:会议|大会)?(?:听取了[^，。]{2,6}的?汇报|(?:一致|原则)?(?:同意|通过|批准)(?:了?(?:该|此|上述)[^，。]{2,6})?)[。，]"
)
_LABEL = re.compile(r"[\s*_]*[^\n:：，。,?!]{1,80}?[\s*_]*[:：][*_]*\s*")


def sentence_of(citation: Citation, before: Citation | None = None) -> str:
    """The sentence a citation stands for; a part of one is marked as such: "… and second, that".

    before  the citation shown right before it; who goes on speaking is not named again
    """
    begins = "… " if _CUT.search(citation.before) and "\n" not in citation.before[-2:] else ""
    ends = " …" if _CUT.search(citation.quote) else ""
    return f"{begins}{_whole_of(citation, before)}{ends}"


def sentences_of(
    citation: Citation, lines: Sequence[Span], before: Citation | None = None
) -> list[tuple[str, Citation]]:
    """What a citation is shown as, and the part of it that each sentence shows: its lines are never run together.

    lines   the lines of its record that it has, at most one for a single sentence
    before  the citation shown right before it; who goes on speaking is not named again
    """
    found = []
    for part in map(partial(_part, citation), lines) if len(lines) > 1 else ():
        if not _is_title(part.quote, citation.item):
            found.append((sentence_of(part, before), part))
            before = part
    return found or [(sentence_of(citation, before), citation)]


def _part(citation: Citation, line: Span) -> Citation:
    begin, end = line.start - citation.start, line.end - citation.start
    return replace(
        citation,
        start=line.start,
        end=line.end,
        quote=citation.quote[begin:end],
        before=citation.before + citation.quote[:begin],
        after=citation.quote[end:] + citation.after,
    )


def _is_title(words: str, item: Sequence[str]) -> bool:
    """Whether a line is only the title of the agenda item it stands under, which is shown with the citation."""
    return words.startswith("#") or tidy(words) in {tidy(title) for title in item}


def whole(text: str, span: Span) -> Span:
    """The sentence around a range that is a part of one, if it is not too long to be read; else the range."""
    around = whole_sentence(text, span)
    return around if around.end - around.start <= LONGEST else span


def _whole_of(citation: Citation, before: Citation | None) -> str:
    if citation.speaker is None:
        words = unnumbered(tidy(citation.quote))
        return f"{matter}{words}" if (matter := _matter_left_out(citation, words)) else words
    label, words = label_and_words(citation)
    if label or (before is not None and _goes_on(before, citation)):
        return f"{label}{words}"
    return f"{citation.speaker}{'：' if citation.record.language == 'zh' else ': '}{words}"


def _matter_left_out(citation: Citation, words: str) -> str:
    """The agenda item as a label, where a sentence says what was done and not about what; else ''."""
    title = tidy(citation.item[-1]) if citation.item else ""
    if not title or len(title) > _LONGEST_TITLE or not _LEANS.match(words):
        return ""
    if set(topic_words(title)) <= set(topic_words(words)):
        return ""
    return f"{title}{'：' if citation.record.language == 'zh' else ': '}"


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
