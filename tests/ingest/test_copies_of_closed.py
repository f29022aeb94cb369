"""What says what a restricted text says is not for everybody either, whatever it looks like and whenever it comes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.care import status_of
from ingest.doctor import examine_owned
from ingest.failures import forget
from ingest.index import OwnedIndex
from ingest.outcomes import Outcome, Status
from ingest.pipeline import ingest, plan
from qa import Minutebook
from tests.hash_encoder import HashEncoder

ENGLISH = (
    "# Notes\n\nThe Board agreed to buy the warehouse by the canal for 2.4 million. Ann Lee is to make the offer "
    "before the seller hears of the new road, and to keep the price to herself.\n"
)
CHINESE = (
    "# 会谈记录\n\n会议同意购买运河旁边的仓库，价格为二百四十万元，"
    "并请财务处在卖方得知修路计划之前提出报价。\n"
)
TRADITIONAL = (
    "# 會談記錄\n\n會議同意購買運河旁邊的倉庫，價格為二百四十萬元，"
    "並請財務處在賣方得知修路計劃之前提出報價。\n"
)
OTHERS = "".join(
    f"## {title}\n\nThe meeting heard a report on {title.lower()} and asked for another before the summer.\n\n"
    for title in (
        "Street trees",
        "Library hours",
        "Allotments",
        "Bus shelters",
        "School meals",
        "Noise at night",
    )
)


def exported(text: str) -> str:
    """As another program writes it: other lines, wide letters, no marks of headings."""
    return text.replace("#", "").replace(". ", ".\n\n  ").replace("Board", "ＢＯＡＲＤ").upper()


def compiled(text: str) -> str:
    return f"# Papers of the year\n\n{OTHERS}{text}\n{OTHERS}"


COPIES = {
    "export": (ENGLISH, exported),
    "as it is": (ENGLISH, str),
    "traditional": (CHINESE, lambda _: TRADITIONAL),
    "simplified": (TRADITIONAL, lambda _: CHINESE),
    "compilation": (ENGLISH, compiled),
    "chinese compilation": (CHINESE, lambda text: compiled(TRADITIONAL)),
}
WAYS = {
    "for council": ("---\naccess: council\n---\n", None),
    "held back": ("CONFIDENTIAL\n\n", None),
    "held back by a table": ("", '["PLACE"]\naccess = "?"\n'),
    "held back by a table that is none": ("", "access = council\n"),
    "held back for its folder": ("", '[folder]\naccess = "deny"\n'),
}


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def put_original(folder: Path, name: str, way: str, text: str) -> Path:
    head, beside = WAYS[way]
    if beside:
        put(folder / "meetings.toml", beside.replace("PLACE", name))
    return put(folder / name, head + text)


def taken(index: OwnedIndex, folder: Path) -> dict[Path, Outcome]:
    """What came of a folder; a plan must have said it, notes and all."""
    planned = plan([folder], index.catalog).outcomes
    done = ingest([folder], index).outcomes
    assert {(o.path, o.status, o.notes) for o in planned} == {(o.path, o.status, o.notes) for o in done}
    return {one.path: one for one in done}


def public(index: OwnedIndex) -> str:
    """All that everybody may read."""
    with Minutebook.open(index.folder, encoder=HashEncoder()) as book:
        return "\n".join(str(book.record(one.record_id)) for one in book.meetings())


ORDERS = ("beside it", "later", "before it", "before it in one run", "in its place")
CASES = [(kind, "held back", order) for kind in COPIES for order in ("later", "before it")]
CASES += [
    ("export", way, order)
    for way in WAYS
    for order in ORDERS
    if (way, order) != ("for council", "in its place")
]


@pytest.mark.parametrize(("kind", "way", "order"), CASES)
def test_a_copy_of_what_is_closed_waits(
    index: OwnedIndex, tmp_path: Path, kind: str, way: str, order: str
) -> None:
    text, copied = COPIES[kind]
    folder = tmp_path / "records"
    name = "z original.md" if order == "before it in one run" else "original.md"

    place = folder / ("a" if order == "before it in one run" else "open") / "another name.txt"

    def original() -> Path:
        return put_original(folder / "closed", name, way, text)

    def copy() -> Path:
        return put(place, copied(text))

    steps: dict[str, list[Callable[[], object]]] = {
        "beside it": [lambda: (original(), copy())],
        "later": [original, copy],
        "before it": [copy, original],
        "before it in one run": [lambda: (copy(), original())],
        "in its place": [original, lambda: ((folder / "closed" / name).unlink(), copy())],
    }
    for step in steps[order]:
        step()
        outcomes = taken(index, folder)
    for again in (False, True):  # it goes on waiting
        if again:
            outcomes = taken(index, folder)
        assert outcomes[place].status is Status.HELD, outcomes
        assert "access: public" in outcomes[place].notes[0] and "original" in outcomes[place].notes[0]
        assert str(place) in str(status_of(index.catalog, index.folder))
        shown = public(index)
        assert "warehouse" not in shown.casefold() and "仓库" not in shown and "倉庫" not in shown
    put(place, f"---\naccess: public\n---\n{copied(text)}")
    assert taken(index, folder)[place].status in (Status.ADDED, Status.AMENDED)
    assert public(index)


def test_what_is_public_anyway_holds_nothing(index: OwnedIndex, tmp_path: Path) -> None:
    frame = f"Present were Ann Lee, Bob Ray, Cy Dunn and Di Moss. The last minutes were approved.\n\n{OTHERS}"
    for day in range(1, 5):
        put(
            tmp_path / "records" / f"2024-03-0{day}.md",
            f"# Notes {day}\n\n{frame}Nothing else was said on day {day}.\n",
        )
    put(tmp_path / "records" / "closed.md", f"---\naccess: council\n---\n# Notes\n\n{frame}{ENGLISH[9:]}")
    assert all(one.status is Status.ADDED for one in taken(index, tmp_path / "records").values())
    put(
        tmp_path / "records" / "2024-03-09.md",
        f"# Notes 9\n\n{frame}The chair closed the meeting on day 9.\n",
    )
    outcomes = taken(index, tmp_path / "records")
    assert not [one for one in outcomes.values() if one.status is Status.HELD]


def test_what_a_public_edition_says_may_be_copied_and_what_it_leaves_out_may_not(
    index: OwnedIndex, tmp_path: Path
) -> None:
    folder = tmp_path / "records"
    put(folder / "12.md", f"---\naccess: council\n---\n# Notes\n\n{OTHERS}{ENGLISH[9:]}")
    taken(index, folder)
    put(folder / "12.md", f"---\naccess: public\n---\n# Notes\n\n{OTHERS}[Redacted.]\n")
    taken(index, folder)
    edition = put(folder / "edition.txt", f"Notes\n\n{OTHERS.replace('#', '')}[Redacted.]\n")
    whole = put(folder / "whole.txt", f"Notes\n\n{OTHERS.replace('#', '')}{ENGLISH[9:]}\n")
    outcomes = taken(index, folder)
    assert outcomes[edition].status is Status.ADDED and outcomes[whole].status is Status.HELD


def test_what_was_held_back_for_a_slip_is_released_with_its_copies(index: OwnedIndex, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    put(folder / "meetings.toml", '[folder]\naccess = "deny"\n')
    one, other = put(folder / "one.md", ENGLISH), put(folder / "other.txt", exported(ENGLISH))
    assert all(outcome.status is Status.HELD for outcome in taken(index, folder).values())
    (folder / "meetings.toml").unlink()
    outcomes = taken(index, folder)
    assert {outcomes[one].status, outcomes[other].status} == {Status.ADDED}
    assert not status_of(index.catalog, index.folder).failures


def test_what_was_held_back_and_is_forgotten_holds_nothing_more(index: OwnedIndex, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    original = put(folder / "original.md", f"CONFIDENTIAL\n\n{ENGLISH}")
    taken(index, folder)
    original.unlink()
    copy = put(folder / "copy.txt", ENGLISH)
    assert taken(index, folder)[copy].status is Status.HELD
    assert forget(index.folder, original) == [str(original)]
    assert taken(index, folder)[copy].status is Status.ADDED


def test_of_a_text_that_is_held_back_only_digests_are_kept(index: OwnedIndex, tmp_path: Path) -> None:
    put(tmp_path / "records" / "original.md", f"CONFIDENTIAL\n\n{ENGLISH}")
    taken(index, tmp_path / "records")
    kept = b"".join(path.read_bytes() for path in index.folder.rglob("*") if path.is_file())
    assert b"warehouse" not in kept.lower() and "warehouse".encode("utf-16-le") not in kept


def test_doctor_names_what_says_what_is_closed(index: OwnedIndex, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    put(folder / "original.md", f"---\naccess: council\n---\n{ENGLISH}")
    copy = put(folder / "copy.txt", ENGLISH)
    ingest([folder], index, force=True)
    (said,) = [one for one in examine_owned(index).advice if str(copy) in one]
    assert "council only" in said
