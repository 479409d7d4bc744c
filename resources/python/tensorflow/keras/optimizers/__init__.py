# SPDX-License-Identifier: Apache-2.0
"""tf.keras.optimizers, in the behaviour that the run has: Keras 3, Keras 2.11 to 2.15, or the legacy optimizers."""

import _tapescope

if _tapescope.keras == "3":
    from tensorflow.keras.optimizers._three import *
    from tensorflow.keras.optimizers._three import LossScaleOptimizer, Slot, Variable, deserialize, get, serialize
else:
    from tensorflow.keras.optimizers._older import *
from tensorflow.keras.optimizers import legacy, schedules
