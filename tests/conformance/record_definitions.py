# SPDX-License-Identifier: Apache-2.0
"""Records what TensorFlow registers about its operations: types of inputs and attributes, and where a kernel exists.

    record_definitions.py > resources/operations/definitions.txt

One line for an operation, as TensorFlow's errors show it; below it, where some allowed dtype has no kernel on a CPU, a
line for each kernel in TensorFlow's order, as its errors list them ("CPU; T in [DT_FLOAT]")."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from tensorflow.core.framework import op_def_pb2, types_pb2
from tensorflow.python.client import pywrap_tf_session
from tensorflow.python.framework import dtypes, kernels, op_def_registry
from tensorflow.python.ops import (
    gen_array_ops, gen_bitwise_ops, gen_image_ops, gen_linalg_ops, gen_manip_ops, gen_math_ops, gen_nn_ops,
    gen_parsing_ops, gen_ragged_array_ops, gen_ragged_conversion_ops, gen_ragged_math_ops, gen_random_ops,
    gen_set_ops, gen_sparse_ops, gen_special_math_ops, gen_spectral_ops, gen_stateless_random_ops, gen_stateless_random_ops_v2,
    gen_string_ops,
)

MODULES = [value for name, value in globals().copy().items() if name.startswith("gen_")]
LEFT_OUT = ("Quantize", "Dequantize", "Requanti", "Fake", "_", "BatchFunction", "Ref", "Mirror", "Xla", "Uniform", "DecodeJ", "DecodeP", "DecodeB", "DecodeG", "DecodeI", "DecodeW", "DecodeC",
            "Parse", "Stage", "Unstage", "Map", "OrderedMap", "Encode", "TensorArray", "TensorList", "TensorForest", "TensorSlice")
OURS = {"half", "bfloat16", "float", "double", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32",
        "uint64", "bool", "complex64", "complex128", "string"}


def dtype_name(number):
    return types_pb2.DataType.Name(number)


def short(number):
    return "half" if number == types_pb2.DT_HALF else dtype_name(number)[3:].lower()


def arguments(args):
    def one(arg):
        kind = short(arg.type) if arg.type else arg.type_attr or arg.type_list_attr
        text = (arg.number_attr + "*" if arg.number_attr else "") + kind
        return arg.name + ":" + ("Ref(" + text + ")" if arg.is_ref else text)

    return ", ".join(one(arg) for arg in args)


def value_text(value):
    kind = value.WhichOneof("value")
    if kind == "list":
        parts = value.list
        items = ['"%s"' % s.decode() for s in parts.s] + [str(i) for i in parts.i] + [str(f) for f in parts.f]
        items += [str(b).lower() for b in parts.b] + [dtype_name(t) for t in parts.type]
        return "[" + ", ".join(items) + "]"
    if kind == "s":
        return '"%s"' % value.s.decode()
    if kind == "i":
        return str(value.i)
    if kind == "f":
        return ("%g" % value.f)
    if kind == "b":
        return str(value.b).lower()
    if kind == "type":
        return dtype_name(value.type)
    return "?"


def definition(op):
    text = f"{op.name}; signature={arguments(op.input_arg)} -> {arguments(op.output_arg)}"
    for attr in op.attr:
        text += f"; attr={attr.name}:{attr.type}"
        if attr.HasField("default_value"):
            text += ",default=" + value_text(attr.default_value)
        if attr.has_minimum:
            text += f",min={attr.minimum}"
        if attr.HasField("allowed_values"):
            text += ",allowed=" + value_text(attr.allowed_values)
    for flag in ("is_commutative", "is_aggregate", "is_stateful", "allows_uninitialized_input"):
        if getattr(op, flag):
            text += f"; {flag}=true"
    return text


def constraint_text(constraint):
    allowed = constraint.allowed_values.list
    return f"{constraint.name} in [" + ", ".join(dtype_name(t) for t in allowed.type) + "]"


def kernel_lines(op):
    """Empty where every dtype of ours that is allowed has a kernel on a CPU."""
    found = kernels.get_registered_kernels_for_op(op.name).kernel
    missing = False
    for attr in op.attr:
        if attr.type != "type" or not attr.HasField("allowed_values"):
            continue
        for number in attr.allowed_values.list.type:
            if short(number) not in OURS:
                continue
            fits = [
                k for k in found
                if k.device_type == "CPU"
                and all(number in c.allowed_values.list.type for c in k.constraint if c.name == attr.name)
            ]
            missing |= not fits
    if not missing:
        return []
    return ["  " + "; ".join([k.device_type] + [constraint_text(c) for c in k.constraint]) for k in found]


def main():
    try:  # makes TensorFlow register the kernels of its compiler, which its errors list too
        tf.raw_ops.Igamma(a=tf.constant([1], tf.bfloat16), x=tf.constant([1], tf.bfloat16))
    except tf.errors.NotFoundError:
        pass
    registered = op_def_pb2.OpList()
    registered.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    wanted = {name for module in MODULES for name in dir(module)}
    print("# TensorFlow %s" % tf.__version__)
    for op in sorted(registered.op, key=lambda op: op.name):
        if op.name.startswith(LEFT_OUT) or op.deprecation.version or not hasattr(tf.raw_ops, op.name):
            continue
        function = getattr(tf.raw_ops, op.name)
        if not any(getattr(module, op.name, None) is not None for module in MODULES):
            continue
        print(definition(op))
        for line in kernel_lines(op):
            print(line)


main()
