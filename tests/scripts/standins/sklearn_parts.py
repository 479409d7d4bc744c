# SPDX-License-Identifier: Apache-2.0
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.datasets import make_blobs, make_moons, make_circles, make_regression
from sklearn.preprocessing import StandardScaler, MinMaxScaler, LabelEncoder, OneHotEncoder
from sklearn.metrics import accuracy_score, mean_squared_error, r2_score, confusion_matrix, mean_absolute_error
np.set_printoptions(precision=6, suppress=True)


def show(*values):
    for x in values:
        print(np.asarray(x).dtype, np.asarray(x).shape, np.round(np.asarray(x, dtype=float).ravel()[:6], 5), round(float(np.sum(x)), 4))


X = np.arange(40).reshape(20, 2)
y = np.array([0, 1, 1, 2] * 5)
show(*train_test_split(X, y, test_size=0.3, random_state=42))
show(*train_test_split(X, y, random_state=1, stratify=y))
show(*train_test_split(X, train_size=5, test_size=3, random_state=3))
show(*train_test_split(X, y, shuffle=False, test_size=4))
print(train_test_split(list(range(6)), random_state=0))
show(*make_blobs(n_samples=50, centers=3, random_state=0))
show(*make_blobs(n_samples=30, centers=[[0, 0], [5, 5]], cluster_std=0.5, random_state=7))
show(*make_blobs([3, 4], n_features=3, random_state=7))
show(*make_moons(40, noise=0.1, random_state=42))
show(*make_circles(30, noise=0.05, factor=0.5, random_state=3))
show(*make_regression(20, 3, noise=2.0, random_state=5))
show(*make_regression(20, 4, n_informative=2, coef=True, random_state=5))
Z, t = make_blobs(20, random_state=0)
s = StandardScaler()
show(s.fit_transform(Z), s.mean_, s.scale_, s.inverse_transform(s.transform(Z)))
show(StandardScaler().fit_transform(Z.astype(np.float32)), StandardScaler().fit_transform(X * 0 + 3))
m = MinMaxScaler((-1, 1))
show(m.fit_transform(Z), m.inverse_transform(m.transform(Z)))
e = LabelEncoder()
print(e.fit_transform(["b", "a", "b"]), e.classes_, e.inverse_transform([0, 1]))
print(OneHotEncoder(sparse_output=False).fit_transform([["a", 1], ["b", 2], ["a", 3]]), OneHotEncoder().fit_transform([["x"], ["y"]]).toarray())
print(accuracy_score([1, 0, 1], [1, 1, 1]), mean_squared_error([1.0, 2], [2.0, 4]), r2_score([1, 2, 3.0], [1, 2, 4.0]), mean_absolute_error([[1.0, 2]], [[2.0, 4]]))
print(confusion_matrix([0, 1, 2, 2], [0, 2, 2, 2]))
for bad in (lambda: train_test_split([1, 2], [1]), lambda: train_test_split([1]), lambda: StandardScaler().fit([1.0, 2]), lambda: accuracy_score([1], [1, 2])):
    try:
        bad()
    except ValueError as error:
        print(error)
