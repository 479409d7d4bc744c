# SPDX-License-Identifier: Apache-2.0
"""keras.dtype_policies."""

from tensorflow.keras._policies import DTypePolicy, get, serialize

FloatDTypePolicy = DTypePolicy


def deserialize(config, custom_objects=None):
    return DTypePolicy.from_config(config["config"])


__all__ = ["DTypePolicy", "FloatDTypePolicy", "deserialize", "get", "serialize"]
