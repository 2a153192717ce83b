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
    """Weights that might as well be true: one row per draw, one column per node or criterion.

    Args:
        about: a System, whose groups of siblings are drawn, or Weights.
        noise: "dirichlet" (around the weights; more concentration, less noise), "relative" (each times a factor of
            1 - spread to 1 + spread), or "any" (nothing is known).
        seed: the same seed gives the same draws, for any number of threads, on any machine.
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
    """Weights by AHP from judgements with noise: each times exp(spread x z), z standard normal; last column `cr`."""
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
    """Scores rows with every draw of weights: intervals of the value, mean rank, P(first), rank acceptability.

    Args:
        draws: of draw(), draw_judgements(), or any table with a column per node that is drawn.
        level: of the intervals.
        ranks: also the share of draws in which a row has rank 1 to this.
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
    """Which weights the uncertainty of a row's value (or of its lead over a rival) comes from: Sobol indices."""
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
    """The smallest change of one weight that changes the winner, node by node."""
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
    """Means of columns by group, with the errors that the number of customers leaves, and marks where there are few."""
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
