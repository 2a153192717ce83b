"""What calls that score have in common: their options, from keywords."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Union

from . import _declarations as d
from ._host import Progress, lent
from ._library import struct

Date = Union[str, datetime.date, None]
Levels = Union[str, Iterable[str], None]

_LEVELS = {
    "value": d.CUSTVAL_LEVEL_VALUE,
    "side": d.CUSTVAL_LEVEL_SIDE,
    "dimension": d.CUSTVAL_LEVEL_DIMENSION,
    "indicator": d.CUSTVAL_LEVEL_INDICATOR,
    "item": d.CUSTVAL_LEVEL_ITEM,
    "derived": d.CUSTVAL_LEVEL_DERIVED,
    "tag": d.CUSTVAL_LEVEL_TAG,
}
_COVERAGE = {"value": d.CUSTVAL_COVERAGE_VALUE, "all": d.CUSTVAL_COVERAGE_ALL, "none": d.CUSTVAL_COVERAGE_NONE}


def levels_of(levels: Levels) -> int:
    """Bits of the levels; "all" is every one."""
    if levels is None:
        return 0
    wanted = [levels] if isinstance(levels, str) else list(levels)
    bits = 0
    for level in wanted:
        if level == "all":
            bits |= sum(_LEVELS.values())
        elif level in _LEVELS:
            bits |= _LEVELS[level]
        else:
            raise ValueError(f"{level!r} is no level; the levels are {', '.join(_LEVELS)}, all")
    return bits


def date_of(date: Date) -> str | None:
    """ISO text of a date."""
    return date.isoformat()[:10] if isinstance(date, datetime.date) else date


@contextlib.contextmanager
def scoring(
    *,
    levels: Levels = None,
    coverage: str = "value",
    as_of: Date = None,
    profile: str | None = None,
    context: str | None = None,
    language: str | None = None,
    progress: Progress = None,
) -> Iterator[Any]:
    """Options of one call that scores, with a host that can be watched and interrupted."""
    if coverage not in _COVERAGE:
        raise ValueError(f"{coverage!r} is no coverage; the words are {', '.join(_COVERAGE)}")
    with lent(progress) as host:
        yield struct(
            "custval_score_options",
            host=host,
            as_of=date_of(as_of) or datetime.date.today().isoformat(),
            profile=profile,
            context=context,
            language=language,
            levels=levels_of(levels),
            coverage=_COVERAGE[coverage],
        )
