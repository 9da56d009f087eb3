#!/usr/bin/env python3
"""Pairs of accounts labelled by hand, held against the entries of a book: precision and recall of "one contact".

    bench/settling.py BOOK [--verbose]

BOOK is a SQLite book of the readouts and news that `bench/README.md` names. `bench/settling.csv` holds the labels: two reports by
the identifiers that their source gives, the number of the account in each, and whether both tell of one contact. A pair that is
one contact and for which reading yields no account counts as missed; one whose report is not in the book is left out.
"""
import collections
import csv
import pathlib
import sqlite3
import sys


def main():
    book = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    reports = {name for (name,) in book.execute("SELECT name FROM reports")}
    sql = "SELECT r.name, a.number, a.entry FROM accounts a JOIN reports r ON r.arrived = a.report"
    entries = {(name, str(number)): entry for name, number, entry in book.execute(sql)}
    counts = collections.Counter()
    with open(pathlib.Path(__file__).with_name("settling.csv"), encoding="utf-8", newline="") as labels:
        for row in csv.DictReader(labels):
            if row["same"] not in ("yes", "no") or not {row["report"], row["other_report"]} <= reports:
                counts["left out"] += 1
                continue
            one = entries.get((row["report"], row["number"]))
            other = entries.get((row["other_report"], row["other_number"]))
            joined = one is not None and one == other
            counts[row["same"], joined] += 1
            if joined != (row["same"] == "yes") and "--verbose" in sys.argv:
                print(row["same"], row["report"], row["number"], row["other_report"], row["other_number"], row["note"])
    right, wrong, missed = counts["yes", True], counts["no", True], counts["yes", False]
    print(
        f"pairs of accounts: precision {right / max(1, right + wrong):.3f} ({right} of {right + wrong}), "
        f"recall {right / max(1, right + missed):.3f} ({right} of {right + missed}); "
        f"{counts['no', False]} rightly apart, {counts['left out']} left out"
    )


main()
