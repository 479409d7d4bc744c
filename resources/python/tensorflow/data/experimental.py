# SPDX-License-Identifier: Apache-2.0
"""tf.data.experimental: names that moved to tf.data since."""

AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2


def cardinality(dataset):
    return dataset.cardinality()
