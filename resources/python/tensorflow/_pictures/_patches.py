# SPDX-License-Identifier: Apache-2.0
"""tf.image.extract_patches: windows of pictures, one behind the other in the channels."""

import numpy

import _tapescope

from tensorflow._running._fold import folded
from tensorflow._surface._deprecation import deprecated


_NODE = (
    "NodeDef: {{node ExtractImagePatches}}; Op<name=ExtractImagePatches; signature=images:T -> patches:T; attr=ksizes:list(int),min=4; "
    "attr=strides:list(int),min=4; attr=rates:list(int),min=4; attr=T:type,allowed=[DT_BFLOAT16, DT_HALF, DT_FLOAT, DT_DOUBLE, DT_INT8, "
    "DT_INT16, DT_INT32, DT_INT64, DT_UINT8, DT_UINT16, DT_UINT32, DT_UINT64, DT_COMPLEX64, DT_COMPLEX128, DT_BOOL]; "
    'attr=padding:string,allowed=["SAME", "VALID"]> [Op:ExtractImagePatches] name: '
)


def _places(size, window, stride, rate, padding):
    """Where each window of one axis has its elements, and how much is to be put before and behind."""
    reach = (window - 1) * rate + 1
    if padding == "SAME":
        count = -(-size // stride)
        missing = max(0, (count - 1) * stride + reach - size)
        before = missing // 2
    else:
        count, missing, before = max(0, -(-(size - reach + 1) // stride)), 0, 0
    starts = numpy.arange(count)[:, None] * stride + numpy.arange(window)[None, :] * rate
    return starts, [before, missing - before]


def _require(images, sizes, strides, rates, padding):
    import tensorflow

    for title, values in (("ksizes", sizes), ("strides", strides), ("rates", rates)):
        if len(values) < 4:
            raise tensorflow.errors.InvalidArgumentError(
                None, None, f"Length for attr '{title}' of {len(values)} must be at least minimum 4\n\t; {_NODE}")
    if padding not in ("SAME", "VALID"):
        raise tensorflow.errors.InvalidArgumentError(
            None, None, f"Value for attr 'padding' of \"{padding}\" is not in the list of allowed values: "
            f'"SAME", "VALID"\n\t; {_NODE}')
    for title, values in (("ksizes", sizes), ("strides", strides), ("rates", rates)):
        if min(values) < 1:
            raise tensorflow.errors.OutOfRangeError(
                None, None,
                "{{function_node __wrapped__ExtractImagePatches_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
                f"{title} is out of range. [Op:ExtractImagePatches] name: ")
    if images.shape.rank != 4:
        raise tensorflow.errors.InvalidArgumentError(
            None, None,
            "{{function_node __wrapped__ExtractImagePatches_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
            f"input must be 4-dimensional[{','.join(map(str, images.shape))}] [Op:ExtractImagePatches] name: ")


@folded("tf.image.extract_patches")
def extract_patches(images, sizes, strides, rates, padding, name=None):
    import tensorflow

    images = _tapescope.tensor(images)
    _require(images, sizes, strides, rates, padding)
    count, height, width, channels = list(images.shape)
    rows, above = _places(height, sizes[1], strides[1], rates[1], padding)
    columns, left = _places(width, sizes[2], strides[2], rates[2], padding)
    padded = tensorflow.pad(images, [[0, 0], above, left, [0, 0]])
    line = width + sum(left)
    places = rows[:, None, :, None] * line + columns[None, :, None, :]
    flat = tensorflow.reshape(padded, [count, (height + sum(above)) * line, channels])
    taken = tensorflow.gather(flat, _tapescope.constant(places.reshape(-1).astype("int32")), axis=1)
    return tensorflow.reshape(taken, [count, len(rows), len(columns), sizes[1] * sizes[2] * channels])


@deprecated("ops.array_ops", "Not for public use.")
def guarantee_const(input, name=None):
    return _tapescope.run("GuaranteeConst", _tapescope.tensor(input))
