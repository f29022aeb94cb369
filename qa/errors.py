"""What can go wrong with a question.

    QaError
    └── QuestionError      the question cannot be asked as it is

Not finding anything is no error: it is an answer. What is wrong with an index is an `ingest.errors.IndexProblem`.
"""


class QaError(Exception):
    """The root of the tree; its text is a sentence for the person who asked."""


class QuestionError(QaError):
    """The question is empty, too long, or names a filter that cannot be meant."""
