"""Figures to Markdown between the marks of a page, and to a file of bench/runs/, with what they are worth nothing without."""

import json
import os
import platform
import subprocess
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
END = "<!-- end of figures -->"


def about(program: Path) -> dict:
    """The day, the commit and the machine."""
    return {
        "date": date.today().isoformat(),
        "commit": output("git", "describe", "--always", "--dirty"),
        "program": output(str(program), "--version"),
        "machine": f"{processor()}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.machine()}",
        "rust": output("rustc", "--version"),
        "python": platform.python_version(),
    }


def heading(figures: dict) -> str:
    machine = f"{figures['machine']}, {figures['rust']}, Python {figures['python']}"
    return f"{figures['date']}, commit {figures['commit']}, {machine}."


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


def markdown(head: list[str], rows: list[list], words: int = 1) -> list[str]:
    """The lines of a table of which so many columns are words, and the others figures."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * words}{'--:|' * (len(head) - words)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]


def number(value: float | None, form: str = ",.0f", unit: str = "") -> str:
    """A figure, or nothing where there is none."""
    return "" if value is None else f"{value:{form}}{unit}"


def record(figures: dict, ending: str, page: str, command: str, text: str) -> None:
    """Keeps a run, and puts its text in place of the last one's on a page."""
    runs = HERE / "runs"
    runs.mkdir(exist_ok=True)
    name = f"{figures['date']}-{figures['commit']}{ending}.json"
    (runs / name).write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path = HERE / page
    start = f"<!-- figures: written by {command} -->"
    before, rest = path.read_text(encoding="utf-8").split(start)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{start}\n{text}\n{END}{after}", encoding="utf-8")
