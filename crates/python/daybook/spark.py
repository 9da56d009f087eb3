"""Frames of reports to frames of accounts, and those to frames of entries, on a Spark cluster.

    daybook.spark.read(spark.read.parquet("articles")).write.parquet("accounts")
    entries = daybook.spark.settle(spark.read.parquet("accounts"))
    entries.where("array_contains(pairs, 'RUS USA')").orderBy("day").show()

Reading is by far the larger part: write the accounts down before they are settled, so that no text is ever read twice.
The entries are those of one book to which all reports were added in the alphabetical order of their ids, whatever the
number of partitions, the order of the rows and the failures on the way. `pip install 'daybook[spark]'` brings what this module
needs beside the package; docs/spark.md tells how to get all of it to a cluster.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daybook import _daybook
from daybook.errors import ReportError
from daybook.reader import File, Model, rule_files, text_of, who_files

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, import-not-found, unused-ignore]
    from pyspark.sql import Column, DataFrame

__all__ = ["ACCOUNTS", "ENTRIES", "read", "settle"]

#: The columns of a frame of accounts.
#:
#: Of the report: `report` (its id, which follows from its content), `name` (the id given), `title`, `publisher`,
#: `published`, `url`. `problem` says why a row could not be read; all that follows is null then, and also where the report
#: tells of no contact. Of the account: `number` (which of the report's contacts, from 0), `id`, `kind`, `status`,
#: `certainty`, `confidence`, `date` (EDTF), `first_day` and `last_day` (within which accounts of the same contact can be),
#: `pairs` (the sides that it brings together: `RUS USA`), `words` (that tell of it best), `contact` (its record, as in
#: `Reading.contacts`), `statements` (those that bear on it, as in `Reading.statements`). `traits` and `account` are what
#: `settle` takes; their form belongs to the version of this package that wrote them.
ACCOUNTS = (
    "report string, name string, title string, publisher string, published date, url string, problem string, number int, "
    "id string, kind string, status string, certainty string, confidence double, date string, first_day date, last_day date, "
    "pairs array<string>, words string, contact string, statements string, traits string, account string"
)

#: The columns of a frame of entries: `entry` is the entry as `daybook export jsonl` writes it, the others are what to filter
#: by. `day` is the first day, or else the day on which the contact became known; `pairs` are any two who take part, persons
#: (Wikidata ids) and sides, in alphabetical order: `RUS USA`, `Q7747 USA`; `withdrawn` are those that only replaced versions
#: of reports tell; `daybook export` leaves them out.
ENTRIES = (
    "id string, day date, date string, kind string, status string, certainty string, confidence double, parties string, "
    "pairs array<string>, standing string, sources int, accounts int, disputed array<string>, withdrawn boolean, entry string"
)

#: The columns of a frame of reports that are read, in the order in which the reader takes them.
_PARTS = ("text", "published", "title", "publisher", "url", "id")
#: A block of accounts that are compared with each other covers so many days of one pair of sides …
_BLOCK_DAYS = 32
#: … and no more than about so many accounts: larger ones are compared part by part, each part with each.
_BLOCK_ACCOUNTS = 2_000
#: A worker is handed about so many rows at a time.
_ROWS = 5_000


def read(
    df: DataFrame,
    *,
    who: File | Sequence[File] = (),
    rules: File | Sequence[File] | None = None,
    trust: File | None = None,
    screen: bool = False,
    min_confidence: float | None = None,
    model: Model = "full",
) -> DataFrame:
    """Reads a frame of reports; gives a frame of their accounts, with the columns `ACCOUNTS`.

    `df` has a column `text`, and may have `published` (a date, a timestamp, or a string as `daybook.read` takes it), `title`,
    `publisher`, `url` and `id`; others are left out. `who`, `rules` and `trust` name files on the driver, and `model` a model, as
    for `daybook.Reader` and `daybook.Book`.

    Each report has a row for each of its accounts, or one in which `id` is null if it tells of no contact: such a report may
    be the version that replaces one that did. A row that can't be read (no text, a day that is none) has one with a `problem`,
    its `name`, `title`, `publisher` and `url`; count them before you settle. With `screen` each report is looked at first, and
    one that seems to tell of no contact has the row of one that tells of none without being read. Accounts whose confidence is
    below `min_confidence` are left out; `None` is the default of `daybook read`.

    Nothing is read before the frame is used, and everything is read again each time it is: write it down.

    Raises `ReportError` where a column is missing or of the wrong type, `LoadError` where a file can't be
    used, and `ValueError` where `min_confidence` is no number between 0 and 1.
    """
    reports = _reports(df)
    knowledge = (tuple(who_files(who)), tuple(rule_files(rules)), model)
    of_trust = _trust(trust)
    _daybook.spark_accounts(_reader(*knowledge), [], of_trust, screen, min_confidence)

    def accounts(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader = _reader(*knowledge)
        for batch in batches:
            yield from _accounts(reader, batch, of_trust, screen, min_confidence)

    return reports.mapInArrow(accounts, ACCOUNTS)


def settle(accounts: DataFrame, *, trust: File | None = None, reliable: bool = False) -> DataFrame:
    """Settles a frame of accounts, or several of them in one union; gives a frame of entries, with the columns `ENTRIES`.

    Accounts of one report under several names are taken once, under the first. Of versions of one address the one published
    last counts, and of those of one day the one whose name comes last.

    Most of the work is done before this returns, in several rounds; what is in between is kept on the executors, where a lost
    executor ends the work. `reliable` keeps it in the directory that `SparkContext.setCheckpointDir` names instead.

    Raises `ReportError` where these are no accounts, `LoadError` where `trust` can't be used, and `daybook.Error` on the
    executors where another version of this package wrote them.
    """
    from pyspark.sql import functions as F

    _require(accounts, [column.split()[0] for column in ACCOUNTS.split(", ")], "accounts that daybook.spark.read gave")
    of_trust = _trust(trust)
    kept = _kept(_each_once(accounts), reliable)
    told = kept.where("id IS NOT NULL")
    groups = 1 + told.count() // _ROWS
    components = _components(_links(told, groups), reliable)
    bucket = F.pmod(F.xxhash64(F.coalesce("first", "id")), F.lit(groups))
    placed = told.join(components, "id", "left").join(_superseded(kept), "report", "left")
    placed = placed.select(bucket.alias("bucket"), "account", "superseded_by")

    def entries(table: pa.Table) -> pa.Table:
        return _entries(table, of_trust)

    return placed.groupBy("bucket").applyInArrow(entries, ENTRIES)


@functools.lru_cache(maxsize=1)
def _reader(who: tuple[tuple[str, str], ...], rules: tuple[tuple[str, str], ...], model: Model) -> _daybook.Reader:
    """The reader of this process, which Spark uses for one task after another."""
    return _daybook.Reader(list(who), list(rules), model)


def _trust(path: File | None) -> tuple[str, str] | None:
    """A file of trust by name and text, once it is seen to be well written."""
    file = None if path is None else (os.fspath(path), text_of(Path(path)))
    _daybook.spark_entries([], [], file)
    return file


def _require(df: DataFrame, columns: Sequence[str], what: str) -> None:
    missing = [column for column in columns if column not in df.columns]
    if missing:
        found = ", ".join(df.columns) or "none"
        raise ReportError(f"the frame has no column {', '.join(missing)}; its columns are {found}; give {what}")


def _reports(df: DataFrame) -> DataFrame:
    """The columns of `_PARTS`, as strings; null where the frame has none."""
    from pyspark.sql import functions as F

    _require(df, ["text"], "a column text with the words of each report")
    types = dict(df.dtypes)

    def part(name: str) -> Column:
        if name not in types:
            return F.lit(None).cast("string").alias(name)
        if name == "published" and types[name].startswith(("date", "timestamp")):
            return F.date_format(name, "yyyy-MM-dd").alias(name)
        if name == "id" and types[name] in ("tinyint", "smallint", "int", "bigint"):
            return F.col(name).cast("string")
        if types[name] != "string":
            wanted = "date, timestamp or string" if name == "published" else "string"
            raise ReportError(f"the column {name} is of the type {types[name]}; cast it to {wanted}")
        return F.col(name)

    return df.select([part(name) for name in _PARTS])


def _accounts(
    reader: _daybook.Reader,
    batch: pa.RecordBatch,
    trust: tuple[str, str] | None,
    screen: bool,
    min_confidence: float | None,
) -> Iterator[pa.RecordBatch]:
    """The accounts of a batch of reports, a few reports at a time."""
    few = 64
    for start in range(0, batch.num_rows, few):
        reports = zip(*(column.to_pylist() for column in batch.slice(start, few).columns))
        found = _daybook.spark_accounts(reader, list(reports), trust, screen, min_confidence)
        yield from found.to_pyarrow().to_batches()


def _each_once(accounts: DataFrame) -> DataFrame:
    """What settling takes of each report and account, once."""
    from pyspark.sql import functions as F

    columns = ("name", "id", "url", "published", "first_day", "last_day", "pairs", "traits", "account")
    read = accounts.where("problem IS NULL")
    first = F.min_by(F.struct(*columns), F.col("name")).alias("first")
    return read.groupBy("report", "number").agg(first).select("report", "first.*")


def _superseded(kept: DataFrame) -> DataFrame:
    """For each report that another version of its address replaced, the next one."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    reports = kept.where("url IS NOT NULL").select("report", "url", "published", "name").distinct()
    versions = Window.partitionBy("url").orderBy(F.asc_nulls_first("published"), "name", "report")
    following = reports.select("report", F.lead("report").over(versions).alias("superseded_by"))
    return following.where("superseded_by IS NOT NULL")


def _links(told: DataFrame, groups: int) -> DataFrame:
    """Accounts that are alike, as links (`id`, `first`) from each to the first of its block that it is connected with.

    Accounts of one contact share a pair of sides, and their days are at most `MAX_DAYS_APART` apart. So each account goes to the
    block of each of its pairs and of each time that it reaches into, and only what is in one block is compared. A block that
    many accounts fall into is parted by chance, and the parts are compared two at a time.
    """
    from pyspark.sql import functions as F

    block = ["pair", "time"]
    epoch = F.lit("1970-01-01").cast("date")

    def time(day: Column) -> Column:
        return F.floor(day / F.lit(_BLOCK_DAYS))

    first, last = F.datediff("first_day", epoch), F.datediff("last_day", epoch) + F.lit(_daybook.MAX_DAYS_APART)
    told = told.where("first_day IS NOT NULL").withColumn("pair", F.explode("pairs"))
    told = told.select("id", "traits", "pair", F.explode(F.sequence(time(first), time(last))).alias("time"))
    sizes = told.groupBy(block).agg(F.ceil(F.count("*") / F.lit(_BLOCK_ACCOUNTS)).alias("parts"), F.count("*").alias("size"))
    told = told.join(sizes.where("size > 1"), block)
    told = told.withColumn("part", F.pmod(F.xxhash64("id"), F.col("parts")))
    told = told.withColumn("other", F.explode(F.sequence(F.lit(0).cast("bigint"), F.col("parts") - 1)))
    told = told.where("parts = 1 OR part <> other")
    cell = F.concat_ws(" ", "pair", "time", F.least("part", "other"), F.greatest("part", "other"))
    cells = told.select(F.pmod(F.xxhash64(cell), F.lit(4 * groups)).alias("bucket"), cell.alias("cell"), "traits")
    return cells.groupBy("bucket").applyInArrow(_linked, "id string, first string")


def _linked(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    ids, firsts = _daybook.spark_links(table["cell"].to_pylist(), table["traits"].to_pylist())
    return pa.table({"id": pa.array(ids, pa.string()), "first": pa.array(firsts, pa.string())})


def _components(links: DataFrame, reliable: bool) -> DataFrame:
    """Links of accounts to the first of all with which chains of links connect each: `id`, `first`.

    Alternates between linking the greater neighbours of each account to the least one, and its lesser neighbours, until each
    account but the first of its component has one link, and that to the first. (Kiveris et al., "Connected components in
    MapReduce and beyond", 2014, where it is shown that this ends after few rounds.)
    """
    links = _kept(links.distinct(), reliable)
    while not _are_stars(links):
        links = _kept(_small_star(_large_star(links)).distinct(), reliable)
    return links


def _are_stars(links: DataFrame) -> bool:
    """Whether each account has one link at most, and that to one that has none."""
    from pyspark.sql import functions as F

    several = links.groupBy("id").count().where("count > 1")
    led_on = links.join(links.select(F.col("id").alias("first")), "first", "left_semi")
    return several.isEmpty() and led_on.isEmpty()


def _large_star(links: DataFrame) -> DataFrame:
    """Links of the greater neighbours of each account to the least of the account and its neighbours."""
    from pyspark.sql import functions as F

    both = links.union(links.select(F.col("first").alias("id"), F.col("id").alias("first")))
    least = both.groupBy("id").agg(F.least("id", F.min("first")).alias("least"))
    greater = both.where("first > id").join(least, "id")
    return greater.select(F.col("first").alias("id"), F.col("least").alias("first"))


def _small_star(links: DataFrame) -> DataFrame:
    """Links of each account and of its lesser neighbours, which its links lead to, to the least of them."""
    from pyspark.sql import functions as F

    least = links.groupBy("id").agg(F.min("first").alias("least"))
    lesser = links.join(least, "id").where("first > least")
    lesser = lesser.select(F.col("first").alias("id"), F.col("least").alias("first"))
    return lesser.union(least.select("id", F.col("least").alias("first")))


def _entries(table: pa.Table, trust: tuple[str, str] | None) -> pa.Table:
    accounts, by = table["account"].to_pylist(), table["superseded_by"].to_pylist()
    return _daybook.spark_entries(accounts, by, trust).to_pyarrow()


def _kept(df: DataFrame, reliable: bool) -> DataFrame:
    """The same rows, computed once and kept, without the way that led to them."""
    return df.checkpoint() if reliable else df.localCheckpoint()
