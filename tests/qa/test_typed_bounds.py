"""How much may be typed into anything but a question: beyond it a sentence, before anything is searched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa import Minutebook
from qa.corrections import corrected
from qa.errors import QuestionError
from qa.filters import MOST_CHARACTERS, MOST_NAMES, MOST_SEARCHED, MOST_WORDS, number_of
from qa.page import address
from qa.page.filters import shown
from tests.hash_encoder import HashEncoder

WORDS = " ".join(f"w{n}" for n in range(100_000))
HAN = "锅炉房" * 50_000
NAMES = [f"Ann {n}" for n in range(20_000)]

EXCESS: dict[str, Callable[[Minutebook], object]] = {
    "search of history": lambda book: book.history.conversations(WORDS),
    "search of meetings": lambda book: book.meetings(WORDS),
    "search of meetings in Chinese": lambda book: book.meetings(HAN),
    "body of meetings": lambda book: book.meetings(body=WORDS),
    "topic of decisions": lambda book: book.decisions(WORDS),
    "owner of decisions": lambda book: book.decisions(owner=WORDS),
    "topic of a timeline": lambda book: book.timeline(WORDS),
    "day": lambda book: book.meetings(since=WORDS),
    "typed topic": lambda book: corrected(book.read("boiler"), {"topic": [WORDS]}),
    "typed speakers": lambda book: corrected(book.read("boiler"), {"speaker": NAMES}),
    "typed days": lambda book: corrected(book.read("boiler"), {"since": ["2024"] * 5000}),
    "typed session": lambda book: corrected(book.read("boiler"), {"session": ["1" * 5000]}),
    "filter of speakers": lambda book: book.ask("boiler", speakers=NAMES),
    "address": lambda book: address.read(f"?view=meetings&text={WORDS}"),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Minutebook:
    folder = tmp_path_factory.mktemp("typed")
    with Minutebook.open(folder, encoder=HashEncoder(), own=True) as book:
        yield book


@pytest.mark.parametrize("which", EXCESS)
def test_too_much_is_refused_with_a_short_sentence_that_names_no_place(
    empty: Minutebook, which: str, tmp_path: Path
) -> None:
    with pytest.raises(QuestionError) as refused:
        EXCESS[which](empty)
    said = str(refused.value)
    assert len(said) < 6000 and "/" not in said


def test_as_much_as_is_allowed_is_searched(empty: Minutebook) -> None:
    search = " ".join(f"w{n}" for n in range(MOST_WORDS))
    assert len(search) <= MOST_SEARCHED
    assert empty.history.conversations(search) == []
    assert empty.meetings(search) == []
    assert list(empty.decisions("锅" * MOST_SEARCHED)) == []
    asked = corrected(empty.read("boiler"), {"topic": ["x" * MOST_CHARACTERS]})
    assert len(asked.topic) == MOST_CHARACTERS
    names = [f"A{n}" for n in range(MOST_NAMES)]
    assert corrected(asked, {"speaker": names}).speakers == tuple(names)


def test_a_question_of_the_greatest_length_has_an_address(empty: Minutebook) -> None:
    question = empty.read("会" * MOST_CHARACTERS)
    assert address.read(address.to({"q": [question.text]}))["q"] == [question.text]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12", 12), (7, 7), ("9" * 10, None), ("1" * 5000, None), ("x", None), (None, None)],
)
def test_a_number_has_nine_digits_at_most(written: object, meant: int | None) -> None:
    assert number_of(written) == meant
    assert shown({"shown": [str(written)]}, 50) == max(50, meant or 0)
