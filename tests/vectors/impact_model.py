"""What a point of a node is worth, by a plain model with 50 digits, written from the guides and the headers alone.

Scores come from scoring_model.py, row by row; links are fitted by normal equations and Newton's method; a lifetime
value is its series, term by term, or the limit of it; errors come from derivatives by central differences.
make_impact.py uses it to compute the numbers of impact.json.
"""

# SPDX-License-Identifier: Apache-2.0
import copy

from mpmath import exp, matrix, mp, mpf, sqrt

import scoring_model

mp.dps = 50
STEP = mpf(10) ** -16
NORMAL_95 = sqrt(2) * mp.erfinv(mpf("0.95"))
LEVELS = ("dimension", "indicator", "item")
STATUSES = {
    "ok": 0,
    "not_chosen": 1,
    "no_value": 2,
    "missing": 3,
    "range": 4,
    "endless": 5,
}
INFINITE = float("inf")


class Moved(scoring_model.Row):
    """A row in which one node's score is better by some points."""

    def __init__(self, system, cells, node=None, points=0):
        super().__init__(system, cells, {"as_of": "2026-06-30"})
        self.node, self.points, self.has_moved = node, points, False

    def better(self, score):
        if self.side_of(self.node) == "benefit":
            moved = max(score, min(score + self.points, mpf(100)))
        else:
            moved = min(score, max(score - self.points, mpf(0)))
        self.has_moved = moved != score
        return moved

    def side_of(self, node):
        for dimension in self.system["dimensions"]:
            for indicator in dimension["indicators"]:
                if node in (
                    dimension["id"],
                    indicator["id"],
                    *(item["id"] for item in indicator["items"]),
                ):
                    return dimension["side"]
        return None

    def settle(self, node, score, coverage):
        """What is computed is moved before its reliefs, a judgement as it is."""
        is_judged = self.override(node["id"]) is not None
        floor = node.get(
            "coverage_floor", self.system.get("missing", {}).get("coverage_floor", 0)
        )
        if (
            node["id"] == self.node
            and not is_judged
            and score is not None
            and coverage >= floor
        ):
            score = self.better(score)
        super().settle(node, score, coverage)
        if node["id"] == self.node and is_judged:
            self.scores[self.node] = self.better(self.scores[self.node])

    def item(self, item, side):
        super().item(item, side)
        if item["id"] == self.node and self.scores[self.node] is not None:
            self.scores[self.node] = self.better(self.scores[self.node])


def scored(system, cells, node=None, points=0):
    row = Moved(system, cells, node, points)
    row.run()
    return row.scores, row.has_moved


# ---- Links ----


def names_of(system):
    names = {"value"}
    for dimension in system["dimensions"]:
        names |= {dimension["side"], dimension["id"]}
        for indicator in dimension["indicators"]:
            names |= {indicator["id"], *(item["id"] for item in indicator["items"])}
    return names | {node["id"] for node in system.get("derived", [])}


def predictors_of(link):
    return (
        link["fit"]["predictors"]
        if "fit" in link and "custval" not in link
        else [term["predictor"] for term in link.get("terms", [])]
    )


def outcome_of(link):
    return link["outcome"] if "custval" in link else link["fit"]["outcome"]


def invert(a):
    return a**-1


def fit_linear(x, y):
    x, y = matrix(x), matrix(y)
    inverse = invert(x.T * x)
    b = inverse * (x.T * y)
    rest = y - x * b
    return b, inverse * ((rest.T * rest)[0] / (x.rows - x.cols))


def fit_logistic(x, y):
    x, y = matrix(x), matrix(y)
    b = matrix(x.cols, 1)
    for _ in range(60):
        p = [1 / (1 + exp(-t)) for t in x * b]
        weighted = matrix(x.rows, x.cols)
        for i in range(x.rows):
            for k in range(x.cols):
                weighted[i, k] = x[i, k] * p[i] * (1 - p[i])
        information = x.T * weighted
        step = invert(information) * (x.T * (y - matrix(p)))
        b += step
        if max(abs(s) for s in step) < mpf(10) ** -45:
            return b, invert(information)
    raise ArithmeticError("no optimum")


def fitted(impact, system, rows):
    """The impact with its links fitted, as numbers: [(kind, names, b, covariance or None)]."""
    links, earlier = [], []
    for link in impact["links"]:
        names = predictors_of(link)
        if "custval" in link:
            b = [
                mpf(link["intercept"]),
                *(mpf(term["coefficient"]) for term in link.get("terms", [])),
            ]
            c = None
            if "covariance" in link:
                n = len(b)
                c = matrix(n, n)
                for i, line in enumerate(link["covariance"]):
                    for k, number in enumerate(line):
                        c[i, k] = c[k, i] = mpf(number)
            links.append((link["kind"], names, matrix(b), c))
        else:
            x, y = [], []
            for cells in rows:
                scores, _ = scored(system, cells)
                line = [
                    cells[name]
                    if name in earlier or name not in names_of(system)
                    else scores[name]
                    for name in names
                ]
                outcome = cells[link["fit"]["outcome"]]
                if outcome is None or any(cell is None for cell in line):
                    continue
                x.append([mpf(1), *map(mpf, line)])
                y.append(mpf(outcome))
            fit = fit_logistic if link["fit"]["kind"] == "logistic" else fit_linear
            links.append((link["fit"]["kind"], names, *fit(x, y)))
        earlier.append(outcome_of(link))
    return links


# ---- Customers ----


def multiple(impact, p):
    """How many margins a customer is worth; None: without end."""
    money = impact["money"]
    rate, growth = mpf(money["rate"]), mpf(money.get("growth", 0))
    stays = p if impact["use"] == "retention" else mpf(1)
    ratio, later = stays * (1 + growth) / (1 + rate), money["first"] == "next"
    if money.get("periods", 0):
        total = sum(ratio**t for t in range(money["periods"]))
    elif ratio >= 1:
        return None
    else:
        total = 1 / (1 - ratio)
    if later:
        total = total * stays / (1 + rate)
    return total if impact["use"] == "retention" else p * total


def reader(impact, links, system):
    """What a link reads of a customer: outcome, node or column, whichever is first."""
    outcomes = [outcome_of(link) for link in impact["links"]]
    nodes = names_of(system)

    def expected(scores, cells, coefficients):
        known = {}
        for (kind, names, _, _), outcome, b in zip(links, outcomes, coefficients):
            t = b[0]
            for name, slope in zip(names, b[1:]):
                x = (
                    known[name]
                    if name in known
                    else scores[name]
                    if name in nodes
                    else cells[name]
                )
                t += slope * mpf(x)
            known[outcome] = 1 / (1 + exp(-t)) if kind == "logistic" else t
        return [known[outcome] for outcome in outcomes]

    return expected


def columns_of(impact, links, system):
    outcomes, names = [outcome_of(link) for link in impact["links"]], []
    for k, (_, predictors, _, _) in enumerate(links):
        names += [
            n for n in predictors if n not in outcomes[:k] and n not in names_of(system)
        ]
    margin = impact["money"]["margin"]
    return (
        names
        + ([margin] if isinstance(margin, str) else [])
        + ([impact["count"]] if "count" in impact else [])
    )


def status_of(impact, links, system, cells, scores):
    outcomes = [outcome_of(link) for link in impact["links"]]
    nodes = {"value"}
    for k, (_, predictors, _, _) in enumerate(links):
        nodes |= {
            n for n in predictors if n not in outcomes[:k] and n in names_of(system)
        }
    if "where" in impact and not cells[impact["where"]]:
        return "not_chosen"
    if any(scores[node] is None for node in nodes):
        return "no_value"
    for name in columns_of(impact, links, system):
        if cells[name] is None:
            return "missing"
        if cells[name] == INFINITE:
            return "range"
    return "range" if "count" in impact and cells[impact["count"]] < 0 else "ok"


class Customers:
    """Everyone who counts, and what they are worth with some coefficients."""

    def __init__(self, impact, system, rows):
        self.impact, self.system = impact, system
        self.links = fitted(impact, system, rows)
        self.expected = reader(impact, self.links, system)
        self.coefficients = [list(b) for _, _, b, _ in self.links]
        self.people = []
        for cells in rows:
            scores, _ = scored(system, cells)
            status = status_of(impact, self.links, system, cells, scores)
            if status == "ok":
                outcomes = self.expected(scores, cells, self.coefficients)
                if multiple(impact, outcomes[-1]) is None:
                    status = "endless"
            self.people.append((cells, scores, status))

    def weight(self, cells):
        return mpf(cells[self.impact["count"]]) if "count" in self.impact else mpf(1)

    def worth(self, scores, cells, coefficients):
        margin = self.impact["money"]["margin"]
        p = self.expected(scores, cells, coefficients)[-1]
        times = multiple(self.impact, p)
        return (
            None
            if times is None
            else mpf(cells[margin] if isinstance(margin, str) else margin) * times
        )

    def counted(self):
        return [
            (cells, scores) for cells, scores, status in self.people if status == "ok"
        ]

    def error(self, money):
        """Standard error of money(coefficients) by the delta method; None if every link is exact."""
        variance = None
        for k, (_, _, b, c) in enumerate(self.links):
            if c is None:
                continue
            slopes = []
            for i in range(len(b)):
                ends = []
                for h in (STEP, -STEP):
                    moved = copy.deepcopy(self.coefficients)
                    moved[k][i] += h
                    ends.append(money(moved))
                slopes.append((ends[0] - ends[1]) / (2 * STEP))
            slopes = matrix(slopes)
            variance = (variance or 0) + (slopes.T * c * slopes)[0]
        return None if variance is None else sqrt(variance)


def interval(name, middle, error):
    half = None if error is None else NORMAL_95 * error
    return {
        name[0]: middle,
        name[1]: error,
        name[2]: None if half is None else middle - half,
        name[3]: None if half is None else middle + half,
    }


def nodes_of(system, level):
    out = []
    for side in scoring_model.SIDES:
        for dimension in (d for d in system["dimensions"] if d["side"] == side):
            if level == "dimension":
                out.append(dimension["id"])
            for indicator in dimension["indicators"]:
                if level == "indicator":
                    out.append(indicator["id"])
                if level == "item":
                    out += [item["id"] for item in indicator["items"]]
    return out


def lever(who, node, levels_node):
    impact = who.impact
    points = mpf(impact.get("points", 1))
    counted = who.counted()
    everyone = sum((who.weight(cells) for cells, _ in counted), mpf(0))
    moves, moved, left_out = [], mpf(0), mpf(0)
    for cells, before in counted:
        after, has_moved = scored(who.system, cells, node, points)
        if not has_moved:
            continue
        # What lies below the node stays as it is: scoring gives that anyway.
        moved += who.weight(cells)
        if (
            status_of(impact, who.links, who.system, cells, after) != "ok"
            or who.worth(after, cells, who.coefficients) is None
        ):
            left_out += who.weight(cells)
            continue
        moves.append((cells, before, after))

    def gain(coefficients):
        return sum(
            (
                who.weight(c)
                * (who.worth(a, c, coefficients) - who.worth(b, c, coefficients))
                for c, b, a in moves
            ),
            mpf(0),
        )

    out = {"node": node, "kind": levels_node, "moved": moved, "left_out": left_out}
    out["value.change"] = (
        sum((who.weight(c) * (a["value"] - b["value"]) for c, b, a in moves), mpf(0))
        / everyone
    )
    changes = [
        [
            y - x
            for x, y in zip(
                who.expected(b, c, who.coefficients),
                who.expected(a, c, who.coefficients),
            )
        ]
        for c, b, a in moves
    ]
    outcomes = [outcome_of(link) for link in impact["links"]]
    for k, outcome in enumerate(outcomes):
        name = "probability.change" if k + 1 == len(outcomes) else outcome + ".change"
        out[name] = (
            sum(
                (who.weight(m[0]) * change[k] for m, change in zip(moves, changes)),
                mpf(0),
            )
            / everyone
        )
    middle = gain(who.coefficients)
    error = who.error(gain)
    out |= interval(("gain", "error", "low", "high"), middle, error)
    cost = None
    for stated in impact.get("costs", []):
        if stated["node"] == node:
            cost = (
                mpf(stated["cost"])
                * points
                * (everyone if stated.get("per") == "customer" else 1)
            )
    out["cost"] = cost
    for name, base in (
        ("return", middle),
        ("return.low", out["low"]),
        ("return.high", out["high"]),
    ):
        out[name] = None if cost is None or base is None else (base - cost) / cost
    out["net"] = None if cost is None else middle - cost
    return out


def answer(impact, system, rows, levels):
    who = Customers(impact, system, rows)
    outcomes = [outcome_of(link) for link in impact["links"]]
    customers, counts = [], dict.fromkeys(STATUSES, 0)
    for cells, scores, status in who.people:
        counts[status] += 1
        one = {
            "status": STATUSES[status],
            "value": None,
            "probability": None,
            "lifetime_value": None,
        }
        one |= {outcome + ".expected": None for outcome in outcomes[:-1]}
        if status == "ok":
            expected = who.expected(scores, cells, who.coefficients)
            one |= {
                "value": scores["value"],
                "probability": expected[-1],
                "lifetime_value": who.worth(scores, cells, who.coefficients),
            }
            one |= {
                name + ".expected": number
                for name, number in zip(outcomes[:-1], expected)
            }
        customers.append(one)
    counted = who.counted()
    everyone = sum((who.weight(cells) for cells, _ in counted), mpf(0))

    def equity(coefficients):
        return sum(
            (who.weight(c) * who.worth(s, c, coefficients) for c, s in counted), mpf(0)
        )

    facts = {
        "rows": counts["ok"],
        "exact_links": sum(c is None for _, _, _, c in who.links),
        "customers": everyone,
    }
    facts |= {name: counts[name] for name in STATUSES if name != "ok"}
    facts["value"] = (
        sum((who.weight(c) * s["value"] for c, s in counted), mpf(0)) / everyone
    )
    facts["probability"] = (
        sum(
            (
                who.weight(c) * who.expected(s, c, who.coefficients)[-1]
                for c, s in counted
            ),
            mpf(0),
        )
        / everyone
    )
    facts |= interval(
        ("equity", "equity_error", "equity_low", "equity_high"),
        equity(who.coefficients),
        who.error(equity),
    )
    levers = [
        lever(who, node, level)
        for level in LEVELS
        if level in levels
        for node in nodes_of(system, level)
    ]
    by = "return" if impact.get("costs") else "gain"
    for one in levers:
        one["rank"] = (
            None
            if one[by] is None
            else 1
            + sum(other[by] is not None and other[by] > one[by] for other in levers)
        )
    fits = [
        {
            "coefficients": [b[i] for i in range(len(b))],
            "covariance": None
            if c is None
            else [[c[i, k] for k in range(len(b))] for i in range(len(b))],
        }
        for _, _, b, c in who.links
    ]
    return {"links": fits, "customers": customers, "facts": facts, "levers": levers}
