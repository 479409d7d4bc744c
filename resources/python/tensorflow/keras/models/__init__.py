# SPDX-License-Identifier: Apache-2.0
"""keras.models."""

from tensorflow.keras.models._model import Model
from tensorflow.keras.models._functional import Functional
from tensorflow.keras.models._sequential import Sequential
from tensorflow.keras.models._cloning import clone_model
from tensorflow.keras.models._json import model_from_json
from tensorflow.keras._kept import load_model, save_model

__all__ = ["Functional", "Model", "Sequential", "clone_model", "load_model", "model_from_json", "save_model"]
