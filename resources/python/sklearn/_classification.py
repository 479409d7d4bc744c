# SPDX-License-Identifier: Apache-2.0
"""make_classification: clusters of points at corners of a cube, with columns that repeat others or mean nothing."""
import numpy as np
from sklearn.utils import check_random_state, shuffle as shuffled


def _some(count, among, generator):
    """`count` different numbers below `among`, drawn in the way that is shortest for so many."""
    ratio = count / among
    if 0.01 < ratio < 0.99:
        return generator.permutation(among)[:count]
    if ratio < 0.2:
        found = []
        while len(found) < count:
            number = generator.randint(among)
            if number not in found:
                found.append(number)
        return np.array(found)
    kept = np.arange(count)
    for number in range(count, among):
        place = generator.randint(0, number + 1)
        if place < count:
            kept[place] = number
    return kept


def _corners(count, dimensions, generator):
    """Different corners of a cube, as 0 and 1."""
    if dimensions > 30:
        return np.hstack([generator.randint(2, size=(count, dimensions - 30)), _corners(count, 30, generator)])
    bits = _some(count, 2 ** dimensions, generator).astype(">u4")
    return np.unpackbits(bits.view(">u1")).reshape((-1, 32))[:, -dimensions:]


def _checked(n_features, counted, n_informative, n_classes, n_clusters_per_class, weights):
    if counted > n_features:
        raise ValueError("Number of informative, redundant and repeated features must sum to less than the number of total "
                         "features")
    if n_informative < np.log2(n_classes * n_clusters_per_class):
        raise ValueError(f"n_classes({n_classes}) * n_clusters_per_class({n_clusters_per_class}) must be smaller or equal "
                         f"2**n_informative({n_informative})={2**n_informative}")
    if weights is not None and len(weights) not in (n_classes, n_classes - 1):
        raise ValueError("Weights specified but incompatible with number of classes.")


def _sizes(n_samples, n_classes, clusters, weights):
    """How many points each cluster has."""
    weights = [1.0 / n_classes] * n_classes if weights is None else list(weights)
    weights += [1.0 - sum(weights)] * (n_classes - len(weights))
    count = n_classes * clusters
    sizes = [int(n_samples * weights[k % n_classes] / clusters) for k in range(count)]
    for k in range(n_samples - sum(sizes)):
        sizes[k % count] += 1
    return sizes


def make_classification(n_samples=100, n_features=20, *, n_informative=2, n_redundant=2, n_repeated=0, n_classes=2,
                        n_clusters_per_class=2, weights=None, flip_y=0.01, class_sep=1.0, hypercube=True, shift=0.0, scale=1.0,
                        shuffle=True, random_state=None):
    generator = check_random_state(random_state)
    told = n_informative + n_redundant + n_repeated
    _checked(n_features, told, n_informative, n_classes, n_clusters_per_class, weights)
    sizes = _sizes(n_samples, n_classes, n_clusters_per_class, weights)
    x, y = np.zeros((n_samples, n_features)), np.repeat(np.arange(len(sizes)) % n_classes, sizes)
    centers = _corners(len(sizes), n_informative, generator).astype(float) * (2 * class_sep) - class_sep
    if not hypercube:
        centers *= generator.uniform(size=(len(sizes), 1))
        centers *= generator.uniform(size=(1, n_informative))
    x[:, :n_informative] = generator.standard_normal(size=(n_samples, n_informative))
    for stop, size, center in zip(np.cumsum(sizes), sizes, centers):
        turned = 2 * generator.uniform(size=(n_informative, n_informative)) - 1
        x[stop - size:stop, :n_informative] = np.dot(x[stop - size:stop, :n_informative], turned) + center
    if n_redundant > 0:
        mixed = 2 * generator.uniform(size=(n_informative, n_redundant)) - 1
        x[:, n_informative:n_informative + n_redundant] = np.dot(x[:, :n_informative], mixed)
    if n_repeated > 0:
        first = n_informative + n_redundant
        x[:, first:told] = x[:, ((first - 1) * generator.uniform(size=n_repeated) + 0.5).astype(np.intp)]
    if n_features > told:
        x[:, told:] = generator.standard_normal(size=(n_samples, n_features - told))
    if flip_y >= 0.0:
        flipped = generator.uniform(size=n_samples) < flip_y
        y[flipped] = generator.randint(n_classes, size=flipped.sum())
    x += (2 * generator.uniform(size=n_features) - 1) * class_sep if shift is None else shift
    x *= 1 + 100 * generator.uniform(size=n_features) if scale is None else scale
    if shuffle:
        x, y = shuffled(x, y, random_state=generator)
        places = np.arange(n_features)
        generator.shuffle(places)
        x = x[:, places]
    return x, y
