"""A model that reads the evidence: it may answer, decline, search once more and sum up, and nothing false is shown."""

import datetime
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from qa import Minutebook
from qa.answers import AnswerState
from qa.model.clients import model_from
from qa.model.prompt import COPYING, MAY_SEARCH, NOTHING, RULES, tokens
from qa.shown import sentence_of
from tests.qa.openai_server import OpenAIServer, Raw, Say, Script

ABSTAINED = "When must boilers be descaled?"  # no word of it stands in the records
REAL_ESTATE = "What did the meeting decide on real estate in March 2024?"
TODAY = datetime.date(2026, 1, 15)
READ = "Question to read:"  # in a task to read a question and in no other


def first_line(user: str) -> tuple[str, str]:
    """The number of the first piece of a prompt and its first line that is a sentence."""
    for number, block in re.findall(
        r"(?ms)^Passage (\d+) \(.*?\):\n(.*?)(?=^Passage |^Question again)", user
    ):
        for line in block.splitlines():
            if line.endswith(".") and len(line) > 60 and ":" not in line:
                return number, line.removeprefix("| ").lstrip("-* 0123456789.")
    raise AssertionError("no sentence in the prompt")


def copying(user: str) -> Say:
    number, line = first_line(user)
    return Say(f"{line} [{number}]\n")


@pytest.fixture
def with_model(
    sample_index: Path, encoder: SentenceTransformerEncoder
) -> Callable[..., Iterator[tuple[Minutebook, OpenAIServer]]]:
    @contextmanager
    def opened(script: Script, **settings: int) -> Iterator[tuple[Minutebook, OpenAIServer]]:
        with OpenAIServer(script) as server:
            model = model_from(f"openai-like:reader@{server.url}", seconds=30)
            with Minutebook.open(
                sample_index, encoder=encoder, today=TODAY, llm=model, llm_seconds=30, **settings
            ) as book:
                yield book, server

    return opened


WithModel = Callable[..., Iterator[tuple[Minutebook, OpenAIServer]]]


def after_reading(script: Script, fields: str = "{}") -> Script:
    """A script that reads every question so, and else says what another does."""
    return lambda user: Say(fields) if READ in user else script(user)


def days_shown(user: str) -> list[int]:
    """The years of the pieces in a prompt."""
    return [int(year) for year in re.findall(r"(?m)^Passage \d+ \(.*?(\d{4})(?:年\d+月\d+日)? /", user)]


# It may answer, and it may decline -------------------------------------------------------------------------------


def test_it_answers_where_the_extractive_answer_does_not(with_model: WithModel, book: Minutebook) -> None:
    assert book.ask(ABSTAINED).abstained
    with with_model(after_reading(copying, '{"kind": "when"}')) as (other, _):
        answer = other.ask(ABSTAINED)
    assert answer.state is AnswerState.ANSWERED and answer.composer == "reader"
    assert all(claim.supported for claim in answer.claims) and not answer.nearest


def test_what_was_taken_for_an_answer_comes_nearest_when_it_says_that_nothing_answers(
    with_model: WithModel, book: Minutebook
) -> None:
    extractive = book.ask(REAL_ESTATE)
    with with_model(lambda _: Say(NOTHING)) as (other, _):
        answer = other.ask(REAL_ESTATE)
    assert extractive.state is AnswerState.ANSWERED and answer.state is AnswerState.NEAREST
    assert (answer.groups, answer.citations) == (extractive.groups, extractive.citations)


def test_an_abstaining_answer_stays_as_it_is_when_it_says_that_nothing_answers(
    with_model: WithModel, book: Minutebook
) -> None:
    with with_model(after_reading(lambda _: Say(NOTHING), '{"kind": "when"}')) as (other, _):
        answer = other.ask(ABSTAINED)
    assert answer.state is book.ask(ABSTAINED).state


def test_the_extractive_answer_is_there_before_the_model_wrote(
    with_model: WithModel, book: Minutebook
) -> None:
    with with_model(copying) as (other, server):
        growing = other.stream(REAL_ESTATE)
        next(growing)
        assert next(growing).groups == book.ask(REAL_ESTATE).groups
        assert not server.asked
        assert list(growing)[-1].composer == "reader"


# It may search once more -----------------------------------------------------------------------------------------


def searching(user: str) -> Say:
    return copying(user) if "gas" in user.casefold() and "SEARCHED" in user else Say("SEARCH: gas safety\n")


def test_it_may_search_once_and_that_is_said(with_model: WithModel) -> None:
    with with_model(after_reading(lambda _: Say("SEARCH: gas safety inspections"), '{"kind": "when"}')) as (
        other,
        server,
    ):
        answer = other.ask(ABSTAINED)
    written = [asked for asked in server.asked if READ not in asked.user]
    assert [asked.system for asked in written] == [RULES + MAY_SEARCH, RULES]
    assert written[0].user != written[1].user and "gas" in written[1].user.casefold()
    assert answer.abstained and any("gas safety inspections" in notice for notice in answer.notices)


def test_a_search_stays_within_the_filters_that_were_set(with_model: WithModel) -> None:
    with with_model(after_reading(lambda _: Say("SEARCH: gas safety"))) as (other, server):
        other.ask("What about boilers?", since="2025-01-01", until="2025-12-31")
    written = [asked.user for asked in server.asked if READ not in asked.user]
    assert len(written) == 2 and all(days_shown(user) for user in written)
    assert {year for user in written for year in days_shown(user)} == {2025}


# What it writes --------------------------------------------------------------------------------------------------

DECIDED = "The Measures for the Steady and Healthy Development of the Real Estate Market were approved."
DEFERRED = "The proposal to buy 600 unsold flats for use as affordable rental housing was deferred."


def everywhere(user: str) -> str:
    return "".join(f"[{number}]" for number in re.findall(r"(?m)^Passage (\d+) \(", user))


def led(lead: str) -> Script:
    return lambda user: Say(f"{lead}\n{DECIDED} {everywhere(user)}\n{DEFERRED} {everywhere(user)}\n")


def test_a_first_sentence_may_sum_up_those_below_it(with_model: WithModel) -> None:
    lead = f"{DECIDED.rstrip('.')}, and {DEFERRED[0].lower()}{DEFERRED[1:]}"
    with with_model(led(lead)) as (other, _):
        answer = other.ask(REAL_ESTATE)
    assert [claim.text for claim in answer.claims[:3]] == [lead, DECIDED, DEFERRED]
    below = {number for claim in answer.claims[1:] for number in claim.citations}
    assert answer.claims[0].citations and set(answer.claims[0].citations) <= below


@pytest.mark.parametrize(
    "lead",
    [
        f"{DECIDED.rstrip('.')}, and the proposal to buy 600 unsold flats was approved.",
        f"{DECIDED.rstrip('.')}, and a new stadium was announced.",
    ],
)
def test_a_first_sentence_that_says_more_than_those_below_it_is_left_out(
    with_model: WithModel, lead: str
) -> None:
    with with_model(led(lead)) as (other, _):
        answer = other.ask(REAL_ESTATE)
    assert answer.claims[0].text == DECIDED and lead not in str(answer)


def test_the_record_is_quoted_in_place_of_a_sentence_that_is_worded_too_freely(with_model: WithModel) -> None:
    free = "So the idea of buying those 600 unsold flats for affordable rental housing got deferred this time around."
    with with_model(lambda user: Say(f"{free} {everywhere(user)}\n")) as (other, _):
        answer = other.ask(REAL_ESTATE)
    assert free not in str(answer) and answer.composer == "reader"
    assert any("600" in text for text in map(sentence_of, answer.citations))
    assert {claim.text for claim in answer.claims if claim.supported and not claim.note} <= set(
        map(sentence_of, answer.citations)
    )
    assert any("own words" in notice for notice in answer.notices)


def test_a_model_that_repeats_itself_is_not_listened_to_any_longer(with_model: WithModel) -> None:
    with with_model(lambda user: Say(f"{DECIDED} {everywhere(user)}\n" * 400, size=200, pause=0.01)) as (
        other,
        server,
    ):
        answer = other.ask(REAL_ESTATE)
        assert server.hung_up.wait(10)
    assert [claim.text for claim in answer.claims].count(DECIDED) == 1


# Small models ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [1_500, 4_000, 8_000])
def test_a_prompt_has_no_more_tokens_than_were_set(with_model: WithModel, room: int) -> None:
    with with_model(lambda _: Say(NOTHING), llm_tokens=room) as (other, server):
        other.ask("Summarise what was said about housing in 2024")
    assert server.asked and all(tokens(asked.system + asked.user) <= room for asked in server.asked)


def test_a_model_that_takes_in_less_is_sent_the_better_half(with_model: WithModel) -> None:
    long = json.dumps({"error": {"message": "This model's maximum context length is 2048 tokens."}}).encode()

    def script(user: str) -> Say | Raw:
        return Raw(long, 400) if user.count("\nPassage ") > 3 else copying(user)

    with with_model(script) as (other, server):
        answer = other.ask(REAL_ESTATE)
    counts = [asked.user.count("\nPassage ") for asked in server.asked]
    assert len(counts) > 1 and counts == sorted(counts, reverse=True) and answer.composer == "reader"


def test_a_model_of_which_nothing_held_is_asked_once_more_to_copy(with_model: WithModel) -> None:
    asked: list[str] = []

    def script(user: str) -> Say:
        asked.append(user)
        return copying(user) if len(asked) > 1 else Say("The meeting approved a helipad. [1]")

    with with_model(script) as (other, server):
        answer = other.ask(REAL_ESTATE)
    assert [one.system for one in server.asked] == [RULES + MAY_SEARCH, COPYING]
    assert answer.composer == "reader"


FAILURES = {
    404: "knows no such model",
    413: "takes in less text",
    429: "takes no more questions now",
    503: "takes no more questions now",
}


@pytest.mark.parametrize("status", FAILURES)
def test_every_failure_is_told_in_a_clear_sentence(with_model: WithModel, status: int) -> None:
    with with_model(lambda _: Raw(b'{"error": {"message": "x"}}', status)) as (other, _):
        answer = other.ask(REAL_ESTATE)
    assert FAILURES[status] in answer.notices[0]


# How it reads a question -----------------------------------------------------------------------------------------


def asked_after(
    fields: str, with_model: WithModel, text: str, **filters: str
) -> tuple[Sequence[str], object]:
    with with_model(after_reading(lambda _: Say(NOTHING), fields)) as (other, server):
        answer = other.ask(text, **filters)
    return [asked.user for asked in server.asked if READ not in asked.user], answer


def test_it_fills_what_the_rules_left_open(with_model: WithModel) -> None:
    written, answer = asked_after(
        '{"since": "2025-01-01", "until": "2025-12-31"}', with_model, "boilers checked lately?"
    )
    assert set(days_shown(written[-1])) == {2025}
    assert [(p.first.year, p.last.year) for p in answer.question.when] == [(2025, 2025)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fields",
    [
        '{"since": "2020-01-01"}',
        '{"since": "2024-01-01", "until": "2024-12-31", "bodies": ["Parks Board"], "sessions": [3]}',
    ],
)
def test_a_filter_that_was_set_is_never_loosened(with_model: WithModel, fields: str) -> None:
    written, _ = asked_after(
        fields, with_model, "boilers checked lately?", since="2025-01-01", until="2025-12-31"
    )
    assert {year for user in written for year in days_shown(user)} <= {2025}


@pytest.mark.parametrize(
    "fields",
    [
        '{"since": "1987-01-01", "until": "1987-12-31"}',
        '{"bodies": ["The Moon Council"]}',
        '{"sessions": [99999]}',
        '{"topic": "helipads"}',
    ],
)
def test_what_the_index_does_not_hold_is_not_taken(
    with_model: WithModel, book: Minutebook, fields: str
) -> None:
    _, answer = asked_after(fields, with_model, ABSTAINED)
    assert answer.question == book.ask(ABSTAINED).question  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "said", ["I think it is about boilers.", '{"kind": ', "[1, 2, 3]", '{"weather": "fine"}']
)
def test_a_reading_that_is_no_use_is_asked_for_in_lines_and_then_ignored_with_a_note(
    with_model: WithModel, book: Minutebook, said: str
) -> None:
    with with_model(after_reading(lambda _: Say(NOTHING), said)) as (other, server):
        answer = other.ask(ABSTAINED)
    assert sum(READ in asked.user for asked in server.asked) == 2
    assert answer.question == book.ask(ABSTAINED).question
    assert any("reading of the question" in notice for notice in answer.notices)


def test_a_model_that_cannot_write_json_may_write_lines(with_model: WithModel) -> None:
    _, answer = asked_after("since: 2025-01-01\nuntil: 2025-12-31\n", with_model, "boilers checked lately?")
    assert [(p.first.year, p.last.year) for p in answer.question.when] == [(2025, 2025)]  # type: ignore[attr-defined]


def test_a_question_that_a_person_corrected_is_not_read_again(with_model: WithModel) -> None:
    with with_model(after_reading(lambda _: Say(NOTHING), '{"since": "2025-01-01"}')) as (other, server):
        question = other.read(ABSTAINED)
        assert other.ask(question).question.when == ()
    assert not any(READ in asked.user for asked in server.asked)
