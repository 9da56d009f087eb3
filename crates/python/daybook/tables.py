"""Readings as Arrow tables: reports, contacts, statements, claims, times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from daybook import _daybook
from daybook._daybook import Reading, Table

__all__ = ["Tables", "tables"]


class Tables(NamedTuple):
    """What was read in reports, as five tables that pandas, polars, DuckDB and pyarrow take without copying.

    Every row names its report, and its number there. Its `words` are those that tell it. Columns are called as in the
    record; positions are structs of `start` and `end`.
    """

    #: A row for each report: id, day, title, publisher, address, how many contacts, statements, claims and times.
    reports: Table
    #: A row for each contact that a report tells of.
    contacts: Table
    #: A row for each statement.
    statements: Table
    #: A row for each claim that a report doesn't vouch for.
    claims: Table
    #: A row for each time phrase.
    times: Table

    @classmethod
    def joined(cls, parts: Iterable[Tables]) -> Tables:
        """The rows of several, one after another, without copying them; no rows where there are none."""
        columns = list(zip(*parts))
        return cls(*map(Table.joined, map(list, columns))) if columns else tables([])


def tables(readings: Iterable[Reading]) -> Tables:
    """The tables of readings at hand.

    >>> import daybook
    >>> found = daybook.tables([daybook.read("Joe Biden phoned Xi Jinping.", id="a")])
    >>> found.contacts.to_polars()["kind"].to_list()
    ['call']
    """
    return Tables(*_daybook.tables(list(readings)))
