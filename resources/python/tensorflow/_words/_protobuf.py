# SPDX-License-Identifier: Apache-2.0
"""tf.io.serialize_tensor and parse_tensor: a tensor as the bytes of a TensorProto (tensor.proto), and back."""

import base64

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


def _parsed(data):
    """(code of the dtype, sizes, bytes, texts)."""
    code, sizes, content, texts = 0, [], b"", []
    for number, value in _fields(data):
        if number == 1:
            code = value
        elif number == 2:
            sizes = [dict(_fields(one)).get(1, 0) for _, one in _fields(value)]
        elif number == 4:
            content = value
        elif number == 8:
            texts.append(value)
    return code, sizes, content, texts


def _refuse(text, given=None):
    name = " name: " if given is None or _tapescope.is_tensor(given) else ""
    raise _errors.ALL["InvalidArgumentError"](
        None, None,
        f"{{{{function_node __wrapped__ParseTensor_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} "
        f"[Op:ParseTensor]{name}"
    )


def parse_tensor(serialized, out_type, name=None):
    wanted = _dtypes.as_dtype(out_type).name
    data = _tapescope.tensor(serialized)
    if data.shape.rank:
        _refuse("Expected `serialized` to be a scalar, got shape: [%s]" % ",".join(map(str, data.shape.as_list())))
    data = data.numpy()
    try:
        code, sizes, content, texts = _parsed(data)
        kind = _NAMES[code]
    except (IndexError, KeyError, TypeError):
        _refuse(f"Could not parse `serialized` as TensorProto, base64: {base64.b64encode(data).decode()}", serialized)
    if kind != wanted:
        _refuse(f"Type mismatch between parsed tensor ({_tapescope.kernel_name(_dtypes.as_dtype(kind))}) and dtype "
                f"({_tapescope.kernel_name(_dtypes.as_dtype(wanted))})")
    if kind == "string":
        _texts.install()
        return _tapescope.run("Reshape", _tapescope.constant(texts, "string"), shape=sizes)
    if kind == "bfloat16":
        numbers = _tapescope.tensor(numpy.frombuffer(content, "uint16").reshape(sizes))
        return _tapescope.run("Bitcast", numbers, type="bfloat16")
    return _tapescope.tensor(numpy.frombuffer(content, kind).reshape(sizes))


IO = {"serialize_tensor": serialize_tensor, "parse_tensor": parse_tensor}
