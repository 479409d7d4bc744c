# SPDX-License-Identifier: Apache-2.0
"""Losses over the true classes and a few others that are drawn: _compute_sampled_logits, nce_loss and sampled_softmax_loss
of tensorflow/python/ops/nn_impl.py."""

import sys

from tensorflow._chance import _candidates
from tensorflow._running._fold import folded


def _tf():
    return sys.modules["tensorflow"]


def _sum_rows(x):
    tf = _tf()
    return tf.reshape(tf.matmul(x, tf.ones([x.shape[1], 1], x.dtype)), [-1])


def _looked_up(params, ids, dtype):
    tf = _tf()
    return tf.cast(tf.nn.embedding_lookup(params, ids), dtype)


def _without_hits(logits, labels, sampled, num_true):
    """Classes that are true ones too get the lowest weight there is."""
    tf = _tf()
    rows, places, weights = _candidates.compute_accidental_hits(labels, sampled, num_true)
    where = tf.concat([tf.reshape(rows, [-1, 1]), tf.reshape(tf.cast(places, tf.int32), [-1, 1])], 1)
    return logits + tf.tensor_scatter_nd_update(tf.zeros(logits.shape, logits.dtype), where, tf.cast(weights, logits.dtype))


def _logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, no_hits, seed=None):
    """Logits of the true classes, then of those that were drawn, and what they should be."""
    tf = _tf()
    if labels.dtype != tf.int64:
        labels = tf.cast(labels, tf.int64)
    flat = tf.reshape(labels, [-1])
    if sampled_values is None:
        sampled_values = _candidates.log_uniform_candidate_sampler(labels, num_true, num_sampled, True, num_classes, seed=seed)
    sampled, true_count, sampled_count = (tf.stop_gradient(one) for one in sampled_values)
    sampled = tf.cast(sampled, tf.int64)
    ids, known = tf.concat([flat, sampled], 0), flat.shape[0]
    all_w = _looked_up(weights, ids, inputs.dtype)
    true_w = tf.slice(all_w, [0, 0], [known, -1])
    sampled_logits = tf.matmul(inputs, tf.slice(all_w, [known, 0], [-1, -1]), transpose_b=True)
    all_b = _looked_up(biases, ids, inputs.dtype)
    true_b, sampled_b = tf.slice(all_b, [0], [known]), tf.slice(all_b, [known], [-1])
    width = true_w.shape[1]
    dots = tf.multiply(tf.expand_dims(inputs, 1), tf.reshape(true_w, [-1, num_true, width]))
    true_logits = tf.reshape(_sum_rows(tf.reshape(dots, [-1, width])), [-1, num_true])
    true_logits += tf.reshape(true_b, [-1, num_true])
    sampled_logits += sampled_b
    if no_hits:
        sampled_logits = _without_hits(sampled_logits, labels, sampled, num_true)
    true_logits -= tf.math.log(true_count)
    sampled_logits -= tf.math.log(sampled_count)
    wanted = [tf.ones_like(true_logits) / num_true, tf.zeros_like(sampled_logits)]
    return tf.concat([true_logits, sampled_logits], 1), tf.concat(wanted, 1)


@folded("tf.nn.nce_loss")
def nce_loss(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None,
             remove_accidental_hits=False, name="nce_loss"):
    logits, wanted = _logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, remove_accidental_hits)
    return _sum_rows(_tf().nn.sigmoid_cross_entropy_with_logits(wanted, logits))


@folded("tf.nn.sampled_softmax_loss")
def sampled_softmax_loss(weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None,
                         remove_accidental_hits=True, seed=None, name="sampled_softmax_loss"):
    tf = _tf()
    logits, wanted = _logits(weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values,
                             remove_accidental_hits, seed)
    return tf.nn.softmax_cross_entropy_with_logits(tf.stop_gradient(wanted), logits)


NN = {
    "compute_accidental_hits": _candidates.compute_accidental_hits,
    "nce_loss": nce_loss,
    "sampled_softmax_loss": sampled_softmax_loss,
}
