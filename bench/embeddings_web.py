#!/usr/bin/env python3
# Scores in WebAssembly against the C library and against a loop in JavaScript: embeddings_web.py LIBRARY MODULE_FOLDER [ROWS]
# SPDX-License-Identifier: Apache-2.0
"""Prints a line of JSON for each figure: medians of 7 runs, in seconds for so many rows. MODULE_FOLDER is
build/.../bindings/wasm of a build with tests/cross/emscripten.txt; node runs what is measured there."""
import array
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPEATS = 7


def c_seconds(library, rows):
    """custval_score() by the Python package on columns that exist, one thread."""
    os.environ["CUSTVAL_LIBRARY"] = library
    sys.path.insert(0, str(HERE.parent / "bindings" / "python"))
    import custval as cv

    system = cv.System.load(HERE / "system.json")
    generator = random.Random(1)
    table = cv.Table({name: array.array("d", generator.choices(range(1, 11), k=rows)) for name in system.inputs})
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        system.score(table, levels="value", coverage="none")
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    library, folder = (str(Path(argument).resolve()) for argument in sys.argv[1:3])
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    command = ["node", str(HERE / "embeddings_web.mjs"), folder, str(HERE / "system.json"), str(rows)]
    seconds = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    in_c = c_seconds(library, rows)
    for what in ("columns", "arrays", "rows"):
        figures = {"seconds": seconds[what], "c_seconds": in_c, "peer_seconds": seconds["plain"]}
        print(json.dumps({"embedding": "web", "what": what, "rows": rows, **figures}))


if __name__ == "__main__":
    main()
