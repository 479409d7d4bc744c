# SPDX-License-Identifier: Apache-2.0
"""TextVectorization, n-grams, skip-grams: words as numbers."""
import random

import keras

V = keras.layers.TextVectorization
TEXTS = ["I love this movie", "terrible film, hated it", "great great fun", "boring and bad", "", "What a story!  the END"]


def adapted(**options):
    layer = V(**options)
    layer.adapt(TEXTS)
    return [str(word) for word in layer.get_vocabulary()], layer.vocabulary_size(), layer(["great movie unknownword", "The film"])


@case
def texts_as_places():
    return adapted(), adapted(output_sequence_length=2), adapted(max_tokens=5), adapted(output_sequence_length=6, standardize=None)


@case
def texts_as_rows_of_any_length():
    return adapted(ragged=True)


@case
def texts_as_counts():
    return adapted(output_mode="multi_hot"), adapted(output_mode="count", max_tokens=9, pad_to_max_tokens=True)


@case
def texts_by_how_rare_their_words_are():
    return adapted(output_mode="tf_idf"), adapted(output_mode="tf_idf", max_tokens=6, pad_to_max_tokens=True)


@case
def texts_apart_in_other_ways():
    letters = adapted(split="character", standardize="lower")
    return letters, adapted(ngrams=2), adapted(ngrams=(2, 3)), adapted(split=lambda text: tf.strings.split(text, "e"))


@case
def texts_with_a_function():
    return adapted(standardize=lambda text: tf.strings.regex_replace(tf.strings.lower(text), "[aeiou]", ""))


@case
def texts_from_a_data_set():
    layer = V(vocabulary=["fun", "film"])
    other = V()
    other.adapt(tf.data.Dataset.from_tensor_slices(TEXTS).batch(2), steps=2)
    config = {key: value for key, value in layer.get_config().items() if key != "name"}
    return layer(tf.constant([["great fun"], ["film"]])), [str(word) for word in other.get_vocabulary()], config


@case
def wrong_ways_to_make_words():
    texts = []
    for options in ({"split": "sentence"}, {"standardize": 3}, {"output_mode": "x"}, {"ngrams": "x"}, {"output_sequence_length": "x"},
                    {"output_mode": "count", "output_sequence_length": 3}, {"output_mode": "count", "ragged": True}):
        try:
            V(**options)
        except Exception as error:
            texts.append((type(error).__name__, str(error)))
    try:
        V()(tf.constant([["a", "b"]]))
    except Exception as error:
        texts.append((type(error).__name__, str(error).splitlines()[-1]))
    return texts


@case
def neighbours_of_texts():
    rows = tf.ragged.constant([["a", "b"], ["c"], []])
    return (tf.strings.ngrams(["a", "b", "c"], 2), tf.strings.ngrams([["a", "b", "c"], ["d", "e", "f"]], [1, 2], separator="-"),
            tf.strings.ngrams(rows, 2), tf.strings.ngrams(["a", "b"], 3, pad_values=("L", "R"), padding_width=1),
            tf.strings.ngrams(["a", "b"], 5, preserve_short_sequences=True), tf.strings.ngrams(["a", "b"], 2, pad_values="_"))


@case
def no_neighbours_of_width_zero():
    return tf.strings.ngrams(["a"], 0)


@case
def words_that_stand_near():
    sequence = tf.keras.preprocessing.sequence
    random.seed(3)
    table = sequence.make_sampling_table(5)
    return (sequence.skipgrams([1, 2, 3, 4], 10, window_size=1, seed=3), table,
            sequence.skipgrams([1, 2, 0, 4], 10, window_size=2, negative_samples=0.0, shuffle=False),
            sequence.skipgrams([1, 2, 3], 5, categorical=True, seed=1))


@case
def shadows_that_follow_slowly():
    v = tf.Variable([1.0, 2.0])
    average = tf.train.ExponentialMovingAverage(0.9)
    average.apply([v])
    v.assign([3.0, 5.0])
    average.apply([v])
    early = tf.train.ExponentialMovingAverage(0.9, num_updates=3, name="Early")
    early.apply([v])
    v.assign_add([1.0, 1.0])
    early.apply([v])
    return average.average(v), average.average_name(v), early.average(v), early.name, average.average(tf.Variable(1.0))


@case
def rows_without_a_word():
    texts = keras.layers.StringLookup(vocabulary=["a", "b"], output_mode="multi_hot")
    numbers = keras.layers.IntegerLookup(vocabulary=[1, 2], output_mode="count")
    return texts(tf.ragged.constant([["a"], []])), numbers(tf.ragged.constant([[1], []], dtype=tf.int64))
