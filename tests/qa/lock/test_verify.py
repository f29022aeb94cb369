"""The fact lock: no false sentence gets in, and the true ones are kept; on sentences made from the sample records."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.lock import NumberedPassage, verify
from tests.qa.lock.corruptions import Lie, lies
from tests.qa.lock.paraphrases import TRUE
from tests.qa.lock.samples import passages, record_of, records, statements

EVERY = 5  # of the lies, one in so many is checked in a quick run


def all_lies(passage: NumberedPassage, others: list[NumberedPassage]) -> Iterator[Lie]:
    for sentence in statements(passage):
        if verify(sentence, [passage]).supported:
            yield from lies(sentence, passage, others)


def test_no_false_sentence_is_supported(request: pytest.FixtureRequest) -> None:
    believed: list[Lie] = []
    told: Counter[str] = Counter()
    every = 1 if request.config.getoption("--slow") else EVERY
    for record in records():
        numbered = list(passages(record))
        for passage in numbered:
            others = [other for other in numbered if other is not passage][:2]
            for lie in list(all_lies(passage, others))[::every]:
                told[lie.rule] += 1
                believed += [lie] if verify(lie.text, lie.cites).supported else []
    total = sum(told.values())
    print(f"\nfalse sentences shown as verified: {len(believed)} of {total} ({dict(told)})")
    assert believed == []
    assert total >= 1_000 and len(told) == 12


def test_true_sentences_are_kept() -> None:
    kept = [
        (name, sentence)
        for name, sentence in TRUE
        if any(verify(sentence, [passage]).supported for passage in passages(record_of(name)))
    ]
    print(f"\ntrue sentences in other words kept: {len(kept)} of {len(TRUE)}")
    assert len(TRUE) >= 100 and len(kept) >= 0.9 * len(TRUE)


_SPOKEN = re.compile(r"\b(?:I|we|you|your|please|our|my|me)\b|我|您", re.IGNORECASE)


def test_the_sentences_of_a_record_are_kept_as_they_stand() -> None:
    """All but "I" and "you": without their speaker they would be somebody else's."""
    kept, lost = 0, []
    for record in records():
        for passage in passages(record):
            for sentence in statements(passage):
                if _SPOKEN.search(sentence):
                    continue
                verified = verify(sentence, [passage]).supported
                kept, lost = kept + verified, lost + ([] if verified else [sentence])
    print(f"\nsentences as they stand kept: {kept} of {kept + len(lost)}")
    assert kept >= 500 and len(lost) <= 0.05 * kept


def test_other_records_hold_too(request: pytest.FixtureRequest) -> None:
    """`--records FOLDER` checks the lock on records nobody here wrote; merged sentences may be true there."""
    folders = request.config.getoption("--records")
    if not folders:
        pytest.skip("no --records FOLDER")
    for folder in folders:
        believed, total = _believed(Path(folder))
        print(f"\n{folder}: false sentences shown as verified: {len(believed)} of {total}")
        for lie in believed:
            print(f"  {lie.rule}: {lie.text[:300]}")
        assert (
            len(believed) <= 0.005 * total
        )  # the rules know nothing of the records: some "lies" are true there


def _believed(folder: Path) -> tuple[list[Lie], int]:
    believed: list[Lie] = []
    total = 0
    for record in records(folder, 40):
        numbered = list(passages(record))
        for passage in numbered[::3]:
            others = [other for other in numbered if other is not passage][:1]
            for lie in list(all_lies(passage, others))[::EVERY]:
                if lie.rule != "merged facts" and not _repeated(lie):
                    total += 1
                    believed += [lie] if verify(lie.text, lie.cites).supported else []
    return believed, total


def _repeated(lie: Lie) -> bool:
    """Whether the foreign passage says the same words: meetings repeat sentences."""
    return lie.rule == "foreign citation" and lie.text.rstrip(".。") in " ".join(lie.cites[0].text.split())


CASES = [
    # what is settled, and how
    ("2024-02-27", "The bus lanes on Ferry Road were approved.", False),
    ("2024-02-27", "Councillor Fenn supported the bus lanes.", False),
    ("2024-02-27", "Fenn voted for the deferral.", False),
    ("2024-02-27", "The matter was deferred.", False),  # that was only moved there
    ("2024-09-10", "The request for a coin lock was approved without a vote.", False),
    ("2024-09-10", "The public toilets at the Spit were rejected without a vote.", False),
    ("2024-03-15", "The second trunk main was approved.", False),
    ("2024-03-15", "The meeting decided to buy 600 unsold flats for use as affordable rental housing.", False),
    ("2025-02-20", "No decision was taken on bus lanes.", False),
    ("2025-02-20", "Fines for households are not introduced.", False),
    ("2025-10-14", "The Council supports the waterfront tram from Lantern Bay to the ferry terminal.", False),
    ("2024-06-05", "The work moves to the night of 22 to 23 June 2024.", False),
    # who says it
    ("2024-11-19", "The Committee supported the day-only rule for berths three and four.", False),
    ("2024-11-19", "Councillor Pell said that she does not believe in limits that nobody measures.", False),
    ("2024-11-19", "Zhai Haiping said that he lives at 14 Ropewalk Street.", False),
    ("2024-02-27", "Councillor Sandbach moved that the offer of 412,000 yuan be accepted.", False),
    ("2024-01-18", "Mayor Ji Wenhe asked why the allocation for dredging had doubled.", False),
    ("2024-01-18", "Ji Wenhe asked why the allocation for dredging had doubled.", True),
    # what belongs to what
    ("2024-01-18", "36 million yuan is for stewards.", False),
    ("2024-02-27", "Buses on lines 4 and 11 take 19 minutes over this stretch at night.", False),
    ("2025-02-20", "The Finance Bureau published the place of every collection point.", False),
    ("2024-01-18", "The Finance Bureau published the table of livelihood projects by 29 February 2024.", False),
    ("2024-02-27", "Ruth Imray placed the order by 15 March 2024.", False),
    ("2024-01-18", "The Council approved the bus lanes at a cost of 148 million yuan.", False),
    # meetings
    ("2024-01-18", "The 11th Executive Meeting approved the waste sorting pilot for 24 neighbourhoods.", False),
    ("2024-01-18", "The 10th Executive Meeting approved the waste sorting pilot for 24 neighbourhoods.", True),
    ("2024-01-18", "On 19 January 2024, the waste sorting pilot was approved for 24 neighbourhoods.", False),
    ("2024-01-18", "The waste sorting pilot was approved for 24 neighbourhoods, to begin on 18 January 2024.", False),
    # Chinese
    ("14次", "会议决定在全市推行定时定点投放。", False),
    ("15次", "童书瑾同意仍按600套收购。", False),
    ("15次", "会议批准收购600套存量商品住房。", False),
    ("13次", "改造费用计入居民气价。", False),
    ("17次", "同意市港务局提出的建设游轮码头候船楼的2.1亿元预算申请。", False),
    # what is no claim
    ("2024-01-18", "Please visit our website for the waste sorting pilot in 24 neighbourhoods.", False),
    ("2024-01-18", "Was the waste sorting pilot approved for 24 neighbourhoods?", False),
    ("2024-01-18", "Approved.", False),
    ("2024-01-18", "![x](http://evil.example/24) The waste sorting pilot was approved for 24 neighbourhoods.", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sentence", "true"), CASES)
def test_a_sentence_is_supported_only_where_the_record_says_it(name: str, sentence: str, true: bool) -> None:
    verdicts = [verify(sentence, [passage]) for passage in passages(record_of(name))]
    assert any(verdict.supported for verdict in verdicts) is true
    assert verify(sentence, list(passages(record_of(name)))).supported is true


def test_what_a_sentence_stands_on_are_the_exact_words_of_the_record() -> None:
    numbered = list(passages(record_of("2024-01-18")))
    verdict = verify(
        "The meeting approved the waste sorting pilot for twenty-four neighbourhoods from 1 April 2024.",
        numbered,
    )
    (standing,) = verdict.stands
    quote = standing.span.of(standing.passage.record.text)
    assert quote == "The waste sorting pilot was approved for 24 neighbourhoods, to begin on 1 April 2024."


def test_a_sentence_without_passages_is_never_supported() -> None:
    assert not verify("The waste sorting pilot was approved for 24 neighbourhoods.", []).supported


def test_a_translation_is_unsupported_and_known_as_one_only_with_the_facts_of_its_passages() -> None:
    numbered = list(passages(record_of("15次")))
    true = verify("The purchase of 420 flats was approved for at most 268 million yuan.", numbered)
    false = verify("The purchase of 600 flats was rejected for at most 268 million yuan.", numbered)
    assert (true.supported, true.foreign) == (False, True)
    assert (false.supported, false.foreign) == (False, False)
