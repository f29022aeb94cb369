"""Where a sentence answers a question for an owner, a day or a sum, nothing of another matter is told beside it."""

import pytest

from qa import Minutebook


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("清水河清淤由谁负责?", "由市水务局负责"),
        ("清淤工程什么时候完成？", "10月底前完成"),
        ("停车收费从哪天开始？", "自7月1日起"),
        ("停车报告由谁提交？", "由市交通局"),
        ("By when must the roof contract be signed?", "by 20 March 2025"),
        ("From when is parking charged in Market Square?", "from 1 June 2025"),
        ("When will the pier lights be finished?", "by 30 September 2025"),
        ("What is the budget of the Christmas lights?", "9,000 pounds"),
        ("Who must obtain the boiler quotations?", "Leo Hart"),
        ("Who is in charge of the cycle lane works?", "Mr Tomas Veldt"),
        ("What did they do about the leak at the town hall?", "authorised emergency repairs"),
        ("What was done about the flood at the sports hall?", "replace the windows"),
    ],
)
def test_one_sentence_that_answers_is_all(elmford: Minutebook, text: str, only: str) -> None:
    (claim,) = elmford.ask(text).claims
    assert only in claim.text


def test_what_was_done_is_told_with_what_it_was_done_about_alone(elmford: Minutebook) -> None:
    said = [claim.text for claim in elmford.ask("What did they do about the burst pipe?").claims]
    assert said == [
        "The caretaker reported a burst pipe in the town hall cellar.",
        "The Council authorised emergency repairs and had the cellar pumped out.",
    ]
