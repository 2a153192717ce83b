"""The sample workbook: a survey, its system as a table, scores, an explanation, weights, lifetimes and groups.

    python3 sample.py OUTPUT EXAMPLES

OUTPUT: a folder for custval.ods and custval.xlsx. EXAMPLES: the folder `examples` of the sources. Run it with the
Python that has LibreOffice's `uno`; the extension must be installed for the user who runs it.
"""

# SPDX-License-Identifier: Apache-2.0
import csv
import json
import pathlib
import sys
import tempfile

from office import Office

ANSWERS = 60  # rows of the survey that the sample shows
CUSTOMERS = 40

# Published for CDNOW's customers: BG/NBD (Fader, Hardie & Lee 2005) and gamma-gamma (Fader & Hardie 2013).
LIFETIME = {
    "custval": "lifetime",
    "version": 1,
    "model": "bgnbd",
    "parameters": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    "unit": "week",
    "spend": {
        "custval": "lifetime",
        "version": 1,
        "model": "gamma-gamma",
        "parameters": {"p": 6.25, "q": 3.74, "gamma": 15.44},
    },
}

GROUPS = {
    "custval": "groups",
    "version": 1,
    "measures": [
        {"id": "profit", "column": "value", "cuts": [20]},
        {"id": "loyalty", "column": "alive", "cuts": [0.8]},
    ],
    "groups": [
        {"id": "true_friend", "when": {"profit": 2, "loyalty": 2}},
        {"id": "butterfly", "when": {"profit": 2, "loyalty": 1}},
        {"id": "barnacle", "when": {"profit": 1, "loyalty": 2}},
        {"id": "stranger"},
    ],
}

HEAD, NOTE, LINE = 0x1F4E79, 0x595959, 0xDDEBF7


def numbered(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


def rows_of(path, most):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [[numbered(cell) for cell in row] for row, _ in zip(csv.reader(file), range(most + 1))]
    return rows


class Sheet:
    """A sheet of the workbook, written from the top."""

    def __init__(self, document, name, title, note):
        sheets = document.Sheets
        if sheets.hasByName(name):
            self.cells = sheets.getByName(name)
        else:
            sheets.insertNewByName(name, sheets.Count)
            self.cells = sheets.getByName(name)
        self.text(0, 0, title, CharHeight=14.0, CharWeight=150.0, CharColor=HEAD)
        self.text(0, 1, note, CharColor=NOTE)

    def text(self, column, row, text, **look):
        cell = self.cells.getCellByPosition(column, row)
        cell.String = text
        for name, value in look.items():
            cell.setPropertyValue(name, value)

    def range(self, column, row, width, height):
        return self.cells.getCellRangeByPosition(column, row, column + width - 1, row + height - 1)

    def head(self, column, row, names):
        range_ = self.range(column, row, len(names), 1)
        range_.setDataArray((tuple(names),))
        self.as_head(range_)

    @staticmethod
    def as_head(range_):
        range_.CharWeight = 150.0
        range_.CellBackColor = LINE

    def rows(self, column, row, rows):
        self.range(column, row, len(rows[0]), len(rows)).setDataArray(tuple(map(tuple, rows)))

    def array(self, column, row, width, height, formula):
        self.range(column, row, width, height).setArrayFormula(formula)

    def formulas(self, column, row, formulas):
        self.range(column, row, 1, len(formulas)).setFormulaArray(tuple((formula,) for formula in formulas))

    def numbers(self, document, range_, code):
        formats = document.NumberFormats
        locale = document.CharLocale
        key = formats.queryKey(code, locale, False)
        range_.NumberFormat = formats.addNew(code, locale) if key < 0 else key

    def fit(self, width):
        self.range(0, 2, width, 1).Columns.OptimalWidth = True
        self.cells.Columns.getByIndex(0).Width = 3600


def fill_system(document, survey):
    rows = rows_of(survey / "perceived-value.csv", 1000)
    sheet = Sheet(document, "System", "The indicator system, one item a row", "What is blank is as in the row above.")
    sheet.head(0, 3, rows[0])
    sheet.rows(0, 4, rows[1:])
    sheet.fit(len(rows[0]))
    return f"$System.$A$4:$J${3 + len(rows)}"


def fill_documents(document, table):
    """What is short to hand over to every formula, where the table is long."""
    sheet = Sheet(document, "Documents", "The same, and more, as documents", "docs/ explains every key of them.")
    sheet.head(0, 3, ["of", "document"])
    sheet.formulas(1, 4, [f"=CUSTVAL.SYSTEM({table})"])
    for row, (name, made) in enumerate((("system", None), ("lifetime", LIFETIME), ("groups", GROUPS))):
        sheet.text(0, 4 + row, name)
        if made is not None:
            sheet.text(1, 4 + row, json.dumps(made))
    sheet.cells.Columns.getByIndex(1).Width = 20000
    sheet.range(1, 4, 1, 3).IsTextWrapped = True
    sheet.range(0, 4, 2, 3).VertJustify = 1  # at the top
    return [f"$Documents.$B${5 + row}" for row in range(3)]


def fill_answers(document, survey):
    rows = rows_of(survey / "customer_satisfaction_yellow_pages.csv", ANSWERS)
    sheet = Sheet(document, "Answers", "Answers of customers", "The first rows of the survey; 1 is worst, 10 is best.")
    sheet.head(0, 3, rows[0])
    sheet.rows(0, 4, rows[1:])
    sheet.fit(len(rows[0]))
    return f"$Answers.$A$4:$J${4 + ANSWERS}", "$Answers.$A$4:$J$4"


def fill_scores(document, system, answers):
    sheet = Sheet(document, "Scores", "What customers perceive", f"=CUSTVAL.SCORES({system};{answers}) in one array")
    sheet.array(0, 3, 5, ANSWERS + 1, f"=CUSTVAL.SCORES({system};{answers})")
    sheet.as_head(sheet.range(0, 3, 5, 1))
    sheet.numbers(document, sheet.range(0, 4, 4, ANSWERS), "0.00")
    sheet.fit(5)


def fill_explanation(document, system, names):
    sheet = Sheet(document, "Explain", "Why one customer's value is what it is", "Choose the customer in B3.")
    sheet.text(0, 2, "customer")
    sheet.cells.getCellByPosition(1, 2).Value = 17
    row = "OFFSET($Answers.$A$4:$J$4;$B$3;0)"
    sheet.array(0, 3, 5, 21, f"=CUSTVAL.EXPLAIN({system};{row};{names})")
    sheet.as_head(sheet.range(0, 3, 5, 1))
    sheet.numbers(document, sheet.range(2, 4, 3, 20), "0.00")
    sheet.text(0, 25, "trouble")
    sheet.formulas(1, 25, [f'=CUSTVAL.WHY("VALUE";{system};{row};{names})'])
    sheet.fit(5)


def fill_weights(document):
    criteria = ["product", "service", "people", "image"]
    judgements = [[1, 3, 5, 4], [1 / 3, 1, 3, 2], [1 / 5, 1 / 3, 1, 1 / 2], [1 / 4, 1 / 2, 2, 1]]
    sheet = Sheet(
        document, "Weights", "Weights from judgements in pairs (AHP)", "The row counts so much more than the column."
    )
    sheet.head(0, 3, ["", *criteria, "weight"])
    sheet.rows(0, 4, [[name, *row] for name, row in zip(criteria, judgements)])
    sheet.array(5, 4, 1, 4, "=CUSTVAL.WEIGHTS(B5:E8)")
    sheet.text(0, 9, "consistency ratio")
    sheet.formulas(1, 9, ["=CUSTVAL.CONSISTENCY(B5:E8)"])
    sheet.numbers(document, sheet.range(1, 4, 5, 6), "0.000")
    sheet.fit(6)


def fill_customers(document, lifetime, groups, history):
    rows = rows_of(history / "summary_with_spend.csv", CUSTOMERS)
    title = "Who will buy, what it is worth, and which group that makes"
    sheet = Sheet(document, "Customers", title, "A year ahead, at 10 % a year.")
    sheet.head(0, 3, ["customer", "x", "t_x", "T", "mean_spend", "alive", "expected", "value", "group"])
    sheet.rows(0, 4, rows[1:])
    last = 4 + CUSTOMERS
    sheet.array(5, 4, 1, CUSTOMERS, f'=CUSTVAL.CLV({lifetime};B5:E{last};52;"alive")')
    sheet.array(6, 4, 1, CUSTOMERS, f'=CUSTVAL.CLV({lifetime};B5:E{last};52;"expected")')
    sheet.array(7, 4, 1, CUSTOMERS, f'=CUSTVAL.CLV({lifetime};B5:E{last};52;"value";;0.1;"year")')
    sheet.array(8, 4, 1, CUSTOMERS, f"=CUSTVAL.GROUP({groups};F5:H{last};F4:H4)")
    sheet.numbers(document, sheet.range(5, 4, 3, CUSTOMERS), "0.000")
    sheet.fit(9)


def as_pages(document):
    """Each sheet as wide as a page."""
    style = document.StyleFamilies.getByName("PageStyles").getByName("Default")
    if not style.IsLandscape:
        style.IsLandscape = True
        style.Width, style.Height = style.Height, style.Width
    style.ScaleToPagesX = 1
    style.ScaleToPagesY = 0


def make(office, output, examples):
    """Writes the workbook and gives its paths."""
    examples, output = pathlib.Path(examples), pathlib.Path(output)
    output.mkdir(exist_ok=True)
    document = office.new()
    document.Sheets.getByIndex(0).Name = "System"
    system, lifetime, groups = fill_documents(document, fill_system(document, examples / "survey"))
    answers, names = fill_answers(document, examples / "survey")
    fill_scores(document, system, answers)
    fill_explanation(document, system, names)
    fill_weights(document)
    fill_customers(document, lifetime, groups, examples / "cdnow")
    as_pages(document)
    document.calculateAll()
    paths = [output / "custval.ods", output / "custval.xlsx"]
    for path, filter_name in zip(paths, ("calc8", "Calc MS Excel 2007 XML")):
        office.save(document, path, filter_name)
    document.close(True)
    return paths


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder, Office(folder, own_profile=False) as office:
        print(*make(office, *arguments), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
