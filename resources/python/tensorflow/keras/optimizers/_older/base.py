# SPDX-License-Identifier: Apache-2.0
"""What all optimizers of Keras 2.11 to 2.15 do alike: tf_keras/src/optimizers/optimizer.py."""

import re

import _tapescope

from tensorflow._running._module import name_scope
from tensorflow._taping._zip import _python_zip, leftovers
from tensorflow.keras import _kept
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._base import _NOT_SETTABLE, _OBJECTS_KEPT
from tensorflow.keras.optimizers._older import pairs
from tensorflow.keras.optimizers._older.refusals import check_two
from tensorflow.keras.optimizers._older.saving import Saved
from tensorflow.keras.optimizers._older.variables import OptimizerVariable, Slot, counted
from tensorflow.keras.optimizers._variables import kind_of, mixed

_begin_apply = _tapescope.begin_apply
_apply_pair = _tapescope.apply_pair
_set_setting = _tapescope.set_setting
SHARED = (
    "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum", "ema_overwrite_frequency",
    "jit_compile", "name",
)


class Optimizer(Saved):
    _numbers = None
    _apart = ()
    _built = False
    _by_script = property(lambda self: type(self).update_step is not Optimizer.update_step)

    def __init__(
        self, name, weight_decay=0, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99,
        ema_overwrite_frequency=None, jit_compile=True, **kwargs
    ):
        self.name, self.weight_decay = name, weight_decay
        self.clipnorm, self.global_clipnorm, self.clipvalue = clipnorm, global_clipnorm, clipvalue
        self.use_ema, self.jit_compile = use_ema, False  # nothing is compiled where there is no GPU
        self._check_averages(use_ema, ema_momentum, ema_overwrite_frequency)
        self.ema_momentum, self.ema_overwrite_frequency = ema_momentum, ema_overwrite_frequency
        if clipnorm is not None and global_clipnorm is not None:
            raise ValueError(
                f"At most one of `clipnorm` and `global_clipnorm` can be set. Received: clipnorm={clipnorm}, "
                f"global_clipnorm={global_clipnorm}."
            )
        self._index_dict, self._objects, self._number = {}, {}, None
        self._iterations = OptimizerVariable(0, "int64", "iteration")
        self._variables = [self._iterations]
        self._process_kwargs(kwargs)

    @staticmethod
    def _check_averages(use_ema, momentum, frequency):
        if use_ema and (momentum > 1 or momentum < 0):
            raise ValueError(f"`ema_momentum` must be in the range [0, 1]. Received: ema_momentum={momentum}")
        if use_ema and frequency and (not isinstance(frequency, int) or frequency < 1):
            raise ValueError(
                "`ema_overwrite_frequency` must be an integer > 1 or None. Received: "
                f"ema_overwrite_frequency={frequency}"
            )

    def _process_kwargs(self, kwargs):
        kwargs.pop("is_legacy_optimizer", None)
        legacy = f"tf.keras.optimizers.legacy.{type(self).__name__}."
        if kwargs.pop("lr", None):
            pairs.log(
                "`lr` is deprecated in TF-Keras optimizer, please use `learning_rate` or use the legacy optimizer, "
                f"e.g.,{legacy}"
            )
        for name in kwargs:
            if name in ("decay", "gradient_aggregator", "gradient_transformers"):
                raise ValueError(
                    f"{name} is deprecated in the new TF-Keras optimizer, please check the docstring for valid arguments, "
                    f"or use the legacy optimizer, e.g., {legacy}"
                )
            raise TypeError(
                f"{name} is not a valid argument, kwargs should be empty  for `optimizer_experimental.Optimizer`."
            )

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        if self._numbers is not None and name in self._numbers and self.__dict__.get("_number") is not None:
            _set_setting(self._number, name, float(value))

    def _with_numbers(self, numbers):
        for name, value in numbers.items():
            object.__setattr__(self, name, value)
        settings = {name: float(value) for name, value in numbers.items()}
        self._number = _tapescope.create_optimizer(
            self._rule, self.name, {"keras": 2.0, "learning_rate": float(self.learning_rate), **settings}
        )

    # ---- the learning rate

    def _build_learning_rate(self, learning_rate):
        if isinstance(learning_rate, schedules.LearningRateSchedule):
            now = _tapescope.tensor(learning_rate(self._iterations), None)
            self._current_learning_rate = OptimizerVariable(_tapescope.array(now), now.dtype.name, "current_learning_rate")
            return learning_rate
        if callable(learning_rate) and not _tapescope.is_tensor(learning_rate):
            learning_rate = learning_rate()
        if _tapescope.is_tensor(learning_rate) or isinstance(learning_rate, OptimizerVariable):
            learning_rate = _tapescope.array(learning_rate)
        elif isinstance(learning_rate, str):
            _tapescope.tensor(learning_rate, "float32")
        return OptimizerVariable(learning_rate, "float32", "learning_rate")

    @property
    def learning_rate(self):
        rate = self.__dict__.get("_learning_rate")
        if rate is None:
            raise ValueError("Missing learning rate, please set self.learning_rate at optimizer creation time.")
        return self._current_learning_rate if isinstance(rate, schedules.LearningRateSchedule) else rate

    @learning_rate.setter
    def learning_rate(self, learning_rate):
        if isinstance(learning_rate, schedules.LearningRateSchedule):
            self._learning_rate = learning_rate
        elif isinstance(self._learning_rate, schedules.LearningRateSchedule):
            raise TypeError(_NOT_SETTABLE)
        else:
            self._learning_rate.assign(learning_rate)

    lr = learning_rate

    def _compute_current_learning_rate(self):
        if not isinstance(self.__dict__.get("_learning_rate"), schedules.LearningRateSchedule):
            return
        if not hasattr(self, "_current_learning_rate"):
            self._build_learning_rate(self._learning_rate)
        self._current_learning_rate.assign(self._learning_rate(self._iterations))

    # ---- variables of its own

    @property
    def iterations(self):
        return self._iterations

    @iterations.setter
    def iterations(self, variable):
        if self._built:
            raise RuntimeError(
                "Cannot set `iterations` to a new Variable after the Optimizer weights have been created. Here it is "
                f"attempting to set `iterations` to {variable}.Usually this means you are trying to set `iterations` after "
                "calling `apply_gradients()`. Please set `iterations` before calling `apply_gradients()`."
            )
        self._iterations = variable

    def add_variable(self, shape, dtype=None, initializer="zeros", name=None):
        import numpy

        dtype = getattr(dtype, "name", dtype) or "float32"
        shape = () if shape is None else tuple(shape)
        value = _tapescope.array(initializer(shape, dtype)) if callable(initializer) else numpy.zeros(shape, kind_of(dtype))
        if initializer == "ones":
            value += 1
        return self._add(OptimizerVariable(value, dtype, name or "Variable"))

    def add_variable_from_reference(self, model_variable, variable_name, shape=None, initial_value=None):
        import numpy

        dtype = pairs.dtype_of(model_variable)
        if initial_value is None:
            initial_value = numpy.zeros(model_variable.shape.as_list() if shape is None else tuple(shape), kind_of(dtype))
        elif not isinstance(initial_value, numpy.ndarray):
            initial_value = _tapescope.array(_tapescope.tensor(initial_value, dtype))
        return self._add(OptimizerVariable(initial_value, dtype, f"{variable_name}/{pairs.name_of(model_variable)}"))

    def _add(self, variable):
        self._variables.append(variable)
        return _kept.restored(self, variable)

    def _var_key(self, variable):
        return variable._unique_id

    def build(self, var_list):
        if self._built:
            return
        variables = list(var_list)
        self._objects = {}
        self._index_dict = {self._var_key(variable): place for place, variable in enumerate(variables)}
        if self.use_ema:
            self._model_variables_moving_average = [
                self.add_variable_from_reference(variable, "average", initial_value=variable) for variable in variables
            ]
        if self._number is not None:
            self._add_slots(variables)
            self._built = True

    def _add_slots(self, variables):
        named = [(variable, slot) for variable in variables for slot in _tapescope.slot_names(self._number, variable)]
        named.sort(key=lambda pair: self._apart.index(pair[1]) + 1 if pair[1] in self._apart else 0)
        for variable, slot in named:
            shown = pairs.SHOWN(pairs.TWO, self._rule, slot)
            self._add(Slot(self._number, variable, slot, f"{shown}/{pairs.name_of(variable)}"))

    # ---- applying

    def compute_gradients(self, loss, var_list, tape=None):
        tape, loss, var_list = pairs.computed(loss, var_list, tape)
        return list(_python_zip(tape.gradient(loss, var_list), var_list))

    def minimize(self, loss, var_list, tape=None):
        self.apply_gradients(self.compute_gradients(loss, var_list, tape))

    def aggregate_gradients(self, grads_and_vars):
        grads_and_vars = list(grads_and_vars)
        pairs.filtered(grads_and_vars)
        return grads_and_vars

    def apply_gradients(self, grads_and_vars, name=None, skip_gradients_aggregation=False, **kwargs):
        aggregates = not skip_gradients_aggregation and kwargs.pop("experimental_aggregate_gradients", True)
        zipped, grads_and_vars = grads_and_vars, list(grads_and_vars)
        if not grads_and_vars:
            self._compute_current_learning_rate()
            return self._iterations
        grads, variables = _python_zip(*grads_and_vars)
        if self._number is None or self._by_script or not pairs.all_are_variables(variables):
            return self._apply(None, grads_and_vars, aggregates, name)
        lengths, left_gradients, left_variables, site = leftovers(zipped, len(grads))
        number = _begin_apply(self._number, grads, variables, lengths, left_gradients, left_variables, site)
        raised = True
        try:
            result = self._apply(number, grads_and_vars, aggregates, name)
            raised = False
            return result
        finally:
            _tapescope.end_apply(number, int(self._iterations), raised)

    def _apply(self, number, grads_and_vars, aggregates, name):
        if aggregates:
            self.aggregate_gradients(grads_and_vars)
        self._compute_current_learning_rate()
        grads, variables = map(list, _python_zip(*grads_and_vars))
        with name_scope(name or self.name or "optimizer"):
            self.build(variables)
            pairs.filtered(grads_and_vars)
            grads = self._clip_gradients(grads)
            if number is None:
                self._update_by_script(grads, variables)
            else:
                self._update(number, grads, variables)
            updated = [variable for gradient, variable in _python_zip(grads, variables) if gradient is not None]
            if self.use_ema:
                self._move_averages(updated)
            result = counted(self._iterations)
            for variable in updated:
                if variable.constraint is not None:
                    variable.assign(variable.constraint(variable))
            return result

    def _clip_gradients(self, grads):
        if self.clipnorm and self.clipnorm > 0:
            return pairs.by_norm(grads, self.clipnorm)
        if self.global_clipnorm and self.global_clipnorm > 0:
            return pairs.by_global_norm(grads, self.global_clipnorm)
        if self.clipvalue and self.clipvalue > 0:
            return pairs.by_value(grads, self.clipvalue)
        return grads

    def _update(self, number, grads, variables):
        _set_setting(self._number, "learning_rate", float(self.learning_rate))
        _set_setting(self._number, "step", int(self._iterations) + 1.0)
        self._before_pairs(grads)
        decays = [self._decay_of(variable) for variable in variables] if self.weight_decay else ()
        if decays and len({id(variable) for variable in variables}) < len(variables):
            decays = self._decays_at_once(grads, variables, decays)
        index = 0
        for gradient, variable in _python_zip(grads, variables):
            if gradient is not None:
                self._check_known(variable)
                check_two(self, gradient, variable)
                if self._before_pair is not None:
                    self._before_pair(int(self._iterations))
            _apply_pair(number, index, gradient, variable, decays[index] if decays else 0.0)
            index += 1

    def _decays_at_once(self, grads, variables, decays):
        """All weights decay before the first pair is applied: what is there twice decays twice, and then no more."""
        rate, left, whole = float(self.learning_rate), {}, []
        for gradient, variable, decay in _python_zip(grads, variables, decays):
            kept = left.get(id(variable), 1.0)
            left[id(variable)] = kept * (1.0 - decay * rate) if gradient is not None else kept
        for gradient, variable in _python_zip(grads, variables):
            kept = left.pop(id(variable), 1.0) if gradient is not None else 1.0
            whole.append((1.0 - kept) / rate if rate else 0.0)
        return whole

    def _before_pairs(self, grads):
        """What a rule needs to know of the whole step."""

    #: And of each pair with a gradient.
    _before_pair = None

    def _check_known(self, variable):
        if self._objects.get(id(variable)) is variable:
            return
        if self._var_key(variable) in self._index_dict:
            if len(self._objects) < _OBJECTS_KEPT:
                self._objects[id(variable)] = variable
        else:
            raise KeyError(
                f"The optimizer cannot recognize variable {variable.name}. This usually means you are trying to call the "
                "optimizer to update different parts of the model separately. Please call `optimizer.build(variables)` with "
                "the full list of trainable variables before the training loop or use legacy optimizer "
                f"`tf.keras.optimizers.legacy.{type(self).__name__}."
            )

    def _update_by_script(self, grads, variables):
        known = [pair for pair in _python_zip(grads, variables) if pair[0] is not None]
        if self._number is not None:
            self._before_pairs(grads)
        for _, variable in known:
            decay = self._decay_of(variable)
            if decay:
                variable.assign_sub(variable * decay * float(self.learning_rate))
        for gradient, variable in known:
            self._check_known(variable)
            self.update_step(gradient, variable)

    def update_step(self, gradient, variable):
        """One pair by itself, as a class that extends this one asks for it."""
        if self._number is None:
            raise NotImplementedError
        _set_setting(self._number, "learning_rate", float(self.learning_rate))
        _set_setting(self._number, "step", int(self._iterations) + 1.0)
        if self._before_pair is not None:
            self._before_pair(int(self._iterations))
        number = _begin_apply(self._number, [gradient], [variable], [1, 1], [], [], -1)
        _apply_pair(number, 0, gradient, variable, 0.0)
        _tapescope.end_apply(number, int(self._iterations), False)

    # ---- weight decay and means of the variables

    def exclude_from_weight_decay(self, var_list=None, var_names=None):
        if self._built:
            raise ValueError("`exclude_from_weight_decay()` can only be configued before the optimizer is built.")
        self._exclude_from_weight_decay = [self._var_key(variable) for variable in var_list] if var_list else []
        self._exclude_from_weight_decay_names = var_names or []

    def _use_weight_decay(self, variable):
        if self._var_key(variable) in getattr(self, "_exclude_from_weight_decay", []):
            return False
        names = getattr(self, "_exclude_from_weight_decay_names", [])
        return not any(re.search(name, variable.name) is not None for name in names)

    def _decay_of(self, variable):
        if not self.weight_decay or not self._use_weight_decay(variable):
            return 0.0
        return float(self.weight_decay)

    def _average_of(self, variable):
        return self._model_variables_moving_average[self._index_dict[self._var_key(variable)]]

    def _move_averages(self, variables):
        import numpy

        for variable in variables:
            average, value = self._average_of(variable), numpy.asarray(_tapescope.array(variable))
            kind = value.dtype.type
            share, rest = kind(self.ema_momentum), kind(1 - self.ema_momentum)
            average._take(mixed(share, average._array(), rest, value, average.dtype.name))
        frequency = self.ema_overwrite_frequency
        if frequency and (int(self._iterations) + 1) % frequency == 0:
            self._overwrite_model_variables_with_average_value(variables)

    def _overwrite_model_variables_with_average_value(self, var_list):
        for variable in var_list:
            variable.assign(self._average_of(variable).value())

    def finalize_variable_values(self, var_list):
        if self.use_ema:
            self._overwrite_model_variables_with_average_value(var_list)


Optimizer.__module__ = "tf_keras.src.optimizers.optimizer"
