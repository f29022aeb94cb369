import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_ambiguous, find_dates, find_day_months, find_impossible

DAYS = [
    ("18 September 2007", "2007-09-18"),
    ("18th of Sept. 2007", "2007-09-18"),
    ("the 18th day of September, 2007", "2007-09-18"),
    ("Tuesday, 18 September 2007", "2007-09-18"),
    ("September 18, 2007", "2007-09-18"),
    ("September 18th 2007", "2007-09-18"),
    ("SEPTEMBER 18, 2007", "2007-09-18"),
    ("september\n18, 2007", "2007-09-18"),
    ("2007 September 18", "2007-09-18"),
    ("18-Sep-2007", "2007-09-18"),
    ("Feb. 29, 2008", "2008-02-29"),
    ("2007-09-18", "2007-09-18"),
    ("2007-09-18T10:00", "2007-09-18"),
    ("2007/9/18", "2007-09-18"),
    ("2007.09.18", "2007-09-18"),
    ("18.09.2007", "2007-09-18"),
    ("13/4/2005", "2005-04-13"),
    ("4/13/2005", "2005-04-13"),
    ("3/3/2005", "2005-03-03"),
    ("20070918", "2007-09-18"),
    ("minutes_20070918.txt", "2007-09-18"),
    ("2023年8月25日", "2023-08-25"),
    ("2023 年 8 月 25 日", "2023-08-25"),
    ("２０２３年８月２５日", "2023-08-25"),
    ("二〇二三年八月二十五日", "2023-08-25"),
    ("二○○七年九月十八日", "2007-09-18"),
    ("二0二三年八月二十五日", "2023-08-25"),
    ("二Ｏ二三年八月二十五日", "2023-08-25"),
    ("二O二三年八月二十五日", "2023-08-25"),
    ("二０二三年八月二十五日", "2023-08-25"),
    ("2023年8月25号", "2023-08-25"),
    ("中華民國113年5月20日", "2024-05-20"),
    ("民國一一三年十一月五號", "2024-11-05"),
    ("時間：113/11/12 19:00", "2024-11-12"),
    ("會議日期 114-1-7", "2025-01-07"),
    ("113年3月8日", "2024-03-08"),
]

RANGES = [
    ("Sept 18-19, 2007", "2007-09-18", "2007-09-19", "day"),
    ("18 and 19 September 2007", "2007-09-18", "2007-09-19", "day"),
    ("2nd–3rd March 2010", "2010-03-02", "2010-03-03", "day"),
    ("January 31-February 1, 2006", "2006-01-31", "2006-02-01", "day"),
    ("30 September to 1 October 2007", "2007-09-30", "2007-10-01", "day"),
    ("December 30 - January 2, 2007", "2006-12-30", "2007-01-02", "day"),
    ("December 30, 2006 - January 2, 2007", "2006-12-30", "2007-01-02", "day"),
    ("2007-01-01 to 2007-06-30", "2007-01-01", "2007-06-30", "day"),
    ("2023年8月25日至26日", "2023-08-25", "2023-08-26", "day"),
    ("2023年8月25日（星期五）至26日", "2023-08-25", "2023-08-26", "day"),
    ("2023年12月30日至2024年1月2日", "2023-12-30", "2024-01-02", "day"),
    ("2023年12月30日至1月2日", "2023-12-30", "2024-01-02", "day"),
    ("2024年11月到2月", "2024-11-01", "2025-02-28", "month"),
    ("2007-09", "2007-09-01", "2007-09-30", "month"),
    ("September 2007", "2007-09-01", "2007-09-30", "month"),
    ("may 2007", "2007-05-01", "2007-05-31", "month"),
    ("March to June 2007", "2007-03-01", "2007-06-30", "month"),
    ("March 2007 to June 2008", "2007-03-01", "2008-06-30", "month"),
    ("2023年8月", "2023-08-01", "2023-08-31", "month"),
    ("民國113年8月", "2024-08-01", "2024-08-31", "month"),
    ("民國113年度", "2024-01-01", "2024-12-31", "year"),
    ("2023年1月至3月", "2023-01-01", "2023-03-31", "month"),
    ("Q3 2007", "2007-07-01", "2007-09-30", "quarter"),
    ("2007Q3", "2007-07-01", "2007-09-30", "quarter"),
    ("first quarter of 2001", "2001-01-01", "2001-03-31", "quarter"),
    ("2023年第三季度", "2023-07-01", "2023-09-30", "quarter"),
    ("2023年三季度", "2023-07-01", "2023-09-30", "quarter"),
    ("first half of 2024", "2024-01-01", "2024-06-30", "half"),
    ("2023年上半年", "2023-01-01", "2023-06-30", "half"),
    ("2023年下半年", "2023-07-01", "2023-12-31", "half"),
    ("fall 2011", "2011-09-01", "2011-11-30", "season"),
    ("winter 2010-11", "2010-12-01", "2011-02-28", "season"),
    ("2023年冬天", "2023-12-01", "2024-02-29", "season"),
    ("2007", "2007-01-01", "2007-12-31", "year"),
    ("2023年", "2023-01-01", "2023-12-31", "year"),
    ("2006-2007", "2006-01-01", "2007-12-31", "year"),
]

NO_DATES = [
    "2000 people",
    "$2000",
    "2000%",
    "the 1990s",
    "Paper No. 2024/15",
    "嘉政发〔2023〕15号",
    "20231345",
    "1.2.2003.4",
    "1,2007",
    "12:30",
    "We may march on",
    "8个月",
    "OOOO年",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read_however_it_is_written(text, day):
    (mention,) = find_dates(f"Held on {text}. Present: all.")
    assert (str(mention.first), str(mention.last), mention.precision) == (day, day, "day")


@pytest.mark.parametrize(("text", "first", "last", "precision"), RANGES)
def test_a_period_is_read_from_its_first_to_its_last_day(text, first, last, precision):
    (mention,) = find_dates(f"See {text}: done")
    assert (str(mention.first), str(mention.last), mention.precision) == (first, last, precision)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_not_read_as_one(text):
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["03/04/05", "3/4/2005", "3.4.2005", "12-11-2020"])
def test_a_date_that_reads_two_ways_is_reported_and_not_resolved(text):
    sentence = f"Due {text}, as agreed"
    assert find_dates(sentence) == []
    assert [span.of(sentence) for span in find_ambiguous(sentence)] == [text]


@pytest.mark.parametrize(
    "text", ["31 February 2007", "February 30, 2007", "29 Feb 2007", "2007-02-31", "2007-13-01"]
)
def test_a_day_the_calendar_does_not_have_is_reported_and_no_date(text):
    sentence = f"Held {text} in Rome"
    assert find_dates(sentence) == []
    assert [span.of(sentence) for span in find_impossible(sentence)] == [text]


@pytest.mark.parametrize("text", ["2023年2月30日", "April 31", "2月30日"])
def test_impossible_days_are_reported_in_chinese_and_without_a_year(text):
    assert [span.of(text) for span in find_impossible(text)] == [text]
    assert find_day_months(text) == []


def test_dates_come_in_order_and_the_longest_reading_wins():
    text = "From 2007-09-18 on; March 2008 and 5 May 2009."
    assert [mention.text for mention in find_dates(text)] == ["2007-09-18", "March 2008", "5 May 2009"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("August 25", [(8, 25, None)]),
        ("the 25th of August", [(8, 25, None)]),
        ("August 25-26", [(8, 25, 26)]),
        ("may 21", [(5, 21, None)]),
        ("sept-01", [(9, 1, None)]),
        ("8月25日", [(8, 25, None)]),
        ("4月1日至3日", [(4, 1, 3)]),
        ("十一月二十五日", [(11, 25, None)]),
        ("8月份", [(8, None, None)]),
        ("what happened in march", [(3, None, None)]),
        ("last May", [(5, None, None)]),
        ("in April or June", [(4, None, None), (6, None, None)]),
        ("we may meet", []),
        ("The committee may 5", []),
        ("They march on Monday", []),
        ("June Smith spoke", []),
        ("5 May be too many", []),
        ("第3月", []),
        ("August 25, 2007", []),
        ("2023年8月25日", []),
    ],
)
def test_days_and_months_without_a_year_are_found_apart(text, found):
    assert [(m.month, m.day, m.last_day) for m in find_day_months(text)] == found


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31)))
def test_every_day_survives_being_written_and_read(day):
    for text in (
        day.isoformat(),
        f"{day:%d %B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}{day:%m%d}",
    ):
        (mention,) = find_dates(text)
        assert (mention.first, mention.last, mention.text) == (day, day, text)


PIECES = st.lists(
    st.sampled_from(
        [
            "18",
            "2007",
            "September",
            "may",
            "to",
            "-",
            "/",
            "年",
            "月",
            "日",
            "8",
            "二〇",
            "至",
            " ",
            ",",
            "Q3",
            "\n",
            "the ",
            "31",
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(), PIECES))
def test_whatever_the_text_what_is_found_lies_in_it_in_order(text):
    for find in (find_dates, find_day_months):
        mentions = find(text)
        assert all(mention.of(text) == mention.text for mention in mentions)
        assert all(one.end <= two.start for one, two in pairwise(mentions))
    for span in (*find_ambiguous(text), *find_impossible(text)):
        assert span.of(text)


@given(PIECES)
def test_dates_without_a_year_never_overlap_full_dates(text):
    full = {place for mention in find_dates(text) for place in range(mention.start, mention.end)}
    assert not any(place in full for m in find_day_months(text) for place in range(m.start, m.end))


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "1", "1/", "September ", "2007-", "二〇", "12 - ", " "])
def test_a_long_line_takes_time_in_proportion_to_its_length(piece):
    def seconds(length: int) -> float:
        start = time.process_time()
        find_dates((piece * length)[:length])
        return time.process_time() - start

    assert seconds(60_000) < 20 * seconds(6_000) + 1


def test_three_numbers_among_latin_letters_are_no_taiwanese_date() -> None:
    assert not find_dates("as order 113/11/12 of the code says")
