# SPDX-License-Identifier: Apache-2.0
"""What is left of a tensor that a traced function put somewhere instead of returning it: a name in a graph, without a value."""

import _tapescope

from tensorflow._values import _errors

_BOOL = (
    "Using a symbolic `tf.Tensor` as a Python `bool` is not allowed. You can attempt the following resolutions to the problem: "
    "If you are running in Graph mode, use Eager execution mode or decorate this function with @tf.function. If you are using "
    "AutoGraph, you can try decorating this function with @tf.function. If that does not work, then you may be using an "
    "unsupported feature or your source code may not be visible to AutoGraph. See "
    "https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/autograph/g3doc/reference/limitations.md"
    "#access-to-source-code for more information."
)


class SymbolicTensor:
    """Has a name, a shape and a dtype; every use is refused as TensorFlow refuses it."""

    __module__ = "tensorflow.python.framework.ops"
    __array_priority__ = 100

    def __init__(self, tensor, name=None):
        self.shape, self.dtype, self.name = tensor.shape, tensor.dtype, name or _tapescope.symbol_name(tensor)
        self.ndim, self.device = tensor.shape.rank, ""

    def __repr__(self):
        return f"<tf.Tensor '{self.name}' shape={self.shape} dtype={self.dtype.name}>"

    def __str__(self):
        return f'Tensor("{self.name}", shape={self.shape}, dtype={self.dtype.name})'

    def __len__(self):
        raise TypeError(f"len is not well defined for a symbolic Tensor ({self.name}). Please call `x.shape` rather than `len(x)` "
                        "for shape information.")

    def __bool__(self):
        raise _errors.ALL["OperatorNotAllowedInGraphError"](_BOOL)

    def __array__(self, dtype=None, copy=None):
        raise NotImplementedError(
            f"Cannot convert a symbolic tf.Tensor ({self.name}) to a numpy array. This error may indicate that you're trying to "
            "pass a Tensor to a NumPy call, which is not supported."
        )

    def __hash__(self):
        raise TypeError("Tensor is unhashable. Instead, use tensor.ref() as the key.")

    def _out_of_scope(self, *args, **kwargs):
        raise TypeError(
            f"{self!r} is out of scope and cannot be used here. Use return values, explicit Python locals or TensorFlow "
            "collections to access it.\nPlease see https://www.tensorflow.org/guide/function#all_outputs_of_a_tffunction_must_be_"
            "return_values for more information.\n"
        )

    def get_shape(self):
        return self.shape

    __tf_tensor__ = _out_of_scope


for _name in ("add sub mul truediv floordiv mod pow matmul and or xor radd rsub rmul rtruediv rfloordiv rmod rpow rmatmul rand ror "
              "rxor eq ne lt le gt ge neg abs invert getitem iter").split():
    setattr(SymbolicTensor, f"__{_name}__", SymbolicTensor._out_of_scope)
