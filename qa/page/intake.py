"""The screen on which clerks hand records in: where files are dropped, the plan, progress, the report, what goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ingest.desk import DeskState, to_take
from ingest.inbox import MOST_BYTES, MOST_FILES
from ingest.jobs import Advance, Job
from ingest.outcomes import ItemChange, Outcome, Report, Status
from ingest.outdated import Outdated
from ingest.readers import SUFFIXES
from qa.interface import Interface, moment
from qa.words.intake import WORDS
from qa.words.reasons import reason

KINDS = "docx, pdf, md, txt, html, vtt, srt, doc, odt, rtf"
SHOWN = 8  # jobs, of those that are over
_SAME = (Status.UNCHANGED,)
_BAD = (Status.REFUSED, Status.HELD, Status.FAILED)
_NO_WAY = (*_BAD, Status.ASIDE)  # of those there is no record to read
_INGEST = "<code>python -m ingest FOLDER</code>"
_WATCH = "<code>python -m ingest FOLDER --watch</code>"


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was turned away before it was read, and why."""

    name: str
    reason: str


def drop(outdated: Outdated, language: Interface) -> str:
    """The heading, what is to be brought up to date, and the place where files are dropped."""
    words = WORDS[language]
    kinds = words.kinds.format(kinds=KINDS, files=MOST_FILES, size=MOST_BYTES // 2**30)
    return (
        f'<header class="mb-intake-head" lang="{language}"><h2>{words.title}</h2>'
        f'<p class="mb-aside">{words.hint}</p>{_outdated(outdated, language)}</header>'
        f'<label class="mb-drop" lang="{language}" data-sending="{escape(words.sending)}"'
        f' data-not-sent="{escape(words.not_sent)}">'
        f'<span>{words.drop} <span class="mb-plain">{words.choose}</span></span>'
        f'<span class="mb-kinds">{escape(kinds)}</span>'
        f'<input type="file" multiple accept="{",".join(sorted(SUFFIXES))}"></label>'
    )


def reading(done: int, total: int, language: Interface) -> str:
    """How far the plan is."""
    said = WORDS[language].reading.format(done=done, total=total)
    return (
        f'<section class="mb-plan" lang="{language}"><p class="mb-reading" role="status">{said}</p></section>'
    )


def plan(report: Report, turned: Sequence[Turned], language: Interface) -> str:
    """What taking in would change, what stays out and why, and the two ways on."""
    words, take = WORDS[language], len(to_take(report))
    if take:
        label = words.take_in_one if take == 1 else words.take_in.format(count=take)
        ways = (
            f'<button type="button" class="mb-button mb-primary" data-intake="confirm">{label}</button>'
            f'<button type="button" class="mb-button" data-intake="withdraw">{words.withdraw}</button>'
        )
        hint = words.plan_hint
    else:
        ways = f'<button type="button" class="mb-button" data-intake="withdraw">{words.more}</button>'
        hint = words.nothing_to_do
    return _section(words.plan, hint, _outcomes(report, turned, language), ways, language)


def waiting(language: Interface) -> str:
    """That other work comes first."""
    return _progress(WORDS[language].waiting, None, language)


def progress(advance: Advance, language: Interface) -> str:
    """How far taking in is."""
    return _progress(WORDS[language].under_way, advance, language)


def report(done: Report, language: Interface) -> str:
    """What became of each file."""
    words = WORDS[language]
    ways = f'<button type="button" class="mb-button" data-intake="more">{words.more}</button>'
    return _section(words.report, "", _outcomes(done, (), language, link=True), ways, language, done=True)


def ended(sentence: str, language: Interface, done: Report | None = None) -> str:
    """That it was withdrawn, stopped or not done, with what was done before that."""
    said = f'<p class="mb-aside" role="status">{escape(sentence)}</p>'
    rows = _outcomes(done, (), language, link=True) if done else ""
    return f'<section class="mb-plan" lang="{language}" data-intake-done>{said}{rows}</section>'


def state(found: DeskState, language: Interface) -> str:
    """The jobs, what could not be taken in, and the folders that are watched."""
    words = WORDS[language]
    jobs = [*(job for job in found.index.jobs if not job.over), *reversed(_over(found.index.jobs))]
    failures = (_failure(*one, language) for one in found.index.failures)
    aside = (_put_aside(*one, language) for one in found.aside)
    held = (_failure(*one, language) for one in found.index.held)
    lists = (
        *(((words.put_aside, aside, ""),) if found.aside else ()),
        (words.jobs, (_job(job, language) for job in jobs), words.no_jobs),
        (words.failures, failures, words.no_failures),
        *(((words.held_back, held, ""),) if found.index.held else ()),
        (words.watched, _watched(found, language), words.no_watched.format(command=_WATCH)),
    )
    sections = "".join(
        f"<section><h3>{title}</h3>{_listed(rows, none)}</section>" for title, rows, none in lists
    )
    return f'<div class="mb-desk" lang="{language}">{sections}</div>'


def _outdated(outdated: Outdated, language: Interface) -> str:
    """That some records are read as older rules read them, and what to do."""
    words, said = WORDS[language], []
    if outdated.anew:
        said.append(words.outdated.format(count=outdated.anew, command=_INGEST))
    if outdated.kept:
        names = ", ".join(Path(path).name for path in outdated.kept[:SHOWN])
        more = f" (+{len(outdated.kept) - SHOWN})" if len(outdated.kept) > SHOWN else ""
        said.append(words.outdated_kept.format(names=escape(names + more)))
    return "".join(f'<p class="mb-aside">{sentence}</p>' for sentence in said)


def _section(title: str, hint: str, rows: str, ways: str, language: Interface, *, done: bool = False) -> str:
    mark = " data-intake-done" if done else ""
    return (
        f'<section class="mb-plan" lang="{language}" aria-label="{title}"{mark}><h3 tabindex="-1">{title}</h3>'
        + (f'<p class="mb-aside">{hint}</p>' if hint else "")
        + f'{rows}<p class="mb-ways">{ways}</p></section>'
    )


def _outcomes(report: Report, turned: Sequence[Turned], language: Interface, *, link: bool = False) -> str:
    """A row for each file: first what changes, then what stays out, then what is the same."""
    bad = _BAD
    changes = [o for o in report.outcomes if o.status not in (*bad, *_SAME)]
    out = [o for o in report.outcomes if o.status in bad]
    rows = [_row(o, language, link) for o in changes]
    rows += [_turned(one, language) for one in turned]
    rows += [_row(o, language, link) for o in (*out, *report.of(*_SAME))]
    return f'<ul class="mb-outcomes">{"".join(rows)}</ul>'


def _row(outcome: Outcome, language: Interface, link: bool) -> str:
    words, name = WORDS[language], outcome.path.name
    items = "".join(f"<li>{_item(item, language)}</li>" for item in outcome.items)
    bad = outcome.status in _NO_WAY
    notes = "".join(_why(note, language) for note in outcome.notes)
    way = ""
    if link and outcome.record_id and not bad:
        way = f' <a class="mb-plain" href="?meeting={escape(outcome.record_id)}">{words.read}</a>'
    title = f'<p class="mb-what">{escape(outcome.title)}</p>' if outcome.title else ""
    listed = f'<ul class="mb-items">{items}</ul>' if items else ""
    return (
        f'<li class="mb-outcome mb-is-{outcome.status.value}"><span class="mb-badge">'
        f"{getattr(words, outcome.status.value)}</span>"
        f'<div>{title}<p class="mb-file">{escape(name)}{way}</p>{listed}{notes}</div></li>'
    )


def _turned(one: Turned, language: Interface) -> str:
    words = WORDS[language]
    return (
        f'<li class="mb-outcome mb-is-refused"><span class="mb-badge">{words.refused}</span>'
        f'<div><p class="mb-file">{escape(one.name)}</p>{_why(one.reason, language)}</div></li>'
    )


def _item(item: ItemChange, language: Interface) -> str:
    words = WORDS[language]
    said: str = getattr(words, f"item_{item.kind}")
    return escape(said.format(item=item.title or words.before_items))


def _why(sentence: str, language: Interface) -> str:
    said, spoken = reason(sentence, language)
    return f'<p class="mb-why" lang="{spoken}">{escape(said)}</p>'


def _progress(title: str, advance: Advance | None, language: Interface) -> str:
    """A bar with what is known: how many files, how quick, how long still."""
    words, facts, bar = WORDS[language], "", f'<progress aria-label="{title}"></progress>'
    if advance is not None and advance.total:
        said = [words.progress.format(done=advance.done, total=advance.total)]
        if advance.unit == "file":
            said.append(words.rate.format(rate=f"{advance.rate:,.0f}"))
            if advance.left is not None:
                said.append(words.left.format(seconds=f"{advance.left:.0f}"))
        facts = "".join(f"<span>{escape(one)}</span>" for one in said)
        bar = f'<progress aria-label="{title}" max="{advance.total}" value="{advance.done}"></progress>'
    return (
        f'<section class="mb-plan" lang="{language}" aria-busy="true"><h3>{title}</h3>{bar}'
        f'<p class="mb-far" role="status">{facts}</p><p class="mb-ways">'
        f'<button type="button" class="mb-button" data-intake="cancel">{words.cancel}</button></p></section>'
    )


# What goes on ---------------------------------------------------------------------------------------------------


def _listed(rows: Iterable[str], none: str) -> str:
    inside = "".join(rows)
    return f'<ul class="mb-lines">{inside}</ul>' if inside else f'<p class="mb-aside">{none}</p>'


def _over(jobs: Sequence[Job]) -> Sequence[Job]:
    """The last jobs that are over; those nobody asked for go unmentioned."""
    return [job for job in jobs if job.over and job.kind not in ("recut", "doctor")][-SHOWN:]


def _job(job: Job, language: Interface) -> str:
    words = WORDS[language]
    over = {"failed": words.job_over_failed, "cancelled": words.job_over_cancelled, "done": words.job_done}
    said = over.get(job.state) or (words.job_running if job.state == "running" else words.job_queued)
    facts = [said, moment(job.asked, language)]
    if job.state == "running" and job.progress:
        facts.insert(1, words.progress.format(done=job.progress.done, total=job.progress.total))
    why = _why(str(job.result), language) if job.state == "failed" else ""
    kind: str = getattr(words, f"job_{job.kind}", job.kind)
    return (
        f'<li class="mb-job mb-job-{job.state}"><p>{escape(kind.format(what=_what(job, language)))}</p>'
        f'<p class="mb-file">{escape(" · ".join(facts))}</p>{why}</li>'
    )


def _what(job: Job, language: Interface) -> str:
    """What a job is about, by the names of its files, or by their number where their names may not be told."""
    arguments = job.arguments
    if "files" in arguments:
        return WORDS[language].files.format(count=arguments["files"])
    names = arguments.get("names") or [Path(path).name for path in arguments.get("paths", ())]
    if not names:
        return str(arguments.get("record", ""))
    return _few(names)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" (+{len(names) - 3})" if len(names) > 3 else "")


def _put_aside(batch: str, names: Sequence[str], language: Interface) -> str:
    """Files somebody handed in who may not see every record, and the way to see what taking them in would change."""
    return (
        f'<li><p class="mb-file">{escape(_few(names))}</p><p class="mb-ways"><button type="button" class="mb-button" '
        f'data-intake="aside" data-batch="{escape(batch)}">{WORDS[language].look_at}</button></p></li>'
    )


def _failure(path: str, why: str, when: str, language: Interface) -> str:
    return (
        f'<li><p title="{escape(path)}">{escape(Path(path).name)}</p>'
        f"{_why(why, language)}"
        f'<p class="mb-file">{moment(when, language)}</p></li>'
    )


def _watched(found: DeskState, language: Interface) -> Iterable[str]:
    words = WORDS[language]
    for watcher in found.watchers:
        since = words.watched_since.format(when=moment(watcher.since, language), process=watcher.process)
        names = "<br>".join(map(escape, watcher.paths))
        yield f'<li><p>{names}</p><p class="mb-file">{escape(since)}</p></li>'
