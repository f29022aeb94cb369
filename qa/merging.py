"""Two answers as one, their citations numbered as they are first cited."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.answers import Answer, Citation, Claim, Superseding


def appended(first: Answer, second: Answer) -> Answer:
    """The first answer, and after it what the second one tells besides."""
    told = {claim.text for claim in first.claims}
    number_of = {_place(citation): citation.number for citation in first.citations}
    shift = max(number_of.values(), default=0)
    new = {c.number: number_of.get(_place(c), c.number + shift) for c in second.citations}
    groups = [
        replace(group, claims=kept)
        for group in second.groups
        if (kept := tuple(claim for claim in group.claims if claim.text not in told))
    ]
    if all(claim.own for group in groups for claim in group.claims):
        return first
    later = (
        replace(group, claims=tuple(_cited_as(claim, new) for claim in group.claims)) for group in groups
    )
    citations = [*(replace(c, number=new[c.number]) for c in second.citations), *first.citations]
    changes = [
        *first.changes,
        *(replace(c, later=new[c.later], earlier=new[c.earlier]) for c in second.changes),
    ]
    return _renumbered(replace(first, groups=(*first.groups, *later)), citations, changes, second)


def _renumbered(
    answer: Answer, citations: Sequence[Citation], changes: Iterable[Superseding], other: Answer
) -> Answer:
    """The answer with its citations numbered as they are first cited, and none that nothing cites."""
    order = dict.fromkeys(number for claim in answer.claims for number in claim.citations)
    new = {number: place for place, number in enumerate(order, 1)}
    held = {citation.number: citation for citation in citations}
    told = {hit.passage_id for hit in answer.hits}
    return replace(
        answer,
        groups=tuple(
            replace(group, claims=tuple(_cited_as(claim, new) for claim in group.claims))
            for group in answer.groups
        ),
        citations=tuple(replace(held[number], number=place) for number, place in new.items()),
        changes=tuple(
            replace(c, later=new[c.later], earlier=new[c.earlier])
            for c in changes
            if {c.later, c.earlier} <= new.keys()
        ),
        hits=(*answer.hits, *(hit for hit in other.hits if hit.passage_id not in told)),
    )


def _cited_as(claim: Claim, new: dict[int, int]) -> Claim:
    return replace(claim, citations=tuple(new[number] for number in claim.citations))


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.record.record_id, citation.start, citation.end
