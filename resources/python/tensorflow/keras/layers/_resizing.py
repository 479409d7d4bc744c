# SPDX-License-Identifier: Apache-2.0
"""Layers that add, repeat or cut away rows and columns."""

import _tapescope

from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


def _pairs(value, rank, name):
    """(before, after) for each axis, from one number, one for each axis, or all."""
    if isinstance(value, int):
        return ((value, value),) * rank
    if not hasattr(value, "__len__"):
        raise ValueError(
            f"`{name}` should be either an int, a tuple of {rank} ints (symmetric_height_crop, symmetric_width_crop), or a tuple "
            f"of {rank} tuples of 2 ints ((top_crop, bottom_crop), (left_crop, right_crop)). Received: {name}={value}."
        )
    if len(value) != rank:
        raise ValueError(f"`{name}` should have {('one', 'two', 'three')[rank - 1]} elements. Received: {name}={value}.")
    places = ("1st", "2nd", "3rd")
    return tuple(
        _parts.sizes(one, 2, f"{place} entry of {name}", zero=True) for one, place in zip(value, places)
    )


class _Spatial(Layer):
    _rank = 2

    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = _parts.data_format(data_format)
        self.input_spec = InputSpec(ndim=self._rank + 2)

    @property
    def _first(self):
        return 2 if self.data_format == "channels_first" else 1

    def _resized(self, input_shape, size_of):
        shape = list(input_shape)
        for place in range(self._rank):
            axis = self._first + place
            shape[axis] = None if shape[axis] is None else size_of(place, shape[axis])
        return tuple(shape)


class _ZeroPadding(_Spatial):
    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self._pairs = (_parts.sizes(padding, 2, "padding", True),) if self._rank == 1 else _pairs(padding, self._rank, "padding")
        self.padding = self._pairs[0] if self._rank == 1 else self._pairs

    def call(self, inputs):
        from tensorflow import pad

        rest = [[0, 0]] * (self._first - 1)
        return pad(inputs, [[0, 0], *rest, *map(list, self._pairs), *[[0, 0]] * (2 - self._first)])

    def compute_output_shape(self, input_shape):
        return self._resized(input_shape, lambda place, size: size + sum(self._pairs[place]))

    def get_config(self):
        return {**super().get_config(), "padding": self.padding, "data_format": self.data_format}


class ZeroPadding1D(_ZeroPadding):
    _rank = 1


class ZeroPadding2D(_ZeroPadding):
    _rank = 2


class ZeroPadding3D(_ZeroPadding):
    _rank = 3


class _Cropping(_Spatial):
    def __init__(self, cropping=1, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        one = self._rank == 1
        self._pairs = (_parts.sizes(cropping, 2, "cropping", True),) if one else _pairs(cropping, self._rank, "cropping")
        self.cropping = self._pairs[0] if one else self._pairs

    def call(self, inputs):
        self._check_fits("inputs.shape", inputs.shape)
        parts = [slice(None)] * self._first
        parts += [slice(before, size - after) for (before, after), size in zip(self._pairs, inputs.shape[self._first:])]
        return inputs[tuple(parts)]

    def _check_fits(self, name, shape):
        for place, pair in enumerate(self._pairs):
            size = shape[self._first + place]
            if size is not None and sum(pair) >= size:
                raise ValueError(
                    "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input. "
                    f"Received: {name}={shape}, cropping={self.cropping}"
                )

    def compute_output_shape(self, input_shape):
        self._check_fits("input_shape", input_shape)
        return self._resized(input_shape, lambda place, size: size - sum(self._pairs[place]))

    def get_config(self):
        return {**super().get_config(), "cropping": self.cropping, "data_format": self.data_format}


class Cropping1D(_Cropping):
    _rank = 1

    def __init__(self, cropping=(1, 1), **kwargs):
        super().__init__(cropping, **kwargs)

    def get_config(self):
        return {**Layer.get_config(self), "cropping": self.cropping}


class Cropping2D(_Cropping):
    _rank = 2

    def __init__(self, cropping=((0, 0), (0, 0)), data_format=None, **kwargs):
        super().__init__(cropping, data_format, **kwargs)


class Cropping3D(_Cropping):
    _rank = 3

    def __init__(self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(cropping, data_format, **kwargs)


class UpSampling1D(Layer):
    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"Expected an integer value for `size`, got {type(size)}.")
        if size <= 0:
            raise ValueError(f"Argument `size` should be a positive integer. Received: size={size}")
        self.size = size
        self.input_spec = InputSpec(ndim=3)

    def call(self, inputs):
        from tensorflow import repeat

        return repeat(inputs, self.size, axis=1)

    def compute_output_shape(self, input_shape):
        return [input_shape[0], None if input_shape[1] is None else self.size * input_shape[1], input_shape[2]]

    def get_config(self):
        return {**super().get_config(), "size": self.size}


class UpSampling2D(_Spatial):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs):
        super().__init__(data_format, **kwargs)
        self.size = _parts.sizes(size, 2, "size")
        self.interpolation = interpolation.lower()

    def call(self, inputs):
        from tensorflow import image, repeat

        first = self.data_format == "channels_first"
        if first:
            inputs = _run("Transpose", inputs, perm=[0, 2, 3, 1])
        if self.interpolation == "nearest":
            outputs = repeat(repeat(inputs, self.size[0], axis=1), self.size[1], axis=2)
        else:
            wanted = [inputs.shape[1] * self.size[0], inputs.shape[2] * self.size[1]]
            outputs = image.resize(inputs, wanted, method=self.interpolation)
        return _run("Transpose", outputs, perm=[0, 3, 1, 2]) if first else outputs

    def compute_output_shape(self, input_shape):
        return self._resized(input_shape, lambda place, size: size * self.size[place])

    def get_config(self):
        own = {"size": self.size, "data_format": self.data_format, "interpolation": self.interpolation}
        return {**super().get_config(), **own}


class UpSampling3D(_Spatial):
    _rank = 3

    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self.size = _parts.sizes(size, 3, "size")

    def call(self, inputs):
        from tensorflow import repeat

        for place, times in enumerate(self.size):
            inputs = repeat(inputs, times, axis=self._first + place)
        return inputs

    def compute_output_shape(self, input_shape):
        return self._resized(input_shape, lambda place, size: size * self.size[place])

    def get_config(self):
        return {**super().get_config(), "size": self.size, "data_format": self.data_format}


for _class, _file in (
    (ZeroPadding1D, "zero_padding1d"), (ZeroPadding2D, "zero_padding2d"), (ZeroPadding3D, "zero_padding3d"),
    (Cropping1D, "cropping1d"), (Cropping2D, "cropping2d"), (UpSampling1D, "up_sampling1d"), (UpSampling2D, "up_sampling2d"),
    (Cropping3D, "cropping3d"), (UpSampling3D, "up_sampling3d"),
):  # fmt: skip
    _class.__module__ = f"keras.src.layers.reshaping.{_file}"
