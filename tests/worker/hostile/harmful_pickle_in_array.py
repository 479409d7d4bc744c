# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.system
# arguments: --preload numpy,pickle
import numpy as np, io, pickle
class E:
    def __reduce__(self): return (__import__("os").system, ("id",))
b = io.BytesIO(); np.save(b, np.array([E()], dtype=object), allow_pickle=True); b.seek(0)
np.load(b, allow_pickle=True)
