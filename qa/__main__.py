"""`python -m qa ask|chat|timeline|search|meetings|decisions|feedback|evaluate`: Minutebook on the command line."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ingest.arguments import add_encoder, add_index
from ingest.encoder import SentenceTransformerEncoder
from ingest.errors import IngestError
from ingest.pipeline import list_files
from ingest.records import PUBLIC
from qa import phrases
from qa.answers import Answer
from qa.chips import understood
from qa.engine import Minutebook
from qa.errors import QaError, QuestionError
from qa.evaluate import read_questions, run, write_run
from qa.export import require_form, write
from qa.feedback import listed
from qa.filters import Filters
from qa.interface import words_in
from qa.model.clients import SECONDS, model_from
from qa.model.writing import TOKENS
from qa.render import spoken


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 for an answer, 1 when the records do not answer or hold nothing, 2 when it cannot be asked."""
    for stream in (sys.stdout, sys.stderr):  # a file name or a quote must never end the run
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = options.command
        code = command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (QaError, IngestError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m qa", description="Ask meeting records.")
    commands = parser.add_subparsers(required=True)

    ask = commands.add_parser("ask", help="a cited answer")
    ask.add_argument("question")
    ask.set_defaults(command=_ask)

    chat = commands.add_parser(
        "chat", help="questions one after another; each may go on from the ones before"
    )
    chat.set_defaults(command=_chat)

    search = commands.add_parser("search", help="the passages that fit best")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=10, help="how many (default: 10)")
    search.set_defaults(command=_search)

    meetings = commands.add_parser("meetings", help="the meetings held")
    meetings.set_defaults(command=_meetings)

    decisions = commands.add_parser("decisions", help="the decision register: every decision, vote and task")
    decisions.add_argument("topic", nargs="?", help="what they must concern")
    decisions.add_argument(
        "--kind", action="append", help="approved, deferred, vote, assigned, ...; may be repeated"
    )
    decisions.add_argument("--owner", help="part of the name of who is to act")
    decisions.add_argument("--due-since", metavar="DATE", help="only what is due from this day on")
    decisions.add_argument("--due-until", metavar="DATE", help="only what is due up to this day")
    form = decisions.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="write CSV")
    form.add_argument("--json", action="store_true", help="write JSON")
    decisions.set_defaults(command=_decisions)

    timeline = commands.add_parser("timeline", help="one topic across meetings, oldest first")
    timeline.add_argument("topic")
    shape = timeline.add_mutually_exclusive_group()
    shape.add_argument("--csv", action="store_true", help="write CSV")
    shape.add_argument("--svg", action="store_true", help="write a picture as SVG")
    timeline.set_defaults(command=_timeline)

    feedback = commands.add_parser("feedback", help="what people said of answers, with the evidence shown")
    feedback.add_argument("--csv", action="store_true", help="write CSV")
    feedback.set_defaults(command=_feedback)

    evaluate = commands.add_parser("evaluate", help="ingest a folder, ask a file of questions, score the run")
    evaluate.add_argument("docs", type=Path)
    evaluate.add_argument("questions", type=Path)
    evaluate.add_argument("--run", type=Path, required=True, help="where the run is written, JSON Lines")
    evaluate.set_defaults(command=_evaluate)

    _add_shared(commands.choices)
    return parser


def _add_shared(commands: Mapping[str, argparse.ArgumentParser]) -> None:
    """The flags that several commands have in common."""
    for command in commands.values():
        add_index(command, os.environ)
        add_encoder(command, os.environ)
    for command in (command for name, command in commands.items() if name != "evaluate"):
        command.add_argument(
            "--access",
            action="append",
            metavar="GROUP",
            default=[],
            help="also what this group alone may see; may be repeated (default: only what everybody may)",
        )
    for command in (commands["ask"], commands["chat"]):
        _add_model_flags(command, os.environ)
        command.add_argument(
            "--export",
            type=Path,
            metavar="FILE",
            help="write it into a .md or .docx file too, with footnotes that name every source",
        )
    for name in ("ask", "chat", "search", "meetings", "decisions", "timeline"):
        command = commands[name]
        command.add_argument("--since", metavar="DATE", help="from this day on: 2023-08-25, 2023-08 or 2023")
        command.add_argument("--until", metavar="DATE", help="up to this day")
        command.add_argument("--body", action="append", help="only this body's meetings; may be repeated")
    for name in ("ask", "chat", "search"):
        commands[name].add_argument(
            "--speaker", action="append", help="only where this person speaks; may be repeated"
        )


def _add_model_flags(command: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    command.add_argument(
        "--llm",
        metavar="KIND:MODEL[@URL]",
        default=environment.get("MINUTEBOOK_LLM"),
        help="read and answer with openai-like:MODEL@URL or ollama:MODEL[@URL] (default: $MINUTEBOOK_LLM or none)",
    )
    command.add_argument(
        "--llm-seconds",
        type=float,
        default=environment.get("MINUTEBOOK_LLM_SECONDS", SECONDS),
        help=f"how long the model may take for an answer (default: $MINUTEBOOK_LLM_SECONDS or {SECONDS:g})",
    )
    command.add_argument(
        "--llm-tokens",
        type=int,
        default=environment.get("MINUTEBOOK_LLM_TOKENS", TOKENS),
        help=f"how many tokens a prompt to the model may have (default: $MINUTEBOOK_LLM_TOKENS or {TOKENS})",
    )
    command.add_argument(
        "--llm-plain-http",
        action="store_true",
        default=environment.get("MINUTEBOOK_LLM_PLAIN_HTTP") == "1",
        help="allow a model on another machine without encryption (or MINUTEBOOK_LLM_PLAIN_HTTP=1)",
    )


def _open(options: argparse.Namespace, **model: Any) -> Minutebook:
    """The index as those see it who may see what the groups named with `--access` may."""
    encoder = SentenceTransformerEncoder(options.encoder, adapter=options.adapter)
    return Minutebook.open(options.index, access=(PUBLIC, *options.access), encoder=encoder, **model)


def _open_with_model(options: argparse.Namespace) -> Minutebook:
    model = None
    if options.llm:
        model = model_from(
            options.llm,
            key=os.environ.get("MINUTEBOOK_LLM_KEY"),
            seconds=options.llm_seconds,
            plain_http=options.llm_plain_http,
        )
    return _open(options, llm=model, llm_seconds=options.llm_seconds, llm_tokens=options.llm_tokens)


def _tell_damage(book: Minutebook) -> None:
    """Says on stderr which records a list leaves out."""
    for sentence in book.damaged():
        print(sentence, file=sys.stderr)


def _filters(options: argparse.Namespace) -> Filters:
    return {
        "since": options.since,
        "until": options.until,
        "bodies": options.body or (),
        "speakers": options.speaker or (),
    }


def _ask(options: argparse.Namespace) -> int:
    if options.export:
        require_form(options.export)
    with _open_with_model(options) as book:
        answer = book.ask(options.question, **_filters(options))
    if reading := _reading(answer):
        print(f"{reading}\n", file=sys.stderr)
    print(answer)
    if options.export:
        write([answer], options.export)
    return 1 if answer.abstained else 0


def _chat(options: argparse.Namespace) -> int:
    """Reads a question a line until the input ends; what cannot be asked is said, and the chat goes on."""
    if options.export:
        require_form(options.export)
    answers: list[Answer] = []
    with _open_with_model(options) as book:
        chat = book.conversation()
        while (line := _next_line()) is not None:
            if not line.strip():
                continue
            try:
                answer = chat.ask(line, **_filters(options))
            except QuestionError as error:
                print(f"{error}\n", flush=True)
                continue
            answers.append(answer)
            if reading := _reading(answer):
                print(f"{reading}\n")
            print(f"{answer}\n", flush=True)
    if options.export and answers:
        write(answers, options.export)
    return 0


def _reading(answer: Answer) -> str:
    """How the question was understood: "(Understood as: Topic: gas safety)"; empty where nothing was read."""
    language = spoken(answer)
    label, reading = words_in(language).understood, understood(answer.question, language)
    return f"({label}{'：' if language == 'zh' else ': '}{reading})" if reading else ""


def _next_line() -> str | None:
    """The next line of input, asked for with a prompt at a terminal; None at its end."""
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    return sys.stdin.readline() or None


def _search(options: argparse.Namespace) -> int:
    with _open(options) as book:
        hits = book.search(options.query, options.k, **_filters(options))
        _tell_damage(book)
    for place, hit in enumerate(hits, 1):
        head = " · ".join((phrases.heading(hit.meeting, "en"), *hit.item))
        print(f"{place}. {head}  ({hit.score:.2f})\n   {' '.join(hit.text.split())}\n")
    if not hits:
        print("Nothing found.", file=sys.stderr)
    return 0 if hits else 1


def _meetings(options: argparse.Namespace) -> int:
    with _open(options) as book:
        found = [
            meeting
            for body in options.body or [None]
            for meeting in book.meetings(since=options.since, until=options.until, body=body)
        ]
        _tell_damage(book)
    for meeting in found:
        print(
            f"{meeting.date or '----------'}  {meeting.title}"
            + (f"  ({meeting.body})" if meeting.body else "")
        )
    return 0 if found else 1


def _decisions(options: argparse.Namespace) -> int:
    with _open(options) as book:
        found = book.decisions(
            options.topic,
            kind=options.kind,
            owner=options.owner,
            due_since=options.due_since,
            due_until=options.due_until,
            since=options.since,
            until=options.until,
            bodies=options.body or (),
        )
        _tell_damage(book)
    if options.csv:
        found.to_csv(sys.stdout)
    elif options.json:
        found.to_json(sys.stdout)
    else:
        for entry in found:
            print(f"{phrases.heading(entry.meeting, 'en')}\n  {entry.kind}: {' '.join(entry.quote.split())}")
    return 0 if found else 1


def _timeline(options: argparse.Namespace) -> int:
    with _open(options) as book:
        found = book.timeline(
            options.topic, since=options.since, until=options.until, bodies=options.body or ()
        )
        _tell_damage(book)
    if options.csv:
        found.to_csv(sys.stdout)
    else:
        print(found.to_svg() if options.svg else found)
    return 0 if found.events else 1


def _feedback(options: argparse.Namespace) -> int:
    with _open(options) as book:
        found = listed(book.history)
    if options.csv:
        found.to_csv(sys.stdout)
    elif found:
        print(found)
    else:
        print("Nobody has said anything of an answer yet.", file=sys.stderr)
    return 0 if found else 1


def _evaluate(options: argparse.Namespace) -> int:
    questions = read_questions(options.questions)
    encoder = SentenceTransformerEncoder(options.encoder, adapter=options.adapter)
    with (
        tqdm(total=len(list_files([options.docs])), unit="file", desc="ingest", disable=None) as files,
        tqdm(total=len(questions), unit="question", desc="ask", disable=None) as asked,
    ):
        done = run(
            options.docs,
            questions,
            options.index,
            encoder,
            on_file=lambda _: files.update() and None,
            on_result=lambda _: asked.update() and None,
        )
    for outcome in done.report.failed:
        print(f"failed {outcome.path}: {' '.join(outcome.notes)}", file=sys.stderr)
    write_run(done.results, options.run)
    print("  ".join(f"{name} {_shown(name, value)}" for name, value in done.scores.items()))
    return 0


def _shown(name: str, value: float) -> str:
    return f"{value:.0f}" if name in ("ms", "ms_p95", "words", "n") else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
