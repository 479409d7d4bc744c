# SPDX-License-Identifier: Apache-2.0
"""tf.keras: Keras 3's behaviour. Layers and models are loaded when a script first names them."""

import importlib

from tensorflow._surface import _missing, _walls
from tensorflow.keras import activations, initializers, losses, metrics, optimizers, random, utils
from tensorflow.keras.initializers import Initializer
from tensorflow.keras.losses import Loss
from tensorflow.keras.metrics import Metric

__version__ = "3.15.1"

#: What is loaded when somebody asks for it: a module, or (module, name).
_LATER = {
    **{name: f"tensorflow.keras.{name}" for name in ("backend", "callbacks", "config", "constraints", "dtype_policies", "layers", "mixed_precision", "models", "ops",
                                                          "preprocessing", "regularizers", "saving", "tree")},
    "Input": "tensorflow.keras.layers", "InputSpec": "tensorflow.keras._specs", "Layer": "tensorflow.keras.layers",
    "KerasTensor": "tensorflow.keras._symbols", "Model": "tensorflow.keras.models",
    "Regularizer": "tensorflow.keras.regularizers", "Sequential": "tensorflow.keras.models",
    "Operation": "tensorflow.keras._symbols", "Optimizer": "tensorflow.keras.optimizers",
    "Variable": "tensorflow.keras._variable", "name_scope": "tensorflow.keras._scopes", "DTypePolicy": "tensorflow.keras._policies",
}


__all__ = ["Initializer", "Loss", "Metric", "activations", "initializers", "losses", "metrics", "optimizers", "random", "utils",
           "version", *_LATER]


def version():
    return __version__


def __getattr__(name):
    wall = _walls.named(f"tensorflow.keras.{name}")
    if wall is not None:
        return wall
    if name not in _LATER:
        raise _missing.error("tensorflow.keras", name, {**globals(), **_LATER})
    module = importlib.import_module(_LATER[name])
    found = module if _LATER[name].endswith(f".{name}") else getattr(module, name)
    globals()[name] = found
    return found
