# SPDX-License-Identifier: Apache-2.0
"""Control flow in eager mode, as tensorflow/python/ops/{cond,while_loop,control_flow_case,control_flow_switch_case,
map_fn,functional_ops}.py run it: Python decides, tensors flow."""

import collections
import contextlib
import sys

import _tapescope

from tensorflow._arrays._arguments import kernel_error
from tensorflow._running import _gradients
from tensorflow._taping._complaints import log_first
from tensorflow._values import _nest
from tensorflow._values._dtypes import as_dtype


def _tf():
    return sys.modules["tensorflow"]


def _is_tensor_only(value):
    return isinstance(value, _tf().Tensor)


# ---- branches


def cond(pred, true_fn=None, false_fn=None, name=None):
    for argument, given in (("true_fn", true_fn), ("false_fn", false_fn)):
        if given is None:
            raise TypeError(f"cond(): '{argument}' argument required")
    for argument, given in (("true_fn", true_fn), ("false_fn", false_fn)):
        if not callable(given):
            raise TypeError(f"'{argument}' must be callable.")
    return true_fn() if pred else false_fn()


def _checked_pairs(pairs, exclusive):
    if not isinstance(pairs, (list, tuple, dict)):
        raise TypeError(f"'pred_fn_pairs' must be a list, tuple, or dict. Received: {type(pairs)}")
    if isinstance(pairs, dict):
        if not isinstance(pairs, collections.OrderedDict) and not exclusive:
            raise ValueError(
                "Unordered dictionaries are not supported for the 'pred_fn_pairs' argument when `exclusive=False` and "
                "eager mode is enabled."
            )
        pairs = list(pairs.items())
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'pred_fn_pairs' must be a 2-tuple. Received {pair}.")
        pred, function = pair
        if not _is_tensor_only(pred):
            raise TypeError(f"pred must be a Tensor, got: {pred}")
        if pred.dtype.name != "bool":
            raise TypeError(f"pred must be Tensor of type bool: {pred.name}")
        if not callable(function):
            raise TypeError(f"fn for pred {pred.name} must be callable.")
    return pairs


def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name="case"):
    pairs = _checked_pairs(pred_fn_pairs, exclusive)
    if exclusive:
        given = pairs if default is not None else pairs[:-1]
        _tf().debugging.Assert(
            sum(bool(pred) for pred, _ in given) <= 1,
            [
                f"Input error: exclusive=True: more than 1 conditions ({', '.join('?' for _ in given)}) evaluated as True:",
                _tf().stack([pred for pred, _ in given]) if given else [],
            ],
            summarize=len(given),
        )
    if default is None:
        last, action = pairs[-1]

        def default():
            data = ["Input error: None of conditions evaluated as True:", _tf().stack([pred for pred, _ in pairs])]
            _tf().debugging.Assert(last, data)
            return action()

        chosen = pairs[:-1]
    else:
        chosen = pairs
    for pred, function in chosen:
        if pred:
            return function()
    return default()


def _checked_branches(index, branches, default):
    if not _is_tensor_only(index):
        raise TypeError(f"'branch_index' must be a Tensor, got {type(index)}")
    if not index.dtype.is_integer:
        raise TypeError(f"'branch_index' must be an integer Tensor, got {index.dtype}")
    if not branches:
        raise ValueError("Must provide at least one item in 'branch_fns'")
    if not isinstance(branches, (list, tuple, dict)):
        raise TypeError("'branch_fns' must be a list, tuple, or dict")
    branches = list(branches.items() if isinstance(branches, dict) else branches)
    if all(callable(one) for one in branches):
        branches = list(enumerate(branches))
    for pair in branches:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"Each entry in 'branch_fns' must be a 2-tuple. Received {pair}.")
        key, function = pair
        if not isinstance(key, int):
            raise TypeError(f"key must be a Python `int`, got {type(key)}")
        if not callable(function):
            raise TypeError(f"fn for key {key} must be callable.")
    keys = [key for key, _ in branches]
    if min(keys) < 0 or max(keys) >= len(keys) or len(set(keys)) != len(keys):
        raise ValueError(
            f"branch indices (keys) must form contiguous range of [0 to {len(keys)}) but found "
            f"{{{','.join(map(str, sorted(keys)))}}}"
        )
    actions = [function for _, function in sorted(branches, key=lambda pair: pair[0])]
    return actions if default is None else actions + [default]


def switch_case(branch_index, branch_fns, default=None, name="switch_case"):
    actions = _checked_branches(branch_index, branch_fns, default)
    if sizes := [int(size) for size in branch_index.shape]:
        text = "'then' must be at least a vector, but saw shape: []"
        if len(sizes) > 1:
            shown = "[" + ",".join(map(str, sizes)) + "]"
            text = ("Inputs to operation Select of type Select must have the same size and shape.  "
                    f"Input 0: {shown} != input 1: []")
        raise kernel_error("Select", text)
    index = int(branch_index)
    return actions[index if 0 <= index < len(actions) else -1]()


# ---- loops


def _as_tensors(structure):
    """Variables become their values."""
    variable = _tf().Variable
    return _nest.map_structure(lambda one: one.read_value() if isinstance(one, variable) else one, structure)


def _spec(value):
    """What stands for a loop variable in a complaint about structures."""
    return _tf().TensorSpec(value.shape, value.dtype) if _is_tensor_only(value) else value


def while_loop(
    cond,
    body,
    loop_vars,
    shape_invariants=None,
    parallel_iterations=10,
    back_prop=True,
    swap_memory=False,
    maximum_iterations=None,
    name=None,
):
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    loop_vars = _as_tensors(loop_vars)
    if not _is_tensor_only(loop_vars) and not loop_vars or _is_tensor_only(loop_vars) and not bool(loop_vars):
        raise ValueError("'loop_vars' must be provided.")
    limit = None
    if maximum_iterations is not None:
        limit = _tf().convert_to_tensor(maximum_iterations)
        if len(limit.shape) != 0:
            raise ValueError(f"'maximum_iterations' must be a scalar. Received shape: {limit.shape}")
        limit = int(_tapescope.peek(limit))
    structure = _nest.map_structure(_spec, list(loop_vars))
    count = 0
    while (limit is None or count < limit) and cond(*loop_vars):
        loop_vars = body(*loop_vars)
        count += 1
        _nest.assert_same_structure(structure, list(loop_vars))

    def convert(one):
        return one if isinstance(one, _tf().TensorArray) else _tf().convert_to_tensor(one)

    return _nest.map_structure(convert, loop_vars)


def _require_callable(fn):
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable. Please provide a callable function.")


def _array_of(tensor):
    return _tf().TensorArray(dtype=tensor.dtype, size=tensor.shape[0]).unstack(tensor)


def _same_count(tensors):
    count = tensors[0].shape[0]
    for other in tensors[1:]:
        if other.shape[0] != count:
            raise ValueError(f"Dimensions {count} and {other.shape[0]} are not compatible")
    return count


def _dtype_of(spec):
    return spec.dtype if hasattr(spec, "dtype") and not isinstance(spec, str) else as_dtype(spec)


def map_fn(
    fn,
    elems,
    dtype=None,
    parallel_iterations=None,
    back_prop=True,
    swap_memory=False,
    infer_shape=True,
    name=None,
    fn_output_signature=None,
):
    if dtype is not None:
        log_first(_DTYPE_DEPRECATED, 1)
    signature = dtype if fn_output_signature is None else fn_output_signature
    if not callable(fn):
        raise TypeError(f"The provided function {fn.__name__} is not callable.fn must be callable.")
    if parallel_iterations is not None and parallel_iterations > 1:
        log_first(
            "Setting parallel_iterations > 1 has no effect when executing eagerly. Consider calling map_fn with "
            "tf.function to execute fn in parallel.",
            1,
        )
    elems = _as_tensors(elems)
    flat = [_tf().convert_to_tensor(one) for one in _nest.flatten(elems)]
    if not flat:
        raise ValueError(
            f"elems must be a Tensor or (possibly nested) sequence of Tensors. Got {elems}, which does not contain any "
            "Tensors."
        )
    if len(flat[0].shape) < 1:
        raise ValueError("Elements in elems must be 1+ dimensional Tensors, not scalars")
    count = _same_count(flat)
    inputs = [_array_of(one) for one in flat]
    outer = elems if signature is None else signature
    dtypes = [one.dtype for one in flat] if signature is None else [_dtype_of(one) for one in _nest.flatten(signature)]
    results = [_tf().TensorArray(one, size=count, infer_shape=infer_shape) for one in dtypes]
    for i in range(count):
        value = fn(_nest.pack_sequence_as(elems, [array.read(i) for array in inputs]))
        _nest.assert_same_structure(outer, value)
        for array, leaf in zip(results, _nest.flatten(value)):
            array.write(i, leaf)
    return _nest.pack_sequence_as(outer, [array.stack() for array in results])


_DTYPE_DEPRECATED = (
    "From the calling code: calling map_fn_v2 (from tensorflow.python.ops.map_fn) with dtype is deprecated and will be "
    "removed in a future version.\nInstructions for updating:\nUse fn_output_signature instead"
)


def _first(array, order, backwards):
    """What is read first; of nothing, the place that TensorFlow looks at in vain."""
    if not order and backwards:
        raise _tf().errors.OutOfRangeError(None, None, "Reading from negative indices (index -1) is not allowed.")
    return array.read(order[0] if order else 0)


def scan(
    fn,
    elems,
    initializer=None,
    parallel_iterations=10,
    back_prop=True,
    swap_memory=False,
    infer_shape=True,
    reverse=False,
    name=None,
):
    _require_callable(fn)
    flat = [_tf().convert_to_tensor(one) for one in _nest.flatten(elems)]
    count = flat[0].shape[0]
    arrays = [_array_of(one) for one in flat]
    order = list(reversed(range(count))) if reverse else list(range(count))
    outer = elems if initializer is None else initializer
    if initializer is None:
        state = [_first(array, order, reverse) for array in arrays]
    else:
        state = [_tf().convert_to_tensor(one) for one in _nest.flatten(initializer)]
    results = [_tf().TensorArray(one.dtype, size=count, infer_shape=infer_shape) for one in state]
    if initializer is None:
        for array, one in zip(results, state):
            array.write(order[0], one)
        order = order[1:]
    for i in order:
        element = _nest.pack_sequence_as(elems, [array.read(i) for array in arrays])
        value = fn(_nest.pack_sequence_as(outer, state), element)
        _nest.assert_same_structure(outer, value)
        state = _nest.flatten(value)
        for array, one in zip(results, state):
            array.write(i, one)
    _same_count(flat)
    return _nest.pack_sequence_as(outer, [array.stack() for array in results])


def _fold(fn, elems, initializer, backwards):
    _require_callable(fn)
    arrays = _nest.map_structure(lambda one: _array_of(_tf().convert_to_tensor(one)), elems)
    count = len(_tf().convert_to_tensor(_nest.flatten(elems)[0]))
    order = list(reversed(range(count))) if backwards else list(range(count))
    state = initializer
    if initializer is None:
        state = _nest.map_structure(lambda array: _first(array, order, backwards), arrays)
        order = order[1:]
    for i in order:
        state = fn(state, _nest.map_structure(lambda array: array.read(i), arrays))
    return _nest.map_structure(_tf().convert_to_tensor, state)


def foldl(
    fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None
):
    return _fold(fn, elems, initializer, backwards=False)


def foldr(
    fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None
):
    return _fold(fn, elems, initializer, backwards=True)


def vectorized_map(fn, elems, fallback_to_while_loop=True, warn=True):
    """One call for each row: TensorFlow turns the function into operations on whole batches, which gives the same
    numbers."""
    elems = _nest.map_structure(_tf().convert_to_tensor, elems)
    flat = _nest.flatten(elems)
    counts = {one.shape.as_list()[0] for one in flat} - {1}
    count = counts.pop() if counts else 1
    rows = [_tf().unstack(one) for one in flat]
    results = None
    for i in range(count):
        element = _nest.pack_sequence_as(elems, [row[i if len(row) > 1 else 0] for row in rows])
        with _gradients.Recorded():
            value = _nest.map_structure(_tf().convert_to_tensor, fn(element))
        results = [value] if results is None else results + [value]
    return _nest.map_structure(lambda *leaves: _tf().stack(leaves), *results)


# ---- what eager mode does not need


class NullContextmanager:
    def __enter__(self):
        return None

    def __exit__(self, kind, value, traceback):
        return False


NullContextmanager.__module__ = "tensorflow.python.framework.ops"


def control_dependencies(control_inputs):
    if callable(control_inputs):
        control_inputs()
    return NullContextmanager()


def group(*inputs, **kwargs):
    return None


def no_op(name=None):
    return None


def tuple_of(tensors, control_inputs=None, name=None):
    return list(tensors)


@contextlib.contextmanager
def init_scope():
    """What is made in it is no part of a function."""
    from tensorflow._running import _function

    _function._State.outside += 1
    yield
