"""Reports to readings: one, many, or a table of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from daybook import _daybook
from daybook.errors import LoadError
from daybook.progress import bar, counted
from daybook.reports import is_lenient
from daybook.tables import Tables, tables

if TYPE_CHECKING:
    from daybook._daybook import Reading
    from daybook.reports import Day, Errors, Reports

__all__ = ["Reader", "read", "read_batches", "read_many", "read_tables"]

File = str | os.PathLike[str]
Model = Literal["full", "small"]


class Reader:
    """Model, tables of who is who and rules, loaded once; reads any number of reports from any number of threads.

    `who` names files with office holders to add to the built-in ones (CSV with the same columns, or Popolo JSON); `rules`
    names a folder with rules of your own (`.toml`), or such files. `model` is "full", or "small": a good deal
    faster, and less sure of who said what.

        >>> reader = Reader()
        >>> len(reader.read("Emmanuel Macron met Olaf Scholz in Berlin.").contacts)
        1

    Raises `LoadError` where a file can't be read, or a table or rule is broken; the message names file and line; and
    `ValueError` for another model.
    """

    def __init__(
        self, who: File | Sequence[File] = (), rules: File | Sequence[File] | None = None, model: Model = "full"
    ) -> None:
        self._reader = _daybook.Reader(who_files(who), rule_files(rules), model)

    def read(
        self,
        text: str,
        published: Day | None = None,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        id: str | None = None,
        min_confidence: float | None = None,
    ) -> Reading:
        """Reads one report.

        Without `published` words such as "on Friday" are no date. Without `id` the report gets the one that a book files
        it under, which follows from its text. Contacts whose confidence is below `min_confidence` are left out; `None` is the
        default of `daybook read`.

            >>> Reader().read("They met on Friday.", published="2024-03-09").times[0]["value"]
            '2024-03-08'

        Raises `ReportError` where `published` is no date or a text holds half a character, `TypeError`, and `ValueError` where
        `min_confidence` is no number between 0 and 1.
        """
        if not isinstance(text, str):
            raise TypeError(f"text is a str, not {type(text).__name__}")
        return self._reader.read((text, published, title, publisher, url, id), min_confidence)

    def read_many(
        self,
        reports: Reports,
        threads: int | None = None,
        progress: bool = False,
        errors: Errors = "raise",
        screen: bool = False,
        min_confidence: float | None = None,
    ) -> Iterator[Reading]:
        """Reads many reports on all cores, or on so many `threads`; gives readings in the order of the reports.

        `reports` is any iterable of texts, dicts or tuples `(text, published, title, publisher, url, id)`, or a table that
        can give itself as Arrow: a pandas, polars or pyarrow table, a DuckDB relation. Keys and columns are called text,
        published, title, publisher, url and id, or what tables given to the program may call them. It is asked for
        reports as they are needed, some for each thread ahead, so it may be longer than memory. Other threads of Python
        go on meanwhile. `progress` shows a bar with tqdm.

            >>> texts = ["Joe Biden phoned Xi Jinping.", "It rained."]
            >>> [len(reading.contacts) for reading in Reader().read_many(texts)]
            [1, 0]

        With `screen` each report is looked at first, and only those that may tell of a contact are read and given: many
        times faster where few do, at the price of a few contacts in a thousand.

            >>> [reading.text for reading in Reader().read_many(texts, screen=True)]
            ['Joe Biden phoned Xi Jinping.']

        `min_confidence` is that of `read`.

        A report that can't be read raises `ReportError` or `TypeError` once those before it are given; with
        `errors="warn"` it is left out with a `ReportWarning`.
        """
        readings = self._reader.read_many(reports, threads, is_lenient(errors), screen, min_confidence)
        return counted(readings, bar(reports, progress)) if progress else readings

    def read_batches(
        self,
        reports: Reports,
        size: int = 1000,
        threads: int | None = None,
        progress: bool = False,
        errors: Errors = "raise",
        screen: bool = False,
        min_confidence: float | None = None,
    ) -> Iterator[Tables]:
        """Reads many reports as `read_many` does, and gives the tables of so many at a time.

        For archives of which not even what is read fits into memory: each piece can be written away before the next.

            >>> sizes = [len(tables.reports) for tables in Reader().read_batches(["It rained."] * 5, size=2)]
            >>> sizes
            [2, 2, 1]
        """
        if size < 1:
            raise ValueError(f"size is 1 or more, not {size}")
        readings = self.read_many(reports, threads, progress, errors, screen, min_confidence)
        return _pieces(readings, size)

    def read_tables(
        self,
        reports: Reports,
        threads: int | None = None,
        progress: bool = False,
        errors: Errors = "raise",
        screen: bool = False,
        min_confidence: float | None = None,
    ) -> Tables:
        """Reads many reports as `read_many` does, into tables.

        >>> found = Reader().read_tables(["Joe Biden phoned Xi Jinping.", "It rained."])
        >>> len(found.reports), len(found.contacts)
        (2, 1)
        """
        batches = self.read_batches(
            reports, threads=threads, progress=progress, errors=errors, screen=screen, min_confidence=min_confidence
        )
        return Tables.joined(batches)


_LOADING = threading.Lock()
_BUILT_IN: list[Reader] = []


def built_in() -> Reader:
    """The reader of the module's own functions, loaded by whoever needs it first."""
    with _LOADING:
        if not _BUILT_IN:
            _BUILT_IN.append(Reader())
    return _BUILT_IN[0]


def read(
    text: str,
    published: Day | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
    min_confidence: float | None = None,
) -> Reading:
    """Reads one report with what comes with Daybook; see `Reader.read`.

    >>> import daybook
    >>> daybook.read("Joe Biden and Xi Jinping spoke by phone.").contacts[0]["kind"]
    'call'
    """
    return built_in().read(text, published, title, publisher, url, id, min_confidence)


def read_many(
    reports: Reports,
    threads: int | None = None,
    progress: bool = False,
    errors: Errors = "raise",
    screen: bool = False,
    min_confidence: float | None = None,
) -> Iterator[Reading]:
    """Reads many reports with what comes with Daybook; see `Reader.read_many`.

    >>> import daybook
    >>> rows = [{"text": "Emmanuel Macron met Olaf Scholz.", "published": "2023-01-22", "id": "a"}]
    >>> [reading.report["id"] for reading in daybook.read_many(rows)]
    ['a']
    """
    return built_in().read_many(reports, threads, progress, errors, screen, min_confidence)


def read_batches(
    reports: Reports,
    size: int = 1000,
    threads: int | None = None,
    progress: bool = False,
    errors: Errors = "raise",
    screen: bool = False,
    min_confidence: float | None = None,
) -> Iterator[Tables]:
    """Reads many reports with what comes with Daybook, some at a time, into tables; see `Reader.read_batches`."""
    return built_in().read_batches(reports, size, threads, progress, errors, screen, min_confidence)


def read_tables(
    reports: Reports,
    threads: int | None = None,
    progress: bool = False,
    errors: Errors = "raise",
    screen: bool = False,
    min_confidence: float | None = None,
) -> Tables:
    """Reads many reports with what comes with Daybook into tables; see `Reader.read_tables`.

    >>> import daybook
    >>> daybook.read_tables([("Joe Biden phoned Xi Jinping.", "2022-03-18")]).contacts.columns[:5]
    ['report', 'published', 'publisher', 'number', 'kind']
    """
    return built_in().read_tables(reports, threads, progress, errors, screen, min_confidence)


def _pieces(readings: Iterator[Reading], size: int) -> Iterator[Tables]:
    while piece := list(islice(readings, size)):
        yield tables(piece)


def who_files(who: File | Sequence[File]) -> list[tuple[str, str]]:
    """Files with office holders, each by its path and its text."""
    return [(os.fspath(path), text_of(Path(path))) for path in _files(who)]


def rule_files(rules: File | Sequence[File] | None) -> list[tuple[str, str]]:
    """Rule files, also those below folders, each by its path and its text."""
    return [] if rules is None else [file for path in _files(rules) for file in _rules(Path(path))]


def _files(files: File | Sequence[File]) -> Iterable[File]:
    return [files] if isinstance(files, (str, os.PathLike)) else files


def _rules(path: Path) -> list[tuple[str, str]]:
    """Every rule file below a folder, by name, or the one file; its path and its text."""
    if not path.is_dir():
        return [(str(path), text_of(path))]
    found = sorted(path.rglob("*.toml"))
    if not found:
        raise LoadError(f"{path}: holds no rules; name a folder with .toml files")
    return [(str(file), text_of(file)) for file in found]


def text_of(path: Path) -> str:
    """The text of a file that the user names; `LoadError` where it can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: can't be read: {error}") from error
