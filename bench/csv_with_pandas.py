# What `custval score SYSTEM ANSWERS -o SCORES` writes, with pandas. Arguments: the answers, the scores.
# SPDX-License-Identifier: Apache-2.0
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

document = json.loads((Path(__file__).resolve().parent / "system.json").read_text())
answers = pd.read_csv(sys.argv[1])
valid = np.full(len(answers), True)
sides = {}
for dimension in document["dimensions"]:
    columns = [indicator["items"][0]["column"] for indicator in dimension["indicators"]]
    scales = np.array([indicator["items"][0]["scale"] for indicator in dimension["indicators"]], dtype=float)
    weights = np.array([indicator["weight"] for indicator in dimension["indicators"]])
    part, (low, high) = answers[columns], scales.T
    valid &= part.ge(low).all(axis=1) & part.le(high).all(axis=1)
    sides[dimension["side"]] = ((part - low) / (high - low) * 100.0).mul(weights, axis=1).sum(axis=1)
benefit, sacrifice = (sides[side].where(valid) for side in ("benefit", "sacrifice"))
scores = pd.DataFrame({
    "row": np.arange(1, len(answers) + 1),
    "value": benefit - sacrifice,
    "benefit": benefit,
    "sacrifice": sacrifice,
    "coverage": np.where(valid, 1.0, np.nan),
    "status": np.where(valid, "ok", "out-of-scale"),
})
scores.to_csv(sys.argv[2], index=False)
