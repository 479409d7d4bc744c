# SPDX-License-Identifier: Apache-2.0
"""Keras under its own name: the same objects as tf.keras."""

from tensorflow.keras import Initializer, Loss, Metric, __version__, activations, initializers, losses, metrics, optimizers
from tensorflow.keras import random, utils

__all__ = [
    "Initializer", "Loss", "Metric", "__version__", "activations", "initializers", "losses", "metrics", "optimizers", "random",
    "utils",
]
