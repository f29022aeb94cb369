"""What a later decision does to an earlier one: said where it is so, and not where it only looks so."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Answer, Minutebook
from qa.references import days_named
from qa.supersession import change_said
from tests.hash_encoder import HashEncoder

COUNCIL = "---\ntitle: Minutes of {date}\ndate: {date}\nbody: {body}\n---\n\n## {item}\n\n{text}\n"
Make = Callable[..., Minutebook]


def meeting(date: str, text: str, item: str = "Cycle lanes", body: str = "Otterham Town Council") -> str:
    return COUNCIL.format(date=date, text=text, item=item, body=body)


@pytest.fixture
def book_of(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    def make(*records: str, access: tuple[str, ...] = ("public",)) -> Minutebook:
        folder = tmp_path / "minutes"
        folder.mkdir()
        for number, text in enumerate(records):
            (folder / f"{number}.md").write_text(text, encoding="utf-8")
        encoder = HashEncoder()
        with OwnedIndex.open(tmp_path / "index", encoder) as index:
            assert not ingest([folder], index).failed
        book = Minutebook.open(
            tmp_path / "index", encoder=encoder, access=access, today=datetime.date(2025, 1, 1)
        )
        request.addfinalizer(book.close)
        return book

    return make


APPROVED = meeting(
    "2024-03-12", "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be approved."
)
RESCINDED = meeting(
    "2024-06-11",
    "RESOLVED: that the approval of the cycle lanes plan for Mill Street be rescinded.",
)


def notes(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims if claim.note]


def days(answer: Answer) -> list[str]:
    return [str(group.meeting.date) for group in answer.groups if group.meeting]


def test_the_current_state_leads_and_says_what_it_replaced(book_of: Make) -> None:
    answer = book_of(APPROVED, RESCINDED).ask("What was decided on the cycle lanes?")
    assert days(answer)[0] == "2024-06-11"
    assert notes(answer)[0] == "This repeals the decision of 12 March 2024."
    (change,) = answer.changes
    by_number = {citation.number: citation for citation in answer.citations}
    assert change.kind == "repealed"
    assert str(by_number[change.later].record.date) == "2024-06-11"
    assert str(by_number[change.earlier].record.date) == "2024-03-12"


def test_a_note_cites_the_exact_words_of_the_other_decision(book_of: Make) -> None:
    book = book_of(APPROVED, RESCINDED)
    answer = book.ask("What was decided on the cycle lanes?")
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for claim in answer.claims:
        assert set(claim.citations) <= set(numbers) and claim.citations
    for citation in answer.citations:
        record = book.record(citation.record.record_id, citation.version)
        assert record is not None and record.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "What was decided on the cycle lanes on 12 March 2024?",
        "What was decided on cycle lanes in March 2024?",
    ],
)
def test_a_named_meeting_is_answered_with_what_it_decided_and_what_became_of_it(
    book_of: Make, question: str
) -> None:
    answer = book_of(APPROVED, RESCINDED).ask(question)
    assert days(answer) == ["2024-03-12"]
    assert notes(answer) == ["Later repealed, on 11 June 2024."]
    assert "2024-06-11" in {str(citation.record.date) for citation in answer.citations}


def test_a_filter_bounds_the_notes_too(book_of: Make) -> None:
    answer = book_of(APPROVED, RESCINDED).ask("What was decided on the cycle lanes?", until="2024-03-31")
    assert {str(citation.record.date) for citation in answer.citations} == {"2024-03-12"}
    assert notes(answer) == [] and answer.changes == ()


def test_a_change_that_one_may_not_see_is_not_told(book_of: Make) -> None:
    secret = RESCINDED.replace("body:", "access: staff\nbody:")
    answer = book_of(APPROVED, secret).ask("What was decided on the cycle lanes?")
    assert days(answer) == ["2024-03-12"] and notes(answer) == []


def test_a_decision_named_by_its_date_is_found_whatever_its_words(book_of: Make) -> None:
    first = meeting("2024-02-06", "The council approved the purchase of 420 flats.", item="Housing")
    later = meeting(
        "2024-09-03",
        "RESOLVED: that the decision of 6 February 2024 be amended and the ceiling raised from 420 to 560.",
        item="Homes",
    )
    answer = book_of(first, later).ask("What was decided about the purchase of flats?")
    assert "Later amended, on 3 September 2024." in notes(answer)


def test_a_chain_of_changes_points_to_the_one_before(book_of: Make) -> None:
    again = meeting(
        "2024-09-10",
        "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be amended to include Ferry Lane.",
    )
    answer = book_of(
        APPROVED,
        again,
        meeting(
            "2024-11-12",
            "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be amended to end at the bridge.",
        ),
    ).ask("What was decided on the cycle lanes?")
    assert len(answer.changes) == 2
    by_number = {citation.number: str(citation.record.date) for citation in answer.citations}
    assert {(by_number[c.later], by_number[c.earlier]) for c in answer.changes} == {
        ("2024-09-10", "2024-03-12"),
        ("2024-11-12", "2024-09-10"),
    }


def test_what_is_repeated_leads_and_says_what_it_repeats(book_of: Make) -> None:
    again = meeting(
        "2024-09-10",
        "RESOLVED: that the council reaffirms the cycle lanes plan for Mill Street and Quay Road.",
    )
    answer = book_of(APPROVED, again).ask("What was decided on the cycle lanes?")
    assert days(answer)[0] == "2024-09-10"
    assert notes(answer) == ["This repeats the decision of 12 March 2024."]
    assert [change.kind for change in answer.changes] == ["repeated"]


def test_an_amendment_outweighs_a_later_repetition_of_what_it_amended(book_of: Make) -> None:
    amended = meeting(
        "2024-06-11",
        "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be amended to end at the bridge.",
    )
    again = meeting(
        "2024-09-10", "The council reaffirmed its decision of 12 March 2024 on the cycle lanes plan."
    )
    book = book_of(APPROVED, amended, again)
    answer = book.ask("What was decided on the cycle lanes?")
    assert "This repeats the decision of 12 March 2024." in notes(answer)
    assert "This amends the decision of 12 March 2024." in notes(answer)
    then = book.ask("What was decided on the cycle lanes on 12 March 2024?")
    assert notes(then) == ["Later amended, on 11 June 2024."]


NO_CHANGE = (
    meeting("2024-06-11", "RESOLVED: that the agenda be amended to add the cycle lanes item."),
    meeting("2024-06-11", "The minutes of the last meeting were approved as amended."),
    meeting("2024-06-11", "RESOLVED: that the cycle lanes plan for Mill Street be welcomed."),
    meeting("2024-06-11",
            "RESOLVED: that the street lighting contract be amended to include LED lamps.", item="Street lighting"),
    meeting("2024-06-11", "The request to rescind the cycle lanes plan for Mill Street was rejected."),
    meeting("2024-06-11",
            "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be amended to end at the bridge.",
            body="Ferrick Parish Council"),
    meeting("2024-06-11", "The council confirmed its commitment to safe streets."),
    meeting("2024-06-11", "RESOLVED: that the street lighting contract be reaffirmed.", item="Street lighting"),
    meeting("2024-06-11", "The request to reaffirm the cycle lanes plan for Mill Street was rejected."),
    meeting("2024-01-09", "RESOLVED: that the cycle lanes plan for Mill Street and Quay Road be rescinded."),
)  # fmt: skip


@pytest.mark.parametrize("other", NO_CHANGE)
def test_what_only_looks_like_a_change_is_none(book_of: Make, other: str) -> None:
    answer = book_of(APPROVED, other).ask("What was decided on the cycle lanes?")
    assert answer.changes == () and notes(answer) == []


ZH_APPROVED = meeting(
    "2024-03-12",
    "会议决定，批准滨河路自行车道建设方案，2025年6月30日前完工。",
    item="自行车道",
    body="鹭洲市人民政府",
)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "会议决定，滨河路自行车道建设方案的完工期限由2025年6月30日调整为2025年12月31日。",
            "此项修改了2024年3月12日的决定。",
        ),
        ("会议决定，撤销滨河路自行车道建设方案。", "此项撤销了2024年3月12日的决定。"),
        ("会议决定，滨河路自行车道建设方案推迟至2026年实施。", "此项推迟了2024年3月12日的决定。"),
        ("会议重申，滨河路自行车道建设方案按原计划实施。", "此项重申了2024年3月12日的决定。"),
        ("会议决定，继续执行滨河路自行车道建设方案。", "此项重申了2024年3月12日的决定。"),
    ],
)
def test_a_chinese_change_is_told_in_chinese(book_of: Make, text: str, note: str) -> None:
    later = meeting("2024-06-11", text, item="自行车道", body="鹭洲市人民政府")
    answer = book_of(ZH_APPROVED, later).ask("会议对自行车道作出了什么决定？")
    assert days(answer)[0] == "2024-06-11"
    assert note in notes(answer)


SAID = (
    ("RESOLVED: that the by-law be repealed.", "repealed"),
    ("The council rescinded its approval of the tram.", "repealed"),
    ("This policy supersedes that of 2019.", "replaced"),
    ("The contract was extended until 30 June 2026.", "extended"),
    ("The opening was postponed to May.", "postponed"),
    ("The fee is increased from 2 to 3 yuan.", "amended"),
    ("政策延长至2025年12月31日。", "extended"),
    ("《停车办法》自即日起废止。", "repealed"),
    ("The board reaffirmed the visiting hours.", "repeated"),
    ("The committee upheld its decision to close the ward.", "repeated"),
    ("The approval of the tram stands.", "repeated"),
    ("会议重申原定补贴标准。", "repeated"),
    ("会议同意维持现行收费标准。", "repeated"),
    ("The minutes were confirmed.", None),
    ("The committee reaffirmed the minutes of May.", None),
    ("The agenda was amended.", None),
    ("The council extended its thanks to the staff.", None),
    ("The request to extend the subsidy beyond 31 December was rejected.", None),
    ("The minutes were approved as amended.", None),
    ("The motion was withdrawn.", None),
    ("The council approved the plan.", None),
    ("会议要求进一步修改完善后印发。", None),
)


@pytest.mark.parametrize(("quote", "kind"), SAID)
def test_words_of_change_are_told_from_procedure(quote: str, kind: str | None) -> None:
    assert change_said(quote) == kind


def test_the_sample_records_tell_their_changes_in_both_languages(book: Minutebook) -> None:
    answer = book.ask("What was decided about the bus lanes?")
    assert "This amends the decision of 10 September 2024." in notes(answer)
    answer = book.ask("第15次常务会议对房地产作出了哪些决定？")
    assert "此项决定后于2025年9月25日被修改。" in notes(answer)
    answer = book.ask("第14次常务会议对老旧小区改造作出了什么决定？")
    assert "此项决定后于2025年5月15日被修改。" in notes(answer)


def test_an_older_version_opens_and_says_what_corrects_it(tmp_path: Path) -> None:
    folder, encoder = tmp_path / "minutes", HashEncoder()
    folder.mkdir()
    (folder / "a.md").write_text(APPROVED, encoding="utf-8")
    with OwnedIndex.open(tmp_path / "index", encoder) as index:
        ingest([folder], index)
        (folder / "a.md").write_text(APPROVED.replace("Quay Road", "Harbour Road"), encoding="utf-8")
        ingest([folder], index)
    with Minutebook.open(tmp_path / "index", encoder=encoder) as book:
        (held,) = book.meetings()
        versions = book.versions(held.record_id)
        assert [(one.version, one.active) for one in versions] == [(2, True), (1, False)]
        assert all(one.ingested for one in versions)
        corrected = book.corrected_since(held.record_id, 1)
        assert corrected == versions[0]
        assert book.corrected_since(held.record_id, 2) is None
        assert book.corrected_since(held.record_id, 9) is None
        old = book.record(held.record_id, 1)
        assert old is None or "Quay Road" in old.text
    with Minutebook.open(tmp_path / "index", encoder=encoder, access=()) as closed:
        assert closed.versions(held.record_id) == [] and closed.corrected_since(held.record_id, 1) is None


NUMBERED = meeting(
    "2025-03-04",
    "RESOLVED: that Resolution 2025-14, a parking charge of 2 pounds an hour in Market Square, be adopted.\n\n"
    "RESOLVED: that the repair of the library roof be approved.",
    "Parking",
)


@pytest.mark.parametrize(
    "words",
    [
        "RESOLVED: that Resolution 2025-14 of 4 March be rescinded.",
        "The Council resolved to rescind Resolution 2025-14.",
        "RESOLVED: that Resolution No. 2025-14, adopted on 4 March 2025, be repealed.",
        "The Council agreed that Resolution 2025-14 be revoked.",
    ],
)
def test_a_decision_that_names_the_earlier_one_by_its_number_alone_changes_it(
    book_of: Make, words: str
) -> None:
    answer = book_of(NUMBERED, meeting("2025-04-08", words, "Other business")).ask(
        "What was decided on a parking charge in Market Square?"
    )
    assert notes(answer)[0] == "This repeals the decision of 4 March 2025."
    assert days(answer) == ["2025-04-08", "2025-03-04"]


def test_a_chinese_decision_that_names_day_and_number_changes_it(book_of: Make) -> None:
    earlier = meeting(
        "2025-03-04", "会议决定，同意第14号决议，人民路停车收费为每小时5元。", "停车收费", "榆溪市人民政府"
    )
    later = meeting("2025-04-08", "会议决定撤销3月4日会议通过的第14号决议。", "其他事项", "榆溪市人民政府")
    assert (
        notes(book_of(earlier, later).ask("人民路停车收费有什么决定？"))[0]
        == "此项撤销了2025年3月4日的决定。"
    )


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Resolution 2025-14 of 4 March is rescinded.", "2025-03-04"),
        ("The decision of December 9 is repealed.", "2024-12-09"),
        ("决定撤销3月4日会议通过的第14号决议", "2025-03-04"),
        ("The opening is postponed until 4 March.", None),
        ("3月4日前完成整改", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_before_where_a_decision_is_named_by_it(
    quote: str, expected: str | None
) -> None:
    named = {str(day) for day in days_named(quote, datetime.date(2025, 4, 8))}
    assert named == ({expected} if expected else set())
