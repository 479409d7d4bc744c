# SPDX-License-Identifier: Apache-2.0
"""Keras under its own name: the same objects as tf.keras."""

from tensorflow.keras import Loss, __version__, activations, losses, optimizers

__all__ = ["Loss", "__version__", "activations", "losses", "optimizers"]
