"""How much may wait unconfirmed of what is handed in, and how long."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import quota
from ingest.desk import Desk
from ingest.errors import IngestError
from ingest.inbox import ArrivalRefused, Inbox
from ingest.index import OwnedIndex
from ingest.quota import Most
from qa import Minutebook
from tests.hash_encoder import HashEncoder

MiB = 1024 * 1024
Limit = Callable[[str, Most], None]


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Limit:
    """Lowers what may wait of one visitor's ("OF_ONE") or of everybody's ("OF_ALL")."""
    return lambda whose, most: monkeypatch.setattr(quota, whose, most)


def hand_in(inbox: Inbox, batch: str, name: str, size: int = 1) -> None:
    with inbox.arrival(batch, name) as arrival:
        for _ in range(size):
            arrival.write(b"x")


def lying(inbox: Inbox) -> list[str]:
    return sorted(path.name for path in inbox.folder.rglob("*") if path.is_file())


def test_what_one_visitor_leaves_unconfirmed_is_bounded_over_all_their_batches(
    tmp_path: Path, limit: Limit
) -> None:
    limit("OF_ONE", Most(4, MiB))
    inbox = Inbox(tmp_path)
    first, second, others = inbox.begin("one"), inbox.begin("one"), inbox.begin("another")
    hand_in(inbox, first, "a.md")
    hand_in(inbox, second, "b.md")
    for refused in (lambda: hand_in(inbox, second, "c.md"), lambda: inbox.begin("one")):
        with pytest.raises(IngestError, match=r"as much as may wait unconfirmed \(4 files"):
            refused()
    hand_in(inbox, others, "d.md")
    assert lying(inbox) == ["a.md", "b.md", "d.md"]


def test_bytes_are_counted_as_they_arrive_and_what_breaks_off_counts_no_longer(
    tmp_path: Path, limit: Limit
) -> None:
    limit("OF_ONE", Most(9, 10))
    inbox = Inbox(tmp_path)
    batch = inbox.begin("one")
    for _ in range(3):
        with pytest.raises(IngestError, match="unconfirmed"):
            hand_in(inbox, batch, "large.md", 11)
    hand_in(inbox, batch, "small.md", 10)
    assert lying(inbox) == ["small.md"]


def test_a_visitor_under_many_names_is_bounded_by_what_may_wait_in_all(tmp_path: Path, limit: Limit) -> None:
    limit("OF_ALL", Most(6, MiB))
    inbox = Inbox(tmp_path)
    with pytest.raises(IngestError, match="what is not confirmed is withdrawn after 60 minutes"):
        for number in range(7):
            hand_in(inbox, inbox.begin(f"visitor {number}"), "a.md")
    assert len(lying(inbox)) == 3 and len(os.listdir(inbox.folder / ".arriving")) == 3


def test_many_that_arrive_at_once_do_not_together_go_beyond(tmp_path: Path, limit: Limit) -> None:
    limit("OF_ALL", Most(99, 1000))
    inbox = Inbox(tmp_path)

    def send(number: int) -> bool:
        try:
            hand_in(inbox, inbox.begin(f"visitor {number}"), "a.md", 300)
        except IngestError:
            return False
        return True

    with ThreadPoolExecutor(8) as senders:
        arrived = sum(senders.map(send, range(8)))
    files = [path for path in inbox.folder.rglob("*") if path.is_file()]
    assert len(files) == arrived <= 3
    assert sum(path.stat().st_size for path in files) == 300 * arrived


def test_what_is_withdrawn_or_was_taken_in_makes_room(tmp_path: Path, limit: Limit) -> None:
    limit("OF_ONE", Most(2, MiB))
    inbox = Inbox(tmp_path)
    withdrawn = inbox.begin("one")
    hand_in(inbox, withdrawn, "a.md")
    inbox.withdraw(withdrawn)
    taken = inbox.begin("one")
    hand_in(inbox, taken, "a.md")
    Inbox(tmp_path).withdraw(taken)  # as the job that takes it in does
    hand_in(inbox, inbox.begin("one"), "a.md")


def test_what_was_put_aside_for_somebody_else_counts_with_everybodys(tmp_path: Path, limit: Limit) -> None:
    limit("OF_ALL", Most(4, MiB))
    inbox = Inbox(tmp_path)
    for number in range(2):
        batch = inbox.begin(f"visitor {number}")
        hand_in(inbox, batch, "a.md")
        inbox.put_aside(batch, ["a.md"])
        inbox.withdraw(batch)
    batch = inbox.begin("another")
    hand_in(inbox, batch, "a.md")
    with pytest.raises(IngestError, match="no more is kept"):
        hand_in(inbox, batch, "b.md")


def test_a_file_of_a_batch_that_is_withdrawn_while_it_arrives_is_refused(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    batch = inbox.begin("one")
    with pytest.raises(IngestError, match="withdrawn"), inbox.arrival(batch, "a.md") as arrival:
        inbox.withdraw(batch)
        arrival.write(b"x")


def test_a_disk_that_is_nearly_full_is_left_to_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(tmp_path)
    batch = inbox.begin("one")
    monkeypatch.setattr(quota, "LEFT_FREE", 2**62)
    with pytest.raises(IngestError, match="free on the disk; make room"):
        hand_in(inbox, batch, "a.md")
    assert lying(inbox) == []


def test_what_is_old_and_unconfirmed_is_withdrawn_and_nothing_else_is(
    index: OwnedIndex, minutes: Callable[..., Path]
) -> None:
    desk = Desk(index)  # nobody does its jobs: what is confirmed goes on waiting
    text = minutes("12.md").read_bytes()
    old, confirmed, fresh = (desk.inbox.begin(whose) for whose in ("one", "another", "third"))
    for batch in (old, confirmed, fresh):
        with desk.inbox.arrival(batch, "12.md") as arrival:
            arrival.write(text)
    report = desk.plan(old)
    desk.take_in(confirmed, desk.plan(confirmed))
    for batch in (old, confirmed):
        long_ago = time.time() - quota.UNCONFIRMED - 1
        os.utime(desk.inbox.folder / ".arriving" / batch, (long_ago, long_ago))
    desk.sweep()
    assert set(os.listdir(desk.inbox.folder / ".arriving")) == {confirmed, fresh}
    with pytest.raises(ArrivalRefused, match="hand them in again"):
        desk.take_in(old, report)


def test_it_is_swept_while_the_owner_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "UNCONFIRMED", 0.1)
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder(), own=True) as book:
        assert book.desk
        hand_in(book.desk.inbox, book.desk.inbox.begin("one"), "a.md")
        until = time.monotonic() + 60
        while os.listdir(book.desk.inbox.folder / ".arriving") and time.monotonic() < until:
            time.sleep(0.02)
        assert lying(book.desk.inbox) == []


def test_empty_batches_keep_nobody_out_and_do_not_heap_up(
    tmp_path: Path, limit: Limit, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit("OF_ALL", Most(20, MiB))
    monkeypatch.setattr(quota, "MOST_EMPTY", 8)
    inbox = Inbox(tmp_path)
    held = inbox.begin("another")
    hand_in(inbox, held, "a.md")
    first = inbox.begin("one")
    for number in range(50):
        inbox.begin(f"visitor {number}")
    hand_in(inbox, inbox.begin("honest"), "b.md")
    assert lying(inbox) == ["a.md", "b.md"]
    assert len(os.listdir(inbox.folder / ".arriving")) <= 8 + 2
    with pytest.raises(ArrivalRefused, match="hand them in again"):
        hand_in(inbox, first, "c.md")


def test_what_is_put_aside_and_never_taken_in_does_not_fill_the_desk_for_ever(
    index: OwnedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "OF_ALL", Most(4, MiB))
    desk = Desk(index)
    for name in ("a.md", "b.md", "c.md"):
        batch = desk.inbox.begin("one")
        hand_in(desk.inbox, batch, name)
        desk.inbox.put_aside(batch, [name])
        desk.inbox.withdraw(batch)
    with pytest.raises(IngestError, match="no more is kept"):
        desk.inbox.begin("another")
    long_ago = time.time() - quota.KEPT_ASIDE - 1
    for batch, _ in desk.inbox.aside()[:2]:
        os.utime(desk.inbox.folder / ".aside" / batch, (long_ago, long_ago))
    desk.sweep()
    assert len(desk.inbox.aside()) == 1
    hand_in(desk.inbox, desk.inbox.begin("another"), "d.md")
