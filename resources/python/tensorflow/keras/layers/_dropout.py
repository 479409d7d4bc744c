# SPDX-License-Identifier: Apache-2.0
"""Layers that add noise while a model trains."""

import _tapescope

from tensorflow.keras import random, regularizers
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer


class _Noise(Layer):
    """Draws only in training."""

    _options = ("seed",)

    def __init__(self, seed, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.supports_masking = True
        self._build_at_init()

    def _take_rate(self, rate):
        if not 0 <= rate <= 1:
            raise ValueError(
                f"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}"
            )
        self.rate = rate
        if rate > 0:
            self.seed_generator = random.SeedGenerator(self.seed)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), **{name: getattr(self, name) for name in self._options}}


def _noise_shape(shape):
    text = "Invalid value received for argument `noise_shape`. Expected "
    if shape is None:
        return None
    if isinstance(shape, str):
        raise ValueError(f"{text}a tuple or list of integers. Received: noise_shape={shape}")
    try:
        shape = tuple(shape)
    except TypeError:
        raise ValueError(
            f"{text}an iterable of integers (e.g., a tuple or list). Received: noise_shape={shape}"
        ) from None
    for place, size in enumerate(shape):
        if size is not None and not isinstance(size, int):
            raise ValueError(
                f"{text}all elements to be integers or None. Received element at index {place}: {size} "
                f"(type: {type(size).__name__})"
            )
        if size is not None and size <= 0:
            raise ValueError(
                f"{text}all dimensions to be positive integers or None. Received negative or zero value at index {place}: {size}"
            )
    return shape


class Dropout(_Noise):
    _options = ("rate", "seed", "noise_shape")

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        self._take_rate(rate)
        self.noise_shape = _noise_shape(noise_shape)

    def call(self, inputs, training=False):
        if training and self.rate > 0:
            return random.dropout(inputs, self.rate, noise_shape=self.noise_shape, seed=self.seed_generator)
        return inputs


class _SpatialDropout(Dropout):
    """Drops whole maps of features."""

    _rank = 0

    def __init__(self, rate, seed=None, name=None, dtype=None, **kwargs):
        super().__init__(rate, seed=seed, name=name, dtype=dtype, **kwargs)
        self.input_spec = InputSpec(ndim=self._rank)

    def call(self, inputs, training=False):
        if training and self.rate > 0:
            return random.dropout(inputs, self.rate, noise_shape=self._shape(inputs.shape), seed=self.seed_generator)
        return inputs

    def _shape(self, sizes):
        return (sizes[0], *[1] * (self._rank - 2), sizes[-1])

    def get_config(self):
        return {"rate": self.rate, "seed": self.seed, "name": self.name, "dtype": self.dtype}


class SpatialDropout1D(_SpatialDropout):
    _rank = 3


class _SpatialDropoutOfPictures(_SpatialDropout):
    """With channels that may stand first."""

    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None):
        super().__init__(rate, seed, name, dtype)
        self.data_format = _parts.data_format(data_format)

    def _shape(self, sizes):
        ones = [1] * (self._rank - 2)
        return (*sizes[:2], *ones) if self.data_format == "channels_first" else super()._shape(sizes)

    def get_config(self):
        return {**super().get_config(), "data_format": self.data_format}


class SpatialDropout2D(_SpatialDropoutOfPictures):
    _rank = 4


class SpatialDropout3D(_SpatialDropoutOfPictures):
    _rank = 5


class GaussianNoise(_Noise):
    _options = ("stddev", "seed")

    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= stddev <= 1:
            raise ValueError(
                f"Invalid value received for argument `stddev`. Expected a float value between 0 and 1. Received: stddev={stddev}"
            )
        self.stddev = stddev
        if stddev > 0:
            self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs, training=False):
        if training and self.stddev > 0:
            return inputs + random.normal(
                inputs.shape, mean=0.0, stddev=self.stddev, dtype=self.compute_dtype, seed=self.seed_generator
            )
        return inputs


class GaussianDropout(_Noise):
    _options = ("rate", "seed")

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        self._take_rate(rate)

    def call(self, inputs, training=False):
        if training and self.rate > 0:
            stddev = (self.rate / (1.0 - self.rate)) ** 0.5
            return inputs * random.normal(
                inputs.shape, mean=1.0, stddev=stddev, dtype=self.compute_dtype, seed=self.seed_generator
            )
        return inputs


class AlphaDropout(_Noise):
    _options = ("rate", "seed")

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        self._take_rate(rate)
        self.noise_shape = noise_shape

    def call(self, inputs, training=False):
        if not training or self.rate <= 0:
            return inputs
        shape = [own if size is None else size for own, size in zip(inputs.shape, self.noise_shape or [None] * 99)]
        lowest = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946
        kept = random.uniform(shape, seed=self.seed_generator) >= self.rate
        kept = _tapescope.run("Cast", kept, dtype=inputs.dtype)
        scale = ((1 - self.rate) * (1 + self.rate * lowest**2)) ** -0.5
        return scale * (inputs * kept + lowest * (1 - kept)) + -scale * lowest * self.rate


class ActivityRegularization(Layer):
    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(activity_regularizer=regularizers.L1L2(l1=l1, l2=l2), **kwargs)
        self.supports_masking = True
        self.l1, self.l2 = l1, l2
        self._build_at_init()

    def call(self, inputs):
        return inputs

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        config = super().get_config()
        config.pop("activity_regularizer", None)
        return {**config, "l1": self.l1, "l2": self.l2}


for _class, _file in (
    (Dropout, "dropout"), (SpatialDropout1D, "spatial_dropout"), (SpatialDropout2D, "spatial_dropout"),
    (SpatialDropout3D, "spatial_dropout"), (GaussianNoise, "gaussian_noise"), (GaussianDropout, "gaussian_dropout"),
    (AlphaDropout, "alpha_dropout"), (ActivityRegularization, "activity_regularization"),
):  # fmt: skip
    _class.__module__ = f"keras.src.layers.regularization.{_file}"
