"""The wheel: it installs into an environment with nothing else in it, and reads the examples there."""

from __future__ import annotations

import os
import pathlib
import subprocess
import venv
import zipfile

READ = """
import json, sys, daybook
rows = [json.loads(line) for name in sys.argv[1:] for line in open(name, encoding="utf-8")]
readings = list(daybook.read_many(rows))
assert len(readings) == len(rows) == 9, readings
contacts = daybook.tables(readings).contacts
assert len(contacts) == sum(len(reading.contacts) for reading in readings) == 10, contacts
with daybook.Book("contacts.db") as book:
    assert book.add(rows).added == 9
    assert book.last("Merkel", "Putin")["kind"] == "video_call"
try:
    contacts.to_polars()
except daybook.Error as error:
    print(error)
"""


def test_the_wheel_installs_into_a_clean_environment_and_reads_the_examples(
    tmp_path: pathlib.Path, examples: pathlib.Path
) -> None:
    venv.create(tmp_path / "clean", with_pip=True)
    python = tmp_path / "clean" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", os.environ["DAYBOOK_WHEEL"]], check=True)
    files = [examples / "two-sides.jsonl", examples / "week.jsonl"]
    done = subprocess.run([str(python), "-c", READ, *map(str, files)], cwd=tmp_path, stdout=subprocess.PIPE, text=True, check=True)
    assert "polars is needed here" in done.stdout and "pip install polars" in done.stdout


def test_the_wheel_is_for_all_versions_from_3_10_and_is_typed() -> None:
    wheel = pathlib.Path(os.environ["DAYBOOK_WHEEL"])
    assert "-cp310-abi3-" in wheel.name
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"daybook/py.typed", "daybook/_daybook.pyi", "daybook/_daybook.abi3.so"} <= names
    assert not [name for name in names if "tests" in name or "examples" in name or "/src/" in name]
