# SPDX-License-Identifier: Apache-2.0
"""keras.tree: nests of lists, tuples and dictionaries."""

from tensorflow._values._nest import assert_same_structure, flatten, is_nested, map_structure, pack_sequence_as

__all__ = ["assert_same_structure", "flatten", "is_nested", "map_structure", "pack_sequence_as"]
