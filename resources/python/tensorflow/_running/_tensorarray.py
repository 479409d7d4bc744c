# SPDX-License-Identifier: Apache-2.0
"""tf.TensorArray as TensorFlow has it in eager mode: a list of tensors with rules."""

import sys

import _tapescope

from tensorflow._values._dtypes import as_dtype


def _tf():
    return sys.modules["tensorflow"]


def _error(kind, text):
    return getattr(_tf().errors, kind)(None, None, text)


def _index(value):
    return int(_tapescope.peek(value)) if _tapescope.is_tensor(value) else value


def _indices(value):
    return [int(one) for one in (_tapescope.peek(value).reshape(-1) if _tapescope.is_tensor(value) else value)]


class TensorArray:
    def __init__(
        self,
        dtype,
        size=None,
        dynamic_size=None,
        clear_after_read=None,
        tensor_array_name=None,
        handle=None,
        flow=None,
        infer_shape=True,
        element_shape=None,
        colocate_with_first_write_call=True,
        name=None,
    ):
        if handle is not None:
            raise ValueError("TensorArray handles are not supported when eager execution is enabled.")
        if size is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        self._dtype = as_dtype(dtype)
        self._dynamic_size = dynamic_size or False
        self._clear_after_read = True if clear_after_read is None else clear_after_read
        self._infer_shape = infer_shape
        self._shape = None if element_shape is None else [None if one is None else int(one) for one in element_shape]
        self._read_before = []
        self._tensors = [None] * _index(size)

    @property
    def dtype(self):
        return self._dtype

    @property
    def flow(self):
        return _tf().constant(0, dtype="int32")

    @property
    def handle(self):
        return None

    @property
    def dynamic_size(self):
        return self._dynamic_size

    @property
    def element_shape(self):
        return _tf().TensorShape(self._shape)

    def identity(self):
        return self

    def grad(self, source, flow=None, name=None):
        raise NotImplementedError(
            "TensorArray.grad is not supported when executing eagerly; eager's gradient implementation does not use/need "
            "this function to compute gradients of operations that use TensorArrays."
        )

    def read(self, index, name=None):
        index = _index(index)
        if index < 0:
            raise _error("OutOfRangeError", f"Reading from negative indices (index {index}) is not allowed.")
        if index >= len(self._tensors):
            raise _error(
                "OutOfRangeError", f"Tried to read from index {index} but array size is: {len(self._tensors)} "
            )
        tensor = self._tensors[index]
        if tensor is None:
            if index in self._read_before:
                raise _error(
                    "InvalidArgumentError",
                    f"Could not read index {index} twice because it was cleared after a previous read (perhaps try "
                    "setting clear_after_read = false?)",
                )
            tensor = self._filled(index)
        if self._clear_after_read:
            self._tensors[index] = None
            self._read_before.append(index)
        return tensor

    def _fits(self, shape):
        if self._shape is None:
            return True
        return len(shape) == len(self._shape) and all(
            known is None or known == size for known, size in zip(self._shape, shape)
        )

    def _put(self, index, value):
        index = _index(index)
        if index < 0:
            raise _error("OutOfRangeError", f"Writing to negative indices (index {index}) is not allowed.")
        size = len(self._tensors)
        if index >= size:
            if not self._dynamic_size:
                raise _error(
                    "OutOfRangeError",
                    f"Tried to write to index {index} but array is not resizeable and size is: {size} ",
                )
            self._tensors.extend([None] * (index - size + 1))
        if not isinstance(value, _tf().Tensor):
            value = _tf().convert_to_tensor(value, dtype_hint=self._dtype)
        if value.dtype != self._dtype:
            raise _error(
                "InvalidArgumentError",
                f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {value.dtype.name} ",
            )
        if not self._fits(value.shape):
            raise ValueError(f"Incompatible shape for value ({value.shape}), expected ({self.element_shape})")
        if self._infer_shape:
            self._shape = list(value.shape)
        self._tensors[index] = value

    def write(self, index, value, name=None):
        self._put(index, value)
        return self

    def _filled(self, index):
        """An element that nobody wrote is zero, once the shape is known."""
        if self._tensors[index] is None:
            if self._shape is None or None in self._shape:
                shown = "<unknown>" if self._shape is None else self.element_shape
                raise ValueError(f"Cannot convert a partially known TensorShape {shown} to a Tensor.")
            self._tensors[index] = _tf().zeros(self._shape, dtype=self._dtype)
        return self._tensors[index]

    def _all(self):
        return [self._filled(index) for index in range(len(self._tensors))]

    def stack(self, name=None):
        if not self._tensors:
            known = self._shape if self._shape is not None and None not in self._shape else []
            return _tf().zeros([0] + known, dtype=self._dtype)
        return _tf().stack(self._all())

    def gather(self, indices, name=None):
        return _tf().stack([self._filled(index) for index in _indices(indices)])

    def concat(self, name=None):
        tensors = self._all()
        ranks = [len(one.shape) for one in tensors]
        if 0 in ranks:
            raise _error(
                "InvalidArgumentError",
                f"Concat saw a scalar shape at index {ranks.index(0)} but requires at least vectors.",
            )
        return _tf().concat(tensors, 0)

    def unstack(self, value, name=None):
        tensors = _tf().unstack(value)
        if len(tensors) > len(self._tensors) and not self._dynamic_size:
            raise ValueError(
                f"Cannot unstack {len(tensors)} tensors into a TensorArray of static size {len(self._tensors)} "
            )
        self._tensors = list(tensors)
        return self

    def scatter(self, indices, value, name=None):
        for index, one in zip(_indices(indices), _tf().unstack(value)):
            self._put(index, one)
        return self

    def split(self, value, lengths, name=None):
        value = _tf().convert_to_tensor(value, dtype_hint=self._dtype)
        sizes = _tapescope.peek(_tf().convert_to_tensor(lengths))
        total = int(sizes.sum())
        if sizes.ndim != 1:
            problem = f"Expected lengths to be a vector, received shape: {list(sizes.shape)} "
        elif len(value.shape) == 0:
            problem = f"Expected value to be at least a vector, but received shape: {list(value.shape)} "
        elif total != value.shape[0]:
            problem = (
                "Expected sum of lengths to be equal to values.shape[0], but sum of lengths is "
                f"{total} and value's shape is: {list(value.shape)} "
            )
        elif not self._dynamic_size and len(sizes) != len(self._tensors):
            problem = (
                f"TensorArray's size is not equal to the size of lengths ({len(self._tensors)} vs. {len(sizes)}), and "
                "the TensorArray is not marked as dynamically resizeable."
            )
        else:
            self._tensors = list(_tf().split(value, [int(size) for size in sizes]))
            return self
        raise _error("InvalidArgumentError", problem)

    def size(self, name=None):
        return _tf().constant(len(self._tensors))

    def close(self, name=None):
        self._tensors.clear()


TensorArray.__module__ = "tensorflow.python.ops.tensor_array_ops"
