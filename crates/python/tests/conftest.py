"""What several tests need: the checkout, the program, a book, a server."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import daybook
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture
def examples() -> pathlib.Path:
    return ROOT / "examples"


@pytest.fixture
def two_sides(examples: pathlib.Path) -> list[dict[str, Any]]:
    """Reports that tell of one video call from both sides, and of other contacts."""
    return [json.loads(line) for line in (examples / "two-sides.jsonl").read_text().splitlines()]


@pytest.fixture
def program() -> Callable[..., str]:
    """Runs the program `daybook`; gives what it prints."""

    def run(*arguments: object, given: str = "") -> str:
        command = [os.environ["DAYBOOK_PROGRAM"], *map(str, arguments)]
        done = subprocess.run(command, input=given.encode(), stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()

    return run


@pytest.fixture
def book(tmp_path: pathlib.Path, two_sides: list[dict[str, Any]]) -> Iterator[daybook.Book]:
    with daybook.Book(tmp_path / "contacts.db") as book:
        book.add(two_sides)
        yield book


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of its own."""
    script = ROOT / "crates" / "ledger" / "tests" / "postgres.sh"
    started = subprocess.Popen(["sh", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdin and started.stdout
    address = started.stdout.readline().strip()
    assert address, "no PostgreSQL server; run ./test, which installs what the tests need"
    yield address
    started.stdin.close()
    started.wait()
