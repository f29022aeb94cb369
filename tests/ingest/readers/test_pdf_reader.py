"""PDF: the text layer line by line; running lines omitted; pages that are only images named."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_files import pdf_file
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import NotText, ReadError
from ingest.readers.pdf import read
from ingest.records import Document

PATH = Path("minutes.pdf")
LONG = [f"Line {number} of a page, long enough to be a line of minutes." for number in range(30)]


def omitted(document: Document) -> list[str]:
    return [span.of(document.text) for span in document.omitted]


def test_the_golden_minutes_with_every_trap() -> None:
    document = read(
        pdf_file(
            [
                [
                    "Minutes of the Council",
                    "",
                    "The office took the deci-",
                    "sion on gas safety.",
                    "",
                    "Next item.",
                ],
                [],
                ["Name  Vote", "Li Jun  for", "Ann Lee  against", "", "Closed at 17:00."],
            ],
            header="Example Council - Minutes of 12 March 2024",
            footer="Page {page} of 3",
            scanned=[2],
        ),
        PATH,
    )
    assert document.text == (
        "Example Council - Minutes of 12 March 2024\n"
        "Minutes of the Council\n\n"
        "The office took the deci-\nsion on gas safety.\n\n"
        "Next item.\n"
        "Page 1 of 3\n"
        "Page 2 of 3\n"
        "Example Council - Minutes of 12 March 2024\n"
        "Name Vote\nLi Jun for\nAnn Lee against\n\n"
        "Closed at 17:00.\n"
        "Page 3 of 3\n"
    )
    assert omitted(document) == [
        "Example Council - Minutes of 12 March 2024",
        "Page 1 of 3",
        "Page 2 of 3",
        "Example Council - Minutes of 12 March 2024",
        "Page 3 of 3",
    ]
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.notes == ("Page 2 of 3 has no text layer and was not read; run OCR to include it.",)


def test_pages_tile_the_text() -> None:
    document = read(pdf_file([["one"], [], ["three"]]), PATH)
    assert "".join(page.of(document.text) for page in document.pages) == document.text == "one\nthree\n"


def test_chinese_is_read() -> None:
    lines = ["市政府第32次常务会议纪要", "会议审议并通过了预算报告。"]
    assert read(pdf_file([lines], font="STSong-Light"), PATH).text.split() == lines


def test_two_columns_are_read_one_after_the_other() -> None:
    data = io.BytesIO()
    canvas = Canvas(data)
    for column in (0, 1):
        for line in range(20):
            canvas.drawString(72 + 250 * column, 760 - 14 * line, f"column {column} line {line}")
    canvas.save()
    words = [f"column {column} line {line}" for column in (0, 1) for line in range(20)]
    assert read(data.getvalue(), PATH).text.splitlines() == words


LEFT = [
    "The warden told us of the mill, its",
    "wheel and its race, and of the talks",
    "with the miller. After a debate the",
    "board agreed by five votes to two to",
]
RIGHT = [
    "lease the mill to the bakers for ten",
    "years, at the rent that was asked of",
    "them. The board refused to widen the",
    "lane, as the willows would be felled.",
]


def drawn(*placed: tuple[float, float, str], size: float = 11) -> str:
    """The text of a page with these words at these places, drawn in this order."""
    data = io.BytesIO()
    canvas = Canvas(data, pageCompression=0)
    canvas.setFont("Helvetica", size)
    for x, y, words in placed:
        canvas.drawString(x, y, words)
    canvas.save()
    return read(data.getvalue(), PATH).text


def row_by_row(left: list[str], right: list[str], x: float = 290) -> list[tuple[float, float, str]]:
    rows = zip(left, right, strict=True)
    return [
        (at, 700 - 14 * n, words)
        for n, row in enumerate(rows)
        for at, words in zip((72, x), row, strict=True)
    ]


def test_columns_of_prose_drawn_row_by_row_are_read_one_after_the_other() -> None:
    text = drawn(
        (72, 760, "Minutes of the Mill Board, taken on the first Monday of the month of May"),
        *row_by_row(LEFT, RIGHT),
    )
    assert text.split("\n\n", 1)[1].split("\n")[:8] == [*LEFT, *RIGHT]


def test_three_columns_of_prose_are_read_one_after_the_other() -> None:
    columns = [[f"{words} {line}" for line in LEFT] for words in ("and one", "or two", "yet three")]
    placed = [
        (40 + 180 * n, 700 - 12 * row, column[row]) for row in range(4) for n, column in enumerate(columns)
    ]
    assert drawn(*placed, size=8).split("\n")[:12] == [line for column in columns for line in column]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["Item", "Mill", "Lane", "Wheel", "Race"], ["Outcome", "carried", "lost", "carried", "put off"]),
        (
            ["Asta Holm (Chair)", "Bryn Vale", "Cleo Marsh", "Dov Lund"],
            ["Edda Roy", "Finn Sall", "Gro Tarn", "Hal Ude"],
        ),
        (["Mover", "Seconder", "In favour", "Against"], LEFT),
    ],
)
def test_the_rows_of_a_table_stay_rows(left: list[str], right: list[str]) -> None:
    assert drawn(*row_by_row(left, right)).split("\n")[: len(left)] == [
        f"{a} {b}" for a, b in zip(left, right, strict=True)
    ]


@pytest.mark.parametrize(
    ("before", "mark", "behind", "text"),
    [
        ("We pay 3,600", "2", " to the miller.", "We pay 3,600[2] to the miller."),
        ("We pay 3,600", "12", "", "We pay 3,600[12]"),
        ("We pay 3,600", "1", ", in May.", "We pay 3,600[1], in May."),
        ("the 21", "st", " of May", "the 21st of May"),
        ("a yard of 40 m", "2", " of stone", "a yard of 40 m² of stone"),
    ],
)
def test_a_raised_figure_never_becomes_the_end_of_a_number(
    before: str, mark: str, behind: str, text: str
) -> None:
    data = io.BytesIO()
    canvas = Canvas(data)
    words = canvas.beginText(72, 700)
    words.setFont("Helvetica", 11)
    words.textOut(before)
    words.setFont("Helvetica", 6.5)
    words.setRise(4)
    words.textOut(mark)
    words.setFont("Helvetica", 11)
    words.setRise(0)
    words.textOut(behind)
    words.textLine("")
    words.textLine("The next line.")
    canvas.drawText(words)
    canvas.save()
    assert read(data.getvalue(), PATH).text == f"{text}\nThe next line.\n"


def test_what_was_typed_into_a_form_stands_beside_its_labels() -> None:
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.drawString(72, 700, "Taken by:")
    canvas.drawString(72, 670, "Carried")
    canvas.drawString(172, 670, "Lost")
    canvas.drawString(72, 640, "Resolved:")
    canvas.acroForm.textfield(name="by", x=130, y=695, width=200, height=18, value="Cleo Marsh")
    canvas.acroForm.checkbox(name="yes", x=52, y=667, size=12, checked=True)
    canvas.acroForm.checkbox(name="no", x=152, y=667, size=12, checked=False)
    canvas.acroForm.textfield(name="empty", x=300, y=665, width=90, height=18, value="")
    canvas.acroForm.textfield(
        name="what",
        x=130,
        y=600,
        width=300,
        height=54,
        value="to mend the wheel\nand the race",
        fieldFlags="multiline",
    )
    canvas.acroForm.textfield(name="alone", x=130, y=500, width=200, height=18, value="Signed in May")
    canvas.acroForm.textfield(
        name="gone", x=130, y=400, width=200, height=18, value="secret", annotationFlags="hidden"
    )
    canvas.acroForm.textfield(
        name="pin", x=130, y=300, width=200, height=18, value="1234", fieldFlags="password"
    )
    canvas.save()
    assert [line for line in read(data.getvalue(), PATH).text.split("\n") if line] == [
        "Taken by: Cleo Marsh",
        "☑ Carried ☐ Lost",
        "Resolved: to mend the wheel",
        "and the race",
        "Signed in May",
    ]


def test_a_line_the_body_repeats_is_no_running_line() -> None:
    pages = [["Motion carried.", *LONG[:8], "Motion carried.", "Motion carried."]] * 4
    assert omitted(read(pdf_file(pages), PATH)) == []


def test_lines_that_return_elsewhere_on_the_page_are_no_running_lines() -> None:
    pages = [
        [*[""] * number, f"Opening {number}", "", "Same words in the middle."] for number in range(6, 12)
    ]
    assert omitted(read(pdf_file(pages), PATH)) == []


def test_a_running_line_is_known_by_its_page_number_though_its_words_change() -> None:
    titles = ["Opening", "Opening", "Budget", "Gas safety", "Gas safety", "Closing"]
    pages = [[f"{title} {17 + n}", *[""] * 5, f"Text {n}"] for n, title in enumerate(titles)]
    assert omitted(read(pdf_file(pages), PATH)) == [f"{title} {17 + n}" for n, title in enumerate(titles)]


def test_left_and_right_pages_may_have_headers_of_their_own() -> None:
    pages = [
        [("Left head" if number % 2 else "Right head"), *[""] * 6, f"Text {number}"] for number in range(6)
    ]
    assert omitted(read(pdf_file(pages), PATH)) == ["Right head", "Left head"] * 3


@pytest.mark.parametrize(
    ("data", "error", "sentence"),
    [
        (pdf_file([[], []], scanned=[1, 2]), ReadError, "it has no text layer; run OCR first"),
        (pdf_file([[]]), ReadError, "it has no text layer; run OCR first"),
        (pdf_file([["x"]], password="secret"), ReadError, "it is encrypted and needs a password"),
        (b"<!DOCTYPE html><p>Not found", NotText, "it looks like an HTML page; rename it to end in .html"),
        (b"plain words", NotText, "it is no PDF, or the beginning of it is lost"),
        (b"%PDF-1.7\nand nothing else", ReadError, "it is damaged or cut off"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, error: type[ReadError], sentence: str) -> None:
    with pytest.raises(error) as raised:
        read(data, PATH)
    assert type(raised.value) is error
    assert sentence in str(raised.value)


def test_a_pdf_without_its_end_is_noted_or_refused() -> None:
    data = pdf_file([LONG] * 5)
    for part in (0.3, 0.6, 0.9):
        try:
            document = read(data[: int(len(data) * part)], PATH)
        except ReadError as error:
            assert "damaged or cut off" in str(error)
        else:
            assert any("cut off" in note for note in document.notes)


def test_pages_that_are_images_are_named_in_ranges() -> None:
    document = read(pdf_file([["a"], [], [], ["b"], []], scanned=[2, 3, 5]), PATH)
    assert document.notes == (
        "Pages 2-3, 5 of 5 have no text layer and were not read; run OCR to include them.",
    )


def test_a_page_whose_letters_are_drawn_is_named_and_a_blank_one_is_not() -> None:
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.drawString(72, 700, "Item one.")
    canvas.showPage()
    canvas.line(72, 700, 200, 700)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    document = read(data.getvalue(), PATH)
    assert len(document.pages) == 3
    assert document.notes == ("Page 2 of 3 has no text layer and was not read; run OCR to include it.",)


def test_a_page_tree_that_is_a_loop_ends() -> None:
    data = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>> endobj
trailer <</Root 1 0 R>>
%%EOF"""
    with pytest.raises(ReadError):
        read(data, PATH)


WORDS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:()äöüéß", min_size=1, max_size=12
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=20)


@settings(max_examples=30)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_word_comes_back_in_order(pages: list[list[str]]) -> None:
    document = read(pdf_file(pages), PATH)
    assert document.text.split() == [word for lines in pages for line in lines for word in line.split()]
    assert [page.of(document.text).split() for page in document.pages] == [
        " ".join(lines).split() for lines in pages
    ]


@pytest.mark.slow
def test_five_thousand_pages_are_read() -> None:
    document = read(pdf_file([[f"Page {number}", *LONG] for number in range(5000)]), PATH)
    assert len(document.pages) == 5000
    assert document.text.count("Line 29 of a page") == 5000
