# SPDX-License-Identifier: Apache-2.0
"""The names of TensorFlow that the engine answers to. Operations come from the engine's table; what TensorFlow itself
makes of several operations is written here the same way."""

import builtins
import importlib
import sys
import types as _types

import _tapescope

from tensorflow._arrays import _array
from tensorflow._chance import _randomness, _stateless
from tensorflow._irregular import (
    _ragged, _ragged_functions, _ragged_operators, _ragged_others, _ragged_spec, _sparse, _sparse_others,
)
from tensorflow._mathematics import _clipping, _math
from tensorflow._nets import _initializers, _nn
from tensorflow._pictures import _image, _image_changes
from tensorflow._taping import _custom_gradient, _forward, _tape, _variable, _zip
from tensorflow._taping._custom_gradient import custom_gradient, grad_pass_through, recompute_grad, stop_gradient
from tensorflow._taping._tape import AggregationMethod, GradientTape, UnconnectedGradients
from tensorflow._taping._variable import Variable, VariableAggregation, VariableSynchronization
from tensorflow._values import _attributes, _casting, _conversion, _dtypes, _errors, _shapes, _texts
from tensorflow._values._slices import IndexedSlices, IndexedSlicesSpec
from tensorflow._values._typespec import TypeSpec
from tensorflow._words import _strings
from tensorflow.keras import optimizers as _optimizers
from tensorflow import keras
from tensorflow._chance import _generator
from tensorflow._running import _module
from tensorflow._running._gradients import gradients, hessians
from tensorflow._surface import _function_names, _library, _missing, _walls, _wording
from tensorflow._words import _hashing, _protobuf

__version__ = "2.21.0"
_LATER = ("data", "experimental", "lookup", "profiler", "saved_model", "summary", "train")  # loaded when a script names them
_OF_KERAS = ("initializers", "losses", "metrics", "optimizers")

globals().update(_dtypes.EXPORTED)
DType = _dtypes.DType
TensorShape = _shapes.TensorShape
TensorSpec = _shapes.TensorSpec
as_dtype = _dtypes.as_dtype
saturate_cast = _casting.saturate_cast
RaggedTensor = _ragged.RaggedTensor
RaggedTensorSpec = _ragged_spec.RaggedTensorSpec
type_spec_from_value = _ragged_spec.type_spec_from_value
SparseTensor = _sparse.SparseTensor
SparseTensorSpec = _sparse.SparseTensorSpec
Tensor = _tapescope.EagerTensor
newaxis = None


def _namespace(name):
    full = f"tensorflow.{name}"
    if full not in sys.modules:
        sys.modules[full] = _types.ModuleType(full)
        home, _, last = name.rpartition(".")
        setattr(_namespace(home) if home else sys.modules[__name__], last, sys.modules[full])
    return sys.modules[full]


for _path, _function in {
    **_tapescope.functions, **_array.NAMES, **_image.NAMES, **_image_changes.NAMES, **_initializers.NAMES, **_math.NAMES
}.items():
    _home, _, _name = _path.rpartition(".")
    setattr(_namespace(_home) if _home else sys.modules[__name__], _name, _function)

for _home, _members in {
    "autodiff": {"ForwardAccumulator": _forward.ForwardAccumulator, "GradientTape": GradientTape},
    "nn": _nn.NN,
    "nn.experimental": _nn.EXPERIMENTAL,
    "compat.v1.nn": {"fused_batch_norm": _nn.fused_batch_norm},
    "math": _nn.MATH,
    "linalg": {"global_norm": _clipping.global_norm},
    "dtypes": {**_dtypes.EXPORTED, "DType": _dtypes.DType, "as_dtype": _dtypes.as_dtype,
               "saturate_cast": _casting.saturate_cast},
    "dtypes.experimental": {name: _dtypes.ALL[name] for name in _dtypes.SMALL_RANGES},
    "errors": _errors.ALL,
    "io": {**_protobuf.IO, "decode_raw": _strings.decode_raw, "decode_base64": _strings.decode_base64,
           "encode_base64": _strings.encode_base64},
    "ragged": {**_ragged_functions.RAGGED, **_ragged_others.RAGGED},
    "sets": _sparse_others.SETS,
    "sparse": {**_sparse.SPARSE, **_sparse_others.SPARSE},
    "strings": {**_strings.STRINGS, **_hashing.STRINGS},
}.items():
    for _name, _member in _members.items():
        setattr(_namespace(_home), _name, _member)

for _path, _member in {**_library.NAMES, **_randomness.NAMES, **_stateless.NAMES, **_generator.NAMES}.items():
    _home, _, _name = _path.rpartition(".")
    setattr(_namespace(_home) if _home else sys.modules[__name__], _name, _member)

cast = _conversion.cast
for _name in _ragged_functions.TAKING:
    _function = getattr(sys.modules[__name__], _name)
    if isinstance(_function, _types.BuiltinFunctionType):
        continue
    _function = _ragged_functions.dispatching(_name, _function)
    setattr(sys.modules[__name__], _name, _function)
    if hasattr(_namespace("math"), _name):
        setattr(_namespace("math"), _name, _function)

for _name in ("cast", "complex"):
    setattr(_namespace("dtypes"), _name, getattr(sys.modules[__name__], _name))

_scope_prefix = _module.current_scope
clip_by_global_norm = _clipping.clip_by_global_norm
clip_by_norm = _clipping.clip_by_norm
clip_by_value = _clipping.clip_by_value


def constant(value, dtype=None, shape=None, name="Const"):
    tensor = _tapescope.constant(value, dtype)
    if shape is None:
        return tensor
    wanted = _shapes.as_shape(shape)
    if wanted == tensor.shape:
        return tensor
    count = tensor.shape.num_elements()
    if count == wanted.num_elements():
        return _tapescope.run("Reshape", tensor, shape=wanted.as_list())
    if count == 1:
        one = tensor if not tensor.shape.rank else _tapescope.run("Reshape", tensor, shape=[])
        return _tapescope.run("Fill", one, shape=wanted.as_list())
    raise TypeError(
        f"Eager execution of tf.constant with unsupported shape. Tensor {tensor} (converted from {value}) has {count} "
        f"elements, but got `shape` {wanted} with {wanted.num_elements()} elements)."
    )


def convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    if type(value) is Tensor and (dtype is None or as_dtype(dtype) == value.dtype):
        return value
    return _tapescope.tensor(value, dtype, dtype_hint)


def is_tensor(x):
    return _tapescope.is_tensor(x) or isinstance(x, (IndexedSlices, _ragged.RaggedTensor, _sparse.SparseTensor))


def is_symbolic_tensor(tensor):
    return False


def __getattr__(name):
    if name in _LATER:
        return importlib.import_module(f"tensorflow.{name}")
    if name in _OF_KERAS:
        return getattr(keras, name)
    wall = _walls.named(f"tensorflow.{name}")
    if wall is not None:
        return wall
    raise _missing.error("tensorflow", name, {**globals(), **dict.fromkeys((*_LATER, *_OF_KERAS))})


_attributes.install()
_ragged_operators.install()
_ragged_others.install(sys.modules[__name__])
_variable.install()
builtins.zip = _zip.zip
_tapescope.share(
    {
        "as_dtype": _dtypes.as_dtype,
        "dtypes": _dtypes.ALL,
        "TensorShape": TensorShape,
        "GradientTape": GradientTape,
        "IndexedSlices": IndexedSlices,
        "Optimizer": _optimizers.Optimizer,
        "errors": _errors.ALL,
        "ragged": _ragged_functions.answer,
        "texts": _texts,
        "wording": _wording.complain,
    }
)
_missing.install(sys.modules[__name__])
_wording.install(sys.modules[__name__])
_function_names.install(sys.modules[__name__])
if "numpy" in sys.modules:
    _texts.install()
