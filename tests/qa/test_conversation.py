"""Questions that go on from the ones before, and the reading each must get; those that must be read alone."""

import pytest

from qa.answers import MeetingRef, Question
from qa.calendar import Calendar
from qa.followups import understand
from qa.question import read_question
from qa.turns import Turn
from tests.qa.calendars import city, shown, town

TOWN, CITY = town(), city()


def asked(calendar: Calendar, *texts: str, cited: tuple[MeetingRef, ...] = ()) -> Question:
    """The last of these questions as understood; `cited` are the meetings that the answer before it cited."""
    turns: list[Turn] = []
    for text in texts[:-1]:
        turns.append(Turn(understand(turns, text, calendar)))
    if cited:
        turns[-1] = Turn(turns[-1].question, cited)
    return understand(turns, texts[-1], calendar)


PARKING = "What did the council decide on parking fees in 2023?"
DOGS = "What did Tom Smith say about dogs at the 20th meeting?"
LIBRARY = "What did the Library Board decide on late fines in May 2023?"
MAY = "What was decided at the council meeting on 12 May 2024?"
ROOF = "What was decided about the library roof?"

# Phrases: what a question without asking words takes the place of.
PHRASES = (
    ((PARKING, "and gas safety?"), "decision: gas safety | 2023-01-01..2023-12-31"),
    ((PARKING, "What about road works?"), "decision: road works | 2023-01-01..2023-12-31"),
    ((PARKING, "how about the swimming pool"), "decision: swimming pool | 2023-01-01..2023-12-31"),
    ((PARKING, "ok, and street lighting?"), "decision: street lighting | 2023-01-01..2023-12-31"),
    ((PARKING, "gas safety?"), "decision: gas safety | 2023-01-01..2023-12-31"),
    ((DOGS, "and noise?"), "opinion: noise | #20 | Tom Smith"),
    ((PARKING, "and in 2022?"), "decision: parking fees | 2022-01-01..2022-12-31"),
    ((PARKING, "2024?"), "decision: parking fees | 2024-01-01..2024-12-31"),
    ((PARKING, "Same question for March 2024"), "decision: parking fees | 2024-03-01..2024-03-31"),
    ((PARKING, "How about in June?"), "decision: parking fees | 2023-06-01..2023-06-30"),
    ((ROOF, "since 2023?"), "decision: library roof | 2023-01-01.."),
    ((PARKING, "and last year?"), "decision: parking fees | 2024-01-01..2024-12-31"),
    ((DOGS, "and at the 21st meeting?"), "opinion: dogs | #21 | Tom Smith"),
    ((DOGS, "what about the 22nd?"), "opinion: dogs | #22 | Tom Smith"),
    ((DOGS, "and Grace Chen?"), "opinion: dogs | #20 | Grace Chen"),
    ((DOGS, "the mayor?"), "opinion: dogs | #20 | Hannah Osei | as mayor"),
    ((PARKING, "and Ms. Chen?"), "opinion: parking fees | 2023-01-01..2023-12-31 | Grace Chen"),
    ((DOGS, "and Fenn?"), "opinion: Fenn, dogs | #20 | Tom Smith"),
    (
        (PARKING, "and the Library Board?"),
        "decision: parking fees | 2023-01-01..2023-12-31 | of Westbrook Library Board",
    ),
    ((PARKING, "What about noise in 2022?"), "decision: noise | 2022-01-01..2022-12-31"),
    ((PARKING, "and the cost?"), "fact: parking fees cost | 2023-01-01..2023-12-31"),
    ((PARKING, "and the vote?"), "vote: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "and the deadline?"), "action: parking fees | 2023-01-01..2023-12-31"),
    (("Which meetings discussed noise in 2024?", "and potholes?"), "meetings: potholes | 2024-01-01..2024-12-31"),
    (("How many times was noise discussed in 2022?", "and in 2023?"), "count: noise | 2023-01-01..2023-12-31"),
    (("Who chaired the 12th meeting?", "and the 13th?"), "who: chaired | #13"),
    ((PARKING, "and road works?", "and in 2022?"), "decision: road works | 2022-01-01..2022-12-31"),
    ((PARKING, "and in 2022?", "and road works?"), "decision: road works | 2022-01-01..2022-12-31"),
    ((MAY, "Who chaired that meeting?", "and noise?"), "decision: noise | 2024-05-12..2024-05-12"),
    ((PARKING, "anything else?"), "decision: parking fees | 2023-01-01..2023-12-31"),
    ((DOGS, "Is there anything more?"), "opinion: dogs | #20 | Tom Smith"),
)  # fmt: skip

# Times and meetings counted from the one before.
SHIFTS = (
    ((PARKING, "and the year before?"), "decision: parking fees | 2022-01-01..2022-12-31"),
    ((PARKING, "And the following year?"), "decision: parking fees | 2024-01-01..2024-12-31"),
    ((PARKING, "what about two years later?"), "decision: parking fees | 2025-01-01..2025-12-31 | missing"),
    ((LIBRARY, "and the month before?"),
     "decision: late fines | 2023-04-01..2023-04-30 | of Westbrook Library Board | missing"),
    ((LIBRARY, "and in the same month of the previous year?"),
     "decision: late fines | 2022-05-01..2022-05-31 | of Westbrook Library Board"),
    ((DOGS, "and the meeting before?"), "opinion: dogs | #19 | Tom Smith"),
    ((DOGS, "What about the next meeting?"), "opinion: dogs | #21 | Tom Smith"),
    ((MAY, "and at the meeting after that?"), "decision: | 2024-06-12..2024-06-12 | of Regular Meeting"),
    ((PARKING, "and since then?"), "decision: parking fees | 2024-01-01.."),
    ((PARKING, "What happened after that?"), "summary: parking fees | 2024-01-01.."),
    ((PARKING, "And before that?"), "decision: parking fees | ..2022-12-31"),
    ((DOGS, "Has it been changed since?"), "decision: dogs | 2023-10-13.."),
    ((PARKING, "and the year before?", "and the year before that?"),
     "decision: parking fees | 2021-01-01..2021-12-31 | missing"),
)  # fmt: skip

# Whole questions with something left out or referred back to.
CLAUSES = (
    ((PARKING, "who was against it?"), "vote: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "Who voted against?"), "vote: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "Was it unanimous?"), "vote: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "how did they vote?"), "vote: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "when was that?"), "when: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "When was this decided?"), "when: parking fees | 2023-01-01..2023-12-31"),
    ((PARKING, "why?"), "fact: parking fees | 2023-01-01..2023-12-31"),
    ((DOGS, "Why?"), "opinion: dogs | #20 | Tom Smith"),
    ((ROOF, "How much will it cost?"), "fact: library roof cost"),
    ((ROOF, "What does the project cost?"), "fact: library roof cost"),
    ((ROOF, "who is responsible?"), "action: library roof"),
    ((ROOF, "By when?"), "action: library roof"),
    ((ROOF, "How much will it cost?", "who opposed it?"), "vote: library roof"),
    ((ROOF, "who seconded the motion?"), "who: library roof"),
    ((ROOF, "Was it approved?"), "decision: library roof"),
    ((ROOF, "Which meetings discussed it?"), "meetings: library roof"),
    ((ROOF, "What did the mayor say about it?"), "opinion: library roof | Hannah Osei | as mayor"),
    ((DOGS, "What did he say about noise?"), "opinion: noise | #20 | Tom Smith"),
    ((DOGS, "how did he vote on it?"), "vote: dogs | #20 | Tom Smith"),
    ((DOGS, "and what did Grace Chen say?"), "opinion: dogs | #20 | Grace Chen"),
    ((MAY, "Who chaired that meeting?"), "who: chaired | 2024-05-12..2024-05-12"),
    ((MAY, "What was said there about noise?"), "summary: noise | 2024-05-12..2024-05-12"),
    ((PARKING, "What else did they decide?"), "decision: | 2023-01-01..2023-12-31"),
    ((PARKING, "And what did they decide on gas safety?"), "decision: gas safety | 2023-01-01..2023-12-31"),
    ((LIBRARY, "Did they also discuss opening hours?"),
     "summary: opening hours | 2023-05-01..2023-05-31 | of Westbrook Library Board"),
    ((PARKING, "what was decided in 2022 about this?"), "decision: parking fees | 2022-01-01..2022-12-31"),
    ((PARKING, "tell me more"), "summary: parking fees | 2023-01-01..2023-12-31"),
)  # fmt: skip

SHILOU = "2023年会议对老旧小区改造作出了什么决定？"
LIJUN = "李军在第32次常务会议上对就业工作说了什么？"
NO33 = "第33次常务会议讨论了哪些议题？"
EXECUTIVE = "of 市政府常务会议"

CHINESE = (
    ((SHILOU, "那房地产呢？"), "decision: 房地产 | 2023-01-01..2023-12-31"),
    ((SHILOU, "垃圾分类呢"), "decision: 垃圾分类 | 2023-01-01..2023-12-31"),
    ((SHILOU, "再说说防汛"), "decision: 防汛 | 2023-01-01..2023-12-31"),
    ((SHILOU, "2022年呢？"), "decision: 老旧小区改造 | 2022-01-01..2022-12-31"),
    ((SHILOU, "那去年呢？"), "decision: 老旧小区改造 | 2024-01-01..2024-12-31"),
    ((SHILOU, "3月呢？"), "decision: 老旧小区改造 | 2023-03-01..2023-03-31"),
    ((SHILOU, "上一年呢？"), "decision: 老旧小区改造 | 2022-01-01..2022-12-31"),
    ((LIJUN, "去年同期呢？"), f"opinion: 就业工作 | 2022-03-01..2022-03-31 | 李军 | {EXECUTIVE}"),
    ((LIJUN, "上一次会议呢？"), f"opinion: 就业工作 | #31 | 李军 | {EXECUTIVE}"),
    ((LIJUN, "那下次会议呢？"), f"opinion: 就业工作 | #33 | 李军 | {EXECUTIVE}"),
    ((LIJUN, "第34次会议呢？"), f"opinion: 就业工作 | #34 | 李军 | {EXECUTIVE}"),
    ((LIJUN, "王建国呢？"), f"opinion: 就业工作 | #32 | 王建国 | {EXECUTIVE}"),
    ((LIJUN, "他对房地产怎么看？"), f"opinion: 房地产 | #32 | 李军 | {EXECUTIVE}"),
    ((LIJUN, "为什么？"), f"opinion: 就业工作 | #32 | 李军 | {EXECUTIVE}"),
    ((SHILOU, "反对的是谁？"), "vote: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "谁反对？"), "vote: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "投票结果呢？"), "vote: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "什么时候通过的？"), "when: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "这个决定是什么时候作出的？"), "when: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "由谁负责？"), "action: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "该方案投资多少？"), "fact: 老旧小区改造投资 | 2023-01-01..2023-12-31"),
    ((SHILOU, "它什么时候完工？"), "action: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((SHILOU, "市长怎么看？"), "opinion: 老旧小区改造 | 2023-01-01..2023-12-31 | 李军 | as 市长"),
    ((SHILOU, "之后呢？"), "decision: 老旧小区改造 | 2024-01-01.."),
    ((SHILOU, "后来改了吗？"), "decision: 老旧小区改造 | 2024-01-01.."),
    ((SHILOU, "还有吗？"), "decision: 老旧小区改造 | 2023-01-01..2023-12-31"),
    ((NO33, "那次会议是谁主持的？"), f"who: 主持 | #33 | {EXECUTIVE}"),
    ((NO33, "会上还部署了什么？"), f"decision: | #33 | {EXECUTIVE}"),
    ((NO33, "房地产呢？", "上一次会议呢？"), f"summary: 房地产 | #32 | {EXECUTIVE}"),
    ((SHILOU, "那房地产呢？", "上一年呢？"), "decision: 房地产 | 2022-01-01..2022-12-31"),
    ((SHILOU, "那图书馆理事会呢？"),
     "decision: 老旧小区改造 | 2023-01-01..2023-12-31 | of 临江市图书馆理事会 | missing"),
)  # fmt: skip

WALL = "What did the Town Council agree about the harbour wall at its March 2024 meeting?"
PARK = "How did the council vote on the dog park in 2022?"
NOISE = "Which meetings discussed noise since 2023?"
NWOSU = "What did Dr. Nwosu say about road works in June 2024?"
EBOOKS = "How often did the Library Board talk about e-books?"
TRAM = "What is Grace Chen's view on the tram?"
PRESENT = "Who attended the 20th meeting?"
LIGHTS = "What has the council decided on street lighting since 2022?"
BUDGET = "Summarise the discussion of the budget at the 15th meeting."
COUNCIL, BOARD = "of Westbrook Town Council", "of Westbrook Library Board"

# Written before they were first run; see what the rules make of wordings nobody had in mind.
UNSEEN = (
    (TOWN, (WALL, "and what about the ferry terminal?"),
     f"decision: ferry terminal | 2024-03-01..2024-03-31 | {COUNCIL}"),
    (TOWN, (WALL, "Did anyone object?"), f"vote: harbour wall | 2024-03-01..2024-03-31 | {COUNCIL}"),
    (TOWN, (WALL, "Okay. And in April?"), f"decision: harbour wall | 2024-04-01..2024-04-30 | {COUNCIL}"),
    (TOWN, (WALL, "how long will it take"), f"fact: harbour wall take | 2024-03-01..2024-03-31 | {COUNCIL}"),
    (TOWN, (WALL, "Was this decision reversed later?"), f"decision: harbour wall | 2024-04-01.. | {COUNCIL}"),
    (TOWN, (PARK, "And the year after that?"), "vote: dog park | 2023-01-01..2023-12-31"),
    (TOWN, (PARK, "who abstained?"), "vote: dog park | 2022-01-01..2022-12-31"),
    (TOWN, (NOISE, "and dogs?"), "meetings: dogs | 2023-01-01.."),
    (TOWN, (NOISE, "How many were there?"), "count: noise | 2023-01-01.."),
    (TOWN, (NOISE, "just the Library Board please"), f"meetings: noise | 2023-01-01.. | {BOARD}"),
    (TOWN, (NOISE, "What was decided on it?"), "decision: noise | 2023-01-01.."),
    (TOWN, (NWOSU, "What about Tom Smith?"), "opinion: road works | 2024-06-01..2024-06-30 | Tom Smith"),
    (TOWN, (NWOSU, "and on cycling?"), "opinion: cycling | 2024-06-01..2024-06-30 | Dr. Amara Nwosu"),
    (TOWN, (NWOSU, "What about in 2023?"), "opinion: road works | 2023-01-01..2023-12-31 | Dr. Amara Nwosu"),
    (TOWN, (EBOOKS, "Since 2023?"), f"count: e-books | 2023-01-01.. | {BOARD}"),
    (TOWN, (EBOOKS, "What did they conclude?"), f"decision: e-books | {BOARD}"),
    (TOWN, (EBOOKS, "the Town Council?"), f"count: e-books | {COUNCIL}"),
    (TOWN, (TRAM, "When did she say that?"), "when: tram | Grace Chen"),
    (TOWN, (TRAM, "is the mayor against it as well?"), "opinion: tram | Hannah Osei | as mayor"),
    (TOWN, (PRESENT, "what did they decide?"), "decision: | #20"),
    (TOWN, (PRESENT, "who was absent?"), "who: absent | #20"),
    (TOWN, (PRESENT, "what about the one before?"), "who: attended | #19"),
    (TOWN, (PRESENT, "What was decided about the budget at that meeting?"), "decision: budget | #20"),
    (CITY, ("去年市政府常务会议对安全生产有哪些要求？", "前一年呢"),
     f"decision: 安全生产 | 2023-01-01..2023-12-31 | {EXECUTIVE}"),
    (CITY, ("赵局长在2024年8月25日的会议上对双减怎么看？", "那王副市长呢？"),
     "opinion: 双减 | 2024-08-25..2024-08-25 | 王建国 | as 副市长"),
    (CITY, ("赵局长在2024年8月25日的会议上对双减怎么看？", "那天的会议谁缺席了？"),
     "who: 缺席了 | 2024-08-25..2024-08-25"),
    (CITY, ("哪些会议讨论了地铁三号线？", "其中2023年的呢？"), "meetings: 地铁三号线 | 2023-01-01..2023-12-31"),
    (CITY, ("第30次常务会议关于垃圾分类的结论是什么？", "再往后一次呢？"), f"decision: 垃圾分类 | #31 | {EXECUTIVE}"),
    (CITY, ("第30次常务会议关于垃圾分类的结论是什么？", "全票通过的吗？"), f"vote: 垃圾分类 | #30 | {EXECUTIVE}"),
    (CITY, ("陈工对桥梁检测提出了哪些建议？", "道路检测方面呢？"), "opinion: 道路检测 | 陈工"),
    (TOWN, (LIGHTS, "and on benches?"), "decision: benches | 2022-01-01.."),
    (TOWN, (LIGHTS, "who's in charge of that?"), "action: street lighting | 2022-01-01.."),
    (TOWN, (LIGHTS, "what were the reasons?"), "fact: street lighting reasons | 2022-01-01.."),
    (TOWN, (LIGHTS, "Has that been rescinded since then?"), "decision: street lighting | 2022-01-01.."),
    (TOWN, (BUDGET, "and of the roof?"), "summary: roof | #15"),
    (TOWN, (BUDGET, "What was the outcome?"), "decision: budget | #15"),
    (TOWN, (BUDGET, "and the one after?"), "summary: budget | #16"),
    (TOWN, (BUDGET, "What did the mayor have to say?"), "opinion: budget | #15 | Hannah Osei | as mayor"),
    (TOWN, ("When did the council discuss the ferry?", "who raised it?"), "who: raised ferry"),
    (CITY, ("会议通过票价方案了吗？", "有多少人投了反对票？"), "vote: 票价方案"),
    (CITY, ("会议通过票价方案了吗？", "从什么时候开始执行？"), "when: 票价方案"),
    (CITY, ("会议通过票价方案了吗？", "理由是什么？"), "fact: 票价方案理由"),
    (CITY, ("2024年关于学校食堂的决定有哪些？", "与上一年相比呢？"), "decision: 学校食堂 | 2023-01-01..2023-12-31"),
    (CITY, ("2024年关于学校食堂的决定有哪些？", "这些决定由哪个部门落实？"),
     "action: 学校食堂 | 2024-01-01..2024-12-31"),
    (CITY, ("2024年图书馆理事会讨论了什么？", "换成常务会议"), f"summary: | 2024-01-01..2024-12-31 | {EXECUTIVE}"),
)  # fmt: skip

# Whole questions: whatever was asked before, they mean what they mean alone.
ALONE = (
    (TOWN, PARKING, "What did the Library Board decide on late fines?"),
    (TOWN, PARKING, "Which meetings in 2024 discussed noise?"),
    (TOWN, PARKING, "Who chaired the 13th meeting?"),
    (TOWN, PARKING, "What was decided at the last meeting?"),
    (TOWN, PARKING, "When is the next meeting?"),
    (TOWN, PARKING, "Is it true that the council banned fireworks?"),
    (TOWN, PARKING, "What was decided about the pool and who proposed it?"),
    (TOWN, PARKING, "How much was spent on road works?"),
    (TOWN, DOGS, "What did Grace Chen say about the swimming pool?"),
    (TOWN, DOGS, "Why did the council close the swimming pool?"),
    (TOWN, DOGS, "What did the mayor say about her trip to the coast?"),
    (TOWN, DOGS, "Who voted against the tram?"),
    (TOWN, MAY, "Summarise the March 2024 meeting"),
    (TOWN, MAY, "dog park rules"),
    (TOWN, MAY, "List all decisions on potholes"),
    (TOWN, ROOF, "What did the council decide in 2023?"),
    (CITY, SHILOU, "第35次常务会议讨论了什么？"),
    (CITY, SHILOU, "防汛预案什么时候完成？"),
    (CITY, SHILOU, "哪次会议讨论了地铁三号线？"),
    (CITY, LIJUN, "赵敏局长关于双减政策的观点是什么？"),
    (CITY, LIJUN, "谁对票价方案投了反对票？"),
    (CITY, NO33, "2024年第三季度关于就业的结论是什么？"),
    (CITY, NO33, "冬季供暖"),
    (CITY, SHILOU, "会议对安全生产作出了哪些部署？"),
)


FRESH = (
    (TOWN, ("What did the board approve for the night shift staffing in 2023?", "ok but what about overtime pay"),
     "decision: overtime pay | 2023-01-01..2023-12-31"),
    (TOWN, ("What did the board approve for the night shift staffing in 2023?", "did anybody vote no?"),
     "vote: night shift staffing | 2023-01-01..2023-12-31"),
    (TOWN, ("Summarize the discussion on the maternity ward in 2024.", "and what was decided in the end?"),
     "decision: maternity ward | 2024-01-01..2024-12-31"),
    (TOWN, ("What did Grace Chen say about school lunches?", "Did Tom Smith agree with her?"),
     "opinion: school lunches | Tom Smith"),
    (TOWN, ("What did Grace Chen say about school lunches?", "when did she say that?"),
     "when: school lunches | Grace Chen"),
    (TOWN, ("What was decided about the bond issue in March 2024?", "was that the final word?"),
     "decision: bond issue | 2024-03-01..2024-03-31"),
    (TOWN, ("What was decided about the bond issue in March 2024?", "has it come up since?"),
     "meetings: bond issue | 2024-04-01.."),
    (TOWN, ("Which meetings discussed the playground?", "only the ones in 2023 please"),
     "meetings: playground | 2023-01-01..2023-12-31"),
    (TOWN, ("How did the committee vote on the interest rate in June 2023?", "and a month later?"),
     "vote: interest rate | 2023-07-01..2023-07-31"),
    (TOWN, ("What did the members decide on dividends in 2022?", "Same thing, but 2024"),
     "decision: dividends | 2024-01-01..2024-12-31"),
    (TOWN, ("What did the members decide on dividends in 2022?", "and on membership fees that year?"),
     "decision: membership fees | 2022-01-01..2022-12-31"),
    (TOWN, ("What did the members decide on dividends in 2022?", "And on membership fees?", "and the year after"),
     "decision: membership fees | 2023-01-01..2023-12-31"),
    (TOWN, ("What actions were assigned on the leaking roof in November 2024?", "who has to do it?"),
     "action: leaking roof | 2024-11-01..2024-11-30"),
    (TOWN, ("What actions were assigned on the leaking roof in November 2024?", "by when?"),
     "action: leaking roof | 2024-11-01..2024-11-30"),
    (TOWN, ("What did the Finance Committee decide about reserves?", "And the Town Council?"),
     "decision: reserves | of Westbrook Town Council"),
    (TOWN, ("Was the textbook list approved in 2024?", "How much will it cost?"),
     "fact: textbook list cost | 2024-01-01..2024-12-31"),
    (TOWN, ("What did the mayor think about the stadium?", "what were her reasons?"),
     "opinion: stadium | Hannah Osei"),
    (TOWN, ("What did the council decide on parking in 2023?", "and on bicycles?", "who opposed that?"),
     "vote: bicycles | 2023-01-01..2023-12-31"),
    (CITY, ("2023年医院理事会对夜班补贴作了什么决定？", "加班费呢"),
     "decision: 加班费 | 2023-01-01..2023-12-31"),
    (CITY, ("2023年医院理事会对夜班补贴作了什么决定？", "有没有人投反对票？"),
     "vote: 夜班补贴 | 2023-01-01..2023-12-31"),
    (CITY, ("2023年医院理事会对夜班补贴作了什么决定？", "后来有变化吗？"),
     "decision: 夜班补贴 | 2024-01-01.."),
    (CITY, ("赵敏对学校午餐是什么看法？", "李军同意吗？"),
     "opinion: 学校午餐 | 李军"),
    (CITY, ("赵敏对学校午餐是什么看法？", "她的理由是什么？"),
     "opinion: 学校午餐 | 赵敏"),
    (CITY, ("赵敏对学校午餐是什么看法？", "那对校车呢？"),
     "opinion: 校车 | 赵敏"),
    (CITY, ("哪些会议讨论过游乐场？", "只看2024年的"),
     "meetings: 游乐场 | 2024-01-01..2024-12-31"),
    (CITY, ("哪些会议讨论过游乐场？", "一共几次？"),
     "count: 游乐场"),
    (CITY, ("2022年6月对利率的表决结果如何？", "下个月呢？"),
     "vote: 利率 | 2022-07-01..2022-07-31"),
    (CITY, ("第40次常务会议对教材采购作了什么决定？", "第41次呢"),
     "decision: 教材采购 | #41 | of 市政府常务会议"),
    (CITY, ("第40次常务会议对教材采购作了什么决定？", "前一次会议也谈到了吗？"),
     "fact: 教材采购 | #39 | of 市政府常务会议"),
    (CITY, ("市长对体育场怎么看？", "他还说了什么？"),
     "opinion: 体育场 | 李军"),
    (CITY, ("图书馆理事会对罚款有什么决定？", "市政府常务会议呢？"),
     "decision: 罚款 | of 市政府常务会议"),
    (CITY, ("2023年对停车收费作了哪些决定？", "具体是哪天？"),
     "when: 停车收费 | 2023-01-01..2023-12-31"),
    (CITY, ("2023年对停车收费作了哪些决定？", "那自行车呢？", "谁不赞成？"),
     "vote: 自行车 | 2023-01-01..2023-12-31"),
    (TOWN, ("What was agreed on asbestos removal in 2024?", "who voted for that?"),
     "vote: asbestos removal | 2024-01-01..2024-12-31"),
    (TOWN, ("What was agreed on asbestos removal in 2024?", "Did Rosa Delgado go along with it?"),
     "opinion: asbestos removal | 2024-01-01..2024-12-31 | Rosa Delgado"),
    (TOWN, ("What was agreed on asbestos removal in 2024?", "is it still in force?"),
     "decision: asbestos removal | 2024-01-01..2024-12-31"),
    (TOWN, ("What did Dr. Amara Nwosu say about the sewer?", "And what did the clerk reply?"),
     "opinion: sewer | Mr. Peter Lindqvist | as clerk"),
    (TOWN, ("What did Dr. Amara Nwosu say about the sewer?", "what else did she bring up?"),
     "opinion: sewer | Dr. Amara Nwosu"),
    (TOWN, ("Which meetings dealt with tuition fees?", "just 2022"),
     "meetings: tuition fees | 2022-01-01..2022-12-31"),
    (TOWN, ("Which meetings dealt with tuition fees?", "what was the outcome?"),
     "decision: tuition fees"),
    (TOWN, ("What did the Library Board decide on opening hours in September 2024?", "and in the spring?"),
     "decision: opening hours | 2024-03-01..2024-05-31 | of Westbrook Library Board"),
    (TOWN, ("What did the Library Board decide on opening hours in September 2024?", "two meetings earlier?"),
     "decision: opening hours | 2024-02-20..2024-02-20 | of Westbrook Library Board"),
    (TOWN, ("Summarise the debate on the merger.", "who spoke against?"),
     "vote: merger"),
    (TOWN, ("Summarise the debate on the merger.", "and the next steps?"),
     "action: merger"),
    (TOWN, ("What was decided on ambulance contracts in May 2023?", "was it ever revisited?"),
     "meetings: ambulance contracts | 2023-05-01..2023-05-31"),
    (TOWN, ("When was the dress code discussed?", "what did people say about it?"),
     "summary: dress code"),
    (CITY, ("2024年对垃圾焚烧厂有哪些决定？", "污水处理厂呢？"),
     "decision: 污水处理厂 | 2024-01-01..2024-12-31"),
    (CITY, ("2024年对垃圾焚烧厂有哪些决定？", "现在还有效吗？"),
     "decision: 垃圾焚烧厂 | 2024-01-01..2024-12-31"),
    (CITY, ("2024年对垃圾焚烧厂有哪些决定？", "谁投的赞成票？"),
     "vote: 垃圾焚烧厂 | 2024-01-01..2024-12-31"),
    (CITY, ("王建国对幼儿园收费怎么看？", "赵敏附和了吗？"),
     "opinion: 幼儿园收费 | 赵敏"),
    (CITY, ("王建国对幼儿园收费怎么看？", "他为什么这么想？"),
     "opinion: 幼儿园收费 | 王建国"),
    (CITY, ("第45次常务会议对养老金作了什么决定？", "再往前一次呢？"),
     "decision: 养老金 | #44 | of 市政府常务会议"),
    (CITY, ("第45次常务会议对养老金作了什么决定？", "医保也定了吗？"),
     "decision: 医保 | #45 | of 市政府常务会议"),
    (CITY, ("第45次常务会议对养老金作了什么决定？", "由谁落实？"),
     "action: 养老金 | #45 | of 市政府常务会议"),
    (CITY, ("哪些会议谈到了电动自行车？", "结论是什么？"),
     "decision: 电动自行车"),
    (CITY, ("2023年3月对油价补贴是怎么表决的？", "4月呢？"),
     "vote: 油价补贴 | 2023-04-01..2023-04-30"),
    (CITY, ("2023年3月对油价补贴是怎么表决的？", "此后又调整过吗？"),
     "decision: 油价补贴 | 2023-04-01.."),
    (CITY, ("总结一下2024年关于食堂的讨论", "下一步怎么安排？"),
     "action: 食堂 | 2024-01-01..2024-12-31"),
)  # fmt: skip

# Turns of phrase, of the first 24 of which 8 were read right and of the 16 after them, once those were, 9.
PHRASED = (
    (CITY, ("图书馆扩建选了哪个方案？", "什么时候能开放？"), "when: 图书馆扩建选了方案开放"),
    (TOWN, ("What has been agreed about the bandstand?", "And about the fountain next to it?",
     "who is paying for that?"),
     "who: paying for fountain"),
    (TOWN, ("What did the council resolve on taxi ranks in 2024?", "Any votes against?"),
     "vote: taxi ranks | 2024-01-01..2024-12-31"),
    (TOWN, ("What did the council resolve on taxi ranks in 2024?", "How close was it?"),
     "vote: taxi ranks | 2024-01-01..2024-12-31"),
    (TOWN, ("What did the council resolve on taxi ranks in 2024?", "Remind me what the year before brought."),
     "decision: taxi ranks | 2023-01-01..2023-12-31"),
    (TOWN, ("What did Grace Chen say about the ice rink?", "Where does Anna Smith stand?"),
     "opinion: ice rink | Anna Smith"),
    (TOWN, ("What did Grace Chen say about the ice rink?", "Has she changed her mind since?"),
     "opinion: ice rink | Grace Chen"),
    (TOWN, ("Which meetings dealt with flooding in 2023?", "And the earlier ones?"),
     "meetings: flooding | ..2022-12-31"),
    (TOWN, ("Which meetings dealt with flooding in 2023?", "What came of it?"),
     "decision: flooding | 2023-01-01..2023-12-31"),
    (TOWN, ("What was decided at the 14th meeting?", "Anything on allotments?"), "decision: allotments | #14"),
    (TOWN, ("What was decided at the 14th meeting?", "And who was in the chair?"), "who: in the chair | #14"),
    (TOWN, ("Has the council approved the cycle path?", "What will that set us back?"),
     "fact: cycle path cost"),
    (TOWN, ("Has the council approved the cycle path?", "when does work start?"),
     "when: cycle path work start"),
    (CITY, ("2024年对公园改造定了哪些事？", "那路灯这块呢？"), "decision: 路灯 | 2024-01-01..2024-12-31"),
    (CITY, ("2024年对公园改造作出了哪些决定？", "有人不同意吗？"), "vote: 公园改造 | 2024-01-01..2024-12-31"),
    (CITY, ("2024年对公园改造作出了哪些决定？", "再早一年呢？"), "decision: 公园改造 | 2023-01-01..2023-12-31"),
    (CITY, ("2024年对公园改造作出了哪些决定？", "钱从哪里出？"), "fact: 公园改造钱从出 | 2024-01-01..2024-12-31"),
    (CITY, ("李军对地铁票价是什么态度？", "赵敏的态度呢？"), "opinion: 地铁票价 | 赵敏"),
    (CITY, ("李军对地铁票价是什么态度？", "他后来改口了吗？"), "opinion: 地铁票价 | 李军"),
    (CITY, ("哪几次会议研究过消防？", "最近一次是哪次？"), "meetings: 消防"),
    (CITY, ("哪几次会议研究过消防？", "都定了些什么？"), "decision: 消防"),
    (CITY, ("第36次常务会议研究了什么？", "有没有谈到供水？"), f"summary: 供水 | #36 | {EXECUTIVE}"),
    (CITY, ("第36次常务会议研究了什么？", "谁主持的会？"), f"who: 主持的会 | #36 | {EXECUTIVE}"),
    (CITY, ("会议对夜市管理有什么要求？", "哪个部门牵头？", "期限呢？"), "action: 夜市管理"),
    (CITY, ("会议对夜市管理有什么要求？", "去年也提过吗？"), "decision: 夜市管理 | 2024-01-01..2024-12-31"),
    (TOWN, ("What was decided on the skate park in 2023?", "was there opposition?"),
     "vote: skate park | 2023-01-01..2023-12-31"),
    (TOWN, ("What was decided on the skate park in 2023?", "How was it paid for?"),
     "fact: skate park paid for | 2023-01-01..2023-12-31"),
    (TOWN, ("What was decided on the skate park in 2023?", "Did it come up in 2024 as well?"),
     "meetings: skate park | 2024-01-01..2024-12-31"),
    (TOWN, ("What did the mayor say on tourism?", "What is Tom Smith's position?"),
     "opinion: tourism | Tom Smith"),
    (TOWN, ("What did the mayor say on tourism?", "and on hotel tax?", "And Rosa Delgado?"),
     "opinion: hotel tax | Rosa Delgado"),
    (TOWN, ("Which meetings discussed the sewer?", "the most recent one?"),
     "meetings: sewer | 2024-12-12..2024-12-12"),
    (TOWN, ("List the decisions on street trees.", "Who looks after that?"), "action: street trees"),
    (TOWN, ("List the decisions on street trees.", "What about 2022 only?"),
     "decision: street trees | 2022-01-01..2022-12-31"),
    (CITY, ("对共享单车有什么规定？", "哪次会议定的？"), "meetings: 共享单车"),
    (CITY, ("对共享单车有什么规定？", "电动车这方面呢？"), "decision: 电动车"),
    (CITY, ("对共享单车有什么规定？", "要花多少钱？"), "fact: 共享单车"),
    (CITY, ("赵敏怎么看延时服务？", "李军又是什么立场？"), "opinion: 延时服务 | 李军"),
    (CITY, ("2023年哪些会议谈到内涝？", "2022年有吗？"), "meetings: 内涝 | 2022-01-01..2022-12-31"),
    (CITY, ("第38次常务会议定了什么？", "是谁主持的？"), f"who: 主持 | #38 | {EXECUTIVE}"),
    (CITY, ("第38次常务会议定了什么？", "是否提到绿化？"), f"summary: 绿化 | #38 | {EXECUTIVE}"),
    (CITY, ("2024年对菜市场改造作出了什么决定？", "负责的是哪个单位？", "什么时候完工？"),
     "action: 菜市场改造 | 2024-01-01..2024-12-31"),
)  # fmt: skip


@pytest.mark.parametrize(("texts", "reading"), (*PHRASES, *SHIFTS, *CLAUSES))
def test_an_english_question_goes_on(texts: tuple[str, ...], reading: str) -> None:
    assert shown(asked(TOWN, *texts)) == reading


@pytest.mark.parametrize(("texts", "reading"), CHINESE)
def test_a_chinese_question_goes_on(texts: tuple[str, ...], reading: str) -> None:
    assert shown(asked(CITY, *texts)) == reading


@pytest.mark.parametrize(("calendar", "texts", "reading"), (*UNSEEN, *FRESH, *PHRASED))
def test_unseen_wordings_are_read(calendar: Calendar, texts: tuple[str, ...], reading: str) -> None:
    assert shown(asked(calendar, *texts)) == reading


@pytest.mark.parametrize(("calendar", "before", "text"), ALONE)
def test_a_whole_question_is_read_alone(calendar: Calendar, before: str, text: str) -> None:
    question = asked(calendar, before, text)
    assert question == read_question(text, calendar)
    assert question.taken == ()


def test_that_meeting_is_the_one_the_answer_cited() -> None:
    council, library = TOWN.meetings[3], TOWN.timeline(("Westbrook Library Board",)).dated[0]
    question = asked(TOWN, ROOF, "Who chaired that meeting?", cited=(library, council))
    assert shown(question) == f"who: chaired | {library.date}..{library.date}"
    assert question.taken == ("when",)


def test_the_meeting_before_is_the_one_before_the_cited_one() -> None:
    board = TOWN.timeline(("Library Board Meeting",)).dated
    question = asked(TOWN, ROOF, "and at the meeting before that?", cited=(board[5],))
    assert question.when[0].first == board[4].date
    assert question.topic == "library roof"


def test_before_the_first_meeting_there_is_none() -> None:
    first = TOWN.timeline(("Library Board Meeting",)).dated[0]
    question = asked(TOWN, ROOF, "and at the meeting before that?", cited=(first,))
    assert question.missing is False or question.nearest
    assert question.when[0].last is not None and question.when[0].last < first.date


def test_a_first_question_takes_nothing_over() -> None:
    for text in (
        "and gas safety?",
        "who was against it?",
        "and the year before?",
        "那房地产呢？",
        "还有吗？",
    ):
        assert understand((), text, CITY) == read_question(text, CITY)


def test_periods_of_a_follow_up_stand_where_they_are_written() -> None:
    text = "Okay, and what about road works in March 2024, please?"
    question = asked(TOWN, PARKING, text)
    (period,) = question.when
    assert text[period.start : period.end] == period.text == "March 2024"
    assert question.text == text


def test_what_was_taken_over_is_named() -> None:
    assert asked(TOWN, PARKING, "and gas safety?").taken == ("when", "intent")
    assert asked(TOWN, PARKING, "and in 2022?").taken == ("intent", "topic")
    assert asked(TOWN, DOGS, "Why?").taken == ("sessions", "topic", "speakers")


def test_the_reading_is_the_same_every_time_and_keeps_its_language() -> None:
    assert asked(TOWN, PARKING, "why?") == asked(TOWN, PARKING, "why?")
    assert asked(CITY, SHILOU, "2022?").language == "zh"
    assert asked(CITY, SHILOU, "and gas safety?").language == "en"


@pytest.mark.parametrize(
    "text", ["it", "that that that", "and", "？", "呢", "the the", "and and and and and?", "他她它" * 400]
)
def test_strange_follow_ups_are_read_without_an_error(text: str) -> None:
    for calendar, before in ((TOWN, DOGS), (CITY, LIJUN)):
        assert asked(calendar, before, text).text == text
