"""Pipelines: the whole cycle of customer value from one document, by the command custval."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import contextlib
import csv
import json
import math
import os
import pathlib
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union

from ._columns import library_of
from ._command import MISSING, command
from ._errors import Error
from ._frames import give_back, table_of
from ._handle import expected
from ._host import Progress, _Watch
from .table import Table

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_STEP = re.compile(r"custval: step ([0-9]+) of ([0-9]+): ")

_Path = Union[str, "os.PathLike[str]"]


class PipelineError(Error):
    """A pipeline was refused, or one of its steps failed.

    Attributes:
        step: the id of the step that failed; None if nothing was run.
    """

    step: str | None = None


class Results(Mapping[str, Any]):
    """What a pipeline made: a mapping from the ids of its steps.

    A result is the path of its file; where one of the inputs was a data frame and the result is CSV, it is a frame of
    that kind, read when it is asked for. Cells that are written as numbers are numbers; one as "007" is a text.
    """

    def __init__(self, paths: Mapping[str, pathlib.Path], convert: Callable[[Table], Any] | None) -> None:
        self._paths = dict(paths)
        self._convert = convert
        #: The table of goals; None if the pipeline has none.
        self.goals: Table | None = None
        #: What the steps had to say, e.g. how many rows a model left out.
        self.notes: list[str] = []

    def __getitem__(self, step: str) -> Any:
        path = self._paths[step]
        if self._convert is None or path.suffix.lower() != ".csv":
            return path
        return self._convert(_read(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def path(self, step: str) -> pathlib.Path:
        """The file of a step's result.

        Args:
            step: its id.
        """
        return self._paths[step]

    def __repr__(self) -> str:
        return f"<custval.pipeline.Results of {', '.join(self._paths)}>"


def run(
    pipeline: _Path | Mapping[str, Any],
    *,
    inputs: Mapping[str, Any] | None = None,
    to: _Path | None = None,
    start: str | None = None,
    progress: Progress = None,
) -> Results:
    """Runs a pipeline document: ingest, value, segment, match, report.

    Its steps are commands, and the command custval runs them: see docs/pipeline-document.md. Ctrl-C ends it; results
    are whole or not there.

    Args:
        pipeline: the path of the document, or what json.load() gives of it; then its files are relative to the present
            folder.
        inputs: files or data frames in the places of named inputs.
        to: folder for the results, made if it is not there; None: the pipeline's name and "-results", beside the
            document.
        start: the step to go on with, where earlier ones have left their results.
        progress: True, or a function of (steps done, steps in all).

    Raises:
        PipelineError: the document says what cannot be, a file cannot be used, or a step failed, whose id is in `step`.
        FileNotFoundError: the command is not there.
    """
    path = command()
    if path is None:
        raise FileNotFoundError(MISSING)
    is_document = isinstance(pipeline, Mapping)
    document = json.dumps(pipeline, ensure_ascii=False) if is_document else None
    words = [path, "run", "-" if is_document else _argument(pipeline), "--log"]
    if to is not None:
        words += ["--to", os.fspath(to)]
    if start is not None:
        words += ["--from", start]
    with tempfile.TemporaryDirectory(prefix="custval-") as folder:
        convert = None
        for number, (name, given) in enumerate(expected(Mapping, inputs or {}).items()):
            if not isinstance(given, (str, os.PathLike)):
                convert = convert or _conversion(given)
                given = _written(given, pathlib.Path(folder) / f"{number}.csv")
            words += ["--input", f"{name}={os.fspath(given)}"]
        content = pipeline if isinstance(pipeline, Mapping) else _content(pipeline)
        results = _folder(content, pipeline, to)
        goals = pathlib.Path(folder) / "goals.csv"
        if content.get("goals") is not None:
            words += ["--output", str(goals), "--format", "csv"]
        notes = _watched(words, document, progress, results)
        made = Results({step["id"]: results / step["output"] for step in content["steps"]}, convert)
        made.goals = _read(goals) if goals.exists() else None
    made.notes = notes
    return made


def _argument(path: Any) -> str:
    """A path that is taken neither for an option nor for standard input."""
    text = os.fspath(path)
    return f"./{text}" if text.startswith("-") else text


def _content(path: Any) -> dict[str, Any]:
    """The document; the command has the better words for one that cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(pathlib.Path(path).read_text(encoding="utf-8-sig"))
        if isinstance(found, dict):
            return found
    return {}


def _folder(document: Mapping[str, Any], pipeline: Any, to: Any) -> pathlib.Path:
    """Where the results go."""
    if to is not None:
        return pathlib.Path(to)
    beside = pathlib.Path() if isinstance(pipeline, Mapping) else pathlib.Path(pipeline).parent
    return beside / f"{document.get('name')}-results"


# --- The command ------------------------------------------------------------------------------------------------------


def _watched(words: Sequence[str], document: str | None, progress: Progress, results: pathlib.Path) -> list[str]:
    """Runs the command to its end; gives the lines that it wrote about what it did."""
    watch = _Watch(progress, unit=" steps")
    notes: list[str] = []
    total = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as text:
        text.write(document or "")
        text.seek(0)
        running = subprocess.Popen(
            words, stdin=text, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
        try:
            for line in running.stderr or ():
                at = _STEP.match(line)
                if at is None:
                    notes.append(line.rstrip("\n"))
                    continue
                total = int(at[2])
                watch.report(int(at[1]) - 1, total)
            code = running.wait()
        except BaseException:
            _end(running, results)
            raise
        finally:
            if running.stderr is not None:
                running.stderr.close()
            watch.close()
    if code != 0:
        raise _failure(code, notes)
    watch.report(total, total)
    return [note.removeprefix("custval: ") for note in notes]


def _end(running: subprocess.Popen[str], results: pathlib.Path) -> None:
    """Has the command end, which removes what is half written; on Windows it is ended too hard for that."""
    running.terminate()
    running.wait()
    for half in results.glob(f"*.custval-{running.pid}-*.tmp"):
        half.unlink()


def _failure(code: int, lines: Sequence[str]) -> PipelineError:
    message = lines[-1].removeprefix("custval: ") if lines else ""
    failure = PipelineError(message or f"the command custval ended with code {code}")
    at = re.match(r'step "([^"]*)": ', message)
    failure.step = at[1] if at else None
    return failure


# --- Data frames as files ---------------------------------------------------------------------------------------------


def _conversion(data: Any) -> Callable[[Table], Any]:
    """What turns a result into the kind of the data, with rows of its own."""
    return Table.to_pandas if library_of(data) == "pandas" else give_back(data)


def _written(data: Any, path: pathlib.Path) -> pathlib.Path:
    """The data as CSV: numbers with all their digits, dates as in ISO 8601, nothing for what is missing."""
    with table_of(data) as table, open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(table.columns)
        out.writerows(zip(*([_cell(value) for value in column] for column in table.to_dict().values())))
    return path


def _cell(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(path: pathlib.Path) -> Table:
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        columns = list(zip(*rows)) or [()] * len(names)
    return Table({name: _typed(column) for name, column in zip(names, columns)})


def _is_int64(cell: str) -> bool:
    return len(cell) < 21 and -(1 << 63) <= int(cell) < 1 << 63


def _typed(cells: Sequence[str]) -> Any:
    """Numbers if every cell that is not blank is written as one, else texts.

    The command writes doubles from 1e15 on with an exponent. So more than 15 digits are a key, which a double would
    round: without blanks a whole number, else a text.
    """
    known = [cell for cell in cells if cell]
    if not known:
        return array.array("d", [math.nan]) * len(cells)
    is_whole = all(_INTEGER.fullmatch(cell) for cell in known)
    if is_whole and len(known) == len(cells) and all(map(_is_int64, known)):
        return array.array("q", map(int, cells))
    is_long = is_whole and any(len(cell.removeprefix("-")) > 15 for cell in known)
    if is_long or not all(_NUMBER.fullmatch(cell) for cell in known):
        return [cell or None for cell in cells]
    return array.array("d", (float(cell) if cell else math.nan for cell in cells))
