# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.chmod
import os
os.chmod("/", 0o777)
