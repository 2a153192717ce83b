"""One page of HTML that shows results: the tables of other calls, reduced, in a page that draws them."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import bisect
import datetime
import heapq
import html as _html
import json
import math
import os
import pathlib
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._errors import ColumnTypeError, LimitError, NotFoundError
from ._frames import table_of
from ._handle import expected
from ._library import lib, several
from .groups import Groups
from .migration import Migration
from .programmes import Programmes
from .scenario import Effect
from .summary import Summary
from .table import Table
from .worth import Concentration

_PAGE = pathlib.Path(__file__).parent / "page"
_LANGUAGES = ("en", "zh", "ko")
_MOST_ROWS = 1000  # a table with more is thinned
_BEST_ROWS = 20
_MOST_WORDS = 1000
_MOST_BINS = 24


class Report:
    """A report as one HTML file, which needs no network. A notebook shows it in a frame.

    Attributes:
        html: the file's text.
        payload: what it shows: tables as columns, and texts.
    """

    def __init__(self, payload: dict[str, Any]) -> None:
        self.payload = payload
        self.html = _filled(payload)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the file, as a whole or not at all; what is no regular file, as a pipe, is written into.

        Args:
            path: where to.

        Raises:
            OSError: it cannot be written.
        """
        target = pathlib.Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            target.write_bytes(self.html.encode())
            return
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=f"{target.name}.", delete=False) as file:
            try:
                file.write(self.html.encode())
                file.close()
                os.chmod(file.name, _permissions(target))
                os.replace(file.name, target)
            except BaseException:
                file.close()
                os.unlink(file.name)
                raise

    def __str__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<custval.Report of {', '.join(self.payload['tables'])}>"

    def _repr_html_(self) -> str:
        return f'<iframe srcdoc="{_html.escape(self.html)}" style="width:100%;height:80vh;border:0"></iframe>'


def report(
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    language: str = "en",
    date: datetime.date | str | None = None,
    money: str | None = None,
    notes: str | Iterable[str] = (),
    values: Any = None,
    worth: Any = None,
    offers: Any = None,
    levers: Any = None,
    drivers: Any = None,
    quadrants: Any = None,
    groups: Any = None,
    advice: Any = None,
    migration: Any = None,
    flows: Any = None,
    outlook: Any = None,
    lifetime: Any = None,
    curve: Any = None,
    tracking: Any = None,
    scenario: Any = None,
    impact: Any = None,
    plan: Any = None,
    programmes: Any = None,
    due: Any = None,
    explain: Any = None,
    assumptions: Any = None,
) -> Report:
    """Makes a report of results: a page for people, in which nothing is computed anew.

    Each table is a frame as the call named below returns it; what is not given is left out. What a row is about, such
    as a customer's name, is told by the columns before those that the report knows (see `keep` of those calls). Of a
    table of more than 1000 rows the page carries 1000, evenly; means, sums and distributions are of all rows.

    Args:
        path: where to write it; None: it is returned only.
        title: of the report.
        language: "en", "zh" or "ko".
        date: to be printed; a text is YYYY-MM-DD.
        money: what money is counted in, e.g. "EUR".
        notes: texts, to be printed at the end.
        values: System.score(); a column `satisfaction` beside the scores is shown too.
        worth: Worth.value().
        offers: System.compare().
        levers: System.levers().
        drivers: weights.drivers().
        quadrants: satisfaction.quadrants().
        groups: Groups.describe().
        advice: Groups, or a frame of `group`, `label` and `advice`.
        migration: Migration (which brings flows along), or Migration.matrix().
        flows: Migration.flows().
        outlook: Migration.forecast().
        lifetime: Lifetime.predict().
        curve: worth.concentration(), or its curve.
        tracking: the course of purchases, from Lifetime.
        scenario: Scenario.run(), or its periods.
        impact: the levers of cv.Impact.run().
        plan: Programmes.match().
        programmes: Programmes, or Programmes.list().
        due: programmes.next_need().
        explain: System.explain().
        assumptions: of cv.Impact.assumptions().

    Returns:
        The report.

    Raises:
        NotFoundError: a table lacks a column.
        ColumnTypeError: a column holds texts where numbers are needed.
        ValueError: another language, no date, or nothing to show.
        OSError: the file cannot be written.

    >>> made = report(title="Our customers", values={"value": [10.0, -5.0], "benefit": [60.0, 40.0]})
    >>> made.payload["tables"]["values"]["facts"]["value"]["mean"]
    2.5
    """
    given = {name: table for name, table in locals().items() if name in _kinds() and table is not None}
    if language not in _LANGUAGES:
        raise ValueError(f"the language {language!r} is none of {', '.join(_LANGUAGES)}")
    if isinstance(date, str):
        date = datetime.date.fromisoformat(date)
    if date is not None:
        expected(datetime.date, date)
    if not given:
        raise ValueError("there is nothing to show: give a table, e.g. values=")
    if isinstance(given.get("migration"), Migration):
        given.setdefault("flows", given["migration"])
    payload = {
        "custval": "report",
        "version": 1,
        "by": f"custval {lib.custval_version_string().decode()}",
        "title": title,
        "language": language,
        "date": None if date is None else date.isoformat(),
        "money": money,
        "notes": several(notes),
        "tables": {name: _reduced(kind, given[name], language) for name, kind in _kinds().items() if name in given},
    }
    made = Report(payload)
    if path is not None:
        made.save(path)
    return made


# --- The page ---------------------------------------------------------------------------------------------------------


def _permissions(target: pathlib.Path) -> int:
    """Those of the file that is replaced, or of a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _filled(payload: Mapping[str, Any]) -> str:
    """The template with its parts and the payload in it. Nothing in the payload can end its element."""
    written = json.dumps(payload, ensure_ascii=False, allow_nan=False)
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    own = {
        "language": payload["language"],
        "title": _html.escape(payload["title"] or "custval", quote=False),
        "payload": written,
    }

    def part(mark: re.Match[str]) -> str:
        name = mark[1]
        return own[name] if name in own else (_PAGE / name).read_text(encoding="utf-8").rstrip("\n")

    return re.sub("@@([a-z_.]+)@@", part, (_PAGE / "template.html").read_text(encoding="utf-8"))


# --- Tables -----------------------------------------------------------------------------------------------------------


def _kinds() -> dict[str, dict[str, Any]]:
    """The tables that a report can show, in the order of the payload."""
    kinds = json.loads((_PAGE / "tables.json").read_text(encoding="utf-8"))
    return {kind["name"]: kind for kind in kinds}


def _frame_of(kind: Mapping[str, Any], data: Any, language: str) -> Any:
    """What results of more than one table have for the report."""
    if isinstance(data, Groups):
        ids = data.ids
        labels = [data.label(group, language) for group in ids]
        return {"group": ids, "label": labels, "advice": [data.advice(group, language) for group in ids]}
    if isinstance(data, Migration):
        return data.flows() if kind["name"] == "flows" else data.matrix()
    if isinstance(data, Programmes):
        return data.list(language)
    if isinstance(data, Effect):
        return data.periods
    return data.curve if isinstance(data, Concentration) else data


def _reduced(kind: Mapping[str, Any], data: Any, language: str) -> dict[str, Any]:
    with table_of(_frame_of(kind, data, language)) as table:
        names = _columns(kind, table)
        texts = {"id", *kind.get("texts", [])}
        numbers = {shown: _numbers(kind, table, name) for shown, name in names.items() if shown not in texts}
        words = {shown: _texts(table, name) for shown, name in names.items() if shown in texts}
        columns: dict[str, Sequence[Any]] = {name: numbers[name] if name in numbers else words[name] for name in names}
        made: dict[str, Any] = {"rows": len(table), "columns": list(names)}
        made["cells"] = _cells(columns, _thinned(len(table)))
        if kind.get("facts"):
            made["facts"] = _facts(table, numbers)
    best = numbers.get(kind.get("best", ""))
    if best is not None:
        found = ((-value, row) for row, value in enumerate(best) if value is not None)
        made["best"] = _cells(columns, [row for _, row in heapq.nsmallest(_BEST_ROWS, found)])
    if best is not None and "counts" in kind:
        made["words"] = _words(kind["name"], kind["counts"], words[kind["counts"]], best)
    return made


def _columns(kind: Mapping[str, Any], table: Table) -> dict[str, str]:
    """The columns that are carried: names in the payload, and in the table."""
    there, known = table.columns, [*kind["needs"], *kind["may"]]
    for name in kind["needs"]:
        if name not in there:
            raise NotFoundError(
                f"{kind['name']} has no column {name!r}, which a report needs ('{kind['from']}' writes it); "
                f"it has {', '.join(there)}"
            )
    carried = {}
    if kind.get("id"):
        leading = there[: min(there.index(name) for name in there if name in known)]
        named = [name for name in leading if name != "row"] or leading
        if named:
            carried["id"] = named[0]
    carried.update({name: name for name in known if name in there})
    if kind.get("rest"):
        carried.update({name: name for name in there if name not in known})
    return carried


def _numbers(kind: Mapping[str, Any], table: Table, name: str) -> list[float | None]:
    column = table[name]
    if isinstance(column, list):
        raise ColumnTypeError(f"{kind['name']}: the column {name!r} holds no numbers")
    return [float(value) if math.isfinite(value) else None for value in column.tolist()]


def _texts(table: Table, name: str) -> list[str | None]:
    whole = (int(value) if isinstance(value, float) and value.is_integer() else value for value in table._cells(name))
    return [str(value) if value not in (None, "") else None for value in whole]


def _thinned(rows: int) -> Sequence[int]:
    """Rows from the first to the last, evenly."""
    if rows <= _MOST_ROWS:
        return range(rows)
    return [index * (rows - 1) // (_MOST_ROWS - 1) for index in range(_MOST_ROWS)]


def _cells(columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> list[list[Any]]:
    return [[column[row] for row in rows] for column in columns.values()]


def _words(table: str, name: str, texts: Sequence[str | None], summed: Sequence[float | None]) -> list[list[Any]]:
    """How often each text is there, in the order of first appearance, and the sum of numbers beside it."""
    found: dict[str, list[Any]] = {}
    for text, number in zip(texts, summed):
        if text is not None:
            entry = found.setdefault(text, [text, 0, 0.0])
            entry[1] += 1
            entry[2] += number or 0.0
    if len(found) > _MOST_WORDS:
        raise LimitError(f"{table}: the column {name!r} has more than {_MOST_WORDS} different texts")
    return [[text, rows, total if math.isfinite(total) else None] for text, rows, total in found.values()]


# --- Facts of all rows ------------------------------------------------------------------------------------------------


def _facts(table: Table, columns: Mapping[str, Sequence[float | None]]) -> dict[str, Any]:
    found = Summary(table, columns=list(columns), parts=("quantiles",)).table
    facts = {}
    for row in found.rows():
        numbers = [value for value in columns[row["name"]] if value is not None]
        facts[row["name"]] = {
            **{fact: row[fact] for fact in ("count", "missing", "low", "high", "mean", "median")},
            **(_bins(numbers, *_range(row)) if numbers else {}),
        }
    return facts


def _range(row: Mapping[str, Any]) -> tuple[float, float]:
    """Where bins are. A few numbers far away would leave one bin to all others: they are counted beyond the ends, which
    stand half as far outside as the middle nine tenths are wide."""
    margin = (row["q95"] - row["q05"]) / 2
    if margin <= 0:
        return row["low"], row["high"]
    return max(row["low"], row["q05"] - margin), min(row["high"], row["q95"] + margin)


def _step(width: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten of which not too many fill the width."""
    power = math.floor(math.log10(width / _MOST_BINS)) - 1
    while True:
        for leading in ("1", "2", "2.5", "5"):
            step = float(f"{leading}e{power}")
            if width <= _MOST_BINS * step:
                return step
        power += 1


def _bins(numbers: Sequence[float], low: float, high: float) -> dict[str, Any]:
    """Counts by intervals [edge i, edge i + 1), the last with its upper end, and beyond either end."""
    width = high - low
    if not 1e-300 < width <= 1e300 or width < 1e-9 * max(abs(low), abs(high)):
        return {}
    step = _step(width)
    first = math.floor(low / step)
    count = max(1, math.ceil(high / step) - first)
    edges = [(first + index) * step for index in range(count + 1)]
    counts = [0] * (count + 2)
    for number in numbers:
        counts[bisect.bisect_right(edges, number)] += 1
    at_end = sum(number == edges[-1] for number in numbers)
    counts[-2] += at_end
    counts[-1] -= at_end
    return {"edges": edges, "counts": counts[1:-1], "below": counts[0], "above": counts[-1]}
