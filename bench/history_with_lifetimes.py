# What `custval history TRANSACTIONS --end DATE -o CUSTOMERS` does, with lifetimes. Arguments: transactions, date,
# customers.
# SPDX-License-Identifier: Apache-2.0
import sys

import pandas as pd
from lifetimes.utils import summary_data_from_transaction_data

customers = summary_data_from_transaction_data(pd.read_csv(sys.argv[1], parse_dates=["date"]), "customer", "date",
                                               "amount", observation_period_end=sys.argv[2], freq="D",
                                               freq_multiplier=7)
customers.to_csv(sys.argv[3])
