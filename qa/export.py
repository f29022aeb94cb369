"""Answers and conversations as files: Markdown, or a Word document, with footnotes that name every source.

A footnote names record, date, session, agenda item, speaker and page, and gives the quote; footnotes are numbered
through the whole file, whichever answer they belong to.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from qa.answers import Answer
from qa.errors import ExportError
from qa.interface import words_in
from qa.render import answer_markdown, plain_markdown, spoken
from qa.word import to_docx

FORMS: dict[str, str] = {
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def to_markdown(answers: Sequence[Answer]) -> str:
    """Questions and their answers as Markdown with footnotes; several stand under one title."""
    parts = []
    if len(answers) > 1:
        parts.append(f"# {words_in(spoken(answers[0])).conversation}\n")
    level = len(parts) + 1
    notes = 0
    for answer in answers:
        title = plain_markdown(" ".join(answer.question.text.split()))
        body = answer_markdown(answer, level=level + 1, shift=notes)
        parts.append(f"{'#' * level} {title}\n\n{body}")
        notes += len(answer.citations)
    return "\n".join(parts)


def exported(answers: Sequence[Answer], suffix: str) -> bytes:
    """The content of a file of one of FORMS that holds these answers. Raises ExportError for another suffix."""
    if suffix not in _WRITERS:
        named = f"{suffix} files" if suffix else "A file without a suffix"
        raise ExportError(f"{named} cannot be written; name one that ends with {' or '.join(FORMS)}.")
    return _WRITERS[suffix](answers)


def require_form(path: Path) -> None:
    """Raises ExportError for a file name whose suffix is none of FORMS: before an answer is waited for."""
    if path.suffix.lower() not in FORMS:
        exported((), path.suffix.lower())


def write(answers: Sequence[Answer], path: Path) -> None:
    """Writes answers into a file; its suffix says in which form. Raises ExportError."""
    content = exported(answers, path.suffix.lower())
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportError(f"Cannot write {path}: {error.strerror}.") from error


_WRITERS: dict[str, Callable[[Sequence[Answer]], bytes]] = {
    ".md": lambda answers: to_markdown(answers).encode(),
    ".docx": to_docx,
}
