# Fits BG/NBD and Pareto/NBD by PyMC-Marketing's MAP, in an environment of its own; prints seconds and parameters as JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: pymc_map.py MODEL CUSTOMERS.npy REPEATS

CUSTOMERS.npy: x, t_x, T, a row each.
"""
import json
import logging
import sys
import time

import numpy as np
import pandas as pd
from pymc_marketing.clv import BetaGeoModel, ParetoNBDModel
from pymc_extras.prior import Prior

MODELS = {"bgnbd": (BetaGeoModel, ("r", "alpha", "a", "b")), "pnbd": (ParetoNBDModel, ("r", "alpha", "s", "beta"))}


def main():
    logging.disable(logging.WARNING)
    kind, names = MODELS[sys.argv[1]]
    x, t_x, T = np.load(sys.argv[2])
    frame = pd.DataFrame({"customer_id": np.arange(len(x)), "frequency": x, "recency": t_x, "T": T})
    flat = {name: Prior("HalfFlat") for name in names}  # flat, so that the maximum is that of the likelihood
    took = []
    for repeat in range(int(sys.argv[3]) + 1):
        start, worked = time.perf_counter(), time.process_time()
        model = kind(model_config=flat)
        model.fit(data=frame, method="map", progressbar=False)
        if repeat > 0:  # the first one compiles
            took.append(min(time.perf_counter() - start, time.process_time() - worked))
    found = [float(model.idata.posterior[name].to_numpy().ravel()[0]) for name in names]
    json.dump({"seconds": took, "parameters": found}, sys.stdout)


if __name__ == "__main__":
    main()
