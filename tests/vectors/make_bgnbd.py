#!/usr/bin/env python3
"""Writes bgnbd.json: BG/NBD and MBG/NBD at ordinary and awkward points, by mpmath with 60 digits and more.

By other routes than the library's: expectations over the dropout probability as differences of Gauss's functions in their
textbook form (with the dropout parameter moved off its poles by 1e-60), probabilities of counts as 1 minus a sum, money by
numerical integration over time, slopes by numerical derivatives. Where mpmath's 2F1 gives up, the integral over the dropout
probability itself.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import signal
import sys

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60
SHIFT = {"bgnbd": 0, "mbgnbd": 1}  # chances to leave before the first repeat purchase
PATIENCE = 15  # seconds for one 2F1


class Slow(Exception):
    pass


def alarm(signum, frame):
    raise Slow


signal.signal(signal.SIGALRM, alarm)


def over_beta(function, a, c):
    """E(function(p)) of p ~ Beta(a, c), by integration over the logit in pieces around where the integrand lives."""
    norm = mpmath.beta(a, c)

    def integrand(eta):
        p, q = 1 / (1 + mpmath.exp(-eta)), 1 / (1 + mpmath.exp(eta))
        return function(p) * p**a * q**c / norm

    grid = [mpf(k) / 4 for k in range(-400, 401)]
    best = max(grid, key=integrand)
    width = mpf(1)
    while integrand(best + width) < integrand(best) / 20 and integrand(best - width) < integrand(best) / 20:
        width /= 2
    grid = [best + k * width for k in range(-12, 13)]
    best = max(grid, key=integrand)
    ends = [[best], [best]]
    for side, sign in enumerate((-1, 1)):
        step = width
        while integrand(ends[side][-1]) > integrand(best) * mpf(10) ** -32:
            ends[side].append(ends[side][-1] + sign * step)
            step *= mpf(1.5)
    return mpmath.quad(integrand, ends[0][:0:-1] + ends[1])


def patient(primary, fallback):
    signal.alarm(PATIENCE)
    try:
        return primary()
    except (Slow, ValueError, mpmath.libmp.NoConvergence, ZeroDivisionError):
        pass
    finally:
        signal.alarm(0)
    return fallback()


def posterior(model, parameters, x, T):
    r, alpha, a, b = parameters
    return r + x, alpha + T, a, b + x + SHIFT[model]


def powers(a, c, s, z):
    """E((1 + p z)^-s)."""
    return patient(lambda: mpmath.hyp2f1(s, a, a + c, -z), lambda: over_beta(lambda p: (1 + p * z) ** -s, a, c))


def with_digits(function):
    """Differences that cancel: with far more digits, and a little off the poles."""

    def wrapped(*arguments):
        dps = mpmath.mp.dps
        mpmath.mp.dps = 200
        try:
            return +function(*arguments)
        finally:
            mpmath.mp.dps = dps

    return wrapped


@with_digits
def expected_alive(a, c, s, z):
    def closed():
        off = a + mpf(10) ** -60
        return (off + c - 1) / (off - 1) * (1 - mpmath.hyp2f1(s, off - 1, off + c - 1, -z))

    def integral():
        mpmath.mp.dps = 60
        return over_beta(lambda p: -mpmath.expm1(-s * mpmath.log1p(p * z)) / p, a, c)

    return patient(closed, integral)


@with_digits
def pairs_alive(a, c, s, z):
    def closed():
        off = a + mpf(10) ** -60
        share = c * (off + c - 1) / ((off - 1) * (off - 2))  # E(q / p^2)
        first = mpmath.hyp2f1(s, off - 2, off + c - 1, -z)
        second = s * z * (off - 2) / (off + c - 1) * mpmath.hyp2f1(s + 1, off - 1, off + c, -z)
        return 2 * share * (1 - first - second)

    def integral():
        mpmath.mp.dps = 90

        def f(p):
            return 2 * (1 - p) / p**2 * (1 - (1 + p * z) ** -s - s * p * z * (1 + p * z) ** (-s - 1))

        return over_beta(f, a, c)

    return patient(closed, integral)


def log_likelihood(model, parameters, row):
    r, alpha, a, b = parameters
    x, t_x, T = row
    s, total, _, c = posterior(model, parameters, x, T)
    common = mpmath.loggamma(s) - mpmath.loggamma(r) + r * mpmath.log(alpha)
    beta = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    alive = mpmath.loggamma(a) + mpmath.loggamma(c) - mpmath.loggamma(a + c) - s * mpmath.log(total)
    if x + SHIFT[model] == 0:
        return common - beta + alive
    left = mpmath.loggamma(a + 1) + mpmath.loggamma(c - 1) - mpmath.loggamma(a + c) - s * mpmath.log(alpha + t_x)
    return common - beta + left + mpmath.log1p(mpmath.exp(alive - left))


def log_alive(model, parameters, row):
    r, alpha, a, b = parameters
    x, t_x, T = row
    s, total, _, c = posterior(model, parameters, x, T)
    if x + SHIFT[model] == 0:
        return mpf(0)
    return -mpmath.log1p(a / (c - 1) * (total / (alpha + t_x)) ** s)


def slopes(model, parameters, row):
    out = []
    dps = mpmath.mp.dps
    mpmath.mp.dps = 120
    for k in range(4):

        def at(theta, k=k):
            moved = list(parameters)
            moved[k] = parameters[k] * mpmath.exp(theta)
            return log_likelihood(model, moved, row)

        step = mpf(10) ** -30
        out.append((at(step) - at(-step)) / (2 * step))
    mpmath.mp.dps = dps
    return out


@with_digits
def log_count(model, parameters, row, t, n):
    mpmath.mp.dps = 1000  # what is left of 1 can be as small as e^-1700
    s, total, a, c = posterior(model, parameters, row[0], row[2])
    y = t / (total + t)
    alive = mpmath.exp(log_alive(model, parameters, row))
    due, rest = (1 - y) ** s, mpf(1)
    for j in range(n):
        rest -= due
        due *= (s + j) / (j + 1) * y
    value = alive * mpmath.rf(c, n) / mpmath.rf(a + c, n) * due
    if n == 0:
        return mpmath.log(value + (1 - alive))
    return mpmath.log(value + alive * a * mpmath.rf(c, n - 1) / mpmath.rf(a + c, n) * rest)


def residual(model, parameters, row, delta):
    s, total, a, c = posterior(model, parameters, row[0], row[2])
    w = delta * total

    def integrand(u):  # over the logarithm of time
        v = mpmath.exp(u)
        return v * mpmath.exp(-w * v) * powers(a, c, s + 1, v)

    dps = mpmath.mp.dps
    mpmath.mp.dps = 20
    end = mpmath.log(60 / w)
    points = [min(end, mpf(0)) - 60] + [min(end, mpf(0)) - k for k in (20, 8, 3)]
    while points[-1] < end - 1:
        points.append(points[-1] + 1)
    value = mpmath.quad(integrand, points + [end])
    mpmath.mp.dps = dps
    return mpmath.exp(log_alive(model, parameters, row)) * s * value


def cash(model, parameters, row, ends, discounts):
    s, total, a, c = posterior(model, parameters, row[0], row[2])
    alive = mpmath.exp(log_alive(model, parameters, row))
    mean = square = pairs = before = mpf(0)
    start = mpf(0)
    for end, discount in zip(ends, discounts):
        new = expected_alive(a, c, s, (end - start) / (total + start)) if start == 0 else None
        upto = expected_alive(a, c, s, end / total)
        since = expected_alive(a, c, s, start / total) if new is None else mpf(0)
        mean += discount * (upto - since)
        square += discount**2 * (upto - since)

        def pair(v, start=start, discount=discount, before=before):
            intensity = s * (s + 1) / total**2 * c / (a + c) * powers(a, c + 1, s + 2, v / total)
            return 2 * discount * (before + discount * (v - start)) * intensity

        dps = mpmath.mp.dps
        mpmath.mp.dps = 25
        pairs += mpmath.quad(pair, mpmath.linspace(start, end, 4))
        mpmath.mp.dps = dps
        before += discount * (end - start)
        start = end
    return [alive * mean, alive * pairs, alive * square]


ORDINARY = ("0.243", "4.414", "0.793", "2.426")
POINTS = [  # parameters, rows (x, t_x, T), times
    (ORDINARY, [(0, 0, "38.86"), (2, "30.43", "38.86"), (26, "30.857142857142858", 31), (10, 35, "38.86"), (0, 0, 0)],
     ["1e-9", 1, 39, 520]),
    (("0.525", "6.183", "0.891", "1.614"), [(0, 0, "38.86"), (2, "30.43", "38.86"), (1, 2, 60)], ["0.1", 39, 78]),
    (("0.243", "4.414", 1, "2.426"), [(2, "30.43", "38.86"), (0, 0, 10)], [1, 39, 2000]),
    (("0.243", "4.414", 2, "1.5"), [(3, "30.43", "38.86")], [1, 39]),
    (("0.243", "4.414", "1.000000001", 1), [(0, 0, "38.86"), (4, 3, "38.86")], [1, 39]),
    (("0.11", "2.24", "0.31", "0.5"), [(0, 0, 1), (1, 1, 1), (3, "0.5", 1)], ["1e-6", 30, 4000]),
    (("0.243", "4.414", "0.793", "2.426"), [(500, 36, 37), (5, 990000, 1000000), (100, "38.86", "38.86"), (3, 0, "38.86")],
     ["1e-3", 52, 5200]),
    ((12000, 100000, "1222.8", "9043.8"), [(0, 0, 104), (6, "93.3", 104), (20, 100, 104)], [1, 52]),
    (("0.5", 5, "1e-6", 2), [(0, 0, 30), (4, 20, 30)], [1, 100]),
    (("0.5", 5, "0.5", "1e-6"), [(0, 0, 30), (1, 20, 30)], [1, 100]),
    (("0.5", 5, 2, "1e6"), [(0, 0, 30), (4, 20, 30)], [1, 100]),
    (("0.5", 5, "1e6", 2), [(0, 0, 30), (4, 29, 30)], [1, 100]),
    (("1e-6", 5, "0.8", 2), [(0, 0, 30), (4, 29, 30)], [1, 100]),
    ((2, "1e-6", "0.8", 2), [(0, 0, 0), (4, 29, 30)], [1, 10000]),
    ((30, "0.5", "3", "40"), [(700, 99, 100), (0, 0, 100)], [1, 100]),
    ((1, 1, 1, 1), [(100000, 1000000, 1000000), (0, 0, 1000000)], [1, 1000000]),
    ((1000000, 1000000, 1000000, 1000000), [(3, 1, 2)], [1, 100]),
    (("1e-6", "1e-6", "1e-6", "1e-6"), [(0, 0, 1), (1, 1, 1)], [1, 100]),
    ((5000, 1, "5.2", "1e-5"), [(0, 0, 0)], ["1e-3", "0.65"]),
]
COUNTS = [0, 1, 2, 10, 30, 171]


def digits(value):
    return mpmath.nstr(value, 22)


def cases():
    for number, (texts, rows, times) in enumerate(POINTS):
        parameters = [mpf(p) for p in texts]
        for row_texts in rows:
            row = [int(row_texts[0]), mpf(row_texts[1]), mpf(row_texts[2])]
            for model in SHIFT:
                yield number, model, texts, row_texts, parameters, row, times


def case(number, model, texts, row_texts, parameters, row, times):
    s, total, a, c = posterior(model, parameters, row[0], row[2])
    alive = mpmath.exp(log_alive(model, parameters, row))
    zs = [mpf(t) / total for t in times]
    out = {
        "model": model,
        "parameters": [float(p) for p in texts],
        "row": [float(v) for v in row_texts],
        "log_likelihood": digits(log_likelihood(model, parameters, row)),
        "slopes": [digits(v) for v in slopes(model, parameters, row)],
        "log_alive": digits(log_alive(model, parameters, row)),
        "times": [float(t) for t in times],
        "alive_later": [digits(alive * powers(a, c, s, z)) for z in zs],
        "expected": [digits(alive * expected_alive(a, c, s, z)) for z in zs],
        "expected_pairs": [digits(alive * pairs_alive(a, c, s, z)) for z in zs],
        "counts": COUNTS,
        "log_counts": [digits(log_count(model, parameters, row, mpf(times[1]), n)) for n in COUNTS],
    }
    if number in (0, 1, 2, 5, 14):
        deltas = ["0.0027", "0.1"]
        out["deltas"] = [float(d) for d in deltas]
        out["residual"] = [digits(residual(model, parameters, row, mpf(d))) for d in deltas]
    if number in (0, 1, 2, 7):
        ends, discounts = [1, 2, "4.5", 52], ["0.99", "0.98", "0.95", "0.5"]
        out["cash"] = {"ends": [float(e) for e in ends], "discounts": [float(d) for d in discounts]}
        out["cash_moments"] = [
            digits(v) for v in cash(model, parameters, row, [mpf(e) for e in ends], [mpf(d) for d in discounts])
        ]
    return out


def exact(arguments):
    """The texts stand for the doubles nearest to them."""
    number, model, texts, rows, _, _, times = arguments
    row = [int(rows[0]), mpf(float(rows[1])), mpf(float(rows[2]))]
    return number, model, texts, rows, [mpf(float(p)) for p in texts], row, [float(t) for t in times]


def main():
    path = pathlib.Path(__file__).with_name("bgnbd.json")
    made = []
    for arguments in cases():
        made.append(case(*exact(arguments)))
        print(len(made), arguments[1:4], file=sys.stderr, flush=True)
    note = "BG/NBD and MBG/NBD with 22 digits, made by make_bgnbd.py; row is x, t_x, T; counts are for times[1]."
    lines = ",\n".join("  " + json.dumps(one) for one in made)
    path.write_text('{\n"note": "%s",\n"cases": [\n%s\n]\n}\n' % (note, lines), encoding="utf-8")


if __name__ == "__main__":
    main()
