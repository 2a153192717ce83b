#!/usr/bin/env python3
"""Writes discrete.json: models in discrete time by their definitions, with 50 digits; sums term by term."""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 50

PUBLISHED = [1.20352083040498, 0.749714243061896, 0.656712169147878, 2.78340801635898]


def number(value):
    return mpmath.nstr(value, 20, strip_zeros=True)


def case(model, function, parameters, expected, **more):
    return {"model": model, "function": function, "parameters": parameters, **more,
            "expected": [number(value) for value in expected]}


def slopes(function, parameters):
    """Derivatives by the logarithms of the parameters."""
    for k in range(len(parameters)):
        def along(u, k=k):
            return function([p * mpmath.exp(u) if i == k else mpf(p) for i, p in enumerate(parameters)])
        yield mpmath.diff(along, 0)


def beta(a, b):
    return mpmath.beta(mpf(a), mpf(b))


# ---- BG/BB: every way in which the history can have come about


def bgbb_alive(p, x, n):
    """P(history, and alive after opportunity n)."""
    alpha, b, gamma, delta = p
    return beta(alpha + x, b + n - x) / beta(alpha, b) * beta(gamma, delta + n) / beta(gamma, delta)


def bgbb_likelihood(p, x, t_x, n):
    alpha, b, gamma, delta = (mpf(v) for v in p)
    total = bgbb_alive((alpha, b, gamma, delta), x, n)
    for i in range(n - t_x):
        total += (beta(alpha + x, b + t_x - x + i) / beta(alpha, b)
                  * beta(gamma + 1, delta + t_x + i) / beta(gamma, delta))
    return total


def bgbb_survives(p, x, t_x, n, k):
    """P(alive at opportunity n + k | history)."""
    alpha, b, gamma, delta = (mpf(v) for v in p)
    return (bgbb_alive((alpha, b, gamma, delta), x, n) * beta(gamma, delta + n + k) / beta(gamma, delta + n)
            / bgbb_likelihood(p, x, t_x, n))


def bgbb_chances(p, x, n):
    a, b = mpf(p[0]) + x, mpf(p[1]) + n - x
    return a / (a + b), a * (a + 1) / (a + b) / (a + b + 1)


def bgbb_count(p, x, t_x, n, t, count):
    """P(count purchases at t more opportunities): over the opportunities that the customer lives to see."""
    a, b = mpf(p[0]) + x, mpf(p[1]) + n - x
    gamma, delta = mpf(p[2]), mpf(p[3]) + n
    alive = bgbb_survives(p, x, t_x, n, 0)
    total = mpf(0)
    for i in range(count, t + 1):
        bought = mpmath.binomial(i, count) * beta(a + count, b + i - count) / beta(a, b)
        leaves = beta(gamma, delta + t) if i == t else beta(gamma + 1, delta + i)
        total += bought * leaves / beta(gamma, delta)
    return alive * total + (1 - alive if count == 0 else 0)


def bgbb_cases():
    histories = [(0, 0, 6), (2, 4, 6), (6, 6, 6), (0, 0, 0), (1, 1, 1), (20, 40, 60), (3, 3, 60), (100, 110, 150)]
    parameters = [PUBLISHED, [1.204, 0.75, 0.657, 2.783], [0.8, 1.1, 1.0, 3.0], [1e-3, 50.0, 200.0, 1e-2],
                  [1e4, 3e4, 1e-6, 2e5]]
    for p in parameters:
        for x, t_x, n in histories:
            likelihood = mpmath.log(bgbb_likelihood(p, x, t_x, n))
            by = slopes(lambda q: mpmath.log(bgbb_likelihood(q, x, t_x, n)), p)
            yield case("bgbb", "log_likelihood", p, [likelihood, *by], x=x, t_x=t_x, T=n)
    for x, t_x, n in [(200, 400, 600), (0, 0, 600), (600, 600, 600), (30, 30, 120), (1, 599, 600), (300, 310, 600)]:
        p = parameters[1]
        by = slopes(lambda q: mpmath.log(bgbb_likelihood(q, x, t_x, n)), p)
        yield case("bgbb", "log_likelihood", p, [mpmath.log(bgbb_likelihood(p, x, t_x, n)), *by], x=x, t_x=t_x, T=n)
        yield case("bgbb", "log_alive", p, [mpmath.log(bgbb_survives(p, x, t_x, n, 1))], x=x, t_x=t_x, T=n)
    for p in parameters[:3] + parameters[4:]:
        for x, t_x, n in histories[:6]:
            yield from bgbb_predictions(p, x, t_x, n)
    p, counts = [1e5, 1e5, 1e-3, 50.0], [640, 641, 642]  # terms from 2^-640 up to nearly 1
    yield case("bgbb", "log_counts", p, [mpmath.log(bgbb_count(p, 1, 2, 3, 1300, k)) for k in counts], x=1, t_x=2, T=3,
               t=1300, **{"from": counts[0]})


def bgbb_predictions(p, x, t_x, n):
    who = {"x": x, "t_x": t_x, "T": n}
    chance, square = bgbb_chances(p, x, n)
    later = [bgbb_survives(p, x, t_x, n, k) for k in range(60)]
    yield case("bgbb", "log_alive", p, [mpmath.log(later[1])], **who)
    yield case("bgbb", "alive_later", p, [later[8]], **who, t=7.5)
    times = [0.5, 1, 5, 10.9, 52]
    yield case("bgbb", "expected", p, [chance * sum(later[1:int(t) + 1]) for t in times], **who, times=times)
    yield case("bgbb", "expected_pairs", p, [square * sum(2 * (k - 1) * later[k] for k in range(1, 13))], **who, t=12)
    yield case("bgbb", "log_counts", p, [mpmath.log(bgbb_count(p, x, t_x, n, 9, k)) for k in range(10)], **who, t=9)
    rate = mpf("0.1")
    alive, delta = later[0], mpmath.log(1 + rate)
    gamma, b = mpf(p[2]), mpf(p[3]) + n
    yield case("bgbb", "residual", p, [chance * alive * geometric(gamma, b, delta)], **who, delta=number(delta))
    ends, discounts = [2, 2.5, 7, 12], ["0.9", "0.8", "0.7", "0.5"]
    yield case("bgbb", "cash_moments", p, cash(later, chance, square, ends, discounts), **who, ends=ends,
               discounts=discounts)


def cash(later, chance, square, ends, discounts):
    """Mean, pairs and squares, purchase by purchase; later[k]: P(alive at period k to come)."""
    of = {}
    for k in range(1, int(ends[-1]) + 1):
        of[k] = mpf(next(d for end, d in zip(ends, discounts) if k <= end))
    mean = sum(chance * of[k] * later[k] for k in of)
    pairs = sum(square * of[k] * of[m] * later[max(k, m)] for k in of for m in of if k != m)
    return [mean, pairs, sum(chance * of[k] ** 2 * later[k] for k in of)]


def geometric(a, b, delta):
    """Sum of B(a, b + k) / B(a, b) e^(-delta k) over k >= 1: by terms, or where these are many as a 2F1 if that converges."""
    v = mpmath.exp(-delta)
    total, term = mpf(0), mpf(1)
    for k in range(100000):
        term *= v * (b + k) / (a + b + k)
        total += term
        if term < total * delta * mpf(10) ** -30:
            return total
    try:
        return v * b / (a + b) * mpmath.hyp2f1(1, b + 1, a + b + 1, v)
    except mpmath.libmp.NoConvergence:
        return None


# ---- sBG and BdW


def log_survival(p, T):
    alpha, b = mpf(p[0]), mpf(p[1])
    power = mpf(T) ** (mpf(p[2]) if len(p) > 2 else 1)
    lg = mpmath.loggamma
    return lg(b + power) + lg(alpha + b) - lg(alpha + b + power) - lg(b)


def survival(p, T):
    return mpmath.exp(log_survival(p, T))


def contract(p, T, lost):
    return mpmath.log(survival(p, T - 1) - survival(p, T)) if lost else log_survival(p, T)


def contract_cases():
    for model, parameters in (("sbg", [[0.668, 3.806], [3.8, 15.2], [1e-5, 1e-3], [1e6, 1e7], [1e-4, 1e6], [50.0, 0.01]]),
                              ("bdw", [[0.259, 1.722, 1.584], [0.523, 0.894, 1.196], [2.0, 0.5, 0.3], [1e-3, 1e5, 2.5],
                                       [30.0, 1e4, 0.9], [0.7, 1.3, 1.0], [0.05, 1e8, 6.0]])):
        for p in parameters:
            for T in (0, 1, 2, 7, 100, 5000):
                for lost in (0, 1)[:1 if T == 0 else 2]:
                    by = slopes(lambda q: contract(q, T, lost), p)
                    yield case(model, "log_likelihood", p, [contract([*map(mpf, p)], T, lost), *by], T=T, lost=lost)
            for T in (0, 3, 500):
                yield from contract_predictions(model, p, T)


def contract_predictions(model, p, T):
    later = [survival(p, T + k) / survival(p, T) for k in range(61)]
    yield case(model, "alive_later", p, [later[9]], T=T, t=9.99)
    times = [0.99, 1, 12, 60]
    yield case(model, "expected", p, [sum(later[1:int(t) + 1]) for t in times], T=T, times=times)
    yield case(model, "expected_pairs", p, [sum(2 * (k - 1) * later[k] for k in range(1, 25))], T=T, t=24)
    counts = [later[k] - later[k + 1] for k in range(6)] + [later[6]]
    yield case(model, "log_counts", p, [mpmath.log(v) for v in counts], T=T, t=6)
    ends, discounts = [0.5, 3, 12, 24.5], ["0.9", "0.8", "0.7", "0.5"]
    yield case(model, "cash_moments", p, cash(later, mpf(1), mpf(1), ends, discounts), T=T, ends=ends,
               discounts=discounts)
    if T != 3:
        yield case(model, "residual", p, [long_sum(p, T, None, mpf("0.1"))], T=T, delta="0.1")
    if T == 3:
        yield case(model, "residual", p, [long_sum(p, T, None, mpf("0.004"))], T=T, delta="0.004")
        far = [500, 3000]
        yield case(model, "expected", p, [long_sum(p, T, t, mpf(0)) for t in far], T=T, times=far)
        yield case(model, "expected_pairs", p, [2 * long_sum(p, T, 2000, mpf(0), 1)], T=T, t=2000)
    if model == "sbg":
        for delta in ("1e-5", "1e-9", "3"):
            exact = geometric(mpf(p[0]), mpf(p[1]) + T, mpf(delta))
            if exact is not None:
                yield case(model, "residual", p, [exact], T=T, delta=delta)


def long_sum(p, T, to, delta, weighted=0):
    """Term by term until nothing changes in 25 digits."""
    base, total, k = log_survival(p, T), mpf(0), 0
    while to is None or k < to:
        k += 1
        term = (k - 1 if weighted else 1) * mpmath.exp(log_survival(p, T + k) - base - delta * k)
        total += term
        if delta > 0 and term < total * delta * mpf(10) ** -25:
            break
    return total


def drop_cases():
    """ln B(a, b) - ln B(a, b + n) and its derivative by b."""
    mp.dps = 80
    lg, psi = mpmath.loggamma, mpmath.digamma
    for a in ("1e-9", "1e-3", "0.7", "13", "1e4", "1e12"):
        for b in ("1e-6", "0.3", "1", "15.9", "16.1", "700", "1e9"):
            for n in ("1e-7", "0.5", "1", "600", "1e10"):
                x, y, z = mpf(float(a)), mpf(float(b)), mpf(float(n))
                drop = lg(y) + lg(x + y + z) - lg(x + y) - lg(y + z)
                by_b = psi(y) + psi(x + y + z) - psi(x + y) - psi(y + z)
                yield case("beta", "drop", [float(a), float(b)], [drop, by_b], n=float(n))
    mp.dps = 50


def main():
    cases = [*drop_cases(), *bgbb_cases(), *contract_cases()]
    note = ("BG/BB, sBG and BdW by their definitions with 50 digits, written by make_discrete.py; slopes are by the "
            "logarithms of the parameters. The input is what each function of lib/lifetime/model.h takes.")
    lines = ",\n".join("  " + json.dumps(one) for one in cases)
    text = '{\n"note": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(note), lines)
    pathlib.Path(__file__).with_name("discrete.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
