"""The record of one report as plain Python data: what `Reading.to_dict()` gives and `daybook read --format jsonl` prints.

A `Span` is `[start, end)` in code points of the report's text, or of its title where a field's name says so. What is not
known is `None`. docs/record.md tells of each field.
"""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = [
    "Claim",
    "Contact",
    "Dating",
    "Factuality",
    "Member",
    "Person",
    "Readout",
    "Record",
    "Report",
    "Span",
    "Statement",
    "Tie",
    "Time",
    "When",
    "Words",
]

#: Two numbers: where words begin, and where they have ended.
Span = list[int]

Kind = Literal["call", "video_call", "meeting", "visit", "gathering", "letter", "message", "unspecified"]
Status = Literal[
    "held", "under_way", "scheduled", "proposed", "postponed", "cancelled", "declined", "denied", "not_held"
]
Certainty = Literal["certain", "reported", "possible", "unverified"]
PartyType = Literal["person", "state", "body", "document"]
Role = Literal["initiator", "recipient", "participant"]
Act = Literal["said", "thought", "wanted"]
Polarity = Literal["affirmed", "denied", "declined"]
Bearing = Literal["tells", "about", "confirms", "denies", "declines_comment"]
Doubt = Literal["unverified", "alleged", "disputed", "denied", "false"]


class _Evidence(TypedDict):
    spans: list[Span]
    title_spans: list[Span]
    inferred: str | None


class Words(_Evidence, total=False):
    """The words that say a value; what it is inferred from where no words say it; on whose word it stands, if on anyone's."""

    according_to: list[str]


class Dating(TypedDict):
    """When a report without a date was published, as far as its words tell."""

    edtf: str
    reasons: list[Words]
    set_aside: list[Words]


class Report(TypedDict):
    """The report that was read."""

    id: str
    published: str | None
    published_inferred: Dating | None
    title: str | None
    publisher: str | None
    url: str | None


class Person(TypedDict):
    """A person in an office, or a state, body or document. Countries are ISO 3166-1 alpha-3, or EU, UN, …"""

    name: str | None
    office: str | None
    country: str | None
    type: PartyType
    wikidata: str | None


class Member(Person):
    """A party of a contact, and what it does in it."""

    role: Role


class When(TypedDict):
    """The day as EDTF (ISO 8601-2), the time of day, and how long it took (ISO 8601)."""

    edtf: str | None
    time: str | None
    duration: str | None
    duration_approximate: bool | None


class Readout(TypedDict, total=False):
    """Which sides have released their own account, or said that they will not."""

    released_by: list[str]
    withheld_by: list[str]


class ContactSources(TypedDict):
    """The words that say each value of a contact; lists run beside the lists of values."""

    kind: Words
    status: Words
    certainty: Words
    parties: list[Words]
    present: list[Words]
    date: Words | None
    time: Words | None
    duration: Words | None
    place: Words | None
    according_to: list[Words]
    topics: list[Words]
    released_by: list[Words]
    withheld_by: list[Words]
    first_or_last: Words | None
    count: Words | None


class Contact(TypedDict):
    """One occasion on which parties communicate or meet, as one report tells it."""

    kind: Kind
    status: Status
    certainty: Certainty
    confidence: float
    parties: list[Member]
    present: list[Person]
    when: When
    place: str | None
    according_to: list[str]
    topics: list[str]
    readout: Readout
    first_or_last: str | None
    aggregate: bool
    count: int | None
    domestic: bool
    statements: list[int]
    evidence: list[Span]
    title_evidence: list[Span]
    sources: ContactSources
    rules: list[str]


class Tie(TypedDict):
    """The number of a contact, and how a statement bears on it."""

    contact: int
    bearing: Bearing


class StatementSources(TypedDict):
    """The words that say each value of a statement; lists run beside the lists of values."""

    speakers: list[Words]
    relayed_by: list[Words]
    act: Words
    polarity: Words
    addressee: Words | None
    occasions: list[Words]
    place: Words | None
    date: Words | None
    contacts: list[Words]


class Statement(TypedDict):
    """What somebody is said to have said, thought or wanted."""

    content: list[Span]
    title_content: list[Span]
    cue: list[Span]
    title_cue: list[Span]
    source: list[Span]
    title_source: list[Span]
    speaker: Person | None
    speakers: list[Person]
    relayed_by: list[Person]
    act: Act
    polarity: Polarity
    quoted: bool
    quotes: list[Span]
    title_quotes: list[Span]
    addressee: str | None
    occasions: list[str]
    place: str | None
    date: str | None
    contacts: list[Tie]
    within: int | None
    sources: StatementSources


class ClaimSources(TypedDict):
    """The words that say each value of a claim; lists run beside the lists of values."""

    doubt: Words
    published_by: list[Words]
    alleged_by: list[Words]
    denied_by: list[Words]


class Claim(TypedDict):
    """What the report, or somebody in it, does not vouch for."""

    content: list[Span]
    title_content: list[Span]
    doubt: Doubt
    published_by: list[Person]
    alleged_by: list[Person]
    denied_by: list[Person]
    statements: list[int]
    sources: ClaimSources


class Factuality(TypedDict):
    """The word that tells an event, and how far the event is a fact: from 3, certain, to -3, certainly not."""

    span: Span
    value: float
    label: Literal["CT+", "PR+", "PS+", "Uu", "PS-", "PR-", "CT-"]


class Time(TypedDict):
    """A time phrase, as TIMEX3."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    inferred: str | None


class Record(TypedDict):
    """All that was read in one report."""

    report: Report
    contacts: list[Contact]
    statements: list[Statement]
    claims: list[Claim]
    factuality: list[Factuality]
    times: list[Time]
