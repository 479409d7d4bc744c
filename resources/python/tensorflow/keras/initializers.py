# SPDX-License-Identifier: Apache-2.0
"""keras.initializers: what variables start with."""

import inspect
import math
import re

import numpy

import _tapescope

from tensorflow._running._fold import folded
from tensorflow.keras import _ops, random
from tensorflow.keras._named import reduced
from tensorflow.keras.optimizers._saving import packed

_run = _tapescope.run
_SOURCES = {}  # by name: every class of this file


def _named(dtype):
    return _ops.named(dtype or _ops.floatx())


class Initializer:
    def __init_subclass__(cls):
        cls.__module__ = "keras.src.initializers." + cls._home
        _SOURCES[cls.__name__] = cls

    _home = "initializer"

    def __call__(self, shape, dtype=None):
        raise NotImplementedError("Initializer subclasses must implement the `__call__()` method.")

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def clone(self):
        return type(self).from_config(self.get_config())

    def __reduce__(self):
        return reduced(self, "initializers")


# ---- always the same


class _Constants(Initializer):
    _home = "constant_initializers"


def _plain(value):
    """An array as Keras writes it into a configuration."""
    if not isinstance(value, numpy.ndarray):
        return value
    return {"class_name": "__numpy__", "config": {"value": value.tolist(), "dtype": value.dtype.name}}


class Constant(_Constants):
    def __init__(self, value=0.0):
        self.value = value

    def __call__(self, shape, dtype=None):
        from tensorflow import ones

        return _ops.cast(self.value, _named(dtype)) * ones(shape, _named(dtype))

    def get_config(self):
        return {"value": _plain(self.value)}

    @classmethod
    def from_config(cls, config):
        value = config["value"]
        if isinstance(value, dict) and value["class_name"] == "__numpy__":
            value = numpy.array(value["config"]["value"], value["config"]["dtype"])
        return cls(value)


class Zeros(_Constants):
    def __call__(self, shape, dtype=None):
        from tensorflow import zeros

        return zeros(shape, _named(dtype))


class Ones(_Constants):
    def __call__(self, shape, dtype=None):
        from tensorflow import ones

        return ones(shape, _named(dtype))


class Identity(_Constants):
    def __init__(self, gain=1.0):
        self.gain = gain

    def __call__(self, shape, dtype=None):
        from tensorflow import eye

        if len(shape) != 2:
            raise ValueError(
                "Identity matrix initializer can only be used for 2D matrices. "
                f"Received: shape={shape} of rank {len(shape)}."
            )
        return self.gain * eye(*shape, dtype=_named(dtype))


#: scipy.signal.get_window: coefficients of a sum of cosines.
_WINDOWS = {"boxcar": (1.0,), "hann": (0.5, 0.5), "hamming": (0.54, 0.46), "blackman": (0.42, 0.5, 0.08)}


def _window(name, length, periodic):
    if name not in _WINDOWS:
        raise NotImplementedError(f"The window {name!r} is not there yet; use one of {', '.join(_WINDOWS)}, or a tensor.")
    turn = 2 * math.pi * numpy.arange(length) / max(1, length if periodic else length - 1)
    return sum((-1) ** k * part * numpy.cos(k * turn) for k, part in enumerate(_WINDOWS[name]))


class STFT(_Constants):
    def __init__(self, side="real", window="hann", scaling="density", periodic=False):
        if side not in ["real", "imag"]:
            raise ValueError(f"side should be 'real' or 'imag', not {side}")
        if scaling is not None and scaling not in ["density", "spectrum"]:
            raise ValueError(
                f"Scaling is invalid, it must be `None`, 'density' or 'spectrum'. Received scaling={scaling}"
            )
        self.side, self.window, self.scaling, self.periodic = side, window, scaling, periodic

    def __call__(self, shape, dtype=None):
        length, channels, bins = shape
        time = numpy.arange(length).reshape(length, 1, 1)
        frequency = numpy.arange(bins).reshape(1, 1, bins) / ((bins - 1) * 2)
        angle = -2 * time * frequency * numpy.arccos(-1)
        kernel = (numpy.cos if self.side == "real" else numpy.sin)(angle)
        if self.window is not None:
            window = _window(self.window, length, self.periodic) if isinstance(self.window, str) else self.window
            window = numpy.asarray(window)
            if window.shape != (length,):
                raise ValueError(
                    f"The shape of `window` must be equal to [frame_length].Received: window shape={window.shape}"
                )
            scale = {"density": math.sqrt((window**2).sum()), "spectrum": abs(window).sum()}.get(self.scaling, 1)
            kernel = kernel * window.reshape(length, 1, 1) / scale
        return _ops.cast(kernel, _named(dtype))

    def get_config(self):
        return {"side": self.side, "window": self.window, "periodic": self.periodic, "scaling": self.scaling}


# ---- random


class RandomInitializer(Initializer):
    """Draws its seed when it is made, and gives the same numbers for the same shape each time."""

    _home = "random_initializers"

    def __init__(self, seed=None):
        self._init_seed = seed
        if seed is None:
            seed = random.make_default_seed()
        elif isinstance(seed, dict):
            seed = random.SeedGenerator.from_config(seed["config"])
        elif not isinstance(seed, (int, random.SeedGenerator)):
            raise ValueError(
                "`seed` argument should be an instance of `keras.random.SeedGenerator()` or an integer. "
                f"Received: seed={seed}"
            )
        self.seed = seed

    def get_config(self):
        seed = self._init_seed
        return {"seed": packed(seed, "keras.random") if isinstance(seed, random.SeedGenerator) else seed}


class RandomNormal(RandomInitializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev = mean, stddev
        super().__init__(seed=seed)

    def __call__(self, shape, dtype=None):
        return random.normal(shape, self.mean, self.stddev, dtype, self.seed)

    def get_config(self):
        return {**super().get_config(), "mean": self.mean, "stddev": self.stddev}


class TruncatedNormal(RandomNormal):
    def __call__(self, shape, dtype=None):
        return random.truncated_normal(shape, self.mean, self.stddev, dtype, self.seed)


class RandomUniform(RandomInitializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval = minval, maxval
        super().__init__(seed=seed)

    def __call__(self, shape, dtype=None):
        return random.uniform(shape, self.minval, self.maxval, dtype, self.seed)

    def get_config(self):
        return {**super().get_config(), "minval": self.minval, "maxval": self.maxval}


def compute_fans(shape, input_axes=None, output_axes=None):
    """How many numbers go into one of a layer's, and come out of one."""
    shape = tuple(shape)
    if input_axes is not None and output_axes is not None:
        return math.prod(shape[axis] for axis in input_axes), math.prod(shape[axis] for axis in output_axes)
    if len(shape) < 2:
        return (shape[0] if shape else 1,) * 2
    field = math.prod(shape[:-2])
    return int(shape[-2] * field), int(shape[-1] * field)


class VarianceScaling(RandomInitializer):
    def __init__(
        self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None, input_axes=None, output_axes=None
    ):
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be positive float. Received: scale={scale}")
        modes = {"fan_in", "fan_out", "fan_avg"}
        if mode not in modes:
            raise ValueError(f"Invalid `mode` argument: {mode}. Please use one of {modes}")
        distribution = distribution.lower()
        if distribution == "normal":
            distribution = "truncated_normal"
        distributions = {"uniform", "truncated_normal", "untruncated_normal"}
        if distribution not in distributions:
            raise ValueError(f"Invalid `distribution` argument: {distribution}.Please use one of {distributions}")
        self.scale, self.mode, self.distribution = scale, mode, distribution
        self.input_axes, self.output_axes = input_axes, output_axes
        super().__init__(seed=seed)

    def __call__(self, shape, dtype=None):
        fan_in, fan_out = compute_fans(shape, self.input_axes, self.output_axes)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2.0}[self.mode]
        scale = self.scale / max(1.0, fan)
        if self.distribution == "uniform":
            limit = math.sqrt(3.0 * scale)
            return random.uniform(shape, -limit, limit, dtype, self.seed)
        if self.distribution == "untruncated_normal":
            return random.normal(shape, 0.0, math.sqrt(scale), dtype, self.seed)
        # What is left of the deviation within two of them.
        return random.truncated_normal(shape, 0.0, math.sqrt(scale) / 0.87962566103423978, dtype, self.seed)

    def get_config(self):
        own = {"scale": self.scale, "mode": self.mode, "distribution": self.distribution}
        return {**super().get_config(), **own, "input_axes": self.input_axes, "output_axes": self.output_axes}


def _scaling(name, scale, mode, distribution):
    def make(self, seed=None, input_axes=None, output_axes=None):
        VarianceScaling.__init__(self, scale, mode, distribution, seed, input_axes, output_axes)

    def configuration(self):
        return {**RandomInitializer.get_config(self), "input_axes": self.input_axes, "output_axes": self.output_axes}

    return type(name, (VarianceScaling,), {"__init__": make, "get_config": configuration})


GlorotUniform = _scaling("GlorotUniform", 1.0, "fan_avg", "uniform")
GlorotNormal = _scaling("GlorotNormal", 1.0, "fan_avg", "truncated_normal")
LecunUniform = _scaling("LecunUniform", 1.0, "fan_in", "uniform")
LecunNormal = _scaling("LecunNormal", 1.0, "fan_in", "truncated_normal")
HeUniform = _scaling("HeUniform", 2.0, "fan_in", "uniform")
HeNormal = _scaling("HeNormal", 2.0, "fan_in", "truncated_normal")


class Orthogonal(RandomInitializer):
    def __init__(self, gain=1.0, seed=None):
        self.gain = gain
        super().__init__(seed=seed)

    @folded("keras.initializers.Orthogonal")
    def __call__(self, shape, dtype=None):
        if len(shape) < 2:
            raise ValueError(
                f"The tensor to initialize must be at least two-dimensional. Received: shape={shape} of rank {len(shape)}."
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        noise = random.normal((max(rows, columns), min(rows, columns)), dtype=dtype, seed=self.seed)
        q, r = _run("Qr", noise, full_matrices=False)
        q = q * _run("Sign", _diagonal(r))
        if rows < columns:
            q = _run("Transpose", q, perm=[1, 0])
        return self.gain * _run("Reshape", q, shape=list(shape))

    def get_config(self):
        return {**super().get_config(), "gain": self.gain}


def _diagonal(matrix):
    from tensorflow import linalg

    return linalg.diag_part(matrix)


# ---- by name

IdentityInitializer, OrthogonalInitializer, STFTInitializer = Identity, Orthogonal, STFT
Initializer.__module__ = "keras.src.initializers.initializer"


def _small(name):
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower() if name != "STFT" else "stft"


_CLASSES = {name: found for name, found in _SOURCES.items() if name not in ("_Constants", "RandomInitializer")}
for _name, _class in _CLASSES.items():
    globals()[_small(_name)] = _class
_NAMES = {
    "Initializer": Initializer, **_CLASSES, **{_small(name): found for name, found in _CLASSES.items()},
    "IdentityInitializer": Identity, "OrthogonalInitializer": Orthogonal, "STFTInitializer": STFT, "normal": RandomNormal,
    "uniform": RandomUniform, "one": Ones, "zero": Zeros,
}  # fmt: skip


def serialize(initializer):
    if not hasattr(initializer, "get_config"):
        return {"module": "builtins", "class_name": "function", "config": initializer.__name__, "registered_name": "function"}
    return packed(initializer, "keras.initializers")


def deserialize(config, custom_objects=None):
    name = config["class_name"] if isinstance(config, dict) else config
    if name == "function":
        return _function(config, custom_objects)
    found = (custom_objects or {}).get(name) or _NAMES.get(name)
    if found is None:
        raise ValueError(f"Could not interpret initializer identifier: {name}")
    return found.from_config(config.get("config", {}) if isinstance(config, dict) else {})


def _function(config, custom_objects):
    from tensorflow.keras import _saving

    name = config["config"]
    found = (custom_objects or {}).get(name) or _saving.registered.get(f"Custom>{name}")
    if found is None:
        raise TypeError(f"Could not locate function '{name}'. Make sure custom classes and functions are decorated with "
                        f"`@keras.saving.register_keras_serializable()`. Full object config: {config}")
    return found


def _of_value(value):
    """Starts with these very numbers."""
    tensor = _tapescope.tensor(value)

    def initialize(shape, dtype=None):
        if tuple(shape) != tuple(tensor.shape):
            wanted = tensor.shape if _tapescope.is_tensor(value) else tuple(tensor.shape)
            raise ValueError(
                f"Expected `shape` to be {wanted} for direct tensor as initializer. Received shape={shape}"
            )
        return _ops.cast(tensor, _named(dtype))

    return initialize


def get(identifier):
    if identifier is None:
        return None
    if isinstance(identifier, (dict, str)):
        return deserialize(identifier)
    if _tapescope.is_tensor(identifier) or isinstance(identifier, (numpy.ndarray, numpy.generic)):
        return _of_value(identifier)
    if not callable(identifier):
        raise ValueError(f"Could not interpret initializer identifier: {identifier}")
    return identifier() if inspect.isclass(identifier) else identifier
