#!/usr/bin/env python3
"""Writes satisfaction.json: gaps by plain fractions, and fits by statsmodels, scikit-learn and scipy.

Needs numpy, scipy, statsmodels, scikit-learn. Run by hand; the build only reads the result. Gaps are rolled up here from the printed
formulas; regressions, areas and intervals are those of the packages; the error of an area is the definition of DeLong et al. over all pairs.
"""
# SPDX-License-Identifier: Apache-2.0
import csv
import json
import math
import pathlib
from fractions import Fraction

import numpy as np
import scipy.stats
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

NOTE = (
    "Satisfaction. 'columns' and 'rows' (null: missing) or 'file' (of the source tree) hold the table, 'options' what is asked for, 'expected' "
    "columns of the result, 'facts' its facts. |actual - expected| <= tolerance * max(1, |expected|)."
)
HERE = pathlib.Path(__file__).resolve().parent
SURVEY = "examples/survey/customer_satisfaction_yellow_pages.csv"
cases = []


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (Fraction, np.floating, float)):
        return None if math.isnan(float(value)) else float(value)
    return int(value) if isinstance(value, np.integer) else value


def add(name, kind, tolerance, **members):
    cases.append(plain({"id": name, "kind": kind, **members, "tolerance": tolerance}))


# ---- Gaps: sum of weights x (P - E) over what is answered in both ----

SYSTEM = {
    "custval": "system", "version": 1, "form": "index",
    "benefit": {"weight": 3}, "sacrifice": {"weight": 1},
    "dimensions": [
        {"id": "quality", "side": "benefit", "weight": 2, "indicators": [
            {"id": "reliable", "weight": 3, "items": [{"column": "r1", "scale": [1, 7]}, {"column": "r2", "scale": [1, 7], "weight": 2}]},
            {"id": "friendly", "weight": 1, "items": [{"column": "f", "scale": [1, 7], "missing_codes": [9]}]}]},
        {"id": "range", "side": "benefit", "weight": 1, "indicators": [{"id": "choice", "items": [{"column": "c", "scale": [1, 7]}]}]},
        {"id": "effort", "side": "sacrifice", "indicators": [
            {"id": "time", "weight": 1, "items": [{"column": "t", "scale": [1, 7]}]},
            {"id": "price", "weight": 4, "items": [{"column": "p", "scale": [1, 7]}]}]},
    ],
}  # fmt: skip
ITEMS = ["r1", "r2", "f", "c", "t", "p"]
CURVES = {"price": (1.0, 1.0, 3.0)}


def scores(answers):
    out = {}
    for name, answer in zip(ITEMS, answers):
        out[name] = None if answer is None or answer == 9 else Fraction(100 * (answer - 1), 6)
    return out


def mean(parts):
    there = [(weight, score) for weight, score in parts if score is not None]
    return sum(w * s for w, s in there) / sum(w for w, _ in there) if there else None


def roll_up(of_item, of_indicator=None, start=100):
    """Scores of all nodes; indicators may be given instead. `start`: of the sacrifice in the index."""
    out = {}
    for dimension in SYSTEM["dimensions"]:
        parts = []
        for indicator in dimension["indicators"]:
            own = mean([(i.get("weight", 1), of_item[i["column"]]) for i in indicator["items"]])
            own = own if of_indicator is None else of_indicator[indicator["id"]]
            out[indicator["id"]] = own
            parts.append((indicator.get("weight", 1), own))
        out[dimension["id"]] = mean(parts)
    out["benefit"] = mean([(d.get("weight", 1), out[d["id"]]) for d in SYSTEM["dimensions"] if d["side"] == "benefit"])
    out["sacrifice"] = out["effort"]
    turned = None if out["sacrifice"] is None else start - out["sacrifice"]
    out["value"] = mean([(3, out["benefit"]), (1, turned)])
    return out


def felt(indicator, gap):
    alpha, beta, lam = CURVES.get(indicator, (0.88, 0.88, 2.25))
    sign = -1 if indicator in ("time", "price") else 1
    d = float(sign * gap) / 100
    return sign * 100 * (d**alpha if d >= 0 else -lam * (-d) ** beta)


PERFORMANCE = [[5, 6, 4, 3, 2, 6], [7, None, 9, 5, 5, 4], [1, 2, 3, 4, 5, 6], [None, None, None, None, 3, 3], [6, 6, 6, 6, 1, 1]]
EXPECTATION = [[6, 6, 4, 5, 3, 4], [6, 6, 6, 6, 2, None], [4, 4, 4, 4, 4, 4], [5, 5, 5, 5, 3, 2], [7, 7, 7, 7, 7, 7]]
NODES = ["value", "benefit", "sacrifice", "quality", "range", "effort", "reliable", "friendly", "choice", "time", "price"]


def gap_case(name, expectations):
    expected = {f"{n}.{m}": [] for n in NODES for m in ("performance", "expectation", "gap", "prospect", "sum")}
    expected |= {"attained": [], "compared": []}
    for k, answers in enumerate(PERFORMANCE):
        p, e = scores(answers), scores(expectations[k if len(expectations) > 1 else 0])
        both = [i for i in ITEMS if p[i] is not None and e[i] is not None]
        p, e = ({i: s[i] if i in both else None for i in ITEMS} for s in (p, e))
        high, low = roll_up(p), roll_up(e)
        gaps = {n: None if high[n] is None else high[n] - low[n] for n in NODES}
        own = {n: None if gaps[n] is None else felt(n, gaps[n]) for n in NODES[6:]}
        prospects = roll_up(p, own, start=0)
        good = [gaps[n] * (-1 if n in ("time", "price") else 1) >= 0 for n in NODES[6:] if gaps[n] is not None]
        for n in NODES:
            numbers = (high[n], low[n], gaps[n], prospects[n], None if gaps[n] is None else low[n] + prospects[n])
            for measure, number in zip(("performance", "expectation", "gap", "prospect", "sum"), numbers):
                expected[f"{n}.{measure}"].append(number)
        expected["attained"].append(Fraction(sum(good), len(good)) if good else None)
        expected["compared"].append(len(good))
    add(name, "gap", 1e-12, system=SYSTEM, columns=ITEMS, rows=PERFORMANCE, expectation=expectations, curves=CURVES, expected=expected)


gap_case("gap_each", EXPECTATION)
gap_case("gap_goals", EXPECTATION[:1])

ADEQUATE, DESIRED = [[4, 4, 4, 3, 4, 5]], [[6, 6, 6, 3, 2, 2]]
zones = {f"{n}.{m}": [] for n in NODES[6:] for m in ("zone", "tolerance")} | {k: [] for k in ("below", "within", "above", "contradictory")}
for answers in PERFORMANCE:
    three = [scores(answers), scores(ADEQUATE[0]), scores(DESIRED[0])]
    both = [i for i in ITEMS if all(s[i] is not None for s in three)]
    p, a, d = (roll_up({i: s[i] if i in both else None for i in ITEMS}) for s in three)
    found = []
    for n in NODES[6:]:
        sign = -1 if n in ("time", "price") else 1
        if p[n] is None:
            zone, measure = 0, None
        else:
            zone = 1 if sign * (p[n] - a[n]) < 0 else 3 if sign * (p[n] - d[n]) > 0 else 2
            measure = None if d[n] == a[n] else (p[n] - a[n]) / (d[n] - a[n])
        found.append(zone)
        zones[f"{n}.zone"].append(zone)
        zones[f"{n}.tolerance"].append(measure)
    for k, key in enumerate(("contradictory", "below", "within", "above")):
        zones[key].append(0 if k == 0 else found.count(k))
add("zone", "tolerance", 1e-12, system=SYSTEM, columns=ITEMS, rows=PERFORMANCE, adequate=ADEQUATE, desired=DESIRED, expected=zones)

# ---- Encounters ----

visits = [("a", 2, 7), ("b", 1, 3), ("a", 1, 5), (None, 1, 4), ("a", 3, None), ("b", 9, 9), ("a", 4, 2), ("b", 9, 1), ("b", None, 5)]
for name, first in (("encounters_first_score", None), ("encounters_first_stated", 6)):
    k, g = Fraction(1, 4), Fraction(2, 5)
    expected = {c: [None] * len(visits) for c in ("expectation", "gap", "updated", "cumulative")}
    expected |= {c: [0] * len(visits) for c in ("encounter", "latest")}
    for customer in "ab":
        e, c, count = first, None, 0
        for row in sorted((r for r in range(len(visits)) if visits[r][0] == customer and visits[r][1] is not None), key=lambda r: (visits[r][1], r)):
            p, count = visits[row][2], count + 1
            expected["expectation"][row], expected["encounter"][row] = e, count
            expected["gap"][row] = None if p is None or e is None else p - e
            if p is not None:
                e, c = (p if e is None else e + k * (p - e)), (p if c is None else (1 - g) * c + g * p)
            expected["updated"][row], expected["cumulative"][row] = e, c
        expected["latest"][row] = 1
    add(name, "encounters", 1e-14, columns=["customer", "time", "score"], rows=[list(v) for v in visits],
        options={"updating": 0.25, "weight": 0.4, "first": first}, expected=expected)  # fmt: skip

# ---- Links ----

rng = np.random.default_rng(20260101)
N = 120
X = np.round(rng.normal([50, 3, 1000], [15, 1, 0.5], (N, 3)), 3)
noise = rng.normal(0, 6, N)
LINEAR = np.round(4 + 0.5 * X[:, 0] - 3 * X[:, 1] + 0.7 * (X[:, 2] - 1000) + noise, 3)
BINARY = (rng.random(N) < 1 / (1 + np.exp(-(0.08 * (X[:, 0] - 50) - 0.6 * (X[:, 1] - 3))))).astype(float)
COLUMNS = ["y", "z", "a", "b", "c"]
ROWS = [[LINEAR[i], BINARY[i], *X[i]] for i in range(N)]
ROWS[7] = [None, 1, 50, 3, 1000]
ROWS[11] = [3, None, 50, 3, 1000]
ROWS[12] = [3, 0, 50, None, 1000]
NEW = [[50, 3, 1000], [90, 0, 1001], [10, 6, 999.5]]


def kept(outcome):
    rows = [r for r in ROWS if None not in ([r[outcome]] + r[2:])]
    return np.array([r[outcome] for r in rows], float), np.array([r[2:] for r in rows], float)


def link_case(name, outcome, y, x, fit, facts, tolerance=1e-9, **more):
    level = 0.95
    ci = np.asarray(fit.conf_int(1 - level))
    expected = {"coefficient": fit.params, "error": fit.bse, "statistic": fit.params / fit.bse, "p": fit.pvalues, "low": ci[:, 0], "high": ci[:, 1]}
    add(name, "link", tolerance, outcome=outcome, expected=expected, covariance=np.asarray(fit.cov_params()).ravel(), facts=facts, **more)


y, x = kept(0)
ols = sm.OLS(y, sm.add_constant(x)).fit()
at = ols.get_prediction(sm.add_constant(np.array(NEW), has_constant="add"))
ci = at.conf_int(alpha=0.1)
link_case("linear", "y", y, x, ols, {"r2": ols.rsquared, "r2_adjusted": ols.rsquared_adj, "deviation": math.sqrt(ols.mse_resid), "n": len(y), "missing": N - len(y)},
          columns=COLUMNS, rows=ROWS, predictors=["a", "b", "c"], link="linear", new=NEW, level=0.9,
          predicted={"prediction": at.predicted_mean, "error": at.se_mean, "low": ci[:, 0], "high": ci[:, 1]})  # fmt: skip

y, x = kept(1)
X1 = sm.add_constant(x)
# Tight: the default tolerance of statsmodels stops some digits short.
logit = sm.Logit(y, X1).fit(disp=0, method="newton", tol=1e-14, maxiter=100)
new = np.column_stack([np.ones(3), NEW])
eta = new @ logit.params
se = np.sqrt(np.einsum("ij,jk,ik->i", new, logit.cov_params(), new))
z = scipy.stats.norm.ppf(0.95)
sigma = lambda t: 1 / (1 + np.exp(-t))
link_case("logistic", "z", y, x, logit,
          {"log_likelihood": logit.llf, "null_log_likelihood": logit.llnull, "mcfadden": logit.prsquared, "auc": roc_auc_score(y, X1 @ logit.params),
           "n": len(y), "missing": N - len(y), "events": int(y.sum())},
          tolerance=1e-7, columns=COLUMNS, rows=ROWS, predictors=["a", "b", "c"], link="logistic", new=NEW, level=0.9,
          predicted={"linear": eta, "prediction": sigma(eta), "error": sigma(eta) * (1 - sigma(eta)) * se, "low": sigma(eta - z * se), "high": sigma(eta + z * se)})  # fmt: skip

scaled = StandardScaler().fit(x)
ridge = LogisticRegression(C=1 / 2.5, tol=1e-14, max_iter=10000, solver="newton-cholesky").fit(scaled.transform(x), y)
b = ridge.coef_[0] / scaled.scale_
add("logistic_ridge", "link", 1e-7, columns=COLUMNS, rows=ROWS, outcome="z", predictors=["a", "b", "c"], link="logistic", ridge=2.5,
    expected={"coefficient": [ridge.intercept_[0] - b @ scaled.mean_, *b]}, facts={})  # fmt: skip
y, x = kept(0)
scaled = StandardScaler().fit(x)
ridge = Ridge(alpha=7, tol=1e-14).fit(scaled.transform(x), y)
b = ridge.coef_ / scaled.scale_
add("linear_ridge", "link", 1e-9, columns=COLUMNS, rows=ROWS, outcome="y", predictors=["a", "b", "c"], link="linear", ridge=7,
    expected={"coefficient": [ridge.intercept_ - b @ scaled.mean_, *b]}, facts={})  # fmt: skip

with open(HERE.parents[1] / SURVEY, encoding="utf-8", newline="") as file:
    survey = np.array([[float(v) for v in r] for r in list(csv.reader(file))[1:]])
whole = sm.OLS(survey[:, 0], sm.add_constant(survey[:, 1:])).fit()
link_case("survey", "q1", None, None, whole, {"r2": whole.rsquared, "n": len(survey), "missing": 0}, file=SURVEY,
          predictors=[f"q{i}" for i in range(2, 11)], link="linear")  # fmt: skip

# Satisfaction from expectation and gap, gains and losses apart.
p, e = survey[:300, 4], survey[:300, 5]
s = survey[:300, 0]
d = p - e
both = sm.OLS(s, sm.add_constant(np.column_stack([e, np.maximum(d, 0), np.maximum(-d, 0)]))).fit()
cov, (g, loss) = both.cov_params(), both.params[2:]
grad = np.array([0, 0, loss / g**2, -1 / g])
lam, err = -loss / g, math.sqrt(grad @ cov @ grad)
z95 = scipy.stats.norm.ppf(0.975)
add("loss_aversion", "disconfirmation", 1e-9, file=SURVEY, limit=300, outcome="q1", performance="q5", expectation="q6", split=1,
    expected={"coefficient": both.params, "error": both.bse}, facts={"lambda": lam, "error": err, "low": lam - z95 * err, "high": lam + z95 * err})  # fmt: skip
simple = sm.OLS(s, sm.add_constant(np.column_stack([e, d]))).fit()
add("oliver", "disconfirmation", 1e-9, file=SURVEY, limit=300, outcome="q1", performance="q5", expectation="q6", split=0,
    expected={"coefficient": simple.params, "error": simple.bse}, facts={})  # fmt: skip

# ---- Penalties and rewards ----

names = ["q2", "q5", "q6", "q8"]
dummies = []
for n in names:
    q = survey[:, int(n[1:]) - 1]
    dummies += [q <= 4, q >= 9]
fit = sm.OLS(survey[:, 0], sm.add_constant(np.column_stack(dummies).astype(float))).fit()
expected = {c: [] for c in ("penalty", "penalty_error", "reward", "reward_error", "range", "asymmetry", "lows", "highs", "factor")}
for k in range(len(names)):
    low, high = fit.params[2 * k + 1], fit.params[2 * k + 2]
    wrong = low > 0 or high < 0
    a = math.nan if wrong else (high + low) / (high - low)
    expected["penalty"].append(low)
    expected["penalty_error"].append(fit.bse[2 * k + 1])
    expected["reward"].append(high)
    expected["reward_error"].append(fit.bse[2 * k + 2])
    expected["range"].append(math.nan if wrong else high - low)
    expected["asymmetry"].append(a)
    expected["lows"].append(int(dummies[2 * k].sum()))
    expected["highs"].append(int(dummies[2 * k + 1].sum()))
    expected["factor"].append("inconsistent" if wrong else "basic" if a < -1 / 3 else "excitement" if a > 1 / 3 else "performance")
add("penalties", "penalty", 1e-9, file=SURVEY, outcome="q1", indicators=names, low=4, high=9, expected=expected)

# ---- NPS and back-tests ----

expected = {c: [] for c in ("n", "promoters", "passives", "detractors", "nps", "error", "low", "high")}
answers = [[int(v), "north" if i % 3 else "south"] for i, v in enumerate(survey[:200, 0])]
for group in ("south", "north"):
    value = np.array([1 if a >= 9 else -1 if a <= 6 else 0 for a, where in answers if where == group], float)
    m, err = 100 * value.mean(), 100 * value.std() / math.sqrt(len(value))
    for key, number in zip(expected, (len(value), (value == 1).sum(), (value == 0).sum(), (value == -1).sum(), m, err, m - z95 * err, m + z95 * err)):
        expected[key].append(number)
add("nps", "nps", 1e-12, columns=["recommend", "region"], rows=answers, group="region", expected=expected)


def delong(score, outcome):
    one, none = score[outcome == 1], score[outcome == 0]
    psi = (one[:, None] > none[None, :]) + 0.5 * (one[:, None] == none[None, :])
    return psi.mean(), math.sqrt(psi.mean(1).var(ddof=1) / len(one) + psi.mean(0).var(ddof=1) / len(none))


def wilson(k, n, level):
    from statsmodels.stats.proportion import proportion_confint

    return proportion_confint(k, n, alpha=1 - level, method="wilson")


score = np.round(rng.random(150), 2)
outcome = (rng.random(150) < 0.2 + 0.6 * score).astype(float)
money = np.round(100 * score + rng.normal(0, 30, 150), 1)
edges = [0.25, 0.5, 0.75]
for name, result in (("backtest_binary", outcome), ("backtest_numeric", money)):
    expected = {c: [] for c in ("from", "to", "n", "score", "outcome", "low", "high")}
    bands = np.digitize(score, edges)  # edges[i-1] <= x < edges[i]
    for k in range(4):
        there = result[bands == k]
        if name.endswith("binary"):
            low, high = wilson(there.sum(), len(there), 0.9)
        else:
            low, high = scipy.stats.t.interval(0.9, len(there) - 1, there.mean(), scipy.stats.sem(there))
        for key, number in zip(expected, (edges[k - 1] if k else math.nan, edges[k] if k < 3 else math.nan, len(there), score[bands == k].mean(), there.mean(), low, high)):
            expected[key].append(number)
    facts = {"n": 150, "correlation": scipy.stats.pearsonr(score, result)[0], "rank_correlation": scipy.stats.spearmanr(score, result)[0]}
    if name.endswith("binary"):
        area, err = delong(score, result)
        z90 = scipy.stats.norm.ppf(0.95)
        facts |= {"auc": area, "auc_error": err, "auc_low": area - z90 * err, "auc_high": min(1, area + z90 * err), "brier": ((score - result) ** 2).mean(), "events": int(result.sum())}
        assert abs(area - roc_auc_score(result, score)) < 1e-12
    add(name, "backtest", 1e-12, columns=["score", "outcome"], rows=[list(r) for r in zip(score, result)], edges=edges, level=0.9, expected=expected, facts=facts)

with open(HERE / "satisfaction.json", "w", encoding="utf-8") as file:
    file.write('{"note": ' + json.dumps(NOTE) + ',\n"cases": [\n')
    file.write(",\n".join(json.dumps(c) for c in cases) + "\n]}\n")
