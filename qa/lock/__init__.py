"""The fact lock: whether a sentence of prose is borne out by the passages it cites, and by which of their sentences.

    lock.verify("The pilot was approved for 24 neighbourhoods.", passages)  ->  Verdict

A sentence is supported when one cited passage has up to three neighbouring sentences in which every name, quantity and
word of it stands (`alignment`), with the same stances (`agreement`) taken by the same people (`speakers`). A sentence
of several clauses may stand on several passages, a clause on each. Everything else is unsupported: the lock keeps out
what is false before it lets in what is true.

`shortens(shown, quote)` is the same for a spoken sentence that is shown without its stumbles.

Read on: `quantities`, `stances`, `wording` (the words), `reading` (a sentence), `evidence` (passages), `alignment`,
`agreement`, `speakers` (the checks).
"""

from qa.lock.evidence import NumberedPassage
from qa.lock.shortening import shortens
from qa.lock.verdict import Verdict, verify

__all__ = ["NumberedPassage", "Verdict", "shortens", "verify"]
