# SPDX-License-Identifier: Apache-2.0
"""LossScaleOptimizer: keras/src/optimizers/loss_scale_optimizer.py."""

import _tapescope

from tensorflow.keras.optimizers._base import Optimizer, hold
from tensorflow.keras.optimizers._gradients import in_cond
from tensorflow.keras.optimizers._options import _DEFAULTS
from tensorflow.keras.optimizers._saving import packed
from tensorflow._values._slices import IndexedSlices, values_of, with_values

_run = _tapescope.run


def _divided(gradient, scale):
    """Floats of less than the scale's size become as large as it; they fit their variable again in the rule."""
    from tensorflow.keras.ops import _dtypes

    values = values_of(gradient)
    if not _tapescope.is_tensor(values):
        return gradient / scale
    dtype = values.dtype.name
    values, scale = _dtypes.together(values, scale)
    values = values / scale
    return with_values(gradient, _run("Cast", values, dtype=dtype)) if isinstance(gradient, IndexedSlices) else values


class LossScaleOptimizer(Optimizer):
    def __init__(self, inner_optimizer, initial_scale=2.0**15, dynamic_growth_steps=2000, name=None, **options):
        if not options.pop("dynamic", True):
            raise ValueError(
                "LossScaleOptimizer no longer supports `dynamic=False`. Instead, simply set `loss_scale_factor` directly on "
                "the `inner_optimizer`."
            )
        for option, default in _DEFAULTS.items():
            if option in options and options.pop(option) != default:
                raise ValueError(
                    f"LossScaleOptimizer does not support `{option}`. Instead, set `{option}` on the `inner_optimizer`."
                )
        if options:
            raise ValueError(f"LossScaleOptimizer does not support arguments: `{'`, `'.join(options)}`.")
        super().__init__(0.0, name=name)
        self.inner_optimizer = inner_optimizer
        self.initial_scale, self.dynamic_growth_steps = initial_scale, dynamic_growth_steps
        inner_optimizer.loss_scale_factor = None

    def build(self, var_list):
        self.step_counter = self.add_variable((), dtype="int", name="step_counter")
        self.dynamic_scale = self.add_variable((), dtype="float32", name="dynamic_scale")
        self.dynamic_scale.assign(self.initial_scale)
        self.inner_optimizer._around = f"{self.name}/"
        self.inner_optimizer.build(var_list)
        super().build(var_list)

    @property
    def variables(self):
        return self._own + self.inner_optimizer.variables

    def apply(self, grads, trainable_variables=None):
        left, self._zip = self._zip, None
        if not self.built:
            self.build(list(trainable_variables))
        if not all(self._finite(gradient) for gradient in grads if gradient is not None):
            self._stateful_handle_non_finite_grads()
            self._say_skipped(list(grads), list(trainable_variables or self._trainable))
            return
        scale = self.dynamic_scale.value
        self.inner_optimizer._zip = left
        with in_cond(["LossScaleOptimizer._common_apply.<locals>.<lambda>"], self._stateful_handle_non_finite_grads):
            self.inner_optimizer.apply(self._unscaled(grads, trainable_variables, scale), trainable_variables)
        if int(self.step_counter) == self.dynamic_growth_steps - 1:
            self.step_counter.assign(0)
            self.dynamic_scale.assign(self.dynamic_scale * 2.0)
        else:
            self.step_counter._take(self.step_counter._array() + 1)

    def _stateful_handle_non_finite_grads(self):
        self.step_counter.assign(0)
        self.dynamic_scale.assign(self.dynamic_scale * 0.5)

    def _unscaled(self, grads, variables, scale):
        """What becomes a variable's value as it is was never scaled."""
        marked = [getattr(variable, "overwrite_with_gradient", False) for variable in variables or self._trainable]
        return [
            gradient if gradient is None or True in marked[place:place + 1] else _divided(gradient, scale)
            for place, gradient in enumerate(grads)
        ]

    def _say_skipped(self, grads, variables):
        number = self.inner_optimizer._number
        if number is None:
            return
        pairs = min(len(grads), len(variables))
        grads, variables = grads[:pairs], variables[:pairs]
        apply = _tapescope.begin_apply(number, grads, variables, [], [], [], -1)
        hold(apply, grads, variables, False)
        _tapescope.end_apply(apply, int(self.inner_optimizer._iterations), False)

    @staticmethod
    def _finite(gradient):
        import numpy

        values = values_of(gradient)
        return bool(numpy.isfinite(_tapescope.array(values) if _tapescope.is_tensor(values) else values).all())

    @property
    def learning_rate(self):
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, learning_rate):
        self.inner_optimizer.learning_rate = learning_rate

    @property
    def iterations(self):
        return self.inner_optimizer.iterations

    def scale_loss(self, loss):
        scale = self.dynamic_scale.value if self.built else self.initial_scale
        return loss * scale

    def finalize_variable_values(self, var_list):
        self.inner_optimizer.finalize_variable_values(var_list)

    def get_config(self):
        return {
            "name": self.name, "inner_optimizer": packed(self.inner_optimizer, "keras.optimizers"),
            "initial_scale": self.initial_scale, "dynamic_growth_steps": self.dynamic_growth_steps,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        from tensorflow.keras.optimizers import deserialize

        return cls(deserialize(config.pop("inner_optimizer"), custom_objects), **config)


LossScaleOptimizer.__module__ = "keras.src.optimizers.loss_scale_optimizer"
