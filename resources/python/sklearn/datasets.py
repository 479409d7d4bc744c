# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.datasets: points that are made up, with the same numbers for the same random_state, and irises."""
import numbers

import numpy as np
from sklearn._classification import make_classification
from sklearn._iris import FLOWERS
from sklearn.utils import Bunch, check_random_state, shuffle as _shuffle
from tapescope.standin import lacking

__all__ = ["load_iris", "make_blobs", "make_circles", "make_classification", "make_moons", "make_regression"]


def make_blobs(n_samples=100, n_features=2, *, centers=None, cluster_std=1.0, center_box=(-10.0, 10.0), shuffle=True,
               random_state=None, return_centers=False):
    generator = check_random_state(random_state)
    many = isinstance(n_samples, numbers.Integral)
    if centers is None or isinstance(centers, numbers.Integral):
        count = (3 if many else len(n_samples)) if centers is None else centers
        centers = generator.uniform(center_box[0], center_box[1], size=(count, n_features))
    centers = np.asarray(centers, dtype=float)
    count = len(centers)
    spreads = np.full(count, cluster_std) if np.isscalar(cluster_std) else cluster_std
    sizes = [n_samples // count + (index < n_samples % count) for index in range(count)] if many else n_samples
    points = [generator.normal(loc=center, scale=spread, size=(size, centers.shape[1]))
              for center, spread, size in zip(centers, spreads, sizes)]
    x, y = np.concatenate(points), np.repeat(np.arange(count), sizes)
    if shuffle:
        x, y = _shuffle(x, y, random_state=generator)
    return (x, y, centers) if return_centers else (x, y)


def _rings(first, second, shuffle, noise, generator):
    """Two curves of points as two classes."""
    x = np.concatenate([np.stack(first, 1), np.stack(second, 1)])
    y = np.repeat(np.arange(2), [len(first[0]), len(second[0])])
    if shuffle:
        x, y = _shuffle(x, y, random_state=generator)
    if noise is not None:
        x += generator.normal(scale=noise, size=x.shape)
    return x, y


def _halves(n_samples):
    return (n_samples // 2, n_samples - n_samples // 2) if isinstance(n_samples, numbers.Integral) else n_samples


def make_moons(n_samples=100, *, shuffle=True, noise=None, random_state=None):
    generator = check_random_state(random_state)
    outer, inner = (np.linspace(0, np.pi, count) for count in _halves(n_samples))
    return _rings((np.cos(outer), np.sin(outer)), (1 - np.cos(inner), 1 - np.sin(inner) - 0.5), shuffle, noise, generator)


def make_circles(n_samples=100, *, shuffle=True, noise=None, random_state=None, factor=0.8):
    generator = check_random_state(random_state)
    outer, inner = (np.linspace(0, 2 * np.pi, count, endpoint=False) for count in _halves(n_samples))
    return _rings((np.cos(outer), np.sin(outer)), (np.cos(inner) * factor, np.sin(inner) * factor), shuffle, noise,
                  generator)


def make_regression(n_samples=100, n_features=100, *, n_informative=10, n_targets=1, bias=0.0, effective_rank=None,
                    tail_strength=0.5, noise=0.0, shuffle=True, coef=False, random_state=None):
    if effective_rank is not None:
        raise NotImplementedError("make_regression() is here without effective_rank; leave it out")
    n_informative = min(n_features, n_informative)
    generator = check_random_state(random_state)
    x = generator.standard_normal(size=(n_samples, n_features))
    truth = np.zeros((n_features, n_targets))
    truth[:n_informative] = 100 * generator.uniform(size=(n_informative, n_targets))
    y = np.dot(x, truth) + bias
    if noise > 0.0:
        y += generator.normal(scale=noise, size=y.shape)
    if shuffle:
        x, y = _shuffle(x, y, random_state=generator)
        places = np.arange(n_features)
        generator.shuffle(places)
        x, truth = x[:, places], truth[places]
    y = np.squeeze(y)
    return (x, y, np.squeeze(truth)) if coef else (x, y)


def load_iris(*, return_X_y=False, as_frame=False):
    names = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"]
    data = np.array([int(FLOWERS[place:place + 2]) for place in range(0, len(FLOWERS), 2)]).reshape(-1, 4) / 10
    target, frame = np.repeat(np.arange(3), 50), None
    if as_frame:
        import pandas

        frame = pandas.DataFrame(data, columns=names).assign(target=target)
        data, target = frame[names], frame["target"]
    if return_X_y:
        return data, target
    return Bunch(data=data, target=target, frame=frame, target_names=np.array(["setosa", "versicolor", "virginica"]),
                 feature_names=names, DESCR="Fisher's irises")


__getattr__ = lacking(globals())
