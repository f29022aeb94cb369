"""Answers as plain text, Markdown and HTML; the same words everywhere.

What comes from a record or a question is escaped here and in `qa.page`, nowhere else: these are the only
places where text becomes markup. Claims are shown tidied of the record's own Markdown signs; a quote is
never touched.

In HTML a citation of the answer `turn` of a conversation is a link `#t1-c2` (turn 1, citation 2) to the
card with that id.
"""

import json
import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from ingest.readers.hyphens import whole_words
from qa.answers import Answer, Citation, Claim, Group, Hit, MeetingRef
from qa.interface import (
    Interface,
    clock,
    meeting_days,
    searched,
    session,
    words_in,
)

EXCERPT = 320  # characters shown of a passage that is near the question but no answer
AROUND, CHINESE_AROUND = 300, 120  # characters shown at most before and after a quote
FILLED = 50  # characters from which a line may have been broken for its width

NEAR = 160  # characters shown of a passage that is near and no answer
_LINE_SIGNS = re.compile(r"(?m)^[ \t]*(?:(?:[-*+•>]|#{1,6})[ \t]+)+")
_NUMBERING = re.compile(  # of an item of a list, none of a date or an amount
    r"(?:\d{1,2}[.)]|[IVX]{1,4}\.)\s+(?=[A-Z])"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"|(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
    r"|\d{1,2}[.、．]\s*(?=[\u4e00-\u9fff《“])"
)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]{1,1000}?)(?<=\S)\1(?!\w)")
_STRONG = re.compile(
    r"(?<![\d*])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![\d*])"
)  # of a sentence cut out of it
_LINK = re.compile(r"!?\[([^\[\]\n]{1,400})\]\([^()\s]{1,2000}(?:\s+\"[^\"\n]{0,200}\")?\)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,400})\1(?!`)")
_ENDS = '.!?;:。！？；：”"’)）|'  # signs a text may end with
_LAST_WORD = re.compile(r"[!-⺀]{1,24}$|.[^\w\s]*$")  # kept on one line with the numbers after it
_LINE_ENDS = re.compile(r"\n\s*")
_PLAIN_LINE = re.compile(r"[^-*+•>#|(（\d\s]")  # what begins no item
_BREAK = re.compile(r"[ \t]*\n\s*")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$!])")
_MARKDOWN_ITEM = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)


def tidy(text: str) -> str:
    """A sentence for reading: its words whole, without the signs of Markdown, on one line.

    >>> tidy("- **Approved** the plan\\n  for 2024")
    'Approved the plan for 2024'
    """
    plain = _LINK.sub(r"\1", _CODE.sub(r"\2", _LINE_SIGNS.sub("", whole_words(text.strip()))))
    plain = _EMPHASIS.sub(r"\2", plain)
    plain = _STRONG.sub("", plain) if " " in plain else plain
    return _BREAK.sub(_joint, plain).strip()


def unnumbered(text: str) -> str:
    """A sentence without the number it has in a list.

    >>> unnumbered("2. The plan was approved."), unnumbered("（一）同意该方案。"), unnumbered("12. March")
    ('The plan was approved.', '同意该方案。', '12. March')
    """
    numbering = _NUMBERING.match(text)
    return text[numbering.end() :] if numbering else text


def spoken(answer: Answer | None) -> Interface:
    """The language an answer is written in; English where there is none."""
    return "zh" if answer is not None and answer.question.language == "zh" else "en"


def answer_text(answer: Answer) -> str:
    """The answer as plain text: headings on lines of their own, sentences with [1] [2]."""
    language = spoken(answer)
    nearest = [meeting_name(meeting, language) for meeting in answer.question.nearest]
    lines = [words_in(language).nearest_meetings, *nearest] if nearest and answer.abstained else []
    return "\n\n".join(
        [*(_group_text(group, language) for group in answer.groups), *(["\n".join(lines)] if lines else [])]
    )


def answer_with_citations(answer: Answer) -> str:
    """The answer as plain text and under it its citations, numbered, each with its source and exact quote."""
    language = spoken(answer)
    words = words_in(language)
    notes = [
        f"[{citation.number}] {source(citation, language)}\n"
        f"    {words.quote_open}{citation.quote.strip()}{words.quote_close}"
        for citation in answer.citations
    ]
    near = [f"- {meeting_name(hit.meeting, language)}: {tidy(hit.text)[:NEAR]}…" for hit in answer.nearest]
    nearest = "\n".join((words.nearest_passages, *near)) if near else ""
    parts = (answer_text(answer), nearest, "\n".join(notes), *answer.notices)
    return "\n\n".join(part for part in parts if part)


def answer_markdown(answer: Answer, *, level: int = 3, shift: int = 0) -> str:
    """The answer as Markdown with footnotes that name record, date, session and item and give the quote.

    level  of the headings that name the meetings
    shift  is added to the numbers of the footnotes, for an answer that stands after others
    """
    language = spoken(answer)
    parts = [_group_markdown(group, language, level, shift) for group in answer.groups]
    parts += [f"*{plain_markdown(line)}*" for line in (*answer.notices, *searched_line(answer, language))]
    for citation in answer.citations:
        parts.append(f"[^{citation.number + shift}]: {plain_markdown(note_text(citation, language))}")
    return "\n\n".join(parts) + "\n"


def searched_line(answer: Answer, language: Interface) -> tuple[str, ...]:
    """What was searched, in a line, unless the answer itself says so or is still to come."""
    told = answer.abstained and not answer.question.missing
    return (searched(answer.searched, language),) if answer.groups and not told else ()


def note_text(citation: Citation, language: Interface) -> str:
    """A footnote: where a quote stands, and the quote."""
    words = words_in(language)
    colon = "：" if language == "zh" else ": "
    return f"{source(citation, language)}{colon}{words.quote_open}{tidy(citation.quote)}{words.quote_close}"


def source(citation: Citation, language: Interface) -> str:
    """Where a quote stands, on one line: record, date, session, item, speaker, page, time."""
    return words_in(language).separator.join((citation.record.title, *place(citation, language)))


def quotation(citation: Citation, language: Interface) -> str:
    """A citation to paste elsewhere: its exact words, record, date and item."""
    words = citation.quote.strip()
    return words_in(language).quotation.format(quote=words, source=source(citation, language))


def answer_html(answer: Answer, language: Interface = "en", turn: int = 1) -> str:
    """The answer by meeting, its citation numbers links to the cards of `evidence_html`."""
    groups = "".join(_group_html(answer, group, language, turn) for group in answer.groups)
    notices = "".join(f'<p class="mb-notice">{escape(notice)}</p>' for notice in answer.notices)
    nearest = _nearest_meetings(answer.question.nearest, language) if answer.abstained else ""
    calm = " mb-abstained" if answer.abstained else ""
    scope = "".join(f'<p class="mb-searched">{escape(line)}</p>' for line in searched_line(answer, language))
    return f'<div class="mb-answer{calm}">{groups}{nearest}{notices}{scope}</div>'


def evidence_html(answer: Answer, language: Interface = "en", turn: int = 1) -> str:
    """A card per citation; where the records do not answer, the passages nearest to the question."""
    words = words_in(language)
    if answer.citations:
        cards = "".join(_card(citation, language, turn) for citation in answer.citations)
        return f'<ol class="mb-cards">{cards}</ol>'
    if answer.nearest:
        cards = "".join(_near_card(hit, language) for hit in answer.nearest)
        return f'<ul class="mb-cards mb-near">{cards}</ul>'
    waiting = words.no_evidence if answer.groups else words.evidence_waits
    return f'<p class="mb-aside">{waiting}</p>'


def meeting_name(meeting: MeetingRef, language: Interface) -> str:
    """A meeting on one line: its title, and its session and date where the title does not say them."""
    held = meeting_days(meeting, language)
    parts = (
        meeting.title,
        _untold_session(meeting, language),
        None if held and held in meeting.title else held,
    )
    return words_in(language).separator.join(part for part in parts if part)


def _joint(found: re.Match[str]) -> str:
    """What stands for a line break: nothing between Chinese characters, a space elsewhere."""
    before, after = (
        found.string[found.start() - 1 : found.start()],
        found.string[found.end() : found.end() + 1],
    )
    return "" if before > "⺀" and after > "⺀" else " "


def _group_text(group: Group, language: Interface) -> str:
    lines = [group.heading] if group.heading else []
    return "\n".join([*lines, *(_claim_text(claim, language) for claim in group.claims)])


def _claim_text(claim: Claim, language: Interface) -> str:
    numbers = "".join(f" [{number}]" for number in claim.citations)
    return tidy(claim.text) + numbers + unsupported(claim, language)


def unsupported(claim: Claim, language: Interface) -> str:
    """The mark of a sentence that is not from the records, with a space before it."""
    return "" if claim.supported or claim.own else f" ({words_in(language).unsupported})"


def _group_markdown(group: Group, language: Interface, level: int, shift: int) -> str:
    paragraphs = [f"{'#' * level} {plain_markdown(group.heading)}"] if group.heading else []
    for claim in group.claims:
        numbers = "".join(f"[^{number + shift}]" for number in claim.citations)
        paragraphs.append(plain_markdown(tidy(claim.text)) + numbers + unsupported(claim, language))
    return "\n\n".join(paragraphs)


def plain_markdown(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    return _MARKDOWN_ITEM.sub(r"\1\\\2\3", _MARKDOWN_SIGNS.sub(r"\\\1", text))


def place(citation: Citation, language: Interface) -> list[str]:
    """The parts of a citation's place after the record's title, those that are known."""
    words = words_in(language)
    parts = (
        meeting_days(citation.record, language),
        _untold_session(citation.record, language),
        " › ".join(citation.item) or None,
        citation.speaker,
        words.page.format(page=citation.page) if citation.page is not None else None,
        clock(citation.seconds) if citation.seconds is not None else None,
    )
    return [part for part in parts if part]


def _untold_session(meeting: MeetingRef, language: Interface) -> str | None:
    """The session, unless the title already names its number."""
    if meeting.session is not None and re.search(rf"(?<!\d){meeting.session}(?!\d)", meeting.title):
        return None
    return session(meeting, language)


def _group_html(answer: Answer, group: Group, language: Interface, turn: int) -> str:
    claims = "".join(_claim_html(answer, claim, language, turn) for claim in group.claims)
    if group.meeting is None:
        heading = f"<h3>{escape(group.heading)}</h3>" if group.heading else ""
        return f'<section class="mb-group mb-lead">{heading}{claims}</section>'
    heading = _meeting_heading(group.meeting, language)
    return f'<section class="mb-group"{lang_of(group.meeting)}>{heading}{claims}</section>'


def _meeting_heading(meeting: MeetingRef, language: Interface) -> str:
    facts = (meeting_days(meeting, language), _untold_session(meeting, language), _untold_body(meeting))
    line = " ".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    named = meeting_link(meeting, meeting.title)
    return f'<h3>{named}</h3><p class="mb-when" lang="{language}">{line}</p>'


def _untold_body(meeting: MeetingRef) -> str | None:
    """The body, unless the title already names it."""
    return meeting.body if meeting.body and meeting.body.lower() not in meeting.title.lower() else None


def _claim_html(answer: Answer, claim: Claim, language: Interface, turn: int) -> str:
    """One sentence with its citation numbers, or marked as not from the records."""
    text = tidy(claim.text)
    if not claim.supported and not claim.own:
        note = f'<span class="mb-unsupported">{words_in(language).unsupported}</span>'
        return f'<p class="mb-claim mb-bare">{escape(text)} {note}</p>'
    marks = "".join(_mark(answer, number, language, turn) for number in claim.citations)
    last = _LAST_WORD.search(text)
    head, tail = (text[: last.start()], last[0]) if last else (text, "")
    kind = " mb-note" if claim.note else ""
    return f'<p class="mb-claim{kind}">{escape(head)}<span class="mb-end">{escape(tail)}{marks}</span></p>'


def _mark(answer: Answer, number: int, language: Interface, turn: int) -> str:
    """A citation number as a link; the page shows its quote while the pointer or the focus is on it."""
    citation = next(c for c in answer.citations if c.number == number)
    name = words_in(language).show_citation.format(number=number, source=source(citation, language))
    return (
        f'<a class="mb-mark" role="doc-noteref" href="#t{turn}-c{number}" data-turn="{turn}"'
        f' data-citation="{number}" aria-label="{escape(name)}">{number}</a>'
    )


def _card(citation: Citation, language: Interface, turn: int) -> str:
    """One citation: number, record, place, and the quote marked in its surroundings; a click opens the record."""
    words, record = words_in(language), citation.record
    facts = " ".join(f"<li>{escape(part)}</li>" for part in place(citation, language))
    quoted = f"{_before(citation)}<mark>{flow(citation.quote)}</mark>{_after(citation)}"
    name = escape(words.show_citation.format(number=citation.number, source=record.title))
    return (
        f'<li class="mb-card" id="t{turn}-c{citation.number}" data-citation="{citation.number}"'
        f' data-record="{escape(record.record_id)}" data-version="{citation.version}"'
        f' data-quotation="{escape(quotation(citation, language))}">'
        f'<div class="mb-source"><span class="mb-number" aria-hidden="true">{citation.number}</span>'
        f'<h4{lang_of(record)}><a class="mb-open-card" href="#t{turn}-c{citation.number}" aria-label="{name}">'
        f"{escape(record.title)}</a></h4></div>"
        f'<ul class="mb-facts">{facts}</ul><blockquote{lang_of(record)}>{quoted}</blockquote></li>'
    )


def _before(citation: Citation) -> str:
    """What stands before the quote; "…" where the record began earlier."""
    before = citation.before[-_reach(citation) :]
    cut = " mb-cut-before" if citation.start > len(before) else ""
    before = before.lstrip()
    return f'<span class="mb-around{cut}">{flow(before)}</span>'


def _after(citation: Citation) -> str:
    """What stands after the quote; "…" where it breaks off within a sentence."""
    after = citation.after[: _reach(citation)].rstrip()
    cut = " mb-cut-after" if after and after[-1] not in _ENDS else ""
    return f'<span class="mb-around{cut}">{flow(after)}</span>'


def _reach(citation: Citation) -> int:
    """How many characters are shown on either side of a quote; Chinese says as much in fewer."""
    return CHINESE_AROUND if citation.record.language == "zh" else AROUND


def flow(text: str) -> str:
    """A record's words, every character kept; a line ends where it ends for a reason, not for its width."""
    parts, done = [], 0
    for found in _LINE_ENDS.finditer(text):
        parts += [escape(text[done : found.end()]), _line_end(text, found)]
        done = found.end()
    return "".join(parts) + escape(text[done:])


def _line_end(text: str, found: re.Match[str]) -> str:
    """The markup after a line end: a gap for a blank line, nothing where a sentence runs on, else a break."""
    if found[0].count("\n") > 1:
        return '<span class="mb-gap"></span>'
    start = text.rfind("\n", 0, found.start()) + 1
    filled = found.start() - start >= FILLED and text[found.start() - 1] not in _ENDS
    return "" if filled and _PLAIN_LINE.match(text, found.end()) else "<br>"


def _near_card(hit: Hit, language: Interface) -> str:
    """A passage that is near the question, by its beginning; it opens in its record."""
    facts = (meeting_days(hit.meeting, language), " › ".join(hit.item), ", ".join(hit.speakers))
    listed = " ".join(f"<li>{escape(fact)}</li>" for fact in facts if fact)
    shown = _beginning(hit.text.strip())
    place = {"record": hit.meeting.record_id, "version": hit.version, "start": hit.start, "end": hit.end}
    return (
        f'<li class="mb-card"><div class="mb-source"><h4{lang_of(hit.meeting)}>'
        f'<button type="button" class="mb-open-card" data-open="{escape(json.dumps(place))}">'
        f"{escape(hit.meeting.title)}</button></h4></div>"
        f'<ul class="mb-facts">{listed}</ul><blockquote{lang_of(hit.meeting)}>{flow(shown)}</blockquote></li>'
    )


def _beginning(text: str) -> str:
    """The first EXCERPT characters, to the end of a word where one ends nearby."""
    if len(text) <= EXCERPT:
        return text
    words, _, rest = text[:EXCERPT].rpartition(" ")
    return (words if len(rest) < EXCERPT // 8 else text[:EXCERPT]).rstrip() + " …"


def _nearest_meetings(meetings: Sequence[MeetingRef], language: Interface) -> str:
    if not meetings:
        return ""
    names = "".join(
        f"<li{lang_of(meeting)}>{meeting_link(meeting, meeting_name(meeting, language))}</li>"
        for meeting in meetings
    )
    words = words_in(language)
    return f'<h3 class="mb-aside">{words.nearest_meetings}</h3><ul class="mb-nearest">{names}</ul>'


def meeting_link(meeting: MeetingRef, name: str) -> str:
    """A link to the page of a meeting."""
    return f'<a class="mb-meeting" href="?meeting={quote(meeting.record_id)}">{escape(name)}</a>'


def lang_of(meeting: MeetingRef) -> str:
    """The `lang` attribute of a record's own words, for its fonts and line breaks."""
    return f' lang="{meeting.language}"' if meeting.language != "other" else ""
