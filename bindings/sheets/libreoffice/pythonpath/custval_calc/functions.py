"""The functions of functions.json, one each, of cells and of what gives the folder of the workbook, which few need."""

# SPDX-License-Identifier: Apache-2.0
from . import custval as cv
from .cells import (
    column_of,
    columns_in_order,
    columns_named,
    columns_of,
    is_blank,
    matrix_of,
    names_of,
    numbers_of,
    plain,
    rows_of,
    texts_of,
)
from .custval import _declarations as d
from .custval._library import lib
from .documents import document, system


def _columns(range_, names, wanted, texts=()):
    """The columns that are wanted, from rows in their order or with names."""
    rows = rows_of(range_)
    cells = columns_in_order(rows, wanted) if is_blank(names) else columns_named(rows, names_of(names), wanted)
    return {
        name: (texts_of if name in texts else numbers_of)(f'column "{name}"', column) for name, column in cells.items()
    }


def _answers(of, answers, names):
    return _columns(answers, names, of.inputs, of.texts)


def value(folder, system_, answers, names=None):
    made = system(system_, folder)
    columns = _answers(made, answers, names)
    if len(next(iter(columns.values()))) == 1:
        return column_of([made.score_row({name: cells[0] for name, cells in columns.items()}).value])
    return column_of(made.score(columns, levels="value", coverage="none")["value"])


def scores(folder, system_, table, levels=None):
    made = system(system_, folder)
    rows = rows_of(table, least=2)
    if len(rows) < 2:
        raise ValueError("there are no answers below the names")
    columns = _columns(rows[1:], (rows[0],), made.inputs, made.texts)
    wanted = None if is_blank(levels) else [level.strip() for level in str(levels).split(",")]
    return matrix_of(made.score(columns, levels=wanted))


def explain(folder, system_, answers, names=None, language=None):
    made = system(system_, folder)
    shown = made.explain(_answers(made, answers, names), 0, language=plain(language))
    return matrix_of({name: list(shown[name]) for name in ("node", "label", "score", "weight", "contribution")})


def system_(folder, items):
    """On one line: a cell would grow as high as the document is long."""
    return " ".join(line.strip() for line in system(items, folder).to_json().rstrip().split("\n"))


def _square(judgements):
    rows = [numbers_of("the square", row) for row in rows_of(judgements)]
    if len(rows) != len(rows[0]):
        raise ValueError(f"judgements are a square, not {len(rows)} rows of {len(rows[0])}")
    return cv.weights.ahp(rows)


def weights(folder, judgements):
    return column_of(_square(judgements).values())


def consistency(folder, judgements):
    return column_of([_square(judgements).consistency_ratio])[0][0]


def _assigned(folder, groups, measures, names=None):
    made = document(cv.Groups, groups, folder)
    return cv.Table(made.assign(_columns(measures, names, list(dict.fromkeys(made.measures.values())))))


def group(folder, groups, measures, names=None):
    return column_of(_assigned(folder, groups, measures, names)["group"])


def _predicted(folder, lifetime, history, horizon, output=None, names=None, rate=None, rate_period=None):
    """The column asked for, and the status."""
    made = document(cv.Lifetime, lifetime, folder)
    rows = rows_of(history)
    columns = columns_of(rows, _HISTORY[: len(rows[0])] if is_blank(names) else names_of(names))
    given = {name: numbers_of(f'column "{name}"', columns[name]) for name in _HISTORY if name in columns}
    wanted = ("value" if made.spend else "expected") if is_blank(output) else str(output)
    money = {} if is_blank(rate) else {"rate": rate, "rate_period": plain(rate_period)}
    if not isinstance(horizon, float):
        raise ValueError(f"the horizon is a number, not {horizon!r}")
    made = made.predict(given, horizon=horizon, outputs=[wanted], **money)
    return made[wanted], made["status"]


def clv(folder, *arguments):
    return column_of(_predicted(folder, *arguments)[0])


_HISTORY = ("x", "t_x", "T", "mean_spend")

FUNCTIONS = {
    "VALUE": value,
    "SCORES": scores,
    "EXPLAIN": explain,
    "SYSTEM": system_,
    "WEIGHTS": weights,
    "CONSISTENCY": consistency,
    "GROUP": group,
    "CLV": clv,
}


# --- Why --------------------------------------------------------------------------------------------------------------


def _first(statuses):
    """The first row that has a status; None if there is none."""
    return next((row for row, status in enumerate(statuses) if status), None)


def _why_no_value(folder, system_, answers, names=None):
    made = system(system_, folder)
    columns = _answers(made, answers, names)
    row = _first(number is None for number in made.score(columns, levels="value", coverage="none")["value"])
    return "" if row is None else made.reason(columns, row)


def _why_no_group(folder, *arguments):
    return _word(d.CUSTVAL_WORDS_GROUP_ROW, _assigned(folder, *arguments)["status"])


def _why_no_prediction(folder, *arguments):
    return _word(d.CUSTVAL_WORDS_LIFETIME_ROW, _predicted(folder, *arguments)[1])


def _word(vocabulary, statuses):
    row = _first(statuses)
    return (
        ""
        if row is None
        else f"row {row + 1} of the cells: {lib.custval_word(vocabulary, int(statuses[row])).decode()}"
    )


_REASONS = {"VALUE": _why_no_value, "GROUP": _why_no_group, "CLV": _why_no_prediction}


def why(folder, function, *arguments):
    """The message of what a function would refuse; for a value, also why there is none."""
    name = function.strip().upper()
    name = name[8:] if name.startswith("CUSTVAL.") else name
    if name not in FUNCTIONS:
        raise ValueError(f'"{function}" is no function; they are {", ".join(FUNCTIONS)}')
    try:
        FUNCTIONS[name](folder, *arguments)
        return _REASONS[name](folder, *arguments) if name in _REASONS else ""
    except Exception as error:
        return said(error)


def said(error):
    """What a failure has to say."""
    return str(error) or type(error).__name__
