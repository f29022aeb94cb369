"""An answer as it grows on the page."""

from collections.abc import Iterator
from dataclasses import replace

from qa.answers import Answer


def growing(answer: Answer) -> Iterator[Answer]:
    """The answer claim by claim, as it is shown while it streams; the last one is `answer` itself."""
    for last, group in enumerate(answer.groups):
        for count in range(1, len(group.claims) + 1):
            shown = (*answer.groups[:last], replace(group, claims=group.claims[:count]))
            numbers = {n for g in shown for claim in g.claims for n in claim.citations}
            of_shown = tuple(c for c in answer.citations if c.number in numbers)
            yield replace(answer, groups=shown, citations=of_shown)
    yield answer
