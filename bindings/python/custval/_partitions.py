"""What a cluster does with each of its pieces, whatever cluster it is: custval.spark and custval.dask move the pieces.

Everything here travels to other machines by pickle: documents as their text, summaries and histories as their bytes.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import copy
import datetime
import functools
import io
import itertools
import pathlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, Union

from ._columns import library_of
from ._document import Document
from ._handle import expected
from ._library import path, several
from ._options import date_of
from .groups import Groups
from .history import End, History
from .lifetime import Lifetime
from .programmes import Programmes
from .summary import Summary
from .system import System
from .table import Table

Made = TypeVar("Made", Summary, History)

#: Columns to carry along; None: all.
Keep = Union[str, Sequence[str], None]

#: Neighbouring pieces whose summaries are merged before the results meet. The last bits of sums depend on it.
NEIGHBOURS = 16

#: Columns of a frame of histories.
BUCKET, HISTORY = "bucket", "history"


@functools.lru_cache(maxsize=64)
def _read(kind: Any, document: str) -> Any:
    """The model of a document: a process that works on a thousand pieces reads it once."""
    return kind(document)


def _text_of(model: Any) -> str:
    return model.to_json() if isinstance(model, Document) else str(model.dumps())


@dataclass(frozen=True)
class Step:
    """A method of a model on a piece of the data: columns to carry along, then the result.

    The first call is that on the empty piece, which says what columns there will be, or what is wrong.
    """

    kind: Any
    document: str
    method: str
    options: Mapping[str, Any]
    keep: tuple[str, ...] | None

    def __call__(self, data: Any) -> Any:
        """A frame of the data's kind: of pandas or pyarrow."""
        result = getattr(_read(self.kind, self.document), self.method)(data, **self.options)
        is_of_pandas = library_of(data) == "pandas"
        rows = None
        if isinstance(result, Table):  # of several rows for a customer, or none
            rows = result["row"].tolist()
            result = result.to_pandas() if is_of_pandas else result.to_pyarrow()
        names = _names(data)
        kept = names if self.keep is None else list(self.keep)
        missing = [name for name in kept if name not in names]
        if missing:
            raise KeyError(f"{missing[0]!r} is none of the columns {', '.join(names)}")
        twice = set(kept) & set(_names(result))
        if twice:
            raise ValueError(f"{min(twice)!r} is a column of the result: let keep= name others")
        return (
            _beside_pandas(data[kept], result, rows) if is_of_pandas else _beside_arrow(data.select(kept), result, rows)
        )


def _names(frame: Any) -> list[str]:
    return list(frame.columns if library_of(frame) == "pandas" else frame.schema.names)


def _beside_pandas(kept: Any, result: Any, rows: list[int] | None) -> Any:
    import pandas

    if rows is not None:
        kept = kept.iloc[rows]
        result = result.drop(columns="row").set_axis(kept.index)
    return pandas.concat([kept, result], axis=1)


def _beside_arrow(kept: Any, result: Any, rows: list[int] | None) -> Any:
    import pyarrow

    if rows is not None:
        kept = kept.take(pyarrow.array(rows, "int64"))
        result = result.drop_columns(["row"])
    columns = [*kept.columns, *result.columns]
    return pyarrow.Table.from_arrays(columns, names=[*_names(kept), *_names(result)])


def scoring(system: System, keep: Keep, **options: Any) -> Step:
    """System.score(). Every machine scores for the same day."""
    day = date_of(options.pop("as_of", None)) or datetime.date.today().isoformat()
    return _step(System, system, "score", keep, as_of=day, **options)


def grouping(groups: Groups, keep: Keep) -> Step:
    """Groups.assign()."""
    return _step(Groups, groups, "assign", keep)


def prediction(lifetime: Lifetime, keep: Keep, **options: Any) -> Step:
    """Lifetime.predict()."""
    return _step(Lifetime, lifetime, "predict", keep, **options)


def matching(programmes: Programmes, keep: Keep, **options: Any) -> Step:
    """Programmes.match()."""
    if "budget" in options:
        raise TypeError("a budget is one for all customers: match without it, and take the best of the result")
    return _step(Programmes, programmes, "match", keep, **options)


def _step(kind: Any, model: Any, method: str, keep: Keep, **options: Any) -> Step:
    kept = None if keep is None else tuple(several(keep))
    return Step(kind, _text_of(expected(kind, model)), method, options, kept)


# --- Summaries and histories


def fed(empty: Any, pieces: Iterable[Any]) -> bytes:
    """The bytes of a summary or history of some pieces; the empty one says of what, and stays empty."""
    made = copy.copy(empty)
    for piece in pieces:
        if len(piece) > 0:  # pandas does not know what an empty column of objects holds
            made.update(piece)
    return bytes(made.to_bytes())


def merged(kind: Any, parts: Iterable[bytes]) -> bytes:
    """One after the other: the order matters for the last bits of the sums of summaries."""
    first, *others = parts
    made = kind.from_bytes(first)
    for other in others:
        made.merge(kind.from_bytes(other))
    return bytes(made.to_bytes())


def whole(empty: Made, parts: Mapping[int, bytes]) -> Made:
    """A summary or history of all that was merged from neighbours, by their place."""
    made = copy.copy(empty)
    for _, part in sorted(parts.items()):
        made.merge(type(made).from_bytes(part))
    return made


def by_neighbours(kind: Any, parts: Mapping[int, bytes]) -> dict[int, bytes]:
    """What machines do with the parts of neighbouring pieces, by the place of the pieces."""
    ordered = sorted(parts.items())
    groups = itertools.groupby(ordered, key=lambda part: part[0] // NEIGHBOURS)
    return {place: merged(kind, [data for _, data in group]) for place, group in groups}


def to_summarise(data: Any, sample: Any, options: Mapping[str, Any]) -> tuple[Any, Summary]:
    """The columns that a summary with these options reads, and the empty summary; the sample has no rows."""
    empty = Summary(sample, **options)
    system = options.get("system")
    return data[empty.columns if system is None else system.inputs], empty


def to_gather(data: Any, sample: Any, options: Mapping[str, Any]) -> tuple[Any, History]:
    """The columns of the data that a history with these options reads, and the empty history."""
    empty = History(**options)
    if library_of(sample) == "pyarrow":  # pandas does not know what a column of objects will hold
        empty.update(sample)
    return data[columns_of(empty)], empty


def columns_of(history: History) -> list[str]:
    """The columns that a history reads, the customers first."""
    if history._columns is None:
        raise ValueError("this history does not know its columns: make it by History(), not from bytes")
    return history._columns


def joined_history(parts: Iterable[bytes], fold: End) -> bytes:
    """The history of a bucket, old and new; up to a date only totals are kept."""
    made = History.from_bytes(merged(History, parts))
    if fold is not None:
        made.fold(fold)
    return made.to_bytes()


def customers_of(data: bytes, end: End, holdout_end: End) -> Any:
    """The customers of a bucket, as History.customers() gives them."""
    if end is None:
        raise ValueError("the end of observation must be said: each bucket would take its own last purchase for it")
    return History.from_bytes(data).customers(end=end, holdout_end=holdout_end)


# --- The package itself


def packed() -> bytes:
    """A zip of this package and its library, for a folder "custval" on the path of another machine."""
    package = pathlib.Path(__file__).parent
    library = pathlib.Path(path)
    if not library.is_file():
        raise FileNotFoundError(
            f"{path} is the system's library, which cannot be sent: let CUSTVAL_LIBRARY name its file"
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(package.iterdir()):
            if source.suffix in (".py", ".typed"):
                archive.write(source, source.name)
        archive.write(library, library.name)
    return made.getvalue()
