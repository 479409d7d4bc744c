# SPDX-License-Identifier: Apache-2.0
"""tf.keras: Keras 3's behaviour."""

from tensorflow.keras import activations, initializers, losses, metrics, optimizers, random, utils
from tensorflow.keras.initializers import Initializer
from tensorflow.keras.losses import Loss
from tensorflow.keras.metrics import Metric

__version__ = "3.15.1"
