# SPDX-License-Identifier: Apache-2.0
"""tf.gradients and tf.hessians, which TensorFlow has for graphs only: inside of a function. In a script that names one of them
whatever TensorFlow makes a graph of is recorded by a tape that knows every tensor, as a graph does."""

import _tapescope

from tapescope import script

from tensorflow._taping._tape import UnconnectedGradients

_EAGER = "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
_open = [None]  # innermost last: the tape of what TensorFlow makes a graph of, None for what runs outside of one


class Recorded:
    """Here runs what TensorFlow makes a graph of; the outermost of them has a tape, if the script asks for such gradients."""

    def __enter__(self):
        self._wanted = script.differentiates_graphs and _open[-1] is None
        if self._wanted:
            _open.append(_tapescope.open_tape(True, True))
            _tapescope.watch_everything(_open[-1])

    def __exit__(self, kind, value, traceback):
        if self._wanted:
            tape = _open.pop()
            _tapescope.exit_tape(tape)
            _tapescope.close_tape(tape)


class Outside:
    """Here Python runs that TensorFlow calls while it computes."""

    def __enter__(self):
        _open.append(None)

    def __exit__(self, kind, value, traceback):
        _open.pop()


def _listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _tensors(values):
    if any(one is None for one in values):
        raise AttributeError("'NoneType' object has no attribute 'op'")
    return [one if _tapescope.is_tensor(one) else _tapescope.tensor(one, None) for one in values]


def gradients(
    ys,
    xs,
    grad_ys=None,
    name="gradients",
    gate_gradients=False,
    aggregation_method=None,
    stop_gradients=None,
    unconnected_gradients=UnconnectedGradients.NONE,
):
    """The gradient of the sum of ys with respect to each of xs."""
    if _open[-1] is None:
        raise RuntimeError(_EAGER)
    if stop_gradients is not None:
        raise NotImplementedError("tf.gradients(stop_gradients=...) is not here; tf.stop_gradient ends a path where it begins")
    try:
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: '{unconnected_gradients}'") from None
    targets, sources = _tensors(_listed(ys)), _tensors(_listed(xs))
    seeds = [] if grad_ys is None else _listed(grad_ys)
    if seeds and len(seeds) != len(targets):
        raise ValueError(f"Length mismatch. Passed {len(seeds)} grad_ys for {len(targets)} ys")
    seeds = [_tapescope.run("OnesLike", y) if one is None else _tapescope.tensor(one, y.dtype) for one, y in zip(seeds, targets)]
    return _tapescope.gradient(_open[-1], targets, sources, seeds, zero)


def hessians(ys, xs, gate_gradients=False, aggregation_method=None, name="hessians"):
    """The second derivatives of the sum of ys with respect to each of xs."""
    run, found = _tapescope.run, []
    sources = _listed(xs)
    for gradient, x in zip(gradients(ys, sources, gate_gradients=gate_gradients), sources):
        if gradient is None:
            raise ValueError("Tried to convert 'tensor' to a tensor and failed. Error: None values not supported.")
        flat = run("Reshape", gradient, shape=[-1])
        rows = [gradients(flat[place], x)[0] for place in range(flat.shape[0])]
        if any(row is None for row in rows):
            raise ValueError("None values not supported.")
        found.append(run("Reshape", run("Pack", *rows), shape=[*x.shape.as_list(), *x.shape.as_list()]))
    return found
