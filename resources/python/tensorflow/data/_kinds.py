# SPDX-License-Identifier: Apache-2.0
"""The kinds of datasets. A pass over one is an iterator of elements; a pass over what is made of it starts passes inside."""

import inspect
import itertools

import numpy

import _tapescope

from tensorflow import _dtypes, _seeds
from tensorflow._fold import fold
from tensorflow._shapes import TensorShape, TensorSpec
from tensorflow.data import _elements, _shuffling
from tensorflow.data._elements import Leaf, gathered, mapped

INFINITE, UNKNOWN = -1, -2
first_of = itertools.islice


def called(function, *arguments):
    """Calls what the script gave to the pipeline; no tape records it."""
    _tapescope.suspend_recording()
    try:
        with fold(f"tf.data {getattr(function, '__name__', 'function')}"):
            return function(*arguments)
    finally:
        _tapescope.resume_recording()


def with_element(function, element):
    """A tuple is several arguments."""
    given = _elements.tensors(element)
    return called(function, *given) if isinstance(given, tuple) else called(function, given)


def truth(value):
    return bool(_tapescope.peek(_tapescope.tensor(value)))


def _ended(spec, size):
    """The spec with a first axis of `size`."""

    def longer(one):
        if not isinstance(one, TensorSpec):
            return one
        return TensorSpec(None if one.shape.rank is None else [size, *one.shape.as_list()], one.dtype)

    return mapped(longer, spec)


class TensorSlices:
    def __init__(self, tensors):
        from tensorflow._ragged import RaggedTensor

        self._ragged = tensors if isinstance(tensors, RaggedTensor) else None
        self._whole = None if self._ragged is not None else gathered(tensors)
        self._size = len(tensors.to_list()) if self._ragged is not None else _elements.rows(self._whole)

    def _open(self):
        if self._ragged is not None:
            return (gathered(row) for row in self._ragged)
        return (_elements.row(self._whole, place) for place in range(self._size))

    def _count(self):
        return self._size

    def _spec(self):
        if self._ragged is not None:
            return super()._spec()
        return mapped(lambda leaf: TensorSpec(list(leaf.array.shape[1:]), _dtypes.as_dtype(leaf.dtype)), self._whole)


class Tensors:
    def __init__(self, tensors):
        self._whole = gathered(tensors)

    def _open(self):
        return iter([self._whole])

    def _count(self):
        return 1


class Range:
    def __init__(self, args, output_type):
        numbers = [int(_tapescope.peek(arg)) if _tapescope.is_tensor(arg) else int(arg) for arg in args]
        self._dtype = "int64" if output_type is None else _dtypes.as_dtype(output_type).name
        self._numbers = range(*numbers)

    def _open(self):
        kind = numpy.dtype(self._dtype).type
        return (Leaf(numpy.asarray(kind(number)), self._dtype) for number in self._numbers)

    def _count(self):
        return len(self._numbers)

    def _spec(self):
        return TensorSpec([], _dtypes.as_dtype(self._dtype))


class Generated:
    def __init__(self, generator, arguments, signature):
        self._generator, self._arguments, self._signature = generator, arguments, signature

    def _open(self):
        def leaf(spec, value):
            tensor = _tapescope.tensor(value, spec.dtype) if not _tapescope.is_tensor(value) else value
            return Leaf(numpy.asarray(_tapescope.peek(tensor)), tensor.dtype.name)

        def elements():
            for value in self._generator(*self._arguments):
                if isinstance(self._signature, tuple):
                    value = tuple(value)
                yield mapped(leaf, self._signature, value)

        return elements()

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return self._signature


class Random:
    def __init__(self, seed):
        self._pair = _shuffling.pair_of(seed)

    def _open(self):
        return (Leaf(numpy.asarray(numpy.int64(word)), "int64") for word in _shuffling.words(self._pair))

    def _count(self):
        return INFINITE

    def _spec(self):
        return TensorSpec([], _dtypes.as_dtype("int64"))


class Zipped:
    def __init__(self, datasets):
        self._datasets = datasets

    def _open(self):
        passes = mapped(lambda one: one._open(), self._datasets)

        def elements():
            while True:
                try:
                    yield mapped(next, passes)
                except StopIteration:
                    return

        return elements()

    def _count(self):
        counts = [one._count() for one in _elements.flat(self._datasets)]
        if UNKNOWN in counts:
            return UNKNOWN
        return min((count for count in counts if count != INFINITE), default=INFINITE)

    def _spec(self):
        return mapped(lambda one: one.element_spec, self._datasets)


# ---- of one other


class _Of:
    """The same elements, in the same number."""

    def __init__(self, source):
        self._source = source

    def _open(self):
        return self._source._open()

    def _count(self):
        return self._source._count()

    def _spec(self):
        return self._source.element_spec


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
    def __init__(self, source, size, drop, shapes, value):
        super().__init__(source, size, drop)
        self._shapes, self._value = shapes, value

    def _together(self, part):
        return _elements.padded(part, self._shapes, self._value)


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


class Mapped(_Of):
    def __init__(self, source, function):
        super().__init__(source)
        self._function = function
        self._seed = _seeds._State.seed
        try:
            count = len(source.element_spec) if isinstance(source.element_spec, tuple) else 1
            inspect.signature(function).bind(*[None] * count)
        except ValueError:
            pass  # an operation of the engine's table says so itself
        except TypeError as error:
            if "unsupported callable" not in str(error):
                _complain(function, count, error)

    def _open(self):
        elements = self._source._open()
        trace = _seeds.Trace()  # each pass draws the same numbers
        trace._seed = self._seed

        def results():
            for element in elements:
                with _seeds.Inside(trace):
                    result = with_element(self._function, element)
                yield gathered(tuple(result) if isinstance(result, list) and _is_structure(result) else result)

        return results()

    def _spec(self):
        """A run on zeros of two batch sizes: what differs is open."""
        specs = [mapped(lambda spec, size=size: _zeros(spec, size), self._source.element_spec) for size in (2, 3)]
        try:
            one, other = (mapped(_elements.spec_of, gathered(with_element(self._function, zeros))) for zeros in specs)
        except Exception:
            return super(_Of, self)._spec()

        def common(first, second):
            sizes = zip(first.shape.as_list(), second.shape.as_list())
            return TensorSpec([a if a == b else None for a, b in sizes], first.dtype)

        return mapped(common, one, other)


class ParallelMapped(Mapped):
    pass


def _is_structure(result):
    return any(_tapescope.is_tensor(item) and len(item.shape) for item in result)


def _zeros(spec, size):
    shape = [size if one is None else one for one in (spec.shape.as_list() if spec.shape.rank is not None else [])]
    dtype = spec.dtype.name
    return Leaf(numpy.zeros(shape, object if dtype == "string" else numpy.dtype(dtype)), dtype)


def _complain(function, count, error):
    """In Python's own words."""
    try:
        function(*[None] * count)
    except TypeError as own:
        if "positional argument" in str(own):
            raise TypeError(str(own)) from None
    raise error


def mapped_by(source, function, parallel):
    return (Mapped if parallel is None else ParallelMapped)(source, function)


class Filtered(_Of):
    def __init__(self, source, predicate):
        super().__init__(source)
        self._predicate = predicate

    def _open(self):
        return (element for element in self._source._open() if truth(with_element(self._predicate, element)))

    def _count(self):
        return UNKNOWN


class TakenWhile(Filtered):
    def _open(self):
        return itertools.takewhile(lambda element: truth(with_element(self._predicate, element)), self._source._open())


class FlatMapped(_Of):
    def __init__(self, source, function):
        super().__init__(source)
        self._function = function

    def _inner(self):
        return (with_element(self._function, element)._open() for element in self._source._open())

    def _open(self):
        return itertools.chain.from_iterable(self._inner())

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return super(_Of, self)._spec()


class Interleaved(FlatMapped):
    def __init__(self, source, function, cycle, block):
        super().__init__(source, function)
        self._cycle, self._block = cycle, block

    def _open(self):
        waiting = self._inner()

        def elements():
            going = list(first_of(waiting, self._cycle))
            place = 0
            while going:
                part = list(first_of(going[place], self._block))
                yield from part
                if len(part) < self._block:
                    following = next(waiting, None)
                    if following is None:
                        going.pop(place)
                        place = place % len(going) if going else 0
                        continue
                    going[place] = following
                    continue
                place = (place + 1) % len(going)

        return elements()


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


class Scanned(_Of):
    def __init__(self, source, state, function):
        super().__init__(source)
        self._state, self._function = state, function

    def _open(self):
        elements = self._source._open()

        def results():
            state = _elements.tensors(gathered(self._state))
            for element in elements:
                state, result = called(self._function, state, _elements.tensors(element))
                yield gathered(result)

        return results()

    def _spec(self):
        return super(_Of, self)._spec()


class _Window:
    """Elements that a window holds, as a dataset."""

    def __init__(self, elements):
        self._kept = elements

    def _open(self):
        return iter(self._kept)

    def _count(self):
        return len(self._kept)


class Windows(_Of):
    def __init__(self, source, size, shift, stride, drop):
        super().__init__(source)
        self._size, self._shift, self._stride, self._drop = size, shift, stride, drop

    def _open(self):
        elements = self._source._open()

        def windows():
            held = []
            while True:
                held += first_of(elements, max(0, self._reach - len(held)))
                if not held or (self._drop and len(held) < self._reach):
                    return
                part = held[: self._reach : self._stride]
                yield mapped(lambda *leaves: _WINDOW(list(leaves)), part[0], *part[1:])
                skipped = self._shift - len(held)
                held = held[self._shift:]
                list(first_of(elements, max(0, skipped)))

        return windows()

    @property
    def _reach(self):
        return (self._size - 1) * self._stride + 1

    def _count(self):
        count = self._source._count()
        if count < 0:
            return count
        return max(0, (count - self._reach) // self._shift + 1) if self._drop else -(-count // self._shift)

    def _spec(self):
        return mapped(lambda spec: DatasetSpec(spec), self._source.element_spec)


class DatasetSpec:
    def __init__(self, spec):
        self._spec = spec

    def __repr__(self):
        return f"DatasetSpec({self._spec}, {TensorShape([])!r})"


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


_NAMES = {
    TensorSlices: "_TensorSliceDataset", Tensors: "_TensorDataset", Range: "_RangeDataset", Generated: "_FlatMapDataset",
    Random: "_RandomDataset", Zipped: "_ZipDataset", Prefetched: "_PrefetchDataset", Cached: "CacheDataset",
    Shuffled: "_ShuffleDataset", Batch: "_BatchDataset", ParallelBatch: "_ParallelBatchDataset",
    PaddedBatch: "_PaddedBatchDataset", Unbatched: "_UnbatchDataset", Repeated: "_RepeatDataset", Mapped: "_MapDataset",
    ParallelMapped: "_ParallelMapDataset", Filtered: "_FilterDataset", TakenWhile: "_TakeWhileDataset",
    FlatMapped: "_FlatMapDataset", Interleaved: "_InterleaveDataset", Taken: "_TakeDataset", Skipped: "_SkipDataset",
    Sharded: "_ShardDataset", Scanned: "_ScanDataset", Windows: "_WindowDataset", Concatenated: "_ConcatenateDataset",
    _Window: "_VariantDataset",
}  # fmt: skip
_WINDOW = None


def build(base):
    """Puts every kind on top of tf.data.Dataset, under TensorFlow's name."""
    global _WINDOW

    made = {}
    for kind, name in _NAMES.items():
        home = "tensorflow.python.data.ops." + ("from_tensor_slices_op" if kind is TensorSlices else "dataset_ops")
        made[kind] = type(name, (kind, base), {"__module__": home})
    _WINDOW = made[_Window]
    for kind, cls in made.items():
        globals()[kind.__name__] = cls
