# SPDX-License-Identifier: Apache-2.0
"""tf.keras.optimizers.legacy: the optimizers until TensorFlow 2.10, and in Keras 3 names that say they are no longer there."""

import _tapescope


class LegacyOptimizerWarning:
    def __init__(self, *args, **kwargs):
        raise ImportError(
            "`keras.optimizers.legacy` is not supported in Keras 3. When using `tf.keras`, to continue using a "
            "`tf.keras.optimizers.legacy` optimizer, you can install the `tf_keras` package (Keras 2) and set the "
            "environment variable `TF_USE_LEGACY_KERAS=True` to configure TensorFlow to use `tf_keras` when accessing "
            "`tf.keras`."
        )


if _tapescope.keras == "3":
    Adagrad = Adam = Ftrl = RMSprop = SGD = Optimizer = LegacyOptimizerWarning
else:
    from tensorflow.keras.optimizers._older.legacy import Adadelta, Adagrad, Adam, Adamax, Ftrl, Nadam, RMSprop, SGD
    from tensorflow.keras.optimizers._older.legacy_base import Optimizer
