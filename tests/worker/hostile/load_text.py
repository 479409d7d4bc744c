# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: --data /etc/passwd
# arguments: --preload numpy
import numpy as np
print(np.loadtxt("/etc/passwd", dtype=str))
