# SPDX-License-Identifier: Apache-2.0
"""Keras under its own name: the same modules and objects as tf.keras."""

import importlib
import importlib.machinery
import sys

from tensorflow import keras as _keras
from tensorflow.keras import Initializer, Loss, Metric, __version__, activations, initializers, losses, metrics, optimizers
from tensorflow.keras import random, utils


class _Alias:
    """`import keras.layers` is `import tensorflow.keras.layers`."""

    def find_spec(self, fullname, path=None, target=None):
        return importlib.machinery.ModuleSpec(fullname, self) if fullname.startswith("keras.") else None

    def create_module(self, spec):
        module = importlib.import_module(f"tensorflow.{spec.name}")
        self._specs = {**getattr(self, "_specs", {}), spec.name: module.__spec__}
        return module

    def exec_module(self, module):
        module.__spec__ = self._specs[f"keras.{module.__name__.partition('keras.')[2]}"]


sys.meta_path.insert(0, _Alias())


def __getattr__(name):
    return getattr(_keras, name)
