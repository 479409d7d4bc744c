# SPDX-License-Identifier: Apache-2.0
"""tf.profiler: measures for TensorBoard, which nobody takes here: profiles begin and end as there
(tensorflow/python/profiler/profiler_v2.py), and hold nothing."""

import collections as _collections
import sys as _sys
import types as _types

from tensorflow._values import _errors


class _State:
    running = False


def start(logdir, options=None):
    if _State.running:
        raise _errors.ALL["AlreadyExistsError"](None, None, "Another profiler is running.")
    from tapescope.standin import note_once

    note_once("tf.profiler writes files for TensorBoard, which a script cannot do here: nothing is measured, and all else runs.")
    _State.running = True


def stop(save=True):
    if not _State.running:
        raise _errors.ALL["UnavailableError"](None, None, "Cannot export profiling results. No profiler is running.")
    _State.running = False


class Profile:
    """A block that is measured."""

    def __init__(self, logdir, options=None):
        self._logdir, self._options = logdir, options

    def __enter__(self):
        experimental.start(self._logdir, self._options)

    def __exit__(self, kind, value, traceback):
        experimental.stop()


class Trace:
    """A block that has a name in the profile."""

    def __init__(self, name, **kwargs):
        pass

    def __enter__(self):
        return self

    def set_metadata(self, **kwargs):
        pass

    def __exit__(self, kind, value, traceback):
        pass


ProfilerOptions = _collections.namedtuple(
    "ProfilerOptions", "host_tracer_level python_tracer_level device_tracer_level delay_ms", defaults=(2, 0, 1, None))

experimental = _types.ModuleType("tensorflow.profiler.experimental")
for _member in (start, stop, Profile, Trace, ProfilerOptions):
    setattr(experimental, _member.__name__, _member)
_sys.modules[experimental.__name__] = experimental
del start, stop, Profile, Trace, ProfilerOptions
