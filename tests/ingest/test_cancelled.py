"""A notice that a meeting is cancelled is a record, and no meeting that was held."""

from pathlib import Path

import pytest

from ingest.minutes import understand
from ingest.records import Document


def held(text: str) -> bool:
    return understand(Document(text), path=Path("a.txt")).meeting.held


@pytest.mark.parametrize(
    "text",
    [
        "Reed Board\n\nNOTICE OF CANCELLATION\n\nThe next meeting is on 3 June 2031.",
        "Reed Board\n\nCancellation of the regular meeting\n\n6 May 2031",
        "Reed Board, 6 May 2031: meeting cancelled",
        "Reed Board\n6 May 2031\n\nCANCELED",
        "Reed Board\n\nThe meeting of 6 May 2031 has been cancelled, as the hall is flooded.",
        "Reed Board\n\nThis meeting will not take place.",
        "苇塘镇水务委员会\n\n关于取消五月例会的通知\n\n因故取消。",
        "苇塘镇水务委员会\n\n原定于2031年5月6日召开的会议取消。",
    ],
)
def test_a_notice_of_cancellation_is_no_meeting_that_was_held(text: str) -> None:
    assert not held(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reed Board\n\nMinutes of 6 May 2031\n\nPresent: Asta Holm, Bryn Vale\n\nThe meeting of 3 June is cancelled.",
        "Reed Board\n\nMinutes of 6 May 2031\n\nIt was agreed that the fair be cancelled.",
        "Reed Board\n\nMinutes of 6 May 2031\n\nThe contract for the meeting room was ended.\n\n"
        + "More. " * 600,
        "苇塘镇水务委员会会议纪要\n\n会议决定取消五月的集市。",
    ],
)
def test_a_meeting_that_speaks_of_what_was_cancelled_was_held(text: str) -> None:
    assert held(text)


def test_it_is_said_of_the_record() -> None:
    found = understand(Document("Reed Board\n\nNOTICE OF CANCELLATION"), path=Path("a.txt"))
    assert any("was cancelled" in note for note in found.notes)
