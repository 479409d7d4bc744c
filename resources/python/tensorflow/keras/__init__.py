# SPDX-License-Identifier: Apache-2.0
"""tf.keras: Keras 3's behaviour."""

from tensorflow.keras import optimizers

__version__ = "3.15.1"
