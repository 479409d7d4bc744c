# SPDX-License-Identifier: Apache-2.0
"""tf.GradientTape: the state machine of tensorflow/python/eager/backprop.py over the engine's tapes."""

import contextlib
import enum

import _tapescope

from tensorflow._irregular import _ragged
from tensorflow._taping import _jacobian
from tensorflow._taping._complaints import CONSUMED, PERSISTENT_INSIDE, checked, log_first
from tensorflow._values import _nest


class UnconnectedGradients(enum.Enum):
    """What gradient() answers where no path leads from a source to the target."""

    NONE = "none"
    ZERO = "zero"


class AggregationMethod:
    """How gradients that meet are added up; one way is as good as another here."""

    ADD_N = DEFAULT = 0
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


UnconnectedGradients.__module__ = "tensorflow.python.ops.unconnected_gradients"

_NONE = UnconnectedGradients.NONE
_open_tape = _tapescope.open_tape
_exit_tape = _tapescope.exit_tape
_end_tape = _tapescope.end_tape
_plain_gradient = _tapescope.plain_gradient


def _packed(sources, leaves, gradients):
    """In the structure of the sources, and of each."""
    whole = [
        leaf.with_flat_values(gradient) if gradient is not None and _ragged.is_ragged(leaf) else gradient
        for leaf, gradient in zip(leaves, gradients)
    ]
    return _nest.pack_sequence_as(sources, whole)


def _parts(leaf):
    """What a tape watches of it."""
    return leaf._components() if hasattr(leaf, "_components") else [leaf]


def _carries_gradients(dtype):
    return dtype.is_floating or getattr(dtype, "is_complex", False) or dtype.name in ("resource", "variant")


class GradientTape:
    """Records operations for automatic differentiation."""

    _tape = None
    _watched_variables = ()
    _recording = False

    def __init__(self, persistent=False, watch_accessed_variables=True):
        self._persistent = persistent
        self._watch_accessed_variables = watch_accessed_variables

    def __enter__(self):
        self._push_tape()
        return self

    def __exit__(self, typ, value, traceback):
        if self._recording:
            _exit_tape(self._tape)
            self._recording = False

    def _push_tape(self):
        if self._recording:
            raise ValueError("Tape is still recording, This can happen if you try to re-enter an already-active tape.")
        if self._tape is None:
            self._tape = _open_tape(self._persistent, self._watch_accessed_variables)
        else:
            _tapescope.reenter_tape(self._tape)
        self._recording = True

    def _pop_tape(self):
        if not self._recording:
            raise ValueError("Tape is not recording.")
        _exit_tape(self._tape)
        self._recording = False

    @contextlib.contextmanager
    def _ensure_recording(self):
        if self._recording:
            yield
            return
        try:
            self._push_tape()
            yield
        finally:
            self._pop_tape()

    def watch(self, tensor):
        """From here on, operations on the tensor (or variable, or all in a nested structure) are recorded."""
        for one in [part for leaf in _nest.flatten(tensor) for part in _parts(leaf)]:
            # Before Keras 3, variables of layers were TensorFlow's own.
            apart = isinstance(one, _tapescope.KerasVariable) and _tapescope.keras == "3"
            if not _tapescope.is_tensor(one) or apart:
                raise ValueError(
                    f"Passed in object {one} of type {type(one).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType."
                )
            if not _carries_gradients(one.dtype):
                log_first(f"The dtype of the watched tensor must be floating (e.g. tf.float32), got {one.dtype!r}", 5)
            if self._tape is None:
                raise AttributeError("'NoneType' object has no attribute '_tape'")
            _tapescope.watch(self._tape, one)

    @contextlib.contextmanager
    def stop_recording(self):
        """Operations inside are not recorded on this tape."""
        if self._tape is None:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        if not self._recording:
            raise ValueError("Tape is not recording.")
        tape = self._tape
        _tapescope.pause_tape(tape)
        self._recording = False
        try:
            yield
        finally:
            if self._recording:
                raise ValueError(
                    "Tape is still recording, This can happen if you try to re-enter an already-active tape."
                )
            if self._tape is tape:
                _tapescope.resume_tape(tape)
                self._recording = True
            else:  # it was asked meanwhile, which ended it
                _tapescope.exit_tape(tape)
                _tapescope.close_tape(tape)
                self._push_tape()

    def reset(self):
        """Forgets all that was recorded and watched."""
        if not self._recording:
            raise ValueError("Tape is not recording.")
        _tapescope.reset_tape(self._tape)

    def watched_variables(self):
        """Variables that this tape watches, in the order in which they were made."""
        if self._tape is not None:
            self._watched_variables = _tapescope.watched_variables(self._tape)
        return self._watched_variables

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients=UnconnectedGradients.NONE):
        """The gradient of the target (of the sum, where it has several elements) with respect to the sources."""
        if self._tape is None:
            raise RuntimeError(CONSUMED)
        if output_gradients is None and unconnected_gradients is _NONE and not self._recording:
            answers = _plain_gradient(self._tape, target, sources)
            if answers is not NotImplemented:
                if not self._persistent:
                    self._consumed()
                return answers
        return self._gradient(target, sources, output_gradients, unconnected_gradients)

    def _gradient(self, target, sources, output_gradients, unconnected_gradients):
        """Of any structures, and with all that can be asked for."""
        if self._recording and self._persistent:
            log_first(PERSISTENT_INSIDE, 1)
        # _asking() in words of its own.
        ends = self._recording and not self._persistent
        try:
            if target is None:
                raise TypeError(
                    "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be "
                    "differentiated, but received None."
                )
            targets = checked(_nest.flatten(target))
            leaves = _nest.flatten(sources)
            flat_sources = checked(leaves)
            seeds = [] if output_gradients is None else self._seeds(output_gradients, targets)
            zero = unconnected_gradients is not _NONE and self._wants_zeros(unconnected_gradients)
        except BaseException:
            if ends:
                self._pop_tape()
            raise
        if ends:
            self._recording = False
        flat = _tapescope.gradient(self._tape, targets, flat_sources, seeds, zero)
        self._consumed()
        if flat_sources is not leaves:
            return _packed(sources, leaves, flat)
        return _nest.pack_sequence_as(sources, flat)

    def jacobian(
        self,
        target,
        sources,
        unconnected_gradients=UnconnectedGradients.NONE,
        parallel_iterations=None,
        experimental_use_pfor=True,
    ):
        """The gradient of each element of the target: the shape of the target, then that of the source."""
        if self._tape is None:
            raise RuntimeError(CONSUMED)
        return _jacobian.jacobian(
            self, target, sources, unconnected_gradients, parallel_iterations, experimental_use_pfor
        )

    def batch_jacobian(
        self,
        target,
        source,
        unconnected_gradients=UnconnectedGradients.NONE,
        parallel_iterations=None,
        experimental_use_pfor=True,
    ):
        """The jacobian of each example by itself: target[i] with respect to source[i]."""
        if self._tape is None:
            raise RuntimeError(CONSUMED.replace("to compute", "tocompute"))
        return _jacobian.batch_jacobian(
            self, target, source, unconnected_gradients, parallel_iterations, experimental_use_pfor
        )

    @staticmethod
    def _wants_zeros(unconnected_gradients):
        try:
            return UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        except ValueError:
            raise ValueError("Unknown value for unconnected_gradients: %r" % (unconnected_gradients,)) from None

    def _seeds(self, output_gradients, targets):
        given = _nest.flatten(output_gradients)
        flat = [one.flat_values if _ragged.is_ragged(one) else one for one in given]
        seeds = [None if one is None else _tapescope.tensor(one, None) for one in flat][: len(targets)]
        if any(one is None for one in seeds):
            _tapescope.tensor(None, None)  # a way back that it meets fails for this reason
        missing = [_tapescope.run("OnesLike", one) for one in targets[len(seeds):]]
        return seeds + missing

    @contextlib.contextmanager
    def _asking(self):
        """A tape that can be used once has ended when something is wrong with the question."""
        ends = self._recording and not self._persistent
        try:
            yield
        except BaseException:
            if ends:
                self._pop_tape()
            raise
        if ends:
            self._recording = False  # the engine ends it when it is asked

    def _consumed(self):
        if self._persistent:
            return
        self._watched_variables = _end_tape(self._tape)
        self._tape = None

    def __del__(self):
        if self._tape is not None:
            _tapescope.close_tape(self._tape)


GradientTape.__module__ = "tensorflow.python.eager.backprop"
