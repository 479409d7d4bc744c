# SPDX-License-Identifier: Apache-2.0
"""Candidate samplers: core/kernels/candidate_sampler_ops.cc and range_sampler.cc, number for number. Classes are drawn until
there are enough different ones, and how often each is to be expected follows from how many draws it took."""

import math
from collections import namedtuple

import numpy

import _tapescope

from tensorflow._arrays._arguments import kernel_error
from tensorflow._chance import _seeds

_WORDS_RESERVED = 2048  # of 32 bits, for each class that is drawn; a block has four
_LOW = 0xFFFFFFFF


def _block(key, counter):
    """Philox4x32 of ten rounds (Salmon et al. 2011)."""
    k0, k1 = key & _LOW, key >> 32
    c0, c1, c2, c3 = ((counter >> shift) & _LOW for shift in (0, 32, 64, 96))
    for _ in range(10):
        first, second = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (second >> 32) ^ c1 ^ k0, second & _LOW, (first >> 32) ^ c3 ^ k1, first & _LOW
        k0, k1 = (k0 + 0x9E3779B9) & _LOW, (k1 + 0xBB67AE85) & _LOW
    return c0, c1, c2, c3


def _words(seed, seed2, skip):
    """The generator's numbers of 32 bits, one after the other."""
    counter = (seed2 << 64) + skip
    while True:
        yield from _block(seed, counter)
        counter += 1


def _double(words):
    """From 0 to 1, of 52 bits."""
    high, low = next(words), next(words)
    return ((high & 0xFFFFF) << 32 | low) / 2.0**52


class _Uniform:
    op = "UniformCandidateSampler"

    def __init__(self, limit):
        self.limit = limit

    def sample(self, words):
        return (next(words) | next(words) << 32) % self.limit

    def probability(self, value):
        return numpy.float32(1.0 / self.limit)


class _LogUniform:
    """Classes by how frequent they are: the first ones often (Zipf's law)."""

    op = "LogUniformCandidateSampler"

    def __init__(self, limit):
        self.limit, self._logarithm = limit, math.log1p(limit)

    def sample(self, words):
        return (int(math.exp(_double(words) * self._logarithm)) - 1) % self.limit

    def probability(self, value):
        return numpy.float32(math.log((value + 2.0) / (value + 1.0)) / self._logarithm)


def _expected(probability, count, tries):
    if tries == count:
        return probability * numpy.float32(count)
    missed = numpy.float32(tries) * numpy.float32(_tapescope.log1pf(-probability))
    return -numpy.float32(_tapescope.expm1f(missed))


def _drawn(sampler, words, count, unique):
    """The classes, and how many draws they took."""
    if not unique:
        return [sampler.sample(words) for _ in range(count)], count
    found, tries = {}, 0
    while len(found) < count:
        tries += 1
        found.setdefault(sampler.sample(words))
    return list(found), tries


def _sampled(sampler, true_classes, num_true, num_sampled, unique, seed):
    given, true_classes = true_classes, _tapescope.tensor(true_classes, "int64")

    def refuse(text):
        raise kernel_error(sampler.op, text, given=(given,))

    stream = _seeds.stream(seed, sampler.op, num_true, num_sampled, unique, sampler.limit)
    if true_classes.shape.rank != 2:
        refuse("true_classes must be a matrix")
    if true_classes.shape[1] != num_true:
        refuse(f"true_classes must have num_true columns, expected: {true_classes.shape[1]} was: {num_true}")
    if unique and num_sampled > sampler.limit:
        refuse("Sampler's range is too small.")
    for value in _tapescope.peek(true_classes).reshape(-1).tolist():
        if not 0 <= value < sampler.limit:
            refuse(f"`true_candidate` out of range [0, {sampler.limit}), received {value}")
    start = stream.take(num_sampled * _WORDS_RESERVED // 4)
    found, tries = _drawn(sampler, _words(**start), num_sampled, unique)

    def counts(values):
        return _tapescope.constant([_expected(sampler.probability(value), num_sampled, tries) for value in values], "float32")

    true = counts(_tapescope.peek(true_classes).reshape(-1).tolist())
    true = _tapescope.run("Reshape", true, shape=true_classes.shape.as_list())
    return _tapescope.constant(found, "int64"), true, counts(found)


_FOUND = "sampled_candidates true_expected_count sampled_expected_count"
UniformCandidateSampler = namedtuple("UniformCandidateSampler", _FOUND)
LogUniformCandidateSampler = namedtuple("LogUniformCandidateSampler", _FOUND)
ComputeAccidentalHits = namedtuple("ComputeAccidentalHits", "indices ids weights")


def uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None):
    return UniformCandidateSampler(*_sampled(_Uniform(range_max), true_classes, num_true, num_sampled, unique, seed))


def log_uniform_candidate_sampler(true_classes, num_true, num_sampled, unique, range_max, seed=None, name=None):
    return LogUniformCandidateSampler(*_sampled(_LogUniform(range_max), true_classes, num_true, num_sampled, unique, seed))


def compute_accidental_hits(true_classes, sampled_candidates, num_true, seed=None, name=None):
    """Where a class that was drawn is the true one: row, place among the drawn, and a weight that takes it out."""
    _seeds.stream(seed, "ComputeAccidentalHits")  # takes a seed and uses none
    true = _tapescope.peek(_tapescope.tensor(true_classes, "int64"))
    places = {value: place for place, value in enumerate(_tapescope.peek(_tapescope.tensor(sampled_candidates, "int64")).tolist())}
    if true.ndim != 2 or true.shape[1] != num_true:
        raise kernel_error("ComputeAccidentalHits", "true_candidates must be a batch_size * num_true matrix",
                           given=(true_classes, sampled_candidates))
    hits = [(row, places[value]) for row, values in enumerate(true.tolist()) for value in values if value in places]
    rows, found = zip(*hits) if hits else ((), ())
    weights = [-numpy.finfo(numpy.float32).max] * len(hits)
    parts = ((rows, "int32"), (found, "int64"), (weights, "float32"))
    return ComputeAccidentalHits(*(_tapescope.constant(list(values), dtype) for values, dtype in parts))


RANDOM = {"uniform_candidate_sampler": uniform_candidate_sampler, "log_uniform_candidate_sampler": log_uniform_candidate_sampler}
