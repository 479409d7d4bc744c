# SPDX-License-Identifier: Apache-2.0
"""tf.data.Dataset, as a plain pipeline of Python's: the same elements in the same order."""

import numpy

import _tapescope

from tensorflow._running import _outside
from tensorflow._surface._walls import function
from tensorflow._values._shapes import TensorSpec
from tensorflow.data import _choosing, _elements, _kinds
from tensorflow.data._elements import gathered, mapped
from tensorflow.data._options import Options

INFINITE, UNKNOWN = -1, -2


def count_of(value, name="count"):
    """A number that may be a tensor's."""
    if _tapescope.is_tensor(value):
        return int(_tapescope.peek(value))
    try:
        return int(numpy.int64(value)) if not isinstance(value, str) else int("")
    except (TypeError, ValueError):
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype int64") from None


class Iterator:
    def __init__(self, dataset):
        self._elements = dataset._open()
        self._dataset = dataset

    @property
    def element_spec(self):
        return self._dataset.element_spec

    def __iter__(self):
        return self

    def __next__(self):
        return _elements.tensors(next(self._elements))

    def get_next(self):
        try:
            return next(self)
        except StopIteration:
            raise _elements.kernel_error("OutOfRangeError", "IteratorGetNext", "End of sequence") from None

    def get_next_as_optional(self):
        raise NotImplementedError("Iterator.get_next_as_optional is not there yet.")


Iterator.__name__ = Iterator.__qualname__ = "OwnedIterator"
Iterator.__module__ = "tensorflow.python.data.ops.iterator_ops"


#: Of TensorFlow's data sets, and not here yet; nobody has other names.
_LACKING = frozenset("bucket_by_sequence_length counter fingerprint group_by_window ignore_errors load ragged_batch rebatch "
                     "rejection_resample save snapshot sparse_batch unique".split())


class Dataset:
    """A kind of dataset has _open(), which starts a pass, _count() and _spec()."""

    def __getattr__(self, name):
        text = f"'{type(self).__name__}' object has no attribute '{name}'"
        if name in _LACKING:
            text += ": TensorFlow's data sets have it, this program does not yet; the closest that it has: batch, padded_batch, filter, map"
        raise AttributeError(text, name=name, obj=self)

    def __iter__(self):
        return Iterator(self)

    def as_numpy_iterator(self):
        return map(_elements.numbers, self._open())

    def __bool__(self):
        return True

    def __len__(self):
        count = self._count()
        if count == INFINITE:
            raise TypeError("The dataset is infinite.")
        if count == UNKNOWN:
            raise TypeError("The dataset length is unknown.")
        return count

    __nonzero__ = __bool__

    def cardinality(self, name=None):
        return _tapescope.constant(self._count(), "int64")

    @property
    def element_spec(self):
        if "_known_spec" not in self.__dict__:
            self._known_spec = self._spec()
        return self._known_spec

    def _spec(self):
        """Where a kind does not know: what its first element looks like."""
        _outside.refuse_looking()
        first = next(self._open(), None)
        return None if first is None else mapped(_elements.spec_of, first)

    def __repr__(self):
        return f"<{type(self).__name__} element_spec={self.element_spec}>"

    def options(self):
        return Options()

    def with_options(self, options, name=None):
        return self

    def apply(self, transformation_func):
        return transformation_func(self)

    def get_single_element(self, name=None):
        elements = list(_kinds.first_of(self._open(), 2))
        if len(elements) != 1:
            text = "Dataset had more than one element." if elements else "Dataset was empty."
            raise _elements.kernel_error("InvalidArgumentError", "DatasetToSingleElement", text)
        return _elements.tensors(elements[0])

    def reduce(self, initial_state, reduce_func, name=None):
        state = _elements.tensors(gathered(initial_state))
        for element in self._open():
            state = _kinds.called(reduce_func, state, _elements.tensors(element))
        return _elements.tensors(gathered(state))

    # ---- sources

    @staticmethod
    def from_tensor_slices(tensors, name=None):
        return _kinds.TensorSlices(tensors)

    @staticmethod
    def from_tensors(tensors, name=None):
        return _kinds.Tensors(tensors)

    list_files = staticmethod(function("tf.data.Dataset.list_files"))

    @staticmethod
    def range(*args, output_type=None, name=None):
        return _kinds.Range(args, output_type)

    @staticmethod
    def from_generator(generator, output_types=None, output_shapes=None, args=None, output_signature=None, name=None):
        if not callable(generator):
            raise TypeError("`generator` must be a Python callable.")
        if output_signature is None:
            if output_types is None:
                raise TypeError("Either `output_signature` or `output_types` must be specified")
            if isinstance(output_types, (tuple, dict)) and output_shapes is not None:
                output_signature = mapped(lambda dtype, shape: TensorSpec(shape, dtype), output_types, output_shapes)
            else:
                output_signature = mapped(lambda dtype: TensorSpec(output_shapes, dtype), output_types)
        return _kinds.Generated(generator, args or (), output_signature)

    @staticmethod
    def random(seed=None, rerandomize_each_iteration=None, name=None):
        return _kinds.Random(seed)

    @staticmethod
    def zip(*args, datasets=None, name=None):
        return _kinds.Zipped(datasets if datasets is not None else args[0] if len(args) == 1 else args)

    @staticmethod
    def choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset=True):
        _choosing.check(datasets, choice_dataset)
        return _kinds.Chosen(datasets, choice_dataset, stop_on_empty_dataset)

    @staticmethod
    def sample_from_datasets(datasets, weights=None, seed=None, stop_on_empty_dataset=False, rerandomize_each_iteration=None):
        return _choosing.sampled(Dataset, datasets, weights, seed, stop_on_empty_dataset)

    # ---- what is made of one

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=None, name=None):
        return _kinds.Shuffled(self, count_of(buffer_size), seed, reshuffle_each_iteration)

    def batch(self, batch_size, drop_remainder=False, num_parallel_calls=None, deterministic=None, name=None):
        return _kinds.batched(self, count_of(batch_size), drop_remainder, num_parallel_calls)

    def padded_batch(self, batch_size, padded_shapes=None, padding_values=None, drop_remainder=False, name=None):
        return _kinds.PaddedBatch(self, count_of(batch_size), drop_remainder, padded_shapes, padding_values)

    def unbatch(self, name=None):
        return _kinds.Unbatched(self)

    def repeat(self, count=None, name=None):
        return _kinds.Repeated(self, -1 if count is None else count_of(count))

    def map(self, map_func, num_parallel_calls=None, deterministic=None, synchronous=None, use_unbounded_threadpool=False,
            name=None):
        return _kinds.mapped_by(self, map_func, num_parallel_calls)

    def filter(self, predicate, name=None):
        return _kinds.Filtered(self, predicate)

    def flat_map(self, map_func, name=None):
        return _kinds.FlatMapped(self, map_func)

    def interleave(self, map_func, cycle_length=None, block_length=None, num_parallel_calls=None, deterministic=None, name=None):
        return _kinds.Interleaved(self, map_func, cycle_length or 1, block_length or 1)

    def take(self, count, name=None):
        return _kinds.Taken(self, count_of(count))

    def skip(self, count, name=None):
        return _kinds.Skipped(self, count_of(count))

    def shard(self, num_shards, index, name=None):
        return _kinds.Sharded(self, num_shards, index)

    def take_while(self, predicate, name=None):
        return _kinds.TakenWhile(self, predicate)

    def scan(self, initial_state, scan_func, name=None):
        return _kinds.Scanned(self, initial_state, scan_func)

    def window(self, size, shift=None, stride=1, drop_remainder=False, name=None):
        return _kinds.Windows(self, count_of(size), count_of(shift or size), count_of(stride), drop_remainder)

    def concatenate(self, dataset, name=None):
        return _kinds.Concatenated(self, dataset)

    def enumerate(self, start=0, name=None):
        return Dataset.zip((Dataset.range(start, numpy.iinfo("int64").max), self))

    def prefetch(self, buffer_size=None, name=None):
        return _kinds.Prefetched(self)

    def cache(self, filename="", name=None):
        return _kinds.Cached(self)


Dataset.__name__ = Dataset.__qualname__ = "DatasetV2"
Dataset.__module__ = "tensorflow.python.data.ops.dataset_ops"
_kinds.build(Dataset)
