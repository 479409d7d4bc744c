# SPDX-License-Identifier: Apache-2.0
"""Assignments to parts of a tf.Variable: rows by index, elements by place, slices. The new value is computed with numpy,
and the variable takes it as a whole."""

import sys

import _tapescope

from tensorflow._values._errors import error

KERNEL = "{{{{function_node __wrapped__{op}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} [Op:{op}]"


def _tensorflow():
    return sys.modules["tensorflow"]


def _refuse(op, text, name=""):
    raise error("InvalidArgumentError", KERNEL.format(op=op, text=text) + name)


def _scattered(value, at, updates, combine):
    """The value with `updates` put in at the places `at`; where one is named twice, one after the other."""
    import numpy

    if combine is None:
        value[at] = updates
    else:
        getattr(numpy, combine).at(value, at, updates)
    return value


def slices_scatter(op, combine):
    def scatter(self, sparse_delta, use_locking=False, name=None):
        if not isinstance(sparse_delta, _tensorflow().IndexedSlices):
            raise TypeError(f"Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {_shown(sparse_delta)}")
        updates = _tapescope.as_dtype_of(self, sparse_delta.values)
        indices = array_of(sparse_delta.indices)
        value = array_of(self)
        given = array_of(updates)
        _require_slices(op, given.shape, indices.shape, value.shape, "" if isinstance(sparse_delta.indices, list) else " name: ")
        for place, index in enumerate(indices.reshape(-1)):
            if not 0 <= index < value.shape[0]:
                _refuse(op, f"indices[{place}] = {index} is not in [0, {value.shape[0]})")
        if given.ndim > 0 and given.shape[indices.ndim :] != value.shape[1:]:
            value = _beginnings(value, indices, given, combine)
        else:
            value = _scattered(value, indices, given, combine)
        return _tapescope.update_variable(self, value, updates)

    return scatter


def _sizes(shape):
    return "[" + ",".join(map(str, shape)) + "]"


def _require_slices(op, updates, indices, value, name):
    if not updates:
        return
    if len(updates) != len(indices) + len(value) - 1:
        _refuse(op, "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got updates.shape "
                f"{_sizes(updates)}, indices.shape {_sizes(indices)}, params.shape {_sizes(value)}", name)
    if updates[: len(indices)] != indices:
        _refuse(op, f"The shape of indices ({_sizes(indices)}) must be a prefix of the shape of updates ({_sizes(updates)})", name)


def _beginnings(value, indices, given, combine):
    """Of rows of another length the kernel changes the beginnings: it goes by numbers of elements, not by shapes."""
    flat = value.reshape(len(value), -1)
    rows = given.reshape(max(1, indices.size), -1)[:, : flat.shape[1]]
    for index, row in zip(indices.reshape(-1), rows):
        _scattered(flat[index], slice(0, len(row)), row, combine)
    return flat.reshape(value.shape)


def _require_vectors(op, updates, places, value):
    """What the kernel asks of shapes before it looks at a place."""
    if not value:
        _refuse(op, "Output must be at least 1-D, got shape: []")
    batch, depth = (len(places) - 1, places[-1]) if len(places) > 1 else (len(places), 1)
    for axis in range(batch):
        if axis >= len(updates) or updates[axis] != places[axis]:
            theirs = updates[axis] if axis < len(updates) else 0
            _refuse(op, f"Dimensions [0,{batch}) of indices[shape={_sizes(places)}] = {places[axis]} must match dimensions "
                    f"[0,{batch}) of updates[shape={_sizes(updates)}] = {theirs}")
    if depth > len(value) or updates[batch:] != value[depth:]:
        _refuse(op, f"Dimensions [{depth},{len(value)}) of input[shape={_sizes(value)}] must match dimensions "
                f"[{depth},{len(updates)}) of updates[shape={_sizes(updates)}]")


def nd_scatter(op, combine):
    def scatter(self, indices, updates, name=None):
        updates = _tapescope.as_dtype_of(self, updates)
        places = array_of(_tapescope.tensor(indices, None))
        value = array_of(self)
        given = array_of(updates)
        _require_vectors(op, given.shape, places.shape, value.shape)
        depth = places.shape[-1] if places.ndim > 1 else 1
        flat = places.reshape(-1, depth)
        for place, index in enumerate(flat):
            if any(not 0 <= one < size for one, size in zip(index, value.shape)):
                where = ",".join(map(str, index))
                shape = ",".join(map(str, value.shape))
                _refuse(op, f"indices[{place}] = [{where}] does not index into shape [{shape}]")
        given = given.reshape((len(flat),) + value.shape[depth:])
        value = _scattered(value, tuple(flat.T), given, combine)
        return _tapescope.update_variable(self, value, updates)

    return scatter


def array_of(value):
    """A copy as an array of numpy, which does not count as leaving TensorFlow."""
    return _tapescope.array(value)


def _shown(value):
    return value.numpy() if _tapescope.is_tensor(value) else value


def batch_scatter_update(self, sparse_delta, use_locking=False, name=None):
    updates = _tapescope.as_dtype_of(self, sparse_delta.values)
    indices = array_of(sparse_delta.indices)
    value = array_of(self)
    places = [axis for axis in _grid(indices.shape[:-1])]
    value[tuple(axis[..., None] for axis in places) + (indices,)] = array_of(updates)
    return _tapescope.update_variable(self, value, updates)


def _grid(shape):
    import numpy

    return numpy.meshgrid(*map(numpy.arange, shape), indexing="ij")


def part_assigner(variable, index):
    """The method `assign` of variable[index]."""
    op = "ResourceStridedSliceAssign"

    def assign(value, use_locking=False, name=None, read_value=True):
        given = _tapescope.as_dtype_of(variable, value)
        whole = array_of(variable)
        place = _host_index(index)
        part = whole[place]
        try:
            if part.size:  # TensorFlow compares no shapes where nothing is written
                whole[place] = array_of(given)
        except ValueError:
            sizes = [",".join(map(str, one)) for one in (given.shape.as_list(), part.shape)]
            _refuse(op, f"Cannot broadcast input shape [{sizes[0]}] into final shape [{sizes[1]}]",
                    " name: strided_slice/_assign")
        return _tapescope.update_variable(variable, whole, given)

    return assign


def _host_index(index):
    if isinstance(index, tuple):
        return tuple(_host_index(one) for one in index)
    if isinstance(index, slice):
        return slice(*map(_host_index, (index.start, index.stop, index.step)))
    return int(array_of(index)) if _tapescope.is_tensor(index) else index
