# What history_with_lifetimes.py does, with the package custval and the same frame of pandas.
# SPDX-License-Identifier: Apache-2.0
import sys

import custval
import pandas as pd

transactions = pd.read_csv(sys.argv[1], parse_dates=["date"])
customers = custval.History(transactions).customers(end=sys.argv[2]).to_pandas()
customers[["customer", "x", "t_x", "T", "mean_spend"]].to_csv(sys.argv[3], index=False)
