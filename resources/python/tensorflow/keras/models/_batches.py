# SPDX-License-Identifier: Apache-2.0
"""What fit(), evaluate() and predict() get, as batches of one epoch after the other, in the order that Keras takes them."""

import itertools
import math
import random as python

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._values import _nest
from tensorflow.keras import _ops
from tensorflow.keras._feeding import PyDataset


def _array(value):
    """Floats become Keras's own."""
    if _tapescope.is_tensor(value):
        value = numpy.asarray(_tapescope.peek(_tapescope.tensor(value)))
    value = numpy.asarray(value)
    return value.astype(_ops.floatx()) if value.dtype == numpy.float64 else value


class Arrays:
    def __init__(self, x, y, sample_weight, batch_size, shuffle):
        parts = (x,) if y is None and sample_weight is None else (x, y) if sample_weight is None else (x, y, sample_weight)
        self._parts = _nest.map_structure(lambda one: None if one is None else _array(one), list(parts))
        sizes = {len(one) for one in _nest.flatten(self._parts) if one is not None}
        if len(sizes) > 1:
            counts = [", ".join(str(len(one)) for one in _nest.flatten(part)) for part in self._parts if part is not None]
            lines = "\n".join(f"'{name}' sizes: {count}" for name, count in zip(("x", "y", "sample_weight"), counts))
            raise ValueError(f"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.{lines}\n")
        self._size = sizes.pop()
        self._batch_size = batch_size or 32
        self._shuffle = shuffle
        self.count = math.ceil(self._size / self._batch_size)

    def epoch(self):
        order = self._order()
        for first in range(0, self._size, self._batch_size):
            places = None if order is None else order[first : first + self._batch_size]

            def part(one, first=first, places=places):
                if one is None:
                    return None
                return _tapescope.constant(one[first : first + self._batch_size] if places is None else one[places], None)

            yield tuple(_nest.map_structure(part, self._parts))

    def _order(self):
        """Of the whole, or within each batch: the same in each epoch."""
        if not self._shuffle:
            return None
        from tensorflow.data import _shuffling

        pair = _seeds._pair_of(_seeds._known(_seeds._State.seed), 0)
        if self._shuffle != "batch":
            return _shuffling.permutation(pair, self._size)
        drawn, order = _shuffling.words(pair), []
        for first in range(0, self._size, self._batch_size):
            part = list(range(first, min(first + self._batch_size, self._size)))
            words = list(itertools.islice(drawn, 4 * (max(0, len(part) - 1 + 3) // 4)))
            for place in range(len(part) - 1):
                other = place + words[place] % (len(part) - place)
                part[place], part[other] = part[other], part[place]
            order += part
        return order

    @property
    def sized(self):
        return self._size % self._batch_size == 0


class Pipeline:
    """A tf.data.Dataset. Where its length is known Keras starts a second pass in each epoch."""

    def __init__(self, dataset):
        self._dataset = dataset
        count = dataset._count()
        self.count = count if count >= 0 else None

    def epoch(self):
        batches = iter(self._dataset)
        if self.count is not None:
            iter(self._dataset)
        for batch in batches:
            yield batch if isinstance(batch, tuple) else (batch,)

    @property
    def sized(self):
        shapes = [getattr(spec, "shape", None) for spec in _nest.flatten(self._dataset.element_spec)]
        return all(shape is None or shape.rank == 0 or shape.rank is None or shape[0] is not None for shape in shapes)


class Iterated:
    """A generator, or a list of batches."""

    sized = False

    def __init__(self, batches, steps):
        self._batches = iter(batches)
        self._steps = steps
        self.count = len(batches) if hasattr(batches, "__len__") else steps

    def epoch(self):
        for batch in self._batches if self._steps is None else itertools.islice(self._batches, self._steps):
            parts = batch if isinstance(batch, tuple) else (batch,)
            make = lambda one: None if one is None else _tapescope.constant(_array(one), None)  # noqa: E731
            yield tuple(_nest.map_structure(make, list(parts)))


class Numbered:
    """A PyDataset: its batches by number, in an order that Python draws for each epoch."""

    sized = False

    def __init__(self, dataset, shuffle):
        self._dataset, self._shuffle = dataset, shuffle
        self.count = dataset.num_batches

    def epoch(self):
        self._dataset.on_epoch_begin()
        places = list(range(self.count))
        if self._shuffle:
            python.shuffle(places)
        yield from Iterated((self._dataset[place] for place in places), None).epoch()
        self._dataset.on_epoch_end()


def batches_of(x, y, sample_weight, batch_size, shuffle, steps):
    if hasattr(x, "_open") and hasattr(x, "element_spec"):
        if y is not None:
            raise ValueError(
                f"When providing `x` as a tf.data.Dataset, `y` should not be passed. Instead, the targets should be included as "
                f"part of the tf.data.Dataset. Received: y={y}"
            )
        return Pipeline(x)
    if isinstance(x, PyDataset):
        return Numbered(x, shuffle)
    if hasattr(x, "__next__"):
        return Iterated(x, steps)
    return Arrays(x, y, sample_weight, batch_size, shuffle)
