"""When something was decided: the day of the meeting that did, above the entry that records it."""

import re
from dataclasses import replace

from ingest.records import DecisionKind
from ingest.words import topic_words
from qa import phrases
from qa.answering.draft import Draft
from qa.answering.tasks import entries_on
from qa.answers import Intent, Question
from qa.corpus import Session
from qa.evidence import Evidence
from qa.ranges import of_entry
from qa.register import Entry
from qa.signs import SETTLED
from qa.supersession import changes_seen
from qa.topic import META_WORDS, share_of_topic, word_weights

ON_MATTER = 0.75  # share of the matter in the entry with its agenda item

_VERBS = re.compile(
    r"\b(?:approv\w*|adopt\w*|agreed?|decid\w*|accept\w*|pass(?:ed)?|grant(?:ed)?|reject\w*|refus\w*|defer\w*|postpon\w*"
    r"|elect\w*|appoint\w*|recogni[sz]\w*|ratif\w*|carried|authori[sz]\w*|resolved?|endors\w*|formally|voted?)\b"
    r"|审议|通过|批准|同意|决定|否决|驳回|任命|选举|当选|议定",
    re.IGNORECASE,
)
_KINDS = tuple(SETTLED - {DecisionKind.NOTED, DecisionKind.CONCLUDED})


def decided_on(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The entry that says most of the matter, under the day of its meeting; None where no decision is asked for."""
    if question.intent is not Intent.WHEN or not _VERBS.search(question.text):
        return None
    topic = " ".join(_VERBS.sub(" ", question.topic).split())
    weights = word_weights(session, [word for word in topic_words(topic) if word not in META_WORDS])
    if not weights:
        return None

    def share(entry: Entry) -> float:
        return share_of_topic(weights, topic, f"{entry.quote} {entry.item or ''}")

    entries = [one for one in entries_on(session, evidence, None, _KINDS) if one.meeting.date]
    best = max(entries, key=share, default=None)
    if best is None or share(best) < ON_MATTER:
        return None
    said = phrases.decided_on(best.kind.value, best.meeting, question.language)
    return Draft([("", [replace(of_entry(best), before=said)])], changes_seen(session, evidence.scope.access))
