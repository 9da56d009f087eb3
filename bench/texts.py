"""Corpora to lists of reports: dictionaries with "text" and, if told, "id" and "published", which is what all systems get."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Steps of a prime take reports from all over a list, and none twice before every one was taken.
STEP = 7919


def read(paths: list[Path]) -> list[dict]:
    """The reports of JSON Lines files and of folders of them, in the order given."""
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    reports = [report for file in files for report in read_file(file)]
    if not reports:
        sys.exit("bench: no report with a text in " + " ".join(map(str, paths)))
    return reports


def read_file(path: Path) -> list[dict]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    reports = [json.loads(line) for line in lines]
    kept = [{key: report[key] for key in ("id", "published", "text") if report.get(key)} for report in reports]
    return [report for report in kept if report.get("text", "").strip()]


def sample(reports: list[dict], wanted: int) -> Iterator[dict]:
    """So many reports from all over the list; again from its start where there are too few."""
    step = STEP if len(reports) % STEP else 1
    return (reports[number * step % len(reports)] for number in range(wanted))


def renamed(reports: Iterable[dict]) -> Iterator[dict]:
    """The same reports under new ids, so that no two share one."""
    return ({**report, "id": f"report-{number}"} for number, report in enumerate(reports))


def median(reports: list[dict]) -> dict:
    """A report of median length."""
    return sorted(reports, key=words)[len(reports) // 2]


def words(report: dict) -> int:
    """A word is what stands between white space."""
    return len(report["text"].split())


def write(path: Path, reports: Iterable[dict]) -> tuple[int, int]:
    """Writes JSON Lines; returns how many reports and words these are."""
    counted = total = 0
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(report, ensure_ascii=False) + "\n")
            counted, total = counted + 1, total + words(report)
    return counted, total
