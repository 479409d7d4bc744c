# SPDX-License-Identifier: Apache-2.0
"""The variables of a layer and of the layers inside it, in Keras's orders."""

import math


def _each_once(lists):
    found, seen = [], set()
    for one in lists:
        for variable in one:
            if id(variable) not in seen:
                seen.add(id(variable))
                found.append(variable)
    return found


class Weights:
    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = value = bool(value)
        for variable in self._trainable_variables:
            variable.trainable = value
        for layer in self._layers:
            layer.trainable = value

    def _flatten_layers(self, include_self=True, recursive=True):
        found, seen, waiting = [self] if include_self else [], set(), list(self._layers)
        while waiting:
            layer = waiting.pop(0)
            if id(layer) in seen:
                continue
            seen.add(id(layer))
            found.append(layer)
            if recursive:
                waiting[:0] = reversed(layer._layers)
        return found

    @property
    def _own_variables(self):
        return self._trainable_variables + self._non_trainable_variables

    @property
    def variables(self):
        states = [generator.state for generator in self._seed_generators]
        return _each_once([self._own_variables, states, *(layer.variables for layer in self._layers)])

    @property
    def weights(self):
        return _each_once([self._own_variables, *(layer.weights for layer in self._layers)])

    def _chosen(self, variables, trainable):
        if not self.trainable:
            return [] if trainable else variables
        return [variable for variable in variables if variable.trainable is trainable]

    trainable_variables = property(lambda self: self._chosen(self.variables, True))
    non_trainable_variables = property(lambda self: self._chosen(self.variables, False))
    trainable_weights = property(lambda self: self._chosen(self.weights, True))
    non_trainable_weights = property(lambda self: self._chosen(self.weights, False))

    @property
    def metrics(self):
        found = list(self._metrics)
        for layer in self._layers:
            found.extend(layer.metrics)
        return found

    @property
    def metrics_variables(self):
        return [variable for metric in self.metrics for variable in metric.variables]

    def get_weights(self):
        return [variable.numpy() for variable in self.weights]

    def set_weights(self, weights):
        own = self.weights
        if len(own) != len(weights):
            raise ValueError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length {len(weights)}, but "
                f"the layer was expecting {len(own)} weights."
            )
        for variable, value in zip(own, weights):
            if variable.shape != value.shape:
                raise ValueError(
                    f"Layer {self.name} weight shape {variable.shape} is not compatible with provided weight shape "
                    f"{value.shape}."
                )
            variable.assign(value)

    def count_params(self):
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built. You can build it "
                "manually via: `layer.build(input_shape)`."
            )
        return count_params(self.weights)


def count_params(weights):
    return sum(math.prod(tuple(variable.shape)) for variable in weights)


def by_place(args, shape, initializer, dtype):
    """What add_weight() still takes by place."""
    if len(args) > 3:
        raise TypeError(f"add_weight() takes at most 3 positional arguments but {len(args)} were given.")
    if args and isinstance(args[0], str):
        raise ValueError(
            f"`name` must be passed as a keyword argument. Received: add_weight('{args[0]}', ...). Use: "
            f"add_weight(shape=..., name='{args[0]}')."
        )
    values = {"shape": shape, "initializer": initializer, "dtype": dtype}
    for name, arg in zip(values, args):
        if values[name] is not None:
            raise ValueError(f"`{name}` was passed both positionally and as a keyword argument.")
        values[name] = arg
    return values.values()
