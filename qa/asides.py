"""What stands around a question: politeness before it, afterthoughts behind it, a second topic beside it."""

import re

from qa.english_words import pattern_of

_ASKING = r"(?:what|which|who|whom|whose|when|where|why|how|if|whether)\b"

POLITE = re.compile(
    r"(?:"
    # hello; please; now
    r"(?:hi|hello|hey|dear \w+|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|team))?[,.!]? "
    r"|(?:please|kindly|ok|okay|so|and|but|well|now|thanks|thank you|actually|quick question|question|sorry"
    r"|excuse me)[,:.!]? "
    # can you tell me ...
    r"|(?:can|could|would|will|may|might) (?:you|u|i|we|someone|anybody|anyone)(?: (?:please|kindly|maybe"
    r"|perhaps))? "
    r"(?=ask|tell|show|give|explain|find|list|summ|describe|outline|recap|provide|look|say|let|help|get"
    r"|check|remind|know"
    r"|see|have)"
    r"|how (?:would|can|do) (?:you|we|i) (?=summ|describe|outline|recap)"
    r"|(?:tell|show|inform|remind|give|ask|help) (?:me|us)(?: (?:know|find|understand|see))?(?: (?:again"
    r"|please|all))? ?"
    rf"(?:,|about how|if|whether)? (?=(?:{_ASKING}|(?:the|a|an|all|every|did|was|about|any|is|each)\b))"
    r"|(?:let me know|look up|find out|check|say|ask|know|explain|see|have a look at|get|provide(?: me"
    r"| us)?(?: with)?|have)"
    rf"(?: (?:me|us|please))? (?={_ASKING}|(?:a summary|an overview|the)\b)"
    # I would like to know ...
    r"|(?:do|does|did) (?:you|anyone|anybody|we) (?:happen to )?(?:know|remember|recall) "
    r"|(?:i|we)(?:'d| would)? (?:want|like|love|need|wish|have|am trying|'m trying|are trying)"
    r"(?: to (?:know|find out|see|understand|learn|ask|hear|get|read))(?: about(?! the (?:issue|topic)))? "
    r"|(?:i|we) (?:want|need|am looking for|'m looking for) (?=(?:the|a|an|all|any|every)\b)"
    r"|(?:i'm|i am|we're|we are|i was|we were) (?:just )?(?:interested in|wondering(?: about)?|looking for"
    r"|curious(?: about)?"
    r"|trying to find(?: out)?) "
    r"|(?:is it|was it) (?:known|recorded|noted|documented|true) |(?:if|whether) |exactly "
    # according to the minutes, ...
    r"|(?:according to|based on|as per|from|in) (?:the )?(?:minutes|records?|notes|meeting records?"
    r"|documents?|transcripts?), "
    r")",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(
    r"(?:, ?(?:then|exactly|again|actually)"
    r"|,? ?(?:please|thanks|thank you|pls|yet|if (?:at all|any|so)|if you (?:can|could)|briefly|so far"
    r"|to date|at all"
    r"|for (?:me|us)|in (?:detail|short|brief|general|a few (?:words|sentences)|summary|total))"
    r"|,? and (?:why|how|how so|why not|what (?:for|else)|when|by when|by whom|on what grounds"
    r"|for what reasons?|who is responsible)"
    r"|,? and what (?:is|was|were|are) the (?:final |main )?(?:conclusions?|decisions?|outcomes?|results?"
    r"|reasons?)"
    r"(?: (?:of|about|on|in) (?:the|this|that|their) (?:discussions?|debates?|topic|matter|meeting))?"
    r"|,? and what (?:was|were) (?:decided|agreed|concluded|resolved)"
    r"|,? and what did (?:they|the \w+|it) (?:decide|conclude|agree)(?: on| upon)?)$",
    re.IGNORECASE,
)
ALSO_ABOUT = re.compile(  # "... when discussing the budget": a second topic
    r",? (?:(?:when|while|as|in|by|during) (?:they (?:were|are) |(?:the )?(?:team|group|committee"
    r"|meeting) (?:was|were) )?"
    r"(?:discussing|talking about|talking|presenting|introducing|considering|reflecting on|discussion on"
    r"|discussing about"
    r"|proposing|evaluating|reviewing|debating|mentioning|speaking about|speaking of|describing|doing"
    r"|explaining)"
    r"|(?:in|during) (?:the|their|his|her|this) (?:discussions?|presentations?|debates?|process|introduction"
    r"|conversation"
    r"|deliberations?) (?:of|about|on|over|around|regarding)) ",
    re.IGNORECASE,
)

_QUESTION_NEXT = (
    r"(?=(?:what|which|who|when|where|why|how|did|was|were|is|has|have|does|do|any|summari|can|could|please"
    r"|decisions?\b"
    r"|conclusions?\b|outcomes?\b|resolutions?\b|results?\b|votes?\b))"
)
LEADING_TOPICS = tuple(
    pattern_of(pattern)
    for pattern in (
        # When discussing the roof, ...; In the discussion of the roof, ...
        r"(?:(?:when|while|as|in) (?:\w+ing)(?: (?:about|on))?|(?:in|during|from|throughout) (?:the|their"
        r"|this) (?:discussions?"
        r"|presentations?|debates?|conversations?|deliberations?|process) (?:of|about|on|over|around"
        r"|regarding))"
        rf" (?P<t>[^?]{{1,160}}?), {_QUESTION_NEXT}",
        # Regarding the roof, ...
        r"(?:regarding|concerning|about|as for|as to|with (?:respect|regard) to|when it comes to|in terms of"
        r"|re:?|on|of|in the case of"
        rf"|in the matter of) (?P<t>[^?]{{1,200}}?)[,:] {_QUESTION_NEXT}",
        # By 30 June, ...
        rf"by (?P<t>{{DATE}}++), {_QUESTION_NEXT}",
        # The roof: what ...; the roof - what ...
        r"(?!(?:what|which|who|when|where|why|how|did|was|were|is|are|has|have|does|do|in|at|on|summari\w+"
        r"|according)\b)"
        rf"(?P<t>[^?:]{{2,200}}?)(?: [-–—]+|:) {_QUESTION_NEXT}",
    )
)
