"""Tables and explanations for people: as text, and as HTML for notebooks."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import html as _html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .table import Table

ROWS = 20  # more than these are not shown


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.6g}"
    return str(value)


def _grid(table: Table) -> tuple[list[str], list[list[Any]]]:
    columns = table._lists(ROWS)
    return list(columns), [list(row) for row in zip(*columns.values())]


def plain(table: Table) -> str:
    """The first rows as aligned text; numbers to four digits."""
    names, rows = _grid(table)
    cells = [names, *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(line[index]) for line in cells) for index in range(len(names))]
    numeric = [all(not isinstance(row[index], str) for row in rows) for index in range(len(names))]
    lines = [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(line, widths, numeric)
        )
        for line in cells
    ]
    more = len(table) - len(rows)
    return "\n".join(line.rstrip() for line in lines) + (f"\n... {more} more rows" if more else "")


def html(table: Table) -> str:
    """The first rows as an HTML table."""
    names, rows = _grid(table)
    head = "".join(f"<th>{_html.escape(name)}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{_html.escape(_cell(value))}</td>" for value in row) + "</tr>" for row in rows
    )
    more = len(table) - len(rows)
    foot = f"<p>... {more} more rows</p>" if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


def tree(explanation: Table) -> str:
    """An explanation as an HTML table with bars: what each node adds (blue) or takes away (red)."""
    rows = list(explanation.rows())
    largest = max((abs(row["contribution"] or 0.0) for row in rows), default=0.0) or 1.0
    lines = []
    for row in rows:
        amount = row["contribution"]
        width = 0 if amount is None else round(100 * abs(amount) / largest)
        colour = "#b2182b" if (amount or 0.0) < 0 else "#2166ac"
        bar = f'<div style="width:{width}px;height:10px;background:{colour}"></div>'
        label = _html.escape(row["label"] or row["node"] or "")
        cells = [
            f'<td style="text-align:left;padding-left:{1 + int(row["depth"] or 0)}em">{label}</td>',
            f"<td>{_cell(row['score'])}</td>",
            f"<td>{'' if amount is None else format(amount, '+.2f')}</td>",
            f"<td>{bar}</td>",
        ]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    head = "<tr><th></th><th>score</th><th>points</th><th></th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(lines)}</tbody></table>"
