"""dateparser's dates within texts, told that they are in English.  Usage: dateparser_search.py FILE PROCESSES"""

from datetime import datetime

import share
from dateparser.search import search_dates


def count(reports: list[dict]) -> dict[str, int]:
    return {"dates": sum(len(dates(report) or []) for report in reports)}


def dates(report: dict) -> list | None:
    published = report.get("published")
    settings = {"RELATIVE_BASE": datetime.fromisoformat(published[:10])} if published else {}
    return search_dates(report["text"], languages=["en"], settings=settings)


if __name__ == "__main__":
    share.run(count)
