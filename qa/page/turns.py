"""The conversation: the question box, and turn by turn a question as understood, its answer and its evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from shlex import quote

from qa import notices
from qa.answers import Answer, MeetingRef
from qa.history import History
from qa.interface import Interface, words_in
from qa.page import address, keeping
from qa.page.understood import understood
from qa.render import answer_html, evidence_html, meeting_name
from qa.words.ask import WORDS

MOST_TURNS = 40  # questions and answers kept on a page
MOST_NAMES = 400  # speakers, bodies and meetings offered while typing


@dataclass(frozen=True, slots=True)
class Turns:
    """The answers of one conversation, oldest first: the last MOST_TURNS, which keep their numbers.

    conversation  what it is kept as; empty before its first answer
    checked       the state of the index in which all of them could be shown, as `Minutebook.generation`
    """

    answers: tuple[Answer, ...] = ()
    dropped: int = 0
    conversation: str = ""
    checked: int = -1

    @property
    def next(self) -> int:
        """The number of the turn to come; the first is 1."""
        return self.dropped + len(self.answers) + 1

    def numbered(self) -> Iterator[tuple[int, Answer]]:
        """The answers with their numbers."""
        return enumerate(self.answers, start=self.dropped + 1)

    def answer(self, number: int) -> Answer | None:
        """The answer of a turn; None for one there is not or no longer."""
        return dict(self.numbered()).get(number)

    def followed_by(self, answer: Answer) -> "Turns":
        """The conversation one turn later."""
        kept = (*self.answers, answer)[-MOST_TURNS:]
        dropped = self.dropped + len(self.answers) + 1 - len(kept)
        conversation = self.conversation or History.new_id()
        return replace(self, answers=kept, dropped=dropped, conversation=conversation)

    def before(self, number: int) -> "Turns":
        """The conversation before a turn, when that is the last one; otherwise all of it."""
        return replace(self, answers=self.answers[:-1]) if number == self.next - 1 else self


def welcome(
    held: Sequence[MeetingRef], language: Interface, index: str, *, every_language: bool = True
) -> str:
    """What stands before the first question: an invitation, or without records what to do.

    every_language  whether the encoder knows all of them; that it does not is said here, once
    """
    words = words_in(language)
    by_words = "" if every_language else f'<p class="mb-aside">{WORDS[language].by_words}</p>'
    if held:
        inside = f"<h2>{words.welcome}</h2><p>{words.welcome_hint}</p>{by_words}"
        return f'<div class="mb-welcome" lang="{language}">{inside}</div>'
    command = escape(f"python -m ingest data/minutes --index {quote(str(index))}")
    intake = f'<p><a class="mb-button mb-primary" href="?view=intake">{words.tab_intake}</a></p>'
    inside = (
        f"<h2>{words.no_records}</h2><p>{words.no_records_how}</p>{intake}<pre><code>{command}</code></pre>"
        f"<p>{words.no_records_or}</p>"
    )
    return f'<div class="mb-welcome mb-no-records" lang="{language}">{inside}</div>'


def state(
    under_way: Sequence[tuple[int, int]], degraded: bool, language: Interface, generation: int = 0
) -> str:
    """A line on what goes on at the index: jobs that take records in, as (done, total), and a repair.

    The page asks for it again and again: when the generation is another one, it shows what is held now.
    """
    words = words_in(language)
    done, total = (sum(side) for side in zip(*under_way, strict=True)) if under_way else (0, 0)
    taking = words.taking_in.format(done=done, total=total) if total else words.preparing
    said = [*([taking] if under_way else []), *([notices.degraded(language)] if degraded else [])]
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in said)
    line = f'<div class="mb-state" role="status" lang="{language}">{lines}</div>' if said else ""
    return f'<span hidden data-generation="{generation}"></span>{line}'


@dataclass(frozen=True, slots=True)
class Names:
    """What is offered while somebody types: bodies and speakers as the records name them, and meetings."""

    bodies: Sequence[str] = ()
    speakers: Sequence[str] = ()
    meetings: Sequence[MeetingRef] = ()


def offered(names: Names, language: Interface) -> str:
    """The names that forms offer while somebody types."""
    options = (
        ("mb-bodies", ((body, "") for body in names.bodies)),
        ("mb-speakers", ((speaker, "") for speaker in names.speakers)),
        ("mb-held-meetings", ((meeting_name(m, language), m.record_id) for m in names.meetings)),
    )
    return "".join(
        f'<datalist id="{name}">{"".join(_option(*pair) for pair in list(pairs)[:MOST_NAMES])}</datalist>'
        for name, pairs in options
    )


def box(language: Interface) -> str:
    """The question box."""
    words, more = words_in(language), WORDS[language]
    return (
        f'<p class="mb-scope" lang="{language}" data-said="{more.asking_within}" hidden><span></span>'
        f' <a href="?view=ask">{more.whole}</a></p>'
        f'<form id="mb-question" lang="{language}">'
        f'<textarea rows="1" maxlength="20000" aria-label="{words.ask_label}"'
        f' placeholder="{words.ask_placeholder}"></textarea>'
        f'<button type="submit" class="mb-button mb-primary mb-send">{words.ask_button}</button>'
        f'<button type="button" class="mb-button mb-stop">{more.stop}</button></form>'
    )


def examples(questions: Sequence[str], language: Interface) -> str:
    """Questions to ask with one click."""
    if not questions:
        return ""
    asks = "".join(
        f'<li><button type="button" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in questions
    )
    return (
        f'<div class="mb-asks" lang="{language}"><h3>{words_in(language).examples}</h3><ul>{asks}</ul></div>'
    )


def conversation(turns: Turns, language: Interface) -> str:
    """The turns of a conversation in order."""
    return "".join(turn(answer, language, number) for number, answer in turns.numbered())


def turn(answer: Answer, language: Interface, number: int, *, growing: bool = False) -> str:
    """One question as understood, its answer, and its evidence; `growing`: more of it is to come."""
    words = words_in(language)
    waiting = "" if answer.groups else _reading(language)
    shown = understood(answer, language, number, growing) + answer_html(answer, language, number) + waiting
    near = bool(answer.nearest) and not answer.citations
    evidence = _Evidence(
        heading=words.nearest_passages if near else words.evidence,
        steps=_steps(language, number) if answer.citations else "",
        body=evidence_html(answer, language, number),
    )
    tools = "" if growing else f'<div class="mb-tools">{_tools(language, number)}</div>'
    return _turn(
        answer.question.text,
        shown + tools,
        evidence,
        language,
        number,
        busy=growing,
        link="" if growing else address.to_answer(answer.question),
    )


def asking(question: str, language: Interface, number: int, ahead: int = 0) -> str:
    """A turn of which only the question is known yet; `ahead`: its place in the line of those who wait."""
    words = words_in(language)
    evidence = _Evidence(words.evidence, "", f'<p class="mb-aside">{words.evidence_waits}</p>')
    return _turn(question, _reading(language, ahead), evidence, language, number, busy=True)


def next_questions(questions: Sequence[str], language: Interface) -> str:
    """Questions that the records answer too, to ask with one click."""
    if not questions:
        return ""
    asks = "".join(
        f'<li><button type="button" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in questions
    )
    heading = WORDS[language].next_questions
    return f'<div class="mb-asks mb-further" lang="{language}"><h3>{heading}</h3><ul>{asks}</ul></div>'


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The panel beside an answer: its heading, the buttons to step through it, and its cards, as HTML."""

    heading: str
    steps: str
    body: str


def _turn(
    question: str,
    answer: str,
    evidence: _Evidence,
    language: Interface,
    number: int,
    *,
    busy: bool,
    link: str = "",
) -> str:
    state = ' aria-busy="true"' if busy else ""
    shared = f' data-link="{escape(link)}"' if link else ""
    return (
        f'<article class="mb-turn" id="t{number}" data-turn="{number}" lang="{language}"{state}{shared}>'
        f'<h2 class="mb-question" tabindex="-1">{escape(question)}</h2>{answer}'
        f'<aside class="mb-evidence" aria-label="{evidence.heading}">'
        f'<div class="mb-bar"><h2>{evidence.heading}</h2>'
        f'<p class="mb-for">{escape(question)}</p>{evidence.steps}</div>'
        f'<div class="mb-scroll" tabindex="0" role="group" aria-label="{evidence.heading}">{evidence.body}</div>'
        f"</aside></article>"
    )


def _tools(language: Interface, number: int) -> str:
    """What can be done with an answer."""
    words = WORDS[language]
    return (
        f'<button type="button" class="mb-plain" data-again="{number}">{words.ask_again}</button>'
        f'<button type="button" class="mb-plain" data-copy="link" data-done="{words.copied}">'
        f"{words.copy_link}</button>{keeping.tools(language, number)}"
    )


def _steps(language: Interface, number: int) -> str:
    """Buttons to the previous and next citation and back."""
    words = words_in(language)
    steps = (("previous", words.previous, "↑"), ("next", words.next, "↓"), ("close", words.close, "✕"))
    buttons = "".join(
        f'<button type="button" data-step="{step}" data-turn="{number}" aria-label="{label}">{sign}</button>'
        for step, label, sign in steps
    )
    return f'<span class="mb-steps" title="{words.keys_hint}">{buttons}</span>'


def _reading(language: Interface, ahead: int = 0) -> str:
    words = words_in(language)
    said = words.waiting.format(place=ahead) if ahead else words.reading
    return f'<p class="mb-reading" role="status">{said}</p>'


def _option(value: str, record_id: str) -> str:
    held = f' data-record="{escape(record_id)}"' if record_id else ""
    return f'<option value="{escape(value)}"{held}></option>'
