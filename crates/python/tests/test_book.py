"""Books: reports in, entries out, by the questions that the program answers, with its answers."""

from __future__ import annotations

import datetime
import json
import pathlib
import threading
from collections.abc import Callable
from typing import Any

import daybook
import pyarrow
import pytest

Program = Callable[..., str]


def listed(program: Program, *arguments: object) -> list[Any]:
    return [json.loads(line) for line in program(*arguments, "--format", "jsonl").splitlines()]


def test_a_book_is_what_the_program_makes(
    program: Program, book: daybook.Book, examples: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    program("add", "--book", tmp_path / "other.db", examples / "two-sides.jsonl")
    ours, theirs = book.list(), listed(program, "list", "--book", tmp_path / "other.db")
    assert [entry["id"] for entry in ours] == [entry["id"] for entry in theirs]
    assert len(ours) == 3


def test_questions_are_answered_as_the_program_answers_them(
    program: Program, book: daybook.Book, tmp_path: pathlib.Path
) -> None:
    at = ["--book", tmp_path / "contacts.db"]
    assert book.list() == listed(program, "list", *at)
    asked: list[tuple[dict[str, Any], list[object]]] = [
        ({"between": ("Merkel", "Putin")}, ["--between", "Merkel", "Putin"]),
        ({"parties": "Germany", "kind": "call"}, ["--with", "Germany", "--kind", "call"]),
        ({"parties": ["Merkel", "Ukraine"]}, ["--with", "Merkel", "--with", "Ukraine"]),
        ({"kind": ["call", "visit"]}, ["--kind", "call", "--kind", "visit"]),
        ({"status": "postponed"}, ["--status", "postponed"]),
        ({"since": "2021-09-01"}, ["--since", "2021-09-01"]),
        ({"until": datetime.date(2021, 9, 1)}, ["--until", "2021-09-01"]),
        ({"side": "Russia"}, ["--side", "Russia"]),
        ({"disputed": True}, ["--disputed"]),
        ({"min_confidence": 0.5}, ["--min-confidence", 0.5]),
        ({"text": "evacuation"}, ["--text", "evacuation"]),
        ({"topic": "kabul"}, ["--topic", "kabul"]),
        ({"place": "kyiv"}, ["--place", "kyiv"]),
        ({"as_of": "2021-08-23"}, ["--as-of", "2021-08-23"]),
        ({"earliest_first": True, "limit": 2}, ["--earliest-first", "--limit", 2]),
    ]
    sizes = set()
    for conditions, flags in asked:
        answer = book.list(**conditions)
        assert answer == listed(program, "list", *at, *flags), conditions
        assert len(book.table(**conditions)) == len(answer)
        sizes.add(len(answer))
    assert sizes >= {0, 1, 2}
    assert book.count() == book.count(limit=1) == 3
    (last,) = listed(program, "last", "Merkel", "Putin", *at)
    assert book.last("Merkel", "Putin") == last == book.show(last["id"])
    assert book.compare(last["id"]) == listed(program, "compare", last["id"], *at)[0]
    assert book.last("Merkel", "Putin", before="2021-01-01") is None
    then = book.show(last["id"], as_of="2021-08-20")
    assert then == listed(program, "show", last["id"], *at, "--as-of", "2021-08-20")[0] != last


def test_a_flat_table_is_that_of_the_export(program: Program, book: daybook.Book, tmp_path: pathlib.Path) -> None:
    import io

    import polars

    written = program("export", "csv", "--book", tmp_path / "contacts.db")
    csv = polars.read_csv(io.StringIO(written), infer_schema=False)
    table = polars.DataFrame(book.table())
    assert table.columns == csv.columns and len(table) == 3
    assert table["id"].to_list() and set(table["id"]) == set(csv["id"])
    types = dict(zip(table.columns, table.dtypes))
    assert [str(types[name]) for name in ["first_day", "reports", "confidence"]] == ["Date", "Int64", "Float64"]


def test_what_is_known_is_not_added_again(book: daybook.Book, two_sides: list[dict[str, Any]]) -> None:
    before = book.list()
    assert book.add(two_sides) == daybook.Added(0, 6, 0, 0)
    assert book.add([*two_sides, "Joe Biden phoned Xi Jinping."], threads=2, size=2) == daybook.Added(1, 6, 0, 1)
    assert book.size() == (7, 8, 4)
    assert [entry for entry in book.list() if entry in before] == before


def test_what_is_of_no_concern_is_not_read(book: daybook.Book) -> None:
    reports = ["It rained.", "Joe Biden phoned Xi Jinping.", "It snowed."]
    assert book.add(reports, size=2, screen=True) == daybook.Added(1, 0, 0, 1, passed_over=2)
    assert book.add(reports, screen=True) == daybook.Added(0, 1, 0, 0, passed_over=2)
    assert book.add(reports) == daybook.Added(2, 1, 0, 0)


def test_contacts_of_less_than_a_confidence_are_left_out(tmp_path: pathlib.Path, two_sides: list[dict[str, Any]]) -> None:
    texts = [report["text"] for report in two_sides]
    found = sorted(c["confidence"] for reading in daybook.read_many(texts, min_confidence=0) for c in reading.contacts)
    least = found[len(found) // 2]
    kept = [confidence for confidence in found if confidence >= least]
    read = [daybook.read(text, min_confidence=least) for text in texts]
    many = daybook.read_many(texts, min_confidence=least)
    assert [reading.contacts for reading in read] == [reading.contacts for reading in many]
    assert sorted(c["confidence"] for reading in read for c in reading.contacts) == kept
    assert len(daybook.read_tables(texts, min_confidence=least).contacts) == len(kept)
    with daybook.Book(tmp_path / "book.db") as book:
        assert book.add(texts, min_confidence=least).accounts == len(kept)
        assert all(entry["confidence"] >= least for entry in book.list())
        assert book.count(min_confidence=least) == book.count() > 0
        with pytest.raises(daybook.QuestionError, match='"1.5" is not a number between 0 and 1'):
            book.list(min_confidence=1.5)
    with pytest.raises(ValueError, match='min_confidence: "-1" is not a number between 0 and 1'):
        daybook.read("They met.", min_confidence=-1)


def test_thread_counts_and_pieces_make_the_same_book(tmp_path: pathlib.Path, two_sides: list[dict[str, Any]]) -> None:
    found = []
    for number, (threads, size) in enumerate([(1, 256), (3, 1), (None, 4)]):
        with daybook.Book(tmp_path / f"{number}.db") as book:
            book.add(pyarrow.Table.from_pylist(two_sides) if number else two_sides, threads=threads, size=size)
            found.append(book.list())
    assert found[0] == found[1] == found[2] != []


def test_what_is_added_before_an_error_stays(tmp_path: pathlib.Path) -> None:
    with daybook.Book(tmp_path / "book.db") as book:
        with pytest.raises(daybook.ReportError, match='report 4: "some day" is not a date'):
            book.add(["It rained.", "It snowed.", "It was dry.", ("It was hot.", "some day"), "It hailed."], size=2)
        assert book.size().reports == 3


def test_adding_shows_progress(book: daybook.Book, capfd: pytest.CaptureFixture[str]) -> None:
    book.add(["It rained.", "It snowed."], progress=True)
    assert "2/2" in capfd.readouterr().err


def test_sql_gives_typed_columns(book: daybook.Book) -> None:
    query = "SELECT kind, count(*) AS n, avg(sources) AS mean, NULL AS none, '007' AS code FROM entries GROUP BY kind ORDER BY kind"
    table = book.sql(query).to_pyarrow()
    assert table.to_pylist()[0] == {"kind": "call", "n": 1, "mean": 1.0, "none": None, "code": "007"}
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "string", "string"]
    assert len(book.sql("SELECT id FROM entries WHERE id = ''")) == 0


@pytest.mark.parametrize("query", ["DELETE FROM entries", "SELECT 1; SELECT 2", "SELEKT", "SELECT nothing FROM entries", ""])
def test_sql_that_is_wrong_is_refused(book: daybook.Book, query: str) -> None:
    with pytest.raises(daybook.QuestionError):
        book.sql(query)
    assert book.size().entries == 3


def test_sql_that_takes_too_long_is_given_up(book: daybook.Book) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    with pytest.raises(daybook.BookError):
        book.sql(endless, timeout=0.2)
    with pytest.raises(daybook.QuestionError, match="timeout"):
        book.sql("SELECT 1", timeout=-1)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda book: book.list(parties="Zork"), 'nobody is known as "Zork"'),
        (lambda book: book.list(kind="telegram"), "is none of: call, video_call"),
        (lambda book: book.list(status="maybe"), "is none of: held"),
        (lambda book: book.list(since="some day"), "is not a date"),
        (lambda book: book.show("zz"), "is no id of an entry"),
        (lambda book: book.show("abcdef"), "is in no entry of the book"),
        (lambda book: book.compare("zz"), "is no id of an entry"),
        (lambda book: book.last("Merkel", "Zork"), "nobody is known"),
    ],
)
def test_questions_that_can_not_be_understood(
    book: daybook.Book, ask: Callable[[daybook.Book], object], why: str
) -> None:
    with pytest.raises(daybook.QuestionError, match=why) as error:
        ask(book)
    assert isinstance(error.value, ValueError) and isinstance(error.value, daybook.BookError)


def test_conditions_that_there_are_not_and_values_of_other_types(book: daybook.Book) -> None:
    with pytest.raises(TypeError, match="no such condition: partys; there are between, parties"):
        book.list(partys="Merkel")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="a day is"):
        book.list(since=20210901)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="limit"):
        book.list(limit="many")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="size is 1 or more"):
        book.add([], size=0)


def test_a_name_that_may_be_several_names_them(book: daybook.Book) -> None:
    with pytest.raises(daybook.QuestionError, match="may be several; ask with one of: "):
        book.list(parties="Bush")


def test_books_that_are_not_there_or_none(tmp_path: pathlib.Path) -> None:
    with pytest.raises(daybook.BookError, match="there is no book here"):
        daybook.Book(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "text.db").write_text("no book\n" * 200)
    with pytest.raises(daybook.BookError, match="no book"):
        daybook.Book(tmp_path / "text.db")
    with pytest.raises(daybook.BookError):
        daybook.Book(tmp_path / "no folder" / "a.db")
    with pytest.raises(daybook.BookError):
        daybook.Book("postgres:///nothing?host=/nowhere")


def test_a_closed_book_answers_no_more(tmp_path: pathlib.Path) -> None:
    with daybook.Book(tmp_path / "book.db") as book:
        assert repr(book) == f"daybook.Book({str(tmp_path / 'book.db')!r})"
    book.close()
    with pytest.raises(daybook.BookError, match="the book is closed"):
        book.list()


def test_a_book_for_reading_is_not_written(book: daybook.Book, tmp_path: pathlib.Path) -> None:
    with daybook.Book(tmp_path / "contacts.db", read_only=True) as read_only:
        assert read_only.list() == book.list()
        with pytest.raises(daybook.BookError):
            read_only.add(["Joe Biden phoned Xi Jinping."])


def test_trust_and_own_tables(tmp_path: pathlib.Path) -> None:
    (tmp_path / "trust.toml").write_text("[[publisher]]\nnaem = 1\n")
    with pytest.raises(daybook.LoadError, match="trust.toml"):
        daybook.Book(tmp_path / "book.db", trust=tmp_path / "trust.toml")
    (tmp_path / "who.csv").write_text("person,office,country,from,to\nAda Example,Prime Minister,NZL,2021-01-01,\n")
    with daybook.Book(tmp_path / "book.db", reader=daybook.Reader(who=tmp_path / "who.csv")) as book:
        book.add([("Ada Example phoned Joe Biden.", "2022-03-18")])
        assert len(book.list(between=("Ada Example", "Biden"))) == 1


def test_a_book_is_used_from_several_threads(book: daybook.Book) -> None:
    expected, wrong = book.list(), []

    def ask() -> None:
        for _ in range(20):
            if book.list() != expected or book.size().entries != 3:
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_book_in_postgres_is_the_same(server: str, book: daybook.Book, two_sides: list[dict[str, Any]]) -> None:
    with daybook.Book(server) as other:
        assert other.add(two_sides).added == 6
        assert other.list() == book.list()
        assert other.table(between=("Merkel", "Putin")).to_pyarrow().equals(book.table(between=("Merkel", "Putin")).to_pyarrow())
        query = "SELECT kind, count(*) AS n, avg(sources) AS mean FROM entries GROUP BY kind ORDER BY kind"
        assert other.sql(query).to_pyarrow().equals(book.sql(query).to_pyarrow())
        with pytest.raises(daybook.QuestionError):
            other.sql("DROP TABLE entries")
