"""What a file says of who may read it is understood exactly, or nobody reads it: from the folder to the answer."""

import io
import os
import random
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from ingest.__main__ import main
from ingest.access import Access
from ingest.care import held_records, status
from ingest.desk import Desk, to_take
from ingest.history import rollback
from ingest.index import OwnedIndex
from ingest.outcomes import Report, Status
from ingest.pipeline import ingest, plan
from ingest.readers import read
from ingest.words import has_han
from qa import Minutebook
from qa.page import intake as page
from tests.hash_encoder import HashEncoder

SAID = "The board approved the new roof of the harbour library for 3,000 pounds."
BODY = f"Minutes of the Library Board\n\n15 March 2024\n\n{SAID}\n"
TITLED = "Minutes of the Library Board\n\n{}\n\n15 March 2024\n\n" + SAID + "\n"
CHINESE = (
    "图书馆理事会会议纪要\n\n{}\n\n2024年3月15日\n\n会议研究了内部审计，同意新建屋顶，讨论了密级管理。\n"
)


def front(*lines: str, opened: str = "---", closed: str = "---") -> str:
    return "\n".join((opened, *lines, closed, BODY))


READ = {  # the groups of these are `council`
    "a key": front("access: council"),
    "capitals": front("ACCESS: council"),
    "a list": front("access: [council]"),
    "space around it": front("access:   council  "),
    "another name": front("readers: council"),
    "Chinese": front("可见范围: council"),
    "quoted": front('"access": "council"'),
    "a byte order mark": "\ufeff" + front("access: council"),
    "a no-break space in the key": front("access\xa0: council"),
    "a zero-width space in the key": front("ac\u200bcess: council"),
    "TOML": front('access = "council"', opened="+++", closed="+++"),
    "both": front("confidential: true", "access: council"),
    "a mark above": front("access: council").replace(BODY, f"CONFIDENTIAL\n\n{BODY}"),
}
HELD = {
    "an unquoted colon": front("title: Board: March", "access: council"),
    "a tab": front("title: Board", "\taccess: council"),
    "an alias": front("access: *council"),
    "a full-width colon": front("access：council"),
    "a Chinese key with a full-width colon": front("密级：机密"),
    "no colon": front("access council"),
    "a no-break space for a space": front("access:\xa0council"),
    "a blank line before": "\n" + front("access: council"),
    "never closed": f"---\naccess: council\n\n{BODY}",
    "never closed, further down": f"---\ntitle: Board\ndate: 2024-03-15\nconfidential: true\n\n{BODY}",
    "four dashes": front("access: council", opened="----", closed="----"),
    "long dashes": front("access: council", opened="——", closed="——"),
    "another word by the dashes": front("access: council", opened="---yaml"),
    "fenced": front("access: council", opened="```yaml", closed="```"),
    "bad TOML": front("access = council", opened="+++", closed="+++"),
    "TOML below a table": front("[meta]", 'access = "council"', opened="+++", closed="+++"),
    "JSON": '{"title": "Board", "access": "council"}\n' + BODY,
    "JSON over lines": '{\n  "access": "council"\n}\n' + BODY,
    "acces": front("acces: council"),
    "Accesss": front("Accesss: council"),
    "acess": front("acess: council"),
    "another alphabet's a": front("\u0430ccess: council"),
    "confidental": front("confidental: true"),
    "accessLevel": front("accessLevel: council"),
    "twice": front("access: council", "access: public"),
    "twice by two names": front("access: council", "readers: staff"),
    "below another key": front("meta: {access: council}"),
    "deep below others": front("a: {b: {c: [{d: {access: council}}]}}"),
    "an item of a list": front("- access: council"),
    "a map": front("access: {groups: [council]}"),
    "empty": front("access:"),
    "an empty list": front("access: [ ]"),
    "null": front("access: null"),
    "none": front("access: none"),
    "true": front("access: true"),
    "confidential": front("confidential: true"),
    "confidential, yet public": front("confidential: true", "access: public"),
    "restricted": front("restricted: yes"),
    "classification": front("classification: restricted"),
    "visibility": front("visibility: council"),
    "not public": front("public: false"),
    "a tag": front("tags: [confidential]"),
    "密级": front("密级: 机密"),
    "内部": front("内部: 是"),
    "公开范围": front("公开范围: 理事会"),
    "阅读权限": front("阅读权限: 理事会"),
    "是否公开": front("是否公开: 否"),
    "a line": TITLED.format("Access: council"),
    "a line in bold": TITLED.format("**Access:** council"),
    "a line with an equals sign": TITLED.format("Access = council"),
    "a line in a list": TITLED.format("- access: council"),
    "a heading": TITLED.format("# Access: council"),
    "a row": TITLED.format("| Access | council |"),
    "beside another field": TITLED.format("Place: Town Hall    Access: council"),
    "a field list": TITLED.format(":access: council"),
    "on the next line": TITLED.format("Access:\ncouncil"),
    "members only": TITLED.format(
        "Access: only the members of the board and those whom they have asked to come"
    ),
    "a line of confidence": TITLED.format("confidential: true"),
    "a comment": f"<!-- access: council -->\n{BODY}",
    "a comment over lines": f"<!--\nConfidential: true\n-->\n{BODY}",
    "a comment of Markdown": f"[//]: # (access: council)\n{BODY}",
    "a comment with a sign": f"% access: council\n{BODY}",
    "a mark": f"STRICTLY CONFIDENTIAL\n\n{BODY}",
    "a dash": f"Access - council\n\n{BODY}",
    "brackets": f"Access (council)\n\n{BODY}",
    "an element": f"<access>council</access>\n\n{BODY}",
    "a tag of a page": f'<meta name="access" content="council">\n\n{BODY}',
    "a comment of two words": f"<!-- access council -->\n\n{BODY}",
    "a mark in the title": BODY.replace("Library Board", "Library Board (CONFIDENTIAL)"),
    "a title that says so": f"Confidential {BODY}",
    "a status": TITLED.format("Status: confidential draft"),
    "a line for members": f"For council members only\n\n{BODY}",
    "not for publication": f"NOT FOR PUBLICATION\n\n{BODY}",
    "commented out": front("title: Board", "# access: council"),
    "behind a value": front("title: Board # access: council"),
    "viewers": front("viewers: council"),
    "not_public": front("not_public: true"),
    "embargo": front("embargo: 2030-01-01"),
    "不公开": front("不公开: 是"),
    "密級": front("密級: 機密"),
    "訪問權限": front("訪問權限: 理事會"),
    "密 级 set apart": CHINESE.format("密\u3000级：机密"),
    "此件不公开": CHINESE.format("此件不公开"),
    "密级 in a line": CHINESE.format("密级：机密"),
    "密级 beside another": CHINESE.format("编号：〔2024〕3号 密级：秘密"),
    "内部资料": CHINESE.format("内部资料 注意保存"),
    "机密★": CHINESE.format("机密★1年"),
    "a short label with the word": TITLED.format("Record access: council"),
    "a label that ends in to": TITLED.format("Access restricted to: council"),
    "open to nobody": TITLED.format("Open to the public: No."),
    "a label for groups alone": TITLED.format("Circulation: Councillors only"),
    "readers in a line": TITLED.format("Readers: council"),
    "an embargo until a day": TITLED.format("Embargo: 2030-06-01"),
    "bold without a colon": TITLED.format("**Access** — council"),
    "no colon in the head": TITLED.format("Access council"),
    "the head of a column": TITLED.format("| Date | Access |\n|---|---|\n| 2024-05-06 | council |").replace(
        "|---|---|\n", ""
    ),
    "a heading above the group": TITLED.format("## Access\n\ncouncil"),
    "tags of a page in Markdown": TITLED.format("<center>CONFIDENTIAL</center>"),
    "letters set apart": f"C O N F I D E N T I A L\n\n{BODY}",
    "a sentence about the record": f"These minutes are confidential and may not be shared.\n\n{BODY}",
    "whom the record is for": TITLED.format("Access is restricted to the council."),
    "an imperative": f"DO NOT DISTRIBUTE\n\n{BODY}",
    "behind closed doors": f"IN CAMERA\n\n{BODY}",
    "minutes of a closed session": BODY.replace("Library Board", "Closed Session"),
    "eyes only": f"Councillors' eyes only\n\n{BODY}",
    "a traffic light": f"TLP:RED\n\n{BODY}",
    "a ticked box": TITLED.format("☒ Confidential ☐ Public"),
    "further down the head": TITLED.format("Town Hall\n\nMill Road\n\nElmford\n\nMonday\n\nCONFIDENTIAL"),
    "a reader": front("reader: council"),
    "shared with": front("shared_with: council"),
    "not released": front("published: false"),
    "a closed session": front("status: closed session"),
    "two of another alphabet's letters": front("\u0430\u0441cess: council"),
    "below very much": front(
        "note: |", *["  the board met in the hall by the river"] * 3000, "access: council"
    ),
    "仅供内部参考": CHINESE.format("仅供内部参考"),
    "请勿转发": CHINESE.format("请勿转发"),
    "依申请公开": CHINESE.format("（此件依申请公开）"),
    "发放范围": CHINESE.format("发放范围：市领导"),
    "工作秘密": CHINESE.format("工作秘密"),
}
OPEN = {
    "nothing stated": BODY,
    "public": front("access: public"),
    "public in capitals": front("access: Public"),
    "not confidential": front("confidential: false"),
    "visible to all": front("visibility: public"),
    "a title that has the word": front("title: Access to the library"),
    "who came": front("secretary: Ann Bell", "accessed: 2024-04-01"),
    "a ramp": TITLED.format("Access: ramp at the side entrance"),
    "a ramp alone": TITLED.format("Access: ramp"),
    "a link": TITLED.format("Access: https://example.org/meeting"),
    "a sentence": f"{BODY}\nAccess: the board heard that the paths across the park need more light in winter.\n",
    "a sentence with the word": f"{BODY}\nAccess to the building was discussed. A confidential item was heard.\n",
    "a heading of a part": f"{BODY}\n## Access to records\n\nConfidential matters were deferred.\n",
    "内部审计": CHINESE.format("内部审计"),
    "公开": CHINESE.format("公开属性：主动公开"),
    "who may come": TITLED.format("Open to the public: 7 pm"),
    "another access": TITLED.format("Disabled access: contact the clerk"),
    "where it is printed": TITLED.format("Publication: Elmford Gazette"),
    "who gets copies": TITLED.format("Distribution: all members, Town Clerk"),
    "how many are printed": TITLED.format("Circulation: 12,400"),
    "who reads aloud": TITLED.format("Readers: Ann Bell, Bob Cole"),
    "a day of publication": front("published: 2024-03-20"),
    "an unticked box": TITLED.format("☐ Confidential ☒ Public"),
    "a sentence about another thing": TITLED.format("The papers on the lease are confidential."),
    "access to a place": TITLED.format("Access to the beach is restricted to residents in summer."),
    "an item behind closed doors": f"{BODY}\n## Closed session: personnel\n\nNothing was decided.\n",
    "a sentence that ends in only": TITLED.format("The lane applies from 4.30 to 7.00 p.m. only."),
    "a committee on secrecy": CHINESE.format("保密委员会"),
}
WARNED = {
    "an unquoted colon": front("title: Board: March"),
    "a word of access in the title": front("title: Access to the park: a review"),
    "a blank line before": "\n" + front("title: Board"),
    "never closed": f"---\ntitle: Board\n\n{BODY}",
}


def as_page(text: str, head: str = "") -> str:
    lines = (line if line.startswith("<!--") else f"<p>{line}</p>" for line in text.split("\n") if line)
    return f"<html><head>{head}</head><body>{''.join(lines)}</body></html>"


def as_docx(
    text: str,
    properties: dict[str, str] | None = None,
    header: str = "",
    watermark: str = "",
    hidden: str = "",
    keywords: str = "",
    label: str = "",
) -> bytes:
    document = docx.Document()
    document.core_properties.keywords = keywords
    for part in hidden.split("|") if hidden else ():
        paragraph = document.paragraphs[-1] if document.paragraphs else document.add_paragraph()
        paragraph.add_run(part).font.hidden = True
    for line in filter(None, text.split("\n")):
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text, *others = header.split("\n")
        for line in others:
            document.sections[0].header.add_paragraph(line)
    if watermark:
        shape = (
            f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{watermark}"/></v:shape>'
        )
        document.sections[0].header.paragraphs[0].add_run()._r.append(parse_xml(shape))
    document.save(stream := io.BytesIO())
    if label:
        with zipfile.ZipFile(stream, "a") as package:
            labels = f'<labelList xmlns="urn:labels"><label id="a" enabled="1" name="{label}"/></labelList>'
            package.writestr("docMetadata/LabelInfo.xml", labels)
    if not properties:
        return stream.getvalue()
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(properties.items(), 2)
    )
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(
            "docProps/custom.xml",
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            f"{entries}</Properties>",
        )
    return stream.getvalue()


CUE = "00:00:01.000 --> 00:00:09.000\n" + SAID + "\n"
SRT = CUE.replace(".000", ",000")
FORMATS: dict[str, tuple[str, str | bytes, str]] = {  # what it is called: the suffix, the content, what comes of it
    "tag": (".html", as_page(BODY, '<meta name="access" content="council">'), "read"),
    "tag-of-rights": (".html", as_page(BODY, '<meta name="DCTERMS.accessRights" content="council">'), "held"),
    "tag-of-confidence": (".html", as_page(BODY, '<meta name="confidential" content="true">'), "held"),
    "tag-misspelt": (".html", as_page(BODY, '<meta property="acces" content="council">'), "held"),
    "tag-public": (".html", as_page(BODY, '<meta name="access" content="public">'), "open"),
    "robots": (".html", as_page(BODY, '<meta name="robots" content="noindex, noarchive">'), "open"),
    "viewport": (".html", as_page(BODY, '<meta name="viewport" content="width=device-width">'), "open"),
    "comment": (".html", as_page(f"<!-- access: council -->\n{BODY}"), "held"),
    "comment-in-head": (".html", as_page(BODY, "<!--\nconfidential: true\n-->"), "held"),
    "comment-on-the-page": (".html", as_page(BODY, "<!-- the menu is built here: see access.log -->"), "open"),
    "line": (".html", as_page(TITLED.format("Access: council")), "held"),
    "hidden": (".html", as_page("<div hidden>access: council</div>\n" + BODY), "held"),
    "definition": (".html", as_page("<dl><dt>Access</dt><dd>council</dd></dl>\n" + BODY), "held"),
    "title-of-page": (".html", as_page(BODY, "<title>CONFIDENTIAL - Minutes</title>"), "held"),
    "front-matter": (".html", as_page(front("access: council")), "read"),
    "ramp": (".html", as_page(TITLED.format("Access: ramp at the side entrance")), "open"),
    "front-matter-of-a-site": (".html", "---\ntitle: Board\naccess: council\n---\n" + as_page(BODY), "read"),
    "front-matter-misspelt": (".html", "---\ntitle: Board\nacces: council\n---\n" + as_page(BODY), "held"),
    "tag-by-another-attribute": (".html", as_page(BODY, '<meta http-equiv="access" content="council">'), "read"),
    "data-of-an-element": (".html", as_page(BODY).replace("<body>", '<body data-access="council">'), "held"),
    "picture-of-a-stamp": (".html", as_page(BODY).replace("<body>", '<body><img alt="CONFIDENTIAL">'), "held"),
    "other-data": (".html", as_page(BODY).replace("<body>", '<body data-page="3"><img alt="Ferry">'), "open"),
    "header-of-lines": (".docx", as_docx(BODY, header="Library Board\n12 Mill Road\nCONFIDENTIAL"), "held"),
    "hidden-in-word": (".docx", as_docx(BODY, hidden="access|: council"), "held"),
    "other-hidden-text": (".docx", as_docx(BODY, hidden="checked by the clerk"), "open"),
    "keywords": (".docx", as_docx(BODY, keywords="minutes; access=council"), "held"),
    "other-keywords": (".docx", as_docx(BODY, keywords="minutes, access road"), "open"),
    "label-of-the-file": (".docx", as_docx(BODY, label="Confidential"), "held"),
    "public-label": (".docx", as_docx(BODY, label="Public"), "open"),
    "not-public": (".docx", as_docx(BODY, {"IsPublic": "false"}), "held"),
    "line-in-word": (".docx", as_docx(TITLED.format("Access: council")), "held"),
    "mark-in-word": (".docx", as_docx(BODY, header="CONFIDENTIAL"), "held"),
    "header": (".docx", as_docx(BODY, header="Library Board"), "open"),
    "watermark": (".docx", as_docx(BODY, watermark="CONFIDENTIAL"), "held"),
    "property": (".docx", as_docx(BODY, {"access": "council"}), "read"),
    "property-of-class": (".docx", as_docx(BODY, {"Classification": "Restricted"}), "held"),
    "label": (".docx", as_docx(BODY, {"MSIP_Label_1_Name": "Confidential"}), "held"),
    "property-public": (".docx", as_docx(BODY, {"Classification": "Public", "Client": "Council"}), "open"),
    "ramp-in-word": (".docx", as_docx(TITLED.format("Access: ramp")), "open"),
    "note": (".vtt", f"WEBVTT\n\nNOTE access: council\n\n{CUE}", "held"),
    "note-below": (".vtt", f"WEBVTT\n\nNOTE\naccess: council\n\n{CUE}", "held"),
    "head-of-captions": (".vtt", f"WEBVTT - confidential: true\nAccess: council\n\n{CUE}", "held"),
    "another-note": (".vtt", f"WEBVTT\nKind: captions\n\nNOTE made by hand\n\n{CUE}", "open"),
    "before-the-first-cue": (".srt", f"access: council\n\n1\n{SRT}", "held"),
    "first-cue": (".srt", f"1\n00:00:00,000 --> 00:00:01,000\naccess: council\n\n2\n{SRT}", "held"),
    "captions": (".srt", f"1\n{SRT}", "open"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (made := tmp_path / "minutes").mkdir()
    return made


@pytest.fixture
def take(folder: Path, tmp_path: Path) -> Callable[..., Report]:
    """Plans and ingests the folder; the plan must have said what came of it."""

    def do(**options: bool) -> Report:
        with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
            planned = plan([folder], index.catalog, **options)
            report = ingest([folder], index, **options)
        assert [(o.path, o.status) for o in planned.outcomes] == [(o.path, o.status) for o in report.outcomes]
        return report

    return do


def seen(tmp_path: Path, *groups: str) -> set[str]:
    """The names of the files that somebody finds anything of, by any way there is."""
    with Minutebook.open(tmp_path / "index", access=groups, encoder=HashEncoder()) as book:
        answer = book.ask("What did the board approve on the roof of the harbour library?")
        found = {hit.meeting.record_id for hit in book.search("roof of the harbour library", k=500)}
        found |= {meeting.record_id for meeting in book.meetings()}
        found |= {citation.record.record_id for citation in (*answer.citations, *answer.nearest)}
        found |= {entry.meeting.record_id for entry in book.decisions()}
        ids = names_by_id(tmp_path)
        open_to = {name for record_id, name in ids.items() if readable(book, record_id)}
    assert {ids[record_id] for record_id in found} <= open_to
    return open_to


def readable(book: Minutebook, record_id: str) -> bool:
    record, versions = book.record(record_id), book.versions(record_id)
    assert (record is None) == (not versions)
    return record is not None


def names_by_id(tmp_path: Path) -> dict[str, str]:
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        return {record.id: Path(record.source).name for record in held_records(index.catalog)}


def statuses(report: Report) -> dict[str, Status]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


def write(folder: Path, texts: dict[str, str], suffix: str) -> Sequence[Path]:
    """A file for each text, of a meeting of its own, by its place in the table."""
    paths = [folder / f"{place:03}{suffix}" for place in range(len(texts))]
    for place, (path, text) in enumerate(zip(paths, texts.values(), strict=True)):
        path.write_text(on_day(text, place), encoding="utf-8")
    return paths


def on_day(text: str, place: int) -> str:
    year, month, day = 2000 + place % 20, 1 + place // 20, 10
    english = "January February March April May June July August September October".split()[month - 1]
    for written in ("15 March 2024", "2024年3月15日"):
        other = f"{day} {english} {year}" if written.isascii() else f"{year}年{month}月{day}日"
        text = text.replace(written, other)
    return f"{text.rstrip()}\n\n{of_its_own(text, place)}\n"


def of_its_own(text: str, place: int) -> str:
    """A paragraph that no other record has: copies of what is restricted would be held for that."""
    drawn = random.Random(place)
    if has_han(text):
        return "".join(chr(drawn.randrange(0x4E00, 0x9F00)) for _ in range(600)) + "。"
    return " ".join("".join(drawn.choices("abcdefgilmnoprstuv", k=7)) for _ in range(220)).capitalize() + "."


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_statement_is_read_or_holds_the_record_and_prose_does_neither(
    folder: Path, tmp_path: Path, take: Callable[..., Report], suffix: str
) -> None:
    texts = {(kind, name): text for kind, all_ in TABLES.items() for name, text in all_.items()}
    paths = dict(zip(texts, write(folder, dict(enumerate(texts.values())), suffix), strict=True))
    came = statuses(take())
    public, council = seen(tmp_path, "public"), seen(tmp_path, "public", "council")
    found = {
        (*key, path.name): (came[path.name], path.name in public, path.name in council)
        for key, path in paths.items()
    }
    expected = {
        "read": (Status.ADDED, False, True),
        "held": (Status.HELD, False, False),
        "open": (Status.ADDED, True, True),
    }
    assert found == {key: expected[key[0]] for key in found}


TABLES = {
    "read": READ,
    "held": HELD,
    "open": OPEN | {f"warned of {name}": text for name, text in WARNED.items()},
}


def outcomes_of(
    files: Mapping[str, tuple[str, str | bytes, str]],
    folder: Path,
    tmp_path: Path,
    take: Callable[..., Report],
) -> dict[str, str]:
    """What comes of files: open, read (by the council alone), held, leaked or lost."""
    paths = {}
    for place, (name, (suffix, content, _)) in enumerate(files.items()):
        path = paths[name] = folder / f"{2000 + place}-05-{1 + place:02}-{name}{suffix}"
        data = content if isinstance(content, bytes) else content.replace("15 March 2024", "").encode()
        path.write_bytes(data)
    came = statuses(take())
    public, council = seen(tmp_path, "public"), seen(tmp_path, "public", "council")

    def outcome(name: str) -> str:
        file = paths[name].name
        if came[file] is Status.HELD:
            return "held" if file not in public | council else "leaked"
        return "open" if file in public else "read" if file in council else "lost"

    return {name: outcome(name) for name in files}


def test_the_statements_of_every_format_are_read_or_hold_the_record(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    found = {}
    for only_open in (True, False):  # apart, as an open copy of what is restricted would be held for that
        of_these = {name: one for name, one in FORMATS.items() if (one[2] == "open") is only_open}
        found |= outcomes_of(of_these, folder, tmp_path, take)
        shutil.rmtree(tmp_path / "index")
        for file in folder.iterdir():
            file.unlink()
    assert found == {name: what for name, (*_, what) in FORMATS.items()}


@pytest.mark.parametrize("text", WARNED.values(), ids=WARNED)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_front_matter_that_cannot_be_read_and_speaks_of_no_access_is_warned_of(
    folder: Path, take: Callable[..., Report], text: str, suffix: str
) -> None:
    (folder / f"a{suffix}").write_text(text, encoding="utf-8")
    (outcome,) = take().outcomes
    assert outcome.status is Status.ADDED
    assert any("front matter" in note for note in outcome.notes)


# What is in the index already ---------------------------------------------------------------------------------


def test_a_statement_that_is_not_understood_hides_what_was_public_at_once_with_all_its_versions(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    file = folder / "a.md"
    file.write_text(BODY)
    take()
    file.write_text(BODY + "\nThe roof will be green.\n")
    take()
    assert seen(tmp_path, "public") == {"a.md"}
    with Minutebook.open(tmp_path / "index", encoder=HashEncoder()) as book:
        assert book.search("roof") and book.meetings()
        file.write_text(front("access：council"))
        assert statuses(take()) == {"a.md": Status.HELD}
        assert not book.search("roof") and not book.meetings()
    assert seen(tmp_path, "public", "council") == set()
    assert [record.held for record in held_records_of(tmp_path)] == [True]
    file.write_text(front("access: council"))
    assert statuses(take()) == {"a.md": Status.AMENDED}
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"a.md"})
    assert held_records_of(tmp_path)[0].versions == 3


@pytest.mark.parametrize("same_time", [False, True])
def test_a_file_that_is_as_it_was_before_is_seen_again(
    folder: Path, tmp_path: Path, take: Callable[..., Report], same_time: bool
) -> None:
    (file := folder / "a.md").write_text(BODY)
    take()
    shutil.copy2(file, kept := tmp_path / "kept.md")
    file.write_text(f"confidential: true\n\n{BODY}")
    take()
    assert seen(tmp_path, "public") == set()
    take()
    assert seen(tmp_path, "public") == set()
    (shutil.copy2 if same_time else shutil.copyfile)(kept, file)
    assert statuses(take()) == {"a.md": Status.UNCHANGED}
    assert seen(tmp_path, "public") == {"a.md"}
    assert status(tmp_path / "index").held == ()


def test_a_held_record_stays_held_whatever_else_is_done_with_it(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    (file := folder / "a.md").write_text(BODY)
    take()
    file.write_text(BODY + "\nThe roof will be green.\n")
    take()
    file.write_text(front("acces: council"))
    take()
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        rollback(index, str(file))
    assert seen(tmp_path, "public") == set()
    assert main(["forget", str(file), "--index", str(tmp_path / "index")]) == 1
    assert seen(tmp_path, "public") == set()
    file.unlink()
    assert statuses(take()) == {"a.md": Status.MISSING}
    assert seen(tmp_path, "public") == set()
    (folder / "b.md").write_text(BODY)  # under another name, and clear
    take()
    assert seen(tmp_path, "public") == {"b.md"}


def test_a_new_file_that_would_take_a_records_place_holds_the_record(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    (folder / "a.md").write_text(BODY)
    take()
    (folder / "a.md").rename(folder / "restricted.md")
    (folder / "restricted.md").write_text(front("access：council"))
    take()
    assert seen(tmp_path, "public") == set()
    (folder / "restricted.md").write_text(front("access: council"))
    take()
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"restricted.md"})


def test_a_file_that_is_taken_back_before_it_went_in_holds_nothing_any_more(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    (folder / "a.md").write_text(TITLED.format("Status: draft"))
    take()
    (folder / "b.md").write_text(f"---\naccess：council\n---\n{TITLED.format('Status: approved')}")
    take()
    assert seen(tmp_path, "public") == set()
    (folder / "b.md").unlink()
    take()
    assert seen(tmp_path, "public") == {"a.md"}
    assert status(tmp_path / "index").held == ()


def test_what_older_rules_took_in_as_public_is_held_when_its_folder_is_next_ingested(
    folder: Path, tmp_path: Path, take: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text(front("acces: council"))
    with monkeypatch.context() as older:
        older.setattr("ingest.minutes.access_of", lambda *_: Access())
        take()
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index, index.catalog.write() as connection:
        connection.exec_driver_sql("UPDATE versions SET details = json_set(details, '$.rules', 3)")
    assert seen(tmp_path, "public") == {"a.md"}
    assert statuses(take()) == {"a.md": Status.HELD}
    assert seen(tmp_path, "public") == set()
    assert statuses(take()) == {"a.md": Status.HELD}


def test_what_is_held_is_named_with_what_to_mend_and_the_exit_code_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.md").write_text(BODY)
    (folder / "bad.md").write_text(on_day(front("acces: council"), 3))
    index = ["--index", str(tmp_path / "index")]
    for command in ([str(folder)], [str(folder), "--plan"], [str(folder), "--check"]):
        assert main([*command, *index]) == 1
        printed = "".join(capsys.readouterr())
        assert "held" in printed and "bad.md" in printed and "acces in its front matter" in printed
    assert main(["status", *index]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("held"))
    assert f"{folder / 'bad.md'}: Nobody sees it: acces in its front matter" in line
    (folder / "bad.md").write_text(on_day(front("access: council"), 3))
    assert main([str(folder), *index]) == 0
    assert main(["status", *index]) == 0
    assert "held" not in capsys.readouterr().out.split("2 unchanged")[-1]


def held_records_of(tmp_path: Path) -> list:  # type: ignore[type-arg]
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        return held_records(index.catalog)


# meetings.toml --------------------------------------------------------------------------------------------------


def said(folder: Path, toml: str) -> None:
    (folder / "meetings.toml").write_text(toml, encoding="utf-8")


FOLDER = '[folder]\naccess = "{}"\n'


@pytest.mark.parametrize(
    ("toml", "text", "groups"),
    [
        (FOLDER.format("council"), BODY, ("council",)),
        ('access = "council"\n', BODY, ("council",)),
        (FOLDER.format("council, staff"), front("access: council"), ("council",)),
        (FOLDER.format("Council"), front("access: council"), ("council",)),
        (FOLDER.format("council"), front("access: public"), ("council",)),
        (FOLDER.format("council"), front("access: staff"), None),
        (FOLDER.format("council"), f"CONFIDENTIAL\n\n{BODY}", ("council",)),
        (FOLDER.format("public"), TITLED.format("Access: council"), None),
        (FOLDER.format("deny"), BODY, None),
        (FOLDER.format("Deny"), BODY, None),
        (FOLDER.format("deny"), front("access: council"), ("council",)),
        (FOLDER.format("deny"), front("access: public"), ("public",)),
        (FOLDER.format("deny") + '["a.md"]\naccess = "staff"\n', BODY, ("staff",)),
        (FOLDER.format("council") + '["a.md"]\naccess = "staff"\n', BODY, ("staff",)),
        ('["a.md"]\naccess = "staff"\n', front("access: staff, council"), ("staff",)),
        ('["a.md"]\naccess = "staff"\n', front("access: council"), None),
        ('["a.md"]\naccess = "council"\n', TITLED.format("Access: ask"), ("council",)),
        ('["a.md"]\naccess = "public"\n', TITLED.format("Access: council"), None),
        ('["a.md"]\naccess = "public"\n', front("confidential: true"), None),
        ('["a.md"]\naccess = "public"\nconfidential = false\n', f"CONFIDENTIAL\n\n{BODY}", ("public",)),
        ('["a.md"]\naccess = "council"\n', f"CONFIDENTIAL\n\n{BODY}", ("council",)),
        ('[a.md]\naccess = "council"\n', BODY, ("council",)),
        ('[a.md]\nacces = "council"\n', BODY, None),
        ('["./a.md"]\naccess = "council"\n', BODY, None),
        ('["a.docx"]\naccess = "council"\n', BODY, None),
        ('["*.md"]\naccess = "council"\n["a.md"]\nbody = "Library Board"\n', BODY, None),
        ('["below/b.md"]\naccess = "council"\n', BODY, None),
        ('[folder.below]\naccess = "council"\n', BODY, None),
        ('[files."a.md"]\naccess = "council"\n', BODY, None),
        ('[[files]]\nname = "a.md"\naccess = "council"\n', BODY, None),
        ('[council]\nfiles = ["a.md"]\n', BODY, None),
        ('council = ["a.md"]\n', BODY, None),
        ('["a.md"]\nreader = "council"\n', BODY, None),
        ('["a.md"]\nshared_with = ["council"]\n', BODY, None),
        ('["a.md"]\nmeta = {access = "council"}\n', BODY, None),
        ('["a.md"]\nattendes = "Ann Bell"\n[defaults]\nbody = "Board"\n', BODY, ("public",)),
        ('["a.md"]\naccess = "public"\n', front("access：council"), None),
        ('["a.md"]\nacces = "council"\n', BODY, None),
        ('["a.md"]\nconfidential = true\n', BODY, None),
        ('["a.md"]\nconfidential = false\n', BODY, ("public",)),
        ('["a.md"]\naccess = []\n', BODY, None),
        ('["a.md"]\naccess = {groups = ["council"]}\n', BODY, None),
        ("[folder]\nrestricted = true\n", BODY, None),
        ("[folder]\ndeny = true\n", BODY, None),
        ('folder = "council"\n', BODY, None),
        ('["a.md"]\naccess = "deny"\n', BODY, None),
        ('["a.md"]\ndate = 2024-03-16\n', BODY, ("public",)),
        ('["A.md"]\naccess = "council"\n', BODY, None),
        ('["12.md"]\naccess = "council"\n', BODY, ("public",)),
        ('["other.md"]\naccess = "council"\n', BODY, ("public",)),
        ('["*"]\naccess = "council"\n', BODY, None),
        ('[folders]\naccess = "council"\n', BODY, None),
        ('acces = "council"\n', BODY, None),
        ("[folder]\naccess = []\n", BODY, None),
        ('access = "council"\n[folder]\naccess = "staff"\n', BODY, None),
        ("[folder\n", BODY, None),
        ("\ufeff" + FOLDER.format("council"), BODY, ("council",)),
    ],
)  # fmt: skip
def test_what_meetings_toml_states_and_the_most_restrictive_wins(
    folder: Path,
    tmp_path: Path,
    take: Callable[..., Report],
    toml: str,
    text: str,
    groups: tuple[str, ...] | None,
) -> None:
    (folder / "a.md").write_text(text, encoding="utf-8")
    said(folder, toml)
    came = statuses(take())
    assert came == {"a.md": Status.HELD if groups is None else Status.ADDED}
    held = ("council", "Council", "staff", "public")
    readers = tuple(group for group in held if seen(tmp_path, group))
    assert tuple(dict.fromkeys(name.casefold() for name in readers)) == (groups or ())


def test_a_folder_speaks_for_those_below_it_and_none_of_them_widens_it(
    folder: Path, tmp_path: Path, take: Callable[..., Report]
) -> None:
    texts = ("plain", "narrower", "wider", "other")
    for place, name in enumerate(texts):
        (folder / name).mkdir()
        (folder / name / f"{name}.md").write_text(on_day(BODY, place))
    said(folder, FOLDER.format("council, staff"))
    said(folder / "narrower", FOLDER.format("staff"))
    said(folder / "wider", FOLDER.format("public"))
    said(folder / "other", FOLDER.format("club"))
    came = statuses(take())
    assert [name for name, status in came.items() if status is Status.HELD] == ["other.md"]
    assert seen(tmp_path, "public", "club") == set()
    assert seen(tmp_path, "council") == {"plain.md", "wider.md"}
    assert seen(tmp_path, "staff") == {"plain.md", "wider.md", "narrower.md"}


@pytest.mark.parametrize("older", [False, True])
def test_a_meetings_toml_that_is_written_broken_or_taken_away_is_noticed_though_no_file_changed(
    folder: Path, tmp_path: Path, take: Callable[..., Report], older: bool
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text(BODY)
    take()

    def state(toml: str) -> None:
        said(folder, toml)
        if older:
            os.utime(folder / "meetings.toml", (1_000_000_000, 1_000_000_000))

    state(FOLDER.format("council"))
    take()
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"a.md"})
    state("[folder")
    assert statuses(take()) == {"a.md": Status.HELD}
    assert seen(tmp_path, "public", "council") == set()
    state(FOLDER.format("council"))
    assert statuses(take()) == {"a.md": Status.UNCHANGED}
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"a.md"})
    (folder / "meetings.toml").unlink()
    assert statuses(take()) == {"a.md": Status.HELD}
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"a.md"})
    take(force=True)
    assert seen(tmp_path, "public") == {"a.md"}


def test_a_link_to_no_meetings_toml_holds_what_lies_beside_it(
    folder: Path, take: Callable[..., Report]
) -> None:
    (folder / "a.md").write_text(BODY)
    (folder / "meetings.toml").symlink_to(folder / "gone.toml")
    assert statuses(take()) == {"a.md": Status.HELD}


@pytest.mark.parametrize(
    "entry",
    [
        '["*.md"]',
        '["sub/*"]',
        '["./sub"]',
        '["Sub"]',
        "[subs]",
        '["a.md"]',
        '["sub/other.md"]',
        "[folders.sub]",
    ],
)
def test_what_meetings_toml_states_for_what_lies_below_it_holds_that_unless_it_is_understood(
    folder: Path, tmp_path: Path, take: Callable[..., Report], entry: str
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text(BODY)
    said(folder, f'{entry}\naccess = "council"\n')
    assert statuses(take()) == {"a.md": Status.HELD}
    said(folder, FOLDER.format("council"))
    take()
    assert (seen(tmp_path, "public"), seen(tmp_path, "council")) == (set(), {"a.md"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("minutes-CONFIDENTIAL.md", Status.HELD),
        ("2024-05-06 (restricted).md", Status.HELD),
        ("council-only.md", Status.HELD),
        ("机密 纪要.md", Status.HELD),
        ("in camera/a.md", Status.HELD),
        ("confidential/sub/a.md", Status.HELD),
        ("internal-audit.md", Status.ADDED),
        ("executive-meeting-10.md", Status.ADDED),
        ("restricted-parking.md", Status.ADDED),
        ("保密委员会.md", Status.ADDED),
        ("private/a.md", Status.ADDED),
    ],
)
def test_a_name_that_is_a_mark_holds_the_file(
    folder: Path, take: Callable[..., Report], name: str, expected: Status
) -> None:
    (file := folder / name).parent.mkdir(parents=True, exist_ok=True)
    file.write_text(BODY)
    assert set(statuses(take()).values()) == {expected}


def test_another_file_for_access_holds_what_lies_beside_it_though_meetings_toml_is_there(
    folder: Path, take: Callable[..., Report]
) -> None:
    (folder / "a.md").write_text(BODY)
    said(folder, '["a.md"]\nbody = "Library Board"\n')
    (folder / "meetings.toml~").write_text(FOLDER.format("council"))  # what an editor keeps of it
    assert statuses(take())["a.md"] is Status.ADDED
    (folder / "Meetings.toml").write_text(FOLDER.format("council"))
    assert statuses(take())["a.md"] is Status.HELD


def test_toml_above_the_records_that_is_for_other_programs_holds_nothing(
    folder: Path, take: Callable[..., Report]
) -> None:
    (folder / "a.md").write_text(BODY)
    (folder.parent / "project.toml").write_text('access = "council"\n')
    assert statuses(take()) == {"a.md": Status.ADDED}
    (folder.parent / "metings.toml").write_text(FOLDER.format("council"))
    assert statuses(take()) == {"a.md": Status.HELD}


@pytest.mark.parametrize(
    "name",
    [
        "Meetings.toml", "meeting.toml", "meetings.toml.txt", "metings.toml", "meetings.yaml", "meetings.json",
        ".meetings.toml", "meetings (1).toml", "meetings.toml.bak", "a.md.toml", "meetings",
    ],
)  # fmt: skip
def test_a_file_that_is_nearly_called_meetings_toml_holds_what_lies_beside_it_if_it_speaks_of_access(
    folder: Path, tmp_path: Path, take: Callable[..., Report], name: str
) -> None:
    (folder / "a.md").write_text(BODY)
    (folder / name).write_text('["a.md"]\nbody = "Library Board"\n')
    take()
    assert "a.md" in seen(tmp_path, "public")
    (folder / name).unlink()
    (folder / name).write_text(FOLDER.format("council"))
    assert statuses(take())["a.md"] is Status.HELD
    assert "a.md" not in seen(tmp_path, "public")


def test_readers_give_what_was_not_read_as_a_field_across_the_sandbox(tmp_path: Path) -> None:
    (page := tmp_path / "a.html").write_text(as_page(f"<!-- access: council -->\n{BODY}"))
    assert ("comment", "access: council") in read(page).unread


def test_what_is_handed_in_and_held_is_said_and_hides_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").write_text(BODY)
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        desk = Desk(index)
        ingest([folder], index)
        with desk.inbox.arrival(batch := desk.inbox.begin(), "a.md") as arrival:
            arrival.write(front("acces: council").encode())
        report = desk.plan(batch)
        assert [(o.status, o.title, o.record_id) for o in report.outcomes] == [(Status.HELD, "", None)]
        assert not to_take(report)
        for language, said in (("en", "Held back"), ("zh", "暂不公开：其中的 acces 没有写明可以阅读的组")):
            assert said in page.plan(report, (), language)
    assert seen(tmp_path, "public") == {"a.md"}


def test_the_desk_names_what_is_held(folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").write_text(front("access：council"))
    with OwnedIndex.open(tmp_path / "index", HashEncoder()) as index:
        ingest([folder], index)
        assert "Held back: it is not clear who may read them" in page.state(Desk(index).state(), "en")
