# SPDX-License-Identifier: Apache-2.0
"""tf.data."""

import sys

from tensorflow._surface import _missing
from tensorflow.data import experimental
from tensorflow.data._dataset import Dataset
from tensorflow.data._options import Options

AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2
__all__ = ["AUTOTUNE", "Dataset", "INFINITE_CARDINALITY", "Options", "UNKNOWN_CARDINALITY", "experimental"]

_missing.answer_below(sys.modules[__name__])
