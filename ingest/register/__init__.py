"""The rules of the decision register, a file per subject; `ingest.decisions` puts them together.

- rules: what a rule is, and how a sentence is made ready for one
- english: what an English sentence records. english_terms: who decides and what they do; english_minutes:
  the rules for minutes; english_guards: whether a match says that this meeting did it; english_speech
- chinese: what a Chinese sentence records
- chinese_tasks, english_tasks: whom a sentence charges with what; tasks: an entry cut so that each task is one
- headings: headings that announce an outcome, and the text under them
- task_notes: lines of a list of tasks
- tables: rows of tables of decisions and tasks
- markers: labels within the text: "RESOLUTION: ...", "行动项：..."
- reading: a record read sentence by sentence
- motions: a motion with its result and its vote, a directive with what it quotes
- votes, actions, deadlines, due, amounts: counts and names, who, by when, the day of a deadline, sums of money
"""
