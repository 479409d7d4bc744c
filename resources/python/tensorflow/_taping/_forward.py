# SPDX-License-Identifier: Apache-2.0
"""tf.autodiff.ForwardAccumulator. The engine only knows the way back; a Jacobian-vector product is the way back of the
way back: the gradient is linear in what comes down, and its transpose carries tangents forward."""

import _tapescope

from tensorflow._running._fold import fold
from tensorflow._taping._complaints import log_first
from tensorflow._taping._tape import UnconnectedGradients
from tensorflow._values import _nest

_active = []


class _Tape:
    """A tape of the engine that stays open while something is computed."""

    def __init__(self, watched):
        self.number = _tapescope.open_tape(True, False)
        for one in watched:
            _tapescope.watch(self.number, one)

    def __enter__(self):
        return self.number

    def __exit__(self, kind, value, traceback):
        _tapescope.exit_tape(self.number)


class ForwardAccumulator:
    """Computes Jacobian-vector products of what is computed inside its block."""

    def __init__(self, primals, tangents):
        self._recording = False
        self._tape = None
        self._outer = ()
        self._primals = []
        self._tangents = []
        flat = _nest.flatten(primals)
        for place, primal in enumerate(flat):
            if any(primal is other for other in flat[:place]):
                raise ValueError(
                    "Tensor {} was specified as a primal multiple times. This may indicate an error. If it was intended, "
                    "please sum the corresponding tangents."
                )
        _nest.map_structure(self._watch, primals, tangents)

    def _watch(self, primal, tangent):
        if not primal.dtype.is_floating:
            log_first(f"The dtype of the watched primal must be floating (e.g. tf.float32), got {primal.dtype!r}", 5)
        tangent = _tapescope.tensor(tangent, primal.dtype)
        self._primals.append(primal)
        self._tangents.append(tangent)

    def __enter__(self):
        if self._recording:
            raise ValueError("Accumulator is already recording.")
        if self._tape is None:
            self._tape = _tapescope.open_tape(True, False)
            for primal in self._primals:
                _tapescope.watch(self._tape, primal)
        else:
            _tapescope.reenter_tape(self._tape)
        self._outer = tuple(_active)
        _active.append(self)
        self._recording = True
        return self

    def __exit__(self, typ, value, traceback):
        if self._recording:
            _active.remove(self)
            _tapescope.exit_tape(self._tape)
            self._recording = False

    def __del__(self):
        if self._tape is not None:
            _tapescope.close_tape(self._tape)

    _tape = None

    def jvp(self, primals, unconnected_gradients=UnconnectedGradients.NONE):
        """The Jacobian-vector product for each tensor that was computed inside."""
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        # An accumulator around this one sees the product as if it had been computed at once.
        resumed = [other for other in self._outer if not other._recording and other._tape is not None]
        for other in resumed:
            _tapescope.reenter_tape(other._tape)
        try:
            with fold("accumulator.jvp"):
                return _nest.map_structure(lambda target: self._product(target, zero), primals)
        finally:
            for other in reversed(resumed):
                _tapescope.exit_tape(other._tape)

    def _product(self, target, zero):
        if not _tapescope.is_tensor(target):
            target._id  # what TensorFlow asks of it first
            raise AttributeError(f"'{type(target).__name__}' object has no attribute '_id'")
        for primal, tangent in zip(self._primals, self._tangents):
            if target is primal:
                return tangent
        product = self._transposed(target) if self._tape is not None else None
        return _tapescope.run("ZerosLike", target) if product is None and zero else product

    def _transposed(self, target):
        seed = _tapescope.run("OnesLike", target)
        with _Tape([seed]) as second:
            gradients = _tapescope.gradient(self._tape, [target], self._primals, [seed], False)
        reached = [(gradient, tangent) for gradient, tangent in zip(gradients, self._tangents) if gradient is not None]
        if not reached:
            return None
        ways, tangents = zip(*reached)
        product = _tapescope.gradient(second, list(ways), [seed], list(tangents), False)[0]
        _tapescope.close_tape(second)
        # A gradient that does not depend on what comes down is zero.
        return _tapescope.run("ZerosLike", target) if product is None else product


ForwardAccumulator.__module__ = "tensorflow.python.eager.forwardprop"
