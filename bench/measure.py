"""Systems and texts to figures. Every figure is taken from outside, on a whole process: start, load, read, print."""

import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import texts
from systems import System

HERE = Path(__file__).resolve().parent
# One article is read so often, and the median told; by a slow system, so often.
FIRST, FIRST_OF_SLOW = 10, 3
# What a record of ours holds that is counted.
PARTS = ("contacts", "statements", "times")


class Failed(Exception):
    """A command that ended badly, with the last thing it said."""


@dataclass
class Run:
    """How long a command took, the memory of its largest process, and what it printed, in a file."""

    seconds: float
    peak_mb: float
    printed: Path


def timed(command: list[str], cores: int, folder: Path) -> Run:
    """Runs a command on so many cores; `folder` takes what it prints until the next run."""
    figures, printed, said = folder / "figures", folder / "printed", folder / "said"
    launch = [sys.executable, str(HERE / "timed.py"), str(cores), str(figures), *map(str, command)]
    with printed.open("wb") as out, said.open("wb") as errors:
        status = subprocess.run(launch, stdout=out, stderr=errors).returncode
    if status != 0:
        lines = [line for line in said.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        raise Failed(lines[0] if lines else "it ended without a word")
    return Run(**json.loads(figures.read_text(encoding="utf-8")), printed=printed)


def compare(systems: list[System], reports: list[dict], program: Path, folder: Path, rounds: int) -> list[dict]:
    """One row of figures for each system on one and on two cores, all of them in each round."""
    rows = [start_row(system, cores, reports, folder) for system in systems for cores in (1, 2)]
    for number in range(rounds):
        for row in rows:
            say(f"round {number + 1} of {rounds}: {row['system'].name} on {row['cores']}")
            one_round(row, program, folder)
    return against_spacy([finished(row) for row in rows])


def first_results(systems: list[System], article: dict, program: Path, folder: Path) -> dict[str, float]:
    """How long each system takes to read one article in one process, nothing loaded beforehand and all cores there."""
    file = folder / "article.jsonl"
    texts.write(file, [article])
    medians = {}
    for system in systems:
        say(f"one article: {system.name}")
        command = system.filled(program, file, 1)
        try:
            times = FIRST if system.texts is None else FIRST_OF_SLOW
            runs = [timed(command, all_cores(), folder).seconds for _ in range(times)]
        except Failed:
            continue
        medians[system.name] = round(statistics.median(runs), 3)
    return medians


def all_cores() -> int:
    """How many there are."""
    return len(os.sched_getaffinity(0))


def start_row(system: System, cores: int, reports: list[dict], folder: Path) -> dict:
    """A row with the texts that the system reads, and no figures yet."""
    own = reports if system.texts is None or system.texts >= len(reports) else list(texts.sample(reports, system.texts))
    file = folder / f"{len(own)}.jsonl"
    counted, words = texts.write(file, own)
    return {"system": system, "cores": cores, "texts": counted, "words": words, "file": file, "runs": []}


def one_round(row: dict, program: Path, folder: Path) -> None:
    if row.get("error"):
        return
    system = row["system"]
    try:
        run = timed(system.filled(program, row["file"], row["cores"]), row["cores"], folder)
    except Failed as failed:
        row["error"] = str(failed)
        return
    row["runs"].append(run)
    if "found" not in row:
        row.update(found(run.printed, system.records))


def found(printed: Path, records: bool) -> dict:
    """What was found: counts, and for records of ours how many reports of each kind tell of a contact."""
    with printed.open(encoding="utf-8") as lines:
        if not records:
            return {"found": json.loads(list(lines)[-1])}
        counts: Counter = Counter()
        telling: Counter = Counter()
        for record in map(json.loads, lines):
            counts.update({part: len(record[part]) for part in PARTS})
            # `mix.py` names its reports political-… and other-….
            telling.update({record["report"]["id"].split("-")[0]: bool(record["contacts"])})
    return {"found": dict(counts), "telling": {kind: telling[kind] for kind in ("political", "other") if kind in telling}}


def finished(row: dict) -> dict:
    """The row as it is recorded: medians and rates in place of runs."""
    runs, system = row.pop("runs"), row.pop("system")
    row.pop("file")
    row = {"system": system.name, **row}
    if row.get("error"):
        return row
    seconds = statistics.median(run.seconds for run in runs)
    row["seconds"] = round(seconds, 3)
    row["texts_per_second"] = round(row["texts"] / seconds, 2)
    row["words_per_second"] = round(row["words"] / seconds)
    row["peak_mb"] = round(max(run.peak_mb for run in runs))
    return row


def against_spacy(rows: list[dict]) -> list[dict]:
    """The rows with each one's speed by words as a multiple of spaCy's on as many cores."""
    spacy = {row["cores"]: row["words_per_second"] for row in rows if row["system"] == "spaCy" and "seconds" in row}
    for row in rows:
        if "seconds" in row and row["cores"] in spacy:
            row["against_spacy"] = round(row["words_per_second"] / spacy[row["cores"]], 3)
    return rows


def say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
