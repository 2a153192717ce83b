#!/usr/bin/env python3
"""usage: build.py LIBRARY FOLDER

Writes the manual of the Python package into FOLDER/html. LIBRARY is a built libcustval; what the manual needs beside it
is installed with pip into FOLDER/venv.
"""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import subprocess
import sys

PACKAGE = pathlib.Path(__file__).resolve().parents[1]
NEEDED = PACKAGE / "docs" / "requirements.txt"


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    library, folder = os.path.abspath(arguments[0]), pathlib.Path(arguments[1]).resolve()
    python, installed = folder / "venv" / "bin" / "python", folder / "venv" / "requirements.txt"
    if not installed.exists() or installed.read_text() != NEEDED.read_text():
        print(f"installing into {folder / 'venv'} with pip: {' '.join(NEEDED.read_text().split())}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", NEEDED], check=True)
        installed.write_text(NEEDED.read_text())
    # Material says of every build that it dislikes the next MkDocs; the version is pinned.
    own = {"CUSTVAL_LIBRARY": library, "PYTHONPATH": str(PACKAGE), "MPLBACKEND": "Agg", "NO_MKDOCS_2_WARNING": "1"}
    command = [python, "-m", "mkdocs", "build", "-q", "-f", PACKAGE / "mkdocs.yml", "-d", folder / "html"]
    subprocess.run(command, check=True, env={**os.environ, **own})
    print(folder / "html" / "index.html")


if __name__ == "__main__":
    main(sys.argv[1:])
