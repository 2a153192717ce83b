#!/usr/bin/env python3
"""Writes elementary.json: exp, log and pow correctly rounded by mpmath, at edges and at points hard for our methods."""
# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import random
import sys

import mpmath

mpmath.mp.prec = 400
LN2 = math.log(2)
rng = random.Random(1)


def rounded(value):
    """The double nearest to an mpmath number, subnormals and overflow included."""
    if value == 0 or mpmath.isinf(value):
        return float(value)
    exponent = max(mpmath.frexp(value)[1] - 53, -1074)
    integer = int(mpmath.nint(mpmath.ldexp(value, -exponent)))  # ties to even, as the processor has it
    try:
        return math.ldexp(integer, exponent)
    except OverflowError:
        return math.copysign(math.inf, integer)


def around(*centres):
    for x in centres:
        yield from (math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf))


def exp_points():
    yield from around(0.0, 1.0, -1.0, LN2, -LN2, LN2 / 2, -LN2 / 2, 709.782712893384, -708.3964185322641)
    yield from around(-745.1332191019411, -744.4400719213812, 5e-324, 1e-300, 1e-17)
    yield from (100.0, -100.0, 700.0, -700.0, -745.2, -746.0, -1e308, 709.8, 710.0, 1e308, math.inf, -math.inf)
    yield from (627.6451444577632, 126.50029474791522, -708.7430830964357)
    for k in range(-1070, 1024, 70):  # the ends of the reduced range
        yield (k + 0.5) * LN2
        yield k * LN2
    for _ in range(20):
        yield rng.uniform(-745, 709)
        yield rng.uniform(-1, 1) * 10 ** rng.uniform(-12, 1)


def log_points():
    yield from around(1.0, 2.0, 0.5, math.sqrt(0.5), math.sqrt(2), math.e, 10.0, 100.0, 2.2250738585072014e-308)
    yield from (0.0, -0.0, 5e-324, 1e-323, 1e-310, 1.7976931348623157e308, math.inf)
    yield from (0.7071391242110513, 1.4141168322291382, 0.7071184710759829)
    for k in range(-1050, 1024, 75):
        yield math.ldexp(math.sqrt(0.5), k)
        yield math.ldexp(1 + rng.random(), k)
    for k in range(1, 53, 3):  # near 1, where the logarithm is small
        yield 1 + 2.0**-k
        yield 1 - 2.0**-k
    for _ in range(20):
        yield rng.uniform(0, 100)


def pow_points():
    for x in (0.0, 1.0, 2.0, 0.5, 10.0, 71.5, 1e-300, 1e300, 5e-324, math.inf):
        for y in (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0):
            yield x, y
    yield from ((0.7068447032343287, 1986.2783120891067), (0.703645486950842, -1529.3614092596536))
    yield from ((0.3534397757572162, 681.6062062736776), (2.8431108410819417, -678.3151229017791))
    for x in around(1.0):
        for y in (1e10, -1e10, 1e17, -1e17, 1e300, -1e300):
            yield x, y
    for _ in range(25):
        yield rng.uniform(0, 100), rng.choice((0.88, 0.5, 1 / 3, 2.25, -0.88))
        x = math.sqrt(0.5) * 2.0 ** rng.randint(-2, 2) * (1 + rng.uniform(-0.01, 0.01))
        yield x, rng.uniform(-745, 709) / math.log(x)


def cases():
    for x in exp_points():
        yield {"function": "exp", "x": x.hex(), "expected": rounded(mpmath.exp(x)).hex()}
    for x in log_points():
        exact = mpmath.log(x) if x > 0 else -mpmath.inf
        yield {"function": "log", "x": x.hex(), "expected": rounded(exact).hex()}
    for x, y in pow_points():
        if x == 0 and y != 0:
            exact = mpmath.inf if y < 0 else mpmath.mpf(0)
        elif math.isinf(x) and y != 0:
            exact = mpmath.inf if y > 0 else mpmath.mpf(0)
        else:
            exact = mpmath.exp(mpmath.mpf(y) * mpmath.log(x)) if y != 0 else mpmath.mpf(1)
        yield {"function": "pow", "x": x.hex(), "y": y.hex(), "expected": rounded(exact).hex()}


def main():
    rows = ",\n".join("  " + json.dumps(case) for case in cases())
    note = ("exp, log and pow: expected values are correctly rounded, computed with 400 bits by make_elementary.py; "
            "ours are within 1 unit in the last place, and exact where the expected value is 0, 1 or infinite. "
            "Numbers are C99 hexadecimal doubles.")
    text = '{\n"note": %s,\n"tolerance_ulps": 1,\n"cases": [\n%s\n]}\n' % (json.dumps(note), rows)
    pathlib.Path(__file__).with_name("elementary.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
