"""python -m custval ...: the command custval."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys

from ._command import MISSING, command


def main() -> int:
    """Runs the command with the same arguments and gives its exit code."""
    path = command()
    if path is None:
        print(f"custval: {MISSING}", file=sys.stderr)
        return 2
    return subprocess.run([path, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
