# What `custval score SYSTEM ANSWERS -o SCORES` writes, with polars. Arguments: the answers, the scores, and `memory` or
# `stream`: whether the whole table is in memory at once.
# SPDX-License-Identifier: Apache-2.0
import json
import sys
from pathlib import Path

import polars as pl

document = json.loads((Path(__file__).resolve().parent / "system.json").read_text())
valid, sides = [], {}
for dimension in document["dimensions"]:
    terms = []
    for indicator in dimension["indicators"]:
        item = indicator["items"][0]
        low, high = item["scale"]
        valid.append(pl.col(item["column"]).is_between(low, high))
        terms.append((pl.col(item["column"]) - low) * (100.0 * indicator["weight"] / (high - low)))
    sides[dimension["side"]] = sum(terms)
whole = pl.all_horizontal(*valid)
benefit, sacrifice = (pl.when(whole).then(sides[side]) for side in ("benefit", "sacrifice"))
scores = pl.scan_csv(sys.argv[1], row_index_name="row", row_index_offset=1).select(
    "row",
    value=benefit - sacrifice,
    benefit=benefit,
    sacrifice=sacrifice,
    coverage=pl.when(whole).then(1.0),
    status=pl.when(whole).then(pl.lit("ok")).otherwise(pl.lit("out-of-scale")),
)
if sys.argv[3] == "stream":
    scores.sink_csv(sys.argv[2])
else:
    scores.collect().write_csv(sys.argv[2])
