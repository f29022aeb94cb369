"""Why a file was refused, in Chinese: `ingest` says it in English, and these are its commonest sentences.

A sentence that is not known is shown as it is, without the folders of this machine that it names.
"""

import re

from qa.interface import Interface

_ZH = (
    (r"it is an archive; unpack it and ingest the files in it", "这是压缩包；请解压后提交其中的文件"),
    (r"it is compressed; unpack it and ingest the files in it", "这是压缩文件；请解压后提交其中的文件"),
    (r"spreadsheets are not read; save the sheet as PDF or text", "不读取电子表格；请另存为 PDF 或文本"),
    (r"tables are not read; save it as text", "不读取表格文件；请另存为文本"),
    (r"slides are not read; save them as PDF", "不读取幻灯片；请另存为 PDF"),
    (
        r"mail is not read; save the minutes in it as text or PDF",
        "不读取邮件；请将其中的纪要另存为文本或 PDF",
    ),
    (
        r"saved web pages of this kind are not read; save the page as HTML or PDF",
        "不读取此类网页存档；请另存为 HTML 或 PDF",
    ),
    (r"documents of this kind are not read; save it as PDF or text", "不读取此类文档；请另存为 PDF 或文本"),
    (
        r"transcripts of this kind are not read; export it as VTT, SRT or text",
        "不读取此类文字记录；请导出为 VTT、SRT 或文本",
    ),
    (
        r"it only points at a document elsewhere; download that and put the file here",
        "只是指向别处文档的链接；请下载该文档后提交",
    ),
    (
        r"it is text by another name; rename it to end in (\.\S+)",
        r"这是换了名字的文本；请把文件名改为以 \1 结尾",
    ),
    (r"Pages files are not read; export it as DOCX or PDF", "不读取 Pages 文件；请导出为 DOCX 或 PDF"),
    (
        r"(WordPerfect|WPS) files are not read; save it as DOCX or PDF",
        r"不读取 \1 文件；请另存为 DOCX 或 PDF",
    ),
    (r"OFD files are not read; save it as PDF", "不读取 OFD 文件；请另存为 PDF"),
    (
        r"recordings are not read; ingest a transcript \((.*)\)",
        "不读取录音录像；请提交文字记录（VTT、SRT 或文本）",
    ),
    (
        r"images are not read; run OCR first and save the result as PDF or text",
        "不读取图片；请先做文字识别，再存为 PDF 或文本",
    ),
    (r"(\.\S+) files are not read; save it as one of (.*)", r"不读取 \1 文件；请另存为以下格式之一：\2"),
    (
        r"its name has no suffix that says what it is; save it as one of (.*)",
        r"文件名没有表明格式的后缀；请另存为以下格式之一：\1",
    ),
    (
        r"it is empty \(0 bytes\); delete it or save the minutes in it",
        "文件为空（0 字节）；请删除或重新保存纪要",
    ),
    (r"it holds no words, only white space; .*", "文件中没有文字，只有空白；请删除或重新保存纪要"),
    (
        r"it looks like JSON data, as transcription programs write it; .*",
        "看起来是转写软件的 JSON 数据；请从该软件导出为 VTT、SRT 或文本",
    ),
    (r"there is no such file; .*", "没有这个文件；请核对名称，如已移动，请从新位置提交"),
    (
        r"meetings\.toml beside it is no TOML \((.*)\); correct that",
        r"旁边的 meetings.toml 格式有误（\1）；请更正",
    ),
    (
        r"nobody sees it: (.*) in (?:its front matter|meetings\.toml) (?:names no group|speaks of access and .*); .*",
        r"暂不公开：其中的 \1 没有写明可以阅读的组；请用 access 写明组名",
    ),
    (
        r"nobody sees it: its front matter speaks of access \((.*)\).*",
        r"暂不公开：文件头部无法识读，其中涉及阅读权限（\1）；请改成单独一行 access: 组名",
    ),
    (
        r"nobody sees it: .* names? different groups; .*",
        "暂不公开：两处写明的组互不相同；请改成一致",
    ),
    (
        r"nobody sees it: meetings\.toml wants access stated .*",
        "暂不公开：此文件夹要求逐个写明阅读权限，这个文件没有写；请用 access 写明组名",
    ),
    (
        r"nobody sees it: .*; .*",
        "暂不公开：其中有涉及阅读权限的说明而不明确；请在文件头部或 meetings.toml 中用 access 写明组名",
    ),
    (
        r"it seems to hold the records of (\d+) meetings, (\S+) to (\S+); save each as a file of its own",
        r"似乎含有 \1 次会议的记录（\2 至 \3）；请每次会议存为一个文件",
    ),
    (r"it is the same file as (.*)", r"与 \1 是同一个文件"),
    (r"it says what (.*) says, and is a second record", r"内容与 \1 相同，作为另一份记录收录"),
    (
        r"what meetings\.toml states as (\S+) is no field of a meeting(?:; is (.*) meant\?)?",
        r"meetings.toml 中的 \1 不是会议的字段",
    ),
    (
        r"it is damaged or cut off; get it anew from where it came from",
        "文件已损坏或不完整；请从来源重新获取",
    ),
    (
        r"it is damaged; open it in a word processor and save it anew",
        "文件已损坏；请用文字处理软件打开后重新保存",
    ),
    (r"it is (?:encrypted|protected)\b.*", "文件有密码保护；请另存一份不带密码的副本"),
    (r"it holds pictures and no text; run OCR first", "只有图像，没有文字；请先做文字识别"),
    (r".*has no text layer; run OCR first.*", "没有文字层；请先做文字识别"),
    (
        r"it is a hidden or lock file of another program; .*",
        "这是其他程序的隐藏文件或锁定文件；请提交文档本身",
    ),
    (
        r"a file of this name states who may read the files beside it; .*",
        "这个文件名用于写明其他文件的阅读权限；请改名后再提交",
    ),
    (r"these files were withdrawn; hand them in again", "这些文件已撤回；请重新提交"),
    (r"two files of this name were handed in; rename one of them", "提交了两个同名文件；请将其中一个改名"),
    (r"(\d+) files are the most at a time; .*", r"一次最多 \1 个文件；其余请稍后提交"),
    (r"it is larger than (\d+) MB, the most for its kind; split it", r"文件超过此格式上限 \1 MB；请拆分"),
    (r"(\d+) MB are the most at a time; .*", r"一次最多 \1 MB；其余请稍后提交"),
    (r"it cannot be stored \((.*)\).*", r"无法存储（\1）；请处理后再试"),
    (
        r"you have handed in as much as may wait unconfirmed \((\d+) files, (\d+) MB\); .*",
        r"您提交而未确认的文件已达上限（\1 个、\2 MB）；请先收录或撤回",
    ),
    (
        r"so much waits to be taken in that no more is kept; .* after (\d+) minutes",
        r"等待收录的文件过多，暂不能接收；未确认的文件在 \1 分钟后撤回，请稍后再试",
    ),
    (r"less than (\d+) MB are free on the disk; .*", r"磁盘剩余空间不足 \1 MB；请腾出空间后再试"),
    (r"it did not arrive within (\d+) seconds; .*", r"\1 秒内未能传完；请再提交一次"),
    (
        r"it is a draft, and the (?:\w+ )?record of the same meeting is in the index already",
        "这是草稿，而同一次会议的正式记录已经收录",
    ),
    (
        r"it is .*, and the .*record of the same meeting is in the index already",
        "同一次会议效力更高的记录已经收录",
    ),
    (r"it waits for somebody who may see every record there is to take it in", "等待可查看全部记录的人收录"),
    (
        r"it is for other readers than the record of the same meeting, .*",
        "其可见范围与同一次会议的记录不同，而提交人不能扩大可见范围；请由有权者收录",
    ),
    (
        r"as the record before it, it is for (.*) only, whatever the file says",
        r"与原记录一样，仅限 \1 查看，文件中的说明不改变可见范围",
    ),
    (r"it is the same record as (.*)", r"与 \1 是同一份记录"),
    (r"it was at (.*)", r"原为 \1"),
    (r"newer rules read otherwise its .*", "文件未变，新规则的识读结果有所不同"),
    (
        r"it reports another meeting than before; the record of that one is kept",
        "内容是另一次会议；原会议的记录予以保留",
    ),
)
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _ZH)


def reason(sentence: str, language: Interface) -> tuple[str, Interface]:
    """A sentence of `ingest` as it is shown, and the language it is in.

    >>> reason("it holds pictures and no text; run OCR first.", "zh")
    ('只有图像，没有文字；请先做文字识别。', 'zh')
    """
    sentence = without_folders(sentence)
    if language == "zh":
        bare = sentence.strip().rstrip(".")
        for pattern, said in _KNOWN:
            if found := pattern.fullmatch(bare):
                return f"{found.expand(said)}。", "zh"
    return sentence[:1].upper() + sentence[1:], "en"


_FOLDERS = re.compile(r"(?<![\w.:/])/(?=\S)(?:(?:[^/\s;,:'\"]*|[^/.\n;,:'\"]*)/)++")


def without_folders(sentence: str) -> str:
    """A sentence for who need not know where on this machine things lie: of each absolute path the last name.

    >>> without_folders("Cannot read /srv/town minutes/index/a.md: it is empty.")
    'Cannot read a.md: it is empty.'
    """
    return _FOLDERS.sub("", sentence)
