"""Many reports: in their order, on any number of threads, no more of them held than needed, Python left free."""

from __future__ import annotations

import itertools
import multiprocessing
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from types import FrameType
from typing import Any

import daybook
import pytest

NAMES = ["Joe Biden", "Xi Jinping", "Emmanuel Macron", "Olaf Scholz", "Vladimir Putin", "Narendra Modi"]


def reports(count: int) -> list[dict[str, Any]]:
    """Reports of very different lengths."""
    pairs = itertools.cycle(itertools.permutations(NAMES, 2))
    told = [f"{a} phoned {b} on Monday. " for a, b in itertools.islice(pairs, count)]
    return [{"id": str(n), "text": text * (1 + n * 7 % 5), "published": "2022-03-18"} for n, text in enumerate(told)]


def test_readings_come_in_order_the_same_on_any_number_of_threads() -> None:
    rows = reports(60)
    one_by_one = [daybook.read(**row) for row in rows]
    for threads in [None, 1, 2, 7]:
        assert list(daybook.read_many(rows, threads=threads)) == one_by_one
    assert [reading.report["id"] for reading in one_by_one] == [row["id"] for row in rows]


def test_reports_of_no_concern_are_passed_over() -> None:
    rows = reports(12)
    idle = [{"id": f"idle-{n}", "text": "The river rose, and the villagers left their homes. " * n} for n in range(40)]
    mixed = [report for n, row in enumerate(rows) for report in (*idle[3 * n : 3 * n + 3], row)]
    for threads in [1, 3]:
        assert list(daybook.read_many(mixed, threads=threads, screen=True)) == list(daybook.read_many(rows))
    assert list(daybook.read_many(idle, screen=True)) == []
    assert len(daybook.read_tables(mixed, screen=True).reports) == len(rows)


def test_the_small_model_finds_what_is_plainly_told() -> None:
    rows = reports(4)
    kinds = [[contact["kind"] for contact in reading.contacts] for reading in daybook.Reader(model="small").read_many(rows)]
    assert kinds == [["call"]] * 4


def read_all(rows: list[dict[str, str]]) -> list[daybook.Reading]:
    return [*daybook.read_many(rows), *daybook.read_many(rows, screen=True)]


def in_fork(rows: list[dict[str, str]], told: Any) -> None:
    told.send(read_all(rows))
    with pytest.raises(daybook.LoadError, match="load it before the fork"):
        daybook.Reader()
    told.send("no reader is made")


def test_a_fork_reads_as_its_parent_does() -> None:
    rows = reports(6)
    readings = read_all(rows)
    forks = multiprocessing.get_context("fork")
    here, there = forks.Pipe(duplex=False)
    worker = forks.Process(target=in_fork, args=(rows, there))
    with warnings.catch_warnings():
        # Later versions of Python warn of any fork of a process with threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        worker.start()
    try:
        for expected in (readings, "no reader is made"):
            assert here.poll(120), "the fork tells nothing"
            assert here.recv() == expected
    finally:
        worker.kill()


def test_reports_may_be_texts_dicts_or_tuples() -> None:
    text, day = "Joe Biden phoned Xi Jinping.", "2022-03-18"
    told: list[Any] = [text, (text,), {"text": text}, {"body": text}, (text, None, None)]
    assert len(set(daybook.read_many(told))) == 1
    dated: list[Any] = [(text, day, "A call", "Wire", "https://example.org", 7), {"content": text, "date": day, "headline": "A call"}]
    whole, part = daybook.read_many(dated)
    assert whole.report == {
        "id": "7",
        "published": day,
        "published_inferred": None,
        "title": "A call",
        "publisher": "Wire",
        "url": "https://example.org",
    }
    assert (part.report["published"], part.report["title"]) == (day, "A call")


def test_reports_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "Joe Biden phoned Xi Jinping."

    readings = daybook.read_many(endless(), threads=2)
    assert len(list(itertools.islice(readings, 20))) == 20
    assert 20 <= taken <= 20 + 2 * 16


def test_nothing_gives_nothing() -> None:
    assert list(daybook.read_many([])) == []
    readings = daybook.read_many(["It rained."])
    assert len(list(readings)) == 1 and list(readings) == []


@pytest.mark.parametrize("many", [False, True])
def test_other_threads_go_on_meanwhile(many: bool) -> None:
    text = "Joe Biden phoned Xi Jinping on Monday, and they spoke of trade. " * 300
    running, turns = True, 0

    def turn() -> None:
        nonlocal turns
        while running:
            time.sleep(0.001)
            turns += 1

    other = threading.Thread(target=turn)
    other.start()
    try:
        before, began = turns, time.monotonic()
        contacts = len(next(daybook.read_many([text])).contacts if many else daybook.read(text).contacts)
        took, went_on = time.monotonic() - began, turns - before
    finally:
        running = False
        other.join()
    assert contacts > 0
    assert took > 0.3, "the text is too short to tell"
    # With the lock held it could not turn once.
    assert went_on > took * 50


def test_an_interrupt_ends_the_waiting() -> None:
    class Interrupted(Exception):
        pass

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    old = signal.signal(signal.SIGALRM, interrupt)
    try:
        long = "Joe Biden phoned Xi Jinping on Monday, and they spoke of trade. " * 4000
        readings = daybook.read_many([long], threads=1)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        began = time.monotonic()
        with pytest.raises(Interrupted):
            next(readings)
        assert time.monotonic() - began < 2
    finally:
        signal.signal(signal.SIGALRM, old)


def test_readings_are_not_taken_by_two_at_once() -> None:
    def asks_itself() -> Iterator[str]:
        yield "It rained."
        next(readings)

    readings = daybook.read_many(asks_itself())
    with pytest.raises(ValueError, match="being taken already"):
        list(readings)


def test_several_threads_may_read_with_one_reader() -> None:
    rows = reports(8)
    found: dict[int, list[daybook.Reading]] = {}

    def work(number: int) -> None:
        found[number] = [daybook.read(**row) for row in rows]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(readings == found[0] for readings in found.values())


def test_progress_is_shown_with_tqdm(capfd: pytest.CaptureFixture[str]) -> None:
    assert len(list(daybook.read_many(reports(5), progress=True))) == 5
    assert "5/5" in capfd.readouterr().err
    assert len(daybook.read_tables(iter(reports(3)), progress=True).reports) == 3
    assert "3 reports" in capfd.readouterr().err


def test_progress_without_tqdm_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tqdm.auto", None)
    with pytest.raises(daybook.Error, match="pip install tqdm"):
        daybook.read_many(["It rained."], progress=True)
    assert list(daybook.read_many(["It rained."]))
