# SPDX-License-Identifier: Apache-2.0
# Every function of ours that is written in Python gets another body.
# expect-outcome: error|killed
# expect-text: Line 18:
# expect-absent: root:
# arguments: --preload tensorflow,numpy,gc
import gc
import types
import tensorflow as tf
hollow = 0
for one in gc.get_objects():
    if isinstance(one, types.FunctionType) and (one.__module__ or "").split(".")[0] in ("tapescope", "tensorflow"):
        if not one.__closure__:
            one.__code__ = (lambda *a, **k: None).__code__
            hollow += 1
print("hollow", hollow > 1000)

raise ValueError(tf.constant(1.0) + 1.0)
