"""Panels: trends of customers over periods, weights of respondents, change from wave to wave."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import _declarations as d
from ._frames import give_back, table_of
from ._library import call, new, struct, texts
from .table import Table

__all__ = ["Change", "Weighted", "change", "trend", "weights"]


def trend(
    data: Any,
    id: str = "customer",
    period: str = "period",
    value: str = "value",
    *,
    half_life: float = 1.0,
    as_of: float | None = None,
    averages: bool = False,
) -> Table:
    """Level, slope and recent state of each series.

    Args:
        data: a frame of one row per id and period, in any order.
        id: column of the customer or segment.
        period: column of the period, a whole number.
        value: column of the value.
        half_life: periods after which a value counts half in `smoothed`; infinite: all alike.
        as_of: period to look from; None: the latest one with a value.
        averages: several rows of one id and period are averaged, not refused.

    Returns:
        A Table of one row per id: `id`, `periods`, `first`, `last`, `gaps`, `since`, `level`, `slope`, `slope_error`,
        `smoothed`, `evidence`, `latest`, `change`. Nothing is filled in for gaps.

    Raises:
        DuplicateError: an id is twice in a period.
        RangeError: a period is no whole number.

    >>> trend({"customer": ["a", "a"], "period": [1, 2], "value": [4.0, 7.0]})["smoothed"].tolist()
    [6.0]
    """
    made = struct(
        "custval_trend_options",
        id=id,
        period=period,
        value=value,
        half_life=half_life,
        as_of=as_of,
        from_latest=int(as_of is None),
        averages=int(averages),
    )
    with table_of(data, [id, period, value]) as table:
        return Table._made("custval_trend", table._handle, ctypes.byref(made))


class Weighted(NamedTuple):
    """Weights of respondents, and what they cost."""

    weights: Any
    weighted: int
    missing: int
    rounds: int
    gap: float
    effective: float
    least: float
    most: float


def weights(
    data: Any,
    margins: Mapping[str, Mapping[Any, float]],
    *,
    weight: str | None = None,
    tolerance: float = 1e-10,
    rounds: int = 1000,
) -> Weighted:
    """Weighs respondents so that they match known shares: post-stratification with one variable, raking with more.

    Args:
        data: a frame of one row per respondent.
        margins: for each column its categories with shares or counts.
        weight: column of weights to begin with; None: all alike.
        tolerance: largest gap to a known share that may be left.
        rounds: most rounds over all variables.

    Returns:
        A frame of the data's kind with the column `weight`; the effective sample size, the gap left, least and most.

    Raises:
        NotFoundError: a category has no target, or a target no respondent.
        ConvergenceError: the margins contradict the sample.

    >>> found = weights({"sex": ["m", "m", "m", "w"]}, {"sex": {"m": 50, "w": 50}})
    >>> found.weights["weight"], found.effective
    ([0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 2.0], 3.0)
    """
    names = list(margins)
    rows = [(name, str(category), target) for name in names for category, target in margins[name].items()]
    known = {
        "variable": [row[0] for row in rows],
        "category": [row[1] for row in rows],
        "target": [float(row[2]) for row in rows],
    }
    variables = texts(names)
    made = struct(
        "custval_panel_options",
        variables=variables,
        variables_count=len(variables),
        weight=weight,
        tolerance=tolerance,
        rounds=rounds,
    )
    facts, out = struct("custval_panel_facts"), new(d.custval_table)
    with table_of(data, [*names, *([] if weight is None else [weight])]) as table, table_of(known) as targets:
        call(
            "custval_panel_weights",
            table._handle,
            targets._handle,
            ctypes.byref(made),
            ctypes.byref(facts),
            ctypes.byref(out),
        )
    numbers = (getattr(facts, name) for name in Weighted._fields[1:])
    return Weighted(give_back(data)(Table._of(out)), *numbers)


class Change(NamedTuple):
    """A change of a mean between two waves, and its error."""

    before_count: int
    after_count: int
    both: int
    before: float
    after: float
    change: float
    error: float
    low: float
    high: float
    p: float


def change(before: Any, after: Any, id: str = "customer", value: str = "value", weight: str | None = None) -> Change:
    """The change of a mean between two waves, with its error, which is smaller where the same people answered both.

    Args:
        before: a frame of one row per respondent of the first wave.
        after: the same of the second.
        id: column of the respondent.
        value: column of the value.
        weight: column of weights; None: all alike.

    Raises:
        DuplicateError: a respondent is twice in a wave.
        StateError: a wave has fewer than two respondents.

    >>> spring = {"customer": [1, 2, 3], "value": [4.0, 5.0, 9.0]}
    >>> found = change(spring, {"customer": [1, 2, 3], "value": [5.0, 7.0, 10.0]})
    >>> round(found.change, 4), round(found.error, 4)
    (1.3333, 0.3333)
    """
    made = struct("custval_wave_options", id=id, value=value, weight=weight)
    out = struct("custval_wave_facts")
    wanted = [id, value, *([] if weight is None else [weight])]
    with table_of(before, wanted) as one, table_of(after, wanted) as other:
        call("custval_wave_change", one._handle, other._handle, ctypes.byref(made), ctypes.byref(out))
    return Change(*(getattr(out, name) for name in Change._fields))
