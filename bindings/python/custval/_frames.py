"""Data of any kind in, results of the same kind out."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from . import _arrow
from ._columns import Columns, Texts, library_of
from ._errors import ColumnTypeError
from ._library import lib, several
from ._times import Times
from .table import Table


def table_of(
    data: Any, wanted: Collection[str] | None = None, *, texts: Collection[str] = (), copy: bool = False
) -> AbstractContextManager[Table]:
    """The data as a table for the time of a `with` block, without copying where their memory allows.

    Args:
        wanted: the columns to convert; None: all.
        texts: columns that are read as texts.
        copy: the table must not show memory that Python may give back or change.
    """
    if isinstance(data, Table):
        return contextlib.nullcontext(data)
    library = library_of(data)
    if library == "pandas" and hasattr(data, "columns"):
        names = list(data.columns)
        return _from_columns(len(data), names, lambda place: data.iloc[:, place], wanted, texts, copy)
    if library == "numpy" and getattr(getattr(data, "dtype", None), "names", None):  # a structured array
        data = {name: data[name] for name in data.dtype.names}
    if isinstance(data, Mapping):
        names = list(data)
        chosen = names if wanted is None else [name for name in names if name in wanted]
        rows = next((len(data[name]) for name in chosen or names if hasattr(data[name], "__len__")), 0)
        return _from_columns(rows, names, lambda place: data[names[place]], wanted, texts, copy)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _from_arrow(data, wanted, texts, copy)
    raise TypeError(
        f"a {type(data).__name__} is no table: give a data frame, a mapping of columns, or what speaks Arrow"
    )


def give_back(data: Any) -> Callable[[Table], Any]:
    """What turns a result with the rows of the data into the data's kind."""
    library = library_of(data)
    if library == "pandas":
        # Nobody else has the result, so the frame may write into its memory.
        return lambda result: result._pandas(result._column, data.index, copy=False)
    if library == "polars":
        return lambda result: result.to_polars()
    if library in ("pyarrow", "duckdb", "_duckdb"):
        return lambda result: result.to_pyarrow()
    if library == "numpy" or isinstance(data, Mapping) and any(library_of(data[name]) == "numpy" for name in data):
        return lambda result: result._arrays(result._column)
    if isinstance(data, Mapping):
        return lambda result: result.to_dict()
    return lambda result: result


def with_kept(table: Table, result: Table, keep: str | Sequence[str]) -> Table:
    """The result with columns of the data, such as the customers' keys, before its own."""
    names = several(keep)
    if not names:
        return result
    with Columns(len(result), copy=True) as made:
        for source, chosen in ((table, names), (result, result.columns)):
            for name in chosen:
                made.add_column(name, source)
        return Table._of(lib.custval_table_ref(made.table._handle))


@contextlib.contextmanager
def _from_columns(
    rows: int,
    names: list[Any],
    column: Callable[[int], Any],
    wanted: Collection[str] | None,
    texts: Collection[str],
    copy: bool,
) -> Iterator[Table]:
    """A table of the wanted columns, each of which is asked for once."""
    with Columns(rows, copy=copy, texts=texts) as made:
        is_complete = wanted is None or set(wanted) <= set(names)
        for place, name in enumerate(names):
            if wanted is None or name in wanted:
                try:
                    made.add(name, column(place))
                except ColumnTypeError:
                    if wanted is not None or copy:  # else it is no column of numbers or texts, and plays no part
                        raise
            elif not is_complete and isinstance(name, str):
                made.add_name(name)
        yield made.table


def _from_arrow(
    data: Any, wanted: Collection[str] | None, texts: Collection[str], copy: bool
) -> AbstractContextManager[Table]:
    library = library_of(data)
    if library in ("polars", "pyarrow") and hasattr(data, "select") and hasattr(data, "schema"):
        names = list(data.columns if library == "polars" else data.schema.names)
        if wanted is not None and set(wanted) <= set(names):
            data = data.select([name for name in names if name in wanted])
    if library == "polars" and hasattr(data, "rechunk"):
        data = data.rechunk()
    if library == "pyarrow" and hasattr(data, "combine_chunks"):
        data = data.combine_chunks()
    if not hasattr(data, "__arrow_c_stream__"):
        return Table._of(_arrow.import_array(data), from_elsewhere=True)
    pointers, schema = _arrow.import_stream(data)
    pieces = [Table._of(pointer, from_elsewhere=True) for pointer in pointers]
    if len(pieces) == 1:
        return pieces[0]
    names = [name for name, _ in schema]
    rows = sum(len(piece) for piece in pieces)
    return _from_columns(rows, names, lambda place: _joined(pieces, *schema[place]), wanted, texts, copy)


def _joined(pieces: list[Table], name: str, kind: str) -> Any:
    """A column of several pieces, or of none."""
    if kind == "time":
        return Times.joined([part for part in (piece._times(name) for piece in pieces) if part is not None])
    parts = [piece[name] for piece in pieces]
    if kind == "text":
        return Texts(cell for part in parts for cell in part)
    if kind == "integer" and any(part.format == "d" for part in parts):  # with missing ones; large ones stay exact
        return [cell for piece in pieces for cell in piece._integers(name)]
    kinds = {part.format for part in parts}
    joined = array.array(kinds.pop() if len(kinds) == 1 else "d")
    for part in parts:
        if part.format == joined.typecode:
            joined.frombytes(part.cast("B"))
        else:
            joined.extend(part)
    return joined
