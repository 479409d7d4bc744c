# SPDX-License-Identifier: Apache-2.0
"""Elements of several datasets, as another dataset chooses or chance does: choose_from_datasets, sample_from_datasets."""

import functools

from tensorflow._values import _dtypes
from tensorflow._values._shapes import TensorSpec
from tensorflow.data import _elements
from tensorflow.data._calls import INFINITE, UNKNOWN

_CHOICE = TensorSpec([], _dtypes.as_dtype("int64"))


def check(datasets, choices):
    if not datasets:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
    if not hasattr(choices, "element_spec"):
        raise TypeError(f"Invalid `choice_dataset`. `choice_dataset` should be a `tf.data.Dataset` but is {type(choices)}.")
    spec = choices.element_spec
    if spec != _CHOICE:
        raise TypeError(
            f"Invalid `choice_dataset`. Elements of `choice_dataset` must be scalar `tf.int64` tensors but are {spec}."
        )


def _together(one, other):
    """What both specs are: sizes in which they differ are open."""
    if one == other:
        return one
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(map(_together, one, other))
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return {key: _together(one[key], other[key]) for key in one}
    alike = isinstance(one, TensorSpec) and isinstance(other, TensorSpec) and one.dtype == other.dtype
    if not alike:
        raise TypeError(
            "Invalid `datasets`. `datasets` must have compatible element specs.\n Dataset 0 element_spec="
            f"{one}.\nDataset 1 element_spec={other}."
        )
    if one.shape.rank is None or one.shape.rank != other.shape.rank:
        return TensorSpec(None, one.dtype)
    sizes = zip(one.shape.as_list(), other.shape.as_list())
    return TensorSpec([size if size == another else None for size, another in sizes], one.dtype)


class Chosen:
    def __init__(self, datasets, choices, stops):
        self._datasets, self._choices, self._stops = list(datasets), choices, stops
        self._general = functools.reduce(_together, (one.element_spec for one in self._datasets))

    def _open(self):
        passes = [one._open() for one in self._datasets]
        ended = set()

        def elements():
            for choice in self._choices._open():
                place = int(choice.array)
                if not 0 <= place < len(passes):
                    raise _elements.kernel_error(
                        "InvalidArgumentError", "IteratorGetNext", f"Selector index out of range: {place} >= {len(passes)}"
                    )
                try:
                    element = next(passes[place])
                except StopIteration:
                    ended.add(place)
                    if self._stops or len(ended) == len(passes):
                        return
                    continue
                yield element

        return elements()

    def _count(self):
        return INFINITE if INFINITE in [one._count() for one in self._datasets] else UNKNOWN

    def _spec(self):
        return self._general


def _weighted(datasets, weights):
    if len(datasets) != len(weights):
        raise ValueError(
            f"Invalid `weights`. `weights` should have the same length as `datasets` but got `len(weights)={len(weights)}` vs. "
            f"`len(datasets)={len(datasets)}`."
        )
    kept = [(one, weight) for one, weight in zip(datasets, weights) if weight != 0]
    return map(list, zip(*(kept or [(datasets[0].take(0), 1.0)])))


def sampled(base, datasets, weights, seed, stops):
    """Draws by weights that stay: two numbers of a random dataset are the seed of each draw."""
    import tensorflow

    if not datasets:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
    if weights is None:
        logits = [[1.0] * len(datasets)]
    else:
        if hasattr(weights, "element_spec") or tensorflow.is_tensor(weights):
            raise NotImplementedError("Dataset.sample_from_datasets with weights of a tensor or a dataset is not there yet.")
        datasets, weights = _weighted(list(datasets), weights)
        logits = tensorflow.expand_dims(tensorflow.math.log(tensorflow.convert_to_tensor(weights)), 0)
    if len(datasets) == 1:
        return datasets[0]

    def draw(seeds):
        return tensorflow.squeeze(tensorflow.random.stateless_categorical(logits, 1, seed=seeds), [0, 1])

    return base.choose_from_datasets(datasets, base.random(seed=seed).batch(2).map(draw), stops)
