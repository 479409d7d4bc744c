# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pandas as pd
from io import StringIO
df = pd.read_csv(StringIO("a,b,c,d\n1,2.5,x,\n3,4.25,y,1\n5,0.1,x,2\n"))
print(df)
print(df.shape, list(df.columns), df.values.shape)
print(df.head(2))
print(df["a"])
print(df[["a", "b"]].to_numpy())
print(df[df["a"] > 1])
print(df.iloc[0, 1], df.iloc[:2, :2].values, df.iloc[:, -1].values, df.loc[1, "b"])
print(df.isna().sum())
print(df.dropna().shape, df.fillna(0)["d"].tolist())
print(df["c"].value_counts())
print(list(df["c"].unique()), df.a.mean(), df["b"].std())
print(df.drop("c", axis=1).mean())
df["e"] = df["a"] * 2 + df["b"]
print(df)
print(pd.get_dummies(df["c"]).astype(int))
y = df.pop("a")
print(y.values, df.shape)
print(df.sample(frac=1, random_state=1).index.tolist())
print(pd.DataFrame({"x": np.arange(3), "y": [1.5, 2, 3]}).astype("float32").values.dtype)
for i, row in pd.DataFrame({"x": [1, 2], "y": [3, 4]}).iterrows():
    print(i, row["x"], row["y"])
print((df[["b", "e"]] - df[["b", "e"]].mean()) / df[["b", "e"]].std())
