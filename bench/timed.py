"""Runs a command on so many cores and writes down how long it took and how much memory its largest process held.

Usage: timed.py CORES FIGURES COMMAND…
    FIGURES is a file that is written: a JSON object with "seconds" and "peak_mb".

This is a process of its own, small and short-lived, since the kernel counts for a new process what its parent held.
"""

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

# `prctl`: processes whose parents ended become children of this one, so that their memory is told here.
ADOPT = 36


def main() -> int:
    cores, figures, *command = sys.argv[1:]
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    # Without this, libraries of linear algebra start a thread for each core of the machine in each process.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment)
    ended, peak = None, 0
    while ended != process.pid:
        ended, status, usage = os.wait4(-1, 0)
        status, peak = os.waitstatus_to_exitcode(status), max(peak, usage.ru_maxrss)
    seconds = time.perf_counter() - start
    peak = max(peak, left_behind())
    Path(figures).write_text(json.dumps({"seconds": seconds, "peak_mb": peak / 1024}), encoding="utf-8")
    return 0 if status == 0 else 1


def left_behind() -> int:
    """The memory of the largest process that ended without its parent asking how."""
    peak = 0
    try:
        while (ended := os.wait4(-1, os.WNOHANG))[0]:
            peak = max(peak, ended[2].ru_maxrss)
    except ChildProcessError:
        pass
    return peak


if __name__ == "__main__":
    sys.exit(main())
