"""Dask: scores, summaries, histories and predictions of frames in pieces, in one process or on many machines.

    from custval import dask
    dask.ship(client)                                     # unless custval is installed on the workers
    scores = dask.score(answers, system, keep="customer")
    seen = dask.summary(answers, parts=["pairs"])         # one pass; a custval.Summary
    bases = dask.histories(transactions)                  # one history for each bucket of customers
    forecast = dask.predict(dask.customers(bases, end="2026-09-30"), lifetime, horizon=52)

The functions are those of custval.spark, for a dask.dataframe.DataFrame: they compute in the library, piece by piece,
and give the same numbers, to the bit. What is wrong with columns or options is said at once, before any task runs.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import functools
from typing import Any

from . import _partitions as parts
from ._partitions import BUCKET, HISTORY, Keep, Made, Step
from .groups import Groups
from .history import End, History
from .lifetime import Lifetime
from .programmes import Programmes
from .summary import Summary
from .system import System

__all__ = ["customers", "group", "histories", "history", "match", "predict", "score", "ship", "summary"]


def ship(client: Any) -> None:
    """Sends this package and its library to the scheduler and the workers, those to come included.

    Call it once, before the first task that uses custval. Workers of another kind of machine need their own wheel.

    Args:
        client: a distributed.Client.

    Raises:
        FileNotFoundError: the library in use is the system's, and workers need to have it installed as well.
    """
    from distributed.diagnostics.plugin import SchedulerPlugin, WorkerPlugin

    data = parts.packed()

    # What follows travels by value: where it arrives, there is no custval yet to find it in.
    def unpack(folder: str) -> None:
        import io
        import os
        import sys
        import zipfile

        package = os.path.join(folder, "custval-package")
        zipfile.ZipFile(io.BytesIO(data)).extractall(os.path.join(package, "custval"))
        sys.path.insert(0, package)

    class ToWorker(WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:
            unpack(worker.local_directory)

    class ToScheduler(SchedulerPlugin):  # type: ignore[misc]
        async def start(self, scheduler: Any) -> None:
            unpack(scheduler.local_directory)

    client.register_plugin(ToScheduler(), name="custval-scheduler")
    client.register_plugin(ToWorker(), name="custval")


def score(data: Any, system: System, *, keep: Keep = None, **options: Any) -> Any:
    """Scores every row.

    Args:
        data: a DataFrame with the columns of system.inputs.
        system: what to score by.
        keep: columns of the data that the scores carry along; None: all.
        options: as of System.score(), but progress. as_of is today on this machine, for every worker.

    Returns:
        A DataFrame with the index of the data: the kept columns, the scores (NaN where a row has none) and `status`.

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
        The summary: for Summary.fit(), weights.entropy() and others.

    Raises:
        As Summary().
    """
    return _whole(*parts.to_summarise(data, data._meta, options))


def history(data: Any, **options: Any) -> History:
    """One history of all transactions, which takes 16 to 64 bytes for each purchase.

    Args:
        data: a DataFrame of transactions.
        options: as of History(), but progress.

    Returns:
        The history: for a course, cohorts, or one customer's path. To predict for many, see histories().

    Raises:
        KeyError: a column is missing. Else as History(), where the pieces are read.
    """
    return _whole(*parts.to_gather(data, data._meta, options))


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
        KeyError: a column is missing. Else as History(), where the pieces are read.
    """
    from dask import dataframe

    chosen, empty = parts.to_gather(data, data._meta, options)
    meta = _bucket_of(chosen._meta, parts.columns_of(empty)[0], buckets)
    placed = chosen.map_partitions(_bucket_of, parts.columns_of(empty)[0], buckets, meta=meta)
    feed = functools.partial(_by_bucket, one=functools.partial(_feed, empty))
    made = _gathered(placed, feed, buckets)
    if before is not None:
        made = dataframe.concat([before[[BUCKET, HISTORY]], made])
    elif fold is None:
        return made
    return _gathered(made, functools.partial(_by_bucket, one=functools.partial(_join, fold)), buckets)


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
    sample = data.head(1, npartitions=-1)
    if len(sample) == 0:
        raise ValueError("there is no history")
    meta = _customers(sample, end, holdout_end).iloc[:0]
    return data.map_partitions(_customers, end, holdout_end, meta=meta)


# --- Between Dask and the library


def _mapped(data: Any, step: Step) -> Any:
    return data.map_partitions(step, meta=step(data._meta))


def _whole(data: Any, empty: Made) -> Made:
    """A summary or history of all rows: of each piece, merged by neighbours, and here in the end."""
    import dask

    feed = dask.delayed(_feed, pure=False)
    near = dask.delayed(parts.by_neighbours, pure=False)
    fed = [feed(empty, piece) for piece in data.to_delayed()]
    joined = [
        near(type(empty), dict(enumerate(fed[start : start + parts.NEIGHBOURS], start)))
        for start in range(0, len(fed), parts.NEIGHBOURS)
    ]
    made: dict[int, bytes] = {}
    for part in dask.compute(*joined):
        made.update(part)
    return parts.whole(empty, made)


def _feed(empty: Any, piece: Any) -> bytes:
    return parts.fed(empty, [piece.drop(columns=BUCKET, errors="ignore")])


def _join(fold: End, piece: Any) -> bytes:
    return parts.joined_history(piece[HISTORY], fold)


def _bucket_of(piece: Any, customer: str, buckets: int) -> Any:
    from pandas.util import hash_array

    return piece.assign(**{BUCKET: (hash_array(piece[customer].to_numpy()) % buckets).astype("int32")})


def _gathered(data: Any, by_bucket: Any, buckets: int) -> Any:
    """One row for each bucket, from rows with the column of their bucket."""
    together = data.shuffle(on=BUCKET, npartitions=min(buckets, max(data.npartitions, 1)))
    return together.map_partitions(by_bucket, meta=_bytes_frame([], []))


def _by_bucket(piece: Any, one: Any) -> Any:
    made = {bucket: one(rows) for bucket, rows in piece.groupby(BUCKET)}
    return _bytes_frame(list(made), list(made.values()))


def _bytes_frame(buckets: list[int], data: list[bytes]) -> Any:
    import pandas
    import pyarrow

    kind = pandas.ArrowDtype(pyarrow.large_binary())  # objects could not be written to files
    return pandas.DataFrame({BUCKET: pandas.array(buckets, "int32"), HISTORY: pandas.array(data, kind)})


def _customers(piece: Any, end: End, holdout_end: End) -> Any:
    import pandas

    shown = [parts.customers_of(held, end, holdout_end).to_pandas() for held in piece[HISTORY]]
    return pandas.concat(shown, ignore_index=True) if shown else pandas.DataFrame()
