# What the benchmarks have in common: timing, tables, bars, and the file of results.
# SPDX-License-Identifier: Apache-2.0
import importlib.metadata
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
REPEATS = 7
PEER_REPEATS = 3
CACHES = np.zeros(1 << 24)  # 128 MiB: more than the caches hold


def times(task, repeats=REPEATS, clock=time.perf_counter):
    """Seconds of each run after one that warms up, with nothing of the data in a cache at the start."""
    took = []
    task()
    for _ in range(repeats):
        CACHES.sum()
        start = clock()
        task()
        took.append(clock() - start)
    return took


def times_in_turn(tasks, repeats=REPEATS):
    """Seconds of each run of each named task, in turn, so that a change of the machine's speed meets all alike."""
    took = {name: [] for name in tasks}
    for repeat in range(-1, repeats):
        for name, task in tasks.items():
            CACHES.sum()
            start = time.perf_counter()
            task()
            if repeat >= 0:  # the first round warms up
                took[name].append(time.perf_counter() - start)
    return took


def medians(results):
    """Of every list of seconds in the results."""
    return {name: statistics.median(took) for name, took in results.items() if isinstance(took, list)}


def table(title, rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    print(f"\n{title}")
    for row in rows:
        print("  " + "  ".join(str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                               for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


def milliseconds(seconds):
    return f"{1e3 * seconds:.2f}"


def report_setting(what, results, packages=("numpy", "pandas", "polars", "pymcdm", "scikit-criteria")):
    """What was compared on what, into the results and as the first line."""
    results["processors"] = os.cpu_count()
    results["versions"] = {"python": platform.python_version()} | {
        package: importlib.metadata.version(package) for package in packages}
    print(f"{what}; medians of {REPEATS}; {results['threads']} threads; "
          + ", ".join(f"{name} {version}" for name, version in results["versions"].items()))


def report_bars(bars, results):
    """wanted: at least that; negative or 0: at most that."""
    lines, results["bars"] = [("", "measured", "wanted", "")], []
    for name, measured, wanted in bars:
        met = measured >= wanted if wanted > 0 else measured <= -wanted
        lines.append((name, f"{measured:.2f}", f"{'>=' if wanted > 0 else '<='} {abs(wanted)}", "met" if met else "NOT MET"))
        results["bars"].append({"bar": name, "measured": measured, "wanted": abs(wanted), "met": met})
    table("bars", lines)


def write_results(path, results):
    Path(path).write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nwritten: {path}")


# --- custval as a package, and peers that take long ------------------------------------------------------------------------


def load_package(library):
    os.environ["CUSTVAL_LIBRARY"] = library
    sys.path.insert(0, str(HERE.parent / "bindings" / "python"))
    import custval

    return custval


def demand(holds, complaint):
    if not holds:
        sys.exit(complaint)


def say(what):
    print(f"measuring: {what}", file=sys.stderr)


def bits(result):
    """The numbers that a task of custval gave, as bytes to compare."""
    if hasattr(result, "parameter_table"):  # a lifetime
        result = result.parameter_table()
    if hasattr(result, "customers"):  # what a scenario does
        result = result.periods if result.customers is None else result.customers
    columns = [np.asarray(result[name]) for name in result]
    return b"".join(column.tobytes() for column in columns if column.dtype.kind in "biuf")


def measure_custval(cv, results, name, task, repeats=REPEATS):
    """With one thread, in processor time, and with all: the same bits, every time."""
    say(name)
    cv.set_threads(1)
    found = task()
    results[name] = times(task, repeats, time.process_time)
    cv.set_threads(0)
    results[f"{name}_parallel"] = times(task, repeats)
    demand(bits(task()) == bits(found), f"custval: {name} gives other bits with all threads than with one")
    return found


def measure_peer(results, name, task, scale=1.0):
    """Processor time, or wall time if that is less. Every run counts: nothing is compiled on the way, and each takes long."""
    say(name)
    results[name] = []
    for _ in range(PEER_REPEATS):
        start, worked = time.perf_counter(), time.process_time()
        found = task()
        took = min(time.perf_counter() - start, time.process_time() - worked)
        results[name].append(scale * took)
    return found
