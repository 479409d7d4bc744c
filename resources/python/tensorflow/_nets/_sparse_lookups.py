# SPDX-License-Identifier: Apache-2.0
"""Sums and means of embeddings, a row for each row of a sparse tensor: tensorflow/python/ops/embedding_ops.py."""

import sys

from tensorflow._irregular import _sparse
from tensorflow._running._fold import folded

_COMBINERS = ("mean", "sqrtn", "sum")


def _tf():
    return sys.modules["tensorflow"]


def _plain(rows, places, segments, combiner):
    """Each embedding counts once."""
    sparse = _tf().sparse
    return {"sum": sparse.segment_sum, "mean": sparse.segment_mean, "sqrtn": sparse.segment_sqrt_n}[combiner](rows, places, segments)


def _weighted(rows, places, segments, weights, combiner):
    tf = _tf()
    found = tf.gather(rows, places)
    own = found.dtype
    if own in (tf.float16, tf.bfloat16):
        found = tf.cast(found, tf.float32)
    weights = tf.reshape(tf.cast(weights, found.dtype), [-1] + [1] * (found.shape.rank - 1))
    total = tf.math.segment_sum(found * weights, segments)
    if combiner == "mean":
        total = tf.math.divide_no_nan(total, tf.math.segment_sum(weights, segments))
    elif combiner == "sqrtn":
        total = tf.math.divide_no_nan(total, tf.sqrt(tf.math.segment_sum(tf.pow(weights, 2), segments)))
    return tf.cast(total, own) if own != found.dtype else total


def _require_sparse(ids, weights):
    if not isinstance(ids, _sparse.SparseTensor):
        raise TypeError(f"sp_ids must be SparseTensor, got {type(ids)}")
    if weights is None:
        return
    if not isinstance(weights, _sparse.SparseTensor):
        raise TypeError(f"sp_weights must be either None or SparseTensor,got {type(weights)}")
    ids.values.shape.assert_is_compatible_with(weights.values.shape)
    ids.indices.shape.assert_is_compatible_with(weights.indices.shape)


@folded("tf.nn.embedding_lookup_sparse")
def embedding_lookup_sparse(params, sp_ids, sp_weights, combiner=None, max_norm=None, name=None, allow_fast_lookup=False):
    tf = _tf()
    combiner = "mean" if combiner is None else combiner
    if combiner not in _COMBINERS:
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner}")
    ragged = isinstance(sp_ids, tf.RaggedTensor)
    if not ragged:
        _require_sparse(sp_ids, sp_weights)
    segments = tf.cast(sp_ids.value_rowids() if ragged else sp_ids.indices[:, 0], tf.int32)
    weights = None if sp_weights is None else sp_weights.values
    known, places = tf.unique(sp_ids.values)
    rows = tf.nn.embedding_lookup(params, known, max_norm=max_norm)
    if weights is None:
        return _plain(rows, places, segments, combiner)
    return _weighted(rows, places, segments, weights, combiner)


def _retained(ids, weights, valid):
    return tuple(one if one is None else _tf().sparse.retain(one, valid) for one in (ids, weights))


@folded("tf.nn.safe_embedding_lookup_sparse")
def safe_embedding_lookup_sparse(embedding_weights, sparse_ids, sparse_weights=None, combiner="mean", default_id=None, max_norm=None,
                                 name=None, allow_fast_lookup=False):
    """Ids below 0 and weights that are not above 0 are left out; rows without any are zeros, or the default's."""
    tf = _tf()
    if embedding_weights is None or isinstance(embedding_weights, list) and not embedding_weights:
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    *outer, last = sparse_ids.shape.as_list()
    flat = tf.sparse.reshape(sparse_ids, [-1, last])
    weights = None if sparse_weights is None else tf.SparseTensor(flat.indices, sparse_weights.values, flat.dense_shape)
    flat, weights = _retained(flat, weights, tf.greater_equal(flat.values, 0))
    if combiner != "sum" and weights is not None:
        flat, weights = _retained(flat, weights, tf.greater(weights.values, 0))
    flat, empty = tf.sparse.fill_empty_rows(flat, default_id or 0)
    if weights is not None:
        weights, _ = tf.sparse.fill_empty_rows(weights, 1.0)
    found = embedding_lookup_sparse(embedding_weights, flat, weights, combiner, max_norm)
    if default_id is None:
        found = tf.where(tf.tile(tf.reshape(empty, [-1, 1]), [1, found.shape[1]]), tf.zeros_like(found), found)
    return tf.reshape(found, [*outer, *found.shape.as_list()[1:]])


NN = {function.__name__: function for function in (embedding_lookup_sparse, safe_embedding_lookup_sparse)}
