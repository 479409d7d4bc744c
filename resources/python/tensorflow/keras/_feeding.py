# SPDX-License-Identifier: Apache-2.0
"""What feeds fit() beside arrays and tf.data: batches by number, and windows over a series."""

import numpy

from tensorflow.keras._variable import standardize_dtype  # noqa: F401  (keras.utils has the names of this file)
from tensorflow.keras.config import _State


class PyDataset:
    """Batches by number: a subclass says how many there are and what each holds."""

    def __init__(self, workers=1, use_multiprocessing=False, max_queue_size=10):
        self.workers, self.use_multiprocessing, self.max_queue_size = workers, use_multiprocessing, max_queue_size

    def __getitem__(self, index):
        raise NotImplementedError

    @property
    def num_batches(self):
        return len(self)

    def on_epoch_begin(self):
        """Does nothing, unless a subclass says otherwise."""

    def on_epoch_end(self):
        """Does nothing, unless a subclass says otherwise."""


Sequence = PyDataset


def unpack_x_y_sample_weight(data):
    from tensorflow.keras.models import _compiled

    return _compiled.unpack_x_y_sample_weight(data)


def pack_x_y_sample_weight(x, y=None, sample_weight=None):
    if y is None:
        return (x,) if isinstance(x, (tuple, list)) else x
    return (x, y) if sample_weight is None else (x, y, sample_weight)


def enable_interactive_logging():
    _State.interactive = True


def disable_interactive_logging():
    _State.interactive = False


def _check(data, sequence_stride, sampling_rate, start, end):
    if start is not None and start < 0:
        raise ValueError(f"`start_index` must be 0 or greater. Received: start_index={start}")
    if start is not None and start >= len(data):
        raise ValueError("`start_index` must be lower than the length of the data. Received: "
                         f"start_index={start}, for data of length {len(data)}")
    if end is not None and start is not None and end <= start:
        raise ValueError(f"`end_index` must be higher than `start_index`. Received: start_index={start}, and end_index={end} ")
    if end is not None and end >= len(data):
        raise ValueError(f"`end_index` must be lower than the length of the data. Received: end_index={end}, for data of length "
                         f"{len(data)}")
    for name, value in (("sampling_rate", sampling_rate), ("sequence_stride", sequence_stride)):
        if value <= 0:
            raise ValueError(f"`{name}` must be higher than 0. Received: {name}={value}")
        if value >= len(data):
            raise ValueError(f"`{name}` must be lower than the length of the data. Received: {name}={value}, for data of length "
                             f"{len(data)}")


def timeseries_dataset_from_array(data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128,
                                  shuffle=False, seed=None, start_index=None, end_index=None):
    import tensorflow as tf

    _check(data, sequence_stride, sampling_rate, start_index, end_index)
    first, last = start_index or 0, end_index or len(data)
    count = last - first - (sequence_length - 1) * sampling_rate
    count = count if targets is None else min(count, len(targets))
    starts = numpy.arange(0, count, sequence_stride, dtype="int32")
    if shuffle:
        seed = numpy.random.randint(1e6) if seed is None else seed
        numpy.random.RandomState(seed).shuffle(starts)

    def taken(array, places):
        return tf.data.Dataset.from_tensor_slices(numpy.asarray(array[first:last])[places])

    windows = starts[:, None] + numpy.arange(sequence_length) * sampling_rate
    dataset = taken(data, windows)
    if targets is not None:
        dataset = tf.data.Dataset.zip((dataset, taken(targets, starts)))
    dataset = dataset.prefetch(tf.data.AUTOTUNE)
    if shuffle:
        dataset = dataset.shuffle(1024 if batch_size is None else batch_size * 8, seed=seed)
    return dataset if batch_size is None else dataset.batch(batch_size)
