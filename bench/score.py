#!/usr/bin/env python3
# Scores the same data with custval and with what a user would pick instead, in one run; prints tables and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: score.py BENCH_SCORE CUSTVAL OUTPUT.json [ROWS]

BENCH_SCORE and CUSTVAL are the built programs. Every figure is the median of 7 runs. See README.md beside this file.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

import peers
from common import REPEATS, medians, milliseconds, report_bars, report_setting, table, times, write_results

HERE = Path(__file__).resolve().parent
LONG_ROWS = 10_000_000


# --- In memory -------------------------------------------------------------------------------------------------------------


def make_answers(rows):
    """Whole answers on each scale, from a fixed seed; one column after the other in memory."""
    generator = np.random.default_rng(20260101)
    matrix = np.empty((rows, len(peers.items.columns)), order="F")
    for i, (low, high) in enumerate(zip(peers.items.low, peers.items.high)):
        matrix[:, i] = generator.integers(int(low), int(high) + 1, size=rows)
    return matrix


def columns_of(matrix):
    return [matrix[:, i] for i in range(matrix.shape[1])]


def frame_of(library, matrix):
    return library.DataFrame(dict(zip(peers.items.columns, columns_of(matrix))))


def assert_peers_agree(matrix, checksum):
    """Same values as custval's (by their sum), and the same rows refused."""
    some = np.asfortranarray(matrix[:1000])
    some[3, 0], some[70, 4], some[999, 8] = np.nan, 0.5, 11.0
    some_rows = np.ascontiguousarray(some)
    checked = {
        "numpy_plain": lambda: peers.numpy_plain(some_rows),
        "numpy_blocked": lambda: peers.numpy_blocked(columns_of(some), 300),
        "numpy_extremes": lambda: peers.numpy_extremes(some),
        "pandas": lambda: peers.pandas_frame(frame_of(pd, some)).to_numpy(),
        "polars": lambda: peers.polars_frame(frame_of(pl, some)).to_numpy(),
    }
    wanted = checked["numpy_plain"]()
    if np.flatnonzero(np.isnan(wanted)).tolist() != [3, 70, 999]:
        sys.exit("NumPy refuses other rows than custval")
    for name, task in checked.items():
        if not np.allclose(task(), wanted, rtol=1e-12, atol=1e-9, equal_nan=True):
            sys.exit(f"{name} gives other values")
    total = float(peers.numpy_product(matrix).sum())
    if abs(total - checksum) > 1e-9 * len(matrix) * 100.0:
        sys.exit(f"the values add up to {checksum} with custval, to {total} with NumPy")


def measure_memory(bench_score, matrix, folder):
    file = folder / "columns.f64"
    matrix.T.tofile(file)
    command = [bench_score, peers.SYSTEM, file, str(len(matrix))]
    results = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    assert_peers_agree(matrix, results["checksum"])
    by_row, pandas_frame, polars_frame = np.ascontiguousarray(matrix), frame_of(pd, matrix), frame_of(pl, matrix)
    results["numpy_plain"] = times(lambda: peers.numpy_plain(by_row))
    results["numpy_blocked"] = times(lambda: peers.numpy_blocked(columns_of(matrix)))
    results["numpy_extremes"] = times(lambda: peers.numpy_extremes(matrix))
    results["numpy_product"] = times(lambda: peers.numpy_product(matrix))
    results["pandas"] = times(lambda: peers.pandas_frame(pandas_frame))
    results["polars"] = times(lambda: peers.polars_frame(polars_frame))
    results["pymcdm"] = times(lambda: peers.pymcdm_wsm(by_row))
    results["scikit_criteria"] = times(lambda: peers.scikit_criteria_wsm(by_row), 3)
    return results


# --- Whole programs on CSV -----------------------------------------------------------------------------------------------


def run_program(command):
    """Wall seconds and the largest resident size in bytes of one run."""
    done = subprocess.run([sys.executable, HERE / "run_program.py", *command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr}")
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def write_csv(path, matrix, rows):
    """The answers as CSV, again and again until there are enough rows."""
    names = ["customer", *peers.items.columns]
    with open(path, "wb") as file:
        for done in range(0, rows, len(matrix)):
            n = min(len(matrix), rows - done)
            columns = [np.arange(done, done + n), *(column[:n].astype(np.int16) for column in columns_of(matrix))]
            pl.DataFrame(dict(zip(names, columns))).write_csv(file, include_header=done == 0)


def assert_same_csv(ours, theirs, name):
    a, b = pl.read_csv(ours), pl.read_csv(theirs)
    if a.columns != b.columns or not a["status"].equals(b["status"]):
        sys.exit(f"{name} writes other columns or statuses: {a.columns}, {b.columns}")
    for column in ("value", "benefit", "sacrifice", "coverage"):
        if not np.allclose(a[column], b[column], rtol=1e-12, atol=1e-9):
            sys.exit(f"{name} writes another {column}")


def measure_programs(custval, matrix, folder, results):
    data, scores, others = folder / "answers.csv", folder / "scores.csv", folder / "others.csv"
    write_csv(data, matrix, len(matrix))
    python = sys.executable
    commands = {
        "cli": [custval, "score", peers.SYSTEM, data, "-o", scores, "--quiet"],
        "cli_one_thread": [custval, "score", peers.SYSTEM, data, "-o", scores, "--quiet", "--threads", "1"],
        "csv_pandas": [python, HERE / "csv_with_pandas.py", data, others],
        "csv_polars": [python, HERE / "csv_with_polars.py", data, others, "memory"],
        "csv_polars_stream": [python, HERE / "csv_with_polars.py", data, others, "stream"],
    }
    sizes = {name: 0 for name in commands}
    took = {name: [] for name in commands}
    for repeat in range(-1, REPEATS):
        for name, command in commands.items():
            seconds, size = run_program(command)
            if repeat < 0:
                if name.startswith("csv"):
                    assert_same_csv(scores, others, name)
                continue
            took[name].append(seconds)
            sizes[name] = max(sizes[name], size)
    write_csv(data, matrix, LONG_ROWS)
    seconds, sizes["cli_long"] = run_program(commands["cli"])
    took["cli_long"] = [seconds]
    results.update(took)
    results["resident_bytes"] = sizes
    results["csv_long_bytes"] = data.stat().st_size


# --- The report ------------------------------------------------------------------------------------------------------------


def report_memory(middle, rows):
    """Gigabytes of answers read in a second, and as a share of what reading alone reaches on as many threads."""
    size = rows * len(peers.items.columns) * 8
    read = {suffix: min(middle["read_long" + suffix], middle["read_columns" + suffix]) for suffix in ("", "_parallel")}
    names = [name for name in middle if name.startswith(("read_", "value_", "defaults_", "every_"))]
    lines = [("", "ms", "GB/s", "of reading")]
    for name in names:
        share = read["_parallel" if name.endswith("_parallel") else ""] / middle[name]
        lines.append((name, milliseconds(middle[name]), f"{size / middle[name] / 1e9:.1f}", f"{share:.0%}"))
    table("custval in memory", lines)
    one, many = middle["value_into_arrays"], middle["value_into_arrays_parallel"]
    lines = [("", "ms", "custval is faster, 1 thread", "all threads")]
    for name in ("numpy_plain", "numpy_blocked", "numpy_extremes", "numpy_product", "pandas", "polars", "pymcdm",
                 "scikit_criteria"):
        lines.append((name, milliseconds(middle[name]), f"{middle[name] / one:.1f} x", f"{middle[name] / many:.1f} x"))
    table("peers in memory", lines)
    return read


def report_programs(middle, sizes):
    lines = [("", "ms", "MB resident")]
    for name, size in sizes.items():
        lines.append((name, milliseconds(middle[name]), f"{size / 1e6:.0f}"))
    table("CSV to CSV", lines)


def bars_of(middle, results, read):
    one, many = middle["value_into_arrays"], middle["value_into_arrays_parallel"]
    return [
        ("value, share of read bandwidth, one thread", read[""] / one, 0.8),
        ("value, share of read bandwidth, all threads", read["_parallel"] / many, 0.8),
        ("times faster than NumPy as most write it", middle["numpy_plain"] / one, 15),
        ("times faster than the fastest NumPy that checks",
         min(middle["numpy_blocked"], middle["numpy_extremes"]) / one, 15),
        ("times faster than pandas", middle["pandas"] / one, 30),
        ("times faster than pymcdm", middle["pymcdm"] / one, 20),
        ("times faster than scikit-criteria", middle["scikit_criteria"] / one, 20),
        ("one row: ns", middle["row_ns"], -150),
        ("one row: allocations", results["row_allocations"], 0),
        ("command, times faster than pandas", middle["csv_pandas"] / middle["cli"], 5),
        ("command, times faster than polars", middle["csv_polars"] / middle["cli"], 1),
        ("command, 10 M rows: MB resident", results["resident_bytes"]["cli_long"] / 1e6, -100),
    ]


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    rows = int(sys.argv[4]) if len(sys.argv) == 5 else 1_000_000
    matrix = make_answers(rows)
    with tempfile.TemporaryDirectory(prefix="custval-bench-") as name:
        results = measure_memory(sys.argv[1], matrix, Path(name))
        measure_programs(sys.argv[2], matrix, Path(name), results)
    middle = medians(results)
    results["rows"] = rows
    report_setting(f"{rows} rows, {len(peers.items.columns)} columns of float64", results)
    read = report_memory(middle, rows)
    print(f"\none row: {middle['row_ns']:.1f} ns, {results['row_allocations']} allocations in a million calls")
    report_programs(middle, results["resident_bytes"])
    report_bars(bars_of(middle, results, read), results)
    write_results(sys.argv[3], results)


if __name__ == "__main__":
    main()
