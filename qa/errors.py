"""What can go wrong with a question.

    QaError
    ├── QuestionError      the question cannot be asked as it is
    ├── HistoryError       a conversation cannot be kept, or what is said of an answer
    ├── ExportError        an answer cannot be written into such a file
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


class HistoryError(QaError):
    """This process may not keep anything, the conversation is none of its asker's, or a note is too long."""


class ExportError(QaError):
    """The name of the file says no form that answers are written in, or the file cannot be written."""
