# SPDX-License-Identifier: Apache-2.0
"""tf.lookup: tables from keys to values, as tensorflow/python/ops/lookup_ops.py has them. A table is a dictionary of
Python's; what is looked up has no gradient, here as there."""

import sys as _sys
import types as _types

import numpy as _numpy

import _tapescope

from tensorflow._arrays._arguments import kernel_error as _kernel_error
from tensorflow._irregular import _ragged, _sparse
from tensorflow._values._dtypes import as_dtype as _as_dtype

_STATIC = ("string string,string int64,string int32,string float32,string float64,string bool,int64 string,int64 int64,"
           "int64 int32,int64 float32,int64 float64,int32 string,int32 int32,int32 float32,int32 float64")


def _tf():
    return _sys.modules["tensorflow"]


def _tensor(value, dtype=None):
    return _tapescope.tensor(value, dtype)


def _flat(tensor):
    return _tapescope.peek(tensor).reshape(-1).tolist()


def _rows(tensor, keys):
    """The values, one for each key."""
    return list(_tapescope.peek(tensor).reshape(keys, -1)) if keys else []


def _require(keys, dtype):
    if keys.dtype != dtype:
        raise TypeError(f"Dtype of argument `keys` must be {dtype}, received: {keys.dtype}")


def _protocol(dtype):
    return "DT_" + _tapescope.kernel_name(_as_dtype(dtype)).upper()


class KeyValueTensorInitializer:
    def __init__(self, keys, values, key_dtype=None, value_dtype=None, name=None):
        self._keys, self._values = _tensor(keys, key_dtype), _tensor(values, value_dtype)
        self._name = name if name is not None else "key_value_init"

    key_dtype = property(lambda self: self._keys.dtype)
    value_dtype = property(lambda self: self._values.dtype)


class _Table:
    """Keys to values of one shape, that of the default."""

    _name = None

    def __init__(self, key_dtype, value_dtype, default):
        self._key_dtype, self._value_dtype = _as_dtype(key_dtype), _as_dtype(value_dtype)
        self._default = default
        self._entries = {}

    key_dtype = property(lambda self: self._key_dtype)
    value_dtype = property(lambda self: self._value_dtype)
    name = property(lambda self: self._name)

    def _found(self, keys):
        rest = _tapescope.peek(self._default).reshape(-1)
        texts = self._value_dtype.name == "string"
        values = [self._entries.get(key, rest) for key in _flat(keys)]
        shape = [*keys.shape, *self._default.shape]
        array = _numpy.array(values, dtype=object if texts else rest.dtype).reshape(shape)
        return _tapescope.constant(array, self._value_dtype)

    def _looked_up(self, keys):
        if isinstance(keys, _sparse.SparseTensor):
            return _sparse.SparseTensor(keys.indices, self._found(keys.values), keys.dense_shape)
        if isinstance(keys, _ragged.RaggedTensor):
            return keys.with_values(self._looked_up(keys.values))
        return self._found(keys)

    def lookup(self, keys, name=None):
        _require(keys, self._key_dtype)
        return self._looked_up(keys)

    def __getitem__(self, keys):
        return self.lookup(keys)

    def size(self, name=None):
        return _tapescope.constant(len(self._entries), "int64")

    def export(self, name=None):
        keys = _numpy.array(list(self._entries), dtype=self._key_dtype.as_numpy_dtype)
        values = _numpy.array(list(self._entries.values())).reshape([len(keys), *self._default.shape])
        return _tapescope.constant(keys, self._key_dtype), _tapescope.constant(values, self._value_dtype)


class StaticHashTable(_Table):
    def __init__(self, initializer, default_value, name=None, experimental_is_anonymous=False):
        super().__init__(initializer.key_dtype, initializer.value_dtype, _tensor(default_value, initializer.value_dtype))
        if self._default.shape.rank != 0:
            raise ValueError(f"Shapes {self._default.shape} and () are not compatible")
        self._require_kernel()
        keys, values = _flat(initializer._keys), _flat(initializer._values)
        if not keys and not values:
            raise _kernel_error("LookupTableImportV2", "keys and values cannot be empty tensors.")
        if len(keys) != len(values):
            raise _kernel_error("LookupTableImportV2", f"Expected shape [{len(keys)}] for value, got [{len(values)}]")
        for key, value in zip(keys, values):
            known = self._entries.setdefault(key, [value])[0]
            if known != value:
                shown = [one.decode() if isinstance(one, bytes) else one for one in (key, known, value)]
                words = "HashTable has different value for same key. Key %s has %s and trying to add value %s" % tuple(shown)
                raise _tf().errors.FailedPreconditionError(None, None, str(_kernel_error("LookupTableImportV2", words)))

    default_value = property(lambda self: self._default)

    def _require_kernel(self):
        pairs = [pair.split() for pair in _STATIC.split(",")]
        if [self._key_dtype.name, self._value_dtype.name] in pairs:
            return
        key, value = (_protocol(one) for one in (self._key_dtype, self._value_dtype))
        kernels = "".join(
            "  device='CPU'; key_dtype in [%s]; value_dtype in [%s]\n" % tuple(_protocol(one) for one in pair)
            for pair in pairs
        )
        raise _tf().errors.NotFoundError(
            None, None,
            f'Could not find device for node: {{{{node HashTableV2}}}} = HashTableV2[container="", key_dtype={key}, shared_name="", '
            f"use_node_name_sharing=false, value_dtype={value}]\nAll kernels registered for op HashTableV2:\n{kernels} [Op:HashTableV2] "
            "name: hash_table",
        )


class StaticVocabularyTable:
    """Places of known keys; the others are spread over the buckets behind them by a hash of their text."""

    def __init__(self, initializer, num_oov_buckets, lookup_key_dtype=None, name=None, experimental_is_anonymous=False):
        if num_oov_buckets <= 0:
            raise ValueError("`num_oov_buckets` must be > 0; use StaticHashTable.")
        tf = _tf()
        self._buckets, self._name, self._table = num_oov_buckets, name, None
        if initializer is not None:
            lookup_key_dtype = self._require_dtypes(initializer, lookup_key_dtype or initializer.key_dtype)
            self._table = StaticHashTable(initializer, -1)
        else:
            lookup_key_dtype = tf.string
        if not lookup_key_dtype.is_integer and lookup_key_dtype != tf.string:
            raise TypeError(f"Invalid `key_dtype`, expected integer or string, got {lookup_key_dtype}")
        self._key_dtype = lookup_key_dtype

    @staticmethod
    def _require_dtypes(initializer, wanted):
        tf = _tf()
        known, values = initializer.key_dtype, initializer.value_dtype
        if known not in (tf.int64, tf.string):
            raise TypeError(f"Invalid `key_dtype`, expected one of {(tf.int64, tf.string)}, but got {known}.")
        if wanted.is_integer != known.is_integer:
            raise TypeError(f"Invalid `key_dtype`, expected {'integer' if wanted.is_integer else 'non-integer'} but got {known}.")
        if values != tf.int64:
            raise TypeError(f"Invalid `value_dtype`, expected {tf.int64} but got {values}.")
        return wanted

    key_dtype = property(lambda self: self._key_dtype)
    value_dtype = property(lambda self: _tf().int64)
    name = property(lambda self: None if self._name is None else self._name.split("/")[-1])

    def size(self, name=None):
        known = 0 if self._table is None else len(self._table._entries)
        return _tapescope.constant(known + self._buckets, "int64")

    def lookup(self, keys, name=None):
        _require(keys, self._key_dtype)
        if isinstance(keys, _sparse.SparseTensor):
            return _sparse.SparseTensor(keys.indices, self.lookup(keys.values), keys.dense_shape)
        if isinstance(keys, _ragged.RaggedTensor):
            return keys.with_values(self.lookup(keys.values))
        tf = _tf()
        if keys.dtype.is_integer:
            keys = tf.cast(keys, tf.int64)
        buckets = tf.strings.to_hash_bucket_fast(tf.strings.as_string(keys) if keys.dtype.is_integer else keys, self._buckets)
        if self._table is None:
            return buckets
        ids = self._table.lookup(keys)
        return tf.where(ids != self._table.default_value, ids, buckets + self._table.size())

    def __getitem__(self, keys):
        return self.lookup(keys)


class MutableHashTable(_Table):
    """lookup_ops.py: keys are converted where they are looked up and inserted, and not where they are removed."""

    def __init__(self, key_dtype, value_dtype, default_value, name="MutableHashTable", checkpoint=True,
                 experimental_is_anonymous=False):
        super().__init__(key_dtype, value_dtype, _tensor(default_value, _as_dtype(value_dtype)))

    def lookup(self, keys, dynamic_default_values=None, name=None):
        if not isinstance(keys, _ragged.RaggedTensor):
            keys = _tensor(keys, self._key_dtype)
        _require(keys, self._key_dtype)
        found = self._looked_up(keys)
        if dynamic_default_values is None:
            return found
        tf = _tf()
        known = tf.constant([key in self._entries for key in _flat(keys)], shape=[*keys.shape] + [1] * self._default.shape.rank)
        return tf.where(known, found, tf.broadcast_to(_tensor(dynamic_default_values, self._value_dtype), found.shape))

    def insert(self, keys, values, name=None):
        keys, values = _tensor(keys, self._key_dtype), _tensor(values, self._value_dtype)
        expected = [*keys.shape, *self._default.shape]
        if values.shape.as_list() != expected:
            shown = ["[" + ",".join(map(str, shape)) + "]" for shape in (expected, values.shape.as_list())]
            raise _kernel_error("LookupTableInsertV2", "Expected shape %s for value, got %s" % tuple(shown))
        found = _flat(keys)
        self._entries.update(zip(found, _rows(values, len(found))))

    def remove(self, keys, name=None):
        _require(keys, self._key_dtype)
        for key in _flat(keys):
            self._entries.pop(key, None)

    def _kept_parts(self):
        """What a checkpoint keeps (see _running/_deferred.py)."""
        return [("table-keys", _Part(self, 0)), ("table-values", _Part(self, 1))]

    def __deepcopy__(self, memo):
        """The resource is one: a copy sees what is inserted into either."""
        copied = type(self).__new__(type(self))
        vars(copied).update(vars(self))
        return copied


class _Part:
    """The keys or the values of a table, as a checkpoint writes and reads them: keys come first."""

    def __init__(self, table, place):
        self._table, self._place = table, place

    def numpy(self):
        return _tapescope.peek(self._table.export()[self._place])

    def assign(self, kept):
        entries = self._table._entries
        if self._place == 0:
            entries.clear()
            entries.update(dict.fromkeys(kept.tolist()))
        else:
            entries.update(zip(list(entries), kept.reshape(len(entries), -1)))


class DenseHashTable(MutableHashTable):
    """Two keys are taken: one marks what is empty, one what was removed."""

    def __init__(self, key_dtype, value_dtype, default_value, empty_key, deleted_key, initial_num_buckets=None,
                 name="MutableDenseHashTable", checkpoint=True, experimental_is_anonymous=False):
        super().__init__(key_dtype, value_dtype, default_value)
        taken = [_tensor(one, self._key_dtype) for one in (empty_key, deleted_key)]
        if taken[0].shape.rank != 0:
            raise NotImplementedError("tf.lookup.experimental.DenseHashTable has keys of one number or text here; "
                                      "join the numbers of a key to a text with tf.strings.reduce_join")
        if _flat(taken[0]) == _flat(taken[1]):
            raise _kernel_error("MutableDenseHashTableV2", "Empty and deleted keys cannot be equal", name="MutableDenseHashTable")
        self._taken = {_flat(one)[0]: words for one, words in zip(taken, ("empty_key", "deleted_key"))}

    def _require_free(self, keys, operation):
        for key in _flat(keys):
            if key in self._taken:
                raise _kernel_error(operation, f"Using the {self._taken[key]} as a table key is not allowed")

    def lookup(self, keys, name=None):
        self._require_free(_tensor(keys, self._key_dtype), "LookupTableFindV2")
        return super().lookup(keys)

    def insert(self, keys, values, name=None):
        self._require_free(_tensor(keys, self._key_dtype), "LookupTableInsertV2")
        super().insert(keys, values)

    def remove(self, keys, name=None):
        _require(keys, self._key_dtype)
        self._require_free(keys, "LookupTableRemoveV2")
        super().remove(keys)

    def erase(self, keys, name=None):
        self.remove(keys)


for _kind in (KeyValueTensorInitializer, StaticHashTable, StaticVocabularyTable, MutableHashTable, DenseHashTable):
    _kind.__module__ = "tensorflow.python.ops.lookup_ops"

experimental = _types.ModuleType("tensorflow.lookup.experimental")
experimental.MutableHashTable, experimental.DenseHashTable = MutableHashTable, DenseHashTable
_sys.modules[experimental.__name__] = experimental
del MutableHashTable, DenseHashTable
