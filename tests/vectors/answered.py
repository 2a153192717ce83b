#!/usr/bin/env python3
"""Fails unless some test answers every case of a file of vectors: answered.py VECTORS SOURCE..."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import re
import sys

def main(vectors, sources):
    cases = [case["id"] for case in json.loads(pathlib.Path(vectors).read_text(encoding="utf-8"))["cases"]]
    named = set()
    for source in sources:
        named |= set(re.findall(r'\{"([\w.]+)", \w+\}', pathlib.Path(source).read_text(encoding="utf-8")))
    missing = [case for case in cases if case not in named]
    for case in missing:
        print(f"no test answers {case}")
    print(f"{len(set(cases) & named)} of {len(cases)} cases")
    return 1 if missing or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
