# SPDX-License-Identifier: Apache-2.0
"""The kinds of datasets. A pass over one is an iterator of elements; a pass over what is made of it starts passes inside."""

from tensorflow._values._shapes import TensorSpec
from tensorflow.data import _elements, _shuffling, _windows
from tensorflow.data._calls import INFINITE, UNKNOWN, _Of, called, first_of, looked_at, truth
from tensorflow.data._choosing import Chosen
from tensorflow.data._elements import Leaf, mapped
from tensorflow.data._functions import Filtered, FlatMapped, Interleaved, Mapped, ParallelMapped, Scanned, TakenWhile
from tensorflow.data._padding import Padding, open_spec
from tensorflow.data._sources import Generated, Random, Range, Tensors, TensorSlices, Zipped
from tensorflow.data._windows import Windows

__all__ = ["called", "first_of"]


def _ended(spec, size):
    """The spec with a first axis of `size`."""

    def longer(one):
        if not isinstance(one, TensorSpec):
            return one
        return TensorSpec(None if one.shape.rank is None else [size, *one.shape.as_list()], one.dtype)

    return mapped(longer, spec)


# ---- of one other


class Prefetched(_Of):
    pass


class Cached(_Of):
    _kept = None

    def _open(self):
        if self._kept is not None:
            return iter(self._kept)

        def elements():
            kept = []
            for element in self._source._open():
                kept.append(element)
                yield element
            self._kept = kept

        return elements()


class Shuffled(_Of):
    def __init__(self, source, size, seed, reshuffle):
        super().__init__(source)
        if size <= 0:
            raise _elements.kernel_error(
                "InvalidArgumentError", "ShuffleDatasetV3", "buffer_size must be greater than zero or UNKNOWN_CARDINALITY"
            )
        self._size, self._reshuffle = size, reshuffle is None or reshuffle
        self._pair = _shuffling.pair_of(seed)
        self._seeds = _shuffling.words(self._pair)

    def _open(self):
        pair = (next(self._seeds), next(self._seeds)) if self._reshuffle else self._pair
        return _shuffling.shuffled(self._source._open(), self._size, pair)


class Batch(_Of):
    def __init__(self, source, size, drop):
        super().__init__(source)
        if size <= 0:
            raise _elements.kernel_error("InvalidArgumentError", "BatchDatasetV2", "Batch size must be greater than zero.")
        self._size, self._drop = size, truth(drop)

    def _open(self):
        elements = self._source._open()

        def batches():
            while True:
                part = list(first_of(elements, self._size))
                if not part or (self._drop and len(part) < self._size):
                    return
                yield self._together(part)

        return batches()

    def _together(self, part):
        if any(not isinstance(leaf, Leaf) for leaf in _elements.flat(part[0])):
            raise TypeError("A dataset of datasets cannot be batched.")
        return _elements.stacked(part)

    def _count(self):
        count = self._source._count()
        return count if count < 0 else count // self._size if self._drop else -(-count // self._size)

    def _spec(self):
        return _ended(self._source.element_spec, self._size if self._drop else None)


class ParallelBatch(Batch):
    pass


def batched(source, size, drop, parallel):
    return (Batch if parallel is None else ParallelBatch)(source, size, drop)


class PaddedBatch(Batch):
    def __init__(self, source, size, drop, shapes, values):
        spec = looked_at(source)
        self._asked = shapes, values
        self._padding = None if spec is None else Padding(spec, *self._asked)
        if size <= 0:
            types = f"_N_{len(_elements.flat(spec))}_Toutput_types_{len(_elements.flat(spec))}" if spec is not None else ""
            raise _elements.kernel_error(
                "InvalidArgumentError", "PaddedBatchDatasetV2", "Batch size must be greater than zero.", types
            )
        super().__init__(source, size, drop)

    def _together(self, part):
        if self._padding is None:
            self._padding = Padding(open_spec(part[0]), *self._asked)
        return self._padding.together(part)

    def _spec(self):
        padding = self._padding or Padding(self._source.element_spec, *self._asked)
        return padding.spec(self._size if self._drop else None)


class Unbatched(_Of):
    def __init__(self, source):
        super().__init__(source)
        if any(isinstance(spec, TensorSpec) and spec.shape.rank == 0 for spec in _elements.flat(source.element_spec)):
            raise ValueError("Cannot unbatch an input with scalar components.")

    def _open(self):
        elements = self._source._open()
        return (_elements.row(element, place) for element in elements for place in range(_elements.rows(element)))

    def _count(self):
        sizes = {spec.shape.as_list()[0] for spec in _elements.flat(self._source.element_spec)}
        size, count = sizes.pop(), self._source._count()
        return count if count < 0 else UNKNOWN if size is None else size * count

    def _spec(self):
        return mapped(lambda spec: TensorSpec(spec.shape.as_list()[1:], spec.dtype), self._source.element_spec)


class Repeated(_Of):
    def __init__(self, source, times):
        super().__init__(source)
        self._times = times

    def _open(self):
        if self._times == 0:
            return iter(())
        first = self._source._open()

        def elements():
            passed, current, any_yet = 0, first, False
            while True:
                for element in current:
                    any_yet = True
                    yield element
                passed += 1
                if passed == self._times or not any_yet:
                    return
                current = self._source._open()

        return elements()

    def _count(self):
        count = self._source._count()
        if self._times < 0:
            return INFINITE if count else 0
        return count if count < 0 and self._times else count * self._times


class Taken(_Of):
    def __init__(self, source, count):
        super().__init__(source)
        self._number = count

    def _open(self):
        elements = self._source._open()
        return elements if self._number < 0 else first_of(elements, self._number)

    def _count(self):
        count = self._source._count()
        return count if count == UNKNOWN or self._number < 0 else self._number if count < 0 else min(count, self._number)


class Skipped(Taken):
    def _open(self):
        elements = self._source._open()
        return iter(()) if self._number < 0 else first_of(elements, self._number, None)

    def _count(self):
        count = self._source._count()
        return count if count < 0 else 0 if self._number < 0 else max(0, count - self._number)


class Sharded(_Of):
    def __init__(self, source, shards, index):
        super().__init__(source)
        self._shards, self._index = shards, index

    def _open(self):
        return first_of(self._source._open(), self._index, None, self._shards)

    def _count(self):
        count = self._source._count()
        return count if count < 0 else len(range(self._index, count, self._shards))


class Concatenated(_Of):
    def __init__(self, source, other):
        super().__init__(source)
        self._other = other

    def _open(self):
        def elements():
            yield from self._source._open()
            yield from self._other._open()

        return elements()

    def _count(self):
        counts = [self._source._count(), self._other._count()]
        return UNKNOWN if UNKNOWN in counts else INFINITE if INFINITE in counts else sum(counts)


def mapped_by(source, function, parallel):
    return (Mapped if parallel is None else ParallelMapped)(source, function)


_NAMES = {
    TensorSlices: "_TensorSliceDataset", Tensors: "_TensorDataset", Range: "_RangeDataset", Generated: "_FlatMapDataset",
    Random: "_RandomDataset", Zipped: "_ZipDataset", Prefetched: "_PrefetchDataset", Cached: "CacheDataset",
    Shuffled: "_ShuffleDataset", Batch: "_BatchDataset", ParallelBatch: "_ParallelBatchDataset",
    PaddedBatch: "_PaddedBatchDataset", Unbatched: "_UnbatchDataset", Repeated: "_RepeatDataset", Mapped: "_MapDataset",
    ParallelMapped: "_ParallelMapDataset", Filtered: "_FilterDataset", TakenWhile: "_TakeWhileDataset",
    FlatMapped: "_FlatMapDataset", Interleaved: "_InterleaveDataset", Taken: "_TakeDataset", Skipped: "_SkipDataset",
    Sharded: "_ShardDataset", Scanned: "_ScanDataset", Windows: "_WindowDataset", Concatenated: "_ConcatenateDataset",
    _windows._Window: "_VariantDataset", Chosen: "_DirectedInterleaveDataset",
}  # fmt: skip

def build(base):
    """Puts every kind on top of tf.data.Dataset, under TensorFlow's name."""
    made = {}
    for kind, name in _NAMES.items():
        home = "tensorflow.python.data.ops." + ("from_tensor_slices_op" if kind is TensorSlices else "dataset_ops")
        made[kind] = type(name, (kind, base), {"__module__": home})
    _windows._WINDOW = made[_windows._Window]
    for kind, cls in made.items():
        globals()[kind.__name__] = cls
