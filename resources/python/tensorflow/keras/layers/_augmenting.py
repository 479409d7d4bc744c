# SPDX-License-Identifier: Apache-2.0
"""Layers for pictures: sizes, cuts, and changes by chance while a model trains."""

import _tapescope

from tensorflow.keras import _ops, random
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


class _Pictures(Layer):
    """One picture or a batch of them, with the channels last or first."""

    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = _parts.data_format(data_format)
        self._convert_input_args, self._allow_non_tensor_positional_args = False, True

    @property
    def _rows(self):
        """The axis of the rows, from behind; that of the columns is the next."""
        return -3 if self.data_format == "channels_last" else -2

    def get_config(self):
        return {**super().get_config(), "data_format": self.data_format}

    def compute_output_shape(self, input_shape):
        return input_shape


class _Sized(_Pictures):
    def compute_output_shape(self, input_shape):
        shape = list(input_shape)
        shape[self._rows:self._rows + 2 or None] = [self.height, self.width]
        return tuple(shape)


def _saturated(values, dtype):
    from tensorflow import round, saturate_cast

    values = round(values) if dtype.is_integer else values
    return values if values.dtype == dtype else saturate_cast(values, dtype)


class Resizing(_Sized):
    def __init__(self, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,
                 fill_mode="constant", fill_value=0.0, antialias=False, data_format=None, **kwargs):
        if pad_to_aspect_ratio:
            raise NotImplementedError("Resizing(pad_to_aspect_ratio=True) is not there yet.")
        super().__init__(data_format, **kwargs)
        self.height, self.width, self.interpolation, self.antialias = height, width, interpolation, bool(antialias)
        self.crop_to_aspect_ratio, self.pad_to_aspect_ratio = crop_to_aspect_ratio, pad_to_aspect_ratio
        self.fill_mode, self.fill_value = fill_mode, fill_value

    def _cut(self, images):
        """The middle that has the proportions of the wanted size."""
        height, width = images.shape[-3], images.shape[-2]
        rows = max(min(height, int(float(width * self.height) / self.width)), 1)
        columns = max(min(width, int(float(height * self.width) / self.height)), 1)
        top, left = int(float(height - rows) / 2), int(float(width - columns) / 2)
        return images[..., top:top + rows, left:left + columns, :]

    def call(self, images):
        from tensorflow import image

        images = _tapescope.tensor(images)
        first = self.data_format == "channels_first"
        order = [0, 2, 3, 1] if len(images.shape) == 4 else [1, 2, 0]
        moved = _run("Transpose", images, perm=order) if first else images
        moved = self._cut(moved) if self.crop_to_aspect_ratio else moved
        resized = image.resize(moved, [self.height, self.width], method=self.interpolation, antialias=self.antialias)
        if first:
            resized = _run("Transpose", resized, perm=[0, 3, 1, 2] if len(order) == 4 else [2, 0, 1])
        return _saturated(resized, images.dtype)

    def get_config(self):
        names = ("height", "width", "interpolation", "crop_to_aspect_ratio", "pad_to_aspect_ratio", "fill_mode", "fill_value",
                 "antialias")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class CenterCrop(_Sized):
    def __init__(self, height, width, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self.height, self.width = height, width

    def call(self, images):
        images = _ops.cast(_tapescope.tensor(images), self.compute_dtype)
        down, right = (images.shape[self._rows + place] - size for place, size in enumerate((self.height, self.width)))
        if down < 0 or right < 0:
            return Resizing(self.height, self.width, crop_to_aspect_ratio=True, data_format=self.data_format)(images)
        top, left = down // 2, right // 2
        cut = (slice(top, top + self.height), slice(left, left + self.width))
        return images[(Ellipsis, *cut, *[slice(None)] * (-self._rows - 2))]

    def get_config(self):
        return {**super().get_config(), "height": self.height, "width": self.width}


class _Chance(_Pictures):
    """A number for each picture."""

    def __init__(self, seed=None, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self.seed = seed
        self.generator = random.SeedGenerator(seed)

    def _drawn(self, images, *bounds):
        shape = (1, 1, 1) if len(images.shape) == 3 else (images.shape[0], 1, 1, 1)
        return random.uniform(shape, *bounds, seed=self.generator)

    def call(self, images, training=True):
        images = _ops.cast(_tapescope.tensor(images), self.compute_dtype)
        return self._changed(images) if training else images


class RandomFlip(_Chance):
    def __init__(self, mode="horizontal_and_vertical", seed=None, data_format=None, **kwargs):
        super().__init__(seed, data_format, **kwargs)
        self.mode = mode

    def _changed(self, images):
        flips = _run("LessEqual", self._drawn(images), _tapescope.tensor(0.5, "float32"))
        for name, axis in (("horizontal", self._rows + 1), ("vertical", self._rows)):
            if name in self.mode:
                images = _run("SelectV2", flips, _run("ReverseV2", images, axis=[axis + len(images.shape)]), images)
        return images

    def get_config(self):
        return {**super().get_config(), "seed": self.seed, "mode": self.mode}


class _Factor(_Chance):
    """By how much, between two bounds."""

    _bounds = (-1, 1)

    def __init__(self, factor, value_range, seed, **kwargs):
        super().__init__(seed, **kwargs)
        self.factor, self.value_range = self._pair(factor), value_range

    def _pair(self, factor):
        low, high = self._bounds
        pair = isinstance(factor, (tuple, list))
        if not isinstance(factor, (tuple, list, int, float)) or (pair and (len(factor) != 2 or factor[0] > high or factor[1] < low)) \
                or (not pair and not low <= factor <= high):
            raise ValueError("The `factor` argument should be a number (or a list of two numbers) in the range "
                             f"[{low}, {high}]. Received: factor={factor}")
        return tuple(sorted(factor)) if pair else (max(-abs(factor), low), abs(factor))

    def _within(self, images):
        low, high = (_tapescope.tensor(end, images.dtype) for end in self.value_range)
        return _run("Minimum", _run("Maximum", images, low), high)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor, "value_range": self.value_range, "seed": self.seed}


class RandomBrightness(_Factor):
    def __init__(self, factor, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(factor, value_range, seed, **kwargs)
        if not isinstance(value_range, (tuple, list)) or len(value_range) != 2:
            raise ValueError(f"The `value_range` argument should be a list of two numbers. Received: value_range={value_range}")
        self.value_range = sorted(value_range)

    def _changed(self, images):
        delta = self._drawn(images, *self.factor) * (self.value_range[1] - self.value_range[0])
        return self._within(images + _ops.cast(delta, images.dtype))


class RandomContrast(_Factor):
    _bounds = (0, 1)

    def __init__(self, factor, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(factor, value_range, seed, **kwargs)

    def _changed(self, images):
        factor = self._drawn(images, 1.0 - self.factor[0], 1.0 + self.factor[1])
        mean = _run("Mean", images, axis=[axis + len(images.shape) for axis in (self._rows, self._rows + 1)], keepdims=True)
        return self._within((images - mean) * factor + mean)


for _class, _file in ((Resizing, "resizing"), (CenterCrop, "center_crop"), (RandomFlip, "random_flip"),
                      (RandomBrightness, "random_brightness"), (RandomContrast, "random_contrast")):
    _class.__module__ = f"keras.src.layers.preprocessing.image_preprocessing.{_file}"
