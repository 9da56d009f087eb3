"""What the Rust half of the package gives."""

import builtins
from collections.abc import Iterator
from typing import Any, final

import pandas  # type: ignore[import-untyped, import-not-found, unused-ignore]
import polars  # type: ignore[import-not-found, unused-ignore]
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
from daybook.record import Claim, Contact, Factuality, Record, Report, Span, Statement, Time
from daybook.reports import Report as AnyReport
from daybook.reports import Reports

@final
class Reading:
    """What was read in one report: contacts, statements, claims, the factuality of events, and time phrases.

    All are plain data, with the keys of `daybook read --format jsonl`; `daybook.record` has their types. Readings are
    equal where texts and records are, can be pickled and be keys.

        >>> import daybook
        >>> reading = daybook.read("Joe Biden phoned Xi Jinping.")
        >>> reading.contacts[0]["parties"][1]["country"]
        'CHN'
    """

    def __init__(self, text: str, json: str) -> None:
        """A reading that was kept as its text and `to_json()`."""

    @property
    def text(self) -> str:
        """The report's text, exactly as it was given."""

    @property
    def report(self) -> Report:
        """The report's id, day, title, publisher and address."""

    @property
    def contacts(self) -> list[Contact]:
        """The contacts, in the order of their first mention."""

    @property
    def statements(self) -> list[Statement]:
        """What somebody is said to have said, thought or wanted, in the order of the text."""

    @property
    def claims(self) -> list[Claim]:
        """What the report, or somebody in it, does not vouch for."""

    @property
    def factuality(self) -> list[Factuality]:
        """The words that tell events, and how far these are facts."""

    @property
    def times(self) -> list[Time]:
        """The time phrases of the text, in its order."""

    def words(self, span: Span, title: bool = False) -> str:
        """The words of the text at a span, or those of the title."""

    def to_dict(self) -> Record:
        """The whole record, made anew: change it as you like."""

    def to_json(self) -> str:
        """The whole record as one line of JSON, as `daybook read --format jsonl` prints it."""

    def __hash__(self) -> int: ...

@final
class Readings(Iterator[Reading]):
    def __iter__(self) -> Readings: ...
    def __next__(self) -> Reading: ...

@final
class Table:
    """A table in Arrow's memory. Whatever knows Arrow's PyCapsule interface takes it without copying:
    `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`, `duckdb.sql("FROM table")`.

        >>> import daybook
        >>> table = daybook.read_tables(["Joe Biden phoned Xi Jinping."]).contacts
        >>> len(table)
        1
        >>> table.to_polars()["words"].to_list()
        [['Joe Biden phoned Xi Jinping']]
    """

    @staticmethod
    def joined(tables: list[Table]) -> Table:
        """The rows of several tables with the same columns, one after another, without copying them."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""

    def to_pyarrow(self) -> pyarrow.Table:
        """The table as one of pyarrow, without copying."""

    def to_polars(self) -> polars.DataFrame:
        """The table as one of polars, without copying."""

    def to_pandas(self) -> pandas.DataFrame:
        """The table as one of pandas, by way of pyarrow; days are `datetime64`, lists are arrays of numpy."""

    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Reader:
    def __init__(self, who: list[tuple[str, str]], rules: list[tuple[str, str]], model: str) -> None: ...
    def read(self, report: AnyReport, min_confidence: float | None) -> Reading: ...
    def read_many(
        self, reports: Reports, threads: int | None, lenient: bool, screen: bool, min_confidence: float | None
    ) -> Readings: ...

def tables(readings: list[Reading]) -> list[Table]: ...

@final
class Source:
    def __init__(self, reports: Reports, lenient: bool) -> None: ...

@final
class Book:
    def __init__(
        self, place: str, reader: Reader | None, trust: tuple[str, str] | None, read_only: bool
    ) -> None: ...
    def close(self) -> None: ...
    def add(
        self,
        reader: Reader,
        reports: Source,
        size: int,
        threads: int | None,
        screen: bool,
        min_confidence: float | None,
    ) -> tuple[int, int, int, int, int]: ...
    def list(self, filter: dict[str, Any]) -> builtins.list[str]: ...
    def table(self, filter: dict[str, Any]) -> Table: ...
    def count(self, filter: dict[str, Any]) -> int: ...
    def last(self, between: tuple[str, str], before: str | None, as_of: str | None) -> builtins.list[str]: ...
    def show(self, id: str, as_of: str | None) -> builtins.list[str]: ...
    def compare(self, id: str) -> str: ...
    def sql(self, query: str, seconds: float) -> Table: ...
    def size(self) -> tuple[int, int, int]: ...

MAX_DAYS_APART: int

def spark_accounts(
    reader: Reader,
    reports: list[tuple[str | None, ...]],
    trust: tuple[str, str] | None,
    screen: bool,
    min_confidence: float | None,
) -> Table: ...
def spark_links(blocks: list[str], traits: list[str]) -> tuple[list[str], list[str]]: ...
def spark_entries(
    accounts: list[str], superseded_by: list[str | None], trust: tuple[str, str] | None
) -> Table: ...
