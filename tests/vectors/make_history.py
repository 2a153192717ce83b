#!/usr/bin/env python3
"""Writes history.json: transactions and what a history must make of them, by a plain model with exact fractions.

The model knows nothing of the library: it keeps all rows, sorts them, and follows the words of history.h.
    make_history.py > history.json
"""

# SPDX-License-Identifier: Apache-2.0
import datetime
import json
import math
import random
import sys
from fractions import Fraction

EPOCH = datetime.datetime(1970, 1, 1)
PERIODS = {"day": 1, "week": 2, "month": 3, "quarter": 4, "year": 5, "hour": 6, "second": 7, "number": 8}
REFUNDS = {"reject": 1, "net": 2, "drop": 3, "keep": 4}
ZEROS = {"keep": 1, "drop": 2, "reject": 3}


def moment(text):
    """A time as it stands in a column; None if it is none."""
    try:
        text = text.rstrip("Z") if len(text) > 10 else text
        if len(text) == 10:
            return datetime.datetime.strptime(text, "%Y-%m-%d")
        head, _, tail = text.replace(" ", "T").partition(".")
        if tail and not tail.isdigit():
            return None
        return datetime.datetime.strptime(head, "%Y-%m-%dT%H:%M:%S" if len(head) > 16 else "%Y-%m-%dT%H:%M")
    except ValueError:
        return None


def seconds(time):
    since = time - EPOCH
    return since.days * 86400 + since.seconds


class Clock:
    def __init__(self, options):
        self.period = options.get("period", "day")
        self.step = options.get("step", 1.0)

    def period_of(self, value):
        if self.period == "number":
            return None if value is None else math.floor(value / self.step)
        time = None if value is None else moment(value)
        return None if time is None else self.of(time)

    def of(self, time):
        days = (time - EPOCH).days
        return {
            "day": days,
            "week": (days + 3) // 7,
            "month": time.year * 12 + time.month - 1,
            "quarter": time.year * 4 + (time.month - 1) // 3,
            "year": time.year,
            "hour": seconds(time) // 3600,
            "second": seconds(time),
        }[self.period]

    def bound(self, text):
        if self.period == "number":
            return math.floor(float(text) / self.step)
        if len(text) == 4:
            text += "-12"
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            first = datetime.date(year + month // 12, month % 12 + 1, 1)
            text = (first - datetime.timedelta(days=1)).isoformat()
        if len(text) == 10:
            text += "T23:59:59"
        elif len(text) == 16:
            text += ":59"
        return self.of(moment(text))

    def text(self, period):
        if self.period == "number":
            value = period * self.step
            return str(int(value)) if value == int(value) else repr(value)
        if self.period in ("day", "week"):
            days = period if self.period == "day" else period * 7 - 3
            return (EPOCH + datetime.timedelta(days=days)).strftime("%Y-%m-%d").zfill(10)
        if self.period == "month":
            return f"{period // 12:04}-{period % 12 + 1:02}"
        if self.period == "quarter":
            return f"{period // 4:04}-{period % 4 * 3 + 1:02}"
        if self.period == "year":
            return f"{period:04}"
        time = EPOCH + datetime.timedelta(seconds=period * (3600 if self.period == "hour" else 1))
        return time.strftime("%Y-%m-%dT%H:%M" if self.period == "hour" else "%Y-%m-%dT%H:%M:%S")


def fixed(value):
    """The nearest multiple of 2^-50, ties to even."""
    return Fraction(round(Fraction(value) * 2**50), 2**50)


class Customer:
    """Rows of one customer that counted: (period, is a purchase, amount, cost, quantity)."""

    def __init__(self, rows):
        self.rows = rows

    def state(self, end):
        rows = [row for row in self.rows if row[0] <= end]
        periods = sorted({row[0] for row in rows if row[1]})
        if not periods:
            return None
        spend = dict.fromkeys(periods, Fraction(0))
        for period, _, amount, _, _ in rows:
            at = [p for p in periods if p <= period]
            spend[at[-1] if at else periods[0]] += amount
        return {
            "periods": periods,
            "spend": spend,
            "rows": sum(1 for row in rows if row[1]),
            "cost": sum(row[3] for row in rows),
            "quantity": sum(row[4] for row in rows),
        }


def root(value):
    """The square root of a fraction to far more digits than a double has."""
    scale = 10**60
    return float(Fraction(math.isqrt(value.numerator * scale * scale // value.denominator), scale))


class Model:
    def __init__(self, options, tables):
        self.clock = Clock(options)
        self.unit = Fraction(options.get("periods_per_unit", 1.0))
        self.has = [name for name in ("amount", "cost", "quantity") if options.get(name, "amount" if name == "amount" else "")]
        self.facts = {"rows": 0, "refunds": 0, "zeros": 0, "bad": 0}
        rows = {}
        self.seen = []
        for columns, table in tables:
            for cells in table:
                self.facts["rows"] += 1
                self.read(dict(zip(columns, cells)), options, rows)
        self.customers = {key: Customer(rows[key]) for key in sorted(rows, key=lambda k: k.encode() if isinstance(k, str) else k)}

    def read(self, cells, options, rows):
        key, period = cells["customer"], self.clock.period_of(cells["date"])
        money = [cells.get(name) if name in self.has else 0.0 for name in ("amount", "cost", "quantity")]
        if key is None or key == "" or period is None or None in money:
            self.facts["bad"] += 1
            return
        purchase = 1
        if "amount" in self.has and money[0] < 0 and options.get("refunds", "reject") != "keep":
            self.facts["refunds"] += 1
            if options["refunds"] == "drop":
                return
            purchase = 0
        elif "amount" in self.has and money[0] == 0 and options.get("zeros", "keep") == "drop":
            self.facts["zeros"] += 1
            return
        self.seen.append(period)
        rows.setdefault(key, []).append((period, purchase, *map(fixed, money)))

    def table(self, end, holdout):
        out = []
        for key, customer in self.customers.items():
            state = customer.state(end)
            if state is None:
                continue
            periods, spend = state["periods"], state["spend"]
            first, last, x = periods[0], periods[-1], len(periods) - 1
            total = sum(spend.values())
            intervals = [b - a for a, b in zip(periods, periods[1:])]
            mean = Fraction(sum(intervals), x) if x else None
            row = {
                "customer": key,
                "x": x,
                "t_x": float((last - first) / self.unit),
                "T": float((end - first) / self.unit),
                "since_last": float((end - last) / self.unit),
                "first": self.clock.text(first),
                "last": self.clock.text(last),
                "transactions": state["rows"],
            }
            if "amount" in self.has:
                row["mean_spend"] = float((total - spend[first]) / x) if x else None
                row["first_spend"] = float(spend[first])
                row["total_spend"] = float(total)
            if "cost" in self.has:
                row["total_cost"] = float(state["cost"])
            if "quantity" in self.has:
                row["total_quantity"] = float(state["quantity"])
            row["interval_mean"] = float(mean / self.unit) if x else None
            if x > 1:
                variance = sum((i - mean) ** 2 for i in intervals) / (x - 1)
                row["interval_deviation"] = root(variance / self.unit**2)
            else:
                row["interval_deviation"] = None
            row["interval_longest"] = float(max(intervals) / self.unit) if x else None
            if holdout is not None:
                later = customer.state(holdout)
                row["holdout_x"] = len(later["periods"]) - len(periods)
                row["holdout_T"] = float((holdout - end) / self.unit)
                if "amount" in self.has:
                    row["holdout_spend"] = float(sum(later["spend"].values()) - total)
            out.append(row)
        return out

    def course(self, end, holdout):
        states = [c.state(holdout or end) for c in self.customers.values() if c.state(end)]
        if not states:
            return []
        first = min(state["periods"][0] for state in states)
        out, until, unit = [], first - 1, 0
        while until < (holdout or end):
            unit, start = unit + 1, until
            until = min(first + math.ceil(unit * self.unit) - 1, holdout or end)
            inside = [[p for p in s["periods"] if start < p <= until] for s in states]
            row = {
                "unit": unit,
                "until": self.clock.text(until),
                "elapsed": float((until - first) / self.unit),
                "customers": sum(s["periods"][0] in i for s, i in zip(states, inside)),
                "purchases": sum(map(len, inside)),
            }
            row["repeats"] = row["purchases"] - row["customers"]
            if "amount" in self.has:
                row["spend"] = float(sum((sum(s["spend"][p] for p in i) for s, i in zip(states, inside)), Fraction(0)))
            out.append(row)
        return out

    def path(self, key, end):
        customer = self.customers[key]
        first = customer.state(end)["periods"][0]
        ends, unit = [first], 1
        while ends[-1] < end:
            until = min(first + math.floor(unit * self.unit), end)
            if until > ends[-1]:
                ends.append(until)
            unit += 1
        out = []
        for until in ends:
            state = customer.state(until)
            periods, x = state["periods"], len(state["periods"]) - 1
            row = {
                "until": self.clock.text(until),
                "x": x,
                "t_x": float((periods[-1] - first) / self.unit),
                "T": float((until - first) / self.unit),
            }
            if "amount" in self.has:
                spend = state["spend"]
                row["mean_spend"] = float((sum(spend.values()) - spend[first]) / x) if x else None
            out.append(row)
        return out


def case(name, options, rows, columns=("customer", "date", "amount"), end=None, holdout=None, path=None, types=None):
    model = Model(options, [(columns, rows)])
    last = model.clock.bound(end) if end else max(model.seen)
    later = model.clock.bound(holdout) if holdout else None
    facts = dict(model.facts)
    facts["customers"] = sum(any(r[1] for r in c.rows) for c in model.customers.values())
    facts["purchases"] = sum(len({r[0] for r in c.rows if r[1]}) for c in model.customers.values())
    facts["first"], facts["last"] = model.clock.text(min(model.seen)), model.clock.text(max(model.seen))
    words = dict(options)
    words["period"] = PERIODS[options.get("period", "day")]
    words["refunds"] = REFUNDS[options.get("refunds", "reject")]
    words["zeros"] = ZEROS[options.get("zeros", "keep")]
    out = {"id": name, "options": words, "columns": list(columns), "rows": [list(row) for row in rows]}
    out.update(types=types or {"customer": "utf8", "date": "utf8"}, end=end, holdout_end=holdout, facts=facts)
    out.update(table=model.table(last, later), course=model.course(last, later))
    if path:
        out.update(path_customer=str(path), path=model.path(path, last))
    return out


REFUND_ROWS = [
    ("ann", "2025-01-10", 100.0), ("ann", "2025-01-20", 50.0), ("ann", "2025-01-20", -20.0),
    ("ann", "2025-02-01", -30.0), ("ann", "2025-02-03", 10.0), ("ann", "2025-03-01", -1.5),
    ("bob", "2025-01-05", -40.0), ("bob", "2025-01-08", 60.0), ("bob", "2025-01-07", -3.25),
    ("cy", "2025-01-09", -7.0),
    ("di", "2025-01-10", 80.0), ("di", "2025-01-10", -80.0), ("di", "2025-01-11", -5.0),
    ("ed", "2025-02-20", 9.0), ("ed", "2025-03-05", 4.0), ("ed", "2025-03-04", -2.0),
]  # fmt: skip

ODD_ROWS = [
    ("b", "2024-02-29", 1.0), ("b", "2023-02-29", 1.0), (None, "2024-01-01", 1.0), ("", "2024-01-01", 1.0),
    ("b", None, 1.0), ("b", "2024-03-01", None), ("b", "yesterday", 2.0), ("b", "2024-13-01", 2.0),
    ("b", "2024-04-31", 2.0), ("b", "2024-3-1", 2.0), ("b", "2024-03-01T25:00:00", 2.0), ("b", "2024-03-01T10:00:00", 2.0),
    ("b", "2024-03-01 10:00", 2.5), ("b", "2024-03-02T23:59:59.999999Z", 3.0), ("a", "2024-03-03T00:00:00Z", 4.0),
    ("b", "2024-03-01T10:00:00x", 4.0), ("b", "2024-03-01T10:00:60", 4.0), ("b", "0000-01-01", 4.0), ("Ä", "2024-03-01", 5.0),
    ("\U0001f600", "2024-03-01", 6.0), ("a ", "2024-03-01", 7.0), ("a", "2024-03-01", 0.1), ("a", "2024-03-01", 0.2),
]  # fmt: skip


def random_rows(seed, count, customers, first, days, clock=False):
    draw = random.Random(seed)
    rows = []
    for _ in range(count):
        time = datetime.datetime.fromisoformat(first) + datetime.timedelta(seconds=draw.randrange(days * 86400))
        text = time.strftime("%Y-%m-%dT%H:%M:%S") if clock else time.strftime("%Y-%m-%d")
        rows.append((draw.randrange(customers), text, round(draw.uniform(0.01, 99), 2)))
    return rows


INTEGERS = {"customer": "int32", "date": "utf8"}


def cases():
    yield case("days", {"periods_per_unit": 7.0}, random_rows(1, 60, 9, "2024-01-25", 90), types=INTEGERS, path=3)
    yield case("end.later", {"periods_per_unit": 7.0}, random_rows(1, 60, 9, "2024-01-25", 90), types=INTEGERS, end="2024-12-31", path=3)
    yield case("end.earlier.holdout", {"periods_per_unit": 7.0}, random_rows(2, 80, 12, "2024-01-25", 120), types=INTEGERS,
               end="2024-03-10", holdout="2024-05-01", path=2)  # fmt: skip
    yield case("refunds.net", {"refunds": "net"}, REFUND_ROWS, path="ann")
    yield case("refunds.net.end", {"refunds": "net"}, REFUND_ROWS, end="2025-01-31", holdout="2025-03-31", path="ann")
    yield case("refunds.net.coarse", {"refunds": "net", "period": "month"}, REFUND_ROWS, end="2025-02", path="ann")
    yield case("refunds.drop", {"refunds": "drop"}, REFUND_ROWS, end="2025-03-31")
    yield case("refunds.keep", {"refunds": "keep"}, REFUND_ROWS, end="2025-03-31", path="bob")
    yield case("zeros.drop", {"zeros": "drop"}, [("a", "2025-01-01", 0.0), ("a", "2025-01-02", 5.0), ("b", "2025-01-03", -0.0)])
    yield case("zeros.keep", {}, [("a", "2025-01-01", 0.0), ("a", "2025-01-02", 5.0), ("b", "2025-01-03", -0.0)])
    yield case("bad.drop", {"bad_rows": 2}, ODD_ROWS, path="b")
    for period, end, unit in [("week", "2024-05-01", 4.0), ("month", "2024-06", 1.0), ("quarter", "2025-06-30", 4.0), ("year", "2026", 1.0)]:
        yield case("period." + period, {"period": period, "periods_per_unit": unit}, random_rows(3, 50, 5, "2022-12-20", 500),
                   types=INTEGERS, end=end, path=1)  # fmt: skip
    for period, end, unit in [("hour", "2024-01-04", 24.0), ("second", "2024-01-04T12:30:00", 3600.0)]:
        yield case("period." + period, {"period": period, "periods_per_unit": unit}, random_rows(4, 60, 4, "2023-12-30", 4, True),
                   types=INTEGERS, end=end, path=1)  # fmt: skip
    yield case("unit.months.of.days", {"periods_per_unit": 30.4375}, random_rows(5, 60, 6, "2023-02-25", 400), types=INTEGERS, path=1)
    yield case("unit.half", {"periods_per_unit": 0.5}, random_rows(6, 20, 4, "2024-02-27", 9), types=INTEGERS, path=1)
    numbers = [(k % 3, value, 1.0 + k) for k, value in enumerate([0.05, -0.05, 0.15, 7.5, -3.3, 2.5, 2.49, 0.3, 0.7, 9.9, 1e3 / 8])]
    yield case("numbers", {"period": "number"}, numbers, types={"customer": "int32"}, end="20.5", path=1)
    yield case("numbers.step", {"period": "number", "step": 0.25, "periods_per_unit": 4.0}, numbers, types={"customer": "int32"},
               end="8", holdout="130")  # fmt: skip
    wide = ("customer", "date", "amount", "cost", "quantity")
    rows = [(c, d, a, round(a / 3, 2), float(i % 4)) for i, (c, d, a) in enumerate(random_rows(7, 40, 5, "2024-02-01", 60))]
    rows += [(1, "2024-03-31", -5.0, -1.5, -1.0)]
    yield case("cost.quantity", {"cost": "cost", "quantity": "quantity", "refunds": "net"}, rows, wide, types=INTEGERS)
    yield case("no.amount", {"amount": ""}, [row[:2] for row in random_rows(8, 30, 5, "2024-02-01", 60)], wide[:2], types=INTEGERS, path=1)
    sizes = [1e14, -1e14, 1e-3, 2.0**-50, 2.0**-51, 3 * 2.0**-51, 1e-300, 0.1, 0.2, -0.3, 99999999999999.98, 1 / 3]
    yield case("amounts.far.apart", {"refunds": "keep"}, [("a", f"2024-01-{i + 1:02}", v) for i, v in enumerate(sizes)] +
               [("b", f"2024-01-{i // 3 + 1:02}", v) for i, v in enumerate(sizes)])  # fmt: skip
    centuries = ["0001-01-01", "1582-10-15", "1700-02-28", "1900-03-01", "1969-12-31", "1970-01-01", "2000-02-29", "2100-03-01", "9999-12-31"]
    for period in ("day", "week", "month", "quarter", "year"):
        yield case("centuries." + period, {"period": period, "periods_per_unit": 36524.25},
                   [("a", date, 1.0) for date in centuries])  # fmt: skip


def main():
    json.dump({"note": "made by make_history.py", "cases": list(cases())}, sys.stdout, indent=None, separators=(",", ":"), ensure_ascii=True)
    print()


if __name__ == "__main__":
    main()
