# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: TAPESCOPE_MEMORY
# needs: no-sanitizer
# arguments: --preload numpy
import numpy as np
x = [np.ones(10**8) for _ in range(100)]
