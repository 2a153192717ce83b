"""Pictures, with matplotlib: each function draws into an Axes (a new one, if none is given) and returns it."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._frames import table_of
from .system import Node, System
from .table import Table

_BENEFIT = "#2166ac"
_SACRIFICE = "#b2182b"
_NEUTRAL = "#555555"
_COLOURS = {"benefit": _BENEFIT, "sacrifice": _SACRIFICE}


def _axes(ax: Any, width: float = 7.0, height: float = 4.5) -> Any:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("custval.plot needs matplotlib: pip install matplotlib") from None
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def _plain(ax: Any) -> None:
    ax.spines[["top", "right"]].set_visible(False)


def tree(system: System, *, language: str = "en", items: bool = False, ax: Any = None) -> Any:
    """The tree with the share of each node among its siblings; the thicker a line, the heavier the node overall."""
    nodes = [node for node in system.nodes if node.kind != "derived" and (items or node.kind != "item")]
    parents = {node.id: node for node in nodes}
    leaves = [node for node in nodes if all(other.parent != node.id for other in nodes)]
    height = {node.id: -float(place) for place, node in enumerate(leaves)}
    for node in reversed(nodes):  # children stand behind their parent
        if node.id not in height:
            below = [height[other.id] for other in nodes if other.parent == node.id]
            height[node.id] = sum(below) / len(below)
    depth = {node.id: _depth(node, parents) for node in nodes}
    ax = _axes(ax, 10.0, max(3.0, 0.42 * len(leaves)))
    for node in nodes:
        x, y = depth[node.id], height[node.id]
        colour = _COLOURS.get(node.side, _NEUTRAL)
        if node.parent is not None:
            above = (depth[node.parent], height[node.parent])
            ax.plot([above[0], x], [above[1], y], color=colour, alpha=0.6, linewidth=1 + 6 * node.global_weight, zorder=1)
        share = "" if node.parent is None or node.kind == "side" else f"  {100 * node.local_weight:.0f} %"
        box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": colour}
        ax.text(x, y, system.label(node.id, language) + share, va="center", ha="left", fontsize=9, bbox=box, zorder=2)
    ax.set_xlim(-0.1, max(depth.values()) + 0.9)
    ax.set_ylim(min(height.values()) - 0.7, max(height.values()) + 0.7)
    ax.set_axis_off()
    return ax


def _depth(node: Node, parents: Mapping[str, Node]) -> int:
    return 0 if node.parent is None else 1 + _depth(parents[node.parent], parents)


def waterfall(explanation: Table, *, kind: str = "indicator", ax: Any = None) -> Any:
    """How the value of one customer builds up: what each node of a kind adds or takes away, and steps such as gates."""
    rows = [row for row in explanation.rows() if row["contribution"] is not None]
    steps = [row for row in rows if row["kind"] == kind or (row["is_part"] and row["kind"] not in _KINDS)]
    ax = _axes(ax, 8.0, max(2.5, 0.4 * (len(steps) + 1)))
    level = 0.0
    for place, row in enumerate(steps):
        amount = row["contribution"]
        ax.barh(place, amount, left=level, color=_BENEFIT if amount >= 0 else _SACRIFICE)
        end = level + amount
        ax.text(max(level, end), place, f" {amount:+.1f}", va="center", fontsize=9)
        ax.plot([end, end], [place, place + 1], color=_NEUTRAL, linewidth=0.7)
        level = end
    ax.barh(len(steps), level, color=_NEUTRAL)
    ax.text(max(level, 0.0), len(steps), f" {level:.1f}", va="center", fontsize=9)
    ax.set_yticks(range(len(steps) + 1), [row["label"] or row["node"] for row in steps] + ["value"])
    ax.invert_yaxis()
    ax.axvline(0.0, color=_NEUTRAL, linewidth=0.7)
    ax.margins(x=0.12)
    ax.set_xlabel("points of value")
    _plain(ax)
    return ax


_KINDS = ("value", "side", "dimension", "indicator", "item")


def importance_performance(
    importance: Mapping[str, float],
    performance: Mapping[str, float],
    *,
    labels: Mapping[str, str] | None = None,
    cuts: tuple[float, float] | None = None,
    ax: Any = None,
) -> Any:
    """Importance against performance (Martilla & James 1977): four quadrants, cut at the means unless told."""
    names = [name for name in importance if name in performance]
    if not names:
        raise ValueError("importance and performance name nothing in common")
    x, y = [performance[name] for name in names], [importance[name] for name in names]
    cut_x, cut_y = cuts if cuts is not None else (sum(x) / len(x), sum(y) / len(y))
    ax = _axes(ax)
    ax.scatter(x, y, color=_BENEFIT, zorder=3)
    for name, across, up in zip(names, x, y):
        ax.annotate((labels or {}).get(name, name), (across, up), (5, 4), textcoords="offset points", fontsize=9)
    ax.axvline(cut_x, color=_NEUTRAL, linewidth=0.8)
    ax.axhline(cut_y, color=_NEUTRAL, linewidth=0.8)
    corners = {(0.01, 0.98): "concentrate here", (0.99, 0.98): "keep up", (0.01, 0.02): "low priority", (0.99, 0.02): "possible overkill"}
    for (across, up), words in corners.items():
        ax.text(across, up, words, transform=ax.transAxes, color=_NEUTRAL, style="italic", fontsize=9,
                ha="left" if across < 0.5 else "right", va="bottom" if up < 0.5 else "top")  # fmt: skip
    ax.margins(0.15)
    ax.set_xlabel("performance (score)")
    ax.set_ylabel("importance (share)")
    _plain(ax)
    return ax


def value_map(comparison: Any, names: Sequence[str] | None = None, *, ax: Any = None) -> Any:
    """Relative quality against relative price of offers (Gale 1994) with the fair-value line; from System.compare(price=...)."""
    with table_of(comparison) as table:
        if "price_ratio" not in table:
            raise ValueError("the comparison has no prices: call System.compare() with price=")
        quality, price = table["quality_ratio"].tolist(), table["price_ratio"].tolist()
    ax = _axes(ax, 5.5, 5.0)
    ax.scatter(price, quality, color=_BENEFIT, zorder=3)
    for place, (across, up) in enumerate(zip(price, quality)):
        shown = names[place] if names is not None else str(place)
        ax.annotate(shown, (across, up), (5, 4), textcoords="offset points", fontsize=9)
    known = [number for number in [*quality, *price] if number == number] or [1.0]
    low, high = min([*known, 1.0]) - 0.05, max([*known, 1.0]) + 0.05
    ax.plot([low, high], [low, high], color=_NEUTRAL, linewidth=0.8, linestyle="--")
    ax.text(high, high, "fair value", ha="right", va="bottom", color=_NEUTRAL, fontsize=9)
    ax.set_xlim(low, high)
    ax.set_ylim(low, high)
    ax.set_xlabel("relative price")
    ax.set_ylabel("relative quality")
    _plain(ax)
    return ax


def distribution(scores: Any, groups: Sequence[Any] | None = None, *, column: str = "value", bins: int = 20, ax: Any = None) -> Any:
    """How the scores are distributed, by group if groups (one per row) are given; rows without a score are left out."""
    with table_of(scores, [column]) as table:
        numbers = table[column].tolist()
    kinds = list(groups) if groups is not None else [None] * len(numbers)
    if len(kinds) != len(numbers):
        raise ValueError(f"there are {len(kinds)} groups, but {len(numbers)} rows")
    ax = _axes(ax)
    ordered = list(dict.fromkeys(kinds))
    parts = [[number for number, kind in zip(numbers, kinds) if kind == of and number == number] for of in ordered]
    known = [number for part in parts for number in part]
    if not known:
        raise ValueError(f'no row has a number in column "{column}"')
    ax.hist(parts, bins=bins, range=(min(known), max(known)), histtype="stepfilled" if len(parts) == 1 else "bar",
            label=[f"{of} (n = {len(part)})" for of, part in zip(ordered, parts)])  # fmt: skip
    if groups is not None:
        ax.legend(frameon=False)
    ax.set_xlabel(column)
    ax.set_ylabel("customers")
    _plain(ax)
    return ax


def acceptability(ranks: Any, names: Sequence[str] | None = None, *, ax: Any = None) -> Any:
    """Rank acceptability: the share of draws in which each offer has each rank; from uncertainty.ranks(ranks=...)."""
    with table_of(ranks) as table:
        columns = [name for name in table.columns if name.startswith("rank_") and name[5:].isdigit()]
        if not columns:
            raise ValueError("there is no acceptability: call uncertainty.ranks() with ranks=")
        shares = [table[name].tolist() for name in columns]
        rows = len(table)
    ax = _axes(ax)
    from matplotlib import colormaps

    colours = colormaps["viridis"]
    bottom = [0.0] * rows
    for place, share in enumerate(shares):
        ax.bar(range(rows), share, bottom=bottom, color=colours(place / max(1, len(shares) - 1)), label=f"rank {place + 1}")
        bottom = [low + more for low, more in zip(bottom, share)]
    ax.set_xticks(range(rows), [str(name) for name in names] if names is not None else range(rows))
    ax.set_ylim(0.0, 1.0)
    ax.set_ylabel("share of draws")
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    _plain(ax)
    return ax
