# SPDX-License-Identifier: Apache-2.0
"""tf.io.serialize_tensor and parse_tensor: a tensor as the bytes of a TensorProto (tensor.proto), and back."""

import base64
import math

import numpy

import _tapescope

from tensorflow._values import _dtypes, _errors, _texts

# DataType in types.proto.
_CODES = {
    "float32": 1, "float64": 2, "int32": 3, "uint8": 4, "int16": 5, "int8": 6, "string": 7, "complex64": 8, "int64": 9,
    "bool": 10, "bfloat16": 14, "uint16": 17, "complex128": 18, "float16": 19, "uint32": 22, "uint64": 23,
}
_NAMES = {code: name for name, code in _CODES.items()}


def _varint(number):
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def _field(number, content):
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _shape(sizes):
    return b"".join(_field(2, b"\x08" + _varint(size) if size else b"") for size in sizes)


def _content(tensor):
    if tensor.dtype.name == "string":
        return b"".join(_field(8, text) for text in tensor.numpy().reshape(-1)) if tensor.shape.rank else _field(8, tensor.numpy())
    if tensor.dtype.name == "bfloat16":
        tensor = _tapescope.run("Bitcast", tensor, type="uint16")
    content = numpy.ascontiguousarray(_tapescope.peek(tensor)).tobytes()
    return _field(4, content) if content else b""


def serialize_tensor(tensor, name=None):
    tensor = _tapescope.tensor(tensor)
    head = b"\x08" + _varint(_CODES[tensor.dtype.name]) + _field(2, _shape(tensor.shape.as_list()))
    return _tapescope.tensor(head + _content(tensor))


def _read_varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def _fields(data):
    at = 0
    while at < len(data):
        tag, at = _read_varint(data, at)
        value, at = _read_varint(data, at)
        if tag & 7 == 2:
            if at + value > len(data):
                raise IndexError
            value, at = data[at : at + value], at + value
        yield tag >> 3, value


def _signed(number):
    return number - (1 << 64) if number >> 63 else number


def _size(dimension):
    size = dict(_fields(dimension)).get(1, 0)
    return size if isinstance(size, int) else 0


def _parsed(data):
    """(code of the dtype, sizes, bytes, texts)."""
    code, sizes, content, texts, more = 0, [], b"", [], False
    for number, value in _fields(data):
        if number == 1 and isinstance(value, int):
            code = value
        elif not isinstance(value, bytes) and number < 5:
            continue  # of another kind: as if it were not there
        elif number == 2:
            sizes = [_signed(_size(one)) for place, one in _fields(value) if place == 2]
        elif number == 4:
            content = value
        elif number == 8 and isinstance(value, bytes):
            texts.append(value)
        elif 4 < number < 18 and value:
            more = True
    if more:
        raise NotImplementedError("tf.io.parse_tensor reads what tf.io.serialize_tensor writes, and other protos not yet")
    return code, sizes, content, texts


def _refuse(text, given=None):
    name = " name: " if given is None or _tapescope.is_tensor(given) else ""
    raise _errors.ALL["InvalidArgumentError"](
        None, None,
        f"{{{{function_node __wrapped__ParseTensor_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} "
        f"[Op:ParseTensor]{name}"
    )


_ESCAPES = {7: "", 34: '\\"', 39: "\\'", 92: "\\\\", 10: "\\n", 13: "\\r", 9: "\\t"}


def _quoted(data):
    return '"' + "".join(_ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\{b:03o}") for b in data) + '"'


def _debugged(code, sizes, content, texts):
    """The proto as TensorFlow prints it."""
    kind = _NAMES.get(code)
    name = "DT_" + _tapescope.kernel_name(_dtypes.as_dtype(kind)).upper() if kind else str(code)
    lines = [f"dtype: {name}"] if code else []
    if sizes:
        lines += ["tensor_shape {", *(line for size in sizes for line in ("  dim {", f"    size: {size}", "  }")), "}"]
    lines += [f"tensor_content: {_quoted(content)}"] if content else []
    lines += [f"string_val: {_quoted(text)}" for text in texts]
    return "".join(line + "\n" for line in ("goo.gle/debugproto    ", *lines))


def _numbers(kind, sizes, content):
    """None where the bytes are not as many numbers."""
    kind = "uint16" if kind == "bfloat16" else kind
    count = math.prod(sizes)
    if any(size < 0 for size in sizes) or content and len(content) != count * numpy.dtype(kind).itemsize:
        return None
    if kind == "bool" and any(byte > 1 for byte in content):
        return None
    return numpy.frombuffer(content, kind).reshape(sizes) if content else numpy.zeros(sizes, kind)


def _texts_of(sizes, texts):
    """The last stands for all that are missing; None where there are no such sizes."""
    if any(size < 0 for size in sizes):
        return None
    count = math.prod(sizes)
    missing = count - len(texts)
    return [*texts[:count], *[(texts or [b""])[-1]] * missing]


def parse_tensor(serialized, out_type, name=None):
    wanted = _dtypes.as_dtype(out_type).name
    data = _tapescope.tensor(serialized)
    if data.shape.rank:
        _refuse("Expected `serialized` to be a scalar, got shape: [%s]" % ",".join(map(str, data.shape.as_list())))
    data = data.numpy()
    try:
        code, sizes, content, texts = _parsed(data)
    except (IndexError, TypeError):
        _refuse(f"Could not parse `serialized` as TensorProto, base64: {base64.b64encode(data).decode()}", serialized)
    kind = _NAMES.get(code)
    if kind is None:
        _refuse(f"Cannot parse tensor from proto: {_debugged(code, sizes, content, texts)}", "")
    made = _texts_of(sizes, texts) if kind == "string" else _numbers(kind, sizes, content)
    if made is None:
        _refuse(f"Cannot parse tensor from proto: {_debugged(code, sizes, content, texts)}", "")
    if kind != wanted:
        _refuse(f"Type mismatch between parsed tensor ({_tapescope.kernel_name(_dtypes.as_dtype(kind))}) and dtype "
                f"({_tapescope.kernel_name(_dtypes.as_dtype(wanted))})")
    if kind == "string":
        _texts.install()
        return _tapescope.run("Reshape", _tapescope.constant(made, "string"), shape=sizes)
    made = _tapescope.tensor(made)
    return _tapescope.run("Bitcast", made, type="bfloat16") if kind == "bfloat16" else made


IO = {"serialize_tensor": serialize_tensor, "parse_tensor": parse_tensor}
