# What history_with_lifetimes.py does, with the package custval and the same frame of pandas.
# SPDX-License-Identifier: Apache-2.0
import sys

import custval
import pandas as pd

history = custval.History(pd.read_csv(sys.argv[1], parse_dates=["date"]))
customers = history.customers(end=sys.argv[2])
columns = {name: customers[name] for name in ("customer", "x", "t_x", "T", "mean_spend")}
pd.DataFrame(columns).to_csv(sys.argv[3], index=False)
