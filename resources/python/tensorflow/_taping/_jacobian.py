# SPDX-License-Identifier: Apache-2.0
"""jacobian() and batch_jacobian() of a tape. TensorFlow takes the target apart and asks for the gradient of each element;
so does the engine, in one call. The rows are put together by operations, so that outer tapes see them."""

import math

import _tapescope

from tensorflow._running._fold import fold
from tensorflow._taping._complaints import PERSISTENT_INSIDE, checked, log_first
from tensorflow._values import _nest

_run = _tapescope.run


class StagingError(Exception):
    """What becomes of an exception that TensorFlow's tracing cannot make another one of."""

    __module__ = "tensorflow.python.autograph.impl.api"


_REMADE = (AttributeError, NameError, NotImplementedError, RuntimeError, TypeError)


def _in_user_code(error):
    """TensorFlow's loop over elements is a graph: exceptions on the way are wrapped."""
    kind = type(error) if type(error) in _REMADE else StagingError
    return kind(f"in user code:\n\n\n    {type(error).__name__}: {error}\n")


def _unvectorized(what, reason):
    error = ValueError(
        f"Encountered an exception while vectorizing the {what} computation. Vectorization can be disabled by setting "
        "experimental_use_pfor to False."
    )
    error.__cause__ = ValueError(reason)
    return error


def _check_loop(tape, what, iterations, parallel_iterations, use_pfor):
    if use_pfor:
        if parallel_iterations is not None and parallel_iterations < 1:
            raise _unvectorized(what, "Argument `parallel_iterations` must be None or a positive integer. "
                                f"Received: {parallel_iterations}.")
        if parallel_iterations == 1:
            raise _unvectorized(what, "Found `parallel_iterations == 1`. Use `for_loop` instead.")
        again = parallel_iterations is not None and iterations > parallel_iterations
        if again and not tape._persistent:
            if what == "jacobian":
                raise _unvectorized(what, "the tape can be asked once")
            raise _in_user_code(
                RuntimeError(
                    "GradientTape must be created with persistent=True to compute the batch_jacobian with "
                    "parallel_iterations."
                )
            )
    elif not tape._persistent:
        # The two texts have their superfluous blank in different places.
        end = " with  experimental_use_pfor" if what == "jacobian" else "  with experimental_use_pfor"
        raise RuntimeError(
            f"GradientTape must be created with persistent=True to compute the {what} with eager execution enabled and{end}"
            " set to False."
        )


def _rows(tape, what, target, sources, unconnected_gradients, use_pfor, per_example):
    """Whether zeros are wanted, and for each source its rows, in the order of the elements; none where there is no path."""
    if tape._recording and tape._persistent:
        log_first(PERSISTENT_INSIDE, 1)
    try:
        with tape._asking():
            checked(sources)
            zero = tape._wants_zeros(unconnected_gradients)
        rows = _tapescope.jacobian(tape._tape, target, sources, per_example)
    except ValueError as error:
        raise _unvectorized(what, str(error)) if use_pfor else error
    except (AttributeError, TypeError, LookupError) as error:
        raise (_in_user_code(error) if use_pfor else error) from None
    tape._consumed()
    return zero, rows


def _zeros(shape, like):
    return _tapescope.constant(0, like.dtype, shape)


def _sizes(one):
    """Of a tensor, or of a variable that says less than its value has."""
    shape = one.shape
    if isinstance(shape, tuple):
        return list(shape)
    return shape.as_list() if shape.is_fully_defined() else list(_tapescope.array(one).shape)


def _read(tape, target):
    """TensorFlow takes the target apart while the tape records, which then watches a variable that is read."""
    if not isinstance(target, _tapescope.ResourceVariable):
        return target
    with tape._ensure_recording():
        return _run("Identity", target)


def jacobian(tape, target, sources, unconnected_gradients, parallel_iterations, use_pfor):
    flat = _nest.flatten(sources)
    shape = _sizes(target)
    count = math.prod(shape)
    _check_loop(tape, "jacobian", count, parallel_iterations, use_pfor)
    static = target.shape
    if isinstance(static, tuple):
        target = _tapescope.tensor(target, None)  # which no tape knows
    with fold("tape.jacobian"):
        target = _read(tape, target)
        zero, rows = _rows(tape, "jacobian", target, flat, unconnected_gradients, use_pfor, False)
        results = []
        for source, own in zip(flat, rows):
            whole = shape + _sizes(source)
            if own:
                results.append(_run("Reshape", _run("Pack", *own), shape=whole))
            else:
                results.append(_zeros(whole, source) if zero or count == 0 else None)
    if isinstance(static, tuple) and any(one is not None for one in results):
        static.concatenate  # numpy's has none
    return _nest.pack_sequence_as(sources, results)


def _check_shapes(target, source):
    shape = target.shape
    if shape.rank == 0:
        raise IndexError("list index out of range")  # TensorFlow looks for the first axis of a scalar
    shape.with_rank_at_least(2)
    source.shape.with_rank_at_least(2)
    if shape[0] != source.shape[0]:
        raise ValueError(
            f"Need first dimension of target shape ({target.shape}) and source shape ({source.shape}) to match."
        )


def batch_jacobian(tape, target, source, unconnected_gradients, parallel_iterations, use_pfor):
    _check_shapes(target, source)
    examples = target.shape[0]
    count = target.shape.num_elements() // examples
    _check_loop(tape, "batch_jacobian", count, parallel_iterations, use_pfor)
    with fold("tape.batch_jacobian"):
        target = _read(tape, target)
        rows = _rows(tape, "batch_jacobian", target, [source], unconnected_gradients, use_pfor, True)[1][0]
        whole = target.shape.as_list() + source.shape.as_list()[1:]
        if not rows:
            return _zeros(whole, target)
        size = source.shape.num_elements() // examples
        stacked = _run("Reshape", _run("Pack", *rows), shape=[count, examples, size])
        return _run("Reshape", _run("Transpose", stacked, perm=[1, 0, 2]), shape=whole)
