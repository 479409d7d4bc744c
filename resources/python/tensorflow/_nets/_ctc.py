# SPDX-License-Identifier: Apache-2.0
"""Connectionist temporal classification: tensorflow/python/ops/ctc_ops.py, as the sum over all ways through a lattice."""

import _tapescope

from tensorflow._irregular._sparse import SparseTensor
from tensorflow._running._fold import folded

_NEVER = -99999.0  # the logarithm of 0, such that it can be computed with


def _dense_labels(labels):
    """Labels and their lengths, of a sparse tensor."""
    import numpy

    places, values = labels.indices.numpy(), labels.values.numpy()
    dense = numpy.zeros(labels.shape.as_list(), values.dtype)
    lengths = numpy.zeros(dense.shape[0], "int64")
    for (row, column), value in zip(places.tolist(), values.tolist()):
        dense[row, column] = value
        lengths[row] += 1
    return dense, lengths


def _lattice(labels, blank):
    """The labels with blanks around each, and where one may come to from two places before."""
    import numpy

    ways = numpy.full((labels.shape[0], 2 * labels.shape[1] + 1), blank, "int32")
    ways[:, 1::2] = labels
    skips = numpy.zeros(ways.shape, bool)
    skips[:, 3::2] = ways[:, 3::2] != ways[:, 1:-2:2]
    return ways, skips


def _moved(scores, count, tensorflow):
    return tensorflow.pad(scores, [[0, 0], [count, 0]], constant_values=_NEVER)[:, : scores.shape[1]]


@folded("nn.ctc_loss")
def ctc_loss(labels, logits, label_length, logit_length, logits_time_major=True, unique=None, blank_index=None, name=None):
    import numpy
    import tensorflow

    if isinstance(labels, SparseTensor):
        if blank_index is None:
            raise ValueError("Argument `blank_index` must be provided when `labels` is a `SparseTensor`.")
        labels, label_length = _dense_labels(labels)
    logits = tensorflow.nn.log_softmax(tensorflow.convert_to_tensor(logits))
    steps = tensorflow.unstack(logits, axis=0 if logits_time_major else 1)
    blank = blank_index or 0
    ways, skips = _lattice(numpy.asarray(labels), blank + logits.shape[-1] if blank < 0 else blank)
    lengths, frames = numpy.asarray(label_length, "int64"), numpy.asarray(logit_length, "int64")
    never = tensorflow.constant(_NEVER, logits.dtype)
    scores = tensorflow.gather(steps[0], ways, batch_dims=1)
    scores = tensorflow.where(numpy.arange(ways.shape[1]) < 2, scores, never)
    for step, emitted in enumerate(steps[1:], 1):
        came = [scores, _moved(scores, 1, tensorflow), tensorflow.where(skips, _moved(scores, 2, tensorflow), never)]
        following = tensorflow.reduce_logsumexp(tensorflow.stack(came), axis=0) + tensorflow.gather(emitted, ways, batch_dims=1)
        scores = tensorflow.where((step < frames)[:, None], following, scores)
    ends = numpy.stack([2 * lengths, numpy.maximum(2 * lengths - 1, 0)], 1)
    last = tensorflow.gather(scores, ends, batch_dims=1)
    last = tensorflow.where(numpy.stack([lengths >= 0, lengths > 0], 1), last, never)
    return -tensorflow.reduce_logsumexp(last, axis=1)


def ctc_greedy_decoder(inputs, sequence_length, merge_repeated=True, blank_index=None):
    import numpy
    import tensorflow

    values = _tapescope.array(tensorflow.convert_to_tensor(inputs))
    frames = numpy.asarray(sequence_length, "int64")
    blank = values.shape[2] - 1 if blank_index is None else blank_index
    blank = blank + values.shape[2] if blank < 0 else blank
    best = values.argmax(2)
    rows, totals = [], numpy.zeros((values.shape[1], 1), values.dtype)
    for row in range(values.shape[1]):
        way = best[: frames[row], row].tolist()
        totals[row, 0] = -sum(values[step, row, label] for step, label in enumerate(way))
        kept = [label for step, label in enumerate(way) if not (merge_repeated and step and way[step - 1] == label)]
        rows.append([label for label in kept if label != blank])
    places = [[row, column] for row, labels in enumerate(rows) for column in range(len(labels))]
    indices = numpy.array(places, "int64").reshape(-1, 2)
    flat = numpy.array([label for labels in rows for label in labels], "int64")
    widest = max((len(labels) for labels in rows), default=0)
    return [SparseTensor(indices, flat, [len(rows), widest])], _tapescope.constant(totals)
