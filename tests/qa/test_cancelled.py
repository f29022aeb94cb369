"""A cancelled meeting is neither counted nor the last one."""

import datetime
from pathlib import Path

import pytest

from ingest.encoder import SentenceTransformerEncoder
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from qa import Minutebook

RECORDS = {
    "april.md": "# Reed Board\n\nMinutes of 8 April 2031\n\nPresent: Asta Holm, Bryn Vale\n\nIt was agreed to sow rye.",
    "may.md": "# Reed Board\n\nNOTICE OF CANCELLATION\n\nThe meeting of the Reed Board on 6 May 2031 is cancelled.",
}


@pytest.fixture(scope="module")
def reeds(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Path:
    folder = tmp_path_factory.mktemp("reeds")
    for name, text in RECORDS.items():
        (folder / name).write_text(text)
    with OwnedIndex.open(folder / "index", encoder) as index:
        assert not ingest([folder / name for name in RECORDS], index).failed
    return folder / "index"


def test_a_cancelled_meeting_is_not_counted_and_not_the_last(
    reeds: Path, encoder: SentenceTransformerEncoder
) -> None:
    with Minutebook.open(reeds, encoder=encoder, today=datetime.date(2031, 7, 1)) as book:
        assert {str(meeting.date): meeting.held for meeting in book.meetings()} == {
            "2031-04-08": True,
            "2031-05-06": False,
        }
        assert "1 meeting" in book.ask("How many meetings did the Reed Board hold in 2031?").text
        assert "rye" in book.ask("What was agreed at the last meeting of the Reed Board?").text
