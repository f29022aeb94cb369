"""The rules of the decision register, a file per subject; `ingest.decisions` puts them together.

rules.py      what a rule is, and how a sentence is made ready for one
english.py    sentences that record an outcome, in English
chinese.py    the same in Chinese
headings.py   headings that announce an outcome, and the text under them
markers.py    labels within the text: "RESOLUTION: ...", "行动项：..."
votes.py      counts and names of a vote
actions.py    who is to act, and by when
due.py        a deadline as a date
amounts.py    sums of money
"""
