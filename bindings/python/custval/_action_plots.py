"""Pictures of satisfaction, groups, migration, scenarios and programmes; custval.plot shows them."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from . import _declarations as d
from ._axes import (
    BENEFIT,
    NEUTRAL,
    PALE,
    SACRIFICE,
    SMALL,
    axes_of,
    legend_letters,
    letters_for,
    name_points,
    quadrants,
    without_frame,
    wrapped,
)
from ._frames import table_of
from ._handle import expected
from .groups import Groups
from .migration import Migration
from .scenario import Effect, Path
from .table import Table

__all__ = ["due", "flows", "groups", "kano", "migration", "penalty_reward", "price_path", "scenario", "zones"]

_GAIN = "#92c5de"
_LOSS = "#f4a582"


def _rows_named(ax: Any, names: Sequence[str]) -> None:
    """Rows of bars, the first one on top."""
    words = [wrapped(name, 30) for name in names]
    ax.set_yticks(range(len(words)), words, **letters_for(words))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(words) - 0.4, -0.6)
    without_frame(ax)


def _legend_above(ax: Any, columns: int) -> None:
    ax.legend(
        frameon=False, fontsize=SMALL, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=columns, borderaxespad=0.2
    )


def _number(value: float) -> str:
    return f"{value:,.4g}".replace("-", "\N{MINUS SIGN}")


# --- Satisfaction


def kano(evaluated: Any, *, labels: Mapping[str, str] | None = None, ax: Any = None) -> Any:
    """Features by how much having them pleases and lacking them harms (Berger et al. 1993).

    Args:
        evaluated: from satisfaction.kano().
        labels: what to write in place of the features' names.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: no feature has answers that count.
    """
    with table_of(evaluated) as table:
        found = list(zip(table["feature"], table["better"], table["worse"]))
    known = [(name, better, -worse) for name, better, worse in found if math.isfinite(better + worse)]
    if not known:
        raise ValueError("no feature has answers that count")
    names, y, x = zip(*known)
    ax = axes_of(ax, 6.0, 5.0)
    ax.scatter(x, y, s=28, color=BENEFIT, zorder=3)
    ax.set_xlim(-0.04, 1.04)
    ax.set_ylim(-0.04, 1.04)
    ax.set_xlabel("worse: how much lacking it harms")
    ax.set_ylabel("better: how much having it pleases")
    without_frame(ax)
    written = quadrants(ax, (0.5, 0.5), ("attractive", "one-dimensional", "indifferent", "must-be"))
    name_points(ax, [(labels or {}).get(name, name) for name in names], x, y, written)
    return ax


def penalty_reward(contrasts: Any, *, labels: Mapping[str, str] | None = None, ax: Any = None) -> Any:
    """What poor and what good answers do to satisfaction, the widest range on top.

    Args:
        contrasts: from satisfaction.penalty_reward().
        labels: what to write in place of the indicators' names.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.
    """
    with table_of(contrasts) as table:
        columns = [list(table[name]) for name in ("indicator", "penalty", "reward", "factor")]
    rows = sorted(zip(*columns), key=lambda row: row[1] - row[2])
    ax = axes_of(ax, 7.0, max(2.0, 0.42 * len(rows) + 1.2))
    ax.barh(range(len(rows)), [row[1] for row in rows], height=0.7, color=SACRIFICE, label="answers are low")
    ax.barh(range(len(rows)), [row[2] for row in rows], height=0.7, color=BENEFIT, label="answers are high")
    ax.axvline(0.0, color=NEUTRAL, linewidth=0.8)
    right = ax.get_yaxis_transform()
    for place, row in enumerate(rows):
        ax.text(1.02, place, row[3], transform=right, va="center", fontsize=SMALL, color=NEUTRAL, style="italic")
    _rows_named(ax, [(labels or {}).get(row[0], row[0]) for row in rows])
    ax.set_xlabel("change of satisfaction")
    _legend_above(ax, 2)
    return ax


def zones(tolerated: Any, *, labels: Mapping[str, str] | None = None, ax: Any = None) -> Any:
    """The share of customers below, within and above their zone of tolerance, by indicator, the worst on top.

    Args:
        tolerated: from satisfaction.tolerance(). Customers without a zone are left out.
        labels: what to write in place of the indicators' ids.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: no customer has a zone.
    """
    with table_of(tolerated) as table:
        found = {name[: -len(".zone")]: list(table[name]) for name in table.columns if name.endswith(".zone")}
    kinds = {
        "below adequate": (d.CUSTVAL_ZONE_BELOW, SACRIFICE),
        "within the zone": (d.CUSTVAL_ZONE_WITHIN, PALE),
        "above desired": (d.CUSTVAL_ZONE_ABOVE, BENEFIT),
    }
    counts = {name: [cells.count(kind) for kind, _ in kinds.values()] for name, cells in found.items()}
    shares = {name: [count / sum(row) for count in row] for name, row in counts.items() if sum(row) > 0}
    if not shares:
        raise ValueError("no customer has a zone")
    order = sorted(shares, key=lambda name: (-shares[name][0], shares[name][2]))
    ax = axes_of(ax, 7.0, max(2.0, 0.42 * len(order) + 1.2))
    left = [0.0] * len(order)
    for place, (word, (_, colour)) in enumerate(kinds.items()):
        widths = [shares[name][place] for name in order]
        ax.barh(range(len(order)), widths, left=left, height=0.75, color=colour, label=word)
        left = [start + width for start, width in zip(left, widths)]
    _rows_named(ax, [(labels or {}).get(name, name) for name in order])
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("share of customers")
    _legend_above(ax, 3)
    return ax


# --- Groups


def groups(
    rule: Groups,
    data: Any,
    *,
    measures: tuple[str, str] | None = None,
    language: str = "en",
    logarithmic: bool = False,
    ax: Any = None,
) -> Any:
    """Customers by two measures, with the cuts and the group of each.

    Args:
        rule: the groups.
        data: a frame as for Groups.assign().
        measures: ids of the measures to the right and upwards; None: the last one and the first one of two.
        language: of the groups' names.
        logarithmic: both scales; what is not above 0 is not drawn.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there are no two measures of these ids.
    """
    columns = expected(Groups, rule).measures
    across, up = measures or (*reversed(list(columns)[:2]), "", "")[:2]
    if not {across, up} <= set(columns) or across == up:
        raise ValueError(f"two of the measures are needed; they are {', '.join(columns)}")
    with table_of(data, list(columns.values())) as table:
        fixed = rule.fix(table)
        group = list(fixed.assign(table)["group"])
        x, y = (list(table[columns[name]]) for name in (across, up))
    cuts = {measure["id"]: measure["cuts"] for measure in json.loads(fixed.dumps())["measures"]}
    ax = axes_of(ax, 8.0, 5.0)
    for place, name in enumerate(rule.ids):
        rows = [row for row, own in enumerate(group) if own == name]
        word = f"{rule.label(name, language)} (n = {len(rows)})"
        ax.scatter(
            [x[row] for row in rows], [y[row] for row in rows], s=10, alpha=0.6, label=word, color=f"C{place % 10}"
        )
    for cut in cuts[across]:
        ax.axvline(cut, color=NEUTRAL, linewidth=0.9)
    for cut in cuts[up]:
        ax.axhline(cut, color=NEUTRAL, linewidth=0.9)
    if logarithmic:
        ax.set_xscale("log")
        ax.set_yscale("log")
    ax.set_xlabel(across)
    ax.set_ylabel(up)
    without_frame(ax)
    letters = legend_letters(ax.get_legend_handles_labels()[1])
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), prop=letters)
    return ax


# --- Migration


def migration(moved: Migration, step: int | None = None, *, probabilities: bool = True, ax: Any = None) -> Any:
    """Who went from each state to each, the highest state on top.

    Args:
        moved: the migration.
        step: from 0; None: all together.
        probabilities: shares of those in the state before; False: numbers of customers.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        StateError: there is no step yet, or no customer was in a state.
    """
    states = expected(Migration, moved).states
    matrix = moved.matrix(step, probabilities=probabilities)
    order = [*reversed(range(len(states) - 1)), len(states) - 1]  # the absent state is the lowest
    cells = [[matrix[f"to_{states[k]}"][i] for k in order] for i in order]
    names = [wrapped(states[i], 14) for i in order]
    size = 0.9 * len(states) + 1.6
    ax = axes_of(ax, max(4.5, size + 0.8), max(3.2, 0.75 * size))
    highest = 1.0 if probabilities else max(map(max, cells)) or 1.0
    mesh = ax.imshow(cells, cmap="Blues", vmin=0.0, vmax=highest, aspect="auto")
    ax.get_figure().colorbar(mesh, ax=ax, label="probability" if probabilities else "customers")
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            colour = "white" if cell > 0.6 * highest else "black"
            words = f"{cell:.2f}" if probabilities else f"{cell:,.0f}"
            ax.text(column, row, words, ha="center", va="center", fontsize=SMALL, color=colour)
    ax.set_xticks(range(len(names)), names, **letters_for(names))
    ax.set_yticks(range(len(names)), names, **letters_for(names))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_xlabel("to")
    ax.set_ylabel("from")
    return ax


_INFLOWS = {
    "upgraded_in": ("from a lower state", BENEFIT),
    "downgraded_in": ("from a higher state", _LOSS),
    "returned": ("returned", _GAIN),
    "newcomers": ("new", NEUTRAL),
    "unknown_in": ("not known", PALE),
}
_OUTFLOWS = {
    "upgraded": ("to a higher state", BENEFIT),
    "downgraded": ("to a lower state", _LOSS),
    "lost": ("lost", SACRIFICE),
    "unknown": ("not known", PALE),
}


def flows(moved: Migration, step: int | None = None, *, ax: Any = None) -> Any:
    """Who came into each state (to the right) and left it (to the left), the highest state on top; a dot for the net.

    Args:
        moved: the migration.
        step: from 0; None: all together.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        StateError: there is no step yet.
    """
    table = expected(Migration, moved).flows(step)
    count = len(moved.states) - 1  # without the absent state, and the row of all
    order = list(reversed(range(count)))
    ax = axes_of(ax, 8.0, max(2.4, 0.55 * count + 1.4))
    for kinds, sign in ((_INFLOWS, 1.0), (_OUTFLOWS, -1.0)):
        left = [0.0] * count
        for name, (word, colour) in kinds.items():
            widths = [sign * table[name][i] for i in order]
            if not any(widths):
                continue
            ax.barh(range(count), widths, left=left, height=0.7, color=colour, label=word)
            left = [start + width for start, width in zip(left, widths)]
    ax.plot([table["net"][i] for i in order], range(count), "o", color="white", markeredgecolor="black", label="net")
    ax.axvline(0.0, color=NEUTRAL, linewidth=0.8)
    _rows_named(ax, [moved.states[i] for i in order])
    ax.set_xlabel("customers who left (below 0) and came (above 0)")
    handles, words = ax.get_legend_handles_labels()
    drawn = dict(zip(words, handles))  # a word that both sides have is there once
    ax.legend(drawn.values(), drawn.keys(), frameon=False, fontsize=SMALL, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return ax


# --- Scenarios


def _periods(ax: Any, periods: Table, *, shaded: bool) -> None:
    """The axis of periods; shaded are those in which a plan is at work, if it ends."""
    during = [period for period, phase in zip(periods["period"], periods["phase"]) if phase == "during"]
    if shaded and during and "after" in periods["phase"]:
        ax.axvspan(during[0] - 0.5, during[-1] + 0.5, color=PALE, alpha=0.25, linewidth=0, zorder=0)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.locator_params(axis="x", integer=True)
    ax.set_xlabel("period")
    without_frame(ax)


def price_path(path: Path, *, ax: Any = None) -> Any:
    """The price of a promotion and the price that customers have in mind: gains first, losses when it ends.

    Args:
        path: from Scenario.path() of a promotion with a reference price.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: the plan has no reference price.
    """
    periods = path.periods
    if "reference" not in periods:
        raise ValueError("the plan has no reference price")
    when, price, reference = (list(periods[name]) for name in ("period", "price", "reference"))
    ax = axes_of(ax, 7.0, 4.0)
    ax.bar(when, [p - r for p, r in zip(price, reference)], bottom=reference, width=0.55, alpha=0.8,
           color=[_LOSS if p > r else _GAIN for p, r in zip(price, reference)])  # fmt: skip
    ax.plot(when, price, color=NEUTRAL, marker="o", markersize=4, label="price")
    ax.plot(when, reference, color=BENEFIT, marker="s", markersize=4, linestyle="--", label="reference price")
    _periods(ax, periods, shaded=True)
    ax.set_ylim(0.0, 1.08 * max(*price, *reference))
    ax.set_ylabel("price")
    _legend_above(ax, 2)
    return ax


def scenario(effects: Effect | Mapping[str, Effect], column: str = "value", *, ax: Any = None) -> Any:
    """What plans do, period by period, beside what was before.

    Args:
        effects: from Scenario.run(): one, or several by name. The time of a plan that ends is shaded if it is alone.
        column: of Effect.periods, e.g. "value", "units", "profit" or "choice".
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there is no effect, or no such column.
    """
    named = {"": effects} if isinstance(effects, Effect) else dict(effects)
    if not named:
        raise ValueError("there is no effect")
    ax = axes_of(ax, 7.0, 4.0)
    longest = max((effect.periods for effect in named.values()), key=len)
    _periods(ax, longest, shaded=len(named) == 1)
    for name, effect in named.items():
        if column not in effect.periods:
            raise ValueError(f"the periods have no column {column!r}; they have {', '.join(effect.periods.columns)}")
        line = list(effect.periods[column])
        (drawn,) = ax.plot(list(effect.periods["period"]), line, marker="o", markersize=4, label=name or None)
        ax.axhline(line[0], color=drawn.get_color(), linewidth=0.8, linestyle=":")
    ax.margins(y=0.12)
    ax.set_ylabel("mean value" if column == "value" else column)
    if len(named) > 1:
        ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), prop=legend_letters(named))
    return ax


# --- Programmes


def due(needs: Any, names: Sequence[Any] | None = None, *, most: int = 20, ax: Any = None) -> Any:
    """The due list: who needs more first, in how many days, and how much.

    Args:
        needs: from programmes.next_need(). Who has no date is left out.
        names: of all customers, by their rows; None: the numbers of the rows.
        most: so many, the earliest first.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: nobody needs anything.
    """
    with table_of(needs) as table:
        columns = {name: list(table[name]) for name in ("row", "days", "quantity")}
        dates = list(table["date"]) if "date" in table else [None] * len(table)
    rows = [row for row in zip(*columns.values(), dates) if math.isfinite(row[1])][:most]
    if not rows:
        raise ValueError("nobody needs anything")
    ax = axes_of(ax, 7.0, max(2.0, 0.36 * len(rows) + 1.0))
    days = [row[1] for row in rows]
    ax.barh(range(len(rows)), days, height=0.65, color=[SACRIFICE if day < 0.0 else BENEFIT for day in days])
    for place, (_, day, quantity, date) in enumerate(rows):
        words = [] if date is None else [str(date)]
        words += [_number(quantity)] if math.isfinite(quantity) else []
        ax.annotate(
            ": ".join(words), (max(day, 0.0), place), (4, 0), textcoords="offset points", va="center", fontsize=SMALL
        )
    ax.axvline(0.0, color=NEUTRAL, linewidth=0.8)
    _rows_named(ax, [str(row[0] if names is None else names[int(row[0])]) for row in rows])
    low, high = min(0.0, *days), max(0.0, *days)
    ax.set_xlim(low - 0.03 * (high - low), high + 0.3 * (high - low))  # dates stand on the right
    ax.set_xlabel("days from today; below 0: late")
    return ax
