# SPDX-License-Identifier: Apache-2.0
"""What all of Keras 3's optimizers do alike: keras/src/optimizers/base_optimizer.py and its TensorFlow side."""

import warnings

import _tapescope

from tensorflow._running import _staging
from tensorflow._taping._zip import _python_zip, leftovers
from tensorflow.keras import _kept, _ops
from tensorflow.keras.optimizers import _gradients
from tensorflow.keras.optimizers._averages import Averages
from tensorflow.keras.optimizers._options import SHARED, Options
from tensorflow.keras.optimizers._plain import apply_plainly, is_plain
from tensorflow.keras.optimizers._saving import Saved
from tensorflow.keras.optimizers._slots import Slots
from tensorflow.keras.optimizers._variables import Variable, auto_name, kind_of
from tensorflow.keras.optimizers.schedules import LearningRateSchedule

_begin_apply = _tapescope.begin_apply
_apply_pair = _tapescope.apply_pair
_set_setting = _tapescope.set_setting
_OBJECTS_KEPT = 4096
_NO_RATE = (
    "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable (that takes in the "
    "current iteration value and returns the corresponding learning rate value). Received instead: learning_rate="
)
_NOT_SETTABLE = (
    "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its "
    "learning rate is not settable. If you need the learning rate to be settable, you should instantiate the optimizer with "
    "a float `learning_rate` argument."
)


def hold(number, grads, variables, finite):
    """Tells the engine that these pairs change nothing now, because they are accumulated or not finite."""
    for index, (gradient, variable) in enumerate(_python_zip(grads, variables)):
        _tapescope.hold_pair(number, index, gradient, variable, finite)


class Optimizer(Options, Saved, Slots, Averages):
    #: Attributes that are numbers of the engine's rule; nothing for a class that a script wrote.
    _numbers = None
    #: What is_plain() found; None where something has changed since.
    _plain = None
    #: The name of an optimizer around, which scales this one's losses.
    _around = ""

    def __init__(self, learning_rate, *shared, name=None, **options):
        options.update(_python_zip(SHARED, shared))
        name = options.pop("name", None) if name is None else name
        if options.pop("decay", None) is not None:
            warnings.warn("Argument `decay` is no longer supported and will be ignored.", stacklevel=3)
        self._check_names(options)
        self.name = auto_name(type(self).__name__) if name is None else name
        self._take_options(options)
        self.built = False
        self._own = []
        self._trainable = []
        self._known = {}  # places of variables by their unique names
        self._objects = {}  # by id(): the objects that were found among the known before
        self._zip = None
        self._number = None
        self._iterations = self._add(Variable(0, "int64", "iteration", self.name))
        self._start_rate(learning_rate)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        self.__dict__["_plain"] = None
        if self._numbers is not None and name in self._numbers and self.__dict__.get("_number") is not None:
            _set_setting(self._number, name, self._number_of(value))

    @staticmethod
    def _number_of(value):
        return -1.0 if value is None else float(value)

    def _with_numbers(self, **numbers):
        """Takes the numbers of a rule as attributes, and makes the engine's optimizer."""
        for name, value in numbers.items():
            object.__setattr__(self, name, value)
        rate = self._learning_rate
        settings = {"learning_rate": float(self._given_rate) if isinstance(rate, Variable) else 0.0}
        settings.update((name, self._number_of(numbers[name])) for name in self._numbers)
        self._number = _tapescope.create_optimizer(self._rule(), self.name, settings)

    @classmethod
    def _rule(cls):
        return next(one.__name__ for one in cls.__mro__ if one.__module__.startswith("keras.src.optimizers."))

    # ---- the learning rate and other variables of its own

    def _start_rate(self, learning_rate):
        self._given_rate = learning_rate
        if callable(learning_rate) and not _tapescope.is_tensor(learning_rate):
            self._learning_rate = learning_rate
            return
        if not isinstance(learning_rate, float):
            raise ValueError(f"{_NO_RATE}{learning_rate}")
        self._learning_rate = self._add(Variable(learning_rate, _ops.floatx(), "learning_rate", self.name))

    @property
    def learning_rate(self):
        return self._get_current_learning_rate()

    def _get_current_learning_rate(self):
        rate = self._learning_rate
        if isinstance(rate, LearningRateSchedule):
            return rate(self._iterations)
        return rate if isinstance(rate, Variable) else rate()

    @learning_rate.setter
    def learning_rate(self, learning_rate):
        before = self._learning_rate
        if callable(learning_rate) and not _tapescope.is_tensor(learning_rate):
            self._learning_rate = learning_rate
            self._own = [each for each in self._own if each is not before]
        elif isinstance(before, LearningRateSchedule):
            raise TypeError(_NOT_SETTABLE)
        else:
            before.assign(learning_rate)

    @property
    def iterations(self):
        if self.gradient_accumulation_steps:
            return self._iterations // self.gradient_accumulation_steps
        return self._iterations

    @property
    def variables(self):
        return self._own[:]

    def _add(self, variable):
        self._own.append(variable)
        return _kept.restored(self, variable)

    def add_variable(self, shape, initializer="zeros", dtype=None, aggregation="none", layout=None, name=None):
        import numpy

        dtype = getattr(dtype, "name", dtype) or _ops.floatx()
        dtype = "int64" if dtype == "int" else dtype
        value = numpy.zeros(tuple(shape), kind_of(dtype))
        if callable(initializer):
            value = _tapescope.array(initializer(tuple(shape), dtype=dtype))
        elif initializer == "ones":
            value += 1
        return self._add(Variable(value, dtype, name or auto_name("variable"), self._around + self.name))

    def add_variable_from_reference(self, reference_variable, name=None, initializer="zeros"):
        return self.add_variable(
            reference_variable.shape.as_list(), initializer, reference_variable.dtype,
            name=self._name_beside(reference_variable, name or "var"),
        )

    def add_optimizer_variables(self, trainable_variables, name, initializer="zeros"):
        names = [name] if isinstance(name, str) else list(name)
        starts = list(initializer) if isinstance(initializer, (list, tuple)) else [initializer] * len(names)
        if len(names) != len(starts):
            raise ValueError(
                "The number of provided names must match the number of provided initializers.  Received "
                f"name='{name}', initializer='{initializer}'"
            )
        lists = tuple([] for _ in names)
        for variable in trainable_variables:
            for place, (one, start) in enumerate(_python_zip(names, starts)):
                lists[place].append(self.add_variable_from_reference(variable, one, start))
        return lists[0] if isinstance(name, str) else lists

    # ---- building

    def build(self, variables):
        if self.built and self._number is not None:
            return
        _staging.require_first_call()
        variables = list(variables)
        if self.use_ema:
            self._averages = self.add_optimizer_variables(variables, "average")
        self._known = {variable._unique_id: place for place, variable in enumerate(variables)}
        if self.gradient_accumulation_steps:
            self._accumulated_gradients = self.add_optimizer_variables(variables, "gradient_accumulator")
        self._trainable = variables
        if self._number is not None:
            _tapescope.build_optimizer(self._number, variables)
        self.built = True
        if self._number is not None:
            self._add_slots(variables)
            self._list_slots()

    def _get_variable_index(self, variable):
        return self._known[variable._unique_id]

    # ---- applying

    def apply_gradients(self, grads_and_vars):
        grads, trainable_variables = _python_zip(*grads_and_vars)
        if self._plain is None:
            self.__dict__["_plain"] = is_plain(self, Optimizer)
        if not (self._plain and apply_plainly(self, grads, trainable_variables, grads_and_vars)):
            self.__dict__["_zip"] = leftovers(grads_and_vars, len(grads))  # no attribute that could make a step less plain
            self.apply(grads, trainable_variables)
        return self._iterations

    def apply(self, grads, trainable_variables=None):
        left, self.__dict__["_zip"] = self._zip, None
        if len(grads) == 0:
            return
        if trainable_variables is None:
            variables = self._all_built(grads)
        else:
            variables = list(trainable_variables)
        grads = list(grads)
        if left is None:
            pairs = min(len(grads), len(variables))
            left = ([len(grads), len(variables)], grads[pairs:], variables[pairs:], -1)
            grads, variables = grads[:pairs], variables[:pairs]
        self._apply(grads, variables, left)

    def _all_built(self, grads):
        if not self.built:
            raise ValueError(
                "When passing `grads` without `variables`, the optimizer must already be built on a list of variables. "
                "Call `optimizer.build(trainable_variables)` first. "
            )
        if len(grads) != len(self._known):
            raise ValueError(
                "When passing `grads` as a list of gradient tensors, the gradients must match `optimizer.variables` "
                f"one-to-on. Received a list of {len(grads)} gradients, but the optimizer is tracking "
                f"{len(self._trainable)} trainable variables."
            )
        return self._trainable

    def _apply(self, grads, variables, left):
        lengths, left_gradients, left_variables, site = left
        if self._number is None or type(self).update_step is not Optimizer.update_step:
            return self._apply_traced(None, grads, variables)
        number = _begin_apply(self._number, grads, variables, lengths, left_gradients, left_variables, site)
        raised = True
        try:
            self._apply_traced(number, grads, variables)
            raised = False
        finally:
            _tapescope.end_apply(number, int(self._iterations), raised)

    def _apply_traced(self, number, grads, variables):
        if not self.built:
            self.build(variables)
        self._check_known(variables)
        self._check_gradients(grads, variables)
        grads = self._overwriting(grads, variables)
        if self.loss_scale_factor is not None:
            grads = [gradient if gradient is None else gradient / self.loss_scale_factor for gradient in grads]
        self._apply_checked(number, grads, variables)
        for gradient, variable in _python_zip(grads, variables):
            if gradient is not None and variable.constraint is not None:
                variable.assign(variable.constraint(variable))
        self._iterations._take(self._iterations._array() + 1)

    def _apply_checked(self, number, grads, variables):
        if self.gradient_accumulation_steps:
            with _gradients.in_cond(["BaseOptimizer._backend_apply_gradients.<locals>.<lambda>"] * 2):
                self._apply_or_accumulate(number, grads, variables)
        else:
            self._update(number, _gradients.clipped(self, grads), variables)
        if self.use_ema:
            self._move_averages()

    def _apply_or_accumulate(self, number, grads, variables):
        steps = self.gradient_accumulation_steps
        if (int(self._iterations) + 1) % steps == 0:
            grads = _gradients.averaged(grads, self._accumulators_of(variables), steps)
            self._update(number, _gradients.clipped(self, grads), variables)
            for accumulator in self._accumulated_gradients:
                accumulator._take(accumulator._array() * 0)
        else:
            _gradients.accumulate(grads, self._accumulators_of(variables))
            if number is not None:
                hold(number, grads, variables, True)

    def _overwriting(self, grads, variables):
        """Variables that are marked so take their gradient as their value; what is left for the rule."""
        marked = [getattr(variable, "overwrite_with_gradient", False) for variable in variables]
        if True not in marked:
            return grads
        return [
            _gradients.overwrite(self, gradient, variable) if mark and gradient is not None else gradient
            for mark, gradient, variable in _python_zip(marked, grads, variables)
        ]

    def _clip_gradients(self, grads):
        return _gradients.clipped(self, grads)

    @property
    def _model_variables_moving_average(self):
        return self._averages

    def _accumulators_of(self, variables):
        return [self._accumulated_gradients[self._get_variable_index(variable)] for variable in variables]

    def _update(self, number, grads, variables):
        rate = self.learning_rate
        if number is None:
            self._update_by_script(grads, variables, rate)
            return
        _set_setting(self._number, "learning_rate", float(rate))
        steps = int(self._iterations) // (self.gradient_accumulation_steps or 1)
        _set_setting(self._number, "step", steps + 1.0)
        self._before_pairs(steps)
        index = 0
        for gradient, variable in _python_zip(grads, variables):
            _apply_pair(number, index, gradient, variable, self._decay_of(variable))
            index += 1

    def _before_pairs(self, steps):
        """What a rule needs to know of the whole step."""

    def _update_by_script(self, grads, variables, rate):
        """The class is the script's: its update_step() does it, and may ask for the rule of the class that it extends."""
        pairs = [pair for pair in _python_zip(grads, variables) if pair[0] is not None]
        for _, variable in pairs:
            decay = self._decay_of(variable)
            if decay:
                variable.assign_sub(variable * decay * float(rate))
        if self._number is not None:
            self._before_pairs(int(self._iterations) // (self.gradient_accumulation_steps or 1))
        for gradient, variable in pairs:
            self.update_step(gradient, variable, rate)

    def update_step(self, gradient, variable, learning_rate):
        """One pair by itself, as a script may ask for it."""
        if self._number is None:
            raise NotImplementedError
        _set_setting(self._number, "learning_rate", float(learning_rate))
        steps = int(self._iterations) // (self.gradient_accumulation_steps or 1)
        _set_setting(self._number, "step", steps + 1.0)
        number = _begin_apply(self._number, [gradient], [variable], [1, 1], [], [], -1)
        self._decay_of(variable)
        _apply_pair(number, 0, gradient, variable, 0.0)
        _tapescope.end_apply(number, int(self._iterations), False)

    def _apply_weight_decay(self, variables):
        for variable in variables:
            decay = self._decay_of(variable)
            if decay:
                variable.assign(variable - variable * decay * float(self.learning_rate))

    def assign(self, variable, value):
        variable.assign(value)

    def assign_add(self, variable, value):
        variable.assign_add(value)

    def assign_sub(self, variable, value):
        variable.assign_sub(value)

    def stateless_apply(self, optimizer_variables, grads, trainable_variables):
        raise ValueError(
            "stateless_apply is not supported with the TensorFlow backend (as it is incompatible with tf.distribute)."
        )

    def scale_loss(self, loss):
        return loss if self.loss_scale_factor is None else loss * self.loss_scale_factor

    # ---- what is wrong with the pairs

    def _check_known(self, variables):
        objects = self._objects
        for variable in variables:
            if objects.get(id(variable)) is variable:
                continue
            if variable._unique_id in self._known:
                if len(objects) < _OBJECTS_KEPT:
                    objects[id(variable)] = variable
                continue
            raise ValueError(
                f"Unknown variable: {variable}. This optimizer can only be called for the variables it was originally "
                "built with. When working with a new set of variables, you should recreate a new optimizer instance."
            )

    def _check_gradients(self, grads, variables):
        for gradient in grads:
            if gradient is None:
                break
        else:
            if grads:
                return
        missing = [getattr(variable, "path", variable.name) for gradient, variable in _python_zip(grads, variables) if gradient is None]
        if len(missing) == len(grads):
            raise ValueError("No gradients provided for any variable.")
        if missing:
            warnings.warn(
                f"Gradients do not exist for variables {missing} when minimizing the loss. If using `model.compile()`, did "
                "you forget to provide a `loss` argument?",
                stacklevel=6,
            )


Optimizer.__init__.__qualname__ = "BaseOptimizer.__init__"
Optimizer.__module__ = "keras.src.optimizers.optimizer"
