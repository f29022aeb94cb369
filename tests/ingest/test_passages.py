"""Passages tile the text, are cut where meetings have borders, and carry their item and speakers."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import LIMIT, key_of, snippet, split
from ingest.records import Meeting, Record, Section, Span, Turn

WORDS = st.sampled_from(
    [
        "The council",
        "approved",
        "the budget.",
        "\n\n",
        "\n",
        "# Gas safety\n",
        "Li Jun: ",
        "会议决定",
        "。",
        " ",
        "1. ",
    ]
)


def record(text: str, **parts: object) -> Record:
    return Record("r", 1, "r.md", text, Meeting("Minutes"), **parts)  # type: ignore[arg-type]


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = "".join(draw(st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=60)))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    sections = tuple(
        Section(
            start,
            len(text),
            title=text[start : start + 5].strip(),
            title_span=Span(start, min(start + 5, len(text))),
        )
        for start in dict.fromkeys(places)
    )
    omitted = (Span(0, places[0]),) if places and draw(st.booleans()) else ()
    return record(text, sections=sections, omitted=omitted)


@given(records())
def test_passages_tile_the_text(record: Record) -> None:
    passages = split(record)
    assert "".join(passage.text for passage in passages) == record.text
    place = 0
    for passage in passages:
        assert passage.start == place < passage.end
        assert record.text[passage.start : passage.end] == passage.text
        place = passage.end


@given(records())
def test_sentences_tile_their_passage(record: Record) -> None:
    for passage in split(record):
        assert "".join(s.of(record.text) for s in passage.sentences) == passage.text


@given(records())
def test_what_is_encoded_marks_the_same_sentences(record: Record) -> None:
    for passage in split(record):
        encoded = snippet(passage)
        assert [s.of(encoded.text) for s in encoded.sentences] == [
            s.of(record.text) for s in passage.sentences
        ]


def test_a_passage_never_runs_over_into_the_next_agenda_item() -> None:
    text = "# Budget\n\nApproved as tabled.\n\n# Gas safety\n\nInspections go on.\n"
    second = text.index("# Gas")
    sections = (
        Section(0, second, title="Budget", title_span=Span(0, 8)),
        Section(second, len(text), title="Gas safety", title_span=Span(second, second + 12)),
    )
    passages = split(record(text, sections=sections))
    assert [passage.item for passage in passages] == [("Budget",), ("Gas safety",)]
    assert passages[1].text.startswith("# Gas safety")


def test_a_heading_without_words_of_its_own_stays_with_the_next() -> None:
    text = "# Part A\n\n## Budget\n\nApproved as tabled.\n"
    second = text.index("## Budget")
    sections = (
        Section(0, len(text), title="Part A", title_span=Span(0, 8)),
        Section(second, len(text), title="Budget", title_span=Span(second, second + 9), level=2),
    )
    (passage,) = split(record(text, sections=sections))
    assert passage.item == ("Part A", "Budget")


def test_long_prose_is_cut_between_sentences_within_the_limit() -> None:
    text = " ".join(f"Sentence number {n} says something about the harbour." for n in range(100))
    passages = split(record(text))
    assert len(passages) > 5
    assert all(len(passage.text) <= LIMIT for passage in passages)
    assert all(passage.text.rstrip().endswith(".") for passage in passages)


def test_chinese_passages_hold_fewer_characters_than_english_ones() -> None:
    passages = split(record("会议研究了燃气安全工作并作出了部署安排。" * 60))
    assert all(len(passage.text) <= LIMIT / 2.5 for passage in passages)


def test_a_passage_names_who_speaks_in_it_in_order() -> None:
    text = "Li Jun: We begin.\nMa Lin: Agreed.\nLi Jun: Next item.\n"
    starts = [0, text.index("Ma Lin"), text.rindex("Li Jun")]
    ends = [*starts[1:], len(text)]
    names = ("Li Jun", "Ma Lin", "Li Jun")
    turns = tuple(Turn(s, e, speaker=name) for s, e, name in zip(starts, ends, names, strict=True))
    (passage,) = split(record(text, turns=turns))
    assert passage.speakers == ("Li Jun", "Ma Lin")


def test_front_matter_is_kept_but_not_indexed() -> None:
    text = "---\ntitle: X\n---\nThe budget was approved.\n"
    end = text.index("The budget")
    passages = split(record(text, omitted=(Span(0, end),)))
    assert [passage.indexed for passage in passages] == [False, True]


def test_the_same_words_under_the_same_item_have_the_same_key() -> None:
    first, second = (split(record(text))[0] for text in ("Approved.\n", "Approved.\n"))
    assert key_of(snippet(first)) == key_of(snippet(second))
    assert key_of(snippet(first)) != key_of(snippet(split(record("Rejected.\n"))[0]))
