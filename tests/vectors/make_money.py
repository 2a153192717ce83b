#!/usr/bin/env python3
"""Writes money.json: values of customers and of bases, computed here from the formulas in docs/numerics-money.md.

Needs mpmath (pip install mpmath). Run by hand; the build only reads the result. Everything is computed with 50 digits,
sums as the formulas print them, and by other ways than the library where there are others: closed forms for its sums, sums
over all pairs for its sorted ones, long sums for its equations."""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib

import mpmath
from mpmath import mpf

mpmath.mp.dps = 50
NOTE = (
    "Values of customers. Kind 'worth': a 'document', 'columns' and 'rows' (null is a missing cell), 'expected' holds result "
    "columns by name. Kind 'returns': the same with 'segment'. Kind 'concentration': 'values', 'points', 'facts', and the curve in "
    "'expected'. Kind 'allocation': 'brands', 'rows', 'expected' by brand. Kind 'switching': 'brands', 'options', 'columns', 'rows', "
    "'expected' by brand, 'equity'. Kind 'markov': 'P', 'R', 'rate', 'periods' (null: for ever), 'counts', 'empty'. Kind 'spending': 'of', "
    "'ceiling', 'efficiency', 'value', 'rate'. Kind 'equity': two tables and 'expected'. Null is a missing number. "
    "|actual - expected| <= tolerance * max(1, |expected|)."
)
cases = []


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return float(value) if isinstance(value, mpmath.mpf) else value


def add(name, kind, tolerance=1e-13, **members):
    cases.append(plain({"id": name, "kind": kind, **members, "tolerance": tolerance}))


def exact(value):
    """The double that a decimal of the document becomes, exactly."""
    return mpf(float(value))


# ---- Worth ------------------------------------------------------------------------------------------------------------


class Row:
    """A row's quantities by what the document says of them."""

    def __init__(self, document, columns, cells):
        self.document, self.cells = document, dict(zip(columns, cells))

    def get(self, thing, key, otherwise=0):
        value = thing.get(key, otherwise)
        return exact(self.cells[value] if isinstance(value, str) else value)


def geometric(ratio, first, count):
    """Sum of ratio^t, t = first .. first + count - 1, in closed form."""
    if ratio == 1:
        return mpf(count)
    return ratio**first * (1 - ratio**count) / (1 - ratio)


def worth_row(row):
    document, get, out = row.document, row.get, {}
    growth = (1 + get(document, "rate")) ** (1 / get(document, "rate_period", 1))
    part = document.get("existing")
    if part is not None:
        if "value" in part:
            out["existing"] = get(part, "value")
        else:
            gross = get(part, "revenue") * get(part, "margin") if "margin" in part else (
                get(part, "revenue") - get(part, "cost_of_goods"))
            costs = sum(get(part, key) for key in ("service_cost", "attract", "acquire", "develop", "keep"))
            out["existing"] = gross - costs
            out["marketing"] = -sum(get(part, key) for key in ("attract", "acquire", "develop", "keep"))
        out["loss_maker"] = 1 if out["existing"] < 0 else 0
    part = document.get("potential")
    if part is not None:
        value = get(part, "value")
        if "periods" in part:
            margin = sum(get(t, "probability") * get(t, "volume") * get(t, "margin") for t in part.get("triggers", ()))
            margin += sum(get(c, "probability") * get(c, "margin") for c in part.get("cross", ()))
            periods, first, kept = int(get(part, "periods")), int(get(part, "first_period")), get(part, "retention")
            out["margin"] = margin
            out["tenure"] = geometric(kept, first, periods)
            value += margin * geometric(kept / growth, first, periods)
        out["potential"] = get(part, "trust", 1) * value
    part = document.get("influence")
    if part is not None:
        out["influence"] = influence(row, part, growth)
    part = document.get("learning")
    if part is not None:
        if "score" in part:
            out["learning_score"] = get(part, "score")
        if set(part) & {"value", "loss", "gains", "money_per_point"}:
            gains = sum(row.get({"gain": g}, "gain") / growth ** (t + 1) for t, g in enumerate(part.get("gains", ())))
            out["learning"] = get(part, "value") - get(part, "loss") + gains + get(part, "score") * get(
                part, "money_per_point")
    if "credited" in document:
        out["credited"] = -get(document, "credited")
    parts = [out.get(key, mpf(0)) for key in ("potential", "influence", "learning", "credited")]
    out["direct"], out["latent"] = out.get("existing", mpf(0)), sum(parts)
    out["total"] = out["direct"] + out["latent"]
    if "marketing" in out:
        out["consumption"] = out["existing"] - out["marketing"] + out.get("potential", 0)
        out["brand"] = out["total"] - out["consumption"] - out["marketing"]
    part = document.get("wallet")
    if part is not None:
        out["ceiling"] = get(part, "spending") * get(part, "margin") * geometric(1 / growth, 0, int(get(part, "periods")))
        realised = out["direct"] + out.get("potential", 0)
        out["realisation"] = realised / out["ceiling"] if out["ceiling"] > 0 else None
    return out


def influence(row, part, growth):
    get = row.get

    def now(entry, money):
        return get(entry, "count") * money / growth ** get(entry, "period")

    satisfaction = get(part, "satisfaction")
    if "complains_below" in part and satisfaction < get(part, "complains_below"):
        return -sum(now(c, get(c, "margin")) for c in part["complaints"])
    if "recommends_from" in part and satisfaction < get(part, "recommends_from"):
        return mpf(0)
    share = get(part, "attribution")
    referred = sum(now(r, share * get(r, "margin") - get(r, "reward") - get(r, "marketing_cost") + get(r, "saving"))
                   for r in part.get("referrals", ()))
    if "chain" in part:
        link = get(part["chain"], "k") * get(part["chain"], "decay")
        referred *= geometric(link, 0, int(get(part["chain"], "depth")) + 1) if "depth" in part["chain"] else 1 / (1 - link)
    helped = sum(now(h, get(h, "saving")) for h in part.get("helped", ()))
    known = part.get("reference", {})
    reference = share * get(known, "uplift") * get(known, "exposed") * get(known, "margin")
    return share * get(part, "value") + referred + helped + reference


def compare(rows):
    """Shares and mean ranks; None for rows without a total."""
    totals = [row["total"] for row in rows if row is not None]
    whole = sum(totals)
    for row in rows:
        if row is None:
            continue
        row["share"] = row["total"] / whole if whole > 0 else None
        better = sum(t > row["total"] for t in totals)
        row["rank"] = mpf(better) + mpf(1 + sum(t == row["total"] for t in totals)) / 2


def worth(name, document, columns, cells, status=None, **more):
    document = {"custval": "worth", "version": 1, **document}
    status = status or [0] * len(cells)
    rows = [worth_row(Row(document, columns, c)) if s == 0 else None for c, s in zip(cells, status)]
    compare(rows)
    keys = next(row for row in rows if row is not None)
    expected = {key: [None if row is None else row[key] for row in rows] for key in keys}
    if "loss_maker" in expected:
        expected["loss_maker"] = [x or 0 for x in expected["loss_maker"]]
    add(name, "worth", document=document, columns=columns, rows=cells, expected={**expected, "status": status}, **more)


EXISTING = {"revenue": "revenue", "margin": "margin", "service_cost": "service", "attract": "attract",
            "acquire": "acquire", "develop": "develop", "keep": "keep"}
EXISTING_COLUMNS = ["revenue", "margin", "service", "attract", "acquire", "develop", "keep"]

worth("existing.margin", {"existing": EXISTING}, EXISTING_COLUMNS,
      [[1000, 0.4, 50, 10, 0, 20, 30], [120, 0.35, 60, 40, 80, 0, 0], [0, 0.4, 0, 0, 0, 0, 0]])
worth("existing.cost_of_goods",
      {"existing": {"revenue": "revenue", "cost_of_goods": "goods", "keep": 12.5}}, ["revenue", "goods"],
      [[1000.1, 612.7], [80, 95], [-30, 0]])
worth("existing.cells",
      {"existing": EXISTING}, EXISTING_COLUMNS,
      [[1000, 0.4, 50, 10, 0, 20, 30], [None, 0.35, 60, 40, 80, 0, 0], [100, 0.4, 0, 0, -1, 0, 0],
       ["inf", 0.4, 0, 0, 0, 0, 0], [1000, 0.4, 50, 10, 0, 20, 30]], status=[0, 1, 2, 2, 0],
      types={"revenue": "float64"})
POTENTIAL = {"periods": "periods", "first_period": "first", "retention": "retention", "trust": "trust",
             "triggers": [{"note": "new plant", "probability": "p", "volume": "volume", "margin": 3.25},
                          {"probability": 0.05, "volume": 1000, "margin": "unit"}],
             "cross": [{"probability": "p_cross", "margin": 80}, {"probability": 0.1, "margin": -5}]}
POTENTIAL_COLUMNS = ["periods", "first", "retention", "trust", "p", "volume", "unit", "p_cross"]
worth("potential", {"period": "year", "rate": 0.12, "potential": POTENTIAL}, POTENTIAL_COLUMNS,
      [[5, 1, 0.8, 0.9, 0.3, 400, 2, 0.2], [5, 0, 0.8, 0.9, 0.3, 400, 2, 0.2], [10, 1, 0.8, 0.9, 0.3, 400, 2, 0.2],
       [1200, 1, 1, 1, 0.3, 400, 2, 0.2], [1, 1, 0, 1, 0, 0, 2, 0.2], [5, 1, 1.2, 1, 0, 0, 2, 0.2],
       [2.5, 1, 0.5, 1, 0, 0, 2, 0.2], [5, 1, 0.5, 1.5, 0, 0, 2, 0.2]], status=[0, 0, 0, 0, 0, 2, 2, 2])
worth("potential.rate_of_a_year_by_month",
      {"period": "month", "rate": "rate", "rate_period": 12, "potential": {
          "periods": 36, "first_period": 1, "retention": 0.97, "cross": [{"probability": 0.25, "margin": "m"}]}},
      ["rate", "m"], [[0.1, 40], [0, 40], [-0.05, 40], [-1, 40], [0.1, None]], status=[0, 0, 0, 2, 1])
worth("potential.ready", {"potential": {"value": "clv", "trust": 0.75}}, ["clv"], [[400.4], [-50], [0]])
INFLUENCE = {"satisfaction": "satisfaction", "recommends_from": 8, "complains_below": "limit", "attribution": "share",
             "referrals": [{"period": 1, "count": "referred", "margin": 98, "reward": 40, "marketing_cost": 20, "saving": 5},
                           {"period": 2.5, "count": 1, "margin": "later"}],
             "helped": [{"period": 1, "count": "helped", "saving": 5}],
             "complaints": [{"period": 0.5, "count": "told", "margin": 30}, {"count": 1, "margin": 4}],
             "reference": {"uplift": 0.01, "exposed": "exposed", "margin": 25}}
INFLUENCE_COLUMNS = ["satisfaction", "limit", "share", "referred", "later", "helped", "told", "exposed"]
worth("influence", {"period": "year", "rate": 0.15, "influence": INFLUENCE}, INFLUENCE_COLUMNS,
      [[8, 4, 1, 2, 80, 3, 5, 1000], [9.5, 4, 0.3, 2, 80, 3, 5, 1000], [7.9, 4, 1, 2, 80, 3, 5, 1000],
       [4, 4, 1, 2, 80, 3, 5, 1000], [3.9, 4, 1, 2, 80, 3, 5, 1000], [9, 8.5, 1, 2, 80, 3, 5, 1000]],
      status=[0, 0, 0, 0, 0, 2])
for name, chain in {"endless": {"k": "k", "decay": "decay"}, "ends": {"k": "k", "decay": "decay", "depth": 3}}.items():
    worth("influence.chain_" + name,
          {"influence": {"attribution": 1, "referrals": [{"count": 2, "margin": 10}], "chain": chain}}, ["k", "decay"],
          [[3, 0.2], [0, 0.5], [10, 0.0999], [10, 0.1], [2, 0.9]], status=[0, 0, 0, 2, 2])
worth("learning.money", {"period": "year", "rate": 0.1, "learning": {"loss": "loss", "gains": ["a", 40, "b"]}},
      ["loss", "a", "b"], [[100, 20, 60], [0, -5, 0], [1000, 20, 60]])
worth("learning.score", {"existing": {"value": "v"}, "learning": {"score": "s"}}, ["v", "s"], [[10, 70], [20, 0]])
worth("learning.priced", {"learning": {"score": "s", "money_per_point": 2.5}}, ["s"], [[70], [-3]])
worth("wallet",
      {"period": "year", "rate": 0.08, "existing": {"value": "v"}, "potential": {"value": "p"},
       "wallet": {"spending": "wallet", "margin": 0.3, "periods": "tenure"}},
      ["v", "p", "wallet", "tenure"],
      [[100, 250, 2000, 10], [-30, 20, 500, 1], [10, 0, 0, 5], [10, 0, 500, 0]], status=[0, 0, 0, 2])
worth("everything",
      {"preset": "four", "period": "year", "rate": 0.1, "credited": "credited", "existing": EXISTING,
       "potential": {"value": "clv", "trust": 0.9},
       "influence": {"attribution": 0.5, "referrals": [{"period": 1, "count": "referred", "margin": 90, "reward": 20}]},
       "learning": {"loss": 10, "gains": [4, 5, 6], "score": "score"}},
      EXISTING_COLUMNS + ["clv", "referred", "credited", "score"],
      [[1000, 0.4, 50, 10, 0, 20, 30, 300, 2, 0, 50], [120, 0.35, 60, 40, 80, 0, 0, 10, 0, 45, 10],
       [1000, 0.4, 50, 10, 0, 20, 30, 300, 2, 0, 50], [700, 0.4, 50, 10, 0, 20, 30, None, 2, 0, 50]],
      status=[0, 0, 0, 1])

# ---- Returns ----------------------------------------------------------------------------------------------------------


def returns(name, columns, cells, segments):
    document = {"custval": "worth", "version": 1, "existing": EXISTING, "potential": {"value": "clv"}}
    classes = ["attract", "acquire", "develop", "keep", "marketing", "service"]
    expected = {key: [] for key in ("revenue", "existing", "value", "cost", "return", "margin", "customers", "skipped")}
    for segment in list(dict.fromkeys(segments)) + [None]:
        mine = [c for c, s in zip(cells, segments) if segment in (None, s)]
        whole = [dict(zip(columns, map(exact, c))) for c in mine if None not in c]
        values = [worth_row(Row(document, columns, c)) for c in mine if None not in c]
        revenue, existing = sum(w["revenue"] for w in whole), sum(v["existing"] for v in values)
        value = sum(v["total"] for v in values)
        for which in classes:
            names = classes[:4] if which == "marketing" else [which]
            cost = sum((w[n] for w in whole for n in names), mpf(0))
            line = (revenue, existing, value, cost, value / cost if cost > 0 else None,
                    existing / revenue if revenue > 0 else None, len(whole), len(mine) - len(whole))
            for key, x in zip(expected, line):
                expected[key].append(x)
    add(name, "returns", document=document, columns=columns + ["segment"], segment="segment",
        rows=[c + [s] for c, s in zip(cells, segments)], expected=expected)


returns("returns", EXISTING_COLUMNS + ["clv"],
        [[1000, 0.4, 50, 10, 0, 20, 30, 100], [120, 0.35, 60, 40, 80, 0, 0, 10], [500, 0.4, 5, 1, 0, 2, 3, 0],
         [90, 0.5, 0, 0, 0, 0, 0, 5], [None, 0.4, 0, 0, 0, 0, 0, 0]], ["b", "a", "b", "a", "b"])

# ---- Concentration ----------------------------------------------------------------------------------------------------


def concentration(name, values, points=0):
    known = sorted((exact(v) for v in values if v is not None), reverse=True)
    n, whole = len(known), sum(known)
    pairs = sum(abs(x - y) for x in known for y in known) / n**2
    sizes = sum(abs(x) for x in known)
    cumulative = [sum(known[:k]) for k in range(n + 1)]

    def at(customers):
        k = min(int(mpmath.floor(customers)), n)
        return cumulative[n] if k == n else cumulative[k] + (customers - k) * known[k]

    steps = points or n
    curve = [at(mpf(n) * k / steps) for k in range(steps + 1)]
    expected = {"customers": [mpf(k) / steps for k in range(1, steps + 1)],
                "value": [b - a for a, b in zip(curve, curve[1:])], "cumulative": curve[1:],
                "share": [c / whole if whole > 0 else None for c in curve[1:]]}
    facts = {"count": n, "missing": len(values) - n, "negative": sum(v < 0 for v in known), "sum": whole,
             "gini": pairs / (2 * whole / n) if whole > 0 else None,
             "gini_signed": pairs / (2 * mpf(n - 1) / n**2 * sizes) if n > 1 and sizes > 0 else None,
             "peak": max(cumulative) / whole if whole > 0 else None,
             "peak_customers": mpf(cumulative.index(max(cumulative))) / n,
             "top_decile": at(mpf(n) / 10) / whole if whole > 0 else None}
    add(name, "concentration", values=values, points=points, facts=facts, expected=expected)


WHALES = [120.5, -30, 0, 75, 75, None, 300, -80.25, 10, 0.5, 42, 7]
concentration("concentration.signed", WHALES)
concentration("concentration.deciles", WHALES, 10)
concentration("concentration.equal", [5, 5, 5, 5])
concentration("concentration.one_has_all", [0, 0, 8, 0])
concentration("concentration.losses_outweigh", [10, -30, 5])
concentration("concentration.gain_and_loss", [10, 0, 0, -4])
concentration("concentration.alone", [3])
concentration("concentration.large", [1e300, 2e300, -1e299, 5e299])

# ---- The Wallet Allocation Rule ---------------------------------------------------------------------------------------


def allocation(name, brands, rows):
    expected = {brand: [] for brand in brands}
    for row in rows:
        used = [r for r in row if r is not None]
        for brand, rating in zip(brands, row):
            if rating is None:
                expected[brand].append(None)
                continue
            places = [k + 1 for k, r in enumerate(sorted(used, reverse=True)) if r == rating]
            rank, n = mpf(sum(places)) / len(places), len(used)
            expected[brand].append((1 - rank / (n + 1)) * 2 / n)
    add(name, "allocation", brands=brands, rows=rows, expected=expected)


allocation("allocation", ["us", "them", "others"],
           [[9, 7, 5], [7, 7, 7], [8, 9, None], [None, None, 4], [None, None, None], [9, 9, 1]])

# ---- Brand switching --------------------------------------------------------------------------------------------------


def switching(name, brands, columns, rows, matrix=None, inertia=0, margins=None, rate=0, periods=1, population=0):
    n = len(brands)
    margins = margins or [1] * n
    expected = {brand: [] for brand in brands}
    for row in rows:
        cells = dict(zip(columns, row))
        last = brands.index(cells["last_brand"])
        volume, frequency = exact(cells.get("volume", 1)), exact(cells.get("frequency", 1))
        if matrix:
            steps = mpmath.matrix([[exact(x) for x in line] for line in matrix])
        else:
            steps = mpmath.matrix(n, n)
            for i in range(n):
                up = [mpmath.exp(exact(cells["u_" + b]) + (exact(inertia) if i == k else 0)) for k, b in enumerate(brands)]
                for k in range(n):
                    steps[i, k] = up[k] / sum(up)
        values = [mpf(0)] * n
        for t in range(int(round(periods * float(frequency), 9)) + 1):
            now = steps**t
            for k in range(n):
                values[k] += (1 + exact(rate)) ** (-mpf(t) / frequency) * volume * exact(margins[k]) * now[last, k]
        for k, brand in enumerate(brands):
            expected[brand].append(values[k])
    equity = [sum(expected[b]) / len(rows) * (population or len(rows)) for b in brands]
    options = {"matrix": matrix, "inertia": inertia, "margins": margins, "rate": rate, "periods": periods,
               "population": population, "volume": "volume" in columns, "frequency": "frequency" in columns}
    add(name, "switching", brands=brands, options=options, columns=columns, rows=rows, expected=expected, equity=equity)


switching("switching.matrix", ["us", "them", "others"], ["last_brand", "volume", "frequency"],
          [["us", 2, 4], ["them", 1.5, 1], ["others", 3, 0.5]],
          matrix=[[0.7, 0.2, 0.1], [0.3, 0.5, 0.2], [0.1, 0.1, 0.8]], margins=[10, 8, 12.5], rate=0.1, periods=3,
          population=1000)
switching("switching.logit", ["us", "them"], ["last_brand", "u_us", "u_them", "frequency"],
          [["us", 0.4, -0.1, 2], ["them", 0.4, -0.1, 2], ["us", 700, 705, 1]], inertia=1.1, rate=0.15, periods=5)

# ---- Markov chains ----------------------------------------------------------------------------------------------------


def markov(name, steps, rewards, rate, periods=None, counts=False, empty=None, probabilities=None):
    used = mpmath.matrix([[exact(x) for x in line] for line in (probabilities or steps)])
    n = used.rows
    for i in range(n):
        total = sum(used[i, k] for k in range(n))
        for k in range(n):
            used[i, k] /= total
    values, now = mpmath.matrix(n, 1), mpmath.matrix([exact(r) for r in rewards])
    for t in range((4000 if periods is None else periods) + 1):
        values += now
        now = used * now / (1 + exact(rate))
    add(name, "markov", P=steps, R=rewards, rate=rate, periods=periods, counts=counts, empty=empty,
        expected=[values[i] for i in range(n)])


markov("markov.for_ever", [[0.8, 0.2, 0], [0.1, 0.6, 0.3], [0.05, 0.05, 0.9]], [100, 20, -3], 0.25)
markov("markov.horizon", [[0.8, 0.2, 0], [0.1, 0.6, 0.3], [0.05, 0.05, 0.9]], [100, 20, -3], 0.25, 7)
markov("markov.now", [[0.8, 0.2], [0.1, 0.9]], [100, 20], 0.25, 0)
markov("markov.counts", [[80, 20, 0], [5, 30, 15], [0, 1, 9]], [100, 20, -3], 0.25, 7, counts=True)
markov("markov.stay", [[80, 20, 0], [0, 0, 0], [0, 1, 9]], [100, 20, -3], 0.25, None, counts=True, empty="stay",
       probabilities=[[80, 20, 0], [0, 1, 0], [0, 1, 9]])
markov("markov.pooled", [[80, 20, 0], [0, 0, 0], [0, 1, 9]], [100, 20, -3], 0.25, None, counts=True, empty="pooled",
       probabilities=[[80, 20, 0], [80, 21, 9], [0, 1, 9]])
markov("markov.ends_undiscounted", [[0.5, 0.3, 0.1, 0.1], [0.2, 0.5, 0.1, 0.2], [0, 0, 1, 0], [0, 0, 0, 1]],
       [10, -2, 0, 0], 0)

# ---- Spending ---------------------------------------------------------------------------------------------------------


def spending(name, of, ceiling, efficiency, value, rate=0):
    c, k, v, d = (exact(x) for x in (ceiling, efficiency, value, rate))

    def share(s):
        return c * (1 - mpmath.exp(-k * s))

    def left(s):
        return share(s) * v - s if of == "acquisition" else (share(s) * v - s) / (1 + d - share(s))

    if c * k * v <= 1:
        expected = [0, 0, 0, 0]
    else:
        # The golden section narrows it down, then the derivative's root gives the digits.
        low, high, golden = mpf(0), c * v, (mpmath.sqrt(5) - 1) / 2
        for _ in range(60):
            a, b = high - golden * (high - low), low + golden * (high - low)
            low, high = (a, high) if left(a) < left(b) else (low, b)
        best = mpmath.findroot(lambda s: mpmath.diff(left, s), (low + high) / 2)
        end = mpmath.findroot(lambda s: share(s) * v - s, (best, c * v), solver="anderson", tol=mpf(10) ** -40)
        expected = [best, share(best), left(best), end]
    add(name, "spending", of=of, ceiling=ceiling, efficiency=efficiency, value=value, rate=rate, expected=expected,
        tolerance=1e-12)


spending("spending.acquisition", "acquisition", 0.4, 0.2, 100)
spending("spending.acquisition_hardly", "acquisition", 0.5, 0.1, 20.5)
spending("spending.acquisition_never", "acquisition", 0.4, 0.02, 100)
spending("spending.retention", "retention", 0.9, 0.05, 80, 0.1)
spending("spending.retention_undiscounted", "retention", 0.7, 0.3, 12)
spending("spending.retention_never", "retention", 0.5, 0.1, 15, 0.1)

# ---- Customer equity --------------------------------------------------------------------------------------------------


def equity(name, current, prospects, attribution, rate):
    keys = ("customers", "current", "influence", "prospects", "acquired", "prospective", "acquisition_cost")
    segments = list(dict.fromkeys([c[0] for c in current] + [p[0] for p in prospects]))
    lines = {s: dict.fromkeys(keys, mpf(0)) | {"skipped": 0} for s in segments}
    for segment, value, influenced, count in current:
        line = lines[segment]
        if None in (value, influenced, count):
            line["skipped"] += 1
            continue
        line["customers"] += exact(count)
        line["current"] += exact(count) * exact(value)
        line["influence"] += exact(count) * exact(attribution) * exact(influenced)
    for segment, probability, value, cost, count, period in prospects:
        line, now = lines[segment], (1 + exact(rate)) ** -exact(period)
        if not 0 <= probability <= 1:
            line["skipped"] += 1
            continue
        line["prospects"] += exact(count)
        line["acquired"] += exact(count) * exact(probability)
        line["prospective"] += exact(count) * exact(probability) * exact(value) * now
        line["acquisition_cost"] += exact(count) * exact(cost) * now
    rows = list(lines.values())
    rows.append({key: sum(row[key] for row in rows) for key in rows[0]})
    for row in rows:
        row["equity"] = row["current"] + row["influence"] + row["prospective"] - row["acquisition_cost"]
    for row in rows:
        row["share"] = row["equity"] / rows[-1]["equity"]
    add(name, "equity", attribution=attribution, rate=rate, current=current, prospects=prospects, segments=segments,
        expected={key: [row[key] for row in rows] for key in rows[0]})


equity("equity", [["a", 120.5, 30, 1], ["b", -40, 0, 10], ["a", 90, 15, 2.5], ["b", None, 0, 1]],
       [["c", 0.1, 500, 12, 1000, 2], ["a", 0.25, 300, 40, 20, 0.5], ["c", 1.2, 300, 40, 20, 1]], 0.4, 0.1)


def main():
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    path = pathlib.Path(__file__).with_name("money.json")
    path.write_text(f'{{"note": {json.dumps(NOTE)}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(cases)} cases")


main()
