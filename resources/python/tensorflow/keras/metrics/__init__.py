# SPDX-License-Identifier: Apache-2.0
"""Keras 3's metrics: means of functions, counts at thresholds, overlaps and scores."""

from tensorflow.keras._named import looked_up as _looked_up, named_classes as _named_classes
from tensorflow.keras.losses import (
    MAE, MAPE, MSE, MSLE, binary_crossentropy, binary_focal_crossentropy, categorical_crossentropy,
    categorical_focal_crossentropy, categorical_hinge, hinge, huber, kl_divergence, kld, KLD, kullback_leibler_divergence, log_cosh,
    logcosh, mae, mape, mean_absolute_error, mean_absolute_percentage_error, mean_squared_error,
    mean_squared_logarithmic_error, mse, msle, poisson, sparse_categorical_crossentropy, squared_hinge,
)  # fmt: skip
from tensorflow.keras.metrics import _confusion, _means, _overlaps, _scores

for _part in (_means, _confusion, _overlaps, _scores):
    globals().update({name: getattr(_part, name) for name in _part.NAMES})

_ALL = _named_classes(*(one for one in list(globals().values()) if isinstance(one, type) and issubclass(one, _means.Metric)))
_ALL |= {
    short: globals()[kind]
    for kind, shorts in {"BinaryCrossentropy": "bce BCE", "MeanSquaredError": "mse MSE", "MeanAbsoluteError": "mae MAE",
                         "MeanAbsolutePercentageError": "mape MAPE", "MeanSquaredLogarithmicError": "msle MSLE"}.items()
    for short in shorts.split()
}  # fmt: skip


def get(identifier):
    return _looked_up(identifier, _ALL, "metric", deserialize)


def serialize(metric):
    from tensorflow.keras._saving import serialize_named

    return serialize_named(metric, "keras.metrics", _ALL)


def deserialize(config, custom_objects=None):
    from tensorflow.keras._saving import deserialize_named

    return deserialize_named(config, _ALL, custom_objects)
