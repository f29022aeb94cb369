# ruff: noqa: E501  (sentences of transcripts read better whole)
"""Spoken sentences as they are shown: without noise and stumbles, and with every word that counts."""

import pytest

from qa.lock import shortens
from qa.speech import printed, spoken

SHOWN = (
    ("Um , it 's the {disfmarker} the cheapest one , uh , with an L_C_D_ .", "It's the cheapest one with an LCD."),
    ("I {disfmarker} I think {vocalsound} we should keep the the scroll wheel .", "I think we should keep the scroll wheel."),
    ("It 's {disfmarker} The point is that it costs more .", "The point is that it costs more."),
    ("Okay , so the remote must be yellow .", "The remote must be yellow."),
    ("We had br brain scans , you know , of forty people .", "We had brain scans, of forty people."),
    ("You press you press the button -- the red one .", "You press the button – the red one."),
    ("[inaudible] so the fee rises from June.", "The fee rises from June."),
    ("And so forth until the end of the year .", "And so forth until the end of the year."),
    ("Mm - hmm .", "Mm-hmm."),
    ("呃，我觉得这个这个方案可以。", "我觉得这个方案可以。"),
    ("然后然后我们就是，就是要在六月完工。", "然后我们就是要在六月完工。"),
    # what counts, is denied, or is only possible stays even where it is stumbled over
    ("I do not {disfmarker} not want to sell it .", "I do not – not want to sell it."),
    ("It is twenty twenty per cent .", "It is twenty twenty per cent."),
    ("We might {disfmarker} we will close the pool .", "We might – we will close the pool."),
    ("It was very very late .", "It was very very late."),
    ("If we {disfmarker} the council agrees , it opens .", "If we – the council agrees, it opens."),
)  # fmt: skip


@pytest.mark.parametrize(("said", "shown"), SHOWN)
def test_a_spoken_sentence_is_shown_without_its_stumbles(said: str, shown: str) -> None:
    assert spoken(said) == shown
    assert shortens(shown, said)


def test_where_nothing_else_was_said_the_words_stay() -> None:
    assert spoken("Uh {vocalsound} um .") == "Uh um."
    assert printed("Uh {vocalsound} um .") == "Uh um."


SAID = "Well , we {disfmarker} we should not pay more than 25 Euros for the L_C_D_ , uh , because Ann Bell might object ."
FALSE = (
    "We should pay more than 25 Euros for the LCD, because Ann Bell might object.",
    "We should not pay more than 35 Euros for the LCD, because Ann Bell might object.",
    "We should not pay more than 25 Euros for the LCD, because Ann Quill might object.",
    "We should not pay more than 25 Euros for the LCD, because Ann Bell will object.",
    "We must not pay more than 25 Euros for the LCD, because Ann Bell might object.",
    "We should not pay more than 25 Euros for the chip, because Ann Bell might object.",
    "We should not pay more than 25 Euros, because Ann Bell might object.",
    "We should not pay more than 25 Euros for the LCD, because Ann Bell might object and leave.",
    "We should not object because Ann Bell might pay more than 25 Euros for the LCD.",
)


def test_the_lock_takes_a_shortening_and_nothing_that_says_other_things() -> None:
    assert shortens("We should not pay more than 25 Euros for the LCD, because Ann Bell might object.", SAID)
    assert [shown for shown in FALSE if shortens(shown, SAID)] == []


def test_the_lock_takes_no_chinese_shortening_that_says_other_things() -> None:
    said = "呃，这个这个方案不应该超过300万元。"
    assert shortens("这个方案不应该超过300万元。", said)
    for shown in ("这个方案应该超过300万元。", "这个方案不应该超过500万元。", "这个预算不应该超过300万元。"):
        assert not shortens(shown, said)
