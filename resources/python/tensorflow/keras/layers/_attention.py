# SPDX-License-Identifier: Apache-2.0
"""Layers of attention: keras/src/layers/attention."""

import math

import _tapescope

from tensorflow.keras import _masks, _ops, _symbols, constraints, initializers, random, regularizers
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._activations import Softmax
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._dense import EinsumDense
from tensorflow.keras.layers._dropout import Dropout

_run = _tapescope.run
_FAR = -0.7 * 3.38953e38  # what a place has that is not seen


def causal_mask(rows, columns):
    """Each place sees itself and what was before."""
    import numpy

    return _tapescope.constant(numpy.tril(numpy.ones((1, int(rows), int(columns)), bool)), None)


class Attention(Layer):
    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.use_scale, self.score_mode, self.dropout, self.seed = use_scale, score_mode, dropout, seed
        if dropout > 0:
            self.seed_generator = random.SeedGenerator(seed=seed)
        if score_mode not in ["dot", "concat"]:
            raise ValueError(
                f"Invalid value for argument score_mode. Expected one of {{'dot', 'concat'}}. Received: score_mode={score_mode}"
            )

    def build(self, input_shape):
        self._check(input_shape)
        self.scale = self.concat_score_weight = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        if self.score_mode == "concat":
            self.concat_score_weight = self.add_weight(name="concat_score_weight", shape=(), initializer="ones")

    def _check(self, inputs, mask=None):
        kind = type(self).__name__
        if not isinstance(inputs, list):
            raise ValueError(
                f"{kind} layer must be called on a list of inputs, namely [query, value] or [query, value, key]. Received: "
                f"inputs={inputs}."
            )
        if len(inputs) < 2 or len(inputs) > 3:
            raise ValueError(
                f"{kind} layer accepts inputs list of length 2 or 3, namely [query, value] or [query, value, key]. Received "
                f"length: {len(inputs)}."
            )
        if mask is not None and not isinstance(mask, list):
            raise ValueError(f"{kind} layer mask must be a list, namely [query_mask, value_mask]. Received: mask={mask}.")

    def _scores(self, query, key):
        if self.score_mode == "dot":
            scores = _run("BatchMatMulV2", query, key, adj_y=True)
            return scores if self.scale is None else scores * self.scale
        total = _run("ExpandDims", query, axis=-2) + _run("ExpandDims", key, axis=-3)
        if self.scale is not None:
            total = self.scale * total
        return self.concat_score_weight * _ops.total(_run("Tanh", total), -1)

    def call(self, inputs, mask=None, training=False, return_attention_scores=False, use_causal_mask=False):
        self._check(inputs, mask)
        query, value = inputs[0], inputs[1]
        scores = self._scores(query, inputs[2] if len(inputs) > 2 else value)
        query_mask, seen = (mask[0], mask[1]) if mask else (None, None)
        if use_causal_mask:
            causal = causal_mask(scores.shape[-2], scores.shape[-1])
            seen = causal if seen is None else _run("LogicalAnd", _run("ExpandDims", seen, axis=-2), causal)
        if seen is not None:
            hidden = _run("LogicalNot", seen)
            if len(hidden.shape) == 2:
                hidden = _run("ExpandDims", hidden, axis=-2)
            least = 65504.0 if scores.dtype.name == "float16" else 1e9
            scores = _run("SelectV2", hidden, scores - least, scores)
        weights = _ops.softmax(scores, -1)
        if training and self.dropout > 0:
            weights = random.dropout(weights, self.dropout, seed=self.seed_generator)
        result = _run("BatchMatMulV2", weights, value)
        if query_mask is not None:
            result = _ops.where(_run("ExpandDims", query_mask, axis=-1), result, 0)
        return (result, weights) if return_attention_scores else result

    def compute_mask(self, inputs, mask=None):
        return None if mask is None or mask[0] is None else mask[0]

    def compute_output_shape(self, input_shape):
        return (*input_shape[0][:-1], input_shape[1][-1])

    def compute_output_spec(self, inputs, mask=None, return_attention_scores=False, training=None, use_causal_mask=False):
        self._check(inputs, mask)
        query, key = inputs[0], inputs[-1]
        output = _symbols.KerasTensor(self.compute_output_shape([one.shape for one in inputs]), self.compute_dtype)
        if return_attention_scores:
            return output, _symbols.KerasTensor((*query.shape[:-1], key.shape[-2]), self.compute_dtype)
        return output

    def get_config(self):
        names = ("use_scale", "score_mode", "dropout", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


class AdditiveAttention(Attention):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        self._check(input_shape)
        self.scale = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(input_shape[0][-1],), initializer="glorot_uniform")

    def _scores(self, query, key):
        total = _run("Tanh", _run("ExpandDims", query, axis=-2) + _run("ExpandDims", key, axis=-3))
        return _ops.total(total if self.scale is None else self.scale * total, -1)

    def get_config(self):
        config = super().get_config()
        config.pop("score_mode")
        return config


class MultiHeadAttention(Layer):
    def __init__(
        self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None,
        sliding_window=None, flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, use_gate=False, seed=None, **kwargs,
    ):
        for name, value in (("num_heads", num_heads), ("key_dim", key_dim), ("value_dim", value_dim)):
            if (name != "value_dim" or value is not None) and (not isinstance(value, int) or value <= 0):
                none = " or `None`" if name == "value_dim" else ""
                raise ValueError(
                    f"Received an invalid value for argument `{name}`, expected a positive integer{none}. Received: {name}={value}"
                )
        super().__init__(**kwargs)
        if attention_axes not in (None, (1,), [1]) or sliding_window is not None or use_gate:
            raise NotImplementedError("MultiHeadAttention takes no attention_axes but the middle one, no sliding_window and use_gate yet.")
        self.supports_masking = True
        self._num_heads, self._key_dim, self._value_dim = num_heads, key_dim, value_dim or key_dim
        self._dropout, self._use_bias, self.seed = dropout, use_bias, seed
        self._output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape) if output_shape else None
        self._kernel_initializer, self._bias_initializer = map(initializers.get, (kernel_initializer, bias_initializer))
        self._kernel_regularizer, self._bias_regularizer = map(regularizers.get, (kernel_regularizer, bias_regularizer))
        self._kernel_constraint, self._bias_constraint = map(constraints.get, (kernel_constraint, bias_constraint))
        self._activity_regularizer = regularizers.get(activity_regularizer)
        self._scale = 1.0 / math.sqrt(float(key_dim))
        self._attention_axes = None

    num_heads = property(lambda self: self._num_heads)
    key_dim = property(lambda self: self._key_dim)
    value_dim = property(lambda self: self._value_dim)
    dropout = property(lambda self: self._dropout)
    use_bias = property(lambda self: self._use_bias)
    query_dense = property(lambda self: self._query_dense)
    key_dense = property(lambda self: self._key_dense)
    value_dense = property(lambda self: self._value_dense)
    output_dense = property(lambda self: self._output_dense)

    def _dense(self, equation, output_shape, bias_axes, name):
        """With initializers of its own, which draw seeds of their own."""
        again = lambda one: type(one).from_config(one.get_config())  # noqa: E731
        return EinsumDense(
            equation, output_shape=output_shape, bias_axes=bias_axes if self._use_bias else None, name=name,
            kernel_regularizer=self._kernel_regularizer, bias_regularizer=self._bias_regularizer,
            activity_regularizer=self._activity_regularizer, kernel_constraint=self._kernel_constraint,
            bias_constraint=self._bias_constraint, dtype=self.dtype_policy,
            kernel_initializer=again(self._kernel_initializer), bias_initializer=again(self._bias_initializer),
        )

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        if value_shape[1:-1] != key_shape[1:-1]:
            raise ValueError(
                "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
                f"value_shape={value_shape} and key_shape={key_shape}"
            )
        heads = {"query": self._key_dim, "key": self._key_dim, "value": self._value_dim}
        for (name, size), shape in zip(heads.items(), (query_shape, key_shape, value_shape)):
            dense = self._dense("abc,cde->abde", [None, self._num_heads, size], "de", name)
            setattr(self, f"_{name}_dense", dense)
            dense.build(shape)
        self._attention_axes = (1,)
        self._softmax = Softmax(axis=(3,), dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self._dropout, dtype=self.dtype_policy, seed=self.seed)
        output = list(self._output_shape or [query_shape[-1]])
        letters = "efghij"[: len(output)]
        self._output_dense = self._dense(f"abcd,cd{letters}->ab{letters}", [None, *output], letters, "attention_output")
        self._output_dense.build((*query_shape[:-1], self._num_heads, self._value_dim))

    def call(
        self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None,
        return_attention_scores=False, training=None, use_causal_mask=False,
    ):
        from tensorflow import einsum

        key = value if key is None else key
        query_mask = _masks.of(query) if query_mask is None else query_mask
        for one in (query, value, key):
            _masks.drop(one)
        seen = self._seen(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        query, key, value = self._query_dense(query), self._key_dense(key), self._value_dense(value)
        fused = not (self._dropout > 0.0 or return_attention_scores)
        if fused:
            scores = einsum("BTNH,BSNH->BNTS", query, key) * self._scale
            if seen is not None:
                scores = _run("SelectV2", seen, scores, _tapescope.tensor(_FAR, scores.dtype))
            weights = _ops.softmax(scores, -1)
            output = einsum("BNTS,BSNH->BTNH", weights, value)
        else:
            scores = einsum("aecd,abcd->acbe", key, query * self._scale)
            weights = self._softmax(scores, mask=seen)
            dropped = self._dropout_layer(weights, training=training) if self._dropout > 0.0 else weights
            output = einsum("acbe,aecd->abcd", dropped, value)
        output = self._output_dense(output)
        return (output, weights) if return_attention_scores else output

    @staticmethod
    def _seen(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask):
        """Who sees whom: [batch, heads, query, key]."""
        parts = []
        if query_mask is not None:
            parts.append(_run("ExpandDims", query_mask, axis=-1))
        parts += [_run("ExpandDims", one, axis=-2) for one in (value_mask, key_mask) if one is not None]
        if use_causal_mask:
            parts.append(causal_mask(query.shape[1], value.shape[1]))
        if attention_mask is not None:
            parts.append(_ops.cast(attention_mask, "bool"))
        if not parts:
            return None
        whole = parts[0]
        for one in parts[1:]:
            whole = _run("LogicalAnd", whole, one)
        while len(whole.shape) < 4:
            whole = _run("ExpandDims", whole, axis=-3)
        return whole

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return (*query_shape[:-1], *(self._output_shape or query_shape[-1:]))

    def compute_output_spec(self, query, value, key=None, return_attention_scores=False, **kwargs):
        output = _symbols.KerasTensor(self.compute_output_shape(query.shape, value.shape), self.compute_dtype)
        if return_attention_scores:
            shape = (query.shape[0], self._num_heads, query.shape[1], query.shape[1])
            return output, _symbols.KerasTensor(shape, self.compute_dtype)
        return output

    def get_config(self):
        own = {name: getattr(self, f"_{name}") for name in ("num_heads", "key_dim", "value_dim", "dropout", "use_bias")}
        own.update(use_gate=False, output_shape=self._output_shape, attention_axes=self._attention_axes)
        own["sliding_window"] = None
        for kind, home in (("initializer", initializers), ("regularizer", regularizers)):
            own.update({f"{name}_{kind}": _parts.packed(home, getattr(self, f"_{name}_{kind}")) for name in ("kernel", "bias")})
        own["activity_regularizer"] = _parts.packed(regularizers, self._activity_regularizer)
        own.update({f"{name}_constraint": _parts.packed(constraints, getattr(self, f"_{name}_constraint"))
                    for name in ("kernel", "bias")})
        return {**super().get_config(), **own, "seed": self.seed}


Attention.__module__ = "keras.src.layers.attention.attention"
AdditiveAttention.__module__ = "keras.src.layers.attention.additive_attention"
MultiHeadAttention.__module__ = "keras.src.layers.attention.multi_head_attention"
