# SPDX-License-Identifier: Apache-2.0
"""tf.image, as far as it is arithmetic: tensorflow/python/ops/image_ops_impl.py over the engine's rows."""

import _tapescope
import numpy

from tensorflow._arrays import _arguments
from tensorflow._pictures import _resampling
from tensorflow._running._fold import folded
from tensorflow._values._casting import saturate_cast

_run = _tapescope.run
_tensor = _tapescope.tensor

class ResizeMethod:
    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


def _image(image):
    image = _tensor(image, None)
    if len(image.shape) < 3:
        raise ValueError(f"'image' (shape {image.shape}) must be at least three-dimensional.")
    return image


def _one_or_batch(image):
    image = _tensor(image, None)
    if len(image.shape) not in (3, 4):
        raise ValueError(f"'image' (shape {image.shape}) must have either 3 or 4 dimensions.")
    return image


def _flipped(name, axis):
    @folded("tf.image." + name)
    def flip(image):
        image = _image(image)
        if len(image.shape) > 4:
            raise ValueError("'image' (shape %s)must have either 3 or 4 dimensions." % image.shape)
        return _run("ReverseV2", image, axis=[axis + len(image.shape) - 3])

    flip.__name__ = name
    return flip


flip_left_right = _flipped("flip_left_right", 1)
flip_up_down = _flipped("flip_up_down", 0)


@folded("tf.image.transpose")
def transpose(image, name=None):
    image = _one_or_batch(_image(image))
    return _run("Transpose", image, perm=[1, 0, 2] if len(image.shape) == 3 else [0, 2, 1, 3])


@folded("tf.image.rot90")
def rot90(image, k=1, name=None):
    image = _one_or_batch(_image(image))
    height = len(image.shape) - 3
    swapped = [1, 0, 2] if height == 0 else [0, 2, 1, 3]
    k = k % 4
    if k == 0:
        return image
    if k == 2:
        return _run("ReverseV2", image, axis=[height, height + 1])
    if k == 1:
        return _run("Transpose", _run("ReverseV2", image, axis=[height + 1]), perm=swapped)
    return _run("ReverseV2", _run("Transpose", image, perm=swapped), axis=[height + 1])


def _converted(image, dtype, saturate=False):
    own = image.dtype
    if dtype == own:
        return _run("Identity", image)
    cast = saturate_cast if saturate and not dtype.is_floating else lambda value, to: _run("Cast", value, dtype=to)
    if own.is_integer and dtype.is_integer:
        largest, wanted = own.max, dtype.max
        if largest > wanted:
            return cast(_run("FloorDiv", image, _tensor((largest + 1) // (wanted + 1), own)), dtype)
        return _run("Mul", cast(image, dtype), _tensor((wanted + 1) // (largest + 1), dtype))
    if own.is_floating and dtype.is_floating:
        return _run("Cast", image, dtype=dtype)
    if own.is_integer:
        return _run("Mul", _run("Cast", image, dtype=dtype), _tensor(1.0 / own.max, dtype))
    return cast(_run("Mul", image, _tensor(dtype.max + 0.5, own)), dtype)


@folded("tf.image.convert_image_dtype")
def convert_image_dtype(image, dtype, saturate=False, name=None):
    image, dtype = _tensor(image, None), _tapescope.as_dtype(dtype)
    if not (dtype.is_floating or dtype.is_integer):
        raise AttributeError("dtype must be either floating point or integer")
    if not (image.dtype.is_floating or image.dtype.is_integer):
        raise AttributeError("image dtype must be either floating point or integer")
    return _converted(image, dtype, saturate)


def _floats(image):
    return image if image.dtype.name in ("float16", "float32") else _converted(image, _tapescope.as_dtype("float32"))


@folded("tf.image.adjust_brightness")
def adjust_brightness(image, delta):
    image = _tensor(image, None)
    floats = _floats(image)
    delta = _run("Cast", delta, dtype=floats.dtype) if _tapescope.is_tensor(delta) else _tensor(delta, floats.dtype)
    return _converted(_run("AddV2", floats, delta), image.dtype, True)


@folded("tf.image.adjust_contrast")
def adjust_contrast(images, contrast_factor):
    images = _tensor(images, None)
    adjusted = _run("AdjustContrastv2", _floats(images), _tensor(contrast_factor, "float32"))
    return _converted(adjusted, images.dtype, True)


@folded("tf.image.rgb_to_grayscale")
def rgb_to_grayscale(images, name=None):
    images = _tensor(images, None)
    floats = _converted(images, _tapescope.as_dtype("float32"))
    sizes = _arguments.shape_of(floats)
    weights = _tensor([[0.2989], [0.5870], [0.1140]], "float32")
    gray = _run("MatMul", _run("Reshape", floats, shape=[-1, sizes[-1]]), weights)
    gray = _run("Reshape", gray, shape=sizes[:-1])
    return _converted(_run("ExpandDims", gray, axis=-1), images.dtype)


@folded("tf.image.grayscale_to_rgb")
def grayscale_to_rgb(images, name=None):
    images = _tensor(images, None)
    if len(images.shape) < 2:
        raise ValueError(f"A grayscale image (shape {images.shape}) must be at least two-dimensional.")
    if images.shape[-1] != 1:
        raise ValueError("Last dimension of a grayscale image should be size 1.")
    return _run("Tile", images, multiples=[1] * (len(images.shape) - 1) + [3])


@folded("tf.image.total_variation")
def total_variation(images, name=None):
    rank = len(images.shape)
    if rank not in (3, 4):
        raise ValueError("'images' must be either 3 or 4-dimensional.")
    axes = None if rank == 3 else [1, 2, 3]
    if rank == 3:
        rows, columns = images[1:, :, :] - images[:-1, :, :], images[:, 1:, :] - images[:, :-1, :]
    else:
        rows, columns = images[:, 1:, :, :] - images[:, :-1, :, :], images[:, :, 1:, :] - images[:, :, :-1, :]
    return _run("AddV2", *[_run("Sum", _run("Abs", one), axis=axes) for one in (rows, columns)])


@folded("tf.image.central_crop")
def central_crop(image, central_fraction):
    image = _tensor(image, None)
    if central_fraction <= 0.0 or central_fraction > 1.0:
        raise ValueError("central_fraction must be within (0, 1]")
    if central_fraction == 1.0:
        return image
    image = _image(image)
    sizes = _arguments.shape_of(image)
    if len(sizes) > 4:
        raise ValueError("`image` should either be a Tensor with rank = 3 or rank = 4. Had rank = {}.".format(len(sizes)))
    height = len(sizes) - 3
    begin = [0] * len(sizes)
    for axis in (height, height + 1):
        begin[axis] = int((float(sizes[axis]) - float(sizes[axis]) * central_fraction) / 2)
    return _run("Slice", image, begin=begin, size=[size - 2 * start for size, start in zip(sizes, begin)])


@folded("tf.image.pad_to_bounding_box")
def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    image = _one_or_batch(image)
    sizes = _arguments.shape_of(image)
    height = len(sizes) - 3
    below = target_height - offset_height - sizes[height]
    right = target_width - offset_width - sizes[height + 1]
    checks = ((offset_height, "offset_height must be >= 0"), (offset_width, "offset_width must be >= 0"),
              (right, "width must be <= target - offset"), (below, "height must be <= target - offset"))
    for number, text in checks:
        if number < 0:
            raise ValueError(text)
    return _run("Pad", image, paddings=[0, 0] * height + [offset_height, below, offset_width, right, 0, 0])


@folded("tf.image.crop_to_bounding_box")
def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    image = _one_or_batch(image)
    sizes = _arguments.shape_of(image)
    height = len(sizes) - 3
    checks = ((offset_width, "offset_width must be >= 0."), (offset_height, "offset_height must be >= 0."),
              (target_width - 1, "target_width must be > 0."), (target_height - 1, "target_height must be > 0."),
              (sizes[height + 1] - target_width - offset_width, "width must be >= target + offset."),
              (sizes[height] - target_height - offset_height, "height must be >= target + offset."))
    for number, text in checks:
        if number < 0:
            raise ValueError(text)
    begin = [0] * height + [offset_height, offset_width, 0]
    return _run("Slice", image, begin=begin, size=sizes[:height] + [target_height, target_width, sizes[-1]])


def _within(sizes, wanted):
    """The largest sizes within the wanted ones that keep the picture's proportions, in TensorFlow's float32."""
    sizes = [numpy.float32(size) for size in sizes]
    scale = min(numpy.float32(new) / size for new, size in zip(wanted, sizes))
    return [int(numpy.rint(scale * size)) for size in sizes]


@folded("tf.image.resize")
def resize(images, size, method=ResizeMethod.BILINEAR, preserve_aspect_ratio=False, antialias=False, name=None):
    images = _tensor(images, None)
    rank = len(images.shape)
    if rank not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    sizes = _arguments.numbers(size)
    if len(sizes) != 2:
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    batch = images if rank == 4 else _run("ExpandDims", images, axis=0)
    if preserve_aspect_ratio:
        sizes = _within(_arguments.shape_of(batch)[1:3], sizes)
    resized = _resized(batch, sizes, method, antialias)
    return resized if rank == 4 else _run("Squeeze", resized, axis=[0])


def _resized(batch, sizes, method, antialias):
    if method == "nearest":
        return _run("ResizeNearestNeighbor", batch, size=sizes)
    if method == "bilinear" and not antialias:
        return _run("ResizeBilinear", batch, size=sizes)
    if method == "bicubic" and not antialias:
        return _weighted(batch, sizes, _resampling.bicubic)
    if method == "area":
        return _weighted(batch, sizes, _resampling.area)
    kernel = {"bilinear": "triangle", "bicubic": "keyscubic"}.get(method, method)
    if kernel not in _resampling.KERNELS or kernel == method and method in ("triangle", "keyscubic"):
        raise ValueError(f"Resize method is not implemented: {method}")
    return _weighted(batch, sizes, lambda size, wanted: _resampling.scaled(size, wanted, kernel, antialias))


def _weighted(batch, sizes, weights):
    """Rows, and then columns, as sums of the picture's with weights(size, wanted)."""
    count, height, width, channels = _arguments.shape_of(batch)
    batch = batch if batch.dtype.name == "float32" else _run("Cast", batch, dtype="float32")
    rows = _run("BatchMatMulV2", _tensor(weights(height, sizes[0]), "float32"),
                _run("Reshape", batch, shape=[count, height, width * channels]))
    columns = _run("BatchMatMulV2", _tensor(weights(width, sizes[1]), "float32"),
                   _run("Reshape", rows, shape=[count * sizes[0], width, channels]))
    return _run("Reshape", columns, shape=[count, *sizes, channels])


@folded("tf.image.per_image_standardization")
def per_image_standardization(image):
    image = _image(image)
    image = image if image.dtype.name in ("float16", "float32") else _run("Cast", image, dtype="float32")
    axes = [-1, -2, -3]
    mean = _run("Mean", image, axis=axes, keepdims=True)
    centred = _run("SquaredDifference", image, mean)
    spread = _run("Sqrt", _run("Mean", centred, axis=axes, keepdims=True))
    count = 1
    for size in _arguments.shape_of(image)[-3:]:
        count *= size
    least = _run("Rsqrt", _tensor(float(count), image.dtype))
    return _run("RealDiv", _run("Sub", image, mean), _run("Maximum", spread, least))


NAMES = {
    "image." + name: member
    for name, member in {
        "ResizeMethod": ResizeMethod,
        **{
            function.__name__: function
            for function in (
                adjust_brightness, adjust_contrast, central_crop, convert_image_dtype, crop_to_bounding_box,
                flip_left_right, flip_up_down, grayscale_to_rgb, pad_to_bounding_box, per_image_standardization, resize,
                rgb_to_grayscale, rot90, total_variation, transpose,
            )
        },
    }.items()
}
