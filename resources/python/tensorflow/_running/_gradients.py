# SPDX-License-Identifier: Apache-2.0
"""tf.gradients and tf.hessians, which TensorFlow has for graphs only: inside of a function. What a function does that leads to
one of them is recorded by a tape that knows every tensor, as a graph does."""

import types

import _tapescope

from tensorflow._taping._tape import UnconnectedGradients

_NAMES = {"gradients", "hessians"}
_EAGER = "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
_open = []  # the tape of the function that runs, if it has one


def _codes(code):
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def leads_here(function, seen=None):
    """Whether the function, or one of the script's that it names, has tf.gradients or tf.hessians in it."""
    seen = set() if seen is None else seen
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    if code is None or code in seen or code.co_filename.startswith(("<tensorflow/", "<keras/")):
        return False
    seen.add(code)
    names = {name for inner in _codes(code) for name in inner.co_names}
    if names & _NAMES:
        return True
    cells = [cell.cell_contents for cell in function.__closure__ or () if cell != types.CellType()]
    found = [function.__globals__.get(name) for name in names] + cells
    return any(leads_here(getattr(one, "python_function", one), seen) for one in found if callable(one))


class Recorded:
    """While a function runs that leads here, everything is recorded."""

    def __init__(self, wanted):
        self._wanted = wanted and not _open

    def __enter__(self):
        if self._wanted:
            tape = _tapescope.open_tape(True, True)
            _tapescope.watch_everything(tape)
            _open.append(tape)

    def __exit__(self, kind, value, traceback):
        if self._wanted:
            tape = _open.pop()
            _tapescope.exit_tape(tape)
            _tapescope.close_tape(tape)


def _listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _tensors(values):
    if None in [one if one is None else 0 for one in values]:
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
    if not _open:
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
