"""Apache Spark: scores, summaries, histories and predictions of frames that no single machine holds.

    from custval import spark
    spark.ship(session)                                   # executors need nothing but Python and pyarrow
    scores = spark.score(answers, system, keep="customer")
    seen = spark.summary(answers, parts=["pairs"])        # one pass; a custval.Summary on the driver
    bases = spark.histories(transactions)                 # one history for each bucket of customers
    forecast = spark.predict(spark.customers(bases, end="2026-09-30"), lifetime, horizon=52)

Every function takes a DataFrame of Spark and computes in the library, piece by piece, on the executors; numbers are the
same, to the bit, as on one machine. What is wrong with columns or options is said at once, before any job runs. Needs
PySpark 4.0 or later with pyarrow.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from typing import Any

from . import _partitions as parts
from ._host import set_threads
from ._partitions import BUCKET, HISTORY, Keep, Made, Step
from .groups import Groups
from .history import End, History
from .lifetime import Lifetime
from .programmes import Programmes
from .summary import Summary
from .system import System

__all__ = ["customers", "group", "histories", "history", "match", "predict", "score", "ship", "summary"]

_ARCHIVE = "custval.zip"
_PARTS = "part int, data binary"
_HISTORIES = f"{BUCKET} int, {HISTORY} binary"


def ship(session: Any) -> None:
    """Sends this package and its library to the executors, those to come included.

    To be called before the first job that uses custval; again, it does nothing. Executors of another
    kind of machine need their own wheel.

    Args:
        session: a SparkSession.

    Raises:
        FileNotFoundError: the library in use is the system's, and executors need to have it installed as well.
    """
    context = session.sparkContext
    if any(_ARCHIVE in archive for archive in context.listArchives):
        return
    folder = tempfile.mkdtemp(prefix="custval-")
    weakref.finalize(context, shutil.rmtree, folder, ignore_errors=True)  # the driver serves the file while it lives
    archive = os.path.join(folder, _ARCHIVE)
    with open(archive, "wb") as file:
        file.write(parts.packed())
    context.addArchive(f"{archive}#custval")


def score(data: Any, system: System, *, keep: Keep = None, **options: Any) -> Any:
    """Scores every row.

    Args:
        data: a DataFrame with the columns of system.inputs.
        system: what to score by.
        keep: columns of the data that the scores carry along, for rows have no order; None: all.
        options: as of System.score(), but progress. as_of is today on the driver, for every executor.

    Returns:
        A DataFrame of the kept columns, the scores (null where a row has none) and `status`.

    Raises:
        ValueError: a kept column is called as one of the result. Else as System.score().
    """
    return _mapped(data, parts.scoring(system, keep, **options))


def group(data: Any, groups: Groups, *, keep: Keep = None) -> Any:
    """The group of each customer.

    Args:
        data: a DataFrame with the columns of the measures.
        groups: with cuts; quantiles need all customers at once: Groups.fix() turns them into cuts.
        keep: as in score().

    Returns:
        A DataFrame of the kept columns and what Groups.assign() gives.

    Raises:
        StateError: the groups have quantiles. Else as Groups.assign().
    """
    return _mapped(data, parts.grouping(groups, keep))


def predict(data: Any, lifetime: Lifetime, *, keep: Keep = None, **options: Any) -> Any:
    """Predicts for each customer.

    Args:
        data: a DataFrame of one row per customer, e.g. of customers().
        lifetime: the model.
        keep: as in score().
        options: as of Lifetime.predict(), but progress.

    Returns:
        A DataFrame of the kept columns, the outputs and `status`.

    Raises:
        ValueError: as in score(). Else as Lifetime.predict().
    """
    return _mapped(data, parts.prediction(lifetime, keep, **options))


def match(data: Any, programmes: Programmes, *, keep: Keep = None, **options: Any) -> Any:
    """Each customer's plan: the programmes taken, ranked.

    Args:
        data: a DataFrame of one row per customer with the traits as columns.
        programmes: the knowledge base.
        keep: as in score().
        options: top, least_net and reasons of Programmes.match().

    Returns:
        A DataFrame of a row per customer and programme taken: the kept columns, and what Programmes.match() gives but
        `row`.

    Raises:
        TypeError: a budget, which is one for all customers, was given.
        ValueError: as in score(). Else as Programmes.match().
    """
    return _mapped(data, parts.matching(programmes, keep, **options))


def summary(data: Any, **options: Any) -> Summary:
    """What weights and scales need to know of the data, in one pass.

    The same rows in the same pieces give the same bits. Cut otherwise, or read in another order, counts, ranges and
    quantiles stay the same and sums do within rounding.

    Args:
        data: a DataFrame.
        options: as of Summary(), but progress: columns, sacrifices, ranges, system, level, parts.

    Returns:
        The summary, on the driver: for Summary.fit(), weights.entropy() and others.

    Raises:
        As Summary().
    """
    return _whole(*parts.to_summarise(data, _empty(data), options))


def history(data: Any, **options: Any) -> History:
    """One history of all transactions, on the driver, which takes 16 to 64 bytes for each purchase.

    Args:
        data: a DataFrame of transactions.
        options: as of History(), but progress.

    Returns:
        The history: for a course, cohorts, or one customer's path. To predict for many, see histories().

    Raises:
        As History().
    """
    return _whole(*parts.to_gather(data, _empty(data), options))


def histories(data: Any, *, buckets: int = 200, before: Any = None, fold: End = None, **options: Any) -> Any:
    """A history for each bucket of customers: to be kept, and brought up to date with the next transactions.

    Args:
        data: a DataFrame of transactions.
        buckets: so many that the transactions of one fit into memory, some million.
        before: the frame of histories to bring up to date, made with the same buckets and options; None: none.
        fold: last date to turn into totals, after which rows up to it are refused; None: keep every purchase.
        options: as of History(), but progress.

    Returns:
        A DataFrame of `bucket` and `history`, the bytes that History.from_bytes() reads.

    Raises:
        As History().
    """
    from pyspark.sql import functions as f

    chosen, empty = parts.to_gather(data, _empty(data), options)
    key = f.pmod(f.hash(f.col(parts.columns_of(empty)[0])), f.lit(buckets)).cast("int")

    def feed(place: Any, table: Any) -> Any:
        _take_cpus()
        return _row(_HISTORIES, place[0].as_py(), parts.fed(empty, [table.drop_columns([BUCKET])]))

    def join(place: Any, table: Any) -> Any:
        _take_cpus()
        return _row(_HISTORIES, place[0].as_py(), parts.joined_history(table[HISTORY].to_pylist(), fold))

    made = chosen.withColumn(BUCKET, key).groupBy(BUCKET).applyInArrow(feed, _HISTORIES)
    if before is not None:
        made = before.select(BUCKET, HISTORY).unionByName(made)
    elif fold is None:
        return made
    return made.groupBy(BUCKET).applyInArrow(join, _HISTORIES)


def customers(data: Any, *, end: End, holdout_end: End = None) -> Any:
    """One row per customer, ready for a lifetime model.

    Looks into one bucket at once, to say what columns there will be: persist() or write the histories before.

    Args:
        data: a DataFrame of histories().
        end: end of observation.
        holdout_end: end of a holdout that follows; None: there is none.

    Returns:
        A DataFrame of what History.customers() gives.

    Raises:
        ValueError: there is no history at all.
    """
    sample = data.select(HISTORY).first()
    if sample is None:
        raise ValueError("there is no history")

    def show(held: Any) -> Any:
        return parts.customers_of(bytes(held), end, holdout_end).to_pyarrow()

    schema = _spark_schema(show(sample[0]))

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        _take_cpus()
        for batch in batches:
            for held in batch.column(0):
                yield from _batches(show(held.as_py()), schema)

    return data.select(HISTORY).mapInArrow(run, schema)


# --- Between Spark and the library


def _mapped(data: Any, step: Step) -> Any:
    schema = _spark_schema(step(_empty(data)))

    def run(batches: Iterable[Any]) -> Iterator[Any]:
        _take_cpus()
        for batch in batches:
            yield from _batches(step(batch), schema)

    return data.mapInArrow(run, schema)


def _whole(data: Any, empty: Made) -> Made:
    """A summary or history of all rows: of each piece, merged by neighbours, and here in the end."""
    from pyspark import TaskContext
    from pyspark.sql import functions as f

    def feed(batches: Iterable[Any]) -> Iterator[Any]:
        _take_cpus()
        context: Any = TaskContext.get()
        made = parts.fed(empty, batches)
        yield from _row(_PARTS, context.partitionId(), made).to_batches()

    def join(place: Any, table: Any) -> Any:
        held = dict(zip(table["part"].to_pylist(), table["data"].to_pylist()))
        ((_, made),) = parts.by_neighbours(type(empty), held).items()
        return _row(_PARTS, place[0].as_py(), made)

    fed = data.mapInArrow(feed, _PARTS)
    near = fed.groupBy(f.floor(f.col("part") / parts.NEIGHBOURS)).applyInArrow(join, _PARTS)
    return parts.whole(empty, {place: bytes(made) for place, made in near.collect()})


def _take_cpus() -> None:
    """As many threads as the task may use: executors run a task on every processor already."""
    from pyspark import TaskContext

    context: Any = TaskContext.get()
    set_threads(context.cpus())


def _empty(data: Any) -> Any:
    """A pyarrow.Table of the data's columns without rows."""
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(data.schema).empty_table()


def _spark_schema(result: Any) -> Any:
    """The schema of a result; Spark has no unsigned numbers and no dictionaries."""
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema

    def known(kind: Any) -> Any:
        if pyarrow.types.is_dictionary(kind):
            return known(kind.value_type)
        return pyarrow.int64() if pyarrow.types.is_unsigned_integer(kind) else kind

    return from_arrow_schema(pyarrow.schema([(field.name, known(field.type)) for field in result.schema]))


def _batches(table: Any, schema: Any) -> Any:
    from pyspark.sql.pandas.types import to_arrow_schema

    return table.cast(to_arrow_schema(schema)).combine_chunks().to_batches()


def _row(schema: str, place: int, data: bytes) -> Any:
    """A pyarrow.Table of one row."""
    import pyarrow

    names = [column.split()[0] for column in schema.split(", ")]
    return pyarrow.table([pyarrow.array([place], "int32"), pyarrow.array([data], "binary")], names=names)
