# SPDX-License-Identifier: Apache-2.0
"""Layers around a layer for sequences."""

import _tapescope

from tensorflow.keras import _saving
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._simple import Wrapper

_run = _tapescope.run


def _copy_of(layer, prefix, **changed):
    config = layer.get_config()
    name = layer.name[len(prefix):] if layer.name.startswith(prefix) else layer.name
    return type(layer).from_config({**config, "name": prefix + name, **changed})


class _Wrapping:
    """Made again with the layers inside, which are configurations themselves."""

    @classmethod
    def from_config(cls, config, custom_objects=None):
        inside = {name: _saving.deserialize(value, custom_objects) for name, value in config.items()
                  if name in ("layer", "backward_layer") and isinstance(value, dict)}
        return super().from_config({**config, **inside})


class Bidirectional(_Wrapping, Layer):
    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError(f"Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance. Received: {layer}")
        if backward_layer is not None and not isinstance(backward_layer, Layer):
            raise ValueError(f"`backward_layer` need to be a `keras.layers.Layer` instance. Received: {backward_layer}")
        if merge_mode not in ["sum", "mul", "ave", "concat", None]:
            raise ValueError(
                f'Invalid merge mode. Received: {merge_mode}. Merge mode should be one of {{"sum", "mul", "ave", "concat", None}}'
            )
        _parts.refuse(self, weights=weights)
        super().__init__(**kwargs)
        self.forward_layer = _copy_of(layer, "forward_")
        self.backward_layer = backward_layer or _copy_of(layer, "backward_", go_backwards=True)
        if self.forward_layer.go_backwards == self.backward_layer.go_backwards:
            raise ValueError(
                "Forward layer and backward layer should have different `go_backwards` value. Received: "
                f"forward_layer.go_backwards {self.forward_layer.go_backwards}, "
                f"backward_layer.go_backwards={self.backward_layer.go_backwards}"
            )
        for one in (self.forward_layer, self.backward_layer):
            one.zero_output_for_mask = one.return_sequences
        self.merge_mode = merge_mode
        self.stateful, self.return_sequences, self.return_state = layer.stateful, layer.return_sequences, layer.return_state
        self.supports_masking = True
        self.input_spec = layer.input_spec

    def build(self, sequences_shape, initial_state_shape=None):
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(sequences_shape)

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        output = self.forward_layer.compute_output_shape(sequences_shape)
        states = ()
        if self.return_state:
            output, states = output[0], tuple(output[1:])
        if self.merge_mode is None:
            outputs = (output, output)
        else:
            outputs = ((*output[:-1], output[-1] * 2) if self.merge_mode == "concat" else output,)
        if self.return_state:
            return (*outputs, *states, *states)
        return outputs[0] if len(outputs) == 1 else outputs

    def call(self, sequences, initial_state=None, mask=None, training=None):
        half = len(initial_state) // 2 if initial_state is not None else 0
        states = [initial_state[:half], initial_state[half:]] if initial_state is not None else [None, None]
        results = [
            layer(sequences, initial_state=state, mask=mask, training=training)
            for layer, state in zip((self.forward_layer, self.backward_layer), states)
        ]
        after = ()
        if self.return_state:
            after = tuple(results[0][1:]) + tuple(results[1][1:])
            results = [result[0] for result in results]
        one, other = results
        if self.return_sequences:
            other = _run("ReverseV2", other, axis=[1])
        merged = self._merged(one, other)
        if self.return_state:
            return (*merged, *after) if self.merge_mode is None else (merged, *after)
        return merged

    def _merged(self, one, other):
        from tensorflow import concat

        if self.merge_mode is None:
            return one, other
        if self.merge_mode == "concat":
            return concat([one, other], -1)
        if self.merge_mode == "mul":
            return one * other
        return (one + other) / 2 if self.merge_mode == "ave" else one + other

    def compute_mask(self, _, mask):
        mask = mask[0] if isinstance(mask, list) else mask
        mask = mask if self.return_sequences else None
        return (mask, mask) if self.merge_mode is None else mask

    def reset_state(self):
        if not self.stateful:
            raise AttributeError("Layer must be stateful.")
        self.forward_layer.reset_state()
        self.backward_layer.reset_state()

    reset_states = reset_state

    def get_config(self):
        own = {"merge_mode": self.merge_mode, "layer": _saving.serialize(self.forward_layer)}
        return {**super().get_config(), **own, "backward_layer": _saving.serialize(self.backward_layer)}


class TimeDistributed(_Wrapping, Wrapper):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError(f"Please initialize `TimeDistributed` layer with a `keras.layers.Layer` instance. Received: {layer}")
        super().__init__(layer, **kwargs)
        self.supports_masking = True

    @staticmethod
    def _inner(input_shape):
        if not isinstance(input_shape, (tuple, list)) or len(input_shape) < 3:
            raise ValueError(
                f"`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, received: {input_shape}"
            )
        return (input_shape[0], *input_shape[2:])

    def build(self, input_shape):
        super().build(self._inner(input_shape))

    def compute_output_shape(self, input_shape):
        shape = self.layer.compute_output_shape(self._inner(input_shape))
        return (shape[0], input_shape[1], *shape[1:])

    def call(self, inputs, training=None, mask=None):
        outputs = []
        for place in range(inputs.shape[1]):
            options = {}
            if self.layer._call_has_mask_arg and mask is not None:
                options["mask"] = mask[:, place]
            if self.layer._call_has_training_arg:
                options["training"] = training
            outputs.append(self.layer.call(inputs[:, place], **options))
        return _run("Pack", *outputs, axis=1)

    def get_config(self):
        return {**super().get_config(), "layer": _saving.serialize(self.layer)}


Bidirectional.__module__ = "keras.src.layers.rnn.bidirectional"
TimeDistributed.__module__ = "keras.src.layers.rnn.time_distributed"
