#!/usr/bin/env python3
"""Writes drivers.json: key drivers by every method, and their bootstrap intervals.

Needs mpmath and numpy (pip install mpmath numpy). Run by hand after a change of the documented semantics; the build only
reads the result. Importance is computed in 50 digits by the definitions: regressions on the rows' correlations, Johnson's
formulas, and for Shapley values the mean gain over every order of the drivers. With --peers (pip install statsmodels
relativeImp) every regular case is compared with those packages as well."""
# SPDX-License-Identifier: Apache-2.0
import csv
import itertools
import json
import math
import pathlib
import random
import sys

import mpmath
import numpy as np

mpmath.mp.dps = 50
HERE = pathlib.Path(__file__).resolve().parent
SURVEY = "examples/survey/customer_satisfaction_yellow_pages.csv"
METHODS = ("correlation", "regression", "relative", "shapley")
SHARES = ("relative", "shapley")
MOST_INFLATION = mpmath.mpf(10) ** 12
VIF_LIMIT = 10
NOTE = (
    "Key drivers. A case is a table ('columns', 'rows' with null for a missing cell, or 'file' below the source tree), the "
    "'sacrifices' among its columns, and an 'outcome'; all other columns are drivers. 'expected' holds what every method "
    "gives, 'methods' what each gives: importance, weight, and remarks as pairs of code and driver (null: about the whole) "
    "but for zero-weight. A null is a number that is missing. 'bootstrap', where given, holds the options and what "
    "intervals come out; 'unstable' are the drivers with that remark. |actual - expected| <= tolerance * max(1, "
    "|expected|). Instead of 'expected' a case may have 'error', the status by name, with 'method' and 'message_part'. "
    "Computed by make_drivers.py in 50 digits, intervals with NumPy from random numbers of its own; 'published' are numbers "
    "of others that the script has found to agree."
)
cases = []


# ---- The model ----


def correlations(rows):
    """Over rows without holes; None for a column that does not vary."""
    columns = [[mpmath.mpf(x) for x in column] for column in zip(*rows)]
    means = [sum(c) / len(c) for c in columns]
    devs = [[x - m for x in c] for c, m in zip(columns, means)]
    roots = [mpmath.sqrt(sum(d * d for d in dev)) for dev in devs]
    return [
        [sum(x * y for x, y in zip(a, b)) / (ra * rb) if ra and rb else None for b, rb in zip(devs, roots)]
        for a, ra in zip(devs, roots)
    ]


def solve(r_xx, r_xy):
    """The solution of least length, R2 and the rank."""
    n = len(r_xy)
    values, vectors = mpmath.eigsy(mpmath.matrix(r_xx))
    beta, r2, rank = [mpmath.mpf(0)] * n, mpmath.mpf(0), 0
    for k in range(n):
        if values[k] < mpmath.mpf(10) ** -30:
            continue
        along = sum(vectors[i, k] * r_xy[i] for i in range(n))
        beta = [b + along / values[k] * vectors[i, k] for i, b in enumerate(beta)]
        r2 += along * along / values[k]
        rank += 1
    return beta, r2, rank


def part(matrix, rows, columns=None):
    return [[matrix[i][j] for j in (columns or rows)] for i in rows]


def inflation(r_xx, i):
    others = [k for k in range(len(r_xx)) if k != i]
    if not others:
        return mpmath.mpf(1)
    _, r2, _ = solve(part(r_xx, others), [r_xx[k][i] for k in others])
    return MOST_INFLATION if 1 - r2 < 1 / MOST_INFLATION else 1 / (1 - r2)


def johnson(r_xx, r_xy):
    """Johnson (2000): the root of the correlations, the regression on the orthogonal variables, L^2 b^2."""
    n = len(r_xy)
    values, vectors = mpmath.eigsy(mpmath.matrix(r_xx))
    roots = [mpmath.sqrt(v) if v > mpmath.mpf(10) ** -30 else mpmath.mpf(0) for v in values]

    def form(f):
        return [[sum(vectors[i, k] * f(roots[k]) * vectors[j, k] for k in range(n)) for j in range(n)] for i in range(n)]

    root, inverse = form(lambda d: d), form(lambda d: 1 / d if d else mpmath.mpf(0))
    b = [sum(inverse[i][j] * r_xy[j] for j in range(n)) for i in range(n)]
    return [sum(root[i][j] ** 2 * b[j] ** 2 for j in range(n)) for i in range(n)]


def lmg(r_xx, r_xy):
    """Mean gain of R2 over all orders, each order walked through."""
    n = len(r_xy)
    explained = {frozenset(): mpmath.mpf(0)}
    for size in range(1, n + 1):
        for subset in itertools.combinations(range(n), size):
            explained[frozenset(subset)] = solve(part(r_xx, subset), [r_xy[i] for i in subset])[1]
    gains, orders = [mpmath.mpf(0)] * n, 0
    for order in itertools.permutations(range(n)):
        orders += 1
        before = frozenset()
        for i in order:
            after = before | {i}
            gains[i] += explained[after] - explained[before]
            before = after
    return [g / orders for g in gains]


def sign(x):
    return 0 if abs(x) < mpmath.mpf(10) ** -20 else 1 if x > 0 else -1


def model(names, rows, outcome, sacrifices):
    complete = [r for r in rows if None not in r]
    r = correlations(complete)
    side = [-1 if name in sacrifices else 1 for name in names]
    y = names.index(outcome)
    drivers = [i for i in range(len(names)) if i != y]
    varying = [i for i in drivers if r[i][i] is not None]
    r_xx = [[side[i] * side[j] * r[i][j] for j in varying] for i in varying]
    r_xy = [side[i] * side[y] * r[i][y] for i in varying]
    beta, r2, rank = solve(r_xx, r_xy)
    vif = [inflation(r_xx, i) for i in range(len(varying))]
    importance = {"correlation": r_xy, "regression": beta, "relative": johnson(r_xx, r_xy), "shapley": lmg(r_xx, r_xy)}
    for method in SHARES:
        assert abs(sum(importance[method]) - r2) < mpmath.mpf(10) ** -40
    n = len(complete)
    whole = {
        "n": n,
        "dropped": len(rows) - n,
        "r_squared": r2,
        "adjusted_r_squared": 1 - (1 - r2) * (n - 1) / (n - 1 - rank) if n - 1 > rank else None,
    }

    def spread(values, constant):
        return [values[varying.index(i)] if i in varying else constant for i in drivers]

    expected = {
        **whole,
        "correlation": spread(r_xy, None),
        "beta": spread(beta, None),
        "vif": spread(vif, None),
        "sign": spread([int((sign(a) + sign(b)) / 2) for a, b in zip(r_xy, beta)], 0),
        "methods": {},
    }
    for method in METHODS:
        signed = r_xy if method in SHARES else importance[method]
        weight = [mpmath.mpf(0) if sign(s) < 0 or x < 0 else x for s, x in zip(signed, importance[method])]
        remarks = []
        for i in drivers:
            if i not in varying:
                remarks.append(["constant", names[i]])
                continue
            k = varying.index(i)
            if sign(signed[k]) < 0:
                remarks.append(["negative", names[i]])
            if sign(r_xy[k]) > 0 and sign(beta[k]) < 0:
                remarks.append(["suppressed", names[i]])
            if vif[k] > VIF_LIMIT:
                remarks.append(["collinear", names[i]])
        if n < max(30, 10 * len(drivers)):
            remarks.append(["low-n", None])
        expected["methods"][method] = {
            "importance": spread(importance[method], 0),
            "weight": spread([w / sum(weight) for w in weight], 0) if sum(weight) else None,
            "remarks": remarks,
        }
    return expected


# ---- The bootstrap ----


def philox(seed, stream, blocks):
    """Philox 4x32-10 after Salmon, Moraes, Dror & Shaw (2011): the words of blocks 0 .. blocks - 1 of a stream."""
    low = np.uint64(0xFFFFFFFF)
    index = np.arange(blocks, dtype=np.uint64)
    c = [index & low, index >> np.uint64(32), np.full(blocks, stream & 0xFFFFFFFF, np.uint64),
         np.full(blocks, stream >> 32, np.uint64)]
    key = [seed & 0xFFFFFFFF, seed >> 32]
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> np.uint64(32)) ^ c[1] ^ np.uint64(key[0]), p1 & low,
             (p0 >> np.uint64(32)) ^ c[3] ^ np.uint64(key[1]), p0 & low]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return np.stack(c, axis=1).reshape(-1)


# The published answer for counter 0 and key 0 (Random123, kat_vectors).
assert [int(w) for w in philox(0, 0, 1)] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


def draw(seed, stream, n):
    words = philox(seed, stream, n // 2 + 16)
    wide = words[0::2] | words[1::2] << np.uint64(32)
    kept = wide[wide >= np.uint64((1 << 64) % n)]
    return (kept[:n] % np.uint64(n)).astype(np.int64)


def importance_of(data, method):
    """Of a sample with the outcome last; plain NumPy."""
    r = np.corrcoef(data, rowvar=False)
    r_xx, r_xy = r[:-1, :-1], r[:-1, -1]
    z = (data - data.mean(axis=0)) / data.std(axis=0)
    beta = np.linalg.lstsq(z[:, :-1], z[:, -1], rcond=1e-9)[0]
    if method == "correlation":
        importance = r_xy
    elif method == "regression":
        importance = beta
    elif method == "relative":
        values, vectors = np.linalg.eigh(r_xx)
        roots = np.sqrt(np.where(values > 1e-11, values, 0))
        root = vectors @ np.diag(roots) @ vectors.T
        b = vectors @ np.diag([1 / d if d else 0.0 for d in roots]) @ vectors.T @ r_xy
        importance = root**2 @ b**2
    else:
        n = len(r_xy)
        explained = {(): 0.0}
        for size in range(1, n + 1):
            for s in itertools.combinations(range(n), size):
                explained[s] = r_xy[list(s)] @ np.linalg.pinv(r_xx[np.ix_(s, s)], rcond=1e-11) @ r_xy[list(s)]
        importance = np.zeros(n)
        for s in explained:
            for i in set(range(n)) - set(s):
                share = math.factorial(len(s)) * math.factorial(n - 1 - len(s)) / math.factorial(n)
                importance[i] += share * (explained[tuple(sorted((*s, i)))] - explained[s])
    return importance, beta, r_xy


def interval(values, level):
    values = sorted(values)
    k = max(1, math.floor((1 - level) / 2 * (len(values) + 1) + 1e-9))
    return values[k - 1], values[-k]


def bootstrap(names, rows, outcome, sacrifices, seed, resamples, level, methods):
    y = names.index(outcome)
    order = [i for i in range(len(names)) if i != y] + [y]
    data = np.array([[row[i] for i in order] for row in rows if None not in row], dtype=float)
    data *= [-1 if names[i] in sacrifices else 1 for i in order]
    out = {"seed": seed, "resamples": resamples, "level": level, "methods": {}}
    samples = [data[draw(seed, k, len(data))] for k in range(resamples)]
    samples = [s for s in samples if np.ptp(s, axis=0).min() > 0]
    out["usable"] = len(samples)
    for method in methods:
        results = [importance_of(s, method) for s in samples]
        whole = importance_of(data, method)
        found = {key: [] for key in ("low", "high", "beta_low", "beta_high", "p_negative", "unstable")}
        for i in range(len(order) - 1):
            low, high = interval([r[0][i] for r in results], level)
            beta_low, beta_high = interval([r[1][i] for r in results], level)
            signed = 2 if method in SHARES else 0
            negative = sum(r[signed][i] < 0 for r in results) / len(results)
            for key, value in zip(found, (low, high, beta_low, beta_high, negative)):
                found[key].append(float(value))
            changes = 1 - negative if whole[signed][i] < 0 else negative
            if beta_low <= 0 <= beta_high or changes > 0.05:
                found["unstable"].append(names[order[i]])
        out["methods"][method] = found
    return out


# ---- Peers ----


def check_peers(case, names, rows):
    """statsmodels and relativeImp give the same."""
    import pandas
    import relativeImp
    import statsmodels.api
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    complete = np.array([r for r in rows if None not in r], dtype=float)
    complete *= [-1 if n in case.get("sacrifices", ()) else 1 for n in names]
    frame = pandas.DataFrame(complete, columns=names)
    drivers = [n for n in names if n != case["outcome"]]
    z = (frame - frame.mean()) / frame.std()
    fit = statsmodels.api.OLS(z[case["outcome"]], statsmodels.api.add_constant(z[drivers])).fit()
    expected = case["expected"]
    near = dict(rtol=1e-8, atol=1e-9)
    assert np.allclose(fit.params[drivers], expected["beta"], **near)
    assert np.allclose([fit.rsquared, fit.rsquared_adj], [expected["r_squared"], expected["adjusted_r_squared"]], **near)
    x = z[drivers].to_numpy()
    if len(drivers) > 1:
        assert np.allclose([variance_inflation_factor(x, i) for i in range(len(drivers))], expected["vif"], **near)
    peer = relativeImp.relativeImp(frame, case["outcome"], drivers)
    assert np.allclose(peer["rawRelaImpt"], expected["methods"]["relative"]["importance"], **near)
    print("peers agree on", case["id"], file=sys.stderr)


# ---- Adding cases ----


def plain(value):
    if isinstance(value, mpmath.mpf):
        return float(value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list) else value


def add(name, names, rows, outcome, sacrifices=(), notes="", file=None, tolerance=1e-11, regular=True, samples=None,
        published=None):
    case = {"id": name, "notes": notes}
    if file:
        case["file"] = file
    else:
        case.update(columns=names, rows=rows)
    case.update(outcome=outcome, sacrifices=list(sacrifices), tolerance=tolerance)
    case["expected"] = plain(model(names, rows, outcome, sacrifices))
    if published:
        case["published"] = published
        for method, numbers in published["methods"].items():
            assert np.allclose(case["expected"]["methods"][method]["importance"], numbers, rtol=0, atol=2e-12), method
    if samples:
        case["bootstrap"] = plain(bootstrap(names, rows, outcome, sacrifices, **samples))
    if regular and "--peers" in sys.argv:
        check_peers(case, names, rows)
    cases.append(case)


def fails(name, names, rows, outcome, error, part, method="relative", sacrifices=(), notes=""):
    cases.append({"id": name, "notes": notes, "columns": names, "rows": rows, "outcome": outcome,
                  "sacrifices": list(sacrifices), "method": method, "error": "CUSTVAL_ERROR_" + error,
                  "message_part": part})


def answers(seed, n, slopes, common=1.0, noise=1.0):
    """Answers from 1 to 10 with something in common; the outcome last."""
    draws = random.Random(seed)

    def answer(x):
        return min(10, max(1, round(5.5 + 1.5 * x)))

    rows = []
    for _ in range(n):
        mood = draws.gauss(0, 1)
        x = [common * mood + draws.gauss(0, 1) for _ in slopes]
        y = sum(s * v for s, v in zip(slopes, x)) + noise * draws.gauss(0, 1)
        rows.append([*map(answer, x), answer(y)])
    return rows


# ---- Real data ----

with open(HERE.parents[1] / SURVEY, encoding="utf-8") as f:
    table = list(csv.reader(f))
survey_names, survey_rows = table[0], [[int(x) for x in row] for row in table[1:]]
add("survey", survey_names, survey_rows, "q1", file=SURVEY,
    samples={"seed": 1, "resamples": 200, "level": 0.95, "methods": METHODS},
    notes="beta, R2, adjusted R2 and variance inflation agree with lm() and solve(cor()) of R 4.2.2 in 12 digits")
add("survey_price_as_sacrifice", survey_names, survey_rows, "q1", sacrifices=("q2", "q3", "q4"), file=SURVEY,
    notes="high is good in every column of this survey: declared as sacrifices, the prices work against the value")

# Fertility, agriculture, examination, education, catholic, infant mortality in 47 Swiss provinces about 1888; Mosteller &
# Tukey (1977), Data Analysis and Regression.
SWISS = """\
80.2 17 15 12 9.96 22.2; 83.1 45.1 6 9 84.84 22.2; 92.5 39.7 5 5 93.4 20.2; 85.8 36.5 12 7 33.77 20.3; 76.9 43.5 17 15
5.16 20.6; 76.1 35.3 9 7 90.57 26.6; 83.8 70.2 16 7 92.85 23.6; 92.4 67.8 14 8 97.16 24.9; 82.4 53.3 12 7 97.67 21;
82.9 45.2 16 13 91.38 24.4; 87.1 64.5 14 6 98.61 24.5; 64.1 62 21 12 8.52 16.5; 66.9 67.5 14 7 2.27 19.1; 68.9 60.7 19
12 4.43 22.7; 61.7 69.3 22 5 2.82 18.7; 68.3 72.6 18 2 24.2 21.2; 71.7 34 17 8 3.3 20; 55.7 19.4 26 28 12.11 20.2;
54.3 15.2 31 20 2.15 10.8; 65.1 73 19 9 2.84 20; 65.5 59.8 22 10 5.23 18; 65 55.1 14 3 4.52 22.4; 56.6 50.9 22 12
15.14 16.7; 57.4 54.1 20 6 4.2 15.3; 72.5 71.2 12 1 2.4 21; 74.2 58.1 14 8 5.23 23.8; 72 63.5 6 3 2.56 18; 60.5 60.8
16 10 7.72 16.3; 58.3 26.8 25 19 18.46 20.9; 65.4 49.5 15 8 6.1 22.5; 75.5 85.9 3 2 99.71 15.1; 69.3 84.9 7 6 99.68
19.8; 77.3 89.7 5 2 100 18.3; 70.5 78.2 12 6 98.96 19.4; 79.4 64.9 7 3 98.22 20.2; 65 75.9 9 9 99.06 17.8; 92.2 84.6 3
3 99.46 16.3; 79.3 63.1 13 13 96.83 18.1; 70.4 38.4 26 12 5.62 20.3; 65.7 7.7 29 11 13.79 20.5; 72.7 16.7 22 13 11.22
18.9; 64.4 17.6 35 32 16.92 23; 77.6 37.6 15 7 4.97 20; 67.6 18.7 25 7 8.65 19.5; 35 1.2 37 53 42.34 18; 44.7 46.6 16
29 50.43 18.2; 42.8 27.7 22 29 58.33 19.3
"""
# Miles per gallon, cylinders, displacement, horsepower, gears of 32 cars of 1974; Henderson & Velleman (1981), Biometrics 37.
CARS = """\
21 6 160 110 4; 21 6 160 110 4; 22.8 4 108 93 4; 21.4 6 258 110 3; 18.7 8 360 175 3; 18.1 6 225 105 3; 14.3 8 360 245
3; 24.4 4 146.7 62 4; 22.8 4 140.8 95 4; 19.2 6 167.6 123 4; 17.8 6 167.6 123 4; 16.4 8 275.8 180 3; 17.3 8 275.8 180
3; 15.2 8 275.8 180 3; 10.4 8 472 205 3; 10.4 8 460 215 3; 14.7 8 440 230 3; 32.4 4 78.7 66 4; 30.4 4 75.7 52 4; 33.9
4 71.1 65 4; 21.5 4 120.1 97 3; 15.5 8 318 150 3; 15.2 8 304 150 3; 13.3 8 350 245 3; 19.2 8 400 175 3; 27.3 4 79 66
4; 26 4 120.3 91 5; 30.4 4 95.1 113 5; 15.8 8 351 264 5; 19.7 6 145 175 5; 15 8 301 335 5; 21.4 4 121 109 4
"""


def numbers_of(text):
    return [[float(x) for x in row.split()] for row in text.split(";")]


RELAIMPO = "calc.relimp(type = 'lmg') of R's relaimpo 2.2-7, as quoted in the tests of the Python package siamang; "
add("swiss", ["fertility", "agriculture", "examination", "education", "catholic", "infant_mortality"], numbers_of(SWISS),
    "fertility", samples={"seed": 7, "resamples": 100, "level": 0.9, "methods": METHODS},
    notes="two negative drivers and a suppressed one; beta and both R2 agree with lm() of R 4.2.2 in 12 digits",
    published={"source": RELAIMPO + "relative weights of the Python package relativeImp 0.0.2", "methods": {
        "shapley": [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265],
        "relative": [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381]}})
add("cars", ["mpg", "cyl", "disp", "hp", "gear"], numbers_of(CARS), "mpg", sacrifices=("cyl", "disp", "hp"),
    notes="fewer cylinders, less displacement and less power are better",
    published={"source": RELAIMPO + "relative weights of the R package rwa's example by relativeImp 0.0.2", "methods": {
        "shapley": [0.2470520332352, 0.2434995947956, 0.2109128995443, 0.0777251114079],
        "relative": [0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215]}})

# ---- Small cases ----

FOUR = ["a", "b", "c", "y"]
small = answers(1, 60, (0.8, 0.4, 0.1))
SAMPLES = {"seed": 3, "resamples": 99, "level": 0.8, "methods": METHODS}
add("small", FOUR, small, "y", samples=SAMPLES)
add("outcome_first", ["y", "a", "b", "c"], [[r[3], *r[:3]] for r in small], "y", notes="as small: the place says nothing")
add("sacrifice_outcome", FOUR, [[*r[:3], 11 - r[3]] for r in small], "y", sacrifices=("y",), samples=SAMPLES,
    notes="as small: complaints that are reflected")
add("sacrifice_driver", FOUR, [[11 - r[0], *r[1:]] for r in small], "y", sacrifices=("a",), notes="as small")
add("negative", FOUR, answers(2, 80, (0.8, -1.2, 0.3), common=0.3), "y", samples=SAMPLES)
add("suppressor", FOUR, answers(5, 200, (1.0, -0.35, 0.2), common=1.5, noise=0.7), "y", samples=SAMPLES,
    notes="b goes with y through what it shares with a; beside a it works against y")
add("one_driver", ["a", "y"], [r[2:] for r in small], "y", samples=SAMPLES)
add("two_rows", ["a", "b", "y"], [[1, 5, 2], [3, 4, 7]], "y", regular=False, notes="two rows lie on a line")
add("constant_driver", FOUR, [[r[0], 7, *r[2:]] for r in small], "y", regular=False)
holes = [[None if (i + 3 * k) % 11 == 0 else x for k, x in enumerate(r)] for i, r in enumerate(small)]
add("missing_cells", FOUR, holes, "y", samples={"seed": 2**62 + 5, "resamples": 60, "level": 0.95, "methods": ("relative",)},
    notes="rows that lack something are left out, and the bootstrap draws from the others")
add("identical_drivers", FOUR, [[r[0], r[0], *r[2:]] for r in small], "y", regular=False, samples=SAMPLES,
    notes="two drivers that are the same share equally")
add("collinear", ["a", "b", "c", "d", "y"], [[r[0], r[1], r[0] + 2 * r[1], r[2], r[3]] for r in small], "y", regular=False,
    samples=SAMPLES, notes="c = a + 2 b; d has no part in it and keeps a finite variance inflation")
add("nearly_collinear", FOUR, [[r[0], r[0] + (i % 2) / 1024, *r[2:]] for i, r in enumerate(small)], "y", tolerance=1e-7,
    notes="full rank at a condition of 1e7: digits are lost, the sense is not", regular=False)
add("more_drivers_than_rows", ["a", "b", "c", "d", "e", "y"],
    [[1, 2, 2, 5, 3, 1], [2, 1, 3, 1, 4, 5], [4, 3, 1, 2, 1, 2], [3, 5, 5, 4, 4, 4]], "y", regular=False,
    notes="R2 is 1, and no adjusted one can be said")
add("large_offset", FOUR, [[1e9 + x for x in r] for r in small], "y", notes="as small", tolerance=1e-6, regular=False)
add("large_numbers", FOUR, [[1e150 * x for x in r] for r in small], "y", notes="as small", regular=False)
add("small_numbers", FOUR, [[1e-150 * x for x in r] for r in small], "y", notes="as small", regular=False)
add("rare_yes", ["a", "b", "y"], [[int(i == 7), *r[2:]] for i, r in enumerate(small)], "y", regular=False, samples=SAMPLES,
    notes="samples in which nobody said yes are left out")

# ---- What cannot be ----

fails("error_unknown_outcome", FOUR, small[:5], "z", "NOT_FOUND", '"z"')
fails("error_no_driver", ["y"], [[1], [2]], "y", "STATE", "no driver")
fails("error_one_row", ["a", "y"], [[1, 2], [2, None]], "y", "STATE", "1 of 2 rows")
fails("error_constant_outcome", ["a", "y"], [[1, 2], [2, 2]], "y", "STATE", 'outcome "y" does not vary')
fails("error_constant_drivers", ["a", "y"], [[1, 2], [1, 3]], "y", "STATE", 'no driver of "y" varies')
for method in METHODS:
    fails("error_all_negative_" + method, ["a", "y"], [[1, 3], [2, 2], [3, 2]], "y", "WEIGHT", 'no driver of "y"', method)
fails("error_sixteen_drivers", [f"x{i}" for i in range(16)] + ["y"], [list(range(17)), list(range(1, 18))], "y", "LIMIT",
      "16 drivers", "shapley")


def write():
    lines = ",\n  ".join(
        "{" + ",\n   ".join(json.dumps(k) + ": " + json.dumps(v) for k, v in case.items()) + "}" for case in cases)
    text = '{\n "note": ' + json.dumps(NOTE) + ',\n "cases": [\n  ' + lines + "\n ]\n}\n"
    (HERE / "drivers.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
