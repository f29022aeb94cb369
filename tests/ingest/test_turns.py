from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.label_shapes import names_a_part, shape_of
from ingest.labels import label_of
from ingest.lines import lines
from ingest.minutes import understand
from ingest.records import Document, Span, Voice
from ingest.turns import find_turns, speaker_of


def spoken(text: str, **more) -> list[tuple[str, str]]:
    """Speaker and words of every turn."""
    return [(turn.speaker, turn.of(text)) for turn in find_turns(text, lines(text), **more)]


def speakers(text: str, **more) -> list[str]:
    return [speaker for speaker, _ in spoken(text, **more)]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Ann Bell: hello", "Ann Bell"),
        ("**Ann Bell:** hello", "Ann Bell"),
        ("**Ann Bell**: hello", "Ann Bell"),
        ("[00:01:02] Ann Bell: hello", "Ann Bell"),
        ("Ann Bell (00:01:02): hello", "Ann Bell"),
        ("张三：你好", "张三"),
        ("发言人2：34年了", "发言人2"),
        ("The Chair (Mr. Lee (North, Ind.)): Order", "The Chair (Mr. Lee (North, Ind.))"),
        ("Ann Bell  00:12", "Ann Bell"),
        ("see http://example.org", None),
        ("std::vector is used", None),
        ("ratio 3:1 was kept", None),
        ("No colon here", None),
    ],
)
def test_a_label_is_what_stands_before_the_colon_without_markup_and_time(line, label):
    found = label_of(line)
    assert (found.text if found else None) == label


@pytest.mark.parametrize(
    ("label", "shape"),
    [
        ("Mr. Lee", "titled"),
        ("Hon. Ann Bell (Minister of Roads)", "titled"),
        ("The Acting Chair (Ms. Bo Chen (East, Ind.))", "titled"),
        ("Councillor Diaz", "titled"),
        ("李市长", "titled"),
        ("The Chair", "office"),
        ("主持人", "office"),
        ("Speaker 2", "numbered"),
        ("Some hon. members", "numbered"),
        ("发言人12", "numbered"),
        ("AB", "initials"),
        ("AB/CDE", "initials"),
        ("Ann Bell", "name"),
        ("Jean d'Arc", "name"),
        ("Ludwig van Beek MP", "name"),
        ("User Interface", "name"),
        ("张三", "name"),
        ("Marketing", "word"),
        ("Q", "word"),
        ("Action", None),
        ("Members Present", None),
        ("Table 2", None),
        ("as follows", None),
        ("会议时间", None),
        ("Name (unclosed", None),
        ("He said that he would", None),
    ],
)
def test_the_shape_of_a_label_tells_who_can_be_a_speaker(label, shape):
    assert shape_of(label) == shape


def test_words_for_parts_of_a_record_are_known():
    assert all(names_a_part(label) for label in ("Conclusion", "Action items", "决议", "Present"))
    assert not any(names_a_part(label) for label in ("Ann Bell", "Mr. Lee", "张三"))


def test_every_line_of_a_transcript_is_a_turn():
    text = "Ann: Good morning.\n\nBo Chen: Morning. Shall we?\n\nAnn: Yes.\n\nBo Chen: Fine."
    assert spoken(text) == [
        ("Ann", "Ann: Good morning."),
        ("Bo Chen", "Bo Chen: Morning. Shall we?"),
        ("Ann", "Ann: Yes."),
        ("Bo Chen", "Bo Chen: Fine."),
    ]


@pytest.mark.parametrize("begin", ["[2024-05-03 09:00:0{}] ", "03/05/2024, 09:0{} - ", "2024/5/3 9:0{} "])
def test_the_lines_of_a_log_begin_with_day_and_time(begin):
    said = ("Ann Bell: Hello.", "Bo Chen: Yes.", "Ann Bell: So.")
    text = "\n".join(begin.format(n) + line for n, line in enumerate(said))
    assert speakers(text) == ["Ann Bell", "Bo Chen", "Ann Bell"]


def test_a_turn_goes_on_over_lines_without_a_label():
    text = "AB: Two things:\n1. the roof\n2. the boiler\n\nCD: Thanks.\n\nAB: Welcome.\n\nCD: Bye."
    assert spoken(text)[0] == ("AB", "AB: Two things:\n1. the roof\n2. the boiler")


def test_chinese_speakers_are_found():
    text = "主持人：大家好，我们开始。\n张三：好的，我先汇报。\n主持人：请讲。\n张三：预算已经完成。"
    assert speakers(text) == ["主持人", "张三", "主持人", "张三"]


def test_a_chinese_speaker_may_be_labelled_with_what_they_speak_as():
    text = (
        "罗秀兰:请大家说说看法,充电棚建在哪里好。\n\n物业经理钱伟:我们想建在3号楼东侧,可以放60辆。\n\n"
        "居民代表马玉珍:我不同意建在楼下,万一着火怎么办。\n\n社区民警小丁:不管建在哪里,都要尽快建起来。\n\n罗秀兰:那就分两处建吧。\n"
    )
    assert speakers(text) == ["罗秀兰", "物业经理钱伟", "居民代表马玉珍", "社区民警小丁", "罗秀兰"]
    assert [shape_of(label) for label in ("责任单位", "居民代表意见", "村民代表大会")] == [None, None, None]


def test_a_name_and_a_time_alone_on_a_line_open_a_turn():
    text = "张三  00:00:05\n大家好，我们开始。\n\n李四  00:01:30\n好的。"
    (one, two) = find_turns(text, lines(text))
    assert (one.speaker, one.seconds, one.of(text)) == ("张三", 5.0, "张三  00:00:05\n大家好，我们开始。")
    assert (two.speaker, two.seconds) == ("李四", 90.0)


@pytest.mark.parametrize(
    "label", ["Note", "Action", "Decision", "Motion", "Resolution", "Background", "决议", "备注"]
)
def test_parts_of_a_record_never_speak(label):
    text = f"Ann Bell: We start.\n\n{label}: The clerk follows up.\n\nAnn Bell: We end.\n\n{label}: Filed."
    assert label not in speakers(text)


def test_a_label_in_prose_is_no_speaker():
    text = (
        "The council met at noon and heard a report on roads.\n\nBudget: it was passed.\n\nThey rose at two."
    )
    assert speakers(text) == []


def test_a_single_named_label_in_minutes_is_no_speaker_but_a_titled_one_is():
    minutes = (
        "The council met at noon.\n\n{}: asked for a crossing at Elm Street.\n\nThe council rose at two."
    )
    assert speakers(minutes.format("Street Lights")) == []
    assert speakers(minutes.format("Mr. Lee")) == ["Mr. Lee"]


def test_in_minutes_a_turn_ends_with_its_paragraph():
    text = (
        "The council met at noon and heard from residents.\n\n"
        "Mr. Lee: The crossing is unsafe.\n\n"
        "The council took note and went on with its other business of the day.\n\n"
        "It rose at two o'clock in the afternoon.\n"
    )
    assert spoken(text) == [("Mr. Lee", "Mr. Lee: The crossing is unsafe.")]


def test_a_turn_ends_at_a_heading_a_rule_and_a_conclusion():
    text = "AB: One.\n\nCD: Two.\n\nConclusion: agreed.\n\nAB: Three.\n\n---\n\nnotes\n\n"
    text += "CD: Four.\n\nRoads\n\nmore"
    heading = Span(text.index("Roads"), text.index("Roads") + 5)
    assert [words for _, words in spoken(text, breaks=[heading])] == [
        "AB: One.",
        "CD: Two.",
        "AB: Three.",
        "CD: Four.",
    ]


def test_initials_become_full_names_where_they_are_known():
    text = "AB: One.\n\nXY/AB: Two."
    assert speakers(text, names={"AB": "Ann Bell"}) == ["Ann Bell (AB)", "XY / Ann Bell (AB)"]
    assert speaker_of("Ann Bell", {"AB": "Ann Bell"}) == "Ann Bell"


def test_someone_listed_speaks_even_once_and_with_a_title():
    text = "The council met at noon.\n\nBo Chen: we should wait.\n\nCouncillor Diaz: no.\n\nElm Street: shut."
    assert speakers(text) == ["Councillor Diaz"]
    assert speakers(text, people=["Mayor Bo Chen (chair)", "Cy Diaz"]) == ["Bo Chen", "Councillor Diaz"]


def test_a_listed_chinese_name_speaks_whatever_its_surname():
    text = (
        "王岚：先听听大家的。\n\n展红旗：我先说两句。\n\n王岚：好。\n\n邬小芸：我补充一点。\n\n附言：见后。"
    )
    assert speakers(text, people=["王岚（局长）", "展红旗（食堂负责人）", "邬小芸（医生）"]) == [
        "王岚", "展红旗", "王岚", "邬小芸",
    ]  # fmt: skip


def test_a_dash_may_stand_for_the_colon():
    text = "Ann Bell – The roof leaks.\n\nBo Chen – It does.\n\nAnn Bell – So what?\n\nBo Chen - Mend it."
    assert speakers(text) == ["Ann Bell", "Bo Chen"] * 2
    assert speakers("Elm Street – closed for the summer.\n\nThe council rose at two.") == []


def test_where_all_go_by_initials_other_words_do_not_speak():
    text = "\n\n".join(["AB: One.", "CD: Two."] * 5 + ["Strict Mode: yes.", "Ann: Three."])
    assert set(speakers(text)) == {"AB", "CD"}
    assert set(speakers(text, names={"AB": "Ann Bell"})) == {"Ann Bell (AB)", "CD", "Ann"}


def test_initials_in_the_wrong_case_are_known_from_the_list():
    assert speakers("Ab: One.\n\nAB: Two.", names={"AB": "Ann Bell"}) == ["Ann Bell (AB)"] * 2


def test_the_voices_of_the_format_win_and_follow_one_another_in_one_turn():
    text = "Note: hello\nagain\nbye"
    voices = (Voice(0, 11, "Ann", 1.0), Voice(12, 17, "Ann", 2.0), Voice(18, 21, "Bo", 3.0))
    turns = find_turns(text, lines(text), voices=voices)
    assert [(t.speaker, t.seconds, t.of(text)) for t in turns] == [
        ("Ann", 1.0, "Note: hello\nagain"),
        ("Bo", 3.0, "bye"),
    ]


def test_what_a_voice_without_a_name_says_is_nobodys_turn():
    text = "We agree.\n>> Not I."
    turns = find_turns(text, lines(text), voices=(Voice(0, 9, "Ann", 1.0), Voice(10, 19, None, 2.0)))
    assert [(turn.speaker, turn.of(text)) for turn in turns] == [("Ann", "We agree.")]


LINES = st.lists(
    st.sampled_from(
        [
            "Ann Bell: Yes.",
            "AB: no",
            "Note: x",
            "",
            "# Head",
            "---",
            "张三：好",
            "plain words",
            "1. x",
            "[00:01] Bo: hi",
            "Q: why?",
            ":",
        ]
    ),
    max_size=25,
).map("\n".join)


@given(st.one_of(st.text(), LINES))
def test_turns_lie_in_the_text_in_order_and_begin_with_a_line(text):
    turns = find_turns(text, lines(text))
    assert all(one.end <= two.start for one, two in pairwise(turns))
    for turn in turns:
        assert turn.speaker and turn.of(text).strip() == turn.of(text) != ""
        assert not text[: turn.start].split("\n")[-1].strip()


FLOOD = """# Minutes of the Water Board

Present: Olga Brandt (chair), Peter Haas, Mina Lund.

## 1. Flood at Kiln Weir

Peter Haas: The weir gate broke on 6 April.

Olga Brandt: The gate is forty years old.

Peter Haas: The weir must be closed to boats.

{}

## 2. Fees

Mina Lund: Fees are low.

We could raise them in May.
"""


@pytest.mark.parametrize(
    "settled",
    [
        "The board approved emergency repairs of Kiln Weir for 19,500 euros.",
        "The board unanimously deferred the repairs.",
        "It was resolved that the weir be closed.",
        "RESOLVED: that the weir be closed.",
        "Motion carried 5-0.",
        "The meeting then agreed to close the weir.",
        "会议决定关闭水闸。",
        "村委会一致同意维修水闸。",
    ],
)
def test_what_minutes_say_was_settled_is_not_of_who_spoke_last(settled: str) -> None:
    text = FLOOD.format(settled)
    turns = find_turns(
        text,
        lines(text),
        people=("Olga Brandt", "Peter Haas", "Mina Lund"),
        breaks=[
            Span(text.index("## 1"), text.index("## 1") + 20),
            Span(text.index("## 2"), text.index("## 2") + 7),
        ],
    )
    assert len(turns) == 4 and not any(settled in turn.of(text) for turn in turns)
    assert "We could raise them" in turns[-1].of(text)


def test_names_in_brackets_that_open_the_lines_of_a_transcript_speak() -> None:
    text = "(SPEAKER1) Good morning.\n(SPEAKER2) Hello, is it on?\n<noise/>\n" * 4
    turns = understand(Document(text)).turns
    assert [turn.speaker for turn in turns[:3]] == ["SPEAKER1", "SPEAKER2", "SPEAKER1"]


def test_a_list_that_is_lettered_in_brackets_has_no_speakers() -> None:
    text = (
        "The plan:\n\n(A) The first part is a bridge.\n(B) The second is a road.\n(C) The third is a lamp.\n"
    )
    assert understand(Document(text)).turns == ()
