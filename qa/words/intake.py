"""The words of the screen on which clerks hand records in."""

from dataclasses import dataclass

from qa.interface import Interface


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """Every phrase once; braces name what is filled in."""

    title: str
    hint: str
    drop: str
    choose: str
    kinds: str
    sending: str
    not_sent: str
    reading: str
    plan: str
    plan_hint: str
    nothing_to_do: str
    take_in_one: str
    take_in: str
    withdraw: str
    withdrawn: str
    waiting: str
    under_way: str
    progress: str
    rate: str
    left: str
    cancel: str
    cancelled: str
    job_failed: str
    report: str
    more: str
    read: str
    added: str
    changed: str
    reread: str
    moved: str
    unchanged: str
    missing: str
    removed: str
    refused: str
    held: str
    failed: str
    aside: str
    item_added: str
    item_changed: str
    item_removed: str
    before_items: str
    jobs: str
    no_jobs: str
    job_inbox: str
    job_ingest: str
    job_rollback: str
    job_purge: str
    job_doctor: str
    job_recut: str
    job_queued: str
    job_running: str
    job_done: str
    job_over_failed: str
    job_over_cancelled: str
    outdated: str
    outdated_kept: str
    put_aside: str
    look_at: str
    files: str
    failures: str
    no_failures: str
    held_back: str
    watched: str
    no_watched: str
    watched_since: str


EN = IntakeWords(
    title="Hand in records",
    hint="New and amended minutes, notices and transcripts. You see what would change before anything does.",
    drop="Drop files here, or",
    choose="choose files",
    kinds="{kinds}; {files} files and {size} GB at a time",
    sending="Sending {name}",
    not_sent="It could not be sent. Try again.",
    reading="Reading what was handed in: {done} of {total}",
    plan="What taking these in would change",
    plan_hint="Nothing has been changed yet.",
    nothing_to_do="There is nothing to take in.",
    take_in_one="Take in 1 file",
    take_in="Take in {count} files",
    withdraw="Withdraw them",
    withdrawn="Withdrawn. Nothing was changed, nothing was kept.",
    waiting="Waiting for what is being done before it",
    under_way="Taking in",
    progress="{done} of {total} files",
    rate="{rate} characters a second",
    left="about {seconds} s left",
    cancel="Stop",
    cancelled="Stopped. What was finished is in; nothing else was kept.",
    job_failed="It was not done: {reason}",
    report="Done",
    more="Hand in more",
    read="Read it",
    added="New",
    changed="Changed",
    reread="Read anew",
    moved="Moved",
    unchanged="Unchanged",
    missing="File gone",
    removed="Removed",
    refused="Refused",
    held="Held back",
    failed="Refused",
    aside="Handed in",
    item_added="new item: {item}",
    item_changed="changed: {item}",
    item_removed="item left out: {item}",
    before_items="what stands before the first item",
    jobs="Under way and done",
    no_jobs="Nothing is being taken in.",
    job_inbox="Handed in here: {what}",
    job_ingest="Folders: {what}",
    job_rollback="Back to an older version of {what}",
    job_purge="Purge of {what}",
    job_doctor="Examination of the index",
    job_recut="Bringing the index up to date",
    job_queued="waiting",
    job_running="under way",
    job_done="done",
    job_over_failed="failed",
    job_over_cancelled="stopped",
    outdated="Records that older rules read: {count}. {command} reads them anew.",
    outdated_kept="Read by older rules for good, as their files are gone or have another version: {names}",
    put_aside="Handed in by others, to be taken in",
    look_at="See what it would change",
    files="{count} files",
    failures="Files that could not be taken in",
    no_failures="None.",
    held_back="Held back: it is not clear who may read them",
    watched="Watched folders",
    no_watched="No folder is watched. {command} takes in what changes in a folder.",
    watched_since="watched since {when} by process {process}",
)

ZH = IntakeWords(
    title="提交记录",
    hint="新的或修订的会议纪要、公告和发言记录。先看到会有哪些变化，确认后才会改动。",
    drop="将文件拖放到这里，或",
    choose="选择文件",
    kinds="{kinds}；一次最多 {files} 个文件、{size} GB",
    sending="正在上传 {name}",
    not_sent="未能上传，请再试一次。",
    reading="正在读取提交的文件：{done} / {total}",
    plan="收录后会有哪些变化",
    plan_hint="目前尚未作任何改动。",
    nothing_to_do="没有需要收录的内容。",
    take_in_one="收录1个文件",
    take_in="收录{count}个文件",
    withdraw="撤回",
    withdrawn="已撤回。没有改动，也没有留下任何文件。",
    waiting="等待前面的任务完成",
    under_way="正在收录",
    progress="{done} / {total} 个文件",
    rate="每秒 {rate} 字",
    left="约剩 {seconds} 秒",
    cancel="停止",
    cancelled="已停止。已完成的部分保留，其余没有留下。",
    job_failed="未能完成：{reason}",
    report="已完成",
    more="继续提交",
    read="阅读",
    added="新增",
    changed="有变化",
    reread="重新识读",
    moved="已移动",
    unchanged="无变化",
    missing="文件已不在",
    removed="已移除",
    refused="未接受",
    held="暂不公开",
    failed="未接受",
    aside="已提交",
    item_added="新增议题：{item}",
    item_changed="有变化：{item}",
    item_removed="删去议题：{item}",
    before_items="第一项议题之前的内容",
    jobs="进行中与已完成",
    no_jobs="目前没有收录任务。",
    job_inbox="在此提交：{what}",
    job_ingest="文件夹：{what}",
    job_rollback="恢复旧版本：{what}",
    job_purge="彻底清除：{what}",
    job_doctor="检查索引",
    job_recut="更新索引",
    job_queued="等待中",
    job_running="进行中",
    job_done="已完成",
    job_over_failed="失败",
    job_over_cancelled="已停止",
    outdated="有{count}份记录是按旧规则识读的；运行 {command} 可重新识读。",
    outdated_kept="以下记录保留旧规则的识读结果，因其文件已不在或已有另一版本：{names}",
    put_aside="他人提交、等待收录",
    look_at="查看会有哪些变化",
    files="{count}个文件",
    failures="未能收录的文件",
    no_failures="无。",
    held_back="暂不公开：不清楚谁可以阅读",
    watched="监视的文件夹",
    no_watched="没有监视任何文件夹。运行 {command} 可自动收录其中的变化。",
    watched_since="自 {when} 起由进程 {process} 监视",
)

WORDS: dict[Interface, IntakeWords] = {"en": EN, "zh": ZH}
