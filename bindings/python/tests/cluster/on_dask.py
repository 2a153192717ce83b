#!/usr/bin/env python3
"""usage: on_dask.py PACKAGE CALLS FOLDER

Tests custval.dask on workers that are other processes. PACKAGE: where custval is installed, which they do not see.
CALLS: what tests/embeddings/calls.py wrote. FOLDER: for everything that Dask writes.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import signal
import sys
import time

import distributed
from dask import dataframe

PACKAGE, CALLS, FOLDER = (pathlib.Path(name).resolve() for name in sys.argv[1:4])


class Dask:
    """As common.py asks for."""

    def __init__(self, module):
        self.module = module
        self.files = 0

    def frame(self, data, pieces):
        rows = len(data)
        cuts = [rows * k // pieces for k in range(pieces + 1)]
        parts = [dataframe.from_pandas(data.iloc[a:b], npartitions=1) for a, b in zip(cuts, cuts[1:])]
        return dataframe.concat(parts) if pieces > 1 else parts[0]

    def pieces(self, frame):
        return [piece.compute() for piece in frame.to_delayed()]

    def pandas(self, frame):
        return frame.compute()

    def kept(self, frame):
        self.files += 1
        place = str(FOLDER / f"kept-{self.files}")
        frame.to_parquet(place)
        return dataframe.read_parquet(place)


def where():
    import custval

    return custval.__file__, custval.library_path


def shipping(result, client):
    from custval import dask

    result.raises("workers do not have custval", ModuleNotFoundError, "No module named 'custval'",
                  lambda: client.submit(where, pure=False).result())  # fmt: skip
    dask.ship(client)
    found = set(client.run(where).values())
    below = all(FOLDER in pathlib.Path(name).parents for pair in found for name in pair)
    result.check("until it is shipped", len(found) == 2 and below, found)


def slow(piece):
    time.sleep(0.2)
    return piece


def a_worker_killed(result, client, cluster):
    import common

    from custval import dask

    data, by = common.survey(), common.system()
    expected = by.score(data)
    frame = cluster.frame(data, 40).map_partitions(slow)
    future = client.compute(dask.score(frame, by, keep="key"))
    time.sleep(1.5)
    workers = client.run(os.getpid)
    os.kill(next(iter(workers.values())), signal.SIGKILL)
    result.check("a worker was killed in the middle", not future.done())
    wrong = common.different(common.in_order(future.result(), "key"), expected)
    result.check("and nothing of it shows in the result", not wrong, wrong)


def main():
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=str(FOLDER),
            silence_logs=50,
        ) as machines,
        distributed.Client(machines) as client,
    ):
        # Only now: processes that are started get the path of this one.
        sys.path.insert(0, str(PACKAGE))
        import common

        from custval import dask

        result = common.Result()
        result.part(shipping, client)
        cluster = Dask(dask)
        for part in common.PARTS:
            result.part(part, cluster)
        result.part(common.calls, cluster, json.loads(CALLS.read_text(encoding="utf-8"))["calls"])
        result.part(a_worker_killed, client, cluster)
    return result.end()


if __name__ == "__main__":
    sys.exit(main())
