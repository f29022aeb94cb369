"""What an answer shows of a citation: who speaks, what was said, and nothing else; by the fact lock."""

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.sentences import sentences
from qa import Answer, Minutebook
from qa.answers import Citation, Claim, Intent
from qa.evaluate import read_questions
from qa.lock import NumberedPassage, shortens, verify
from qa.phrases import day
from qa.render import tidy, unnumbered
from tests.hash_encoder import HashEncoder

DATA = Path(__file__).parents[2] / "data"
TRANSCRIPT = """# Buying committee, 4 March 2024

Ann Bell: Um , so the {disfmarker} the green bins cost 25 Euros each , uh , and we should not buy more than 40 of them .

Tom Quill: Yeah .

Ann Bell: The green bins {vocalsound} rust . I I would rather have the plastic bins , you know , with a lid .

Tom Quill: The plastic bins break in winter . They cost 9 Euros , which is why the depot bought them .
"""

Make = Callable[[str], Minutebook]


@pytest.fixture
def book_of(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    def make(text: str) -> Minutebook:
        folder = tmp_path / "minutes"
        folder.mkdir()
        (folder / "record.md").write_text(text, encoding="utf-8")
        encoder = HashEncoder()
        with OwnedIndex.open(tmp_path / "index", encoder) as index:
            assert not ingest([folder], index).failed
        book = Minutebook.open(tmp_path / "index", encoder=encoder, today=datetime.date(2025, 1, 1))
        request.addfinalizer(book.close)
        return book

    return make


def quoted(answer: Answer) -> Iterator[tuple[Claim, Citation]]:
    """The claims that show a citation, each with it."""
    by_number = {citation.number: citation for citation in answer.citations}
    for claim in answer.claims:
        if claim.citations and not claim.note:
            yield claim, by_number[claim.citations[0]]


def test_a_spoken_answer_names_its_speakers_and_leaves_stumbles_out(book_of: Make) -> None:
    book = book_of(TRANSCRIPT)
    answer = book.ask("What was said about the green bins and the plastic bins?")
    shown = [claim.text for claim, _ in quoted(answer)]
    assert "Ann Bell: The green bins cost 25 Euros each and we should not buy more than 40 of them." in shown
    assert (
        "I would rather have the plastic bins, with a lid." in shown
    )  # who goes on speaking is not named again
    assert "They cost 9 Euros, which is why the depot bought them." in shown
    assert not any("{" in text or "Yeah" in text for text in shown)


def test_the_quote_stays_the_records_exact_words(book_of: Make) -> None:
    book = book_of(TRANSCRIPT)
    answer = book.ask("What was said about the green bins?")
    for citation in answer.citations:
        record = book.record(citation.record.record_id, citation.version)
        assert record is not None and record.text[citation.start : citation.end] == citation.quote
    assert any("{disfmarker}" in citation.quote for citation in answer.citations)


def test_every_sentence_shown_of_the_sample_records_passes_the_fact_lock(book: Minutebook) -> None:
    checked = 0
    for asked in read_questions(DATA / "questions.jsonl"):
        answer = book.ask(asked.question)
        for claim, citation in quoted(answer):
            words = claim.text
            if ROLL.fullmatch(words) or DATED.fullmatch(words):
                assert_stands(answer, claim, citation)
                checked += 1
                continue
            if answer.question.intent is Intent.VOTE and words != tidy(citation.quote):
                assert_adds_up(answer, claim)
                continue
            if citation.speaker:
                words = words.removeprefix(f"{citation.speaker}: ").removeprefix(f"{citation.speaker}：")
                assert shortens(words, citation.quote) or words in tidy(citation.quote), claim.text
                checked += 1
                continue
            record = book.record(citation.record.record_id, citation.version)
            title = tidy(citation.item[-1]) if citation.item else ""
            words = words.removeprefix(f"{title}: ").removeprefix(f"{title}：")
            assert record is not None and words in shown_of(citation)
            passage = NumberedPassage(citation.start, citation.end, 1, record, citation.record, citation.item)
            for sentence in (one.of(words).strip() for one in sentences(words)):
                if stands_alone(sentence):
                    assert verify(sentence, [passage]).supported, sentence
                    checked += 1
    assert checked > 200


def shown_of(citation: Citation) -> set[str]:
    """What a citation may be shown as: all of it, or whole lines of it."""
    lines = citation.quote.split("\n")
    parts = ["\n".join(lines[a : b + 1]) for a in range(len(lines)) for b in range(a, len(lines))]
    return {unnumbered(tidy(part)) for part in (citation.quote, *parts)}


ROLL = re.compile(
    r"Recorded as (?:present|absent): (.+)\.|(.+) was in the chair\."
    r"|记录(?:在列的出席人员|为缺席或请假)：(.+)。|由(.+)主持。"
)
DATED = re.compile(
    r"(?:Held|Approved|Agreed|Rejected|Deferred|Withdrawn|Decided) on .+\.|(?:会议于)?.+的?(?:召开。|会议.+：)"
)


def assert_stands(answer: Answer, line: Claim, citation: Citation) -> None:
    """A sentence from fields says no name that its quotes do not hold, and no day but that of its meeting."""
    quotes = " ".join(c.quote for c in answer.citations if c.number in line.citations)
    if roll := ROLL.fullmatch(line.text):
        names = re.split(", |、", next(filter(None, roll.groups())))
        assert all(name in quotes for name in names), line.text
    else:
        assert citation.record.date and day(citation.record.date, answer.question.language) in line.text


def assert_adds_up(answer: Answer, line: Claim) -> None:
    """A vote in a line says no name that its quotes do not list and no number but theirs or that of the names."""
    quotes = " ".join(c.quote for c in answer.citations if c.number in line.citations)
    for side in re.split("[;；]", line.text.rstrip(".。")):
        names = [name for listed in re.findall(r"[(（](.+)[)）]", side) for name in re.split(", |、", listed)]
        assert all(name in quotes for name in names), side
        count = re.search(r"\d+", side)
        assert not count or len(names) == int(count[0]) or re.search(rf"\b{count[0]}\b", quotes), side


def stands_alone(words: str) -> bool:
    """Whether the lock takes such a sentence at all: it states something and addresses nobody."""
    return len(words) > 40 and words.endswith((".", "。")) and not {"I", "you", "your"} & set(words.split())
