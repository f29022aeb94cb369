"""The forms that filter a list: their fields stand in the address."""

from collections.abc import Mapping, Sequence
from html import escape

from qa.page import address

Query = Mapping[str, Sequence[str]]


def value(query: Query, name: str) -> str:
    """What an address says under a name, its first value; empty without one."""
    return query[name][0].strip() if query.get(name) else ""


def form(screen: str, fields: Sequence[str], show: str, clear: str, query: Query) -> str:
    """A form whose fields go into the address of a screen; what is set can be cleared at once."""
    kept = f'<input type="hidden" name="view" value="{screen}">'
    sort = value(query, "sort")
    kept += f'<input type="hidden" name="sort" value="{escape(sort)}">' if sort else ""
    is_set = any(any(values) for name, values in query.items() if name not in ("view", "sort", "shown"))
    reset = f'<a class="mb-button" href="?view={screen}">{clear}</a>' if is_set else ""
    return (
        f'<form class="mb-filters" data-visit role="search">{kept}{"".join(fields)}'
        f'<div class="mb-actions"><button type="submit" class="mb-button mb-primary">{show}</button>'
        f"{reset}</div></form>"
    )


def text(name: str, label: str, query: Query, hint: str = "", *, wide: bool = False) -> str:
    """A field for words."""
    wider = " mb-wide" if wide else ""
    return (
        f'<label class="mb-field{wider}">{label}<input type="search" name="{name}"'
        f' value="{escape(value(query, name))}" placeholder="{escape(hint)}" autocomplete="off"></label>'
    )


def day(name: str, label: str, query: Query) -> str:
    """A field for a day."""
    given = escape(value(query, name))
    return f'<label class="mb-field">{label}<input type="date" name="{name}" value="{given}"></label>'


def choice(name: str, label: str, options: Sequence[tuple[str, str]], query: Query) -> str:
    """A field for one of several: value and name of each."""
    chosen = value(query, name)
    made = "".join(
        f'<option value="{escape(one)}"{" selected" if one == chosen else ""}>{escape(named)}</option>'
        for one, named in options
    )
    return f'<label class="mb-field">{label}<select name="{name}">{made}</select></label>'


def shown(query: Query, step: int) -> int:
    """How many rows of a list an address asks for: at least `step`."""
    asked = value(query, "shown")
    return max(step, int(asked)) if asked.isdecimal() else step


def more(query: Query, count: int, step: int, words: str) -> str:
    """A link that shows `step` rows more where the list has more."""
    now = shown(query, step)
    if count <= now:
        return ""
    link = escape(address.to({**query, "shown": [str(now + step)]}))
    return f'<p class="mb-more"><a class="mb-button" href="{link}">{words.format(count=min(step, count - now))}</a></p>'
