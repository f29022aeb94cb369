"""Nothing is called unrecorded that the record says: in other words, right after the matter, or by people it names."""

from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Answer, Minutebook
from qa.named_speaker import Named, named_speaker

CITY = """OAK HOLLOW TOWN COUNCIL
REGULAR MEETING
Monday, June 2, 2025, 6:30 p.m.

ROLL CALL
Present: Mayor Ida Cole; Council Members Joe Fitch, Rosa Lund

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

2. Bandstand
Mayor Cole said that the bandstand is to be repaired next year.
"""
TALK = """Elmford Scrutiny Committee
Transcript of the meeting held on 17 June 2025

Members: Councillor Helena Marsh (Chair), Councillor Victor Osei, Councillor Ann Doherty

CHAIR: We begin with the move to three-weekly bin collections. Councillor Osei?

COUNCILLOR OSEI: I would support a trial of three-weekly bin collections in one ward first.

COUNCILLOR DOHERTY: People in flats have nowhere to put three weeks of rubbish.

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
    for name, text in (("city", CITY), ("talk", TALK), ("neighbours", NEIGHBOURS)):
        (folder / "minutes" / f"{name}.txt").write_text(text, encoding="utf-8")
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
    ],
)
def test_what_the_record_says_is_not_called_unrecorded(near: Minutebook, text: str, has: str) -> None:
    answer = near.ask(text)
    assert has in said(answer)
    assert not any(claim.own for claim in answer.claims)


def test_what_is_only_planned_does_not_tell_the_outcome(near: Minutebook) -> None:
    answer = near.ask("Has the bandstand been repaired?")
    assert answer.claims[0].own and "do not state whether it was" in answer.claims[0].text


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
        ("What did the council say about dogs?", None),
        ("What did residents say about dogs?", None),
    ],
)
def test_a_question_names_whose_words_it_wants(text: str, named: Named | None) -> None:
    assert named_speaker(text) == named
