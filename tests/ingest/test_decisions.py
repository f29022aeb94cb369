import datetime
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decisions import find_decisions
from ingest.records import Decision, DecisionKind, Section, Span, Tally, Turn


def markdown_sections(text: str) -> list[Section]:
    """Sections of lines that begin with #, as a reader of Markdown finds them."""
    starts = [(place, line) for place, line in _lines(text) if line.startswith("#")]
    found = []
    for number, (place, line) in enumerate(starts):
        level = len(line) - len(line.lstrip("#"))
        later = (p for p, other in starts[number + 1 :] if len(other) - len(other.lstrip("#")) <= level)
        title = Span(place + min(level + 1, len(line)), place + len(line))
        found.append(
            Section(place, next(later, len(text)), title=title.of(text), title_span=title, level=level)
        )
    return found


def _lines(text: str) -> list[tuple[int, str]]:
    place, lines = 0, []
    for line in text.splitlines(keepends=True):
        lines.append((place, line.rstrip("\n")))
        place += len(line)
    return lines


def register(text: str, turns: tuple[Turn, ...] = ()) -> list[Decision]:
    return list(find_decisions(text, markdown_sections(text), turns, date=datetime.date(2024, 3, 12)))


def spoken(text: str) -> tuple[Turn, ...]:
    """Every line as a turn of its own."""
    return tuple(Turn(p, p + len(line), line.split(":")[0]) for p, line in _lines(text) if ":" in line)


def test_the_text_under_a_conclusion_is_one_decision() -> None:
    text = "# Notes\n## Dues\nTalk.\n### Conclusion\n- keep the dues\n- look again in May\n\n## Next\nMore.\n"
    [decision] = register(text)
    assert decision.of(text) == "- keep the dues\n- look again in May"
    assert (decision.rule, decision.item) == ("en.conclusion-heading", "Dues")


def test_a_conclusion_beside_its_item_belongs_to_the_item_before_it() -> None:
    text = "# Notes\n## Dues\nWe talked.\n## Conclusion\nDues stay as they are.\n## Other\n"
    assert [d.item for d in register(text)] == ["Dues"]


def test_a_conclusion_ends_where_people_speak_again() -> None:
    text = "## Dues\n### Resolution\nDues stay.\n\nAnn: I still disagree.\n"
    start = text.index("Ann")
    [decision] = register(text, (Turn(start, len(text), "Ann"),))
    assert decision.of(text) == "Dues stay."


def test_a_very_long_conclusion_is_split_into_its_parts() -> None:
    text = "## Conclusion\n" + "\n".join(f"- point {n}: " + "the plan holds. " * 20 for n in range(9))
    found = register(text)
    assert len(found) == 9 and all(d.of(text).startswith("- point") for d in found)


def test_the_outcome_may_stand_in_the_heading_itself() -> None:
    text = "## Dues\n### Resolution: raise the dues by 5\nLong talk.\n"
    [decision] = register(text)
    assert (decision.of(text), decision.item) == ("raise the dues by 5", "Dues")


def test_action_items_are_entries_of_their_own_with_owner_and_deadline() -> None:
    text = "## Action items\n1. Vega to send the report by May 3.\n2. Ms. Ortiz will meet the PTA.\n"
    found = register(text)
    assert [(d.owner, d.deadline, d.due) for d in found] == [
        ("Vega", "by May 3", datetime.date(2024, 5, 3)),
        ("Ms. Ortiz", None, None),
    ]
    assert all(d.kind is DecisionKind.ASSIGNED for d in found)


def test_rows_of_an_action_table_name_owner_and_day() -> None:
    text = (
        "Action items\n| Action | Owner | Due |\n|---|---|---|\n| Hire an auditor | J. Patel | 2024-06-01 |\n"
    )
    [decision] = register(text)
    assert (decision.owner, decision.due) == ("J. Patel", datetime.date(2024, 6, 1))


def test_the_date_of_the_next_meeting_is_no_task() -> None:
    text = "## Action log\n\n- Ann Bell to order the seats\n\nDate of next meeting: 31 July 2025\n"
    assert [one.of(text) for one in register(text)] == ["- Ann Bell to order the seats"]


def test_an_agenda_of_action_items_is_read_for_its_motions() -> None:
    text = "## Action items\nThe lease. Moved by Lee, seconded by Cho, to sign it. Motion carried 4-1.\n"
    [decision] = register(text)
    assert (decision.kind, decision.tally) == (DecisionKind.APPROVED, Tally(4, 1))


def test_labels_in_the_text_announce_outcomes() -> None:
    text = "Long debate.\n**Resolution:** keep the name.\n\nDecision: use option B. More talk.\n"
    assert [d.of(text) for d in register(text)] == [
        "**Resolution:** keep the name.",
        "Decision: use option B. More talk.",
    ]


def test_a_bare_label_takes_the_list_below_it() -> None:
    text = "会议决定：\n- 采用方案B\n- 下周启动\n\n天气很好。\n"
    assert [d.of(text) for d in register(text)] == ["会议决定：\n- 采用方案B\n- 下周启动"]


def test_a_list_ends_where_a_higher_one_goes_on() -> None:
    text = "会议决定：\n（一）通过预算。\n（二）成立工作组。\n二、其他事项\n会议讨论了天气。\n"
    assert [d.of(text) for d in register(text)] == ["（一）通过预算。", "（二）成立工作组。"]


def test_full_sentences_listed_after_a_label_are_entries_of_their_own() -> None:
    text = "The meeting decided:\n\n- The pilot was approved.\n- The new cars were rejected.\n- Fees stay.\n"
    assert [(d.kind, d.of(text)) for d in register(text)] == [
        (DecisionKind.APPROVED, "- The pilot was approved."),
        (DecisionKind.REJECTED, "- The new cars were rejected."),
        (DecisionKind.DECIDED, "- Fees stay."),
    ]


def test_two_actions_on_one_line_are_two() -> None:
    text = "Action: Lee to call by May 3. Action: Cho to write.\n"
    assert [(d.owner, d.deadline) for d in register(text)] == [("Lee", "by May 3"), ("Cho", None)]


def test_a_question_after_a_label_decides_nothing() -> None:
    assert register("Decision: should we move?\n") == []


def test_a_motion_its_votes_and_its_result_are_one_entry() -> None:
    text = "Lee moved to pave Elm Street. Cho seconded.\nAyes: Lee, Cho, Park. Nays: Diaz.\nMotion carried.\n"
    [decision] = register(text)
    assert decision.of(text) == text.strip()
    assert decision.kind is DecisionKind.APPROVED
    assert decision.tally == Tally(3, 1, None, ("Lee", "Cho", "Park"), ("Diaz",))


def test_two_motions_in_a_row_are_two_entries_each_with_its_own_vote() -> None:
    text = (
        "**Motion** (Bean/Pea) to close the pool. Ayes: Bean, Pea. Noes: Leek, Kale, Chard. Motion failed 2-3.\n"
        "**Motion** (Leek/Kale) to form a committee. Ayes: 5. Noes: 0. Motion passed.\n"
    )
    first, second = register(text)
    assert (first.kind, first.tally.against) == (DecisionKind.REJECTED, 3)
    assert (second.kind, second.tally.in_favour) == (DecisionKind.APPROVED, 5)
    assert "close the pool" in first.of(text) and "committee" in second.of(text)


@pytest.mark.parametrize(
    ("motion", "kind"),
    [
        ("Motion by Bean, second by Pea, to table the purchase until May 20.", DecisionKind.DEFERRED),
        ("Motion by Bean, second by Pea, to continue the matter to April 8.", DecisionKind.DEFERRED),
        ("Motion by Bean, second by Pea, to postpone the hearing.", DecisionKind.DEFERRED),
        ("Motion by Bean, second by Pea, to continue the summer concerts.", DecisionKind.APPROVED),
        ("Motion by Bean, second by Pea, to buy tables for the hall.", DecisionKind.APPROVED),
    ],
)
def test_a_carried_motion_to_put_off_defers_the_matter(motion: str, kind: DecisionKind) -> None:
    (entry,) = register(f"{motion} Motion carried 7-0.")
    assert entry.kind is kind


def test_a_result_takes_its_motion_and_not_the_heading_above_it() -> None:
    text = (
        "## 5. Amendment of a resolution\n\nMotion by Bean to go. Motion carried 4-3, with Pea voting no.\n"
    )
    (entry,) = register(text)
    assert entry.of(text).startswith("Motion by Bean")


def test_lists_for_and_against_are_one_vote() -> None:
    text = (
        "They voted. Votes for this action: Messrs. Lee and Cho. Votes against this action: None. They left."
    )
    vote = register(text)[-1]
    assert vote.kind is DecisionKind.VOTE and vote.tally == Tally(2, 0, None, ("Lee", "Cho"))
    assert vote.of(text).startswith("Votes for") and vote.of(text).endswith("None.")


def test_a_vote_of_chinese_minutes_goes_with_its_resolution() -> None:
    text = "一、审议通过了《工作报告》\n表决结果：9票同意，0票反对，0票弃权。\n"
    [decision] = register(text)
    assert (decision.kind, decision.tally) == (DecisionKind.APPROVED, Tally(9, 0, 0))


def test_a_quoted_directive_is_taken_whole() -> None:
    text = (
        'The Board voted to direct the manager as follows: "Buy sand. Sell gravel. Report weekly." It rose.'
    )
    [decision] = register(text)
    assert decision.of(text).endswith('Report weekly."')


def test_amounts_and_item_come_with_the_decision() -> None:
    text = "# Minutes\n## Roads\nThe Council awarded the contract to Acme for $1.2 million.\n"
    [decision] = register(text)
    assert (decision.amounts, decision.item) == (("$1.2 million",), "Roads")


def test_what_a_meeting_stresses_is_kept_apart_from_what_it_decides() -> None:
    text = "会议强调，安全第一。要压实责任。要抓好落实。会议决定成立工作组。"
    stressed, decided = register(text)
    assert (
        stressed.kind is DecisionKind.EMPHASISED
        and stressed.of(text) == "会议强调，安全第一。要压实责任。要抓好落实。"
    )
    assert decided.kind is DecisionKind.DECIDED


def test_who_leads_and_by_when_is_read_from_chinese_decisions() -> None:
    [decision] = register("会议原则同意该方案，由住建局牵头，于6月底前完成。")
    assert (decision.owner, decision.due) == ("住建局", datetime.date(2024, 6, 30))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann: I agree.\nBob: Okay, agreed.\n", 0),
        ("Ann: The Council approved that last year.\n", 0),
        ("Ann: So we've decided to use blue.\n", 1),
        ("Chair: The motion is carried.\n", 1),
        ("Ann: AGREED?\nResolution: use blue.\n", 1),
    ],
)
def test_speech_settles_only_what_it_says_it_settles(text: str, found: int) -> None:
    assert len(register(text, spoken(text))) == found


def test_a_kind_is_refined_by_the_words_under_a_heading() -> None:
    kinds = [
        register(f"## Conclusion\n{words}\n")[0].kind
        for words in ("Approved.", "No consensus.", "Rejected for now.", "Stay on course.", "暂缓实施。")
    ]
    assert kinds == [
        DecisionKind.APPROVED,
        DecisionKind.UNDECIDED,
        DecisionKind.REJECTED,
        DecisionKind.CONCLUDED,
        DecisionKind.DEFERRED,
    ]


WORDS = (
    "The Board |approved |Motion carried.| Ayes: Lee.|\n|\n\n|# Conclusion\n|## Action items\n|- |1. |Ann: "
    "|Decision: "
    '|会议|决定|审议通过|。|，|要|表决结果：9票同意|. |, |"|“|”|: |to report by June|seconded |if '
    "|$5 |**|| |\t|\f|x"
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(WORDS.split("|")), max_size=60).map("".join)
)


@given(TEXTS, st.booleans())
def test_entries_are_trimmed_ordered_and_apart(text: str, speech: bool) -> None:
    found = register(text, spoken(text) if speech else ())
    assert all(d.of(text) and d.of(text) == d.of(text).strip() for d in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(d.rule.startswith(("en.", "zh.")) for d in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "junk",
    [
        "Board ",
        "to ",
        "THE BOARD ",
        "A, B and ",
        " ",
        "\n",
        "\n ",
        "- ",
        "会议决定",
        "Ayes: A, ",
        "In favor: A\n",
        "市水务局、",
        "Ann Lee: send ",
        "（一）",
        'moved "',
        "1-1 ",
    ],
)
def test_repetition_costs_no_more_than_its_length(junk: str) -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        register(text)
        return time.process_time() - began

    small = seconds("The Board approved it: " + junk * (20_000 // len(junk)))
    large = seconds("The Board approved it: " + junk * (160_000 // len(junk)))
    assert large < 24 * max(small, 0.05)
