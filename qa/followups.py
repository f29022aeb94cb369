"""A question that goes on from the ones before, understood: what it says itself, and what it takes over.

    "What did the council decide on parking in 2023?"   decision: parking | 2023
    "and gas safety?"                                   decision: gas safety | 2023
    "and the year before?"                              decision: gas safety | 2022
    "who was against it?"                               vote: gas safety | 2022

Rules, no model. What decides:

- a question that is whole - asking words, a topic or a meeting of its own, no pronoun, no "and" in front - is read
  alone, whatever was asked before;
- a phrase ("gas safety?", "in 2023?", "the mayor?") takes the place of what it is - topic, time, person, body - and
  the rest stays;
- a question with something left out or referred back to ("who voted against?", "when was it approved?") takes over
  the topic it lacks, and the time and meeting unless it names its own;
- what follows is narrower or equal in what may be read: access is never part of a question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.words import stop_words, topic_words
from qa.answers import Intent, Period, Question, Slot
from qa.aspects import ASPECT_WORDS, ASPECTS, FUNCTION, HOLDING, STANCE
from qa.calendar import Calendar
from qa.chinese_followups import read_chinese_clues
from qa.english_followups import read_english_clues
from qa.greetings import greeting
from qa.own_words import said_by
from qa.question import placed, read_question
from qa.relative_times import counted_from, meeting_of, only
from qa.topic import META_WORDS, VOTING_WORDS
from qa.turns import STAND_IN, Clues, Refers, Turn

LONGEST_PHRASE = 6  # words of a topic that may be a follow-up without "and" in front
_BARE_VERB = re.compile(
    r"(?:who|when|where|why|how (?:much|many|long|often|far)|by whom)(?: (?:did|does|do|was|were|is|are"
    r"|will|would|has|have|had|be|been|else|not))*"
    r"(?: \w+){0,2}",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?:their|its|his|her|the|our)\b ?", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"(?:and )?how many(?: (?:were|are) (?:there|they|those))?(?: (?:in (?:total|all)|altogether))?",
    re.IGNORECASE,
)


def understand(turns: Sequence[Turn], text: str, calendar: Calendar) -> Question:
    """What `text` asks after these turns, oldest first; `taken` names what it has from them.

    Nothing but the turns and the calendar is used; the same turns and text give the same reading.
    """
    alone = read_question(text, calendar)
    if not turns or greeting(alone):
        return alone
    language = (
        alone.language if any(c.isalpha() for c in re.sub(r"\d", "", text)) else turns[-1].question.language
    )
    speaker = next((t.question.speakers[0] for t in reversed(turns) if len(t.question.speakers) == 1), None)
    read = read_chinese_clues if language == "zh" else read_english_clues
    clues = read(text, calendar, speaker)
    own = replace(said_by(clues, calendar, turns[-1].question), language=language, text=text)
    follow_up = _Follow(tuple(turns), calendar, clues, own)
    found = follow_up.resolved(alone)
    return found if found is alone else placed(replace(found, text=text, language=language), calendar)


class _Follow:
    """One question against the turns before it."""

    def __init__(self, turns: tuple[Turn, ...], calendar: Calendar, clues: Clues, own: Question) -> None:
        self.turns = turns
        self.calendar = calendar
        self.clues = clues
        self.own = own
        self.last = turns[-1]
        self.before = self.last.question
        self.stand_in = STAND_IN["zh" if own.language == "zh" else "en"]

    def resolved(self, alone: Question) -> Question:
        """The question as understood; `alone` itself where it takes nothing over."""
        clues = self.clues
        if clues.more:
            told = (*self.before.told, *self.last.places)
            return _with_taken(
                replace(self.before, told=told), ("intent", "topic", "when", "sessions", "bodies", "speakers")
            )
        if clues.fragment and clues.intent is None and Refers.TOPIC not in clues.refers:
            return self._phrase(alone)
        linked = clues.opened or clues.additive or clues.refers or clues.shift
        if not linked and not self._leaves_out():
            return alone
        if linked and not self._says_anything(alone):
            return alone
        return self._clause()

    # -- a phrase: "gas safety?", "in 2023?", "the mayor?" ---------------------------------------------

    def _phrase(self, alone: Question) -> Question:
        aspect = self._aspect()
        if not self._is_part(aspect):
            return alone
        base, taken = self._scope()
        topic, subject, kept = self._topic_of_phrase(aspect)
        if self.own.speakers or self.own.offices:
            base = replace(base, speakers=self.own.speakers, offices=self.own.offices)
            base = base if _of_persons(base.intent) else replace(base, intent=Intent.OPINION)
        elif aspect is not None and not (aspect is Intent.FACT and base.speakers):
            speakers, offices = (base.speakers, base.offices) if _of_persons(aspect) else ((), ())
            base = replace(base, intent=aspect, speakers=speakers, offices=offices)
            taken += ("speakers",)
        else:
            intent = self._intent_of_before()
            taken += ("intent", "speakers") if intent is base.intent else ("speakers",)
            base = replace(base, intent=intent)
        return _with_taken(replace(base, topic=topic, subject=subject), (*taken, *kept))

    def _is_part(self, aspect: Intent | None) -> bool:
        """Whether a phrase is part of a question that was asked before, rather than words to search for."""
        own, clues = self.own, self.clues
        if clues.opened or clues.refers or clues.shift or aspect:
            return True
        if not own.topic:
            return bool(own.when or own.sessions or own.speakers or own.bodies)
        short = clues.asked and len(topic_words(own.topic)) <= LONGEST_PHRASE
        return short and own.intent is Intent.FACT and not (own.when or own.sessions)

    def _intent_of_before(self) -> Intent:
        own = self.own
        if own.intent not in (Intent.FACT, Intent.SUMMARY):
            return own.intent
        asked = self._substantive() if own.topic else self.last
        return asked.question.intent

    def _substantive(self) -> Turn:
        """The last turn that asked about a matter, not about who chaired or when it was held."""
        for turn in reversed(self.turns):
            words = set(topic_words(turn.question.topic))
            if turn.question.intent not in (Intent.WHO, Intent.WHEN) or words - HOLDING:
                return turn
        return self.last

    def _topic_of_phrase(self, aspect: Intent | None) -> tuple[str, str, tuple[Slot, ...]]:
        own = self.own
        if aspect is not None:
            subject = self._subject()
            topic = f"{subject} {own.topic}" if aspect is Intent.FACT and subject else subject
            return self._joined(topic), subject if topic != subject else "", ("topic",) if subject else ()
        if not own.topic:
            return self.before.topic, self.before.subject, ("topic",)
        if self._unknown_person():
            return f"{own.topic}, {self.before.topic}".strip(", "), self.before.topic, ("topic",)
        return own.topic, "", ()

    def _unknown_person(self) -> bool:
        """Whether a phrase after a question for somebody's words looks like another, whom the records do not list."""
        name = re.fullmatch(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}", self.own.topic)
        return (
            bool(name) and bool(self.before.speakers) and self.before.intent in (Intent.OPINION, Intent.VOTE)
        )

    def _aspect(self) -> Intent | None:
        """The kind of answer a noun that is always of something asks for, where the topic is nothing else."""
        words = set(self._bare_words(self.own.topic))
        if not words or not words <= ASPECT_WORDS:
            return None
        return next((intent for intent, of in ASPECTS.items() if words <= of), Intent.FACT)

    # -- a question with something left out or referred back to ------------------------------------------

    def _clause(self) -> Question:
        own, clues = self.own, self.clues
        base, taken = self._scope()
        topic, subject, kept = self._topic()
        intent = clues.intent or own.intent
        if self.before.intent in (Intent.MEETINGS, Intent.COUNT) and _HOW_MANY.fullmatch(clues.rest):
            intent = Intent.COUNT
        speakers, offices = own.speakers, own.offices
        if Refers.PERSON in clues.refers:
            found = next((t.question for t in reversed(self.turns) if t.question.speakers), None)
            if found and not speakers:
                speakers, offices = found.speakers, found.offices
            kept += ("speakers",) if found else ()
        elif not speakers and self._asks_why() and self.before.speakers:
            speakers, offices, kept = self.before.speakers, self.before.offices, (*kept, "speakers")
        if speakers and intent in (Intent.FACT, Intent.SUMMARY, Intent.WHO):
            intent = Intent.OPINION
        taken = tuple(slot for slot in taken if slot != "speakers")
        said = replace(base, topic=topic, subject=subject, intent=intent, speakers=speakers, offices=offices)
        return _with_taken(said, (*taken, *kept))

    def _topic(self) -> tuple[str, str, tuple[Slot, ...]]:
        """The topic of a clause, the subject it goes on from, and whether it was taken over."""
        own, clues, subject = self.own, self.clues, self._subject()
        said = re.sub(
            rf"({self.stand_in})(?:'s)?(?: (?:ever|already|finally|since|be|been|being)\b)*", r"\1", own.topic
        )
        if clues.intent is not None:
            return subject, "", ("topic",)
        if self.stand_in in said:
            topic = self._joined(said.replace(self.stand_in, subject))
            return topic, subject if topic != subject else "", ("topic",) if subject else ()
        words = set(self._bare_words(said))
        if (words and words <= HOLDING) or self._asks_of_the_meeting():
            return said, "", ()
        if Refers.TOPIC in clues.refers and not words:
            return subject, "", ("topic",)
        if self._needs_topic(said):
            own_words = _POSSESSIVE.sub("", said)
            aspect = self._joined(f"{subject} {own_words}") if self._adds(said) else subject
            return aspect, subject if aspect != subject else "", ("topic",) if subject else ()
        return own.topic.replace(self.stand_in, subject), "", ()

    def _adds(self, said: str) -> bool:
        """Whether the words left beside a missing topic narrow it: "cost", but not "vote" or "deadline"."""
        words = set(self._bare_words(said))
        kinds = [of for intent, of in ASPECTS.items() if intent is not Intent.FACT]
        return bool(words) and not any(words <= of for of in kinds)

    def _subject(self) -> str:
        """What the conversation is about: the topic of the last turn that had one of a matter."""
        for turn in reversed(self.turns):
            topic = turn.question.subject or turn.question.topic
            if topic and not set(topic_words(topic)) <= HOLDING:
                return topic
        return ""

    def _joined(self, topic: str) -> str:
        if re.search(r"[\u3400-\u9fff]", topic) and self.own.language == "zh":
            return re.sub(r"\s*([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", r"\1", topic).strip(" ，,的")
        return re.sub(r"^(?:of|on|about) ", "", " ".join(topic.split()).strip(" ,"))

    def _bare_words(self, topic: str) -> list[str]:
        """The words of a topic that say something, without those that only ask, vote or fill."""
        words = topic_words(topic.replace(self.stand_in, " "))
        sides = VOTING_WORDS | STANCE if self._is_vote() or self.own.speakers else frozenset()
        vague = stop_words() | FUNCTION | sides
        return [word for word in words if word not in vague and not FUNCTION.issuperset(word)]

    def _is_vote(self) -> bool:
        return (self.clues.intent or self.own.intent) is Intent.VOTE

    def _asks_why(self) -> bool:
        return bool(
            re.match(
                r"(?:why|how come|for what reason|on what grounds|为什么|为何|怎么会|理由|原因)",
                self.clues.rest,
                re.IGNORECASE,
            )
        )

    def _asks_of_the_meeting(self) -> bool:
        """ "What else was decided there?": the meeting is the topic, where there is one."""
        clues = self.clues
        if self._bare_words(self.own.topic) or clues.intent or Refers.TOPIC in clues.refers:
            return False
        if Refers.MEETING in clues.refers:
            return True
        scoped = any((self.before.when, self.before.sessions, self.own.when, self.own.sessions))
        return clues.additive and scoped and self.own.intent is not Intent.FACT

    def _leaves_out(self) -> bool:
        """Whether a whole-looking question lacks what it asks about: "who voted against?", "how much?", "why?"."""
        own, clues = self.own, self.clues
        words = set(self._bare_words(own.topic))
        if own.when or own.sessions or own.bodies or (own.speakers and words):
            return False
        asks_of_meeting = bool(words) and words <= HOLDING and own.intent in (Intent.WHO, Intent.WHEN)
        return bool(clues.intent) or asks_of_meeting or self._needs_topic(own.topic)

    def _needs_topic(self, said: str) -> bool:
        own = self.own
        words = set(self._bare_words(said))
        if not words - META_WORDS - ASPECT_WORDS:
            if own.when or own.sessions:
                return (
                    Refers.GROUP in self.clues.refers
                    or Refers.TOPIC in self.clues.refers
                    or bool(words & ASPECT_WORDS)
                )
            return True
        if own.language == "zh":
            return False
        return (
            len(words) == 1
            and bool(_BARE_VERB.fullmatch(self.clues.rest))
            and not re.search(r"\b(?:the|a|an)\b", self.clues.rest)
        )

    def _says_anything(self, alone: Question) -> bool:
        """Whether there is something before to take over."""
        before = self.before
        return bool(
            before.topic
            or before.when
            or before.sessions
            or before.bodies
            or before.speakers
            or self.last.cited
            or alone.topic
        )

    # -- time, meeting and body --------------------------------------------------------------------------

    def _scope(self) -> tuple[Question, tuple[Slot, ...]]:
        """The question before with the time, meeting and body of this one, and which of them were kept."""
        own, clues = self.own, self.clues
        base = replace(self.before, told=())
        kept: list[Slot] = []
        if clues.shift and not (own.when or own.sessions):
            moved = counted_from(self.last, clues.shift, self.calendar)
            base = moved or replace(base, when=self._counted_from_today(), sessions=())
        elif Refers.MEETING in clues.refers and not (base.sessions or self._one_meeting_asked()):
            meeting = meeting_of(self.last, self.calendar)
            base = only(meeting, base, self.calendar) if meeting else base
            kept += ["when"] if base.when else ["sessions"] if base.sessions else []
        elif own.when or own.sessions:
            base = replace(base, when=own.when, sessions=own.sessions)
        else:
            kept += ["when"] if base.when else []
            kept += ["sessions"] if base.sessions else []
        if own.bodies:
            base = self._of_body(base)
        elif base.bodies:
            kept.append("bodies")
            base = self._where_it_met(base)
        return base, tuple(kept)

    def _counted_from_today(self) -> tuple[Period, ...]:
        """The time as the words mean it from today, where nothing before gives one to count from."""
        shift = self.clues.shift
        assert shift is not None
        return read_question(shift.words, self.calendar).when

    def _one_meeting_asked(self) -> bool:
        when = self.before.when
        return (
            len(when) == 1
            and len(self.calendar.timeline(self.before.bodies).within(when[0].first, when[0].last)) == 1
        )

    def _of_body(self, base: Question) -> Question:
        """Another body: a session number is not its own, and the last meeting is the last of its own."""
        own = self.own
        base = replace(base, bodies=own.bodies, sessions=own.sessions)
        timeline = self.calendar.timeline(own.bodies)
        days = [p for p in base.when if p.first and p.first == p.last]
        if own.when or not days or any(timeline.within(p.first, p.last) for p in base.when):
            return base
        latest = re.search(r"last|latest|recent|最近|最新|上一?次", days[0].text, re.IGNORECASE)
        held = timeline.within(None, self.calendar.today)
        if latest and held and held[-1].date:
            day = held[-1].date
            return replace(base, when=(replace(days[0], first=day, last=held[-1].end_date or day),))
        return replace(base, when=())

    def _where_it_met(self, base: Question) -> Question:
        """Without the body that was kept, where it did not meet then and another did."""
        if not (self.own.when or self.own.sessions):
            return base
        with_body, without = placed(base, self.calendar), placed(replace(base, bodies=()), self.calendar)
        return replace(base, bodies=()) if with_body.missing and not without.missing else base


def _of_persons(intent: Intent) -> bool:
    return intent in (Intent.OPINION, Intent.VOTE)


def _with_taken(question: Question, slots: Sequence[Slot]) -> Question:
    """The question with the slots it took over that hold something, each once."""
    held = {
        "topic": question.topic,
        "when": question.when,
        "sessions": question.sessions,
        "bodies": question.bodies,
        "speakers": question.speakers or question.offices,
    }
    return replace(question, taken=tuple(slot for slot in dict.fromkeys(slots) if held.get(slot, True)))
