"""The words of the screens one leafs through."""

from dataclasses import dataclass

from qa.interface import Interface


@dataclass(frozen=True, slots=True)
class BrowseWords:
    """Every phrase once; braces name what is filled in."""

    meetings: str
    decisions: str
    timeline: str
    text: str
    text_hint: str
    since: str
    until: str
    body: str
    session: str
    any: str
    topic: str
    topic_hint: str
    kind: str
    owner: str
    filter: str
    show: str
    clear: str
    date: str
    meeting: str
    decision: str
    deadline: str
    vote: str
    item: str
    oldest_first: str
    newest_first: str
    sort_by: str
    undated: str
    of_meetings: str
    of_decisions: str
    none_held: str
    none_fit: str
    more: str
    save_csv: str
    all_meetings: str
    read_record: str
    ask_within: str
    agenda: str
    attendance: str
    chair: str
    present: str
    absent: str
    others: str
    place: str
    status: str
    draft: str
    approved: str
    corrected: str
    no_decisions: str
    no_agenda: str
    no_attendance: str
    tally: str
    tally_none: str
    in_favour: str
    against: str
    abstained: str
    gone_meeting: str
    gone_decision: str
    copy_link: str
    copied: str
    all_decisions: str
    all_on_item: str
    timeline_of: str
    timeline_lead: str
    timeline_how: str
    timeline_none: str
    settled: str
    discussed: str
    first_decision: str
    latest_decision: str


WORDS: dict[Interface, BrowseWords] = {
    "en": BrowseWords(
        meetings="Meetings",
        decisions="Decisions",
        timeline="Timeline",
        text="Words in the record",
        text_hint="tram depot",
        since="From",
        until="To",
        body="Body",
        session="Session",
        any="any",
        topic="Topic",
        topic_hint="A topic, such as waterfront tram",
        kind="Kind",
        owner="Owner",
        filter="Filter",
        show="Show",
        clear="Clear",
        date="Date",
        meeting="Meeting",
        decision="Decision",
        deadline="Deadline",
        vote="Vote",
        item="Item",
        oldest_first="oldest first",
        newest_first="newest first",
        sort_by="Sort by {column}",
        undated="No date",
        of_meetings="{shown} of {count} meetings",
        of_decisions="{shown} of {count} entries",
        none_held="There are no meeting records yet.",
        none_fit="Nothing fits. Take away a filter or use fewer words.",
        more="Show {count} more",
        save_csv="Save as CSV",
        all_meetings="All meetings",
        read_record="Read the record",
        ask_within="Ask about this meeting",
        agenda="Agenda",
        attendance="Attendance",
        chair="Chair",
        present="Present",
        absent="Absent",
        others="In attendance",
        place="Place",
        status="Status",
        draft="draft",
        approved="approved",
        corrected="corrected",
        no_decisions="The register found no decision, task or vote in this record.",
        no_agenda="The record has no headings.",
        no_attendance="The record does not say who was there.",
        tally="{count} {side}",
        tally_none="none {side}",
        in_favour="for",
        against="against",
        abstained="abstained",
        gone_meeting="There is no such meeting here, or it may not be read. Its record may have been removed.",
        gone_decision="There is no such decision here. Its record may have been removed or amended; "
        "the meeting lists what its record says now.",
        copy_link="Copy link",
        copied="Copied",
        all_decisions="All decisions",
        all_on_item="Decisions on this item",
        timeline_of="{topic}",
        timeline_lead="What became of a topic, meeting by meeting.",
        timeline_how="Type a topic to see it across all meetings.",
        timeline_none="No meeting concerns this topic. Try its main words.",
        settled="settled something",
        discussed="discussed it",
        first_decision="First decision",
        latest_decision="Latest decision",
    ),
    "zh": BrowseWords(
        meetings="会议",
        decisions="决定",
        timeline="时间线",
        text="记录中的词语",
        text_hint="房地产",
        since="从",
        until="到",
        body="机构",
        session="届次",
        any="不限",
        topic="主题",
        topic_hint="主题，例如：老旧小区改造",
        kind="类别",
        owner="负责",
        filter="筛选",
        show="查看",
        clear="清除",
        date="日期",
        meeting="会议",
        decision="决定",
        deadline="期限",
        vote="表决",
        item="议题",
        oldest_first="从旧到新",
        newest_first="从新到旧",
        sort_by="按{column}排序",
        undated="无日期",
        of_meetings="共{count}次会议，显示{shown}次",
        of_decisions="共{count}条，显示{shown}条",
        none_held="还没有会议记录。",
        none_fit="没有符合的内容。请去掉一个条件，或少用几个词。",
        more="再显示{count}条",
        save_csv="存为CSV",
        all_meetings="全部会议",
        read_record="阅读记录",
        ask_within="就这次会议提问",
        agenda="议程",
        attendance="出席情况",
        chair="主持",
        present="出席",
        absent="缺席",
        others="列席",
        place="地点",
        status="状态",
        draft="草稿",
        approved="已通过",
        corrected="已更正",
        no_decisions="在这份记录中没有找到决定、任务或表决。",
        no_agenda="这份记录没有标题。",
        no_attendance="记录没有说明谁出席。",
        tally="{count}票{side}",
        tally_none="无人{side}",
        in_favour="赞成",
        against="反对",
        abstained="弃权",
        gone_meeting="这里没有这次会议，或您无权查阅。它的记录可能已被移除。",
        gone_decision="这里没有这项决定。它的记录可能已被移除或修订；会议页面列出现行记录的内容。",
        copy_link="复制链接",
        copied="已复制",
        all_decisions="全部决定",
        all_on_item="该议题的决定",
        timeline_of="{topic}",
        timeline_lead="一个主题在历次会议上的来龙去脉。",
        timeline_how="输入一个主题，查看它在历次会议上的情况。",
        timeline_none="没有会议涉及这个主题。请试试它的关键词。",
        settled="有决定",
        discussed="有讨论",
        first_decision="首次决定",
        latest_decision="最近决定",
    ),
}
