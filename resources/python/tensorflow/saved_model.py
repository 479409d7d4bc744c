# SPDX-License-Identifier: Apache-2.0
"""tf.saved_model: modules that are saved are kept in the script's memory (see keras/_kept.py) as copies, with the kinds of
arguments that their functions were called with. What is loaded has their variables and these functions, and nothing else."""

import os
import sys

from tensorflow._running import _module, _restored
from tensorflow._surface import _walls
from tensorflow.keras import _kept

ASSETS_DIRECTORY, ASSETS_KEY, DEBUG_DIRECTORY = "assets", "saved_model_assets", "debug"
CLASSIFY_INPUTS = PREDICT_INPUTS = REGRESS_INPUTS = "inputs"
CLASSIFY_METHOD_NAME, CLASSIFY_OUTPUT_CLASSES = "tensorflow/serving/classify", "classes"
CLASSIFY_OUTPUT_SCORES, PREDICT_METHOD_NAME = "scores", "tensorflow/serving/predict"
PREDICT_OUTPUTS = REGRESS_OUTPUTS = "outputs"
REGRESS_METHOD_NAME, DEBUG_INFO_FILENAME_PB = "tensorflow/serving/regress", "saved_model_debug_info.pb"
DEFAULT_SERVING_SIGNATURE_DEF_KEY, SERVING, TRAINING, GPU, TPU = "serving_default", "serve", "train", "gpu", "tpu"
SAVED_MODEL_FILENAME_PB, SAVED_MODEL_FILENAME_PBTXT = "saved_model.pb", "saved_model.pbtxt"
SAVED_MODEL_SCHEMA_VERSION, VARIABLES_DIRECTORY, VARIABLES_FILENAME = 1, "variables", "variables"


class SaveOptions:
    def __init__(self, namespace_whitelist=None, save_debug_info=False, function_aliases=None, experimental_debug_stripper=False,
                 experimental_io_device=None, experimental_variable_policy=None, experimental_custom_gradients=True,
                 experimental_image_format=False, experimental_skip_saver=False, experimental_sharding_callback=None,
                 extra_tags=None):
        vars(self).update({name: value for name, value in locals().items() if name != "self"})


class LoadOptions:
    def __init__(self, allow_partial_checkpoint=False, experimental_io_device=None, experimental_skip_checkpoint=False,
                 experimental_variable_policy=None, experimental_load_function_aliases=False):
        vars(self).update({name: value for name, value in locals().items() if name != "self"})


SaveOptions.__module__ = "tensorflow.python.saved_model.save_options"
LoadOptions.__module__ = "tensorflow.python.saved_model.load_options"


def save(obj, export_dir, signatures=None, options=None):
    if isinstance(obj, sys.modules["tensorflow"].keras.layers.Layer):
        _walls.function("tf.saved_model.save")()
    if not isinstance(obj, _module.Module):
        raise ValueError(
            "Expected an object of type `Trackable`, such as `tf.Module` or a subclass of the `Trackable` class, for export. Got "
            f"{obj} with type {type(obj)}.")
    if signatures is not None and not isinstance(signatures, dict):
        signatures = {DEFAULT_SERVING_SIGNATURE_DEF_KEY: signatures}
    _kept.keep(os.fspath(export_dir), _restored.Saved(obj, signatures or {}), seen_as="/" + SAVED_MODEL_FILENAME_PB)


def load(export_dir, tags=None, options=None):
    path = os.fspath(export_dir)
    if not contains_saved_model(path):
        raise OSError(f"SavedModel file does not exist at: {path}/{{{SAVED_MODEL_FILENAME_PBTXT}|{SAVED_MODEL_FILENAME_PB}}}")
    return _kept.find(path).loaded()


def contains_saved_model(export_dir):
    return isinstance(_kept.find(os.fspath(export_dir)), _restored.Saved)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'tensorflow.saved_model' has no attribute '{name}'")
    return _walls.function(f"tf.saved_model.{name}")
