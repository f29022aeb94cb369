"""Votes and outcomes in the words of a language's pack, where a language has no rules of its own."""

import pytest

from ingest.decisions import find_decisions
from ingest.records import DecisionKind

STATED = {
    "Der Antrag wird einstimmig angenommen.": DecisionKind.APPROVED,
    "Ada Lund wurde mit großer Mehrheit zur Kassenwartin gewählt.": DecisionKind.DECIDED,
    "Der Antrag wurde nicht angenommen.": DecisionKind.REJECTED,
    "Der Beschluss über den Zaun wird auf Mai vertagt.": DecisionKind.DEFERRED,
    "Se aprueba el acta de la reunión anterior.": DecisionKind.APPROVED,
    "No se aprueba la propuesta de la valla.": DecisionKind.REJECTED,
    "Se acuerda pintar la valla en mayo.": DecisionKind.DECIDED,
}


@pytest.mark.parametrize("sentence", STATED)
def test_an_outcome_is_found_in_the_words_of_the_pack(sentence: str) -> None:
    [entry] = find_decisions(sentence, (), ())
    assert (entry.kind, entry.of(sentence)) == (STATED[sentence], sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Wird der Antrag angenommen?",
        "Der Antrag wird im Mai beraten.",
        "Se debate la propuesta de la valla.",
        "The seas were angenommen calm and nobody was there.",
    ],
)
def test_a_question_and_a_debate_settle_nothing(sentence: str) -> None:
    assert find_decisions(sentence, (), ()) == ()


VOTES = {
    "**Ja: 16**\n**Nein: 2**\n**Enthaltung: 1**": (16, 2, 1),
    "**Dafür 5**\n**Dagegen 0**\n**Enthaltung 3**": (5, 0, 3),
    "Ada Lund: 11x Ja, 4x Nein, 2x Enthaltung": (11, 4, 2),
    "A favor: 12\nEn contra: 3\nAbstenciones: 1": (12, 3, 1),
}


@pytest.mark.parametrize("text", VOTES)
def test_a_vote_is_counted_by_the_sides_the_pack_names(text: str) -> None:
    [entry] = find_decisions(text, (), ())
    assert entry.kind is DecisionKind.VOTE and entry.tally
    assert (entry.tally.in_favour, entry.tally.against, entry.tally.abstained) == VOTES[text]


def test_a_count_and_its_result_below_are_told_together() -> None:
    text = "Wir stimmen ab:\n**Ja: 16**\n**Nein: 0**\n**Enthaltung: 1**\nDer Antrag wird angenommen."
    found = find_decisions(text, (), ())
    assert any(entry.tally and entry.tally.in_favour == 16 for entry in found)
    assert any(entry.kind is DecisionKind.APPROVED for entry in found)
