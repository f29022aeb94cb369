"""What people said of answers, as a list for whoever looks after the index: text, CSV, DataFrame."""

import csv
from collections.abc import Iterable
from typing import IO, Any

from qa.history import Complaint, History
from qa.interface import Interface
from qa.register import safe_cell
from qa.render import answer_text, meeting_name, source, tidy

COLUMNS = ("given", "owner", "verdict", "note", "question", "answer", "evidence", "generation")
WITHHELD = "(a record it drew on is gone or may not be read)"

DAMAGED = "(it is damaged: what is stored is not what was kept)"


class Complaints(list[Complaint]):
    """What was said, newest first, each with the answer and the evidence that was shown."""

    def rows(self) -> list[dict[str, Any]]:
        """A flat dict each; the evidence as "[1] record, date, item: quote", a line each, or what was nearest."""
        return [_row(said) for said in self]

    def to_frame(self) -> Any:
        """The list as a pandas DataFrame, a row each."""
        import pandas

        return pandas.DataFrame(self.rows(), columns=list(COLUMNS))

    def to_csv(self, out: IO[str]) -> None:
        """Writes them as CSV; a cell that a spreadsheet would take for a formula gets a ' before it."""
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in self.rows())

    def __str__(self) -> str:
        return "\n\n".join(_lines(row) for row in self.rows())


def listed(history: History) -> Complaints:
    """Everything that was said of answers in an index."""
    return Complaints(history.complaints())


def _row(said: Complaint) -> dict[str, Any]:
    answer = said.answer
    row = {name: getattr(said, name) for name in ("given", "owner", "verdict", "note", "question")}
    if answer is None:
        return row | {"answer": DAMAGED if said.damaged else WITHHELD, "evidence": "", "generation": ""}
    language: Interface = "zh" if answer.question.language == "zh" else "en"
    evidence = [f"[{c.number}] {source(c, language)}: {tidy(c.quote)}" for c in answer.citations]
    evidence += [f"{meeting_name(hit.meeting, language)}: {tidy(hit.text)}" for hit in answer.nearest]
    return row | {
        "answer": answer_text(answer),
        "evidence": "\n".join(evidence),
        "generation": answer.generation,
    }


def _lines(row: dict[str, Any]) -> str:
    head = f"{row['given'][:16].replace('T', ' ')}  {row['verdict']}  ({row['owner']})"
    parts: Iterable[tuple[str, str]] = (
        (name, row[name]) for name in ("note", "question", "answer", "evidence")
    )
    return "\n".join([head, *(f"  {name}: {_indented(text)}" for name, text in parts if text)])


def _indented(text: str) -> str:
    return "\n    ".join(line for line in text.splitlines() if line.strip())
