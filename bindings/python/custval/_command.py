"""Finding the command custval."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import sys
from collections.abc import Iterator


def _installed(name: str) -> Iterator[pathlib.Path]:
    """Where the wheel put it: on the path of its environment, which need not be that of the shell."""
    import importlib.metadata  # slow, and rarely needed

    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for file in importlib.metadata.files("custval") or []:
            if file.name == name and file.parent.name in ("bin", "Scripts"):
                yield pathlib.Path(str(file.locate()))


def _built(name: str) -> Iterator[pathlib.Path]:
    """Where an editable install builds it, and beside a library that is used where it was built."""
    beside = pathlib.Path(__file__).parent.parent
    yield beside / f"build/cp{sys.version_info[0]}{sys.version_info[1]}" / name
    library = os.environ.get("CUSTVAL_LIBRARY")
    if library:
        yield pathlib.Path(library).absolute().parent.parent / "tools" / name


def command() -> str | None:
    """The path of the command, or None. CUSTVAL_COMMAND, if set, is the only place."""
    chosen = os.environ.get("CUSTVAL_COMMAND")
    if chosen:
        return chosen
    name = "custval.exe" if sys.platform == "win32" else "custval"
    found = (place for places in (_installed, _built) for place in places(name) if place.is_file())
    return str(next(found, None) or shutil.which("custval") or "") or None


#: What to say where there is none.
MISSING = "the command custval is neither installed with the package nor on the path; CUSTVAL_COMMAND may name its file"
