"""Pictures, with matplotlib: each function draws into `ax` (new axes, if none are given) and returns it."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._action_plots import due, flows, groups, kano, migration, penalty_reward, price_path, scenario, zones
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
from ._columns import library_of
from ._frames import table_of
from ._lifetime_plots import alive_path, calibration, frequency_recency, tracking, whale_curve
from .system import System
from .table import Table

__all__ = [
    "acceptability",
    "alive_path",
    "calibration",
    "distribution",
    "due",
    "flows",
    "frequency_recency",
    "groups",
    "importance_performance",
    "kano",
    "levers",
    "migration",
    "penalty_reward",
    "price_path",
    "scenario",
    "tracking",
    "tree",
    "value_map",
    "waterfall",
    "whale_curve",
    "zones",
]

_COLOURS = {"benefit": BENEFIT, "sacrifice": SACRIFICE}
_LEVELS = ("value", "side", "dimension", "indicator", "item")


def _offers(names: Sequence[Any] | None, data: Any, rows: int) -> list[str]:
    """What offers are called: as told, as a pandas index says, or by their numbers."""
    if names is None:
        names = data.index if library_of(data) == "pandas" else range(rows)
    if len(names) != rows:
        raise ValueError(f"there are {len(names)} names, but {rows} offers")
    return [str(name) for name in names]


# --- Systems ----------------------------------------------------------------------------------------------------------


class _Box:
    """A node of a drawn tree, in inches."""

    def __init__(self, node: Any, text: str, depth: int, share: float, overall: float) -> None:
        self.node, self.text, self.depth, self.share, self.overall = node, text, depth, share, overall
        self.children: list[_Box] = []
        self.x = self.y = self.width = self.height = 0.0


def _boxes(system: System, language: str, items: bool, profile: str | None) -> list[_Box]:
    shares = system.weights(profile)
    boxes: dict[str, _Box] = {}
    for node in system.nodes:
        if node.kind == "derived" or (node.kind == "item" and not items):
            continue
        above = boxes.get(node.parent or "")
        # Sides that are subtracted from each other have no shares: each is whole.
        share = 1.0 if node.kind == "side" and node.global_weight == 1.0 else shares[node.id]
        overall = share * (above.overall if above is not None else 1.0)
        text = wrapped(system.label(node.id, language), 24)
        boxes[node.id] = _Box(node, text, 0 if above is None else above.depth + 1, share, overall)
        if above is not None:
            above.children.append(boxes[node.id])
    return list(boxes.values())


def _place(boxes: list[_Box], gap: float) -> tuple[float, float]:
    """Puts leaves one below the other and parents beside their children; width and height of the whole."""
    left = 0.0
    for depth in range(max(box.depth for box in boxes) + 1):
        column = [box for box in boxes if box.depth == depth]
        for box in column:
            box.x = left
        left += max(box.width for box in column) + gap
    down = 0.0
    for box in boxes:
        if not box.children:
            box.y = -down - box.height / 2
            down += box.height + 0.12
    for box in reversed(boxes):  # children stand behind their parent
        if box.children:
            box.y = (box.children[0].y + box.children[-1].y) / 2
    return left - gap, down - 0.12


def tree(
    system: System, *, language: str = "en", items: bool = False, profile: str | None = None, ax: Any = None
) -> Any:
    """The tree with the share of each node among its siblings; the thicker a line, the heavier the node in its side.

    Args:
        system: the system.
        language: of the labels.
        items: draw the items as well.
        profile: draw the weights of this profile; None: the base weights.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.
    """
    boxes = _boxes(system, language, items, profile)
    gap, own = 0.85, ax is None  # inches
    ax = axes_of(ax)
    figure = ax.get_figure()
    figure.draw_without_rendering()
    letters = letters_for(box.text for box in boxes)
    for box in boxes:  # how large the texts are decides where they stand
        shown = ax.text(0, 0, box.text, fontsize=SMALL, **letters)
        size = shown.get_window_extent()
        shown.remove()
        box.width, box.height = size.width / figure.dpi + 0.16, size.height / figure.dpi + 0.16
    width, height = _place(boxes, gap)
    factor = 1.0
    if own:
        figure.set_size_inches(width + 0.3, height + 0.3)
    else:
        room = ax.get_window_extent()
        factor = min(1.0, room.width / figure.dpi / (width + 0.1), room.height / figure.dpi / (height + 0.1))
    for box in boxes:
        _draw_box(ax, box, SMALL * factor, letters)
    ax.set_xlim(-0.05, width + 0.05)
    ax.set_ylim(-height - 0.05, 0.05)
    ax.set_axis_off()
    return ax


def _draw_box(ax: Any, box: _Box, size: float, letters: Mapping[str, Any]) -> None:
    from matplotlib.patches import FancyBboxPatch, PathPatch
    from matplotlib.path import Path

    for child in box.children:
        colour = _COLOURS.get(child.node.side, NEUTRAL)
        start, end = (box.x + box.width, box.y), (child.x, child.y)
        middle = (start[0] + end[0]) / 2
        curve = Path([start, (middle, start[1]), (middle, end[1]), end], [Path.MOVETO, *[Path.CURVE4] * 3])
        ax.add_patch(
            PathPatch(curve, fill=False, edgecolor=colour, alpha=0.45, linewidth=1 + 6 * child.overall, zorder=1)
        )
        if child.node.kind != "side" or child.share < 1:
            ax.text(end[0] - 0.06, end[1], f"{100 * child.share:.3g} %", ha="right", va="center", fontsize=size * 0.85,
                    color=colour, zorder=2, bbox={"pad": 0.8, "facecolor": "white", "edgecolor": "none"})  # fmt: skip
    colour = _COLOURS.get(box.node.side, NEUTRAL)
    corner = (box.x + 0.04, box.y - box.height / 2 + 0.04)
    style: dict[str, Any] = {"boxstyle": "round,pad=0.04", "facecolor": "white", "edgecolor": colour, "zorder": 3}
    ax.add_patch(FancyBboxPatch(corner, box.width - 0.08, box.height - 0.08, **style))
    ax.text(box.x + box.width / 2, box.y, box.text, ha="center", va="center", fontsize=size, zorder=4, **letters)


# --- One customer -----------------------------------------------------------------------------------------------------


def _steps(explanation: Table, kind: str) -> list[dict[str, Any]]:
    """Rows that add up to the value: nodes of the kind, reliefs and overrides above them, gates, rounding."""
    if kind not in _LEVELS:
        raise ValueError(f"{kind!r} is no kind of nodes; the kinds are {', '.join(_LEVELS)}")
    rows = list(explanation.rows())
    kinds = {row["node"]: row["kind"] for row in rows if row["kind"] in _LEVELS}
    chosen = []
    for row in rows:
        of_node = row["kind"] in ("relief", "override")
        above = not of_node or _LEVELS.index(kinds[row["node"]]) < _LEVELS.index(kind)
        if row["contribution"] is not None and (row["kind"] == kind or (row["kind"] not in _LEVELS and above)):
            chosen.append(row)
    return chosen


def waterfall(explanation: Table, *, kind: str = "indicator", ax: Any = None) -> Any:
    """How the value of one customer builds up: what each node of a kind adds or takes away, and steps such as gates.

    Args:
        explanation: from System.explain(); its language is that of the labels.
        kind: "side", "dimension", "indicator" or "item".
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: the row has no value.
    """
    total = next(explanation.rows())
    if total["contribution"] is None:
        raise ValueError(f"this row has no value: {total['note']}")
    steps = [row for row in _steps(explanation, kind) if row["kind"] != "rounding"]  # a few ulps: nothing to see
    names = [wrapped(row["label"] or row["node"], 30) for row in [*steps, total]]
    for place, row in enumerate(steps):
        if row["kind"] in ("gate", "relief", "override"):
            names[place] = f"{row['kind']}: {names[place]}"
    logarithmic = total["unit"] == "log"
    digits = 2 if logarithmic else 1
    ax = axes_of(ax, 8.0, max(2.5, 0.42 * (len(steps) + 2)))
    level = 0.0
    reached = [0.0, total["contribution"]]
    for place, row in enumerate(steps):
        amount = row["contribution"]
        ax.barh(place, amount, left=level, height=0.7, color=BENEFIT if amount >= 0 else SACRIFICE)
        ax.plot([level + amount] * 2, [place - 0.35, place + 1.35], color=PALE, linewidth=0.8, zorder=0)
        _beside(ax, max(level, level + amount), place, f"{amount:+.{digits}f}")
        level += amount
        reached.append(level)
    ax.barh(len(steps), total["contribution"], height=0.7, color=NEUTRAL)
    _beside(ax, max(total["contribution"], 0.0), len(steps), f"{total['contribution']:.{digits}f}")
    ax.set_yticks(range(len(names)), names, **letters_for(names))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(steps) + 0.6, -0.6)
    ax.axvline(0.0, color=NEUTRAL, linewidth=0.8, zorder=0.5)
    wide = max(reached) - min(reached) or 1.0
    ax.set_xlim(min(reached) - 0.03 * wide, max(reached) + 0.12 * wide)  # numbers stand on the right
    ax.set_xlabel("logarithm of the value" if logarithmic else "points of value")
    without_frame(ax)
    ax.spines["left"].set_visible(False)
    return ax


def _beside(ax: Any, x: float, y: float, words: str) -> None:
    ax.annotate(
        words.replace("-", "\N{MINUS SIGN}"), (x, y), (4, 0), textcoords="offset points", va="center", fontsize=SMALL
    )


# --- Many customers ---------------------------------------------------------------------------------------------------


def importance_performance(
    importance: Mapping[str, float],
    performance: Mapping[str, float],
    *,
    labels: Mapping[str, str] | None = None,
    cuts: tuple[float, float] | None = None,
    ax: Any = None,
) -> Any:
    """Importance against performance (Martilla & James 1977): four quadrants.

    Args:
        importance: of each node or column, e.g. Weights.
        performance: its mean score, more being better: of a sacrifice, 100 - score. Names without both are left out.
        labels: what to write in place of the names.
        cuts: (performance, importance) where the quadrants meet; None: at the means.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: the two name nothing in common.
    """
    both = [(name, float(importance[name]), float(performance[name])) for name in importance if name in performance]
    both = [point for point in both if math.isfinite(point[1]) and math.isfinite(point[2])]
    if not both:
        raise ValueError("importance and performance name nothing in common")
    names, y, x = zip(*both)
    cut_x, cut_y = cuts if cuts is not None else (statistics.fmean(x), statistics.fmean(y))
    ax = axes_of(ax)
    ax.scatter(x, y, s=28, color=[SACRIFICE if a < cut_x and b >= cut_y else BENEFIT for a, b in zip(x, y)], zorder=3)
    ax.margins(0.2)
    ax.set_xlabel("performance")
    ax.set_ylabel("importance")
    without_frame(ax)
    written = quadrants(ax, (cut_x, cut_y), ("concentrate here", "keep up", "low priority", "possible overkill"))
    name_points(ax, [(labels or {}).get(name, name) for name in names], x, y, written)
    return ax


def levers(answer: Table, *, ax: Any = None) -> Any:
    """What a point of each node is worth, with its interval; where costs are stated, they stand as a mark.

    Args:
        answer: `levers` of Impact.run(); the language of its labels is that of the run.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there are no levers.
    """
    rows = sorted(answer.rows(), key=lambda row: row["gain"])
    if not rows:
        raise ValueError("there are no levers to draw")
    names = [wrapped(row["label"] or row["node"], 30) for row in rows]
    ax = axes_of(ax, 8.0, max(2.5, 0.42 * (len(rows) + 2)))
    ax.axvline(0.0, color=NEUTRAL, linewidth=0.8, zorder=0.5)
    for place, row in enumerate(rows):
        is_loss = row["cost"] is not None and row["gain"] < row["cost"]
        ax.barh(place, row["gain"], height=0.6, color=SACRIFICE if is_loss else BENEFIT)
        if row["low"] is not None:
            ax.plot([row["low"], row["high"]], [place, place], color=NEUTRAL, linewidth=1.5, solid_capstyle="butt")
        if row["cost"] is not None:
            ax.plot([row["cost"]] * 2, [place - 0.4, place + 0.4], color="black", linewidth=2)
    ax.set_yticks(range(len(names)), names, **letters_for(names))
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("worth of a move, with its interval" + (" (|: its cost)" if any(r["cost"] for r in rows) else ""))
    without_frame(ax)
    ax.spines["left"].set_visible(False)
    return ax


def value_map(comparison: Any, names: Sequence[Any] | None = None, *, ax: Any = None) -> Any:
    """Relative quality of offers against relative price (Gale 1994); above the line a customer gets more than paid for.

    Args:
        comparison: from System.compare() with price=. Offers without a quality or price are left out.
        names: of the offers; None: the index of a pandas frame, else their numbers, from 0 on. Where
            points crowd, not every name is written.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: the comparison has no prices, or no offer has both a quality and a price.
    """
    with table_of(comparison) as table:
        if "price_ratio" not in table:
            raise ValueError("the comparison has no prices: call System.compare() with price=")
        quality, price = table["quality_ratio"].tolist(), table["price_ratio"].tolist()
    shown = _offers(names, comparison, len(price))
    known = [place for place in range(len(price)) if math.isfinite(price[place] + quality[place])]
    if not known:
        raise ValueError("no offer has both a quality and a price")
    x, y = [price[place] for place in known], [quality[place] for place in known]
    ax = axes_of(ax, 6.0, 5.0)
    ax.scatter(x, y, s=28, color=[BENEFIT if up >= across else SACRIFICE for across, up in zip(x, y)], zorder=3)
    across, up = (1.15 * max(0.05, *(abs(number - 1.0) for number in numbers)) for numbers in (x, y))
    ax.axline((1.0, 1.0), slope=1.0, color=NEUTRAL, linewidth=1, linestyle="--", zorder=1)
    ax.set_xlim(1 - across, 1 + across)  # the average offer is in the middle
    ax.set_ylim(1 - up, 1 + up)
    ax.set_xlabel("relative price (1: that of the others)")
    ax.set_ylabel("relative quality (1: that of the others)")
    without_frame(ax)
    style = {"transform": ax.transAxes, "color": NEUTRAL, "style": "italic", "fontsize": SMALL}
    written = [
        ax.text(0.01, 0.98, "better value", ha="left", va="top", **style),
        ax.text(0.99, 0.02, "worse value", ha="right", va="bottom", **style),
    ]
    name_points(ax, [shown[place] for place in known], x, y, written)
    return ax


_MOST_CURVES = 5  # more distributions than these cannot be told apart on top of each other


def distribution(
    scores: Any, groups: Iterable[Any] | None = None, *, column: str = "value", bins: int = 20, ax: Any = None
) -> Any:
    """How scores are distributed, by group if groups are given; rows without a score are left out.

    Args:
        scores: from System.score().
        groups: one per row. Up to five are drawn as shares of their group, one over the other; more, as lines from the
            5 % to the 95 % quantile (thick: the middle half; dot: the median). None: one distribution.
        column: of the scores.
        bins: bars from the least to the greatest score.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: no row has a score, or there is not one group per row.
    """
    with table_of(scores, [column]) as table:
        numbers = table[column].tolist()
    kinds = [None] * len(numbers) if groups is None else list(groups)
    if len(kinds) != len(numbers):
        raise ValueError(f"there are {len(kinds)} groups, but {len(numbers)} rows")
    parts: dict[Any, list[float]] = {}
    for number, kind in zip(numbers, kinds):
        if math.isfinite(number):
            nothing = isinstance(kind, float) and math.isnan(kind)
            parts.setdefault(None if nothing else kind, []).append(number)
    if not parts:
        raise ValueError(f'no row has a number in column "{column}"')
    if all(isinstance(kind, (int, float)) for kind in parts):
        parts = dict(sorted(parts.items()))
    names = [f"{'not given' if kind is None else kind} (n = {len(part)})" for kind, part in parts.items()]
    many = len(parts) > _MOST_CURVES
    ax = axes_of(ax, 7.0, max(2.0, 0.35 * len(parts) + 0.8) if many else 4.5)
    if many:
        _quantile_lines(ax, names, list(parts.values()))
        ax.set_xlabel(column)
    else:
        _histograms(ax, names if groups is not None else None, list(parts.values()), bins)
        ax.set_xlabel(f"{column} (n = {sum(map(len, parts.values()))})" if groups is None else column)
        ax.set_ylabel("customers" if groups is None else "share of the group")
    without_frame(ax)
    return ax


def _histograms(ax: Any, names: list[str] | None, parts: list[list[float]], bins: int) -> None:
    known = [number for part in parts for number in part]
    ends = (min(known), max(known))
    if names is None:
        ax.hist(known, bins=bins, range=ends, color=BENEFIT, edgecolor="white", linewidth=0.5)
        return
    for name, part in zip(names, parts):
        share = [1 / len(part)] * len(part)
        filled = ax.hist(part, bins=bins, range=ends, weights=share, histtype="stepfilled", alpha=0.2)
        ax.hist(part, bins=bins, range=ends, weights=share, histtype="step", label=name, linewidth=1.5,
                color=filled[2][0].get_facecolor()[:3])  # fmt: skip
    ax.margins(y=0.15)
    ax.legend(frameon=False, loc="upper left", prop=legend_letters(names))


def _quantile_lines(ax: Any, names: list[str], parts: list[list[float]]) -> None:
    for place, part in enumerate(parts):
        cuts = statistics.quantiles(part, n=20, method="inclusive") if len(part) > 1 else part * 19
        ax.plot([cuts[0], cuts[18]], [place, place], color=BENEFIT, linewidth=1)
        ax.plot([cuts[4], cuts[14]], [place, place], color=BENEFIT, linewidth=5, alpha=0.6, solid_capstyle="butt")
        ax.plot(cuts[9], place, "o", color="white", markeredgecolor=BENEFIT, markersize=6)
    ax.set_yticks(range(len(names)), names, fontsize=SMALL, **letters_for(names))
    ax.set_ylim(len(names) - 0.4, -0.6)


# --- Uncertainty ------------------------------------------------------------------------------------------------------

_MOST_COLOURS = 10  # ranks in the legend


def acceptability(ranks: Any, names: Sequence[Any] | None = None, *, ax: Any = None) -> Any:
    """Rank acceptability: the share of draws in which each offer has each rank, the best offer on top.

    Args:
        ranks: from uncertainty.ranks() with ranks=. What an offer lacks to 1 are lower ranks.
        names: of the offers; None: the index of a pandas frame, else their numbers, from 0 on.
        ax: matplotlib.axes.Axes to draw into; None: new ones.

    Returns:
        The axes.

    Raises:
        ValueError: there are no shares of ranks, or not one name per offer.
    """
    with table_of(ranks) as table:
        columns = [name for name in table.columns if name.startswith("rank_") and name[5:].isdigit()]
        if not columns:
            raise ValueError("there is no acceptability: call uncertainty.ranks() with ranks=")
        shares = [table[name].tolist() for name in columns]
        mean = table["mean_rank"].tolist()
    shown = _offers(names, ranks, len(mean))
    order = sorted(range(len(mean)), key=lambda row: (math.isnan(mean[row]), mean[row]))
    ax = axes_of(ax, 7.0, max(2.0, 0.32 * len(order) + 1.0))
    from matplotlib import colormaps

    colours = colormaps["viridis"]
    left = [0.0] * len(order)
    for place, share in enumerate(shares):
        widths = [0.0 if math.isnan(share[row]) else share[row] for row in order]
        ax.barh(range(len(order)), widths, left=left, height=0.8, label=f"rank {place + 1}",
                color=colours(place / max(1, len(shares) - 1)))  # fmt: skip
        left = [start + width for start, width in zip(left, widths)]
    for place, row in enumerate(order):
        if math.isnan(mean[row]):
            ax.text(0.01, place, "no value", va="center", fontsize=SMALL, color=NEUTRAL, style="italic")
    labels = [wrapped(shown[row], 30) for row in order]
    ax.set_yticks(range(len(order)), labels, **letters_for(labels))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.set_xlim(0.0, 1.0)
    ax.set_xlabel("share of draws")
    bars, words = ax.get_legend_handles_labels()
    step = -(-len(bars) // _MOST_COLOURS)
    ax.legend(bars[::step], words[::step], frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=SMALL)
    without_frame(ax)
    return ax
