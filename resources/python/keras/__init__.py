# SPDX-License-Identifier: Apache-2.0
"""Keras under its own name: the same objects as tf.keras."""

from tensorflow.keras import __version__, optimizers

__all__ = ["__version__", "optimizers"]
