# SPDX-License-Identifier: Apache-2.0
"""keras.Input and its layer."""

from tensorflow.keras import _symbols
from tensorflow.keras._variable import standardize_dtype, standardize_shape
from tensorflow.keras.layers._base import Layer


class InputLayer(Layer):
    def __init__(
        self, shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None,
        optional=False, name=None, **kwargs,
    ):
        shape = kwargs.pop("input_shape", shape)
        batch_shape = kwargs.pop("batch_input_shape", batch_shape)
        Layer.__init__(self, name=name)
        if input_tensor is not None:
            batch_shape, dtype = input_tensor.shape, input_tensor.dtype
        else:
            batch_shape = self._whole_shape(shape, batch_size, batch_shape)
        self._batch_shape = standardize_shape(batch_shape)
        self._dtype = standardize_dtype(dtype)
        self.sparse, self.ragged, self.optional = bool(sparse), bool(ragged), optional
        if input_tensor is None:
            input_tensor = _symbols.KerasTensor(self._batch_shape, self._dtype, self.sparse, self.ragged, name=name)
        self._input_tensor = input_tensor
        _symbols.Node(self, outputs=input_tensor)
        self.built = True

    @staticmethod
    def _whole_shape(shape, batch_size, batch_shape):
        if shape is not None and batch_shape is not None:
            raise ValueError("You cannot pass both `shape` and `batch_shape` at the same time.")
        if batch_size is not None and batch_shape is not None:
            raise ValueError("You cannot pass both `batch_size` and `batch_shape` at the same time.")
        if shape is None and batch_shape is None:
            raise ValueError("You must pass a `shape` argument.")
        return batch_shape if shape is None else (batch_size, *standardize_shape(shape))

    def call(self):
        return None

    batch_shape = property(lambda self: self._batch_shape)
    dtype = property(lambda self: self._dtype)

    def get_config(self):
        return {
            "batch_shape": self.batch_shape, "dtype": self.dtype, "sparse": self.sparse, "ragged": self.ragged,
            "name": self.name, "optional": self.optional,
        }  # fmt: skip


InputLayer.__module__ = "keras.src.layers.core.input_layer"


def Input(
    shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False
):
    layer = InputLayer(
        shape=shape, batch_size=batch_size, dtype=dtype, sparse=sparse, ragged=ragged, batch_shape=batch_shape, name=name,
        input_tensor=tensor, optional=optional,
    )
    return layer.output
