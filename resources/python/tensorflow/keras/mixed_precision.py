# SPDX-License-Identifier: Apache-2.0
"""keras.mixed_precision: the policies of dtypes under their older names."""

import _tapescope

from tensorflow.keras._policies import DTypePolicy, dtype_policy, set_dtype_policy

if _tapescope.keras == "3":
    from tensorflow.keras.optimizers import LossScaleOptimizer
else:
    from tensorflow.keras.optimizers._older.scaling import BaseLossScaleOptimizer as LossScaleOptimizer

Policy, global_policy, set_global_policy = DTypePolicy, dtype_policy, set_dtype_policy

__all__ = ["DTypePolicy", "LossScaleOptimizer", "Policy", "dtype_policy", "global_policy", "set_dtype_policy", "set_global_policy"]
