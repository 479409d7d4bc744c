# SPDX-License-Identifier: Apache-2.0
"""keras.preprocessing: what older scripts still ask for."""

import sys
import types

from tensorflow._surface import _walls
from tensorflow.keras._feeding import timeseries_dataset_from_array  # noqa: F401
from tensorflow.keras._skipgrams import make_sampling_table, skipgrams
from tensorflow.keras.utils import pad_sequences

__path__ = []  # its modules are made here

sequence = types.ModuleType(f"{__name__}.sequence")
sequence.make_sampling_table, sequence.pad_sequences, sequence.skipgrams = make_sampling_table, pad_sequences, skipgrams
sys.modules[sequence.__name__] = sequence


def __getattr__(name):
    wall = None if name.startswith("__") else _walls.named(f"{__name__}.{name}")
    if wall is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}', or this program does not have it yet")
    return wall
