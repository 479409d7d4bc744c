# SPDX-License-Identifier: Apache-2.0
"""One step of the recurrent layers: keras/src/layers/rnn."""

import _tapescope

from tensorflow._values import _nest
from tensorflow.keras import _saving, activations, random
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run
_WEIGHTS = ("kernel", "recurrent", "bias")
_matmul = _parts.matmul


def zeros(rows, size, dtype):
    return _run("Fill", _tapescope.tensor(0, dtype), shape=[int(rows), int(size)])


class _Cell(Layer):
    """Weights, activations and masks of dropout. `_gates`: how many parts the kernels have."""

    _gates = 1
    _generator_first = False

    def _take(self, units, activation, use_bias, dropout, recurrent_dropout, seed, given):
        if units <= 0:
            raise ValueError(f"Received an invalid value for argument `units`, expected a positive integer, got {units}.")
        if self._generator_first:
            self.seed_generator = random.SeedGenerator(seed)
        self.units, self.use_bias, self.seed = units, use_bias, seed
        self.activation = activations.get(activation)
        for name in _WEIGHTS:
            _parts.take(self, name, **{kind: given.get(f"{name}_{kind}") for kind in ("initializer", "regularizer", "constraint")})
        self.dropout = min(1.0, max(0.0, dropout))
        self.recurrent_dropout = min(1.0, max(0.0, recurrent_dropout))
        if not self._generator_first:
            self.seed_generator = random.SeedGenerator(seed)
        self.state_size = self.output_size = units
        self._dropout_mask = self._recurrent_dropout_mask = None

    def _take_gates(self, recurrent_activation, implementation):
        """Of a cell with several; masks of each state's dropout need the gates one by one."""
        self.recurrent_activation = activations.get(recurrent_activation)
        self.implementation = 1 if self.recurrent_dropout != 0.0 else implementation
        if self.implementation == 1:
            self.dropout_mask_count = self._gates

    def build(self, input_shape):
        width = self.units * self._gates
        self.kernel = _parts.weight(self, "kernel", (input_shape[-1], width))
        self.recurrent_kernel = _parts.weight(self, "recurrent", (self.units, width), "recurrent_kernel")
        self.bias = self._bias() if self.use_bias else None

    def _bias(self):
        return _parts.weight(self, "bias", (self.units * self._gates,))

    def _masked(self, value, rate):
        count = getattr(self, "dropout_mask_count", None)
        ones = _run("OnesLike", value)
        masks = [random.dropout(ones, rate, seed=self.seed_generator) for _ in range(count or 1)]
        return masks if count else masks[0]

    def get_dropout_mask(self, step_input):
        if self._dropout_mask is None and self.dropout > 0:
            self._dropout_mask = self._masked(step_input, self.dropout)
        return self._dropout_mask

    def get_recurrent_dropout_mask(self, step_input):
        if self._recurrent_dropout_mask is None and self.recurrent_dropout > 0:
            self._recurrent_dropout_mask = self._masked(step_input, self.recurrent_dropout)
        return self._recurrent_dropout_mask

    def reset_dropout_mask(self):
        self._dropout_mask = None

    def reset_recurrent_dropout_mask(self):
        self._recurrent_dropout_mask = None

    def get_initial_state(self, batch_size=None):
        return [zeros(batch_size, self.state_size, self.compute_dtype)]

    def _apart(self, inputs, mask, used):
        """The inputs of each gate, with masks of their own."""
        return [inputs * one for one in mask] if used else [inputs] * self._gates

    def _parts_of(self, kernel):
        width = self.units
        return [kernel[:, place * width : (place + 1) * width] for place in range(self._gates)]

    def _config(self, *names):
        config = {**Layer.get_config(self), "units": self.units}
        config["activation"] = activations.serialize(self.activation)
        if hasattr(self, "recurrent_activation"):
            config["recurrent_activation"] = activations.serialize(self.recurrent_activation)
        config["use_bias"] = self.use_bias
        weights = _parts.config_of(self, *_WEIGHTS)
        config.update({name: getattr(self, name) for name in names if name == "unit_forget_bias"})
        config.update(weights, dropout=self.dropout, recurrent_dropout=self.recurrent_dropout)
        config.update({name: getattr(self, name) for name in names if name != "unit_forget_bias"})
        return config


def _weights(values):
    return {name: value for name, value in values.items() if name.startswith(_WEIGHTS) and name != "recurrent_activation"}


class SimpleRNNCell(_Cell):
    _generator_first = True

    def __init__(
        self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
        bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
        **kwargs,
    ):
        given = _weights(locals())
        super().__init__(**kwargs)
        self._take(units, activation, use_bias, dropout, recurrent_dropout, seed, given)

    def call(self, sequence, states, training=False):
        before = states[0] if isinstance(states, (list, tuple)) else states
        mask, recurrent_mask = self.get_dropout_mask(sequence), self.get_recurrent_dropout_mask(before)
        if training and mask is not None:
            sequence = sequence * mask
        h = _matmul(sequence, self.kernel)
        if self.bias is not None:
            h = h + self.bias
        if training and recurrent_mask is not None:
            before = before * recurrent_mask
        output = h + _matmul(before, self.recurrent_kernel)
        if self.activation is not None:
            output = self.activation(output)
        return output, [output] if isinstance(states, (list, tuple)) else output

    def get_config(self):
        return self._config("seed")


class LSTMCell(_Cell):
    _gates = 4

    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None,
        bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs,
    ):
        given = _weights(locals())
        implementation = kwargs.pop("implementation", 2)
        super().__init__(**kwargs)
        self._take(units, activation, use_bias, dropout, recurrent_dropout, seed, given)
        self._take_gates(recurrent_activation, implementation)
        self.unit_forget_bias = unit_forget_bias
        self.state_size = [units, units]

    def _bias(self):
        if not self.unit_forget_bias:
            return super()._bias()
        from tensorflow import concat, ones

        def initialize(_, *args, **kwargs):
            start = self.bias_initializer
            forget = ones((self.units,), kwargs.get("dtype", "float32"))
            return concat([start((self.units,), *args, **kwargs), forget, start((self.units * 2,), *args, **kwargs)], 0)

        return self.add_weight(
            shape=(self.units * 4,), name="bias", initializer=initialize, regularizer=self.bias_regularizer,
            constraint=self.bias_constraint,
        )

    def call(self, inputs, states, training=False):
        from tensorflow import split

        h, c = states[0], states[1]
        dropped = training and 0.0 < self.dropout < 1.0
        if self.implementation == 1:
            z = self._one_by_one(inputs, h, training, dropped)
        else:
            if dropped:
                inputs = inputs * self.get_dropout_mask(inputs)
            z = _matmul(inputs, self.kernel) + _matmul(h, self.recurrent_kernel)
            if self.use_bias:
                z = z + self.bias
            z = split(z, 4, axis=1)
        i, f = self.recurrent_activation(z[0]), self.recurrent_activation(z[1])
        c = f * c + i * self.activation(z[2])
        o = self.recurrent_activation(z[3])
        h = o * self.activation(c)
        return h, [h, c]

    def _one_by_one(self, inputs, h, training, dropped):
        given = self._apart(inputs, self.get_dropout_mask(inputs) if dropped else None, dropped)
        used = training and 0.0 < self.recurrent_dropout < 1.0
        states = self._apart(h, self.get_recurrent_dropout_mask(h) if used else None, used)
        z = [_matmul(one, kernel) for one, kernel in zip(given, self._parts_of(self.kernel))]
        if self.use_bias:
            width = self.units
            z = [one + self.bias[place * width : (place + 1) * width] for place, one in enumerate(z)]
        return [one + _matmul(state, kernel) for one, state, kernel in zip(z, states, self._parts_of(self.recurrent_kernel))]

    def get_initial_state(self, batch_size=None):
        return [zeros(batch_size, size, self.compute_dtype) for size in self.state_size]

    def get_config(self):
        return self._config("unit_forget_bias", "seed")


class GRUCell(_Cell):
    _gates = 3

    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None,
        bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0,
        recurrent_dropout=0.0, reset_after=True, seed=None, **kwargs,
    ):
        given = _weights(locals())
        implementation = kwargs.pop("implementation", 2)
        super().__init__(**kwargs)
        self._take(units, activation, use_bias, dropout, recurrent_dropout, seed, given)
        self._take_gates(recurrent_activation, implementation)
        self.reset_after = reset_after

    def _bias(self):
        return _parts.weight(self, "bias", (2, 3 * self.units) if self.reset_after else (3 * self.units,))

    def call(self, inputs, states, training=False):
        from tensorflow import split, squeeze

        h = states[0] if _nest.is_nested(states) else states
        own, recurrent = self.bias if self.use_bias else None, None
        if self.use_bias and self.reset_after:
            own, recurrent = (squeeze(part, 0) for part in split(self.bias, 2))
        x, inner = self._products(inputs, h, training, own, recurrent)
        z = self.recurrent_activation(x[0] + inner[0])
        r = self.recurrent_activation(x[1] + inner[1])
        if self.reset_after:
            rest = r * inner[2]
        else:
            rest = _matmul(r * inner[2], self._parts_of(self.recurrent_kernel)[2])
        h = z * h + (1 - z) * self.activation(x[2] + rest)
        return h, [h] if _nest.is_nested(states) else h

    def _products(self, inputs, h, training, own, recurrent):
        """What comes of the inputs, and of the state, for each gate; without `reset_after` the state itself for the last."""
        from tensorflow import split

        dropped = training and 0.0 < self.dropout < 1.0
        if self.implementation == 1:
            return self._one_by_one(inputs, h, training, dropped, own, recurrent)
        if dropped:
            inputs = inputs * self.get_dropout_mask(inputs)
        x = _matmul(inputs, self.kernel)
        if own is not None:
            x = x + own
        if not self.reset_after:
            two = _matmul(h, self.recurrent_kernel[:, : 2 * self.units])
            return split(x, 3, axis=-1), [two[:, : self.units], two[:, self.units :], h]
        inner = _matmul(h, self.recurrent_kernel)
        return split(x, 3, axis=-1), split(inner if recurrent is None else inner + recurrent, 3, axis=-1)

    def _one_by_one(self, inputs, h, training, dropped, own, recurrent):
        used, width = training and 0.0 < self.recurrent_dropout < 1.0, self.units
        given = self._apart(inputs, self.get_dropout_mask(inputs) if dropped else None, dropped)
        states = self._apart(h, self.get_recurrent_dropout_mask(h) if used else None, used)
        x = [_matmul(one, kernel) for one, kernel in zip(given, self._parts_of(self.kernel))]
        inner = [_matmul(one, kernel) for one, kernel in zip(states, self._parts_of(self.recurrent_kernel))]
        for products, bias in ((x, own), (inner, recurrent)):
            for place in range(3 if bias is not None else 0):
                products[place] = products[place] + bias[place * width : (place + 1) * width]
        if not self.reset_after:
            inner[2] = states[2]
        return x, inner

    def get_config(self):
        return self._config("reset_after", "seed")


class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        for cell in cells:
            if "call" not in dir(cell):
                raise ValueError(f"All cells must have a `call` method. Received cell without a `call` method: {cell}")
            if "state_size" not in dir(cell):
                raise ValueError(f"All cells must have a `state_size` attribute. Received cell without a `state_size`: {cell}")
        self.cells = cells

    @property
    def state_size(self):
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self):
        return _output_size(self.cells[-1])

    def get_initial_state(self, batch_size=None):
        return [
            cell.get_initial_state(batch_size=batch_size) if hasattr(cell, "get_initial_state")
            else _nest.map_structure(lambda size, one=cell: zeros(batch_size, size, one.compute_dtype), cell.state_size)
            for cell in self.cells
        ]

    def call(self, inputs, states, training=False, **kwargs):
        after = []
        for cell, state in zip(self.cells, states):
            listed = _nest.is_nested(state)
            options = {"training": training} if isinstance(cell, Layer) and cell._call_has_training_arg else {}
            inputs, state = cell(inputs, list(state) if listed else [state], **options)
            after.append(state[0] if len(state) == 1 and not listed else state)
        return inputs, after[0] if len(after) == 1 else after

    def build(self, input_shape):
        for cell in self.cells:
            if isinstance(cell, Layer) and not cell.built:
                cell.build(input_shape)
                cell.built = True
            input_shape = (input_shape[0], _output_size(cell))

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**{**config, "cells": [_saving.deserialize(cell, custom_objects) for cell in config["cells"]]})

    def get_config(self):
        return {**super().get_config(), "cells": [_saving.serialize(cell) for cell in self.cells]}


def _output_size(cell):
    if getattr(cell, "output_size", None) is not None:
        return cell.output_size
    return cell.state_size[0] if isinstance(cell.state_size, (list, tuple)) else cell.state_size


for _class, _file in ((SimpleRNNCell, "simple_rnn"), (LSTMCell, "lstm"), (GRUCell, "gru"), (StackedRNNCells, "stacked_rnn_cells")):
    _class.__module__ = f"keras.src.layers.rnn.{_file}"
