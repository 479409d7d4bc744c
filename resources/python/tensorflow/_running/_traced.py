# SPDX-License-Identifier: Apache-2.0
"""What of a kernel's complaints TensorFlow finds while it traces a function: dtypes and shapes that do not fit are a
TypeError or a ValueError there, which speaks of a node of the graph instead of a kernel (op_def_library.py,
common_shape_fns.cc)."""

import ast
import linecache
import math
import re

_DTYPES = {"half": "float16", "float": "float32", "double": "float64"}
_PROTOCOL = {"float16": "HALF", "float32": "FLOAT", "float64": "DOUBLE"}
_OPERATORS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.FloorDiv: "floordiv", ast.Mod: "mod",
              ast.Pow: "pow", ast.MatMult: "matmul"}
_CALLS = {"add": "Add", "subtract": "Sub", "multiply": "Mul", "divide": "truediv", "matmul": "MatMul"}
_PAIRS = set("AddV2 Sub Mul RealDiv Minimum Maximum Pow FloorDiv FloorMod SquaredDifference Less LessEqual Greater "
             "GreaterEqual".split())
_COMPARISONS = {ast.Lt: "Less", ast.LtE: "LessEqual", ast.Gt: "Greater", ast.GtE: "GreaterEqual"}
#: Whose results have a size that only a run knows: of what is made with them no shape is known while a function is traced.
_SIZED_BY_VALUES = {"boolean_mask", "where", "unique", "unique_with_counts", "range", "nonzero", "sequence_mask", "slice", "ragged",
                    "sparse", "dynamic_partition", "fill", "repeat", "tile"}
#: Arguments by keyword that are no operands.
_SETTINGS = {"name", "transpose_a", "transpose_b"}


class _Place:
    """The expression that was computed when it was raised, with the values that its operands had."""

    def __init__(self, problem, symbols):
        self._symbols = symbols
        self.node, self._frame = _expression(problem)

    def name(self, op):
        if isinstance(self.node, ast.BinOp):
            return _OPERATORS.get(type(self.node.op), op)
        if isinstance(self.node, ast.Compare):
            return _COMPARISONS.get(type(self.node.ops[0]), op)
        if isinstance(self.node, ast.Call) and isinstance(self.node.func, ast.Attribute):
            return self.setting("name") or _CALLS.get(self.node.func.attr, op)
        return op

    def operands(self):
        """The two that the text names; fewer where they cannot be told."""
        if isinstance(self.node, ast.BinOp):
            return [self.node.left, self.node.right]
        if isinstance(self.node, ast.Compare):
            return [self.node.left, *self.node.comparators]
        if not isinstance(self.node, ast.Call):
            return []
        return [*self.node.args, *(one.value for one in self.node.keywords if one.arg not in _SETTINGS)][:2]

    def setting(self, name):
        found = [one.value for one in getattr(self.node, "keywords", ()) if one.arg == name]
        return self.value(found[0]) if found else None

    def knows_shapes(self):
        """Whether tracing would have: nothing in the function makes sizes of values."""
        return self.node is not None and len(self.operands()) == 2 and not _SIZED_BY_VALUES & set(self._frame.f_code.co_names)

    def value(self, node):
        """Of a name, of an attribute of one, of a constant; None of what would have to be computed again."""
        if isinstance(node, ast.Name):
            scope = self._frame.f_locals if node.id in self._frame.f_locals else self._frame.f_globals
            return scope.get(node.id)
        if isinstance(node, ast.Attribute):
            home = self.value(node.value)
            return None if home is None else vars(home).get(node.attr) if hasattr(home, "__dict__") else None
        try:
            return ast.literal_eval(node)
        except ValueError:
            return None

    def title(self, node, place, word):
        """What the graph calls an operand."""
        value = self.value(node)
        known = re.match(r'Tensor\("(.*?):', self._symbols.get(getattr(value, "_id", None), ""))
        if known:
            return known[1]
        if hasattr(value, "assign"):
            # An operator reads its variable before it begins.
            first = isinstance(self.node, ast.BinOp) and node is self.node.left
            return "ReadVariableOp" if first else f"{place}/ReadVariableOp"
        if isinstance(node, ast.BinOp):
            return _OPERATORS.get(type(node.op), word)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return _CALLS.get(node.func.attr) or "".join(part.capitalize() for part in node.func.attr.removeprefix("reduce_").split("_"))
        return f"{place}/{word}"


def _expression(problem):
    """(the syntax of what ran in the innermost line of the script, its frame)"""
    found = None
    entry = problem.__traceback__
    while entry is not None:
        if not entry.tb_frame.f_code.co_filename.startswith(("<tensorflow/", "<keras/", "<frozen")):
            found = entry
        entry = entry.tb_next
    if found is None:
        return None, None
    places = list(found.tb_frame.f_code.co_positions())
    line, last, start, end = places[found.tb_lasti // 2]
    if None in (line, last, start, end) or line != last:
        return None, found.tb_frame
    text = linecache.getline(found.tb_frame.f_code.co_filename, line, found.tb_frame.f_globals)
    try:
        return ast.parse(text.encode()[start:end].decode().strip(), mode="eval").body, found.tb_frame
    except (SyntaxError, ValueError):
        return None, found.tb_frame


def _protocol(dtype):
    return "DT_" + _PROTOCOL.get(dtype, dtype.upper())


def _sizes(text):
    return [int(one) for one in text.split(",")] if text else []


def _shown(sizes):
    return "[" + ",".join(map(str, sizes)) + "]"


def _dtype_of(place):
    for node in place.operands():
        dtype = getattr(place.value(node), "dtype", None)
        if dtype is not None:
            return str(getattr(dtype, "name", dtype))
    return "float32"


# ---- dtypes


def _mismatch(op, found):
    names = ("a", "b") if op == "MatMul" else ("x", "y")
    wanted, own = (_DTYPES.get(one, one) for one in found.groups()[1:])
    if op in ("ConcatV2", "Pack"):
        return f"Tensors in list passed to 'values' of '{op}' Op have types [{wanted}, {own}] that don't all match."
    if op not in _PAIRS | {"MatMul"}:
        return None
    other = names[int(found[1])]
    return f"Input '{other}' of '{op}' Op has type {own} that does not match type {wanted} of argument '{names[0]}'."


def _not_allowed(text):
    found = re.search(r"Value for attr '(\w+)' of (\w+) is not in the list of allowed values: ([\w, ]+)\n.*?signature=(.*?) ->",
                      text, re.DOTALL)
    if not found:
        return None
    attribute, dtype, allowed, signature = found.groups()
    inputs = [one.split(":") for one in signature.split(", ") if ":" in one]
    name = next((word for word, kind in inputs if kind.split("*")[-1] == attribute), None)
    if name is None:
        return None
    names = ", ".join(_DTYPES.get(one, one) for one in allowed.split(", "))
    return f"Value passed to parameter '{name}' has DataType {_DTYPES.get(dtype, dtype)} not in list of allowed values: {names}"


# ---- shapes


def _unequal(op, place, left, right, pair, attributes):
    name = place.name(op)
    titles = [place.title(node, name, word) for node, word in zip(place.operands(), pair)]
    dtype = _protocol(_dtype_of(place))
    more = "".join(f", {one}={str(on).lower()}" for one, on in attributes.items())
    return (f"for '{{{{node {name}}}}} = {op}[T={dtype}{more}]({', '.join(titles)})' with input shapes: "
            f"{_shown(left)}, {_shown(right)}.")


def _broadcast(op, place, found):
    left, right = _sizes(found[1]), _sizes(found[2])
    rank = max(len(left), len(right))
    pairs = zip([1] * (rank - len(left)) + left, [1] * (rank - len(right)) + right)
    a, b = next((a, b) for a, b in pairs if a != b and 1 not in (a, b))
    return f"Dimensions must be equal, but are {a} and {b} " + _unequal(op, place, left, right, "xy", {})


def _product(op, place, found):
    left, right = _sizes(found[1]), _sizes(found[2])
    turned = [bool(place.setting(name)) for name in ("transpose_a", "transpose_b")]
    attributes = {"grad_a": False, "grad_b": False, "transpose_a": turned[0], "transpose_b": turned[1]}
    inner = left[0 if turned[0] else 1], right[1 if turned[1] else 0]
    return f"Dimensions must be equal, but are {inner[0]} and {inner[1]} " + _unequal(op, place, left, right, "ab", attributes)


def _reshape(op, place, found):
    nodes = place.operands()
    if len(nodes) < 2:
        return None
    tensor, wanted = place.value(nodes[0]), place.value(nodes[1])
    if tensor is None or not isinstance(wanted, (list, tuple)) or not all(isinstance(one, int) for one in wanted):
        return None
    title = place.title(nodes[0], "Reshape", "tensor")
    node = (f"for '{{{{node Reshape}}}} = Reshape[T={_protocol(tensor.dtype.name)}, Tshape=DT_INT32]({title}, Reshape/shape)' with input "
            f"shapes: {_shown(tensor.shape)}, [{len(wanted)}] and with input tensors computed as partial shapes: input[1] = ")
    if -1 in wanted:
        rest = math.prod(one for one in wanted if one != -1)
        shown = _shown(["?" if one == -1 else one for one in wanted])
        return f"Dimension size must be evenly divisible by {rest} but is {found[1]} {node}{shown}."
    return f"Cannot reshape a tensor with {found[1]} elements to shape {_shown(wanted)} ({found[2]} elements) {node}{_shown(wanted)}."


_WORDS = [
    (r"Incompatible shapes: \[([\d,]*)\] vs\. \[([\d,]*)\]", _PAIRS, _broadcast),
    (r"Matrix size-incompatible: In\[0\]: \[([\d,]*)\], In\[1\]: \[([\d,]*)\]", {"MatMul"}, _product),
    (r"Input to reshape is a tensor with (\d+) values, but the requested shape has (\d+)", {"Reshape"}, _reshape),
    (r"Input to reshape is a tensor with (\d+) values, but the requested shape requires a multiple of (\d+)", {"Reshape"}, _reshape),
]


def _of_shapes(op, text, place):
    """What it says of shapes that do not fit; None where TensorFlow would not know them, or where we have no words for it."""
    if not place.knows_shapes():
        return None
    for pattern, ops, words in _WORDS:
        found = re.search(pattern, text)
        if found and op in ops:
            return words(op, place, found)
    return None


def while_tracing(problem, symbols, known_shapes=True):
    """The exception that stands for a kernel's where TensorFlow would have raised before a kernel ran; None where it would not, or
    where it cannot be told: the kernel's own is kept then."""
    message = re.sub(r"\{\{function_node [^}]*\}\} ?", "", problem.message)
    found = re.search(r" \[Op:(\w+)\]", message)
    if not found:
        return None
    op, text = found[1], message[: found.start()]
    mismatch = re.match(r"cannot compute \w+ as input #(\d+)\(zero-based\) was expected to be a (\w+) tensor but is a (\w+) tensor", text)
    said = _mismatch(op, mismatch) if mismatch else _not_allowed(text)
    if said:
        return TypeError(said)
    said = _of_shapes(op, text, _Place(problem, symbols)) if known_shapes else None
    return ValueError(said) if said else None
