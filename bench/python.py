#!/usr/bin/env python3
# What the Python package adds to the C call: data frames to scores, single rows, the import. Prints tables and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: python.py LIBRARY OUTPUT.json [ROWS]

LIBRARY is the built libcustval. Every figure is the median of 7 runs. See README.md beside this file.
"""
import contextlib
import ctypes
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from common import (load_package, medians, milliseconds, report_bars, report_setting, table, times, times_in_turn,
                    write_results)

HERE = Path(__file__).resolve().parent
SYSTEM = HERE / "system.json"
ROW_CALLS = 20_000
KINDS = ("pandas", "polars", "pyarrow", "numpy")
OTHER_KINDS = ("pandas_by_row", "pandas_int64", "polars_int64", "pyarrow_chunked", "table")


# --- Data frames -----------------------------------------------------------------------------------------------------------


def make_frames(cv, columns, rows):
    """The same whole answers from 1 to 10 in every kind of frame."""
    generator = np.random.default_rng(20260101)
    whole = {name: generator.integers(1, 11, size=rows) for name in columns}
    floats = {name: column.astype(np.float64) for name, column in whole.items()}
    quarter = pa.table(floats).slice(0, rows // 4)
    return {
        "pandas": pd.DataFrame(floats),
        "polars": pl.DataFrame(floats),
        "pyarrow": pa.table(floats),
        "numpy": floats,
        "pandas_by_row": pd.DataFrame(np.ascontiguousarray(np.column_stack(list(floats.values()))), columns=columns),
        "pandas_int64": pd.DataFrame(whole),
        "polars_int64": pl.DataFrame(whole),
        "pyarrow_chunked": pa.concat_tables([quarter, pa.table(floats).slice(rows // 4)]),
        "table": cv.Table(floats),
    }


@contextlib.contextmanager
def c_call(cv, system, columns, threads):
    """custval_score() with the same columns, levels and threads, and nothing around it but freeing its result."""
    from custval import _buffers
    from custval import _declarations as d
    from custval._library import call, lib, struct

    answers, pool = ctypes.POINTER(d.custval_table)(), ctypes.POINTER(d.custval_threads)()
    call("custval_table_new", None, len(next(iter(columns.values()))), ctypes.byref(answers))
    for name, values in columns.items():
        column, _, _ = _buffers.column_of(values)
        call("custval_table_add", answers, name.encode(), ctypes.byref(column))
    call("custval_threads_new", None, threads, ctypes.byref(pool))
    runner = ctypes.cast(lib.custval_threads_run, d.custval_runner)
    host = struct("custval_host", runner=runner, runner_data=ctypes.cast(pool, ctypes.c_void_p))
    options = struct("custval_score_options", host=host, as_of="2026-01-01")

    def score():
        out = ctypes.POINTER(d.custval_table)()
        call("custval_score", system._handle, answers, ctypes.byref(options), ctypes.byref(out))
        lib.custval_table_free(out)

    yield score
    lib.custval_threads_free(pool)
    lib.custval_table_free(answers)


def assert_same(system, frames):
    wanted = np.asarray(system.score(frames["table"])["value"])
    for name, frame in frames.items():
        if not np.array_equal(np.asarray(system.score(frame)["value"]), wanted):
            sys.exit(f"{name} gives other values")


def measure_frames(cv, system, frames, results):
    results["threads"] = os.cpu_count()
    for threads, suffix in ((1, ""), (0, "_parallel")):
        cv.set_threads(threads)
        with c_call(cv, system, frames["numpy"], threads) as score:
            tasks = {"c" + suffix: score}
            for name, frame in frames.items():
                tasks[name + suffix] = lambda frame=frame: system.score(frame)
            results.update(times_in_turn(tasks))


# --- Rows and the import ---------------------------------------------------------------------------------------------------


def measure_rows(system, frames, results):
    rows = frames["pandas"].head(1000).to_dict("records")

    def run():
        for call in range(ROW_CALLS):
            system.score_row(rows[call % 1000])

    results["row_us"] = [1e6 * seconds / ROW_CALLS for seconds in times(run)]


def measure_import(results):
    def start(program):
        subprocess.run([sys.executable, "-c", program], check=True)

    paths = f"import sys; sys.path.insert(0, {str(HERE.parent / 'bindings' / 'python')!r}); "
    programs = {"start_empty": "pass", "start_custval": paths + "import custval", "start_numpy": "import numpy",
                "start_pandas": "import pandas"}
    results.update(times_in_turn({name: lambda text=text: start(text) for name, text in programs.items()}))


# --- The report ------------------------------------------------------------------------------------------------------------


def report_frames(middle):
    lines = [("", "1 thread, ms", "of the C call", "all threads, ms", "of the C call")]
    for name in ("c", *KINDS, *OTHER_KINDS):
        one, many = middle[name], middle[name + "_parallel"]
        lines.append((name, milliseconds(one), f"{one / middle['c']:.2f} x",
                      milliseconds(many), f"{many / middle['c_parallel']:.2f} x"))
    table("frame to scores: value, sides, coverage, status", lines)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    rows = int(sys.argv[3]) if len(sys.argv) == 4 else 1_000_000
    cv = load_package(sys.argv[1])
    system = cv.System.load(SYSTEM)
    frames, results = make_frames(cv, system.inputs, rows), {"rows": rows}
    assert_same(system, frames)
    measure_frames(cv, system, frames, results)
    measure_rows(system, frames, results)
    measure_import(results)
    middle = medians(results)
    report_setting(f"{rows} rows, {len(system.inputs)} columns of float64", results, ("numpy", "pandas", "polars", "pyarrow"))
    report_frames(middle)
    imports = {name: 1e3 * (middle[f"start_{name}"] - middle["start_empty"]) for name in ("custval", "numpy", "pandas")}
    print(f"\nscore_row: {middle['row_us']:.1f} us; import, ms: "
          + ", ".join(f"{name} {took:.0f}" for name, took in imports.items()))
    report_bars([(f"{name} to scores, times the C call, {threads}", middle[name + suffix] / middle["c" + suffix], -1.3)
                 for threads, suffix in (("1 thread", ""), ("all threads", "_parallel")) for name in KINDS], results)
    write_results(sys.argv[2], results)


if __name__ == "__main__":
    main()
