# SPDX-License-Identifier: Apache-2.0
"""tf.summary: what TensorBoard would read. Arguments are looked at as there (tensorflow/python/ops/summary_ops_v2.py,
tensorboard/plugins), the answers are the same, and nothing is written: a note says so once."""

import contextlib as _contextlib
import sys as _sys
import types as _types

import _tapescope


class _State:
    writer, step, recording, tracing = None, None, True, False


def _told():
    from tapescope.standin import note_once

    note_once("tf.summary writes files for TensorBoard, which a script cannot do here: nothing is written, and all else runs.")


class SummaryWriter:
    """Where summaries would go."""

    __module__ = "tensorflow.python.ops.summary_ops_v2"

    def __init__(self):
        self._closed = False

    def _require_open(self):
        if self._closed:
            raise RuntimeError(f"SummaryWriter {self!r} is already closed")

    def set_as_default(self, step=None):
        self._require_open()
        _State.writer = self
        if step is not None:
            _State.step = step

    @_contextlib.contextmanager
    def _as_default(self, step):
        before = _State.writer, _State.step
        _State.writer = self
        if step is not None:
            _State.step = step
        try:
            yield self
        finally:
            _State.writer = before[0]
            if step is not None:
                _State.step = before[1]

    def as_default(self, step=None):
        self._require_open()
        return self._as_default(step)

    def init(self):
        self._require_open()

    def flush(self):
        pass

    def close(self):
        self._closed = True


class _ResourceSummaryWriter(SummaryWriter):
    __module__ = SummaryWriter.__module__


class _NoopSummaryWriter(SummaryWriter):
    __module__ = SummaryWriter.__module__

    def set_as_default(self, step=None):
        pass

    def as_default(self, step=None):
        return self._as_default(None)

    def close(self):
        pass


def create_file_writer(logdir, max_queue=None, flush_millis=None, filename_suffix=None, name=None, experimental_trackable=False,
                       experimental_mesh=None):
    if logdir is None:
        return _NoopSummaryWriter()
    _told()
    return _ResourceSummaryWriter()


def create_noop_writer():
    return _NoopSummaryWriter()


def flush(writer=None, name=None):
    return None


def _recording():
    condition = _State.recording
    return bool(condition() if callable(condition) else condition)


def _open():
    return _State.writer is not None and not isinstance(_State.writer, _NoopSummaryWriter)


def should_record_summaries():
    return _tapescope.constant(_open() and _recording(), "bool")


@_contextlib.contextmanager
def record_if(condition):
    before, _State.recording = _State.recording, condition
    try:
        yield
    finally:
        _State.recording = before


def _written(step, look):
    """Whether it would be; `look` complains of what does not fit."""
    if not _open():
        return _tapescope.constant(False, "bool")
    if step is None and _State.step is None:
        raise ValueError("No step set. Please specify one either through the `step` argument or through "
                         "tf.summary.experimental.set_step()")
    if not _recording():
        return _tapescope.constant(False, "bool")
    look()
    return _tapescope.constant(True, "bool")


def _require_rank(data, rank):
    found = _tapescope.tensor(data).shape
    if found.rank != rank:
        raise ValueError(f"Tensor  must have rank {rank}.  Received rank {found.rank}, shape {found}")


def write(tag, tensor, step=None, metadata=None, name=None):
    return _written(step, lambda: None if callable(tensor) else _tapescope.tensor(tensor))


def scalar(name, data, step=None, description=None):
    def look():
        shape = _tapescope.tensor(data).shape
        if shape.rank != 0:
            raise ValueError(f"Expected scalar shape, saw shape: {shape}.")

    return _written(step, look)


def histogram(name, data, step=None, buckets=None, description=None):
    return _written(step, lambda: _tapescope.tensor(data))


def image(name, data, step=None, max_outputs=3, description=None):
    return _written(step, lambda: _require_rank(data, 4))


def audio(name, data, sample_rate, step=None, max_outputs=3, encoding=None, description=None):
    return _written(step, lambda: _require_rank(data, 3))


def text(name, data, step=None, description=None):
    return _written(step, lambda: _tapescope.tensor(data, "string"))


def graph(graph_data):
    raise ValueError(f"Argument 'graph_data' is not tf.Graph or tf.compat.v1.GraphDef. Received graph_data={graph_data} of type "
                     f"{type(graph_data).__name__}.")


def trace_on(graph=True, profiler=False, profiler_outdir=None):
    _State.tracing = True


def trace_export(name, step=None, profiler_outdir=None):
    if not _State.tracing:
        raise ValueError("Must enable trace before export through tf.summary.trace_on.")
    if _open() and step is None and _State.step is None:
        raise ValueError("No step set. Please specify one either through the `step` argument or through "
                         "tf.summary.experimental.set_step()")
    _State.tracing = False


def trace_off():
    _State.tracing = False


def _get_step():
    return _State.step


def _set_step(step):
    _State.step = step


experimental = _types.ModuleType("tensorflow.summary.experimental")
experimental.get_step, experimental.set_step = _get_step, _set_step
_sys.modules[experimental.__name__] = experimental
