# SPDX-License-Identifier: Apache-2.0
"""tf.cast: the operation, where there is something to do. To the dtype that it has, a tensor or a variable is handed back
as it is, which a tape can tell from a copy."""

import sys

import _tapescope

from tensorflow._values import _dtypes
from tensorflow._values._slices import IndexedSlices

_run = _tapescope.functions["cast"]
_DISCARDS = (
    "You are casting an input of type {} to an incompatible dtype {}.  This will discard the imaginary part and may not be "
    "what you intended."
)


def cast(x, dtype, name=None):
    wanted = _dtypes.as_dtype(dtype)
    if isinstance(x, IndexedSlices):
        return IndexedSlices(cast(x.values, wanted), x.indices, x.dense_shape)
    if not isinstance(x, (_tapescope.EagerTensor, _tapescope.ResourceVariable)):
        return _run(x, wanted)
    if x.dtype == wanted:
        return x
    if x.dtype.is_complex and wanted.is_floating:
        sys.stderr.write("WARNING:tensorflow:" + _DISCARDS.format(x.dtype.name, wanted.name) + "\n")
    return _run(x, wanted)
