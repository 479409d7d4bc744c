# SPDX-License-Identifier: Apache-2.0
"""tf.signal: what TensorFlow makes of two Fourier transforms: those of real numbers, frames, windows, cosine transforms."""

import math

import numpy

import _tapescope

from tensorflow._mathematics._operands import one_of
from tensorflow._running._fold import folded

_run = _tapescope.run
_tensor = _tapescope.tensor
_COMPLEX = {"float32": "complex64", "float64": "complex128"}


def _tf():
    import tensorflow

    return tensorflow


def _sizes(tensor):
    return list(tensor.shape)


def _length(value, otherwise):
    """The length of a transform: a number within a list, as TensorFlow's are."""
    if value is None:
        return otherwise
    numbers = _tapescope.numbers(value)
    if len(numbers) != 1:
        raise ValueError(f"fft_length must have shape [1]. Got {numbers}")
    return int(numbers[0])


def fitted(tensor, size, axis=-1):
    """Cut or filled with zeros at the end of an axis."""
    axis %= tensor.shape.rank
    have = tensor.shape[axis]
    if have > size:
        cut = [slice(None)] * axis + [slice(0, size)]
        return tensor[tuple(cut)]
    if have < size:
        paddings = [[0, 0]] * tensor.shape.rank
        paddings[axis] = [0, size - have]
        return _tf().pad(tensor, paddings)
    return tensor


# ---- transforms


def _over(tensor, axes, type):
    """One after the other over the last axes."""
    rank = tensor.shape.rank
    if rank < axes:
        raise _tf().errors.InvalidArgumentError(
            None, None,
            f"{{{{function_node __wrapped__{type}{axes}D_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} "
            f"Input must have rank of at least {axes} but got: {_sizes(tensor)} [Op:{type}{axes}D] name: ")
    tensor = _run(type, tensor)
    for axis in range(2, axes + 1):
        order = list(range(rank))
        order[-axis], order[-1] = order[-1], order[-axis]
        tensor = _tf().transpose(_run(type, _tf().transpose(tensor, order)), order)
    return tensor


def _several(type, axes):
    @folded(f"tf.signal.{type.lower()}{axes}d")
    def transform(input, name=None):
        return _over(_tensor(input), axes, type)

    return transform


@folded("tf.signal.rfft")
def rfft(input_tensor, fft_length=None, name=None):
    real = one_of("RFFT", ("float32", "float64"), input_tensor)
    size = _length(fft_length, real.shape[-1])
    real = fitted(real, size)
    whole = _run("FFT", _run("Complex", real, _run("ZerosLike", real)))
    return whole[..., : size // 2 + 1]


@folded("tf.signal.irfft")
def irfft(input_tensor, fft_length=None, name=None):
    half = one_of("IRFFT", ("complex64", "complex128"), input_tensor)
    size = _length(fft_length, max(0, 2 * (half.shape[-1] - 1)))
    half = fitted(half, size // 2 + 1)
    mirrored = _run("Conj", _tf().reverse(half[..., 1 : size - size // 2], [-1]))
    return _run("Real", _run("IFFT", _tf().concat([half, mirrored], -1)))


@folded("tf.signal.rfft2d")
def rfft2d(input_tensor, fft_length=None, name=None):
    real = one_of("RFFT", ("float32", "float64"), input_tensor)
    if fft_length is not None:
        for axis, size in zip((-2, -1), _tapescope.numbers(fft_length)):
            real = fitted(real, int(size), axis)
    whole = _over(_run("Complex", real, _run("ZerosLike", real)), 2, "FFT")
    return whole[..., : real.shape[-1] // 2 + 1]


@folded("tf.signal.irfft2d")
def irfft2d(input_tensor, fft_length=None, name=None):
    half = one_of("IRFFT", ("complex64", "complex128"), input_tensor)
    sizes = [half.shape[-2], 2 * (half.shape[-1] - 1)]
    if fft_length is not None:
        sizes = [int(size) for size in _tapescope.numbers(fft_length)]
    half = fitted(fitted(half, sizes[0], -2), sizes[1] // 2 + 1)
    rank = half.shape.rank
    order = [*range(rank - 2), rank - 1, rank - 2]
    columns = _tf().transpose(_run("IFFT", _tf().transpose(half, order)), order)
    return irfft(columns, [sizes[1]])


def _shifted(x, axes, direction):
    x = _tensor(x)
    axes = list(range(x.shape.rank)) if axes is None else axes
    axes = [axes] if isinstance(axes, int) else list(axes)
    shifts = [x.shape[axis] // 2 if direction > 0 else -(x.shape[axis] // 2) for axis in axes]
    return _tf().roll(x, shifts, axes)


def fftshift(x, axes=None, name=None):
    return _shifted(x, axes, 1)


def ifftshift(x, axes=None, name=None):
    return _shifted(x, axes, -1)


# ---- frames


@folded("tf.signal.frame")
def frame(signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None):
    signal = _tensor(signal)
    width, step, axis = int(frame_length), int(frame_step), range(signal.shape.rank)[int(axis)]
    count = signal.shape[axis]
    if step == 0:
        _run("FloorDiv", _tapescope.constant(count, "int32"), _tapescope.constant(0, "int32"))
    frames = -(-count // step) if pad_end else max(0, 1 + (count - width) // step)
    if pad_end:
        missing = max(0, width + step * (frames - 1) - count)
        paddings = [[0, 0]] * signal.shape.rank
        paddings[axis] = [0, missing]
        signal = _tf().pad(signal, paddings, constant_values=_tensor(pad_value, signal.dtype))
    if axis == 0:
        signal = _tf().reshape(signal, signal.shape)  # whose way back is no longer one of rows
    places = [[start * step + at for at in range(width)] for start in range(frames)]
    places = _tapescope.constant(numpy.array(places, "int32").reshape(frames, width))
    return _tf().gather(signal, places, axis=axis)


@folded("tf.signal.overlap_and_add")
def overlap_and_add(signal, frame_step, name=None):
    signal = _tensor(signal)
    signal.shape.with_rank_at_least(2)
    if isinstance(frame_step, float):
        raise ValueError("frame_step must be an integer. Got <dtype: 'float32'>")
    *outer, frames, width = _sizes(signal)
    step = int(frame_step)
    count = width + step * (frames - 1)
    places = [start * step + at for start in range(frames) for at in range(width)]
    rank = len(outer)
    flat = _tf().reshape(signal, [*outer, frames * width])
    flat = _tf().transpose(flat, [rank, *range(rank)])
    summed = _tf().math.unsorted_segment_sum(flat, places, count)
    return _tf().transpose(summed, [*range(1, rank + 1), 0])


def _power_of_two(value):
    return int(2 ** math.ceil(math.log(value) / math.log(2.0)))


# ---- windows


def _float_dtype(dtype):
    dtype = _tf().as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError("dtype must be a floating point type. Found %s" % dtype)
    return dtype


def _raised_cosine(window_length, periodic, dtype, a, b):
    dtype = _float_dtype(dtype)
    size = int(window_length)
    if size == 1:
        return _tf().ones([1], dtype)
    places = _tf().cast(_tf().range(size), dtype)
    last = _tensor(float(size + int(bool(periodic)) * (1 - size % 2) - 1), dtype)
    turns = _tensor(2 * numpy.pi, dtype) * places / last
    return _tf().cast(_tensor(a, dtype) - _tensor(b, dtype) * _tf().cos(turns), dtype)


def hann_window(window_length, periodic=True, dtype="float32", name=None):
    return _raised_cosine(window_length, periodic, dtype, 0.5, 0.5)


def hamming_window(window_length, periodic=True, dtype="float32", name=None):
    return _raised_cosine(window_length, periodic, dtype, 0.54, 0.46)


def kaiser_window(window_length, beta=12.0, dtype="float32", name=None):
    dtype = _float_dtype(dtype)
    size = int(window_length)
    if size == 1:
        return _tf().ones([1], dtype)
    half = (size - 1) / 2.0
    places = _tf().cast(_tf().range(-half, half + 0.1, dtype="float32"), dtype)
    beta = _tf().cast(beta, dtype)
    one = _tensor(1.0, dtype)
    arch = beta * _tf().sqrt(_tf().nn.relu(one - _tf().square(places / _tensor(half, dtype))))
    return _tf().exp(arch - beta) * (_tf().math.bessel_i0e(arch) / _tf().math.bessel_i0e(beta))


def kaiser_bessel_derived_window(window_length, beta=12.0, dtype="float32", name=None):
    totals = _tf().cumsum(kaiser_window(int(window_length) // 2 + 1, beta, dtype))
    half = _tf().sqrt(totals[:-1] / totals[-1])
    return _tf().concat([half, half[::-1]], 0)


def vorbis_window(window_length, dtype="float32", name=None):
    dtype = _float_dtype(dtype)
    size = int(window_length)
    places = _tf().cast(_tf().range(size), dtype)
    inner = _tf().sin(_tensor(numpy.pi, dtype) / _tensor(float(size), dtype) * (places + _tensor(0.5, dtype)))
    return _tf().sin(_tensor(numpy.pi / 2.0, dtype) * _tf().pow(inner, _tensor(2.0, dtype)))


# ---- short-time transforms


@folded("tf.signal.stft")
def stft(signals, frame_length, frame_step, fft_length=None, window_fn=hann_window, pad_end=False, name=None):
    signals = _tensor(signals)
    signals.shape.with_rank_at_least(1)
    size = _power_of_two(int(frame_length)) if fft_length is None else int(fft_length)
    framed = frame(signals, frame_length, frame_step, pad_end=pad_end)
    if window_fn is not None:
        framed = framed * window_fn(frame_length, dtype=framed.dtype)
    return rfft(framed, [size])


@folded("tf.signal.inverse_stft")
def inverse_stft(stfts, frame_length, frame_step, fft_length=None, window_fn=hann_window, name=None):
    stfts = _tensor(stfts)
    stfts.shape.with_rank_at_least(2)
    size = _power_of_two(int(frame_length)) if fft_length is None else int(fft_length)
    frames = fitted(irfft(stfts, [size]), int(frame_length))
    if window_fn is not None:
        frames = frames * window_fn(frame_length, dtype=frames.dtype)
    return overlap_and_add(frames, frame_step)


def inverse_stft_window_fn(frame_step, forward_window_fn=hann_window, name=None):
    """What a window has to be divided by, so that overlapping frames add up to what they were cut from."""

    def inverse_stft_window_fn_inner(frame_length, dtype):
        size, step = int(frame_length), int(frame_step)
        forward = forward_window_fn(frame_length, dtype=dtype)
        overlaps = -(-size // step)
        squares = _tf().reshape(fitted(_tf().square(forward), overlaps * step), [overlaps, step])
        total = _tf().reshape(_tf().tile(_tf().reduce_sum(squares, 0, keepdims=True), [overlaps, 1]), [overlaps * step])
        total = total[:size]
        return _tf().where(_tf().equal(total, 0.0), _tf().zeros_like(forward), forward / total)

    return inverse_stft_window_fn_inner


@folded("tf.signal.mdct")
def mdct(signals, frame_length, window_fn=vorbis_window, pad_end=False, norm=None, name=None):
    size = int(frame_length)
    if size % 4:
        raise ValueError("The frame length must be a multiple of 4.")
    framed = frame(signals, size, size // 2, pad_end=pad_end)
    framed = framed * (1.0 / math.sqrt(2) if window_fn is None else window_fn(size, dtype=framed.dtype))
    a, b, c, d = _tf().split(framed, 4, axis=-1)
    turned = _tf().concat([-_tf().reverse(c, [-1]) - d, a - _tf().reverse(b, [-1])], -1)
    return dct(turned, type=4, norm=norm)


# ---- cosine transforms


def _cosines(type, n, ortho):
    """The matrix of a transform, whose columns are its frequencies."""
    at, k = numpy.arange(n)[:, None], numpy.arange(n)[None, :]
    if type == 1:
        ends = numpy.where((at == 0) | (at == n - 1), 1.0, 2.0)
        return ends * numpy.cos(numpy.pi * at * k / max(1, n - 1))
    if type == 2:
        matrix = 2.0 * numpy.cos(numpy.pi * k * (2 * at + 1) / (2.0 * n))
        return matrix * numpy.where(k == 0, math.sqrt(1 / (4.0 * n)), math.sqrt(1 / (2.0 * n))) if ortho else matrix
    if type == 3:
        waves = numpy.cos(numpy.pi * (2 * k + 1) * at / (2.0 * n))
        scale = numpy.where(at == 0, math.sqrt(1.0 / n), math.sqrt(2.0 / n)) if ortho else numpy.where(at == 0, 1.0, 2.0)
        return scale * waves
    matrix = 2.0 * numpy.cos(numpy.pi * (2 * k + 1) * (2 * at + 1) / (4.0 * n))
    return matrix * math.sqrt(1 / (2.0 * n)) if ortho else matrix


def _require_cosine(input, type, n, axis, norm):
    if axis != -1:
        raise NotImplementedError(f"axis must be -1. Got: {axis}")
    if n is not None and n < 1:
        raise ValueError(f"`n` must be a positive integer or None. Received: n={n}")
    if type not in (1, 2, 3, 4):
        raise ValueError("Types I, II, III and IV (I)DCT are supported.")
    if type == 1 and norm == "ortho":
        raise ValueError("Normalization is not supported for the Type-I DCT.")
    if type == 1 and _tensor(input).shape[-1] < 2:
        raise ValueError("Type-I DCT requires the dimension to be greater than one.")
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")


@folded("tf.signal.dct")
def dct(input, type=2, n=None, axis=-1, norm=None, name=None):
    _require_cosine(input, type, n, axis, norm)
    signal = _tensor(input)
    signal = signal if n is None else fitted(signal, int(n))
    *outer, size = _sizes(signal)
    matrix = _tapescope.constant(_cosines(type, size, norm == "ortho"), signal.dtype)
    flat = _tf().reshape(signal, [-1, size])
    return _tf().reshape(_run("MatMul", flat, matrix), [*outer, size])


@folded("tf.signal.idct")
def idct(input, type=2, n=None, axis=-1, norm=None, name=None):
    return dct(input, type={1: 1, 2: 3, 3: 2, 4: 4}.get(type, type), n=n, axis=axis, norm=norm)


# ---- the scale of mel


def _mel(hertz):
    return 1127.0 * _tf().math.log(1.0 + hertz / 700.0)


@folded("tf.signal.linear_to_mel_weight_matrix")
def linear_to_mel_weight_matrix(num_mel_bins=20, num_spectrogram_bins=129, sample_rate=8000, lower_edge_hertz=125.0,
                                upper_edge_hertz=3800.0, dtype="float32", name=None):
    for wrong, text in (
        (num_mel_bins <= 0, f"num_mel_bins must be positive. Got: {num_mel_bins}"),
        (lower_edge_hertz < 0.0, f"lower_edge_hertz must be non-negative. Got: {lower_edge_hertz}"),
        (lower_edge_hertz >= upper_edge_hertz,
         f"lower_edge_hertz {lower_edge_hertz:.1f} >= upper_edge_hertz {upper_edge_hertz:.1f}"),
        (sample_rate <= 0.0, f"sample_rate must be positive. Got: {sample_rate}"),
        (upper_edge_hertz > sample_rate / 2,
         "upper_edge_hertz must not be larger than the Nyquist frequency (sample_rate / 2). "
         f"Got {upper_edge_hertz} for sample_rate: {sample_rate}"),
    ):
        if wrong:
            raise ValueError(text)
    zero = _tensor(0.0, dtype)
    nyquist = _tf().cast(sample_rate, dtype) / 2.0
    bins = _tf().expand_dims(_mel(_tf().linspace(zero, nyquist, num_spectrogram_bins)[1:]), 1)
    edges = [_mel(_tensor(edge, dtype)) for edge in (lower_edge_hertz, upper_edge_hertz)]
    bands = frame(_tf().linspace(*edges, num_mel_bins + 2), 3, 1)
    lower, centre, upper = (_tf().reshape(one, [1, num_mel_bins]) for one in _tf().split(bands, 3, axis=1))
    rising = (bins - lower) / (centre - lower)
    falling = (upper - bins) / (upper - centre)
    return _tf().pad(_tf().maximum(zero, _tf().minimum(rising, falling)), [[1, 0], [0, 0]])


@folded("tf.signal.mfccs_from_log_mel_spectrograms")
def mfccs_from_log_mel_spectrograms(log_mel_spectrograms, name=None):
    spectrograms = _tensor(log_mel_spectrograms)
    bins = spectrograms.shape[-1]
    if bins == 0:
        raise ValueError("num_mel_bins must be positive. Got: %s" % spectrograms)
    return dct(spectrograms, type=2) * _tf().math.rsqrt(_tensor(float(bins), spectrograms.dtype) * 2.0)


NAMES = {
    "signal." + name: member
    for name, member in {
        "fft2d": _several("FFT", 2), "fft3d": _several("FFT", 3),
        "ifft2d": _several("IFFT", 2), "ifft3d": _several("IFFT", 3),
        **{
            function.__name__: function
            for function in (
                dct, fftshift, frame, hamming_window, hann_window, idct, ifftshift, inverse_stft, inverse_stft_window_fn,
                irfft, irfft2d, kaiser_bessel_derived_window, kaiser_window, linear_to_mel_weight_matrix, mdct,
                mfccs_from_log_mel_spectrograms, overlap_and_add, rfft, rfft2d, stft, vorbis_window,
            )
        },
    }.items()
}
