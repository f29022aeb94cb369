"""A question as understood: chips to change or take away, and the form that changes all of it at once."""

import json
from html import escape

from qa.answers import Answer
from qa.chips import Chip, chips, kinds
from qa.corrections import as_typed
from qa.interface import Interface, words_in
from qa.page.filters import day
from qa.render import lang_of, meeting_name
from qa.words.ask import WORDS


def understood(answer: Answer, language: Interface, number: int, growing: bool) -> str:
    """What was understood of the question, as chips to change or take away, and the form to change all of it."""
    words = WORDS[language]
    made = "".join(_chip(chip, language, growing) for chip in chips(answer.question, language))
    more = (
        ""
        if growing
        else f'<li><button type="button" class="mb-narrow" data-edit="since" aria-expanded="false">'
        f"{words.narrow}</button></li>"
    )
    label = words_in(language).understood
    shown = f'<ul class="mb-chips" aria-label="{label}">{made}{more}</ul>' if made or more else ""
    return shown + ("" if growing else _form(answer, language, number))


def _chip(chip: Chip, language: Interface, growing: bool) -> str:
    words = WORDS[language]
    inside = f"<span>{escape(chip.label)}</span> {escape(chip.value)}"
    if growing or chip.piece == "taken":
        return f'<li class="mb-chip">{inside}</li>'
    change, away = (
        escape(said.format(piece=chip.label, value=chip.value)) for said in (words.change, words.take_away)
    )
    return (
        f'<li class="mb-chip"><button type="button" data-edit="{chip.piece}" aria-label="{change}">{inside}</button>'
        f'<button type="button" class="mb-away" data-correct="{escape(json.dumps(chip.without))}"'
        f' aria-label="{away}" title="{away}">✕</button></li>'
    )


def _form(answer: Answer, language: Interface, number: int) -> str:
    """Everything that was understood, to be changed at once."""
    words, typed = WORDS[language], as_typed(answer.question)
    several = "; "
    choices = "".join(
        f'<option value="{value}"{" selected" if [value] == typed["kind"] else ""}>{escape(name)}</option>'
        for value, name in [("", words.any_kind), *kinds(language)]
    )
    days = "".join(
        f"{day('since', words.since, first, language)}{day('until', words.until, last, language)}"
        for first, last in zip(typed["since"], typed["until"], strict=True)
    )
    return (
        f'<form class="mb-correct" data-turn="{number}" hidden>'
        f"{_field('topic', words.topic, typed['topic'][0], wide=True)}"
        f'<label class="mb-field">{words.kind}<select name="kind">{choices}</select></label>'
        f"{_field('session', words.session, several.join(typed['session']))}{days}"
        f"{_field('body', words.body, several.join(typed['body']), names='mb-bodies')}"
        f"{_field('speaker', words.speaker, several.join(typed['speaker']), names='mb-speakers')}"
        f"{_within(answer, language)}"
        f'<div class="mb-actions"><button type="submit" class="mb-button mb-primary">{words.ask_so}</button>'
        f'<button type="reset" class="mb-button">{words.never_mind}</button></div></form>'
    )


def _field(name: str, label: str, value: str, *, names: str = "", wide: bool = False) -> str:
    offered = f' list="{names}"' if names else ""
    return (
        f'<label class="mb-field{" mb-wide" if wide else ""}">{label}'
        f'<input type="text" name="{name}" value="{escape(value)}"{offered} autocomplete="off"></label>'
    )


def _within(answer: Answer, language: Interface) -> str:
    """The meetings to stay within: those chosen, those cited, and a box to find others."""
    words, chosen = WORDS[language], set(answer.question.records)
    known = {citation.record.record_id: citation.record for citation in answer.citations}
    boxes = "".join(
        f'<label{lang_of(meeting)}><input type="checkbox" name="within" value="{escape(record_id)}"'
        f"{' checked' if record_id in chosen else ''}> {escape(meeting_name(meeting, language))}</label>"
        for record_id, meeting in known.items()
    )
    boxes += "".join(
        f'<input type="hidden" name="within" value="{escape(record_id)}">'
        for record_id in answer.question.records
        if record_id not in known
    )
    return (
        f'<fieldset class="mb-within"><legend>{words.within}</legend>{boxes}'
        f'<label class="mb-field"><input list="mb-held-meetings" data-add="within" autocomplete="off"'
        f' placeholder="{words.find_meeting}" aria-label="{words.find_meeting}"></label></fieldset>'
    )
