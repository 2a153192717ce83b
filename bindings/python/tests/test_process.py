"""Threads, forks, signals, and the end of the process: in processes of their own where they could harm this one."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import os
import signal
import sys
import threading
import time

import numpy
import pytest
from conftest import DOCUMENT, HERE, ROWS, bits, run_python

import custval as cv

SETUP = f"""
import sys; sys.path.insert(0, {str(HERE)!r})
import os, signal, threading, time, gc, atexit
import custval as cv
from conftest import DOCUMENT, ROWS
system = cv.System(DOCUMENT)
"""


def big(rows: int) -> dict:
    random = numpy.random.default_rng(1)
    return {f"q{k}": random.integers(1, 11, rows).astype(float) for k in range(1, 6)} | {"segment": [None] * rows}


@pytest.fixture(params=[1, 0, 3])
def thread_count(request):
    cv.set_threads(request.param)
    yield request.param
    cv.set_threads(0)


def test_the_number_of_threads_changes_no_bit(system, thread_count):
    assert thread_count == 0 or cv.threads() == thread_count
    data = cv.Table(big(50000))
    digest = hash(bytes(system.score(data)["value"]))
    cv.set_threads(2)
    assert hash(bytes(system.score(data)["value"])) == digest
    draws = cv.uncertainty.draw(system, draws=2000)
    cv.set_threads(1)
    assert cv.uncertainty.draw(system, draws=2000) == draws


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads cannot be counted")
def test_threads_end_when_nobody_needs_them_any_more():
    done = run_python(
        SETUP
        + """
gc.disable()  # they have to end at once, not with the next collection
for count in (4, 3, 6, 1, 2):
    cv.set_threads(count)
    system.score(ROWS)
    print(len(os.listdir("/proc/self/task")) - cv.threads())
"""
    )
    more = {int(line) for line in done.stdout.split()}
    assert len(more) == 1, (done.stdout, done.stderr)


def test_wrong_numbers_of_threads():
    for wrong in (-1, 1025, 1 << 70):
        with pytest.raises((ValueError, IndexError)):
            cv.set_threads(wrong)
    with pytest.raises(TypeError):
        cv.set_threads("two")


def test_eight_threads_share_a_system(system):
    data = cv.Table(big(20000))
    expected = bits(system.score(data)["value"])
    row = {name: column[0] for name, column in ROWS.items()}
    alone = system.score_row(row).value

    def work(number):
        for _ in range(5):
            assert bits(system.score(data)["value"]) == expected
            assert all(system.score_row(row).value == alone for _ in range(200))
            assert str(system.explain(data, number))
        return number

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(work, range(8))) == list(range(8))


def test_calls_release_the_interpreter(system):
    """Another thread runs while a call does."""
    data = cv.Table(big(1000000))
    cv.set_threads(1)
    turns, done = [], threading.Event()

    def count():
        while not done.is_set():
            turns.append(time.perf_counter())
            time.sleep(0)

    thread = threading.Thread(target=count)
    thread.start()
    begin = time.perf_counter()
    system.score(data)
    end = time.perf_counter()
    done.set()
    thread.join()
    cv.set_threads(0)
    assert sum(begin < turn < end for turn in turns) > 10


def test_summaries_and_builders_can_be_shared():
    summary = cv.Summary({"q": [0.0]}, parts="all")
    piece = cv.Table({"q": numpy.arange(1000.0)})
    others = [cv.Summary(piece, parts="all") for _ in range(4)]
    builder = cv.Builder().dimension("benefit", "d").indicator("d", "i")

    def work(number):
        for turn in range(20):
            summary.update(piece)
            summary.merge(others[number % 4])
            others[number % 4].merge(others[(number + 1) % 4]) if turn == 0 and number < 4 else None
            assert summary.rows > 0 and len(summary.table) == 1
            builder.item("i", f"c{number}_{turn}", scale=(0, 1))
            builder.build()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(builder.build().inputs) == 160


def test_pool_can_be_resized_while_it_works(system):
    data = cv.Table(big(100000))
    expected = bits(system.score(data)["value"])
    done = threading.Event()

    def resize():
        for count in range(1, 200):
            cv.set_threads(count % 4)
            if done.is_set():
                break

    thread = threading.Thread(target=resize)
    thread.start()
    try:
        for _ in range(10):
            assert bits(system.score(data)["value"]) == expected
    finally:
        done.set()
        thread.join()
        cv.set_threads(0)


# --- Progress and Ctrl-C


def test_progress_counts_to_the_end(system):
    data, seen = cv.Table(big(300000)), []
    system.score(data, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (300000, 300000) and seen == sorted(seen) and len(seen) > 3
    summary, seen = cv.Summary(columns=["q1", "q2"]), []
    summary.update(data, progress=lambda done, total: seen.append(done))
    assert seen and seen == sorted(seen)


def test_progress_bar_is_drawn(system, capfd):
    system.score(cv.Table(big(300000)), progress=True)
    assert "rows" in capfd.readouterr().err


def test_what_progress_raises_ends_the_call(system):
    def stop(done, total):
        raise LookupError("enough")

    data = cv.Table(big(300000))
    with pytest.raises(LookupError, match="enough"):
        system.score(data, progress=stop)
    summary = cv.Summary(columns=["q1"], parts="all")
    with pytest.raises(LookupError):
        summary.update(data, progress=stop)
    assert summary.rows == 0
    with pytest.raises(LookupError):
        cv.uncertainty.draw(system, draws=1000000, progress=stop)
    assert len(system.score(data)) == 300000


LONG = {
    "score": "system.score(table)",
    "draw": "cv.uncertainty.draw(system, draws=100_000_000)",
    "ranks": "cv.uncertainty.ranks(system, small, cv.uncertainty.draw(system, draws=20000))",
    "sensitivity": "cv.uncertainty.sensitivity(system, small, 0, draws=1_000_000)",
    "means": "cv.uncertainty.means(table, ['q1', 'q2'], resamples=2000)",
    "drivers": "cv.weights.drivers(table, 'q1', columns=['q2', 'q3', 'q4'], resamples=2000)",
    "history": "cv.History(cv.Table({'customer': table['q1'], 'date': table['q2']}), amount=None, period='number')",
    "fit": "cv.Lifetime.fit(customers, 'pnbd', purchase_covariates=['z'], accept=True)",
    "predict": "lifetime.predict(customers, horizon=9, outputs='value_deviation', spend='z')",
    "counts": "lifetime.counts(customers, horizon=9, quantiles=[0.5])",
    "worth": "worth.value(table)",
    "switching": "cv.equity.switching(bought, ['us', 'them'], matrix=[[0.7, 0.3], [0.2, 0.8]], periods=50)",
    "update": "cv.Summary(columns=['q1', 'q2', 'q3'], parts='all').update(table)",
}
INTERRUPT = (
    SETUP
    + """
import numpy
cv.set_threads(int(sys.argv[2]))
rows = 500_000
table = cv.Table({**{f"q{k}": numpy.random.default_rng(1).integers(1, 11, rows).astype(float) for k in range(1, 6)},
                  "segment": numpy.array(["loyal"] * rows)}) if "table" in sys.argv[1] else None
random = numpy.random.default_rng(2)
customers = cv.Table({"x": random.integers(1, 9, 200_000), "t_x": random.uniform(1, 30, 200_000),
                      "T": random.uniform(30, 40, 200_000), "z": random.uniform(0, 1, 200_000)})
worth = cv.Worth({"custval": "worth", "version": 1, "period": "year", "rate": 0.1, "existing": {"value": "q1"},
                  "potential": {"value": "q2"}})
lifetime = cv.Lifetime.stated("pnbd", [0.5, 10, 0.6, 11])
bought = cv.Table({"last_brand": ["us", "them"] * 100_000})
small = cv.Table({name: column * 60 for name, column in ROWS.items()})
exec(compile("def work():\\n    return " + sys.argv[1], "work", "exec"))
print("ready", flush=True)
begin = time.monotonic()
try:
    while True:
        work()
except KeyboardInterrupt:
    print("interrupted", time.monotonic() - begin, flush=True)
assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
# It all still works.
assert system.score_row(q1=1).status >= 0 and len(system.score(small)) == 300
"""
)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", LONG)
def test_ctrl_c_ends_long_calls(name, threads):
    import subprocess

    command = [sys.executable, "-X", "faulthandler", "-c", INTERRUPT, LONG[name], str(threads)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout.readline() == "ready\n", child.stderr.read()
            time.sleep(0.25)
            child.send_signal(signal.SIGINT)
            out, error = child.communicate(timeout=20)
        finally:
            child.kill()
    assert child.returncode == 0 and out.startswith("interrupted") and error == "", out + error


def test_other_handlers_of_ctrl_c_are_kept_and_called(system):
    calls = []

    def handler(number, frame):
        calls.append(number)

    before = signal.signal(signal.SIGINT, handler)
    try:

        def interrupt(done, total):
            if not calls:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.01)

        assert len(system.score(cv.Table(big(300000)), progress=interrupt)) == 300000
        assert calls == [signal.SIGINT] and signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


# --- Forks


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_works_with_what_its_parent_made():
    code = (
        SETUP
        + """
cv.set_threads(2)
data = {name: column * 4000 for name, column in ROWS.items()}
expected = system.score(data)["value"]
summary = cv.Summary(data, columns=["q1", "q2", "q3"], parts="all")
before = summary.to_bytes()
purchases = {"customer": [1, 2, 1], "date": ["2026-01-01", "2026-01-02", "2026-02-01"]}
history = cv.History(purchases, amount=None)
customers = {"x": [0, 1, 2, 9] * 25, "t_x": [0, 5, 5, 9] * 25, "T": [10, 11, 12, 13] * 25}
fitted = cv.Lifetime.fit(customers, "nbd")
bytes_before = history.to_bytes()
busy = threading.Thread(target=lambda: [system.score(data) for _ in range(5)])
busy.start()
children = []
for number in range(4):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            assert system.score(data)["value"] == expected
            assert cv.threads() == 2
            assert summary.to_bytes() == before
            assert summary.rows == 20000
            summary.update(data)
            summary.merge(cv.Summary(data, columns=["q1", "q2", "q3"], parts="all"))
            assert summary.rows == 60000
            assert len(cv.weights.drivers(summary, "q1", resamples=0)) == 2
            assert history.to_bytes() == bytes_before and len(history.customers()) == 2
            history.update({"customer": [3], "date": ["2026-02-01"]})
            history.merge(cv.History(purchases, amount=None))
            assert history.facts.rows == 7 and history.facts.customers == 3 and history.unit == "week"
            assert cv.Lifetime.fit(customers, "nbd") == fitted and fitted.predict(customers)["alive"][0] == 1.0
            code = 0
        finally:
            if number % 2:
                sys.exit(code)
            os._exit(code)
    children.append(child)
for child in children:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
busy.join()
assert system.score(data)["value"] == expected and summary.to_bytes() == before
print("done")
"""
    )
    done = run_python(code)
    assert done.stdout.endswith("done\n") and done.returncode == 0, done.stdout + done.stderr


def score_in_a_worker(system, rows):
    return system.score(rows)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_workers_are_sent_systems_tables_and_summaries(system, method):
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        table = cv.Table(ROWS)
        results = [pool.submit(score_in_a_worker, system, table) for _ in range(3)]
        assert all(result.result(60) == system.score(table) for result in results)
        with pytest.raises(cv.NotFoundError, match="q2"):
            pool.submit(score_in_a_worker, system, {"q1": [1.0]}).result(60)
        summary = pool.submit(cv.Summary, table, columns=["q1"]).result(60)
        assert summary.rows == 5
        history = pool.submit(cv.History, {"customer": [1], "date": ["2026-01-01"]}, amount=None).result(60)
        assert history.facts.customers == 1
        model = cv.Lifetime.stated("nbd", [1.0, 2.0])
        found = pool.submit(model.predict, {"x": [1], "T": [2.0]}).result(60)
        assert found == model.predict({"x": [1], "T": [2.0]})


# --- The end

ENDS = {
    "objects": """
keep = [system, cv.Table(ROWS), system.score(ROWS), cv.Summary(ROWS, columns=['q1'])]
keep += [cv.Builder(), system.explain(ROWS, 0)]
""",
    "views": """
table = system.score(cv.Table(ROWS)); view = table['value']; table.close()
atexit.register(lambda: print(view.tolist()))
""",
    "early exit handler": """
import weakref
table = cv.Table(ROWS)
class Late:
    def __del__(self): len(table); table['q1'].tolist()
late = Late()
""",
    "capsules": """
capsules = [cv.Table(ROWS).__arrow_c_array__(), cv.Table(ROWS).__arrow_c_stream__()]
""",
    "capsules in builtins": """
import builtins
builtins.kept = cv.Table(ROWS).__arrow_c_array__()
""",
    "capsules in sys": """
sys.kept = cv.Table(ROWS).__arrow_c_stream__()
""",
    "capsules in a cycle": """
cycle = [cv.Table(ROWS).__arrow_c_array__()]; cycle.append(cycle)
""",
    "capsules without the package": """
kept = cv.Table(ROWS).__arrow_c_array__()
for name in list(sys.modules):
    if name.startswith('custval'): del sys.modules[name]
del cv, system
gc.collect()
del kept
gc.collect()
""",
    "streams": """
import pyarrow
stream = system.score_stream(pyarrow.table(ROWS))
other = system.score_stream(pyarrow.table(ROWS))
reader = pyarrow.RecordBatchReader.from_stream(other)
""",
    "consumers": """
import pyarrow, polars
kept = pyarrow.table(cv.Table(ROWS)), polars.DataFrame(cv.Table(ROWS))
reader = pyarrow.RecordBatchReader.from_stream(cv.Table(ROWS))
""",
    "thread": """
table = cv.Table({n: c * 100000 for n, c in ROWS.items()})
work = lambda: [system.score(table) for _ in range(1000)]
threading.Thread(target=work, daemon=True).start()
time.sleep(0.1)
""",
    "thread with numpy": """
import numpy
data = {n: numpy.array(c * 100000, dtype=float) for n, c in ROWS.items() if n != 'segment'}
data['segment'] = [None] * 500000
work = lambda: [system.score(data) for _ in range(1000)]
threading.Thread(target=work, daemon=True).start()
time.sleep(0.2)
""",
    "exception": """
error = None
try:
    system.score({'q1': [1]})
except cv.Error as raised:
    error = raised
""",
    "os._exit": """
cv.uncertainty.draw(system, draws=1000); sys.stdout.flush(); os._exit(0)
""",
    "sys.exit in a handler": """
atexit.register(lambda: system.score(ROWS))
""",
    "thread-local": """
local = threading.local()
local.kept = cv.Table(ROWS).__arrow_c_array__(), system
system.score_row(q1=1)
""",
}


@pytest.mark.parametrize("name", ENDS)
def test_the_process_ends_well(name):
    done = run_python(SETUP + "cv.set_threads(2); system.score(ROWS)\n" + ENDS[name])
    assert done.returncode == 0 and "Error" not in done.stderr and "Exception" not in done.stderr, done.stderr


def test_importing_starts_no_thread():
    done = run_python(
        "import custval, os; print(len(os.listdir('/proc/self/task')))"
        if os.path.exists("/proc/self/task")
        else "print(1)"
    )
    assert done.stdout == "1\n"


def test_python_m_forwards_to_the_command(tmp_path, monkeypatch):
    command = tmp_path / "command"
    command.write_text('#!/bin/sh\necho "got $*"\nexit 3\n')
    command.chmod(0o755)
    monkeypatch.setenv("CUSTVAL_COMMAND", str(command))
    done = run_python(
        "import runpy, sys; sys.argv[1:] = ['score', '--help']; runpy.run_module('custval', run_name='__main__')"
    )
    assert done.returncode == 3 and done.stdout == "got score --help\n"
    monkeypatch.delenv("CUSTVAL_COMMAND")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    library = tmp_path / "far" / "from" / "libcustval.so"  # the command is looked for where the library was built
    library.parent.mkdir(parents=True)
    library.symlink_to(cv.library_path)
    monkeypatch.setenv("CUSTVAL_LIBRARY", str(library))
    done = run_python("import runpy; runpy.run_module('custval', run_name='__main__')")
    assert done.returncode == 2 and "nor on the path" in done.stderr


def test_document_is_what_json_says(system):
    assert json.loads(system.to_json()) == system.to_dict()
    assert cv.System(DOCUMENT).to_dict()["dimensions"][0]["id"] == "product"
