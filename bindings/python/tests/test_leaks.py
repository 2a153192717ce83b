"""Memory does not grow, however often something is done: each case in a process of its own.

A leak grows in every round of cycles, a heap with holes in one or two: the median growth of the rounds is judged.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import statistics

import pytest
from conftest import HERE, run_python

needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="no /proc here")
#: Cycles of a round.
CYCLES = {
    "score_row": (20_000, "system.score_row(row)"),
    "score": (2_000, "system.score(ROWS)"),
    "explain": (2_000, "str(system.explain(table, 0))"),
    "numpy": (2_000, "numpy.asarray(system.score(arrays)['value']).sum()"),
    "pandas": (400, "system.score(frame)"),
    "polars": (1_000, "system.score(polar)"),
    "pyarrow": (1_000, "system.score(arrow)"),
    "capsules": (2_000, "table.__arrow_c_array__(); table.__arrow_c_stream__()"),
    "views": (2_000, "memoryview(table['q1']).tolist(); table['segment']"),
    "systems": (1_000, "cv.System(text).to_json(); pickle.loads(pickle.dumps(table))"),
    "builders": (600, "system.with_weights({'quality': 3})"),
    "summaries": (1_000, "pickle.loads(pickle.dumps(cv.Summary(table, columns=['q1', 'q2'], parts='all'))).table"),
    "histories": (600, "h = cv.History(bought); h.merge(pickle.loads(pickle.dumps(h))); h.customers(); h.path('a')"),
    "dates": (600, "cv.History(dated); cv.Table(dated)['date']; cv.Table(arrow_dated)['date']"),
    "fits": (200, "cv.Lifetime.fit(customers, 'nbd').predict(customers, keep='x')"),
    "lifetimes": (1_000, "pickle.loads(pickle.dumps(model)).spend; model.counts(customers, most=2); model.facts"),
    "worths": (1_000, "cv.Worth(worth).value({'paid': [1.0]}); cv.worth.concentration({'total': [1.0, 2.0]})"),
    "equity": (
        1_000,
        "cv.equity.customer_equity({'value': [1.0]}); cv.equity.markov_value([[0.5, 0.5], [0, 1]], [1, 0], rate=0.1)",
    ),
    "weights": (1_000, "dict(cv.weights.ahp([[1, 3], [1 / 3, 1]]).diagnostics)"),
    "draws": (600, "cv.uncertainty.draw(system, draws=100)"),
    "errors": (4_000, "fail()"),
    "progress": (600, "system.score(table, progress=seen.count)"),
    "threads": (60, "cv.set_threads(2); system.score(large)"),
    "streams": (600, "system.score_stream(arrow)"),
}

CODE = f"""
import sys; sys.path.insert(0, {str(HERE)!r})
import gc, json, os, pickle
import numpy, pandas, polars, pyarrow
import custval as cv
from conftest import DOCUMENT, ROWS
system, table, text = cv.System(DOCUMENT), cv.Table(ROWS), json.dumps(DOCUMENT)
arrays = {{n: numpy.array(c, dtype=float) if n != "segment" else c for n, c in ROWS.items()}}
frame, polar, arrow = pandas.DataFrame(ROWS), polars.DataFrame(ROWS, strict=False), pyarrow.table(ROWS)
large = cv.Table({{n: c * 4000 for n, c in ROWS.items()}})
bought = {{"customer": ["a", "b", "a"], "date": ["2026-01-01", "2026-01-02", "2026-01-03"], "amount": [1.0, 2.0, 3.0]}}
dated = pandas.DataFrame(bought).assign(date=pandas.to_datetime(bought["date"]))
arrow_dated = pyarrow.Table.from_pandas(dated)
customers = {{"x": [0, 1, 2, 9] * 5, "t_x": [0, 5, 5, 9] * 5, "T": [10, 11, 12, 13] * 5}}
model = cv.Lifetime.stated("bgnbd", [0.2, 4, 0.8, 2.4]).with_spend(cv.Lifetime.stated("gamma-gamma", [6, 4, 15]))
worth = {{"custval": "worth", "version": 1, "existing": {{"value": "paid"}}}}
row = {{n: c[0] for n, c in ROWS.items()}}
class Seen:
    def count(self, done, total): pass
seen = Seen()
def fail():
    try: system.score({{"q1": [1.0]}})
    except cv.NotFoundError: pass
def resident():
    gc.collect()
    with open("/proc/self/statm") as file: return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
exec(compile("def cycle(times):\\n    for _ in range(times): " + sys.argv[2], "cycle", "exec"))
cycles = int(sys.argv[1])
cycle(cycles)
sizes = [resident()]
for _ in range(5):
    cycle(cycles)
    sizes.append(resident())
print(*(after - before for before, after in zip(sizes, sizes[1:])))
"""


def bytes_left(cycles: int, code: str) -> float:
    """What a cycle leaves in memory."""
    done = run_python(CODE, str(cycles), code, timeout=120)
    assert done.returncode == 0, done.stderr
    return statistics.median(map(int, done.stdout.split())) / cycles


def most(cycles: int) -> float:
    """Pages round, and allocators keep some."""
    return 16 + 65_536 / cycles


@needs_proc
@pytest.mark.parametrize("name", CYCLES)
def test_memory_stays_flat(name):
    cycles, code = CYCLES[name]
    assert bytes_left(cycles, code) < most(cycles)


@needs_proc
def test_a_leak_would_show():
    assert bytes_left(20_000, "json.kept = ['a leak', getattr(json, 'kept', None)]") > most(20_000)
