#!/usr/bin/env python3
"""usage: check.py LIBRARY VENV

Tests custval.spark and custval.dask on clusters of their own. Builds a wheel, installs it where only the drivers see
it, and lets them send it to executors and workers. LIBRARY is a built libcustval.so.0; VENV a virtual environment that
is made if it is not there, and kept, with Spark and Dask from PyPI. Names what it could not run, and prints one line of
counts at the end. Spark needs Java 17 or later.
"""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import check_packaging as packaging  # noqa: E402

SECONDS = 600  # after which a cluster hangs


def provided(venv, name):
    """Whether the environment has what a cluster needs, installing it if not."""
    wanted = HERE / f"requirements-{name}.txt"
    noted = venv / wanted.name
    if noted.exists() and noted.read_text() == wanted.read_text():
        return True
    code, said = packaging.run(venv / "bin" / "python", "-m", "pip", "install", "-q", "-r", wanted)
    if code == 0:
        noted.write_text(wanted.read_text())
    else:
        print(packaging.last_lines(said, 3))
    return code == 0


def run(result, name, venv, package, calls, folder):
    """A cluster's tests, of which the last line says how many."""
    (folder / name).mkdir()
    # Not on PYTHONPATH: executors and workers would see it as well.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CUSTVAL", "PYTHON"))}
    command = [venv / "bin" / "python", "-W", "ignore", HERE / f"on_{name}.py", package, calls, folder / name]
    said = ""
    try:
        code, said = packaging.run(*command, env=environment, timeout=SECONDS)
    except subprocess.TimeoutExpired as late:
        code, said = 1, (late.stdout or b"").decode(errors="replace")
    print(said)
    counts = re.search(r"(\d+) passed, (\d+) failed, (\d+) skipped\s*$", said)
    if counts is None:
        result.check(f"{name} ends", False, code)
        return
    result.passed += int(counts[1])
    result.failed += int(counts[2])
    result.skipped += int(counts[3])


def main(arguments):
    if len(arguments) != 2 or "--help" in arguments:
        print(__doc__)
        return 2
    library, venv = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).absolute()
    result = packaging.result
    with tempfile.TemporaryDirectory(prefix="custval-cluster-") as name:
        folder = pathlib.Path(name)
        try:
            python = venv / "bin" / "python"
            if not python.exists():
                packaging.environment(venv)
        except OSError as failure:
            result.skip("Spark and Dask", f"no virtual environment can be made ({failure})")
            python = None
        clusters = [] if python is None else [one for one in ("dask", "spark") if is_there(result, venv, one)]
        wheel = packaging.build(folder, python) if clusters else None
        if wheel is not None:
            package, calls = folder / "package", folder / "calls.json"
            code, said = packaging.run(python, "-m", "pip", "install", "-q", "--no-deps", "--target", package, wheel)
            result.check("the wheel is installed for the drivers", code == 0, packaging.last_lines(said))
            write = packaging.ROOT / "tests" / "embeddings" / "calls.py"
            code, said = packaging.run(python, write, calls, env={**os.environ, "CUSTVAL_LIBRARY": str(library)})
            result.check("the shared calls are written", code == 0, packaging.last_lines(said))
            for one in clusters:
                run(result, one, venv, package, calls, folder)
    print(f"{result.passed} passed, {result.failed} failed, {result.skipped} skipped")
    return int(result.failed > 0)


def is_there(result, venv, name):
    if name == "spark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        result.skip("everything on Spark", "no Java")
    elif not provided(venv, name):
        result.skip(f"everything on {name.capitalize()}", f"requirements-{name}.txt cannot be had")
    else:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
