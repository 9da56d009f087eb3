"""Books of contacts: reports go in, entries come out, one for each contact."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from daybook import _daybook
from daybook.progress import bar
from daybook.reader import Reader, built_in, text_of
from daybook.reports import is_lenient

if TYPE_CHECKING:
    import builtins

    from typing_extensions import Self, Unpack

    from daybook._daybook import Table
    from daybook.entry import Comparison, Entry
    from daybook.record import Kind, Status
    from daybook.reports import Day, Errors, Reports

__all__ = ["Added", "Book", "Filter", "Size"]


class Added(NamedTuple):
    """What adding reports has done."""

    #: How many were new.
    added: int
    #: How many the book had already, word for word.
    known: int
    #: How many of the new ones replace an earlier version of the same address.
    versions: int
    #: How many accounts of contacts the new ones hold.
    accounts: int
    #: How many were looked at and not read, because they seem to tell of no contact.
    passed_over: int = 0


class Size(NamedTuple):
    """What a book holds."""

    reports: int
    accounts: int
    entries: int


class Filter(TypedDict, total=False):
    """Which entries are asked for; all conditions must hold. Names are those of persons, of countries and bodies, or of
    whoever holds an office on the day. They are the flags of `daybook list`.
    """

    #: Contacts between these two.
    between: tuple[str, str]
    #: Contacts in which these take part.
    parties: str | Sequence[str]
    #: One of these kinds.
    kind: Kind | Sequence[Kind]
    #: One of these statuses.
    status: Status | Sequence[Status]
    #: On or after this day.
    since: Day
    #: On or before this day.
    until: Day
    #: By words of the place.
    place: str
    #: By words of a topic.
    topic: str
    #: Of which this side has published its own account.
    side: str
    #: Only those on which accounts contradict each other.
    disputed: bool
    #: Of which an account has this confidence or a higher one, a number between 0 and 1.
    min_confidence: float
    #: Also those that no report tells of any more, each replaced by a version without them.
    withdrawn: bool
    #: With these words in a report; `'"in quotes"'` side by side.
    text: str
    #: From what was published by this day.
    as_of: Day
    #: The earliest first; else the latest is.
    earliest_first: bool
    #: So many at most.
    limit: int


class Book:
    """A sourced book of contacts: a SQLite file, made where there is none, or `postgres://…`.

    `reader` is used to read what is added, and its tables of who is who to understand names; the built-in one if left out.
    `trust` names a file with publishers who weigh more or less than others. With `read_only` nothing is changed, and the
    book must be there. A book may be used from several threads; they take turns.

        >>> import daybook
        >>> with daybook.Book("contacts.db") as book:
        ...     added = book.add([("Joe Biden phoned Xi Jinping on Friday.", "2022-03-19")])
        ...     last = book.last("Biden", "Xi")
        >>> added.added, last["kind"], last["when"]["edtf"]
        (1, 'call', '2022-03-18')

    Raises `BookError` where there is something else at that place, or it can't be opened; `LoadError` where `trust` is
    broken.
    """

    def __init__(
        self,
        place: str | os.PathLike[str],
        reader: Reader | None = None,
        trust: str | os.PathLike[str] | None = None,
        read_only: bool = False,
    ) -> None:
        self._place = os.fspath(place)
        self._reader = reader
        weights = None if trust is None else (os.fspath(trust), text_of(Path(trust)))
        own = None if reader is None else reader._reader
        self._book = _daybook.Book(self._place, own, weights, read_only)

    def add(
        self,
        reports: Reports,
        threads: int | None = None,
        progress: bool = False,
        size: int = 256,
        errors: Errors = "raise",
        screen: bool = False,
        min_confidence: float | None = None,
    ) -> Added:
        """Reads reports on all cores or so many `threads`, and files those that the book does not know yet.

        `reports` are what `daybook.read_many` takes. They are filed `size` at a time, each such piece whole or not at all:
        what is added stays added where a later one can't be read. With `screen`, only reports that may tell of a contact are
        read and filed. Accounts whose confidence is below `min_confidence` are not filed; `None` is the default of
        `daybook add`.

            >>> import daybook
            >>> book = daybook.Book("contacts.db")
            >>> book.add(["Emmanuel Macron met Olaf Scholz in Berlin.", "It rained."])
            Added(added=2, known=0, versions=0, accounts=1, passed_over=0)
            >>> book.add(["It rained."])
            Added(added=0, known=1, versions=0, accounts=0, passed_over=0)

        Raises `ReportError` or `TypeError` for a report that can't be read, unless `errors="warn"` leaves it out, and
        `BookError` where the book can't be written; `ValueError` where `min_confidence` is no number between 0 and 1.
        """
        if size < 1:
            raise ValueError(f"size is 1 or more, not {size}")
        reader = (self._reader or built_in())._reader
        source = _daybook.Source(reports, is_lenient(errors))
        total = Added(0, 0, 0, 0, 0)
        with bar(reports, progress) as shown:
            while True:
                asked, *done = self._book.add(reader, source, size, threads, screen, min_confidence)
                if asked == 0:
                    return total
                new, versions, accounts, passed_over = done
                piece = Added(new, asked - new - passed_over, versions, accounts, passed_over)
                total = Added(*(old + more for old, more in zip(total, piece)))
                shown.update(asked)

    def list(self, **filter: Unpack[Filter]) -> builtins.list[Entry]:
        """The entries that are asked for, the latest first; all where nothing is.

            >>> book.list(parties="Germany", kind=["call", "meeting"], since="2021-01-01", limit=1)[0]["id"]
            'fcde2cd3b951ba00'

        Raises `QuestionError` where a name, kind, status or day can't be understood.
        """
        return [json.loads(line) for line in self._book.list(_filter(filter))]

    def table(self, **filter: Unpack[Filter]) -> Table:
        """The entries that are asked for as a flat table with the columns of `daybook export --format csv`.

            >>> book.table(between=("Merkel", "Putin")).to_polars()["status"].to_list()
            ['held']
        """
        return self._book.table(_filter(filter))

    def count(self, **filter: Unpack[Filter]) -> int:
        """How many entries a question is about, whatever its `limit`.

            >>> book.count(), book.count(disputed=True)
            (3, 0)
        """
        return self._book.count(_filter(filter))

    def last(
        self, a: str, b: str, before: Day | None = None, as_of: Day | None = None
    ) -> Entry | None:
        """The last contact of two that was held, `before` a day, from what was published by another; `None` where the book
        has none.

            >>> book.last("Merkel", "Putin")["kind"]
            'video_call'
        """
        found = self._book.last((a, b), _day(before), _day(as_of))
        return _entry(found[0]) if found else None

    def show(self, id: str, as_of: Day | None = None) -> Entry:
        """The entry of an id, that of any of its accounts, or the beginning of one; `as_of` a day as it was known then.

        Raises `QuestionError` where there is none, or several.
        """
        return _entry(self._book.show(id, _day(as_of))[0])

    def compare(self, id: str) -> Comparison:
        """The sides' own accounts of an entry beside each other: what both say, what one alone, and where they differ.

            >>> found = book.compare(book.last("Merkel", "Putin")["id"])
            >>> [side["side"] for side in found["sides"]]
            ['DEU', 'RUS']
        """
        comparison: Comparison = json.loads(self._book.compare(id))
        return comparison

    def sql(self, query: str, timeout: float = 60) -> Table:
        """The answer to one statement of SQL that only reads; docs/book.md describes the tables.

        Columns of numbers are `int64` or `float64`, all others text. It is given up after so many seconds.

            >>> book.sql("SELECT kind, count(*) AS n FROM entries GROUP BY kind ORDER BY kind").to_polars().rows()
            [('call', 1), ('video_call', 1), ('visit', 1)]

        Raises `QuestionError` where it has a mistake or would write, `BookError` where it takes too long.
        """
        return self._book.sql(query, timeout)

    def size(self) -> Size:
        """How much the book holds.

            >>> book.size()
            Size(reports=6, accounts=7, entries=3)
        """
        return Size(*self._book.size())

    def close(self) -> None:
        """Closes the book; whatever is asked of it then raises `BookError`."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"daybook.Book({self._place!r})"


def _entry(line: str) -> Entry:
    entry: Entry = json.loads(line)
    return entry


def _filter(filter: Filter) -> dict[str, Any]:
    """The conditions with every key, each in one form: what Rust takes."""
    unknown = filter.keys() - Filter.__annotations__.keys()
    if unknown:
        raise TypeError(f"no such condition: {', '.join(sorted(unknown))}; there are {', '.join(Filter.__annotations__)}")
    return {
        "names": [*filter.get("between", ()), *_all(filter.get("parties"))],
        "kinds": _all(filter.get("kind")),
        "statuses": _all(filter.get("status")),
        "side": filter.get("side"),
        "since": _day(filter.get("since")),
        "until": _day(filter.get("until")),
        "as_of": _day(filter.get("as_of")),
        "place": filter.get("place"),
        "topic": filter.get("topic"),
        "text": filter.get("text"),
        "disputed": filter.get("disputed", False),
        "min_confidence": filter.get("min_confidence"),
        "withdrawn": filter.get("withdrawn", False),
        "earliest_first": filter.get("earliest_first", False),
        "limit": filter.get("limit"),
    }


def _all(told: str | Sequence[str] | None) -> list[str]:
    if told is None:
        return []
    return [told] if isinstance(told, str) else list(told)


def _day(day: Day | None) -> str | None:
    if day is None or isinstance(day, str):
        return day
    if isinstance(day, datetime.date):
        return day.isoformat()
    raise TypeError(f'a day is a date or a str such as "2022-01-31", not {type(day).__name__}')
