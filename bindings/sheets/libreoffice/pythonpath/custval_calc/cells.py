"""Cells as spreadsheets give them and take them: numbers, texts, and "" or None for a blank one."""

# SPDX-License-Identifier: Apache-2.0
import array
import math
import struct

#: "#N/A": Calc keeps errors of cells as NaNs that hold the number of the error.
NOT_AVAILABLE = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000007FFF))[0]


def is_blank(cell):
    return cell is None or cell == ""


def plain(cell):
    return None if is_blank(cell) else cell


def shown(cell):
    """A cell of a result: what is missing is not available."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return NOT_AVAILABLE
    return cell if isinstance(cell, str) else float(cell)


def rows_of(range_, least=1):
    """The rows of a range without the blank ones at its end, as whole columns have a million; but so many at least."""
    if not isinstance(range_, tuple):
        return ((range_,),)
    end = len(range_)
    blank = {"", None}
    while end > least and blank.issuperset(range_[end - 1]):
        end -= 1
    return range_[:end]


def column_of(numbers):
    return tuple((shown(number),) for number in numbers)


def matrix_of(columns):
    """Rows of a mapping of columns, below their names."""
    return (tuple(columns), *(tuple(map(shown, row)) for row in zip(*columns.values())))


def words_of(cell):
    """The text of a cell where a text is meant: whole numbers stand for their digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell


def names_of(range_):
    """Names of columns from a row, or from a column, of cells."""
    rows = rows_of(range_)
    names = [words_of(cell) for row in rows for cell in row]
    if len(rows) > 1 and len(rows[0]) > 1:
        raise ValueError(f"names are one row, not {len(rows)} rows of {len(rows[0])} cells")
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"{name!r} is no name of a column")
    while names and names[-1] == "":
        names.pop()
    if not names:
        raise ValueError("the names are blank")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f'the name "{twice}" stands there twice')
    return names


def _cells(rows, place):
    return [row[place] for row in rows]


def columns_of(rows, names):
    """Cells of the columns that have a name, as they are."""
    width = len(rows[0]) if rows else len(names)
    if len(names) > width:
        raise ValueError(f"there are {len(names)} columns ({', '.join(names)}), but the cells are {width} wide")
    return {name: _cells(rows, place) for place, name in enumerate(names) if name}


def columns_in_order(rows, wanted):
    """Cells of rows that stand in the order of what is wanted."""
    if rows and len(rows[0]) != len(wanted):
        raise ValueError(f"{len(wanted)} cells are needed ({', '.join(wanted)}), not {len(rows[0])}; or give the names")
    return columns_of(rows, wanted)


def columns_named(rows, names, wanted):
    """Cells of the columns that are wanted, every one of which must be among the names."""
    columns = columns_of(rows, names)
    for name in wanted:
        if name not in columns:
            raise ValueError(f'there is no column "{name}" among the names {", ".join(columns)}')
    return {name: columns[name] for name in wanted}


def numbers_of(what, cells):
    """Cells of numbers, NaN where one is blank."""
    try:
        return array.array("d", [math.nan if cell == "" or cell is None else cell for cell in cells])
    except TypeError:
        wrong = next(cell for cell in cells if isinstance(cell, str) and cell)
        raise ValueError(f'{what} holds "{wrong}", where a number is needed') from None


def texts_of(what, cells):
    """Cells of texts, None where one is blank."""
    texts = [plain(words_of(cell)) for cell in cells]
    wrong = next((cell for cell in texts if isinstance(cell, float)), None)
    if wrong is not None:
        raise ValueError(f"{what} holds {wrong}, where a text is needed")
    return texts
