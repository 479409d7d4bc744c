# SPDX-License-Identifier: Apache-2.0
"""Files of models and weights: a script keeps them in its own memory, under the paths that it names, for as long as it runs.
Nothing is written to the disk, and a note says so."""

import inspect
import os

import numpy

_NOTE = ("Models and weights that are saved are kept in the script's memory for as long as it runs; nothing is written to the "
         "disk. get_weights() gives their numbers.")
_UNBUILT = ("You are {what} a model that has not yet been built. Try building the model first by calling it on some data or by "
            "using `build()`.")

_files = {}  # normal path -> (the path as it was given, what is kept)


def keep(path, content, seen_as=""):
    """`seen_as`: the ending of the file that os.path.exists() finds."""
    from tapescope import files
    from tapescope.standin import note_once

    note_once(_NOTE)
    _files.pop(os.path.normpath(path), None)  # the last that is kept comes last
    _files[os.path.normpath(path)] = path, content
    files.saved.add(os.path.normpath(path) + seen_as)


def find(path):
    """What was kept under this path; None where nothing was."""
    return _files.get(os.path.normpath(path), (path, None))[1]


def forget(path, seen_as=""):
    from tapescope import files

    _files.pop(os.path.normpath(path), None)
    files.saved.discard(os.path.normpath(path) + seen_as)


def paths_in(folder):
    """In the order in which they were kept."""
    return [path for normal, (path, _) in _files.items() if os.path.dirname(normal) == os.path.dirname(os.path.normpath(folder + "/x"))]


def _numbers(variables):
    return [numpy.array(one.numpy()) for one in variables]


def _fill(layer, arrays):
    """Layer by layer, so that those which do not fit can be named."""
    wrong, first, place = [], None, 0
    for one in layer._flatten_layers():
        own = one._own_variables
        try:
            for variable, array in zip(own, arrays[place : place + len(own)], strict=True):
                variable.assign(array)
        except ValueError as error:
            wrong.append(one)
            first = first or f"Example error message for object {one}:\n\n{error}"
        place += len(own)
    if wrong:
        raise ValueError(f"A total of {len(wrong)} objects could not be loaded. {first}\n\nList of objects that could not be "
                         f"loaded:\n{wrong}")


def save_weights(model, filepath, overwrite=True, **kwargs):
    filepath = os.fspath(filepath)
    if not filepath.endswith(".weights.h5"):
        raise ValueError(f"The filename must end in `.weights.h5`. Received: filepath={filepath}")
    if not model.built:
        raise ValueError(_UNBUILT.format(what="saving"))
    keep(filepath, _weights(model))


def _weights(model):
    return [array for one in model._flatten_layers() for array in _numbers(one._own_variables)]


def load_weights(model, filepath, skip_mismatch=False, **kwargs):
    filepath = os.fspath(filepath)
    if not filepath.endswith((".keras", ".weights.h5", ".h5")):
        raise ValueError(f"File format not supported: filepath={filepath}. Keras 3 only supports V3 `.keras` files, `.weights.h5` "
                         "files, legacy H5 format files (`.h5` extension), or Orbax checkpoints.")
    kept = find(filepath)
    if kept is None:
        _refuse(f"model.load_weights({filepath!r})", "set_weights() takes the numbers as arrays, which np.load reads from a granted "
                                                     "file")
    if not model.built:
        raise ValueError(_UNBUILT.format(what="loading weights into"))
    _fill(model, kept["weights"] if isinstance(kept, dict) else kept)


def _refuse(call, advice):
    import _worker

    _worker.refuse(f"{call}: a script cannot reach files of models here, only what it saved itself in this run; {advice}")


def save_model(model, filepath, overwrite=True, zipped=None, **kwargs):
    from tensorflow.keras import _saving, optimizers

    filepath = os.fspath(filepath)
    if not filepath.endswith((".keras", ".h5", ".hdf5")):
        raise ValueError(
            "Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras format "
            "(recommended) or a `.h5` extension. Use `model.export(filepath)` if you want to export a SavedModel for use with "
            f"TFLite/TFServing/etc. Received: filepath={filepath}.")
    optimizer = model.optimizer if model.compiled else None
    graph = type(model).__name__ == "Functional"
    keep(filepath, {
        "config": None if graph else _saving.serialize(model), "graph": _cloned(model) if graph else None, "class": type(model), "weights": _weights(model), "compiled": model._compiled_with,
        "optimizer": None if optimizer is None else (optimizers.serialize(optimizer), _numbers(_of(optimizer))),
    })


def _of(optimizer):
    """Its variables, for which a legacy one has a method."""
    return optimizer.variables() if callable(optimizer.variables) else optimizer.variables


def _cloned(model):
    from tensorflow.keras.models import clone_model

    return clone_model(model)


def load_model(filepath, custom_objects=None, compile=True, safe_mode=True):
    from tensorflow.keras import _saving

    filepath = os.fspath(filepath)
    if not filepath.endswith((".keras", ".h5", ".hdf5")):
        raise ValueError(
            f"File format not supported: filepath={filepath}. Keras 3 only supports V3 `.keras` files, legacy H5 format files (`.h5` "
            "extension). Note that the legacy SavedModel format is not supported by `load_model()` in Keras 3. In order to reload "
            f"a TensorFlow SavedModel as an inference-only layer in Keras 3, use `keras.layers.TFSMLayer({filepath}, "
            "call_endpoint='serving_default')` (note that your `call_endpoint` might have a different name).")
    kept = find(filepath)
    if kept is None:
        _refuse(f"keras.models.load_model({filepath!r})", "build and train the model in the script")
    model = _cloned(kept["graph"]) if kept["graph"] is not None else _saving.deserialize(kept["config"], custom_objects)
    _fill(model, kept["weights"])
    if compile and kept["compiled"] is not None:
        _compile(model, kept)
    return model


def _compile(model, kept):
    from tensorflow.keras import optimizers

    config, numbers = kept["optimizer"]
    optimizer = optimizers.deserialize(config)
    model.compile(optimizer, **{name: _anew(value) for name, value in kept["compiled"].items()})
    if len(numbers) > len(_of(optimizer)):
        build = optimizer.build if hasattr(optimizer, "build") else optimizer._create_all_weights
        build(model.trainable_variables)
    for variable, array in zip(_of(optimizer), numbers):
        variable.assign(array)


def _anew(value):
    """Losses and metrics are made again of their configuration, as a file would have it."""
    if isinstance(value, dict):
        return {key: _anew(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_anew(one) for one in value]
    if hasattr(value, "get_config") and not inspect.isclass(value):
        return type(value).from_config(value.get_config())
    return value


def restored(thing, variable):
    """A variable that a thing has just made, with the value that a checkpoint had for it."""
    waiting = thing.__dict__.get("_restoring")
    if waiting:
        variable.assign(waiting.pop(0))
    return variable
