#!/usr/bin/env python3
"""Writes special.json: gamma, beta, hypergeometric and related functions by mpmath with 50 digits and more, where peers lose theirs."""
# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import random
import signal

import mpmath as mp

mp.mp.dps = 60
rng = random.Random(2)


def power(low, high):
    return 10 ** rng.uniform(low, high)


def near(*centres):
    for x in centres:
        yield from (math.nextafter(x, 0), x, math.nextafter(x, math.inf), x + 1e-9, x - 1e-5)


# ---- References -------------------------------------------------------------------------------------------------------


def log_rising(a, n):
    with mp.workdps(100):
        return mp.loggamma(a + n) - mp.loggamma(a)


def digamma_rise(a, n):
    with mp.workdps(100):
        return mp.digamma(a + n) - mp.digamma(a)


def log_beta(a, b):
    with mp.workdps(max(100, mp.mp.dps)):
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def log_beta_series(a, b, x, y):
    """ln I_x(a, b), by x^a y^b / (a B(a, b)) 2F1(1, a + b; a + 1; x), whose terms are positive."""
    total = term = mp.mpf(1)
    n = 0
    while term > total * mp.eps:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return a * mp.log(x) + b * mp.log(y) - mp.log(a) - log_beta(a, b) + mp.log(total)


def log_beta_share(a, b, x, y):
    """From the side of the smaller of x and y, with digits enough for a difference from 1."""
    if x <= 0.5 or (x < a / (a + b) and y > 0.01):
        with mp.workdps(80):
            return log_beta_series(a, b, x, y)
    with mp.workdps(400):
        return mp.log(-mp.expm1(log_beta_series(b, a, y, x)))


def too_slow(*_):
    raise mp.libmp.NoConvergence


def log_hyp2f1(a, b, c, z):
    return mp.log(mp.hyp2f1(a, b, c, z, maxterms=20000))


# ---- Arguments ----------------------------------------------------------------------------------------------------------


def positive():
    yield from near(1.0, 2.0, 8.0, 1.4616321449683623)
    yield from (1e-300, 1e-15, 0.5, 7.999, 170.6, 171.7, 1e6, 1e12, 1e15)
    for _ in range(120):
        yield power(-15, 12)
    for _ in range(60):
        yield rng.uniform(0, 12)


def signed():
    for _ in range(80):
        yield rng.choice([-1, 1]) * power(-17, 2)
        yield rng.uniform(-2, 2)


def above_minus_one():
    yield from (-1 + 2.0**-53, -0.5, 2.0**-54, -(2.0**-54), 1e-310, 1e300)
    for _ in range(80):
        yield power(-17, 20)
        yield -power(-17, -1e-6)


def rises():
    yield from ((1e12, 1e-9), (1e12, 1e12), (1e-12, 1e-12), (0.25, 1e6), (8.0, 1e-12), (7.9999, 3.0), (1e-12, 1e7))
    for _ in range(200):
        yield power(-12, 12), power(-12, 7)
    for _ in range(60):
        yield power(-2, 2), float(rng.randrange(200))


def pairs():
    yield from ((1e-12, 1e12), (1e6, 1e6), (1e12, 1e12), (1.0, 1.0), (0.5, 1e9), (8.0, 8.0))
    for _ in range(200):
        yield power(-12, 12), power(-12, 12)


def beta_arguments():
    """x and y of which the sum is 1 exactly."""
    wanted = 160
    while wanted:
        a, b = power(-6, 3), power(-6, 3)
        x = rng.choice([power(-15, -0.0001), rng.random(), 1 - power(-15, -0.3)])
        if wanted < 120:  # in the body and the near tails
            a, b = power(-1, 4), power(-1, 4)
            mean = a / (a + b)
            x = mean + rng.gauss(0, 4) * math.sqrt(mean * (1 - mean) / (a + b))
        if wanted < 8:
            a, b, x = power(5, 6), power(5, 6), 0.0
            x = a / (a + b) + rng.gauss(0, 3) * math.sqrt(a * b / (a + b) ** 3)
        if not 0 < x < 1:
            continue
        x = 1 - (1 - x)
        if 0 < x < 1 and mp.mpf(x) + mp.mpf(1 - x) == 1:
            wanted -= 1
            yield a, b, x, 1 - x


def gamma_arguments():
    for _ in range(200):
        a = power(-8, 4)
        x = rng.choice([power(-8, 4), a * rng.uniform(0.5, 2), a + rng.gauss(0, 4) * math.sqrt(a)])
        if x > 0:
            yield a, x


def far():
    return rng.choice([rng.random(), 1 - power(-12, -0.5), power(-12, -0.1), -power(-12, 12), -power(-1, 3)])


def hyp_arguments():
    for low, high, count in ((-2, 2, 140), (-6, 6, 100)):
        for _ in range(count):
            a, b = power(low, high), power(low, high)
            yield a, b, b + power(low, high), far()
    for _ in range(80):  # of the Pareto/NBD
        r, s, x = power(-2, 1.5), power(-2, 1.5), rng.choice([0, 1, 3, 30, 300, 3000])
        yield r + s + x, rng.choice([s + 1, r + x]), r + s + x + 1, rng.choice([1 - power(-6, -0.01), rng.random()])
    for _ in range(60):  # of the BG/NBD: P(alive) later, t over alpha + T
        r, a, b, x = power(-2, 1.5), power(-2, 1.5), power(-2, 1.5), rng.choice([0, 1, 3, 30, 300, 3000])
        yield r + x, a, a + b + x, -power(-4, 6)
    for _ in range(30):  # c below both
        a, b = power(-2, 2), power(-2, 2)
        yield a, b, min(a, b) * rng.uniform(0.01, 1), rng.choice([rng.random(), 1 - power(-3, -0.5)])


def log_pairs():
    for _ in range(80):
        a = rng.uniform(-800, 800)
        yield a, a - power(-12, 3)


# How the error counts: in units of the last place, relative to the value, or relative where the value is above 1 and absolute else.
FUNCTIONS = [
    # name, measure, tolerance, reference, arguments
    ("log1p", "ulps", 2, mp.log1p, above_minus_one()),
    ("expm1", "ulps", 2, mp.expm1, signed()),
    ("log_gamma", "mixed", 1e-14, mp.loggamma, positive()),
    ("digamma", "mixed", 1e-14, mp.digamma, positive()),
    ("trigamma", "relative", 1e-14, lambda x: mp.psi(1, x), positive()),
    ("log_rising", "mixed", 1e-14, log_rising, rises()),
    ("digamma_rise", "relative", 1e-14, digamma_rise, rises()),
    ("log_beta", "mixed", 1e-14, log_beta, pairs()),
    ("log_beta_share", "mixed", 2e-14, log_beta_share, beta_arguments()),
    ("beta_share", "relative", 1e-12, lambda *of: mp.exp(log_beta_share(*of)), beta_arguments()),
    ("gamma_share", "relative", 1e-12, lambda a, x: mp.gammainc(a, 0, x, regularized=True), gamma_arguments()),
    ("gamma_rest", "relative", 1e-12, lambda a, x: mp.gammainc(a, x, regularized=True), gamma_arguments()),
    ("chi_square_rest", "relative", 1e-12, lambda f, x: mp.gammainc(f / 2, x / 2, regularized=True),
     [(float(f), power(-3, 3)) for f in (1, 2, 3, 5, 10, 100) for _ in range(12)]),
    ("normal_share", "relative", 1e-12, mp.ncdf, [rng.uniform(-37, 8) for _ in range(80)]),
    ("log_hyp2f1", "mixed", 1e-12, log_hyp2f1, hyp_arguments()),
    ("log_add", "mixed", 1e-15, lambda a, b: a + mp.log1p(mp.exp(b - a)), log_pairs()),
    ("log_subtract", "mixed", 1e-15, lambda a, b: a + mp.log(-mp.expm1(b - a)), log_pairs()),
]


def main():
    signal.signal(signal.SIGALRM, too_slow)
    functions = []
    for name, measure, tolerance, reference, arguments in FUNCTIONS:
        cases = []
        for given in arguments:
            given = given if isinstance(given, tuple) else (given,)
            signal.setitimer(signal.ITIMER_REAL, 0.15)  # a point that takes mpmath longer is left out
            try:
                value = reference(*(mp.mpf(x) for x in given))
            except mp.libmp.NoConvergence:
                continue
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            if abs(value) < 1e-290 and value != 0:
                continue
            cases.append(json.dumps([float(x).hex() for x in given] + [float(value).hex()]))
        lines = ",\n    ".join(cases)
        functions.append(f'  {{"function": "{name}", "measure": "{measure}", "tolerance": {tolerance}, "cases": [\n    {lines}]}}')
    note = ("Special functions by make_special.py. A case: the arguments, then the value, rounded from 60 digits or more. measure: ulps; relative; mixed is "
            "relative for values above 1 and absolute below.")
    text = '{\n"note": ' + json.dumps(note) + ',\n"functions": [\n' + ",\n".join(functions) + "]\n}\n"
    pathlib.Path(__file__).with_name("special.json").write_text(text)


main()
