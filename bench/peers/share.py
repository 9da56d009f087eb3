"""Shares the reports of a JSON Lines file among processes, and prints as JSON what they counted, added up.

A peer calls `run` with a function that takes reports, each with "text" and, if told, "published", and gives counts.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor


def run(count: Callable[[list[dict]], dict[str, int]]) -> None:
    path, processes = sys.argv[1], int(sys.argv[2])
    with open(path, encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    shares = [reports[number::processes] for number in range(processes)]
    if processes == 1:
        counts = [count(reports)]
    else:
        with ProcessPoolExecutor(processes) as pool:
            counts = list(pool.map(count, shares))
    total: Counter = Counter()
    for counted in counts:
        total.update(counted)
    print(json.dumps(total))
