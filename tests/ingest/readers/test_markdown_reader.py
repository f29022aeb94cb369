"""Markdown: the source as it stands, with headings where CommonMark has them and front matter as fields."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ingest.readers.markdown import read

PATH = Path("minutes.md")


def headings(source: str) -> list[tuple[int, str]]:
    document = read(source.encode(), PATH)
    return [(heading.level, heading.of(document.text)) for heading in document.headings]


def test_the_text_is_the_source() -> None:
    source = "# One *a*\n\n- x\n- [y](z)\n\n```\n# no\n```\n"
    assert read(source.encode(), PATH).text == source


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# One\n## Two ##\n", [(1, "# One"), (2, "## Two ##")]),
        ("One\n===\n\nTwo\n---\n", [(1, "One"), (2, "Two")]),
        ("```\n# no\n```\n# yes", [(1, "# yes")]),
        ("~~~~ text\n# no\n~~~\n# no\n~~~~\n### yes", [(3, "### yes")]),
        ("``` a`b\n# yes", [(1, "# yes")]),
        ("    # code\n\n#hash tag\n####### seven\n", []),
        ("a\nb\n---\n", []),
        ("- item\n---\n", []),
        ("> quote\n---\n", []),
        ("\n---\n\n***\n", []),
        ("#\n", [(1, "#")]),
        ("## 一、审议事项\n\n### （二）预算", [(2, "## 一、审议事项"), (3, "### （二）预算")]),
        ("| a | b |\n|---|---|\n", []),
    ],
)
def test_headings_are_found_with_their_levels(source: str, found: list[tuple[int, str]]) -> None:
    assert headings(source) == found


@example(["text", "text", "===", "text", "==="])
@given(
    st.lists(
        st.sampled_from(["# a", "## b ##", "text", "", "===", "---", "```", "~~~", "    code", "#no", "***"])
    )
)
def test_headings_are_those_a_commonmark_parser_finds(lines: list[str]) -> None:
    source = "x\n\n" + "\n".join(lines)  # so that it cannot begin with front matter
    tokens = MarkdownIt("commonmark").parse(source)
    expected = [
        (int(token.tag[1]), token.map[0])
        for token in tokens
        if token.type == "heading_open"
        and not (
            token.markup in "=-" and token.map[1] - token.map[0] > 2
        )  # over several lines: not one of ours
    ]
    document = read(source.encode(), PATH)
    found = [(heading.level, document.text.count("\n", 0, heading.start)) for heading in document.headings]
    assert found == expected


def test_front_matter_gives_fields_and_is_omitted() -> None:
    matter = "---\nTitle: Minutes\ndate: 2024-03-12\nsession: 032\naccess:\n  - housing\n  - legal\n---\n"
    source = matter + "# Minutes\n"
    document = read(source.encode(), PATH)
    assert document.fields == (
        ("title", "Minutes"),
        ("date", "2024-03-12"),
        ("session", "032"),
        ("access", "housing"),
        ("access", "legal"),
    )
    assert [span.of(source) for span in document.omitted] == [matter]
    assert document.text == source
    assert [heading.of(source) for heading in document.headings] == ["# Minutes"]


def test_front_matter_with_windows_line_ends_is_read() -> None:
    assert read(b"---\r\ndate: 2024-03-12\r\n---\r\nText", PATH).fields == (("date", "2024-03-12"),)


@pytest.mark.parametrize(
    "source", ["---\nA rule above\n\n---\nText", "---\n- a\n- b\n---\nText", "---\nnever closed: yes\n"]
)
def test_what_is_no_front_matter_stays_text(source: str) -> None:
    document = read(source.encode(), PATH)
    assert (document.omitted, document.fields, document.notes) == ((), (), ())


def test_broken_front_matter_is_noted_with_its_line() -> None:
    document = read(b"---\ndate: 2024-03-12\ntitle: [open\n---\nText", PATH)
    assert document.omitted == ()
    assert document.notes == (
        "Its front matter is no valid YAML at line 4; it was read as ordinary text, correct it.",
    )


def test_nested_front_matter_is_left_out_and_noted() -> None:
    document = read(b"---\ndate: 2024-03-12\nvote:\n  for: 3\n---\nText", PATH)
    assert document.fields == (("date", "2024-03-12"),)
    assert document.notes == ("Nested front matter was left out: vote.",)


def test_yaml_that_refers_to_itself_does_no_harm() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    document = read(f"---\n{bomb}---\nText".encode(), PATH)
    assert document.fields == (("a", "x"), ("a", "x"))


@pytest.mark.parametrize("inside", ["[" * 16_000, "- " * 8_000, "a: " * 5_000, "? " * 8_000, "{a: " * 4_000])
def test_deeply_nested_front_matter_ends_soon(inside: str) -> None:
    assert read(f"---\n{inside}\n---\nText".encode(), PATH).text.endswith("Text")


@given(st.lists(st.text("ab cd#*-一", min_size=1), min_size=1))
def test_headings_are_in_order_and_do_not_overlap(lines: list[str]) -> None:
    document = read("\n".join(lines).encode(), PATH)
    ends = [0, *(heading.end for heading in document.headings)]
    assert all(heading.start >= end for heading, end in zip(document.headings, ends, strict=False))


def test_front_matter_may_be_toml() -> None:
    document = read(
        b'+++\ntitle = "Board"\ndate = 2024-01-08\naccess = ["a", "b"]\n+++\n# Minutes\n', Path("a.md")
    )
    assert document.fields == (("title", "Board"), ("date", "2024-01-08"), ("access", "a"), ("access", "b"))
    broken = read(b"+++\ntitle = Board\n+++\n# Minutes\n", Path("a.md"))
    assert broken.fields == () and "no valid TOML" in broken.notes[0]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("~~We pay 40.~~ We pay 45.", " We pay 45."),
        ("We ~~pay\n40~~ pay 45.", "We pay 45."),
        ("<del>We pay 40.</del>We pay 45.", "We pay 45."),
        ("<s class=x>We pay 40.</s>We pay 45.", "We pay 45."),
        ("- ~~mow the lawn~~\n- rake it\n", "- rake it\n"),
        ("- [x] ~~mow the lawn~~.\n2. ~~sweep~~\nrake it", "rake it"),
        ("## ~~Lawn~~\n\nrake it", "\nrake it"),
        ("## ~~Lawn~~ Hedge", "## Hedge"),
    ],
)
def test_struck_through_text_is_left_out_and_noted(source: str, text: str) -> None:
    document = read(source.encode(), PATH)
    assert document.text == text
    assert "Struck-through text was left out" in document.notes[0]
    assert document.unread


@pytest.mark.parametrize(
    "source",
    [
        "`~~a~~`",
        "```\n~~a~~\n```\n",
        "~~~\na ~~b~~\n~~~\n",
        "\\~~a~~",
        "some ~~5 crowns, then\n\nsome ~~6 crowns",
        "~~ a ~~",
        "&unknown; R&D; AT&T",
        "`&eacute;` and\n~~~\n&eacute;\n~~~\n",
        "&lt;b&gt; &#42;",
    ],
)
def test_what_strikes_nothing_through_and_refers_to_nothing_stays_as_it_is(source: str) -> None:
    document = read(source.encode(), PATH)
    assert document.text == source
    assert not document.notes


def test_character_references_are_the_characters_they_stand_for() -> None:
    source = "Present: Ren&eacute; F&#246;rster, Th&#xE9;a&nbsp;Roy (Parks &amp; Paths)"
    assert read(source.encode(), PATH).text == "Present: René Förster, Théa Roy (Parks & Paths)"


def test_headings_lie_where_they_are_after_text_was_left_out() -> None:
    assert headings("~~gone~~\n\n# F&ecirc;te\n\n~~too~~\n\n## Stalls") == [(1, "# Fête"), (2, "## Stalls")]
