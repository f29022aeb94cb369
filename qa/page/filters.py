"""The forms that filter a list: their fields stand in the address, and what is set is said in words.

The first field is always to be seen; on a narrow screen the others are folded behind a button that says what is set.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from qa.answers import Period
from qa.chips import name_of
from qa.filters import number_of
from qa.interface import Interface, days
from qa.page import address
from qa.words.browse import WORDS

Query = Mapping[str, Sequence[str]]
IN_A_ROW = 4  # parts of a form, the two days being one, that stand beside each other with its buttons


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a form: its HTML, and what it is set to in words, escaped; empty where it is not set."""

    html: str
    said: str = ""


def value(query: Query, name: str) -> str:
    """What an address says under a name, its first value; empty without one."""
    return query[name][0].strip() if query.get(name) else ""


def form(screen: str, fields: Sequence[Field], query: Query, language: Interface) -> str:
    """A form whose fields go into the address of a screen; what is set can be cleared at once."""
    words = WORDS[language]
    kept = f'<input type="hidden" name="view" value="{screen}">'
    sort = value(query, "sort")
    kept += f'<input type="hidden" name="sort" value="{escape(sort)}">' if sort else ""
    is_set = any(any(values) for name, values in query.items() if name not in ("view", "sort", "shown"))
    reset = f'<a class="mb-button" href="?view={screen}">{words.clear}</a>' if is_set else ""
    first, *others = fields
    said = " · ".join(field.said for field in others if field.said)
    many = " mb-many" if len(fields) > IN_A_ROW else ""
    return (
        f'<form class="mb-filters{many}" data-visit role="search">{kept}{first.html}'
        '<button type="button" class="mb-fold" aria-expanded="false" aria-controls="mb-folded">'
        f'{words.filter}<span class="mb-set">{said}</span></button>'
        f'<div id="mb-folded" class="mb-folded">{"".join(field.html for field in others)}</div>'
        f'<div class="mb-actions"><button type="submit" class="mb-button mb-primary">{words.show}</button>'
        f"{reset}</div></form>"
    )


def text(name: str, label: str, query: Query, hint: str = "", *, wide: bool = False) -> Field:
    """A field for words."""
    given = escape(value(query, name))
    html = (
        f'<label class="mb-field{" mb-wide" if wide else ""}">{label}<input type="search" name="{name}"'
        f' value="{given}" placeholder="{escape(hint)}" autocomplete="off"></label>'
    )
    return Field(html, given and f"{label}: {given}")


def period(query: Query, language: Interface) -> Field:
    """The two fields for the first and the last day, since and until."""
    words = WORDS[language]
    since, until = value(query, "since"), value(query, "until")
    html = day("since", words.since, since, language) + day("until", words.until, until, language)
    first, last = _day(since), _day(until)
    return Field(html, name_of(Period(0, 0, first, last), language) if first or last else "")


def day(name: str, label: str, given: str, language: Interface) -> str:
    """A field for a day, which its label says in words: browsers write it in an order of their own."""
    known = _day(given)
    written = days(known, None, language) if known else ""
    return (
        f'<label class="mb-field"><span>{label} <output class="mb-written">{written}</output></span>'
        f'<input type="date" name="{name}" value="{escape(given)}" autocomplete="off"></label>'
    )


def choice(name: str, label: str, options: Sequence[tuple[str, str]], query: Query) -> Field:
    """A field for one of several: value and name of each."""
    chosen = value(query, name)
    made = "".join(
        f'<option value="{escape(one)}"{" selected" if one == chosen else ""}>{escape(named)}</option>'
        for one, named in options
    )
    html = f'<label class="mb-field">{label}<select name="{name}">{made}</select></label>'
    said = escape(dict(options).get(chosen, "")) if chosen else ""
    return Field(html, said)


def shown(query: Query, step: int) -> int:
    """How many rows of a list an address asks for: at least `step`."""
    return max(step, number_of(value(query, "shown")) or 0)


def more(query: Query, count: int, step: int, words: str) -> str:
    """A link that shows `step` rows more where the list has more."""
    now = shown(query, step)
    if count <= now:
        return ""
    link = escape(address.to({**query, "shown": [str(now + step)]}))
    return f'<p class="mb-more"><a class="mb-button" href="{link}">{words.format(count=min(step, count - now))}</a></p>'


def _day(given: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        return None
