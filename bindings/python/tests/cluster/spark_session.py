"""A Spark of its own: master, workers and executors as processes that keep to this machine and to a folder."""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import sys

import pyspark
from pyspark.sql import SparkSession

HERE = pathlib.Path(__file__).resolve().parent


def _home(folder):
    """PySpark's own files, beside which workers keep those of executors, by links: nothing is written where it lies."""
    home = folder / "spark"
    home.mkdir(parents=True)
    for part in pathlib.Path(pyspark.__file__).parent.iterdir():
        if part.name != "work":
            (home / part.name).symlink_to(part)
    return str(home)


def started(folder, executors=2, memory=1024, **settings):
    """A session with executors of one core and so many MiB each."""
    os.environ.update(
        SPARK_HOME=_home(folder),
        SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_PYTHON=sys.executable,
    )
    log = f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}"
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,{memory}]")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": log,
        "spark.executor.extraJavaOptions": log,
        "spark.executor.memory": f"{memory}m",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.session.timeZone": "UTC",
        **{name.replace("_", "."): value for name, value in settings.items()},
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def executor_processes():
    """The ids of the processes of this program's executors, by the number of the executor."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and _is_ours(int(entry.name)):
            found[int(words[words.index(b"--executor-id") + 1])] = int(entry.name)
    return found


def _is_ours(process):
    """Whether this process is among its ancestors."""
    while process > 1:
        if process == os.getpid():
            return True
        try:
            text = pathlib.Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return False
        process = int(text.rpartition(")")[2].split()[1])
    return False
