"""A year of grocery baskets: groups, who moves where, cohorts, worth, and what campaigns are followed by.

usage: groceries.py BASKETS.csv CONTACTS.csv

Baskets are of the columns household_id, basket_id, date, sales, coupon_discount; contacts of campaign_id, household_id. Needs
pandas beside custval.
"""

# SPDX-License-Identifier: Apache-2.0
import sys

import pandas as pd

import custval as cv

QUARTERS = pd.period_range("2017Q1", "2017Q4", freq="Q")
STATES = ["light", "medium", "heavy"]
MARGIN, COST_OF_CONTACT = 0.25, 0.5  # placeholders of ours

baskets = pd.read_csv(sys.argv[1])
contacts = pd.read_csv(sys.argv[2])


def customers_of(part, end):
    history = cv.History(customer="household_id", amount="sales")
    history.update(part)
    return history.customers(end).to_pandas()


# Customers of each quarter, in groups by the cuts of the first one.
spend = {"custval": "groups", "version": 1,
         "measures": [{"id": "spend", "column": "total_spend", "quantiles": [1 / 3, 2 / 3]}],
         "groups": [{"id": name, "when": {"spend": level}} for level, name in enumerate(STATES, 1)]}
groups, periods = cv.Groups(spend), []
for quarter in QUARTERS:
    start, end = quarter.start_time.date(), quarter.end_time.date()
    customers = customers_of(baskets[baskets["date"].between(str(start), str(end))], end)
    if not periods:
        groups = groups.fix(customers)
        print(f"Groups of the first quarter\n{groups.describe(customers, value='total_spend')}\n")
    periods.append(customers.join(groups.assign(customers)))

migration = cv.Migration(STATES, state="group", periods=periods, empty="stay")
print(f"Who moves where in a quarter\n{migration.matrix(probabilities=True)}\n")
print(f"Flows from the third quarter to the fourth\n{migration.flows(2)}\n")
print(f"Forecast\n{migration.forecast(4)}\n")
means = periods[-1].groupby("group")["total_spend"].mean()
rewards = [MARGIN * means[name] for name in STATES] + [0.0]
print("Value of a customer at 2 % a quarter:", {k: round(v, 2) for k, v in migration.value(rewards, rate=0.02).items()})
print(f"Do all steps have the same probabilities? {migration.test()}\n")

# Cohorts: who came in the same quarter.
months = cv.History(customer="household_id", amount="sales", period="month")
months.update(baskets)
print(f"Cohorts of three months\n{cv.groups.cohorts(months, length=3)}\n")

# Worth of the year, with what contacts cost; how it is spread.
year = customers_of(baskets, "2017-12-31").set_index("customer")
year["contacts"] = contacts.groupby("household_id").size().reindex(year.index, fill_value=0)
year["coupons"] = (baskets.groupby("household_id")["coupon_discount"].sum() > 0).reindex(year.index).astype(float)
year["marketing"] = COST_OF_CONTACT * year["contacts"]
worth = cv.Worth({"custval": "worth", "version": 1,
                  "existing": {"revenue": "total_spend", "margin": MARGIN, "keep": "marketing"}})
year["worth"] = worth.value(year)["existing"]
spread = cv.worth.concentration(year, "worth")
print(f"Worth: sum {spread.sum:.2f}, Gini {spread.gini:.3f}")

# Campaigns were sent to whom they were thought to suit: what follows a contact need not come of it.
link = cv.satisfaction.Link.fit(year, "coupons", ["contacts", "total_spend"], kind="logistic")
print(f"Who redeemed a coupon, area under the curve {link.facts['auc']:.3f}\n{link.coefficients()}")
