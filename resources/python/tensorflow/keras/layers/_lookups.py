# SPDX-License-Identifier: Apache-2.0
"""StringLookup and IntegerLookup: words and numbers as their places in a vocabulary: index_lookup.py."""

import collections

import numpy
import _tapescope

from tensorflow.keras import _symbols
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._preprocessing import encoded

_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


def _flat(data):
    """All tokens of an array, a tensor or a list of them; texts are bytes."""
    data = getattr(data, "flat_values", data)
    values = numpy.asarray(_tapescope.peek(_tapescope.tensor(data))).reshape(-1).tolist()
    return [value.encode() if isinstance(value, str) else value for value in values]


def _documents(data):
    """The tokens of each row; one row where there is a single axis."""
    if hasattr(data, "flat_values"):
        return data.to_list()
    rows = numpy.asarray(_tapescope.peek(_tapescope.tensor(data)))
    return rows.reshape(1, -1).tolist() if rows.ndim < 2 else rows.reshape(len(rows), -1).tolist()


class _Lookup(Layer):
    _texts = False

    def __init__(self, max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, invert, output_mode, pad_to_max_tokens,
                 **kwargs):
        name = kwargs.pop("name", None)
        for option in ("trainable", "dtype", "vocabulary_size"):
            kwargs.pop(option, None)
        idf_weights = kwargs.pop("idf_weights", None)
        given = [option for option, value in kwargs.items() if value is not None and value is not False]
        if given or num_oov_indices > 1:
            raise NotImplementedError(f"{type(self).__name__} is here with at most one number for what is not in the vocabulary, and "
                                      f"without sparse and salt: {given[0] if given else 'num_oov_indices'} is not there yet.")
        self._check(max_tokens, pad_to_max_tokens, num_oov_indices)
        output_mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(output_mode, output_mode)
        if output_mode not in _MODES:
            raise ValueError(f"Unknown value for `output_mode` argument of {type(self).__name__}. Allowed values are: {_MODES}. "
                             f"Received: output_mode={output_mode}")
        if invert and output_mode != "int":
            raise ValueError(f"`output_mode` must be `'int'` when `invert` is true. Received: output_mode={output_mode}")
        super().__init__(name=name)
        self._convert_input_args, self._allow_non_tensor_positional_args = False, True
        self.max_tokens, self.num_oov_indices, self.pad_to_max_tokens = max_tokens, num_oov_indices, pad_to_max_tokens
        self.mask_token, self.oov_token, self.invert, self.output_mode = mask_token, oov_token, invert, output_mode
        self.input_vocabulary, self._tokens, self._counts = vocabulary, [], collections.Counter()
        self.input_idf_weights, self._weights_of_tokens = idf_weights, None
        if vocabulary is not None:
            self.set_vocabulary(vocabulary, idf_weights)

    @staticmethod
    def _check(max_tokens, pad_to_max_tokens, num_oov_indices):
        if max_tokens is not None and max_tokens <= 1:
            raise ValueError(f"If set, `max_tokens` must be greater than 1. Received: max_tokens={max_tokens}")
        if pad_to_max_tokens and max_tokens is None:
            raise ValueError(f"If pad_to_max_tokens is True, must set `max_tokens`. Received: max_tokens={max_tokens}")
        if num_oov_indices < 0:
            raise ValueError(f"`num_oov_indices` must be greater than or equal to 0. Received: num_oov_indices={num_oov_indices}")

    @property
    def _oov_start(self):
        return 1 if self.mask_token is not None and self.output_mode == "int" else 0

    @property
    def _token_start(self):
        return self._oov_start + self.num_oov_indices

    def set_vocabulary(self, vocabulary, idf_weights=None):
        if self.output_mode == "tf_idf" and idf_weights is None:
            raise ValueError("`idf_weights` must be set if output_mode is 'tf_idf'.")
        if self.output_mode != "tf_idf" and idf_weights is not None:
            raise ValueError(f"`idf_weights` should only be set if output_mode is `'tf_idf'`. Received: output_mode="
                             f"{self.output_mode} and idf_weights={idf_weights}")
        if isinstance(vocabulary, str):
            raise NotImplementedError("A vocabulary from a file is not there yet; read it and pass its list of words.")
        tokens = self._shown(_flat(vocabulary))
        if not tokens:
            raise ValueError(f"Cannot set an empty vocabulary. Received: vocabulary={numpy.asarray(vocabulary)}")
        special = [self.mask_token] * self._oov_start + [self.oov_token] * self.num_oov_indices
        tokens = tokens[len(special):] if tokens[:len(special)] == special else tokens
        repeated = [token for token, count in collections.Counter(tokens).items() if count > 1]
        if repeated:
            raise ValueError("The passed vocabulary has at least one repeated term. Please uniquify your dataset. The repeated "
                             f"terms are: {repeated}")
        size = self._token_start + len(tokens)
        if self.max_tokens is not None and size > self.max_tokens:
            raise ValueError("Attempted to set a vocabulary larger than the maximum vocab size. Received vocabulary size is "
                             f"{size}; `max_tokens` is {self.max_tokens}.")
        self._tokens = tokens
        if idf_weights is not None:
            self._take_weights(numpy.asarray(idf_weights, dtype=numpy.float32)[-len(tokens):])

    def _take_weights(self, weights):
        """How rare each token is; nothing is known of those outside the vocabulary, who take the mean."""
        whole = [numpy.average(weights)] * self._token_start + list(weights)
        self._weights_of_tokens = numpy.asarray(whole + [0.0] * (self._depth - len(whole)), dtype=numpy.float32)

    def _shown(self, tokens):
        """As users have them: str, or numpy's int64."""
        return [token.decode() if isinstance(token, bytes) else numpy.int64(token) for token in tokens]

    def adapt(self, data, steps=None):
        """Counts tokens; the vocabulary has the most frequent first, and of those alike the last by order."""
        if self.input_vocabulary is not None:
            raise ValueError(f"Cannot adapt layer '{self.name}' after setting a static vocabulary via `vocabulary` argument or "
                             "`set_vocabulary()` method.")
        whole = isinstance(data, (list, tuple, numpy.ndarray)) or _tapescope.is_tensor(data)
        counts, documents, appearances = collections.Counter(), 0, collections.Counter()
        for place, batch in enumerate([data] if whole else data):
            if steps is not None and place >= steps:
                break
            counts.update(_flat(batch))
            if self.output_mode == "tf_idf":
                rows = _documents(batch)
                documents += len(rows)
                for row in rows:
                    appearances.update({one.encode() if isinstance(one, str) else one for one in row})
        for special in (self.mask_token, self.oov_token):
            counts.pop(special.encode() if isinstance(special, str) else special, None)
        if counts:
            tokens = sorted(counts, key=lambda token: (counts[token], token), reverse=True)
            tokens = tokens[: self.max_tokens - self._token_start] if self.max_tokens else tokens
            self._tokens = self._shown(tokens)
            if self.output_mode == "tf_idf":
                seen = numpy.array([appearances[token] for token in tokens], dtype=numpy.float32)
                self._take_weights(numpy.log(1 + numpy.float32(documents) / (1 + seen)))

    def get_vocabulary(self, include_special_tokens=True):
        special = [self.mask_token] * self._oov_start + [self.oov_token] * self.num_oov_indices
        return (special if include_special_tokens else []) + list(self._tokens)

    def vocabulary_size(self):
        return self._token_start + len(self._tokens)

    @property
    def _depth(self):
        return self.max_tokens if self.pad_to_max_tokens else self.vocabulary_size()

    def _place_of(self, tokens):
        place = {token: self._token_start + at for at, token in enumerate(self._tokens)}
        if self.mask_token is not None:
            place[self.mask_token] = 0 if self.output_mode == "int" else 2**63 - 1
        absent = sorted({token for token in tokens if token not in place}, key=tokens.index)
        if absent and self.num_oov_indices == 0:
            from tensorflow._values._errors import InvalidArgumentError

            shown = " ".join(f'"{token}"' if self._texts else str(token) for token in tokens if token not in place)
            raise InvalidArgumentError(f"assertion failed: [b'When `num_oov_indices=0` all inputs should be in vocabulary, found OOV "
                                       f"values [{shown}], consider setting `num_oov_indices=1`.']")
        return [place.get(token, self._oov_start) for token in tokens]

    def _call_on_ragged(self, inputs):
        from tensorflow import stack, zeros

        if self.output_mode == "int":
            return inputs.with_flat_values(self.call(inputs.flat_values))
        none = zeros([self._depth], "float32" if self.output_mode == "tf_idf" else "int64")
        return stack([self.call(_tapescope.tensor(row, inputs.dtype)) if row else none for row in inputs.to_list()])

    def call(self, inputs):
        if hasattr(inputs, "flat_values"):
            return self._call_on_ragged(inputs)
        inputs = _tapescope.tensor(inputs, "int64" if self.invert or not self._texts else "string") \
            if not _tapescope.is_tensor(inputs) else inputs
        shape, tokens = list(inputs.shape), self._shown(_flat(inputs))
        if self.invert:
            words = dict(enumerate(self.get_vocabulary()))
            values = [words.get(token, self.oov_token) for token in tokens]
            return _tapescope.constant(numpy.array(values, dtype=object if self._texts else None).reshape(shape),
                                       "string" if self._texts else "int64")
        if self.output_mode != "int" and not self.pad_to_max_tokens and not self._tokens:
            raise RuntimeError(f"When using `output_mode={self.output_mode}` and `pad_to_max_tokens=False`, you must set the layer's "
                               "vocabulary before calling it. Either pass a `vocabulary` argument to the layer, or call `adapt` "
                               "with some sample data.")
        places = _tapescope.constant(numpy.array(self._place_of(tokens), dtype=numpy.int64).reshape(shape), "int64")
        return places if self.output_mode == "int" else self._encoded(places)

    def _encoded(self, places):
        if self.output_mode != "tf_idf":
            return encoded(places, self.output_mode, self._depth, "int64")
        from tensorflow import cast

        return cast(encoded(places, "count", self._depth, "int64"), "float32") * self._weights_of_tokens

    def compute_output_shape(self, input_shape):
        shape = tuple(input_shape)
        if self.output_mode == "int":
            return shape
        keeps = self.output_mode == "one_hot" and not (len(shape) > 1 and shape[-1] == 1)
        return (*(shape if keeps else shape[:-1]), self._depth)

    def compute_output_spec(self, inputs):
        return _symbols.KerasTensor(self.compute_output_shape(inputs.shape), "int64" if self.output_mode == "int" else "float32")

    def get_config(self):
        own = {name: getattr(self, name) for name in ("invert", "max_tokens", "num_oov_indices", "oov_token", "mask_token",
                                                      "output_mode")}
        own.update(sparse=False, pad_to_max_tokens=self.pad_to_max_tokens)
        own.update({} if self._texts else {"vocabulary_dtype": "int64"})
        given = None if self.input_vocabulary is None else list(self.input_vocabulary)
        own.update(idf_weights=self.input_idf_weights, vocabulary=given, vocabulary_size=self.vocabulary_size() if self._tokens else None,
                   oov_method="floormod", salt=None)
        return {**super().get_config(), **own}


class StringLookup(_Lookup):
    _texts = True

    def __init__(self, max_tokens=None, num_oov_indices=1, mask_token=None, oov_token="[UNK]", vocabulary=None, idf_weights=None,
                 invert=False, output_mode="int", pad_to_max_tokens=False, sparse=False, encoding="utf-8", name=None, salt=None,
                 **kwargs):
        more = {"idf_weights": idf_weights, "sparse": sparse, "salt": salt, "name": name}
        kwargs.pop("oov_method", None)
        super().__init__(max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, invert, output_mode, pad_to_max_tokens,
                         **more, **kwargs)
        self.encoding = encoding

    def get_config(self):
        return {**super().get_config(), "encoding": self.encoding}


class IntegerLookup(_Lookup):
    def __init__(self, max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=-1, vocabulary=None,
                 vocabulary_dtype="int64", idf_weights=None, invert=False, output_mode="int", sparse=False,
                 pad_to_max_tokens=False, oov_method="floormod", salt=None, name=None, **kwargs):
        if vocabulary_dtype != "int64":
            raise ValueError("Only `vocabulary_dtype='int64'` is supported at this time. Received: "
                             f"vocabulary_dtype={vocabulary_dtype}")
        more = {"idf_weights": idf_weights, "sparse": sparse, "salt": salt, "name": name}
        super().__init__(max_tokens, num_oov_indices, mask_token, oov_token, vocabulary, invert, output_mode, pad_to_max_tokens,
                         **more, **kwargs)


StringLookup.__module__ = "keras.src.layers.preprocessing.string_lookup"
IntegerLookup.__module__ = "keras.src.layers.preprocessing.integer_lookup"
