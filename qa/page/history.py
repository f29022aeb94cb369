"""The screen of what is kept: one's conversations, and what people said of answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from qa.answers import Answer, AnswerState, Claim, Group, Question
from qa.history import Complaint, ConversationRef, KeptAnswer
from qa.interface import Interface, moment
from qa.page.turns import Turns
from qa.render import answer_html, evidence_html
from qa.words.history import WORDS

CARDS = (
    1_000_000  # the turn number that answers in a list of complaints begin after, so that no id is used twice
)


def history(found: Sequence[ConversationRef], search: str, language: Interface, *, trouble: str = "") -> str:
    """The conversations, newest first, with a search over them; `trouble`: why nothing is kept here."""
    words = WORDS[language]
    warned = f'<p class="mb-trouble" role="alert">{escape(trouble)}</p>' if trouble else ""
    rows = "".join(_row(one, language, deletable=not trouble) for one in found)
    none = words.none_found if search else words.none
    listed = f'<ul class="mb-kept">{rows}</ul>' if rows else f'<p class="mb-aside">{none}</p>'
    everything = (
        f'<p><button type="button" class="mb-plain" data-forget="" data-really="{words.really}">'
        f"{words.delete_all}</button></p>"
        if rows and not trouble and not search
        else ""
    )
    return (
        f'<div class="mb-history" lang="{language}"><h2>{words.title}</h2><p class="mb-aside">{words.hint}</p>{warned}'
        f'<form class="mb-search" data-visit role="search"><input type="hidden" name="view" value="history">'
        f'<label class="mb-field">{words.search}<input type="search" name="q" value="{escape(search)}"></label>'
        f'<button type="submit" class="mb-button">{words.find}</button></form>{listed}{everything}</div>'
    )


def complaints(found: Sequence[Complaint], language: Interface) -> str:
    """What people said of answers, each with the answer and the evidence that was shown."""
    words = WORDS[language]
    rows = "".join(_complaint(one, place, language) for place, one in enumerate(found, CARDS))
    csv = f'<button type="button" class="mb-button" data-file="csv">{words.as_csv}</button>' if found else ""
    inside = (
        f'<ul class="mb-complaints">{rows}</ul>{csv}'
        if rows
        else f'<p class="mb-aside">{words.no_feedback}</p>'
    )
    return f'<section class="mb-feedback" lang="{language}"><h3>{words.feedback}</h3>{inside}</section>'


def reopened(conversation: str, kept: Sequence[KeptAnswer], language: Interface) -> Turns:
    """A kept conversation as turns to go on from; what may not be shown is said in its place."""
    by_place = {one.ordinal: one for one in kept}
    first = min(by_place, default=1)
    answers = [_shown(by_place.get(n), language) for n in range(first, max(by_place, default=0) + 1)]
    turns = Turns(conversation=conversation, dropped=first - 1)
    for answer in answers:
        turns = turns.followed_by(answer)
    return turns


def withheld(question: str, language: Interface) -> Answer:
    """What stands in place of an answer that may not be shown any more."""
    return _said(question, WORDS[language].withheld, language)


def _shown(one: KeptAnswer | None, language: Interface) -> Answer:
    """A kept answer with what is to be said of it now."""
    words = WORDS[language]
    if one is None:
        return _said("…", words.lost, language)
    if one.damaged:
        return _said(one.question, words.damaged, language)
    if one.answer is None:
        return withheld(one.question, language)
    notices = (
        words.corrected.format(number=number, when=moment(now.ingested, language))
        for number, now in one.corrected
    )
    return replace(one.answer, notices=(*one.answer.notices, *notices))


def _said(question: str, sentence: str, language: Interface) -> Answer:
    """An answer of one sentence of Minutebook's own."""
    group = Group(None, "", (Claim(sentence, own=True),))
    return Answer(Question(question, language=language), (group,), state=AnswerState.NOTHING)


def _row(one: ConversationRef, language: Interface, *, deletable: bool) -> str:
    words = WORDS[language]
    count = words.answers_one if one.answers == 1 else words.answers.format(count=one.answers)
    name = escape(words.delete_named.format(title=one.title))
    delete = (
        f'<button type="button" class="mb-plain" data-forget="{escape(one.id)}" aria-label="{name}"'
        f' data-really="{words.really}">{words.delete}</button>'
        if deletable
        else ""
    )
    return (
        f'<li><button type="button" class="mb-open" data-reopen="{escape(one.id)}">{escape(one.title)}</button>'
        f"<p><span>{moment(one.changed, language)}</span><span>{count}</span>{delete}</p></li>"
    )


def _complaint(one: Complaint, place: int, language: Interface) -> str:
    words = WORDS[language]
    verdict: str = getattr(words, one.verdict)
    facts: Iterable[str] = (verdict, moment(one.given, language))
    note = f'<p class="mb-note-said">{escape(one.note)}</p>' if one.note else ""
    if one.answer is None:
        shown = f'<p class="mb-aside">{words.damaged if one.damaged else words.withheld}</p>'
    else:
        shown = (
            f"<details><summary>{words.shown}</summary>"
            f"{answer_html(one.answer, language, place)}{evidence_html(one.answer, language, place)}</details>"
        )
    return (
        f'<li class="mb-said-{one.verdict}"><p class="mb-file">{escape(" · ".join(facts))}</p>'
        f'<p class="mb-what">{escape(one.question)}</p>{note}{shown}</li>'
    )
