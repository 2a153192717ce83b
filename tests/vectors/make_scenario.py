#!/usr/bin/env python3
"""Writes scenario.json: what plans do, by a plain model with mpmath, customer by customer: make_scenario.py OUTPUT

It scores by weighted means of answered items only, which is all that its systems need.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import sys
from fractions import Fraction

from mpmath import exp, mp, mpf

mp.dps = 40

SYSTEM = {
    "custval": "system",
    "version": 1,
    "dimensions": [
        {
            "id": "product",
            "side": "benefit",
            "weight": 3,
            "indicators": [
                {"id": "function", "weight": 2, "items": [{"column": "F", "scale": [1, 10]}]},
                {
                    "id": "image",
                    "weight": 1,
                    "items": [{"column": "I", "scale": [1, 7]}, {"column": "J", "scale": [0, 4], "reversed": True}],
                },
            ],
        },
        {
            "id": "service",
            "side": "benefit",
            "weight": 2,
            "indicators": [{"id": "support", "items": [{"column": "S", "scale": [1, 10]}]}],
        },
        {
            "id": "money",
            "side": "sacrifice",
            "weight": 3,
            "indicators": [{"id": "price", "items": [{"column": "P", "scale": [1, 10], "missing_codes": [5]}]}],
        },
        {
            "id": "effort",
            "side": "sacrifice",
            "weight": 1,
            "indicators": [
                {"id": "time", "items": [{"column": "T", "scale": [0, 60]}]},
                {"id": "steps", "items": [{"column": "E", "scale": [1, 5]}]},
            ],
        },
    ],
}

COLUMNS = ["F", "I", "J", "S", "P", "T", "E", "volume", "rival", "stay", "old", "new", "segment"]
ROWS = [
    [8, 6, 1, 7, 4, 12, 2, 2, 10, 5, 1, 9, "a"],
    [9, 7, 0, 9, 3, 5, 1, 1, 35, 0, 0, 4, "b"],
    [5, 4, 2, 3, 8, 45, 4, 4, -20, 2, 1, 7, "a"],
    [2, 1, 4, 1, 10, 60, 5, 1, 0, 0, 0, 2, "b"],
    [7, None, 1, None, 5, 20, 3, 3, 5, 1, 1, None, "a"],
    [None, None, None, None, 6, None, None, 1, 5, 1, 1, 5, "b"],
    [6, 5, 3, 6, 2, 30, 2, None, 5, 1, None, 8, None],
    [6, 5, 3, 6, 2, 30, 2, -1, 5, 1, 0, 8, "b"],
    [10, 7, 0, 10, 1, 0, 1, 0.5, 60, 20, 0, 10, "c"],
]
SALES = {"mu": 0.08, "volume": "volume", "rival": "rival", "switching_cost": "stay"}


def item_score(item, row):
    answer = row[item["column"]]
    low, high = map(mpf, item["scale"])
    if answer is None or answer in item.get("missing_codes", []):
        return None
    score = 100 * (mpf(answer) - low) / (high - low)
    return 100 - score if item.get("reversed") else score


def mean(parts):
    """Of (weight, score) pairs, those without a score left out."""
    parts = [(mpf(weight), score) for weight, score in parts if score is not None]
    weight = sum(weight for weight, _ in parts)
    return sum(weight * score for weight, score in parts) / weight if weight else None


def value(system, row, moved):
    """Benefit - sacrifice; `moved` gives what becomes of an item's score."""
    sides = {}
    for side in ("benefit", "sacrifice"):
        dimensions = []
        for dimension in system["dimensions"]:
            if dimension["side"] != side:
                continue
            indicators = []
            for indicator in dimension["indicators"]:
                items = []
                for item in indicator["items"]:
                    score = item_score(item, row)
                    path = {item["column"], indicator["id"], dimension["id"], side}
                    items.append((item.get("weight", 1), None if score is None else moved(path, score)))
                indicators.append((indicator.get("weight", 1), mean(items)))
            dimensions.append((dimension.get("weight", 1), mean(indicators)))
        sides[side] = mean(dimensions)
    return None if None in sides.values() else sides["benefit"] - sides["sacrifice"]


def effects_of(plan, strength, quality):
    """Lists of (node, factor, points) at a strength."""
    result = []
    body = plan.get("price", {})
    for effect in body.get("money", []):
        result.append((effect["node"], strength * mpf(effect["factor"]), 0))
    for effect in body.get("quality", []) if quality else []:
        result.append((effect["node"], strength * mpf(effect["kappa"]), 0))
    for effect in plan.get("features", {}).get("nodes", []):
        result.append((effect["node"], 0, strength * mpf(effect["share"])))
    for key in ("programme", "competition"):
        for effect in plan.get(key, {}).get("effects", []):
            result.append((effect["node"], strength * mpf(effect.get("factor", 0)), strength * mpf(effect.get("points", 0))))
    return result


def mover(effects):
    def moved(path, score):
        factor = sum(factor for node, factor, _ in effects if node in path)
        points = sum(points for node, _, points in effects if node in path)
        return min(max(score * (1 + factor) + points, mpf(0)), mpf(100))

    return moved


def capability(terms, count):
    return mpf(terms["capability"]) * (1 - exp(-mpf(terms["saturation"]) * count))


def uses(terms, count, support):
    """Worth before use and in use."""
    able = capability(terms, count)
    usable = mpf(terms["usability"]) - mpf(terms["burden"]) * count * (1 - mpf(support))
    weight = mpf(terms["weight"])
    return weight * able + (1 - weight) * usable, (1 - weight) * able + weight * usable


def transaction(terms, reference, price):
    d = (reference - price) / reference
    alpha, beta, loss = (mpf(terms.get(key, start)) for key, start in (("alpha", 0.88), ("beta", 0.88), ("lambda", 2.25)))
    return d**alpha if d >= 0 else -loss * (-d) ** beta


def course(plan):
    """One dict per period from 0."""
    kind, periods = plan["kind"], plan["periods"]
    body = plan.get({"promotion": "price"}.get(kind, kind), {})
    length = body.get("length", 1 if kind == "features" else periods)
    result = []
    reference = None
    strength = mpf(1)
    for t in range(periods + 1):
        at = {"phase": "before" if t == 0 else "during" if t <= length else "after", "extra": mpf(0)}
        at["price"] = mpf(plan["sales"].get("price", 1))
        if kind in ("promotion", "price"):
            listed = mpf(body["list"])
            price = listed
            if 1 <= t <= length:
                if "path" in body:
                    price = mpf(body["path"][t - 1])
                elif "paid" in body:
                    price = mpf(body["paid"])
                else:
                    price = listed / (1 + mpf(body["second_unit"]))
            at["price"], at["strength"] = price, price / listed - 1
            if "reference" in body:
                terms = body["reference"]
                if reference is None:
                    reference = mpf(terms.get("start", body["list"]))
                at["reference"], at["felt"] = reference, (price - reference) / reference
                at["transaction"] = transaction(terms, reference, price)
                at["extra"] = mpf(terms["points"]) * at["transaction"]
                theta = mpf(terms["theta"])
                reference = theta * reference + (1 - theta) * price
        elif kind == "features":
            support = body.get("support", 0)
            old = uses(body, body["from"], support)
            new = uses(body, body["to"], body.get("new_support", support))
            at["strength"] = mpf(0) if t == 0 else new[0] - old[0] if t <= length else new[1] - old[1]
        elif kind == "programme":
            if t > length:
                strength *= 1 - mpf(body.get("decay", 1))
            at["strength"] = mpf(0) if t == 0 else strength
        else:
            at["strength"] = mpf(0) if t == 0 else mpf(t) if kind == "competition" else mpf(1)
        result.append(at)
    return result


def system_after(plan):
    if plan["kind"] != "indicator":
        return SYSTEM
    body = plan["indicator"]
    system = json.loads(json.dumps(SYSTEM))
    item = {"column": body["column"], "scale": body["scale"]} if "column" in body else {"column": "", "scale": [0, 100]}
    for dimension in system["dimensions"]:
        if dimension["id"] == body["dimension"]:
            dimension["indicators"].append({"id": body["id"], "weight": body["weight"], "items": [item]})
    return system


def cell(plan, row, key, otherwise):
    what = plan["sales"].get(key, otherwise)
    return row[what] if isinstance(what, str) else what


def customer(plan, row, at):
    """Values and sales of one customer in every period."""
    after = system_after(plan)
    row = {**row, "": plan.get("indicator", {}).get("score")}
    where = plan.get("programme", {}).get("where")
    chosen = where is None or row[where] not in (None, 0)
    values, plain = [], []
    for t, period in enumerate(at):
        for to, quality in ((values, True), (plain, False)):
            effects = effects_of(plan, period["strength"], quality) if chosen else []
            score = value(after if t else SYSTEM, row, mover(effects))
            to.append(None if score is None else score + period["extra"])
    if None in values:
        return {"status": 1, "chosen": chosen}
    result = {"status": 0, "chosen": chosen, "values": values, "plain": plain}
    sales = [cell(plan, row, key, otherwise) for key, otherwise in (("volume", 1), ("rival", None), ("switching_cost", 0))]
    if None in sales or sales[0] < 0:
        result["status"] = 2 if None in sales else 3
        return result
    volume, rival, stay = map(mpf, sales)
    mu = mpf(plan["sales"]["mu"])
    growth, catch_up = (mpf(plan["sales"].get(key, 0)) for key in ("rival_growth", "catch_up"))
    result.update(rivals=[], choices=[], switching=[], volume=volume)
    for t, now in enumerate(values):
        if t > 0:
            rival += growth + catch_up * max(values[t - 1] - rival, mpf(0))
        result["rivals"].append(rival)
        result["choices"].append(1 / (1 + exp(-mu * (now + stay - rival))))
        result["switching"].append(now + stay < rival)
    return result


def phase_mean(numbers, at, phase):
    chosen = [number for number, period in zip(numbers, at) if period["phase"] == phase]
    return sum(chosen) / len(chosen) if chosen else None


def band(number, cuts):
    return None if number is None else sum(number >= cut for cut in cuts)


def row_of(plan, one, at, cuts):
    """The customer's row of the result."""
    keys = ("before", "during", "after", "during_change", "after_change", "lowest", "band_before", "band_during", "band_after")
    keys += ("units_before", "units_during", "units_after", "switches", "without", "break_even")
    out = dict.fromkeys(keys)
    out["status"] = one["status"]
    if "values" not in one:
        return out
    values, start = one["values"], one["values"][0]
    for phase in ("during", "after"):
        out[phase] = phase_mean(values, at, phase)
        out[phase + "_change"] = None if out[phase] is None else out[phase] - start
    out.update(before=start, lowest=min(values[1:]))
    for phase in ("before", "during", "after"):
        out["band_" + phase] = band(out[phase], cuts)
    out["without"] = phase_mean(one["plain"], at, "during")
    plain, quality = out["without"] - start, out["during"] - out["without"]
    out["break_even"] = -plain / quality if abs(quality) > mpf(10) ** -20 else None
    if "choices" in one:
        more = 1 + mpf(plan["sales"].get("uplift", 0))
        units = [one["volume"] * choice for choice in one["choices"]]
        out.update(units_before=units[0], units_during=more * phase_mean(units, at, "during"))
        after = phase_mean(units, at, "after")
        out["units_after"] = after
        out["switches"] = next((t for t, is_so in enumerate(one["switching"]) if is_so and t > 0), None)
    return out


def totals(plan, all_of, at):
    """One dict per period."""
    valued = [one for one in all_of if "values" in one]
    sold = [one for one in all_of if "choices" in one]
    sales = plan["sales"]
    periods = []
    for t, period in enumerate(at):
        units = sum(one["volume"] * one["choices"][t] for one in sold)
        acquired = mpf(0)
        cost = mpf(0)
        if period["phase"] == "during":
            units *= 1 + mpf(sales.get("uplift", 0))
            acquired = units * mpf(sales.get("acquisition", 0))
            cost = mpf(plan.get("programme", {}).get("cost", 0)) * sum(one["chosen"] for one in valued)
        elif period["phase"] == "after":
            acquired = units * mpf(sales.get("acquisition", 0)) * mpf(sales.get("kept", 0))
        units += acquired
        revenue = units * period["price"]
        periods.append(
            {
                "strength": period["strength"],
                "value": sum(one["values"][t] for one in valued) / len(valued),
                "change": sum(one["values"][t] - one["values"][0] for one in valued) / len(valued),
                "rival": sum(one["rivals"][t] for one in sold) / len(sold),
                "lead": sum(one["values"][t] - one["rivals"][t] for one in sold) / len(sold),
                "choice": sum(one["choices"][t] for one in sold) / len(sold),
                "switching": sum(one["switching"][t] for one in sold),
                "units": units,
                "acquired": acquired,
                "revenue": revenue,
                "profit": revenue - units * mpf(sales.get("cost", 0)) - cost,
            }
        )
        for key in ("reference", "felt", "transaction"):
            if key in period:
                periods[-1][key] = period[key]
    return periods


def facts_of(plan, all_of, at, periods, rows):
    valued = [one for one in all_of if "values" in one]
    sold = [one for one in all_of if "choices" in one]
    count = len(valued)
    during = [t for t, period in enumerate(at) if period["phase"] == "during"]
    after = [t for t, period in enumerate(at) if period["phase"] == "after"]
    plain = sum(one["plain"][t] - one["values"][0] for one in valued for t in during) / len(during) / count
    change = sum(periods[t]["change"] for t in during) / len(during)
    bought = sum(one["volume"] * one["choices"][t] for one in sold for t in during)
    anyway = sum(one["volume"] * min(one["choices"][t], one["choices"][0]) for one in sold for t in during)
    end = "after" if after else "during"
    has_quality = "quality" in plan.get("price", {})
    premium = None
    if "price" in plan:
        slope = periods[1]["change"] - at[1]["extra"] + at[0]["extra"]
        premium = -periods[0]["lead"] * (at[1]["price"] - at[0]["price"]) / slope
    return {
        "customers": count,
        "skipped": len(all_of) - count,
        "chosen": sum(one["chosen"] for one in valued),
        "switching": sum(any(one["switching"][1:]) for one in sold),
        "rose": sum(row["before"] is not None and row["band_" + end] > row["band_before"] for row in rows),
        "fell": sum(row["before"] is not None and row["band_" + end] < row["band_before"] for row in rows),
        "before": periods[0]["value"],
        "during_change": change,
        "after_change": sum(periods[t]["change"] for t in after) / len(after) if after else None,
        "net": sum(period["change"] for period in periods[1:]),
        "without": plain if has_quality else None,
        "break_even": -plain / (change - plain) if has_quality else None,
        "premium": premium,
        "bought_anyway": anyway / bought / (1 + mpf(plan["sales"].get("acquisition", 0))),
        "units_before": periods[0]["units"],
        "units_during": sum(periods[t]["units"] for t in during) / len(during),
        "units_after": sum(periods[t]["units"] for t in after) / len(after) if after else None,
        "profit": sum(period["profit"] - periods[0]["profit"] for period in periods[1:]),
    }


PLANS = [
    ("bogo", [0], {"kind": "promotion", "periods": 8, "sales": {**SALES, "uplift": 0.5, "acquisition": 0.1, "kept": 0.4, "cost": 30},
        "price": {"list": 100, "second_unit": 1, "length": 3, "money": [{"node": "price", "factor": 1}],
                  "quality": [{"node": "image", "kappa": 0.2}, {"node": "F", "kappa": 0.05}], "reference": {"theta": 0.6, "points": 12}}}),
    ("path", [-10, 0, 25], {"kind": "promotion", "periods": 6, "sales": {**SALES, "uplift": -0.1, "rival_growth": 0.5},
        "price": {"list": 80, "path": [60, 70.5, 75], "length": 3, "money": [{"node": "money", "factor": 0.7}],
                  "reference": {"start": 90, "theta": 0.75, "points": 8, "alpha": 0.5, "beta": 0.65, "lambda": 3}}}),
    ("price_cut", [0], {"kind": "price", "periods": 3, "sales": {**SALES, "cost": 10},
        "price": {"list": 50, "paid": 40, "money": [{"node": "price", "factor": 1}], "quality": [{"node": "image", "kappa": 0.9}]}}),
    ("price_rise", [0], {"kind": "price", "periods": 4, "sales": SALES,
        "price": {"list": 50, "paid": 65, "money": [{"node": "price", "factor": 1}], "quality": [{"node": "product", "kappa": 0.4}],
                  "reference": {"theta": 0.5, "points": 10}}}),
    ("features", [0], {"kind": "features", "periods": 5, "sales": {**SALES, "catch_up": 0.1},
        "features": {"capability": 60, "saturation": 0.2, "usability": 50, "burden": 4, "support": 0.3, "new_support": 0.1, "weight": 0.7,
                     "from": 3, "to": 12, "length": 2, "nodes": [{"node": "function", "share": 1}, {"node": "service", "share": 0.25}]}}),
    ("indicator", [0], {"kind": "indicator", "periods": 2, "sales": SALES,
        "indicator": {"dimension": "service", "id": "ease", "weight": 0.5, "column": "new", "scale": [0, 10]}}),
    ("indicator_for_all", [0], {"kind": "indicator", "periods": 3, "sales": {**SALES, "rival_growth": 2, "catch_up": 0.3},
        "indicator": {"dimension": "product", "id": "ease", "weight": 1, "score": 85}}),
    ("delivery", [0], {"kind": "programme", "periods": 5, "sales": {**SALES, "price": 20, "cost": 12},
        "programme": {"where": "old", "length": 3, "decay": 0.5, "cost": 1.5,
                      "effects": [{"node": "time", "points": -25}, {"node": "steps", "factor": -0.4, "points": -5}]}}),
    ("competition", [0], {"kind": "competition", "periods": 6, "sales": {**SALES, "rival_growth": 1.5, "catch_up": 0.2},
        "competition": {"effects": [{"node": "product", "points": -1.5}, {"node": "support", "factor": -0.02}]}}),
]


# Four prices of each respondent: too cheap, cheap, expensive, too expensive.
SURVEYS = [
    [[2, 4, 7, 9], [3, 5, 8, 10], [1, 3, 6, 8], [4, 6, 9, 12], [2, 5, 6, 7], [3, 4, 5, 6], [5, 4, 8, 9], [2, 3, 7, None], [3, 6, 6, 11]],
    [[10, 20, 40, 50], [10, 20, 40, 50]],
    [[1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]],
    [[0.5, 1.25, 2.5, 3.5], [0.75, 1.5, 2, 4.25], [1, 1.25, 3, 3], [0, 2, 2, 5]],
]


def cross(prices, falling, rising):
    """Where two curves first are equal; the middle if they stay so."""
    steps = list(zip(prices, prices[1:]))
    gaps = [high - low for high, low in zip(falling, rising)]
    if gaps[0] < 0:
        return None
    for place, gap in enumerate(gaps):
        if gap == 0:
            last = place
            while last + 1 < len(gaps) and gaps[last + 1] == 0:
                last += 1
            return (prices[place] + prices[last]) / 2
        if place < len(steps) and gap > 0 > gaps[place + 1]:
            low, high = steps[place]
            return low + (high - low) * gap / (gap - gaps[place + 1])
    return None


def survey(rows):
    kept = [list(map(Fraction, row)) for row in rows if None not in row and row == sorted(row)]
    prices = sorted({price for row in kept for price in row})
    names = ("too_cheap", "cheap", "expensive", "too_expensive")
    curves = {}
    for k, name in enumerate(names):
        is_in = (lambda answer, price: answer >= price) if k < 2 else (lambda answer, price: answer <= price)
        curves[name] = [Fraction(sum(is_in(row[k], price) for row in kept), len(kept)) for price in prices]
    pairs = {"cheapest": (0, 2), "indifference": (1, 2), "optimal": (0, 3), "dearest": (1, 3)}
    missing = sum(None in row for row in rows)
    facts = {"respondents": len(kept), "missing": missing, "dropped": len(rows) - len(kept) - missing}
    for key, (falling, rising) in pairs.items():
        facts[key] = cross(prices, curves[names[falling]], curves[names[rising]])
    table = [{"price": price, **{name: curves[name][k] for name in names}} for k, price in enumerate(prices)]
    return {"rows": rows, "facts": facts, "curves": table}


def clean(table):
    return [{key: plain_number(number) for key, number in row.items()} for row in table]


def plain_number(number):
    if number is None or isinstance(number, (bool, int)):
        return int(number) if isinstance(number, bool) else number
    return float(number)


def main(output):
    cases = []
    for name, cuts, plan in PLANS:
        plan = {"custval": "scenario", "version": 1, **plan}
        at = course(plan)
        all_of = [customer(plan, dict(zip(COLUMNS, row)), at) for row in ROWS]
        rows = [row_of(plan, one, at, cuts) for one in all_of]
        periods = totals(plan, all_of, at)
        facts = facts_of(plan, all_of, at, periods, rows)
        if "quality" not in plan.get("price", {}):
            for row in rows:
                del row["without"], row["break_even"]
        if not any(period["phase"] == "after" for period in at):
            for row in rows:
                for key in ("after", "after_change", "band_after", "units_after"):
                    del row[key]
        if "where" in plan.get("programme", {}):
            for row, one in zip(rows, all_of):
                row["chosen"] = one["chosen"]
        cases.append({"id": name, "scenario": plan, "cuts": cuts, "facts": clean([facts])[0], "customers": clean(rows), "periods": clean(periods)})
    surveys = []
    for rows in SURVEYS:
        found = survey(rows)
        surveys.append({"rows": rows, "facts": clean([found["facts"]])[0], "curves": clean(found["curves"])})
    head = {"note": "By make_scenario.py. null: missing.", "system": SYSTEM, "columns": COLUMNS, "rows": ROWS, "cases": cases, "surveys": surveys}
    text = json.dumps(head, indent=1)
    pathlib.Path(output).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
