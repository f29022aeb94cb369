"""What is kept and what is handed in, as HTML: everything said in both languages, nothing run."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from ingest.care import IndexStatus
from ingest.desk import DeskState
from ingest.errors import Unsupported
from ingest.jobs import Advance, Job
from ingest.outcomes import ItemChange, Outcome, Report, Status
from ingest.outdated import Outdated
from ingest.readers import _ADVICE, most_bytes
from ingest.watchers import Watcher
from qa.answers import Answer, Citation, Claim, Group, MeetingRef, Question, VersionRef
from qa.history import Complaint, ConversationRef, KeptAnswer
from qa.interface import Interface
from qa.page import history, intake, keeping
from qa.page.intake import Turned
from qa.words import history as history_words
from qa.words import intake as intake_words
from qa.words.reasons import reason

HOSTILE = "<script>alert('&')</script>"
STAMP = "2026-01-12T09:30:00+00:00"
MEETING = MeetingRef("r1", "Minutes of the Quay Board", date(2026, 1, 12))
ANSWER = Answer(
    Question("Which crane?"),
    (Group(MEETING, "Quay Board", (Claim("A crane.", (1,)),)),),
    (Citation(0, 8, 1, MEETING, 1, "A crane."),),
)
HELD = "It is an archive; unpack it and ingest the files in it."
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.mark.parametrize("words", [history_words.WORDS, intake_words.WORDS], ids=["history", "intake"])
def test_a_phrase_fills_in_the_same_things_in_both_languages(words: dict[str, Any]) -> None:
    english, chinese = asdict(words["en"]), asdict(words["zh"])
    for name, phrase in english.items():
        blanks = [
            {field for _, field, _, _ in Formatter().parse(said) if field} for said in (phrase, chinese[name])
        ]
        assert blanks[0] == blanks[1] and phrase and chinese[name], name


@pytest.mark.parametrize("name", sorted(_ADVICE))
def test_what_is_refused_for_its_kind_is_said_in_chinese_too(name: str) -> None:
    with pytest.raises(Unsupported) as refused:
        most_bytes(Path(f"minutes{name}"))
    said, language = reason(refused.value.reason, "zh")
    assert language == "zh" and said.endswith("。")
    assert reason(refused.value.reason, "en")[1] == "en"


@pytest.mark.parametrize(
    "sentence",
    [
        "it looks like JSON data, as transcription programs write it; export it from there as VTT, SRT or text.",
        "there is no such file; check its name, and if it was moved, ingest it from its new place.",
        "meetings.toml beside it is no TOML (at line 2); correct that.",
        "It seems to hold the records of 3 meetings, 2024-02-01 to 2024-02-15; save each as a file of its own.",
        "It is the same file as minutes.md.",
        "It says what minutes.md says, and is a second record.",
        "What meetings.toml states as colour is no field of a meeting.",
    ],
)
def test_what_is_odd_of_a_file_is_said_in_chinese_too(sentence: str) -> None:
    assert reason(sentence, "zh")[1] == "zh"


def test_a_reason_that_is_not_known_is_said_as_it_is() -> None:
    assert reason("a page eats its tail.", "zh") == ("A page eats its tail.", "en")


def plan(*outcomes: Outcome) -> Report:
    return Report(outcomes)


@LANGUAGES
def test_a_plan_names_items_and_reasons_and_offers_what_can_be_taken_in(language: Interface) -> None:
    words = intake_words.WORDS[language]
    items = (ItemChange("changed", HOSTILE), ItemChange("added", "Fees"), ItemChange("removed", ""))
    amended = Outcome(Path("a.md"), Status.AMENDED, "r1", HOSTILE, items=items)
    refused = Outcome(Path("b.md"), Status.REFUSED, "r2", "B", notes=("it is a draft.",))
    same = Outcome(Path("c.md"), Status.UNCHANGED, "r3", "C")
    shown = intake.plan(plan(same, refused, amended), [Turned(HOSTILE, "It is no record.")], language)
    assert "<script>" not in shown and "It is a draft." in shown and "It is no record." in shown
    assert "It" not in intake.plan(plan(), [Turned("a.zip", HELD)], "zh")
    assert words.item_added.format(item="Fees") in shown and words.before_items in shown
    assert words.take_in_one in shown
    assert shown.index("a.md") < shown.index("It is no record.") < shown.index("b.md") < shown.index("c.md")
    nothing = intake.plan(plan(same), (), language)
    assert words.nothing_to_do in nothing and "confirm" not in nothing


@LANGUAGES
def test_progress_says_how_far_how_quick_and_how_long_still(language: Interface) -> None:
    shown = intake.progress(Advance(3, 12, 36_000, 12_400.0, 8.4, "a.md"), language)
    assert all(part in shown for part in ('max="12" value="3"', "12,400", "8"))
    assert intake_words.WORDS[language].waiting in intake.waiting(language)


def test_a_report_links_what_is_in() -> None:
    shown = intake.report(plan(Outcome(Path("a.md"), Status.ADDED, "r1", "A")), "en")
    assert 'href="?meeting=r1"' in shown and "data-intake-done" in shown


@LANGUAGES
def test_the_state_names_jobs_failures_and_watchers(language: Interface) -> None:
    words = intake_words.WORDS[language]
    arguments = {"batch": "0", "names": ["a.md", "b.md", "c.md", HOSTILE]}
    jobs = (
        Job(1, "recut", {}, "done", 1, STAMP, None, None),
        Job(2, "inbox", arguments, "running", 1, STAMP, Advance(1, 4), None),
        Job(3, "ingest", {"paths": ["/x/minutes"]}, "failed", 1, STAMP, None, "The disk is full."),
        Job(4, "purge", {"record": "r9"}, "cancelled", 1, STAMP, None, None),
    )
    status = IndexStatus(1, 1, "e", None, 1, None, jobs, (("/x/bad.pdf", "it has no text layer.", STAMP),))
    shown = intake.state(DeskState(status, (Watcher(7, ("/x/minutes",), STAMP),)), language)
    for part in (
        "a.md, b.md, c.md (+1)",
        "The disk is full.",
        "r9",
        "bad.pdf",
        "It has no text layer.",
        "/x/minutes",
    ):
        assert part in shown, part
    assert words.job_recut not in shown and words.job_running in shown and "<script>" not in shown
    empty = DeskState(IndexStatus(0, 0, "", None, 0, None, (), ()), ())
    assert words.no_jobs in intake.state(empty, language)


@LANGUAGES
def test_an_index_of_an_earlier_encoder_is_said_to_be_and_offered_to_who_keeps_it(
    language: Interface,
) -> None:
    words = intake_words.WORDS[language]
    older = IndexStatus(1, 1, "old@1", "new@2", 1, None, (), ())
    shown = intake.state(DeskState(older, ()), language)
    assert "old@1" in shown and "new@2" in shown and "python -m ingest --reindex" in shown
    assert 'data-intake="reindex"' not in shown
    shown = intake.state(DeskState(older, (), operator=True), language)
    assert 'data-intake="reindex"' in shown and "--reindex" not in shown
    job = Job(1, "reindex", {}, "running", 1, STAMP, Advance(512, 2048, unit="passage"), None)
    going = replace(older, jobs=(job,))
    shown = intake.state(DeskState(going, (), operator=True), language)
    assert words.passages.format(done=512, total=2048) in shown and 'data-intake="stop_reindex"' in shown
    assert 'data-intake="reindex"' not in shown and words.job_reindex in shown
    assert "data-intake" not in intake.state(DeskState(going, ()), language)
    newest = intake.state(DeskState(replace(older, offered=None), (), operator=True), language)
    assert words.encoder not in newest


@LANGUAGES
def test_where_records_are_handed_in_it_is_said_what_older_rules_read(language: Interface) -> None:
    words = intake_words.WORDS[language]
    assert "python -m ingest" not in intake.drop(Outdated(0), language)
    kept = (*(f"/x/{n}.md" for n in range(9)), f"/x/{HOSTILE}")
    shown = intake.drop(Outdated(12, ("/x",), kept), language)
    assert words.outdated.format(count=12, command="<code>python -m ingest FOLDER</code>") in shown
    assert "8.md" not in shown and "7.md (+2)" in shown and "/x" not in shown and "<script>" not in shown


@LANGUAGES
def test_a_file_that_was_read_anew_is_said_to_be(language: Interface) -> None:
    words = intake_words.WORDS[language]
    note = "Newer rules read otherwise its meeting, decisions."
    outcome = Outcome(Path("/x/a.md"), Status.REREAD, "r1", "Minutes", notes=(note,))
    shown = intake.plan(Report((outcome,)), (), language)
    assert words.reread in shown and words.take_in_one in shown
    assert (note in shown) == (language == "en")


@LANGUAGES
def test_the_list_of_conversations_names_them_and_says_why_none_is_kept(language: Interface) -> None:
    words = history_words.WORDS[language]
    found = [ConversationRef("c1", HOSTILE, STAMP, STAMP, 1), ConversationRef("c2", "B", STAMP, STAMP, 3)]
    shown = history.history(found, '"', language)
    assert "<script>" not in shown and 'value="&quot;"' in shown and "data-forget" in shown
    assert words.answers_one in shown and words.answers.format(count=3) in shown
    assert words.none_found in history.history([], "x", language) and words.none in history.history(
        [], "", language
    )
    closed = history.history(found, "", language, trouble="Owned by 7.")
    assert "Owned by 7." in closed and "data-forget" not in closed


@LANGUAGES
def test_a_reopened_conversation_keeps_its_numbers_and_says_what_may_not_be_shown(
    language: Interface,
) -> None:
    words = history_words.WORDS[language]
    newer = VersionRef("r1", 2, True, STAMP, "Minutes")
    kept = [
        KeptAnswer(2, "Which crane?", STAMP, ANSWER, ((1, newer),)),
        KeptAnswer(4, "Secret?", STAMP, None),
    ]
    turns = history.reopened("c1", kept, language)
    assert (turns.conversation, turns.next) == ("c1", 5)
    said = {number: str(answer) for number, answer in turns.numbered()}
    assert words.corrected.split("{number}")[0].strip() in said[2] and "A crane." in said[2]
    assert words.lost in said[3] and words.withheld in said[4]
    assert history.reopened("c1", [], language).answers == ()


@LANGUAGES
def test_complaints_are_shown_with_answer_and_evidence(language: Interface) -> None:
    words = history_words.WORDS[language]
    wrong = Complaint(1, STAMP, "local", "wrong", HOSTILE, "Which crane?", ANSWER)
    gone = replace(wrong, id=2, verdict="helpful", note="", answer=None)
    shown = history.complaints([wrong, gone], language)
    assert (
        "<script>" not in shown and "A crane." in shown and words.withheld in shown and words.as_csv in shown
    )
    assert words.no_feedback in history.complaints([], language)


@LANGUAGES
def test_the_tools_under_an_answer_name_every_way(language: Interface) -> None:
    words = history_words.WORDS[language]
    shown = keeping.tools(language, 3)
    for part in (words.word, words.markdown, words.whole, words.helpful, words.wrong, 'data-turn="3"'):
        assert part in shown
