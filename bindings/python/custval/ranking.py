"""Other roll-ups of the same indicators, to compare with: SAW, WPM, WASPAS, TOPSIS, VIKOR, fuzzy evaluation."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _declarations as d
from ._frames import give_back, table_of
from ._handle import expected
from ._library import call, doubles, struct, texts, word_value
from ._options import scoring
from .summary import criteria_of, system_criteria
from .system import System
from .table import Table

__all__ = ["fuzzy", "fuzzy_compose", "rank", "ranks"]


def rank(
    data: Any,
    weights: Mapping[str, float] | System,
    *,
    method: str = "saw",
    normalisation: str | None = None,
    ties: str = "minimum",
    shares: bool = False,
    share: float = 0.5,
    sacrifices: Iterable[str] = (),
    ranges: Mapping[str, tuple[float, float]] | None = None,
    level: str = "indicator",
    **options: Any,
) -> Any:
    """Ranks rows by another method than a system's own roll-up.

    Args:
        data: a frame of numbers; with a System, of answers.
        weights: of the columns; or a System, whose nodes of the level are ranked on.
        method: "saw", "wpm", "waspas", "topsis" or "vikor".
        normalisation: "vector", "maximum", "range", "sum", "none"; None: the method's own.
        ties: what rows of equal score share: the "minimum", "maximum" or "mean" of their ranks, or "dense" (one rank,
            and the next one follows).
        shares: scores are divided by their sum (AHP synthesis); "saw" only.
        share: of the sum in "waspas", of the group's loss in "vikor": 0 to 1.
        sacrifices: columns where less is better; a System knows its own.
        ranges: (low, high) of columns whose range is known; a System knows its own.
        level: of the System's nodes: "side", "dimension", "indicator" or "item".
        **options: with a System, of System.score(): as_of, profile, context, progress.

    Returns:
        The same kind of frame, one row per row: `score` (higher is better), `rank` (1 the best), and for "waspas"
        `sum`, `product`, for "topsis" `to_best`, `to_worst`, for "vikor" `s`, `r`, `q`, `compromise` (1: in the
        compromise set). A row that lacks a number has neither score nor rank.

    Raises:
        KeyError: sacrifices or ranges name what is no column.
        NotFoundError: a column is missing.
        RangeError: a number lies outside its range, or the method cannot take it, e.g. 0 in "wpm".
        WeightError: a weight is negative or not finite, or all are 0.

    >>> rank({"quality": [4, 8], "price": [10, 16]}, {"quality": 0.5, "price": 0.5}, sacrifices=["price"])["rank"]
    [2.0, 1.0]
    """
    source = data
    if isinstance(weights, System):
        criteria = system_criteria(weights, level, options.get("profile"))
        source = weights._on(Table, "custval_score", data, levels=level, coverage="none", **options)
    elif options:
        raise TypeError(f"{min(options)} is an option of scoring, which only a System does")
    else:
        criteria = criteria_of(list(weights), sacrifices, ranges, weights)
    made = struct(
        "custval_rank_options", method=method, normalisation=normalisation, ties=ties, shares=int(shares), share=share
    )
    names = [criterion.column.decode() for criterion in criteria]
    with table_of(source, names) as table:
        result = Table._made("custval_rank", table._handle, criteria, len(criteria), ctypes.byref(made))
    return give_back(data)(result)


def ranks(numbers: Iterable[float], ties: str = "minimum") -> list[float]:
    """The ranks of numbers, 1 for the highest. NaN has none.

    Args:
        numbers: the numbers; those that are exactly equal share a rank.
        ties: which one: the "minimum", "maximum" or "mean" of their ranks, or "dense".

    >>> ranks([10, 30, 30, 20])
    [4.0, 1.0, 1.0, 3.0]
    """
    values = doubles(numbers)
    call("custval_ranks", None, values, len(values), word_value(d.CUSTVAL_WORDS_TIES, ties), values)
    return list(values)


def fuzzy(
    system: System,
    data: Any,
    *,
    grades: Sequence[str] | None = None,
    scores: Sequence[float] | None = None,
    cuts: Sequence[float] | None = None,
    operation: str = "weighted",
    membership: str = "share",
    **options: Any,
) -> Table:
    """Fuzzy comprehensive evaluation of a system over the rows: degrees of every grade for every node.

    Args:
        system: the system.
        data: as for System.score().
        grades: names, best first, 2 to 100; None: "excellent", "good", "fair", "poor", "bad".
        scores: of the grades, descending; None: 100, 75, 50, 25, 0, which are those of five grades.
        cuts: of the membership "share": the lower end of each grade's band but the last, descending; None: midway
            between the scores.
        operation: how degrees are composed: "weighted" (sum of weight x degree), "min-max", "product-max" or
            "min-bounded".
        membership: "share" (of the rows in the grade's band) or "triangular" (mean of triangles around the scores).
        **options: of System.score(): as_of, profile, context, progress; and `language` of the labels.

    Returns:
        A Table of one row per node down to the indicators: `node`, `label`, `kind`, `side`, a column per grade with its
        degree, `grade` (of the highest degree), `score` (mean of the grades' scores). A sacrifice of score s counts as
        100 - s.

    Raises:
        ValueError: names, scores and cuts do not fit together.
        RangeError: scores or cuts do not descend.
        StateError: no row has a score for an indicator.
    """
    given = grades if grades is not None else scores
    if given is not None and any(part is not None and len(part) != len(given) for part in (grades, scores)):
        raise ValueError("every grade needs a name and a score")
    count = len(given) if given is not None else 0 if cuts is None else 5
    if cuts is not None and len(cuts) != count - 1:
        raise ValueError("there is one cut less than there are grades")
    with expected(System, system)._read(data) as table, scoring(**options) as score:
        made = struct(
            "custval_fuzzy_options",
            score=score,
            grades=None if grades is None else texts(grades),
            grade_scores=None if scores is None else doubles(scores),
            cuts=None if cuts is None else doubles(cuts),
            grade_count=count,
            operation=operation,
            membership=membership,
        )
        return Table._made("custval_fuzzy", system._handle, table._handle, ctypes.byref(made))


def fuzzy_compose(
    degrees: Sequence[Sequence[float]], weights: Sequence[float], operation: str = "weighted"
) -> list[float]:
    """Composes degrees of membership by hand.

    Args:
        degrees: one row per part, with one degree, 0 to 1, per grade.
        weights: one per part, >= 0; as they are, not made to add up to 1.
        operation: as for fuzzy().

    Returns:
        One degree per grade.

    Raises:
        ValueError: the numbers of rows, weights or grades differ.
        RangeError: a degree is not within 0 and 1.

    >>> fuzzy_compose([[1.0, 0.0], [0.5, 0.5]], [0.5, 0.5])
    [0.75, 0.25]
    """
    grades = len(degrees[0]) if len(degrees) else 0
    if len(weights) != len(degrees) or any(len(row) != grades for row in degrees):
        raise ValueError("there must be one weight per row of degrees, and rows of equal length")
    out = (ctypes.c_double * grades)()
    cells = doubles(degree for row in degrees for degree in row)
    word = word_value(d.CUSTVAL_WORDS_FUZZY, operation)
    call("custval_fuzzy_compose", cells, doubles(weights), len(degrees), grades, word, out)
    return list(out)
