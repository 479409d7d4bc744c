# SPDX-License-Identifier: Apache-2.0
"""Keras 3's optimizers: keras/src/optimizers/base_optimizer.py as far as apply_gradients goes."""

import re
import warnings

import _tapescope

from tensorflow._zip import _python_zip, leftovers

_begin_apply = _tapescope.begin_apply
_apply_pair = _tapescope.apply_pair
_OBJECTS_KEPT = 4096

_names = {}


def _auto_name(kind):
    base = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", kind)).lower()
    count = _names.get(base, 0)
    _names[base] = count + 1
    return base if count == 0 else f"{base}_{count}"


class _Iterations:
    """The counter of steps, as far as scripts look at it."""

    def __init__(self, path):
        self.path = path
        self._count = 0

    dtype = "int64"
    shape = ()

    def numpy(self):
        import numpy

        return numpy.int64(self._count)

    value = property(lambda self: self._count)

    def __int__(self):
        return self._count

    __index__ = __int__

    def __eq__(self, other):
        return self._count == int(other)

    def __repr__(self):
        return f"<Variable path={self.path}, shape=(), dtype=int64, value={self._count}>"


class Optimizer:
    def __init__(self, learning_rate, name=None, settings=None, **unknown):
        if unknown:
            raise ValueError(f"Argument(s) not recognized: {unknown}")
        if not isinstance(learning_rate, float) or hasattr(learning_rate, "dtype"):
            raise ValueError(
                "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable (that takes "
                "in the current iteration value and returns the corresponding learning rate value). Received instead: "
                f"learning_rate={learning_rate}"
            )
        self.name = _auto_name(type(self).__name__) if name is None else name
        self.built = False
        self.iterations = _Iterations(f"{self.name}/iteration")
        self._known = {}
        self._objects = {}  # by id(): the objects that were found among the known before
        self._number = _tapescope.create_optimizer(
            type(self).__name__, self.name, {"learning_rate": learning_rate, **(settings or {})}
        )

    @property
    def learning_rate(self):
        return _tapescope.setting(self._number, "learning_rate")

    @learning_rate.setter
    def learning_rate(self, value):
        _tapescope.set_setting(self._number, "learning_rate", float(value))

    @property
    def variables(self):
        return [self.iterations]

    def build(self, variables):
        if not self.built:
            self._known = {variable._unique_id: variable for variable in variables}
            self.built = True

    def apply_gradients(self, grads_and_vars):
        grads, trainable_variables = _python_zip(*grads_and_vars)
        self._apply(grads, trainable_variables, leftovers(grads_and_vars, len(grads)))
        return self.iterations

    def apply(self, grads, trainable_variables=None):
        grads = list(grads)
        if not grads:
            return
        if trainable_variables is None:
            variables = list(self._known.values())
            if len(grads) != len(variables):
                raise ValueError(
                    "When passing `grads` without `variables`, it must be a gradient for every one of the optimizer's "
                    f"variables. Expected {len(variables)} gradients, received {len(grads)}."
                )
        else:
            variables = list(trainable_variables)
        pairs = min(len(grads), len(variables))
        left = ([len(grads), len(variables)], grads[pairs:], variables[pairs:], -1)
        self._apply(grads[:pairs], variables[:pairs], left)

    def _apply(self, grads, variables, left):
        lengths, left_gradients, left_variables, site = left
        number = _begin_apply(self._number, grads, variables, lengths, left_gradients, left_variables, site)
        raised = True
        try:
            self.build(variables)
            self._check_known(variables)
            self._check_gradients(grads, variables)
            index = 0
            for gradient, variable in _python_zip(grads, variables):
                _apply_pair(number, index, gradient, variable)
                index += 1
            self.iterations._count += 1
            raised = False
        finally:
            _tapescope.end_apply(number, self.iterations._count, raised)

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
        missing = [variable.name for gradient, variable in _python_zip(grads, variables) if gradient is None]
        if len(missing) == len(grads):
            raise ValueError("No gradients provided for any variable.")
        if missing:
            warnings.warn(
                f"Gradients do not exist for variables {missing} when minimizing the loss. If using `model.compile()`, did "
                "you forget to provide a `loss` argument?",
                stacklevel=4,
            )


class SGD(Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name=None, **unknown):
        if not isinstance(momentum, float) or not 0 <= momentum <= 1:
            raise ValueError("`momentum` must be a float between [0, 1].")
        super().__init__(learning_rate, name, {"momentum": momentum, "nesterov": bool(nesterov)}, **unknown)
