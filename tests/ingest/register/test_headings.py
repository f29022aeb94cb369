import pytest

from ingest.decisions import find_decisions
from ingest.records import DecisionKind as Kind
from ingest.records import Section, Span
from ingest.register.headings import outcome

ANNOUNCES = {
    "Conclusion": Kind.CONCLUDED,
    "Conclusion/Resolution": Kind.CONCLUDED,
    "### 4.2 Conclusions / Resolutions:": Kind.CONCLUDED,
    "Summary/Conclusion": Kind.CONCLUDED,
    "Conclusion on bind": Kind.CONCLUDED,
    "Resolution": Kind.DECIDED,
    "Decisions made": Kind.DECIDED,
    "Summary of decisions": Kind.DECIDED,
    "Outcome": Kind.DECIDED,
    "Action taken": Kind.DECIDED,
    "Consensus/Resolution": Kind.AGREED,
    "Action items": Kind.ASSIGNED,
    "Next Steps": Kind.ASSIGNED,
    "Decisions and action items": Kind.DECIDED,
    "Voting results": Kind.VOTE,
    "会议决定": Kind.DECIDED,
    "议定事项": Kind.DECIDED,
    "结论": Kind.CONCLUDED,
    "待办事项": Kind.ASSIGNED,
    "表决结果": Kind.VOTE,
}
OTHER = [
    "Budget",
    "Interaction of await and pipeline",
    "How we make decisions",
    "Field syntax discussion and resolution of issues",
    "Revisit decision from last meeting",
    "Resolution 2024-11",
    "Resolution of Support for the Library",
    "Agreement for Services",
    "Action plan for housing",
    "会议纪要",
    "行动方案汇报",
    "",
]


@pytest.mark.parametrize(("title", "kind"), ANNOUNCES.items())
def test_headings_announce_outcomes(title: str, kind: Kind) -> None:
    assert outcome(title) is kind


@pytest.mark.parametrize("title", OTHER)
def test_titles_of_items_announce_none(title: str) -> None:
    assert outcome(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "# Approved minutes of the Water Board, 4 March 2025",
        "# Adopted Minutes, Harbour Council",
        "# Confirmed record of the Library Board",
    ],
)
def test_what_the_record_calls_itself_is_no_decision(title: str) -> None:
    text = f"{title}\n\n## 1. Minutes\n\nApproved minutes of 5 February 2025.\n"
    sections = [
        Section(0, len(text), "a", Span(0, len(title))),
        Section(text.index("## 1"), len(text), "b", Span(text.index("## 1"), text.index("## 1") + 13)),
    ]
    assert [entry.of(text) for entry in find_decisions(text, sections, ())] == [
        "Approved minutes of 5 February 2025."
    ]
