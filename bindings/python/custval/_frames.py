"""Data of any kind in, results of the same kind out."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import contextlib
from collections.abc import Callable, Collection, Mapping
from typing import Any, ContextManager

from . import _arrow
from ._errors import ColumnTypeError
from .table import Columns, Table


def _library_of(data: Any) -> str:
    return type(data).__module__.partition(".")[0]


def table_of(data: Any, wanted: Collection[str] | None = None, *, copy: bool = False) -> ContextManager[Table]:
    """The data as a table for the time of a `with` block, without copying where their memory allows.

    Only wanted columns are converted (None: all), if they are all there; else all, so that messages can name what is similar.
    """
    if isinstance(data, Table):
        return contextlib.nullcontext(data)
    if _library_of(data) == "pandas" and hasattr(data, "columns"):
        return _from_pandas(data, wanted, copy)
    if isinstance(data, Mapping):
        return _from_mapping(data, wanted, copy)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _from_arrow(data, copy)
    raise TypeError(
        f"{type(data).__name__} is no table: give a data frame, a mapping of columns, or anything that speaks Arrow"
    )


def give_back(data: Any) -> Callable[[Table], Any]:
    """What turns a result with the rows of the data into the data's kind."""
    library = _library_of(data)
    if library == "pandas":
        return lambda result: result.to_pandas(index=data.index)
    if library == "polars":
        return lambda result: result.to_polars()
    if library in ("pyarrow", "duckdb", "_duckdb"):
        return lambda result: result.to_pyarrow()
    if isinstance(data, Mapping):
        arrays = any(_library_of(column) == "numpy" for column in data.values())
        return lambda result: result.to_numpy() if arrays else result.to_dict()
    return lambda result: result


def _chosen(names: Collection[Any], wanted: Collection[str] | None) -> list[Any]:
    if wanted is None or not set(wanted) <= set(names):
        return list(names)
    return [name for name in names if name in wanted]


def _from_mapping(data: Mapping[str, Any], wanted: Collection[str] | None, copy: bool) -> Columns:
    lengths = [len(column) for column in data.values() if hasattr(column, "__len__")]
    made = Columns(lengths[0] if lengths else 0, copy=copy)
    for name in _chosen(data, wanted):
        made.add(name, data[name])
    return made


def _from_pandas(frame: Any, wanted: Collection[str] | None, copy: bool) -> Columns:
    made = Columns(len(frame), copy=copy)
    for name in _chosen(list(frame.columns), wanted):
        _add_series(made, name, frame[name], wanted)
    return made


def _add_series(made: Columns, name: Any, series: Any, wanted: Collection[str] | None) -> None:
    dtype = series.dtype
    kind = getattr(dtype, "kind", "O")
    if str(dtype) == "category":
        series, kind = series.astype(object), "O"
    if kind in "biuf" and type(dtype).__module__.startswith("numpy"):
        made.add(name, series.to_numpy())
    elif kind in "biuf":  # nullable and Arrow-backed numbers
        made.add(name, series.to_numpy(dtype="float64", na_value=float("nan")))
    elif kind in "OUST" or str(dtype) in ("string", "str"):
        made.add(name, series.tolist())
    elif wanted is not None and name in wanted:
        raise ColumnTypeError(f'column "{name}" holds {dtype}, but numbers or texts are needed')


def _from_arrow(data: Any, copy: bool) -> ContextManager[Table]:
    if _library_of(data) == "polars" and hasattr(data, "rechunk"):
        data = data.rechunk()
    if not hasattr(data, "__arrow_c_stream__"):
        return Table._of(_arrow.import_array(data))
    pieces = [Table._of(piece) for piece in _arrow.import_stream(data)]
    if len(pieces) == 1:
        return pieces[0]
    return _joined(pieces, copy)


def _joined(pieces: list[Table], copy: bool) -> Columns:
    """One table of several pieces, copied."""
    rows = sum(len(piece) for piece in pieces)
    made = Columns(rows, copy=copy)
    for name in pieces[0].columns if pieces else []:
        parts = [piece[name] for piece in pieces]
        if any(isinstance(part, list) for part in parts):
            made.add_texts(name, [cell for part in parts for cell in part])
        else:
            numbers = array.array("d")
            for part in parts:
                numbers.extend(part) if part.format != "d" else numbers.frombytes(part.cast("B"))
            made.add(name, numbers)
    for piece in pieces:
        piece.close()
    return made
