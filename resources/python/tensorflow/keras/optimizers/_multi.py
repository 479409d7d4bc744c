# SPDX-License-Identifier: Apache-2.0
"""Several optimizers, each for some of the variables: keras/src/optimizers/multi_optimizer.py."""

import collections.abc
import re

from tensorflow._taping._zip import _python_zip
from tensorflow.keras.optimizers._base import Optimizer
from tensorflow.keras.optimizers._saving import packed
from tensorflow.keras.optimizers._scaling import LossScaleOptimizer


def _unpacked(config, custom_objects):
    from tensorflow.keras.optimizers import deserialize

    return deserialize(config, custom_objects) if isinstance(config, dict) else config


class OptimizerMap(collections.abc.MutableMapping):
    """From paths of variables, or patterns of them, to optimizers."""

    def __init__(self, default_optimizer, optimizer_map=None):
        if not isinstance(default_optimizer, Optimizer):
            raise TypeError(f"default_optimizer must be a Keras Optimizer instance. Received: {default_optimizer}")
        if optimizer_map is not None and not isinstance(optimizer_map, dict):
            raise TypeError(f"optimizer_map must be a dictionary. Received: {optimizer_map}")
        self._default_optimizer = default_optimizer
        self._optimizer_map = optimizer_map or {}

    default_optimizer = property(lambda self: self._default_optimizer)

    def __getitem__(self, key):
        if key in self._optimizer_map:
            return self._optimizer_map[key]
        matching = [pattern for pattern in self._optimizer_map if re.fullmatch(pattern, key)]
        if len(matching) > 1:
            raise ValueError(f"Multiple optimizers assigned to variable {key}.")
        return self._optimizer_map[matching[0]] if matching else self.default_optimizer

    def __setitem__(self, key, optimizer):
        if key in self._optimizer_map:
            raise ValueError(
                f"'{key}' already exists in the OptimizerMap with value {self._optimizer_map[key]}. Please make sure to not "
                "use duplicated keys."
            )
        if not isinstance(key, str):
            raise ValueError(f"key must be a string. Received: {key}")
        if not isinstance(optimizer, Optimizer):
            raise ValueError(f"optimizer must be a Keras Optimizer instance. Received: {optimizer}")
        for kind in (LossScaleOptimizer, MultiOptimizer):
            if isinstance(optimizer, kind):
                raise ValueError(f"optimizer cannot be {kind.__name__}.")
        self._optimizer_map[key] = optimizer

    def __delitem__(self, key):
        del self._optimizer_map[key]

    def __len__(self):
        return len(self._optimizer_map)

    def __iter__(self):
        return iter(self._optimizer_map)

    def __call__(self, variable):
        return self[variable.path]

    def get_config(self):
        return {
            "default_optimizer": packed(self._default_optimizer, "keras.optimizers"),
            "optimizer_map": {key: packed(one, "keras.optimizers") for key, one in self._optimizer_map.items()},
        }

    @classmethod
    def from_config(cls, config, custom_objects=None):
        default = _unpacked(config["default_optimizer"], custom_objects)
        return cls(default, {key: _unpacked(one, custom_objects) for key, one in config["optimizer_map"].items()})


class MultiOptimizer(Optimizer):
    def __init__(self, optimizer_map, loss_scale_factor=None, name=None):
        super().__init__(0.0, loss_scale_factor=loss_scale_factor, name=name)
        self._optimizer_map = optimizer_map
        self._inner_optimizers = []
        given = list(optimizer_map.values()) if hasattr(optimizer_map, "values") else []
        for optimizer in (*given, getattr(optimizer_map, "default_optimizer", None)):
            if optimizer is not None:
                self._take_in(optimizer)

    def _take_in(self, optimizer):
        """Its place among those that there are."""
        if optimizer not in self._inner_optimizers:
            optimizer.loss_scale_factor = self.loss_scale_factor
            self._inner_optimizers.append(optimizer)
        return self._inner_optimizers.index(optimizer)

    def build(self, var_list):
        if self.built:
            return
        self._var_to_optimizer_idx, parts = {}, {}
        for variable in var_list:
            optimizer = self._optimizer_map(variable)
            if not isinstance(optimizer, Optimizer):
                raise ValueError(f"Optimizer for variable {variable} is not an Optimizer instance.")
            if isinstance(optimizer, LossScaleOptimizer):
                raise ValueError("LossScaleOptimizer cannot be used inside an MultiOptimizer.")
            if isinstance(optimizer, MultiOptimizer):
                raise ValueError("MultiOptimizer cannot be used inside an MultiOptimizer.")
            self._var_to_optimizer_idx[self._var_key(variable)] = place = self._take_in(optimizer)
            parts.setdefault(place, []).append(variable)
        for place in sorted(parts):
            self._inner_optimizers[place].build(parts[place])
        super().build(var_list)

    @staticmethod
    def _var_key(variable):
        return variable._unique_id

    @property
    def optimizers(self):
        return self._inner_optimizers

    @property
    def variables(self):
        return [*self._own, *(variable for optimizer in self._inner_optimizers for variable in optimizer.variables)]

    @property
    def learning_rate(self):
        raise AttributeError(
            "Learning rate cannot be accessed on a MultiOptimizer. Access the learning rate on the individual sub-optimizers "
            "instead."
        )

    @learning_rate.setter
    def learning_rate(self, value):
        raise AttributeError(
            "Learning rate cannot be set on a MultiOptimizer. Set the learning rate on the individual sub-optimizers instead."
        )

    @property
    def loss_scale_factor(self):
        return self.__dict__.get("_loss_scale_factor")

    @loss_scale_factor.setter
    def loss_scale_factor(self, value):
        self.__dict__["_loss_scale_factor"] = value
        for optimizer in self.__dict__.get("_inner_optimizers", ()):
            optimizer.loss_scale_factor = value

    @property
    def iterations(self):
        return self._iterations

    def apply(self, grads, trainable_variables=None):
        self._zip = None
        if len(grads) == 0:
            return
        if trainable_variables is None and not self.built:
            raise ValueError(
                "When passing `grads` without `variables`, the optimizer must already be built on a list of variables. Call "
                "`optimizer.build(trainable_variables)` first."
            )
        variables = self._trainable if trainable_variables is None else list(trainable_variables)
        if not self.built:
            self.build(variables)
        if len(grads) != len(self._var_to_optimizer_idx):
            raise ValueError(
                f"Gradients must match trainable variables one-to-one. Received {len(grads)} gradients and "
                f"{len(self._var_to_optimizer_idx)} variables."
            )
        self._dispatch(grads, variables)
        self._iterations._take(self._iterations._array() + 1)

    def _dispatch(self, grads, variables):
        parts = [([], []) for _ in self._inner_optimizers]
        for gradient, variable in _python_zip(grads, variables):
            for part, one in _python_zip(parts[self._var_to_optimizer_idx[self._var_key(variable)]], (gradient, variable)):
                part.append(one)
        for optimizer, (gradients, mine) in _python_zip(self._inner_optimizers, parts):
            if mine:
                optimizer.apply(gradients, mine)

    def finalize_variable_values(self, var_list):
        for place, optimizer in enumerate(self._inner_optimizers):
            mine = [variable for variable in var_list if self._var_to_optimizer_idx[self._var_key(variable)] == place]
            if mine:
                optimizer.finalize_variable_values(mine)

    def get_config(self):
        optimizer_map = self._optimizer_map
        if isinstance(optimizer_map, OptimizerMap):
            optimizer_map = packed(optimizer_map, "keras.optimizers")
        return {"optimizer_map": optimizer_map, "loss_scale_factor": self.loss_scale_factor, "name": self.name}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        config = dict(config)
        if isinstance(config["optimizer_map"], dict):
            config["optimizer_map"] = OptimizerMap.from_config(config["optimizer_map"]["config"], custom_objects)
        return cls(**config)


OptimizerMap.__module__ = MultiOptimizer.__module__ = "keras.src.optimizers.multi_optimizer"
