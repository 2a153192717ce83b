#!/usr/bin/env python3
"""Fails unless the tests of the interface call every symbol of the linker map: covered.py MAP SOURCE..."""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import re
import sys


def main(symbol_map, sources):
    exported = set(re.findall(r"^\s+(custval_\w+);", pathlib.Path(symbol_map).read_text(), re.MULTILINE))
    used = set()
    for source in sources:
        used |= set(re.findall(r"\b(custval_\w+)\b", pathlib.Path(source).read_text()))
    missing = sorted(exported - used)
    for symbol in missing:
        print(f"no test of the interface uses {symbol}")
    if not exported:
        print(f"{symbol_map} exports nothing")
    print(f"{len(exported) - len(missing)} of {len(exported)} symbols")
    return 1 if missing or not exported else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
