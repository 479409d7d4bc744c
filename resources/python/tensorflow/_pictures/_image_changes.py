# SPDX-License-Identifier: Apache-2.0
"""Colours, edges and random changes of pictures: tensorflow/python/ops/image_ops_impl.py over the engine's rows."""

import _tapescope

from tensorflow._arrays import _arguments
from tensorflow._chance import _randomness, _stateless
from tensorflow._pictures import _image
from tensorflow._running._fold import folded

_run = _tapescope.run
_tensor = _tapescope.tensor


def _by(name, row, number):
    """A function that changes floats by a number, and gives back what the picture was of."""

    @folded("tf.image." + name)
    def adjust(image, by):
        image = _tensor(image, None)
        changed = _run(row, _image._floats(image), _tensor(by, "float32"))
        return _image._converted(changed, image.dtype)

    adjust.__name__ = name
    return adjust


_hue = _by("adjust_hue", "AdjustHue", "delta")
_saturation = _by("adjust_saturation", "AdjustSaturation", "saturation_factor")


def adjust_hue(image, delta, name=None):
    if delta < -1 or delta > 1:
        raise ValueError("delta must be in the interval [-1, 1]")
    return _hue(image, delta)


def adjust_saturation(image, saturation_factor, name=None):
    return _saturation(image, saturation_factor)


@folded("tf.image.adjust_gamma")
def adjust_gamma(image, gamma=1, gain=1):
    image = _tensor(image, None)
    if gamma < 0:
        raise ValueError("Gamma should be a non-negative real number.")
    return _image._converted(gain * _image._floats(image) ** gamma, image.dtype, True)


# ---- by chance

_NOT_NEGATIVE = "must be non-negative."


def _amount(name, change, low, high, checks):
    """Two functions that change a picture by a random number from low to high: with a seed of the operation, and without state."""

    def number(draw, given):
        for wrong, text in checks:
            if wrong(*given):
                raise ValueError(text)
        return draw(low(*given), high(*given))

    def stateful(image, *given, seed=None):
        return change(image, number(lambda a, b: _randomness.uniform([], a, b, seed=seed), given))

    def stateless(image, *given, seed):
        return change(image, number(lambda a, b: _stateless.stateless_uniform([], seed, a, b), given))

    return stateful, stateless


def _around(name, change, checks):
    stateful, stateless = _amount(name, change, lambda largest: -largest, lambda largest: largest, checks)

    def plain(image, max_delta, seed=None):
        return stateful(image, max_delta, seed=seed)

    def seeded(image, max_delta, seed):
        return stateless(image, max_delta, seed=seed)

    return {"random_" + name: plain, "stateless_random_" + name: seeded}


def _between(name, change):
    checks = [(lambda lower, upper: upper <= lower, "upper must be > lower."), (lambda lower, _: lower < 0, "lower " + _NOT_NEGATIVE)]
    stateful, stateless = _amount(name, change, lambda lower, _: lower, lambda _, upper: upper, checks)

    def plain(image, lower, upper, seed=None):
        return stateful(image, lower, upper, seed=seed)

    def seeded(image, lower, upper, seed=None):
        return stateless(image, lower, upper, seed=seed)

    return {"random_" + name: plain, "stateless_random_" + name: seeded}


def _negative(largest):
    return largest < 0


def _flips(name, axis):
    def flip(image, draw):
        image = _image._image(image)
        rank = len(image.shape)
        if rank == 3:
            return _run("ReverseV2", image, axis=[axis]) if float(draw([])) < 0.5 else image
        if rank != 4:
            raise ValueError("'image' (shape %s) must have either 3 or 4 dimensions." % image.shape)
        count = image.shape[0]
        marks = _run("Cast", _run("Round", _run("Reshape", draw([count]), shape=[count, 1, 1, 1])), dtype=image.dtype)
        return marks * _run("ReverseV2", image, axis=[axis + 1]) + (1 - marks) * image

    @folded("tf.image.random_" + name)
    def plain(image, seed=None):
        return flip(image, lambda shape: _randomness.uniform(shape, 0, 1.0, seed=seed))

    @folded("tf.image.stateless_random_" + name)
    def seeded(image, seed):
        return flip(image, lambda shape: _stateless.stateless_uniform(shape, seed, 0, 1.0))

    return {"random_" + name: plain, "stateless_random_" + name: seeded}


def _cropped(value, size, draw):
    value = _tensor(value, None)
    shape, sizes = _arguments.shape_of(value), _arguments.numbers(size)
    if len(shape) == len(sizes) and any(whole < part for whole, part in zip(shape, sizes)):
        from tensorflow._running import _debugging

        _debugging.NAMES["Assert"](False, ["Need value.shape >= size, got ", shape, sizes])
    limits = _tensor([whole - part + 1 for whole, part in zip(shape, sizes)], "int32")
    begin = _run("FloorMod", draw([len(shape)]), limits)
    return _run("Slice", value, begin=begin.numpy().tolist(), size=sizes)


@folded("tf.image.random_crop")
def random_crop(value, size, seed=None, name=None):
    return _cropped(value, size, lambda shape: _randomness.uniform(shape, maxval=2**31 - 1, dtype="int32", seed=seed))


@folded("tf.image.stateless_random_crop")
def stateless_random_crop(value, size, seed, name=None):
    return _cropped(value, size, lambda shape: _stateless.stateless_uniform(shape, seed, 0, 2**31 - 1, "int32"))


# ---- other sizes


def _both_positive(width, height):
    for name, size in (("width", width), ("height", height)):
        if size <= 0:
            raise ValueError(f"target_{name} must be > 0.")


@folded("tf.image.resize_with_crop_or_pad")
def resize_with_crop_or_pad(image, target_height, target_width):
    image = _image._one_or_batch(image)
    _both_positive(target_width, target_height)
    height, width = _arguments.shape_of(image)[-3:-1]
    more, wider = target_height - height, target_width - width
    cropped = _image.crop_to_bounding_box(
        image, max(-more // 2, 0), max(-wider // 2, 0), min(target_height, height), min(target_width, width)
    )
    return _image.pad_to_bounding_box(cropped, max(more // 2, 0), max(wider // 2, 0), target_height, target_width)


@folded("tf.image.resize_with_pad")
def resize_with_pad(image, target_height, target_width, method="bilinear", antialias=False):
    image = _image._one_or_batch(image)
    _both_positive(target_width, target_height)
    height, width = _arguments.shape_of(image)[-3:-1]
    ratio = max(width / target_width, height / target_height)
    sizes = [height / ratio, width / ratio]
    resized = _image.resize(image, [int(size) for size in sizes], method, antialias=antialias)
    offsets = [max(0, int((target - size) // 2)) for target, size in zip((target_height, target_width), sizes)]
    return _image.pad_to_bounding_box(resized, *offsets, target_height, target_width)


# ---- edges, colours, likeness


@folded("tf.image.image_gradients")
def image_gradients(image):
    import tensorflow

    if len(image.shape) != 4:
        raise ValueError(f"image_gradients expects a 4D tensor [batch_size, h, w, d], not {image.shape}.")
    image = _tensor(image, None)
    down, right = image[:, 1:] - image[:, :-1], image[:, :, 1:] - image[:, :, :-1]
    return tuple(
        tensorflow.concat([change, tensorflow.zeros_like(image[where])], axis)
        for axis, change, where in ((1, down, (slice(None), slice(0, 1))), (2, right, (slice(None), slice(None), slice(0, 1))))
    )


@folded("tf.image.sobel_edges")
def sobel_edges(image):
    import numpy
    import tensorflow

    down = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    filters = numpy.stack([down, numpy.transpose(down)], -1).astype(image.dtype.as_numpy_dtype)[:, :, None, :]
    filters = tensorflow.tile(tensorflow.constant(filters), [1, 1, image.shape[-1], 1])
    padded = tensorflow.pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]], mode="REFLECT")
    edges = tensorflow.nn.depthwise_conv2d(padded, filters, [1, 1, 1, 1], "VALID")
    return tensorflow.reshape(edges, [*image.shape.as_list(), 2])


_COLOURS = {
    "rgb_to_yiq": [[0.299, 0.59590059, 0.2115], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]],
    "yiq_to_rgb": [[1, 1, 1], [0.95598634, -0.27201283, -1.10674021], [0.6208248, -0.64720424, 1.70423049]],
    "rgb_to_yuv": [[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]],
    "yuv_to_rgb": [[1, 1, 1], [0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0]],
}


def _recoloured(name, matrix):
    @folded("tf.image." + name)
    def recolour(images):
        from tensorflow import tensordot

        images = _tensor(images, None)
        return tensordot(images, _tensor(matrix, images.dtype), [[len(images.shape) - 1], [0]])

    recolour.__name__ = name
    return recolour


@folded("tf.image.psnr")
def psnr(a, b, max_val, name=None):
    import numpy
    import tensorflow

    largest = _image._converted(tensorflow.cast(max_val, a.dtype), tensorflow.float32)
    a, b = _image._converted(a, tensorflow.float32), _image._converted(b, tensorflow.float32)
    error = tensorflow.reduce_mean(tensorflow.math.squared_difference(a, b), [-3, -2, -1])
    peak = 20 * tensorflow.math.log(largest) / tensorflow.math.log(10.0)
    return peak - numpy.float32(10 / numpy.log(10)) * tensorflow.math.log(error)


NAMES = {
    "image." + name: member
    for name, member in {
        **{
            function.__name__: function
            for function in (
                adjust_gamma, adjust_hue, adjust_saturation, image_gradients, psnr, random_crop, resize_with_crop_or_pad,
                resize_with_pad, sobel_edges, stateless_random_crop,
            )
        },
        **{name: _recoloured(name, matrix) for name, matrix in _COLOURS.items()},
        **_around("brightness", _image.adjust_brightness, [(_negative, "max_delta " + _NOT_NEGATIVE)]),
        **_around("hue", adjust_hue, [(lambda largest: largest > 0.5, "max_delta must be <= 0.5."), (_negative, "max_delta " + _NOT_NEGATIVE)]),
        **_between("contrast", _image.adjust_contrast),
        **_between("saturation", adjust_saturation),
        **_flips("flip_left_right", 1),
        **_flips("flip_up_down", 0),
    }.items()
}
