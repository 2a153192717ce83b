#!/usr/bin/env python3
# Groups, migration, programmes and scenarios of a million customers, with custval and with what a user would write with NumPy,
# pandas and polars, in one run; prints tables and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: actions.py LIBRARY OUTPUT.json [ROWS]
       actions.py LIBRARY --memory CASE WAY ROWS

LIBRARY is the built libcustval. The second form is for the first one: it prints how many bytes one way takes beyond what it is
given. See README.md beside this file.
"""
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

import actions_peers as peers
from common import (PEER_REPEATS, demand, load_package, measure_custval, measure_peer, medians, milliseconds, report_bars,
                    report_setting, say, table, write_results)

KINDS = ("close", "far", "texts")
OURS = {"pandas_categories": "custval_categories", "pandas_fast": "custval_categories"}  # what is given to both; else custval


class Case(NamedTuple):
    """The same work in several ways, each without an argument; custval's are called custval..., others after what they use."""

    ways: dict
    is_same: object  # of what the first way gave and another one


# --- What is compared ------------------------------------------------------------------------------------------------------


def groups(cv, rows):
    customers = peers.make_customers(rows)
    shown = cv.Table(customers)
    rule = cv.Groups.load(peers.EXAMPLES / "groups" / "rfm.json")
    ways = {
        "custval": partial(rule.assign, customers),
        "custval_table": partial(rule.assign, shown),
        "pandas": partial(peers.groups_plain, customers),
        "pandas_fast": partial(peers.groups_fast, customers),
    }
    return Case(ways, lambda ours, theirs: all(
        np.array_equal(np.asarray(ours[name], dtype=object), np.asarray(theirs[name], dtype=object))
        for name in ("group", "recency", "frequency", "money")))


def migration(cv, rows, kind):
    first, second = peers.make_periods(rows, kind)
    categories = [frame.assign(state=frame["state"].astype("category")) for frame in (first, second)]

    def ours(periods):
        return cv.Migration(peers.STATES, periods=periods, empty="stay").matrix()

    ways = {
        "custval": partial(ours, (first, second)),
        "custval_categories": partial(ours, categories),
        "pandas": partial(peers.migration_plain, first, second),
        "pandas_categories": partial(peers.migration_plain, *categories),
        "pandas_fast": partial(peers.migration_fast, *categories),
        "polars": partial(peers.migration_polars, *map(pl.from_pandas, (first, second))),
    }
    return Case(ways, same_moves)


def same_moves(matrix, counts):
    """Newcomers stand apart in custval's flows; in a matrix of two periods nobody is absent at first."""
    cells = {(a, name[len("to_"):]): matrix[name][i] for i, a in enumerate(matrix["from"]) for name in matrix if name != "from"}
    return all(cells[key] == count for key, count in counts.items() if key[0] != "absent") and sum(counts.values()) > 0


def programmes(cv, rows, times):
    document, traits = peers.make_base(times), peers.make_traits(rows)
    base = cv.Programmes(document)
    ways = {
        "custval": partial(base.match, traits, top=peers.TOP),
        "numpy": partial(peers.match_plain, document, traits),
        "numpy_part": partial(peers.match_part, document, traits),
    }
    if not times:
        ways["numpy_fast"] = partial(peers.match_ranked, document, traits)
    return Case(ways, same_plans)


def same_plans(plans, theirs):
    taken, nets = theirs
    row, rank = (np.asarray(plans[name]).astype(np.int64) for name in ("row", "rank"))
    names = plans.to_pyarrow()["programme"].combine_chunks().dictionary_encode()
    codes = np.array([int(name[1:]) for name in names.dictionary.to_pylist()])[names.indices.to_numpy()]
    is_there = np.zeros(taken.shape, dtype=bool)
    is_there[row, rank - 1] = True
    return (np.array_equal(is_there, nets >= 0.0) and np.array_equal(taken[row, rank - 1], codes)
            and np.allclose(nets[row, rank - 1], plans["net"], rtol=1e-12, atol=1e-12))


def scenario(cv, rows):
    plan, tree, data = cv.Scenario(peers.PLAN), cv.System(peers.make_tree()), peers.make_answers(rows)
    periods = plan.path().periods
    path = list(periods["strength"]), [peers.POINTS * felt for felt in periods["transaction"]]
    ways = {
        "custval": partial(plan.run, tree, data),
        "custval_totals": partial(plan.run, tree, data, customers=False),
        "numpy": partial(peers.scenario, data, path, False),
        "numpy_fast": partial(peers.scenario, data, path, True),
    }
    return Case(ways, lambda effect, theirs: np.allclose(effect.customers["during"], theirs[0][1], rtol=0.0, atol=1e-9)
                and np.isclose(effect.periods["units"][5], theirs[1][5][3], rtol=1e-12))


CASES = {
    "groups": groups,
    **{f"migration_{kind}": partial(migration, kind=kind) for kind in KINDS},
    "programmes": partial(programmes, times=False),
    "programmes_times": partial(programmes, times=True),
    "scenario": scenario,
}


# --- Measuring -------------------------------------------------------------------------------------------------------------


def resident(field):
    """Bytes of this process now (VmRSS), or at most since it was reset (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def print_memory(cv, name, way, rows):
    task = CASES[name](cv, rows).ways[way]
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    kept = task()
    print(resident("VmHWM") - before)
    del kept


def measure_memory(library, name, ways, rows, results):
    for way in ways:
        say(f"memory of {name} {way}")
        program = [sys.executable, __file__, library, "--memory", name, way, str(rows)]
        done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
        results["bytes"][f"{name} {way}"] = int(done.stdout)


def measure(cv, results, name, rows):
    case = CASES[name](cv, rows)
    ours = case.ways["custval"]()
    for way, task in case.ways.items():
        if way.startswith("custval"):
            measure_custval(cv, results, f"{name} {way}", task, PEER_REPEATS)
        else:
            demand(case.is_same(ours, measure_peer(results, f"{name} {way}", task)), f"{name}: {way} gives something else")
    return list(case.ways)


# --- The report ------------------------------------------------------------------------------------------------------------


def report(middle, results, ways):
    for name in CASES:
        lines = [("", "ms", "all threads, ms", "custval is faster, 1 thread", "MB beyond the data")]
        for way in ways[name]:
            took, size = middle[f"{name} {way}"], results["bytes"][f"{name} {way}"]
            many = middle.get(f"{name} {way}_parallel")
            alike = OURS.get(way) if OURS.get(way) in ways[name] else "custval"
            ours = middle[f"{name} {alike}"]
            lines.append((way, milliseconds(took), "" if many is None else milliseconds(many),
                          "" if many is not None else f"{took / ours:.1f} x", f"{size / 1e6:.0f}"))
        table(name, lines)


def bars_of(middle):
    """With one thread, against what one writes down first."""
    plain = [(name, "pandas" if name.startswith(("groups", "migration")) else "numpy") for name in CASES]
    return [(f"{name}, times faster than {way}", middle[f"{name} {way}"] / middle[f"{name} custval"], 10) for name, way in plain]


def main():
    if len(sys.argv) == 6 and sys.argv[2] == "--memory":
        print_memory(load_package(sys.argv[1]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
        return
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    library = sys.argv[1]
    cv = load_package(library)
    rows = int(sys.argv[3]) if len(sys.argv) == 4 else 1_000_000
    results = {"rows": rows, "load": os.getloadavg(), "threads": cv.threads(), "bytes": {}}
    ways = {name: measure(cv, results, name, rows) for name in CASES}
    for name in CASES:
        measure_memory(library, name, ways[name], rows, results)
    middle = medians(results)
    report_setting(f"{rows} customers", results, ("numpy", "pandas", "polars", "pyarrow"))
    print(f"all: medians of {PEER_REPEATS}; load of the machine at the start: {results['load'][0]:.1f}")
    report(middle, results, ways)
    report_bars(bars_of(middle), results)
    write_results(sys.argv[2], results)


if __name__ == "__main__":
    main()
