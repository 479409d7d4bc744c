# SPDX-License-Identifier: Apache-2.0
"""TextVectorization: texts as the places of their words in a vocabulary: text_vectorization.py."""

import _tapescope

from tensorflow.keras import _symbols
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._lookups import StringLookup

_PUNCTUATION = r'[!"#$%&()\*\+,-\./:;<=>?@\[\\\]^_`{|}~\']'
_STANDARDS = ("lower_and_strip_punctuation", "lower", "strip_punctuation")
_SPLITS = ("whitespace", "character")
_MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


def _check_choice(value, name, allowed, functions):
    if value is None and functions or functions and callable(value) or value in allowed:
        return
    raise ValueError(
        f"Unknown value for `{name}` argument of TextVectorization. Allowed values are: {allowed}. Received: "
        f"{name}={value}"
    )


class TextVectorization(Layer):
    def __init__(
        self, max_tokens=None, standardize="lower_and_strip_punctuation", split="whitespace", ngrams=None, output_mode="int",
        output_sequence_length=None, pad_to_max_tokens=False, vocabulary=None, idf_weights=None, sparse=False, ragged=False,
        encoding="utf-8", name=None, **kwargs,
    ):
        if sparse:
            raise NotImplementedError("TextVectorization(sparse=True) is not there yet.")
        output_mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(output_mode, output_mode)
        _check_choice(standardize, "standardize", _STANDARDS, True)
        _check_choice(split, "split", _SPLITS, True)
        _check_choice(output_mode, "output_mode", _MODES, False)
        self._check_lengths(ngrams, output_mode, output_sequence_length, ragged)
        for option in ("has_input_vocabulary", "vocabulary_size"):
            kwargs.pop(option, None)
        super().__init__(name=name, **kwargs)
        self._standardize, self._split, self._ngrams_arg, self._ragged = standardize, split, ngrams, ragged
        self._ngrams = tuple(range(1, ngrams + 1)) if isinstance(ngrams, int) else ngrams
        self._output_mode, self._output_sequence_length, self._encoding = output_mode, output_sequence_length, encoding
        self._lookup_layer = StringLookup(
            max_tokens=max_tokens, vocabulary=vocabulary, idf_weights=idf_weights, pad_to_max_tokens=pad_to_max_tokens,
            mask_token="", output_mode=output_mode, encoding=encoding,
        )
        self._convert_input_args, self._allow_non_tensor_positional_args = False, True
        self.supports_jit = False
        self.built = True

    @staticmethod
    def _check_lengths(ngrams, mode, length, ragged):
        counts = ngrams is None or isinstance(ngrams, int)
        if not (counts or isinstance(ngrams, tuple) and all(isinstance(one, int) for one in ngrams)):
            raise ValueError(f"`ngrams` must be None, an integer, or a tuple of integers. Received: ngrams={ngrams}")
        if mode == "int" and not (length is None or isinstance(length, int)):
            raise ValueError("`output_sequence_length` must be either None or an integer when `output_mode` is 'int'. Received: "
                             f"output_sequence_length={length}")
        if mode != "int" and length is not None:
            raise ValueError("`output_sequence_length` must not be set if `output_mode` is not 'int'. Received "
                             f"output_sequence_length={length}.")
        if ragged and mode != "int":
            raise ValueError(f"`ragged` must not be true if `output_mode` is `'int'`. Received: ragged={ragged} and "
                             f"output_mode={mode}")

    compute_dtype = property(lambda self: "string")
    variable_dtype = property(lambda self: "string")

    def adapt(self, data, batch_size=None, steps=None):
        from tensorflow import expand_dims

        if isinstance(data, (list, tuple)) or hasattr(data, "__array__") or _tapescope.is_tensor(data):
            whole = _tapescope.tensor(data, "string") if not _tapescope.is_tensor(data) else data
            data = [expand_dims(whole, -1) if len(whole.shape) == 1 else whole]
        self._lookup_layer.adapt((self._preprocess(batch) for batch in data), steps=steps)

    def get_vocabulary(self, include_special_tokens=True):
        return self._lookup_layer.get_vocabulary(include_special_tokens)

    def vocabulary_size(self):
        return self._lookup_layer.vocabulary_size()

    def set_vocabulary(self, vocabulary, idf_weights=None):
        self._lookup_layer.set_vocabulary(vocabulary, idf_weights=idf_weights)

    def _standardized(self, texts):
        from tensorflow import strings

        if self._standardize in ("lower", "lower_and_strip_punctuation"):
            texts = strings.lower(texts)
        if self._standardize in ("strip_punctuation", "lower_and_strip_punctuation"):
            texts = strings.regex_replace(texts, _PUNCTUATION, "")
        return self._standardize(texts) if callable(self._standardize) else texts

    def _preprocess(self, inputs):
        from tensorflow import squeeze, strings

        texts = self._standardized(inputs if hasattr(inputs, "dtype") and hasattr(inputs, "shape") and
                                   not hasattr(inputs, "__array_interface__") else _tapescope.tensor(inputs, "string"))
        if self._split is not None:
            if len(texts.shape) > 1:
                if texts.shape[-1] != 1:
                    raise ValueError(
                        "When using `TextVectorization` to tokenize strings, the input rank must be 1 or the last shape dimension "
                        f"must be 1. Received: inputs.shape={texts.shape} with rank={len(texts.shape)}"
                    )
                texts = squeeze(texts, axis=-1)
            if self._split == "whitespace":
                texts = strings.split(texts)
            else:
                texts = strings.unicode_split(texts, "UTF-8") if self._split == "character" else self._split(texts)
        return texts if self._ngrams is None else strings.ngrams(texts, ngram_width=self._ngrams, separator=" ")

    def call(self, inputs):
        from tensorflow import RaggedTensor, pad

        found = self._lookup_layer.call(self._preprocess(inputs))
        length = self._output_sequence_length
        if self._output_mode != "int":
            return found
        if isinstance(found, RaggedTensor):
            return found if self._ragged else found.to_tensor(default_value=0, shape=[*found.shape.as_list()[:-1], length])
        if length is None:
            return found
        found = found[..., :length]
        return pad(found, [[0, 0]] * (len(found.shape) - 1) + [[0, length - found.shape[-1]]])

    def compute_output_shape(self, input_shape):
        if self._output_mode == "int":
            return (input_shape[0], self._output_sequence_length)
        shape = tuple(input_shape)
        more = (None,) if self._split is not None else (1,) if len(shape) <= 1 else ()
        return self._lookup_layer.compute_output_shape(shape + more)

    def compute_output_spec(self, inputs):
        return _symbols.KerasTensor(self.compute_output_shape(inputs.shape), "int64" if self._output_mode == "int" else "float32")

    def get_config(self):
        lookup = self._lookup_layer
        own = {
            "max_tokens": lookup.max_tokens, "standardize": self._standardize, "split": self._split, "ngrams": self._ngrams_arg,
            "output_mode": self._output_mode, "output_sequence_length": self._output_sequence_length,
            "pad_to_max_tokens": lookup.pad_to_max_tokens, "sparse": False, "ragged": self._ragged,
            "vocabulary": None if lookup.input_vocabulary is None else list(lookup.input_vocabulary),
            "idf_weights": lookup.input_idf_weights, "encoding": self._encoding, "vocabulary_size": self.vocabulary_size(),
        }
        return {**super().get_config(), **own}


TextVectorization.__module__ = "keras.src.layers.preprocessing.text_vectorization"
