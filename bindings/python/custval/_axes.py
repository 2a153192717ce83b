"""What pictures have in common: axes, colours, and letters of every script."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
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


def wrapped(text: str, width: int) -> str:
    """The text in lines of about so many Latin letters; an Eastern one takes the room of two."""
    if any(unicodedata.east_asian_width(letter) in "WF" for letter in text):
        return "\n".join(textwrap.wrap(text, max(1, width // 2)))
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)) or text
