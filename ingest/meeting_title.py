"""The title of a record: a heading, a first line, or the name of its file made readable."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.body_names import BODY_NOUN, begins_meeting_words, cased
from ingest.dates import find_dates
from ingest.han_scripts import both_scripts
from ingest.label_shapes import shape_of
from ingest.labels import label_of
from ingest.lines import Line, bare
from ingest.records import Language
from ingest.stated import field_of
from ingest.words import has_han

_TITLE_WIDTH = 150  # characters; a longer line is no title

TITLE_WORD = re.compile(
    r"\b(?:minutes|meeting|notes|session|transcript|proceedings|hearing|agenda|resolution|notice|sitting|workshop|retreat)\b"
    + both_scripts("|纪要|记录|会议|通知|公告|例会"),
    re.IGNORECASE,
)


_MAIL = re.compile(
    r"(?:from|sent|to|cc|bcc|date|subject|发件人|发送时间|收件人|抄送|主题)\s?[:：]", re.IGNORECASE
)


def title_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """The first lines that are short enough for a title and no label, speech or sentence; below the head of a mail."""
    head = next((n for n, line in enumerate(lines[:12]) if not _MAIL.match(line.text)), 0)
    for line in lines[head if head > 1 else 0 :][:6]:
        if line.text[0] == "|":
            continue
        label = label_of(line.text)
        if label and (is_spoken(line) or field_of(label.text)):
            return
        if len(line.text) <= _TITLE_WIDTH and not line.text.endswith((*".。；;,，?？!！",)):
            yield line
        elif len(line.text) > _TITLE_WIDTH:
            return


def is_spoken(line: Line) -> bool:
    """Whether a line begins with the label of a speaker."""
    label = label_of(line.text)
    if not label or not shape_of(label.text) or field_of(label.text):
        return False
    after = line.text[label.end :].strip("*_ ")  # "Works Committee: minutes, 16 January" is no speech
    return not (BODY_NOUN.search(label.text) and begins_meeting_words(after))


def title_in_lines(lines: Sequence[Line]) -> str | None:
    """The first line that is a title by its words: "Minutes of ...", "...会议纪要"."""
    for line in title_lines(lines):
        begin, end = bare(line.text)
        words = re.sub(r"^#+\s*", "", line.text[begin:end])
        dated = sum(date.end - date.start for date in find_dates(words))
        if TITLE_WORD.search(words) and len(words) - dated >= 3:
            return cased(" ".join(words.split()))
    return None


def with_body(title: str, body: str | None) -> str:
    """A title that names no body, after the body: "Riverton City Council Regular Meeting Minutes"."""
    nameless = begins_meeting_words(title) and not BODY_NOUN.search(title)
    return f"{body} {title}" if body and nameless and " of " not in title and not has_han(title) else title


def title_of_file(path: Path) -> str:
    """The name of a file made readable: "2023-08-26_gas-safety.md" becomes "2023-08-26 gas safety"."""
    stem = re.sub(r"[_+]+", " ", path.name.removesuffix(path.suffix))
    kept = re.sub(r"(?<!\d)-|-(?!\d)", " ", stem)
    return " ".join(kept.split()) or path.name


_FILLER = re.compile(
    r"(?:untitled|document|microsoft word\b|presentation|powerpoint|minutes template|新建|无标题|未命名|文档)",
    re.IGNORECASE,
)


def is_filler(title: str) -> bool:
    """Whether a title is what a program fills in by itself: "untitled", "Microsoft Word - minutes.doc"."""
    return bool(_FILLER.match(title.strip()))


def language_title(language: Language) -> str:
    """What to call a record that says nothing of itself."""
    return "会议记录" if language == "zh" else "Meeting record"


_STRUCTURAL = re.compile(
    r"(?:agenda|attendees?|attendance|present|in attendance|opening|welcome|introductions?|call to order"
    r"|roll call"
    r"|apologies|summary|contents|table of contents|overview|background|议程|出席|参会人员|目录)\W*$",
    re.IGNORECASE,
)


def is_structural(heading: str) -> bool:
    """Whether a heading names a part that every record has, and so not the record."""
    return bool(_STRUCTURAL.match(heading)) or field_of(heading) is not None
