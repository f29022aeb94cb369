"""The judge reads what was found: it ranks anew, and says how surely the records answer."""

import math

import pytest

from qa import Minutebook
from qa.answers import AnswerState
from qa.finding import judge
from qa.finding.judge import READ, SIGNS, Fitted, fitted, judged


@pytest.mark.parametrize("text", ["What did the meeting decide on gas safety?", "自来水价格从哪天起调整？"])
def test_every_passage_that_was_found_stays_in_the_ranking(book: Minutebook, text: str) -> None:
    with book.evidence(text) as (session, empty, evidence, _):
        found = judged(session, empty.question, evidence.candidates, evidence.meetings)
    assert found is not None and 0 <= found.chance <= 1
    assert {one.passage.id for one in found.ranked} == {one.passage.id for one in evidence.candidates}
    assert sum(one.read is not None for one in found.ranked[:READ]) == min(READ, len(found.ranked))
    assert all(len(one.read.sentences) == len(one.passage.sentences) for one in found.ranked if one.read)


def test_a_question_is_judged_alike_a_second_time(book: Minutebook) -> None:
    with book.evidence("Who chaired the library board?") as (session, empty, evidence, _):
        first, second = (
            judged(session, empty.question, evidence.candidates, evidence.meetings) for _ in range(2)
        )
    assert first == second


def test_nothing_is_judged_where_nothing_was_found(book: Minutebook) -> None:
    with book.evidence("gas") as (session, empty, evidence, _):
        assert judged(session, empty.question, [], evidence.meetings) is None


def test_without_the_reader_a_question_is_answered_all_the_same(
    book: Minutebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "shipped", lambda: None)
    answer = book.ask("What did the 32nd Executive Meeting decide on gas safety?")
    assert answer.state is AnswerState.ANSWERED and answer.citations


def test_the_chance_is_a_logistic_of_the_weighed_signs() -> None:
    model = Fitted(2.0, -1.0, 0.6, 0.3, {"read": 2.0, "unknown": -3.0})
    assert model.chance({"read": 1.5, "unknown": 0.5}) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert [model.state(chance) for chance in (0.7, 0.6, 0.5, 0.2)] == [
        AnswerState.ANSWERED,
        AnswerState.ANSWERED,
        AnswerState.NEAREST,
        AnswerState.NOTHING,
    ]


def test_the_judge_that_ships_weighs_every_sign() -> None:
    assert set(fitted().weights) == set(SIGNS) and fitted().nearest < fitted().answered
