#!/usr/bin/env python3
"""Scores a million customers on Spark and Dask: embeddings_cluster.py LIBRARY

LIBRARY is a built libcustval.so.0; the Python needs what bindings/python/tests/cluster/requirements-*.txt say, and Spark
needs Java. Prints a JSON line for each figure: seconds from Parquet files to one sum, with 1 and 2 executors or workers of
one core; `c_seconds` of the C call on the same columns in memory with one thread; `peer_seconds` of the plain
expression of the same weighted sum, which checks nothing. What is called "carry" takes the rows to Python and back.
Medians of REPEATS, the ways taking turns.
"""

# SPDX-License-Identifier: Apache-2.0
import functools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(SOURCE / "bindings/python/tests/cluster"), str(SOURCE / "bindings/python")]

ROWS, FILES = 1_000_000, 16
REPEATS = 3
PERIOD = ("2025-01-01", 365, "2026-01-01")
DOCUMENT = (SOURCE / "bench/system.json").read_text()
WEIGHTS = {
    "BRAND": 0.25,
    "FUNC": 0.2,
    "RELIA": 0.25,
    "VARIETY": 0.15,
    "SERVICE": 0.15,
    "MONEY": -0.4,
    "TIME": -0.25,
    "PHYS": -0.15,
    "PSYCH": -0.2,
}


def medians(ways):
    taken = {name: [] for name in ways}
    for turn in range(REPEATS + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if turn > 0:
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def write_data(folder):
    """Answers, and as many purchases of a tenth as many customers, in files."""
    import numpy
    import pyarrow
    import pyarrow.parquet

    random = numpy.random.default_rng(1)
    first, days, _ = PERIOD
    for name in ("answers", "purchases"):
        (folder / name).mkdir()
    for place in range(FILES):
        rows = ROWS // FILES
        answers = {name: 1 + 9 * random.random(rows) for name in WEIGHTS}
        dates = numpy.datetime64(first) + random.integers(0, days, rows)
        purchases = {"customer": random.integers(0, ROWS // 10, rows), "date": dates, "amount": random.random(rows) * 99}
        for kind, data in (("answers", answers), ("purchases", purchases)):
            pyarrow.parquet.write_table(pyarrow.table(data), folder / kind / f"{place:02}.parquet")


def in_memory(folder):
    """Seconds of the same calls in this process, with one thread."""
    import pyarrow.parquet

    import custval as cv

    cv.set_threads(1)
    answers = pyarrow.parquet.read_table(folder / "answers").combine_chunks()
    purchases = pyarrow.parquet.read_table(folder / "purchases").combine_chunks()
    system = cv.System(DOCUMENT)
    return medians({
        "score": lambda: system.score(answers, levels=["value"], coverage="none"),
        "summary": lambda: cv.Summary(answers, parts=["pairs"]),
        "customers": lambda: cv.History(purchases).customers(end=PERIOD[2]),
    })  # fmt: skip


def on_spark(folder, count):
    import spark_session
    from pyspark.sql import functions as f

    import custval as cv
    from custval import spark

    session = spark_session.started(folder / f"spark-{count}", executors=count)
    spark.ship(session)
    answers = session.read.parquet(str(folder / "answers"))
    purchases = session.read.parquet(str(folder / "purchases"))
    system = cv.System(DOCUMENT)
    terms = [f.lit(weight) * ((f.col(name) - 1) / 9 * 100) for name, weight in WEIGHTS.items()]
    taken = medians({
        "score": lambda: spark.score(answers, system, keep=[], levels=["value"], coverage="none").agg(f.sum("value")).collect(),
        "expression": lambda: answers.agg(f.sum(functools.reduce(lambda a, b: a + b, terms))).collect(),
        "carry": lambda: answers.mapInArrow(lambda batches: batches, answers.schema).agg(f.sum("BRAND")).collect(),
        "summary": lambda: spark.summary(answers, parts=["pairs"]),
        "customers": lambda: customers_on_spark(purchases),
    })  # fmt: skip
    session.stop()
    return taken


def customers_on_spark(purchases):
    from pyspark.sql import functions as f

    from custval import spark

    held = spark.histories(purchases, buckets=8).persist()
    spark.customers(held, end=PERIOD[2]).agg(f.sum("x")).collect()
    held.unpersist()


def on_dask(folder, count):
    import distributed
    from dask import dataframe

    import custval as cv
    from custval import dask

    with distributed.LocalCluster(n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
                                  local_directory=str(folder)) as machines, distributed.Client(machines) as client:  # fmt: skip
        client.run(cv.set_threads, 1)
        answers = dataframe.read_parquet(folder / "answers", split_row_groups=False, aggregate_files=False)
        purchases = dataframe.read_parquet(folder / "purchases")
        system = cv.System(DOCUMENT)
        terms = [weight * ((answers[name] - 1) / 9 * 100) for name, weight in WEIGHTS.items()]
        return medians({
            "score": lambda: dask.score(answers, system, keep=[], levels=["value"], coverage="none")["value"].sum().compute(),
            "expression": lambda: functools.reduce(lambda a, b: a + b, terms).sum().compute(),
            "summary": lambda: dask.summary(answers, parts=["pairs"]),
            "customers": lambda: customers_on_dask(purchases),
        })  # fmt: skip


def customers_on_dask(purchases):
    from custval import dask

    held = dask.histories(purchases, buckets=8).persist()
    dask.customers(held, end=PERIOD[2])["x"].sum().compute()


def report(embedding, taken, in_c):
    for name, seconds in taken.items():
        line = {"embedding": embedding, "what": name, "rows": ROWS, "seconds": round(seconds, 3)}
        if name in in_c:
            line["c_seconds"] = round(in_c[name], 4)
        if name == "score":
            line["peer_seconds"] = round(taken["expression"], 3)
        if name != "expression":
            print(json.dumps(line), flush=True)


def main(arguments):
    if len(arguments) == 1:
        os.environ["CUSTVAL_LIBRARY"] = os.path.abspath(arguments[0])
        with tempfile.TemporaryDirectory(prefix="custval-bench-") as name:
            write_data(pathlib.Path(name))
            in_c = json.dumps(in_memory(pathlib.Path(name)))
            for way in ("spark", "dask"):
                for count in ("1", "2"):  # each in a process of its own, for one holds one cluster
                    subprocess.run([sys.executable, __file__, way, count, name, in_c], check=True)
        return 0
    if len(arguments) == 4:
        way, count, folder, in_c = arguments
        taken = {"spark": on_spark, "dask": on_dask}[way](pathlib.Path(folder), int(count))
        report(f"{way}, {count} x 1", taken, json.loads(in_c))
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
