# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: import urllib.request: a script cannot reach the network here
# arguments: --preload numpy
import numpy as np

print(np.DataSource().open("http://example.com/x").read())
