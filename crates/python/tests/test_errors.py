"""What can't be read is refused with an error that says why; whatever else it is, nothing panics."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Iterator
from typing import Any

import daybook
import pytest


@pytest.mark.parametrize(
    ("report", "error", "why"),
    [
        (("It rained.", "some day"), daybook.ReportError, '"some day" is not a date'),
        (("It rained.", "2022-02-30"), daybook.ReportError, "is not a date"),
        ("half \ud83d a pair", daybook.ReportError, "text holds a lone surrogate"),
        (("It rained.", None, "\udc00"), daybook.ReportError, "title holds a lone surrogate"),
        ((), daybook.ReportError, "1 to 6 values"),
        (("a",) * 7, daybook.ReportError, "1 to 6 values"),
        ({}, daybook.ReportError, "no key holds the text"),
        ({"txt": "It rained."}, daybook.ReportError, 'there are "txt"; call one text'),
        ({1: "It rained."}, daybook.ReportError, "no key holds the text"),
        (7, TypeError, "a report is a str, a dict or a tuple .*, not int"),
        (None, TypeError, "not NoneType"),
        (b"It rained.", TypeError, "not bytes"),
        ((b"It rained.",), TypeError, "text is a str or None, not bytes"),
        (("It rained.", 20220102), TypeError, "published is a date or a str such as"),
        (("It rained.", None, 7), TypeError, "title is a str or None, not int"),
        (("It rained.", None, None, None, ["https://example.org"]), TypeError, "url is a str or None, not list"),
    ],
)
def test_a_report_that_can_not_be_read(report: Any, error: type[Exception], why: str) -> None:
    readings = daybook.read_many(["It rained.", report, "It snowed."])
    assert next(readings).text == "It rained."
    with pytest.raises(error, match=f"report 2: .*{why}"):
        next(readings)
    assert list(readings) == []


@pytest.mark.parametrize("text", [None, 7, b"It rained.", ["It rained."]])
def test_only_text_is_read(text: Any) -> None:
    with pytest.raises(TypeError, match="text is a str, not "):
        daybook.read(text)


def test_errors_of_arguments_are_those_of_python_too() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        daybook.read("It rained.", published="some day")
    for kind in [daybook.ReportError, daybook.LoadError, daybook.BookError, daybook.QuestionError]:
        assert issubclass(kind, daybook.Error)


@pytest.mark.parametrize("reports", ["It rained.", {"text": "It rained."}])
def test_one_report_where_many_are_meant(reports: Any) -> None:
    with pytest.raises(TypeError, match=r"for one report write \["):
        daybook.read_many(reports)


def test_what_is_no_iterable() -> None:
    with pytest.raises(TypeError):
        daybook.read_many(7)  # type: ignore[arg-type]


@pytest.mark.parametrize("threads", [0, -1, 10**6, 10**30, 1.5, "two"])
def test_threads_that_there_can_not_be(threads: Any) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError)):
        daybook.read_many(["It rained."], threads=threads)


def test_reports_that_can_not_be_read_are_left_out_where_that_is_asked_for(tmp_path: pathlib.Path) -> None:
    reports: list[Any] = ["It rained.", ("It snowed.", "some day"), "It hailed.", 7, "It was dry."]
    with pytest.warns(daybook.ReportWarning) as told:
        assert len(list(daybook.read_many(reports, errors="warn"))) == 3
    assert [str(one.message).split(":")[0] for one in told] == ["report 2", "report 4"]
    with pytest.warns(daybook.ReportWarning), daybook.Book(tmp_path / "book.db") as book:
        assert book.add(reports, errors="warn").added == 3
    with pytest.warns(daybook.ReportWarning):
        assert len(daybook.read_tables(reports, errors="warn").reports) == 3
    with pytest.raises(ValueError, match='errors is "raise" or "warn"'):
        daybook.read_many(reports, errors="ignore")  # type: ignore[arg-type]


def test_an_error_of_the_iterable_is_given_on_after_what_came_before() -> None:
    def breaks() -> Iterator[str]:
        yield "It rained."
        yield "It snowed."
        raise KeyError("gone")

    readings = daybook.read_many(breaks())
    assert [next(readings).text, next(readings).text] == ["It rained.", "It snowed."]
    with pytest.raises(KeyError, match="gone"):
        next(readings)


def test_broken_tables_and_rules_are_named(tmp_path: pathlib.Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[rule]]\nname = 1\n")
    with pytest.raises(daybook.LoadError, match="broken.toml:2"):
        daybook.Reader(rules=broken)
    table = tmp_path / "who.csv"
    table.write_text("person,office,country,from,to\nAda Example,,NZL,yesterday,\n")
    with pytest.raises(daybook.LoadError, match="who.csv"):
        daybook.Reader(who=[table])
    absent: list[dict[str, Any]] = [{"who": tmp_path / "none.csv"}, {"rules": tmp_path / "none.toml"}]
    for missing in absent:
        with pytest.raises(daybook.LoadError, match="none.*can't be read"):
            daybook.Reader(**missing)
    (tmp_path / "empty").mkdir()
    with pytest.raises(daybook.LoadError, match="holds no rules"):
        daybook.Reader(rules=tmp_path / "empty")
    with pytest.raises(ValueError, match='model is "full" or "small", not "large"'):
        daybook.Reader(model="large")  # type: ignore[arg-type]
    table.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(daybook.LoadError, match="who.csv: can't be read"):
        daybook.Reader(who=table)


def test_a_kept_reading_that_is_none() -> None:
    with pytest.raises(ValueError):
        daybook.Reading("text", "no JSON")
    with pytest.raises((ValueError, TypeError)):
        daybook.Reading("text", "[]")


HOSTILE = [
    "\0" * 1000,
    "\u202e\u2066" * 500 + "Joe Biden phoned Xi Jinping.",
    "\ufeff\ufffe\uffff\U0010ffff",
    "“" * 2000,
    "Joe Biden phoned Xi Jinping. " * 500 + "(" * 500,
    "a" * 100_000,
    "phoned " * 3000,
    "e\u0301\u0327\u0323" * 3000,
    "2022-02-30T99:99:99 " * 500,
    "\r" * 1000 + "\r\n" * 1000 + "\x85\u2028\u2029" * 100,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_text_holds_it_is_read(text: str) -> None:
    reading = daybook.read(text, published="9999-12-31", title=text[:100])
    assert reading.text == text
    for contact in reading.contacts:
        assert all(0 <= start < end <= len(text) for start, end in contact["evidence"])
    found = daybook.tables([reading])
    assert len(found.contacts) == len(reading.contacts)


def test_noise_is_read_and_its_positions_lie_in_it() -> None:
    chance = random.Random(7)
    letters = ["Joe Biden ", "phoned ", "Xi Jinping ", "on Monday", ". ", "“", "”", "\n", "é", "🇫🇷", "\u0301", "said ", "\0", "(", "1"]
    texts = ["".join(chance.choices(letters, k=chance.randrange(1, 120))) for _ in range(60)]
    for text, reading in zip(texts, daybook.read_many(texts)):
        spans = [span for s in reading.statements for span in s["content"]] + [time["span"] for time in reading.times]
        assert all(0 <= start < end <= len(text) for start, end in spans)
