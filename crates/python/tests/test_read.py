"""One report: the same record as the program prints, as plain data."""

from __future__ import annotations

import copy
import datetime
import json
import pathlib
import pickle
from collections.abc import Callable

import daybook
import numpy
import pandas
import pytest

Program = Callable[..., str]

# Accents, an emoji beyond the first plane and a combining mark, so that bytes and code points differ everywhere.
ACCENTED = (
    "🇫🇷 Président Emmanuel Macron phoned Recep Tayyip Erdoğan on Tuesday. “We spoke for an hour,” Macron said.\r\n"
    "Ils déjeunèrent; the Élysée’s cafe\u0301 declined to comment. Olaf Scholz will visit Kyiv on June 16 for talks with "
    "President Volodymyr Zelensky, his spokesman said."
)
BUZZ = """
[[rule]]
name = "buzz"
yields = "call"
with = { direction = "told" }
match = '''
trigger = lemma:buzz & VERB
initiator = trigger .subject PARTY
recipient+ = trigger >obj PARTY
'''
finds = [{ text = "Joe Biden buzzed Xi Jinping.", initiator = "Joe Biden", recipient = "Xi Jinping" }]
"""
TEXTS = [
    ACCENTED,
    "It rained.",
    "Joe Biden and Xi Jinping met in Bali on November 14, 2022, for three hours.",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("published", [None, "2022-06-15"])
def test_a_record_is_what_the_program_prints(program: Program, text: str, published: str | None) -> None:
    row = {"id": "a", "text": text, "published": published, "title": "Macron calls Erdoğan", "url": "https://example.org/é"}
    printed = program("read", "--format", "jsonl", "-", given=json.dumps(row) + "\n")
    reading = daybook.read(text, published, title=row["title"], url=row["url"], id="a")
    assert reading.to_dict() == json.loads(printed)


def test_examples_are_read_as_the_program_reads_them(program: Program, examples: pathlib.Path) -> None:
    for name in ["two-sides.jsonl", "week.jsonl"]:
        printed = [json.loads(line) for line in program("read", "--format", "jsonl", examples / name).splitlines()]
        rows = [json.loads(line) for line in (examples / name).read_text().splitlines()]
        named = [{**row, "id": record["report"]["id"]} for row, record in zip(rows, printed, strict=True)]
        assert [reading.to_dict() for reading in daybook.read_many(named)] == printed
        assert sum(len(record["contacts"]) for record in printed) > 0


def test_each_section_is_that_of_the_record() -> None:
    reading = daybook.read(ACCENTED, "2022-06-15")
    record = json.loads(reading.to_json())
    assert reading.to_dict() == record
    for section in ["report", "contacts", "statements", "claims", "factuality", "times"]:
        assert getattr(reading, section) == record[section]
        assert section in ["claims"] or record[section], f"the text says nothing of {section}"


def test_positions_count_code_points() -> None:
    reading = daybook.read(ACCENTED, "2022-06-15", title="Erdoğan and 🇫🇷 Macron speak")
    assert reading.text == ACCENTED
    call = reading.contacts[0]
    date = call["sources"]["date"]
    assert date
    start, end = date["spans"][0]
    assert ACCENTED[start:end] == reading.words([start, end]) == "Tuesday"
    assert reading.words([8, 12], title=True) == "and "
    assert reading.words([5, 2]) == reading.words([10**9, 10**9 + 1]) == ""


@pytest.mark.parametrize(
    "day",
    [
        "2024-03-09",
        "2024-03-09T10:00:00Z",
        "March 9, 2024",
        datetime.date(2024, 3, 9),
        datetime.datetime(2024, 3, 9, 23, 59, tzinfo=datetime.timezone.utc),
        pandas.Timestamp("2024-03-09 12:00"),
        numpy.datetime64("2024-03-09"),
        numpy.datetime64("2024-03-09T01:02:03.123456789"),
    ],
)
def test_days_are_taken_in_any_form(day: object) -> None:
    reading = daybook.read("Sergey Lavrov phoned Hakan Fidan on Friday.", published=day)  # type: ignore[arg-type]
    assert reading.report["published"] == "2024-03-09"
    assert reading.contacts[0]["when"]["edtf"] == "2024-03-08"


@pytest.mark.parametrize("nothing", [None, float("nan"), pandas.NaT, pandas.NA])
def test_what_tables_hold_for_nothing_is_nothing(nothing: object) -> None:
    row = {"text": "It rained.", "published": nothing, "title": nothing, "url": nothing, "id": nothing}
    (reading,) = daybook.read_many([row])
    assert reading == daybook.read("It rained.")
    assert reading.report["title"] is None


def test_without_an_id_a_report_has_that_of_a_book(tmp_path: pathlib.Path) -> None:
    text = "Joe Biden phoned Xi Jinping."
    with daybook.Book(tmp_path / "book.db") as book:
        book.add([(text, "2022-03-18", "A call")])
        filed = book.list()[0]["accounts"][0]["report"]["id"]
    assert daybook.read(text, "2022-03-18", "A call").report["id"] == filed
    assert daybook.read(text).report["id"] != filed


def test_readings_can_be_kept_compared_and_changed() -> None:
    reading = daybook.read(ACCENTED, "2022-06-15")
    kept = pickle.loads(pickle.dumps(reading))
    assert kept == reading and hash(kept) == hash(reading) and copy.deepcopy(reading) == reading
    different: list[object] = [daybook.read(ACCENTED), "something else"]
    assert kept not in different
    assert daybook.Reading(reading.text, reading.to_json()) == reading
    changed = reading.to_dict()
    changed["contacts"].clear()
    assert reading.contacts and reading.to_dict() != changed
    assert repr(daybook.read("It rained.", id="a")) == '<daybook.Reading of "a": contacts 0, statements 0>'


def test_own_tables_and_rules_are_used(tmp_path: pathlib.Path) -> None:
    text = "Ada Example phoned Joe Biden."
    who = tmp_path / "who.csv"
    who.write_text("person,office,country,from,to\nAda Example,Prime Minister,NZL,2021-01-01,\n")
    own = daybook.Reader(who=who).read(text, "2022-03-18")
    assert [party["country"] for party in own.contacts[0]["parties"]] == ["NZL", "USA"]
    assert own != daybook.read(text, "2022-03-18")
    (tmp_path / "rules" / "en").mkdir(parents=True)
    (tmp_path / "rules" / "en" / "buzz.toml").write_text(BUZZ)
    text = "Joe Biden buzzed Xi Jinping."
    for rules in [tmp_path / "rules", tmp_path / "rules" / "en" / "buzz.toml"]:
        (call,) = daybook.Reader(rules=rules).read(text).contacts
        assert call["rules"] == ["buzz"]
    assert all("buzz" not in contact["rules"] for contact in daybook.read(text).contacts)
