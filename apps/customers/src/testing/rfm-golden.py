"""Golden RFM quintiles of the Berka transactions, by pandas and numpy: python rfm-golden.py <trans.csv> > rfm-berka.golden.csv

Independent of the service: one customer per account, ids by uuid.uuid5, the window is the 3,650 days up to 1998-12-31, each
measure sorted with equal values in the order of customer ids, and cut by numpy.array_split into five.
"""

import sys
import uuid

import numpy as np
import pandas as pd

NAMESPACE = uuid.UUID("7b0f4c5e-2d5a-4a0c-9d5d-0f9b8a1c6e35")
AS_OF = pd.Timestamp("1998-12-31")

transactions = pd.read_csv(sys.argv[1], sep=";", dtype={"bank": str, "account": str})
transactions["at"] = pd.to_datetime("19" + transactions["date"].astype(str), format="%Y%m%d")
transactions["amount_minor"] = (transactions["amount"] * 100).round().astype(int)
window = transactions[(transactions["at"] > AS_OF - pd.Timedelta(days=3650)) & (transactions["at"] <= AS_OF)]

table = window.groupby("account_id").agg(last=("at", "max"), count=("at", "size"), amount=("amount_minor", "sum")).reset_index()
table["external_id"] = "berka-" + table["account_id"].astype(str)
table["customer_id"] = [str(uuid.uuid5(NAMESPACE, external_id)) for external_id in table["external_id"]]
for measure, score in (("last", "recency"), ("count", "frequency"), ("amount", "monetary")):
    ordered = table.sort_values([measure, "customer_id"]).index.to_numpy()
    for quintile, members in enumerate(np.array_split(ordered, 5), start=1):
        table.loc[members, score] = quintile

scores = table[["external_id", "customer_id", "recency", "frequency", "monetary"]].sort_values("customer_id")
scores.astype({"recency": int, "frequency": int, "monetary": int}).to_csv(sys.stdout, index=False)
