"""Other roll-ups of the same indicators, to compare with: SAW, WPM, WASPAS, TOPSIS, VIKOR, fuzzy evaluation."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _declarations as d
from ._frames import give_back, table_of
from ._library import call, doubles, struct, texts
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
    if isinstance(weights, System):
        criteria = system_criteria(weights, level, options.get("profile"))
        source: Any = weights.score(Table(data), levels=level, coverage="none", **options)
    else:
        criteria, source = criteria_of(list(weights), sacrifices, ranges, weights), data
    made = struct(
        "custval_rank_options", method=method, normalisation=normalisation, ties=ties, shares=int(shares), share=share
    )
    out = ctypes.POINTER(d.custval_table)()
    names = [criterion.column.decode() for criterion in criteria]
    with table_of(source, names) as table:
        call("custval_rank", table._handle, criteria, len(criteria), ctypes.byref(made), ctypes.byref(out))
    return give_back(data)(Table._of(out))


def ranks(numbers: Iterable[float], ties: str = "minimum") -> list[float]:
    """The ranks of numbers, 1 for the highest.

    >>> ranks([10, 30, 30, 20])
    [4.0, 1.0, 1.0, 3.0]
    """
    from ._library import word_value

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
    out = ctypes.POINTER(d.custval_table)()
    with table_of(data, system.inputs) as table, scoring(**options) as score:
        made = struct(
            "custval_fuzzy_options",
            score=score,
            grades=None if grades is None else texts(grades),
            grade_scores=None if scores is None else doubles(scores),
            cuts=None if cuts is None else doubles(cuts),
            grade_count=0 if given is None else len(given),
            operation=operation,
            membership=membership,
        )
        call("custval_fuzzy", system._handle, table._handle, ctypes.byref(made), ctypes.byref(out))
    return Table._of(out)
