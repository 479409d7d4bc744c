# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: RecursionError
# arguments: --preload json
import json
json.loads("[" * 10**6)
