# SPDX-License-Identifier: Apache-2.0
"""Layers that prepare numbers and categories: Normalization, CategoryEncoding."""

import numpy
import _tapescope

from tensorflow.keras import _ops, _symbols
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run
_EPSILON = 1e-7


class Normalization(Layer):
    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = () if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        self.input_mean, self.input_variance, self.invert = mean, variance, invert
        self.supports_masking = True
        self._build_input_shape = self.mean = None
        self._check_given(mean, variance)

    def _check_given(self, mean, variance):
        if (mean is not None) != (variance is not None):
            raise ValueError("When setting values directly, both `mean` and `variance` must be set. Received: "
                             f"mean={mean} and variance={variance}")
        if mean is None:
            return
        shapes = numpy.shape(mean), numpy.shape(variance)
        if shapes[0] != shapes[1]:
            raise ValueError("When setting values directly, `mean` and `variance` must have the same shape. Received: mean shape "
                             f"{shapes[0]} and variance shape {shapes[1]}")
        if len(shapes[0]) > len(self.axis):
            raise ValueError("The rank of `mean` must be less than or equal to the number of axes "
                             f"({len(self.axis)}). Received: mean shape {shapes[0]} for axis {self.axis}")

    def build(self, input_shape):
        if input_shape is None:
            return
        rank = len(input_shape)
        self._build_input_shape = input_shape
        if any(axis < -rank or axis >= rank for axis in self.axis):
            raise ValueError(f"All `axis` values must be in the range [-ndim, ndim). Received inputs with ndim={rank}, while "
                             f"axis={self.axis}")
        self._keep_axis = tuple(sorted(axis % rank for axis in self.axis))
        for axis in self._keep_axis:
            if input_shape[axis] is None:
                raise ValueError(f"All `axis` values to be kept must have a known shape. Received axis={self.axis}, "
                                 f"inputs.shape={input_shape}, with unknown axis at index {axis}")
        self._reduce_axis = tuple(axis for axis in range(rank) if axis not in self._keep_axis)
        self._broadcast_shape = [input_shape[axis] if axis in self._keep_axis else 1 for axis in range(rank)]
        self._mean_and_var_shape = tuple(input_shape[axis] for axis in self._keep_axis)
        if self.input_mean is None:
            self._add_weights()
        else:
            self._take_given(rank)
        self.built = True
        self.finalize_state()

    def _add_weights(self):
        for name, kind in (("mean", "zeros"), ("variance", "ones")):
            setattr(self, f"adapt_{name}", self.add_weight(
                name=name, shape=self._mean_and_var_shape, initializer=kind, trainable=False))
        self.count = self.add_weight(name="count", shape=(), dtype="int", initializer="zeros", trainable=False)

    def _take_given(self, rank):
        for name in ("mean", "variance"):
            given = _ops.cast(_tapescope.tensor(getattr(self, f"input_{name}")), self.compute_dtype)
            shape = [1] * rank
            for place in range(1, len(given.shape) + 1):
                shape[self._keep_axis[-place]] = given.shape[-place]
            given = _run("Reshape", given, shape=shape)
            setattr(self, name, _run("BroadcastTo", given, shape=self._broadcast_shape))

    def adapt(self, data):
        """Takes mean and variance from an array, or from batches one after the other."""
        whole = isinstance(data, numpy.ndarray) or _tapescope.is_tensor(data)
        if not whole and not hasattr(data, "__iter__"):
            raise TypeError(f"Unsupported data type: {type(data)}. `adapt` supports `np.ndarray`, backend tensors, "
                            "`tf.data.Dataset`, `keras.utils.PyDataset`, and iterables of batches (e.g. list, generator).")
        batches = [data] if whole else [one[0] if isinstance(one, (list, tuple)) else one for one in self._batched(data)]
        if not batches:
            raise ValueError("adapt() received an empty iterable (no batches). Expected at least one batch. Pass a non-empty "
                             "iterable of arrays or tensors, e.g. layer.adapt([x]) or layer.adapt(list_of_batches).")
        self._fit_shape(tuple(batches[0].shape))
        mean, variance = self._moments(data) if whole else self._moments_of(batches)
        self.adapt_mean.assign(mean)
        self.adapt_variance.assign(variance)
        self.finalize_state()

    @staticmethod
    def _batched(data):
        spec = getattr(data, "element_spec", None)
        spec = spec[0] if isinstance(spec, tuple) else spec
        return data.batch(128) if spec is not None and len(spec.shape) == 0 else data

    def _fit_shape(self, shape):
        if not self.built:
            self.build(shape)
        elif any(shape[axis] != self._build_input_shape[axis] for axis in self._keep_axis):
            raise ValueError(f"The layer was built with input_shape={self._build_input_shape}, but adapt() is being called with "
                             f"data with an incompatible shape, data.shape={shape}")

    def _moments(self, data):
        if isinstance(data, numpy.ndarray):
            return numpy.mean(data, axis=self._reduce_axis), numpy.var(data, axis=self._reduce_axis)
        data = _ops.cast(data, self.compute_dtype)
        axes = list(self._reduce_axis)
        mean = _run("Mean", data, axis=axes, keepdims=True)
        variance = _run("Mean", _run("SquaredDifference", data, mean), axis=axes)
        return _run("Reshape", mean, shape=list(self._mean_and_var_shape)), variance

    def _moments_of(self, batches):
        """Of all batches, from those of each: the spread within, and that of the means around the whole's."""
        mean = variance = numpy.zeros(self._mean_and_var_shape, numpy.float32)
        count = 0
        for batch in batches:
            own_mean, own_variance = (numpy.asarray(one, numpy.float32) for one in self._moments(_tapescope.tensor(batch)))
            size = int(numpy.prod([batch.shape[axis] for axis in self._reduce_axis])) if self._reduce_axis else 1
            count += size
            weight = numpy.float32(size / count)
            rest = numpy.float32(1) - weight
            whole = mean * rest + own_mean * weight
            variance = (variance + (mean - whole) ** 2) * rest + (own_variance + (own_mean - whole) ** 2) * weight
            mean = whole
        return mean, variance

    def finalize_state(self):
        if self.input_mean is not None or not self.built:
            return
        for name in ("mean", "variance"):
            value = _run("Reshape", _tapescope.tensor(getattr(self, f"adapt_{name}")), shape=self._broadcast_shape)
            setattr(self, name, _ops.cast(value, self.compute_dtype))

    def call(self, inputs):
        if self.mean is None:
            raise ValueError("You must call `.build(input_shape)` on the layer before using it.")
        inputs = _ops.cast(inputs, self.compute_dtype)
        spread = _run("Maximum", _run("Sqrt", self.variance), _tapescope.tensor(_EPSILON, self.compute_dtype))
        return self.mean + inputs * spread if self.invert else (inputs - self.mean) / spread

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        given = {"mean": numpy.array(self.input_mean).tolist(), "variance": numpy.array(self.input_variance).tolist()}
        return {**super().get_config(), "axis": self.axis, "invert": self.invert, **given}


def encoded(values, mode, depth, dtype, weights=None):
    """keras.utils.numerical_utils.encode_categorical_inputs: numbers of categories as ones at their places."""
    values = values if len(values.shape) else _run("ExpandDims", values, axis=-1)
    if mode == "one_hot":
        if len(values.shape) > 1 and values.shape[-1] == 1:
            values = _run("Squeeze", values, axis=[-1])
        return _ones(values, depth, dtype)
    axis = 1 if mode == "count" and len(values.shape) > 2 else len(values.shape) - 1
    if mode == "multi_hot":
        return _run("Max", _ones(values, depth, dtype), axis=[axis])
    ones = _ones(values, depth, dtype if weights is None else weights.dtype)
    return _run("Sum", ones if weights is None else ones * _run("ExpandDims", weights, axis=-1), axis=[axis])


def _ones(values, depth, dtype):
    from tensorflow import one_hot

    return one_hot(values if values.dtype.name in ("int32", "int64", "uint8") else _run("Cast", values, dtype="int64"), depth,
                   dtype=dtype)


class CategoryEncoding(Layer):
    def __init__(self, num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs):
        super().__init__(**kwargs)
        output_mode = "multi_hot" if output_mode == "binary" else output_mode
        if output_mode not in ("count", "one_hot", "multi_hot"):
            raise ValueError(f"Unknown arg for output_mode: {output_mode}")
        if num_tokens is None:
            raise ValueError("num_tokens must be set to use this layer. If the number of tokens is not known beforehand, use the "
                             "IntegerLookup layer instead.")
        if num_tokens < 1:
            raise ValueError(f"`num_tokens` must be >= 1. Received: num_tokens={num_tokens}.")
        if sparse:
            raise NotImplementedError("CategoryEncoding(sparse=True) is not there yet.")
        self.num_tokens, self.output_mode, self.sparse = num_tokens, output_mode, sparse
        self._convert_input_args, self._allow_non_tensor_positional_args = False, True

    def call(self, inputs, count_weights=None):
        if count_weights is not None:
            if self.output_mode != "count":
                raise ValueError("`count_weights` is not used when `output_mode` is not `'count'`. Received "
                                 f"`count_weights={count_weights}`.")
            count_weights = _tapescope.tensor(count_weights, self.compute_dtype)
        return encoded(_tapescope.tensor(inputs), self.output_mode, self.num_tokens, self.dtype, count_weights)

    def compute_output_shape(self, input_shape):
        shape = tuple(input_shape or ())
        keeps = self.output_mode == "one_hot" and (len(shape) == 1 or (shape and shape[-1] != 1))
        return (*(shape if keeps else shape[:-1]), self.num_tokens)

    def compute_output_spec(self, inputs, count_weights=None):
        return _symbols.KerasTensor(self.compute_output_shape(inputs.shape), self.compute_dtype)

    def get_config(self):
        return {**super().get_config(), "num_tokens": self.num_tokens, "output_mode": self.output_mode}


Normalization.__module__ = "keras.src.layers.preprocessing.normalization"
CategoryEncoding.__module__ = "keras.src.layers.preprocessing.category_encoding"
