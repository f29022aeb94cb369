"""Yes or no of what became of a matter: "Was the roof finished?", 「改造延期了吗？」.

The answer starts with what the records say came of it, the newest first: an entry of the register or a sentence in
whose words the asked outcome, or its contrary, stands. Where there is none it says so before what there is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.records import DecisionKind, Language, Span
from qa import phrases
from qa.answers import Intent, Question
from qa.asked_facts import asks_yes_or_no
from qa.corpus import Session
from qa.picking import SPOKEN, weighed_sentences
from qa.ranges import Part, Range
from qa.register import find_entries
from qa.retrieval import retrieve
from qa.scope import Scope
from qa.topic import share_of_topic, topic_weights

ON_IT = 0.6  # share of the topic that what tells its outcome holds, with its agenda item
AS_FULLY = 0.7  # share of the best such share that another must reach
ITSELF = 0.5  # share of the topic in its own words, from which on a sentence names the matter itself
NEWEST, OLDER = 3, 3  # told of the newest meeting with an outcome, and of all before


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way a matter may come out.

    asked  its words in a question
    said   words in a record that tell whether it came out so
    kinds  entries of the register that tell, whatever their words
    """

    asked: re.Pattern[str]
    said: re.Pattern[str]
    kinds: frozenset[DecisionKind] = frozenset()


def _outcome(asked: str, said: str, kinds: Sequence[DecisionKind] = ()) -> Outcome:
    return Outcome(re.compile(asked, re.IGNORECASE), re.compile(said, re.IGNORECASE), frozenset(kinds))


_DONE = (
    r"complet\w*|finish\w*|done|built|delivered|open(?:ed)?|installed|replaced|laid|repaired|mended|fixed|restored"
    r"|in (?:use|service|place)|ready"
)
_OUTCOMES = (
    _outcome(
        r"\b(?:delayed|late|behind schedule|extended|postponed|put (?:off|back)|overdue"
        r"|on (?:time|schedule)|pushed back|moved back)\b"
        r"|延期|推迟|延后|延误|逾期|滞后|拖延|延长|按期|按时|如期",
        r"\b(?:delay\w*|postpon\w*|defer\w*|extend\w*|behind schedule|overdue|put (?:off"
        r"|back)|(?:moved|changed|amended) from .{3,40} to\b"
        r"|move (?:the )?.{3,60} from|later than|months? after|ahead of (?:the |schedule)"
        r"|stands\b|on (?:time|schedule)|two months after)"
        r"|延期|延至|延到|推迟|延后|延误|顺延|逾期|滞后|无法按期|未能按期|期限.{0,20}(?:调整"
        r"|延)|暂缓|如期|按期完成|提前",
        (DecisionKind.DEFERRED,),
    ),
    _outcome(
        r"\b(?:cancel\w*|scrapped|dropped|abandoned|withdrawn|repealed|rescinded|revoked"
        r"|abolished|stopped|called off|terminated)\b"
        r"|取消|撤销|废止|废除|终止|叫停|作废",
        r"\b(?:cancel\w*|scrapp\w*|dropp\w*|abandon\w*|withdr\w+|repeal\w*|rescind\w*|revok\w*"
        r"|abolish\w*|call\w* off|terminat\w*|dissolved"
        r"|discontinu\w*|no longer|will not go ahead|stopped)\b|取消|撤销|废止|废除|终止|叫停|不再|停止",
        (DecisionKind.REJECTED,),
    ),
    _outcome(
        rf"\b(?:{_DONE})\b|完成|完工|竣工|建成|建好|做完|投入使用|投用|启用|交付|通水|开馆|到位",
        r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+|not\s+|now\s+)?(?:complet|finish"
        r"|done|built|deliver|open|install|replac|laid|repair|mended|fixed|restored"
        r"|in use|in service|in place)\w*\b(?<!to be)|\b(?:completed|finished|opened|replaced|repaired|mended|fixed"
        r"|delivered|fitted|laid)\s+(?:on|in|at|since)\b"
        r"|\bwent into service\b|\bhave (?:their|been up)\b|\bwork (?:on .{3,40} )?(?:stopped"
        r"|is complete)\b"
        r"|已[^，。；]{0,14}(?:完成|完工|竣工|建成|投入|启用|交付|通水|开放)|完成了|竣工"
        r"|投入使用|试运行|未[^，。；]{0,8}(?:完成|完工)|按期完成|已完工",
    ),
    _outcome(
        r"\b(?:started|begun|begin|commenced|launched|under way|in progress)\b|开工|动工|启动|开始|实施了",
        r"\b(?:start\w*|beg[aiu]n\w*|commenc\w*|launch\w*|under ?way|laid since|in progress"
        r"|runs? (?:for|from))\b"
        r"|开工|动工|启动|开始|施行|实施|试行|暂缓",
        (DecisionKind.DEFERRED,),
    ),
    _outcome(
        r"\b(?:approved|adopted|agreed|accepted|passed|granted|authori[sz]ed|rejected|refused"
        r"|turned down|carried|allowed|endorsed|bought|purchased|funded|tabled|taken up)\b"
        r"|通过|批准|获批|同意|采纳|否决|购买|采购",
        r"(?!)",
        (
            DecisionKind.APPROVED,
            DecisionKind.AGREED,
            DecisionKind.DECIDED,
            DecisionKind.REJECTED,
            DecisionKind.DEFERRED,
        ),
    ),
)
_AROUND = re.compile(
    r"\b(?:been|yet|already|ever|finally|now|still|not|going|to|be|really|actually|on (?:time"
    r"|schedule)|(?:was|were|is|are|has|have|had))\b"
    r"|已经|已|被|获得|得到|了|有没有|是否|是不是|没有|没|吗|获|如期|按时|按期",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:to be|will be|shall be|is to|are to|be)\s+(?:\w+ly\s+)?(?:complet|finish|open"
    r"|deliver|install|replac|repair)\w*|\bby \d|前(?:全部)?(?:完成|完工|建成)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome a question asks whether it came, and the question as one about the matter alone."""

    outcome: Outcome
    about: Question

    def tells(self, words: str, kind: DecisionKind | None = None) -> bool:
        """Whether words, of an entry of this kind of the register where they are of one, tell if it came out so."""
        if kind in self.outcome.kinds:
            return True
        found = self.outcome.said.search(words)
        return found is not None and not _PLANNED.match(words, max(0, found.start() - 8))


def verdict_asked(question: Question) -> Verdict | None:
    """The outcome of which a question asks whether a matter had it; None where it asks for something else.

    >>> read = verdict_asked(Question("Has the roof been finished?", topic="roof been finished"))
    >>> read.about.topic
    'roof'
    """
    if (
        question.intent not in (Intent.FACT, Intent.DECISION, Intent.SUMMARY)
        or question.speakers
        or question.told
    ):
        return None
    if not asks_yes_or_no(question.text):
        return None
    return _outcome_in(question)


def of_matter(question: Question) -> Question:
    """The question as one about the matter, without the word for what became of it ("Why was it delayed?")."""
    found = _outcome_in(question)
    return found.about if found else question


def _outcome_in(question: Question) -> Verdict | None:
    outcome = next((one for one in _OUTCOMES if one.asked.search(question.text)), None)
    if outcome is None:
        return None
    topic = " ".join(_AROUND.sub(" ", outcome.asked.sub(" ", question.topic)).split())
    topic = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", topic)
    return Verdict(outcome, replace(question, topic=topic)) if topic else None


@dataclass(frozen=True, slots=True)
class Told(Span):
    """A range of a record that tells what came of a matter.

    share  how much of the topic it holds with its agenda item
    own    whether it names the matter itself, or is an entry of the register
    """

    record_id: str
    item: tuple[str, ...]
    share: float
    own: bool = True


def pick_outcomes(
    session: Session,
    verdict: Verdict,
    scope: Scope,
    newest_first: Iterable[str],
) -> list[Told]:
    """What tells whether a matter came out as asked, of the newest meetings first; none where nothing does."""
    weights, topic = topic_weights(session, verdict.about), verdict.about.topic
    if not weights:
        return []
    found: dict[tuple[str, int], Told] = {}
    for entry in find_entries(session, scope, None, tuple(DecisionKind)):
        share = share_of_topic(weights, topic, f"{entry.quote} {entry.item or ''}")
        if share >= ON_IT and verdict.tells(entry.quote, entry.kind):
            item = (entry.item,) if entry.item else ()
            found[entry.meeting.record_id, entry.start] = Told(
                entry.start, entry.end, entry.meeting.record_id, item, share
            )
    candidates = retrieve(session, replace(verdict.about, intent=Intent.FACT), scope)
    for one in weighed_sentences(session, verdict.about, candidates[:SPOKEN]):
        passage = one.candidate.passage
        words = one.of(passage.record_text)
        share = share_of_topic(weights, topic, " ".join((words, *passage.item)))
        covered = any(
            t.record_id == passage.record_id and t.start < one.end and one.start < t.end
            for t in found.values()
        )
        if share >= ON_IT and not covered and verdict.tells(words):
            own = share_of_topic(weights, topic, words) >= ITSELF
            found[passage.record_id, one.start] = Told(
                one.start, one.end, passage.record_id, passage.item, share, own
            )
    least = AS_FULLY * max((told.share for told in found.values()), default=0.0)
    order = {record_id: place for place, record_id in enumerate(newest_first)}
    kept = sorted(
        (told for told in found.values() if told.share >= least and told.record_id in order),
        key=lambda told: (order[told.record_id], -told.share, told.start),
    )
    newest = [told for told in kept if told.record_id == kept[0].record_id]
    older = [told for told in kept if told.record_id != kept[0].record_id and told.own]
    return newest[:NEWEST] + older[:OLDER]


def newest_and_before(outcomes: Sequence[Told], language: Language) -> list[Part]:
    """What the newest meeting tells, and after its lead what those before told."""
    ranges = [Range(one.start, one.end, one.record_id, one.item) for one in outcomes]
    first = [place for place in ranges if place.record_id == ranges[0].record_id]
    older = [place for place in ranges if place.record_id != ranges[0].record_id]
    return [("", first), (phrases.said_before(language), older)] if ranges else []
