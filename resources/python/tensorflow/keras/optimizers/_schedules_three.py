# SPDX-License-Identifier: Apache-2.0
"""Learning rates that change with the step, in Keras 3: keras/src/optimizers/schedules/learning_rate_schedule.py, operation by
operation. All compute in float32."""

import functools
import math

import _tapescope

from tensorflow._running._fold import folded
from tensorflow.keras._named import reduced

_run = _tapescope.run


def _real(value):
    if not _tapescope.is_tensor(value):
        value = _tapescope.tensor(value, None) if hasattr(value, "__tf_tensor__") else value
    if not _tapescope.is_tensor(value):
        return _tapescope.tensor(value, "float32")
    return value if value.dtype.name == "float32" else _run("Cast", value, dtype="float32")


def _whole(value):
    return value.value if hasattr(value, "path") and not _tapescope.is_tensor(value) else _tapescope.tensor(value, None)


def _floor(value):
    return _run("Floor", value)


def _cosine(fraction):
    return 1.0 + _run("Cos", _real(math.pi) * fraction)


def _needs_steps(schedule, name, value):
    if value <= 0 and schedule._checks_steps:
        raise ValueError(f"Argument `{name}` must be > 0. Received: {name}={value}")


def one_fold(call):
    """The operations of a schedule are one thing to look at."""

    @functools.wraps(call)
    def whole(self, step):
        return folded(type(self).__name__)(call)(self, step)

    return whole


class LearningRateSchedule:
    """A learning rate as a function of the step. Subclasses say which in __call__()."""

    #: Names of the arguments that get_config() gives back.
    _arguments = ()
    _checks_steps = True

    def __call__(self, step):
        raise NotImplementedError(
            f"Learning rate schedule '{self.__class__.__name__}' must override `__call__(self, step)`."
        )

    def __reduce__(self):
        return reduced(self, "optimizers.schedules") if self._arguments else super().__reduce__()

    def get_config(self):
        if not self._arguments:
            raise NotImplementedError(
                f"Learning rate schedule '{self.__class__.__name__}' must override `get_config()` in order to be "
                "serializable."
            )
        return {name: getattr(self, name if hasattr(self, name) else "_" + name) for name in self._arguments}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


class ExponentialDecay(LearningRateSchedule):
    """rate · decay_rate^(step / decay_steps)."""

    _arguments = ("initial_learning_rate", "decay_steps", "decay_rate", "staircase", "name")

    def __init__(self, initial_learning_rate, decay_steps, decay_rate, staircase=False, name="ExponentialDecay"):
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.decay_rate = decay_rate
        self.staircase = staircase
        self.name = name
        _needs_steps(self, "decay_steps", decay_steps)

    def _passed(self, step):
        passed = _real(step) / _real(self.decay_steps)
        return _floor(passed) if self.staircase else passed

    @one_fold
    def __call__(self, step):
        return _real(self.initial_learning_rate) * _run("Pow", _real(self.decay_rate), self._passed(step))


class InverseTimeDecay(ExponentialDecay):
    """rate / (1 + decay_rate · step / decay_steps)."""

    def __init__(self, initial_learning_rate, decay_steps, decay_rate, staircase=False, name="InverseTimeDecay"):
        super().__init__(initial_learning_rate, decay_steps, decay_rate, staircase, name)

    @one_fold
    def __call__(self, step):
        return _real(self.initial_learning_rate) / (_real(1) + _real(self.decay_rate) * self._passed(step))


def pieces(step, bounds, values):
    """(whether the step is in this piece, its value), the first and the last before those between them."""
    inside = [step <= bounds[0], step > bounds[-1]]
    inside += [_run("LogicalAnd", step > low, step <= high) for low, high in zip(bounds[:-1], bounds[1:])]
    return zip(inside, [values[0], values[-1], *values[1:-1]])


class PiecewiseConstantDecay(LearningRateSchedule):
    """values[i] up to and with step boundaries[i], the last value after all of them."""

    _arguments = ("boundaries", "values", "name")

    def __init__(self, boundaries, values, name="PiecewiseConstant"):
        if len(boundaries) != len(values) - 1:
            raise ValueError(
                "The length of boundaries should be 1 less than the length of values. Received: "
                f"boundaries={boundaries} of length {len(boundaries)}, and values={values} of length {len(values)}."
            )
        self.boundaries = boundaries
        self.values = values
        self.name = name

    @one_fold
    def __call__(self, step):
        step = _whole(step)
        bounds = [_tapescope.tensor(one, step.dtype.name) for one in self.boundaries]
        values = [_tapescope.tensor(one, None) for one in self.values]
        total = _tapescope.tensor(0, values[0].dtype.name)
        for within, value in pieces(step, bounds, values):
            total = total + _run("Cast", within, dtype=value.dtype.name) * value
        return total


class PolynomialDecay(LearningRateSchedule):
    """From rate to end_learning_rate by (1 − step / decay_steps)^power; with cycle, over longer and longer ways."""

    _arguments = ("initial_learning_rate", "decay_steps", "end_learning_rate", "power", "cycle", "name")

    def __init__(
        self, initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name="PolynomialDecay"
    ):
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.end_learning_rate = end_learning_rate
        self.power = power
        self.cycle = cycle
        self.name = name
        _needs_steps(self, "decay_steps", decay_steps)

    @one_fold
    def __call__(self, step):
        step, steps, end = _real(step), _real(self.decay_steps), _real(self.end_learning_rate)
        if self.cycle:
            steps = steps * (_real(1.0) if float(step) == 0 else _run("Ceil", step / _real(self.decay_steps)))
        else:
            step = _run("Minimum", step, steps)
        return (_real(self.initial_learning_rate) - end) * _run("Pow", 1 - step / steps, _real(self.power)) + end


class CosineDecay(LearningRateSchedule):
    """Along half a cosine down to alpha · rate, after a straight warm-up where there is one."""

    _arguments = ("initial_learning_rate", "decay_steps", "alpha", "name", "warmup_target", "warmup_steps")

    def __init__(
        self, initial_learning_rate, decay_steps, alpha=0.0, name="CosineDecay", warmup_target=None, warmup_steps=0
    ):
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.alpha = alpha
        self.name = name
        self.warmup_steps = warmup_steps
        self.warmup_target = warmup_target
        _needs_steps(self, "decay_steps", decay_steps)

    def _decayed(self, step, start):
        return start * ((1 - self.alpha) * (0.5 * _cosine(step / _real(self.decay_steps))) + self.alpha)

    @one_fold
    def __call__(self, step):
        step, steps, start = _real(step), _real(self.decay_steps), _real(self.initial_learning_rate)
        if self.warmup_target is None:
            return self._decayed(_run("Minimum", step, steps), start)
        target, warm = _real(self.warmup_target), _real(self.warmup_steps)
        step = _run("Minimum", step, steps + warm)
        if bool(step < warm):
            return (target - start) * (step / warm) + start
        return self._decayed(step - warm, target)


def place(passed, times):
    """Number of restarts so far, each after `times` the way of the one before, and which part of the way since is done."""
    if float(times) == 1:
        restarts = _floor(passed)
        return restarts, passed - restarts
    restarts = _floor(_run("Log", 1.0 - passed * (1.0 - times)) / _run("Log", times))
    power = _run("Pow", times, restarts)
    return restarts, (passed - (1.0 - power) / (1.0 - times)) / power


class CosineDecayRestarts(LearningRateSchedule):
    """Half cosines one after another, each t_mul times as long and m_mul times as high as the one before."""

    _arguments = ("initial_learning_rate", "first_decay_steps", "t_mul", "m_mul", "alpha", "name")

    def __init__(self, initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name="SGDRDecay"):
        self.initial_learning_rate = initial_learning_rate
        self.first_decay_steps = first_decay_steps
        self._t_mul = t_mul
        self._m_mul = m_mul
        self.alpha = alpha
        self.name = name
        _needs_steps(self, "first_decay_steps", first_decay_steps)

    @one_fold
    def __call__(self, step):
        restarts, passed = place(_real(step) / _real(self.first_decay_steps), _real(self._t_mul))
        alpha = _real(self.alpha)
        height = 0.5 * _run("Pow", _real(self._m_mul), restarts)
        return _real(self.initial_learning_rate) * ((1 - alpha) * (height * _cosine(passed)) + alpha)


ALL = (ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay, CosineDecay, CosineDecayRestarts)
for _class in (LearningRateSchedule, *ALL):
    _class.__module__ = "keras.src.optimizers.schedules.learning_rate_schedule"
