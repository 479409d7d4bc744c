# SPDX-License-Identifier: Apache-2.0
"""The largest and the smallest of a row as accelerators find them, and the nearest row that only falls or rises."""

import collections
import sys

import numpy

import _tapescope

from tensorflow._running._fold import folded

ApproxTopK = collections.namedtuple("ApproxTopK", "values indices")
IsotonicRegression = collections.namedtuple("IsotonicRegression", "output segments")


def _tf():
    return sys.modules["tensorflow"]


@folded("tf.math.approx_max_k")
def approx_max_k(operand, k, reduction_dimension=-1, recall_target=0.95, reduction_input_size_override=-1, aggregate_to_topk=True, name=None):
    tf = _tf()
    operand = tf.convert_to_tensor(operand)
    if operand.dtype.name not in ("float32", "float16", "bfloat16"):
        _tapescope.refuse_type("ApproxTopK", "T", operand.dtype)
    if reduction_dimension not in (-1, operand.shape.rank - 1):
        raise NotImplementedError("tf.math.approx_max_k(): on a processor TensorFlow has a kernel for the last dimension only")
    return ApproxTopK(*tf.math.top_k(operand, k))


def _blocks(row):
    """For each number of a row that is to fall, the number of its block: blocks that rise are joined to their mean."""
    blocks = []
    for value in row:
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] < blocks[-1][0] * blocks[-2][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    return numpy.repeat(numpy.arange(len(blocks)), [count for _, count in blocks]).astype("int32")


@folded("tf.nn.isotonic_regression")
def isotonic_regression(inputs, decreasing=True, axis=-1, name=None):
    tf = _tf()
    inputs = tf.convert_to_tensor(inputs)
    rank = inputs.shape.rank
    if axis not in (-1, rank - 1):
        order = list(range(rank))
        order[axis], order[-1] = order[-1], order[axis]
        found = isotonic_regression(tf.transpose(inputs, order), decreasing)
        return tuple(tf.transpose(one, order) for one in found)
    values = tf.cast(inputs, tf.float64) if inputs.dtype.is_integer else inputs
    width = inputs.shape[-1]
    rows = tf.reshape(values if decreasing else -values, [-1, width])
    segments = numpy.array([_blocks(row) for row in rows.numpy().astype("float64")], "int32").reshape(-1, width)
    means = [tf.gather(tf.math.segment_mean(row, of), of) for row, of in zip(tf.unstack(rows), segments)]
    output = tf.reshape(tf.stack(means) if means else rows, tf.shape(inputs))
    segments = tf.constant(segments.reshape(inputs.shape))
    return IsotonicRegression(output, segments) if decreasing else (-output, segments)


NAMES = {"math.approx_max_k": approx_max_k, "nn.approx_max_k": approx_max_k, "nn.isotonic_regression": isotonic_regression}
