"""Turns a corpus into speed figures of `daybook read` and of spaCy's small English pipeline, and writes them down.

Every figure is taken from outside, on a whole process: start, load, read, print. Words are runs of characters between
white space in the texts, counted once for both. `bench/run` prepares what this needs; see there for the arguments.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
START, END = "<!-- figures: written by bench/run -->", "<!-- end of figures -->"


def main() -> None:
    given = arguments()
    reports = read_corpus(given.corpus)[: given.texts]
    if not reports:
        sys.exit("bench: no report with a text in " + " ".join(map(str, given.corpus)))
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(reports, Path(folder), given.rounds)
    figures = {**about(reports, given.rounds), "figures": figures}
    print(table(figures))
    if given.record:
        record(figures)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON Lines file, or a folder of them")
    parser.add_argument("--texts", type=int, help="read only the first N reports")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts (3)")
    parser.add_argument("--no-record", dest="record", action="store_false", help="print the figures only")
    return parser.parse_args()


def read_corpus(paths: list[Path]) -> list[dict]:
    """The reports of all files, in the order given, with the fields that both systems are told."""
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    reports = [json.loads(line) for line in lines]
    kept = [{key: report[key] for key in ("id", "published", "text") if report.get(key)} for report in reports]
    return [report for report in kept if report.get("text", "").strip()]


def measure(reports: list[dict], folder: Path, rounds: int) -> list[dict]:
    """One row of figures for each system on one and on two cores."""
    corpus, article = folder / "corpus.jsonl", folder / "article.jsonl"
    write_lines(corpus, reports)
    write_lines(article, [median_article(reports)])
    words = count_words(reports)
    rows = []
    for system, command in (("daybook", daybook), ("spaCy", spacy)):
        for cores in (1, 2):
            runs = [timed(command(corpus, cores)) for _ in range(rounds)]
            seconds = statistics.median(run["seconds"] for run in runs)
            row = {"system": system, "cores": cores, "seconds": round(seconds, 3)}
            row["reports_per_second"] = round(len(reports) / seconds, 2)
            row["words_per_second"] = round(words / seconds)
            row["peak_mb"] = round(max(run["peak_mb"] for run in runs))
            rows.append(row)
        first = statistics.median(timed(command(article, 1))["seconds"] for _ in range(10))
        rows[-2]["first_result_seconds"] = round(first, 3)
    return rows


def daybook(path: Path, cores: int) -> list[str]:
    program = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "daybook"
    return [str(program), "read", "--format", "jsonl", "--threads", str(cores), str(path)]


def spacy(path: Path, cores: int) -> list[str]:
    return [sys.executable, str(HERE / "spacy_pipeline.py"), str(path), str(cores)]


def timed(command: list[str]) -> dict:
    """Wall time of a command and the largest resident set of it or of any process that it started."""
    # Without this, spaCy's linear algebra would use both cores in the row for one.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return {"seconds": seconds, "peak_mb": usage.ru_maxrss / 1024}


def median_article(reports: list[dict]) -> dict:
    return sorted(reports, key=lambda report: len(report["text"].split()))[len(reports) // 2]


def count_words(reports: list[dict]) -> int:
    return sum(len(report["text"].split()) for report in reports)


def write_lines(path: Path, reports: list[dict]) -> None:
    path.write_text("".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports), encoding="utf-8")


def about(reports: list[dict], rounds: int) -> dict:
    """What a figure is worth nothing without: the machine, the commit, the size of the corpus."""
    return {
        "date": date.today().isoformat(),
        "commit": output("git", "-C", str(ROOT), "describe", "--always", "--dirty"),
        "machine": f"{processor()}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.machine()}",
        "rust": output("rustc", "--version"),
        "reports": len(reports),
        "words": count_words(reports),
        "words_of_the_one_article": len(median_article(reports)["text"].split()),
        "rounds": rounds,
    }


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


def table(figures: dict) -> str:
    """The figures as Markdown, with each of Daybook's as a multiple of spaCy's on as many cores."""
    rows = figures["figures"]
    other = {row["cores"]: row for row in rows if row["system"] == "spaCy"}
    lines = [
        f"{figures['date']}, commit {figures['commit']}, {figures['machine']}, {figures['rust']}.",
        f"{figures['reports']:,} reports, {figures['words']:,} words; median of {figures['rounds']} rounds.",
        f"The one article of the last column has {figures['words_of_the_one_article']:,} words (median of 10).",
        "",
        "| system | cores | reports/s | words/s | against spaCy | largest process | first result |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        ratio = row["words_per_second"] / other[row["cores"]]["words_per_second"]
        first = row.get("first_result_seconds")
        lines.append(
            f"| {row['system']} | {row['cores']} | {row['reports_per_second']:,} | {row['words_per_second']:,} "
            f"| {ratio:.2f} × | {row['peak_mb']} MB | {'' if first is None else f'{first:.3f} s'} |"
        )
    return "\n".join(lines)


def record(figures: dict) -> None:
    """Keeps the run, and puts its table in place of the last one in bench/README.md."""
    runs = HERE / "runs"
    runs.mkdir(exist_ok=True)
    name = f"{figures['date']}-{figures['commit']}.json"
    (runs / name).write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    readme = HERE / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(START)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{START}\n{table(figures)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
