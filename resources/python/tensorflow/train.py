# SPDX-License-Identifier: Apache-2.0
"""tf.train: checkpoints, which a script keeps in its own memory (see keras/_kept.py)."""

import os

from tensorflow._running import _deferred
from tensorflow._surface import _missing, _walls
from tensorflow._taping._variable import Variable
from tensorflow._values import _errors
from tensorflow._taping._moving_average import ExponentialMovingAverage  # noqa: F401
from tensorflow.keras import _kept


class _Status:
    """What restore() gives: it knows what has found its place."""

    def __init__(self, restoring=None, parts=None):
        self._restoring, self._parts = restoring, parts

    def _unbound(self):
        return [] if self._restoring is None else self._restoring.unbound(self._parts())

    def assert_existing_objects_matched(self):
        left = self._unbound()
        if left:
            shown = left[:10]
            raise AssertionError(
                f"Found {len(left)} Python objects that were not bound to checkpointed values, likely due to changes in the Python "
                f"program. Showing {len(shown)} of {len(left)} unmatched objects: {shown}")
        return self

    def assert_consumed(self):
        self.assert_existing_objects_matched()
        left = None if self._restoring is None else self._restoring.unresolved()
        if left is not None:
            path, title = left
            raise AssertionError(
                f"Unresolved object in checkpoint (root).{'.'.join(path)}: attributes {{\n  name: \"VARIABLE_VALUE\"\n  full_name: "
                f'"{title}"\n  checkpoint_key: "{_deferred.key(path)}"\n}}\nhas_checkpoint_values {{\n  value: true\n}}\n')
        return self

    def assert_nontrivial_match(self):
        if self._restoring is not None and not self._restoring.done:
            raise AssertionError(
                "Nothing except the root object matched a checkpointed value. Typically this means that the checkpoint does not match "
                f"the Python program. The following objects have no matching checkpointed value: {self._unbound()}")
        return self

    def expect_partial(self):
        return self

    def initialize_or_restore(self, session=None):
        return None

    run_restore_ops = initialize_or_restore


_Status.__module__ = "tensorflow.python.checkpoint.checkpoint"
_Status.__name__ = _Status.__qualname__ = "CheckpointLoadStatus"


class _Kept:
    """A checkpoint in memory."""

    def __init__(self, root):
        self.root = root


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

    def _node(self, counted):
        """All that hangs on it; what is its root hangs on it directly."""
        root = self._parts.get("root")
        parts = dict(_deferred.parts(root)) if root is not None and _deferred.is_open(root) else dict(self._parts)
        parts.update({name: part for name, part in self._parts.items() if name != "root"})
        return _deferred.Node({**parts, **({"save_counter": self.save_counter} if counted else {})}, {})

    def write(self, file_prefix, options=None):
        return self._write(file_prefix, self._counter is not None)

    def _write(self, file_prefix, counted):
        path = os.fspath(file_prefix)
        _kept.keep(path, _Kept(self._node(counted)), seen_as=".index")
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
        restoring = _deferred.Restoring(kept.root)
        self._put(restoring, kept.root)
        return _Status(restoring, lambda: [self.save_counter, *self._parts.values()])

    def _put(self, restoring, root):
        whole = self._parts.get("root")
        if whole is not None:
            restoring.put(whole, root)
        for name, part in {**self._parts, "save_counter": self.save_counter}.items():
            if name in root.parts and name != "root":
                restoring.put(part, root.parts[name])


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
    found = [path for path in _kept.paths_in(os.fspath(checkpoint_dir)) if isinstance(_kept.find(path), _Kept)]
    return found[-1] if found else None


def _file(path):
    """The checkpoint of this name, or the newest in the folder of this name."""
    path = os.fspath(path)
    kept = _kept.find(path) or _kept.find(latest_checkpoint(path) or path)
    if not isinstance(kept, _Kept):
        raise _errors.ALL["NotFoundError"](
            None, None, f"Unsuccessful TensorSliceReader constructor: Failed to find any matching files for {path}")
    if kept.root.closed():
        _walls.function("tf.train.load_checkpoint")()
    return {_deferred.key(place): value for place, _, value in kept.root.rows()}


def list_variables(ckpt_dir_or_file):
    rows = {"_CHECKPOINTABLE_OBJECT_GRAPH": [], **{name: list(value.shape) for name, value in _file(ckpt_dir_or_file).items()}}
    return sorted(rows.items())


def load_variable(ckpt_dir_or_file, name):
    name = name.removesuffix(":0")
    values = _file(ckpt_dir_or_file)
    if name not in values:
        raise _errors.ALL["NotFoundError"](None, None, f"Key {name} not found in checkpoint")
    return values[name]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'tensorflow.train' has no attribute '{name}'")
    wall = _walls.named(f"tensorflow.train.{name}")
    if wall is None:
        raise _missing.error("tensorflow.train", name, globals())
    return wall
