# SPDX-License-Identifier: Apache-2.0
"""What all legacy optimizers do alike: tf_keras/src/optimizers/legacy/optimizer_v2.py."""

import warnings

import _tapescope

from tensorflow._running._module import name_scope
from tensorflow._taping._zip import _python_zip, leftovers
from tensorflow._values import _nest
from tensorflow._values._slices import IndexedSlices
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._base import _OBJECTS_KEPT
from tensorflow.keras.optimizers._older import pairs
from tensorflow.keras.optimizers._older.legacy_weights import Weights, key_of
from tensorflow.keras.optimizers._older.refusals import check_legacy
from tensorflow.keras.optimizers._older.variables import OptimizerVariable, counted
from tensorflow.keras.optimizers._variables import number_of

_begin_apply = _tapescope.begin_apply
_apply_pair = _tapescope.apply_pair
_set_setting = _tapescope.set_setting
_ALLOWED = ("clipnorm", "clipvalue", "lr", "decay", "global_clipnorm")
_FLOATS = ("float16", "bfloat16", "float32", "float64", "complex64", "complex128")


class Optimizer(Weights):
    _HAS_AGGREGATE_GRAD = False
    _rule = None
    _by_script = False

    def __init__(self, name, gradient_aggregator=None, gradient_transformers=None, **kwargs):
        self._start(name)
        for key, value in kwargs.items():
            if key not in _ALLOWED:
                allowed = "{" + ", ".join(map(repr, _ALLOWED)) + "}"
                raise TypeError(f"Unexpected keyword argument passed to optimizer: {key}. Allowed kwargs are {allowed}.")
            if value is not None and value < 0:
                raise ValueError(f"Expected {key} >= 0, received: {value}")
            if key == "lr":
                warnings.warn("The `lr` argument is deprecated, use `learning_rate` instead.", stacklevel=2)
        self._initial_decay = kwargs.pop("decay", 0.0)
        self.gradient_aggregator = gradient_aggregator
        self.gradient_transformers = gradient_transformers or []
        self.clipnorm, self.global_clipnorm = kwargs.pop("clipnorm", None), kwargs.pop("global_clipnorm", None)
        if self.clipnorm is not None and self.global_clipnorm is not None:
            raise ValueError(
                f"Cannot accept both `clipnorm` and `global_clipnorm`. Received: `clipnorm`={self.clipnorm}, "
                f"`global_clipnorm`={self.global_clipnorm}."
            )
        self.clipvalue = kwargs.pop("clipvalue", None)

    # ---- numbers, which become variables when they are first asked for

    def __getattr__(self, name):
        hyper = self.__dict__.get("_hyper")
        name = "learning_rate" if name == "lr" else name
        if hyper is not None and name in hyper:
            return self._get_hyper(name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        name = "learning_rate" if name == "lr" else name
        if name in self.__dict__.get("_hyper", ()):
            self._set_hyper(name, value)
        else:
            object.__setattr__(self, name, value)

    def __dir__(self):
        return {*super().__dir__(), *self._hyper, *(["lr"] if "learning_rate" in self._hyper else [])}

    def _set_hyper(self, name, value):
        before = self._hyper.get(name)
        schedule = isinstance(value, schedules.LearningRateSchedule)
        if isinstance(before, OptimizerVariable) and not schedule:
            before.assign(value)
        else:
            self._hyper[name] = value

    def _get_hyper(self, name, dtype=None):
        if not self._hypers_created:
            self._create_hypers()
        value = self._hyper[name]
        if isinstance(value, schedules.LearningRateSchedule):
            return value
        if callable(value) and not _tapescope.is_tensor(value):
            value = value()
        if not dtype:
            return value
        return _tapescope.run("Cast", _tapescope.tensor(value, None), dtype=getattr(dtype, "name", dtype))

    def _create_hypers(self):
        for name, value in sorted(self._hyper.items()):
            if not (_tapescope.is_tensor(value) or isinstance(value, OptimizerVariable) or callable(value)):
                self._hyper[name] = OptimizerVariable(value, "float32", name)
        self._hypers_created = True

    def _number_of(self, name, kind):
        """A number as kernels get it: a float32 in the dtype of the variable."""
        value = self._hyper[name]
        if callable(value) and not _tapescope.is_tensor(value):
            value = value()
        return kind(float(value)) if _tapescope.is_tensor(value) else kind(value)

    def _rate(self, kind):
        rate = self._hyper["learning_rate"]
        if isinstance(rate, schedules.LearningRateSchedule):
            rate = kind(float(rate(_tapescope.tensor(kind(int(self.iterations)), kind.__name__))))
        else:
            rate = self._number_of("learning_rate", kind)
        if self._initial_decay > 0.0 and self._decays:
            rate = rate / (kind(1.0) + kind(self._initial_decay) * kind(int(self.iterations)))
        return rate

    _decays = True

    def _decayed_lr(self, var_dtype):
        dtype = getattr(var_dtype, "name", var_dtype)
        return _tapescope.tensor(self._rate(number_of(dtype)), dtype)

    # ---- applying

    def _compute_gradients(self, loss, var_list, grad_loss=None, tape=None):
        tape, loss, var_list = pairs.computed(loss, var_list, tape)
        var_list = _nest.flatten(var_list)
        computed = list(_python_zip(tape.gradient(loss, var_list, grad_loss), var_list))
        for gradient, variable in computed:
            if gradient is not None and variable.dtype.name not in _FLOATS:
                import tensorflow

                valid = [getattr(tensorflow, name) for name in ("float16", "bfloat16", "float32", "float64")]
                raise ValueError(f"Invalid type {variable.dtype!r} for {variable.name}, expected: {valid}.")
        return computed

    def minimize(self, loss, var_list, grad_loss=None, name=None, tape=None):
        return self.apply_gradients(self._compute_gradients(loss, var_list, grad_loss, tape), name=name)

    def apply_gradients(self, grads_and_vars, name=None, experimental_aggregate_gradients=True):
        zipped, grads_and_vars = grads_and_vars, tuple(grads_and_vars)
        grads, variables = _python_zip(*grads_and_vars) if grads_and_vars else ((), ())
        if self._number is None or self._by_script or not grads or not pairs.all_are_variables(variables):
            return self._apply(None, grads_and_vars, experimental_aggregate_gradients)
        lengths, left_gradients, left_variables, site = leftovers(zipped, len(grads))
        number = _begin_apply(self._number, grads, variables, lengths, left_gradients, left_variables, site)
        raised = True
        try:
            result = self._apply(number, grads_and_vars, experimental_aggregate_gradients)
            raised = False
            return result
        finally:
            _tapescope.end_apply(number, int(self.iterations), raised)

    def _apply(self, number, grads_and_vars, aggregates):
        kept = pairs.filtered(grads_and_vars)
        kept = tuple(
            (gradient if hasattr(gradient, "dtype") else _tapescope.tensor(gradient, variable.dtype), variable)
            for gradient, variable in kept
        )
        variables = [variable for _, variable in kept]
        with name_scope(self._name):
            self.iterations  # made by being asked for
            if not self._hypers_created:
                self._create_hypers()
            if kept or self._number is None:
                self._create_slots(variables)
        if not kept:
            return None
        if aggregates and self.gradient_aggregator is not None:
            kept = self.gradient_aggregator(kept)
        kept = self._transform_gradients(kept)
        if number is not None:
            places = [place for place, (gradient, _) in enumerate(grads_and_vars) if gradient is not None]
            self._before_pairs()
            self._update(number, list(_python_zip(places, kept)), grads_and_vars)
        else:
            self._update_by_script(kept)
        return counted(self.iterations)

    def _transform_gradients(self, grads_and_vars):
        grads, variables = _python_zip(*grads_and_vars)
        for limit, clip in (
            (self.clipvalue, pairs.by_value), (self.clipnorm, pairs.by_norm), (self.global_clipnorm, pairs.by_global_norm),
        ):
            if limit is not None:
                grads = clip(grads, limit)
        grads_and_vars = list(_python_zip(grads, variables))
        for change in self.gradient_transformers:
            grads_and_vars = change(grads_and_vars)
        return grads_and_vars

    @staticmethod
    def _check_pair(gradient, variable):
        if type(variable) is _tapescope.EagerTensor:
            raise NotImplementedError(f"Updating a `Tensor` is not implemented. Received: var={variable}.")
        if isinstance(gradient, IndexedSlices) and variable.constraint is not None:
            raise RuntimeError(
                f"Cannot use a constraint function on a sparse variable. Received: grad={gradient}, "
                f"var.constraint={variable.constraint}."
            )

    def _update(self, number, placed, all_pairs):
        _set_setting(self._number, "step", int(self.iterations) + 1.0)
        settled = None
        for place, (gradient, variable) in enumerate(all_pairs):
            if gradient is None:
                _apply_pair(number, place, None, variable, 0.0)
        for place, (gradient, variable) in placed:
            self._check_pair(gradient, variable)
            kind = number_of(variable.dtype.name if variable.dtype.name in _FLOATS else "float32")
            if kind is not settled:
                self._settle(kind)
                settled = kind
            check_legacy(self, gradient, variable)
            _apply_pair(number, place, gradient, variable, 0.0)
            if variable.constraint is not None:
                variable.assign(variable.constraint(variable))

    def _settle(self, kind):
        """Tells the engine the numbers of this step, in the dtype of the variables to come."""
        _set_setting(self._number, "learning_rate", float(self._rate(kind).real))
        for name in self._numbers:
            if name in self._hyper:
                _set_setting(self._number, name, float(self._number_of(name, kind).real))

    def _before_pairs(self):
        """What a rule needs to know of the whole step."""

    def _update_by_script(self, grads_and_vars):
        """The class is the script's: its _resource_apply_dense() does it."""
        self._before_pairs()
        for gradient, variable in grads_and_vars:
            self._check_pair(gradient, variable)
            if isinstance(gradient, IndexedSlices):
                self._resource_apply_sparse_duplicate_indices(gradient.values, variable, gradient.indices)
                continue
            self._resource_apply_dense(gradient, variable)
            if variable.constraint is not None:
                variable.assign(variable.constraint(variable))

    def get_gradients(self, loss, params):
        """Of a graph; where operations run at once, none lies behind the loss."""
        for param in _nest.flatten(params):
            raise ValueError(
                f"Variable <tf.Variable '{param.name}' shape={tuple(param.shape)} dtype={pairs.dtype_of(param)}> has `None` for "
                "gradient. Please make sure that all of your ops have a gradient defined (i.e. are differentiable). Common ops "
                "without gradient: K.argmax, K.round, K.eval."
            )
        return []

    def get_updates(self, loss, params):
        grads = self.get_gradients(loss, params)
        return [self.apply_gradients(list(_python_zip(grads, params)))]

    def _resource_apply_dense(self, grad, handle, apply_state=None):
        raise NotImplementedError("`_resource_apply_dense` must be implemented in subclasses.")

    def _resource_apply_sparse_duplicate_indices(self, grad, handle, indices, **kwargs):
        import tensorflow

        unique, places = tensorflow.unique(indices)
        summed = tensorflow.math.unsorted_segment_sum(grad, places, tensorflow.shape(unique)[0])
        self._resource_apply_sparse(summed, handle, unique, **kwargs)

    def _resource_apply_sparse(self, grad, handle, indices, apply_state=None):
        raise NotImplementedError("`_resource_apply_sparse` Must be implemented in subclasses.")

    def _create_all_weights(self, var_list):
        _ = self.iterations
        self._create_hypers()
        self._create_slots(var_list)

    def _create_slots(self, var_list):
        if self._number is None:
            return
        slotted = self._slotted
        var_list = [variable for variable in var_list if slotted.get(id(variable)) is not variable]
        if self._rule != "SGD" or self._momentum:
            for variable in var_list:
                key_of(variable)
        names = {
            id(variable): _tapescope.slot_names(self._number, variable)
            for variable in var_list if pairs.all_are_variables([variable])
        }
        for group in self._groups:
            for variable in var_list:
                for slot in group:
                    if slot in names.get(id(variable), ()):
                        self._engine_slot(variable, slot)
        if len(slotted) < _OBJECTS_KEPT:
            slotted.update((id(variable), variable) for variable in var_list)


Optimizer.__name__ = Optimizer.__qualname__ = "OptimizerV2"
Optimizer.__init__.__qualname__ = "OptimizerV2.__init__"
Optimizer.__module__ = "tf_keras.src.optimizers.legacy.optimizer_v2"
