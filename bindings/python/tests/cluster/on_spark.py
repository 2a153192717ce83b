#!/usr/bin/env python3
"""usage: on_spark.py PACKAGE CALLS FOLDER

Tests custval.spark on a Spark of its own, with executors that are other processes. PACKAGE: where custval is installed,
which only this process sees. CALLS: what tests/embeddings/calls.py wrote. FOLDER: for everything that Spark writes.
"""

# SPDX-License-Identifier: Apache-2.0
import datetime
import os
import pathlib
import re
import shutil
import signal
import sys
import threading

PACKAGE, CALLS, FOLDER = (pathlib.Path(name).resolve() for name in sys.argv[1:4])
sys.path.insert(0, str(PACKAGE))

import json  # noqa: E402

import common  # noqa: E402
import spark_session  # noqa: E402
from pyspark.sql import functions as f  # noqa: E402

import custval as cv  # noqa: E402
from custval import spark  # noqa: E402

#: MiB of an executor, and rows of which eleven columns are twice that.
MEMORY, ROWS = 512, 12_000_000

#: The answers to a question are the row's number modulo this, modulo 10, plus 1; rows repeat after so many.
STEPS = {"q1": 7, "q2": 8, "q3": 9, "q4": 11, "q5": 13}
KINDS = 7 * 8 * 9 * 11 * 13


class Spark:
    """As common.py asks for."""

    module = spark

    def __init__(self, session):
        self.session = session
        self.files = 0

    def frame(self, data, pieces):
        """Rows in their order, cut into so many pieces, which stay as they are while the frame is used."""
        made = self.session.createDataFrame(data, self._schema(data)).coalesce(1)
        if pieces == 1:
            return made
        return made.repartitionByRange(pieces, f.monotonically_increasing_id()).persist()

    def _schema(self, data):
        kinds = {"i": "bigint", "u": "bigint", "f": "double"}

        def kind(column):
            if len(column) > 0 and isinstance(column.iloc[0], datetime.date):
                return "date"
            return kinds.get(column.dtype.kind, "string")

        return ", ".join(f"`{name}` {kind(data[name])}" for name in data.columns)

    def pieces(self, frame):
        held = frame.withColumn("piece", f.spark_partition_id()).toPandas()
        return [rows.drop(columns="piece") for _, rows in sorted(held.groupby("piece"), key=lambda group: group[0])]

    def pandas(self, frame):
        return frame.toPandas()

    def kept(self, frame):
        self.files += 1
        place = str(FOLDER / f"kept-{self.files}")
        frame.write.parquet(place)
        return self.session.read.parquet(place)


def where(_):
    import custval

    yield custval.__file__, custval.library_path, custval.__version__


def shipping(result, session):
    """Executors have no custval, then that of the driver, unpacked in a folder of their own."""
    spread = session.sparkContext.parallelize(range(8), 8)
    result.raises("executors do not have custval", Exception, "No module named 'custval'",
                  lambda: spread.mapPartitions(where).collect())  # fmt: skip
    spark.ship(session)
    found = set(spread.mapPartitions(where).collect())
    below = all(FOLDER in pathlib.Path(name).parents for package, library, _ in found for name in (package, library))
    result.check("until it is shipped", len(found) == 2 and below, found)
    result.check("library and package", {version for *_, version in found} == {cv.__version__}, found)


def side(name, sign, *columns):
    items = [{"column": column, "scale": [1, 10]} for column in columns]
    return {"id": name, "side": sign, "indicators": [{"id": f"all-{name}", "items": items}]}


SIDES = [side("gain", "benefit", "q1", "q2", "q3"), side("cost", "sacrifice", "q4", "q5")]
BY = cv.System({"custval": "system", "version": 1, "dimensions": SIDES})


def large(session):
    """Answers that repeat, so that one machine can say what all must be."""
    answers = [(f.col("id") % step % 10 + 1).cast("double").alias(name) for name, step in STEPS.items()]
    return session.range(0, ROWS, numPartitions=48).select((f.col("id") % KINDS).alias("kind"), *answers)


def beyond_memory(result, session):
    """More than an executor holds, and one that is killed in the middle: nothing of it shows in the result."""
    kinds = {name: [float(kind % step % 10 + 1) for kind in range(KINDS)] for name, step in STEPS.items()}
    expected = BY.score(kinds)["value"]
    made = spark.score(large(session), BY, keep=["kind", *STEPS])
    counted = made.groupBy("kind", "value").count()
    victims = spark_session.executor_processes()
    killed, is_over = [], threading.Event()
    killer = threading.Thread(target=kill_one, args=(session, victims, killed, is_over))
    killer.start()
    held = counted.toPandas()
    is_over.set()
    killer.join()
    result.check("an executor was killed in the middle", len(killed) == 1, killed)
    after = spark_session.executor_processes()
    result.check("and another one took its place", killed and len(after) == 2 and after != victims, (victims, after))
    counts = dict(zip(held["kind"], held["count"]))
    right = all(counts.get(kind) == len(range(kind, ROWS, KINDS)) for kind in range(KINDS))
    result.check(f"{ROWS} rows, each once, by executors of {MEMORY} MiB", right and len(held) == KINDS, len(held))
    wrong = [k for k, v in zip(held["kind"], held["value"]) if common.cell_bits(v) != common.cell_bits(expected[k])]
    result.check("with the same values to the bit", not wrong, wrong[:5])


def kill_one(session, victims, killed, is_over):
    """Kills an executor once some tasks are done, and notes how many of how many."""
    status = session.sparkContext.statusTracker()
    while not is_over.wait(0.05):
        for stage in status.getActiveStageIds():
            info = status.getStageInfo(stage)
            if info is not None and 2 <= info.numCompletedTasks < info.numTasks - 4:
                os.kill(victims[max(victims)], signal.SIGKILL)
                killed.append((info.numTasks, info.numCompletedTasks))
                return


def guide(result, session):
    """What docs/cluster.md says, in order, with files as it names them; a small base is not sampled."""
    data = common.survey().rename(columns={"key": "customer"})
    session.createDataFrame(data).write.parquet("answers")
    shutil.copy(common.EXAMPLES / "survey" / "perceived-value.json", ".")
    sales = common.transactions()
    names = {"session": session}
    names["transactions"] = session.createDataFrame(sales[sales["date"] <= "1997-12-31"])
    names["new_transactions"] = session.createDataFrame(sales[sales["date"] > "1997-12-31"])
    text = (common.ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    for date, real in (("2025-12-31", "1997-12-31"), ("2026-09-30", "1997-12-31"), ("sample(0.01)", "sample(1.0)")):
        text = text.replace(date, real)
    blocks = re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    for block in blocks:
        exec(block, names)
    result.check(f"{len(blocks)} pieces of code of the guide run", len(blocks) > 4)
    made = common.in_order(spark.customers(names["now"], end="1998-06-30").toPandas(), "customer")
    wrong = common.different(made, cv.History(sales).customers(end="1998-06-30").to_pandas())
    result.check("and lead to the same customers", not wrong, wrong)
    result.check("and as many forecasts", names["forecast"].count() == names["customers"].count() > 0)


def main():
    os.chdir(FOLDER)  # before the JVM starts, for whose relative paths it counts
    result = common.Result()
    # A Python worker that needed more than this would fail.
    session = spark_session.started(FOLDER, memory=MEMORY, spark_executor_pyspark_memory="1g")
    try:
        result.part(shipping, session)
        result.part(beyond_memory, session)
        result.part(guide, session)
        for part in common.PARTS:
            result.part(part, Spark(session))
        result.part(common.calls, Spark(session), json.loads(CALLS.read_text(encoding="utf-8"))["calls"])
    finally:
        session.stop()
    return result.end()


if __name__ == "__main__":
    sys.exit(main())
