#!/usr/bin/env python3
"""Writes ranking.json: rankings, ranks and fuzzy evaluations with the numbers of other programs.

Needs pymcdm 1.4.0, scikit-criteria 0.10, scipy and numpy (pip install). Run by hand; the build only reads the result.
Fuzzy evaluations are computed here, in fractions: no other program has them."""
# SPDX-License-Identifier: Apache-2.0
import importlib.metadata
import json
import pathlib
import warnings
from fractions import Fraction

import numpy
import scipy.stats
import skcriteria
from pymcdm import methods, normalizations
from skcriteria.agg import vikor

NOTE = (
    "Rankings of tables. A case of kind 'rank' has 'columns', 'rows' (null is a missing cell), 'sides', 'weights', "
    "'ranges' (null: none declared) and 'options' (words of custval_rank_options); 'expected' holds result columns by "
    "name, null where there is no number. Instead of it a case may have 'error', the name of a status, and "
    "'message_part', which the message contains. Kind 'ranks': 'numbers', 'ties', 'expected'. Kind 'fuzzy': a 'system', "
    "'columns', 'rows', 'options', and 'expected' by node. |actual - expected| <= tolerance * max(1, |expected|). "
    "'origin' says where the numbers come from."
)
PYMCDM, SKCRITERIA, SCIPY = (f"{name} {importlib.metadata.version(name)}"
                             for name in ("pymcdm", "scikit-criteria", "scipy"))
cases = []


def plain(value):
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, Fraction):
        value = float(value)
    return None if value is None or value != value else value


def add(name, kind, origin, tolerance=1e-12, notes=None, **members):
    case = {"id": name, "kind": kind, "origin": origin, **members}
    if "expected" in case:
        case["tolerance"] = tolerance
    if notes:
        case["notes"] = notes
    cases.append(case)


def names_of(count):
    return [f"c{i}" for i in range(count)]


def rank_case(name, origin, rows, sides, weights, options, expected, ranges=None, **more):
    add(name, "rank", origin, columns=names_of(len(sides)), rows=plain(rows), sides=list(sides),
        weights=plain(weights), **({"ranges": ranges} if ranges else {}), options=options,
        expected={key: plain(column) for key, column in expected.items()}, **more)


def refused(name, rows, sides, weights, options, error, part, ranges=None, **more):
    add(name, "rank", "by hand", columns=names_of(len(sides)), rows=plain(rows), sides=list(sides), weights=weights,
        **({"ranges": ranges} if ranges else {}), options=options, error=error, message_part=part, **more)


def ranks_of(scores):
    return scipy.stats.rankdata(-numpy.asarray(scores), "min")


# ---- Each method with each normalisation ----

# The data of the documentation of pymcdm's WASPAS. Its weights add up to 1.0155; only their proportions count here.
ROBOTS = numpy.array([
    [30, 23, 5, 0.745, 0.745, 1500, 5000], [18, 13, 15, 0.745, 0.745, 1300, 6000], [15, 12, 10, 0.5, 0.5, 950, 7000],
    [25, 20, 13, 0.745, 0.745, 1200, 4000], [14, 18, 14, 0.255, 0.745, 950, 3500],
    [17, 15, 9, 0.745, 0.5, 1250, 5250], [23, 18, 20, 0.5, 0.745, 1100, 3000], [16, 8, 14, 0.255, 0.5, 1500, 3000]])
ROBOT_WEIGHTS = numpy.array([0.1181, 0.1181, 0.0445, 0.1181, 0.2861, 0.2861, 0.0445])
ROBOT_TYPES = numpy.array([1, 1, 1, 1, 1, -1, -1])
ROBOT_RANGES = [[10, 30], [5, 25], [0, 20], [0.25, 0.75], [0.25, 0.75], [900, 1500], [2000, 8000]]


def words_of(types):
    return ["benefit" if t > 0 else "sacrifice" for t in types]


def by_declared_range(ranges):
    left = list(ranges)

    def normalise(x, cost=False):
        low, high = left.pop(0)
        return (high - x) / (high - low) if cost else (x - low) / (high - low)

    return normalise


def not_normalised(ranges):
    left = list(ranges)

    def normalise(x, cost=False):
        low, high = left.pop(0)
        return low + high - x if cost else x

    return normalise


NORMALISATIONS = {
    "vector": normalizations.vector_normalization,
    "maximum": normalizations.linear_normalization,
    "range": normalizations.minmax_normalization,
    "sum": normalizations.sum_normalization,
}


def peer(method, normalise, share=0.5):
    return {
        "saw": lambda: methods.WSM(normalise),
        "wpm": lambda: methods.WPM(normalise),
        "waspas": lambda: methods.WASPAS(normalise, share),
        "topsis": lambda: methods.TOPSIS(normalise),
    }[method]()


def outcome(method, normalise, rows, weights, types, share=0.5):
    weights = numpy.asarray(weights, float) / numpy.sum(weights)
    of = peer(method, normalise, share)
    parts = of._method(numpy.asarray(rows, float), weights, numpy.asarray(types))
    expected = {"score": parts[-1], "rank": ranks_of(parts[-1])}
    if method == "waspas":
        expected.update(sum=parts[1], product=parts[2])
    if method == "topsis":
        expected.update(to_best=parts[5], to_worst=parts[4])
    return expected


def of_robots(method, normalisation):
    rank_case(f"{method}_{normalisation}", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS,
              {"method": method, "normalisation": normalisation},
              outcome(method, NORMALISATIONS[normalisation], ROBOTS, ROBOT_WEIGHTS, ROBOT_TYPES))


for method in ("saw", "wpm", "waspas", "topsis"):
    for normalisation in NORMALISATIONS:
        if normalisation != "range" or method in ("saw", "topsis"):
            of_robots(method, normalisation)
    rank_case(f"{method}_declared_range", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS,
              {"method": method, "normalisation": "range"},
              outcome(method, by_declared_range([[r[0] - 1, r[1] + 1] for r in ROBOT_RANGES]), ROBOTS, ROBOT_WEIGHTS,
                      ROBOT_TYPES),
              ranges=[[r[0] - 1, r[1] + 1] for r in ROBOT_RANGES])
    rank_case(f"{method}_not_normalised", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS,
              {"method": method, "normalisation": "none"},
              outcome(method, not_normalised(ROBOT_RANGES), ROBOTS, ROBOT_WEIGHTS, ROBOT_TYPES), ranges=ROBOT_RANGES)
    default = "vector" if method == "topsis" else "maximum"
    rank_case(f"{method}_by_default", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS, {"method": method},
              outcome(method, NORMALISATIONS[default], ROBOTS, ROBOT_WEIGHTS, ROBOT_TYPES))

rank_case("default_method", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS, {},
          outcome("saw", NORMALISATIONS["maximum"], ROBOTS, ROBOT_WEIGHTS, ROBOT_TYPES))
rank_case("waspas_share", PYMCDM, ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS, {"method": "waspas", "share": 0.2},
          outcome("waspas", NORMALISATIONS["maximum"], ROBOTS, ROBOT_WEIGHTS, ROBOT_TYPES, share=0.2))

# ---- VIKOR ----

CLIMBER = [[1, 3000], [2, 3750], [5, 4500]]
rank_case("vikor_climber", "Opricovic & Tzeng (2004), EJOR 156:445-455: risk and altitude of three mountains", CLIMBER,
          ["sacrifice", "benefit"], [0.5, 0.5], {"method": "vikor"},
          {"s": [0.5, 0.375, 0.5], "r": [0.5, 0.25, 0.5], "q": [1, 0, 1], "rank": [2, 1, 2], "compromise": [0, 1, 0]},
          notes="(5 - 2)/4 of the way to the lowest risk, half of the way to the highest mountain")


def of_vikor(name, rows, sides, weights, v=0.5, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem = skcriteria.mkdm(rows, [min if s == "sacrifice" else max for s in sides], weights=weights)
        problem = problem.replace(weights=numpy.asarray(weights, float) / numpy.sum(weights))
        result = vikor.VIKOR(v=v, use_compromise_set=False).evaluate(problem)
    extra = result.e_
    inside = numpy.isin(numpy.arange(len(rows)), extra.compromise_set)
    rank_case(name, SKCRITERIA, rows, sides, weights, {"method": "vikor", "share": v},
              {"s": extra.s_k, "r": extra.r_k, "q": extra.q_k, "score": 1 - extra.q_k,
               "rank": scipy.stats.rankdata(extra.q_k, "min"), "compromise": inside.astype(float)}, **more)
    return result


of_vikor("vikor_robots", ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS)
of_vikor("vikor_group_only", ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS, v=1.0)
of_vikor("vikor_worst_only", ROBOTS, words_of(ROBOT_TYPES), ROBOT_WEIGHTS, v=0.0)
of_vikor("vikor_five", [[78, 56, 34, 6], [4, 45, 3, 97], [18, 2, 50, 63], [9, 14, 11, 92], [85, 9, 100, 29]],
         ["benefit"] * 4, [0.25] * 4, notes="data of the documentation of pymcdm: q 0.5679 0.7667 1 0.7493 0")
of_vikor("vikor_constant_column", [[1, 7, 3000], [2, 7, 3750], [5, 7, 4500], [4, 7, 3500]],
         ["sacrifice", "benefit", "benefit"], [0.4, 0.2, 0.4],
         notes="a column that is the same in all rows is no loss to anybody; pymcdm refuses it")
# One ranking for every way in which the conditions of a compromise can turn out, none of them close.
random = numpy.random.default_rng(11)
found = set()
for attempt in range(4000):
    rows = random.integers(1, 20, (16, 4))
    weights = random.integers(1, 9, 4)
    if (rows.max(0) == rows.min(0)).any():
        continue
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem = skcriteria.mkdm(rows.tolist(), [max] * 4, weights=weights / weights.sum())
        extra = vikor.VIKOR(use_compromise_set=False).evaluate(problem).e_
    kind = (bool(extra.acceptable_advantage), bool(extra.acceptable_stability))
    in_order = numpy.sort(extra.q_k)
    if kind in found or min(numpy.diff(in_order)) < 1e-3 or abs(in_order[1] - in_order[0] - 1 / 15) < 1e-3:
        continue
    found.add(kind)
    of_vikor(f"vikor_advantage_{int(kind[0])}_stability_{int(kind[1])}", rows, ["benefit"] * 4, weights)
assert {(True, True), (True, False), (False, True)} <= found, found

# ---- Published ----

rank_case("topsis_climber", "documentation of " + PYMCDM, CLIMBER, ["sacrifice", "benefit"], [0.5, 0.5],
          {"method": "topsis", "normalisation": "range"}, {"score": [0.5, 0.617, 0.5], "rank": [2, 1, 2]},
          tolerance=5e-4)

# ---- Awkward input: the outcome of the same rows without it ----

HOTELS = [[4.5, 80, 120], [3.9, 95, 60], [4.8, 60, 210], [4.1, 99, 95], [3.2, 70, 45]]
HOTEL_TYPES = [1, 1, -1]
HOTEL_WEIGHTS = [5, 3, 2]
HOLES = HOTELS[:2] + [[None, 1e9, 1]] + HOTELS[2:] + [[5, None, 1e-3]]


def with_holes(column):
    column = list(column)
    return column[:2] + [None] + column[2:] + [None]


for method, normalisation in (("saw", "maximum"), ("wpm", "sum"), ("waspas", "maximum"), ("topsis", "vector"),
                              ("topsis", "range"), ("saw", "vector")):
    options = {"method": method, "normalisation": normalisation}
    expected = outcome(method, NORMALISATIONS[normalisation], HOTELS, HOTEL_WEIGHTS, HOTEL_TYPES)
    name = f"{method}_{normalisation}"
    rank_case(f"missing_{name}", PYMCDM, HOLES, words_of(HOTEL_TYPES), HOTEL_WEIGHTS, options,
              {key: with_holes(column) for key, column in expected.items()},
              notes="a missing cell takes away its row and nothing else")
    for factor in (1e200, 1e-200, 4e305):
        rank_case(f"scaled_{factor:g}_{name}", PYMCDM, [[x * factor for x in row] for row in HOTELS],
                  words_of(HOTEL_TYPES), HOTEL_WEIGHTS, options, expected,
                  notes="a change of unit changes nothing: no overflow, no underflow; computed without the factor")
    rank_case(f"weights_{name}", PYMCDM, HOTELS, words_of(HOTEL_TYPES), [2, 1.2, 0.8], options, expected,
              notes="weights that add up to 4")
    rank_case(f"huge_weights_{name}", PYMCDM, HOTELS, words_of(HOTEL_TYPES), [5e307, 3e307, 2e307], options, expected)
    twice = {key: list(column) + [list(column)[0]] for key, column in
             outcome(method, NORMALISATIONS[normalisation], HOTELS + HOTELS[:1], HOTEL_WEIGHTS, HOTEL_TYPES).items()}
    rank_case(f"duplicate_{name}", PYMCDM, HOTELS + HOTELS[:1], words_of(HOTEL_TYPES), HOTEL_WEIGHTS, options,
              {key: column[:-1] for key, column in twice.items()}, notes="two rows that are the same share their rank")

two = outcome("saw", NORMALISATIONS["maximum"], [row[:2] for row in HOTELS], [5, 3], [1, 1])
rank_case("weight_0_plays_no_part", PYMCDM, [row[:2] + [None] for row in HOTELS], words_of(HOTEL_TYPES), [5, 3, 0],
          {"method": "saw"}, two)
rank_case("negative_numbers_vector", PYMCDM, [[-4, 2], [3, -5], [0, 1]], ["benefit", "sacrifice"], [1, 1],
          {"method": "topsis"}, outcome("topsis", NORMALISATIONS["vector"], [[-4, 2], [3, -5], [0, 1]], [1, 1], [1, -1]))
rank_case("negative_numbers_range", PYMCDM, [[-4, 2], [3, -5], [0, 1]], ["benefit", "sacrifice"], [1, 1],
          {"method": "saw", "normalisation": "range"},
          outcome("saw", NORMALISATIONS["range"], [[-4, 2], [3, -5], [0, 1]], [1, 1], [1, -1]))
for method in ("saw", "topsis"):
    rows = [[1, 7, 3], [2, 7, 8], [5, 7, 2]]
    rank_case(f"constant_column_{method}", PYMCDM, rows, ["benefit", "benefit", "sacrifice"], [1, 1, 1],
              {"method": method, "normalisation": "range"},
              outcome(method, NORMALISATIONS["range"], rows, [1, 1, 1], [1, 1, -1]),
              notes="1 for all, as the best that was seen")
full = 1.7e308
rank_case("width_beyond_all_doubles", "by hand", [[-full], [full], [0]], ["benefit"], [1],
          {"method": "saw", "normalisation": "range"}, {"score": [0, 1, 0.5], "rank": [3, 1, 2]})
rank_case("far_apart_topsis", "by hand", [[0, 3e200], [4e200, 0]], ["benefit", "benefit"], [1, 1],
          {"method": "topsis", "normalisation": "none"},
          {"to_best": [2e200, 1.5e200], "to_worst": [1.5e200, 2e200], "score": [1.5 / 3.5, 2 / 3.5]},
          notes="squares of distances would overflow")
rank_case("close_together_topsis", "by hand", [[0, 3e-200], [4e-200, 0]], ["benefit", "benefit"], [1, 1],
          {"method": "topsis", "normalisation": "none"}, {"score": [1.5 / 3.5, 2 / 3.5], "rank": [2, 1]},
          notes="squares of distances would vanish")

BENEFITS = ["benefit", "benefit"]
BOTH = ["benefit", "sacrifice"]
GOOD = [[1, 2], [3, 4], [5, 1]]
refused("refuses_infinity", [[1, 2], [3, "inf"], [5, 6]], BENEFITS, [1, 1], {}, "NOT_FINITE", "row 1: column \"c1\"")
refused("refuses_infinity_below", [[1, 2], [3, 1], ["-inf", None]], BENEFITS, [1, 1], {}, "NOT_FINITE",
        "row 2: column \"c0\" is -inf")
for normalisation in ("maximum", "sum"):
    refused(f"refuses_negative_{normalisation}", [[1, 2], [3, 4], [-5, 6]], BENEFITS, [1, 1],
            {"normalisation": normalisation}, "RANGE", "row 2: column \"c0\" is -5")
    refused(f"refuses_zero_sacrifice_{normalisation}", [[1, 2], [3, 0], [5, 6]], BOTH, [1, 1],
            {"normalisation": normalisation}, "RANGE", "row 1: column \"c1\" is 0")
for method in ("wpm", "waspas"):
    refused(f"refuses_zero_{method}", [[1, 2], [0, 4], [5, 6]], BENEFITS, [1, 1], {"method": method}, "RANGE",
            "row 1: column \"c0\" is 0")
    refused(f"refuses_worst_of_range_{method}", GOOD, BENEFITS, [1, 1], {"method": method, "normalisation": "range"},
            "RANGE", "row 0: column \"c0\" is 1, by normalisation \"range\" 0")
refused("refuses_sacrifice_without_range", GOOD, BOTH, [1, 1], {"normalisation": "none"}, "RANGE",
        "criterion \"c1\"")
refused("refuses_out_of_range", GOOD, BENEFITS, [1, 1], {}, "RANGE", "row 2: column \"c0\" is 5",
        ranges=[[0, 4], None])
refused("refuses_backward_range", GOOD, BENEFITS, [1, 1], {}, "RANGE", "range 5 to 1 is empty", ranges=[None, [5, 1]])
refused("refuses_empty_range", GOOD, BENEFITS, [1, 1], {}, "RANGE", "range 5 to 5 is empty", ranges=[None, [5, 5]])
refused("refuses_negative_weight", GOOD, BENEFITS, [1, -1], {}, "WEIGHT", "criterion \"c1\": weight -1 is negative")
refused("refuses_weight_nan", GOOD, BENEFITS, ["nan", 1], {}, "WEIGHT", "criterion \"c0\": weight nan")
refused("refuses_weight_infinite", GOOD, BENEFITS, ["inf", 1], {}, "WEIGHT", "criterion \"c0\": weight inf")
refused("refuses_no_weight", GOOD, BENEFITS, [0, 0], {}, "WEIGHT", "all 2 criteria are 0")
refused("refuses_share", GOOD, BENEFITS, [1, 1], {"method": "waspas", "share": 1.5}, "RANGE", "share is 1.5")
refused("refuses_shares_of_negative", [[3, 4], [-9, 2]], BENEFITS, [1, 1], {"normalisation": "none", "shares": 1},
        "RANGE", "row 1: the score -3.5")
refused("refuses_shares_of_nothing", [[0, 0], [0, 0]], BENEFITS, [1, 1], {"normalisation": "none", "shares": 1},
        "RANGE", "row 1: the score 0")

# ---- Ranks ----

TIES = {"minimum": "min", "maximum": "max", "dense": "dense", "mean": "average"}
for ties, method in TIES.items():
    for name, numbers in (("few", [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]), ("same", [7, 7, 7, 7]), ("one", [0.5]),
                          ("zeros", [0.0, -0.0, 1, -1, 0.0])):
        add(f"ranks_{name}_{ties}", "ranks", f"{SCIPY}, rankdata of the negated numbers",
            numbers=numbers, ties=ties, expected=plain(scipy.stats.rankdata([-x for x in numbers], method)), tolerance=0)
    numbers = [2, None, 2, 5, None, "inf", "-inf"]
    known = [2, 2, 5, float("inf"), float("-inf")]
    left = iter(plain(scipy.stats.rankdata([-x for x in known], method)))
    add(f"ranks_missing_{ties}", "ranks", f"{SCIPY}, rankdata of the others, negated", numbers=numbers,
        ties=ties, expected=[None if x is None else next(left) for x in numbers], tolerance=0)

# ---- Fuzzy evaluation ----

GRADES = ["excellent", "good", "fair", "poor", "bad"]
GRADE_SCORES = [100, 75, 50, 25, 0]


def share(score, scores, cuts):
    for k, cut in enumerate(cuts):
        if score >= cut:
            return [Fraction(int(i == k)) for i in range(len(scores))]
    return [Fraction(int(i == len(scores) - 1)) for i in range(len(scores))]


def triangular(score, scores, cuts):
    degrees = []
    for k, peak in enumerate(scores):
        degree = Fraction(1)
        if score > peak and k > 0:
            degree = max(Fraction(0), (scores[k - 1] - score) / Fraction(scores[k - 1] - peak))
        if score < peak and k + 1 < len(scores):
            degree = max(Fraction(0), (score - scores[k + 1]) / Fraction(peak - scores[k + 1]))
        degrees.append(degree)
    return degrees


OPERATORS = {
    "weighted": lambda pairs: sum(w * r for w, r in pairs),
    "min-max": lambda pairs: max(min(w, r) for w, r in pairs),
    "product-max": lambda pairs: max(w * r for w, r in pairs),
    "min-bounded": lambda pairs: min(Fraction(1), sum(min(w, r) for w, r in pairs)),
}


def shares_of(weights):
    weights = [Fraction(w) for w in weights]
    return [w / sum(weights) for w in weights]


def evaluate(system, columns, rows, options):
    scores = [Fraction(s) for s in options.get("grade_scores", GRADE_SCORES)]
    cuts = options.get("cuts", [(a + b) / 2 for a, b in zip(scores, scores[1:])])
    membership = triangular if options.get("membership") == "triangular" else share
    compose = OPERATORS[options.get("operation", "weighted")]
    profile = next((p["weights"] for p in system.get("profiles", []) if p["id"] == options.get("profile")), {})
    nodes = {}

    def weights_of(children):
        return shares_of([profile.get(c["id"], c.get("weight", 1)) for c in children])

    def parent(name, parts, weights):
        nodes[name] = [compose([(w, part[k]) for w, part in zip(weights, parts)]) for k in range(len(scores))]
        return nodes[name]

    def indicator(spec, side):
        item = spec["items"][0]
        low, high = (Fraction(x) for x in item["scale"])
        answers = [Fraction(row[columns.index(item["column"])]) for row in rows
                   if row[columns.index(item["column"])] is not None]
        points = [(x - low) / (high - low) * 100 for x in answers]
        each = [membership(100 - s if side == "sacrifice" else s, scores, cuts) for s in points]
        nodes[spec["id"]] = [sum(column) / len(each) for column in zip(*each)]
        return nodes[spec["id"]]

    sides = []
    for side in ("benefit", "sacrifice"):
        dimensions = [d for d in system["dimensions"] if d["side"] == side]
        if not dimensions:
            continue
        parts = [parent(d["id"], [indicator(i, side) for i in d["indicators"]], weights_of(d["indicators"]))
                 for d in dimensions]
        sides.append((side, parent(side, parts, weights_of(dimensions))))
    if system.get("form") == "index":
        weights = shares_of([system.get(side, {}).get("weight", 1) for side, _ in sides])
    else:
        weights = shares_of([1] * len(sides))
    parent("value", [part for _, part in sides], weights)
    out = {}
    for name, degrees in nodes.items():
        best = max(range(len(degrees)), key=lambda k: (degrees[k], -k))
        out[name] = {"degrees": plain(degrees), "grade": best,
                     "score": plain(sum(d * s for d, s in zip(degrees, scores)) / sum(degrees))}
    return out


def spec(name, column, weight=1, scale=(0, 100)):
    return {"id": name, "weight": weight, "items": [{"column": column, "scale": list(scale)}]}


SHOP = {"custval": "system", "version": 1, "dimensions": [
    {"id": "product", "side": "benefit", "weight": 0.6, "indicators": [spec("reliability", "q1", 3), spec("range", "q2")]},
    {"id": "service", "side": "benefit", "weight": 0.4, "indicators": [spec("staff", "q3")]},
    {"id": "money", "side": "sacrifice", "weight": 2, "indicators": [spec("price", "p1"), spec("fees", "p2", 1, (0, 4))]},
    {"id": "effort", "side": "sacrifice", "indicators": [spec("waiting", "p3", 1, (1, 5))]}],
    "profiles": [{"id": "price", "weights": {"money": 9, "range": 5}}]}
COLUMNS = ["q1", "q2", "q3", "p1", "p2", "p3"]
ANSWERS = [[87.5, 62.5, 100, 12.5, 0, 1], [80, 62.25, 0, 37.5, 1, 5], [95, 12.5, 50, 37.75, 4, 2],
           [40, None, 75, 100, 2, 3], [62, 30, None, 63, 3, 4], [88, 12, 37.5, 0, 1, 2]]


def fuzzy_case(name, options, system=SHOP, rows=ANSWERS, **more):
    add(f"fuzzy_{name}", "fuzzy", "computed in fractions by make_ranking.py", system=system, columns=COLUMNS, rows=rows,
        options=options, expected=evaluate(system, COLUMNS, rows, options), **more)


for operation in OPERATORS:
    for membership in ("share", "triangular"):
        fuzzy_case(f"{operation}_{membership}", {"operation": operation, "membership": membership})
fuzzy_case("by_default", {})
fuzzy_case("index", {"operation": "min-max"},
           dict(SHOP, form="index", benefit={"weight": 3}, sacrifice={"weight": 1}))
fuzzy_case("one_side", {}, dict(SHOP, dimensions=SHOP["dimensions"][:2], profiles=[]))
fuzzy_case("profile", {"profile": "price"})
fuzzy_case("own_grades", {"grades": ["A", "B", "C", "D"], "grade_scores": [95, 80, 65, 50]})
fuzzy_case("own_grades_triangular",
           {"grades": ["A", "B", "C", "D"], "grade_scores": [95, 80, 65, 50], "membership": "triangular"})
fuzzy_case("own_cuts", {"cuts": [90, 60, 37.5, 12.5]})
fuzzy_case("two_grades", {"grades": ["yes", "no"], "grade_scores": [1, 0], "cuts": [50]})
fuzzy_case("one_row", {"membership": "triangular"}, rows=ANSWERS[:1])


def write(path):
    names = [case["id"] for case in cases]
    assert len(set(names)) == len(names), "an id is used twice"
    members = (",\n  ".join(f"{json.dumps(key)}: {json.dumps(part)}" for key, part in case.items()) for case in cases)
    lines = ",\n".join(f" {{{text}}}" for text in members)
    path.write_text('{"note": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(NOTE), lines))
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    write(pathlib.Path(__file__).with_name("ranking.json"))
