"""Tables: what readings hold, taken by pandas, polars, DuckDB and pyarrow without copying; and reports in tables."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Iterator
from typing import Any

import daybook
import duckdb
import pandas
import polars
import pyarrow
import pytest
from test_read import ACCENTED

REPORTS: list[dict[str, Any]] = [
    {"id": "a", "text": ACCENTED, "published": "2022-06-15", "title": "Macron calls Erdoğan", "publisher": "Wire"},
    {"id": "b", "text": "It rained.", "published": None, "title": None, "publisher": None},
    {"id": "c", "text": "", "published": "2022-06-17", "title": "Joe Biden met Xi Jinping in Bali", "publisher": "Post"},
    {
        "id": "d",
        "text": "A rumour that Biden phoned Putin is false, the Kremlin said. It may have been made up.",
        "published": "2022-06-17",
        "title": None,
        "publisher": None,
    },
]


@pytest.fixture(scope="module")
def readings() -> list[daybook.Reading]:
    return list(daybook.read_many(REPORTS))


@pytest.fixture(scope="module")
def tables(readings: list[daybook.Reading]) -> daybook.Tables:
    return daybook.tables(readings)


def told(value: Any) -> Any:
    """A value of a table as the record writes it: positions as lists, days as text, `according_to` only where there is one."""
    if isinstance(value, list):
        return [told(item) for item in value]
    if isinstance(value, dict) and value.keys() == {"start", "end"}:
        return [value["start"], value["end"]]
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items() if key != "according_to" or item is not None}
    return value.isoformat() if isinstance(value, datetime.date) else value


def rows(table: daybook.Table) -> list[dict[str, Any]]:
    return [told(row) for row in table.to_pyarrow().to_pylist()]


def test_contacts_are_those_of_the_records(readings: list[daybook.Reading], tables: daybook.Tables) -> None:
    found = iter(rows(tables.contacts))
    for reading in readings:
        for number, contact in enumerate(reading.contacts):
            row, expected = next(found), dict[str, Any](contact)
            when, readout = expected.pop("when"), expected.pop("readout")
            expected |= {**when, "released_by": [], "withheld_by": [], **readout}
            assert (row.pop("report"), row.pop("number")) == (reading.report["id"], number)
            assert (row.pop("published"), row.pop("publisher")) == (reading.report["published"], reading.report["publisher"])
            words = [reading.words(span) for span in contact["evidence"]]
            words += [reading.words(span, title=True) for span in contact["title_evidence"]]
            assert row.pop("words") == words != []
            days = row.pop("first_day"), row.pop("last_day")
            assert days == ("2022-06-14", "2022-06-14") or when["edtf"] != "2022-06-14"
            assert row == expected
    assert next(found, None) is None


@pytest.mark.parametrize("section", ["statements", "claims", "times"])
def test_other_tables_are_those_of_the_records(
    readings: list[daybook.Reading], tables: daybook.Tables, section: str
) -> None:
    found = rows(getattr(tables, section))
    expected = [(r, n, item) for r in readings for n, item in enumerate(getattr(r, section))]
    assert len(found) == len(expected) > 0
    for row, (reading, number, item) in zip(found, expected):
        assert (row.pop("report"), row.pop("number")) == (reading.report["id"], number)
        del row["published"], row["publisher"]
        spans = [item["span"]] if section == "times" else item["content"]
        words = [reading.words(span) for span in spans]
        words += [reading.words(span, title=True) for span in item.get("title_content", [])]
        assert row.pop("words") == words
        assert row == item


def test_every_report_has_its_row(readings: list[daybook.Reading], tables: daybook.Tables) -> None:
    found = rows(tables.reports)
    assert [row["report"] for row in found] == ["a", "b", "c", "d"]
    assert [row["contacts"] for row in found] == [len(reading.contacts) for reading in readings]
    assert found[0]["title"] == "Macron calls Erdoğan" and found[1]["published"] is None


def test_the_first_and_last_day_of_a_date_are_days() -> None:
    table = daybook.read_tables([("Joe Biden met Xi Jinping in November 2022.", "2022-12-01")]).contacts.to_pyarrow()
    assert table["first_day"].to_pylist() == [datetime.date(2022, 11, 1)]
    assert table["last_day"].to_pylist() == [datetime.date(2022, 11, 30)]


def test_libraries_take_the_tables(tables: daybook.Tables) -> None:
    contacts = tables.contacts
    kinds = [row["kind"] for row in rows(contacts)]
    assert contacts.to_polars()["kind"].to_list() == polars.DataFrame(contacts)["kind"].to_list() == kinds
    assert contacts.to_pandas()["kind"].tolist() == kinds
    assert pandas.DataFrame.from_arrow(contacts)["kind"].tolist() == kinds
    assert str(contacts.to_pandas()["first_day"].dtype).startswith("datetime64")
    found: Any = duckdb.sql("SELECT kind FROM contacts")
    assert [kind for (kind,) in found.fetchall()] == kinds
    found = duckdb.sql("SELECT evidence[1].start FROM contacts WHERE report = 'a' AND number = 0")
    assert found.fetchall() == [(rows(contacts)[0]["evidence"][0][0],)]
    for table in tables:
        assert polars.DataFrame(table).columns == table.columns == pyarrow.table(table).column_names
        assert pyarrow.schema(table).names == table.columns


def test_taking_a_table_copies_nothing(tables: daybook.Tables) -> None:
    for table in tables:
        first, second = table.to_pyarrow(), table.to_pyarrow()
        for name in table.columns:
            assert places(first[name]) == places(second[name]) != [], name
    numbers = tables.contacts.to_pyarrow()["number"]
    assert places(tables.contacts.to_polars().to_arrow()["number"])[-1:] == places(numbers)[-1:]


def places(column: Any) -> list[int]:
    return [buffer.address for chunk in column.chunks for buffer in chunk.buffers() if buffer]


def test_a_table_outlives_what_it_was_made_of() -> None:
    table = daybook.read_tables(["Joe Biden phoned Xi Jinping."] * 3).contacts.to_pyarrow()
    assert table["kind"].to_pylist() == ["call"] * 3


def test_another_type_can_be_asked_for(tables: daybook.Tables) -> None:
    wide = pyarrow.schema([(f.name, pyarrow.large_string() if f.type == "string" else f.type) for f in pyarrow.schema(tables.reports)])
    assert pyarrow.table(tables.reports, schema=wide).schema == wide


def test_pieces_are_the_whole(tables: daybook.Tables) -> None:
    pieces = list(daybook.read_batches(REPORTS, size=3))
    assert [len(piece.reports) for piece in pieces] == [3, 1]
    joined = daybook.Tables.joined(pieces)
    for one, other, at_once in zip(joined, daybook.read_tables(REPORTS, threads=1), tables):
        assert one.to_pyarrow().equals(at_once.to_pyarrow()) and other.to_pyarrow().equals(at_once.to_pyarrow())
    with pytest.raises(ValueError, match="size is 1 or more"):
        daybook.read_batches(REPORTS, size=0)


def test_no_reports_make_empty_tables_with_all_columns(tables: daybook.Tables) -> None:
    empty = daybook.read_tables([])
    for none, some in zip(empty, tables):
        assert len(none) == 0 and pyarrow.schema(none) == pyarrow.schema(some)


def test_different_tables_are_not_joined(tables: daybook.Tables) -> None:
    with pytest.raises(daybook.Error, match="different columns"):
        daybook.Table.joined([tables.contacts, tables.times])


def as_arrow() -> pyarrow.Table:
    return pyarrow.Table.from_pylist(REPORTS)


FORMS = {
    "pyarrow": as_arrow,
    "batches": lambda: pyarrow.RecordBatchReader.from_batches(as_arrow().schema, as_arrow().to_batches(max_chunksize=1)),
    "days": lambda: as_arrow().set_column(2, "published", as_arrow()["published"].cast(pyarrow.date32())),
    "moments": lambda: as_arrow().set_column(2, "published", as_arrow()["published"].cast(pyarrow.timestamp("ns"))),
    "zoned": lambda: as_arrow().set_column(2, "published", as_arrow()["published"].cast(pyarrow.timestamp("s")).cast(pyarrow.timestamp("s", "UTC"))),
    "dictionary": lambda: as_arrow().set_column(4, "publisher", as_arrow()["publisher"].dictionary_encode()),
    "large": lambda: as_arrow().set_column(1, "text", as_arrow()["text"].cast(pyarrow.large_string())),
    "view": lambda: as_arrow().set_column(1, "text", as_arrow()["text"].cast(pyarrow.string_view())),
    "polars": lambda: polars.DataFrame(REPORTS),
    "pandas": lambda: pandas.DataFrame(REPORTS),
    "pandas with days": lambda: pandas.DataFrame(REPORTS).assign(published=lambda f: pandas.to_datetime(f["published"])),
    "duckdb": lambda: duckdb.from_arrow(as_arrow()),
    "rows of pandas": lambda: pandas.DataFrame(REPORTS).to_dict("records"),
    "other names": lambda: as_arrow().rename_columns(["guid", "Full Text", "Date Published", "headline", "source"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_reports_are_taken_from_tables(readings: list[daybook.Reading], form: str) -> None:
    assert list(daybook.read_many(FORMS[form]())) == readings


def test_an_archive_of_parquet_is_read_in_pieces(tmp_path: pathlib.Path, tables: daybook.Tables) -> None:
    import pyarrow.dataset
    import pyarrow.parquet

    pyarrow.parquet.write_table(as_arrow(), tmp_path / "archive.parquet")
    batches = pyarrow.parquet.ParquetFile(tmp_path / "archive.parquet").iter_batches(batch_size=2)
    source = pyarrow.RecordBatchReader.from_batches(as_arrow().schema, batches)
    pieces: Iterator[daybook.Tables] = daybook.read_batches(source, size=2)
    for number, piece in enumerate(pieces):
        pyarrow.parquet.write_table(piece.contacts.to_pyarrow(), tmp_path / f"contacts-{number}.parquet")
    found = pyarrow.dataset.dataset(sorted(tmp_path.glob("contacts-*"))).to_table()
    assert found.num_rows == len(tables.contacts)


def test_ids_that_are_numbers_become_text() -> None:
    table = pyarrow.table({"id": [7, 8], "text": ["It rained.", "It rained."]})
    assert [reading.report["id"] for reading in daybook.read_many(table)] == ["7", "8"]


def test_tables_that_hold_no_reports_are_refused() -> None:
    with pytest.raises(daybook.ReportError, match='there are "a", "b"; call one text'):
        daybook.read_many(pyarrow.table({"a": [1], "b": [2]}))
    with pytest.raises(daybook.ReportError, match="report 1: .*is not a date"):
        list(daybook.read_many(pyarrow.table({"text": ["It rained."], "published": ["some day"]})))
    nested = pyarrow.table({"text": [[{"a": 1}]]})
    with pytest.raises(daybook.ReportError, match='the column "text" holds List'):
        daybook.read_many(nested)
    for column in ["title", "published"]:
        with pytest.raises(daybook.ReportError, match=f'the column "{column}" holds Int64, not text'):
            daybook.read_many(pyarrow.table({"text": ["It rained."], column: [20220102]}))


def test_a_stream_that_breaks_is_told() -> None:
    def broken() -> Iterator[pyarrow.RecordBatch]:
        yield from pyarrow.table({"text": ["It rained."]}).to_batches()
        raise OSError("the disk is gone")

    readings = daybook.read_many(pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("text", "string")]), broken()))
    assert next(readings).text == "It rained."
    with pytest.raises(daybook.Error, match="no more reports can be taken: .*the disk is gone"):
        next(readings)
