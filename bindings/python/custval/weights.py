"""Weights: from judgements, from data, from outcomes; with their diagnostics."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Union

from . import _declarations as d
from ._frames import table_of
from ._handle import Handle, expected
from ._host import Progress, lent
from ._library import call, doubles, index, lib, new, struct, text, texts, word_value
from ._options import Date, date_of
from .summary import Summary, column_names
from .system import System
from .table import Table

#: Judgements: a square of numbers (None: not judged; a triple (low, middle, high): fuzzy), or {(one, other): number}.
Matrix = Union[Sequence[Sequence[Any]], Mapping[Any, Any]]


class Weights(Handle, Mapping[str, float]):
    """A set of weights: a mapping of names to shares that add up to 1, with method, diagnostics and remarks.

    >>> w = ahp([[1, 3], [1/3, 1]], names=["quality", "price"])
    >>> w["quality"], w.consistency_ratio
    (0.75, 0.0)
    """

    _free = "custval_weights_free"
    __slots__ = ("_shares",)

    _shares: dict[str, float]

    def __init__(self) -> None:
        raise TypeError("weights are made by functions such as custval.weights.ahp()")

    @classmethod
    def _of(cls, pointer: Any) -> Weights:
        made = cls.__new__(cls)
        made._own(pointer)
        made._shares = {
            lib.custval_weights_name(pointer, index).decode(): lib.custval_weights_share(pointer, index)
            for index in range(lib.custval_weights_count(pointer))
        }
        return made

    def __getitem__(self, name: str) -> float:
        return self._shares[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shares)

    def __len__(self) -> int:
        return len(self._shares)

    @property
    def method(self) -> str:
        """How the weights were found, e.g. "ahp-eigenvector"."""
        return str(lib.custval_weights_method(self._handle).decode())

    @property
    def sample(self) -> int:
        """How many judges or rows they come from; 0 where the method has none."""
        return int(lib.custval_weights_sample(self._handle))

    def _borrowed(self, table: Any) -> Table:
        return Table._of(lib.custval_table_ref(table))

    @property
    def table(self) -> Table:
        """`name`, `weight`, and what the method says of each criterion."""
        return self._borrowed(lib.custval_weights_table(self._handle))

    @property
    def diagnostics(self) -> dict[str, float]:
        """Numbers about the whole set, e.g. {"cr": 0.03}."""
        shown = self._borrowed(lib.custval_weights_diagnostics(self._handle))
        return dict(zip(shown["name"], shown["value"].tolist()))

    @property
    def notes(self) -> Table:
        """Remarks: `code`, `about`, `message`."""
        return self._borrowed(lib.custval_weights_notes(self._handle))

    @property
    def consistency_ratio(self) -> float:
        """Saaty's CR of judgements in pairs: below .1 is consistent enough. Only judgements have one."""
        out = ctypes.c_double()
        call("custval_weights_diagnostic", self._handle, b"cr", ctypes.byref(out))
        return out.value

    def apply(
        self,
        system: System,
        *,
        profile: str | None = None,
        source: str | None = None,
        date: Date = None,
        note: str | None = None,
    ) -> System:
        """A new system with these weights, which records where they come from; the old one stays as it is."""
        made = struct("custval_apply_options", profile=profile, source=source, date=date_of(date), note=note)
        return System._made("custval_weights_apply", self._handle, expected(System, system)._handle, ctypes.byref(made))

    def mix(self, other: Weights, *, share: float = 0.5, mixing: str = "arithmetic") -> Weights:
        """Mixes two sets; `share` is that of this one."""
        made = struct("custval_mix_options", mixing=mixing, share=share)
        return _made("custval_weights_mix", None, self._handle, expected(Weights, other)._handle, ctypes.byref(made))

    def compare(self, derived: Weights) -> Table:
        """Dual importance: these stated weights against derived ones."""
        return Table._made("custval_weights_compare", None, self._handle, expected(Weights, derived)._handle)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={share:.4g}" for name, share in self._shares.items())
        return f"<custval.Weights by {self.method}: {shown}>"

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def random_index(count: int, table: str = "saaty-1980") -> float:
    """The mean consistency index of random judgements about so many criteria, by a published table; NaN if it has none.

    >>> random_index(3)
    0.58
    """
    value = word_value(d.CUSTVAL_WORDS_RANDOM_INDEX, table)
    return float(lib.custval_random_index_value(value, index(count, "number of criteria")))


def _made(function: str, *arguments: Any) -> Weights:
    out = new(d.custval_weights)
    call(function, *arguments, ctypes.byref(out))
    return Weights._of(out)


# --- Stated -----------------------------------------------------------------------------------------------------------


def rate(
    ratings: Mapping[str, float],
    *,
    method: str = "stated",
    range_judged: Sequence[float] | None = None,
    range_in_use: Sequence[float] | None = None,
) -> Weights:
    """Weights from numbers that people gave: any ("stated"), shares of 100 ("points"), "swing" or "smart" ratings.

    >>> dict(rate({"quality": 60, "price": 40}, method="points"))
    {'quality': 0.6, 'price': 0.4}
    """
    ratings = expected(Mapping, ratings)
    for what, widths in (("range_judged", range_judged), ("range_in_use", range_in_use)):
        if widths is not None and len(widths) != len(ratings):
            raise ValueError(f"{what} has {len(widths)} widths for {len(ratings)} criteria")
    made = struct(
        "custval_rating_options",
        rating=method,
        range_judged=None if range_judged is None else doubles(range_judged),
        range_in_use=None if range_in_use is None else doubles(range_in_use),
    )
    numbers = doubles(ratings.values())
    return _made("custval_weights_ratings", None, texts(ratings), numbers, len(ratings), ctypes.byref(made))


def rank(order: Sequence[str] | Mapping[str, float], *, method: str = "centroid", exponent: float = 1.0) -> Weights:
    """Weights from an order of importance: names with the most important first, or names with their ranks.

    >>> [round(share, 4) for share in rank(["a", "b", "c"]).values()]
    [0.6111, 0.2778, 0.1111]
    """
    ranks = order if isinstance(order, Mapping) else {name: place for place, name in enumerate(order, 1)}
    if len(ranks) != len(order):
        raise ValueError("a name stands twice in the order")
    made = struct("custval_ranking_options", ranking=method, exponent=exponent)
    numbers = doubles(ranks.values())
    return _made("custval_weights_ranks", None, texts(ranks), numbers, len(ranks), ctypes.byref(made))


# --- Judged in pairs --------------------------------------------------------------------------------------------------


def _is_square(judgements: Any) -> bool:
    """Whether this is one matrix rather than a sequence of them."""
    if isinstance(judgements, Mapping):
        return True
    first = judgements[0] if len(judgements) else []
    return not isinstance(first, Mapping) and not (
        len(first) and hasattr(first[0], "__len__") and not isinstance(first[0], tuple)
    )


def _names_of(pairs: Mapping[Any, Any]) -> list[str]:
    return list(dict.fromkeys(name for pair in pairs for name in pair))


def _square(judgements: Any, names: Sequence[str] | None) -> tuple[list[str], list[list[Any]]]:
    if isinstance(judgements, Mapping):
        known = list(names) if names is not None else _names_of(judgements)
        at = {name: index for index, name in enumerate(known)}
        square: list[list[Any]] = [[1 if row == column else None for column in known] for row in known]
        for (first, second), value in judgements.items():
            square[at[first]][at[second]] = value
        return known, square
    square = [list(row) for row in judgements]
    if any(len(row) != len(square) for row in square):
        raise ValueError(f"judgements are a square, but this matrix has {len(square)} rows of other lengths")
    return list(names) if names is not None else [str(index + 1) for index in range(len(square))], square


def judgements_of(
    judgements: Matrix | Sequence[Matrix],
    names: Sequence[str] | None = None,
    members: Sequence[str] | None = None,
    member_weights: Sequence[float] | None = None,
) -> Any:
    """The library's struct of one or several matrices."""
    matrices: list[Any] = [judgements] if _is_square(judgements) else list(judgements)
    if not matrices:
        raise ValueError("there are no judgements")
    known, _ = _square(matrices[0], names)
    squares = [_square(matrix, known)[1] for matrix in matrices]
    count = len(squares)
    for what, given in (("names", names), ("members", members), ("member_weights", member_weights)):
        expected = len(known) if what == "names" else count
        if given is not None and len(list(given)) != expected:
            raise ValueError(f"{what} are {len(list(given))}, but {expected} are needed")
    if any(len(square) != len(known) for square in squares):
        raise ValueError("all judges must judge the same criteria")
    cells = [cell for square in squares for row in square for cell in row]
    fuzzy = any(isinstance(cell, tuple) for cell in cells)
    triples = [cell if isinstance(cell, tuple) else (cell, cell, cell) for cell in cells]
    if any(len(triple) != 3 for triple in triples):
        raise ValueError("a fuzzy judgement is a triple (low, middle, high)")
    return struct(
        "custval_judgements",
        names=texts(known),
        count=len(known),
        matrices=doubles(triple[1] for triple in triples),
        members=count,
        member_names=None if members is None else texts(members),
        member_weights=None if member_weights is None else doubles(member_weights),
        lower=doubles(triple[0] for triple in triples) if fuzzy else None,
        upper=doubles(triple[2] for triple in triples) if fuzzy else None,
    )


def ahp_options(method: str, random_index: str, grouping: str, cr_limit: float) -> Any:
    """The library's struct of how judgements become weights."""
    return struct("custval_ahp_options", method=method, random_index=random_index, grouping=grouping, cr_limit=cr_limit)


def ahp(
    judgements: Matrix | Sequence[Matrix],
    *,
    names: Sequence[str] | None = None,
    method: str = "eigenvector",
    random_index: str = "saaty-1980",
    grouping: str = "judgements",
    members: Sequence[str] | None = None,
    member_weights: Sequence[float] | None = None,
    cr_limit: float = 0.1,
    progress: Progress = None,
) -> Weights:
    """Weights by the analytic hierarchy process (Saaty), of one judge or a group.

    Args:
        judgements: one matrix, or a sequence of matrices for a group. A matrix is a square of numbers, or a mapping
            {(first, second): how many times the first is as important}. None: not judged. Triples: fuzzy judgements.
        names: of the criteria; else "1", "2", ... or the names in the mapping.
        method: "eigenvector", "geometric" or "arithmetic".
        random_index: the table that CR is judged by, e.g. "saaty-1980", "alonso-lamata-2006".
        grouping: "judgements" (AIJ), "priorities-geometric" or "priorities-arithmetic" (AIP).

    >>> w = ahp({("quality", "price"): 4, ("quality", "service"): 2, ("service", "price"): 2})
    >>> [round(share, 4) for share in w.values()]
    [0.5714, 0.1429, 0.2857]
    """
    judged = judgements_of(judgements, names, members, member_weights)
    made = ahp_options(method, random_index, grouping, cr_limit)
    with lent(progress) as host:
        return _made("custval_weights_ahp", host, ctypes.byref(judged), ctypes.byref(made))


def members(
    judgements: Matrix | Sequence[Matrix],
    *,
    names: Sequence[str] | None = None,
    method: str = "eigenvector",
    random_index: str = "saaty-1980",
    grouping: str = "judgements",
    members: Sequence[str] | None = None,
    member_weights: Sequence[float] | None = None,
    progress: Progress = None,
) -> Table:
    """Every member's own weights and consistency, and how far they are from the group's; arguments as for ahp()."""
    judged = judgements_of(judgements, names, members, member_weights)
    made = ahp_options(method, random_index, grouping, 0.1)
    with lent(progress) as host:
        return Table._made("custval_ahp_members", host, ctypes.byref(judged), ctypes.byref(made))


def triads(
    judgements: Matrix | Sequence[Matrix],
    *,
    names: Sequence[str] | None = None,
    method: str = "eigenvector",
    member_weights: Sequence[float] | None = None,
) -> Table:
    """The triads of a matrix, the most inconsistent first: which judgement to revisit; arguments as for ahp()."""
    judged = judgements_of(judgements, names, None, member_weights)
    made = ahp_options(method, "saaty-1980", "judgements", 0.1)
    return Table._made("custval_ahp_triads", None, ctypes.byref(judged), ctypes.byref(made))


def bwm(best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float], *, model: str = "linear") -> Weights:
    """Weights by the best-worst method (Rezaei): how many times the best is as important as each, each as the worst.

    >>> w = bwm({"quality": 1, "service": 2, "price": 4}, {"quality": 4, "service": 2, "price": 1})
    >>> [round(share, 4) for share in w.values()]
    [0.5714, 0.2857, 0.1429]
    """
    if expected(Mapping, best_to_others).keys() != expected(Mapping, others_to_worst).keys():
        raise ValueError("both judgements must name the same criteria")
    judged = struct(
        "custval_bwm_judgements",
        names=texts(best_to_others),
        count=len(best_to_others),
        best_to_others=doubles(best_to_others.values()),
        others_to_worst=doubles(others_to_worst[name] for name in best_to_others),
        model=model,
    )
    return _made("custval_weights_bwm", None, ctypes.byref(judged))


# --- Seen in data, or in an outcome -----------------------------------------------------------------------------------


def _data(method: str, data: Any, part: tuple[str, ...], declared_ranges: bool = False, **columns: Any) -> Weights:
    if isinstance(data, Summary) and columns:
        raise TypeError(f"a summary has its columns already: {min(columns)} cannot be given")
    summary = data if isinstance(data, Summary) else Summary(data, parts=part, **columns)
    made = struct("custval_data_options", method=method, declared_ranges=int(declared_ranges))
    with summary._lock:
        return _made("custval_weights_data", summary._handle, ctypes.byref(made))


def entropy(data: Any, **columns: Any) -> Weights:
    """Weights by Shannon's entropy: what tells most apart. Data or a Summary with "entropy"; options as for Summary."""
    return _data("entropy", data, ("entropy",), **columns)


def critic(data: Any, *, declared_ranges: bool = False, **columns: Any) -> Weights:
    """Weights by CRITIC: spread, and disagreement with the other columns. Data, or a Summary with "pairs"."""
    return _data("critic", data, ("pairs",), declared_ranges, **columns)


def deviation(data: Any, *, declared_ranges: bool = False, **columns: Any) -> Weights:
    """Weights by the standard deviation after scaling to the range."""
    return _data("deviation", data, (), declared_ranges, **columns)


def variation(data: Any, **columns: Any) -> Weights:
    """Weights by the coefficient of variation."""
    return _data("variation", data, (), **columns)


def merec(data: Any, **columns: Any) -> Weights:
    """Weights by the effect of removing a criterion (MEREC); needs ranges, which come from the data if not given."""
    if not isinstance(data, Summary) and columns.get("ranges") is None:
        seen = Summary(data, **columns).table
        columns["ranges"] = {name: (low, high) for name, low, high in zip(seen["name"], seen["low"], seen["high"])}
    return _data("merec", data, ("removal",), **columns)


def drivers(
    data: Any,
    outcome: str,
    *,
    method: str = "relative",
    columns: Sequence[str] | None = None,
    sacrifices: Iterable[str] = (),
    resamples: int = 1000,
    seed: int = 1,
    level: float = 0.95,
    vif_limit: float = 10.0,
    progress: Progress = None,
) -> Weights:
    """Key drivers: importance derived from what goes with an outcome. Association, not cause.

    Args:
        data: a frame, whose rows give intervals by the bootstrap, or a Summary with "pairs", which gives none.
        outcome: its column.
        method: "correlation", "regression", "relative" (Johnson's relative weights) or "shapley" (LMG).
        columns: the drivers; None: every other column of numbers.
        resamples: of the bootstrap; 0: no intervals.
    """
    options = {"method": method, "seed": seed, "level": level, "vif_limit": vif_limit}
    if isinstance(data, Summary):
        return _drivers(data, outcome, options, progress)
    names = [name for name in column_names(data, columns) if name != outcome] + [outcome]
    with table_of(data, names) as table:
        summary = Summary(table, columns=names, sacrifices=sacrifices, parts=("pairs",), progress=progress)
        if resamples:
            options.update(rows=table._handle, resamples=resamples)
        return _drivers(summary, outcome, options, progress)


def _drivers(summary: Summary, outcome: str, options: dict[str, Any], progress: Progress) -> Weights:
    made = struct("custval_drivers_options", **options)
    with summary._lock, summary._watched(progress):
        return _made("custval_weights_drivers", summary._handle, text(outcome), ctypes.byref(made))
