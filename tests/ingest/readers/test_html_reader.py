"""HTML: what a browser shows, in order; what is hidden or deleted stays out and is noted."""

import html
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import NotText
from ingest.readers.html import read

PATH = Path("minutes.html")


def text_of(source: str) -> str:
    return read(source.encode(), PATH).text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>The <b>motion</b>\n was   <i>approved</i>.</p>", "The motion was approved."),
        ("<p>one<p>two<div>three<div>four</div>five</div>", "one\n\ntwo\n\nthree\n\nfour\n\nfive"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ol start=3><li>one<li>two<li value=9>nine</ol>", "3. one\n4. two\n9. nine"),
        ("<ol type=a><li>one<li>two</ol>", "a. one\nb. two"),
        ("<ol><li>one<ul><li>deep</ul><li>two</ol>", "1. one\n\n• deep\n\n2. two"),
        ("<table><tr><th>Name<th>Vote<tr><td>Li<td>for<tr><td><td>x</table>", "Name\tVote\nLi\tfor\n\tx"),
        ("<table><tr><td><p>Li</p><td><div>for</div></table>", "Li\tfor"),
        ("<table><caption>Votes</caption><tr><td>a</table>after", "Votes\n\na\n\nafter"),
        ("<table><tr><td><h2>Item</h2><p>Words</p></table>", "Item\n\nWords"),
        ("<table><tr>astray<td>x</table>", "astray\n\nx"),
        (
            "<table><tr><td>Item<td colspan=2>Vote<td>How<tr><td rowspan=2>Rye<td>3<td>1<td>won<tr><td>0<td>4<td>lost"
            "<tr><td>Oats<td>4<td>0<td>won</table>",
            "Item\tVote\t\tHow\nRye\t3\t1\twon\n\t0\t4\tlost\nOats\t4\t0\twon",
        ),
        (
            "<table><tr><td>a<td rowspan=3>b<tr><td>c<tr><td>d</table><table><tr><td>e<td>f",
            "a\tb\nc\nd\n\ne\tf",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<dl><dt>Present<dd>Li<dd>Wu</dl>", "Present\nLi\nWu"),
        ("H<sub>2</sub>O <sup>2</sup> carried<sup><a href=#f>1</a></sup>.", "H2O 2 carried[1]."),
        ("&lt;script&gt; &amp; caf&eacute; &#x4e00;", "<script> & café 一"),
        (
            "<x-unknown>kept</x-unknown> <details><summary>more</summary>inside</details>",
            "kept\n\nmore\n\ninside",
        ),
        ("<script>no()</script><style>p{}</style><template>no</template><noscript>no</noscript>yes", "yes"),
        ("<!-- no -->yes<title>no</title>", "yes"),
        ("<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>after", "deep\n\nafter"),
        ("<textarea>a <p> b</textarea>", "a <p> b"),
        ("<select><option>for<option>against</select>", "for\nagainst"),
        ("<p>never <b>closed <p>next", "never closed\n\nnext"),
    ],
)
def test_everything_visible_is_read(source: str, text: str) -> None:
    assert text_of(f"<body>{source}") == text


@pytest.mark.parametrize(
    "source",
    [
        "<p hidden>secret</p>",
        "<p style='color:red; display : none'>secret</p>",
        "<div style='visibility:hidden'><p>secret</div>",
        "<style>.gone, p.x {display:none}</style><p class='big gone'>secret</p>",
        "<style>@import 'a'; #gone{visibility:hidden}</style><p id=gone>secret</p>",
    ],
)
def test_hidden_text_is_left_out_and_noted(source: str) -> None:
    document = read(f"<body>{source}<p>shown".encode(), PATH)
    assert document.text == "shown"
    assert document.notes == ("Hidden text was left out (1 place).",)


@pytest.mark.parametrize(
    "source",
    [
        "<s>We pay 40 crowns.</s>",
        "<strike>We pay 40 crowns.</strike>",
        "<span style='color: red; text-decoration: line-through'>We pay 40 crowns.</span>",
        "<span style='text-decoration-line:underline line-through'>We pay 40 crowns.</span>",
        "<style>.void, p{margin:0;text-decoration:line-through}</style><b class=void>We pay 40 crowns.</b>",
    ],
)
def test_struck_through_text_is_left_out_and_noted(source: str) -> None:
    document = read(f"<body>{source} We pay 45 crowns.".encode(), PATH)
    assert document.text == "We pay 45 crowns."
    assert document.notes == ("Struck-through text was left out (1 place).",)


def test_a_struck_through_label_is_still_asked_about() -> None:
    document = read(b"<p><s>Access: trustees</s><p>We meet.", PATH)
    assert ("comment", "Access: trustees") in document.unread


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a loan of 900 crowns<sup>2</sup>", "a loan of 900 crowns[2]"),
        ("2,400<sup>12</sup> and 310<sup>1, 3</sup>.", "2,400[12] and 310[1, 3]."),
        ("2,400<span style='vertical-align: super'>1</span>", "2,400[1]"),
        ("2,400<sup><a href=#n>[1]</a></sup>", "2,400[1]"),
        ("the 17<sup>th</sup>, 1<sup>er</sup> and 2<sup>a</sup>", "the 17th, 1er and 2a"),
        ("60 m<sup>2</sup>, 3 km<sup>2</sup> and 2 × 10<sup>6</sup>", "60 m², 3 km² and 2 × 10⁶"),
        ("1<sup>1</sup>/<sub>2</sub> hours", "11/2 hours"),
        ("<p>We pay 8.</p><p><sup>1</sup> In May.</p>", "We pay 8.\n\n1 In May."),
    ],
)
def test_a_raised_figure_never_becomes_the_end_of_a_number(source: str, text: str) -> None:
    assert text_of(f"<body>{source}") == text


def test_what_only_print_hides_is_read() -> None:
    assert text_of("<style>@media print {.x {display:none}}</style><p class=x>shown") == "shown"


def test_deleted_text_is_left_out_and_noted() -> None:
    document = read(b"<p>The motion was <del>refused</del><ins>approved</ins>.", PATH)
    assert document.text == "The motion was approved."
    assert document.notes == ("Deleted text was left out (1 place).",)


def test_headings_have_their_levels_and_navigation_is_not_indexed() -> None:
    document = read(b"<nav>Home | About</nav><h1>Minutes</h1><p>x<h3>Item <i>one</i></h3>", PATH)
    assert [(h.level, h.of(document.text)) for h in document.headings] == [(1, "Minutes"), (3, "Item one")]
    assert [span.of(document.text) for span in document.omitted] == ["Home | About"]


def test_title_and_dates_of_the_page_are_fields() -> None:
    document = read(b"<title> Minutes\n March </title><meta name=DC.date content=2024-03-12><p>x", PATH)
    assert document.fields == (("property-title", "Minutes March"), ("property-dc.date", "2024-03-12"))


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ('<meta charset="gb2312">', "gb18030", "会议审议并通过了预算，镕"),
        ('<meta http-equiv=Content-Type content="text/html; charset=big5">', "big5", "會議"),
        ('<meta charset="iso-8859-1">', "cp1252", "“Größe”"),
        ('<meta charset="utf-8">', "gb18030", "会议审议并通过了预算。"),
        ('<meta charset="utf-7">', "utf-8", "会议"),
        ("", "gb18030", "会议审议并通过了预算。"),
        ("", "utf-16", "会议"),
    ],
)
def test_the_encoding_is_the_declared_one_where_it_fits(declared: str, encoding: str, text: str) -> None:
    assert read(f"<html><head>{declared}</head><p>{text}".encode(encoding), PATH).text == text


def test_another_format_named_html_is_named() -> None:
    with pytest.raises(NotText, match="it looks like a PDF"):
        read(b"%PDF-1.4", PATH)


WORDS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="•"), min_size=1, max_size=12
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8)
TAGS = st.sampled_from(["p", "h2", "div", "li", "td", "pre", "blockquote", "b", "section", "center", "dd"])


@settings(max_examples=50)
@given(st.lists(st.tuples(TAGS, PARAGRAPHS), max_size=6))
def test_every_word_comes_back_in_order(parts: list[tuple[str, list[str]]]) -> None:
    source, words = "", []
    for tag, paragraphs in parts:
        inside = "".join(f"<{tag}>{html.escape(text)}</{tag}> " for text in paragraphs)
        source += f"<table><tr>{inside}</tr></table>" if tag == "td" else inside
        words += " ".join(paragraphs).split()
    assert text_of(source).replace("•", " ").split() == words
