# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: []
import linecache

print(linecache.getlines("/etc/passwd"))
