# SPDX-License-Identifier: Apache-2.0
"""In which order Dataset.shuffle lets its elements go: Philox's words, as the kernels of TensorFlow draw them."""

import numpy

from tensorflow._chance import _seeds

_BLOCKS = 64
_MASK = numpy.uint64(0xFFFFFFFF)
_HALF = numpy.uint64(32)


def _blocks(key, high, first, count):
    """Words of `count` blocks behind one another, the counter's upper half being `high`."""
    low = numpy.arange(first, first + count, dtype=numpy.uint64)
    upper = numpy.full(count, high, numpy.uint64)
    c = [low & _MASK, low >> _HALF, upper & _MASK, upper >> _HALF]
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        p, q = c[0] * numpy.uint64(0xD2511F53), c[2] * numpy.uint64(0xCD9E8D57)
        c = [(q >> _HALF) ^ c[1] ^ numpy.uint64(k0), q & _MASK, (p >> _HALF) ^ c[3] ^ numpy.uint64(k1), p & _MASK]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return numpy.stack(c, axis=-1).reshape(-1).tolist()


def words(pair):
    """All words that a generator with these two seeds gives."""
    key, high = pair[0] & (2**64 - 1), pair[1] & (2**64 - 1)
    first = 0
    while True:
        yield from _blocks(key, high, first, _BLOCKS)
        first += _BLOCKS


def pair_of(seed):
    """The two seeds of a dataset that is made now."""
    return _seeds.eager_pair(None if seed is None else int(seed))


def permutation(pair, count):
    """The rows of tf.random.shuffle."""
    order, drawn = list(range(count)), words(pair)
    for place in range(count - 1):
        other = place + next(drawn) % (count - place)
        order[place], order[other] = order[other], order[place]
    return order


def shuffled(elements, size, pair):
    """Through a buffer of `size` slots, of which one is emptied for each element that comes."""
    slots, start, end, drawn, more = {}, 0, 0, words(pair), True
    while True:
        while more and end - start < size:
            try:
                slots[end % size] = next(elements)
                end += 1
            except StopIteration:
                more = False
        if start == end:
            return
        place = (start + next(drawn) % (end - start)) % size
        element = slots[place]
        slots[place] = slots[start % size]
        start += 1
        yield element
