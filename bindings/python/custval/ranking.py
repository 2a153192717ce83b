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
        shares: scores are divided by their sum (AHP synthesis).
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
    """The ranks of numbers, 1 for the highest.

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
    """Fuzzy comprehensive evaluation of a system over the rows: degrees of every grade for every node."""
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
    """Composes degrees of membership by hand: one row of degrees per part, one weight each.

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
