"""What can go wrong with a question.

    QaError
    ├── QuestionError      the question cannot be asked as it is
    └── ModelError         the language model that is set cannot be used

Not finding anything is no error: it is an answer; nor is a model that fails at a question: the records answer then.
What is wrong with an index is an `ingest.errors.IndexProblem`.
"""


class QaError(Exception):
    """The root of the tree; its text is a sentence for the person who asked."""


class QuestionError(QaError):
    """The question is empty, too long, or names a filter that cannot be meant."""


class ModelError(QaError):
    """The setting names no model, or one that records must not be sent to, or its client is not installed."""
