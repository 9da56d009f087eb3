"""Reports made up for tests: contacts that several publishers tell, each in its own words, and not always alike."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

#: One report: the columns of a frame, all strings or None.
Report = dict[str, "str | None"]

#: Who they are, and who publishes for their side.
PEOPLE = [
    ("Vladimir Putin", "President", "Russian", "kremlin"),
    ("Sergey Lavrov", "Foreign Minister", "Russian", "russian-foreign-ministry"),
    ("Emmanuel Macron", "President", "French", "elysee"),
    ("Olaf Scholz", "Chancellor", "German", "bundesregierung"),
    ("Joe Biden", "President", "US", "white-house"),
    ("Antony Blinken", "Secretary of State", "US", "state-department"),
    ("Xi Jinping", "President", "Chinese", "xinhua"),
    ("Recep Tayyip Erdogan", "President", "Turkish", "turkish-presidency"),
    ("Hakan Fidan", "Foreign Minister", "Turkish", "turkish-foreign-ministry"),
    ("Volodymyr Zelensky", "President", "Ukrainian", "president-of-ukraine"),
    ("Narendra Modi", "Prime Minister", "Indian", "pib"),
    ("Rishi Sunak", "Prime Minister", "British", "number-10"),
]
PAPERS = ["The Morning Example", "Example Wire", "Evening Sample", "Der Beispielbote"]
PLACES = ["Paris", "Ankara", "Berlin", "Geneva", "Istanbul", "Vienna"]
TOPICS = ["grain exports", "the ceasefire", "energy supplies", "a prisoner exchange", "trade", "the summit in June"]
FIRST = datetime.date(2023, 2, 6)

#: What is said of a call or a meeting, by who tells it: {a} and {b} are the two, {day} when.
TOLD = {
    "call": [
        "{a} phoned {b} {day}. The two discussed {topic}. The call lasted about {minutes} minutes.",
        "{b} and {a} spoke by telephone {day}, officials said. {bs} office said they talked about {topic}.",
        "{day}, {a} held a telephone conversation with {b}. They exchanged views on {topic}.",
        "{a} had a call with {b} {day}, a spokesman told reporters. He declined to give details.",
    ],
    "meeting": [
        "{a} met {b} in {place} {day}. They discussed {topic} for {minutes} minutes.",
        "{b} held talks with {a} in {place} {day}, according to officials. {topic} was on the agenda.",
        "{day}, {a} and {b} met in {place} and spoke of {topic}.",
        "{a} received {b} {day}. The meeting was held behind closed doors.",
    ],
}
#: What is told before it.
PLANNED = {
    "call": "{a} will speak with {b} by phone {day}, a spokeswoman said. They are expected to discuss {topic}.",
    "meeting": "{a} is to meet {b} in {place} {day}, officials announced. {topic} will be on the agenda.",
}
#: What tells no day.
VAGUE = {
    "call": "{a} and {b} spoke by phone in recent days, an official said. The two discussed {topic}.",
    "meeting": "{a} met {b} earlier this month, according to diplomats. They talked about {topic}.",
}


def reports(count: int, seed: int = 7) -> list[Report]:
    """So many reports, each with its own id; the same for the same seed."""
    chance = random.Random(seed)
    made: list[Report] = []
    while len(made) < count:
        made += _contact(chance)
    made = made[:count]
    chance.shuffle(made)
    return [{**report, "id": f"r{number:05}"} for number, report in enumerate(made)]


def _contact(chance: random.Random) -> Iterator[Report]:
    """The reports of one contact, or of a gathering."""
    if chance.random() < 0.1:
        yield from _gathering(chance)
        return
    one, other = chance.sample(PEOPLE, 2)
    # A few contact each other all the time, so that chains grow long.
    if chance.random() < 0.4:
        one, other = PEOPLE[1], PEOPLE[8]
    kind = chance.choice(["call", "call", "meeting"])
    day = FIRST + datetime.timedelta(days=chance.randrange(50))
    said = {"place": chance.choice(PLACES), "topic": chance.choice(TOPICS), "minutes": chance.choice(["20", "40", "90"])}
    if chance.random() < 0.4:
        before = day - datetime.timedelta(days=chance.randrange(1, 4))
        yield _report(chance, PLANNED[kind], one, other, day, before, said)
    for text in chance.sample(TOLD[kind], chance.randrange(1, 5)):
        told = {**said, "place": chance.choice([said["place"], said["place"], chance.choice(PLACES)])}
        # Some have it a day late.
        slip = datetime.timedelta(days=chance.choice([0, 0, 0, 0, 1]))
        yield from _versions(chance, _report(chance, text, one, other, day + slip, day + slip, told))
    if chance.random() < 0.3:
        later = day + datetime.timedelta(days=chance.randrange(1, 6))
        yield _report(chance, VAGUE[kind], one, other, day, later, said)


def _gathering(chance: random.Random) -> Iterator[Report]:
    people = chance.sample(PEOPLE, chance.randrange(3, 7))
    day = FIRST + datetime.timedelta(days=chance.randrange(50))
    for paper in chance.sample(PAPERS, 2):
        names = [name for name, *_ in people[: len(people) - chance.randrange(2)]]
        text = f"{', '.join(names[:-1])} and {names[-1]} met in {chance.choice(PLACES)} on {day:%B} {day.day}."
        yield {"text": text, "published": day.isoformat(), "title": None, "publisher": paper, "url": None}


def _versions(chance: random.Random, report: Report) -> Iterator[Report]:
    """A report; sometimes once more under another id, or a version that replaces it, which may tell of nothing."""
    yield report
    luck = chance.random()
    if luck < 0.08:
        yield dict(report)
    elif luck < 0.16 and report["url"]:
        yield {**report, "text": f"{report['text']} This report was updated."}
    elif luck < 0.22 and report["url"] and report["published"]:
        day = datetime.date.fromisoformat(report["published"]) + datetime.timedelta(days=1)
        yield {**report, "text": "This report was withdrawn.", "published": day.isoformat()}


def _report(
    chance: random.Random,
    text: str,
    one: tuple[str, ...],
    other: tuple[str, ...],
    day: datetime.date,
    published: datetime.date,
    said: dict[str, str],
) -> Report:
    own = chance.random() < 0.3
    publisher = chance.choice([one[3], other[3]]) if own else chance.choice(PAPERS)
    called = chance.choice([lambda p: p[0], lambda p: f"{p[2]} {p[1]} {p[0]}"])
    words = {"a": called(one), "b": called(other), "bs": f"{other[2]} {other[1]}'s", **said}
    when = chance.choice([f"on {day:%A}", f"on {day:%B} {day.day}"])
    filled = text.format(day=when, **words)
    number = chance.randrange(10**9)
    return {
        "text": filled[0].upper() + filled[1:],
        "published": None if chance.random() < 0.05 else published.isoformat(),
        "title": chance.choice([None, f"{one[0]} and {other[0]} in contact"]),
        "publisher": publisher,
        "url": chance.choice([None, f"https://example.org/{publisher.replace(' ', '-').lower()}/{number}"]),
    }
