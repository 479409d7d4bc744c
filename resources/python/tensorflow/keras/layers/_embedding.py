# SPDX-License-Identifier: Apache-2.0
"""keras.layers.Embedding: rows of a table by their number."""

import warnings

import _tapescope

from tensorflow.keras import _ops, _symbols
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


def _check(name, value):
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"`{name}` must be a positive integer. Received: {name}={value} (of type {type(value).__name__}).")


class Embedding(Layer):
    def __init__(
        self, input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None,
        mask_zero=False, weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs,
    ):
        _check("input_dim", input_dim)
        _check("output_dim", output_dim)
        if kwargs.pop("input_length", None) is not None:
            warnings.warn("Argument `input_length` is deprecated. Just remove it.", stacklevel=2)
        _parts.refuse(self, lora_rank=lora_rank, quantization_config=quantization_config)
        super().__init__(**kwargs)
        self.input_dim, self.output_dim, self.mask_zero = input_dim, output_dim, mask_zero
        _parts.take(
            self, "embeddings", initializer=embeddings_initializer, regularizer=embeddings_regularizer,
            constraint=embeddings_constraint,
        )
        self.supports_masking = mask_zero
        self.autocast = False
        if weights is not None:
            self.build()
            self.set_weights(weights if isinstance(weights, list) and len(weights) == 1 else [weights])

    def build(self, input_shape=None):
        if not self.built:
            self._embeddings = _parts.weight(self, "embeddings", (self.input_dim, self.output_dim))

    @property
    def embeddings(self):
        if not self.built:
            raise AttributeError("You must build the layer before accessing `embeddings`.")
        return self._embeddings

    def call(self, inputs):
        from tensorflow import gather

        if inputs.dtype.name not in ("int32", "int64"):
            inputs = _run("Cast", inputs, dtype="int32")
        # Keras counts negative numbers from the end.
        behind = inputs + _tapescope.tensor(self.input_dim, inputs.dtype)
        inputs = _run("SelectV2", inputs < 0, behind, inputs)
        return _ops.cast(gather(_tapescope.tensor(self._embeddings), inputs, name=False), self.compute_dtype)

    def compute_mask(self, inputs, mask=None):
        return _run("NotEqual", inputs, _tapescope.tensor(0, inputs.dtype)) if self.mask_zero else None

    def compute_output_shape(self, input_shape):
        return (*input_shape, self.output_dim)

    def compute_output_spec(self, inputs):
        return _symbols.KerasTensor(self.compute_output_shape(inputs.shape), self.compute_dtype)

    def get_config(self):
        own = {"input_dim": self.input_dim, "output_dim": self.output_dim}
        weights = _parts.config_of(self, "embeddings")
        constraint = weights.pop("embeddings_constraint")
        own.update(weights, activity_regularizer=None, embeddings_constraint=constraint, mask_zero=self.mask_zero)
        return {**super().get_config(), **own, "quantization_config": None}


Embedding.__module__ = "keras.src.layers.core.embedding"
