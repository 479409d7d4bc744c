# SPDX-License-Identifier: Apache-2.0
"""Learning rates that change with the step, before Keras 3: tf_keras/src/optimizers/schedules/learning_rate_schedule.py. All
compute in the dtype of the rate that they begin with."""

import math

import _tapescope

from tensorflow.keras.optimizers import _schedules_three as three

_run = _tapescope.run


def _tensor(value):
    return _tapescope.tensor(value, None)


def _cast(value, dtype):
    return _run("Cast", _tensor(value), dtype=dtype.name)


class _Older:
    """Names are None where none is given, and no number of steps is refused."""

    __module__ = "tf_keras.src.optimizers.schedules.learning_rate_schedule"

    _checks_steps = False

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        if "name" not in named and len(given) <= self._arguments.index("name"):
            self.name = None

    def _starting(self, step):
        start = _tensor(self.initial_learning_rate)
        return start, start.dtype, _cast(step, start.dtype)


class ExponentialDecay(_Older, three.ExponentialDecay):
    def _passed(self, step, dtype):
        passed = step / _cast(self.decay_steps, dtype)
        return _run("Floor", passed) if self.staircase else passed

    @three.one_fold
    def __call__(self, step):
        start, dtype, step = self._starting(step)
        rate = _cast(self.decay_rate, dtype)
        return start * _run("Pow", rate, self._passed(step, dtype))


class InverseTimeDecay(_Older, three.InverseTimeDecay):
    _passed = ExponentialDecay._passed

    @three.one_fold
    def __call__(self, step):
        start, dtype, step = self._starting(step)
        passed = self._passed(step, dtype)
        return start / (_cast(1, dtype) + _cast(self.decay_rate, dtype) * passed)


class PiecewiseConstantDecay(_Older, three.PiecewiseConstantDecay):
    @three.one_fold
    def __call__(self, step):
        from tensorflow import nest

        bounds, values = (list(map(_tensor, nest.flatten(one))) for one in (self.boundaries, self.values))
        step = _tensor(step)
        bounds = [bound if bound.dtype == step.dtype else _cast(bound, step.dtype) for bound in bounds]
        return next((value for within, value in three.pieces(step, bounds, values) if bool(within)), values[0])


class PolynomialDecay(_Older, three.PolynomialDecay):
    @three.one_fold
    def __call__(self, step):
        start, dtype, step = self._starting(step)
        end, power, steps = (_cast(one, dtype) for one in (self.end_learning_rate, self.power, self.decay_steps))
        if self.cycle:
            steps = steps * (_cast(1.0, dtype) if float(step) == 0 else _run("Ceil", step / self.decay_steps))
        else:
            step = _run("Minimum", step, steps)
        return (start - end) * _run("Pow", 1 - step / steps, power) + end


class CosineDecay(_Older, three.CosineDecay):
    def _decayed(self, step, start, dtype):
        cosine = 0.5 * (1.0 + _run("Cos", _tapescope.tensor(math.pi, dtype.name) * (step / _cast(self.decay_steps, dtype))))
        return start * ((1 - self.alpha) * cosine + self.alpha)

    @three.one_fold
    def __call__(self, step):
        start, dtype, step = self._starting(step)
        steps = _cast(self.decay_steps, dtype)
        if self.warmup_target is None:
            return self._decayed(_run("Minimum", step, steps), start, dtype)
        target, warm = _cast(self.warmup_target, dtype), _cast(self.warmup_steps, dtype)
        step = _run("Minimum", step, steps + warm)
        if bool(step < warm):
            return (target - start) * (step / warm) + start
        return self._decayed(step - warm, target, dtype)


class CosineDecayRestarts(_Older, three.CosineDecayRestarts):
    @three.one_fold
    def __call__(self, step):
        start, dtype, step = self._starting(step)
        steps, alpha, times, heights = (_cast(one, dtype) for one in (self.first_decay_steps, self.alpha, self._t_mul, self._m_mul))
        restarts, passed = three.place(step / steps, times)
        height = 0.5 * _run("Pow", heights, restarts)
        cosine = height * (1.0 + _run("Cos", _tapescope.tensor(math.pi, dtype.name) * passed))
        return start * ((1 - alpha) * cosine + alpha)


ALL = (ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay, CosineDecay, CosineDecayRestarts)
for _class in ALL:
    _class.__module__ = _Older.__module__
