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

__all__ = [
    "Matrix",
    "Weights",
    "ahp",
    "bwm",
    "critic",
    "deviation",
    "drivers",
    "entropy",
    "members",
    "merec",
    "random_index",
    "rank",
    "rate",
    "triads",
    "variation",
]

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
        """A Table of one row per criterion: `name`, `weight`, and the columns that its method adds."""
        return self._borrowed(lib.custval_weights_table(self._handle))

    @property
    def diagnostics(self) -> dict[str, float]:
        """Numbers about the whole set by name, e.g. {"cr": 0.03}; NaN for what cannot be said."""
        shown = self._borrowed(lib.custval_weights_diagnostics(self._handle))
        return dict(zip(shown["name"], shown["value"].tolist()))

    @property
    def notes(self) -> Table:
        """A Table of remarks: `code`, e.g. "inconsistent", `about` (a criterion, or missing), `message`."""
        return self._borrowed(lib.custval_weights_notes(self._handle))

    @property
    def consistency_ratio(self) -> float:
        """Saaty's CR of judgements in pairs: below .1 is consistent enough.

        Of bwm() it is the ratio of that method. Weights that come from no judgements raise NotFoundError. NaN where the
        table of random indices ends.
        """
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
        """A new system with these weights, which records where they come from; the old one stays as it is.

        The names are ids of nodes, or columns of items: all children of one node, or nodes of one level from several
        groups, whose weights are then global and split level by level. No sibling may be left out.

        Args:
            system: the system.
            profile: id of the profile to set them in, which is added if there is none; None: the base weights.
            source: who or what they come from, e.g. "panel of 12, March"; None: not said.
            date: a date or ISO text; None: not said.
            note: free text.

        Raises:
            NotFoundError: a name is no node.
            StructureError: the nodes are of different levels, or a sibling is left out.

        >>> from custval import Builder
        >>> system = (Builder().dimension("benefit", "product")
        ...     .indicator("product", "quality").item("quality", "q1", scale=(1, 10))
        ...     .indicator("product", "design").item("design", "q2", scale=(1, 10)).build())
        >>> rate({"quality": 3, "design": 1}).apply(system).weights()["quality"]
        0.75
        """
        made = struct("custval_apply_options", profile=profile, source=source, date=date_of(date), note=note)
        return System._made("custval_weights_apply", self._handle, expected(System, system)._handle, ctypes.byref(made))

    def mix(self, other: Weights, *, share: float = 0.5, mixing: str = "arithmetic") -> Weights:
        """Mixes two sets of the same names.

        Args:
            other: the other set; its names may be in another order.
            share: of this set, 0 to 1.
            mixing: "arithmetic" (share w1 + (1 - share) w2) or "multiplicative" (w1^share w2^(1 - share), made to add
                up to 1).

        Returns:
            Weights with the columns `first`, `second` and the diagnostics `share`, `correlation`, `distance` (0 to 1).

        Raises:
            NotFoundError: only one set has a name.
            RangeError: the share is not within 0 and 1.
            WeightError: everything multiplies to 0.

        >>> dict(rate({"a": 3, "b": 1}).mix(rate({"a": 1, "b": 1})))
        {'a': 0.625, 'b': 0.375}
        """
        made = struct("custval_mix_options", mixing=mixing, share=share)
        return _made("custval_weights_mix", None, self._handle, expected(Weights, other)._handle, ctypes.byref(made))

    def compare(self, derived: Weights) -> Table:
        """Dual importance: these stated weights against derived ones.

        Args:
            derived: what data say, e.g. of drivers(); the same names.

        Returns:
            A Table of one row per criterion: `name`, `stated`, `derived`, `difference` (derived - stated),
            `stated_rank`, `derived_rank`, `class`: "key" (both at least the mean share), "hidden" (only derived),
            "expected" (only stated) or "minor".

        Raises:
            NotFoundError: only one set has a name.
        """
        return Table._made("custval_weights_compare", None, self._handle, expected(Weights, derived)._handle)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={share:.4g}" for name, share in self._shares.items())
        return f"<custval.Weights by {self.method}: {shown}>"

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def random_index(count: int, table: str = "saaty-1980") -> float:
    """The mean consistency index of random judgements about so many criteria, by a published table; NaN if it has none.

    Args:
        count: number of criteria.
        table: "saaty-1980", "saaty-2005", "saaty-2008", "donegan-dodd-1991", "tummala-ling-1998", "alonso-lamata-2006",
            "ahpsurvey" (these to 15 criteria), or "alonso-lamata-fit" (any number).

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
    """Weights from numbers that people gave.

    Args:
        ratings: by criterion, >= 0.
        method: "stated" (any numbers), "points" (shares of 100), "swing" (from worst to best, the largest 100) or
            "smart" (the least important 10). What is not as it should be gets a remark.
        range_judged: "swing": widths of the ranges that the judge saw, > 0, in the order of the ratings.
        range_in_use: "swing": widths of the ranges in use, > 0; weights are rating x range_in_use / range_judged. Both
            are given, or neither, if they are the same.

    Returns:
        Weights with the column `rating`.

    Raises:
        WeightError: a rating is negative or not finite, or all are 0.
        ValueError: there is not one width per criterion.

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
    """Weights from an order of importance.

    Args:
        order: names with the most important first, or names with their ranks, of which only the order counts: the
            least is the most important, and equal ranks share the mean of their weights.
        method: "centroid" (rank-order centroid), "sum" (n + 1 - rank), "reciprocal" (1 / rank) or "exponent".
        exponent: p of the method "exponent", (n + 1 - rank)^p: 0 to 50; 0 gives equal weights, 1 those of "sum".

    Returns:
        Weights with the column `rank`.

    Raises:
        ValueError: a name stands twice.
        RangeError: the exponent is out of its range.

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
        random_index: the table that CR is judged by, e.g. "saaty-1980", "alonso-lamata-2006"; see random_index().
        grouping: "judgements" (AIJ), "priorities-geometric" or "priorities-arithmetic" (AIP).
        members: names of the judges; None: "1", "2", ...
        member_weights: importance of each judge, >= 0; None: equal.
        cr_limit: a consistency ratio above this gets the remark "inconsistent", which names the judgement to revisit.
        progress: as in System.score().

    Returns:
        Weights with the diagnostics `lambda_max`, `ci`, `ri`, `cr`, `gci`, `missing` (pairs not judged), `steps`, and
        of a group `members`, `consensus`, `least_cr`, `largest_cr`. Of fuzzy judgements with the columns `low`,
        `middle`, `high`.

    Raises:
        RangeError: a judgement is not from 1e-9 to 1e9, or no reciprocal of its opposite.
        StateError: too few pairs were judged to connect all criteria.
        UnsupportedError: fuzzy judgements are incomplete, or of a group whose priorities are to be aggregated.

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
    """Every member's own weights and consistency, and how far they are from the group's.

    Args:
        judgements: as for ahp(), but not fuzzy.
        names: of the criteria; else "1", "2", ... or the names in the mapping.
        method: "eigenvector", "geometric" or "arithmetic".
        random_index: the table that CR is judged by.
        grouping: how the group's weights are found, as for ahp().
        members: names of the judges; None: "1", "2", ...
        member_weights: importance of each judge, >= 0; None: equal.
        progress: as in System.score().

    Returns:
        A Table of one row per member: `member`, a column of shares per criterion, `lambda_max`, `ci`, `cr`, `gci`,
        `missing` (pairs not judged), `distance` (from the group's weights, 0 to 1).

    Raises:
        UnsupportedError: the judgements are fuzzy. Else as ahp().
    """
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
    """The triads of a matrix, the most inconsistent first: which judgement to revisit.

    Args:
        judgements: as for ahp(), but not fuzzy; a group's are aggregated.
        names: of the criteria; else "1", "2", ... or the names in the mapping.
        method: of the weights in `by_weights`, as for ahp().
        member_weights: importance of each judge, >= 0; None: equal.

    Returns:
        A Table of one row per triad: `first`, `second`, `third`, `inconsistency`, `circular` (1 or 0), `row`, `column`
        (the judgement to revisit), `judgement` (as it is), `suggested` (by the two others), `by_weights`.

    Raises:
        UnsupportedError: the judgements are fuzzy. Else as ahp().
    """
    judged = judgements_of(judgements, names, None, member_weights)
    made = ahp_options(method, "saaty-1980", "judgements", 0.1)
    return Table._made("custval_ahp_triads", None, ctypes.byref(judged), ctypes.byref(made))


def bwm(best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float], *, model: str = "linear") -> Weights:
    """Weights by the best-worst method (Rezaei).

    Args:
        best_to_others: by criterion, how many times the best is as important, 1 to 1e9; 1 for the best.
        others_to_worst: by criterion, how many times it is as important as the worst, 1 to 1e9; 1 for the worst.
        model: "linear" (2016: one solution) or "nonlinear" (2015: the middles of intervals).

    Returns:
        Weights with the columns `best_to_others`, `others_to_worst`, of the nonlinear model also `low`, `high`, and the
        diagnostics `ksi` (the largest deviation left), `cr`, `input_cr`.

    Raises:
        ValueError: the two do not name the same criteria.
        RangeError: a judgement is below 1 or above 1e9.
        StructureError: there is no best or no worst, one criterion is both, or the two judgements of best against worst
            differ.

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
    """Weights by Shannon's entropy: what tells most apart.

    Args:
        data: a frame of numbers, or a Summary with "entropy".
        **columns: of Summary(), unless one is given: columns, sacrifices, ranges, system, level, progress.

    Returns:
        Weights with the columns `information`, `entropy`.

    Raises:
        TypeError: both a Summary and its columns are given.
        StateError: no column varies, there are fewer than two rows, or a Summary lacks "entropy".
        RangeError: a number is below 0, or a sacrifice has no range.
    """
    return _data("entropy", data, ("entropy",), **columns)


def critic(data: Any, *, declared_ranges: bool = False, **columns: Any) -> Weights:
    """Weights by CRITIC: spread, and disagreement with the other columns.

    Args:
        data: a frame of numbers, or a Summary with "pairs".
        declared_ranges: scale to the ranges that are given, not to those seen.
        **columns: of Summary(), unless one is given: columns, sacrifices, ranges, system, level, progress.

    Returns:
        Weights with the columns `information`, `deviation` (after scaling to the range), `conflict`.

    Raises:
        TypeError: both a Summary and its columns are given.
        StateError: no column varies, there are fewer than two rows, or a Summary lacks "pairs".
        RangeError: declared_ranges is set, but a column has none.
    """
    return _data("critic", data, ("pairs",), declared_ranges, **columns)


def deviation(data: Any, *, declared_ranges: bool = False, **columns: Any) -> Weights:
    """Weights by the standard deviation after scaling to the range.

    Args:
        data: a frame of numbers, or a Summary.
        declared_ranges: scale to the ranges that are given, not to those seen.
        **columns: of Summary(), unless one is given: columns, sacrifices, ranges, system, level, progress.

    Returns:
        Weights with the columns `information`, `deviation` (in the column's unit).

    Raises:
        TypeError: both a Summary and its columns are given.
        StateError: no column varies, or there are fewer than two rows.
        RangeError: declared_ranges is set, but a column has none.
    """
    return _data("deviation", data, (), declared_ranges, **columns)


def variation(data: Any, **columns: Any) -> Weights:
    """Weights by the coefficient of variation: deviation / mean.

    Args:
        data: a frame of numbers, or a Summary.
        **columns: of Summary(), unless one is given: columns, sacrifices, ranges, system, level, progress.

    Returns:
        Weights with the columns `information`, `deviation` (in the column's unit).

    Raises:
        TypeError: both a Summary and its columns are given.
        StateError: no column varies, or there are fewer than two rows.
        RangeError: a mean is not above 0.
    """
    return _data("variation", data, (), **columns)


def merec(data: Any, **columns: Any) -> Weights:
    """Weights by the effect of removing a criterion (MEREC); ranges are those of the data if not given.

    Args:
        data: a frame of numbers, or a Summary with "removal".
        **columns: of Summary(), unless one is given: columns, sacrifices, ranges, system, level, progress.

    Returns:
        Weights with the columns `information`, `removal` (mean effect on a row).

    Raises:
        TypeError: both a Summary and its columns are given.
        StateError: no column varies, there are fewer than two rows, or a Summary lacks "removal".
        RangeError: a range does not begin above 0.
    """
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
        method: "correlation", "regression", "relative" (Johnson's relative weights) or "shapley" (LMG, at most 15
            drivers).
        columns: the drivers; None: every other column of numbers. A Summary has its own.
        sacrifices: columns where less is better; they count as their opposites. A Summary has its own.
        resamples: of the bootstrap, at least 40; 0: no intervals.
        seed: of the bootstrap; the same seed gives the same intervals, for any number of threads.
        level: of the intervals, above 0 and below 1.
        vif_limit: a larger variance inflation factor gets the remark "collinear"; at least 1.
        progress: as in System.score().

    Returns:
        Weights with the columns `importance`, `correlation`, `beta`, `vif`, `sign`, of a frame also `low`, `high`,
        `beta_low`, `beta_high`, `p_negative`, and the diagnostics `n`, `dropped`, `r_squared`, `adjusted_r_squared`,
        `resamples`. A driver that works against the outcome has weight 0 and the remark "negative".

    Raises:
        NotFoundError: there is no such column.
        StateError: the outcome or every driver does not vary, or a Summary lacks "pairs".
        WeightError: no driver gets a weight above 0.
        LimitError: too many drivers for "shapley".
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
