"""Nothing is called unrecorded that the record says: in other words, right after the matter, or by people it names."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Answer, Minutebook
from qa.answers import AnswerState
from qa.named_speaker import Named, named_speaker

CITY = """OAK HOLLOW TOWN COUNCIL
REGULAR MEETING
Monday, June 2, 2025, 6:30 p.m.

CALL TO ORDER
Mayor Ida Cole called the meeting to order at 6:31 p.m.

ROLL CALL
Present: Mayor Ida Cole; Council Members Joe Fitch, Rosa Lund
Absent: Council Member Beth Arno (excused)

PUBLIC COMMENT
Ana Soto, 8 Pine Street, spoke in favor of the dog park.
Gus Hale, 3 Mill Lane, complained that garbage trucks come before dawn.

CONSENT AGENDA
5.1 Payroll
5.2 Contract with Bright Path for tutoring, not to exceed $96,000
Council Member Fitch asked that 5.2 be pulled.
Motion by Lund to approve the contract. Ayes: Lund, Cole. Noes: Fitch. Motion passed 2-1.

NEW BUSINESS
1. Clock tower
The clock tower was mended at a cost of $18,300.

2. Swings
Motion by Lund, second by Cole, to withdraw the application for the swings. Ayes: Lund. Noes: Fitch, Cole.
Motion failed 1-2.
Motion by Fitch to apply for the grant for the swings. Ayes: Fitch, Cole. Noes: Lund. Motion passed 2-1.
The work on the swings is to be completed by October 23.

3. Tractor
Motion by Lund to table the purchase of the tractor until July 8. Ayes: 3. Noes: 0. Motion passed.

4. Bandstand
Mayor Cole said that the bandstand is to be repaired next year.
"""
HOSPITAL = """# Northesk Hospital Board

Minutes of the Board held on 29 May 2025

Present: Harriet Lowe (Chair), Paul Dobson, Sue Quill
Apologies: Sheila Norwood

## 1. Ward 4

Paul Dobson to report on falls by 25 September 2025.

## 2. Phone policy

The Board considered a policy that phones be locked away from first bell to last bell. Pupil representative Quill said
that pupils need to reach their families.

## 3. Action log

| Ref | Action | Owner | Due | Status |
|---|---|---|---|---|
| 12 | Report on falls | Paul Dobson | 30 April 2025 | Completed |
| 31 | Review of agency contracts | Neelam Kaur | 30 May 2025 | Overdue |
| 44 | Plan for the discharge lounge | Paul Dobson | 31 July 2025 | In progress |
"""
TALK = """Elmford Scrutiny Committee
Transcript of the meeting held on 17 June 2025

Members: Councillor Helena Marsh (Chair), Councillor Victor Osei, Councillor Ann Doherty

CHAIR: We begin with the move to three-weekly bin collections. Councillor Osei?

COUNCILLOR OSEI: I would support a trial of three-weekly bin collections in one ward first.

COUNCILLOR DOHERTY: People in flats have nowhere to put three weeks of rubbish.

CHAIR: What would the larger bins cost us?

TOM BELCHER: Forty-two pounds each. We expect to need about 1,900 of them.

CHAIR: I will put that. Those in favour? Councillor Osei and myself. Against? Councillor Doherty.

CHAIR: We turn to the river. I would ask the water company to attend in September.
"""
NEIGHBOURS = """桂花苑居民议事会实录
时间:2025年7月12日
参会人员:居民代表、物业代表

罗秀兰:今天主要议一件事,电动车充电棚建在哪里。

物业经理钱伟:我们打算在3号楼东侧建一个充电棚,造价大概18万元。

居民代表马玉珍:我不同意把充电棚建在我们楼下。

罗秀兰:那充电棚分两处建,都装喷淋。大家举手表决。同意的14人,反对的2人,弃权1人。通过。
"""


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Minutebook:
    folder: Path = tmp_path_factory.mktemp("near")
    (folder / "minutes").mkdir()
    for name, text in (("city", CITY), ("talk", TALK), ("hospital", HOSPITAL), ("neighbours", NEIGHBOURS)):
        (folder / "minutes" / f"{name}.{'md' if text.startswith('#') else 'txt'}").write_text(
            text, encoding="utf-8"
        )
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([folder / "minutes"], index).failed
    return Minutebook.open(folder / "index", encoder=encoder)


def said(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Was the tutoring contract approved?", "Motion passed 2-1"),
        ("Who voted no on the tutoring contract?", "Noes: Fitch"),
        ("Who is against three-weekly bin collections?", "Against? Councillor Doherty."),
        ("充电棚表决结果如何？", "反对的2人"),
        ("谁反对充电棚？", "反对的2人"),
        ("Was the clock tower repaired and how much did it cost?", "$18,300"),
        ("What did residents say about the dog park?", "Ana Soto"),
        ("居民对充电棚有什么意见？", "我不同意把充电棚建在我们楼下"),
        ("How many larger bins are needed?", "about 1,900 of them"),
        ("What did Sue Quill say about the phone policy?", "reach their families"),
    ],
)
def test_what_the_record_says_is_not_called_unrecorded(near: Minutebook, text: str, has: str) -> None:
    answer = near.ask(text)
    assert has in said(answer)
    assert not any(claim.own for claim in answer.claims)


def test_who_seconded_is_not_called_unrecorded_where_it_is_shown(near: Minutebook) -> None:
    answer = near.ask("Who seconded the motion to withdraw the application for the swings?")
    assert "second by Cole" in said(answer) and not answer.claims[0].own


def test_the_outcome_of_another_matter_is_not_told_for_this_one(near: Minutebook) -> None:
    answer = near.ask("Was the pump house contract approved?")
    assert answer.abstained or answer.claims[0].own


def test_what_is_only_planned_does_not_tell_the_outcome(near: Minutebook) -> None:
    answer = near.ask("Has the bandstand been repaired?")
    assert answer.state is AnswerState.NEAREST


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("What did Gus Hale complain about?", "garbage trucks", "dog park"),
        ("What did Victor Osei say about bin collections?", "trial", "flats"),
        ("What did Helena Marsh say about the river?", "water company", "flats"),
        ("What did residents say about garbage trucks?", "before dawn", "tutoring"),
        ("钱伟对充电棚说了什么？", "造价大概18万元", "楼下"),
        ("马玉珍说了什么？", "我不同意", "喷淋"),
    ],
)
def test_people_are_known_by_name_office_or_capacity(
    near: Minutebook, text: str, has: str, lacks: str
) -> None:
    words = said(near.ask(text))
    assert has in words and lacks not in words


@pytest.mark.parametrize(
    "text",
    [
        "What did council member Jones say about the dog park?",
        "What did Trustee Okpara say about bin collections?",
    ],
)
def test_of_somebody_no_record_names_nothing_is_told(near: Minutebook, text: str) -> None:
    assert near.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What did Ann Bell say about the dogs?", Named("Ann Bell", "the dogs")),
        ("Did Mr. Gordon Pike ask about the footpath?", Named("Mr. Gordon Pike", "the footpath")),
        ("马玉珍对停车收费有什么意见？", Named("马玉珍", "停车收费")),
        ("马玉珍担心什么？", None),
        ("What did the council say about dogs?", None),
        ("What did residents say about dogs?", None),
    ],
)
def test_a_question_names_whose_words_it_wants(text: str, named: Named | None) -> None:
    assert named_speaker(text) == named


def test_a_vote_against_giving_a_matter_up_is_no_vote_against_it(near: Minutebook) -> None:
    answer = near.ask("Who opposed the swings?")
    assert [claim.text for claim in answer.claims if "against (" in claim.text] == [
        "1 against (Lund); 2 in favour (Fitch, Cole)."
    ]
    asked = near.ask("Who voted against withdrawing the application for the swings?")
    assert "2 against (Fitch, Cole)" in " ".join(claim.text for claim in asked.claims)


def test_a_motion_is_told_with_what_came_of_it(near: Minutebook) -> None:
    for citation in near.ask("Is the application for the swings going to be dropped?").citations:
        assert not citation.quote.startswith("Motion") or "Motion " in citation.quote[6:]


def test_what_was_tabled_answers_whether_it_was_bought(near: Minutebook) -> None:
    assert "table the purchase" in said(near.ask("Was the tractor bought?"))


def test_a_deadline_beside_the_register_is_told(near: Minutebook) -> None:
    assert "by October 23" in said(near.ask("When must the work on the swings be completed?"))


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("Who was absent on 2 June 2025?", "Beth Arno", "Joe Fitch"),
        ("Who sent apologies on 29 May 2025?", "Sheila Norwood", "Paul Dobson"),
        ("Who chaired the town council meeting on 2 June 2025?", "called the meeting to order", "Beth Arno"),
    ],
)
def test_who_presided_or_was_not_there_is_told_alone(
    near: Minutebook, text: str, has: str, lacks: str
) -> None:
    words = said(near.ask(text))
    assert has in words and lacks not in words


@pytest.mark.parametrize(
    ("text", "lead", "quotes"),
    [
        ("Which actions are overdue?", "1 action is overdue:", ["agency"]),
        ("What actions have been completed?", "1 action is marked as done:", ["on falls"]),
        ("哪些任务逾期了？", "共有1项任务逾期：", ["agency"]),
        (
            "What are the outstanding actions?",
            "2 actions are open; of 1 more no record says whether they are done:",
            ["agency", "lounge", "to report"],
        ),
    ],
)
def test_tasks_are_listed_by_how_far_they_are(
    near: Minutebook, text: str, lead: str, quotes: list[str]
) -> None:
    answer = near.ask(text)
    assert answer.claims[0].text == lead
    assert len(answer.citations) == len(quotes)
    assert all(any(part in citation.quote for citation in answer.citations) for part in quotes)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("What must Paul Dobson do?", ["to report on falls by", "| Report on falls |", "discharge lounge"]),
        ("What is Neelam Kaur supposed to do?", ["agency contracts"]),
    ],
)
def test_the_tasks_of_somebody_are_listed(near: Minutebook, text: str, quotes: list[str]) -> None:
    answer = near.ask(text)
    assert len(answer.citations) == len(quotes)
    assert all(any(part in citation.quote for citation in answer.citations) for part in quotes)
