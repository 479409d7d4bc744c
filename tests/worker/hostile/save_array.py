# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot write files
# arguments: --preload numpy
import numpy as np
np.save("left-behind", np.ones(3))
