# SPDX-License-Identifier: Apache-2.0
"""tf.IndexedSlices: rows of a tensor, as tensorflow/python/framework/indexed_slices.py has them."""

import _tapescope

from tensorflow._values._shapes import TensorShape


class IndexedSlices:
    def __init__(self, values, indices, dense_shape=None):
        self._values = values
        self._indices = indices
        self._dense_shape = dense_shape

    @property
    def values(self):
        return self._values

    @property
    def indices(self):
        return self._indices

    @property
    def dense_shape(self):
        return self._dense_shape

    @property
    def shape(self):
        if self._dense_shape is None:
            return TensorShape(None)
        return TensorShape(_tapescope.numbers(self._dense_shape))

    @property
    def dtype(self):
        return self.values.dtype

    @property
    def device(self):
        return self.values.device

    @property
    def name(self):
        return self.values.name

    def __str__(self):
        shape = "" if self._dense_shape is None else ", dense_shape=%s" % (self._dense_shape,)
        return "IndexedSlices(indices=%s, values=%s%s)" % (self._indices, self._values, shape)

    def __neg__(self):
        return IndexedSlices(-self.values, self.indices, self.dense_shape)


IndexedSlices.__module__ = "tensorflow.python.framework.indexed_slices"


def with_values(slices, values):
    """The same rows with other values in them."""
    return IndexedSlices(values, slices.indices, slices.dense_shape)


def values_of(value):
    """The values of slices, and everything else as it is."""
    return value.values if isinstance(value, IndexedSlices) else value
