#!/usr/bin/env python3
"""Scoring a million rows in Java, PHP and Node beside C: embeddings_backends.py BUILD_DIRECTORY [NODE_FOLDER]

BUILD_DIRECTORY: where meson built the library (and the jar, with -Djava=enabled); NODE_FOLDER: where
bindings/node/test.sh installed the package (default BUILD_DIRECTORY/node). Prints JSON lines: medians in seconds;
`c_seconds`: custval_scorer_table() with the same rows into arrays that exist; `copy_seconds`: copying the nine columns
once; `peer_seconds`: the plain expression in the host, without any check. What is missing is left out, and named.
"""

# SPDX-License-Identifier: Apache-2.0
import array
import ctypes
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
SYSTEM = SOURCE / "bench" / "system.json"
ROWS = 1000000
REPEATS = 7


def median(task):
    task()
    took = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        task()
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def in_c(library):
    """Seconds of the C call, and of a copy of what it reads."""
    os.environ["CUSTVAL_LIBRARY"] = str(library)
    sys.path.insert(0, str(SOURCE / "bindings" / "python"))
    import custval
    from custval import _declarations as d
    from custval._library import call, lib, new, struct

    system = custval.System.load(SYSTEM)
    columns = {
        name: array.array("d", (1 + (r * (2 * c + 7) + r // 11) % 10 for r in range(ROWS)))
        for c, name in enumerate(system.inputs)
    }
    # The members by their numbers: only the value, no coverage.
    options = struct("custval_score_options", levels=d.CUSTVAL_LEVEL_VALUE, coverage=d.CUSTVAL_COVERAGE_NONE)
    scorer = new(d.custval_scorer)
    call("custval_scorer_new", system._handle, ctypes.byref(options), ctypes.byref(scorer))
    value, status = (ctypes.c_double * ROWS)(), (ctypes.c_uint32 * ROWS)()
    out = (ctypes.POINTER(ctypes.c_double) * 1)(value)

    def score():
        table = new(d.custval_table)
        call("custval_table_new", None, ROWS, ctypes.byref(table))
        for name, cells in columns.items():
            address = ctypes.cast(cells.buffer_info()[0], ctypes.POINTER(ctypes.c_double))
            call("custval_table_add_doubles", table, name.encode(), address)
        call("custval_scorer_table", scorer, table, out, status)
        lib.custval_table_free(table)

    copies = [(ctypes.c_double * ROWS)() for _ in columns]

    def copy():
        for to, cells in zip(copies, columns.values()):
            ctypes.memmove(to, cells.buffer_info()[0], 8 * ROWS)

    seconds = {"c_seconds": median(score), "copy_seconds": median(copy)}
    lib.custval_scorer_free(scorer)
    return seconds


def hosts(build, node_folder):
    """(name, command, folder) of each host that is here."""
    jar = build / "bindings" / "java" / "custval.jar"
    bench = SOURCE / "bench"
    given = [SYSTEM, str(ROWS)]
    for name, program, needed, command, folder in (
        ("java", "java", jar, ["-Xmx2g", "-cp", jar, bench / "embeddings_java.java"], bench),
        ("php", "php", bench, ["-d", "ffi.enable=1", bench / "embeddings_php.php"], bench),
        ("node", "node", node_folder / "node_modules" / "custval", [bench / "embeddings_node.mjs"], node_folder),
    ):
        if shutil.which(program) and needed.exists():
            yield name, [program, *command, *given], folder
        else:
            print(f"{name} is left out: there is no {program}, or not {needed}", file=sys.stderr)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    node_folder = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else build / "node"
    library = build / "lib" / "libcustval.so.0"
    for name, command, folder in hosts(build, node_folder):
        before = in_c(library)
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "CUSTVAL_LIBRARY": str(library)},
            check=True,
            capture_output=True,
            text=True,
        )
        # Before and after, because others use the machine, too.
        beside = {what: (seconds + before[what]) / 2 for what, seconds in in_c(library).items()}
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        [peer] = [line["seconds"] for line in lines if line["what"] == "plain expression"]
        for line in lines:
            if line["what"] != "plain expression":
                print(json.dumps({"embedding": name, "rows": ROWS, **line, **beside, "peer_seconds": peer}), flush=True)


if __name__ == "__main__":
    main()
