"""Holds docs/export.md against exported files: its scripts run beside them, and its examples stand in them.

Takes the document and the folder with the files.
"""

import csv
import json
import os
import pathlib
import re
import sys

document = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
os.chdir(sys.argv[2])


def read(ending):
    return pathlib.Path(f"entries.{ending}").read_bytes().decode("utf-8").replace("\r\n", "\n")


def check_json(block):
    lines = [read(ending) for ending in ["jsonl", "plover.jsonl", "ftm.jsonl"]]
    assert json.loads(block) in [json.loads(line) for text in lines for line in text.splitlines()]


def check_part(ending):
    def check(block):
        # Examples are indented as if they stood alone.
        flat = re.sub(r"^ *(?=<)", "", read(ending), flags=re.M) if ending == "graphml" else read(ending)
        block = re.sub(r"^ *(?=<)", "", block, flags=re.M) if ending == "graphml" else block
        assert block in flat, f"no file holds\n{block}"

    return check


CHECKS = {
    "json": check_json,
    "csv": check_part("csv"),
    "ics": check_part("ics"),
    "xml": check_part("graphml"),
    "python": lambda block: exec(block, {}),
}

blocks = re.findall(r"^```(\w+)\n(.*?)^```$", document, flags=re.S | re.M)
assert len(blocks) > len(CHECKS)
for language, block in blocks:
    CHECKS[language](block)

# The table of columns is that of the file.
section = document.split("| column | type |")[1].split("\n\n")[0]
columns = re.findall(r"^\| `(\w+)` \|", section, flags=re.M)
assert columns == next(csv.reader([read("csv").split("\n")[0]])), columns
