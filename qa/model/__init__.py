"""With a language model: it reads the question and the evidence, it writes, and `qa.lock` verifies every sentence.

clients   the one place that knows LlamaIndex's clients    patience     waiting for so long and no longer
fields    a question as a model reads it, checked against the index
pieces    the evidence a model sees                        prompt       how it is told
instructions, unseen   what speaks to models, and what nobody sees
cited_text, prose      what it writes, sentence by sentence, verified or dropped
rewriting a follow-up question written out                 writing      a question from first to last
"""
