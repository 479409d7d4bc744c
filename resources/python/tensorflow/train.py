# SPDX-License-Identifier: Apache-2.0
"""tf.train: checkpoints, which a script keeps in its own memory (see keras/_kept.py)."""

import os

import numpy

from tensorflow._surface import _missing, _walls
from tensorflow._taping._variable import Variable
from tensorflow._values import _errors
from tensorflow._taping._moving_average import ExponentialMovingAverage  # noqa: F401
from tensorflow.keras import _kept


def _variables(thing, met):
    """All variables that hang on an object, each once, in the order of its parts."""
    if id(thing) in met:
        return []
    met[id(thing)] = thing
    if hasattr(thing, "assign") and hasattr(thing, "numpy"):
        return [thing]
    if isinstance(thing, dict):
        parts = thing.values()
    elif isinstance(thing, (list, tuple)):
        parts = thing
    elif isinstance(thing, Checkpoint):
        parts = [*thing._parts.values(), thing.save_counter]
    else:
        parts = getattr(thing, "variables", ())
        parts = list(parts() if callable(parts) else parts)
    return [one for part in parts for one in _variables(part, met)]


def _wait(thing, own, arrays):
    """The last of these values become those of the variables that an optimizer has yet to make, in their order."""
    for variable, array in zip(own, arrays):
        variable.assign(array)
    thing.__dict__["_restoring"] = list(arrays[len(own):])


class _Status:
    """What restore() gives: everything that it names was there, or it was refused."""

    def _itself(self):
        return self

    assert_consumed = assert_existing_objects_matched = assert_nontrivial_match = expect_partial = _itself

    def initialize_or_restore(self, session=None):
        return None

    run_restore_ops = initialize_or_restore


_Status.__module__ = "tensorflow.python.checkpoint.checkpoint"
_Status.__name__ = _Status.__qualname__ = "CheckpointLoadStatus"


class Checkpoint:
    """Values of all variables below some objects, by the names that the script gave these."""

    def __init__(self, root=None, **kwargs):
        object.__setattr__(self, "_parts", {})
        if root is not None:
            self._parts["root"] = root
        object.__setattr__(self, "_counter", None)
        for name, thing in kwargs.items():
            setattr(self, name, thing)

    def __setattr__(self, name, value):
        self._parts[name] = value
        object.__setattr__(self, name, value)

    @property
    def save_counter(self):
        if self._counter is None:
            object.__setattr__(self, "_counter", Variable(0, trainable=False, name="save_counter", dtype="int64"))
        return self._counter

    def _values(self):
        return {name: [numpy.array(one.numpy()) for one in _variables(part, {})] for name, part in self._parts.items()}

    def write(self, file_prefix, options=None):
        path = os.fspath(file_prefix)
        _kept.keep(path, (self._values(), int(self.save_counter)), seen_as=".index")
        return path

    def save(self, file_prefix, options=None):
        self.save_counter.assign_add(1)
        return self.write(f"{os.fspath(file_prefix)}-{int(self.save_counter)}")

    def read(self, save_path, options=None):
        return self.restore(save_path)

    def restore(self, save_path, options=None):
        if save_path is None:
            return _Status()
        path = os.fspath(save_path)
        kept = _kept.find(path)
        if kept is None:
            raise _errors.ALL["NotFoundError"](
                None, None,
                f"Error when restoring from checkpoint or SavedModel at {path}: Unsuccessful TensorSliceReader constructor: Failed to "
                f"find any matching files for {path}\nPlease double-check that the path is correct. You may be missing the "
                "checkpoint suffix (e.g. the '-1' in 'path/to/ckpt-1').")
        values, count = kept
        for name, part in self._parts.items():
            if name in values:
                self._put(name, part, values[name])
        self.save_counter.assign(count)
        return _Status()

    @staticmethod
    def _put(name, part, arrays):
        variables = _variables(part, {})
        if len(variables) >= len(arrays):
            for variable, array in zip(variables, arrays):
                variable.assign(array)
        elif hasattr(part, "apply_gradients") and not hasattr(part, "inner_optimizer"):
            _wait(part, variables, arrays)
        else:
            raise NotImplementedError(
                f"Checkpoint.restore(): {name} has {len(variables)} of the {len(arrays)} variables that were saved, and values for "
                "those that are made later are not kept here; build it first (call the model once)")


Checkpoint.__module__ = "tensorflow.python.checkpoint.checkpoint"


class CheckpointManager:
    def __init__(self, checkpoint, directory, max_to_keep, keep_checkpoint_every_n_hours=None, checkpoint_name="ckpt",
                 step_counter=None, checkpoint_interval=None, init_fn=None):
        self._checkpoint, self._directory, self._most = checkpoint, os.fspath(directory), max_to_keep
        self._name, self._init = checkpoint_name, init_fn
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError("Either a positive integer or `None` is expected for the `max_to_keep` argument. Received: "
                             f"{max_to_keep}")
        self._paths = []

    directory = property(lambda self: self._directory)
    checkpoint = property(lambda self: self._checkpoint)
    checkpoints = property(lambda self: list(self._paths))

    @property
    def latest_checkpoint(self):
        return self._paths[-1] if self._paths else None

    def save(self, checkpoint_number=None, check_interval=True, options=None):
        if checkpoint_number is None:
            self._checkpoint.save_counter.assign_add(1)
            checkpoint_number = int(self._checkpoint.save_counter)
        path = self._checkpoint.write(f"{os.path.join(self._directory, self._name)}-{int(checkpoint_number)}")
        self._paths = [one for one in self._paths if one != path] + [path]
        while self._most is not None and len(self._paths) > self._most:
            _kept.forget(self._paths.pop(0), seen_as=".index")
        return path

    def restore_or_initialize(self):
        if self.latest_checkpoint is not None:
            self._checkpoint.restore(self.latest_checkpoint)
            return self.latest_checkpoint
        if self._init is not None:
            self._init()
        return None


def latest_checkpoint(checkpoint_dir, latest_filename=None):
    """The one that was kept last in this folder."""
    found = [path for path in _kept.paths_in(os.fspath(checkpoint_dir)) if isinstance(_kept.find(path), tuple)]
    return found[-1] if found else None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'tensorflow.train' has no attribute '{name}'")
    wall = _walls.named(f"tensorflow.train.{name}")
    if wall is None:
        raise _missing.error("tensorflow.train", name, globals())
    return wall
