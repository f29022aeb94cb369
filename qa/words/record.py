"""The words around an open record."""

from dataclasses import dataclass

from qa.interface import Interface


@dataclass(frozen=True, slots=True)
class RecordWords:
    """Every phrase once; braces name what is filled in."""

    record: str
    opening: str
    back: str
    close: str
    search: str
    found: str
    found_none: str
    previous_found: str
    next_found: str
    copy_quotation: str
    copied: str
    copy_link: str
    meeting_page: str
    version: str
    in_use: str
    reread: str
    stored: str
    versions: str
    corrected_since: str
    show_current: str
    front_matter: str
    page: str
    gone: str


WORDS: dict[Interface, RecordWords] = {
    "en": RecordWords(
        record="Record",
        opening="Opening the record",
        back="All evidence",
        close="Close the record",
        search="Search in this record",
        found="{at} of {count}",
        found_none="not found",
        previous_found="Previous place found",
        next_found="Next place found",
        copy_quotation="Copy as quotation",
        copied="Copied",
        copy_link="Copy link",
        meeting_page="About this meeting",
        version="Version {version}",
        in_use="in use",
        reread="the same file read anew by newer rules",
        stored="stored {day}",
        versions="Version {version} of {count}",
        corrected_since="Corrected since: answers use version {version}, stored {day}.",
        show_current="Show that version",
        front_matter="Front matter and running headers",
        page="Page {page}",
        gone="There is no such record here, or it may not be read. It may have been removed since the link was made.",
    ),
    "zh": RecordWords(
        record="记录",
        opening="正在打开记录",
        back="全部依据",
        close="关闭记录",
        search="在本记录中查找",
        found="第{at}处，共{count}处",
        found_none="没有找到",
        previous_found="上一处",
        next_found="下一处",
        copy_quotation="复制为引文",
        copied="已复制",
        copy_link="复制链接",
        meeting_page="会议详情",
        version="第{version}版",
        in_use="现行",
        reread="同一文件按新规则重新识读",
        stored="{day}存入",
        versions="第{version}版，共{count}版",
        corrected_since="此后已更正：回答采用{day}存入的第{version}版。",
        show_current="查看该版本",
        front_matter="文件头与页眉页脚",
        page="第{page}页",
        gone="这里没有这份记录，或您无权查阅。它可能在链接生成之后被移除。",
    ),
}
