# SPDX-License-Identifier: Apache-2.0
"""Layers that take the largest or the mean of windows, or of everything."""

import _tapescope

from tensorflow._nets import _nn_pooling
from tensorflow.keras import _ops
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._convolution import window_size

_run = _tapescope.run


def _channels_last(inputs):
    return _run("Transpose", inputs, perm=[0, *range(2, len(inputs.shape)), 1])


def _channels_first(outputs):
    rank = len(outputs.shape)
    return _run("Transpose", outputs, perm=[0, rank - 1, *range(1, rank - 1)])


class _Pooling(Layer):
    _rank = 2

    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.pool_size = _parts.sizes(pool_size, self._rank, "pool_size")
        self.strides = _parts.sizes(pool_size if strides is None else strides, self._rank, "strides", zero=True)
        self.padding = padding
        self.data_format = _parts.data_format(data_format)
        self.input_spec = InputSpec(ndim=self._rank + 2)
        self._build_at_init()

    def call(self, inputs):
        first = self.data_format == "channels_first"
        if first:
            inputs = _channels_last(inputs)
        pool = _nn_pooling.max_pool if self._largest else _nn_pooling.avg_pool
        name = ("NWC", "NHWC", "NDHWC")[self._rank - 1]
        outputs = pool(inputs, list(self.pool_size), list(self.strides), self.padding.upper(), name)
        return _channels_first(outputs) if first else outputs

    def compute_output_shape(self, input_shape):
        first = self.data_format == "channels_first"
        spatial = input_shape[2:] if first else input_shape[1:-1]
        places = [window_size(*one, self.padding, 1) for one in zip(spatial, self.pool_size, self.strides)]
        if any(size is not None and size <= 0 for size in places):
            raise ValueError(
                f"Computed output size would be negative. Received: `inputs.shape={tuple(input_shape)}` and "
                f"`pool_size={self.pool_size}`."
            )
        return (*input_shape[:2], *places) if first else (input_shape[0], *places, input_shape[-1])

    def get_config(self):
        names = ("pool_size", "padding", "strides", "data_format")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class _GlobalPooling(Layer):
    _rank = 2

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = _parts.data_format(data_format)
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=self._rank + 2)
        self._build_at_init()

    @property
    def _axes(self):
        first = 1 if self.data_format == "channels_last" else 2
        return list(range(first, first + self._rank))

    def call(self, inputs):
        if self._largest:
            return _run("Max", inputs, axis=self._axes, keepdims=self.keepdims)
        return _ops.mean(inputs, self._axes, self.keepdims)

    def compute_output_shape(self, input_shape):
        ones = (1,) * self._rank if self.keepdims else ()
        if self.data_format == "channels_last":
            return (input_shape[0], *ones, input_shape[-1])
        return (input_shape[0], input_shape[1], *ones)

    def get_config(self):
        return {**super().get_config(), "data_format": self.data_format, "keepdims": self.keepdims}


class GlobalAveragePooling1D(_GlobalPooling):
    _rank, _largest = 1, False

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)
        self.supports_masking = True

    def call(self, inputs, mask=None):
        if mask is None:
            return super().call(inputs)
        axis = self._axes[0]
        mask = _run("ExpandDims", _ops.cast(mask, "bool"), axis=3 - axis)
        inputs = _ops.where(mask, inputs, 0)
        counts = _run("Cast", mask, dtype=inputs.dtype)
        return _ops.total(inputs, axis, self.keepdims) / _ops.total(counts, axis, self.keepdims)

    def compute_mask(self, inputs, mask=None):
        return None


#: Those whose size has no default.
_SIZE_REQUIRED = {("Average", 1), ("Average", 2), ("Average", 3)}


def _required(cls):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        _Pooling.__init__(self, pool_size, strides, padding, data_format, name, **kwargs)

    __init__.__qualname__ = f"{cls.__name__}.__init__"
    return __init__


def _classes():
    """One class for each number of axes and each kind."""
    for kind, largest, short in (("Max", True, "Max"), ("Average", False, "Avg")):
        for rank in (1, 2, 3):
            for base, part in ((_Pooling, ""), (_GlobalPooling, "Global")):
                name = f"{part}{kind}Pooling{rank}D"
                home = f"keras.src.layers.pooling.{part.lower() + '_' if part else ''}{kind.lower()}_pooling{rank}d"
                made = globals().get(name) or type(name, (base,), {"_rank": rank, "_largest": largest})
                made.__module__ = home
                if not part and (kind, rank) in _SIZE_REQUIRED:
                    made.__init__ = _required(made)
                yield name, made
                yield f"{part}{short}Pool{rank}D", made


globals().update(_classes())
