"""With a language model: it reads the question and the evidence, it writes, and `qa.lock` verifies every sentence.

clients, patience    LlamaIndex's clients, in this one place; waiting for so long and no longer
fields, rewriting    a question as a model reads it, and a follow-up written out, checked against index and rules
pieces, prompt       the evidence a model sees, and how it is told
cited_text, prose    what it writes, sentence by sentence: verified, given in the record's words (quoted), or dropped
writing              a question from first to last
"""
