#!/usr/bin/env python3
# Scores the same data with custval and with what a user would pick instead, in one run; prints a table and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: score.py BENCH_SCORE CUSTVAL OUTPUT.json [ROWS]

BENCH_SCORE and CUSTVAL are the built programs. Every figure is the median of 7 runs, peers and custval interleaved where
they share a process. See README.md beside this file.
"""
import importlib.metadata
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
from pymcdm.methods import WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

HERE = Path(__file__).resolve().parent
REPEATS = 7
COLUMNS = ["BRAND", "FUNC", "RELIA", "VARIETY", "SERVICE", "MONEY", "TIME", "PHYS", "PSYCH"]
WEIGHTS = np.array([0.25, 0.2, 0.25, 0.15, 0.15, 0.4, 0.25, 0.15, 0.2])
SIGNS = np.array([1, 1, 1, 1, 1, -1, -1, -1, -1])
LOW, HIGH = 1.0, 10.0
LONG_ROWS = 10_000_000


def median_seconds(task, repeats=REPEATS):
    task()
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        took.append(time.perf_counter() - start)
    return took


# --- Peers: the value of every row, answers outside 1..10 or missing give NaN, as custval's default does ------------------


def numpy_blocked(columns, out):
    """The fastest NumPy we found that checks answers: in place, in blocks that stay in the cache."""
    block = 8192
    slope = 100.0 / (HIGH - LOW)
    score, valid, above = np.empty(block), np.empty(block, bool), np.empty(block, bool)
    bad = np.empty(block, bool)
    for start in range(0, len(out), block):
        stop = min(start + block, len(out))
        n = stop - start
        total = out[start:stop]
        total.fill(0.0)
        bad[:n] = False
        for column, weight in zip(columns, WEIGHTS * SIGNS):
            x = column[start:stop]
            np.greater_equal(x, LOW, out=valid[:n])
            np.less_equal(x, HIGH, out=above[:n])
            np.logical_and(valid[:n], above[:n], out=valid[:n])
            np.logical_not(valid[:n], out=valid[:n])
            np.logical_or(bad[:n], valid[:n], out=bad[:n])
            np.subtract(x, LOW, out=score[:n])
            np.multiply(score[:n], slope * weight, out=score[:n])
            np.add(total, score[:n], out=total)
        total[bad[:n]] = np.nan


def numpy_plain(columns, out):
    """NumPy as most people write it, with the check."""
    matrix = np.column_stack(columns)
    valid = ((matrix >= LOW) & (matrix <= HIGH)).all(axis=1)
    scores = (matrix - LOW) / (HIGH - LOW) * 100.0
    out[:] = np.where(valid, scores @ (WEIGHTS * SIGNS), np.nan)


def numpy_affine(matrix, out):
    """No check, no scores: the whole system folded into one matrix-vector product."""
    slope = 100.0 / (HIGH - LOW)
    np.dot(matrix, WEIGHTS * SIGNS * slope, out=out)
    out -= LOW * slope * float((WEIGHTS * SIGNS).sum())


def pandas_scores(frame):
    valid = frame.ge(LOW).all(axis=1) & frame.le(HIGH).all(axis=1)
    scores = (frame - LOW) / (HIGH - LOW) * 100.0
    return scores.mul(WEIGHTS * SIGNS, axis=1).sum(axis=1).where(valid)


def polars_expressions():
    score = {name: (pl.col(name) - LOW) * (100.0 / (HIGH - LOW)) for name in COLUMNS}
    valid = pl.all_horizontal(*[pl.col(name).is_between(LOW, HIGH) for name in COLUMNS])
    benefit = sum(score[name] * weight for name, weight in zip(COLUMNS[:5], WEIGHTS[:5]))
    sacrifice = sum(score[name] * weight for name, weight in zip(COLUMNS[5:], WEIGHTS[5:]))
    return valid, benefit, sacrifice


def polars_scores(frame):
    valid, benefit, sacrifice = polars_expressions()
    return frame.select(value=pl.when(valid).then(benefit - sacrifice))


def pymcdm_scores(matrix):
    return WSM()(matrix, WEIGHTS / WEIGHTS.sum(), SIGNS)


def skcriteria_scores(matrix):
    decisions = mkdm(matrix, objectives=[max] * len(COLUMNS), weights=WEIGHTS, criteria=COLUMNS)
    return WeightedSumModel().evaluate(decisions)


# --- Whole programs on CSV -----------------------------------------------------------------------------------------------

PANDAS_PROGRAM = """
import sys
import pandas as pd
import numpy as np
frame = pd.read_csv(sys.argv[1])
columns = [name for name in frame.columns if name != "id"]
weights = np.array({weights})
answers = frame[columns]
valid = answers.ge(1).all(axis=1) & answers.le(10).all(axis=1)
scores = (answers - 1.0) / 9.0 * 100.0
out = pd.DataFrame({{"id": frame["id"]}})
benefit = (scores[columns[:5]] * weights[:5]).sum(axis=1).where(valid)
sacrifice = (scores[columns[5:]] * weights[5:]).sum(axis=1).where(valid)
out["value"] = benefit - sacrifice
out["benefit"] = benefit
out["sacrifice"] = sacrifice
out["coverage"] = np.where(valid, 1.0, np.nan)
out["status"] = np.where(valid, "ok", "out-of-scale")
out.to_csv(sys.argv[2], index=False)
"""

POLARS_PROGRAM = """
import sys
sys.path.insert(0, {here!r})
import polars as pl
columns = {columns!r}
weights = {weights!r}
score = {{name: (pl.col(name) - 1.0) * (100.0 / 9.0) for name in columns}}
valid = pl.all_horizontal(*[pl.col(name).is_between(1, 10) for name in columns])
benefit = sum(score[n] * w for n, w in zip(columns[:5], weights[:5]))
sacrifice = sum(score[n] * w for n, w in zip(columns[5:], weights[5:]))
frame = pl.scan_csv(sys.argv[1]).select(
    "id", value=pl.when(valid).then(benefit - sacrifice), benefit=pl.when(valid).then(benefit),
    sacrifice=pl.when(valid).then(sacrifice), coverage=pl.when(valid).then(1.0),
    status=pl.when(valid).then(pl.lit("ok")).otherwise(pl.lit("out-of-scale")))
if sys.argv[3] == "stream":
    frame.sink_csv(sys.argv[2])
else:
    frame.collect().write_csv(sys.argv[2])
"""


def run_program(command):
    """Wall seconds and the largest resident size in bytes of one run."""
    done = subprocess.run([sys.executable, HERE / "run_program.py", *command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr}")
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def write_csv(path, matrix, rows):
    """The answers as CSV, repeated until there are enough rows; built by polars to be quick."""
    with open(path, "wb") as file:
        done = 0
        while done < rows:
            n = min(len(matrix), rows - done)
            part = pl.DataFrame({"id": np.arange(done, done + n)} | {
                name: matrix[:n, i].astype(np.int8) for i, name in enumerate(COLUMNS)})
            part.write_csv(file, include_header=done == 0)
            done += n


def bench_programs(custval, folder, matrix, results):
    system = HERE / "system.json"
    data, out = folder / "answers.csv", folder / "scores.csv"
    write_csv(data, matrix, len(matrix))
    (folder / "with_pandas.py").write_text(PANDAS_PROGRAM.format(weights=WEIGHTS.tolist()))
    (folder / "with_polars.py").write_text(
        POLARS_PROGRAM.format(here=str(HERE), columns=COLUMNS, weights=WEIGHTS.tolist()))
    commands = {
        "cli": [custval, "score", system, data, "-o", out, "--quiet"],
        "cli_one_thread": [custval, "score", system, data, "-o", out, "--quiet", "--threads", "1"],
        "csv_pandas": [sys.executable, folder / "with_pandas.py", data, out],
        "csv_polars": [sys.executable, folder / "with_polars.py", data, out, "memory"],
        "csv_polars_stream": [sys.executable, folder / "with_polars.py", data, out, "stream"],
    }
    took = {name: [] for name in commands}
    for repeat in range(-1, REPEATS):
        for name, command in commands.items():
            seconds, size = run_program(command)
            if repeat >= 0:
                took[name].append(seconds)
                results[name + "_rss"] = max(results.get(name + "_rss", 0), size)
    results |= took
    write_csv(data, matrix, LONG_ROWS)
    seconds, results["cli_long_rss"] = run_program(commands["cli"])
    results["cli_long"] = [seconds]
    results["cli_long_bytes"] = data.stat().st_size
    return results


# --- The report ------------------------------------------------------------------------------------------------------------


def gather(bench_score, custval, rows):
    generator = np.random.default_rng(20260101)
    matrix = generator.integers(1, 11, size=(rows, len(COLUMNS))).astype(np.float64)
    columns = [np.ascontiguousarray(matrix[:, i]) for i in range(len(COLUMNS))]
    frame, fast_frame = pd.DataFrame(dict(zip(COLUMNS, columns))), pl.DataFrame(dict(zip(COLUMNS, columns)))
    out = np.empty(rows)
    with tempfile.TemporaryDirectory(prefix="custval-bench-") as name:
        folder = Path(name)
        np.concatenate(columns).tofile(folder / "columns.f64")
        command = [bench_score, HERE / "system.json", folder / "columns.f64", str(rows)]
        results = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        numpy_blocked(columns, out)
        if not np.isclose(out.sum(), results["checksum"], rtol=1e-9):
            sys.exit(f"the peers do not agree: {out.sum()} and {results['checksum']}")
        results["numpy_blocked"] = median_seconds(lambda: numpy_blocked(columns, out))
        results["numpy_plain"] = median_seconds(lambda: numpy_plain(columns, out))
        results["numpy_affine_unchecked"] = median_seconds(lambda: numpy_affine(matrix, out))
        results["pandas"] = median_seconds(lambda: pandas_scores(frame))
        results["polars"] = median_seconds(lambda: polars_scores(fast_frame))
        results["pymcdm"] = median_seconds(lambda: pymcdm_scores(matrix), 3)
        results["scikit_criteria"] = median_seconds(lambda: skcriteria_scores(matrix), 3)
        return bench_programs(custval, folder, matrix, results)


def report(results, rows):
    middle = {name: statistics.median(took) for name, took in results.items() if isinstance(took, list)}
    size = rows * len(COLUMNS) * 8
    best_read = min(middle["read_long"], middle["read_columns"])
    ours = middle["value_into_arrays"]
    lines = [("read bandwidth, one thread", best_read, f"{size / best_read / 1e9:.1f} GB/s")]
    lines += [(name, middle[name], "") for name in (
        "value_into_arrays", "value_into_table", "defaults_into_table", "every_level_into_table",
        "read_columns_parallel", "value_into_arrays_parallel", "value_into_table_parallel", "numpy_blocked",
        "numpy_plain", "numpy_affine_unchecked", "pandas", "polars", "pymcdm", "scikit_criteria", "cli",
        "cli_one_thread", "csv_pandas", "csv_polars", "csv_polars_stream", "cli_long")]
    bars = [
        ("value / read bandwidth, one thread", best_read / ours, 0.8),
        ("value / read bandwidth, all threads", middle["read_columns_parallel"] / middle["value_into_arrays_parallel"], 0.8),
        ("times faster than NumPy (blocked, checked)", middle["numpy_blocked"] / ours, 15),
        ("times faster than NumPy (plain, checked)", middle["numpy_plain"] / ours, None),
        ("times faster than NumPy (one product, unchecked)", middle["numpy_affine_unchecked"] / ours, None),
        ("times faster than pandas", middle["pandas"] / ours, 30),
        ("times faster than polars", middle["polars"] / ours, None),
        ("times faster than pymcdm", middle["pymcdm"] / ours, 20),
        ("times faster than scikit-criteria", middle["scikit_criteria"] / ours, 20),
        ("one row under 150 ns: 150 / measured", 150 / middle["row_ns"], 1),
        ("command times faster than pandas on CSV", middle["csv_pandas"] / middle["cli"], 5),
        ("command times faster than polars on CSV", middle["csv_polars"] / middle["cli"], 1),
        ("command, 10 M rows: 100 MB / resident size", 100e6 / results["cli_long_rss"], 1),
    ]
    print(f"{rows} rows x {len(COLUMNS)} columns of float64; medians of {REPEATS}; "
          f"{results['threads']} threads; {platform.processor() or platform.machine()}\n")
    for name, seconds, note in lines:
        print(f"{name:45} {1e3 * seconds:12.3f} ms  {note}")
    print(f"{'one row':45} {middle['row_ns']:12.1f} ns  {results['row_allocations']} allocations in a million calls")
    for name in ("cli", "csv_pandas", "csv_polars", "csv_polars_stream", "cli_long"):
        print(f"{name + ', resident':45} {results[name + '_rss'] / 1e6:12.1f} MB")
    print(f"\n{'bar':50} {'measured':>9} {'wanted':>7}")
    for name, measured, wanted in bars:
        verdict = "" if wanted is None else "met" if measured >= wanted else "NOT MET"
        print(f"{name:50} {measured:9.2f} {'' if wanted is None else wanted:>7} {verdict}")
    return [{"bar": name, "measured": measured, "wanted": wanted} for name, measured, wanted in bars]


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    rows = int(sys.argv[4]) if len(sys.argv) == 5 else 1_000_000
    results = gather(sys.argv[1], sys.argv[2], rows)
    results["bars"] = report(results, rows)
    results["versions"] = {name: importlib.metadata.version(name)
                           for name in ("numpy", "pandas", "polars", "pymcdm", "scikit-criteria")}
    results["rows"] = rows
    Path(sys.argv[3]).write_text(json.dumps(results, indent=1))
    print(f"\nwritten: {sys.argv[3]}")


if __name__ == "__main__":
    main()
