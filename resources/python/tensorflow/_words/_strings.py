# SPDX-License-Identifier: Apache-2.0
"""tf.strings and the raw bytes of tf.io: what TensorFlow itself makes of several operations."""

import base64
import contextlib

import _tapescope

from tensorflow._irregular import _ragged, _ragged_functions
from tensorflow._surface._dispatch import nameless
from tensorflow._values import _dtypes, _errors


def _tensor(value):
    return _tapescope.tensor(value, "string")


def join(inputs, separator="", name=None):
    if not inputs:
        return _tapescope.constant("", "string")
    with _named_for(*inputs):
        for place, one in enumerate(inputs):
            if _tapescope.is_tensor(one) and one.dtype.name != "string":
                raise _errors.ALL["InvalidArgumentError"](
                    None, None, f"cannot compute StringJoin as input #{place}(zero-based) was expected to be a string tensor but is a "
                    f"{_tapescope.kernel_name(one.dtype)} tensor [Op:StringJoin]" + ("" if isinstance(inputs[0], str) else " name: "))
        return _tapescope.run("StringJoin", *(_tensor(one) for one in inputs), separator=separator)


def _named_for(*inputs):
    """Complaints end with a name only where all inputs are tensors: TensorFlow's slow path, for texts, has none."""
    return contextlib.nullcontext() if all(_tapescope.is_tensor(one) for one in inputs) else nameless()


def split(input, sep=None, maxsplit=-1, name=None):
    """Each text's parts: a vector for a scalar, rows of any length for more."""
    if _ragged.is_ragged(input):
        return input.with_values(split(input.values, sep, maxsplit))
    if _tapescope.is_tensor(input) and input.dtype.name != "string":
        raise ValueError(f"input: Tensor conversion requested dtype string for Tensor with dtype {input.dtype.name}: {input!r}")
    texts = _tensor(input)
    return _apart(texts, lambda flat: _split_flat(flat, "" if sep is None else sep, maxsplit))


def _split_flat(flat, sep, maxsplit):
    parts = _tapescope.run("StringSplitV2", flat, _tensor(sep), maxsplit=maxsplit)
    rows = parts.indices[:, 0]
    return _ragged.RaggedTensor.from_value_rowids(parts.values, rows, int(flat.shape[0]))


def _apart(texts, function):
    """`function` makes rows of a vector; a scalar becomes one row, a matrix rows of rows."""
    rank = texts.shape.rank
    if rank == 0:
        return function(_tapescope.run("Reshape", texts, shape=[1])).values
    if rank == 1:
        return function(texts)
    inner = _apart(_tapescope.run("Reshape", texts, shape=[-1, *texts.shape[2:]]), function)
    return _ragged.RaggedTensor.from_uniform_rows(inner, texts.shape[0], texts.shape[1])


def bytes_split(input, name=None):
    if _ragged.is_ragged(input):
        return input.with_values(bytes_split(input.values))
    return _apart(_tensor(input), _bytes_of)


def _bytes_of(flat):
    texts = flat.numpy().tolist()
    rows = [[text[i : i + 1] for i in range(len(text))] for text in texts]
    return _ragged_functions.rows_of(rows, "string")


def unicode_decode(input, input_encoding, errors="replace", replacement_char=65533, replace_control_characters=False,
                   name=None):
    return unicode_decode_with_offsets(input, input_encoding)[0]


def unicode_decode_with_offsets(input, input_encoding, errors="replace", replacement_char=65533,
                                replace_control_characters=False, name=None):
    texts = _tensor(input)
    parts = {}

    def both(flat):
        decoded = _tapescope.run("UnicodeDecodeWithOffsets", flat, input_encoding=input_encoding)
        from_splits = _ragged.RaggedTensor.from_row_splits
        parts["starts"] = from_splits(decoded.char_to_byte_starts, decoded.row_splits)
        return from_splits(decoded.char_values, decoded.row_splits)

    codes = _apart(texts, both)
    return codes, _apart(texts, lambda flat: parts["starts"])


def unicode_encode(input, output_encoding, errors="replace", replacement_char=65533, name=None):
    if not _ragged.is_ragged(input):
        input = _tapescope.tensor(input)
        if input.shape.rank == 1:
            whole = _tapescope.constant([0, input.shape[0]], "int64")
            texts = _tapescope.run("UnicodeEncode", input, whole, output_encoding=output_encoding)
            return _tapescope.run("Reshape", texts, shape=[])
        input = _ragged.RaggedTensor.from_tensor(input)
    if input.ragged_rank > 1:
        return input.with_values(unicode_encode(input.values, output_encoding))
    return _tapescope.run("UnicodeEncode", input.values, input.row_splits, output_encoding=output_encoding)


def unicode_split(input, input_encoding, errors="replace", replacement_char=65533, name=None):
    return unicode_split_with_offsets(input, input_encoding)[0]


def unicode_split_with_offsets(input, input_encoding, errors="replace", replacement_char=65533, name=None):
    codes, starts = unicode_decode_with_offsets(input, input_encoding)
    return _letters(codes, input_encoding), starts


def _letters(codes, encoding):
    if _ragged.is_ragged(codes):
        return codes.with_values(_letters(codes.values, encoding))
    count = codes.shape[0]
    ends = _tapescope.constant(list(range(count + 1)), "int64")
    return _tapescope.run("UnicodeEncode", codes, ends, output_encoding=encoding)


def unicode_transcode(input, input_encoding, output_encoding, errors="replace", replacement_char=65533,
                      replace_control_characters=False, name=None):
    texts = _tensor(input)
    encoding = {"UTF-16-BE": "utf-16-be", "UTF-32-BE": "utf-32-be"}.get(output_encoding, output_encoding)

    def one(text):
        return text.decode(input_encoding, "replace").encode(encoding, "replace")

    values = texts.numpy()
    if texts.shape.rank == 0:
        return _tapescope.constant(one(values), "string")
    flat = _tapescope.constant([one(text) for text in values.ravel().tolist()], "string")
    return _tapescope.run("Reshape", flat, shape=texts.shape)


def text_format(template, inputs, placeholder="{}", summarize=3, name=None):
    """tf.strings.format: each placeholder becomes the text of a tensor, as tf.print writes it."""
    from tensorflow._running import _printing

    given = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    parts = template.split(placeholder)
    if len(parts) - 1 != len(given):
        raise ValueError(
            f"The template expects {len(parts) - 1} tensors, but the inputs only has {len(given)}. Please ensure the "
            "number of placeholders in template matches inputs length."
        )
    texts = [_printing.summary(_tapescope.tensor(one), summarize) for one in given]
    return _tapescope.constant("".join(part + text for part, text in [*_pairs(parts, texts), (parts[-1], "")]), "string")


def _pairs(parts, texts):
    return [(parts[i], texts[i]) for i in range(len(texts))]


def decode_raw(input_bytes, out_type, little_endian=True, fixed_length=None, name=None):
    with _named_for(input_bytes):
        return _tapescope.run("DecodeRaw", _tensor(input_bytes), out_type=_dtypes.as_dtype(out_type),
                              little_endian=little_endian)


def _each(texts, change):
    texts = _tensor(texts)
    values = texts.numpy()
    if texts.shape.rank == 0:
        return _tapescope.constant(change(values), "string")
    flat = _tapescope.constant([change(text) for text in values.ravel().tolist()], "string")
    return _tapescope.run("Reshape", flat, shape=texts.shape)


def encode_base64(input, pad=False, name=None):
    """With - and _, as in addresses of the web; without = at the end, unless somebody wants it."""
    return _each(input, lambda text: base64.urlsafe_b64encode(text) if pad else base64.urlsafe_b64encode(text).rstrip(b"="))


def decode_base64(input, name=None):
    return _each(input, lambda text: base64.urlsafe_b64decode(text.rstrip(b"=") + b"=" * (-len(text.rstrip(b"=")) % 4)))


def _widths(ngram_width):
    widths = list(ngram_width) if isinstance(ngram_width, (list, tuple)) else [ngram_width]
    for width in widths:
        if width < 1:
            raise ValueError(f"All ngram_widths must be greater than 0. Got {ngram_width}")
    return widths


def _padding(pad_values, padding_width, widths):
    """The texts before and after a row, and how many of them each width gets."""
    if pad_values is None:
        return "", "", [0] * len(widths)
    left, right = pad_values if isinstance(pad_values, (list, tuple)) else (pad_values, pad_values)
    if not isinstance(left, (str, bytes)) or not isinstance(right, (str, bytes)):
        raise TypeError("pad_values must be a string, tuple of strings, or None.")
    if padding_width is not None and padding_width < 1:
        raise ValueError(f"padding_width must be greater than 0. Got {padding_width}")
    return left, right, [width - 1 if padding_width is None else min(width - 1, padding_width) for width in widths]


def ngrams(
    data, ngram_width, separator=" ", pad_values=None, padding_width=None, preserve_short_sequences=False, name=None
):
    """Neighbours of each width within the innermost rows, joined to one text."""
    widths = _widths(ngram_width)
    left, right, pads = _padding(pad_values, padding_width, widths)
    before, after = (one.encode() if isinstance(one, str) else one for one in (left, right))
    between = separator.encode()

    def of_row(row):
        found = []
        for width, pad in zip(widths, pads):
            whole = [before] * pad + list(row) + [after] * pad
            found += [between.join(whole[at:at + width]) for at in range(len(whole) - width + 1)]
        if not found and row and preserve_short_sequences:
            pad = max(pads)
            found = [between.join([before] * pad + list(row) + [after] * pad)]
        return found

    def of(value, depth):
        return of_row(value) if depth == 0 else [of(one, depth - 1) for one in value]

    data = data if _ragged.is_ragged(data) else _tensor(data)
    rank = len(data.shape)
    if _ragged.is_ragged(data):
        return _ragged_functions.constant(of(data.to_list(), rank - 1), ragged_rank=rank - 1, dtype="string")
    rows = of(_tapescope.peek(data).tolist(), rank - 1)
    return _tapescope.constant(rows, "string")


STRINGS = {
    function.__name__: function
    for function in (join, ngrams, split, bytes_split, unicode_decode, unicode_decode_with_offsets, unicode_encode,
                     unicode_split, unicode_split_with_offsets, unicode_transcode)
}
STRINGS["format"] = text_format
