# SPDX-License-Identifier: Apache-2.0
"""A plain script: nothing is imported but from __future__, and annotations stay texts."""
from __future__ import annotations

total: int = 0
for step in range(3):
    total += step


class Walk:
    far: Undefined = 2
    for place in (1, 2):
        near = place


print(total, Walk.near, Walk.__annotations__, __doc__)
