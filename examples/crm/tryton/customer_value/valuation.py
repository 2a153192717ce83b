"""From rows of the database to columns, from columns to what is known of each customer; without a word of Tryton."""

# SPDX-License-Identifier: Apache-2.0
import math

import custval

SCORES = ("value", "benefit", "sacrifice")


def columns_of_answers(parties, answers):
    """Columns by question, one row per party: the latest answer, for the answers come in the order of their dates."""
    place = {party: row for row, party in enumerate(parties)}
    columns = {}
    for party, question, number, text in answers:
        column = columns.setdefault(question, [None] * len(parties))
        column[place[party]] = text if number is None else number
    return columns


def complete(columns, names, rows):
    """The columns of these names; nobody has answered those that are not there."""
    return {name: columns.get(name, [None] * rows) for name in names}


def scored(system, answers, rows, day):
    """Scores, and what is wrong with a party in words."""
    columns, problems = readable(system, answers, rows)
    scores = system.score(columns, as_of=day)
    found = {name: scores[name] for name in SCORES if name in scores}
    for notes, status in zip(problems, scores["status"]):
        notes += custval.status_words(int(status))
    found["problems"] = ["; ".join(notes) for notes in problems]
    return found


def readable(system, answers, rows):
    """The columns that the system reads: a text where a number is needed is missing, and noted with its party."""
    columns, problems = complete(answers, system.inputs, rows), [[] for _ in range(rows)]
    for name in set(system.inputs) - set(system.texts):
        if any(isinstance(cell, str) for cell in columns[name]):
            for notes, cell in zip(problems, columns[name]):
                if isinstance(cell, str):
                    notes.append(f'{name}: "{cell}" is no number')
            columns[name] = [None if isinstance(cell, str) else cell for cell in columns[name]]
    return columns, problems


def expected(lifetime, parties, purchases, day, horizon, rate):
    """What the lifetime model expects of each party that has bought, and what was bought."""
    unit = lifetime.facts.unit or "week"
    customers, dates, amounts = zip(*purchases)
    history = custval.History({"customer": customers, "date": dates, "amount": amounts}, unit=unit)
    table = history.customers(end=day)
    outputs = ["alive", "expected"] + (["value"] if lifetime.spend is not None else [])
    lengths = {"day": 365.25, "week": 365.25 / 7, "month": 12, "quarter": 4, "year": 1}
    options = {"rate": rate, "rate_period": lengths.get(unit, 1.0)} if "value" in outputs else {}
    forecast = lifetime.predict(table, horizon=horizon, outputs=outputs, **options)
    row_of = {customer: row for row, customer in enumerate(table["customer"])}
    rows = [row_of.get(party) for party in parties]
    taken = {name: [None if row is None else forecast[name][row] for row in rows] for name in outputs}
    return {"lifetime_value" if name == "value" else name: column for name, column in taken.items()}


def number(cell):
    """As the database holds it: no number is NULL."""
    return None if cell is None or not math.isfinite(cell) else float(cell)
