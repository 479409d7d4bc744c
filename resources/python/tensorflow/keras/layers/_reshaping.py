# SPDX-License-Identifier: Apache-2.0
"""Layers that arrange the elements of each example anew."""

import math

import _tapescope

from tensorflow.keras._specs import InputSpec
from tensorflow.keras._symbols import KerasTensor
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = _parts.data_format(data_format)
        self.input_spec = InputSpec(min_ndim=1)

    def call(self, inputs):
        rank = len(inputs.shape)
        if self.data_format == "channels_first" and rank > 1:
            inputs = _run("Transpose", inputs, perm=[0, *range(2, rank), 1])
        sizes = [int(size) for size in inputs.shape]
        return _run("Reshape", inputs, shape=[sizes[0], math.prod(sizes[1:])])

    def compute_output_shape(self, input_shape):
        rest = input_shape[1:]
        return (input_shape[0], None if any(size is None for size in rest) else math.prod(rest))

    def compute_output_spec(self, inputs):
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype)

    def get_config(self):
        return {**super().get_config(), "data_format": self.data_format}


class Reshape(Layer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        target_shape = tuple(target_shape)
        if sum(size == -1 for size in target_shape) > 1:
            raise ValueError(
                "There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape="
                f"{target_shape}."
            )
        self.target_shape = target_shape
        self.built = True

    def _resolved(self, shape):
        """The target for an example of this shape, with -1 replaced where it can be."""
        unknown = sum(size == -1 for size in self.target_shape)
        if None in shape:
            return tuple(None if size == -1 else size for size in self.target_shape)
        count, known = math.prod(shape), math.prod(size for size in self.target_shape if size != -1)
        if (unknown == 0 and known != count) or (unknown and (known == 0 or count % known != 0)):
            raise ValueError(
                "The total size of the tensor must be unchanged. Received: "
                f"input_shape={shape}, target_shape={self.target_shape}"
            )
        return tuple(count // known if size == -1 else size for size in self.target_shape)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self._resolved(tuple(input_shape[1:])))

    def compute_output_spec(self, inputs):
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype)

    def call(self, inputs):
        sizes = [int(size) for size in inputs.shape]
        return _run("Reshape", inputs, shape=[sizes[0], *self._resolved(tuple(sizes[1:]))])

    def get_config(self):
        return {**super().get_config(), "target_shape": self.target_shape}


class Permute(Layer):
    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        if sorted(dims) != list(range(1, len(dims) + 1)):
            raise ValueError(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and "
                f"start from 1. Received dims={dims}"
            )
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def call(self, inputs):
        return _run("Transpose", inputs, perm=[0, *self.dims])

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *(input_shape[axis] for axis in self.dims))

    def compute_output_spec(self, inputs):
        return KerasTensor(self.compute_output_shape(inputs.shape), inputs.dtype)

    def get_config(self):
        return {**super().get_config(), "dims": self.dims}


class RepeatVector(Layer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(n, int):
            raise TypeError(f"Expected an integer value for `n`, got {type(n)}.")
        self.n = n
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs):
        from tensorflow import repeat

        return repeat(_run("ExpandDims", inputs, axis=1), self.n, axis=1)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.n, input_shape[1])

    def get_config(self):
        return {**super().get_config(), "n": self.n}


for _class, _file in ((Flatten, "flatten"), (Reshape, "reshape"), (Permute, "permute"), (RepeatVector, "repeat_vector")):
    _class.__module__ = f"keras.src.layers.reshaping.{_file}"
