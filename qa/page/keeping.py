"""What can be kept of an answer: saved as a file, and what its asker says of it."""

from html import escape

from qa.interface import Interface
from qa.words.history import WORDS


def tools(language: Interface, number: int) -> str:
    """Under an answer: ways to save it, and to say what it is worth; for the turn `number`."""
    words = WORDS[language]
    forms = ((".docx", words.word), (".md", words.markdown))

    def ways(what: str, whole: str) -> str:
        buttons = "".join(
            f'<button type="button" class="mb-plain" data-save="{form}" data-whole="{whole}">{name}</button>'
            for form, name in forms
        )
        return f"<p><span>{what}</span>{buttons}</p>"

    saves = ways(words.this_answer, "") + ways(words.whole, "1")
    verdicts = "".join(
        f'<button type="button" class="mb-plain" data-verdict="{verdict}" aria-pressed="false">{said}</button>'
        for verdict, said in (("helpful", words.helpful), ("unhelpful", words.unhelpful))
    )
    return (
        f'<div class="mb-keep" data-turn="{number}"><details class="mb-save"><summary>{words.save}</summary>'
        f'<div class="mb-menu">{saves}</div></details>'
        f'<span class="mb-verdicts">{verdicts}<button type="button" class="mb-plain" data-wrong'
        f' aria-expanded="false">{words.wrong}</button></span>'
        f'<form class="mb-wrong" hidden><label class="mb-field">{words.note}'
        f'<textarea rows="3" maxlength="2000"></textarea></label>'
        f'<p><button type="submit" class="mb-button mb-primary">{words.send}</button>'
        f'<button type="button" class="mb-button" data-wrong>{words.never_mind}</button></p></form></div>'
    )


def said(sentence: str, language: Interface) -> str:
    """A word back to whoever said something of an answer."""
    return f'<p class="mb-said" role="status" lang="{language}">{escape(sentence)}</p>'
