"""What somebody is shown is counted in what he may see: nothing tells whether a word stands in a record he may not."""

import datetime
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook
from qa.suggestions import suggest
from tests.qa.elmford import RECORDS, write_records

QUESTIONS = (
    "What was decided on parking charges in Market Square?",
    "Who voted against the parking charge?",
    "Has the library roof been repaired?",
    "Which contract was awarded to Hallam & Sons?",
    "What did Councillor Lowe say about the market traders?",
    "Was a skate park approved?",
    "When will the allotments at Mill Lane be discussed again?",
    "What was decided on the northern bypass?",
    "Why is Rosa Kiln against the bypass?",
    "What does the wetland have to do with the bypass?",
    "Who was chosen as tree warden?",
    "What became of the barn at Croft End?",
    "Who renews the pier lights?",
    "By how much were mooring fees raised?",
    "What is the salary of the harbour master?",
    "Was the claim of Boldt Dredging settled?",
    "Who is the manager of the swimming pool?",
    "Was the depot in Mill Lane sold?",
    "What did the Personnel Committee decide in October 2025?",
    "What did Ivor Quillfeather say about the swimming pool?",
    "Summarize the meeting of 4 March 2025",
    "Which tasks are due by the end of 2025?",
    "Wich contrat was awardet for the libary rof?",
    "What did the Finance Sub-Committee decide?",
    "Was the twinning with Bad Orben ended?",
    "Who chairs the harbour trust?",
    "会议对垃圾分类作出了什么决定？",
    "化工厂搬迁补偿总额是多少？",
    "体育中心由谁任主任？",
    "廖志明的职务有什么变动？",
)
_SECRET = """---
access: staff
---
# Finance Sub-Committee

Confidential minutes of the meeting of 9 October 2025

Present: Ivor Quillfeather (Chair)

"""


@pytest.fixture(scope="module")
def without_and_with(
    tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder
) -> Iterator[tuple[Minutebook, Minutebook]]:
    """An index of what is public, and one that holds restricted records with the words of every question besides."""
    folder = tmp_path_factory.mktemp("seen")
    minutes = write_records(folder / "minutes")
    restricted = {name: text for name, text in RECORDS.items() if "access: staff" in text}
    for name in restricted:
        (minutes / name).unlink()
    with OwnedIndex.open(folder / "without", encoder) as index:
        assert not ingest([minutes], index).failed
    shutil.copytree(folder / "without", folder / "with")
    said = (
        f"## {n}. {one.rstrip('?？')}\n\nThe Sub-Committee resolved: {one}\n"
        for n, one in enumerate(QUESTIONS, 1)
    )
    restricted["secret.md"] = _SECRET + "\n".join(said)
    for name, text in restricted.items():
        (minutes / name).write_text(text, encoding="utf-8")
    with OwnedIndex.open(folder / "with", encoder) as index:
        assert not ingest([minutes], index).failed
    with ExitStack() as stack:
        opened = (
            stack.enter_context(
                Minutebook.open(folder / name, encoder=encoder, today=datetime.date(2025, 11, 1))
            )
            for name in ("without", "with")
        )
        yield next(opened), next(opened)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_public_is_shown_is_the_same_whatever_restricted_records_hold(
    without_and_with: tuple[Minutebook, Minutebook], question: str
) -> None:
    without, held = (_shown(book, question) for book in without_and_with)
    assert without == held


def test_the_lists_of_the_public_are_the_same_whatever_restricted_records_hold(
    without_and_with: tuple[Minutebook, Minutebook],
) -> None:
    without, held = (
        repr((book.meetings(), book.bodies(), book.speakers(), list(book.decisions())))
        for book in without_and_with
    )
    assert without == held


def test_what_staff_may_see_counts_for_staff(without_and_with: tuple[Minutebook, Minutebook]) -> None:
    corpus = without_and_with[1]._corpus
    with (
        corpus.session() as public,
        corpus.session(("public", "staff")) as staff,
        corpus.session(()) as nobody,
    ):
        often = [session.frequency("salari") for session in (nobody, public, staff)]
        assert often[0] == often[1] == 0 < often[2]
        counts = [session.passage_count for session in (nobody, public, staff)]
        assert counts[0] == 0 < counts[1] < counts[2]


def _shown(book: Minutebook, question: str) -> tuple[str, ...]:
    """Everything a question brings up, with its scores; but for the number of changes, which an index counts as one."""
    answer = replace(book.ask(question), generation=0)
    topic = book.read(question).topic or question
    timeline = replace(book.timeline(topic), generation=0)
    found = book.search(question, 50), book.meetings(topic), list(book.decisions(topic)), timeline
    return (repr(answer), str(answer), *map(repr, found), repr(suggest(book, answer)))
