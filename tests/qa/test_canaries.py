"""Nothing of a version reaches somebody it is not for, by any way out: a canary per version, field, asker and route.

Every version of every record holds words that stand nowhere else. What a route gives an asker is searched for those of
the versions that are not theirs. A new way out is one line in `ROUTES`, `COMMANDS` or `WIRE`; an event of the page that
has none fails.
"""

import base64
import io
import logging
import re
import socket
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from ingest import store
from ingest.index import OwnedIndex
from ingest.pipeline import ingest
from ingest.seals import standing_changed
from ingest.tables import records
from qa import Minutebook, __main__
from qa.answers import Answer
from qa.chat import build, launch
from qa.chat.wire import EVENTS
from qa.corpus import Corpus
from qa.errors import QaError
from qa.export import to_markdown
from qa.feedback import listed
from qa.finding import judge
from qa.history import History
from qa.page.record import Opened, meeting_of, reader
from qa.retrieval import spread
from qa.suggestions import suggest
from qa.word import to_docx
from tests.hash_encoder import HashEncoder

EVERYBODY, COUNCIL, STAFF = ("public",), ("public", "council"), ("public", "staff")
ALL = ("public", "council", "staff")
DAYS = {
    "Zopub": 12,
    "Zocou": 13,
    "Zored": 14,
    "Zoclo": 15,
    "Zogap": 16,
    "Zohel": 17,
    "Zonon": 18,
    "Zosta": 19,
}
# The editions of each record, oldest first, and whom each states to be for.
EDITIONS = {
    "Zopub": ("public",),
    "Zocou": ("council",),
    "Zosta": ("staff",),
    "Zored": ("council", "public"),
    "Zoclo": ("public", "council"),
    "Zogap": ("public", "council", "public"),
    "Zohel": ("public",),  # held back
    "Zonon": ("public",),  # whose readers were taken away
}
FIELDS = ("title", "body", "chair", "item", "speaker", "maker", "owner", "file")
NUMBERS = ("one", "two", "six")
MINUTES = """\
---
title: {c}title Minutes of the Harbour Board
date: 2024-03-{day}
body: {body}
access: {access}
---

Present: {c}chair (Chair), Ann Bell, Carl Diaz

## 1. {c}item harbour crane

{c}speaker: The harbour crane is worn out and has to be replaced before the winter.

Ann Bell: The harbour crane was inspected twice and both reports say the same of it.

The meeting approved the harbour crane of {c}maker for 300,000.

Action: {c}owner to sign the contract for the harbour crane by 5 May 2024.

## 2. Mooring fees

The meeting deferred the mooring fees until the survey of the northern quay has been received.

The motion on the mooring fees was carried by 3 votes to 2.
"""
QUESTIONS = (
    "What was decided on the harbour crane?",
    "What did the meeting decide on 14 March 2024?",
    "What was decided on 2 February 2020?",
    "Who chaired the meetings?",
    "What did the chair say about the harbour crane?",
    "Who has to act on the harbour crane, and by when?",
    "How was the vote on the mooring fees?",
    "How many meetings discussed the harbour crane?",
    "What happened at the last meeting?",
    "Who attended?",
    "What was decided on landing rights for airships?",
    "会议对港口作出了什么决定？",
)


def code(record: str, version: int) -> str:
    return f"{record}{NUMBERS[version - 1]}"


def readable(record: str, version: int, groups: Sequence[str]) -> bool:
    """Whether a version is for these groups: it and all after it are, and nothing holds the record back."""
    stated = EDITIONS[record]
    return record not in ("Zohel", "Zonon") and set(stated[version - 1 :]) <= set(groups)


def versions() -> list[tuple[str, int]]:
    return [(record, n) for record, stated in EDITIONS.items() for n in range(1, len(stated) + 1)]


@dataclass
class Asker:
    """One who asks, as `groups` may; what they asked before, when more was theirs to read."""

    groups: tuple[str, ...]
    book: Minutebook
    folder: Path
    ids: dict[str, str]
    before: list[Answer]
    page: httpx.Client
    page_of: dict[str, Any] = field(repr=False)
    chroma: Callable[[], Any] = field(repr=False)  # what any client of the dense index is given

    def hidden(self) -> list[str]:
        return [code(*one).lower() for one in versions() if not readable(*one, self.groups)]

    @cached_property
    def asked(self) -> list[Answer]:
        return [self.book.ask(question) for question in QUESTIONS]

    def send(self, event: str, session: str = "now", **data: Any) -> str:
        """What the page answers to an event of its wire, all handlers of it."""
        found = [d for d in self.page_of["dependencies"] if any(t[1] == event for t in d["targets"])]
        return "".join(self._run(dependency, session, data) for dependency in found)

    def _run(self, dependency: dict[str, Any], session: str, data: dict[str, Any]) -> str:
        call = {
            "fn_index": dependency["id"],
            "trigger_id": dependency["targets"][0][0],
            "session_hash": session,
            "data": [None] * len(dependency["inputs"]),
            "event_data": data,
        }
        if not dependency["queue"]:
            return self.page.post("gradio_api/run/predict", json=call).raise_for_status().text
        self.page.post("gradio_api/queue/join", json=call).raise_for_status()
        with self.page.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as told:
            return "".join(told.iter_text())


def written(folder: Path, record: str, version: int) -> Path:
    """The file of an edition: a later one stands in the same file, which is how one redacts."""
    stated, c = EDITIONS[record], code(record, version)
    alone = len(stated) == 1  # what tells another meeting, or another file, is the same in all editions
    body = f"{c}body Harbour Board" if alone else "Harbour Board"
    path = folder / (f"{c}file.md" if alone else f"{record}.md")
    said = {"c": c, "body": body, "access": stated[version - 1], "day": DAYS[record]}
    path.write_text(MINUTES.format(**said), "utf-8")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def askers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, ...], Asker]]:
    """Three askers of one index, on their pages since its records were new; then new editions came in."""
    folder = tmp_path_factory.mktemp("canaries")
    (folder / "minutes").mkdir()
    encoder = HashEncoder()
    with ExitStack() as open_while:
        index = open_while.enter_context(OwnedIndex.open(folder / "index", encoder))
        corpus = Corpus(index.catalog, encoder)
        history = History(corpus, ALL, writable=True)
        open_while.callback(history.close)
        everything = Minutebook(corpus, ALL, today=date(2024, 6, 1))
        ids = take_in(index, folder / "minutes", 1)
        found = {}
        for groups in (EVERYBODY, COUNCIL, STAFF):
            book = Minutebook(corpus, groups, today=date(2024, 6, 1))
            page = build(book, index=str(folder / "index"))
            client = httpx.Client(base_url=launch(page, "127.0.0.1", free_port()), timeout=60)
            open_while.callback(page.close, verbose=False)
            open_while.enter_context(client)
            config = client.get("config").json()
            told = partial(index.dense._call, "get", include=["documents", "metadatas"])
            found[groups] = Asker(groups, book, folder, ids, [], client, config, told)
        for version, _ in enumerate(NUMBERS, 1):
            answers = [everything.ask(QUESTIONS[0], records=[i]) for i in ids.values()]
            for record, answer in zip(ids, answers, strict=True):
                kept = f"kept-{record}-{version}"
                history.keep(kept, 1, answer).result()
                history.judge(
                    kept, 1, answer, "wrong", f"It was {record}{NUMBERS[version - 1]}maker."
                ).result()
            for asker in found.values():
                asker.before += [*answers, *map(asker.book.ask, QUESTIONS[1:4])]
                asker.send("ask", "before", question=QUESTIONS[0])
                own = open_while.enter_context(closing(History(corpus, asker.groups, writable=True)))
                answer = asker.book.ask(QUESTIONS[0])
                own.judge(
                    f"kept-{asker.groups[-1]}-{version}", 1, answer, "wrong", answer.text[:500]
                ).result()
                lasting = [
                    ids[record] for record, number in versions() if readable(record, number, asker.groups)
                ]
                alone = asker.book.ask(QUESTIONS[0], records=lasting[:1])  # of what stays theirs
                own.judge(
                    f"kept-{asker.groups[-1]}-alone", version, alone, "wrong", alone.text[:500]
                ).result()
            if version < len(NUMBERS):
                ids |= take_in(index, folder / "minutes", version + 1)
        with index.catalog.write() as connection:
            with standing_changed(connection, [ids["Zohel"]]):
                connection.execute(records.update().where(records.c.id == ids["Zohel"]).values(held=1))
            store.tell_again(connection, [ids["Zohel"]])
            store.set_access(connection, ids["Zonon"], 1, [])
        index.deliver()
        yield found


def take_in(index: OwnedIndex, folder: Path, version: int) -> dict[str, str]:
    """Ingests that edition of every record that has it."""
    paths = [
        written(folder, record, version) for record, stated in EDITIONS.items() if len(stated) >= version
    ]
    report = ingest(paths, index)
    taken = {outcome.path.name[:5]: outcome.record_id for outcome in report.outcomes}
    assert not report.failed and all(taken.values())
    with index.catalog.read() as connection:
        active = dict(connection.execute(sa.select(records.c.id, records.c.active)).all())
    assert {active[record_id] for record_id in taken.values()} == {version}
    return {record: str(record_id) for record, record_id in taken.items()}


# The ways out ---------------------------------------------------------------------------------------------------


def refused(*tries: Callable[[], Any]) -> str:
    """What is said of things that cannot be asked."""
    said = []
    for one in tries:
        try:
            said.append(repr(one()))
        except QaError as error:
            said.append(f"{error} {error.__cause__!r}")
    return "\n".join(said)


def csv_of(table: Any) -> str:
    out = io.StringIO()
    table.to_csv(out)
    return out.getvalue()


def json_of(table: Any) -> str:
    out = io.StringIO()
    table.to_json(out)
    return out.getvalue()


def every_record(asker: Asker) -> list[Any]:
    return [asker.book.record(i, v) for i in asker.ids.values() for v in (None, 0, 1, 2, 3, 4)]


def record_pages(asker: Asker) -> list[str]:
    """Every record as it is read on the page."""
    book, shown = asker.book, [record for record in every_record(asker) if record]
    return [reader(Opened(one, meeting_of(one), book.versions(one.id)), "en") for one in shown]


def corrections(asker: Asker) -> list[Any]:
    return [asker.book.corrected_since(i, v) for i in asker.ids.values() for v in range(5)]


def conversations(asker: Asker) -> list[Any]:
    history = asker.book.history
    found = history.conversations()
    return [found, [history.open(one.id) for one in found]]


def searched_history(asker: Asker) -> list[str]:
    """Hidden words that a search of kept conversations knows: it must know none."""
    return [word for word in asker.hidden() if asker.book.history.conversations(f"{word}maker")]


ROUTES: dict[str, Callable[[Asker], Any]] = {
    "answers": lambda a: [str(answer) for answer in a.asked],
    "answer values": lambda a: a.asked,
    "streams": lambda a: [list(a.book.stream(question)) for question in QUESTIONS[:6]],
    "extracts": lambda a: [a.book.extract(question) for question in QUESTIONS[:6]],
    "answers of one record": lambda a: [a.book.ask(QUESTIONS[0], records=[i]) for i in a.ids.values()],
    "conversation": lambda a: [(chat := a.book.conversation()).ask(QUESTIONS[0]), chat.ask("anything else?")],
    "reading": lambda a: [a.book.read(question) for question in QUESTIONS],
    "search": lambda a: [a.book.search(question, 99) for question in QUESTIONS],
    "judged": lambda a: [a.book.judged(question) for question in QUESTIONS],
    "weighed": lambda a: [a.book.weighed(question) for question in QUESTIONS],
    "retriever": lambda a: [node.to_dict() for node in a.book.as_retriever(99).retrieve(QUESTIONS[0])],
    "chroma": lambda a: a.chroma(),
    "bodies": lambda a: a.book.bodies(),
    "speakers": lambda a: a.book.speakers(),
    "meetings": lambda a: [a.book.meetings(), a.book.meetings("crane"), a.book.meetings(since="2024")],
    "decisions": lambda a: a.book.decisions(),
    "decisions of one record": lambda a: [a.book.decisions(records=[i]) for i in a.ids.values()],
    "decisions as CSV": lambda a: csv_of(a.book.decisions()),
    "decisions as JSON": lambda a: json_of(a.book.decisions()),
    "decisions as frame": lambda a: a.book.decisions().to_frame().to_csv(),
    "timeline": lambda a: [t := a.book.timeline("harbour crane"), t.first_decision, t.latest_decision],
    "timeline as CSV": lambda a: csv_of(a.book.timeline("harbour crane")),
    "timeline as frame": lambda a: a.book.timeline("harbour crane").to_frame().to_csv(),
    "timeline as SVG": lambda a: a.book.timeline("harbour crane").to_svg(),
    "records": every_record,
    "records read": record_pages,
    "versions": lambda a: [a.book.versions(i) for i in a.ids.values()],
    "corrections": corrections,
    "Markdown": lambda a: to_markdown(a.asked),
    "Word": lambda a: to_docx(a.asked),
    "suggestions": lambda a: [suggest(a.book, answer) for answer in a.asked[:4]],
    "suggestions after older answers": lambda a: [suggest(a.book, answer) for answer in a.before[:10]],
    "older answers": lambda a: a.book.history.shown(a.before),
    "history": conversations,
    "history searched": searched_history,
    "complaints": lambda a: [a.book.history.complaints(), str(listed(a.book.history))],
    "complaints as CSV": lambda a: csv_of(listed(a.book.history)),
    "complaints as frame": lambda a: listed(a.book.history).to_frame().to_csv(),
    "errors": lambda a: refused(
        lambda: a.book.ask(" "),
        lambda: a.book.ask("x" * 5000),
        lambda: a.book.meetings(since="yesteryear"),
        lambda: a.book.decisions(kind="none"),
        lambda: a.book.timeline(""),
        lambda: a.book.as_retriever(0),
        lambda: a.book.history.keep("another", 1, a.before[0]),
    ),
}
COMMANDS: dict[str, list[str]] = {
    "ask": ["ask", QUESTIONS[0]],
    "ask with an export": ["ask", QUESTIONS[0], "--export", "{folder}/answer.md"],
    "search": ["search", "harbour crane", "-k", "99"],
    "meetings": ["meetings"],
    "decisions": ["decisions"],
    "decisions as CSV": ["decisions", "--csv"],
    "decisions as JSON": ["decisions", "--json"],
    "timeline": ["timeline", "harbour crane"],
    "timeline as CSV": ["timeline", "harbour crane", "--csv"],
    "timeline as SVG": ["timeline", "harbour crane", "--svg"],
    "feedback": ["feedback"],
    "feedback as CSV": ["feedback", "--csv"],
    "a date that is none": ["meetings", "--since", "yesteryear"],
}


def deep_links(asker: Asker) -> list[str]:
    """Addresses of every record and of every place a decision may stand, in every version."""
    with asker.book._corpus.catalog.read() as connection:
        rows = connection.execute(sa.text('SELECT record_id, version, start, "end" FROM decisions')).all()
    places = [f"?decision={record_id}@{version}:{start}-{end}" for record_id, version, start, end in rows]
    return [*(f"?meeting={i}" for i in asker.ids.values()), *places]


def opened(asker: Asker) -> str:
    """Every version of every record asked of the panel, and every citation of what was asked before."""
    named = [asker.send("open", record=i, version=v) for i in asker.ids.values() for v in ("", 0, 1, 2, 3, 4)]
    cited = [asker.send("open", "before", turn=turn, number=n) for turn in (1, 2, 3) for n in range(1, 6)]
    return "".join((*named, *cited))


VIEWS = (
    "?view=meetings",
    "?view=decisions",
    "?view=timeline&topic=harbour+crane",
    "?view=meetings&text=crane",
)
WIRE: dict[str, Callable[[Asker], str]] = {
    "ask": lambda a: "".join(a.send("ask", "now", question=question) for question in QUESTIONS[:4]),
    "stop": lambda a: a.send("stop"),
    "further": lambda a: a.send("further", "before") + a.send("further", "now"),
    "check": lambda a: (
        a.send("check", "before")
        + "".join(a.send("check", record=i, version=v) for i in a.ids.values() for v in (1, 2))
    ),
    "state": lambda a: a.send("state"),
    "held": lambda a: a.send("held"),
    "speak": lambda a: a.send("speak", "before"),
    "visit": lambda a: "".join(a.send("visit", query=query) for query in (*VIEWS, *deep_links(a))),
    "open": opened,
    "table": lambda a: a.send("table", query="?view=decisions"),
    "history": lambda a: a.send("history", search="") + a.send("history", search="crane"),
    "reopen": lambda a: "".join(
        a.send("reopen", f"again {record}", conversation=f"kept-{record}-{version}")
        for record, version in (
            *versions(),
            *((groups[-1], kept) for groups in (EVERYBODY, COUNCIL, STAFF) for kept in (3, "alone")),
        )
    ),
    "forget": lambda a: a.send("forget", conversation="none of these", search=""),
    "save": lambda a: "".join(
        a.send("save", session, form=form, whole=whole, turn=1)
        for session in ("before", "now")
        for form, whole in ((".md", "1"), (".docx", "1"), (".docx", ""), ("csv", ""))
    ),
    "judge": lambda a: a.send("judge", "before", turn=1, verdict="helpful", note=""),
}
# What the page of a process that owns the index has besides; `Minutebook.desk` is not there for others.
OF_THE_DESK = {"desk", "hand_in", "take_in", "withdraw", "stop_intake", "reindex"}


def pages(asker: Asker) -> str:
    """What the server gives to plain requests, the description of its own interface among them."""
    paths = ("", "openapi.json", "config", "gradio_api/info", "gradio_api/openapi.json", "docs", "theme.css")
    return "".join(asker.page.get(path).text for path in paths)


# The tests ------------------------------------------------------------------------------------------------------


def read_out(shown: Any) -> str:
    """All words of what a route gives, what is packed in it included."""
    if isinstance(shown, bytes):
        with zipfile.ZipFile(io.BytesIO(shown)) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist()).lower()
    text = shown if isinstance(shown, str) else repr(shown)
    held = (base64.b64decode(found) for found in re.findall(r"base64,([A-Za-z0-9+/]+=*)", text))
    packed = "".join(
        read_out(one) if one[:2] == b"PK" else one.decode("utf-8", "replace").lower() for one in held
    )
    return text.lower() + packed


def leaks(asker: Asker, shown: Any) -> list[str]:
    text = read_out(shown)
    return [word for word in asker.hidden() if word in text]


BY_ASKER = pytest.mark.parametrize("groups", [EVERYBODY, COUNCIL, STAFF], ids=["public", "council", "staff"])


@BY_ASKER
@pytest.mark.parametrize("route", ROUTES)
def test_python_gives_nothing_of_a_version_that_is_not_for_the_asker(
    askers: dict[tuple[str, ...], Asker], groups: tuple[str, ...], route: str
) -> None:
    assert leaks(askers[groups], ROUTES[route](askers[groups])) == []


def command(asker: Asker, words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(__main__, "SentenceTransformerEncoder", lambda *_, **__: HashEncoder())
    arguments = [word.format(folder=asker.folder) for word in words]
    access = [part for group in asker.groups[1:] for part in ("--access", group)]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(out):
        __main__.main([*arguments, "--index", str(asker.folder / "index"), *access])
    exported = [Path(word).read_text("utf-8") for word in arguments if word.endswith(".md")]
    return "".join((out.getvalue(), *exported))


@BY_ASKER
@pytest.mark.parametrize("route", COMMANDS)
def test_the_command_line_gives_nothing_of_a_version_that_is_not_for_the_asker(
    askers: dict[tuple[str, ...], Asker],
    groups: tuple[str, ...],
    route: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = command(askers[groups], COMMANDS[route], monkeypatch)
    assert said and leaks(askers[groups], said) == []


@BY_ASKER
@pytest.mark.parametrize("route", [*WIRE, "pages"])
def test_the_page_gives_nothing_of_a_version_that_is_not_for_the_asker(
    askers: dict[tuple[str, ...], Asker],
    groups: tuple[str, ...],
    route: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("minutebook", "ingest", "qa"):
        caplog.set_level(logging.DEBUG, name)
    shown = (WIRE | {"pages": pages})[route](askers[groups])
    assert shown and leaks(askers[groups], shown) == []
    assert leaks(askers[groups], caplog.text) == []


def test_every_event_of_the_page_is_tried() -> None:
    assert {*WIRE, *OF_THE_DESK} == set(EVENTS)


@BY_ASKER
def test_every_word_of_what_is_for_the_asker_is_found_by_python_and_on_the_page(
    askers: dict[tuple[str, ...], Asker], groups: tuple[str, ...]
) -> None:
    """The canaries sing where they may, or the tests above prove nothing."""
    asker = askers[groups]
    python = read_out([ROUTES[route](asker) for route in ("records", "decisions", "speakers", "bodies")])
    page = read_out([WIRE[event](asker) for event in ("open", "visit")])
    for record, version in versions():
        if readable(record, version, groups):
            own = [one for one in FIELDS if one not in ("body", "file") or len(EDITIONS[record]) == 1]
            words = [f"{code(record, version)}{one}".lower() for one in own]
            assert [word for word in words if word not in python] == []
            assert [word for word in words if word not in page and not word.endswith("file")] == []
    everybodys = [code(record, len(stated)) for record, stated in EDITIONS.items() if stated[-1] == "public"]
    told = read_out(asker.chroma())
    assert {one for one in everybodys if f"{one}maker".lower() in told} == {*everybodys} - {
        "Zohelone",
        "Zononone",
    }
    for event in ("ask", "reopen", "save", "history", "table"):
        text = read_out(WIRE[event](asker))
        assert any(f"{code(*one)}maker".lower() in text for one in versions()), event


@BY_ASKER
def test_a_version_is_read_where_it_and_all_later_ones_are_for_the_asker(
    askers: dict[tuple[str, ...], Asker], groups: tuple[str, ...]
) -> None:
    book, ids = askers[groups].book, askers[groups].ids
    for record, version in versions():
        may = readable(record, version, groups)
        assert (book.record(ids[record], version) is not None) == may, (record, version)
        assert (version in [one.version for one in book.versions(ids[record])]) == may, (record, version)


def test_a_hidden_version_is_neither_counted_nor_compared_with(askers: dict[tuple[str, ...], Asker]) -> None:
    for groups, seen in ((EVERYBODY, [3]), (COUNCIL, [3, 2, 1])):
        book, record_id = askers[groups].book, askers[groups].ids["Zogap"]
        assert [one.version for one in book.versions(record_id)] == seen
        record = book.record(record_id)
        assert record
        html = reader(Opened(record, meeting_of(record), book.versions(record_id)), "en")
        assert (f"Version {len(seen)} of {len(seen)}" in html) == (len(seen) > 1)
        assert f"Version {len(seen) + 1}" not in html
    book, record_id = askers[EVERYBODY].book, askers[EVERYBODY].ids["Zored"]
    assert book.corrected_since(record_id, 1) is None
    record = book.record(record_id)
    assert record and "mb-versions" not in reader(
        Opened(record, meeting_of(record), book.versions(record_id)), "en"
    )


@BY_ASKER
def test_the_judge_is_told_of_a_hidden_word_what_it_is_told_of_one_that_stands_nowhere(
    askers: dict[tuple[str, ...], Asker], groups: tuple[str, ...]
) -> None:
    asker = askers[groups]
    for hidden in asker.hidden():
        told = []
        for word in (f"{hidden}maker".capitalize(), f"Zowux{hidden[5:]}maker"):
            with asker.book.evidence(f"What was decided on {word}?") as (session, empty, evidence, _):
                best = spread(empty.question, evidence.candidates)[: judge.READ]
                signs = judge.question_signs(session, empty.question, best, evidence.meetings.values())
            told.append({name: signs[name] for name in ("covered", "together", "unknown", "names", "short")})
        assert told[0] == told[1], hidden


@BY_ASKER
def test_a_hidden_word_is_answered_like_one_that_stands_nowhere(
    askers: dict[tuple[str, ...], Asker], groups: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # without the reader: it reads the letters of a question, and two made-up words are not spelt alike
    monkeypatch.setattr(judge, "shipped", lambda: None)
    asker = askers[groups]
    for hidden in asker.hidden():
        for name, question in (
            ("maker", "What was decided on {}?"),
            ("owner", "Who has to act on the {} crane?"),
        ):
            word, nowhere = f"{hidden}{name}".capitalize(), f"Zowux{hidden[5:]}{name}"
            known, unknown = (asker.book.ask(question.format(one)) for one in (word, nowhere))
            assert (known.abstained, known.searched) == (unknown.abstained, unknown.searched), word
            assert known.text.replace(word, nowhere) == unknown.text
