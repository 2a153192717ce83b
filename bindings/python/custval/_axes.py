"""What pictures have in common: axes, colours, and letters of every script."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

BENEFIT = "#2166ac"
SACRIFICE = "#b2182b"
NEUTRAL = "#555555"
PALE = "#bbbbbb"
SMALL = 9  # points, of what is written into a picture


def new_axes(width: float, height: float) -> Any:
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("custval.plot needs matplotlib: pip install matplotlib") from None
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def axes_of(ax: Any, width: float = 7.0, height: float = 4.5) -> Any:
    return new_axes(width, height) if ax is None else ax


def without_frame(ax: Any) -> None:
    ax.spines[["top", "right"]].set_visible(False)


# Fonts with Chinese, Japanese or Korean letters; matplotlib's own has none.
_EASTERN = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans SC", "Noto Sans KR", "Source Han Sans SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "NanumGothic", "UnDotum", "Microsoft YaHei",
    "Malgun Gothic", "SimHei", "PingFang SC", "Hiragino Sans GB", "Apple SD Gothic Neo", "Arial Unicode MS",
)  # fmt: skip


def letters_for(texts: Iterable[str]) -> dict[str, Any]:
    """Arguments for texts that the usual font may not have: installed fonts that do stand in, letter by letter."""
    if all(ord(letter) < 0x1100 for text in texts for letter in text):
        return {}
    from matplotlib import font_manager, rcParams

    installed = set(font_manager.get_font_names())
    return {"fontfamily": [*rcParams["font.family"], *(name for name in _EASTERN if name in installed)]}


def legend_letters(names: Iterable[str]) -> dict[str, Any]:
    """Arguments for the letters of a legend."""
    letters = letters_for(names)
    return {"size": SMALL, **({"family": letters["fontfamily"]} if letters else {})}


def wrapped(text: str, width: int) -> str:
    """The text in lines of about so many Latin letters; an Eastern one takes the room of two."""
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in text):
        return "\n".join(textwrap.wrap(text, max(1, width // 2)))
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) or text


def quadrants(ax: Any, cuts: tuple[float, float], words: Sequence[str]) -> list[Any]:
    """Lines at the cuts, and words in the corners: upper left, upper right, lower left, lower right."""
    ax.axvline(cuts[0], color=PALE, linewidth=1, zorder=1)
    ax.axhline(cuts[1], color=PALE, linewidth=1, zorder=1)
    return [
        ax.text(
            0.01 + 0.98 * right,
            0.02 + 0.96 * top,
            word,
            transform=ax.transAxes,
            color=NEUTRAL,
            style="italic",
            fontsize=SMALL,
            ha="right" if right else "left",
            va="top" if top else "bottom",
            zorder=4,
            **letters_for([word]),
        )
        for (right, top), word in zip([(0, 1), (1, 1), (0, 0), (1, 0)], words)
    ]


# --- Names beside points ----------------------------------------------------------------------------------------------

# Directions in which a name may stand off its point, the best first.
_PLACES = [(1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)]
_SIDES = {1: "left", 0: "center", -1: "right"}
_ENDS = {1: "bottom", 0: "center", -1: "top"}


def name_points(ax: Any, names: Sequence[str], x: Sequence[float], y: Sequence[float], among: Sequence[Any]) -> None:
    """Writes names beside points, but none that would cover another name, a point, or the texts given."""
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import Bbox

    halo = [withStroke(linewidth=2.5, foreground="white")]
    figure = ax.get_figure()
    figure.draw_without_rendering()  # a layout decides where the points are
    points = ax.transData.transform(list(zip(x, y)))
    taken = [text.get_window_extent() for text in among]
    taken += [Bbox.from_bounds(across - 4, up - 4, 8, 8) for across, up in points]
    frame = ax.get_window_extent().padded(2)
    for name, across, up, point in zip(names, x, y, points):
        own = Bbox.from_bounds(point[0] - 4, point[1] - 4, 8, 8)
        for right, high in _PLACES:
            text = ax.annotate(
                name, (across, up), (6 * right, 6 * high if right == 0 else 4 * high), textcoords="offset points",
                ha=_SIDES[right], va=_ENDS[high], fontsize=SMALL, zorder=4, path_effects=halo, **letters_for([name]),
            )  # fmt: skip
            box = text.get_window_extent()
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in taken if other.bounds != own.bounds):
                taken.append(box)
                break
            text.remove()
