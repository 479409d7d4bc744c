# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot write files
# arguments: --preload numpy
import numpy as np
np.save("/tmp/pwned7", np.ones(3))
