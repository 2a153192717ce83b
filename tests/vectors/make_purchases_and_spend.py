#!/usr/bin/env python3
"""Writes purchases_and_spend.json: NBD and gamma-gamma by mpmath with 60 digits, slopes as numerical derivatives of these."""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random

import mpmath as mp

mp.mp.dps = 80
rng = random.Random(3)


def power(low, high):
    return 10 ** rng.uniform(low, high)


def slopes(function, parameters):
    """By the logarithm of each parameter."""
    out = []
    for k in range(len(parameters)):
        def along(u, k=k):
            return function([p * mp.exp(u) if i == k else p for i, p in enumerate(parameters)])
        out.append(float(mp.diff(along, 0, h=mp.mpf(10) ** -25)))
    return out


def nbd(parameters, x, T):
    r, alpha = parameters
    return mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) - (r + x) * mp.log(alpha + T)


def nbd_case(r, alpha, x, T, t, counts):
    R, A, X, S, t_ = (mp.mpf(v) for v in (r, alpha, x, T, t))
    log_counts = []
    for n in counts:
        log_counts.append(float(mp.loggamma(R + X + n) - mp.loggamma(R + X) - mp.loggamma(n + 1) +
                                (R + X) * mp.log((A + S) / (A + S + t_)) + n * mp.log(t_ / (A + S + t_))))
    rate = (R + X) / (A + S)
    return {"params": [r, alpha], "x": x, "T": T, "t": t, "log_likelihood": float(nbd([R, A], X, S)),
            "slopes": slopes(lambda p: nbd(p, X, S), [R, A]), "expected": float(rate * t_),
            "pairs": float((R + X) * (R + X + 1) * (t_ / (A + S)) ** 2), "residual": float(rate / mp.mpf(0.0027)),
            "counts": counts, "log_counts": log_counts}


def gamma_gamma(parameters, x, m):
    p, q, g = parameters
    return (mp.loggamma(p * x + q) - mp.loggamma(p * x) - mp.loggamma(q) + q * mp.log(g) + (p * x - 1) * mp.log(m) +
            p * x * mp.log(x) - (p * x + q) * mp.log(g + x * m))


def gamma_gamma_case(p, q, g, x, m):
    P, Q, G, X, M = (mp.mpf(v) for v in (p, q, g, x, m))
    case = {"params": [p, q, g], "x": x, "m": m}
    case["log_likelihood"] = float(gamma_gamma([P, Q, G], X, M)) if x else 0.0
    case["slopes"] = slopes(lambda of: gamma_gamma(of, X, M), [P, Q, G]) if x else [0.0] * 3
    shape, rate = P * X + Q, G + X * M
    case["spend"] = float(P * rate / (shape - 1)) if shape > 1 else None
    square = rate**2 / ((shape - 1) * (shape - 2)) if shape > 2 else None
    case["mean_square"] = float(P**2 * square) if shape > 2 else None
    case["variance"] = float(P * square) if shape > 2 else None
    return case


def main():
    nbd_cases = [nbd_case(r, alpha, x, T, t, [0, 1, 2, 10, 171, 1000])
                 for r, alpha, x, T, t in ((0.385, 12.072, 0, 38.86, 39.0), (0.385, 12.072, 2, 38.86, 39.0), (0.5, 1.0, 0, 0.0, 1.0),
                                           (1e-6, 1e-6, 100000, 1e6, 1e-6), (1e6, 1e6, 0, 1e6, 1e4), (1e-9, 1e9, 1, 1e-3, 1e3))]
    nbd_cases += [nbd_case(power(-6, 6), power(-6, 6), int(power(-1, 5)), power(-3, 6), power(-3, 4), [0, 1, 7, 300])
                  for _ in range(150)]
    spend_cases = [gamma_gamma_case(*of) for of in (
        (6.25, 3.74, 15.44, 1, 11.77), (6.25, 3.74, 15.44, 2, 22.35), (6.25, 3.74, 15.44, 0, 7.0), (6.25, 1.0, 15.44, 1, 20.0),
        (6.25, 1 + 2.0**-40, 15.44, 0, 1.0), (6.25, 0.7, 15.44, 0, 1.0), (0.25, 0.5, 15.44, 1, 20.0), (0.25, 0.75, 15.44, 1, 20.0),
        (1e-6, 1e-6, 1e-6, 1, 1e-6), (1e6, 1e6, 1e6, 1, 1.0), (6.25, 3.74, 15.44, 100000, 35.0), (6.25, 3.74, 15.44, 1, 1e300))]
    spend_cases += [gamma_gamma_case(power(-6, 6), power(-6, 6), power(-6, 6), int(power(0, 5)), power(-6, 6)) for _ in range(100)]
    spend_cases += [gamma_gamma_case(power(-1, 2), power(-1, 2), power(-1, 3), int(power(0, 3)), power(-1, 3)) for _ in range(100)]
    for case in spend_cases:
        case.update({name: "inf" for name, value in case.items() if value == float("inf")})
    note = "NBD and gamma-gamma by make_purchases_and_spend.py. residual: delta 0.0027. null: does not exist."
    lines = [f'"{name}": [\n' + ",\n".join(map(json.dumps, cases)) + "]" for name, cases in (("nbd", nbd_cases), ("gamma_gamma", spend_cases))]
    text = '{\n"note": ' + json.dumps(note) + ",\n" + ",\n".join(lines) + "\n}\n"
    pathlib.Path(__file__).with_name("purchases_and_spend.json").write_text(text)


main()
