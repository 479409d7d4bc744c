# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers: a cell, step by step. keras/src/layers/rnn/rnn.py."""

import inspect

import _tapescope

from tensorflow._values import _nest
from tensorflow.keras import _ops, _saving, regularizers
from tensorflow.keras._specs import InputSpec
from tensorflow.keras._variable import Variable
from tensorflow.keras.layers import _cells
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._cells import StackedRNNCells

_run = _tapescope.run


class RNN(Layer):
    def __init__(
        self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
        zero_output_for_mask=False, **kwargs,
    ):
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        if "call" not in dir(cell):
            raise ValueError(f"Argument `cell` should have a `call` method. Received: cell={cell}")
        if "state_size" not in dir(cell):
            raise ValueError(
                "The RNN cell should have a `state_size` attribute (single integer or list of integers, one integer per RNN "
                f"state). Received: cell={cell}"
            )
        super().__init__(**kwargs)
        self.zero_output_for_mask = zero_output_for_mask
        self.cell = cell
        self.return_sequences, self.return_state = return_sequences, return_state
        self.go_backwards, self.stateful, self.unroll = go_backwards, stateful, unroll
        self.supports_masking = True
        self.states = None
        self._expected_batch_size = None
        size = cell.state_size
        self.single_state = isinstance(size, int)
        object.__setattr__(self, "state_size", [size] if self.single_state else list(size))

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        rows, length = sequences_shape[0], sequences_shape[1]
        states = [
            (rows, size) if isinstance(size, int) else [(rows, one) for one in size] for size in self.state_size
        ]
        size = getattr(self.cell, "output_size", None) or self.state_size[0]
        output = (rows, length, size) if self.return_sequences else (rows, size)
        return (output, *states) if self.return_state else output

    def compute_mask(self, _, mask):
        mask = _nest.flatten(mask)[0]
        output = mask if self.return_sequences else None
        return [output, *[None] * len(self.state_size)] if self.return_state else output

    def build(self, sequences_shape, initial_state_shape=None):
        if isinstance(self.cell, Layer) and not self.cell.built:
            self.cell.build((sequences_shape[0], *sequences_shape[2:]))
            self.cell.built = True
        if not self.stateful:
            return
        if self.states is not None:
            self.reset_state()
        elif sequences_shape[0] is None:
            raise ValueError(
                "When using `stateful=True` in a RNN, the batch size must be static. Found dynamic batch size: sequence.shape="
                f"{sequences_shape}"
            )
        else:
            make = lambda value: Variable(value, trainable=False, dtype=self.variable_dtype, name="rnn_state")  # noqa: E731
            object.__setattr__(self, "states", _nest.map_structure(make, self.get_initial_state(sequences_shape[0])))
            self._expected_batch_size = sequences_shape[0]

    def get_initial_state(self, batch_size):
        if not hasattr(self.cell, "get_initial_state"):
            return [_cells.zeros(batch_size, size, self.cell.compute_dtype) for size in self.state_size]
        states = self.cell.get_initial_state(batch_size=batch_size)
        return list(states) if _nest.is_nested(states) else [states]

    def reset_state(self):
        for variable in _nest.flatten(self.states) if self.states is not None else ():
            variable.assign(_run("ZerosLike", variable))

    reset_states = reset_state

    def call(self, sequences, initial_state=None, mask=None, training=False):
        states = initial_state
        if states is None:
            states = self.states if self.stateful else self.get_initial_state(batch_size=sequences.shape[0])
        if self.stateful and self._expected_batch_size not in (None, sequences.shape[0]):
            raise ValueError(
                "If an RNN is stateful, the batch size of the input sequences must be the same as the batch size of the "
                f"initial state. \n- Expected batch size: {self._expected_batch_size}\n- Received batch size: "
                f"{sequences.shape[0]}"
            )
        states = list(states) if _nest.is_nested(states) else [states]
        states = _nest.map_structure(lambda one: _ops.cast(one, self.cell.compute_dtype), states)
        self._draw_masks(self.cell, sequences[:, 0, :] if len(sequences.shape) == 3 else sequences[:, 0], states)
        last, outputs, states = self._steps(sequences, states, mask, training)
        self._drop_masks(self.cell)
        if self.stateful:
            for variable, state in zip(_nest.flatten(self.states), _nest.flatten(states)):
                variable.assign(state)
        output = _run("Pack", *outputs, axis=1) if self.return_sequences else last
        return (output, *states) if self.return_state else output

    def _steps(self, sequences, states, mask, training):
        options = {}
        if isinstance(self.cell, Layer) and self.cell._call_has_training_arg:
            options["training"] = training
        mask = _nest.flatten(mask)[0] if mask is not None else None
        steps = range(sequences.shape[1])
        outputs, last = [], None
        for place in reversed(steps) if self.go_backwards else steps:
            output, after = self.cell(sequences[:, place], states, **options)
            after = after if _nest.is_nested(after) else [after]
            if mask is not None:
                output, after, last = self._masked(mask[:, place], output, after, states, last)
            else:
                last = output
            states = after
            outputs.append(output)
        return last, outputs, list(states)

    def _masked(self, mask, output, after, before, last):
        """Where the mask says no, all stays as it was."""

        def chosen(new, old):
            wide = _run("Reshape", mask, shape=[int(mask.shape[0])] + [1] * (len(new.shape) - 1))
            return _run("SelectV2", wide, new, old)

        zeros = _run("ZerosLike", output)
        kept = chosen(output, zeros if last is None else last)
        after = _nest.map_structure(chosen, after, list(before))
        return (chosen(output, zeros) if self.zero_output_for_mask else kept), after, kept

    def _draw_masks(self, cell, inputs, states):
        first = states[0] if isinstance(states, (list, tuple)) else states
        if isinstance(cell, _cells._Cell):
            cell.get_dropout_mask(inputs)
            cell.get_recurrent_dropout_mask(first)
        if isinstance(cell, StackedRNNCells):
            if not any(getattr(one, "dropout", 0) or getattr(one, "recurrent_dropout", 0) for one in cell.cells):
                return
            for one, state in zip(cell.cells, states):
                self._draw_masks(one, inputs, state)
                inputs, _ = one(inputs, list(state) if _nest.is_nested(state) else [state])

    def _drop_masks(self, cell):
        for one in cell.cells if isinstance(cell, StackedRNNCells) else [cell]:
            if isinstance(one, _cells._Cell):
                one.reset_dropout_mask()
                one.reset_recurrent_dropout_mask()

    _own = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask")

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**{**config, "cell": _saving.deserialize(config["cell"], custom_objects)})

    def get_config(self):
        own = {name: getattr(self, name) for name in self._own}
        return {**Layer.get_config(self), **own, "cell": _saving.serialize(self.cell)}


class _OfOneKind(RNN):
    """A layer that makes its cell of its own arguments."""

    def __init__(self, *args, **kwargs):
        given = self._signature.bind(self, *args, **kwargs)
        given.apply_defaults()
        values = dict(given.arguments)
        values.pop("self")
        more = values.pop("kwargs")
        mine = {name: values.pop(name) for name in ("return_sequences", "return_state", "go_backwards", "stateful", "unroll")}
        regularizer = values.pop("activity_regularizer")
        use_cudnn = values.pop("use_cudnn", "auto")
        if "implementation" in more:
            values["implementation"] = more.pop("implementation")
        cell = self._cell(
            **values, dtype=more.get("dtype"), trainable=more.get("trainable", True), name=self._cell_name
        )
        RNN.__init__(self, cell, **mine, activity_regularizer=regularizer, **more)
        self.input_spec = InputSpec(ndim=3)
        self.use_cudnn = use_cudnn

    def get_config(self):
        own = {name: getattr(self, name) for name in self._own}
        cell = self.cell.get_config()
        for name in ("name", "trainable", "dtype"):
            cell.pop(name)
        ordered = {}
        for name, value in cell.items():
            if name == "kernel_constraint":
                regularizer = self.activity_regularizer
                ordered["activity_regularizer"] = None if regularizer is None else regularizers.serialize(regularizer)
            if name == "unit_forget_bias":
                continue
            ordered[name] = value
            if name == "bias_initializer" and "unit_forget_bias" in cell:
                ordered["unit_forget_bias"] = cell["unit_forget_bias"]
        if self._cell is _cells.SimpleRNNCell:
            ordered.pop("seed", None)
        base = Layer.get_config(self)
        base.pop("activity_regularizer", None)
        return {**base, **own, **ordered}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        config = {name: value for name, value in config.items() if name != "cell"}
        return cls(**config)


def _arguments(cell, *more):
    """Those of a cell with those of the layer between them, in Keras's order."""
    own = [one for one in inspect.signature(cell.__init__).parameters.values() if one.name not in ("kwargs", "seed", "reset_after")]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    place = next(at for at, one in enumerate(own) if one.name == "kernel_constraint")
    own.insert(place, inspect.Parameter("activity_regularizer", kind, default=None))
    for name, default in more:
        own.append(inspect.Parameter(name, kind, default=default))
    return inspect.Signature([*own, inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD)])


_FLAGS = [(name, False) for name in ("return_sequences", "return_state", "go_backwards", "stateful", "unroll")]


def _kind(name, cell, cell_name, *arguments):
    facts = {"_cell": cell, "_cell_name": cell_name, "_signature": _arguments(cell, *arguments)}
    made = type(name, (_OfOneKind,), {**facts, "__module__": cell.__module__})
    for fact in ("units", "activation", "recurrent_activation", "use_bias", "dropout", "recurrent_dropout", "reset_after",
                 "unit_forget_bias", *(f"{weight}_{kind}" for weight in ("kernel", "recurrent", "bias")
                                       for kind in ("initializer", "regularizer", "constraint"))):  # fmt: skip
        setattr(made, fact, property(lambda self, fact=fact: getattr(self.cell, fact)))
    return made


SimpleRNN = _kind("SimpleRNN", _cells.SimpleRNNCell, "simple_rnn_cell", *_FLAGS, ("seed", None))
LSTM = _kind("LSTM", _cells.LSTMCell, "lstm_cell", ("seed", None), *_FLAGS, ("use_cudnn", "auto"))
GRU = _kind("GRU", _cells.GRUCell, "gru_cell", ("seed", None), *_FLAGS, ("reset_after", True), ("use_cudnn", "auto"))
RNN.__module__ = "keras.src.layers.rnn.rnn"
