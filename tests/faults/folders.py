"""The records of the fault tests, in an old and a new edition, and what may be seen of them."""

from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from ingest.index import OwnedIndex

RECORDS = 4
OLD, NEW = "first plan", "second plan"


def write(folder: Path, edition: str, records: int = RECORDS) -> None:
    """Minutes in which every item names the edition, and every other item differs in nothing else."""
    folder.mkdir(exist_ok=True)
    for number in range(records):
        items = "\n\n".join(
            f"## Item {item}\n\nThe council approved the {edition} number {number}-{item} for the harbour quarter."
            for item in range(3)
        )
        day = date(2024, 3, 1) + timedelta(days=number)
        text = f"# Minutes of meeting {number}\n\n{day.day} {day:%B %Y}\n\n{items}\n"
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")


def editions(index: OwnedIndex) -> list[tuple[int, int]]:
    """For each record, how many of its active passages are of the old and of the new edition."""
    count = "sum(instr(substr(v.text, p.start + 1, p.end - p.start), '{}') > 0)"
    query = (
        f"SELECT {count.format(OLD)}, {count.format(NEW)} "
        "FROM records r JOIN versions v ON v.record_id = r.id AND v.version = r.active "
        "JOIN passages p ON p.record_id = r.id AND p.version = r.active GROUP BY r.id"
    )
    with index.catalog.read() as connection:
        return [(old, new) for old, new in connection.execute(sa.text(query))]
