# SPDX-License-Identifier: Apache-2.0
# Arrays saved under every name: what is kept is kept in memory, and no file is there afterwards.
# expect-outcome: forbidden
# expect-text: Line 15: open("/etc/left-behind.npy"): a script cannot write files here
# expect-printed: (3,) FileNotFoundError
# arguments: --preload numpy
import numpy as np
np.save("left-behind", np.ones(3))
np.savetxt("left-behind", np.ones(3))
try:
    np.save("nowhere/left-behind", np.ones(3))
except FileNotFoundError as error:
    print(np.load("left-behind.npy").shape, type(error).__name__)

np.save("/etc/left-behind", np.ones(3))
