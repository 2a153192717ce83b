#!/usr/bin/env python3
"""Writes pnbd.json: the Pareto/NBD by plain quadrature over the time of death, 50 digits, at all sorts of points.

The likelihood is also held against its closed form with two 2F1 wherever mpmath can evaluate that.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import random
import sys

from mpmath import exp, hyp2f1, log, log1p, loggamma, mp, mpf
from mpmath.calculus.quadrature import GaussLegendre

mp.dps = 60
NODES = GaussLegendre(mp).calc_nodes(6, mp.prec)
STEP = mpf(10) ** -15  # of central differences: error 1e-30


def integral(f, points):
    total = mpf(0)
    for low, high in zip(points, points[1:]):
        half, middle = (high - low) / 2, (high + low) / 2
        total += half * sum(w * f(middle + half * x) for x, w in NODES)
    return total


def spread(length, scales):
    """From 0 on, each piece twice as long as the one before, the first no longer than any scale."""
    first, points, end = min(*scales, length), [mpf(0)], mpf(0)
    while end < length:
        end = min(length, 2 * end + first)
        points.append(end)
    return points


def log_parts(p, x, t_x, T):
    """ln of the scale at t_x, without Gamma(r+x)/Gamma(r) alpha^r beta^s, and over it the parts of alive and dead."""
    r, alpha, s, beta = p
    n, a, b, D = r + x, alpha + t_x, beta + t_x, T - t_x
    fall = lambda v: n * log(1 + v / a) + s * log(1 + v / b)
    alive = exp(-fall(D))
    points = [v for v in spread(D, [a, b, a / n, b / (s + 1)])]
    points = [v for k, v in enumerate(points) if k == 0 or fall(points[k - 1]) < 160]
    dead = integral(lambda v: s / (b + v) * exp(-fall(v)), points) if D > 0 else mpf(0)
    return -n * log(a) - s * log(b), alive, dead


def log_likelihood(p, x, t_x, T):
    r, alpha, s, beta = p
    scale, alive, dead = log_parts(p, x, t_x, T)
    return loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta) + scale + log(alive + dead)


def closed_form(p, x, t_x, T):
    r, alpha, s, beta = p
    high, low, c = (alpha, beta, s + 1) if alpha >= beta else (beta, alpha, r + x)
    n = r + x + s
    F = lambda t: hyp2f1(n, c, n + 1, (high - low) / (high + t)) / (high + t) ** n
    A0 = F(t_x) - F(T)
    alive = 1 / ((alpha + T) ** (r + x) * (beta + T) ** s)
    return loggamma(r + x) - loggamma(r) + r * log(alpha) + s * log(beta) + log(alive + s / n * A0)


def slopes(p, x, t_x, T):
    out = []
    for k in range(4):
        moved = [[v * exp(sign * STEP) if k == j else v for j, v in enumerate(p)] for sign in (1, -1)]
        out.append((log_likelihood(moved[0], x, t_x, T) - log_likelihood(moved[1], x, t_x, T)) / (2 * STEP))
    return out


def log_alive(p, x, t_x, T):
    _, alive, dead = log_parts(p, x, t_x, T)
    return log(alive) - log(alive + dead)


def survival(p, T, v):
    return (1 + v / (p[3] + T)) ** -p[2]


def rates(p, x, T):
    """E(lambda) and E(lambda^2) of a customer who is alive."""
    n, a = p[0] + x, p[1] + T
    return n / a, n * (n + 1) / a**2


def lived(p, T, t, f):
    return integral(lambda v: f(v) * survival(p, T, v), spread(t, [p[3] + T, (p[3] + T) / p[2]]))


def residual(p, T, delta):
    b = p[3] + T
    return integral(lambda v: exp(-delta * v) * survival(p, T, v), spread(160 / delta, [b, b / p[2], 1 / delta]))


def log_count(p, x, T, alive, t, k):
    r, alpha, s, beta = p
    n, a, b = r + x, alpha + T, beta + T
    points, end = [t], t
    ratio = mpf(2) ** (mpf(1) if k < 300 else mpf(1) / 4)
    while end > min(a / (n + k), b / (s + 1)) / 1000:
        end /= ratio
        points.append(end)
    points.append(mpf(0))
    scale = loggamma(n + k) - loggamma(n) - loggamma(k + 1)
    nb = lambda v: exp(-n * log(1 + v / a)) * (v / (a + v)) ** k
    if k == 0:  # from the chance to buy before dying, whose digits 60 of a number near 1 would not hold
        buys = integral(lambda v: n / (a + v) * nb(v) * (1 + v / b) ** -s, points[::-1])
        return log1p(-alive * buys)
    died = integral(lambda v: nb(v) * s / (b + v) * (1 + v / b) ** -s, points[::-1])
    return log(alive * exp(scale) * (nb(t) * survival(p, T, t) + died))


def cash(p, x, T, ends, discounts):
    first, second = rates(p, x, T)
    mean = squares = pairs = reached = mpf(0)
    for low, high, d in zip([0] + ends, ends, discounts):
        points = [low + v for v in spread(high - low, [p[3] + T + low, (p[3] + T + low) / p[2]])]
        lives = integral(lambda v: survival(p, T, v), points)
        mean += d * lives
        squares += d * d * lives
        pairs += integral(lambda v: 2 * d * (reached + d * (v - low)) * survival(p, T, v), points)
        reached += d * (high - low)
    return [first * mean, second * pairs, first * squares]


def text(value):
    return mp.nstr(value, 25, min_fixed=0, max_fixed=0)


def case(params, x, t_x, T, times=(), deltas=(), counts=(), money=()):
    p, x, t_x, T = [mpf(v) for v in params], mpf(x), mpf(t_x), mpf(T)
    value = log_likelihood(p, x, t_x, T)
    if x < 1000 and max(p) < 1000 and min(p[1], p[3]) > 1e-3 and T < 1000 and T - t_x > 1e-3:
        assert abs(closed_form(p, x, t_x, T) - value) < 1e-30 * (1 + abs(value)), (params, x, t_x, T)
    alive = exp(log_alive(p, x, t_x, T))
    out = {"params": params, "x": float(x), "t_x": float(t_x), "T": float(T), "log_likelihood": text(value)}
    out["slopes"] = [text(v) for v in slopes(p, x, t_x, T)]
    out["log_alive"] = text(log_alive(p, x, t_x, T))
    first, second = rates(p, x, T)
    out["later"] = [
        {
            "t": t,
            "alive": text(alive * survival(p, T, t)),
            "expected": text(alive * first * lived(p, T, mpf(t), lambda v: 1)),
            "pairs": text(alive * second * lived(p, T, mpf(t), lambda v: 2 * v)),
        }
        for t in times
    ]
    out["residual"] = [{"delta": d, "value": text(alive * first * residual(p, T, mpf(d)))} for d in deltas]
    out["counts"] = [
        {"t": t, "n": k, "log_probability": text(log_count(p, x, T, alive, mpf(t), k))} for t, ks in counts for k in ks
    ]
    out["cash"] = [
        {"ends": ends, "discounts": discounts, "moments": [text(alive * v) for v in cash(p, x, T, ends, discounts)]}
        for ends, discounts in money
    ]
    return out


CDNOW = [0.5533, 10.578, 0.6062, 11.669]
TIMES = [1e-6, 0.5, 39.0, 520.0]
DELTAS = [1e-8, 0.0027, 0.07, 10.0]
COUNTS = [(39.0, [0, 1, 2, 5, 20, 50]), (0.01, [0, 1, 3]), (1000.0, [0, 1, 200])]
MONEY = [([13.0, 26.0, 39.0, 52.0], [0.98, 0.95, 0.92, 0.9]), ([1e-5], [1.0]), ([5.0, 500.0], [0.5, 1.5])]
EVERYTHING = {"times": TIMES, "deltas": DELTAS, "counts": COUNTS, "money": MONEY}


def ordinary():
    histories = [(0, 0, 38.86), (0, 0, 2), (1, 10, 38.86), (2, 30.43, 38.86), (5, 30, 38.86), (10, 20, 39)]
    for x, t_x, T in [*histories, (26, 30.857142857142858, 31)]:
        yield case(CDNOW, x, t_x, T, **EVERYTHING)
    different = [[1.2, 30, 0.9, 25], [3, 2, 4, 80], [0.2, 5, 0.1, 1], [0.8, 40, 1, 3]]
    for p in [*different, [0.5, 10, 0.6, 10], [0.5, 10, 2, 10]]:
        for x, t_x in [(0, 0), (1, 3), (4, 30), (12, 51)]:
            yield case(p, x, t_x, 52, times=[26.0], deltas=[0.002], counts=[(26.0, [0, 2])], money=MONEY[:1])


def awkward():
    yield case(CDNOW, 0, 0, 0, **EVERYTHING)
    yield case(CDNOW, 3, 0, 38.86, times=[52.0], counts=[(52.0, [0, 3])])
    yield case(CDNOW, 4, 39, 39, times=[52.0], counts=[(52.0, [0, 3])])
    yield case(CDNOW, 5, 38.85999999, 38.86, times=[52.0])
    yield case(CDNOW, 500, 5, 37, times=[52.0])
    yield case(CDNOW, 1000, 36, 37, times=[52.0], counts=[(52.0, [0, 1000, 3000])])
    yield case(CDNOW, 100000, 999000, 1000000, times=[1000.0])
    yield case(CDNOW, 100000, 999990, 1000000, times=[1000.0], counts=[(1000.0, [0, 100])])
    yield case(CDNOW, 100000, 10, 1000000)
    for p in (
        [10.465, 0.00798565181, 3.0516, 2.82], [0.5, 1e-6, 0.6, 1e6], [0.5, 1e6, 0.6, 1e-6], [0.5, 1e-6, 0.6, 1e-6],
        [0.5, 1e6, 0.6, 1e6], [5000, 1e5, 0.6, 11.7], [1e8, 1e9, 0.6, 11.7], [0.8, 2, 50, 1e5], [0.8, 2, 1e6, 1e7],
        [0.8, 2, 0.01, 50], [0.8, 2, 0.01, 1e-6], [1e-3, 1e-3, 1e-3, 1e-3], [2, 7, 1 + 1e-9, 7 * (1 + 1e-12)],
        [2, 7, 2, 7 * (1 - 1e-9)], [0.01, 1e-5, 40, 1e3], [30, 1e3, 40, 1e-2],
    ):  # fmt: skip
        for x, t_x, T in [(0, 0, 52), (1, 0.5, 52), (30, 20, 52), (40, 51.9, 52)]:
            asked = {"deltas": [1e-8, 0.002, 10.0], "counts": [(52.0, [0, 1, 30])], "money": MONEY[:1]}
            yield case(p, x, t_x, T, times=[1.0, 52.0], **asked)
    for s in (0.01, 0.3, 1, 1.5, 2, 3, 50):
        for beta in (1e-6, 1.0, 1e6):
            yield case([0.8, 2, s, beta], 2, 4e-7, 1e-6, times=[1e-8, 1.0, 1e6], deltas=[1e-8, 1e-3, 1.0, 10.0])


def edges():
    """Where the number of nodes changes: z = ln((near + T) / near), and what is integrated has fallen by e^-fall."""
    for z, fall in [(z, fall) for z in (0.5, 1.58, 2.45, 4.9) for fall in (1.0, 3.95, 13.8, 27.5, 45.0, 60.0)]:
        for ratio, other in [(1.0, 0.5), (30.0, 2.0), (1000.0, 600.0)]:  # far / near, and the parameter of far
            T, L = 2 * math.expm1(z), math.log1p(math.expm1(z) / ratio)
            r, s = 1 + (fall - (other + 1) * L) / z, (fall - other * L) / z
            if r > 0:
                yield case([r, 2, other, 2 * ratio], 0, 0, T)
            if s > 0:
                yield case([other, 2 * ratio, s, 2], 0, 0, T)


def anywhere(count):
    draw = random.Random(7)
    spread_over = lambda low, high: 10 ** draw.uniform(low, high)
    for _ in range(count):
        p = [spread_over(-2, 3), spread_over(-6, 6), spread_over(-2, 1.7), spread_over(-6, 6)]
        x, T = draw.choice([0, 1, 3, 20, 300, 10000]), spread_over(-1, 6)
        t_x = 0 if x == 0 else draw.choice([draw.random() * T, T - spread_over(-6, 0) * T, spread_over(-6, 0) * T])
        t = T * spread_over(-2, 1)
        yield case(p, x, t_x, T, times=[t], deltas=[spread_over(-8, 1)], counts=[(t, [0, 1, 17])])


if __name__ == "__main__":
    cases = [*ordinary(), *edges(), *awkward(), *anywhere(int(sys.argv[1]) if len(sys.argv) > 1 else 120)]
    file = pathlib.Path(__file__).with_name("pnbd.json")
    lines = ",\n".join("  " + json.dumps(one) for one in cases)
    file.write_text('{\n "cases": [\n' + lines + "\n ]\n}\n", encoding="utf-8")
