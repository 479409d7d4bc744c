# SPDX-License-Identifier: Apache-2.0
"""Layers that bring their inputs to mean 0 and deviation 1, or to length 1: keras/src/layers/normalization."""

import _tapescope

from tensorflow._nets import _nn
from tensorflow.keras import _ops
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


class _Scaled(Layer):
    """With gamma and beta."""

    def _take(self, axis, epsilon, center, scale, given):
        self.axis, self.epsilon, self.center, self.scale = axis, epsilon, center, scale
        for name, start in (("beta", "zeros"), ("gamma", "ones")):
            _parts.take(
                self, name, initializer=given.get(f"{name}_initializer", start), regularizer=given.get(f"{name}_regularizer"),
                constraint=given.get(f"{name}_constraint"),
            )
        self.supports_masking = True

    def _add_scales(self, shape):
        self.gamma = _parts.weight(self, "gamma", shape) if self.scale else None
        self.beta = _parts.weight(self, "beta", shape) if self.center else None

    def compute_output_shape(self, input_shape):
        for axis in [self.axis] if isinstance(self.axis, int) else self.axis:
            if axis >= len(input_shape) or axis < -len(input_shape):
                raise ValueError(f"Axis {axis} is out of bounds for input shape {input_shape}. Received: axis={self.axis}")
        return input_shape

    def _config(self, *own):
        named = {name: getattr(self, name) for name in own}
        return {**super().get_config(), **named, **_parts.config_of(self, "beta", "gamma")}


def _shared_arguments(values):
    return {name: value for name, value in values.items() if name.startswith(("beta_", "gamma_"))}


class BatchNormalization(_Scaled):
    def __init__(
        self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
        gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None,
        gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None,
        renorm_momentum=0.99, synchronized=False, **kwargs,
    ):
        given = _shared_arguments(locals())
        super().__init__(**kwargs)
        self._take(int(axis), float(epsilon), center, scale, given)
        self.momentum, self.synchronized = float(momentum), synchronized
        _parts.take(self, "moving_mean", initializer=moving_mean_initializer)
        _parts.take(self, "moving_variance", initializer=moving_variance_initializer)
        if renorm:
            raise NotImplementedError("BatchNormalization(renorm=True) is not there yet.")
        self.renorm, self.renorm_clipping, self.renorm_momentum = renorm, renorm_clipping, renorm_momentum
        self.gamma = self.beta = self.moving_mean = self.moving_variance = None

    def build(self, input_shape):
        shape = (input_shape[self.axis],)
        self._add_scales(shape)
        for name in ("moving_mean", "moving_variance"):
            start = getattr(self, f"{name}_initializer")
            setattr(self, name, self.add_weight(shape=shape, name=name, initializer=start, trainable=False, autocast=False))
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: input_shape[self.axis]})
        self._reduction_axes = [axis for axis in range(len(input_shape)) if axis != self.axis % len(input_shape)]

    def call(self, inputs, training=None, mask=None):
        dtype = "float32" if inputs.dtype.name in ("float16", "bfloat16") else inputs.dtype.name
        inputs = _ops.cast(inputs, dtype)
        mean, variance, gamma, beta = (
            None if one is None else _ops.cast(one, dtype)
            for one in (self.moving_mean, self.moving_variance, self.gamma, self.beta)
        )
        if training and self.trainable:
            before, momentum = (mean, variance), self.momentum
            mean, variance = self._moments(inputs, mask)
            self.moving_mean.assign(before[0] * momentum + mean * (1.0 - momentum))
            self.moving_variance.assign(before[1] * momentum + variance * (1.0 - momentum))
        if self.axis != -1:
            shape = [1] * len(inputs.shape)
            shape[self.axis] = int(inputs.shape[self.axis])
            mean, variance, gamma, beta = (
                None if one is None else _run("Reshape", one, shape=shape) for one in (mean, variance, gamma, beta)
            )
        outputs = _nn.batch_normalization(inputs, mean, variance, beta, gamma, self.epsilon)
        return _ops.cast(outputs, self.compute_dtype)

    def _moments(self, inputs, mask):
        if mask is None:
            return _nn.moments(inputs, self._reduction_axes)
        mask = _run("BroadcastTo", _run("ExpandDims", _ops.cast(mask, "bool"), axis=-1), shape=list(inputs.shape))
        count = _ops.total(_run("Cast", mask, dtype=inputs.dtype), self._reduction_axes, True) + _ops.EPSILON
        mean = _ops.total(_ops.where(mask, inputs, 0), self._reduction_axes, True) / count
        squares = _run("Square", _ops.where(mask, inputs - mean, 0))
        variance = _ops.total(squares, self._reduction_axes, True) / count
        return _run("Squeeze", mean), _run("Squeeze", variance)

    def get_config(self):
        config = self._config("axis", "momentum", "epsilon", "center", "scale")
        for name in ("moving_mean", "moving_variance"):
            config[f"{name}_initializer"] = _parts.packed(_parts.initializers, getattr(self, f"{name}_initializer"))
        config["synchronized"] = self.synchronized
        config.update((name, getattr(self, name)) for name in ("renorm", "renorm_clipping", "renorm_momentum"))
        weights = [name for name in config if name.endswith(("_initializer", "_regularizer", "_constraint"))]
        weights.sort(key=lambda name: ("initializer" not in name, "constraint" in name))
        own = [name for name in config if name not in weights]
        split = own.index("synchronized")
        return {name: config[name] for name in [*own[:split], *weights, *own[split:]]}


def _sized(axis):
    if isinstance(axis, (list, tuple)):
        return list(axis)
    if not isinstance(axis, int):
        raise TypeError(f"Expected an int or a list/tuple of ints for the argument 'axis', but received: {axis!r}")
    return axis


class LayerNormalization(_Scaled):
    def __init__(
        self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
        beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs,
    ):
        given = _shared_arguments(locals())
        if kwargs.pop("rms_scaling", False):
            raise NotImplementedError("LayerNormalization takes no rms_scaling: use RMSNormalization.")
        super().__init__(**kwargs)
        self._take(_sized(axis), epsilon, center, scale, given)
        self.autocast = self.rms_scaling = False

    def build(self, input_shape):
        self.axis = sorted(self.axis) if isinstance(self.axis, list) else [self.axis]
        self._add_scales(tuple(input_shape[axis] for axis in self.axis))

    def call(self, inputs):
        dtype = "float32" if inputs.dtype.name in ("float16", "bfloat16") else inputs.dtype.name
        x, rank = _ops.cast(inputs, dtype), len(inputs.shape)
        shape = [1] * rank
        for axis in self.axis:
            shape[axis] = int(x.shape[axis])

        def spread(weight):
            if weight is None:
                return None
            weight = _ops.cast(weight, dtype)
            if len(weight.shape) == rank or sorted(self.axis) == [rank - 1]:
                return weight
            return _run("Reshape", weight, shape=shape)

        mean, variance = _nn.moments(x, list(self.axis), keepdims=True)
        gamma, beta = spread(self.gamma), spread(self.beta)
        return _ops.cast(normalized(x, mean, variance, gamma, beta, self.epsilon), self.compute_dtype)

    def get_config(self):
        axis = list(self.axis) if isinstance(self.axis, list) else self.axis
        return {**self._config("axis", "epsilon", "center", "scale", "rms_scaling"), "axis": axis}


def normalized(x, mean, variance, gamma, beta, epsilon):
    inverse = _run("Rsqrt", variance + epsilon)
    if gamma is not None:
        inverse = inverse * gamma
    rest = -mean * inverse
    if beta is not None:
        rest = rest + beta
    return x * inverse + rest


class GroupNormalization(_Scaled):
    def __init__(
        self, groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
        beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs,
    ):
        given = _shared_arguments(locals())
        if not isinstance(groups, int) or (groups <= 0 and groups != -1):
            raise ValueError(
                "Received an invalid value for argument `groups`, expected a positive integer (or `-1` for instance "
                f"normalization). Received: groups={groups}"
            )
        super().__init__(**kwargs)
        self._take(axis, epsilon, center, scale, given)
        self.groups = groups
        self.autocast = False

    def build(self, input_shape):
        size = input_shape[self.axis]
        if size is None:
            raise ValueError(
                f"Axis {self.axis} of input tensor should have a defined dimension but the layer received an input with shape "
                f"{input_shape}."
            )
        self.groups = size if self.groups == -1 else self.groups
        if size < self.groups:
            raise ValueError(f"Number of groups ({self.groups}) cannot be more than the number of channels ({size}).")
        if size % self.groups != 0:
            raise ValueError(f"Number of groups ({self.groups}) must be a multiple of the number of channels ({size}).")
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})
        self._add_scales((size,))

    def call(self, inputs):
        def grouped(shape):
            shape = list(shape)
            size = int(inputs.shape[self.axis]) // self.groups
            place = self.axis % len(shape)
            return shape[:place] + [self.groups, size] + shape[place + 1:]

        whole = [int(size) for size in inputs.shape]
        x = _run("Reshape", inputs, shape=grouped(whole))
        axes = list(range(1, len(x.shape)))
        axes.pop(-2 if self.axis == -1 else self.axis - 1)
        mean, variance = _nn.moments(x, axes, keepdims=True)
        gamma, beta = (
            None if one is None else _run("Reshape", one, shape=grouped([1] * len(whole))) for one in (self.gamma, self.beta)
        )
        outputs = normalized(x, mean, variance, gamma, beta, self.epsilon)
        return _ops.cast(_run("Reshape", outputs, shape=whole), self.compute_dtype)

    def get_config(self):
        return self._config("groups", "axis", "epsilon", "center", "scale")


class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-06, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.epsilon = axis, epsilon

    def build(self, input_shape):
        self.axis = sorted(self.axis) if isinstance(self.axis, (list, tuple)) else [self.axis]
        self.scale = self.add_weight(name="scale", shape=tuple(input_shape[axis] for axis in self.axis), initializer="ones")

    def call(self, x):
        mean = _ops.mean(_run("Square", x), list(self.axis), True)
        outputs = x * _run("Rsqrt", mean + self.epsilon)
        return outputs * self.scale

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "axis": self.axis, "epsilon": self.epsilon}


class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(axis, (int, list, tuple)):
            raise TypeError(
                f"Invalid value for `axis` argument: expected an int or a list/tuple of ints. Received: axis={axis}"
            )
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs):
        return _nn.l2_normalize(inputs, axis=self.axis, epsilon=1e-12)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}


for _class, _file in (
    (BatchNormalization, "batch_normalization"), (LayerNormalization, "layer_normalization"),
    (GroupNormalization, "group_normalization"), (RMSNormalization, "rms_normalization"),
    (UnitNormalization, "unit_normalization"),
):  # fmt: skip
    _class.__module__ = f"keras.src.layers.normalization.{_file}"
