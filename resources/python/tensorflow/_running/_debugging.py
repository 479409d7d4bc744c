# SPDX-License-Identifier: Apache-2.0
"""tf.debugging: the checks of tensorflow/python/ops/check_ops.py, in its words."""

import sys

import numpy

import _tapescope

from tensorflow._values._dtypes import as_dtype


def _tf():
    return sys.modules["tensorflow"]


def _tensor(value, dtype=None):
    return _tf().convert_to_tensor(value, dtype)


def _invalid(text):
    return _tf().errors.InvalidArgumentError(None, None, text)


def _prefix(message):
    return f"{message}.  " if message else ""


def _told(tensor):
    return f"shape={tensor.shape} dtype={tensor.dtype.name}"


def _pair(x, y):
    """Two operands, of which plain numbers are converted each by itself."""
    return _tensor(x), _tensor(y)


# ---- comparisons of two


def _first_elements(x, y, wrong, summarize):
    lines = []
    a, b = _tapescope.peek(x), _tapescope.peek(y)
    if a.shape == b.shape and a.shape:
        places = numpy.argwhere(wrong)
        count = min(summarize, len(places))
        lines += [f"Indices of first {count} different values:", str(places[:count])]
        lines += ["Corresponding x values:", str(a[wrong].reshape(-1)[:count])]
        lines += ["Corresponding y values:", str(b[wrong].reshape(-1)[:count])]
    for name, array in (("x", a.reshape(-1)), ("y", b.reshape(-1))):
        count = min(array.size, summarize)
        lines += [f"First {count} elements of {name}:", str(array[:count])]
    return lines


def _compared(symbol, op):
    def check(x, y, message=None, summarize=None, name=None):
        x, y = _pair(x, y)
        holds = _tapescope.peek(_tapescope.run(op, x, y))
        if holds.all():
            return
        summarize = 3 if summarize is None else 10**9 if summarize < 0 else summarize
        lines = [] if message is None else [str(message)]
        lines.append(f"Condition x {symbol} y did not hold.")
        if summarize > 0:
            lines += _first_elements(x, y, ~holds, summarize)
        raise _invalid("\n".join(lines))

    return check


assert_equal = _compared("==", "Equal")
assert_none_equal = _compared("!=", "NotEqual")
assert_less = _compared("<", "Less")
assert_less_equal = _compared("<=", "LessEqual")
assert_greater = _compared(">", "Greater")
assert_greater_equal = _compared(">=", "GreaterEqual")


def _listed(array, summarize):
    summarize = 3 if summarize is None else 10**9 if summarize < 0 else summarize
    flat = array.reshape(-1)
    parts = [str(one) for one in flat[:summarize]]
    return parts + ["..."] if len(parts) < flat.size else parts


# ---- signs


def _signed(symbol, holds, gap):
    def check(x, message=None, summarize=None, name=None):
        x = _tensor(x)
        array = _tapescope.peek(x)
        if holds(array).all():
            return
        shown = str(_listed(array, summarize)) if array.ndim else str(array[()])
        raise _invalid(
            f"{_prefix(message)}\nCondition x {symbol} 0 did not hold element-wise:{gap}x ({_told(x)}) = \n{shown}"
        )

    return check


assert_negative = _signed("<", lambda array: array < 0, "\n")
assert_positive = _signed(">", lambda array: array > 0, "\n")
assert_non_negative = _signed(">=", lambda array: array >= 0, "\n")
assert_non_positive = _signed("<=", lambda array: array <= 0, "")  # sic: TensorFlow breaks no line here


# ---- Assert, near, finite


def _summarized(value, summarize):
    if isinstance(value, (str, bytes)):
        return str(value.encode() if isinstance(value, str) else value)
    array = _tapescope.peek(_tensor(value))
    return ", ".join(_listed(array, summarize)) if array.ndim else str(array[()])


def Assert(condition, data, summarize=None, name=None):
    if condition:
        return
    lines = "\n".join(_summarized(one, summarize) for one in data)
    raise _invalid(f"Expected '{str(condition)}' to be true. Summarized data: {lines}")


def assert_near(x, y, rtol=None, atol=None, message=None, summarize=None, name=None):
    x = _tensor(x)
    y = _tensor(y, x.dtype)
    eps = numpy.finfo(x.dtype.as_numpy_dtype).eps
    rtol = _tensor(10 * eps if rtol is None else rtol, x.dtype)
    atol = _tensor(10 * eps if atol is None else atol, x.dtype)
    near = _tf().reduce_all(_tf().abs(x - y) < atol + rtol * _tf().abs(y))
    data = [
        _prefix(message),
        f"x and y not equal to tolerance rtol = {str(rtol)}, atol = {str(atol)}",
        f"x ({_told(x)}) = ",
        x,
        f"y ({_told(y)}) = ",
        y,
    ]
    Assert(near, data, summarize)


def check_numerics(tensor, message, name=None):
    try:
        return _tapescope.run("CheckNumerics", _tensor(tensor), message=message)
    except _tf().errors.InvalidArgumentError as problem:
        if _tapescope.is_tensor(tensor):
            raise
        # TensorFlow converts a list by its slow way, on which the operation has no name.
        raise _invalid(str(problem).removesuffix(" name: ")) from None


def _not_finite(op, slot, count, tensor, inputs):
    """check_numerics_callback.py get_check_numerics_error_message, and the kernel's own words behind it."""
    numbers = _tapescope.peek(tensor).astype("float64")
    infinite = numpy.isinf(numbers)
    found = {"-Inf": infinite & (numbers < 0), "+Inf": infinite & (numbers > 0), "NaN": numpy.isnan(numbers)}
    found = {name: int(where.sum()) for name, where in found.items() if where.any()}
    lines = ["", "", f'!!! Detected Infinity or NaN in output {slot} of eagerly-executing op "{op}" (# of outputs: {count}) !!!']
    lines += [f"  dtype: {tensor.dtype}", f"  shape: {tensor.shape}"]
    lines += [f"  # of {'+NaN' if name == 'NaN' else name} elements: {many}" for name, many in found.items()]
    if len(inputs) > 1:
        lines += ["", f"  Input tensors ({len(inputs)}):"] + [f"         {i}: {one!s}" for i, one in enumerate(inputs)]
    elif inputs:
        lines += ["", f"  Input tensor: {inputs[0]!s}"]
    *first, last = found
    words = last if not first else f"{first[0]} and {last}" if len(first) == 1 else f"{', '.join(first)}, and {last}"
    kernel = "{{function_node __wrapped__CheckNumericsV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
    raise _invalid(kernel + "\n".join(lines) + f"\n\n : Tensor had {words} values [Op:CheckNumericsV2] name: ")


def enable_check_numerics(stack_height_limit=30, path_length_limit=50):
    _tapescope.look_for_numbers(_not_finite)


def disable_check_numerics():
    _tapescope.look_for_numbers(None)


def assert_all_finite(x, message, name=None):
    """The tensor itself: what is checked leads nowhere."""
    x = x if isinstance(x, _tapescope.EagerTensor) else _tensor(x)
    check_numerics(x, message)
    return x


# ---- types and ranks


def assert_integer(x, message=None, name=None):
    x = _tensor(x)
    if not x.dtype.is_integer:
        raise TypeError(f'{_prefix(message)}Expected "x" to be integer type.  Found: tensor of dtype {x.dtype}')


def assert_type(tensor, tf_type, message=None, name=None):
    wanted = as_dtype(tf_type)
    tensor = _tensor(tensor)
    if tensor.dtype != wanted:
        raise TypeError(f"{_prefix(message)}tensor must be of type {wanted!r}; got {tensor.dtype!r}")


def assert_scalar(tensor, message=None, name=None):
    tensor = _tensor(tensor)
    if len(tensor.shape) != 0:
        raise ValueError(f"{_prefix(message)}Expected scalar shape, saw shape: {tensor.shape}.")


def _ranked(holds, words):
    def check(x, rank, message=None, name=None):
        x = _tensor(x)
        wanted = _tapescope.peek(_tensor(rank))
        if wanted.ndim != 0:
            raise ValueError("Rank must be a scalar.")
        if not holds(len(x.shape), int(wanted)):
            raise ValueError(
                f"{_prefix(message)}Tensor  must have rank {words}{int(wanted)}.  Received rank {len(x.shape)}, "
                f"shape {x.shape}"
            )

    return check


assert_rank = _ranked(lambda rank, wanted: rank == wanted, "")
assert_rank_at_least = _ranked(lambda rank, wanted: rank >= wanted, "at least ")


def assert_rank_in(x, ranks, message=None, name=None):
    x = _tensor(x)
    wanted = tuple(int(one) for one in ranks)
    if len(x.shape) not in wanted:
        raise ValueError(
            f"{_prefix(message)}Tensor  must have rank in {wanted}.  Received rank {len(x.shape)}, shape {x.shape}"
        )


def assert_same_float_dtype(tensors=None, dtype=None):
    first = None
    for tensor in tensors or []:
        if tensor is None:
            continue
        if dtype is None:
            dtype, first = tensor.dtype, tensor
        elif tensor.dtype != dtype:
            beside = f" as {str(first)}" if first is not None else ""
            raise ValueError(f"{str(tensor)}, type={tensor.dtype}, must be of the same type ({dtype}){beside}.")
    if dtype is None:
        return _tf().float32
    dtype = as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Expected floating point type, got {dtype}.")
    return dtype


def assert_proper_iterable(values):
    if isinstance(values, (_tf().Tensor, numpy.ndarray, bytes, str)):
        raise TypeError(f'Expected argument "values" to be a "proper" iterable.  Found: {type(values)}')
    if not hasattr(values, "__iter__"):
        raise TypeError(f'Expected argument "values" to be iterable.  Found: {type(values)}')


def is_numeric_tensor(tensor):
    if not isinstance(tensor, _tf().Tensor):
        return False
    return tensor.dtype.name not in ("bool", "string", "resource", "variant")


# ---- shapes


def _symbols(tensor, shape, prefix):
    """Symbols of the named axes, and whether there may be more axes before them."""
    if not hasattr(shape, "__iter__") and not hasattr(shape, "__getitem__"):
        raise ValueError(
            f"{prefix}Tensor {_told(tensor)}.  Specified shape must be an iterable.  An iterable has the attribute "
            f"`__iter__` or `__getitem__`.  Received specified shape: {shape}"
        )
    symbols = tuple(shape)
    for i, symbol in enumerate(symbols):
        if i > 0 and (symbol is Ellipsis or symbol == "*"):
            raise ValueError(
                f"{prefix}Tensor {_told(tensor)} specified shape index {i}.  Symbol `...` or `*` for a variable number "
                "of unspecified dimensions is only allowed as the first entry"
            )
    inner = bool(symbols) and (symbols[0] is Ellipsis or symbols[0] == "*")
    return (symbols[1:] if inner else symbols) or (1,), inner


def _check_rank(tensor, count, inner, message):
    if inner:
        if count > 1:
            assert_rank_at_least(tensor, count, message)
    elif count <= 1:
        assert_rank_in(tensor, (0, 1), message)
    else:
        assert_rank(tensor, count, message)


def _as_size(symbol):
    try:
        return int(symbol)
    except (TypeError, ValueError):
        return None


def assert_shapes(shapes, data=None, summarize=None, message=None, name=None):
    prefix = _prefix(message)
    pairs = shapes.items() if isinstance(shapes, dict) else shapes
    wanted = [(_tensor(x), shape) for x, shape in pairs if shape is not None]
    wanted = [(x,) + _symbols(x, shape, prefix) for x, shape in wanted]
    for x, symbols, inner in wanted:
        _check_rank(x, len(symbols), inner, message)
    known = {}
    for x, symbols, inner in wanted:
        sizes = list(x.shape) or [1]
        for i, symbol in enumerate(symbols):
            if symbol is None or symbol == ".":
                continue
            axis = i - len(symbols) if inner else i
            size = _as_size(symbol)
            source = "Specified explicitly"
            if size is None:
                if symbol not in known:
                    known[symbol] = (sizes[axis], x, axis)
                    continue
                size, other, at = known[symbol]
                source = f"Specified by tensor {_told(other)} dimension {at}"
            if sizes[axis] != size:
                raise ValueError(
                    f"{prefix}{source}.  Tensor {_told(x)} dimension {axis} must have size {size}.  Received size "
                    f"{sizes[axis]}, shape {x.shape}"
                )


def _quiet(*args, **kwargs):
    return None


enable_traceback_filtering = disable_traceback_filtering = set_log_device_placement = _quiet


def is_traceback_filtering_enabled():
    return True


def get_log_device_placement():
    return False


NAMES = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and (name.startswith(("assert_", "is_", "check_", "get_", "set_", "enable_", "disable_")))
}
NAMES["Assert"] = Assert
