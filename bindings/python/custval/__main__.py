"""python -m custval ...: the command custval, if it is installed."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Runs the command with the same arguments and gives its exit code."""
    command = os.environ.get("CUSTVAL_COMMAND") or shutil.which("custval")
    if command is None:
        print("custval: the command is not on the path; CUSTVAL_COMMAND may name its file", file=sys.stderr)
        return 2
    return subprocess.run([command, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
