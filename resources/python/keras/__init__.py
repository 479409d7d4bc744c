# SPDX-License-Identifier: Apache-2.0
"""Keras under its own name: the same objects as tf.keras."""

from tensorflow.keras import Loss, Metric, __version__, activations, losses, metrics, optimizers

__all__ = ["Loss", "Metric", "__version__", "activations", "losses", "metrics", "optimizers"]
