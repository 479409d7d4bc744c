# SPDX-License-Identifier: Apache-2.0
"""How alike two pictures are: the structural similarity of tensorflow/python/ops/image_ops_impl.py, after Wang, Bovik,
Sheikh and Simoncelli, "Image quality assessment" (2004)."""

import _tapescope

from tensorflow._pictures import _image
from tensorflow._running._fold import folded

_FACTORS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # of the scales, from the finest


def _tf():
    import tensorflow

    return tensorflow


def _comparable(first, second, limit):
    """Two pictures and the largest value as float32, once their shapes fit."""
    tf = _tf()
    first, second = (_tapescope.tensor(one, None) for one in (first, second))
    if first.dtype != second.dtype:
        names = [_tapescope.kernel_name(one.dtype) for one in (first, second)]
        raise tf.errors.InvalidArgumentError(
            None, None, "cannot compute ShapeN as input #1(zero-based) was expected to be a %s tensor but is a %s tensor "
            "[Op:ShapeN] name: " % tuple(names))
    shapes = [one.shape.with_rank_at_least(3) for one in (first, second)]
    shapes[0][-3:].assert_is_compatible_with(shapes[1][-3:])
    for a, b in zip(reversed(shapes[0][:-3].as_list()), reversed(shapes[1][:-3].as_list())):
        if a != 1 and b != 1 and a != b:
            raise ValueError("Two images are not compatible: %s and %s" % tuple(shapes))
    limit = _image._converted(tf.cast(limit, first.dtype), tf.float32)
    return *(_image._converted(one, tf.float32) for one in (first, second)), limit


def _bell(size, sigma):
    """A normal distribution over size × size places, with a sum of 1."""
    tf = _tf()
    places = tf.cast(tf.range(size), sigma.dtype)
    places -= tf.cast(size - 1, sigma.dtype) / 2.0
    exponent = tf.square(places) * (-0.5 / tf.square(sigma))
    exponent = tf.reshape(exponent, [1, -1]) + tf.reshape(exponent, [-1, 1])
    return tf.reshape(tf.nn.softmax(tf.reshape(exponent, [1, -1])), [size, size, 1, 1])


def _weighing(kernel):
    """Means around each place; what stands before height, width and channels stays."""
    tf = _tf()

    def means(picture):
        shape = picture.shape.as_list()
        found = tf.nn.depthwise_conv2d(tf.reshape(picture, [-1, *shape[-3:]]), kernel, [1, 1, 1, 1], "VALID")
        return tf.reshape(found, [*shape[:-3], *found.shape.as_list()[1:]])

    return means


def _measures(x, y, mean, limit, k1, k2):
    """Likeness of luminance, and of contrast and structure, at each place."""
    square = _tf().square
    c1, c2 = (k1 * limit) ** 2, (k2 * limit) ** 2
    left, right = mean(x), mean(y)
    product, squares = left * right * 2.0, square(left) + square(right)
    luminance = (product + c1) / (squares + c1)
    both, each = mean(x * y) * 2.0, mean(square(x) + square(y))
    return luminance, (both - product + c2) / (each - squares + c2)


def _by_channel(first, second, limit, size, sigma, k1, k2, each_place=False):
    tf = _tf()
    size, sigma = tf.constant(size, tf.int32), tf.constant(sigma, first.dtype)
    for picture in (first, second):
        shape = tf.shape(picture)
        tf.Assert(tf.reduce_all(tf.greater_equal(shape[-3:-1], size)), [shape, size], summarize=8)
    kernel = tf.tile(_bell(size, sigma), [1, 1, first.shape[-1], 1])
    luminance, structure = _measures(first, second, _weighing(kernel), limit, k1, k2)
    if each_place:
        return luminance * structure, structure
    return tf.reduce_mean(luminance * structure, [-3, -2]), tf.reduce_mean(structure, [-3, -2])


@folded("tf.image.ssim")
def ssim(img1, img2, max_val, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03, return_index_map=False):
    found, _ = _by_channel(*_comparable(img1, img2, max_val), filter_size, filter_sigma, k1, k2, return_index_map)
    return _tf().reduce_mean(found, [-1])


def _halved(picture):
    """Half as high and wide; an odd row or column is repeated first."""
    tf = _tf()
    *before, height, width, channels = picture.shape.as_list()
    flat = tf.reshape(picture, [-1, height, width, channels])
    if height % 2 or width % 2:
        flat = tf.pad(flat, [[0, 0], [0, height % 2], [0, width % 2], [0, 0]], "SYMMETRIC")
    half = tf.nn.avg_pool(flat, [1, 2, 2, 1], [1, 2, 2, 1], "VALID")
    return tf.reshape(half, [*before, *half.shape.as_list()[1:]])


@folded("tf.image.ssim_multiscale")
def ssim_multiscale(img1, img2, max_val, power_factors=_FACTORS, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03):
    tf = _tf()
    *pictures, limit = _comparable(img1, img2, max_val)
    found = []
    for scale in range(len(power_factors)):
        if scale > 0:
            pictures = [_halved(one) for one in pictures]
        likeness, structure = _by_channel(*pictures, limit, filter_size, filter_sigma, k1, k2)
        found.append(tf.nn.relu(structure))
    found.pop()
    found.append(tf.nn.relu(likeness))
    return tf.reduce_mean(tf.reduce_prod(tf.pow(tf.stack(found, axis=-1), power_factors), [-1]), [-1])


NAMES = {"image.ssim": ssim, "image.ssim_multiscale": ssim_multiscale}
