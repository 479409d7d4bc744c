# SPDX-License-Identifier: Apache-2.0
"""Numbers that stand for texts: FarmHash's fingerprint, SipHash, and TensorFlow's first hash, after MurmurHash."""

import _tapescope

from tensorflow._arrays._arguments import slow_kernel_error
from tensorflow._irregular import _ragged
from tensorflow._values import _errors

_MASK = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F


def _word(text, at, size=8):
    return int.from_bytes(text[at : at + size], "little")


def _turned(value, by):
    return (value >> by | value << 64 - by) & _MASK if by else value


def _mixed(value):
    return value ^ value >> 47


def _both(u, v, factor):
    a = _mixed((u ^ v) * factor & _MASK)
    b = _mixed((v ^ a) * factor & _MASK)
    return b * factor & _MASK


def _short(text):
    size = len(text)
    factor = _K2 + size * 2 & _MASK
    if size >= 8:
        a, b = _word(text, 0) + _K2 & _MASK, _word(text, size - 8)
        c = _turned(b, 37) * factor + a & _MASK
        return _both(c, (_turned(a, 25) + b) * factor & _MASK, factor)
    if size >= 4:
        return _both(size + (_word(text, 0, 4) << 3), _word(text, size - 4, 4), factor)
    if size:
        y = text[0] + (text[size >> 1] << 8)
        z = size + (text[-1] << 2)
        return _mixed((y * _K2 ^ z * _K0) & _MASK) * _K2 & _MASK
    return _K2


def _middle(text):
    """Up to 32, and up to 64 letters."""
    size = len(text)
    factor = _K2 + size * 2 & _MASK
    a, b = _word(text, 0) * (_K1 if size <= 32 else _K2) & _MASK, _word(text, 8)
    c, d = _word(text, size - 8) * factor & _MASK, _word(text, size - 16) * _K2 & _MASK
    y = _turned(a + b & _MASK, 43) + _turned(c, 30) + d & _MASK
    z = _both(y, a + _turned(b + _K2 & _MASK, 18) + c & _MASK, factor)
    if size <= 32:
        return z
    e, f = _word(text, 16) * factor & _MASK, _word(text, 24)
    g, h = (y + _word(text, size - 32)) * factor & _MASK, (z + _word(text, size - 24)) * factor & _MASK
    return _both(_turned(e + f & _MASK, 43) + _turned(g, 30) + h & _MASK, e + _turned(f + a & _MASK, 18) + g & _MASK, factor)


def _weak(text, at, a, b):
    w, x, y, z = (_word(text, at + 8 * i) for i in range(4))
    a = a + w & _MASK
    b = _turned(b + a + z & _MASK, 21)
    c = a
    a = a + x + y & _MASK
    return a + z & _MASK, b + _turned(a, 44) + c & _MASK


def _round(text, at, state, factor, last):
    """64 letters more; the last ones are mixed with other numbers."""
    x, y, z, v, w = state
    x = _turned(x + y + v[0] + _word(text, at + 8) & _MASK, 37) * factor & _MASK
    y = _turned(y + v[1] + _word(text, at + 48) & _MASK, 42) * factor & _MASK
    x ^= w[1] * (9 if last else 1) & _MASK
    y = y + v[0] * (9 if last else 1) + _word(text, at + 40) & _MASK
    z = _turned(z + w[0] & _MASK, 33) * factor & _MASK
    v = _weak(text, at, v[1] * factor & _MASK, x + w[0] & _MASK)
    w = _weak(text, at + 32, z + w[1] & _MASK, y + _word(text, at + 16) & _MASK)
    return z, y, x, v, w


def fingerprint(text):
    """farmhash::Fingerprint64."""
    size = len(text)
    if size <= 64:
        return _short(text) if size <= 16 else _middle(text)
    y = 81 * _K1 + 113 & _MASK
    z = _mixed(y * _K2 + 113 & _MASK) * _K2 & _MASK
    state = (81 * _K2 + _word(text, 0) & _MASK, y, z, (0, 0), (0, 0))
    rest = size - 1 & 63
    for at in range(0, size - 1 - rest, 64):
        state = _round(text, at, state, _K1, False)
    x, y, z, v, w = state
    factor = _K1 + ((z & 0xFF) << 1) & _MASK
    w = (w[0] + rest & _MASK, w[1])
    v = (v[0] + w[0] & _MASK, v[1])
    w = (w[0] + v[0] & _MASK, w[1])
    x, y, z, v, w = _round(text, size - 64, (x, y, z, v, w), factor, True)
    return _both(_both(v[0], w[0], factor) + _mixed(y) * _K0 + z & _MASK, _both(v[1], w[1], factor) + x & _MASK, factor)


def first_hash(text):
    factor, at = 0xC6A4A7935BD1E995, 0
    h = 0xDECAFCAFFE ^ len(text) * factor & _MASK
    while len(text) - at >= 8:
        k = _word(text, at) * factor & _MASK
        k = (k ^ k >> 47) * factor & _MASK
        h, at = (h ^ k) * factor & _MASK, at + 8
    if at < len(text):
        h = (h ^ _word(text, at, len(text) - at)) * factor & _MASK
    h = (h ^ h >> 47) * factor & _MASK
    return h ^ h >> 47


def _sip_round(v0, v1, v2, v3):
    v0, v2 = v0 + v1 & _MASK, v2 + v3 & _MASK
    v1, v3 = _turned(v1, 51) ^ v0, _turned(v3, 48) ^ v2
    v0, v2 = _turned(v0, 32) + v3 & _MASK, v2 + v1 & _MASK
    v1, v3 = _turned(v1, 47) ^ v2, _turned(v3, 43) ^ v0
    return v0, v1, _turned(v2, 32), v3


def keyed_hash(text, key):
    """SipHash-2-4."""
    first, second = (number & _MASK for number in key)
    v = (first ^ 0x736F6D6570736575, second ^ 0x646F72616E646F6D, first ^ 0x6C7967656E657261, second ^ 0x7465646279746573)
    padded = text + bytes(7 - len(text) % 8) + bytes([len(text) % 256])
    for at in range(0, len(padded), 8):
        word = _word(padded, at)
        v = (v[0], v[1], v[2], v[3] ^ word)
        v = _sip_round(*_sip_round(*v))
        v = (v[0] ^ word, v[1], v[2], v[3])
    v = (v[0], v[1], v[2] ^ 0xFF, v[3])
    for _ in range(4):
        v = _sip_round(*v)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


_SIGNATURES = {
    "StringToHashBucketFast": "input:string -> output:int64; attr=num_buckets:int,min=1",
    "StringToHashBucket": "string_tensor:string -> output:int64; attr=num_buckets:int,min=1",
    "StringToHashBucketStrong": "input:string -> output:int64; attr=num_buckets:int,min=1; attr=key:list(int)",
}


def _counted(num_buckets, op):
    """As an attribute of the operation: whole, and one at least."""
    count = int(num_buckets)
    if count < 1:
        raise _errors.ALL["InvalidArgumentError"](
            None, None, f"Value for attr 'num_buckets' of {count} must be at least minimum 1\n\t; NodeDef: {{{{node {op}}}}}; "
            f"Op<name={op}; signature={_SIGNATURES[op]}> [Op:{op}]")
    return count


def _buckets(input, num_buckets, hashed):
    if _ragged.is_ragged(input):
        return input.with_values(_buckets(input.values, num_buckets, hashed))
    texts = _tapescope.tensor(input)
    values = texts.numpy()
    flat = [values] if not texts.shape.rank else values.ravel().tolist()
    numbers = _tapescope.constant([hashed(text) % num_buckets for text in flat], "int64")
    return _tapescope.run("Reshape", numbers, shape=list(texts.shape))


def to_hash_bucket(input, num_buckets, name=None):
    return _buckets(input, _counted(num_buckets, "StringToHashBucket"), first_hash)


def to_hash_bucket_fast(input, num_buckets, name=None):
    return _buckets(input, _counted(num_buckets, "StringToHashBucketFast"), fingerprint)


def to_hash_bucket_strong(input, num_buckets, key, name=None):
    count = _counted(num_buckets, "StringToHashBucketStrong")
    if len(key) != 2:
        raise slow_kernel_error("StringToHashBucketStrong", "Key must have 2 elements")
    return _buckets(input, count, lambda text: keyed_hash(text, key))


STRINGS = {function.__name__: function for function in (to_hash_bucket, to_hash_bucket_fast, to_hash_bucket_strong)}
