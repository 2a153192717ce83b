"""How sure is it: draws of weights, what they do to scores and ranks, and the errors of means."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from . import _declarations as d
from ._frames import give_back, table_of
from ._handle import expected
from ._host import Progress, lent
from ._library import index, struct, texts
from ._options import scoring
from .system import System
from .table import Table
from .weights import Matrix, Weights, ahp_options, judgements_of

__all__ = ["draw", "draw_judgements", "means", "ranks", "reversal", "sensitivity"]


def draw(
    about: System | Weights,
    *,
    noise: str = "dirichlet",
    draws: int = 10000,
    seed: int = 1,
    concentration: float = 50.0,
    spread: float = 0.25,
    profile: str | None = None,
    progress: Progress = None,
) -> Table:
    """Weights that might as well be true.

    Args:
        about: a System, whose groups of siblings are drawn, or Weights.
        noise: "dirichlet" (around the weights; more concentration, less noise), "relative" (each times a factor of
            1 - spread to 1 + spread), or "any" (nothing is known).
        draws: how many.
        seed: the same seed gives the same draws, for any number of threads, on any machine.
        concentration: of "dirichlet", > 0: a weight w has the variance w (1 - w)/(concentration + 1).
        spread: of "relative", 0 to 1.
        profile: of a System: draw around the weights of this profile; None: the base weights.
        progress: as in System.score().

    Returns:
        A Table of one row per draw and one column per node with siblings, or per criterion; each group adds up to 1.

    Raises:
        NotFoundError: there is no such profile.
        RangeError: a number is out of its range.
        StateError: no node of the system has siblings.

    >>> from custval.weights import rate
    >>> table = draw(rate({"quality": 3, "price": 1}), draws=100)
    >>> len(table), table.columns
    (100, ['quality', 'price'])
    """
    if not isinstance(about, (System, Weights)):
        raise TypeError(f"draws are about a System or Weights, not a {type(about).__name__}")
    function = "custval_draw_system" if isinstance(about, System) else "custval_draw_weights"
    with lent(progress) as host:
        made = struct(
            "custval_noise_options",
            host=host,
            profile=profile,
            noise=noise,
            draws=draws,
            seed=seed,
            concentration=concentration,
            spread=spread,
        )
        return Table._made(function, about._handle, ctypes.byref(made))


def draw_judgements(
    judgements: Matrix | Sequence[Matrix],
    *,
    names: Sequence[str] | None = None,
    method: str = "eigenvector",
    draws: int = 10000,
    seed: int = 1,
    spread: float = 0.25,
    progress: Progress = None,
) -> Table:
    """Weights by AHP from judgements with noise: each times exp(spread x z), z standard normal.

    Args:
        judgements: as for weights.ahp(), but not fuzzy.
        names: of the criteria; else "1", "2", ... or the names in the mapping.
        method: "eigenvector", "geometric" or "arithmetic".
        draws: how many.
        seed: the same seed gives the same draws, for any number of threads, on any machine.
        spread: standard deviation of the noise on the logarithm of a judgement, 0 to 10.
        progress: as in System.score().

    Returns:
        A Table of one row per draw: a column per criterion, whose shares add up to 1, and `cr`, the consistency ratio
        of the judgements drawn.

    Raises:
        DuplicateError: a criterion is called "cr".
        UnsupportedError: the judgements are fuzzy. Else as weights.ahp().
    """
    ahp = ahp_options(method, "saaty-1980", "judgements", 0.1)
    judged = judgements_of(judgements, names)
    with lent(progress) as host:
        made = struct("custval_noise_options", host=host, draws=draws, seed=seed, spread=spread)
        return Table._made("custval_draw_judgements", ctypes.byref(judged), ctypes.byref(ahp), ctypes.byref(made))


def ranks(
    system: System,
    data: Any,
    draws: Any,
    *,
    level: float = 0.9,
    ranks: int = 0,
    progress: Progress = None,
    **options: Any,
) -> Any:
    """Scores rows with every draw of weights: intervals of the value, and how safe the ranks are.

    Args:
        system: the system.
        data: offers or customers, as for System.score().
        draws: of draw(), draw_judgements(), or any table with a column per node that is drawn.
        level: of the intervals, above 0 and below 1.
        ranks: also the share of draws in which a row has rank 1 to this.
        progress: as in System.score().
        **options: of System.score(): as_of, profile, context.

    Returns:
        The same kind of frame, one row per row: `value`, `rank` (with the system's own weights); over the draws `mean`,
        `deviation`, `low`, `high`, `mean_rank`, `rank_low`, `rank_high`, `p_first`, `undefined` (draws without a
        value); and `rank_1`, `rank_2`, ...

    Raises:
        NotFoundError: no column of the draws is a node.
        StructureError: only a part of a group of siblings is drawn.
        WeightError: a drawn weight is negative or not finite.
        LimitError: rows x draws are too many.
    """
    with (
        expected(System, system)._read(data) as table,
        table_of(draws) as drawn,
        scoring(progress=progress, **options) as score,
    ):
        made = struct("custval_uncertainty_options", score=score, level=level, ranks=ranks)
        result = Table._made("custval_uncertainty", system._handle, table._handle, drawn._handle, ctypes.byref(made))
    return give_back(data)(result)


def sensitivity(
    system: System,
    data: Any,
    row: int,
    *,
    rival: int | None = None,
    noise: str = "dirichlet",
    draws: int = 10000,
    seed: int = 1,
    concentration: float = 50.0,
    spread: float = 0.25,
    progress: Progress = None,
    **options: Any,
) -> Table:
    """Which weights the uncertainty of a row's value, or of its lead over a rival, comes from: Sobol indices.

    Args:
        system: the system.
        data: as for System.score().
        row: its index, from 0.
        rival: index of another row; None: the value of the row itself.
        noise: "dirichlet" (around the weights; more concentration, less noise), "relative" (each times a factor of
            1 - spread to 1 + spread), or "any" (nothing is known).
        draws: at least 32.
        seed: the same seed gives the same numbers, for any number of threads, on any machine.
        concentration: of "dirichlet", > 0.
        spread: of "relative", 0 to 1.
        progress: as in System.score().
        **options: of System.score(): as_of, profile, context.

    Returns:
        A Table of one row per node with siblings: `node`, `label`, `weight` (its share), `first` (share of the variance
        that it explains alone), `total` (with its interactions), `first_error`, `total_error` (standard errors).

    Raises:
        StateError: a row has no value.
        RangeError: a number is out of its range.
    """
    against = d.CUSTVAL_ALL_ROWS if rival is None else index(rival)
    with expected(System, system)._read(data) as table, scoring(progress=progress, **options) as score:
        made = struct(
            "custval_noise_options",
            host=score.host,
            profile=options.get("profile"),
            noise=noise,
            draws=draws,
            seed=seed,
            concentration=concentration,
            spread=spread,
        )
        arguments = system._handle, table._handle, index(row), against, ctypes.byref(score), ctypes.byref(made)
        return Table._made("custval_sensitivity", *arguments)


def reversal(system: System, data: Any, **options: Any) -> Table:
    """The smallest change of one weight that changes the winner, node by node.

    Args:
        system: the system.
        data: the offers, at least two rows, as for System.score().
        **options: of System.score(): as_of, profile, context, progress; and `language` of the labels.

    Returns:
        A Table of one row per node with siblings, the smallest change first: `node`, `label`, `weight` (its share now),
        `flip` (the share at which a rival draws level), `distance` (missing: no share changes the winner), `rival` (its
        row).

    Raises:
        StateError: fewer than two rows have a value.
    """
    expected(System, system)
    return system._on(Table, "custval_reversal", data, **options)


def means(
    data: Any,
    columns: Sequence[str] | None = None,
    *,
    group: str | None = None,
    resamples: int = 1000,
    seed: int = 1,
    level: float = 0.95,
    few: int = 30,
    top: float | None = None,
    progress: Progress = None,
) -> Table:
    """Means of columns by group, with the errors that the number of customers leaves, and marks where there are few.

    Args:
        data: a frame, e.g. of scores.
        columns: of numbers; None: all but that of the groups.
        group: column of texts or whole numbers that name the group of a row; None: one group.
        resamples: of the bootstrap; 0: the interval is that of Student's t.
        seed: of the bootstrap; the same seed gives the same intervals, for any number of threads.
        level: of the intervals, above 0 and below 1.
        few: a group with fewer numbers is marked.
        top: a number of at least this counts for the share of the top box; None: no top box.
        progress: as in System.score().

    Returns:
        A Table of one row per group, in order of appearance, and column: `group`, `column`, `n`, `missing`, `mean`,
        `deviation`, `error` (standard error), `low`, `high`, `low_n` (1: fewer than few), and with top `top_share`,
        `top_low`, `top_high`.

    Raises:
        NotFoundError: there is no such column.
        ColumnTypeError: a column holds no numbers.
        NotFiniteError: a cell is infinite.

    >>> table = means({"score": [1.0, 2.0, 6.0], "city": ["a", "a", "b"]}, group="city", resamples=0)
    >>> table["group"], table["mean"].tolist()
    (['a', 'b'], [1.5, 6.0])
    """
    wanted = None if columns is None else [*columns, *([] if group is None else [group])]
    with table_of(data, wanted) as table, lent(progress) as host:
        made = struct(
            "custval_means_options",
            host=host,
            columns=None if columns is None else texts(columns),
            count=0 if columns is None else len(columns),
            group=group,
            resamples=resamples,
            seed=seed,
            level=level,
            few=few,
            top=top,
            has_top=int(top is not None),
        )
        return Table._made("custval_means", table._handle, ctypes.byref(made))
