#!/usr/bin/env python3
"""Makes lifetime_intervals.json: intervals of predictions by the delta method, from gradients in 50-digit arithmetic."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib

import mpmath as mp

mp.mp.dps = 50
Z = mp.sqrt(2) * mp.erfinv(mp.mpf("0.9"))  # level 0.90
VALUES = ["0.243", "4.414", "0.793", "2.426", "0.3", "-0.2"]  # r, alpha, a, b, a coefficient of purchase, one of dropout
# Of the logarithms of the parameters and of the coefficients; positive definite.
FACTOR = [
    ["0.05", 0, 0, 0, 0, 0],
    ["0.04", "0.06", 0, 0, 0, 0],
    ["0.01", "-0.03", "0.2", 0, 0, 0],
    ["0.02", "0.01", "0.25", "0.1", 0, 0],
    ["-0.01", "0.02", "0.01", "0.005", "0.08", 0],
    ["0.01", "0.01", "-0.05", "0.02", "0.03", "0.07"],
]
SPEND = ["6.25", "3.74", "15.44"]
SPEND_FACTOR = [["0.2", 0, 0], ["-0.05", "0.08", 0], ["-0.15", "0.04", "0.1"]]
# x, t_x, T, mean spend, and the covariates
ROWS = [
    ["2", "30.43", "38.86", "22.35", "0.5", "1"],
    ["0", "0", "38.86", "0", "-1", "0.25"],
    ["7", "20.5", "38.5", "30.5", "1.5", "-2"],
    ["26", "30.86", "31", "41.25", "0", "0"],
    ["40", "20", "39", "12", "0", "3"],
]
HORIZON, PERIOD, RATE, RATE_PERIOD, MARGIN, COST = "52", "13", "0.15", "52", "0.4", "1.5"


def effective(values, row):
    r, alpha, a, b, purchase, dropout = values
    return r, alpha * mp.exp(-purchase * row[4]), a * mp.exp(dropout * row[5]), b


def log_alive(p, row):
    r, alpha, a, b = p
    x, t_x, T = row[:3]
    if x == 0:
        return mp.mpf(0)
    return -mp.log1p(a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x))


def alive_later(p, row, t):
    r, alpha, a, b = p
    x, _, T = row[:3]
    return mp.exp(log_alive(p, row)) * mp.hyp2f1(r + x, a, a + b + x, -t / (alpha + T))


def expected(p, row, t):
    r, alpha, a, b = p
    x, _, T = row[:3]
    inside = ((alpha + T) / (alpha + T + t)) ** (r + x) * mp.hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    return mp.exp(log_alive(p, row)) * (a + b + x - 1) / (a - 1) * (1 - inside)


def spend(s, row):
    p, q, gamma = s
    return p * (gamma + row[0] * row[3]) / (p * row[0] + q - 1)


def value(p, s, row):
    periods = int(mp.mpf(HORIZON) / mp.mpf(PERIOD))
    total = mp.mpf(0)
    for k in range(periods):
        begin, end = k * mp.mpf(PERIOD), (k + 1) * mp.mpf(PERIOD)
        made = expected(p, row, end) - (expected(p, row, begin) if k else 0)
        discount = (1 + mp.mpf(RATE)) ** (-end / mp.mpf(RATE_PERIOD))
        there = alive_later(p, row, begin) if k else mp.exp(log_alive(p, row))
        total += discount * (made * spend(s, row) * mp.mpf(MARGIN) - mp.mpf(COST) * there)
    return total


def logit(x):
    return mp.log(x / (1 - x))


SCALES = {
    "plain": (lambda x: x, lambda u: u),
    "log": (mp.log, mp.exp),
    "logit": (logit, lambda u: 1 / (1 + mp.exp(-u))),
}
OUTPUTS = {
    "alive": ("logit", lambda p, s, row: mp.exp(log_alive(p, row))),
    "alive_later": ("logit", lambda p, s, row: alive_later(p, row, mp.mpf(HORIZON))),
    "expected": ("log", lambda p, s, row: expected(p, row, mp.mpf(HORIZON))),
    "spend": ("log", lambda p, s, row: spend(s, row)),
    "value": ("plain", value),
}


def interval(name, values, s, row):
    scale, function = OUTPUTS[name]
    forth, back = SCALES[scale]
    at = function(effective(values, row), s, row)
    if scale == "logit" and at == 1:
        return [at, at, at]

    def moved(index, step):
        own = [*values, *s]
        own[index] = own[index] + step if index in (4, 5) else own[index] * mp.exp(step)
        return forth(function(effective(own[:6], row), own[6:], row))

    gradient = [mp.diff(lambda step, i=i: moved(i, step), 0) for i in range(9)]
    square = mp.mpf(0)
    for factor, part in ((FACTOR, gradient[:6]), (SPEND_FACTOR, gradient[6:])):
        for column in range(len(factor)):
            square += mp.fsum(part[i] * mp.mpf(factor[i][column]) for i in range(len(factor))) ** 2
    half = Z * mp.sqrt(square)
    return [at, back(forth(at) - half), back(forth(at) + half)]


def covariance(factor):
    size = len(factor)
    return [
        [mp.fsum(mp.mpf(factor[i][k]) * mp.mpf(factor[j][k]) for k in range(size)) for j in range(size)]
        for i in range(size)
    ]


def numbers(list_):
    return [float(x) for x in list_]


def main():
    values, s = [mp.mpf(v) for v in VALUES], [mp.mpf(v) for v in SPEND]
    cases = []
    for texts in ROWS:
        row = [mp.mpf(t) for t in texts]
        cases.append(
            {
                "id": "x = " + texts[0],
                "row": numbers(row),
                "expected": {name: numbers(interval(name, values, s, row)) for name in OUTPUTS},
            }
        )
    document = {
        "note": "Delta method at level 0.90, gradients by mpmath with 50 digits. Made by make_lifetime_intervals.py.",
        "values": numbers(values),
        "covariance": [numbers(row) for row in covariance(FACTOR)],
        "spend": numbers(s),
        "spend_covariance": [numbers(row) for row in covariance(SPEND_FACTOR)],
        "horizon": float(HORIZON),
        "cash_period": float(PERIOD),
        "rate": float(RATE),
        "rate_period": float(RATE_PERIOD),
        "margin": float(MARGIN),
        "cost": float(COST),
        "cases": cases,
    }
    path = pathlib.Path(__file__).with_name("lifetime_intervals.json")
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
