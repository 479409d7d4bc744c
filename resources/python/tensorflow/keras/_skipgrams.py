# SPDX-License-Identifier: Apache-2.0
"""keras.preprocessing.sequence: pairs of words that stand near each other, and how often each word is to be taken."""

import random

import numpy


def make_sampling_table(size, sampling_factor=1e-05):
    """How likely a word of each rank is taken, by Zipf's law for how frequent it is."""
    rank = numpy.arange(size)
    rank[0] = 1
    frequency = sampling_factor * (rank * (numpy.log(rank) + 0.577) + 0.5 - 1.0 / (12.0 * rank))
    return numpy.minimum(1.0, frequency / numpy.sqrt(frequency))


def _near(sequence, window_size, sampling_table):
    """[word, word nearby] in order; 0 is no word."""
    for place, word in enumerate(sequence):
        if not word or (sampling_table is not None and sampling_table[word] < random.random()):
            continue
        for other in range(max(0, place - window_size), min(len(sequence), place + window_size + 1)):
            if other != place and sequence[other]:
                yield [word, sequence[other]]


def skipgrams(
    sequence, vocabulary_size, window_size=4, negative_samples=1.0, shuffle=True, categorical=False, sampling_table=None, seed=None
):
    """(pairs, labels): near ones are 1, as many with a word by chance are 0."""
    couples = list(_near(sequence, window_size, sampling_table))
    labels = [[0, 1] if categorical else 1 for _ in couples]
    if negative_samples > 0:
        count = int(len(labels) * negative_samples)
        words = [couple[0] for couple in couples]
        random.shuffle(words)
        couples += [[words[i % len(words)], random.randint(1, vocabulary_size - 1)] for i in range(count)]
        labels += [[1, 0] if categorical else 0] * count
    if shuffle:
        seed = random.randint(0, int(10e6)) if seed is None else seed
        for one in (couples, labels):
            random.seed(seed)
            random.shuffle(one)
    return couples, labels
