"""The verbs of meetings in English, with their forms: who decides, who discusses, who thinks."""

import re

_IRREGULAR = {
    "say": "say says said saying",
    "think": "think thinks thought thinking",
    "feel": "feel feels felt feeling",
    "tell": "tell tells told telling",
    "speak": "speak speaks spoke spoken speaking",
    "see": "see sees saw seen seeing",
    "make": "make makes made making",
    "do": "do does did done doing",
    "give": "give gives gave given giving",
    "hold": "hold holds held holding",
    "mean": "mean means meant meaning",
    "put forward": "put forward puts forward putting forward",
    "bring up": "bring up brings up brought up bringing up",
    "bring forward": "bring forward brings forward brought forward",
    "come up with": "come up with comes up with came up with",
    "come to": "come to comes to came to",
    "deal with": "deal with deals with dealt with dealing with",
    "go over": "go over goes over went over gone over going over",
    "choose": "choose chooses chose chosen choosing",
    "set": "set sets setting",
    "hear": "hear hears heard hearing",
    "take up": "take up takes up took up taken up",
    "set out": "set out sets out",
    "find": "find finds found finding",
    "have to say": "have to say has to say had to say have to report",
    "know": "know knows knew known",
    "understand": "understand understands understood",
    "undertake": "undertake undertakes undertook undertaken",
    "show": "show shows showed shown showing",
    "get": "get gets got",
    "withdraw": "withdraw withdraws withdrew withdrawn withdrawing",
    "put off": "put off puts off putting off",
    "put back": "put back puts back putting back",
    "hold over": "hold over holds over held over holding over",
}


def forms(verbs: str) -> str:
    """An alternation of every form of these verbs, separated by commas, the longest first.

    >>> forms("agree, decide")
    '(?:agreeing|deciding|decided|decides|agreed|agrees|decide|agree)'
    """
    every: set[str] = set()
    for verb in (part.strip() for part in verbs.replace("\n", " ").split(",")):
        every |= _phrases(verb)
    longest_first = sorted(every, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", " ") for form in longest_first) + ")"


def _phrases(verb: str) -> set[str]:
    if verb in _IRREGULAR:
        words = _IRREGULAR[verb].split()
        size = len(verb.split())
        return {" ".join(words[i : i + size]) for i in range(0, len(words) - size + 1, size)} | {verb}
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    return {form + tail for form in _regular(head)}


def _regular(verb: str) -> set[str]:
    if verb.endswith("e") and not verb.endswith("ee"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if re.search(r"[^aeiou]y$", verb):
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    if verb in _DOUBLED:
        return {verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    s = "es" if re.search(r"(?:s|sh|ch|x)$", verb) else "s"
    return {verb, verb + s, verb + ("d" if verb.endswith("e") else "ed"), verb + "ing"}


_DOUBLED = frozenset(
    ["regret", "prefer", "refer", "defer", "commit", "permit", "plan", "admit", "submit", "transfer"]
)

DECIDE = forms(
    """
    decide, resolve, agree, approve, conclude, adopt, determine, settle, endorse, ratify, pass, accept,
    authorize, authorise, choose, select, commit, instruct, grant, deny, defer, postpone, amend, appoint,
    elect, award, set, finalize, finalise, come up with, come to, settle on, rule, sanction, enact,
    allocate, confirm, establish
    """
)
REFUSE = forms(
    "reject, refuse, decline, turn down, vote down, withdraw, put off, put back, shelve, table, hold over"
)
VOTE = forms("vote")
DISCUSS = forms(
    """
    discuss, talk, say, mention, cover, debate, address, review, consider, deliberate, examine, note, hear,
    raise, bring up, deal with, go over, touch on, touch upon, look at, look into, take up, cite, speak,
    learn, go through, tackle
    """
)
THINK = forms(
    "think, feel, believe, view, regard, see, perceive, prefer, like, dislike, want, hope, expect, wish"
)
SAY = forms(
    """
    say, think, feel, believe, suggest, propose, argue, mention, state, note, recommend, report, claim,
    explain, respond, react, reply, answer, comment, express, advocate, object, complain, criticize,
    criticise, warn, point out, emphasize, emphasise, stress, highlight, mean by, mean, want, expect,
    prefer, elaborate, describe, introduce, present, ask, request, share, contribute, add, talk, tell,
    speak, raise, reveal, advise, disagree, agree, oppose, support, reject, insist, worry, plan, promise,
    hope, intend, favour, favor, like, dislike, see, view, regard, consider, approach, handle, bring up,
    bring forward, put forward, have to say, hold, give, call for, urge, vote, defend, question, make,
    remark, discuss, clarify, address, assess, evaluate, respond to, refer, reflect, justify, conclude,
    decide, announce, confirm, acknowledge, admit, deny, demand, appreciate, praise, welcome, choose, need,
    know, understand, find, offer, submit, inform, update, cite, require, show, estimate, hesitate, doubt,
    value, envision, imagine, come up with, come to, do, compare, define, set out, use, design, get,
    outline, summarize, identify
    """
)
# After one of these the verb says no more than that somebody spoke: it is no part of the topic.
PLAIN_SAYING = forms(
    """
    say, think, feel, believe, suggest, mention, state, note, report, explain, respond, react, reply,
    answer, comment, express, mean by, mean, talk, tell, speak, have to say, remark, discuss, address, point
    out, make, recommend, propose, elaborate, add, share, take, adopt, voice, raise, bring up, bring
    forward, put     forward, hold, give, do, argue, claim, present
    """
)
MEETING_VERBS = forms(
    """
    decide, resolve, agree, approve, conclude, adopt, determine, discuss, say, mention, debate, address,
    review, cover, consider, vote, raise, reject, defer, present, report, propose, pass, accept, announce,
    set, choose, make, take, bring up, talk, deal with, deal, touch on, note, hear, examine, speak, talk
    about, go over, postpone, settle, ratify, endorse, amend, finalize, finalise, introduce, table,
    authorize, authorise, confirm, elect, appoint, take up, come up, refer
    """
)
# With these minutes report words: what somebody stated goes on in the sentences after it, what somebody asked does not.
STATED = forms(
    """
    say, state, report, explain, argue, claim, present, describe, note, observe, answer, reply, respond, add, warn,
    recall, fear, feel, think, believe, complain, maintain, contend, point out, stress, emphasize, emphasise, outline,
    remark, comment, regret, speak, introduce, summarize, summarise, sum up, tell, mention, show
    """
)
REPORTED = forms(
    """
    say, state, report, explain, argue, claim, present, describe, note, observe, answer, reply, respond, add, warn,
    recall, fear, feel, think, believe, complain, maintain, contend, point out, stress, emphasize, emphasise, outline,
    remark, comment, regret, speak, introduce, summarize, summarise, sum up, tell, mention, show, ask, request, demand,
    insist, urge, suggest, propose, recommend, move, wish, want, hope, expect, prefer, doubt, question, wonder, worry,
    object, oppose, support, agree, disagree, welcome, accept, undertake, promise, offer, call for, call on, appeal,
    advise, express, raise, consider, admit, acknowledge, deny, thank, apologise, apologize, criticise, criticize,
    confirm, clarify, caution, concede, insist, see, like, dislike, favour, favor, back, plead, protest, press,
    draw attention, enquire, inquire, invite, remind, highlight, announce, share, read, clarify, list, set out
    """
)
