# SPDX-License-Identifier: Apache-2.0
"""LossScaleOptimizer before Keras 3, around an optimizer of either generation: tf_keras/src/mixed_precision/loss_scale_optimizer.py."""

import sys

import _tapescope

from tensorflow._taping._zip import _python_zip
from tensorflow._values._slices import IndexedSlices, values_of, with_values
from tensorflow.keras.optimizers._base import hold
from tensorflow.keras.optimizers._older import base, legacy_base, pairs
from tensorflow.keras.optimizers._older.variables import OptimizerVariable, counted

_run = _tapescope.run
_GUIDE = "https://www.tensorflow.org/api_docs/python/tf/tf_keras/mixed_precision/LossScaleOptimizer"
_EXAMPLE = """
    with tf.GradientTape() as tape:
      loss = loss_fn()
      scaled_loss = opt.get_scaled_loss(loss)
    scaled_grads = tape.gradient(scaled_loss, vars)
    grads = opt.get_unscaled_gradients(scaled_grads)
    opt.apply_gradients([(grads, var)])"""
_FORGOTTEN = {
    (False, False): "LossScaleOptimizer.get_scaled_loss() and LossScaleOptimizer.get_unscaled_gradients() before calling "
    "LossScaleOptimizer.apply_gradients(). This will likely result in worse model quality, so please call them in the correct "
    "places!",
    (False, True): "LossScaleOptimizer.get_scaled_loss() before calling LossScaleOptimizer.apply_gradients() (you did call "
    "get_unscaled_gradients() however). This will likely result in worse model quality, so please call get_scaled_loss() in the "
    "correct place!",
    (True, False): "LossScaleOptimizer.get_unscaled_gradients() before calling LossScaleOptimizer.apply_gradients() (you did call "
    "get_scaled_loss() however). This will likely result in worse model quality, so please call get_unscaled_gradients() in the "
    "correct place!",
}
_OTHER_GENERATION = {
    "LossScaleOptimizer": "You passed an instance of the new experimental optimizer, `optimizer.Optimizer`, to LossScaleOptimizer, "
    "but only the classic optimizers subclassing from `tf.keras.optimizers.Optimizer` can be passed. Please use "
    "`loss_scale_optimizer.LossScaleOptimizerV3` instead of `tf.keras.mixed_precision.LossScaleOptimizer`, as the former supports "
    "wrapping instances of the new experimental optimizer. Got optimizer: ",
    "LossScaleOptimizerV3": "You passed a `tf.keras.optimizers.Optimizer` instance to LossScaleOptimizerV3, but only the new "
    "experimental optimizer defined in tf_keras/optimizer_expeirmental/optimizer.py can be passed. Please use "
    "`tf.keras.mixed_precision.LossScaleOptimizer` instead of LossScaleOptimizerV3, as the former supports "
    "`tf.keras.optimizers.Optimizer`s. Got optimizer: ",
}


class _Kind(type):
    def __call__(cls, inner_optimizer, *args, **kwargs):
        if cls is not BaseLossScaleOptimizer:
            return super().__call__(inner_optimizer, *args, **kwargs)
        for kind in (LossScaleOptimizer, LossScaleOptimizerV3):
            if isinstance(inner_optimizer, kind.around):
                return kind(inner_optimizer, *args, **kwargs)
        raise TypeError(
            '"inner_optimizer" must be an instance of `tf.keras.optimizers.Optimizer` or '
            f"`tf.keras.optimizers.experimental.Optimizer`, but got: {inner_optimizer}."
        )


class BaseLossScaleOptimizer(metaclass=_Kind):
    def __init__(self, inner_optimizer, dynamic=True, initial_scale=None, dynamic_growth_steps=None):
        self._check(inner_optimizer, dynamic)
        object.__setattr__(self, "_optimizer", inner_optimizer)
        object.__setattr__(inner_optimizer, "_is_wrapped_by_loss_scale_optimizer", True)
        if not dynamic and initial_scale is None:
            raise ValueError('"initial_scale" must be specified if "dynamic" is False')
        if not dynamic and dynamic_growth_steps is not None:
            raise ValueError(f'"dynamic_growth_steps" must be None if "dynamic" is False, but got: {dynamic_growth_steps}')
        first = float(2**15 if initial_scale is None else initial_scale)
        own = {"dynamic": dynamic, "initial_scale": first, "_scaled": False, "_unscaled": False}
        own["dynamic_growth_steps"] = int(dynamic_growth_steps or 2000) if dynamic else None
        own["dynamic_counter"] = OptimizerVariable(0, "int64", "good_steps") if dynamic else None
        own["_scale"] = OptimizerVariable(first, "float32", "current_loss_scale") if dynamic else first
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def _check(self, inner, dynamic):
        kind = type(self).__name__
        if not isinstance(inner, self.around):
            if isinstance(inner, (base.Optimizer, legacy_base.Optimizer)):
                raise TypeError(f"{_OTHER_GENERATION[kind]}{inner}")
            whole = "`tf.keras.optimizers.Optimizer`" if kind == "LossScaleOptimizer" else "Optimizer"
            raise TypeError(f'"inner_optimizer" must be an instance of {whole}, but got: {inner}.')
        if not isinstance(dynamic, bool):
            raise TypeError(f'"dynamic" argument to LossScaleOptimizer.__init__ must be a bool, but got: {dynamic!r}')
        if isinstance(inner, BaseLossScaleOptimizer):
            raise TypeError(f"LossScaleOptimizer cannot wrap another LossScaleOptimizer, but got: {inner}")
        if inner.__dict__.get("_is_wrapped_by_loss_scale_optimizer", False):
            raise ValueError(
                '"inner_optimizer" is already wrapped by a LossScaleOptimizer. An optimizer can only be wrapped by a single '
                "LossScaleOptimizer"
            )

    @property
    def inner_optimizer(self):
        return self._optimizer

    @property
    def loss_scale(self):
        return _tapescope.tensor(self._scale.value() if self.dynamic else self._scale, "float32")

    # ---- scaling

    def get_scaled_loss(self, loss):
        object.__setattr__(self, "_scaled", True)
        if callable(loss) and not _tapescope.is_tensor(loss):
            return lambda: self._times(loss())
        return self._times(loss)

    def _times(self, loss):
        return loss * _run("Cast", self.loss_scale, dtype=loss.dtype.name)

    def get_unscaled_gradients(self, grads):
        object.__setattr__(self, "_unscaled", True)
        share = 1.0 / self.loss_scale
        return [gradient if gradient is None else self._shared(gradient, share) for gradient in grads]

    @staticmethod
    def _shared(gradient, share):
        values = values_of(gradient) * _run("Cast", share, dtype=gradient.dtype.name)
        return with_values(gradient, values) if isinstance(gradient, IndexedSlices) else values

    def _unscaled_pairs(self, computed):
        grads, variables = _python_zip(*computed)
        return list(_python_zip(self.get_unscaled_gradients(grads), variables))

    def _scaled_on(self, loss, tape):
        from tensorflow._taping._tape import GradientTape

        tape = GradientTape() if tape is None else tape
        with tape:
            return self.get_scaled_loss(loss), tape

    # ---- applying

    def _say_forgotten(self):
        forgotten = _FORGOTTEN.get((self._scaled, self._unscaled))
        if forgotten:
            sys.stderr.write(
                f"WARNING:tensorflow:You forgot to call {forgotten} For example:{_EXAMPLE}\nFor more information, see {_GUIDE}\n"
            )

    def _should_apply(self, kept):
        """Whether all is finite, after which the scale grows or shrinks."""
        if not self.dynamic:
            return True
        finite = all(self._is_finite(gradient) for gradient, _ in kept)
        if not finite:
            self._settle(max(float(self._scale) / 2.0, 1.0))
        elif int(self.dynamic_counter) + 1 >= self.dynamic_growth_steps:
            self._settle(float(self._scale) * 2.0)
        else:
            counted(self.dynamic_counter)
        return finite

    def _settle(self, scale):
        import numpy

        self.dynamic_counter.assign(0)
        if numpy.isfinite(numpy.float32(scale)):
            self._scale.assign(scale)

    @staticmethod
    def _is_finite(gradient):
        import numpy

        return bool(numpy.isfinite(_tapescope.array(values_of(gradient))).all())

    def _skip(self, kept):
        grads, variables = map(list, _python_zip(*kept))
        if self._optimizer._number is not None and pairs.all_are_variables(variables):
            apply = _tapescope.begin_apply(self._optimizer._number, grads, variables, [], [], [], -1)
            hold(apply, grads, variables, False)
            _tapescope.end_apply(apply, int(self._optimizer.iterations), False)
        counted(self._optimizer.iterations)

    # ---- configurations

    def get_config(self):
        from tensorflow.keras.optimizers import serialize

        return {
            "inner_optimizer": serialize(self._optimizer), "dynamic": self.dynamic, "initial_scale": self.initial_scale,
            "dynamic_growth_steps": self.dynamic_growth_steps,
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        from tensorflow.keras.optimizers import deserialize

        config = dict(config)
        inner = config.pop("inner_optimizer")
        if not isinstance(inner, cls.around):
            inner = deserialize(inner, custom_objects, use_legacy_optimizer=cls.around is legacy_base.Optimizer)
        return cls(inner, **config)

    iterations = property(
        lambda self: self._optimizer.iterations, lambda self, variable: setattr(self._optimizer, "iterations", variable)
    )


def _passed_on(*names):
    """Attributes that are the inner optimizer's."""
    return {
        name: property(
            lambda self, name=name: getattr(self._optimizer, name), lambda self, value, name=name: setattr(self._optimizer, name, value)
        )
        for name in names
    }


class LossScaleOptimizerV3(BaseLossScaleOptimizer, base.Optimizer):
    around = base.Optimizer
    locals().update(_passed_on("variables", "learning_rate", "lr", "use_ema", "ema_momentum"))

    def build(self, var_list):
        return self._optimizer.build(var_list)

    def compute_gradients(self, loss, var_list, tape=None):
        loss, tape = self._scaled_on(loss, tape)
        return self._unscaled_pairs(self._optimizer.compute_gradients(loss, var_list, tape=tape))

    def apply_gradients(self, grads_and_vars, skip_gradients_aggregation=False, **kwargs):
        grads_and_vars = list(grads_and_vars)
        _, variables = _python_zip(*grads_and_vars)
        self.build(variables)
        self._say_forgotten()
        kept = pairs.filtered(grads_and_vars)
        if self._should_apply(kept):
            self._optimizer.apply_gradients(list(kept), skip_gradients_aggregation=True)
        else:
            self._skip(kept)

    def finalize_variable_values(self, var_list):
        self._optimizer.finalize_variable_values(var_list)


class LossScaleOptimizer(BaseLossScaleOptimizer, legacy_base.Optimizer):
    around = legacy_base.Optimizer
    locals().update(_passed_on("learning_rate", "lr", "weights", "clipnorm", "global_clipnorm", "clipvalue"))

    def __getattr__(self, name):
        inner = self.__dict__.get("_optimizer")
        if inner is not None and name in inner._hyper:
            return inner._get_hyper(name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        if name in self._optimizer._hyper and name != "learning_rate":
            self._optimizer._set_hyper(name, value)
        else:
            object.__setattr__(self, name, value)

    def _compute_gradients(self, loss, var_list, grad_loss=None, tape=None):
        loss, tape = self._scaled_on(loss, tape)
        return self._unscaled_pairs(self._optimizer._compute_gradients(loss, var_list, grad_loss, tape=tape))

    def get_gradients(self, loss, params):
        return self._optimizer.get_gradients(self.get_scaled_loss(loss), params)

    def apply_gradients(self, grads_and_vars, name=None, experimental_aggregate_gradients=True):
        self._say_forgotten()
        kept = pairs.filtered(tuple(grads_and_vars))
        if self._should_apply(kept):
            self._optimizer.apply_gradients(list(kept), name=name, experimental_aggregate_gradients=False)
        else:
            self._skip(kept)

    def get_slot_names(self):
        return self._optimizer.get_slot_names()

    def variables(self):
        return self._optimizer.variables()

    def get_weights(self):
        return self._optimizer.get_weights()

    def set_weights(self, weights):
        return self._optimizer.set_weights(weights)

    def get_slot(self, var, slot_name):
        return self._optimizer.get_slot(var, slot_name)

    def add_slot(self, var, slot_name, initializer="zeros"):
        return self._optimizer.add_slot(var, slot_name, initializer)


for _class in (BaseLossScaleOptimizer, LossScaleOptimizer, LossScaleOptimizerV3):
    _class.__module__ = "tf_keras.src.mixed_precision.loss_scale_optimizer"
