"""An entry of a book as plain Python data: all accounts of one contact, settled, with every version of every value.

It is what `daybook list --format jsonl` prints; docs/export.md tells of each field. What is not known is `None`.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from daybook.record import Certainty, Kind, Member, Status, When

__all__ = ["Account", "Comparison", "Entry", "Filed", "Join", "Someone", "Step", "Told", "Versions"]

Agreement = Literal["conflict", "both", "one_only"]


class Someone(Member):
    """A party as the book knows it: `identity` is what it can be asked for by."""

    identity: str


class SideReadout(TypedDict):
    """A side's own account."""

    side: str
    report: str | None
    published: str | None
    url: str | None


class Step(TypedDict):
    """How things stood on the day on which it became known."""

    known: str | None
    status: Status
    date: str | None
    report: str | None


class Credibility(TypedDict):
    """Who stands behind an entry, and how many independent sources."""

    standing: Literal["both_sides", "side_and_others", "one_side", "several", "single", "unconfirmed"]
    sources: int


class Told(TypedDict):
    """A version of a value, the reports that tell it, and why it goes before others, where there are any."""

    value: str
    reports: list[str]
    why: str | None


class Versions(TypedDict):
    """All versions of each value, that which the entry shows first."""

    kind: list[Told]
    status: list[Told]
    certainty: list[Told]
    date: list[Told]
    time: list[Told]
    duration: list[Told]
    place: list[Told]
    topics: list[Told]
    withheld_by: list[Told]


class Filed(TypedDict):
    """A report as it is filed."""

    id: str
    name: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    side: str | None
    agency: str | None
    superseded_by: str | None


class Account(TypedDict):
    """One report's telling of the contact, and its words."""

    id: str
    report: Filed
    words: str


class Join(TypedDict):
    """Two accounts that were joined, and why."""

    accounts: list[str]
    why: str


class Entry(TypedDict):
    """The book's record of one contact."""

    id: str
    kind: Kind
    status: Status
    certainty: Certainty
    confidence: float
    parties: list[Someone]
    present: list[Someone]
    when: When
    place: str | None
    topics: list[str]
    aggregate: bool
    domestic: bool
    readouts: list[SideReadout]
    withheld_by: list[str]
    history: list[Step]
    credibility: Credibility
    withdrawn: bool
    disputed: list[Literal["kind", "status", "date", "time", "duration", "place"]]
    versions: Versions
    accounts: list[Account]
    joined: list[Join]


class Side(TypedDict):
    """A side, and the numbers of its own accounts in the entry."""

    side: str
    accounts: list[int]


class Compared(TypedDict):
    """One value as each side tells it."""

    field: str
    told: list[str | None]
    agreement: Agreement


class Point(TypedDict):
    """One thing that was talked of or said, in the words of each side."""

    words: list[list[str]]
    agreement: Agreement


class Comparison(TypedDict):
    """The sides' own accounts of a contact beside each other; lists run beside `sides`."""

    sides: list[Side]
    values: list[Compared]
    points: list[Point]
