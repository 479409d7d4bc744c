# SPDX-License-Identifier: Apache-2.0
"""Intersections by unions of classes: keras/src/metrics/iou_metrics.py."""

import warnings

import tensorflow as tf
from tensorflow.keras import _ops
from tensorflow.keras.metrics._means import Metric


class IoU(Metric):
    _direction = "up"

    #: What get_config() tells, beside name and dtype.
    _told = ("num_classes", "target_class_ids", "ignore_class", "sparse_y_true", "sparse_y_pred", "axis")

    def __init__(self, num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_true=True,
                 sparse_y_pred=True, axis=-1):
        super().__init__(dtype or "int32", name)
        self.num_classes, self.ignore_class, self.axis = num_classes, ignore_class, axis
        self.sparse_y_true, self.sparse_y_pred = sparse_y_true, sparse_y_pred
        self.total_cm = self.add_variable((num_classes, num_classes), dtype=self.dtype, name="total_confusion_matrix")
        if max(target_class_ids) >= num_classes:
            raise ValueError(f"Target class id {max(target_class_ids)} is out of range, which is [0, {num_classes}).")
        self.target_class_ids = list(target_class_ids)

    def _classes(self, y, sparse):
        y = y if sparse else tf.argmax(_ops.tensor(y), axis=self.axis)
        return tf.reshape(_ops.tensor(y, self.dtype), [-1])

    def _weights(self, weights, count):
        if weights is None:
            return tf.ones([count], self.dtype)
        if "float" in str(getattr(weights, "dtype", "")) and "int" in self.dtype:
            warnings.warn(
                "You are passing weight as `float`, but dtype is `int`. This may result in an incorrect weight due to type "
                "casting Consider using integer weights."
            )
        weights = _ops.tensor(weights, self.dtype)
        return tf.broadcast_to(tf.reshape(weights, [-1]) if len(weights.shape) > 1 else weights, [count])

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = self._classes(y_true, self.sparse_y_true), self._classes(y_pred, self.sparse_y_pred)
        weights = self._weights(sample_weight, y_true.shape[0])
        kept = tf.ones(y_true.shape, "bool")
        for classes in (y_true, y_pred):
            kept = kept & (classes >= 0) & (classes < self.num_classes)
        if self.ignore_class is not None:
            kept = kept & tf.not_equal(y_true, tf.constant(self.ignore_class, self.dtype))
        nothing = tf.zeros_like(y_true)
        places = tf.stack([tf.where(kept, y_true, nothing), tf.where(kept, y_pred, nothing)], axis=1)
        counts = tf.scatter_nd(tf.cast(places, "int64"), tf.where(kept, weights, nothing), [self.num_classes] * 2)
        return self.total_cm.assign(self.total_cm + counts)

    def result(self):
        hits = tf.linalg.diag_part(tf.identity(self.total_cm))
        union = tf.reduce_sum(self.total_cm, axis=0) + tf.reduce_sum(self.total_cm, axis=1) - hits
        hits, union = (tf.cast(tf.gather(one, self.target_class_ids), "float32") for one in (hits, union))
        seen = union > 1e-9
        shares = tf.where(seen, hits / (union + _ops.EPSILON), 0.0)
        return tf.reduce_sum(shares, axis=self.axis) / (tf.reduce_sum(tf.cast(seen, "float32")) + _ops.EPSILON)

    def get_config(self):
        return {"name": self.name, "dtype": self.dtype, **{key: getattr(self, key) for key in self._told}}


class BinaryIoU(IoU):
    _told = ("target_class_ids", "threshold")

    def __init__(self, target_class_ids=(0, 1), threshold=0.5, name=None, dtype=None):
        super().__init__(2, target_class_ids, name, dtype)
        self.threshold = threshold

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_pred = tf.cast(_ops.tensor(y_pred, "float32") >= self.threshold, self.dtype)
        return super().update_state(y_true, y_pred, sample_weight)


class MeanIoU(IoU):
    _told = ("num_classes", "ignore_class", "sparse_y_true", "sparse_y_pred", "axis")

    def __init__(self, num_classes, name=None, dtype=None, ignore_class=None, sparse_y_true=True, sparse_y_pred=True, axis=-1):
        super().__init__(num_classes, list(range(num_classes)), name, dtype, ignore_class, sparse_y_true, sparse_y_pred, axis)


class OneHotIoU(IoU):
    _told = ("num_classes", "target_class_ids", "ignore_class", "sparse_y_pred", "axis")

    def __init__(self, num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, axis=-1):
        super().__init__(num_classes, target_class_ids, name, dtype, ignore_class, False, sparse_y_pred, axis)


class OneHotMeanIoU(MeanIoU):
    _told = ("num_classes", "ignore_class", "sparse_y_pred", "axis")

    def __init__(self, num_classes, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, axis=-1):
        super().__init__(num_classes, name, dtype, ignore_class, False, sparse_y_pred, axis)


NAMES = "BinaryIoU IoU MeanIoU OneHotIoU OneHotMeanIoU".split()
