"""What somebody said: sentences of theirs, and none of anybody else."""

from ingest.records import Record
from qa.answering.draft import Draft
from qa.answers import Question
from qa.corpus import Session
from qa.evidence import Evidence, record_of
from qa.statements import part_of, statements


def spoken(session: Session, question: Question, evidence: Evidence) -> Draft | None:
    """The words of those whom the question asks for; None where it asks for nobody's or none of theirs are found."""
    if question.told:
        return None
    records: dict[str, Record] = {}

    def read(record_id: str) -> Record:
        if record_id not in records:
            records[record_id] = record_of(session, record_id, evidence)
        return records[record_id]

    found = statements(session, question, evidence.scope, evidence.meetings, read)
    if found is None or not found.said:
        return None
    lead, ranges = part_of(found, lambda record_id: read(record_id).text, question.language)
    return Draft([(lead, ranges)])
