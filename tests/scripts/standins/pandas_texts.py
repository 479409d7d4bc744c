# SPDX-License-Identifier: Apache-2.0
import pandas as pd
df = pd.DataFrame({"name": ["Ann B", "bob c", None], "t": ["2020-01-01", "2020-01-02", "2020-02-01"], "v": [1, 2, 3]})
print(df["name"].str.upper().tolist())
print(df["name"].str.split(" ").str[0].tolist(), df["name"].str.len().tolist(), df["name"].str.contains("b", na=False).tolist())
print(pd.concat([df, df], ignore_index=True).shape, df.sort_values("v", ascending=False)["v"].tolist())
print(df.add(pd.DataFrame({"v": [1]}), fill_value=0) if False else df[["v"]].add(1).values.ravel())
print(df.iloc[0]["v"], df.loc[df["v"] > 1, "t"].tolist(), df["v"].apply(lambda x: x * 2).sum(), df.columns)
s = pd.Series(["  Ab ", "cd.csv", "x1y22"])
print(s.str.strip().str.lower().str.replace("a", "_").tolist(), s.str.replace(r"\d+", "#", regex=True).tolist(), s.str.endswith(".csv").tolist(), s.str[0:2].tolist(), s.str.len().dtype, s.str.contains("CSV", case=False).sum())
print(df["name"].str.startswith("A").tolist(), df["t"].str.split("-").str[1].astype(int).tolist(), df["t"].str.split("-").tolist()[0], df["name"].str.title().isna().sum())
try: df["v"].str.lower()
except AttributeError as e: print(e)
print(df[df["t"].str.startswith("2020-01")].shape, s.str.get(5).tolist(), s.str.upper())
