"""On Spark, whatever the partitions, the order and the failures, the same comes out as on one machine."""

from __future__ import annotations

import datetime
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import daybook
import daybook.spark
import invented
import pytest
from pyspark.sql import DataFrame, SparkSession

#: So many reports are read in each test; reading them takes a machine of two cores a few seconds.
REPORTS = 300
COLUMNS = "text string, published string, title string, publisher string, url string, id string"


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "32")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def frame(spark: SparkSession, rows: list[invented.Report], partitions: int, seed: int = 0) -> DataFrame:
    """Rows in another order for each seed, in so many partitions."""
    rows = random.Random(seed).sample(rows, len(rows))
    names = [column.split()[0] for column in COLUMNS.split(", ")]
    return spark.createDataFrame([[row[name] for name in names] for row in rows], COLUMNS).repartition(partitions)


def lines(df: DataFrame) -> list[str]:
    """The rows of a frame as sorted JSON."""
    return sorted(json.dumps(row.asDict(recursive=True), default=str) for row in df.collect())


@pytest.fixture(scope="module")
def accounts(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    """The accounts of the invented reports, written down."""
    path = str(tmp_path_factory.mktemp("spark") / "accounts")
    daybook.spark.read(frame(spark, invented.reports(REPORTS), 5)).write.parquet(path)
    return spark.read.parquet(path)


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the program exports of a book to which the same reports were added in the order of their ids."""
    place = tmp_path_factory.mktemp("book") / "book.db"
    reports = sorted(invented.reports(REPORTS), key=lambda report: report["id"] or "")
    with daybook.Book(place) as book:
        book.add(reports)
    export = [os.environ["DAYBOOK_PROGRAM"], "export", "jsonl", "--book", str(place)]
    return sorted(subprocess.run(export, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines())


def exported(entries: DataFrame) -> list[str]:
    return sorted(row.entry for row in entries.where("NOT withdrawn").select("entry").collect())


@pytest.mark.parametrize(
    ("partitions", "days", "most", "rows"), [(1, 32, 2_000, 5_000), (2, 2, 2_000, 25), (7, 5, 4, 60)]
)
def test_entries_are_those_of_one_machine(
    accounts: DataFrame,
    one_machine: list[str],
    monkeypatch: pytest.MonkeyPatch,
    partitions: int,
    days: int,
    most: int,
    rows: int,
) -> None:
    # Blocks and groups are made as small as they would be for large archives, so that all of the way is gone.
    monkeypatch.setattr(daybook.spark, "_BLOCK_DAYS", days)
    monkeypatch.setattr(daybook.spark, "_BLOCK_ACCOUNTS", most)
    monkeypatch.setattr(daybook.spark, "_ROWS", rows)
    entries = daybook.spark.settle(accounts.repartition(partitions))
    assert exported(entries) == one_machine


def test_the_invented_reports_hold_what_settling_must_cope_with(one_machine: list[str], accounts: DataFrame) -> None:
    entries = [json.loads(line) for line in one_machine]
    assert max(len(entry["accounts"]) for entry in entries) >= 4
    assert sum(bool(entry["disputed"]) for entry in entries) >= 3
    assert sum(len(entry["parties"]) > 2 for entry in entries) >= 3
    assert sum(entry["when"]["edtf"] is None or "/" in entry["when"]["edtf"] for entry in entries) >= 3
    assert {"call", "meeting"} <= {entry["kind"] for entry in entries}
    assert any(account["report"]["superseded_by"] for entry in entries for account in entry["accounts"])
    several = accounts.where("problem IS NULL").groupBy("report").agg({"name": "count"}).where("`count(name)` > 1")
    assert several.count() > 0


def test_a_killed_worker_changes_nothing(spark: SparkSession, accounts: DataFrame) -> None:
    killed: list[int] = []
    watch = threading.Thread(target=kill_a_reader, args=(killed,))
    watch.start()
    spark.sparkContext.setJobGroup("reading", "read while a worker is killed")
    found = lines(daybook.spark.read(frame(spark, invented.reports(REPORTS), 4, seed=3)))
    spark.sparkContext.setJobGroup("other", "what follows")
    watch.join()
    assert killed, "no worker was killed"
    assert failed_tasks(spark, "reading") >= 1
    assert found == lines(accounts)


def kill_a_reader(killed: list[int]) -> None:
    """Kills the first Python worker that has read for a second, as the kernel does where memory runs out."""
    until = time.monotonic() + 60
    before: dict[int, float] = {pid: seconds(pid) for pid in readers()}
    while time.monotonic() < until:
        for pid in readers():
            if seconds(pid) - before.setdefault(pid, 0.0) > 1:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
        time.sleep(0.02)


def readers() -> list[int]:
    """The processes that Spark has started for Python and that have loaded the reader."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            told = (process / "cmdline").read_bytes()
            if b"pyspark.daemon" in told and "_daybook" in (process / "maps").read_text():
                found.append(int(process.name))
        except OSError:
            # It ended while it was looked at, or is no process.
            continue
    return found


def seconds(pid: int) -> float:
    """How long a process has worked."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def failed_tasks(spark: SparkSession, group: str) -> int:
    tracker = spark.sparkContext.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(group)]
    stages = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
    return sum(stage.numFailedTasks for stage in stages if stage)


def test_rows_that_cannot_be_read_say_why(spark: SparkSession) -> None:
    call = "Sergey Lavrov phoned Hakan Fidan on Friday."
    rows: list[tuple[Any, ...]] = [
        ("a", None, "2023-03-04", "https://example.org/a"),
        ("b", call, "some day", None),
        ("c", call, "2023-03-04", None),
        ("d", "It rained.", None, None),
        (None, None, None, None),
    ]
    df = spark.createDataFrame(rows, "id string, text string, published string, url string")
    accounts = daybook.spark.read(df).collect()
    assert len(accounts) == len(rows)
    problems = {row.name: row.problem for row in accounts if row.problem}
    assert problems["a"] == "text is null; a report needs its text"
    assert problems["b"].startswith('"some day" is not a date')
    assert None in problems and len(problems) == 3
    assert [row.url for row in accounts if row.name == "a"] == ["https://example.org/a"]
    told = {row.name: row for row in accounts if not row.problem}
    assert (told["c"].kind, told["c"].date, told["c"].pairs) == ("call", "2023-03-03", ["RUS TUR"])
    assert (told["d"].id, told["d"].number) == (None, None)
    entries = daybook.spark.settle(daybook.spark.read(df)).collect()
    assert [(entry.kind, entry.day) for entry in entries] == [("call", datetime.date(2023, 3, 3))]


def test_columns_of_other_types_are_taken_where_they_can_be(spark: SparkSession) -> None:
    day = datetime.datetime(2023, 3, 4, 23, 30)
    text = "Sergey Lavrov phoned Hakan Fidan on Friday."
    df = spark.createDataFrame([(1, text, day, "left out")], "id bigint, text string, published timestamp, section string")
    (row,) = daybook.spark.read(df).collect()
    assert (row.name, row.published, row.date) == ("1", day.date(), "2023-03-03")


def test_reports_of_no_concern_have_the_row_of_those_without_contact(spark: SparkSession) -> None:
    texts = ["It rained.", "Sergey Lavrov phoned Hakan Fidan on 3 March 2023.", "Shares fell."]
    df = spark.createDataFrame([(str(n), text) for n, text in enumerate(texts)], "id string, text string").coalesce(1)
    screened, whole = daybook.spark.read(df, screen=True).collect(), daybook.spark.read(df).collect()
    assert screened == whole and [row.id is None for row in whole] == [True, False, True]


def test_frames_of_something_else_are_refused(spark: SparkSession, tmp_path: Path) -> None:
    words = spark.createDataFrame([("They met.", 3)], "words string, title int")
    with pytest.raises(daybook.ReportError, match="no column text; its columns are words, title"):
        daybook.spark.read(words)
    with pytest.raises(daybook.ReportError, match="the column title is of the type int; cast it to string"):
        daybook.spark.read(words.withColumnRenamed("words", "text"))
    with pytest.raises(daybook.ReportError, match="accounts that daybook.spark.read gave"):
        daybook.spark.settle(words)
    (tmp_path / "trust.toml").write_text("[weight]\n")
    with pytest.raises(daybook.LoadError, match=r"trust\.toml:1: .*write \[weights\]"):
        daybook.spark.settle(words.sparkSession.createDataFrame([], daybook.spark.ACCOUNTS), trust=tmp_path / "trust.toml")


def test_tables_and_trust_of_ones_own_reach_the_workers(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "who.csv").write_text("person,office,country,from,to\nAda Example,Prime Minister,NZL,2031-01-01,\n")
    (tmp_path / "trust.toml").write_text('[sides]\n"the bulletin" = "NZL"\n')
    rows = [("Ada Example phoned Emmanuel Macron on Friday.", "2031-03-08", "The Bulletin")]
    df = spark.createDataFrame(rows, "text string, published string, publisher string")
    files: dict[str, Any] = {"who": tmp_path / "who.csv", "trust": tmp_path / "trust.toml"}
    (row,) = daybook.spark.read(df, **files).collect()
    assert row.pairs == ["FRA NZL"]
    (entry,) = daybook.spark.settle(daybook.spark.read(df, **files), trust=files["trust"]).collect()
    assert (entry.standing, json.loads(entry.entry)["readouts"][0]["side"]) == ("one_side", "NZL")


def test_checkpoints_that_survive_a_lost_executor_give_the_same(
    spark: SparkSession, accounts: DataFrame, one_machine: list[str], tmp_path: Path
) -> None:
    spark.sparkContext.setCheckpointDir(str(tmp_path))
    assert exported(daybook.spark.settle(accounts, reliable=True)) == one_machine


def test_the_manual(spark: SparkSession, tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "docs" / "spark.md").read_text()
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    for folder in ["articles", "accounts", "entries"]:
        code = code.replace(f'"{folder}"', repr(str(tmp_path / folder)))
    rows = [("Joe Biden phoned Xi Jinping on Friday.", "2022-03-19"), (None, None)]
    spark.createDataFrame(rows, "text string, published string").write.parquet(str(tmp_path / "articles"))
    names: dict[str, Any] = {"spark": spark}
    exec(code, names)
    assert [entry.kind for entry in spark.read.parquet(str(tmp_path / "entries")).collect()] == ["call"]
    assert [entry.id for entry in names["found"].collect()] == [entry.id for entry in names["entries"].collect()]


def test_spark_is_not_loaded_with_the_package() -> None:
    code = "import sys, daybook; sys.exit('pyspark' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
