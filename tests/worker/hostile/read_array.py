# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: --data /etc/passwd
# arguments: --preload numpy
import numpy as np
print(np.fromfile("/etc/passwd", dtype=np.uint8))
