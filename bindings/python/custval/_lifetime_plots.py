"""Pictures of lifetimes and of how value is spread; custval.plot shows them."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from typing import Any

from ._axes import BENEFIT, NEUTRAL, PALE, SACRIFICE, SMALL, axes_of, without_frame
from ._frames import table_of
from ._handle import expected
from .lifetime import Lifetime
from .worth import Concentration

__all__ = ["alive_path", "calibration", "frequency_recency", "tracking", "whale_curve"]

_CELLS = 80  # of the scale of ages
_WORDS = {
    "alive": "P(alive)",
    "alive_later": "P(alive) after the horizon",
    "expected": "expected purchases",
    "none": "P(no purchase)",
}


def _time(what: str, lifetime: Lifetime | None = None, unit: str | None = None) -> str:
    """A label such as "age (weeks)"."""
    unit = unit or (lifetime.facts.unit if lifetime is not None else None)
    return f"{what} ({unit}s)" if unit else f"{what} (units of time)"


# --- Customers


def frequency_recency(
    lifetime: Lifetime,
    data: Any = None,
    *,
    age: float | None = None,
    most: int | None = None,
    output: str = "alive",
    horizon: float = 1.0,
    ax: Any = None,
) -> Any:
    """What a model says of customers of one age: by their repeat purchases, and by when the last one was.

    Args:
        lifetime: a model of purchases without covariates: "bgnbd", "mbgnbd", "pnbd" or "bgbb".
        data: a frame with the columns x and T, to take age and most from; None: both are given.
        age: T of the customers; None: the largest in the data.
        most: repeat purchases up to this; None: what 99 % of the customers in the data do not exceed.
        output: "alive", "alive_later", "expected" or "none", as in Lifetime.predict().
        horizon: units of time to look ahead.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there are neither data nor age and most, or there is no such output.
    """
    if output not in _WORDS:
        raise ValueError(f"{output!r} cannot be drawn; what can is {', '.join(_WORDS)}")
    if data is None and (age is None or most is None):
        raise ValueError("give data, or both age and most")
    if data is not None:
        with table_of(data, ["x", "T"]) as table:
            ages, repeats = list(table["T"]), sorted(table["x"])
        age = max(ages) if age is None else age
        most = max(1, int(repeats[math.ceil(0.99 * len(repeats)) - 1])) if most is None else most
    assert age is not None and most is not None
    whole = expected(Lifetime, lifetime).model == "bgbb"
    steps = int(age) if whole else _CELLS
    times = [place if whole else age * place / steps for place in range(1 if whole else 0, steps + 1)]
    cells = [(float(x), float(t)) for t in times for x in range(1, most + 1)]
    rows = {"x": [x for x, _ in cells], "t_x": [t for _, t in cells], "T": [float(age)] * len(cells)}
    found = lifetime.predict(rows, horizon=horizon, outputs=output)[output]
    values = [
        [math.nan if cell is None else cell for cell in found[start : start + most]]
        for start in range(0, len(found), most)
    ]
    ax = axes_of(ax, 7.0, 5.0)
    share = output != "expected"
    mesh = ax.pcolormesh(
        range(1, most + 1), times, values, cmap="viridis", shading="nearest", vmin=0.0, vmax=1.0 if share else None
    )
    ahead = f" in {horizon:g} {lifetime.facts.unit or 'unit'}{'s' if horizon != 1 else ''}" if output != "alive" else ""
    ax.get_figure().colorbar(mesh, ax=ax, label=_WORDS[output] + ahead)
    ax.locator_params(axis="x", integer=True)
    ax.set_xlabel("repeat purchases")
    ax.set_ylabel(_time("age at the last purchase", lifetime))
    ax.set_title(f"customers of age {age:.4g}", fontsize=SMALL + 1)
    return ax


def alive_path(lifetime: Lifetime, path: Any, *, ax: Any = None) -> Any:
    """P(alive) of one customer over time: it falls while nothing is bought, and recovers with a purchase.

    Of several purchases in one unit of time the last one is marked.

    Args:
        lifetime: a model of purchases.
        path: from History.path().
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.
    """
    with table_of(path) as table:
        alive = expected(Lifetime, lifetime).predict(table, outputs="alive")["alive"].tolist()
        ages, x, last = (list(table[name]) for name in ("T", "x", "t_x"))
    bought = [0.0] + [when for when, now, before in zip(last[1:], x[1:], x) if now > before]
    ax = axes_of(ax, 8.0, 3.5)
    for place, when in enumerate(bought):
        ax.axvline(when, color=PALE, linewidth=1, zorder=0, label="purchase" if place == 0 else None)
    ax.plot(ages, alive, color=BENEFIT, linewidth=1.8, label="P(alive)")
    ax.set_ylim(0.0, 1.05)
    ax.set_xlim(0.0, max(ages) or 1.0)
    ax.set_xlabel(_time("age", lifetime))
    ax.set_ylabel("P(alive)")
    ax.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.2)
    without_frame(ax)
    return ax


# --- Models


def tracking(
    tracked: Any,
    *,
    end: float | None = None,
    cumulative: bool = True,
    unit: str | None = None,
    ax: Any = None,
) -> Any:
    """Actual against expected repeat purchases, in the time of the fit and after it.

    Args:
        tracked: from Lifetime.track(), with a course that has `repeats`.
        end: when the fit ended, in units since the first customer came: the largest T of the customers; None: it is
            not marked.
        cumulative: all until then; False: those in each unit of time.
        unit: name of the unit of time, for the labels.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there are no actual purchases.
    """
    with table_of(tracked) as table:
        if "actual" not in table:
            raise ValueError("there are no actual purchases: give Lifetime.track() a course with `repeats`")
        elapsed, words = list(table["elapsed"]), ("actual", "expected")
        lines = {word: list(table[f"{word}_total" if cumulative else word]) for word in words}
    ax = axes_of(ax, 8.0, 4.5)
    ax.plot(elapsed, lines["actual"], color=NEUTRAL, linewidth=1.5, label="actual")
    ax.plot(elapsed, lines["expected"], color=BENEFIT, linewidth=1.8, linestyle=(0, (4, 1.5)), label="expected")
    highest = max(max(line) for line in lines.values())
    ax.set_ylim(0.0, 1.12 * highest if highest > 0 else 1.0)
    ax.set_xlim(0.0, max(elapsed))
    if end is not None:
        ax.axvline(end, color=SACRIFICE, linewidth=1, zorder=0)
        is_late = end > 0.6 * max(elapsed)  # the name stands left of the line then
        ax.annotate("end of the fit", (end, 1.0), (-4 if is_late else 4, -3), xycoords=("data", "axes fraction"),
                    textcoords="offset points", ha="right" if is_late else "left", va="top", color=SACRIFICE,
                    fontsize=SMALL)  # fmt: skip
    ax.set_xlabel(_time("time since the first customer", unit=unit))
    ax.set_ylabel("repeat purchases until then" if cumulative else f"repeat purchases in a {unit or 'unit of time'}")
    ax.legend(frameon=False, loc="lower right" if cumulative else "upper right")
    without_frame(ax)
    return ax


def calibration(judged: Any, *, holdout: bool = False, ax: Any = None) -> Any:
    """How many customers made so many repeat purchases, against what the model expects.

    Args:
        judged: from Lifetime.by_frequency().
        holdout: draw the mean purchases in the holdout instead, of customers by their repeat purchases before it.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there is no holdout.
    """
    with table_of(judged) as table:
        if holdout and "holdout_mean" not in table:
            raise ValueError("there is no holdout: give Lifetime.by_frequency() customers with one")
        names = ("holdout_mean", "holdout_expected") if holdout else ("customers", "expected_customers")
        actual, wanted = (list(table[name]) for name in names)
        groups = [f"{x:g}" for x in table["x"]]
    groups[-1] += "+"
    places = range(len(groups))
    ax = axes_of(ax)
    if holdout:
        ax.plot(places, actual, "o-", color=NEUTRAL, label="actual")
        ax.plot(places, wanted, "s--", color=BENEFIT, label="expected")
    else:
        ax.bar([place - 0.2 for place in places], actual, width=0.38, color=NEUTRAL, label="actual")
        ax.bar([place + 0.2 for place in places], wanted, width=0.38, color=BENEFIT, label="expected")
    ax.set_xticks(places, groups)
    ax.set_ylim(bottom=0.0)
    ax.set_xlabel("repeat purchases before the holdout" if holdout else "repeat purchases")
    ax.set_ylabel("mean purchases in the holdout" if holdout else "customers")
    ax.legend(frameon=False, loc="upper left" if holdout else "upper right")
    without_frame(ax)
    return ax


# --- Value


def whale_curve(spread: Any, *, ax: Any = None) -> Any:
    """How much of the value the best customers bring; beyond the peak, customers cost more than they bring.

    Args:
        spread: from worth.concentration(), or its curve.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.
    """
    curve = spread.curve if isinstance(spread, Concentration) else spread
    with table_of(curve) as table:
        customers, shares = list(table["customers"]), list(table["share"])
        is_share = not any(math.isnan(share) for share in shares)
        if not is_share:  # the sum is not above 0: there are no shares of it
            shares = list(table["cumulative"])
    factor = 100 if is_share else 1
    across, up = [0.0, *(100 * share for share in customers)], [0.0, *(factor * share for share in shares)]
    ax = axes_of(ax, 6.5, 4.5)
    ax.plot([0, 100], [0, up[-1]], color=PALE, linewidth=1, zorder=0)
    if min(up) < 0:
        ax.axhline(0, color=NEUTRAL, linewidth=0.8, zorder=0)
    ax.plot(across, up, color=BENEFIT, linewidth=2)
    top = max(range(len(up)), key=up.__getitem__)
    if is_share and 0 < top < len(up) - 1:
        ax.axhline(100, color=NEUTRAL, linewidth=0.8, linestyle=":", zorder=0)
        ax.plot(across[top], up[top], "o", color=SACRIFICE, markersize=6)
        side = "left" if across[top] < 35 else "right" if across[top] > 65 else "center"
        words = f"{up[top]:.0f} % of the value from {across[top]:.0f} % of the customers"
        ax.annotate(words, (across[top], up[top]), (0, 8), textcoords="offset points", ha=side, va="bottom",
                    color=SACRIFICE, fontsize=SMALL)  # fmt: skip
        ax.set_ylim(top=1.12 * up[top])
    ax.set_xlim(0, 100)
    ax.set_xlabel("customers, the best first (%)")
    ax.set_ylabel("share of the value (%)" if is_share else "value")
    without_frame(ax)
    return ax
